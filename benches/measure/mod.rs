//! Runs a program as a whole process and says what it cost.
//!
//! The system tells the processor time and the peak memory of all children that a process has waited for, not of one. So
//! the benchmark starts itself again as a launcher, which runs a single program and so has a single child to ask about.
#![allow(clippy::disallowed_methods)]

use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The first argument that makes the benchmark a launcher; the program and its arguments follow.
const LAUNCH: &str = "--launch-and-measure";

/// What one run cost. Times are in seconds.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Cost {
    pub wall: f64,
    /// None where the system does not tell (all but Unix).
    pub user: Option<f64>,
    pub system: Option<f64>,
    /// The most memory resident at once, in bytes. None where the system does not tell.
    pub peak_memory: Option<u64>,
}

impl Cost {
    /// User and system time together.
    pub fn cpu(&self) -> Option<f64> {
        Some(self.user? + self.system?)
    }
}

#[derive(Serialize, Deserialize)]
struct Launched {
    cost: Cost,
    success: bool,
}

/// When this process was started as a launcher: does that work and returns true.
pub fn launched() -> io::Result<bool> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_none_or(|first| first != LAUNCH) {
        return Ok(false);
    }
    let program = arguments.next().ok_or_else(|| io::Error::other("no program to launch"))?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::from(File::create("stdout")?));
    let begun = Instant::now();
    let status = command.stderr(Stdio::from(File::create("stderr")?)).status()?;
    let wall = begun.elapsed().as_secs_f64();
    let launched = Launched { cost: with_usage(wall), success: status.success() };
    println!("{}", serde_json::to_string(&launched)?);
    Ok(true)
}

#[cfg(unix)]
fn with_usage(wall: f64) -> Cost {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else {
        return Cost { wall, user: None, system: None, peak_memory: None };
    };
    let seconds = |time: nix::sys::time::TimeVal| time.num_microseconds() as f64 / 1e6;
    // Linux counts in KiB, Apple's systems in bytes.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    Cost {
        wall,
        user: Some(seconds(usage.user_time())),
        system: Some(seconds(usage.system_time())),
        peak_memory: u64::try_from(usage.max_rss()).ok().map(|size| size * unit),
    }
}

#[cfg(not(unix))]
fn with_usage(wall: f64) -> Cost {
    Cost { wall, user: None, system: None, peak_memory: None }
}

/// Runs `program` and returns its cost and what it printed. `scratch` is a folder for its printed text. A program that
/// fails is an error with the end of what it complained of.
pub fn run(program: &Path, arguments: &[&str], scratch: &Path) -> io::Result<(Cost, String)> {
    let output = Command::new(std::env::current_exe()?)
        .current_dir(scratch)
        .env("HUGO_CACHEDIR", scratch.join("hugo-cache"))
        .arg(LAUNCH)
        .arg(program)
        .args(arguments)
        .output()?;
    let launched: Launched = serde_json::from_slice(&output.stdout).map_err(|_| {
        io::Error::other(format!("{} did not start: {}", program.display(), String::from_utf8_lossy(&output.stderr)))
    })?;
    let printed = std::fs::read_to_string(scratch.join("stdout"))?;
    if launched.success {
        return Ok((launched.cost, printed));
    }
    let complaints = std::fs::read_to_string(scratch.join("stderr"))?;
    let lines: Vec<&str> = complaints.lines().chain(printed.lines()).take(40).collect();
    Err(io::Error::other(format!("{} failed:\n{}", program.display(), lines.join("\n"))))
}
