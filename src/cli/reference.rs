//! `handbill reference`, for Handbill's own developers: writes the manual's reference.

use super::Exit;
use super::args::{Cli, Reference};
use crate::reference;
use anyhow::Context as _;
use clap::CommandFactory as _;

pub fn run(args: &Reference) -> anyhow::Result<Exit> {
    for page in reference::pages(&Cli::command())? {
        let path = args.folder.join(&page.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        std::fs::write(&path, page.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(Exit::Fine)
}
