//! Seeing the site while it is written: watching, the newest site in memory, HTTP, live reload.

pub mod rebuild;
pub mod watch;
