//! What commands that read a site have in common: opening it, and the build's time.

use super::Misuse;
use super::args::{Select, Shared};
use crate::build::{Options, SharedWorld};
use crate::config::{BaseUrl, Overrides};
use crate::decode::Moment;
use crate::site::Clock;
use crate::source::DiskWorld;
use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A site's folder, opened.
pub struct Session {
    /// Absolute, with its links resolved.
    pub root: PathBuf,
    pub world: SharedWorld,
    pub options: Options,
}

impl Session {
    /// Opens the site that the arguments name.
    ///
    /// # Errors
    /// A [`Misuse`] when an argument cannot be meant; otherwise when the folder cannot be opened.
    pub fn open(shared: &Shared, select: &Select) -> anyhow::Result<Self> {
        let world = world(shared, &select.config)?;
        let root = world.root().to_owned();
        let environment = select.environment.clone().filter(|name| !name.is_empty());
        if let Some(name) = &environment
            && !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        {
            let message = format!("--environment \"{name}\" is not a name");
            return Err(Misuse::new(message).help("use letters, digits, - and _").into());
        }
        let config = config_path(&select.config, &root)?;
        let from_environment = std::env::var("HANDBILL_BASE_URL").ok().filter(|url| !url.is_empty());
        let given = select.base_url.clone().map(|url| ("--base-url", url));
        let given = given.or(from_environment.map(|url| ("HANDBILL_BASE_URL", url)));
        if let Some((name, url)) = given.as_ref().filter(|(_, url)| BaseUrl::parse(url).is_none()) {
            let help = "write it with its scheme and without a query: https://example.org/";
            return Err(Misuse::new(format!("{name} \"{url}\" is not a web address")).help(help).into());
        }
        let options = Options {
            config,
            overrides: Overrides { environment, base_url: given.map(|(_, url)| url), one_host: false },
            clock: Clock { now: now(select.now.as_deref())?, drafts: select.drafts, future: select.future },
        };
        Ok(Self { root, world: Arc::new(world), options })
    }
}

/// The site's folder: the one asked for, or the nearest one from here upwards with a configuration; where there is none,
/// the folder that we are in.
///
/// # Errors
/// When the folder cannot be opened.
pub fn world(shared: &Shared, config: &str) -> anyhow::Result<DiskWorld> {
    let folder = match &shared.root {
        Some(folder) => folder.clone(),
        None => nearest(config).unwrap_or_else(|| PathBuf::from(".")),
    };
    DiskWorld::new(&folder).with_context(|| format!("cannot open the folder \"{}\"", folder.display()))
}

fn nearest(config: &str) -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().find(|folder| folder.join(config).is_file()).map(Path::to_owned)
}

/// The configuration's path below the root, with `/` between its parts.
///
/// # Errors
/// A [`Misuse`] when it lies elsewhere.
pub fn config_path(written: &str, root: &Path) -> Result<String, Misuse> {
    path_below(written, root).ok_or_else(|| {
        Misuse::new(format!("--config \"{written}\" is not a file inside the site's folder"))
            .help("write its path from the site's folder, without \"..\"")
    })
}

fn path_below(written: &str, root: &Path) -> Option<String> {
    let path = Path::new(written);
    let below = if path.is_absolute() {
        path.canonicalize().ok()?.strip_prefix(root).ok()?.to_owned()
    } else {
        path.to_owned()
    };
    let parts: Option<Vec<&str>> = below
        .components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| match part {
            Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/"))
}

/// The time of the build: as asked for, as the environment says, or the machine's.
///
/// # Errors
/// A [`Misuse`] when what was asked for is no time.
pub fn now(written: Option<&str>) -> Result<Timestamp, Misuse> {
    if let Some(written) = written {
        let moment = Moment::parse(written).ok_or_else(|| {
            Misuse::new(format!("--now \"{written}\" is not a time"))
                .help("write it as 2026-12-01 or 2026-12-01T12:00:00Z")
        })?;
        return Ok(moment.timestamp(&TimeZone::UTC));
    }
    match std::env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| !epoch.is_empty()) {
        Some(epoch) => {
            let seconds: Option<i64> = epoch.trim().parse().ok();
            seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
                Misuse::new(format!(
                    "the environment's SOURCE_DATE_EPOCH \"{epoch}\" is not a whole number of seconds since 1970"
                ))
            })
        }
        // Whole seconds, as they are shown.
        None => Ok(Timestamp::from_second(Timestamp::now().as_second()).unwrap_or(Timestamp::UNIX_EPOCH)),
    }
}
