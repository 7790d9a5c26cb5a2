//! One pass over the parser's events.

mod blocks;
mod components;
mod footnotes;
mod headings;
mod inlines;

use super::body::{Body, Fragment, Hole, HoleKind, SummaryEnd};
use super::component::{self, Marker};
use super::heading::Heading;
use super::ids::Ids;
use super::plain;
use super::quotes::Quotes;
use super::raw_html::filter::Place;
use super::raw_html::{Chunk, Dropped, OpenElement};
use super::words::WordCount;
use super::{HtmlPolicy, Options, escape};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use components::OpenContainer;
use footnotes::Footnotes;
use inlines::OpenImage;
use pulldown_cmark::{Alignment, BrokenLink, CowStr, Event, LinkType, Parser, Tag};
use std::ops::Range;

/// The longest [`Body::lead`], in characters.
const LONGEST_LEAD: usize = 300;

/// Writes the HTML of one text.
pub(super) struct Renderer<'a> {
    /// The text as authored. The parser's copy has the same length, with the lines of components replaced.
    pub(super) source: &'a str,
    offset: u32,
    pub(super) file: &'a FileRef,
    pub(super) options: &'a Options<'a>,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) markers: Vec<Marker>,
    /// What is being written: the body, a container's content or a footnote.
    pub(super) out: Fragment,
    /// What `out` stands in, the outermost first.
    outer: Vec<Fragment>,
    /// How many Markdown elements and containers are open.
    pub(super) depth: u32,
    /// Open elements of raw HTML, the outermost first.
    pub(super) raw: Vec<OpenElement>,
    pub(super) dropped: Option<Dropped>,
    containers: Vec<OpenContainer>,
    /// The raw HTML of the block that is being read.
    html_block: Option<Chunk>,
    ids: Ids,
    pub(super) anchors: Vec<Box<str>>,
    headings: Vec<Heading>,
    open_heading: Option<headings::OpenHeading>,
    footnotes: Footnotes,
    pub(super) words: WordCount,
    quotes: Quotes,
    in_code_block: bool,
    image: Option<OpenImage>,
    /// Whether each open link was written; one that was refused was not.
    links: Vec<bool>,
    /// The depth at which a task's label is open.
    task_label: Option<u32>,
    alignments: Vec<Alignment>,
    column: usize,
    table_part: blocks::TablePart,
    /// Where the open paragraph's HTML begins.
    paragraph: usize,
    lead: Lead,
    summary_end: Option<SummaryEnd>,
}

/// The text's first paragraph: one that stands by itself is better than one in a list or a quote.
#[derive(Debug, Default)]
struct Lead {
    text: String,
    is_final: bool,
}

pub(super) fn render(
    text: &str,
    offset: u32,
    file: &FileRef,
    options: &Options<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let found = if options.extensions { component::find(text) } else { None };
    let (markers, replaced) = found.unwrap_or_default();
    let parsed = if markers.is_empty() { text } else { &replaced };
    let flags = flags(options);
    let mut renderer = Renderer::new(text, offset, file, options, diagnostics, markers);
    if options.heading_ids {
        headings::reserve_ids(parsed, flags, &mut renderer.ids);
    }
    let mut broken: Vec<(Range<usize>, String)> = Vec::new();
    let callback = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        // A word in brackets alone may be just that.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.push((link.span, link.reference.into_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(parsed, flags, Some(callback));
    for (event, range) in parser.into_offset_iter() {
        renderer.event(event, range);
    }
    for (range, name) in broken {
        renderer.missing_definition(range, &name);
    }
    renderer.finish()
}

fn flags(options: &Options<'_>) -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Flags;
    let mut flags = Flags::empty();
    if options.extensions {
        flags |= Flags::ENABLE_TABLES
            | Flags::ENABLE_FOOTNOTES
            | Flags::ENABLE_STRIKETHROUGH
            | Flags::ENABLE_TASKLISTS
            | Flags::ENABLE_HEADING_ATTRIBUTES
            | Flags::ENABLE_GFM
            | Flags::ENABLE_DEFINITION_LIST;
    }
    flags.set(Flags::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    flags
}

impl<'a> Renderer<'a> {
    fn new(
        source: &'a str,
        offset: u32,
        file: &'a FileRef,
        options: &'a Options<'a>,
        diagnostics: &'a mut Vec<Diagnostic>,
        markers: Vec<Marker>,
    ) -> Self {
        Self {
            source,
            offset,
            file,
            options,
            diagnostics,
            markers,
            out: Fragment { html: String::with_capacity(source.len() + source.len() / 4), holes: Vec::new() },
            outer: Vec::new(),
            depth: 0,
            raw: Vec::new(),
            dropped: None,
            containers: Vec::new(),
            html_block: None,
            ids: Ids::default(),
            anchors: Vec::new(),
            headings: Vec::new(),
            open_heading: None,
            footnotes: Footnotes::default(),
            words: WordCount::default(),
            quotes: Quotes::new(options.language),
            in_code_block: false,
            image: None,
            links: Vec::new(),
            task_label: None,
            alignments: Vec::new(),
            column: 0,
            table_part: blocks::TablePart::Head,
            paragraph: 0,
            lead: Lead::default(),
            summary_end: None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.image.is_some() {
            self.in_image(&event, &range);
            return;
        }
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::Start(Tag::HtmlBlock) => {
                self.block();
                self.html_block = Some(Chunk::default());
            }
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Code(text) => self.code(&text, range),
            Event::Html(html) => {
                if let Some(chunk) = &mut self.html_block {
                    chunk.push(&html, range.start);
                }
            }
            Event::InlineHtml(html) => {
                let mut chunk = Chunk::default();
                chunk.push(&html, range.start);
                self.raw_html(&chunk, Place::Inline);
            }
            Event::SoftBreak => {
                self.words.stop();
                self.out.html.push('\n');
            }
            Event::HardBreak => {
                self.words.stop();
                self.out.html.push_str("<br />\n");
            }
            Event::Rule => {
                self.block();
                self.out.html.push_str("<hr />\n");
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::TaskListMarker(done) => self.task(done),
            // Mathematics is not switched on; its text would stand as it is.
            Event::InlineMath(text) | Event::DisplayMath(text) => escape::text(&mut self.out.html, &text),
        }
    }

    /// Ends what is still open, and adds the footnotes.
    fn finish(mut self) -> Body {
        self.close_containers();
        self.close_level();
        self.write_footnotes();
        let mut anchors = self.anchors;
        anchors.sort_unstable();
        anchors.dedup();
        let mut content = self.out;
        content.html.shrink_to_fit();
        content.holes.shrink_to_fit();
        self.headings.shrink_to_fit();
        Body {
            content,
            headings: self.headings,
            other_anchors: anchors,
            summary_end: self.summary_end,
            lead: plain::cut(self.lead.text, LONGEST_LEAD).into(),
            words: self.words.words,
        }
    }

    /// The place in the file of a range of the text, grown to whole characters: where the parser saw the replacement of
    /// a component's line, a range may end inside one.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let Range { mut start, end } = range;
        let mut end = end.min(self.source.len());
        while !self.source.is_char_boundary(start) {
            start -= 1;
        }
        while !self.source.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end).shifted(self.offset)
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic, range: Range<usize>) {
        let span = self.span(range);
        self.diagnostics.push(diagnostic.at(self.file, span));
    }

    /// Cuts a hole at the place that has been reached.
    pub(super) fn hole(&mut self, kind: HoleKind, range: Range<usize>) {
        let (at, span) = (self.out.html.len() as u32, self.span(range));
        self.out.holes.push(Hole { at, kind, span });
    }

    /// Takes an id for an element that the author gave it to; reports when it is in use already.
    pub(super) fn claim_id(&mut self, id: &str, range: Range<usize>) -> bool {
        let span = self.span(range);
        let Err(first) = self.ids.claim(id, span) else { return true };
        let mut diagnostic = Diagnostic::new(&codes::DUPLICATE_ID, format!("the id `{id}` is used twice in this text"))
            .at(self.file, span)
            .help("Give one of the two another id. Links to it lead to the first.");
        if let Some(first) = first {
            diagnostic = diagnostic.other(self.file, first, "it is used first here");
        }
        self.diagnostics.push(diagnostic);
        false
    }

    pub(super) fn removed_attribute(&mut self, name: &str, of: &str, range: Range<usize>) {
        let help = if name.starts_with("on") {
            "Pages run no scripts of their own. Remove it."
        } else if name == "style" {
            "Give the element a `class`, and say in the theme how it looks."
        } else {
            "Remove it."
        };
        let message = format!("the attribute `{name}` of {of} was removed");
        self.report(Diagnostic::new(&codes::REMOVED_ATTRIBUTE, message).help(help), range);
    }

    pub(super) fn refused(&mut self, scheme: &str, schemes: &[&str], range: Range<usize>) {
        let message = format!("an address that begins with `{scheme}:` cannot be used here");
        let help = format!("Write a path inside the site, or an address with one of: {}.", schemes.join(", "));
        self.report(Diagnostic::new(&codes::REFUSED_LINK, message).help(help), range);
    }

    fn missing_definition(&mut self, range: Range<usize>, name: &str) {
        let message = format!("there is no link definition named `{name}`");
        let help = format!("Add a line `[{name}]: address`, or put a \\ before the bracket if no link is meant.");
        self.report(Diagnostic::new(&codes::MISSING_DEFINITION, message).help(help), range);
    }

    /// `<!-- more -->`: the summary ends here if what stands before is whole.
    pub(super) fn summary_end(&mut self, range: Range<usize>) {
        let is_whole = self.depth == 0 && self.raw.is_empty() && self.outer.is_empty();
        if is_whole && self.summary_end.is_none() {
            let Fragment { html, holes } = &self.out;
            self.summary_end = Some(SummaryEnd { html: html.len() as u32, holes: holes.len() as u32 });
            return;
        }
        let message = if is_whole {
            "a second `<!-- more -->` has no meaning"
        } else {
            "the summary cannot end here, inside another element"
        };
        let help = "Put `<!-- more -->` once, on a line of its own between two paragraphs, with empty lines around it.";
        self.report(Diagnostic::new(&codes::MISPLACED_SUMMARY_END, message).help(help), range);
    }

    /// Ends what was opened at this depth and is still open: raw HTML, a task's label.
    pub(super) fn close_level(&mut self) {
        if self.dropped.as_ref().is_some_and(|dropped| dropped.depth == self.depth) {
            self.end_dropped();
        }
        while self.raw.last().is_some_and(|open| open.depth == self.depth) {
            self.close_raw(true);
        }
        if self.task_label == Some(self.depth) {
            self.out.html.push_str("</label>");
            self.task_label = None;
        }
    }

    /// Takes back what was written since the start of an element that is removed with its content.
    pub(super) fn end_dropped(&mut self) {
        if let Some(dropped) = self.dropped.take() {
            self.out.html.truncate(dropped.html);
            self.out.holes.truncate(dropped.holes);
        }
    }

    /// Whether attributes and addresses pass as they stand.
    fn trusts(&self) -> bool {
        self.options.html == HtmlPolicy::Allow
    }
}
