//! Places near another: what `near` and `within` ask of a list.

use super::events::find_named;
use super::{Caller, text};
use crate::content::{Details, Group, Kind, Location};
use crate::diagnostic::did_you_mean;
use tera::{Error, Kwargs, TeraResult, Value};

/// How far away something may be where nothing is said, in kilometres.
const WITHIN: f64 = 25.0;

/// The places within some distance of another.
#[derive(Debug, Clone)]
pub struct Near {
    from: Location,
    km: f64,
}

impl Near {
    /// What the arguments ask for; none when they ask for nothing.
    pub fn new(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Option<Self>> {
        let km = kwargs.get::<&Value>("within")?.and_then(Value::as_f64).unwrap_or(WITHIN);
        if !(km.is_finite() && km > 0.0) {
            return Err(Error::message(format!("`within` takes a distance in kilometres, such as 25, not {km}")));
        }
        let Some(written) = text(kwargs, "near")? else { return Ok(None) };
        if let Some(from) = coordinates(written) {
            return Ok(Some(Self { from, km }));
        }
        if written.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            return Err(Error::message(format!(
                "`near` takes degrees of latitude and longitude, such as \"53.8, -1.55\", not \"{written}\""
            )));
        }
        let group = group_named(caller, "near", written)?;
        let location = group.location.clone().ok_or_else(|| {
            Error::message(format!("the group \"{written}\" that `near` names has no `location` in its file"))
        })?;
        Ok(Some(Self { from: location, km }))
    }

    pub fn has(&self, place: &Location) -> bool {
        self.from.km_to(place) <= self.km
    }
}

/// The group that an argument names.
pub fn group_named<'c>(caller: Caller<'c>, argument: &str, written: &str) -> TeraResult<&'c Group> {
    let site = &caller.shared.site;
    if let Some(id) = find_named(caller, written, Kind::Group)
        && let Details::Group(group) = &site.page(id).document.details
    {
        return Ok(group);
    }
    Err(Error::message(missing(caller, argument, written, Kind::Group)))
}

/// That an argument names no page of a kind, and what was perhaps meant.
pub fn missing(caller: Caller<'_>, argument: &str, written: &str, kind: Kind) -> String {
    let site = &caller.shared.site;
    let own = site.by_kind.get(caller.language.0 as usize).and_then(|kinds| kinds.get(&kind));
    let mut names: Vec<&str> = own.into_iter().flatten().map(|id| site.page(*id).document.path.own_name()).collect();
    names.sort_unstable();
    let told = format!("there is no {} \"{written}\", which `{argument}` names", kind.word());
    match did_you_mean(written, names) {
        Some(meant) => format!("{told}; did you mean \"{meant}\"?"),
        None => told,
    }
}

/// Degrees of latitude and longitude, with a comma or a space between them.
pub fn coordinates(written: &str) -> Option<Location> {
    let mut parts = written.split([',', ' ']).filter(|part| !part.is_empty());
    let (lat, lon) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() { None } else { Location::new(lat, lon) }
}
