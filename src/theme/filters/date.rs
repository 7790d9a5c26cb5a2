use super::FilterSpec;
use crate::decode::Moment;
use crate::locale::{DateFormatter, DateStyle};
use crate::theme::engine::LanguageTools;
use crate::theme::failure::called;
use crate::theme::functions::{Caller, language, text};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "date",
    args: &[
        (
            "format",
            "full, long (the default), medium, short, weekday, weekday_short, weekday_day_month, day_month, month, \
             month_short, month_year, time, datetime, iso, or a pattern such as \"%-d %B\"",
        ),
        ("timezone", "the IANA zone in which a time is shown; default: as it is written"),
        ("language", "a language tag; default: the page's"),
    ],
    meaning: "A date or time in words of the page's language, by the Unicode CLDR.",
    example: "{{ page.date | date(format=\"long\") }}",
    remembered: true,
    call,
};

fn call(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let at = read(caller, value, kwargs)?;
    let tools = caller.shared.tools(language(caller, kwargs)?);
    let format = text(kwargs, "format")?.unwrap_or("long");
    Ok(Value::from(write(&at, format, tools)?))
}

/// The time that a value means, in the zone in which it is shown.
pub fn read(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Zoned> {
    let unreadable = || {
        Error::message(match value.as_str() {
            Some(text) => format!("`date` cannot read \"{text}\" as a date or time"),
            None => format!("`date` takes a date or time, not {}", called(value)),
        })
    };
    if let Some(seconds) = value.as_i64() {
        let at = Timestamp::from_second(seconds).map_err(|_| unreadable())?;
        return Ok(at.to_zoned(caller.shared.site.config.timezone.clone()));
    }
    let written = value.as_str().ok_or_else(unreadable)?;
    let own = &caller.shared.site.config.timezone;
    let zone = match text(kwargs, "timezone")? {
        None => None,
        Some(name) if name == caller.shared.site.config.timezone_name => Some(own.clone()),
        Some(name) => Some(
            TimeZoneDatabase::bundled()
                .get(name)
                .map_err(|_| Error::message(format!("there is no time zone \"{name}\"")))?,
        ),
    };
    let moment = Moment::parse(written).ok_or_else(unreadable)?;
    let at = match moment {
        Moment::Instant(at) => {
            at.to_zoned(zone.unwrap_or_else(|| written_offset(written).unwrap_or_else(|| own.clone())))
        }
        local => {
            let zone = zone.unwrap_or_else(|| own.clone());
            zone.to_ambiguous_zoned(local.civil(&zone)).compatible().map_err(|_| unreadable())?
        }
    };
    Ok(at)
}

/// The offset at the end of an RFC 3339 time, as a zone: what is written is what is shown.
fn written_offset(written: &str) -> Option<TimeZone> {
    let tail = written.get(written.len().checked_sub(6)?..)?;
    let sign = match tail.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = tail.get(1..)?.split_once(':')?;
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(sign * seconds).ok().map(TimeZone::fixed)
}

/// What writes dates in a language.
pub fn formatter(tools: &LanguageTools) -> TeraResult<&DateFormatter> {
    tools.dates.as_ref().ok_or_else(|| Error::message("there is no date data for this language"))
}

/// A time by the name of a format, or by a pattern.
pub fn write(at: &Zoned, format: &str, tools: &LanguageTools) -> TeraResult<String> {
    if format == "iso" {
        return Ok(crate::theme::view::zoned(at));
    }
    let dates = formatter(tools)?;
    match format {
        "time" => Ok(dates.time(at.time())),
        "datetime" => Ok(dates.date_time(at.datetime(), DateStyle::Long)),
        name => match DateStyle::from_name(name) {
            Some(style) => Ok(dates.date(at.date(), style)),
            None if name.contains('%') => dates.pattern(at, name).map_err(|error| Error::message(error.to_string())),
            None => {
                let names: Vec<&str> = DateStyle::ALL.iter().map(|style| style.name()).collect();
                Err(Error::message(format!(
                    "there is no date format \"{name}\": write one of {}, time, datetime, iso, or a pattern with %",
                    names.join(", ")
                )))
            }
        },
    }
}
