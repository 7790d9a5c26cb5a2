//! Prose that reads like a campaign's but says nothing: words from a list, with the marks that real pages have.

use super::random::Random;
use std::fmt::Write as _;

#[rustfmt::skip]
const WORDS: &[&str] = &[
    "bus", "route", "stop", "shelter", "fare", "ticket", "timetable", "driver", "passenger", "council", "operator",
    "evening", "morning", "Sunday", "village", "town", "city", "street", "station", "hospital", "school", "market",
    "neighbour", "volunteer", "member", "meeting", "petition", "letter", "report", "survey", "budget", "subsidy",
    "contract", "franchise", "network", "connection", "journey", "minute", "hour", "week", "winter", "summer",
    "service", "frequency", "reliability", "access", "step", "seat", "wheelchair", "pushchair", "bicycle", "lane",
    "signal", "depot", "fleet", "engine", "air", "noise", "cost", "saving", "promise", "answer", "question",
    "people", "families", "students", "workers", "pensioners", "carers", "visitors", "shops", "parks", "valleys",
    "walk", "wait", "ride", "travel", "reach", "miss", "catch", "share", "plan", "ask", "write", "speak", "listen",
    "agree", "decide", "publish", "count", "measure", "compare", "improve", "restore", "protect", "extend", "open",
    "close", "change", "begin", "return", "late", "early", "local", "regular", "cheap", "clean", "quiet", "safe",
    "fair", "simple", "public", "rural", "crowded", "empty", "better", "every", "other", "many", "few", "first", "last",
    "new", "old", "long", "short", "near", "far", "always", "often", "never", "again", "together", "clearly",
];

const JOINTS: &[&str] =
    &["the", "a", "of", "to", "and", "in", "for", "with", "on", "by", "from", "at", "or", "our", "their", "this"];

/// Words of one body, headings and tables not counted; with them a body comes to about 290.
const RUNNING_WORDS: usize = 250;

/// `count` words, every other one or so a small word between.
fn words(random: &mut Random, count: usize, out: &mut String) {
    let mut joint = true;
    for at in 0..count {
        if at > 0 {
            out.push(' ');
        }
        joint = !joint && random.percent(60);
        let word = random.pick(if joint { JOINTS } else { WORDS });
        match random.below(48) {
            0 if !joint => _ = write!(out, "**{word}**"),
            1 if !joint => _ = write!(out, "*{word}*"),
            2 if !joint => _ = write!(out, "`{word}`"),
            _ => out.push_str(word),
        }
    }
}

/// A line that begins with a capital and has no marks: titles, headings, summaries.
pub fn plain(random: &mut Random, count: usize) -> String {
    let mut text = random.pick(WORDS).to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    for at in 1..count {
        text.push(' ');
        text.push_str(random.pick(if at % 2 == 1 { JOINTS } else { WORDS }));
    }
    text
}

fn sentence(random: &mut Random, out: &mut String) -> usize {
    let length = random.between(7, 16);
    out.push_str(random.pick(&["We", "They", "You", "Nobody", "Everyone", "Councillors", "Passengers"]));
    out.push(' ');
    words(random, length - 1, out);
    out.push_str(random.pick(&[".", ".", ".", ".", "?", "; that isn't \"enough\"."]));
    length
}

fn paragraph(random: &mut Random, out: &mut String) -> usize {
    let mut written = 0;
    for at in 0..random.between(2, 4) {
        if at > 0 {
            out.push(' ');
        }
        written += sentence(random, out);
    }
    written
}

/// The Markdown of one document. `internal` is the whole target of its checked link, as the generator under test
/// writes one.
pub fn body(random: &mut Random, internal: &str, out: &mut String) {
    let mut written = paragraph(random, out);
    _ = write!(out, " See [what we said before]({internal}) for more.\n\n");

    _ = write!(out, "## {}\n\n", plain(random, 4));
    written += paragraph(random, out);
    _ = write!(out, " The [figures](https://example.org/reports/{}) are public.\n\n", random.below(10_000));
    for _ in 0..random.between(3, 5) {
        out.push_str("- ");
        let length = random.between(4, 8);
        words(random, length, out);
        out.push('\n');
        written += length;
    }
    out.push('\n');
    if random.percent(30) {
        out.push_str("> ");
        written += sentence(random, out);
        out.push_str("\n>\n> ");
        written += sentence(random, out);
        out.push_str("\n\n");
    }

    _ = write!(out, "## {}\n\n", plain(random, 3));
    if random.percent(10) {
        out.push_str("| Route | Before | Now |\n|-------|-------:|----:|\n");
        for _ in 0..5 {
            let (route, before, now) = (random.below(90) + 1, random.below(60), random.below(60));
            _ = writeln!(out, "| {route} | {before} | {now} |");
        }
        out.push('\n');
        written += 15;
    }
    for number in 1..=3 {
        _ = write!(out, "{number}. ");
        let length = random.between(4, 8);
        words(random, length, out);
        out.push('\n');
        written += length;
    }
    out.push('\n');

    _ = write!(out, "### {}\n\n", plain(random, 3));
    while written < RUNNING_WORDS {
        written += paragraph(random, out);
        out.push_str("\n\n");
    }
}
