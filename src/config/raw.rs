//! `handbill.toml` as it is written.

use super::outputs::RawOutput;
use super::publish::{HeaderOptions, PublishOptions, RawRedirect, RobotsOptions, SecurityOptions};
use crate::decode::{At, Context, Decode, Field, Free, Named, Node, OneOrMany, choice, record};

record! {
    /// The site's configuration, `handbill.toml`.
    pub struct RawConfig {
        /// The campaign's name, as it stands in the header and in every page's title.
        title: required String,
        /// The address the site will have, such as `https://example.org/`. It may have a path.
        base_url: required At<String>,
        /// One sentence about the campaign, for search engines and shared links.
        description: optional String,
        /// The language of files without a language in their name, as a tag such as `en-GB`. Default: `en`.
        language: optional At<String>,
        /// The IANA time zone in which local times are meant, such as `Europe/London`. Default: `UTC`.
        timezone: optional At<String>,
        /// The theme: a folder in `themes/`, or `default`, which the program carries.
        theme: optional At<String>,
        /// The folder that the site is written to. Default: `public`.
        output: optional At<String>,
        /// Makes links between pages relative, so that the site also opens from a disk. Default: `false`.
        relative_links: default bool,
        /// A short name that never changes, from which calendar and feed ids are made. Default: the address's host.
        site_id: optional String,
        /// Actions offered on every page, in order, each as `@/actions/join.md`.
        actions: list At<String>,
        /// The theme's settings; the theme says which there are.
        settings: default Named<At<Free>>,
        /// Menus by name, each a list of entries.
        menus: default Named<Vec<At<RawMenuItem>>>,
        /// The letters of addresses and of headings' names: `ascii` writes "für" as a language writes it in plain letters
        /// (`fuer`), `unicode` keeps letters as they are. Default: `ascii`.
        slugs: default SlugStyle,
        /// Languages, by tag.
        languages: default Named<RawLanguage>,
        /// Ways to group content, by name. `tags` is always there.
        taxonomies: default Named<RawTaxonomy>,
        /// Who publishes the site.
        organisation: optional Organisation,
        /// The imprint that the law asks for.
        imprint: optional At<RawImprint>,
        /// The label of paid political advertising (Regulation (EU) 2024/900).
        political_ad: optional PoliticalAd,
        /// Options of sections by their folder; a section's `_index.md` may set the same keys.
        sections: default Named<SectionOptions>,
        /// How Markdown is read.
        markdown: default MarkdownOptions,
        /// Feeds.
        feeds: default FeedOptions,
        /// Events.
        events: default EventOptions,
        /// Statements and those who signed them.
        statements: default crate::config::StatementOptions,
        /// Takes `updated` of pages that say none from the last commit of their files in Git. Default: `false`.
        updated_from_git: default bool,
        /// Earlier addresses, and where they lead.
        redirects: list At<RawRedirect>,
        /// Where the site is put.
        publish: default PublishOptions,
        /// The headers that hosts send with every page.
        headers: default HeaderOptions,
        /// What robots may read.
        robots: default RobotsOptions,
        /// Whom to tell of a weakness of the site: `/.well-known/security.txt`.
        security: optional At<SecurityOptions>,
        /// Further files that templates make.
        outputs: list At<RawOutput>,
        /// Keys of your own, for your templates.
        extra: default Free,
    }
}

record! {
    /// An entry of a menu.
    pub struct RawMenuItem {
        /// The text of the link. Default: the page's title.
        name: optional String,
        /// The content file it leads to, such as `@/groups/_index.md`.
        page: optional At<String>,
        /// An address, in the place of `page`.
        url: optional At<String>,
        /// Lighter entries come first. Default: 0.
        weight: default i64,
        /// Entries below this one, with the same keys.
        children: default SubMenu,
    }
}

/// The entries below one of a menu.
#[derive(Debug, Clone, Default)]
pub struct SubMenu(pub Vec<At<RawMenuItem>>);

impl RawMenuItem {
    /// Entries with all below them, in order.
    pub fn all(items: &[At<Self>]) -> Vec<&At<Self>> {
        let mut found = Vec::with_capacity(items.len());
        for item in items {
            found.push(item);
            found.extend(Self::all(&item.value.children.0));
        }
        found
    }
}

impl Decode for SubMenu {
    const EXPECTS: &'static str = "a list of entries";
    // They have the keys of the entry itself, which the manual has named.
    const FIELDS: Option<&'static [Field]> = None;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        Vec::decode(node, cx).map(Self)
    }
}

choice! {
    /// What a language shows of a page that has no version in it.
    pub enum Fallback {
        Absent "absent",
        Listed "listed",
        Published "published",
    }
}

choice! {
    /// The letters of addresses that are made from names and titles.
    pub enum SlugStyle {
        Ascii "ascii",
        Unicode "unicode",
    }
}

record! {
    /// A language of the site. The table of the default language may say the same of that.
    pub struct RawLanguage {
        /// The language's own name for itself, for the language switcher.
        name: optional String,
        /// The campaign's name in this language.
        title: optional String,
        /// The description in this language.
        description: optional String,
        /// The statement of independence in this language.
        independence: optional At<String>,
        /// The first part of its addresses, such as `cymraeg`. Default: the tag in small letters; none for the default language.
        path: optional At<String>,
        /// An address of its own, such as `https://cy.example.org/`. Its pages are then written to a folder of their own.
        base_url: optional At<String>,
        /// The folder of `content/` that holds this language's files, which then need no tag in their names.
        folder: optional At<String>,
        /// What is shown of a page of the default language that has no version in this one: `absent`, `listed` (lists lead
        /// to the original) or `published` (it stands here too, marked as what it is). Default: `listed` for groups,
        /// events and actions, `absent` for all else.
        fallback: optional Fallback,
        /// The same by section: a folder of `content/`, and one of the three words.
        fallbacks: default Named<Fallback>,
        /// Whether every page should have a version in this language that is up to date; what lacks one is then reported.
        complete: default bool,
        /// The letters of addresses and of headings' names: `ascii` or `unicode`. Default: the site's `slugs`.
        slugs: optional SlugStyle,
        /// The digits of numbers and dates, as a numbering system of the Unicode CLDR such as `latn` or `arab`.
        numerals: optional At<String>,
        /// What taxonomies are called in this language: a taxonomy's name, and its title.
        taxonomies: default Named<String>,
        /// Menus in this language; a menu that is not given here is taken from the site's.
        menus: default Named<Vec<At<RawMenuItem>>>,
    }
}

record! {
    /// A way to group content.
    pub struct RawTaxonomy {
        /// Its name for readers. Default: the key.
        title: optional String,
        /// How many items a page of a term lists; 0 lists all. Default: 20.
        paginate: optional u32,
        /// Whether each term has a feed. Default: true.
        feed: optional bool,
    }
}

record! {
    /// Who publishes the site.
    pub struct Organisation {
        /// Its name. Default: the site's title.
        name: optional String,
        /// One sentence.
        description: optional String,
        /// A picture in `static/`, such as `images/logo.svg`.
        logo: optional At<String>,
        /// An address for everyone.
        email: optional String,
        /// Its places elsewhere on the web.
        links: list NamedLink,
        /// What it is independent of, in Markdown.
        independence: optional At<String>,
    }
}

record! {
    /// A link with its text.
    pub struct NamedLink {
        /// The text of the link.
        name: required String,
        /// Where it leads.
        url: required crate::config::Url,
    }
}

choice! {
    /// Whose rules an imprint follows.
    pub enum Jurisdiction {
        None "none",
        Uk "uk",
        Us "us",
        De "de",
    }
}

record! {
    /// A person or body with an address.
    pub struct Party {
        /// The name.
        name: optional String,
        /// The postal address.
        address: optional String,
    }
}

record! {
    /// The imprint that the law asks for. Each jurisdiction asks for parts of its own.
    pub struct RawImprint {
        /// `uk`, `us`, `de` or `none`.
        jurisdiction: required Jurisdiction,
        /// Whether a missing part stops the build.
        required: default bool,
        /// United Kingdom: who has the material published.
        promoter: optional Party,
        /// United Kingdom: on whose behalf, when that is another.
        on_behalf_of: optional Party,
        /// United States: who paid.
        paid_by: optional String,
        /// United States: the candidate who authorised it.
        authorised_by: optional String,
        /// United States: `false` says that no candidate authorised it.
        authorised: optional bool,
        /// Germany: the name of the body.
        name: optional String,
        /// United States and Germany: the postal address.
        address: optional String,
        /// United States: a telephone number.
        phone: optional String,
        /// United States: a web address.
        url: optional String,
        /// Germany: who represents the body.
        representative: optional String,
        /// Germany: an e-mail address.
        email: optional String,
        /// Germany: who answers for journalistic content, with an address.
        responsible: optional String,
    }
}

record! {
    /// The label of paid political advertising (Regulation (EU) 2024/900, articles 11 and 12).
    pub struct PoliticalAd {
        /// Who pays.
        sponsor: required String,
        /// Who controls the sponsor in the end, when that is another.
        controller: optional String,
        /// The election or vote it is linked to.
        election: required String,
        /// Where the transparency notice is found.
        notice_url: required crate::config::Url,
    }
}

choice! {
    /// Which pages by time a section has.
    pub enum Archive {
        None "none",
        Year "year",
        Month "month",
    }
}

choice! {
    /// In which order a section lists its pages.
    pub enum Sort {
        Date "date",
        Title "title",
        Weight "weight",
        Start "start",
        Order "order",
    }
}

record! {
    /// How a section lists and shows its pages.
    pub struct SectionOptions {
        /// The order of the list. Default: as fits the kind.
        sort: optional Sort,
        /// Turns the order round.
        reverse: optional bool,
        /// How many items a page of the list has; 0 lists all. Default: 20.
        paginate: optional u32,
        /// Whether the section has a feed. Default: true for news, statements and events.
        feed: optional bool,
        /// The template of the list.
        template: optional At<String>,
        /// The template of the pages in it.
        page_template: optional At<String>,
        /// Tables whose rows are pages: CSV or TOML files beside the folder's `_index.md`, such as `"groups.csv"`. Only in `_index.md`.
        tables: default OneOrMany<crate::config::TableSource>,
        /// What other languages show of its pages that have no version in them: `absent`, `listed` or `published`.
        fallback: optional Fallback,
        /// Pages of what it holds by time: `year`, `month` (years and months) or `none`. Default: `none`.
        archive: optional Archive,
    }
}

choice! {
    /// What becomes of HTML in Markdown.
    pub enum HtmlMode {
        Sanitise "sanitise",
        Allow "allow",
        Forbid "forbid",
    }
}

record! {
    /// How Markdown is read.
    pub struct MarkdownOptions {
        /// HTML in Markdown: `sanitise` removes what could do harm, `allow` keeps all, `forbid` reports any.
        html: default HtmlMode,
        /// Typographic quotation marks and dashes. Default: true.
        smart_punctuation: optional bool,
        /// A link at each heading that leads to it. Default: false.
        heading_anchors: default bool,
    }
}

choice! {
    /// How much of a page a feed holds.
    pub enum FeedContent {
        Full "full",
        Summary "summary",
    }
}

choice! {
    /// A form of feed.
    pub enum FeedFormat {
        Atom "atom",
        Rss "rss",
        Json "json",
    }
}

impl FeedFormat {
    /// The name of its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Atom => "feed.xml",
            Self::Rss => "rss.xml",
            Self::Json => "feed.json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }
}

record! {
    /// Feeds.
    pub struct FeedOptions {
        /// The forms in which each feed is written: `atom` (`feed.xml`), `rss` (`rss.xml`), `json` (`feed.json`). Default: `atom`; an empty list writes none.
        formats: optional OneOrMany<FeedFormat>,
        /// The newest entries that a feed holds. Default: 20.
        limit: optional u32,
        /// The whole page or its summary.
        content: default FeedContent,
    }
}

choice! {
    /// Where the single dates of a repeating event stand.
    pub enum OccurrencePlace {
        Anchors "anchors",
        Pages "pages",
    }
}

choice! {
    /// Whose events have lists and archives.
    pub enum ListedBy {
        Site "site",
        Group "group",
        Aim "aim",
        Region "region",
        Term "term",
    }
}

choice! {
    /// Whose events have a page for each month.
    pub enum MonthPages {
        Site "site",
        All "all",
        None "none",
    }
}

record! {
    /// Events.
    pub struct EventOptions {
        /// How many months ahead a repetition is expanded. Default: 18.
        horizon_months: optional u32,
        /// How many months the past dates of a repeating event are kept. Default: 12.
        history_months: optional u32,
        /// The single dates of a repeating event: `anchors` on the event's page, or `pages` of their own.
        occurrences: default OccurrencePlace,
        /// Lists of events: `site` for the years and months of all, `group`, `aim`, `region` and `term` (tags and other taxonomies)
        /// for a list, a feed and a calendar of each. Default: all five.
        lists: optional OneOrMany<ListedBy>,
        /// Pages that show a month as a table: of all events (`site`), also of each group, aim, region and tag (`all`), or `none`.
        month_pages: default MonthPages,
        /// Whether calendar files (.ics) are written. Default: true.
        calendars: optional bool,
    }
}
