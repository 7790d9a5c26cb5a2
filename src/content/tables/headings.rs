//! The headings of a table: which key of a page each column holds.

use super::{Place, at_option};
use crate::content::{Common, Kind, foreign};
use crate::decode::{Field, Record, Shape};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::source::Span;
use crate::spreadsheet::{Cell, SheetRow, plain_heading};
use std::collections::{HashMap, HashSet};

/// What a column is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Role {
    /// The name of the file that a row stands for.
    File,
    Language,
    /// The text, in Markdown.
    Body,
    /// A key of front matter: the parts of its path.
    Key(Vec<Part>),
    /// Nothing that the site reads.
    PassedOver,
}

/// A part of the path of a key, such as `links.1.url`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    Name(String),
    /// An item of a list, by its number.
    Item(u32),
}

/// A column with a use.
#[derive(Debug, Clone)]
pub struct Column {
    pub role: Role,
    /// The key as a heading, in small letters.
    pub name: String,
    heading: Span,
}

/// The columns of a table, one for each heading.
#[derive(Debug)]
pub struct Headings {
    pub columns: Vec<Column>,
    /// Keys that every page of the table needs and that no column has: told once, not for every row.
    pub missing: Vec<&'static str>,
}

/// Names of the columns that are no keys.
const OWN: &[&str] = &["file", "language", "body"];

/// Headings of other programs and languages, and our keys for them.
const USUAL: &[(&str, &[&str])] = &[
    (
        "title",
        &["name", "heading", "headline", "titel", "titre", "título", "titolo", "tytuł", "teitl", "group", "group_name"],
    ),
    ("body", &["content", "description_long", "long_text", "html", "markdown", "inhalt", "contenu"]),
    ("language", &["lang", "locale", "sprache", "langue", "idioma", "iaith"]),
    ("file", &["filename", "file_name", "id", "key", "datei", "fichier", "archivo"]),
    ("location.lat", &["lat", "latitude", "breitengrad"]),
    ("location.lon", &["lon", "lng", "long", "longitude", "längengrad"]),
    ("contact.email", &["email", "e_mail", "mail"]),
    ("contact.phone", &["phone", "telephone", "telefon", "tel"]),
    ("place", &["town", "city", "village", "ort", "stadt", "ville", "ciudad", "lle"]),
    ("venue.name", &["venue"]),
    ("venue.address", &["address", "adresse"]),
    ("venue.postcode", &["postcode", "post_code", "zip", "plz"]),
];

/// Values are not nested more deeply than this.
const MOST_PARTS: usize = 12;

/// Reads the headings of a table whose pages are of `kinds`.
pub fn read(
    place: &Place<'_>,
    header: SheetRow<'_, '_>,
    kinds: &[Kind],
    diagnostics: &mut Vec<Diagnostic>,
) -> Headings {
    let mut reader = Reader { place, kinds, diagnostics };
    let mut columns: Vec<Column> = header.cells.iter().map(|cell| reader.column(cell)).collect();
    reader.check_options(header.cells);
    reader.check_pairs(&columns);
    // Of columns for the same the first is read: that there are two has been told.
    let mut read = HashSet::new();
    for column in &mut columns {
        if !read.insert(column.role.clone()) {
            column.role = Role::PassedOver;
        }
    }
    let missing = reader.missing(&columns, header.span);
    Headings { columns, missing }
}

struct Reader<'a, 'd> {
    place: &'a Place<'a>,
    kinds: &'a [Kind],
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn report(&mut self, span: Span, message: String, label: &str, help: String) {
        self.diagnostics
            .push(Diagnostic::new(&codes::TABLE_HEADING, message).at(&self.place.file, span).label(label).help(help));
    }

    fn column(&mut self, cell: &Cell<'_>) -> Column {
        let written = plain_heading(&cell.text);
        let own = self.place.options.columns.0.iter().find(|(heading, _)| plain_heading(&heading.value) == written);
        let name = own.map_or_else(|| written.clone(), |(_, key)| plain_heading(&key.value));
        let ignored = self.place.options.ignore.iter().any(|heading| plain_heading(&heading.value) == written);
        let passed_over = name.is_empty() || cell.text.starts_with('#') || ignored;
        let role = if passed_over { Role::PassedOver } else { self.role(&name, cell) };
        Column { role, name, heading: cell.span }
    }

    fn role(&mut self, name: &str, cell: &Cell<'_>) -> Role {
        match name {
            "file" => return Role::File,
            "language" => return Role::Language,
            "body" | "text" => return Role::Body,
            _ => {}
        }
        if name.split('.').count() > MOST_PARTS {
            let message = format!("this heading has more than {MOST_PARTS} parts");
            let help = "write a name with few dots in it, such as venue.name".to_owned();
            self.report(cell.span, message, "too many dots", help);
            return Role::PassedOver;
        }
        let parts: Option<Vec<Part>> = name
            .split('.')
            .map(|part| match part.parse() {
                Ok(number) => Some(Part::Item(number)),
                Err(_) => (!part.is_empty()).then(|| Part::Name(part.to_owned())),
            })
            .collect();
        if let Some(parts) = parts.filter(|parts| self.is_key(parts)) {
            return Role::Key(parts);
        }
        let help = self.parts_of(name).unwrap_or_else(|| self.meant(name));
        self.report(cell.span, format!("there is no key `{}` for these pages", cell.text), "not known", help);
        Role::PassedOver
    }

    /// The keys that pages of the table's kinds have.
    fn fields(&self) -> impl Iterator<Item = &'static Field> {
        let own = self.kinds.iter().flat_map(|kind| kind.keys());
        Common::KEYS.iter().chain(own)
    }

    /// Of a key that is a table: the columns of its parts.
    fn parts_of(&self, name: &str) -> Option<String> {
        let field = self.fields().find(|field| field.name == name)?;
        let number = if field.shape == Shape::List { "1." } else { "" };
        let below = field.fields.into_iter().flatten().take(3);
        let columns: Vec<String> = below.map(|below| format!("{name}.{number}{}", below.name)).collect();
        Some(match columns.as_slice() {
            [] => format!("keys of your own are columns such as {name}.colour"),
            columns => format!("it has parts, each with a column of its own: {}", columns.join(", ")),
        })
    }

    fn is_key(&self, parts: &[Part]) -> bool {
        let [Part::Name(first), rest @ ..] = parts else { return false };
        if self.place.config.taxonomies.iter().any(|taxonomy| taxonomy.name == *first) {
            return rest.is_empty();
        }
        let mut fields = self.fields().filter(|field| field.name == first);
        // A cell holds no table.
        let is_table = |field: &Field| rest.is_empty() && (field.expects == "a table" || field.expects == "any value");
        fields.any(|field| leads_to_key(field, rest) && !is_table(field))
    }

    /// What an unknown heading means.
    fn meant(&self, name: &str) -> String {
        const ELSE: &str = "a column that is not for the site gets a heading that begins with #";
        let known: Vec<String> = self.known();
        let usual = USUAL.iter().filter(|(_, others)| others.contains(&name)).map(|(key, _)| *key);
        let usual = usual.chain(self.kinds.iter().filter_map(|kind| foreign::meant(name, *kind)));
        let meant = usual
            .filter(|key| known.iter().any(|known| known == key))
            .map(str::to_owned)
            .next()
            .or_else(|| did_you_mean(name, known.iter().map(String::as_str)).map(str::to_owned));
        match meant {
            Some(meant) => format!("did you mean `{meant}`? {}", capital(ELSE)),
            None if name.contains(' ') || self.place.folder.is_empty() => ELSE.to_owned(),
            None => format!("{ELSE}; a key of your own is called extra.{name}"),
        }
    }

    /// Every heading there could be, but for numbers and keys of one's own.
    fn known(&self) -> Vec<String> {
        let mut known: Vec<String> = OWN.iter().map(|name| (*name).to_owned()).collect();
        known.extend(self.place.config.taxonomies.iter().map(|taxonomy| taxonomy.name.clone()));
        for field in self.fields() {
            known.push(field.name.to_owned());
            let number = if field.shape == Shape::List { "1." } else { "" };
            known.extend(
                field.fields.into_iter().flatten().map(|below| format!("{}.{number}{}", field.name, below.name)),
            );
        }
        known
    }

    /// What the folder's page says of headings that are not there.
    fn check_options(&mut self, header: &[Cell<'_>]) {
        let headings: Vec<String> = header.iter().map(|cell| plain_heading(&cell.text)).collect();
        let options = self.place.options;
        let renamed = options.columns.0.iter().map(|(heading, _)| heading);
        for written in renamed.chain(&options.ignore) {
            let plain = plain_heading(&written.value);
            if headings.contains(&plain) {
                continue;
            }
            let help = match did_you_mean(&plain, headings.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean \"{meant}\"?"),
                None => "write a heading of the table's first row".to_owned(),
            };
            let message = format!("the table \"{}\" has no heading \"{}\"", options.file.value, written.value);
            self.diagnostics.push(at_option(self.place, written, message, help));
        }
    }

    /// Headings that stand twice, and a key beside parts of it.
    fn check_pairs(&mut self, columns: &[Column]) {
        let mut first: HashMap<&Role, &Column> = HashMap::new();
        for column in columns.iter().filter(|column| column.role != Role::PassedOver) {
            if let Some(other) = first.insert(&column.role, column) {
                self.pair(column, other, format!("two columns are for `{}`", column.name));
            }
        }
        let keys: Vec<(&[Part], &Column)> = columns
            .iter()
            .filter_map(|column| match &column.role {
                Role::Key(parts) => Some((parts.as_slice(), column)),
                _ => None,
            })
            .collect();
        for (parts, column) in keys.iter().filter(|(parts, _)| parts.len() > 1) {
            if let Some((_, other)) =
                keys.iter().find(|(whole, _)| whole.len() < parts.len() && parts.starts_with(whole))
            {
                let message = format!("there is a column `{}` and one for a part of it, `{}`", other.name, column.name);
                self.pair(column, other, message);
            }
        }
    }

    fn pair(&mut self, column: &Column, other: &Column, message: String) {
        self.diagnostics.push(
            Diagnostic::new(&codes::TABLE_HEADING, message)
                .at(&self.place.file, column.heading)
                .other(&self.place.file, other.heading, "the other column")
                .help("rename one of them, or let its heading begin with #"),
        );
    }

    /// Keys that every page needs and that no column has.
    fn missing(&mut self, columns: &[Column], header: Span) -> Vec<&'static str> {
        let has = |field: &&Field| {
            columns.iter().any(|column| {
                matches!(&column.role, Role::Key(parts) if matches!(parts.first(), Some(Part::Name(name)) if name == field.name))
            })
        };
        let own: &[Field] = match self.kinds {
            [only] => only.keys(),
            _ => &[],
        };
        let needed = Common::KEYS.iter().chain(own).filter(|field| field.shape == Shape::Required);
        let missing: Vec<&'static str> = needed.filter(|field| !has(field)).map(|field| field.name).collect();
        for name in &missing {
            let help = format!(
                "the first row of a table holds the names of the columns; add a column with the heading {name}, or say in `tables` which one it is: columns = {{ \"Heading\" = \"{name}\" }}"
            );
            self.report(header, format!("the table has no column `{name}`"), "", help);
        }
        missing
    }
}

/// Whether the parts of a path lead from a key to a key.
fn leads_to_key(field: &Field, rest: &[Part]) -> bool {
    match rest {
        [] => true,
        [Part::Item(_), rest @ ..] => field.expects != "any value" && leads_on(field, rest),
        rest => leads_on(field, rest),
    }
}

fn leads_on(field: &Field, rest: &[Part]) -> bool {
    match (rest, field.fields) {
        ([], _) => true,
        // Keys of one's own.
        (_, None) => field.expects == "any value",
        ([Part::Name(name), rest @ ..], Some(fields)) => {
            fields.iter().any(|field| field.name == name && leads_to_key(field, rest))
        }
        ([Part::Item(_), ..], Some(_)) => false,
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
