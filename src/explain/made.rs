//! What Handbill makes of many files, or publishes as it is: lists, feeds, the sitemap, files.

use super::{Answer, Desk, Link, What, capital, count, event_lists, page};
use crate::config::Each;
use crate::emit;
use crate::site::{
    EventList, FileSource, HostFile, Job, LanguageId, OccurrenceRef, PageId, RedirectOrigin, Subject, occurrence_anchor,
};
use crate::theme::StaticFile;

/// The pages that are named of those that something is made from.
const MOST_NAMED: usize = 10;

pub fn answer(desk: &Desk<'_>, job: &Job, fragment: Option<&str>) -> Answer {
    let site = desk.site;
    let mut answer = Answer {
        url: Some(job.url.clone()),
        permalink: Some(site.permalink(&job.url)),
        output: Some(job.output.as_str().to_owned()),
        template: desk
            .engine
            .and_then(|engine| emit::template(engine, &job.subject))
            .map(|name| page::template(desk, name)),
        published: true,
        ..Answer::default()
    };
    let (what, words) = match &job.subject {
        Subject::Page { page, number } => (What::List, list_page(desk, *page, *number)),
        Subject::Taxonomy { language, taxonomy } => (What::List, taxonomy_page(desk, *language, *taxonomy)),
        Subject::Term { language, taxonomy, term, number } => {
            answer.made_from =
                links(desk, &desk.site.terms[language.0 as usize][*taxonomy as usize][*term as usize].pages);
            (What::List, term_page(desk, *language, *taxonomy, *term, *number))
        }
        Subject::Signatories { page: id, number } => {
            answer.made_from = links(desk, &[*id]);
            let of = site.signatories.get(id).map_or(0, |list| list.on_page(*number).len());
            let title = site.page(*id).title();
            let words = format!("Page {number} of the names under \"{title}\": {}.", count(of, "name"));
            (What::List, vec![words])
        }
        Subject::Archive { section, period, .. } => {
            let pages = site.archive(*section).map(|archive| archive.of(*period)).unwrap_or_default();
            answer.made_from = links(desk, pages);
            let words = format!("{}: {}.", capital(&named(desk, job, None)), count(pages.len(), "page"));
            (What::List, vec![words])
        }
        Subject::Occurrence { page: id, index } => return occurrence(desk, *id, *index, answer),
        Subject::EventList { list } => {
            let list = &site.event_lists.all[*list as usize];
            answer.made_from = links(desk, &list.events);
            (What::List, event_list(desk, list))
        }
        Subject::EventYear { list, year } => {
            let list = &site.event_lists.all[*list as usize];
            let number = list.years.get(year).copied().unwrap_or_default();
            let words =
                format!("{} of {year}: {}.", capital(&event_lists::named(desk, list, None)), count(number, "date"));
            (What::List, vec![words])
        }
        Subject::EventMonth { list, year, month } => {
            let list = &site.event_lists.all[*list as usize];
            let found = event_lists::of_month(list, *year, *month);
            answer.made_from = events_of(desk, &found);
            let when = event_lists::in_words(*year, *month);
            let words = format!(
                "{} of {when}: {}.",
                capital(&event_lists::named(desk, list, None)),
                count(found.len(), "date")
            );
            (What::List, vec![words])
        }
        Subject::EventCalendar { page: id } => {
            answer.made_from = links(desk, &[*id]);
            let title = site.page(*id).title();
            (What::Calendar, vec![format!("The calendar file of the event \"{title}\", for calendar programs.")])
        }
        Subject::ListCalendar { list } => {
            let list = &site.event_lists.all[*list as usize];
            answer.made_from = links(desk, &list.events);
            let named = event_lists::named(desk, list, None);
            let of = count(list.events.len(), "event");
            (What::Calendar, vec![format!("The calendar of {named}, to subscribe to: {of}.")])
        }
        Subject::NotFound { .. } => {
            let words = "The page that hosts show at an address where there is nothing.".to_owned();
            (What::NotFound, vec![words])
        }
        Subject::Front => {
            let home = site.homes[0];
            answer.made_from = links(desk, &[home]);
            let words = format!(
                "The top of the site, which leads on to {}: the default language stands below a path.",
                site.page(home).route.url
            );
            (What::Redirect, vec![words])
        }
        Subject::Redirect { page: id, .. } => {
            answer.made_from = links(desk, &[*id]);
            (What::Redirect, redirect(desk, *id))
        }
        Subject::Output { output, page: id } => {
            let template = &site.outputs[*output as usize].template.value;
            let words = vec![format!("A file that the template {template} makes.")];
            let of_site = site.outputs[*output as usize].each == Each::Site;
            answer.made_from = if of_site { Vec::new() } else { links(desk, &[*id]) };
            (What::HostFile, words)
        }
        Subject::Moved { redirect } => (What::Redirect, moved(desk, *redirect)),
        Subject::SiteFeed { .. }
        | Subject::SectionFeed { .. }
        | Subject::TermFeed { .. }
        | Subject::EventFeed { .. } => {
            let entries = emit::feed_entries(site, &job.subject).unwrap_or_default();
            answer.made_from = links(desk, &entries[..entries.len().min(site.config.feed_limit)]);
            (What::Feed, feed(desk, job, entries.len()))
        }
        Subject::Sitemap { host, part } => (What::Sitemap, sitemap(desk, *host, *part)),
        Subject::Robots { .. } => {
            let words = "The file that tells search engines what they may read. A file static/robots.txt would take its \
                         place.";
            (What::Robots, vec![words.to_owned()])
        }
        Subject::Host { file, .. } => (What::HostFile, vec![host_file(*file)]),
        Subject::File { file } => return with_file(desk, *file, answer),
    };
    answer.what = what;
    answer.words = words;
    if fragment.is_some() && what == What::List {
        answer.words.push("What stands behind \"#\" is a place in it.".to_owned());
    }
    answer
}

/// What a job makes, in a few words. Of lists and feeds the language is named where the site has several and this is not
/// the one that it is spoken of in.
pub fn named(desk: &Desk<'_>, job: &Job, own: Option<LanguageId>) -> String {
    let site = desk.site;
    let list = |list: u32| event_lists::named(desk, &site.event_lists.all[list as usize], own);
    let term = |language: LanguageId, taxonomy: u32, term: u32| {
        &site.terms[language.0 as usize][taxonomy as usize][term as usize].name
    };
    match &job.subject {
        Subject::Page { page, number: 1 } => page::named(&site.page(*page).document),
        Subject::Page { page, number } => format!("page {number} of the list of \"{}\"", site.page(*page).title()),
        Subject::Taxonomy { language, taxonomy } => {
            let name = &site.config.taxonomies[*taxonomy as usize].name;
            format!("the list of all {name}{}", desk.in_language(*language, own))
        }
        Subject::Term { language, taxonomy, term: number, .. } => {
            format!("the list of \"{}\"", term(*language, *taxonomy, *number))
        }
        Subject::Signatories { page, number } => {
            format!("page {number} of the names under \"{}\"", site.page(*page).title())
        }
        Subject::Occurrence { page, .. } => format!("one date of \"{}\"", site.page(*page).title()),
        Subject::EventList { list: number } => list(*number),
        Subject::EventYear { list: number, year } => format!("{} of {year}", list(*number)),
        Subject::EventMonth { list: number, year, month } => {
            format!("{} of {}", list(*number), event_lists::in_words(*year, *month))
        }
        Subject::EventFeed { list: number, .. } => format!("the feed of {}", list(*number)),
        Subject::EventCalendar { page } => format!("the calendar file of \"{}\"", site.page(*page).title()),
        Subject::ListCalendar { list: number } => format!("the calendar of {}", list(*number)),
        Subject::NotFound { .. } => "the page for what is not found".to_owned(),
        Subject::Front => "the top of the site".to_owned(),
        Subject::Archive { section, period, .. } => {
            let when = match period.month {
                Some(month) => event_lists::in_words(period.year, month),
                None => period.year.to_string(),
            };
            format!("the archive of \"{}\" of {when}", site.page(*section).title())
        }
        Subject::Redirect { page, .. } => format!("an earlier address of \"{}\"", site.page(*page).title()),
        Subject::SiteFeed { language, .. } => format!("the feed of the site{}", desk.in_language(*language, own)),
        Subject::SectionFeed { page, .. } => format!("the feed of \"{}\"", site.page(*page).title()),
        Subject::TermFeed { language, taxonomy, term: number, .. } => {
            format!("the feed of \"{}\"", term(*language, *taxonomy, *number))
        }
        Subject::Sitemap { host: Some(_), .. } => "the sitemap of a language's host".to_owned(),
        Subject::Sitemap { .. } => "the sitemap".to_owned(),
        Subject::Robots { host: Some(_) } => "robots.txt of a language's host".to_owned(),
        Subject::Robots { .. } => "robots.txt".to_owned(),
        Subject::Output { output, page } => {
            format!("{} of \"{}\"", site.outputs[*output as usize].name, site.page(*page).title())
        }
        Subject::Moved { redirect } => {
            format!("the earlier address {}", site.config.publish.redirects[*redirect as usize].from)
        }
        Subject::Host { file, .. } => file.path().to_owned(),
        Subject::File { file } => match &site.files[*file as usize].source {
            FileSource::Site(path) => format!("the file {path}"),
            FileSource::Theme(name) => format!("the theme's file {name}"),
        },
    }
}

/// A page of one date is its event's.
fn occurrence(desk: &Desk<'_>, id: PageId, index: u32, made: Answer) -> Answer {
    let times = desk.site.event_times.get(&id);
    let found = times.and_then(|times| Some(times.occurrence_id(times.occurrences.get(index as usize)?)));
    let anchor = found.map(|id| occurrence_anchor(&id));
    let mut answer = page::answer(desk, id, anchor.as_deref());
    answer.words = vec![format!("The page of one date of the event \"{}\".", desk.site.page(id).title())];
    (answer.url, answer.permalink, answer.output) = (made.url, made.permalink, made.output);
    answer.template = made.template;
    answer
}

fn event_list(desk: &Desk<'_>, list: &EventList) -> Vec<String> {
    let past = list.occurrences.iter().filter(|found| event_lists::is_past(desk, found)).count();
    let dates = event_lists::coming_and_past(list.occurrences.len() - past, past);
    let of = count(list.events.len(), "event");
    vec![format!("{}: {dates}, of {of}.", capital(&event_lists::named(desk, list, None)))]
}

/// The events of some occurrences, each once.
fn events_of(desk: &Desk<'_>, found: &[OccurrenceRef]) -> Vec<Link> {
    let mut ids: Vec<PageId> = Vec::new();
    for occurrence in found {
        if !ids.contains(&occurrence.page) {
            ids.push(occurrence.page);
        }
    }
    links(desk, &ids)
}

fn links(desk: &Desk<'_>, ids: &[PageId]) -> Vec<Link> {
    ids.iter().take(MOST_NAMED).map(|id| desk.link(*id)).collect()
}

/// "Numbers 21 to 40 of 53."
fn range(number: u32, size: usize, of: usize) -> String {
    let from = (number as usize - 1).saturating_mul(size).min(of);
    let to = if size == 0 { of } else { (from + size).min(of) };
    format!("It has the numbers {} to {to} of {of}.", (from + 1).min(of))
}

fn list_page(desk: &Desk<'_>, id: PageId, number: u32) -> Vec<String> {
    let page = desk.site.page(id);
    let of = desk.site.sections.get(&id).map_or(0, |section| section.pages.len());
    vec![
        format!("Page {number} of the list of \"{}\", which is made from {}.", page.title(), page.document.file),
        range(number, desk.site.section_page_size(id), of),
    ]
}

fn taxonomy_page(desk: &Desk<'_>, language: LanguageId, taxonomy: u32) -> Vec<String> {
    let settings = &desk.site.config.taxonomies[taxonomy as usize];
    let terms = desk.site.terms[language.0 as usize][taxonomy as usize].len();
    vec![format!(
        "The list of all {}: {} that pages name with `{} = […]`.",
        settings.title,
        count(terms, "term"),
        settings.name
    )]
}

fn term_page(desk: &Desk<'_>, language: LanguageId, taxonomy: u32, term: u32, number: u32) -> Vec<String> {
    let settings = &desk.site.config.taxonomies[taxonomy as usize];
    let found = &desk.site.terms[language.0 as usize][taxonomy as usize][term as usize];
    let of = found.pages.len();
    let mut words = vec![format!(
        "The list of {} that {} \"{}\" in `{}`.",
        count(of, "page"),
        names(of),
        found.name,
        settings.name
    )];
    if crate::site::list_pages(of, settings.paginate as usize) > 1 {
        words.push(range(number, settings.paginate as usize, of));
    }
    words
}

fn names(of: usize) -> &'static str {
    if of == 1 { "names" } else { "name" }
}

fn redirect(desk: &Desk<'_>, id: PageId) -> Vec<String> {
    let page = desk.site.page(id);
    vec![format!(
        "An earlier address of \"{}\", which sends readers on to {}. It stands under `aliases` in {}.",
        page.title(),
        page.route.url,
        page.document.file
    )]
}

/// A redirect of the configuration's table.
fn moved(desk: &Desk<'_>, number: u32) -> Vec<String> {
    let site = desk.site;
    let is_it = |redirect: &&crate::site::Redirect| redirect.origin == RedirectOrigin::Table { number };
    let to = site.redirects.iter().find(is_it).map_or("", |redirect| redirect.to.as_str());
    vec![format!(
        "An earlier address, which sends readers on to {to}. It stands under [[redirects]] in {}.",
        site.config.file
    )]
}

/// What a file for a host does.
fn host_file(file: HostFile) -> String {
    let what = match file {
        HostFile::Headers => "tells Netlify and Cloudflare which headers to send",
        HostFile::Redirects => "tells Netlify and Cloudflare where earlier addresses lead",
        HostFile::Htaccess => "tells Apache which headers to send and where earlier addresses lead",
        HostFile::NginxMaps | HostFile::NginxServer => "is for the configuration of nginx",
        HostFile::RoutingRules => "is for the settings of a bucket of Amazon S3",
        HostFile::NoJekyll => "tells GitHub Pages to take the files as they are",
        HostFile::Cname => "tells GitHub Pages the site's domain",
        HostFile::Security => "says whom to tell of a weakness of the site",
        HostFile::Humans => "says who made the site",
        HostFile::Index => "tells other sites and programs what this one publishes",
    };
    let own = match file.takes_in_own() {
        true => "What a file of that name in static/ says is taken into it.",
        false => "A file of that name in static/ would take its place.",
    };
    format!("It {what}. {own}")
}

fn feed(desk: &Desk<'_>, job: &Job, of: usize) -> Vec<String> {
    let limit = desk.site.config.feed_limit;
    let (what, order) = match job.subject {
        Subject::EventFeed { .. } => ("coming event", "the soonest first"),
        _ => ("page with a date", "the newest first"),
    };
    let things = match (of, what) {
        (1, what) => format!("1 {what}"),
        (of, "coming event") => format!("{of} coming events"),
        (of, _) => format!("{of} pages with a date"),
    };
    let which = if of > limit { format!("the first {limit} of {things}") } else { things };
    vec![format!("{}, for feed readers. It has {which}, {order}.", capital(&named(desk, job, None)))]
}

fn sitemap(desk: &Desk<'_>, host: Option<LanguageId>, part: Option<u32>) -> Vec<String> {
    let site = desk.site;
    let parts = site.sitemap_parts(host);
    let listed = |part: usize| site.sitemap_jobs(host, part).count();
    let what = match part {
        Some(part) => {
            format!("Part {} of the list of addresses for search engines: {} of them.", part + 1, listed(part as usize))
        }
        None if parts > 1 => format!("The list of the {parts} parts of the sitemap, for search engines."),
        None => format!("The list of addresses for search engines: {} of them.", listed(0)),
    };
    let mut words = vec![what];
    words.extend(host.map(|language| format!("It is that of the host that is {} own.", desk.language(language))));
    words.push("Pages with `noindex = true` and the later pages of lists are not in it.".to_owned());
    words
}

fn with_file(desk: &Desk<'_>, number: u32, mut answer: Answer) -> Answer {
    answer.what = What::File;
    match &desk.site.files[number as usize].source {
        FileSource::Site(path) => {
            answer.file = Some(path.to_string());
            answer.mistakes = page::mistakes(desk, path);
            answer.words.push("A file that is published as it is.".to_owned());
            let theme = desk.engine.and_then(|engine| engine.theme_file(answer.output.as_deref().unwrap_or_default()));
            if path.starts_with("static/") && theme.is_some() {
                answer.words.push("It takes the place of the theme's file of that name.".to_owned());
            } else if !path.starts_with("static/") {
                answer.words.push("It travels with the page whose folder it lies in.".to_owned());
            }
        }
        FileSource::Theme(name) => {
            let file = match desk.engine.and_then(|engine| engine.theme_file(name)) {
                Some(StaticFile::World(file)) => Some(file.to_string()),
                _ => None,
            };
            let whence = file.as_ref().map_or_else(|| "built into Handbill".to_owned(), |file| format!("from {file}"));
            answer.words.push(format!("A file of the theme, {whence}. A file static/{name} would take its place."));
            answer.file = file;
        }
    }
    answer
}
