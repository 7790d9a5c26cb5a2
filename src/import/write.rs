//! The file of an event: front matter as an editor would write it, and the text.

use super::draft::{Access, Change, Draft, InWords, Lasts, Link, Picture, Repeats, Rsvp, Venue};
use crate::calendar::Moment;
use crate::content::Status;
use std::fmt::Write;

/// What stands before and behind the seal in its line, which is a comment to TOML.
const SEAL: (&str, &str) =
    ("# Imported (", "). `handbill import ics --update` writes it anew as long as nothing here is changed.\n");

/// The whole file. `kind` is told where its folder does not tell it.
pub fn file(draft: &Draft, kind: Option<&str>) -> String {
    let mut text = "+++\n".to_owned();
    keys(&mut text, draft, kind);
    tables(&mut text, draft);
    text.push_str("+++\n");
    if !draft.body.is_empty() {
        text.push('\n');
        text.push_str(&draft.body);
    }
    let seal = seal(&text);
    text.insert_str(4, &format!("{}{seal}{}", SEAL.0, SEAL.1));
    text
}

/// Whether a file is still as it was imported.
pub fn is_untouched(text: &str) -> bool {
    // A checkout may have other line ends.
    let text = text.replace("\r\n", "\n");
    let Some((before, rest)) = text.split_once(SEAL.0) else { return false };
    let Some((written, rest)) = rest.split_once(SEAL.1) else { return false };
    before == "+++\n" && seal(&format!("{before}{rest}")) == written
}

/// Tells one text from every other.
fn seal(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().as_str().chars().take(16).collect()
}

fn keys(out: &mut String, draft: &Draft, kind: Option<&str>) {
    let mut key = |name: &str, value: String| line(out, name, &value);
    key("title", quoted(&draft.title));
    let mut maybe = |name: &str, value: Option<String>| value.into_iter().for_each(|value| key(name, value));
    maybe("kind", kind.map(quoted));
    maybe("date", draft.date.map(moment));
    maybe("updated", draft.updated.map(moment));
    maybe("draft", draft.draft.then(|| "true".to_owned()));
    maybe("start", Some(moment(draft.start)));
    match &draft.lasts {
        Lasts::Unstated => {}
        Lasts::Until(end) => maybe("end", Some(moment(*end))),
        Lasts::For(length) => maybe("duration", Some(quoted(length))),
    }
    maybe("timezone", draft.timezone.as_deref().map(quoted));
    match &draft.repeats {
        Repeats::Never => {}
        Repeats::InWords(words) => maybe("repeat", Some(in_words(words))),
        Repeats::ByRule(rule) => maybe("rrule", Some(quoted(rule))),
    }
    maybe("except", list(&draft.except, |at| moment(*at)));
    maybe("also", list(&draft.also, |at| moment(*at)));
    maybe("status", (draft.status != Status::default()).then(|| quoted(draft.status.word())));
    maybe("previous_start", draft.previous_start.map(moment));
    maybe("groups", list(&draft.groups, |name| quoted(name)));
    maybe("aims", list(&draft.aims, |name| quoted(name)));
    maybe("organiser", draft.organiser.as_deref().map(quoted));
    maybe("cost", draft.cost.as_deref().map(quoted));
    maybe("capacity", draft.capacity.map(|capacity| capacity.to_string()));
    maybe("languages", list(&draft.languages, |tag| quoted(tag)));
    maybe("tags", list(&draft.tags, |tag| quoted(tag)));
    maybe("image", draft.image.as_ref().map(picture));
    maybe("related", list(&draft.related, link));
    maybe("uid", Some(quoted(&draft.uid)));
    maybe("sequence", (draft.sequence > 0).then(|| draft.sequence.to_string()));
}

/// Tables come last: every key below a table's head is its own.
fn tables(out: &mut String, draft: &Draft) {
    if let Some(found) = &draft.venue {
        table(out, "[venue]", &venue(found));
    }
    if let Some(found) = &draft.online {
        table(out, "[online]", &present([("url", &found.url), ("phone", &found.phone)]));
    }
    if let Some(found) = &draft.access {
        table(out, "[access]", &access(found));
    }
    if let Some(found) = &draft.rsvp {
        table(out, "[rsvp]", &rsvp(found));
    }
    for found in &draft.changes {
        table(out, "[[change]]", &change(found));
    }
}

type Pairs = Vec<(&'static str, String)>;

fn table(out: &mut String, head: &str, pairs: &Pairs) {
    let _ = writeln!(out, "\n{head}");
    for (name, value) in pairs {
        line(out, name, value);
    }
}

fn line(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{name} = {value}");
}

fn present<const N: usize>(texts: [(&'static str, &Option<String>); N]) -> Pairs {
    texts.into_iter().filter_map(|(name, text)| Some((name, quoted(text.as_deref()?)))).collect()
}

fn venue(venue: &Venue) -> Pairs {
    let mut pairs = present([
        ("name", &venue.name),
        ("address", &venue.address),
        ("postcode", &venue.postcode),
        ("area", &venue.area),
    ]);
    if let Some((lat, lon)) = venue.position {
        pairs.push(("lat", degrees(lat)));
        pairs.push(("lon", degrees(lon)));
    }
    if venue.private {
        pairs.push(("private", "true".to_owned()));
    }
    pairs
}

/// TOML tells numbers with a point from whole ones.
fn degrees(degrees: f64) -> String {
    format!("{degrees:?}")
}

fn access(access: &Access) -> Pairs {
    let mut pairs: Pairs = access.known.iter().map(|(name, is_so)| (*name, is_so.to_string())).collect();
    pairs.extend(present([("notes", &access.notes)]));
    pairs
}

fn rsvp(rsvp: &Rsvp) -> Pairs {
    let mut pairs = present([("url", &rsvp.url), ("email", &rsvp.email)]);
    pairs.extend(rsvp.until.map(|until| ("until", moment(until))));
    pairs
}

fn change(change: &Change) -> Pairs {
    let mut pairs = vec![("date", moment(change.date))];
    pairs.extend(change.start.map(|start| ("start", moment(start))));
    pairs.extend(change.end.map(|end| ("end", moment(end))));
    pairs.extend(present([("title", &change.title)]));
    pairs.extend(change.status.map(|status| ("status", quoted(status.word()))));
    pairs.extend(change.venue.as_ref().map(|own| ("venue", inline(&venue(own)))));
    pairs.extend(present([("note", &change.note)]));
    pairs
}

fn in_words(words: &InWords) -> String {
    let mut pairs: Pairs = vec![("every", quoted(&words.every))];
    match words.on.as_slice() {
        [] => {}
        [one] => pairs.push(("on", quoted(one))),
        several => pairs.extend(list(several, |on| quoted(on)).map(|on| ("on", on))),
    }
    pairs.extend(words.until.map(|until| ("until", moment(until))));
    pairs.extend(words.count.map(|count| ("count", count.to_string())));
    inline(&pairs)
}

fn picture(picture: &Picture) -> String {
    let mut pairs = vec![("src", quoted(&picture.src)), ("alt", quoted(&picture.alt))];
    pairs.extend(present([("credit", &picture.credit)]));
    inline(&pairs)
}

fn link(link: &Link) -> String {
    inline(&vec![("title", quoted(&link.title)), ("url", quoted(&link.url))])
}

fn inline(pairs: &Pairs) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// A list on one line, or one entry on each where that would be long; none when there are none.
fn list<T>(items: &[T], shown: impl Fn(&T) -> String) -> Option<String> {
    /// The longest list on one line.
    const SHORT: usize = 90;
    if items.is_empty() {
        return None;
    }
    let items: Vec<String> = items.iter().map(shown).collect();
    let short = format!("[{}]", items.join(", "));
    let is_long = short.chars().count() > SHORT && items.len() > 1;
    Some(if is_long { format!("[\n    {},\n]", items.join(",\n    ")) } else { short })
}

/// A date, or a date with a time, as TOML.
pub fn moment(moment: Moment) -> String {
    match moment {
        Moment::Date(date) => date.to_string(),
        Moment::DateTime(at) => at.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
    }
}

/// A text as TOML, on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Characters that no page can show.
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
