//! A network's events, in everything that Handbill makes of them: N events, one in twenty of them weekly for years, held by
//! N/100 groups in ten regions for twenty aims, with two of N/50 tags each. The default theme, nothing switched off.

use super::random::Random;
use super::{Corpus, REGIONS, SEED, prose, put, tag};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

const CONFIG: &str = r#"title = "Better Buses"
base_url = "https://buses.example/"
language = "en-GB"
timezone = "Europe/London"
"#;

const AIMS: usize = 20;
/// One event in so many takes place every week.
const WEEKLY: usize = 20;

pub fn write(corpus: Corpus, folder: &Path) -> io::Result<()> {
    put(folder, "handbill.toml", CONFIG)?;
    put(folder, "content/_index.md", "+++\ntitle = \"Better Buses\"\n+++\n\nBuses for everybody.\n")?;
    put(folder, "content/events/_index.md", "+++\ntitle = \"Events\"\n+++\n")?;
    for aim in 0..AIMS {
        put(folder, &format!("content/aims/aim-{aim}.md"), &format!("+++\ntitle = \"Aim {aim}\"\n+++\n\nText.\n"))?;
    }
    let groups = (corpus.documents / 100).max(1);
    for group in 0..groups {
        let region = REGIONS[group % REGIONS.len()];
        let text = format!("+++\ntitle = \"Group {group}\"\nregion = \"{region}\"\n+++\n\nWe meet.\n");
        put(folder, &format!("content/groups/group-{group}.md"), &text)?;
    }
    let mut text = String::new();
    for (number, file) in corpus.event_files().enumerate() {
        text.clear();
        let mut random = Random::of(SEED, number);
        event(number, groups, corpus.tags(), &mut random, &mut text);
        put(folder, &format!("content/{file}"), &text)?;
    }
    Ok(())
}

fn event(number: usize, groups: usize, tags: usize, random: &mut Random, out: &mut String) {
    let weekly = number.is_multiple_of(WEEKLY);
    let year = if weekly { random.between(20, 23) } else { random.between(22, 28) };
    _ = writeln!(out, "+++\ntitle = \"{} {number}\"", prose::plain(random, 4));
    _ = writeln!(
        out,
        "start = 20{year:02}-{:02}-{:02}T{:02}:{:02}:00\nduration = \"2h\"",
        random.between(1, 12),
        random.between(1, 28),
        random.between(9, 20),
        random.below(4) * 15
    );
    if weekly {
        out.push_str("repeat = { every = \"week\" }\n");
    }
    _ = writeln!(out, "groups = [\"group-{}\"]\naims = [\"aim-{}\"]", random.below(groups), random.below(AIMS));
    _ = writeln!(out, "tags = [\"{}\", \"{}\"]", tag(random.below(tags)), tag(random.below(tags)));
    _ = writeln!(
        out,
        "venue = {{ name = \"Hall {}\", address = \"{} High Street\" }}\n+++\n",
        random.below(400),
        random.between(1, 90)
    );
    prose::body(random, "@/events/_index.md", out);
}
