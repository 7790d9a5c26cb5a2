//! A document that is not published: why, and where it would appear.

use super::{Answer, Change, Desk, Reason, What, dates, page};
use crate::build::Options;
use crate::content::{Details, Document};
use crate::decode::Moment;
use crate::site::{Clock, Hidden, Route};
use jiff::Timestamp;

pub fn answer(desk: &Desk<'_>, reason: Hidden, document: &Document, route: Option<&Route>) -> Answer {
    let several = desk.site.config.languages.len() > 1;
    let language = desk.site.language_id(&document.path.language).filter(|_| several);
    let language = language.map(|id| format!(", in {}", desk.language(id))).unwrap_or_default();
    let readable = !document.common.title.value.is_empty();
    // What could not be read has no kind that is sure.
    let what = if readable { page::named(document) } else { format!("the file {}", document.written_in()) };
    let reasons = reasons(desk, reason, document);
    Answer {
        what: What::Page,
        changes: published_by_itself(&reasons),
        words: vec![format!("It would be {what}{language}. It is not published.")],
        kind: readable.then(|| document.details.kind().word()),
        title: Some(document.common.title.value.clone()).filter(|_| readable),
        language: Some(document.path.language.clone()),
        file: Some(document.written_in()),
        url: route.map(|route| route.url.clone()),
        permalink: route.map(|route| desk.site.permalink(&route.url)),
        output: route.map(|route| route.output.as_str().to_owned()),
        published: false,
        reasons,
        mistakes: page::mistakes_of(desk, document),
        translations: page::translations(desk, document),
        ..Answer::default()
    }
}

/// Everything that keeps it out, so that mending one does not bring up the next.
fn reasons(desk: &Desk<'_>, reason: Hidden, document: &Document) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let config = &desk.site.config;
    let (now, zone) = (desk.site.clock.now, &config.timezone);
    let when = |moment: Moment| dates::moment(moment, zone, &config.timezone_name);
    if reason == Hidden::Broken {
        let words = "It has mistakes, so nothing of it is published until they are mended.".to_owned();
        reasons.push(Reason { reason: "broken", at: None, words });
    }
    if document.common.draft && !desk.site.clock.drafts {
        let words = "It is a draft: remove the line `draft = true` to publish it.".to_owned();
        reasons.push(Reason { reason: "draft", at: None, words });
    }
    if let Some((moment, at)) = embargo(document, desk).filter(|(_, at)| *at > now && !desk.site.clock.future) {
        let by_post = matches!(&document.details, Details::Post(post) if post.embargo == Some(moment));
        let key = if by_post { "embargo" } else { "publish_from" };
        let words = format!("It is held back until {}, by `{key}`.", when(moment));
        reasons.push(Reason { reason: "embargoed", at: Some(page::time(desk, at)), words });
    }
    if let Some(moment) = document.common.expires.filter(|moment| moment.timestamp(zone) <= now) {
        let at = page::time(desk, moment.timestamp(zone));
        let words = format!("It expired on {}, by `expires`. Remove that line to show it again.", when(moment));
        reasons.push(Reason { reason: "expired", at: Some(at), words });
    }
    reasons
}

/// An embargo ends without anybody's doing.
fn published_by_itself(reasons: &[Reason]) -> Vec<Change> {
    match reasons {
        [Reason { reason: "embargoed", at: Some(at), .. }] => {
            let words = "It is published by the first build after its embargo.".to_owned();
            vec![Change { at: at.clone(), words }]
        }
        _ => Vec::new(),
    }
}

fn embargo(document: &Document, desk: &Desk<'_>) -> Option<(Moment, Timestamp)> {
    let moment = document.publish_from()?;
    Some((moment, moment.timestamp(&desk.site.config.timezone)))
}

/// The options of a build that would publish it; none when it has mistakes, or would have expired by then.
pub fn once_published(desk: &Desk<'_>, document: &Document, options: &Options) -> Option<Options> {
    let now = desk.site.clock.now.max(embargo(document, desk).map_or(Timestamp::MIN, |(_, at)| at));
    let expires = document.common.expires.map(|moment| moment.timestamp(&desk.site.config.timezone));
    if document.broken || expires.is_some_and(|at| at <= now) {
        return None;
    }
    let drafts = options.clock.drafts || document.common.draft;
    Some(Options { clock: Clock { now, drafts, future: options.clock.future }, ..options.clone() })
}

/// Adds where it would appear, as the site of that moment says. `desk` is that site's.
pub fn add_prospects(desk: &Desk<'_>, document: &Document, answer: &mut Answer) {
    let Some(super::Found::Page { id, .. }) = super::asked::file(desk, document.own_path()) else { return };
    let later = page::answer(desk, id, None);
    // Once it is linked with the others, more can be wrong with it.
    answer.mistakes = later.mistakes;
    answer.template = later.template;
    answer.section = later.section;
    answer.event = later.event;
    answer.group = later.group;
    answer.appears = later.appears;
    answer.absent = later.absent;
    answer.linked_from = later.linked_from;
    answer.relates_to = later.relates_to;
    answer.aliases = later.aliases;
}
