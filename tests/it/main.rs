//! Tests of the whole, one module for each subject.

mod config;
mod content;
mod support;
mod tidy;
