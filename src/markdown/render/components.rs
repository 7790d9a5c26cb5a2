use super::Renderer;
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::body::HoleKind;
use crate::markdown::component::{self, Component};
use crate::markdown::raw_html::filter::Place;
use std::ops::Range;

/// Deeper nesting helps nobody, and what walks over components would need too much memory for it.
const DEEPEST: usize = 32;

/// A container whose content is being written.
#[derive(Debug)]
pub(super) struct OpenContainer {
    /// None when it stands too deep: its content then stands in the one around it.
    component: Option<Component>,
    colons: usize,
    range: Range<usize>,
    /// The depth of its content.
    depth: u32,
}

impl Renderer<'_> {
    /// The component's line that begins at this byte of the text.
    pub(in crate::markdown) fn marker_at(&self, at: usize) -> Option<usize> {
        self.markers.binary_search_by(|marker| marker.range.start.cmp(&at)).ok()
    }

    /// A component's line has been reached.
    pub(in crate::markdown) fn marker(&mut self, at: usize, place: Place) {
        let Some(found) = self.marker_at(at) else { return };
        let marker = self.markers[found].clone();
        let in_code = self.raw.iter().any(|open| matches!(&*open.name, "pre" | "code" | "samp" | "kbd"));
        if place == Place::Inline || in_code {
            self.misplaced_component(marker.range);
            return;
        }
        self.words.stop();
        if marker.is_end() {
            self.end_container(marker.colons, marker.range);
            return;
        }
        let (component, mistakes) = component::read(self.source, &marker, self.offset);
        for mistake in mistakes {
            self.report(Diagnostic::new(mistake.code, mistake.message).help(mistake.help), mistake.range);
        }
        if marker.colons < 3 {
            self.hole(HoleKind::Component(Box::new(component)), marker.range);
            return;
        }
        let component = if self.containers.len() < DEEPEST {
            self.outer.push(std::mem::take(&mut self.out));
            Some(component)
        } else {
            let message = format!("`{}` stands inside {DEEPEST} other components", component.name);
            let help = "Put fewer components inside one another.";
            self.report(Diagnostic::new(&codes::DEEP_COMPONENTS, message).help(help), marker.range.clone());
            None
        };
        self.depth += 1;
        self.containers.push(OpenContainer {
            component,
            colons: marker.colons,
            range: marker.range,
            depth: self.depth,
        });
    }

    /// A line of colons: it ends the innermost container with as many, or else the innermost with fewer.
    fn end_container(&mut self, colons: usize, range: Range<usize>) {
        // Only those that were opened in this very list item or quote can end here.
        let here = || {
            let depths = (0..=self.depth).rev();
            self.containers.iter().rev().zip(depths).take_while(|(open, depth)| open.depth == *depth)
        };
        let exact = here().position(|(open, _)| open.colons == colons);
        let Some(above) = exact.or_else(|| here().position(|(open, _)| open.colons < colons)) else {
            let message = "this line of colons ends no component";
            let help = if self.containers.is_empty() {
                "Remove it, or begin a component before it with a line such as `:::note`."
            } else {
                "Give it as many colons as the line that begins the component, and the same indentation."
            };
            self.report(Diagnostic::new(&codes::STRAY_COMPONENT_END, message).help(help), range);
            return;
        };
        for _ in 0..above {
            self.close_container(true);
        }
        self.close_container(false);
    }

    /// Ends the containers in which the element that ends now stands not, but which stand in it.
    pub(super) fn close_containers(&mut self) {
        while self.containers.last().is_some_and(|open| open.depth == self.depth) {
            self.close_container(true);
        }
    }

    fn close_container(&mut self, report: bool) {
        let Some(open) = self.containers.pop() else { return };
        self.close_level();
        self.depth = self.depth.saturating_sub(1);
        if report {
            let colons = ":".repeat(open.colons);
            let name = open.component.as_ref().map_or("", |component| &component.name);
            let message = format!("the component `{name}` is not closed");
            let help = format!("Put a line with `{colons}` after its text, indented as this line is.");
            self.report(Diagnostic::new(&codes::UNCLOSED_COMPONENT, message).help(help), open.range.clone());
        }
        let Some(mut component) = open.component else { return };
        let mut body = std::mem::replace(&mut self.out, self.outer.pop().unwrap_or_default());
        body.html.shrink_to_fit();
        component.body = Some(body);
        self.hole(HoleKind::Component(Box::new(component)), open.range);
    }
}
