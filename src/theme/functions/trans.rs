use super::{Caller, FunctionSpec, language};
use std::borrow::Cow;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "trans",
    args: &[
        ("key", "the key of the words in i18n/LANGUAGE.toml"),
        ("count", "the number that decides the plural form, and stands in the place of {count}"),
        ("language", "a language tag; default: the page's"),
        ("…", "any other argument stands in the place of {its name}"),
    ],
    meaning: "The theme's words in the page's language. What a language lacks is taken from the site's default language, \
              then from English.",
    example: "{{ trans(key=\"signatures\", count=page.statement.count) }}",
    open: true,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let key = kwargs.must_get::<&str>("key")?;
    let count = kwargs.get::<&Value>("count")?.and_then(Value::as_i64);
    let value = |name: &str| -> Option<Cow<'_, str>> {
        let (_, value) = kwargs.iter().find(|(key, _)| key.as_str() == Some(name))?;
        Some(Cow::Owned(value.to_string()))
    };
    let found = caller.shared.words(key, language(caller, kwargs)?, count, value);
    match found {
        Some(words) => Ok(Value::from(words)),
        None => {
            let keys = caller.shared.word_keys();
            let near = crate::diagnostic::did_you_mean(key, keys.iter().copied());
            let hint = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            Err(Error::message(format!("there are no words for the key \"{key}\" in any i18n file{hint}")))
        }
    }
}
