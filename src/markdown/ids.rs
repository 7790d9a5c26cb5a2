use crate::source::Span;
use std::collections::HashMap;

/// The ids of one document. An id the author wrote wins over one made from a heading's text.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashMap<Box<str>, Holder>,
}

#[derive(Debug)]
enum Holder {
    /// An author's id that was seen ahead and is still to come.
    Reserved,
    Authored(Span),
    /// Made; `next` is the number to try when it is wanted again.
    Made {
        next: u32,
    },
}

impl Ids {
    /// Keeps an author's id free until its element comes.
    pub fn reserve(&mut self, id: &str) {
        self.taken.entry(id.into()).or_insert(Holder::Reserved);
    }

    /// Takes an id that the author wrote at `span`; when it is in use, the place of its first use (none if that was made).
    pub fn claim(&mut self, id: &str, span: Span) -> Result<(), Option<Span>> {
        match self.taken.get(id) {
            None | Some(Holder::Reserved) => {
                self.taken.insert(id.into(), Holder::Authored(span));
                Ok(())
            }
            Some(Holder::Authored(first)) => Err(Some(*first)),
            Some(Holder::Made { .. }) => Err(None),
        }
    }

    /// A free id: `wanted`, or `wanted-2`, `wanted-3` …
    pub fn make(&mut self, wanted: String) -> Box<str> {
        let mut next = match self.taken.get(wanted.as_str()) {
            None => {
                let id: Box<str> = wanted.into();
                self.taken.insert(id.clone(), Holder::Made { next: 2 });
                return id;
            }
            Some(Holder::Made { next }) => *next,
            Some(_) => 2,
        };
        loop {
            let id: Box<str> = format!("{wanted}-{next}").into();
            next += 1;
            if !self.taken.contains_key(&id) {
                if let Some(Holder::Made { next: kept }) = self.taken.get_mut(wanted.as_str()) {
                    *kept = next;
                }
                self.taken.insert(id.clone(), Holder::Made { next: 2 });
                return id;
            }
        }
    }
}
