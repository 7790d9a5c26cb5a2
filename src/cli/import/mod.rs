//! `handbill import`.

mod ics;

use super::Exit;
use super::args::{Import, ImportFrom, Shared};

pub fn run(shared: &Shared, args: &Import) -> anyhow::Result<Exit> {
    match &args.from {
        ImportFrom::Ics(args) => ics::run(shared, args),
    }
}
