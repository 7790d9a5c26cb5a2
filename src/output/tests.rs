//! Behaviour of paths, the manifest and publishing that users rely on.

mod kill;
mod paths;
mod publish;
mod refusals;
