//! What a new site needs to know: from the arguments, from whoever sits at the terminal, or as is likely.

use crate::cli::Misuse;
use crate::cli::args::Init;
use crate::config::BaseUrl;
use crate::diagnostic::did_you_mean;
use crate::locale::Locale;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

/// An address that belongs to nobody (RFC 2606).
const BASE_URL: &str = "https://example.org/";
const ENGLISH: &str = "en";

/// What is known of the site that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    pub title: String,
    pub base_url: String,
    pub language: String,
    pub timezone: String,
}

impl Answers {
    pub fn is_english(&self) -> bool {
        Locale::parse(&self.language).is_ok_and(|locale| locale.language() == ENGLISH)
    }

    pub fn zone(&self) -> Result<TimeZone, Misuse> {
        zone(&self.timezone)
    }
}

type Check = fn(&str) -> Result<String, Misuse>;

/// Asks at a terminal for what the arguments leave open; elsewhere, or with `--yes`, asks nothing.
pub fn gather(args: &Init) -> anyhow::Result<Answers> {
    let asks = !args.yes && io::stdin().is_terminal() && io::stderr().is_terminal();
    let answer = |given: &Option<String>, question: &str, likely: String, check: Check| -> anyhow::Result<String> {
        match given {
            Some(given) => Ok(check(given)?),
            None if asks => Ok(ask(question, &likely, check, &mut io::stdin().lock(), &mut io::stderr().lock())?),
            None => Ok(likely),
        }
    };
    Ok(Answers {
        title: answer(&args.title, "The campaign's name", title_of(&args.folder), check_title)?,
        language: answer(&args.language, "Its language, as a tag", likely_language(), check_language)?,
        base_url: answer(&args.base_url, "The address the site will have", BASE_URL.to_owned(), check_base_url)?,
        timezone: answer(&args.timezone, "Its time zone", likely_timezone(), check_timezone)?,
    })
}

/// Asks until the answer can be used. An empty answer, or none, means the likely one.
fn ask(question: &str, likely: &str, check: Check, from: &mut impl BufRead, to: &mut impl Write) -> io::Result<String> {
    loop {
        write!(to, "{question} [{likely}]: ")?;
        to.flush()?;
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 {
            writeln!(to)?;
            return Ok(likely.to_owned());
        }
        if line.trim().is_empty() {
            return Ok(likely.to_owned());
        }
        match check(&line) {
            Ok(answer) => return Ok(answer),
            Err(misuse) => {
                let help = misuse.help.map(|help| format!(": {help}")).unwrap_or_default();
                writeln!(to, "  {}{help}", misuse.message)?;
            }
        }
    }
}

fn check_title(text: &str) -> Result<String, Misuse> {
    let text = text.trim();
    if text.is_empty() { Err(Misuse::new("the title is empty")) } else { Ok(text.to_owned()) }
}

fn check_base_url(text: &str) -> Result<String, Misuse> {
    let text = text.trim();
    match BaseUrl::parse(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err(Misuse::new(format!("\"{text}\" is not a web address"))
            .help("write it with its scheme, such as https://example.org/")),
    }
}

fn check_language(text: &str) -> Result<String, Misuse> {
    match Locale::parse(text.trim()) {
        Ok(locale) => Ok(locale.tag().to_owned()),
        Err(error) => {
            Err(Misuse::new(format!("\"{}\" is not a language tag", text.trim())).help(match error.suggestion {
                Some(meant) => format!("did you mean {meant}?"),
                None => "language tags look like en, cy, en-GB or pt-BR (BCP 47)".to_owned(),
            }))
        }
    }
}

fn check_timezone(text: &str) -> Result<String, Misuse> {
    let text = text.trim();
    zone(text).map(|zone| zone.iana_name().unwrap_or(text).to_owned())
}

fn zone(name: &str) -> Result<TimeZone, Misuse> {
    let zones = TimeZoneDatabase::bundled();
    zones.get(name).map_err(|_| {
        let names: Vec<String> = zones.available().map(|name| name.as_str().to_owned()).collect();
        let help = match did_you_mean(name, names.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "use the name of a city's zone, such as Europe/London or America/New_York".to_owned(),
        };
        Misuse::new(format!("there is no time zone \"{name}\"")).help(help)
    })
}

/// A title from the folder's name: "Our campaign" for `our-campaign`.
fn title_of(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars().filter(|c| !c.is_control());
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Our campaign".to_owned(),
    }
}

/// The machine's language while it is English, as the sample's texts are; otherwise English.
fn likely_language() -> String {
    let of_machine = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|value| check_language(&value.split(['.', '@']).next().unwrap_or("").replace('_', "-")).ok());
    of_machine.filter(|tag| tag.split('-').next() == Some(ENGLISH)).unwrap_or_else(|| ENGLISH.to_owned())
}

/// The machine's time zone, as far as it tells it.
fn likely_timezone() -> String {
    let of_environment = std::env::var("TZ").ok().map(|name| name.trim_start_matches(':').to_owned());
    let of_system = || {
        let target = std::fs::canonicalize("/etc/localtime").ok()?;
        let (_, name) = target.to_str()?.split_once("zoneinfo/")?;
        Some(name.to_owned())
    };
    let is_known = |name: &String| TimeZoneDatabase::bundled().get(name).is_ok();
    let known = of_environment.filter(is_known).or_else(|| of_system().filter(is_known));
    known.filter(|name| name != "Etc/UTC").unwrap_or_else(|| "UTC".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_made_from_the_folders_name() {
        let check = |folder: &str, expected: &str| assert_eq!(title_of(Path::new(folder)), expected);
        check("sites/better-buses_now", "Better buses now");
        check("éastmere/", "Éastmere");
        check("/", "Our campaign");
    }

    #[test]
    fn answers_are_taken_as_they_are_usually_meant() {
        assert_eq!(check_language(" en-gb ").unwrap(), "en-GB");
        assert_eq!(check_timezone("europe/london").unwrap(), "Europe/London");
        assert_eq!(check_base_url("https://a.example ").unwrap(), "https://a.example");
    }

    #[test]
    fn a_question_is_asked_until_its_answer_can_be_used() {
        let check = |typed: &str, expected: &str, asked: usize| {
            let mut told = Vec::new();
            let answer = ask("Its time zone", "UTC", check_timezone, &mut typed.as_bytes(), &mut told).unwrap();
            let told = String::from_utf8(told).unwrap();
            assert_eq!((answer.as_str(), told.matches("Its time zone [UTC]: ").count()), (expected, asked), "{told}");
        };
        check("Europe/Paris\n", "Europe/Paris", 1);
        check("\n", "UTC", 1);
        check("", "UTC", 1);
        check("Paris\nEurope/Pariss\n Europe/Paris \n", "Europe/Paris", 3);
        check("Paris\n", "UTC", 2);
    }

    #[test]
    fn answers_that_cannot_be_meant_are_refused_with_what_was() {
        let check = |result: Result<String, Misuse>, help: &str| {
            let misuse = result.unwrap_err();
            assert!(misuse.help.clone().unwrap_or_default().contains(help), "{misuse:?}");
        };
        check(check_language("en_GB"), "did you mean en-GB?");
        check(check_timezone("Europe/Lundon"), "did you mean Europe/London?");
        check(check_base_url("example.org"), "https://");
        check(check_title("  "), "");
    }
}
