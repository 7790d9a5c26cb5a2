use super::Renderer;
use crate::markdown::body::{HoleKind, Label};
use crate::markdown::raw_html::filter::Place;
use crate::markdown::{escape, plain};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Tag, TagEnd};
use std::fmt::Write;
use std::ops::Range;

/// Which part of a table is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TablePart {
    Head,
    /// The head has ended, and no row has begun.
    Between,
    Body,
}

impl Renderer<'_> {
    /// A block begins: on a line of its own, and not inside what ends before a block.
    pub(super) fn block(&mut self) {
        self.words.stop();
        self.quotes.reset();
        if self.dropped.as_ref().is_some_and(|dropped| dropped.depth == self.depth) {
            self.end_dropped();
        }
        if self.task_label == Some(self.depth) {
            self.close_level();
        }
        if self.raw.last().is_some_and(|open| open.depth == self.depth && &*open.name == "p") {
            self.close_raw(false);
        }
        if !self.out.html.is_empty() && !self.out.html.ends_with('\n') {
            self.out.html.push('\n');
        }
    }

    fn open_block(&mut self, tag: &str) {
        self.block();
        self.out.html.push_str(tag);
        self.depth += 1;
    }

    fn open_inline(&mut self, tag: &str) {
        self.out.html.push_str(tag);
        self.depth += 1;
    }

    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.open_block("<p>");
                self.paragraph = self.out.html.len();
            }
            Tag::Heading { level, id, classes, attrs } => {
                self.block();
                self.start_heading(level, id, &classes, &attrs, range);
                self.depth += 1;
            }
            Tag::BlockQuote(None) => self.open_block("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind, range),
            Tag::CodeBlock(kind) => self.start_code_block(&kind),
            Tag::List(None) => self.open_block("<ul>\n"),
            Tag::List(Some(1)) => self.open_block("<ol>\n"),
            Tag::List(Some(first)) => {
                self.open_block("<ol start=\"");
                // Writing to a string cannot fail.
                let _ = writeln!(self.out.html, "{first}\">");
            }
            Tag::Item => self.open_block("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label, range),
            Tag::DefinitionList => self.open_block("<dl>\n"),
            Tag::DefinitionListTitle => self.open_block("<dt>"),
            Tag::DefinitionListDefinition => self.open_block("<dd>"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.table_part = TablePart::Head;
                self.open_block("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
                self.hole(HoleKind::Label(Label::Table), range);
                self.out.html.push_str("\"><table>\n");
            }
            Tag::TableHead => {
                self.column = 0;
                self.open_block("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                if self.table_part == TablePart::Between {
                    self.table_part = TablePart::Body;
                    self.out.html.push_str("<tbody>\n");
                }
                self.open_block("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.open_inline("<em>"),
            Tag::Strong => self.open_inline("<strong>"),
            Tag::Strikethrough => self.open_inline("<del>"),
            Tag::Superscript => self.open_inline("<sup>"),
            Tag::Subscript => self.open_inline("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title, range);
                self.depth += 1;
            }
            Tag::Image { dest_url, title, .. } => self.start_image(&dest_url, &title, range),
            // HTML blocks are read by the caller; metadata blocks are not switched on.
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.depth += 1,
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::HtmlBlock {
            self.end_html_block();
            return;
        }
        self.close_containers();
        self.close_level();
        self.depth = self.depth.saturating_sub(1);
        let tag = match tag {
            TagEnd::Paragraph => return self.end_paragraph(),
            TagEnd::Heading(level) => return self.end_heading(level),
            TagEnd::FootnoteDefinition => return self.end_footnote(),
            TagEnd::Table => {
                let rows = if self.table_part == TablePart::Body { "</tbody>\n" } else { "" };
                self.out.html.push_str(rows);
                "</table></div>\n"
            }
            TagEnd::TableHead => {
                self.table_part = TablePart::Between;
                "</tr>\n</thead>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.words.stop();
                self.column += 1;
                if self.table_part == TablePart::Head { "</th>" } else { "</td>" }
            }
            TagEnd::BlockQuote(None) => self.on_new_line("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.on_new_line("</div>\n"),
            TagEnd::CodeBlock => {
                self.in_code_block = false;
                "</code></pre>\n"
            }
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => {
                let written = self.links.pop().unwrap_or(false);
                if written { "</a>" } else { "" }
            }
            // Images end where their text is gathered.
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => "",
        };
        self.out.html.push_str(tag);
    }

    /// The tag, after a line break where the last line has not ended.
    fn on_new_line<'t>(&mut self, tag: &'t str) -> &'t str {
        if !self.out.html.ends_with('\n') {
            self.out.html.push('\n');
        }
        tag
    }

    fn end_html_block(&mut self) {
        if let Some(chunk) = self.html_block.take() {
            self.raw_html(&chunk, Place::Block);
            self.words.stop();
        }
    }

    fn end_paragraph(&mut self) {
        let stands_alone = self.depth == 0 && self.outer.is_empty();
        if !self.lead.is_final && (stands_alone || self.lead.text.is_empty()) {
            let text = plain::text_of(self.out.html.get(self.paragraph..).unwrap_or_default());
            if !text.is_empty() && !self.footnotes.is_in_definition() {
                self.lead.text = text;
                self.lead.is_final = stands_alone;
            }
        }
        self.out.html.push_str("</p>\n");
    }

    fn start_alert(&mut self, kind: BlockQuoteKind, range: Range<usize>) {
        let (class, label) = match kind {
            BlockQuoteKind::Note => ("note", Label::AlertNote),
            BlockQuoteKind::Tip => ("tip", Label::AlertTip),
            BlockQuoteKind::Important => ("important", Label::AlertImportant),
            BlockQuoteKind::Warning => ("warning", Label::AlertWarning),
            BlockQuoteKind::Caution => ("caution", Label::AlertCaution),
        };
        self.open_block("<div class=\"alert alert-");
        self.out.html.push_str(class);
        self.out.html.push_str("\" role=\"note\">\n<p class=\"alert-title\">");
        self.hole(HoleKind::Label(label), range);
        self.out.html.push_str("</p>\n");
    }

    fn start_code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.open_block("<pre><code");
        self.in_code_block = true;
        if let CodeBlockKind::Fenced(info) = kind {
            let language = info.split([' ', '\t', ',']).next().unwrap_or_default();
            if !language.is_empty() {
                self.out.html.push_str(" class=\"language-");
                escape::attribute(&mut self.out.html, language);
                self.out.html.push('"');
            }
        }
        self.out.html.push('>');
    }

    fn start_cell(&mut self) {
        let tag = if self.table_part == TablePart::Head { "<th scope=\"col\"" } else { "<td" };
        self.words.stop();
        self.quotes.reset();
        self.out.html.push_str(tag);
        self.out.html.push_str(match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
        self.depth += 1;
    }

    /// A task's box with its text as the label, so that a screen reader says what is done and what is not.
    pub(super) fn task(&mut self, done: bool) {
        let html = &mut self.out.html;
        for (item, task) in [("<li>", "<li class=\"task\">"), ("<li>\n<p>", "<li class=\"task\">\n<p>")] {
            if html.ends_with(item) {
                html.truncate(html.len() - item.len());
                html.push_str(task);
                break;
            }
        }
        self.paragraph = html.len();
        html.push_str(if done {
            "<label><input type=\"checkbox\" disabled=\"\" checked=\"\" /> "
        } else {
            "<label><input type=\"checkbox\" disabled=\"\" /> "
        });
        self.task_label = Some(self.depth);
    }
}
