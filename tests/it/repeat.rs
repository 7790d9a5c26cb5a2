//! How an event repeats, said in the reader's language.

use crate::support::{Built, site};

/// A series from Thursday, 3 December 2026 at 19:00, unless its lines say another start.
fn series(lines: &str) -> String {
    let start = if lines.contains("start =") { "" } else { "start = 2026-12-03T19:00:00\n" };
    format!("{start}{lines}")
}

/// A site in one language that has each of these events, and says how it repeats.
fn build(language: &str, events: &[&str]) -> Built {
    let mut text = format!(
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"{language}\"\n\
         timezone = \"Europe/London\"\n=== templates/event.html\n[{{{{ page.event.repeat_text or \"-\" }}}}]\n"
    );
    for (at, lines) in events.iter().enumerate() {
        let lines = series(lines);
        text.push_str(&format!("=== content/events/e{at}.md\n+++\ntitle = \"E\"\n{lines}\n+++\n"));
    }
    site(&text).now("2026-11-23T12:00:00Z").build()
}

fn said(built: &Built, at: usize) -> String {
    let html = built.text(&format!("events/e{at}/index.html"));
    html.trim().trim_start_matches('[').trim_end_matches(']').to_owned()
}

#[track_caller]
fn check(language: &str, rules: &[(&str, &str)]) {
    let events: Vec<&str> = rules.iter().map(|(lines, _)| *lines).collect();
    let built = build(language, &events);
    for (at, (lines, expected)) in rules.iter().enumerate() {
        assert_eq!(said(&built, at), *expected, "{language}: {lines}");
    }
}

const FIRST_THURSDAY: &str = r#"repeat = { every = "month", on = "first thursday", until = 2027-06-30 }"#;
const FIRST_AND_THIRD: &str = r#"repeat = { every = "month", on = "first and third thursday" }"#;
const TWO_WEEKS: &str = r#"repeat = { every = "2 weeks", on = ["tue", "thu"], count = 10 }"#;
const WEEKLY: &str = r#"repeat = { every = "week", on = ["tue", "thu", "sun"] }"#;
const WORKING_DAY: &str = r#"repeat = { every = "month", on = "last weekday" }"#;
const LAST_DAY: &str = r#"repeat = { every = "2 months", on = "last day" }"#;
const DAYS: &str = r#"repeat = { every = "month", on = ["1", "15"] }"#;
const YEARLY: &str = "start = 2027-03-08\nrepeat = { every = \"year\" }";
const MAY: &str = r#"rrule = "FREQ=YEARLY;INTERVAL=2;BYMONTH=5,9;BYDAY=1MO,-1FR""#;
const EXCEPT: &str = r#"repeat = { every = "week", except = [2026-12-24, 2026-12-31], until = 2027-06-30 }"#;
const DATES: &str = "also = [2026-12-08, 2027-01-14]";
const SUMMER: &str = r#"rrule = "FREQ=WEEKLY;BYDAY=SA;BYMONTH=6,8;BYHOUR=10,15;BYMINUTE=0""#;

#[test]
fn english() {
    check(
        "en-GB",
        &[
            (FIRST_THURSDAY, "Every month on the first Thursday, until 30 June 2027"),
            (FIRST_AND_THIRD, "Every month on the first and third Thursday"),
            (TWO_WEEKS, "Every 2 weeks on Tuesdays and Thursdays, 10 times"),
            (WEEKLY, "Every Tuesday, Thursday and Sunday"),
            (WORKING_DAY, "Every month on the last working day"),
            (LAST_DAY, "Every 2 months on the last day"),
            (DAYS, "Every month on the 1st and 15th"),
            (YEARLY, "Every year on 8 March"),
            (MAY, "Every 2 years on the first Monday and last Friday of May and September"),
            (EXCEPT, "Every Thursday, except on 24 December 2026 and 31 December 2026, until 30 June 2027"),
            (DATES, "On 3 December 2026, 8 December 2026 and 14 January 2027"),
            (SUMMER, "Every Saturday in June and August at 10:00 and 15:00"),
            (r#"repeat = { every = "day" }"#, "Every day"),
            (r#"repeat = { every = "3 days", until = 2027-01-01 }"#, "Every 3 days, until 1 January 2027"),
            (r#"repeat = { every = "weekday" }"#, "Every day from Monday to Friday"),
            (r#"repeat = { every = "weekend" }"#, "Every Saturday and Sunday"),
            (r#"repeat = { every = "week" }"#, "Every Thursday"),
            (r#"repeat = { every = "fortnight" }"#, "Every 2 weeks on Thursdays"),
            (r#"repeat = { every = "month" }"#, "Every month on the 3rd"),
            (r#"repeat = { every = "quarter", on = "second monday" }"#, "Every 3 months on the second Monday"),
            (r#"repeat = { every = "month", on = "penultimate friday" }"#, "Every month on the penultimate Friday"),
            (r#"repeat = { every = "year", on = "1 may" }"#, "Every year on 1 May"),
            (
                r#"repeat = { every = "year", on = ["8 march", "8 september"] }"#,
                "Every year on 8 March and 8 September",
            ),
            (r#"repeat = { every = "year", on = "last day of february" }"#, "Every year on the last day of February"),
            (
                r#"repeat = { every = "year", on = "first weekday of may" }"#,
                "Every year on the first working day of May",
            ),
            (
                r#"rrule = "FREQ=MONTHLY;BYDAY=1TH,3TH,-1MO""#,
                "Every month on the first and third Thursday and last Monday",
            ),
            (r#"rrule = "FREQ=MONTHLY;BYMONTHDAY=15,-1""#, "Every month on the 15th and last day"),
            (r#"rrule = "FREQ=YEARLY;BYDAY=SU;BYMONTH=7""#, "Every Sunday in July"),
            (
                r#"rrule = "FREQ=DAILY;BYMONTH=7,8;UNTIL=20280831T235959Z""#,
                "Every day in July and August, until 31 August 2028",
            ),
            (r#"rrule = "FREQ=HOURLY;INTERVAL=2;COUNT=4""#, "Every 2 hours, 4 times"),
            (r#"rrule = "FREQ=MINUTELY;INTERVAL=30;COUNT=4""#, "Every 30 minutes, 4 times"),
            (r#"rrule = "FREQ=WEEKLY;BYHOUR=10;BYMINUTE=0""#, "Every Thursday"),
            // The limit is the moment before the evening of that day.
            (r#"rrule = "FREQ=WEEKLY;UNTIL=20270204T000000Z""#, "Every Thursday, until 3 February 2027"),
            // What an excepted date takes away from the count is not counted.
            (
                r#"repeat = { every = "week", count = 10, except = [2026-12-24] }"#,
                "Every Thursday, except on 24 December 2026, 9 times",
            ),
            ("repeat = { every = \"week\" }\nalso = [2026-12-12]", "Every Thursday, and also on 12 December 2026"),
            // The first date itself: nobody expects it.
            (r#"repeat = { every = "week", except = [2026-12-03T19:00:00] }"#, "Every Thursday"),
            // Who needs more looks at the dates.
            (
                r#"repeat = { every = "week", except = [2026-12-10, 2026-12-17, 2026-12-24, 2026-12-31, 2027-01-07] }"#,
                "Every Thursday",
            ),
            ("also = [2027-01-01, 2027-01-02, 2027-01-03, 2027-01-04, 2027-01-05, 2027-01-06]", "On 7 dates"),
            ("start = 2026-12-24\nalso = [2027-12-24]\nexcept = [2026-12-24]", "-"),
            ("", "-"),
            (r#"repeat = { every = "week", count = 1 }"#, "-"),
            (r#"rrule = "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13""#, "-"),
            (r#"rrule = "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=2""#, "-"),
            (r#"rrule = "FREQ=HOURLY;BYHOUR=9,10,11""#, "-"),
        ],
    );
    check(
        "en-US",
        &[
            (FIRST_THURSDAY, "Every month on the first Thursday, until June 30, 2027"),
            (YEARLY, "Every year on March 8"),
            (SUMMER, "Every Saturday in June and August at 10:00\u{202f}AM and 3:00\u{202f}PM"),
        ],
    );
}

#[test]
fn welsh() {
    check(
        "cy",
        &[
            (FIRST_THURSDAY, "Ar ddydd Iau cyntaf pob mis, tan 30 Mehefin 2027"),
            (FIRST_AND_THIRD, "Ar ddydd Iau cyntaf ac ar drydydd dydd Iau pob mis"),
            (TWO_WEEKS, "Bob pythefnos ar ddydd Mawrth a dydd Iau, 10 gwaith"),
            (WEEKLY, "Bob dydd Mawrth, dydd Iau a dydd Sul"),
            (WORKING_DAY, "Ar ddiwrnod gwaith olaf pob mis"),
            (LAST_DAY, "Bob 2 fis ar ddiwrnod olaf y mis"),
            (DAYS, "Ar y 1af ac ar y 15fed o bob mis"),
            (YEARLY, "Bob blwyddyn ar 8 Mawrth"),
            (MAY, "Bob 2 flynedd ar ddydd Llun cyntaf ac ar ddydd Gwener olaf mis Mai a mis Medi"),
            (EXCEPT, "Bob dydd Iau, heblaw ar 24 Rhagfyr 2026 ac ar 31 Rhagfyr 2026, tan 30 Mehefin 2027"),
            (DATES, "Ar 3 Rhagfyr 2026, ar 8 Rhagfyr 2026 ac ar 14 Ionawr 2027"),
            (SUMMER, "Bob dydd Sadwrn ym mis Mehefin a mis Awst am 10:00 a 15:00"),
            (r#"repeat = { every = "day" }"#, "Bob dydd"),
            (r#"repeat = { every = "2 days" }"#, "Bob 2 ddiwrnod"),
            (r#"repeat = { every = "month", on = "second monday" }"#, "Ar ail ddydd Llun pob mis"),
            (
                r#"repeat = { every = "month", on = ["third monday", "fourth monday"] }"#,
                "Ar drydydd ac ar bedwerydd dydd Llun pob mis",
            ),
            (r#"repeat = { every = "month", on = "11" }"#, "Ar yr 11eg o bob mis"),
            (r#"repeat = { every = "4 years", count = 3 }"#, "Bob 4 o flynyddoedd ar 3 Rhagfyr, deirgwaith"),
            (r#"repeat = { every = "weekday" }"#, "Bob dydd o ddydd Llun i ddydd Gwener"),
        ],
    );
}

#[test]
fn german() {
    check(
        "de",
        &[
            (FIRST_THURSDAY, "Jeden ersten Donnerstag im Monat, bis 30. Juni 2027"),
            (FIRST_AND_THIRD, "Jeden ersten und dritten Donnerstag im Monat"),
            (TWO_WEEKS, "Alle 2 Wochen dienstags und donnerstags, 10-mal"),
            (WEEKLY, "Jeden Dienstag, Donnerstag und Sonntag"),
            (WORKING_DAY, "Jeden letzten Arbeitstag im Monat"),
            (LAST_DAY, "Alle 2 Monate am letzten Tag"),
            (DAYS, "Jeden Monat am 1. und 15."),
            (YEARLY, "Jedes Jahr am 8. März"),
            (MAY, "Alle 2 Jahre am ersten Montag und letzten Freitag im Mai und September"),
            (EXCEPT, "Jeden Donnerstag, außer am 24. Dezember 2026 und am 31. Dezember 2026, bis 30. Juni 2027"),
            (DATES, "Am 3. Dezember 2026, am 8. Dezember 2026 und am 14. Januar 2027"),
            (SUMMER, "Jeden Samstag im Juni und August um 10:00 und 15:00 Uhr"),
            (r#"repeat = { every = "day" }"#, "Jeden Tag"),
            (r#"repeat = { every = "weekday" }"#, "Jeden Tag von Montag bis Freitag"),
            (r#"repeat = { every = "year", on = "first monday of may" }"#, "Jedes Jahr am ersten Montag im Mai"),
        ],
    );
}

#[test]
fn french() {
    check(
        "fr",
        &[
            (FIRST_THURSDAY, "Le premier jeudi de chaque mois, jusqu’au 30 juin 2027"),
            (FIRST_AND_THIRD, "Le premier et le troisième jeudi de chaque mois"),
            (TWO_WEEKS, "Toutes les 2 semaines, les mardis et jeudis, 10 fois"),
            (WEEKLY, "Tous les mardis, jeudis et dimanches"),
            (WORKING_DAY, "Le dernier jour ouvré de chaque mois"),
            (LAST_DAY, "Tous les 2 mois, le dernier jour"),
            (DAYS, "Le 1er et le 15 de chaque mois"),
            (YEARLY, "Chaque année le 8 mars"),
            (MAY, "Tous les 2 ans en mai et septembre, le premier lundi et le dernier vendredi"),
            (EXCEPT, "Tous les jeudis, sauf le 24 décembre 2026 et le 31 décembre 2026, jusqu’au 30 juin 2027"),
            (DATES, "Le 3 décembre 2026, le 8 décembre 2026 et le 14 janvier 2027"),
            (SUMMER, "Tous les samedis en juin et août à 10:00 et 15:00"),
            (r#"repeat = { every = "day" }"#, "Tous les jours"),
            (r#"repeat = { every = "month", on = "penultimate friday" }"#, "L’avant-dernier vendredi de chaque mois"),
        ],
    );
}

#[test]
fn spanish() {
    check(
        "es",
        &[
            (FIRST_THURSDAY, "El primer jueves de cada mes, hasta el 30 de junio de 2027"),
            (FIRST_AND_THIRD, "El primer y el tercer jueves de cada mes"),
            (TWO_WEEKS, "Cada 2 semanas, los martes y jueves, 10 veces"),
            (WEEKLY, "Todos los martes, jueves y domingos"),
            (WORKING_DAY, "El último día laborable de cada mes"),
            (LAST_DAY, "Cada 2 meses, el último día"),
            (DAYS, "El día 1 y el día 15 de cada mes"),
            (YEARLY, "Cada año el 8 de marzo"),
            (MAY, "Cada 2 años, el primer lunes y el último viernes de mayo y septiembre"),
            (
                EXCEPT,
                "Todos los jueves, excepto el 24 de diciembre de 2026 y el 31 de diciembre de 2026, hasta el 30 de junio de 2027",
            ),
            (DATES, "El 3 de diciembre de 2026, el 8 de diciembre de 2026 y el 14 de enero de 2027"),
            (SUMMER, "Todos los sábados en junio y agosto (10:00 y 15:00)"),
            (r#"repeat = { every = "day" }"#, "Todos los días"),
        ],
    );
}

#[test]
fn a_language_without_the_words_has_them_whole_in_english() {
    check(
        "it",
        &[
            (FIRST_THURSDAY, "Every month on the first Thursday, until 30 June 2027"),
            (TWO_WEEKS, "Every 2 weeks on Tuesdays and Thursdays, 10 times"),
        ],
    );
    // Words of the site's own make a sentence of that language, as far as it needs them.
    let text = "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"it\"\n\
         === templates/event.html\n[{{ page.event.repeat_text }}]\n\
         === i18n/it.toml\nrepeat_day = \"ogni giorno\"\nrepeat_until = \"{rule} fino al {date}\"\n\
         === content/events/e0.md\n+++\ntitle = \"E\"\nstart = 2026-12-03\nrepeat = { every = \"day\", until = 2027-06-30 }\n+++\n\
         === content/events/e1.md\n+++\ntitle = \"E\"\nstart = 2026-12-03\nrepeat = { every = \"day\", count = 3 }\n+++\n";
    let built = site(text).check();
    assert_eq!([said(&built, 0), said(&built, 1)], ["Ogni giorno fino al 30 giugno 2027", "Every day, 3 times"]);
}

#[test]
fn exceptions_are_told_while_they_may_surprise() {
    let text = |now: &str| {
        let text = "=== templates/event.html\n[{{ page.event.repeat_text }}]\n=== content/events/e0.md\n+++\ntitle = \"E\"\n\
             start = 2026-12-03T19:00:00\nduration = \"1h\"\nrepeat = { every = \"week\", except = [2026-12-24] }\n+++\n";
        said(&site(text).now(now).check(), 0)
    };
    let told = "Every Thursday, except on 24 December 2026";
    for (now, expected) in [
        ("2026-11-01", told),
        ("2026-12-17T20:00:00Z", told),
        ("2026-12-31T19:59:59Z", told),
        ("2026-12-31T20:00:00Z", "Every Thursday"),
    ] {
        assert_eq!(text(now), expected, "{now}");
    }
}

#[test]
fn the_event_page_says_it_under_the_date() {
    let built = site(&format!(
        "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-03T19:00:00\n{FIRST_THURSDAY}\n+++\n\
         === content/events/once.md\n+++\ntitle = \"O\"\nstart = 2026-12-03T19:00:00\n+++\n"
    ))
    .check();
    built.has("events/e/", &["<h1>E</h1>", "Every month on the first Thursday, until 30 June 2027</p>"]);
    built.lacks("events/once/", &["Every"]);
}

#[test]
fn each_language_of_the_default_theme_has_every_word() {
    let keys = |text: &str| -> Vec<String> { text.parse::<toml::Table>().expect("TOML").keys().cloned().collect() };
    let english = keys(include_str!("../../themes/default/i18n/en.toml"));
    for (language, text) in [
        ("cy", include_str!("../../themes/default/i18n/cy.toml")),
        ("de", include_str!("../../themes/default/i18n/de.toml")),
        ("es", include_str!("../../themes/default/i18n/es.toml")),
        ("fr", include_str!("../../themes/default/i18n/fr.toml")),
    ] {
        let own = keys(text);
        let lacking: Vec<&String> = english.iter().filter(|key| !own.contains(key)).collect();
        let unknown: Vec<&String> = own.iter().filter(|key| !english.contains(key)).collect();
        assert!(
            lacking.is_empty() && unknown.is_empty(),
            "{language} lacks {lacking:?} and has no use for {unknown:?}"
        );
    }
}
