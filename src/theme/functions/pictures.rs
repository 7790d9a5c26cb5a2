use super::{Caller, FunctionSpec};
use crate::markdown;
use crate::theme::view::map;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "pictures",
    args: &[("body", "the text of a component, with nothing in it but pictures")],
    meaning: "The pictures of a component's text, each with `src`, `alt` and `title`. A picture that says nothing to \
              people who don't see it is a mistake, and so is any other text.",
    example: "{% for picture in pictures(body=body) %}<img src=\"{{ picture.src }}\" alt=\"{{ picture.alt }}\">{% endfor %}",
    open: false,
    call,
};

fn call(_: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let body = kwargs.must_get::<&Value>("body")?.as_str().unwrap_or_default();
    let found = markdown::pictures(body);
    if let Some(text) = found.text {
        return Err(Error::message(format!(
            "only pictures can stand here, each as ![what it shows](file.jpg \"caption\"), not the text \"{text}\""
        )));
    }
    if found.pictures.is_empty() {
        return Err(Error::message(
            "there are no pictures in it\nwrite each on a line of its own: ![what it shows](file.jpg \"caption\")",
        ));
    }
    let mut pictures = Vec::with_capacity(found.pictures.len());
    for picture in found.pictures {
        if picture.alt.trim().is_empty() {
            let name = picture.src.rsplit('/').next().unwrap_or_default();
            return Err(Error::message(format!(
                "nothing says what the picture \"{name}\" shows\nwrite it in the square brackets, for people who don't \
                 see it: ![what it shows]({name})"
            )));
        }
        pictures.push(Value::from(map! {
            "src": picture.src,
            "alt": picture.alt,
            "title": picture.title,
        }));
    }
    Ok(Value::from(pictures))
}
