//! The languages of a site: where each stands, and what it shows.

use super::raw::{Fallback, RawConfig, RawLanguage, RawMenuItem, SlugStyle};
use super::{BaseUrl, Config, Context};
use crate::decode::{At, Named};
use crate::diagnostic::{codes, did_you_mean};
use crate::locale::{self, Alphabet, Locale};
use crate::output::encode_path;
use crate::source::Span;

/// One language of the site.
#[derive(Debug, Clone)]
pub struct Language {
    pub code: String,
    pub name: Option<String>,
    pub title: String,
    pub description: Option<String>,
    pub independence: Option<At<String>>,
    /// The first part of its paths with a slash at the end, such as `cy/`; empty for what stands at the top.
    pub prefix: String,
    /// The address of its own, for which the folder `prefix` of the output is the top.
    pub own_address: Option<BaseUrl>,
    /// The folder of the content that holds its files.
    pub folder: Option<String>,
    /// What it shows of pages that have no version in it, where nothing more exact is said.
    pub fallback: Option<Fallback>,
    /// The same by the folder of a section.
    pub fallbacks: Named<Fallback>,
    /// Whether every page should have a version in it.
    pub complete: bool,
    /// The letters of its addresses.
    pub alphabet: Alphabet,
    /// A numbering system (CLDR), such as `arab`.
    pub numerals: Option<String>,
    /// The titles of taxonomies by their names.
    pub taxonomies: Named<String>,
    pub menus: Menus,
}

type Menus = Vec<(String, Vec<At<RawMenuItem>>)>;

impl Language {
    /// A text as it stands in addresses of this language.
    pub fn slug(&self, text: &str) -> String {
        locale::slug_in(text, &self.code, self.alphabet)
    }

    /// The language with its digits.
    pub fn locale(&self) -> Locale {
        let locale = Locale::parse(&self.code).or_else(|_| Locale::parse("en")).unwrap_or_default();
        match &self.numerals {
            Some(numerals) => locale.clone().with_numerals(numerals).unwrap_or(locale),
            None => locale,
        }
    }
}

impl Config {
    /// Whether a language has an address of its own.
    pub fn has_own_hosts(&self) -> bool {
        self.languages.iter().any(|language| language.own_address.is_some())
    }

    /// The whole address of a path that begins with `/` and already holds the base path.
    pub fn whole_address(&self, path: &str) -> String {
        let of_own_host = |language: &Language| {
            let address = language.own_address.as_ref()?;
            let below = path.strip_prefix(self.base_url.path.as_str())?.strip_prefix('/')?;
            let below = below.strip_prefix(&*encode_path(&language.prefix))?;
            Some(format!("{}{}/{below}", address.origin, address.path))
        };
        let mut found = self.languages.iter().filter(|language| language.own_address.is_some()).filter_map(of_own_host);
        found.next().unwrap_or_else(|| self.base_url.absolute(path))
    }

    /// The address of a language's pages, without a slash at the end.
    pub fn address_of(&self, language: &Language) -> String {
        let address = language.own_address.as_ref().unwrap_or(&self.base_url);
        format!("{}{}", address.origin, address.path)
    }
}

/// The most languages of one site.
const MOST_LANGUAGES: usize = 100;

/// The languages, the default one first.
pub fn resolve(raw: &mut RawConfig, one_host: bool, cx: &mut Context<'_>) -> Vec<Language> {
    let written = raw.language.take();
    let further = std::mem::take(&mut raw.languages).0;
    let code = written.unwrap_or(At { value: "en".to_owned(), span: Span::default() });
    check_tag(&code, cx);
    let menus = named_menus(std::mem::take(&mut raw.menus));
    let alphabet = alphabet_of(raw.slugs);
    let mut languages = vec![Language {
        code: code.value,
        name: None,
        title: std::mem::take(&mut raw.title),
        description: raw.description.take(),
        independence: raw.organisation.as_ref().and_then(|organisation| organisation.independence.clone()),
        prefix: String::new(),
        own_address: None,
        folder: None,
        fallback: None,
        fallbacks: Named::default(),
        complete: false,
        alphabet,
        numerals: None,
        taxonomies: Named::default(),
        menus,
    }];
    // Where each is set up.
    let mut places = vec![code.span];
    for (code, mut own) in further {
        check_tag(&code, cx);
        let settings = Settings::read(&code, &mut own, one_host, cx);
        let own_menus = named_menus(std::mem::take(&mut own.menus));
        if code.value.eq_ignore_ascii_case(&languages[0].code) {
            // A table of the default language adds to it: its own name above all.
            let default = &mut languages[0];
            default.name = own.name.take();
            default.title = own.title.take().unwrap_or_else(|| std::mem::take(&mut default.title));
            default.description = own.description.take().or(default.description.take());
            default.independence = own.independence.take().or(default.independence.take());
            default.menus = overlaid_menus(std::mem::take(&mut default.menus), own_menus);
            default.prefix = settings.prefix.unwrap_or_default();
            report_unfit_for_default(&own, cx);
            (default.folder, default.numerals) = (settings.folder, settings.numerals);
            default.alphabet = own.slugs.map_or(alphabet, alphabet_of);
            default.taxonomies = own.taxonomies;
            places[0] = code.span;
            continue;
        }
        if languages.iter().any(|other| other.code.eq_ignore_ascii_case(&code.value)) {
            cx.report(&codes::BAD_VALUE, code.span, format!("the language \"{}\" is set up twice", code.value)).help =
                Some("remove one of the two; small and capital letters do not matter".to_owned());
            continue;
        }
        if languages.len() == MOST_LANGUAGES {
            let message = format!("a site has at most {MOST_LANGUAGES} languages");
            cx.report(&codes::BAD_VALUE, code.span, message);
            break;
        }
        let default = &languages[0];
        let language = Language {
            title: own.title.unwrap_or_else(|| default.title.clone()),
            description: own.description.or_else(|| default.description.clone()),
            independence: own.independence.or_else(|| default.independence.clone()),
            menus: overlaid_menus(default.menus.clone(), own_menus),
            name: own.name,
            prefix: settings.prefix.unwrap_or_else(|| format!("{}/", code.value.to_lowercase())),
            own_address: settings.own_address,
            folder: settings.folder,
            fallback: own.fallback,
            fallbacks: own.fallbacks,
            complete: own.complete,
            alphabet: own.slugs.map_or(alphabet, alphabet_of),
            numerals: settings.numerals,
            taxonomies: own.taxonomies,
            code: code.value,
        };
        languages.push(language);
        places.push(code.span);
    }
    check_places(&mut languages, &places, raw, cx);
    languages
}

fn alphabet_of(style: SlugStyle) -> Alphabet {
    match style {
        SlugStyle::Ascii => Alphabet::Ascii,
        SlugStyle::Unicode => Alphabet::Unicode,
    }
}

fn named_menus(menus: Named<Vec<At<RawMenuItem>>>) -> Menus {
    menus.0.into_iter().map(|(name, items)| (name.value, items)).collect()
}

fn overlaid_menus(mut menus: Menus, over: Menus) -> Menus {
    for (name, items) in over {
        match menus.iter_mut().find(|(present, _)| *present == name) {
            Some((_, present)) => *present = items,
            None => menus.push((name, items)),
        }
    }
    menus
}

/// What a language's table says of its places, checked.
struct Settings {
    prefix: Option<String>,
    own_address: Option<BaseUrl>,
    folder: Option<String>,
    numerals: Option<String>,
}

impl Settings {
    fn read(code: &At<String>, own: &mut RawLanguage, one_host: bool, cx: &mut Context<'_>) -> Self {
        let prefix = own.path.take().and_then(|path| checked_path(&path, char::is_ascii, cx));
        let own_address = own.base_url.as_ref().and_then(|written| {
            let address = BaseUrl::parse(&written.value);
            if address.is_none() {
                let message = format!("\"{}\" is not a web address", written.value);
                cx.report(&codes::BAD_VALUE, written.span, message).help =
                    Some(format!("write it with its scheme: https://{}.example.org/", code.value.to_lowercase()));
            }
            address.filter(|_| !one_host)
        });
        let folder = own.folder.take().and_then(|folder| checked_path(&folder, |_| true, cx));
        let folder = folder.map(|folder| folder.trim_end_matches('/').to_owned()).filter(|folder| !folder.is_empty());
        let numerals = own.numerals.take().and_then(|written| checked_numerals(&code.value, written, cx));
        Self { prefix, own_address, folder, numerals }
    }
}

/// A path of folders, with a slash at the end; nothing for an empty one.
fn checked_path(written: &At<String>, may_be: impl Fn(&char) -> bool, cx: &mut Context<'_>) -> Option<String> {
    let path = written.value.trim().trim_matches('/');
    let is_good = |part: &str| {
        let fits = |c: char| (c.is_alphanumeric() || matches!(c, '-' | '_')) && may_be(&c);
        !part.is_empty() && part.chars().all(fits)
    };
    if path.is_empty() {
        return Some(String::new());
    }
    if path.split('/').all(is_good) {
        return Some(format!("{path}/"));
    }
    cx.report(&codes::BAD_VALUE, written.span, format!("\"{}\" cannot be a folder's path", written.value)).help =
        Some("write one word, such as \"cymraeg\": letters a to z, digits, - and _".to_owned());
    None
}

fn checked_numerals(code: &str, written: At<String>, cx: &mut Context<'_>) -> Option<String> {
    let known = locale::NUMERALS;
    if known.contains(&written.value.as_str()) && Locale::parse(code).is_ok() {
        return Some(written.value);
    }
    if !known.contains(&written.value.as_str()) {
        let help = match did_you_mean(&written.value, known.iter().copied()) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => format!("the numbering systems are {}", known.join(", ")),
        };
        let message = format!("there is no numbering system \"{}\"", written.value);
        cx.report(&codes::BAD_VALUE, written.span, message).help = Some(help);
    }
    None
}

/// The default language falls back on nothing, and its address is the site's.
fn report_unfit_for_default(own: &RawLanguage, cx: &mut Context<'_>) {
    let mut report = |span: Span, key: &str, help: &str| {
        let message = format!("`{key}` says nothing of the default language");
        cx.report(&codes::LANGUAGE_PLACE, span, message).help = Some(help.to_owned());
    };
    if let Some(address) = &own.base_url {
        report(address.span, "base_url", "its address is the `base_url` at the top of the file: remove this line");
    }
    if let Some((section, _)) = own.fallbacks.0.first() {
        report(section.span, "fallbacks", "it is what other languages fall back on: write it in their tables");
    }
}

/// Two languages cannot stand at one place, and none in a section of another.
fn check_places(languages: &mut [Language], spans: &[Span], raw: &RawConfig, cx: &mut Context<'_>) {
    let address = |language: &Language| match &language.own_address {
        Some(address) => (address.origin.to_lowercase(), format!("{}/", address.path)),
        None => (String::new(), language.prefix.to_lowercase()),
    };
    let main = BaseUrl::parse(&raw.base_url.value).unwrap_or_default();
    for at in 0..languages.len() {
        let (before, from) = languages.split_at_mut(at);
        let Some(own) = from.first_mut() else { continue };
        let same_address = |other: &&Language| address(other) == address(own);
        let same_folder = |other: &&Language| own.folder.is_some() && other.folder == own.folder;
        let mut clash = None;
        if let Some(other) = before.iter().find(same_address) {
            clash = Some(format!("\"{}\" and \"{}\" would stand at one address", own.code, other.code));
        } else if own.own_address.as_ref().is_some_and(|address| {
            address.origin.eq_ignore_ascii_case(&main.origin)
                && format!("{}/", main.path).starts_with(&format!("{}/", address.path))
        }) {
            clash = Some(format!("the address of \"{}\" is the site's own", own.code));
        } else if let Some(other) = before.iter().find(|other| other.prefix.eq_ignore_ascii_case(&own.prefix)) {
            clash = Some(format!("\"{}\" and \"{}\" would be written to one folder", own.code, other.code));
        } else if let Some(other) = before.iter().find(same_folder) {
            clash = Some(format!("\"{}\" and \"{}\" have one folder of content", own.code, other.code));
        }
        if let Some(message) = clash {
            cx.report(&codes::LANGUAGE_PLACE, spans.get(at).copied().unwrap_or_default(), message).help =
                Some("give one of them another `path`, `base_url` or `folder`".to_owned());
            // What follows is reported for this reason, not for those that come of it.
            own.prefix = format!("{}/", own.code.to_lowercase());
            own.own_address = None;
        }
    }
}

fn check_tag(code: &At<String>, cx: &mut Context<'_>) {
    if let Err(error) = Locale::parse(&code.value) {
        let message = format!("\"{}\" is not a language tag", code.value);
        cx.report(&codes::BAD_VALUE, code.span, message).help = Some(match error.suggestion {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => "language tags look like en, cy, en-GB or pt-BR (BCP 47)".to_owned(),
        });
    }
}
