//! The benchmark's corpus: the same campaign as a Handbill site and as a Hugo site.
//!
//! N documents in four sections: a few aims, 30 % statements, 20 % groups, the rest events. Each has about 290 words of
//! Markdown (headings, lists, emphasis, one link to another document that the generator has to check and one outside
//! link; a quote on 30 %, a table on 10 %) and two of N/50 tags. Sections and tags are paged by twenty. Both sites have
//! a base template with navigation, header and card partials, previous and next, an Atom feed of twenty, a sitemap and one
//! stylesheet. The same number gives the same bytes, on every machine.
#![allow(clippy::disallowed_methods)]

mod events;
mod handbill;
mod hugo;
mod prose;
mod random;

use random::Random;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

const SEED: u64 = 0x4841_4E44_4249_4C4C;

pub const REGIONS: &[&str] = &["Coast", "Dales", "Downs", "Fens", "Forest", "Hills", "Isles", "Lakes", "Moors", "Vale"];

/// The four sections, in the order of the documents' numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Aims,
    Statements,
    Groups,
    Events,
}

impl Section {
    pub const ALL: [Self; 4] = [Self::Aims, Self::Statements, Self::Groups, Self::Events];

    /// The folder, and the stem of the files in it.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Aims => ("aims", "aim"),
            Self::Statements => ("statements", "statement"),
            Self::Groups => ("groups", "group"),
            Self::Events => ("events", "event"),
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Aims => "Aims",
            Self::Statements => "Statements",
            Self::Groups => "Groups",
            Self::Events => "Events",
        }
    }
}

/// What one document says, before either generator's spelling.
#[derive(Debug)]
pub struct Document {
    pub section: Section,
    /// From one, within its section.
    pub number: usize,
    pub title: String,
    pub summary: String,
    /// When it was published: all different, all past.
    pub date: String,
    pub tags: [String; 2],
    /// The document that its checked link leads to.
    pub link: (Section, usize),
    /// The group that holds an event.
    pub group: Option<usize>,
    /// When an event begins, `YYYY-MM-DDTHH:MM:SS`.
    pub start: String,
    pub region: &'static str,
    pub latitude: String,
    pub longitude: String,
    random: Random,
}

impl Document {
    /// Its file below `content/`.
    pub fn path(&self) -> String {
        path(self.section, self.number)
    }

    /// Its Markdown, with `internal` as the target of its checked link.
    pub fn body(&self, internal: &str, out: &mut String) {
        prose::body(&mut self.random.clone(), internal, out);
    }
}

/// The file below `content/` of a section's document.
pub fn path(section: Section, number: usize) -> String {
    let (folder, stem) = section.names();
    format!("{folder}/{stem}-{number:06}.md")
}

/// A corpus of a given size.
#[derive(Debug, Clone, Copy)]
pub struct Corpus {
    documents: usize,
}

impl Corpus {
    pub fn new(documents: usize) -> Self {
        Self { documents: documents.max(1) }
    }

    /// How many documents a section has.
    pub fn count(self, section: Section) -> usize {
        let aims = (self.documents / 100).clamp(1, 20);
        let statements = self.documents * 30 / 100;
        let groups = self.documents * 20 / 100;
        match section {
            Section::Aims => aims,
            Section::Statements => statements,
            Section::Groups => groups,
            Section::Events => self.documents - (aims + statements + groups).min(self.documents),
        }
    }

    pub fn tags(self) -> usize {
        (self.documents / 50).max(2)
    }

    /// The section and number of the document `index`, counted over all sections.
    fn place(self, index: usize) -> (Section, usize) {
        let mut rest = index;
        for section in Section::ALL {
            let count = self.count(section);
            if rest < count {
                return (section, rest + 1);
            }
            rest -= count;
        }
        (Section::Aims, 1)
    }

    fn document(self, index: usize) -> Document {
        let mut random = Random::of(SEED, index);
        let (section, number) = self.place(index);
        let first = random.below(self.tags());
        let second = (first + 1 + random.below(self.tags() - 1)) % self.tags();
        let length = random.between(3, 6);
        let title = format!("{} {number}", prose::plain(&mut random, length));
        let groups = self.count(Section::Groups);
        // A minute apart, so that no two are of one age, and shuffled over the sections by a step that shares no factor
        // with the count's usual sizes.
        let minute = (index * 7_919) % self.documents;
        Document {
            section,
            number,
            title,
            summary: prose::plain(&mut random, 18) + ".",
            date: date(minute),
            tags: [tag(first), tag(second)],
            link: self.place(random.below(self.documents)),
            group: (section == Section::Events && groups > 0).then(|| random.below(groups.max(1)) + 1),
            start: format!(
                "20{:02}-{:02}-{:02}T{:02}:{:02}:00",
                random.between(22, 28),
                random.between(1, 12),
                random.between(1, 28),
                random.between(9, 20),
                random.below(4) * 15
            ),
            region: random.pick(REGIONS),
            latitude: format!("{}.{:04}", random.between(51, 57), random.below(10_000)),
            longitude: format!("-{}.{:04}", random.between(1, 4), random.below(10_000)),
            random,
        }
    }

    /// Every document, in the order of sections and numbers.
    pub fn iter(self) -> impl Iterator<Item = Document> {
        (0..self.documents).map(move |index| self.document(index))
    }

    /// Writes the corpus as a Handbill site into `folder`, which must not exist yet or be empty.
    pub fn write_handbill(self, folder: &Path) -> io::Result<()> {
        handbill::write(self, folder)
    }

    /// Writes as many events, with everything that Handbill makes of events, into `folder`, which must not exist yet or be empty.
    pub fn write_events(self, folder: &Path) -> io::Result<()> {
        events::write(self, folder)
    }

    /// The files of [`Corpus::write_events`]'s events, below `content/`.
    pub fn event_files(self) -> impl Iterator<Item = String> {
        (0..self.documents).map(|number| format!("events/event-{number:06}.md"))
    }

    /// Writes the corpus as a Hugo site into `folder`, which must not exist yet or be empty.
    pub fn write_hugo(self, folder: &Path) -> io::Result<()> {
        hugo::write(self, folder)
    }
}

fn tag(number: usize) -> String {
    const STEMS: &[&str] = &["fares", "routes", "stops", "night-buses", "access", "air", "schools", "villages"];
    format!("{}-{number}", STEMS[number % STEMS.len()])
}

/// The moment so many minutes after the year 2021 began, in UTC. Months are counted as 28 days long.
fn date(minutes: usize) -> String {
    let (days, rest) = (minutes / 1440, minutes % 1440);
    let (months, day) = (days / 28, days % 28 + 1);
    format!("{}-{:02}-{day:02}T{:02}:{:02}:00Z", 2021 + months / 12, months % 12 + 1, rest / 60, rest % 60)
}

/// Writes a file and the folders it needs.
fn put(folder: &Path, path: &str, text: &str) -> io::Result<()> {
    let file = folder.join(path);
    if let Some(parent) = file.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(file, text)
}

/// Writes every document, its front matter by `front`, its checked link by `link`.
fn put_documents(
    corpus: Corpus,
    folder: &Path,
    front: impl Fn(&Document, &mut String),
    link: impl Fn(Section, usize) -> String,
) -> io::Result<()> {
    let mut text = String::new();
    for section in Section::ALL {
        let (name, _) = section.names();
        put(folder, &format!("content/{name}/_index.md"), &format!("+++\ntitle = \"{}\"\n+++\n", section.title()))?;
    }
    put(
        folder,
        "content/_index.md",
        "+++\ntitle = \"Better Buses\"\n+++\n\nBuses for everybody, everywhere, every day.\n",
    )?;
    for document in corpus.iter() {
        text.clear();
        text.push_str("+++\n");
        _ = writeln!(text, "title = \"{}\"", document.title);
        _ = writeln!(text, "summary = \"{}\"", document.summary);
        _ = writeln!(text, "date = {}", document.date);
        _ = writeln!(text, "tags = [\"{}\", \"{}\"]", document.tags[0], document.tags[1]);
        front(&document, &mut text);
        text.push_str("+++\n\n");
        let (section, number) = document.link;
        document.body(&link(section, number), &mut text);
        std::fs::write(folder.join("content").join(document.path()), &text)?;
    }
    Ok(())
}
