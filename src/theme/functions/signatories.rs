use super::near::missing;
use super::{Caller, FunctionSpec, field, text, window};
use crate::content::Kind;
use crate::site::PageId;
use crate::theme::view::{kinds, map};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "signatories",
    args: &[
        ("of", "the statement: its file name, such as \"founding\", or \"@/statements/founding.md\""),
        ("founders", "true: only founders"),
        ("limit", "how many at the most"),
        ("offset", "how many to pass over"),
    ],
    meaning: "A statement as a card, in `statement`, and in `names` those who signed it and are named, as its page \
              begins to name them: founders first. Each has name, role, place, link and founder.",
    example: "{% set signed = signatories(of=\"founding\", limit=20) %}{% for s in signed.names %}{{ s.name }}{% endfor %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let written = text(kwargs, "of")?.ok_or_else(|| Error::message("`of` names a statement, and is empty"))?;
    let id =
        statement(caller, written).ok_or_else(|| Error::message(missing(caller, "of", written, Kind::Statement)))?;
    let whole = kinds::whole(caller.shared, id).map(|(_, view)| Value::from(view));
    let listed = whole.as_ref().and_then(|view| field(view, "signatories")?.as_array());
    let founders = kwargs.get::<bool>("founders")?.unwrap_or(false);
    let founds = |one: &&Value| field(one, "founder").and_then(Value::as_bool).unwrap_or(false);
    let found: Vec<Value> = listed.into_iter().flatten().filter(|one| !founders || founds(one)).cloned().collect();
    Ok(Value::from(map! { "statement": caller.shared.card(id), "names": window(found, kwargs)? }))
}

/// The statement of a file name or path; a bundle also by the path of its folder.
fn statement(caller: Caller<'_>, written: &str) -> Option<PageId> {
    let named = |written: &str| super::events::find_named(caller, written, Kind::Statement);
    named(written).or_else(|| {
        let folder = written.strip_suffix(".md").unwrap_or(written).trim_end_matches('/');
        named(&format!("{folder}/index.md")).filter(|_| written.contains('/'))
    })
}
