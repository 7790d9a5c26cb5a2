//! Where a page appears, and where a reader may look for it in vain.

use super::{Absence, Desk, Place, count, page};
use crate::content::{Details, Kind};
use crate::emit;
use crate::site::{LanguageId, MenuLink, PageId, Site, Subject, is_open, own_hosts};

/// Places and absences in the making.
#[derive(Debug, Default)]
pub struct Lists {
    pub places: Vec<Place>,
    pub absences: Vec<Absence>,
}

impl Lists {
    pub fn has(&mut self, list: &'static str, title: &str, url: Option<&str>, words: String) {
        let (title, url) = (title.to_owned(), url.map(str::to_owned));
        self.places.push(Place { list, title, url, number: None, of: None, words });
    }

    /// It is one of many there: its number, from 1.
    pub fn has_as(&mut self, list: &'static str, title: &str, url: &str, (number, of): (usize, usize), words: String) {
        let (title, url) = (title.to_owned(), Some(url.to_owned()));
        self.places.push(Place { list, title, url, number: Some(number), of: Some(of), words });
    }

    pub fn lacks(
        &mut self,
        list: &'static str,
        title: &str,
        url: Option<&str>,
        reason: &'static str,
        words: impl Into<String>,
    ) {
        let (title, url) = (title.to_owned(), url.map(str::to_owned));
        self.absences.push(Absence { list, title, url, reason, words: words.into() });
    }
}

pub fn of_page(desk: &Desk<'_>, id: PageId) -> (Vec<Place>, Vec<Absence>) {
    let mut lists = Lists::default();
    sections(desk, id, &mut lists);
    terms(desk, id, &mut lists);
    archives(desk, id, &mut lists);
    series(desk, id, &mut lists);
    match &desk.site.page(id).document.details {
        Details::Event(event) => super::event_lists::of_event(desk, id, event, &mut lists),
        Details::Action(action) => actions(desk, id, action, &mut lists),
        _ => {}
    }
    aims(desk, id, &mut lists);
    groups(desk, id, &mut lists);
    related(desk, id, &mut lists);
    menus(desk, id, &mut lists);
    feeds(desk, id, &mut lists);
    sitemap(desk, id, &mut lists);
    other_languages(desk, id, &mut lists);
    // What is near to readers first. The sort is stable.
    lists.places.sort_by_key(|place| rank(place.list));
    lists.absences.sort_by_key(|absence| rank(absence.list));
    (lists.places, lists.absences)
}

/// The order in which lists are told.
const LISTS: &[&str] = &[
    "section", "events", "year", "month", "group", "nearby", "aim", "term", "archive", "series", "related", "menu",
    "actions", "feed", "calendar", "sitemap", "language",
];

fn rank(list: &str) -> usize {
    LISTS.iter().position(|known| *known == list).unwrap_or(LISTS.len())
}

/// The lists of sections, its own and those of other languages in which it stands for a missing version.
fn sections(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let mut holding: Vec<PageId> = site
        .sections
        .iter()
        .filter(|(_, section)| section.pages.contains(&id) || section.subsections.contains(&id))
        .map(|(section, _)| *section)
        .collect();
    holding.sort_unstable();
    for section in holding {
        let own = site.page(section);
        if own.section.is_none() {
            if own.language == site.page(id).language && !site.page(id).document.path.is_section() {
                let words = "the home page's own list: it lies at the top of content/, and themes show no list of that";
                lists.lacks("section", own.title(), Some(&own.route.url), "top-level", words);
            }
            continue;
        }
        if site.page(id).kind() == Kind::Event && site.is_events_section(section) {
            // Its page shows all events, which are told of by their dates.
            continue;
        }
        let found = &site.sections[&section];
        let at = found.pages.iter().position(|page| *page == id);
        let Some(at) = at else {
            let words = format!("the sections below \"{}\", {}", own.title(), own.route.url);
            lists.has("section", own.title(), Some(&own.route.url), words);
            continue;
        };
        let size = site.section_page_size(section);
        let number = at.checked_div(size).map_or(1, |page| page as u32 + 1);
        let url = site.list_url(&own.route.url, number);
        let of = found.pages.len();
        let pages = crate::site::list_pages(of, size);
        let which = if pages > 1 { format!("page {number} of {pages} of ") } else { String::new() };
        let words = format!("{which}the list of \"{}\", {url}, as number {} of {of}", own.title(), at + 1);
        lists.has_as("section", own.title(), &url, (at + 1, of), words);
    }
    usual_section(desk, id, lists);
}

/// The archives that hold it, by their years and months.
fn archives(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let mut sections: Vec<PageId> = site.sections.keys().copied().collect();
    sections.sort_unstable();
    for section in sections {
        let Some(archive) = site.archive(section) else { continue };
        for period in archive.periods().filter(|period| archive.of(*period).contains(&id)) {
            let url = site.archive_url(section, period);
            let title = site.page(section).title();
            let when = match period.month {
                Some(month) => super::event_lists::in_words(period.year, month),
                None => period.year.to_string(),
            };
            lists.has("archive", title, Some(&url), format!("the archive of \"{title}\" of {when}, {url}"));
        }
    }
}

/// The series that it is a part of.
fn series(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let Some((series, place)) = desk.site.series.of(id) else { return };
    let number = series.parts.get(place).map_or(0, |(_, number)| *number);
    let words = format!("the series \"{}\", as part {number} of {}", series.name, series.total);
    lists.has("series", &series.name, None, words);
}

/// The section of its kind, when it lies elsewhere.
fn usual_section(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let page = site.page(id);
    let Some(folder) = page.kind().folder() else { return };
    let usual = site.find(&format!("{folder}/_index.md"), page.language);
    let Some(usual) = usual.filter(|usual| site.page(*usual).language == page.language) else { return };
    if site.sections.get(&usual).is_some_and(|section| section.pages.contains(&id)) {
        return;
    }
    let (usual, document) = (site.page(usual), &page.document);
    let own = page
        .section
        .map_or_else(String::new, |section| format!(", and belongs to the section \"{}\"", site.page(section).title()));
    let words = format!(
        "the list of \"{}\", {}: it has what lies in content/{folder}/ itself; this page lies in content/{}{own}",
        usual.title(),
        usual.route.url,
        if document.path.folder().is_empty() { String::new() } else { format!("{}/", document.path.folder()) },
    );
    lists.lacks("section", usual.title(), Some(&usual.route.url), "other-section", words);
}

fn terms(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let page = site.page(id);
    for (taxonomy, numbers) in page.terms.iter().enumerate() {
        let settings = &site.config.taxonomies[taxonomy];
        for number in numbers {
            let term = &site.terms[page.language.0 as usize][taxonomy][*number as usize];
            let Some(at) = term.pages.iter().position(|other| *other == id) else { continue };
            let list_page = at.checked_div(settings.paginate as usize).map_or(1, |page| page as u32 + 1);
            let url = site.list_url(&site.term_url(page.language, taxonomy as u32, *number), list_page);
            let of = term.pages.len();
            let words = format!("{} \"{}\", {url}, as number {} of {of}", settings.title, term.name, at + 1);
            lists.has_as("term", &term.name, &url, (at + 1, of), words);
        }
        let any = !site.terms[page.language.0 as usize][taxonomy].is_empty();
        if numbers.is_empty() && any && !page.document.path.is_section() {
            let url = site.taxonomy_url(page.language, taxonomy as u32);
            let words =
                format!("{}, {url}: it has none: `{} = […]` in its front matter names them", settings.title, {
                    &settings.name
                });
            lists.lacks("term", &settings.title, Some(&url), "no-terms", words);
        }
    }
}

fn actions(desk: &Desk<'_>, id: PageId, action: &crate::content::Action, lists: &mut Lists) {
    let site = desk.site;
    let offered: Vec<LanguageId> =
        site.languages().filter(|language| site.actions[language.0 as usize].contains(&id)).collect();
    let open = is_open(action, site.clock.now, &site.config.timezone);
    let title = "the actions that every page offers";
    match (offered.is_empty(), open) {
        (true, _) => lists.lacks(
            "actions",
            title,
            None,
            "not-offered",
            format!("{title}: `actions` in {} does not name it", site.config.file),
        ),
        (false, true) => lists.has("actions", title, None, title.to_owned()),
        (false, false) => {
            let words = format!("{title}: its deadline has passed");
            lists.lacks("actions", title, None, "closed", words);
        }
    }
}

/// The pages of aims that it serves.
fn aims(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let mut serving: Vec<PageId> =
        site.served.iter().filter(|(_, pages)| pages.contains(&id)).map(|(aim, _)| *aim).collect();
    serving.sort_unstable();
    for aim in &serving {
        let aim = site.page(*aim);
        let words = format!("the aim \"{}\", {}", aim.title(), aim.route.url);
        lists.has("aim", aim.title(), Some(&aim.route.url), words);
    }
    let page = site.page(id);
    let serves = matches!(page.kind(), Kind::Statement | Kind::Event | Kind::Action);
    let any = site.by_kind[page.language.0 as usize].contains_key(&Kind::Aim);
    if serving.is_empty() && serves && any {
        let named = !site.event_aims(id).is_empty();
        let (reason, why) = match named {
            true => ("other-language", "the aims that it names have no version in its language"),
            false => ("no-aim", "it names none; `aims = […]` would"),
        };
        lists.lacks("aim", "the pages of aims", None, reason, format!("the pages of aims: {why}"));
    }
}

/// Groups near another, and groups below another.
fn groups(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let Details::Group(group) = &site.page(id).document.details else { return };
    let mut parents: Vec<PageId> =
        site.groups.iter().filter(|(_, links)| links.children.contains(&id)).map(|(parent, _)| *parent).collect();
    parents.sort_unstable();
    for parent in parents {
        let parent = site.page(parent);
        let words = format!("the groups that belong to \"{}\", {}", parent.title(), parent.route.url);
        lists.has("group", parent.title(), Some(&parent.route.url), words);
    }
    let near = site.groups.values().filter(|links| links.nearest.iter().any(|near| near.page == id)).count();
    if near > 0 {
        let words = format!("the groups nearby of {}", count(near, "other group"));
        lists.has("nearby", "groups nearby", None, words);
    } else if group.location.is_none() {
        let words = "maps and the groups nearby of other groups: it has no `location`";
        lists.lacks("nearby", "groups nearby", None, "no-location", words);
    }
}

/// "See also" of other pages.
fn related(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    use crate::site::RelatedLink::Page;
    let site = desk.site;
    for other in site.ids().filter(|other| *other != id && site.page(*other).related.contains(&Page(id))) {
        let other = site.page(other);
        let words = format!("\"see also\" of \"{}\", {}", other.title(), other.route.url);
        lists.has("related", other.title(), Some(&other.route.url), words);
    }
}

fn menus(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    for language in site.languages() {
        for (menu, links) in &site.menus[language.0 as usize] {
            for link in MenuLink::all(links).into_iter().filter(|link| link.page == Some(id)) {
                let of = desk.in_language(language, Some(site.page(id).language));
                let words = format!("the menu \"{menu}\"{of}, as \"{}\"", link.name);
                lists.has("menu", menu, None, words);
            }
        }
    }
}

/// The feeds of the site, of its section and of its terms.
fn feeds(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let page = site.page(id);
    // Nobody looks for these in a feed.
    let unlikely = matches!(page.kind(), Kind::Section | Kind::Group | Kind::Aim);
    let wanted = |subject: &Subject| match *subject {
        Subject::SiteFeed { .. } => true,
        Subject::SectionFeed { page: section, .. } => page.section == Some(section),
        Subject::TermFeed { language, taxonomy, term, .. } => {
            language == page.language && page.terms[taxonomy as usize].contains(&term)
        }
        Subject::EventFeed { list, .. } => {
            let list = &site.event_lists.all[list as usize];
            list.language == page.language && list.events.contains(&id)
        }
        _ => false,
    };
    let mut over = false;
    for job in site.jobs.iter().filter(|job| wanted(&job.subject)) {
        let Some(entries) = emit::feed_entries(site, &job.subject) else { continue };
        let title = super::made::named(desk, job, Some(page.language));
        let (url, limit) = (Some(job.url.as_str()), site.config.feed_limit);
        let at = entries.iter().position(|other| *other == id);
        if let Some(at) = at.filter(|at| *at < limit) {
            let of = entries.len().min(limit);
            let words = format!("{title}, {}, as number {} of {of}", job.url, at + 1);
            lists.has_as("feed", &title, &job.url, (at + 1, of), words);
            continue;
        }
        // The feeds of other languages are other languages'.
        if unlikely || matches!(job.subject, Subject::SiteFeed { language, .. } if language != page.language) {
            continue;
        }
        let (reason, why) = match at {
            Some(at) => {
                let words = format!("it has the first {limit}, and this is number {} of {}", at + 1, entries.len());
                ("feed-limit", words)
            }
            None if matches!(job.subject, Subject::EventFeed { .. }) => {
                over = true;
                continue;
            }
            None if takes_news_alone(site, &job.subject, &entries) && !is_news(page.kind()) => {
                ("other-kind", "it has news and statements only".to_owned())
            }
            None => ("no-date", "it has no `date`, and feeds are ordered by that".to_owned()),
        };
        lists.lacks("feed", &title, url, reason, format!("{title}, {}: {why}", job.url));
    }
    if over {
        let words = "the feeds of events: they have what is coming, and this is past";
        lists.lacks("feed", "the feeds of events", None, "past", words);
    }
    section_without_feed(desk, id, lists);
}

fn is_news(kind: Kind) -> bool {
    matches!(kind, Kind::Post | Kind::Statement)
}

/// The feed of a site has news and statements; where there are none with a date, whatever has one.
fn takes_news_alone(site: &Site, feed: &Subject, entries: &[PageId]) -> bool {
    matches!(feed, Subject::SiteFeed { .. }) && entries.iter().all(|id| is_news(site.page(*id).kind()))
}

/// Of news readers expect a feed.
fn section_without_feed(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let page = site.page(id);
    let Some(section) = page.section.filter(|section| site.page(*section).section.is_some()) else { return };
    if is_news(page.kind()) && !site.section_has_feed(section) {
        let section = site.page(section);
        let title = format!("a feed of \"{}\"", section.title());
        let words = format!("{title}: the section has none; `feed = true` in its _index.md makes one");
        lists.lacks("feed", &title, None, "no-feed", words);
    }
}

fn sitemap(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let subject = site.subject_of(id);
    let host = own_hosts::of(&site.config, site.page(id).route.output.as_str());
    let sitemap = site.jobs.iter().find(|job| job.subject == Subject::Sitemap { host, part: None });
    let url = sitemap.map(|job| job.url.as_str());
    let title = "the sitemap";
    if site.page(id).document.common.noindex {
        let words = format!("{title}: `noindex = true` asks search engines to leave it out");
        lists.lacks("sitemap", title, url, "noindex", words);
        return;
    }
    let Some(sitemap) = sitemap else {
        let words = format!("{title}: a file of the site's own takes its place");
        lists.lacks("sitemap", title, None, "replaced", words);
        return;
    };
    let parts = 0..site.sitemap_parts(host);
    if parts.into_iter().any(|part| site.sitemap_jobs(host, part).any(|job| job.subject == subject)) {
        lists.has("sitemap", title, url, format!("{title}, {}", sitemap.url));
    }
}

/// The lists of the languages in which it has no version.
fn other_languages(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    let page = site.page(id);
    let (details, stem) = (&page.document.details, &page.document.path.stem);
    if page.synthesised || details.kind() == Kind::Section {
        return;
    }
    for language in site.languages().filter(|language| *language != page.language) {
        let has_version =
            |other: &std::sync::Arc<crate::site::Page>| other.language == language && other.document.path.stem == *stem;
        if page.is_fallback || page.stands_in.has(language) || site.pages.iter().any(has_version) {
            continue;
        }
        let title = format!("the lists in {}", desk.language(language));
        let file = page::file_of_version(desk, stem, language);
        let held_back = desk.hidden().into_iter().find(|(_, document, _)| **document.own_path() == *file);
        let why = match held_back {
            Some((reason, _, _)) => format!("its version {file} is not published ({})", page::status(reason)),
            None if matches!(details.kind(), Kind::Group | Kind::Event | Kind::Action) && page.language.0 != 0 => {
                format!(
                    "only versions in {} stand in for a missing one; {file} would be its own",
                    desk.language_name(LanguageId(0))
                )
            }
            None => format!("it has no version in that language; {file} would be it"),
        };
        lists.lacks("language", &title, None, "other-language", format!("{title}: {why}"));
    }
}
