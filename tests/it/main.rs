//! Tests of the whole, one module for each subject.

mod config;
mod content;
mod links;
mod routes;
mod support;
mod tidy;
mod visibility;
