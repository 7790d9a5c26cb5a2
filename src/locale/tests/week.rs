use jiff::civil::Weekday::{self, Monday, Saturday, Sunday, Thursday};

use super::*;

fn locale(tag: &str) -> Locale {
    Locale::parse(tag).expect("a tag")
}

#[test]
fn weeks_begin_as_the_region_has_it() {
    let check = |tag: &str, expected: Weekday| assert_eq!(locale(tag).first_weekday(), expected, "{tag}");
    check("en-GB", Monday);
    check("en-US", Sunday);
    check("cy", Monday);
    check("de", Monday);
    check("de-AT", Monday);
    check("fr", Monday);
    check("fr-CA", Sunday);
    check("es", Monday);
    check("es-MX", Sunday);
    check("pt", Sunday);
    check("ar-EG", Saturday);
    check("ar-MA", Monday);
    check("he", Sunday);
    check("fa", Saturday);
    check("hi", Sunday);
    check("ja", Sunday);
    // Without a region: that of the language's main one, as its dates are written too.
    check("en", Sunday);
    check("ar", Saturday);
    // A tag may say it itself.
    check("en-US-u-fw-mon", Monday);
    // No region at all: the rule of the world.
    check("eo", Monday);
    check("tlh", Monday);
}

#[test]
fn a_week_has_its_days_in_the_regions_order() {
    let names = |tag: &str, length: NameLength| {
        let formatter = formatter(tag);
        locale(tag).week().map(|day| formatter.weekday(day, length).to_owned()).join(" ")
    };
    let check = |tag: &str, long: &str, short: &str, narrow: &str| {
        let found = [NameLength::Long, NameLength::Short, NameLength::Narrow].map(|length| names(tag, length));
        assert_eq!(found, [long, short, narrow], "{tag}");
    };
    check(
        "en-GB",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "Mon Tue Wed Thu Fri Sat Sun",
        "M T W T F S S",
    );
    check(
        "en-US",
        "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
        "Sun Mon Tue Wed Thu Fri Sat",
        "S M T W T F S",
    );
    check("de", "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag", "Mo Di Mi Do Fr Sa So", "M D M D F S S");
    check(
        "fr",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lun. mar. mer. jeu. ven. sam. dim.",
        "L M M J V S D",
    );
    check("es", "lunes martes miércoles jueves viernes sábado domingo", "lun mar mié jue vie sáb dom", "L M X J V S D");
    check(
        "cy",
        "Dydd Llun Dydd Mawrth Dydd Mercher Dydd Iau Dydd Gwener Dydd Sadwrn Dydd Sul",
        "Llun Maw Mer Iau Gwe Sad Sul",
        "Ll Ma Me I G Sa Su",
    );
    check("ja", "日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日", "日 月 火 水 木 金 土", "日 月 火 水 木 金 土");
}

#[test]
fn names_within_a_sentence_have_no_capital_of_their_own() {
    let check = |tag: &str, expected: &str| assert_eq!(formatter(tag).weekday_in_sentence(Thursday), expected, "{tag}");
    check("en", "Thursday");
    check("cy", "dydd Iau");
    check("fr", "jeudi");
    check("de", "Donnerstag");
}

#[test]
fn hours_are_counted_as_the_region_does() {
    let check = |tag: &str, cycle: HourCycle, evening: &str| {
        let formatter = formatter(tag);
        let found = (formatter.hour_cycle(), formatter.time(jiff::civil::time(19, 5, 0, 0)));
        assert_eq!(found, (cycle, evening.to_owned()), "{tag}");
    };
    check("en-GB", HourCycle::TwentyFour, "19:05");
    check("en-US", HourCycle::Twelve, "7:05\u{202f}PM");
    check("en", HourCycle::Twelve, "7:05\u{202f}PM");
    check("en-AU", HourCycle::Twelve, "7:05\u{202f}pm");
    check("de", HourCycle::TwentyFour, "19:05");
    check("fr", HourCycle::TwentyFour, "19:05");
    check("fr-CA", HourCycle::TwentyFour, "19 h 05");
    check("es", HourCycle::TwentyFour, "19:05");
    check("cy", HourCycle::TwentyFour, "19:05");
    check("hi", HourCycle::Twelve, "7:05 pm");
    check("ja", HourCycle::TwentyFour, "19:05");
    check("ko", HourCycle::Twelve, "오후 7:05");
    check("ar-EG", HourCycle::Twelve, "٧:٠٥ م");
}

#[test]
fn every_language_has_names_for_its_days() {
    for tag in
        "ar bg ca cs da el eu fi ga gd he hr hu is it ko lt lv mt nb nl pl pt ro ru sk sl sr sv tr uk vi zh".split(' ')
    {
        let formatter = formatter(tag);
        for length in [NameLength::Long, NameLength::Short, NameLength::Narrow] {
            for day in locale(tag).week() {
                assert!(!formatter.weekday(day, length).is_empty(), "{tag} {length:?} {day:?}");
            }
        }
    }
}

#[test]
fn the_pieces_of_a_date_stand_in_the_order_of_the_language() {
    let check = |tag: &str, last: i8, expected: [&str; 4]| {
        let day = |number| jiff::civil::date(2026, 12, number);
        let pieces = super::formatter(tag).leaf(day(3), day(last));
        assert_eq!(pieces.map(|(_, text)| text), expected, "{tag}");
    };
    check("en-GB", 3, ["Thu", "3", "Dec", "2026"]);
    check("en-US", 3, ["Thu", "Dec", "3", "2026"]);
    check("en-US", 4, ["Thu–Fri", "Dec", "3–4", "2026"]);
    check("cy", 3, ["Iau", "3", "Rhag", "2026"]);
    check("de", 5, ["Do–Sa", "3–5", "Dez", "2026"]);
    check("hu", 3, ["2026", "dec.", "3", "Cs"]);
    check("ja", 4, ["2026", "12月", "3～4", "木～金"]);
    check("fa", 3, ["پنجشنبه", "۳", "دسامبر", "۲۰۲۶"]);
}
