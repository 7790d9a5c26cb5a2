use super::{Action, Aim, Common, Event, Group, Post, Statement};
use crate::config::{Config, SectionOptions, Taxonomy};
use crate::decode::{Field, Record, choice};
use crate::diagnostic::{Diagnostic, codes};

choice! {
    /// What a document is.
    pub enum Kind {
        Page "page",
        Aim "aim",
        Statement "statement",
        Group "group",
        Event "event",
        Action "action",
        Post "post",
        Section "section",
    }
}

impl Kind {
    /// The kinds that an author may choose, in the order in which they are listed.
    pub const AUTHORED: &'static [Self] =
        &[Self::Aim, Self::Statement, Self::Group, Self::Event, Self::Action, Self::Post, Self::Page];

    /// The kind of what lies in a folder of the content's top level.
    pub fn of_folder(folder: &str) -> Self {
        Self::AUTHORED.iter().copied().find(|kind| kind.folder() == Some(folder)).unwrap_or(Self::Page)
    }

    /// The folder whose files have this kind by default.
    pub fn folder(self) -> Option<&'static str> {
        match self {
            Self::Aim => Some("aims"),
            Self::Statement => Some("statements"),
            Self::Group => Some("groups"),
            Self::Event => Some("events"),
            Self::Action => Some("actions"),
            Self::Post => Some("news"),
            Self::Page | Self::Section => None,
        }
    }

    /// The keys that this kind has beside the common ones.
    pub fn keys(self) -> &'static [Field] {
        match self {
            Self::Aim => Aim::KEYS,
            Self::Statement => Statement::KEYS,
            Self::Group => Group::KEYS,
            Self::Event => Event::KEYS,
            Self::Action => Action::KEYS,
            Self::Post => Post::KEYS,
            Self::Section => SectionOptions::KEYS,
            Self::Page => &[],
        }
    }

    /// What it is, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Aim => "Something the campaign wants to bring about.",
            Self::Statement => "A text that people sign.",
            Self::Group => "A local group: where it is, how to reach it, when it meets.",
            Self::Event => "Something that takes place at a time, once or again and again.",
            Self::Action => "Something readers are asked to do.",
            Self::Post => "A piece of news.",
            Self::Page => "Any other page.",
            Self::Section => "A folder's own page, `_index.md`, and how the folder is listed.",
        }
    }
}

/// What a kind has of its own.
#[derive(Debug, Clone)]
pub enum Details {
    Aim(Aim),
    Statement(Box<Statement>),
    Group(Box<Group>),
    Event(Box<Event>),
    Action(Box<Action>),
    Post(Post),
    Page,
    Section(Box<SectionOptions>),
}

impl Details {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Aim(_) => Kind::Aim,
            Self::Statement(_) => Kind::Statement,
            Self::Group(_) => Kind::Group,
            Self::Event(_) => Kind::Event,
            Self::Action(_) => Kind::Action,
            Self::Post(_) => Kind::Post,
            Self::Page => Kind::Page,
            Self::Section(_) => Kind::Section,
        }
    }
}

/// Takes out taxonomies that are named like a key which front matter has already, and reports them.
pub fn refuse_reserved_taxonomies(config: &mut Config, diagnostics: &mut Vec<Diagnostic>) {
    let kinds = Kind::AUTHORED.iter().chain([&Kind::Section]).flat_map(|kind| kind.keys());
    let reserved: Vec<&str> = Common::KEYS.iter().chain(kinds).map(|field| field.name).collect();
    let (kept, refused) =
        // Series may be a taxonomy as well, which gives each of them a page.
        std::mem::take(&mut config.taxonomies)
            .into_iter()
            .partition(|taxonomy| taxonomy.name == "series" || !reserved.contains(&&*taxonomy.name));
    config.taxonomies = kept;
    for Taxonomy { name, .. } in refused {
        diagnostics.push(
            Diagnostic::new(&codes::BAD_VALUE, format!("a taxonomy cannot be called \"{name}\""))
                .in_file(&config.file)
                .help(format!("`{name}` is a key of front matter already; choose another name")),
        );
    }
}
