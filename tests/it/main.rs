//! Tests of the whole, one module for each subject.

mod manual;
mod reference;
mod tidy;
