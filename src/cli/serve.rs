//! `handbill serve`.

use super::args::{Format, Serve, Shared};
use super::session::Session;
use super::{Exit, report};
use crate::build::Loaded;
use crate::diagnostic::Diagnostic;
use crate::serve::{self, Because, Options, Serving, Told};
use crate::theme::view::zoned;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

pub fn run(shared: &Shared, args: &Serve) -> anyhow::Result<Exit> {
    let mut session = Session::open(shared, &args.select)?;
    // A preview has one address for all languages.
    session.options.overrides.one_host = true;
    if !session.world.exists(&session.options.config) {
        // Nobody wants the home folder watched because they were in the wrong place.
        let mut mistakes = Vec::new();
        let options = &session.options;
        crate::config::load(&*session.world, &options.config, &options.overrides, &mut mistakes)?;
        report::diagnostics(&mistakes, &*session.world, shared, Format::Text)?;
        return Ok(Exit::Mistakes);
    }
    let from_environment = std::env::var("SOURCE_DATE_EPOCH").is_ok_and(|epoch| !epoch.is_empty());
    let options = Options {
        root: session.root.clone(),
        build: session.options.clone(),
        fixed: args.select.now.is_some() || from_environment,
        host: args.host.clone(),
        port: args.port,
        navigate: args.navigate,
        poll: args.poll,
        until_interrupted: true,
    };
    let told = Teller { shared: shared.clone(), world: Arc::clone(&session.world), begun: Mutex::default() };
    let told = Arc::new(told);
    let tell = Arc::clone(&told);
    let serving = serve::start(&options, Arc::new(move |news| tell.tell(&news)))?;
    told.welcome(&serving, args);
    if args.open {
        open(&serving.url);
    }
    serving.wait();
    if !shared.quiet {
        report::say("Stopped.");
    }
    Ok(Exit::Fine)
}

/// Writes what is told to the terminal: one line for each change, and problems when there are new ones.
struct Teller {
    shared: Shared,
    world: crate::build::SharedWorld,
    begun: Mutex<Option<String>>,
}

impl Teller {
    fn tell(&self, news: &Told<'_>) {
        match news {
            Told::Made { because: Because::Begun, took, loaded } => {
                let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
                *begun = loaded.map(|loaded| first(loaded, *took));
            }
            Told::Made { because, took, loaded } => {
                if !self.shared.quiet {
                    report::say(format_args!("{}: {}", self.why(because), how(*took, loaded.is_some())));
                }
            }
            Told::Problems { new, all } => self.problems(new, all),
            Told::Moved { url, shared } => {
                report::say(format_args!("The site is now at another address: {url}"));
                if let Some(address) = shared {
                    report::say(format_args!("  for others   {address}"));
                }
            }
        }
    }

    fn why(&self, because: &Because) -> String {
        let Because::Files(files) = because else {
            return match because {
                Because::TimeCame => "The time has come for what changes by itself".to_owned(),
                Because::Retried => "Tried again".to_owned(),
                _ => "Everything read again".to_owned(),
            };
        };
        // Editors make files that are gone at once: what is there says more. What was deleted is not there either.
        let there: Vec<&String> = files.iter().filter(|file| self.world.exists(file)).collect();
        match (if there.is_empty() { files.iter().collect() } else { there })[..] {
            [] => "Read again".to_owned(),
            [file] => file.clone(),
            [first, ref rest @ ..] => format!("{first} and {}", report::count(rest.len(), "more file")),
        }
    }

    fn problems(&self, new: &[Diagnostic], all: &[Diagnostic]) {
        // Nothing can be done here when the terminal is gone.
        let _ = report::diagnostics(new, &*self.world, &self.shared, Format::Text);
        let errors = all.iter().filter(|problem| problem.is_error()).count();
        if self.shared.quiet {
            return;
        }
        match (errors, all.len()) {
            (0, 0) => report::say("All is mended."),
            (0, warnings) => report::say(format_args!("No mistakes; {}.", report::count(warnings, "warning"))),
            _ => report::say(format_args!(
                "{} Nothing can be published until this is mended; what is wrong is shown as it last was right.",
                report::counted(all)
            )),
        }
    }

    fn welcome(&self, serving: &Serving, args: &Serve) {
        if let Some(begun) = self.begun.lock().unwrap_or_else(PoisonError::into_inner).take()
            && !self.shared.quiet
        {
            report::say(begun);
        }
        if let Some(wanted) = serving.instead_of {
            report::say(format_args!("Port {wanted} is taken by another program: this is on port {}.", serving.port));
        }
        report::say(format_args!("  the site     {}", serving.url));
        report::say(format_args!("  all content  {}", serving.start_page));
        if serving.is_shared {
            self.warn(serving, args);
        }
        if !self.shared.quiet {
            report::say("Save a file, and the browser follows. Ctrl-C stops.");
        }
    }

    fn warn(&self, serving: &Serving, args: &Serve) {
        let drafts = if args.select.drafts { "drafts and " } else { "" };
        report::say(format_args!(
            "Warning: everybody in your network can now read this, with {drafts}what is not yet published. Stop it when \
             you have shown it."
        ));
        let Some(address) = &serving.shared else {
            report::say("This computer's address in the network could not be found out.");
            return;
        };
        report::say(format_args!("  for others   {address}"));
        if let Some(code) = serve::qr_code(address, report::colour(&self.shared)) {
            report::say(code);
        }
    }
}

/// How the first reading went.
fn first(loaded: &Loaded, took: Duration) -> String {
    let pages =
        loaded.site().map_or(0, |site| site.jobs.iter().filter(|job| job.output.as_str().ends_with(".html")).count());
    let next = loaded.site().and_then(|site| {
        let at = site.next_change?.to_zoned(site.config.timezone.clone());
        Some(format!("\nThe site will next change by itself at {}; you will see it here then.", zoned(&at)))
    });
    format!(
        "{}, {}, read in {} ms.{}",
        report::count(loaded.documents, "document"),
        report::count(pages, "page"),
        took.as_millis(),
        next.unwrap_or_default()
    )
}

fn how(took: Duration, is_read: bool) -> String {
    if is_read { format!("{} ms", took.as_millis()) } else { "could not be read".to_owned() }
}

/// Opens an address in the browser, and says so when there is none.
fn open(address: &str) {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let failed = || report::say("No browser could be opened: open the address above yourself.");
    match command.spawn() {
        Ok(mut child) => {
            // It ends when it has told the browser, or with the browser: nobody waits for it here.
            let waits = thread::Builder::new().spawn(move || {
                if !child.wait().is_ok_and(|status| status.success()) {
                    report::say("No browser could be opened: open the address above yourself.");
                }
            });
            if waits.is_err() {
                failed();
            }
        }
        Err(_) => failed(),
    }
}
