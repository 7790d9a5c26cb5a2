//! Languages' names for themselves and their main regions (facts from the Unicode CLDR).

pub(super) struct Language {
    code: &'static str,
    /// Empty for the script in which the language is usually written.
    script: &'static str,
    pub native_name: &'static str,
    pub region: &'static str,
}

const fn language(code: &'static str, region: &'static str, native_name: &'static str) -> Language {
    Language { code, script: "", native_name, region }
}

const fn written(code: &'static str, script: &'static str, region: &'static str, name: &'static str) -> Language {
    Language { code, script, native_name: name, region }
}

/// Sorted by code; the usual script first.
pub(super) static LANGUAGES: &[Language] = &[
    language("af", "ZA", "Afrikaans"),
    language("am", "ET", "አማርኛ"),
    language("ar", "EG", "العربية"),
    language("az", "AZ", "Azərbaycan"),
    language("be", "BY", "Беларуская"),
    language("bg", "BG", "Български"),
    language("bn", "BD", "বাংলা"),
    language("br", "FR", "Brezhoneg"),
    language("bs", "BA", "Bosanski"),
    language("ca", "ES", "Català"),
    language("ckb", "IQ", "کوردیی ناوەندی"),
    language("co", "FR", "Corsu"),
    language("cs", "CZ", "Čeština"),
    language("cy", "GB", "Cymraeg"),
    language("da", "DK", "Dansk"),
    language("de", "DE", "Deutsch"),
    language("el", "GR", "Ελληνικά"),
    language("en", "US", "English"),
    language("eo", "001", "Esperanto"),
    language("es", "ES", "Español"),
    language("et", "EE", "Eesti"),
    language("eu", "ES", "Euskara"),
    language("fa", "IR", "فارسی"),
    language("fi", "FI", "Suomi"),
    language("fil", "PH", "Filipino"),
    language("fo", "FO", "Føroyskt"),
    language("fr", "FR", "Français"),
    language("fy", "NL", "Frysk"),
    language("ga", "IE", "Gaeilge"),
    language("gd", "GB", "Gàidhlig"),
    language("gl", "ES", "Galego"),
    language("gu", "IN", "ગુજરાતી"),
    language("gv", "IM", "Gaelg"),
    language("ha", "NG", "Hausa"),
    language("he", "IL", "עברית"),
    language("hi", "IN", "हिन्दी"),
    language("hr", "HR", "Hrvatski"),
    language("hu", "HU", "Magyar"),
    language("hy", "AM", "Հայերեն"),
    language("id", "ID", "Indonesia"),
    language("ig", "NG", "Igbo"),
    language("is", "IS", "Íslenska"),
    language("it", "IT", "Italiano"),
    language("ja", "JP", "日本語"),
    language("ka", "GE", "ქართული"),
    language("kk", "KZ", "Қазақ тілі"),
    language("kn", "IN", "ಕನ್ನಡ"),
    language("ko", "KR", "한국어"),
    language("ku", "TR", "Kurdî"),
    language("kw", "GB", "Kernewek"),
    language("lb", "LU", "Lëtzebuergesch"),
    language("lt", "LT", "Lietuvių"),
    language("lv", "LV", "Latviešu"),
    language("mi", "NZ", "Māori"),
    language("mk", "MK", "Македонски"),
    language("ml", "IN", "മലയാളം"),
    language("mn", "MN", "Монгол"),
    language("mr", "IN", "मराठी"),
    language("ms", "MY", "Melayu"),
    language("mt", "MT", "Malti"),
    language("nb", "NO", "Norsk bokmål"),
    language("ne", "NP", "नेपाली"),
    language("nl", "NL", "Nederlands"),
    language("nn", "NO", "Norsk nynorsk"),
    language("no", "NO", "Norsk"),
    language("oc", "FR", "Occitan"),
    language("pa", "IN", "ਪੰਜਾਬੀ"),
    written("pa", "Arab", "PK", "پنجابی"),
    language("pl", "PL", "Polski"),
    language("ps", "AF", "پښتو"),
    language("pt", "BR", "Português"),
    language("rm", "CH", "Rumantsch"),
    language("ro", "RO", "Română"),
    language("ru", "RU", "Русский"),
    language("sc", "IT", "Sardu"),
    language("sk", "SK", "Slovenčina"),
    language("sl", "SI", "Slovenščina"),
    language("so", "SO", "Soomaali"),
    language("sq", "AL", "Shqip"),
    language("sr", "RS", "Српски"),
    written("sr", "Latn", "RS", "Srpski"),
    language("sv", "SE", "Svenska"),
    language("sw", "TZ", "Kiswahili"),
    language("ta", "IN", "தமிழ்"),
    language("te", "IN", "తెలుగు"),
    language("th", "TH", "ไทย"),
    language("ti", "ET", "ትግርኛ"),
    language("tl", "PH", "Tagalog"),
    language("tr", "TR", "Türkçe"),
    language("uk", "UA", "Українська"),
    language("ur", "PK", "اردو"),
    language("uz", "UZ", "Oʻzbek"),
    language("vi", "VN", "Tiếng Việt"),
    language("yi", "UA", "ייִדיש"),
    language("yo", "NG", "Yorùbá"),
    language("zh", "CN", "中文"),
    written("zh", "Hans", "CN", "简体中文"),
    written("zh", "Hant", "TW", "繁體中文"),
    language("zu", "ZA", "IsiZulu"),
];

/// The entry of a language in its script, or in its usual one.
pub(super) fn find(code: &str, script: Option<&str>) -> Option<&'static Language> {
    let from = LANGUAGES.partition_point(|language| language.code < code);
    let same = || LANGUAGES[from..].iter().take_while(|language| language.code == code);
    script.and_then(|script| same().find(|language| language.script == script)).or_else(|| same().next())
}

#[cfg(test)]
mod tests {
    #[test]
    fn languages_are_in_order() {
        // They are found by their place.
        assert!(super::LANGUAGES.is_sorted_by_key(|language| language.code));
    }
}
