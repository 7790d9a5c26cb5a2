//! Behaviour of paths, the manifest and publishing that users rely on.

mod left_overs;
mod paths;
#[cfg(unix)]
mod processes;
mod publish;
mod refusals;
