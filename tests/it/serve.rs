//! The site as a browser sees it while it is written, over real connections.
#![allow(clippy::disallowed_methods)]

mod client;
mod editing;
mod hosting;
mod losing;
mod moving;
mod requests;
mod soaking;
mod security;
mod stopping;
