//! Tests of the whole, one module for each subject.

mod reference;
mod tidy;
