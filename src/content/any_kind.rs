use crate::config::{Fallback, Url};
use crate::decode::{At, Context, Decode, Field, Free, Moment, Node, OneOrMany, Value, decode_table, record};

record! {
    /// What every kind has.
    pub struct Common {
        /// The title, without Markdown.
        title: required At<String>,
        /// What kind of thing this is. Default: by the folder it lies in.
        kind: optional At<String>,
        /// One or two sentences (Markdown) for lists, search engines and shared links.
        summary: optional At<String>,
        /// When it was published.
        date: optional At<Moment>,
        /// When its text was last changed.
        updated: optional At<Moment>,
        /// It is published only from this moment on (an embargo).
        publish_from: optional Moment,
        /// It is no longer published from this moment on.
        expires: optional Moment,
        /// `true` keeps it out of the site.
        draft: default bool,
        /// The last part of its address. Default: the file's name.
        slug: optional At<String>,
        /// Its whole address, such as `/about/history/`.
        path: optional At<String>,
        /// Earlier addresses, which lead here.
        aliases: list At<String>,
        /// Lighter pages come first where a list is sorted by weight. Default: 0.
        weight: default i64,
        /// A picture for the head of the page, cards and shared links.
        image: optional Image,
        /// Whether a table of contents is shown. Default: the theme decides.
        toc: optional bool,
        /// The template that renders it.
        template: optional At<String>,
        /// Menus it stands in: a name, a table, or a list of these.
        menu: default MenuEntries,
        /// See also: content files, and outside links with titles.
        related: list Related,
        /// The series that it is a part of: its name, or `{ name = …, part = … }`. Parts without a number stand by their dates.
        series: optional Series,
        /// Comments of an archive. They are closed.
        comments: list Comment,
        /// What other languages show of it while it has no version in them: `absent`, `listed` or `published`.
        fallback: optional Fallback,
        /// Asks search engines to leave the page out.
        noindex: default bool,
        /// Keys of your own, for your templates.
        extra: default Free,
    }
}

record! {
    /// A picture.
    pub struct Image {
        /// A file beside the page, or `/images/…` in `static/`.
        src: required At<String>,
        /// What the picture shows, for those who do not see it. Empty when it is decoration.
        alt: required String,
        /// Who made it.
        credit: optional String,
    }
}

record! {
    /// A place in a menu.
    pub struct MenuTable {
        /// The menu.
        name: required String,
        /// The text of the link. Default: the page's title.
        title: optional String,
        /// Lighter entries come first. Default: 0.
        weight: default i64,
        /// The entry of the menu below which it stands, by its text.
        parent: optional At<String>,
    }
}

/// A place in a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    pub menu: String,
    pub title: Option<String>,
    pub weight: i64,
    pub parent: Option<At<String>>,
}

/// The menus a page stands in.
#[derive(Debug, Clone, Default)]
pub struct MenuEntries(pub Vec<MenuEntry>);

impl Decode for MenuEntry {
    const EXPECTS: &'static str = "a menu's name or a table";
    const FIELDS: Option<&'static [Field]> = MenuTable::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if let Some(name) = node.value.text() {
            return Some(Self { menu: name.to_owned(), title: None, weight: 0, parent: None });
        }
        let table: MenuTable = decode_table(node, Self::EXPECTS, cx)?;
        Some(Self { menu: table.name, title: table.title, weight: table.weight, parent: table.parent })
    }
}

impl Decode for MenuEntries {
    const EXPECTS: &'static str = "a menu's name, a table, or a list of these";
    const FIELDS: Option<&'static [Field]> = MenuTable::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        OneOrMany::decode(node, cx).map(|entries| Self(entries.0))
    }
}

record! {
    /// A link to another place.
    pub struct RelatedTable {
        /// The text of the link.
        title: required String,
        /// Where it leads.
        url: required Url,
        /// A sentence about it.
        summary: optional String,
    }
}

/// A "see also".
#[derive(Debug, Clone)]
pub enum Related {
    /// A content file, such as `@/news/first.md` or a path beside this file.
    Page(At<String>),
    Outside {
        title: String,
        url: Url,
        summary: Option<String>,
    },
}

impl Decode for Related {
    const EXPECTS: &'static str = "a content file in quotation marks, or { title = …, url = … }";
    const FIELDS: Option<&'static [Field]> = RelatedTable::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if let Some(path) = node.value.text() {
            return Some(Self::Page(At { value: path.to_owned(), span: node.span }));
        }
        let table: RelatedTable = decode_table(node, Self::EXPECTS, cx)?;
        Some(Self::Outside { title: table.title, url: table.url, summary: table.summary })
    }
}

record! {
    /// A part of a series.
    pub struct SeriesTable {
        /// The name of the series, the same in all its parts.
        name: required At<String>,
        /// Which part it is, from 1. Default: by date.
        part: optional At<u32>,
    }
}

/// What a page is a part of.
#[derive(Debug, Clone)]
pub struct Series {
    pub name: At<String>,
    pub part: Option<At<u32>>,
    /// Where series are a taxonomy as well: further terms.
    pub others: Vec<At<String>>,
}

impl Decode for Series {
    const EXPECTS: &'static str = "the name of a series, or { name = …, part = … }";
    const FIELDS: Option<&'static [Field]> = SeriesTable::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if let Some(name) = node.value.text() {
            let name = At { value: name.to_owned(), span: node.span };
            return Some(Self { name, part: None, others: Vec::new() });
        }
        match &node.value {
            // Where `series` is a taxonomy as well, it holds a list.
            Value::Array(_) => {
                let names: Vec<At<String>> = Vec::decode(node, cx)?;
                let mut names = names.into_iter();
                names.next().map(|name| Self { name, part: None, others: names.collect() })
            }
            _ => {
                let table: SeriesTable = decode_table(node, Self::EXPECTS, cx)?;
                Some(Self { name: table.name, part: table.part, others: Vec::new() })
            }
        }
    }
}

record! {
    /// An archived comment.
    pub struct Comment {
        /// Who wrote it.
        author: required String,
        /// When.
        date: optional Moment,
        /// What they wrote, in Markdown.
        text: required At<String>,
        /// The writer's own page.
        url: optional Url,
        /// A name for this comment, so that others can answer it.
        id: optional String,
        /// The `id` of the comment that this one answers.
        reply_to: optional At<String>,
        /// It is a pingback: another site's link to this page.
        pingback: default bool,
    }
}
