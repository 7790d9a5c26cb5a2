//! The small table of a month: written here and not in a template, for a large site has some hundred thousand days.

use super::{Caller, FunctionSpec, text};
use crate::locale::{DateStyle, NameLength};
use crate::markdown::escape;
use crate::theme::strings;
use crate::theme::view::calendar::weeks_of;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use tera::value::Key;
use tera::{Error, Kwargs, Map, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "month_table",
    args: &[("month", "a month of a list of events"), ("url", "the page with the rows of the days; default: this one")],
    meaning: "A small table of a month: its days as numbers, those with events as links to their rows. \
              Classes: cal, cal-mini, cal-out (a day of another month), cal-has, is-off, cal-number.",
    example: "{{ month_table(month=month) }}",
    open: false,
    call,
};

/// A day with events.
struct Marked<'v> {
    off: bool,
    /// The day of the row to which it leads.
    listed: &'v str,
}

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let month = kwargs.must_get::<&Value>("month")?;
    let url = text(kwargs, "url")?.unwrap_or_default();
    let no_month = || Error::message("`month` takes a month of a list of events: month=month");
    let month = month.as_map().ok_or_else(no_month)?;
    let first: Date =
        part(month, "start").and_then(Value::as_str).and_then(|day| day.parse().ok()).ok_or_else(no_month)?;
    let days = part(month, "days").and_then(Value::as_array).ok_or_else(no_month)?;
    let table = Table { caller, url, html: String::with_capacity(4096) };
    Ok(Value::safe_string(&table.whole(first, &marked(days))))
}

fn part<'v>(map: &'v Map, key: &'static str) -> Option<&'v Value> {
    map.get(&Key::from(key))
}

fn marked(days: &[Value]) -> BTreeMap<Date, Marked<'_>> {
    fn one(day: &Value) -> Option<(Date, Marked<'_>)> {
        let day = day.as_map()?;
        let date = part(day, "date")?.as_str()?;
        let listed = part(day, "listed").and_then(Value::as_str).unwrap_or(date);
        let off = part(day, "off").and_then(Value::as_bool).unwrap_or_default();
        Some((date.parse().ok()?, Marked { off, listed }))
    }
    days.iter().filter_map(one).collect()
}

/// A table in the making. Writing to a string cannot fail.
struct Table<'c> {
    caller: Caller<'c>,
    url: &'c str,
    html: String,
}

impl Table<'_> {
    fn whole(mut self, first: Date, marked: &BTreeMap<Date, Marked<'_>>) -> String {
        let name = self.written(first, DateStyle::MonthYear);
        self.html.push_str("<table class=\"cal cal-mini\" data-zone=\"");
        escape::attribute(&mut self.html, &self.caller.shared.site.config.timezone_name);
        self.html.push_str("\" data-today=\"");
        let today = self.words("today", "Today", "", "");
        escape::attribute(&mut self.html, &today);
        self.html.push_str("\">\n<caption class=\"visually-hidden\">");
        let caption = self.words("month_table", "Days with events: {month}", "month", &name);
        escape::text(&mut self.html, &caption);
        self.html.push_str("</caption>\n<thead><tr>");
        self.weekdays();
        self.html.push_str("</tr></thead>\n<tbody>\n");
        for week in weeks_of(first, self.caller.shared.tools(self.caller.language).locale.first_weekday()) {
            self.html.push_str("<tr>");
            for day in week {
                if day.month() == first.month() {
                    self.day(day, marked.get(&day));
                } else {
                    self.html.push_str("<td class=\"cal-out\"></td>");
                }
            }
            self.html.push_str("</tr>\n");
        }
        self.html.push_str("</tbody>\n</table>");
        self.html
    }

    fn weekdays(&mut self) {
        let tools = self.caller.shared.tools(self.caller.language);
        let Some(dates) = &tools.dates else { return };
        for day in tools.locale.week() {
            let short = dates.weekday(day, NameLength::Short);
            let short = if short.chars().count() < 5 { short } else { dates.weekday(day, NameLength::Narrow) };
            self.html.push_str("<th scope=\"col\"><span aria-hidden=\"true\">");
            escape::text(&mut self.html, short);
            self.html.push_str("</span><span class=\"visually-hidden\">");
            escape::text(&mut self.html, dates.weekday(day, NameLength::Long));
            self.html.push_str("</span></th>");
        }
    }

    fn day(&mut self, day: Date, marked: Option<&Marked<'_>>) {
        let number = self.caller.shared.tools(self.caller.language).numbers.format(i64::from(day.day()));
        let Some(found) = marked else {
            let _ = write!(self.html, "<td data-day=\"{day}\"><span class=\"cal-number\">{number}</span></td>");
            return;
        };
        let off = if found.off { " is-off" } else { "" };
        let _ = write!(self.html, "<td class=\"cal-has{off}\" data-day=\"{day}\"><a class=\"cal-number\" href=\"");
        escape::url(&mut self.html, self.url);
        self.html.push_str("#hb-day-");
        escape::attribute(&mut self.html, found.listed);
        self.html.push_str("\" aria-label=\"");
        let date = self.written(day, DateStyle::WeekdayDayMonth);
        let label = self.words("events_on", "Events on {date}", "date", &date);
        escape::attribute(&mut self.html, &label);
        let _ = write!(self.html, "\">{number}</a></td>");
    }

    fn written(&self, date: Date, style: DateStyle) -> String {
        let dates = self.caller.shared.tools(self.caller.language).dates.as_ref();
        dates.map_or_else(|| date.to_string(), |dates| dates.date(date, style))
    }

    /// The theme's words with one value in them, or those of a theme that has none.
    fn words(&self, key: &str, english: &str, name: &str, value: &str) -> String {
        let fill = |asked: &str| (asked == name).then(|| Cow::Owned(value.to_owned()));
        let found = self.caller.shared.words(key, self.caller.language, None, fill);
        found.unwrap_or_else(|| strings::fill(english, fill))
    }
}
