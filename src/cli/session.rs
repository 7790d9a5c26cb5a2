//! What commands that read a site have in common: opening it, and the build's time.

use super::args::{Select, Shared};
use crate::build::{Options, SharedWorld};
use crate::config::Overrides;
use crate::decode::Moment;
use crate::site::Clock;
use crate::source::{DiskWorld, World};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::sync::Arc;

/// A site's folder, opened.
pub struct Session {
    /// Absolute, with its links resolved.
    pub root: PathBuf,
    pub world: SharedWorld,
    pub options: Options,
}

/// Why a command cannot begin. Its text tells what to do.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("cannot open the folder \"{folder}\": {error}")]
    Folder { folder: String, error: std::io::Error },
    #[error("--now \"{0}\" is not a time: write it as 2026-12-01 or 2026-12-01T12:00:00Z")]
    Now(String),
    #[error("SOURCE_DATE_EPOCH \"{0}\" is not a whole number of seconds since 1970")]
    Epoch(String),
    #[error("--environment \"{0}\" is not a name: use letters, digits, - and _")]
    Environment(String),
    #[error("--config \"{0}\" must be a file inside the site's folder, written without \"..\"")]
    Config(String),
}

impl Session {
    pub fn open(shared: &Shared, select: &Select) -> Result<Self, Refusal> {
        let world = DiskWorld::new(&shared.root)
            .map_err(|error| Refusal::Folder { folder: shared.root.display().to_string(), error })?;
        let root = world.root().to_owned();
        let environment = select.environment.clone().filter(|name| !name.is_empty());
        if let Some(name) = &environment
            && !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        {
            return Err(Refusal::Environment(name.clone()));
        }
        let config = config_path(&select.config, &root).ok_or_else(|| Refusal::Config(select.config.clone()))?;
        let from_environment = std::env::var("HANDBILL_BASE_URL").ok().filter(|url| !url.is_empty());
        let world: Arc<dyn World + Send + Sync> = Arc::new(world);
        let options = Options {
            config,
            overrides: Overrides { environment, base_url: select.base_url.clone().or(from_environment) },
            clock: Clock { now: now(select)?, drafts: select.drafts, future: select.future },
        };
        Ok(Self { root, world, options })
    }
}

/// The configuration's path below the root, with `/` between its parts.
fn config_path(written: &str, root: &std::path::Path) -> Option<String> {
    let path = std::path::Path::new(written);
    let below = if path.is_absolute() {
        path.canonicalize().ok()?.strip_prefix(root).ok()?.to_owned()
    } else {
        path.to_owned()
    };
    let parts: Option<Vec<&str>> = below
        .components()
        .filter(|part| !matches!(part, std::path::Component::CurDir))
        .map(|part| match part {
            std::path::Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/"))
}

/// The build's time: as asked for, as the environment says, or the machine's.
fn now(select: &Select) -> Result<Timestamp, Refusal> {
    if let Some(written) = &select.now {
        let moment = Moment::parse(written).ok_or_else(|| Refusal::Now(written.clone()))?;
        return Ok(moment.timestamp(&TimeZone::UTC));
    }
    match std::env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| !epoch.is_empty()) {
        Some(epoch) => {
            let seconds: Option<i64> = epoch.trim().parse().ok();
            seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or(Refusal::Epoch(epoch))
        }
        // Whole seconds, as they are shown.
        None => Ok(Timestamp::from_second(Timestamp::now().as_second()).unwrap_or(Timestamp::UNIX_EPOCH)),
    }
}
