//! Tests of the whole, one module for each subject.

mod config;
mod content;
mod events;
mod links;
mod relations;
mod routes;
mod sample;
mod sections;
mod support;
mod taxonomies;
mod tidy;
mod visibility;
