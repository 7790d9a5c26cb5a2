use super::{ViewField, fields, map};
use crate::locale::{DatePiece, DateStyle};
use crate::site::{Archived, LanguageId, PageId, Period};
use crate::theme::engine::Shared;
use jiff::civil::Date;
use tera::Value;

pub const FIELDS: &[ViewField] = fields! {
    "name" "text or none" "The year, or the month with its year, in words; none on the page of the section."
    "year" "number or none" "The year that is shown."
    "month" "number or none" "The month that is shown, from 1."
    "years" "list" "All years, the newest first: year, name, url, count, current, and months: a list of those with pages (month, name, url, count, current)."
    "previous" "table or none" "The period before, of the same length: name, url."
    "next" "table or none" "The period after, alike."
};

/// A period in words: `2026`, `November 2026`.
pub fn name(shared: &Shared, language: LanguageId, period: Period) -> String {
    let dates = shared.tools(language).dates.as_ref();
    let first = Date::new(period.year, period.month.unwrap_or(1), 1).unwrap_or_default();
    match (dates, period.month) {
        (Some(dates), Some(_)) => dates.date(first, DateStyle::MonthYear),
        (Some(dates), None) => {
            let year = dates.leaf(first, first).into_iter().find(|(piece, _)| *piece == DatePiece::Year);
            year.map_or_else(|| period.year.to_string(), |(_, year)| year)
        }
        (None, Some(month)) => format!("{}-{month:02}", period.year),
        (None, None) => period.year.to_string(),
    }
}

/// The title of a period's page.
pub fn title(shared: &Shared, section: PageId, period: Period) -> String {
    let page = shared.site.page(section);
    format!("{} – {}", page.title(), name(shared, page.language, period))
}

/// The archive of a section, as it is seen from one of its periods or from the section itself.
pub fn build(shared: &Shared, section: PageId, archived: &Archived, shown: Option<(Period, String)>) -> Value {
    let site = &shared.site;
    let language = site.page(section).language;
    let current = shown.as_ref().map(|(period, _)| *period);
    let entry = |period: Period| {
        map! {
            "name": name(shared, language, period),
            "url": site.archive_url(section, period),
            "count": archived.of(period).len(),
            "current": current == Some(period),
        }
    };
    let years: Vec<Value> = archived
        .years
        .keys()
        .rev()
        .map(|year| {
            let months = archived.months.range((*year, 1)..=(*year, 12)).filter(|_| archived.month_pages).rev();
            let months: Vec<Value> = months
                .map(|((year, month), _)| {
                    let mut view = entry(Period { year: *year, month: Some(*month) });
                    view.set("month", i64::from(*month));
                    Value::from(view)
                })
                .collect();
            let mut view = entry(Period { year: *year, month: None });
            view.set("year", i64::from(*year));
            view.set("months", months);
            Value::from(view)
        })
        .collect();
    let alike: Vec<Period> = archived
        .periods()
        .filter(|period| current.is_some_and(|own| own.month.is_some() == period.month.is_some()))
        .collect();
    let at = current.and_then(|own| alike.iter().position(|period| *period == own));
    let link = |period: Option<&Period>| {
        let period = *period?;
        Some(Value::from(map! {
            "name": name(shared, language, period),
            "url": site.archive_url(section, period),
        }))
    };
    Value::from(map! {
        "name": shown.map(|(_, name)| name),
        "year": current.map(|period| i64::from(period.year)),
        "month": current.and_then(|period| period.month).map(i64::from),
        "years": years,
        "previous": link(at.and_then(|at| at.checked_sub(1)).and_then(|at| alike.get(at))),
        "next": link(at.and_then(|at| alike.get(at + 1))),
    })
}
