use jiff::civil::date;

use super::*;

#[test]
fn explore() {
    for tag in ["en-GB", "en-US", "cy", "de", "fr", "es", "pl", "ar", "uk", "ja", "ar-EG", "fa", "th", "gd", "zh-Hant"]
    {
        let locale = Locale::parse(tag).unwrap();
        let f = DateFormatter::new(&locale).unwrap();
        let d = date(2026, 12, 3);
        for style in DateStyle::ALL {
            println!(
                "{tag} {:18} {:?} | {:?} | {:?} | {:?} | {:?}",
                style.name(),
                f.date(d, style),
                f.date_time(d.at(19, 5, 0, 0), style),
                f.date_range(d, date(2026, 12, 5), style),
                f.date_time_range(d.at(19, 0, 0, 0), d.at(21, 0, 0, 0), style),
                f.date_time_range(d.at(19, 0, 0, 0), date(2026, 12, 5).at(9, 0, 0, 0), style)
            );
        }
        println!(
            "{:?} {:?} {:?} {:?}",
            f.time(d.at(9, 0, 0, 0).time()),
            f.time_range(d.at(9, 0, 0, 0).time(), d.at(13, 30, 0, 0).time()),
            f.names,
            f.date_range(d, d, DateStyle::Full)
        );
    }
}
