//! Tests of the whole, one module for each subject.

mod config;
mod content;
mod links;
mod routes;
mod sample;
mod support;
mod tidy;
mod visibility;
