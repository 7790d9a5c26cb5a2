//! An answer as text for people: short lines, one thing after another.

use crate::explain::{Answer, EventTimes, GivenDate, Link, Mistake, Occurrence, Version, What};
use unicode_width::UnicodeWidthStr;

/// The most of a list that is shown; the JSON has all.
const MOST_SHOWN: usize = 12;
/// The most places of one sort that are told in words.
const MOST_ALIKE: usize = 4;

pub fn render(answer: &Answer, width: usize) -> String {
    let mut page = Sheet { text: String::new(), width: width.max(40) };
    for words in &answer.words {
        page.line(words);
    }
    facts(&mut page, answer);
    publication(&mut page, answer);
    if let Some(event) = &answer.event {
        event_times(&mut page, event);
    }
    if let Some(group) = &answer.group {
        page.heading("The group");
        group.words.iter().for_each(|words| page.item(words));
        page.list(
            "Its events",
            group.events.iter().map(|event| format!("{}: {}", titled(&event.page), event.words)).collect(),
        );
    }
    let published = answer.published;
    let heading = if published { "It appears in" } else { "Once it is published, it will appear in" };
    page.whole_list(heading, &places(answer));
    let absences: Vec<String> = answer.absent.iter().map(|absence| absence.words.clone()).collect();
    page.list(if published { "It does not appear in" } else { "It will not appear in" }, absences);
    page.list("Languages", answer.translations.iter().map(version).collect());
    page.list("Links here from", answer.linked_from.iter().map(titled).collect());
    page.list(
        "It names",
        answer
            .relates_to
            .iter()
            .map(|other| format!("{}: {}", relation(other.relation), titled(&other.page)))
            .collect(),
    );
    page.list(
        "Earlier addresses",
        answer
            .aliases
            .iter()
            .map(|alias| match &alias.words {
                Some(words) => format!("{} does not lead here: {words}", alias.url),
                None => format!("{} leads here", alias.url),
            })
            .collect(),
    );
    page.list("What changes by itself", answer.changes.iter().map(|change| change.words.clone()).collect());
    page.list(made_from(answer.what), answer.made_from.iter().map(titled).collect());
    page.list("In its file", answer.mistakes.iter().map(|mistake| told(mistake, answer)).collect());
    page.list("Perhaps you mean", answer.nearest.iter().map(titled).collect());
    page.text
}

/// The places of each sort, of many the first.
fn places(answer: &Answer) -> Vec<String> {
    let mut told = Vec::new();
    for alike in answer.appears.chunk_by(|a, b| a.list == b.list) {
        let most = if alike.len() > MOST_ALIKE { MOST_ALIKE - 1 } else { MOST_ALIKE };
        told.extend(alike.iter().take(most).map(|place| place.words.clone()));
        if alike.len() > most {
            let left = alike[most..].iter().filter_map(|place| place.url.as_deref()).collect::<Vec<_>>();
            told.push(match left.as_slice() {
                [] => format!("and {} more like it", alike.len() - most),
                left => format!("and {} more like it: {}", alike.len() - most, left.join(", ")),
            });
        }
    }
    told
}

fn facts(page: &mut Sheet, answer: &Answer) {
    let template = answer.template.as_ref().map(|template| match &template.file {
        Some(file) => file.clone(),
        None => format!("{}, built in", template.name),
    });
    let section = answer.section.as_ref().map(|section| match &section.url {
        Some(url) => format!("{}, {url}", section.title),
        None => section.title.clone(),
    });
    let facts = [
        ("File", &answer.file),
        (
            if answer.published || answer.what != What::Page { "Address" } else { "It would stand at" },
            &answer.permalink,
        ),
        ("Output", &answer.output),
        ("Template", &template),
        ("Section", &section),
    ];
    let given: Vec<(&str, &String)> = facts.iter().filter_map(|(name, value)| Some((*name, value.as_ref()?))).collect();
    if given.is_empty() {
        return;
    }
    page.text.push('\n');
    let column = given.iter().map(|(name, _)| name.width()).max().unwrap_or(0) + 2;
    for (name, value) in given {
        let first = format!("  {name}{}", " ".repeat(column - name.width()));
        page.wrapped(&first, &" ".repeat(column + 2), value);
    }
}

fn publication(page: &mut Sheet, answer: &Answer) {
    if answer.what != What::Page {
        return;
    }
    page.text.push('\n');
    for reason in &answer.reasons {
        page.line(&reason.words);
    }
    match (answer.published, answer.site_mistakes) {
        (false, _) => {}
        (true, 0) if answer.reasons.is_empty() => page.line("It is published."),
        (true, 0) => {}
        (true, mistakes) => page.line(&format!(
            "It is published once the site's {} mended: `handbill build` shows {}.",
            if mistakes == 1 { "mistake is".to_owned() } else { format!("{mistakes} mistakes are") },
            if mistakes == 1 { "it" } else { "them" },
        )),
    }
}

fn event_times(page: &mut Sheet, event: &EventTimes) {
    page.heading("When it takes place");
    if let Some(asked_for) = &event.asked_for {
        page.item(&format!("The date that you ask for: {}.", asked_for.words));
    }
    if event.status != "scheduled" {
        page.item(&format!("Its status is \"{}\".", event.status));
    }
    if let Some(repeats) = &event.repeats {
        page.item(&format!("It repeats {repeats}."));
    }
    page.item(&format!("Its times are those of {}.", event.timezone));
    let one = |page: &mut Sheet, name: &str, occurrence: &Occurrence| {
        page.item(&format!("{name}: {}.", occurrence.words));
    };
    if let Some(first) = &event.first {
        one(page, "First", first);
    }
    match event.next.as_slice() {
        [] => {}
        [next] if !event.recurring => page.item(&format!("{}.", next.words)),
        next => {
            page.item(if event.state == "going-on" { "Now, and next:" } else { "Next:" });
            next.iter().for_each(|next| page.below(&next.words));
        }
    }
    if let Some(last) = &event.last {
        one(page, if event.recurring { "It is over. Last" } else { "It is over" }, last);
    }
    if !event.also.is_empty() {
        page.item(&format!("Also on {}.", dates(&event.also)));
    }
    if !event.except.is_empty() {
        page.item(&format!("Not on {}.", dates(&event.except)));
    }
    if !event.changed.is_empty() {
        page.item("Changed:");
        event.changed.iter().for_each(|change| page.below(&change.words));
    }
    if let Some(venue) = &event.venue {
        page.item(&format!("Where: {venue}."));
    }
}

fn dates(given: &[GivenDate]) -> String {
    let shown: Vec<&str> = given.iter().take(MOST_SHOWN).map(|date| date.words.as_str()).collect();
    let more =
        if given.len() > MOST_SHOWN { format!("; and {} more", given.len() - MOST_SHOWN) } else { String::new() };
    format!("{}{more}", shown.join("; "))
}

fn version(version: &Version) -> String {
    let name = format!("{} ({})", version.name, version.language);
    match version.status {
        "published" if version.this => format!("{name}: this one"),
        "published" => format!(
            "{name}: \"{}\", {}, from {}",
            version.title.as_deref().unwrap_or_default(),
            version.url.as_deref().unwrap_or_default(),
            version.file
        ),
        "older" if version.this => format!("{name}: this one, which is older than its original"),
        "older" => format!(
            "{name}: \"{}\", {}, from {}, older than its original",
            version.title.as_deref().unwrap_or_default(),
            version.url.as_deref().unwrap_or_default(),
            version.file
        ),
        "fallback" => format!(
            "{name}: none; the original's text stands at {}; a version would be {}",
            version.url.as_deref().unwrap_or_default(),
            version.file
        ),
        "missing" => format!("{name}: none; it would be {}", version.file),
        held_back if version.this => format!("{name}: this one ({held_back})"),
        held_back => format!("{name}: {} is not published ({held_back})", version.file),
    }
}

fn relation(relation: &str) -> &str {
    match relation {
        "related" => "see also",
        "parent" => "the group above it",
        other => other,
    }
}

fn made_from(what: What) -> &'static str {
    match what {
        What::Redirect => "It leads to",
        What::Feed => "It has",
        _ => "It lists",
    }
}

/// `Leeds, /groups/leeds/ (content/groups/leeds.md)`.
fn titled(link: &Link) -> String {
    let mut text = if link.title.is_empty() { String::new() } else { link.title.clone() };
    let parts = link.url.iter().chain(link.file.iter().filter(|_| link.url.is_none()));
    for part in parts {
        text = if text.is_empty() { part.clone() } else { format!("{text}, {part}") };
    }
    match &link.file {
        Some(file) if link.url.is_some() => format!("{text} ({file})"),
        _ => text,
    }
}

fn told(mistake: &Mistake, answer: &Answer) -> String {
    let file = answer.file.as_deref().unwrap_or_default();
    let place = match (mistake.line, mistake.column) {
        (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        _ => file.to_owned(),
    };
    let help = mistake.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    format!("{place} {} {}: {}{help}", mistake.severity, mistake.code, mistake.message)
}

/// What would move the cursor or change the terminal's state stands as a space.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Text in the making, wrapped to a width.
struct Sheet {
    text: String,
    width: usize,
}

impl Sheet {
    fn heading(&mut self, words: &str) {
        self.text.push_str(&format!("\n{words}\n"));
    }

    /// A list below a heading, of many items the first; nothing when it is empty.
    fn list(&mut self, heading: &str, mut items: Vec<String>) {
        let left = items.len().saturating_sub(MOST_SHOWN);
        items.truncate(MOST_SHOWN);
        if left > 0 {
            items.push(format!("and {left} more"));
        }
        self.whole_list(heading, &items);
    }

    fn whole_list(&mut self, heading: &str, items: &[String]) {
        if !items.is_empty() {
            self.heading(heading);
            items.iter().for_each(|item| self.item(item));
        }
    }

    fn line(&mut self, words: &str) {
        self.wrapped("", "", words);
    }

    fn item(&mut self, words: &str) {
        self.wrapped("  - ", "    ", words);
    }

    fn below(&mut self, words: &str) {
        self.wrapped("      ", "        ", words);
    }

    fn wrapped(&mut self, first: &str, others: &str, words: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in printable(words).split_whitespace() {
            if !empty && line.width() + 1 + word.width() > self.width {
                self.text.push_str(&line);
                self.text.push('\n');
                others.clone_into(&mut line);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }
}
