//! Tests of the whole, one module for each subject.

mod add_links;
mod config;
mod content;
mod determinism;
mod event_lists;
mod events;
mod feeds;
mod hostile;
mod links;
mod next_change;
mod publish;
mod manual;
mod reference;
mod relations;
mod repeat;
mod routes;
mod sample;
mod sections;
mod structured_data;
mod support;
mod taxonomies;
mod themes;
mod tidy;
mod visibility;
mod wording;
