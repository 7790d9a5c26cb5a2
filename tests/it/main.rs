//! Tests of the whole, one module for each subject.

mod content;
mod support;
mod tidy;
