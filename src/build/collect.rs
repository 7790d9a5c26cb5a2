use crate::diagnostic::{Diagnostic, Label};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Gathers mistakes of jobs that run beside one another. One mistake of a template shows on every page that uses it: it
/// is told once, with the first page and the number of the others.
#[derive(Debug, Default)]
pub struct Collected {
    by_job: Mutex<BTreeMap<usize, Vec<Diagnostic>>>,
}

impl Collected {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn add(&self, job: usize, mistakes: Vec<Diagnostic>) {
        self.by_job.lock().unwrap_or_else(PoisonError::into_inner).insert(job, mistakes);
    }

    /// The mistakes in the order of their jobs, each once.
    pub fn finish(self) -> Vec<Diagnostic> {
        let by_job = self.by_job.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut found: Vec<(Diagnostic, usize)> = Vec::new();
        for mistake in by_job.into_values().flatten() {
            match found.iter_mut().find(|(known, _)| is_same(known, &mistake)) {
                Some((_, others)) => *others += 1,
                None => found.push((mistake, 0)),
            }
        }
        found.into_iter().map(|(mistake, others)| with_others(mistake, others)).collect()
    }
}

fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    (a.code.id, &a.file, a.span, &a.message) == (b.code.id, &b.file, b.span, &b.message)
}

fn with_others(mut mistake: Diagnostic, others: usize) -> Diagnostic {
    if others > 0
        && let Some(Label { text, .. }) = mistake.others.first_mut()
    {
        let more = if others == 1 { "1 more page".to_owned() } else { format!("{others} more pages") };
        text.push_str(&format!(", and {more}"));
    }
    mistake
}
