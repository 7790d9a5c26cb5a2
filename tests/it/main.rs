//! Tests of the whole, one module for each subject.

mod config;
mod content;
mod events;
mod feeds;
mod links;
mod manual;
mod reference;
mod relations;
mod routes;
mod sample;
mod sections;
mod support;
mod taxonomies;
mod themes;
mod tidy;
mod visibility;
