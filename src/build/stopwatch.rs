//! How long each stage takes. The only clock inside the pipeline; nothing of it reaches the output.
#![allow(clippy::disallowed_methods)]

use std::time::{Duration, Instant};

/// The stages with their times, in the order in which they ran.
pub type StageTimes = Vec<(&'static str, Duration)>;

/// Measures stages that follow one another.
#[derive(Debug)]
pub struct Stopwatch {
    began: Instant,
    lap: Instant,
    stages: StageTimes,
}

impl Default for Stopwatch {
    fn default() -> Self {
        let now = Instant::now();
        Self { began: now, lap: now, stages: Vec::new() }
    }
}

impl Stopwatch {
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends a stage and begins the next.
    pub fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.stages.push((stage, now - self.lap));
        self.lap = now;
    }

    pub fn stages(&self) -> &StageTimes {
        &self.stages
    }

    pub fn total(&self) -> Duration {
        self.lap - self.began
    }
}
