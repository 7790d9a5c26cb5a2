use jiff::civil::{Date, date};

use super::*;

mod week;

fn formatter(tag: &str) -> DateFormatter {
    DateFormatter::new(&Locale::parse(tag).expect("a tag")).expect("date data")
}

/// A Thursday.
const DAY: Date = date(2026, 12, 3);

#[test]
fn dates_are_written_as_each_language_does() {
    let check = |tag: &str, full: &str, long: &str, medium: &str, month_year: &str| {
        let formatter = formatter(tag);
        let found = [DateStyle::Full, DateStyle::Long, DateStyle::Medium, DateStyle::MonthYear];
        assert_eq!(found.map(|style| formatter.date(DAY, style)), [full, long, medium, month_year], "{tag}");
    };
    check("en-GB", "Thursday, 3 December 2026", "3 December 2026", "3 Dec 2026", "December 2026");
    check("en-US", "Thursday, December 3, 2026", "December 3, 2026", "Dec 3, 2026", "December 2026");
    check("cy", "Dydd Iau, 3 Rhagfyr 2026", "3 Rhagfyr 2026", "3 Rhag 2026", "Rhagfyr 2026");
    check("de", "Donnerstag, 3. Dezember 2026", "3. Dezember 2026", "03.12.2026", "Dezember 2026");
    check("fr", "jeudi 3 décembre 2026", "3 décembre 2026", "3 déc. 2026", "décembre 2026");
    check("es", "jueves, 3 de diciembre de 2026", "3 de diciembre de 2026", "3 dic 2026", "diciembre de 2026");
    check("pl", "czwartek, 3 grudnia 2026", "3 grudnia 2026", "3 gru 2026", "grudzień 2026");
    check("ar", "الخميس، 3 ديسمبر 2026", "3 ديسمبر 2026", "03\u{200f}/12\u{200f}/2026", "ديسمبر 2026");
    check(
        "uk",
        "четвер, 3 грудня 2026\u{202f}р.",
        "3 грудня 2026\u{202f}р.",
        "3 груд. 2026\u{202f}р.",
        "грудень 2026\u{202f}р.",
    );
    check("ja", "2026年12月3日木曜日", "2026年12月3日", "2026/12/03", "2026年12月");
    // Every language has the Gregorian calendar, that of a site's archives.
    check("fa", "پنجشنبه ۳ دسامبر ۲۰۲۶", "۳ دسامبر ۲۰۲۶", "۳ دسامبر ۲۰۲۶", "دسامبر ۲۰۲۶");
}

#[test]
fn parts_of_dates() {
    let check = |tag: &str, expected: [&str; 7]| {
        let formatter = formatter(tag);
        let styles = [
            DateStyle::Short,
            DateStyle::WeekdayDayMonth,
            DateStyle::DayMonth,
            DateStyle::Month,
            DateStyle::MonthShort,
            DateStyle::Weekday,
            DateStyle::WeekdayShort,
        ];
        assert_eq!(styles.map(|style| formatter.date(DAY, style)), expected, "{tag}");
    };
    check("en-GB", ["03/12/2026", "Thursday 3 December", "3 December", "December", "Dec", "Thursday", "Thu"]);
    check("en-US", ["12/3/26", "Thursday, December 3", "December 3", "December", "Dec", "Thursday", "Thu"]);
    check("cy", ["03/12/26", "Dydd Iau, 3 Rhagfyr", "3 Rhagfyr", "Rhagfyr", "Rhag", "Dydd Iau", "Iau"]);
    check("pl", ["03.12.2026", "czwartek, 3 grudnia", "3 grudnia", "grudzień", "gru", "czwartek", "czw."]);
}

#[test]
fn styles_have_names() {
    for style in DateStyle::ALL {
        assert_eq!(DateStyle::from_name(style.name()), Some(style));
    }
    assert_eq!(DateStyle::from_name("longish"), None);
}

#[test]
fn times_have_the_languages_hours() {
    let check = |tag: &str, evening: &str, morning: &str, both: &str| {
        let formatter = formatter(tag);
        let at = DAY.at(19, 5, 0, 0);
        let found = [
            formatter.time(at.time()),
            formatter.time(jiff::civil::time(9, 0, 0, 0)),
            formatter.date_time(at, DateStyle::Long),
        ];
        assert_eq!(found, [evening, morning, both], "{tag}");
    };
    check("en-GB", "19:05", "09:00", "3 December 2026 at 19:05");
    check("en-US", "7:05\u{202f}PM", "9:00\u{202f}AM", "December 3, 2026 at 7:05\u{202f}PM");
    check("cy", "19:05", "09:00", "3 Rhagfyr 2026 am 19:05");
    check("de", "19:05", "09:00", "3. Dezember 2026 um 19:05");
    check("fr", "19:05", "09:00", "3 décembre 2026 à 19:05");
    check("ar", "7:05 م", "9:00 ص", "3 ديسمبر 2026 في 7:05 م");
    check("ja", "19:05", "9:00", "2026年12月3日 19:05");
}

#[test]
fn ranges_of_days_say_what_they_share_once() {
    let check = |tag: &str, style: DateStyle, last: Date, expected: &str| {
        assert_eq!(formatter(tag).date_range(DAY, last, style), expected, "{tag}");
    };
    let (days, months, years) = (date(2026, 12, 5), date(2026, 12, 3), date(2027, 1, 2));
    check("en-GB", DateStyle::Long, days, "3–5 December 2026");
    check("en-GB", DateStyle::Long, months, "3 December 2026");
    check("en-GB", DateStyle::Long, years, "3 December 2026 – 2 January 2027");
    check("en-GB", DateStyle::Full, days, "Thursday, 3 December – Saturday, 5 December 2026");
    check("en-GB", DateStyle::Short, days, "03/12/2026 – 05/12/2026");
    check("en-GB", DateStyle::DayMonth, days, "3–5 December");
    check("en-GB", DateStyle::MonthYear, days, "December 2026");
    check("en-GB", DateStyle::MonthYear, years, "December 2026 – January 2027");
    check("en-US", DateStyle::Long, days, "December 3–5, 2026");
    check("en-US", DateStyle::Full, days, "Thursday, December 3 – Saturday, December 5, 2026");
    check("cy", DateStyle::Long, days, "3–5 Rhagfyr 2026");
    check("de", DateStyle::Long, days, "3.–5. Dezember 2026");
    check("de", DateStyle::Medium, days, "03.–05.12.2026");
    check("es", DateStyle::Full, days, "jueves, 3 de diciembre – sábado, 5 de diciembre de 2026");
    check("uk", DateStyle::Long, days, "3–5 грудня 2026\u{202f}р.");
    check("ja", DateStyle::Long, days, "2026年12月3日～5日");
    check("ja", DateStyle::Full, days, "2026年12月3日木曜日～12月5日土曜日");
    check("ja", DateStyle::Medium, days, "2026/12/03～2026/12/05");
    let across = |tag: &str, expected: &str| {
        let found = formatter(tag).date_range(date(2026, 11, 30), date(2026, 12, 2), DateStyle::Long);
        assert_eq!(found, expected, "{tag}");
    };
    across("en-GB", "30 November – 2 December 2026");
    across("en-US", "November 30 – December 2, 2026");
    across("de", "30. November – 2. Dezember 2026");
    across("hu", "2026. november 30. – december 2.");
    across("ja", "2026年11月30日～12月2日");
}

#[test]
fn ranges_of_times() {
    let check = |tag: &str, evening: &str, noon: &str, dated: &str| {
        let formatter = formatter(tag);
        let range = |from, to| formatter.time_range(jiff::civil::time(from, 0, 0, 0), jiff::civil::time(to, 30, 0, 0));
        let dated_range = formatter.date_time_range(DAY.at(19, 0, 0, 0), DAY.at(21, 0, 0, 0), DateStyle::Full);
        assert_eq!([range(19, 21), range(9, 13), dated_range], [evening, noon, dated], "{tag}");
    };
    check("en-GB", "19:00–21:30", "09:00–13:30", "Thursday, 3 December 2026 at 19:00–21:00");
    check(
        "en-US",
        "7:00–9:30\u{202f}PM",
        "9:00\u{202f}AM – 1:30\u{202f}PM",
        "Thursday, December 3, 2026 at 7:00–9:00\u{202f}PM",
    );
    check("zh-Hant", "晚上7:00至9:30", "上午9:00至下午1:30", "2026年12月3日星期四 晚上7:00至9:00");
    let overnight =
        formatter("en-GB").date_time_range(DAY.at(19, 0, 0, 0), date(2026, 12, 4).at(1, 0, 0, 0), DateStyle::Medium);
    assert_eq!(overnight, "3 Dec 2026, 19:00 – 4 Dec 2026, 01:00");
    let moment = formatter("en-GB").date_time_range(DAY.at(19, 0, 0, 0), DAY.at(19, 0, 0, 0), DateStyle::Medium);
    assert_eq!(moment, "3 Dec 2026, 19:00");
}

#[test]
fn patterns_take_the_languages_names() {
    let at = DAY.at(19, 5, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("a time");
    let check = |tag: &str, pattern: &str, expected: &str| {
        assert_eq!(formatter(tag).pattern(&at, pattern).as_deref(), Ok(expected), "{tag} {pattern}");
    };
    check("en-GB", "%A %-d %B %Y, %H.%M", "Thursday 3 December 2026, 19.05");
    check("en-GB", "%a %d %b %y %I:%M %P 100%%", "Thu 03 Dec 26 07:05 pm 100%");
    check("pl", "%-d %B", "3 grudnia");
    check("pl", "%B %Y", "grudzień 2026");
    check("de", "%-d. %b", "3. Dez");
    check("ja", "%Y年%B%-d日", "2026年12月3日");
    check("ar", "%I:%M %p", "07:05 م");
    check("en-GB", "ŵ%Fŵ", "ŵ2026-12-03ŵ");
    let wrong = |pattern: &str, place: &str| {
        let error = formatter("en-GB").pattern(&at, pattern).expect_err(pattern);
        assert_eq!((&pattern[error.range.clone()], error.written.as_str()), (place, place));
    };
    wrong("%A %q", "%q");
    wrong("ŵ %-ŵ", "%-ŵ");
    wrong("%", "%");
    wrong("100 %-", "%-");
}

#[test]
fn plural_categories_are_those_of_cldr() {
    use Plural::{Few, Many, One, Other, Two, Zero};
    let check = |tag: &str, expected: &[(u64, Plural)]| {
        let numbers = Numbers::new(&Locale::parse(tag).expect("a tag"));
        for (count, category) in expected {
            assert_eq!(numbers.plural(*count), *category, "{tag} {count}");
        }
    };
    check("en-GB", &[(0, Other), (1, One), (2, Other)]);
    check("cy", &[(0, Zero), (1, One), (2, Two), (3, Few), (6, Many), (4, Other)]);
    check("pl", &[(1, One), (2, Few), (5, Many), (22, Few), (12, Many)]);
    check("ar", &[(0, Zero), (1, One), (2, Two), (3, Few), (11, Many), (100, Other)]);
    check("ja", &[(0, Other), (1, Other)]);
    let english = Numbers::new(&Locale::parse("en").expect("a tag"));
    assert_eq!([1, 2, 3, 4, 11, 21].map(|rank| english.ordinal(rank)), [One, Two, Few, Other, Other, One]);
}

#[test]
fn numbers_have_the_languages_separators() {
    let check = |tag: &str, expected: &str| {
        assert_eq!(Numbers::new(&Locale::parse(tag).expect("a tag")).format(1_234_567), expected, "{tag}");
    };
    check("en-GB", "1,234,567");
    check("de", "1.234.567");
    check("fr", "1\u{202f}234\u{202f}567");
    check("hi", "12,34,567");
    check("ar-EG", "١٬٢٣٤٬٥٦٧");
    assert_eq!(Numbers::new(&Locale::parse("es").expect("a tag")).format(-1234), "-1234");
}

#[test]
fn tags() {
    let check = |tag: &str, canonical: &str, direction: &str, name: &str, og: &str| {
        let locale = Locale::parse(tag).expect("a tag");
        let found = (locale.tag(), locale.direction().as_str(), locale.native_name(), locale.og_locale());
        assert_eq!(found, (canonical, direction, name, og.to_owned()));
    };
    check("en-gb", "en-GB", "ltr", "English", "en_GB");
    check("en", "en", "ltr", "English", "en_US");
    check("cy", "cy", "ltr", "Cymraeg", "cy_GB");
    check("de", "de", "ltr", "Deutsch", "de_DE");
    check("ar", "ar", "rtl", "العربية", "ar_EG");
    check("ur-IN", "ur-IN", "rtl", "اردو", "ur_IN");
    check("pa-Arab", "pa-Arab", "rtl", "پنجابی", "pa_PK");
    check("az-Arab", "az-Arab", "rtl", "Azərbaycan", "az_AZ");
    check("zh-hant", "zh-Hant", "ltr", "繁體中文", "zh_TW");
    check("sr-Latn", "sr-Latn", "ltr", "Srpski", "sr_RS");
    check("tlh", "tlh", "ltr", "tlh", "tlh");
    let suggestion = |tag: &str| Locale::parse(tag).expect_err(tag).suggestion;
    assert_eq!(suggestion("en_GB").as_deref(), Some("en-GB"));
    assert_eq!(suggestion("English, please"), None);
    assert_eq!(suggestion(""), None);
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_strange(text in ".{0,40}", pattern in "[%A-Za-zŵ 0-9-]{0,12}") {
        let made = slug(&text, "de");
        proptest::prop_assert!(made.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        proptest::prop_assert!(!made.starts_with('-') && !made.ends_with('-') && !made.contains("--"));
        proptest::prop_assert_eq!(slug(&made, "de"), made.clone());
        sort_key(&text);
        let _ = Locale::parse(&text);
        let at = DAY.at(19, 5, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("a time");
        if let Err(error) = formatter("cy").pattern(&at, &pattern) {
            proptest::prop_assert_eq!(pattern.get(error.range), Some(error.written.as_str()));
        }
    }
}

#[test]
fn slugs_follow_their_language() {
    let check =
        |text: &str, language: &str, expected: &str| assert_eq!(slug(text, language), expected, "{text} {language}");
    check("Save the 42 Bus!", "en-GB", "save-the-42-bus");
    check("  --Better  buses, now--  ", "en", "better-buses-now");
    check("It's people's buses’ time", "en", "its-peoples-buses-time");
    check("Für Öffis & Straße", "de", "fuer-oeffis-strasse");
    check("Fu\u{308}r", "de-AT", "fuer");
    check("Für", "en", "fur");
    check("Åben høring om æbler", "da", "aaben-hoering-om-aebler");
    check("Åre på höjden är", "sv", "are-pa-hojden-ar");
    check("Bysiau i’r dŵr a’r tŷ", "cy", "bysiau-ir-dwr-ar-ty");
    check("Isınma Ölçüsü İyi", "tr", "isinma-olcusu-iyi");
    check("Łódź – najlepsza", "pl", "lodz-najlepsza");
    check("Київ", "uk", "kyiv");
    check("Згурський Їжакевич Єнакієве", "uk", "zghurskyi-yizhakevych-yenakiieve");
    check("Москва Щёкино объезд", "ru", "moskva-shchyokino-obezd");
    check("Съединение Щастие София", "bg", "saedinenie-shtastie-sofia");
    check("Ђорђе Његош Шабац Чачак", "sr", "djordje-njegos-sabac-cacak");
    check("Ќерка Ѓорѓи хотел", "mk", "kjerka-gjorgji-hotel");
    check("Гродна Ўсход", "be", "hrodna-uskhod");
    check("Αθήνα Ευρώπη αυτό αύριο", "el", "athina-evropi-afto-avrio");
    check("Μπάρμπα Γιάννης αγγούρι Χίος μάιος Άυλος", "el", "barmpa-giannis-angouri-chios-maios-aylos");
    check("Bakı Gəncə", "az", "baki-gence");
    check("Paral·lel", "ca", "parallel");
    check("東京 バス", "ja", "dong-jing-basu");
    check("École élémentaire", "fr", "ecole-elementaire");
    check("!!!", "en", "");
    check("", "en", "");
}

#[test]
fn slugs_can_keep_their_letters() {
    let check = |text: &str, language: &str, expected: &str| {
        assert_eq!(super::slug_in(text, language, super::Alphabet::Unicode), expected, "{text} {language}");
    };
    check("Für Öffis & Straße!", "de", "für-öffis-straße");
    check("Fu\u{308}r", "de", "für");
    check("Isınma İyi", "tr", "ısınma-iyi");
    check("Москва — Київ", "uk", "москва-київ");
    check("السلام عليكم", "ar", "السلام-عليكم");
    check("हिन्दी में", "hi", "हिन्दी-में");
    check("東京 バス", "ja", "東京-バス");
    check("It's people’s", "en", "its-peoples");
    check("--!--", "en", "");
}

#[test]
fn every_text_with_letters_has_a_slug() {
    for text in ["ꙮ", "𐎀", "\u{10ffff}a", "ⵣ", "ᏣᎳᎩ", "العربية", "한국어", "𞤀𞤁", "𝔅"] {
        let slug = slug(text, "en");
        let plain = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(!slug.is_empty() && plain, "{text}: {slug}");
    }
}

#[test]
fn names_sort_as_readers_expect() {
    let check = |sorted: &[&str]| {
        let mut names = sorted.to_vec();
        names.reverse();
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, sorted);
    };
    check(&["Åberg B", "abergele", "Abertawe", "Zoë", "Zoe B"]);
    check(&["Group 2", "group 10", "Group 100", "Groups"]);
    check(&["\"Apple\" bus", "Banana", "(Cherry)"]);
    check(&["O'Brien", "Obrist", "Østby", "Otley"]);
    check(&["Łask", "Leeds", "Ľubica"]);
    check(&["Алма", "Београд"]);
    assert_eq!(sort_key("ÉCOLE"), sort_key("ecole"));
    assert_eq!(sort_key("Strasse"), sort_key("Straße"));
}

#[test]
fn every_style_can_be_written_in_every_language() {
    let tags = "ar bg bn ca cs cy da de el en en-GB en-US es et eu fa fi fr ga gd gl he hi hr hu hy id is it ja ka kk ko \
                lt lv mk ms mt nb nl nn pl pt pt-BR pt-PT ro ru sk sl sq sr sr-Latn sv sw ta th tr uk ur uz vi zh zh-TW zu";
    for tag in tags.split_whitespace() {
        let dates = DateFormatter::new(&Locale::parse(tag).unwrap()).unwrap();
        let day = jiff::civil::date(2026, 12, 1);
        for style in DateStyle::ALL {
            assert!(!dates.date(day, style).is_empty(), "{tag} {style:?}");
            assert!(!dates.date_time(day.at(19, 0, 0, 0), style).is_empty(), "{tag} {style:?}");
        }
    }
}
