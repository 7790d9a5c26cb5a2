//! Components called from Markdown: checked against the component's own definition, then rendered.

use super::engine::Engine;
use super::failure;
use super::layers::TemplateSource;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::markdown::{Arg, ArgValue, Component, HoleKind};
use crate::site::LanguageId;
use crate::source::{FileRef, Span};
use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Tera, Value};

/// Renders one call. `addresses` are what those arguments that are addresses lead to.
pub fn call(
    engine: &Engine,
    component: &Component,
    addresses: &[String],
    body: Option<String>,
    language: LanguageId,
    file: &FileRef,
    implicits: &Context,
) -> Result<String, Vec<Diagnostic>> {
    let tera = engine.tera(language);
    let Some(definition) = tera.get_component_definition(&component.name) else {
        return Err(vec![unknown(component, tera, file)]);
    };
    let mut mistakes = check(component, &definition, file);
    mistakes.extend(lost_text(component, engine, file));
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut args = Context::new();
    let mut addresses = addresses.iter();
    let mut resolved: Vec<(&Arg, &str)> = Vec::new();
    for arg in &component.args {
        let address = arg.role().and_then(|_| addresses.next());
        let value = address.map_or_else(|| value_of(&arg.value), |address| Value::from(address.as_str()));
        resolved.extend(address.map(|address| (arg, address.as_str())));
        args.insert_value(arg.name.to_string(), value);
    }
    tera.render_component_with_implicits(&component.name, &args, implicits, body.as_deref(), true)
        .map_err(|error| vec![failed(&error, engine, component, &resolved, file)])
}

/// How deep in parts that a component includes its text is looked for.
const MOST_INCLUDES: u32 = 8;

/// Whether a piece of a template, or a part that it includes, may show a component's text.
fn shows_text(piece: &str, sources: &[TemplateSource], depth: u32) -> bool {
    let part = |rest: &str| {
        let name = rest.split('"').nth(1)?;
        sources.iter().find(|source| source.asked_name() == name)
    };
    let mut included =
        piece.split("{%").filter_map(|tag| tag.trim_start_matches('-').trim_start().strip_prefix("include"));
    let of_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut words = piece.split(|c| !of_name(c));
    words.any(|word| word == "body")
        || depth == 0
        || included.any(|rest| part(rest).is_none_or(|part| shows_text(&part.text, sources, depth - 1)))
}

/// A text given to a component that shows none would be lost.
fn lost_text(component: &Component, engine: &Engine, file: &FileRef) -> Option<Diagnostic> {
    component.body.as_ref()?;
    let sources = &engine.shared().theme.sources;
    let name = format!("components/{}.html", component.name);
    let mut templates = sources.iter().filter(|source| source.asked_name() == name).peekable();
    templates.peek()?;
    if templates.any(|template| shows_text(&template.text, sources, MOST_INCLUDES)) {
        return None;
    }
    let message = format!("\"{}\" takes no text", component.name);
    let help = format!("write it with two colons, `::{}`, and what follows as text of its own", component.name);
    Some(Diagnostic::new(&codes::COMPONENT_ARGUMENT, message).at(file, component.span).help(help))
}

/// What went wrong inside a component. Where it lies in what the editor wrote, only that is shown; otherwise the theme's
/// own place is told beside the call.
fn failed(
    error: &tera::Error,
    engine: &Engine,
    component: &Component,
    resolved: &[(&Arg, &str)],
    file: &FileRef,
) -> Diagnostic {
    let sources = &engine.shared().theme.sources;
    let mut problem = failure::rendering(error, sources, None, "");
    let (text, help) = match problem.message.split_once('\n') {
        Some((text, help)) => (text.to_owned(), Some(help.to_owned())),
        None => (std::mem::take(&mut problem.message), problem.help.take()),
    };
    let message = format!("the component \"{}\": {text}", component.name);
    let inner = problem.file.take().zip(problem.span.take());
    let asked = inner.as_ref().map_or("", |(template, span)| asked_at(sources, template, *span));
    let of_text = || asked.contains("body").then_some(component.span);
    let place = if asked.contains('(') { place_of(&text, component, resolved).or_else(of_text) } else { None };
    if place.is_some() || asked.starts_with("throw") {
        let mut shown = Diagnostic::new(&codes::COMPONENT_ARGUMENT, message).at(file, place.unwrap_or(component.span));
        shown.help = help;
        return shown;
    }
    let mut shown = Diagnostic::new(&codes::TEMPLATE_MISTAKE, message).at(file, component.span);
    shown.help = help;
    match inner {
        Some((template, span)) => shown.other(&template, span, "in the theme"),
        None => shown,
    }
}

/// What stands in a template at the place of a mistake.
fn asked_at<'s>(sources: &'s [TemplateSource], template: &FileRef, span: Span) -> &'s str {
    let source = sources.iter().find(|source| source.file == *template);
    source.and_then(|source| source.text.get(span.range())).unwrap_or_default()
}

/// Where in a call the reason of a message lies: an argument that it names or whose value it quotes, or a picture of the
/// text.
fn place_of(message: &str, component: &Component, resolved: &[(&Arg, &str)]) -> Option<Span> {
    let named = |arg: &&Arg| message.contains(&format!("`{}`", arg.name));
    let quoted = |arg: &&Arg| match &arg.value {
        ArgValue::String(text) => !text.is_empty() && message.contains(&format!("\"{text}\"")),
        _ => false,
    };
    let address =
        || resolved.iter().find(|(_, address)| message.contains(&format!("\"{address}\""))).map(|(arg, _)| *arg);
    let arg = component.args.iter().find(quoted).or_else(address).or_else(|| component.args.iter().find(named));
    let picture = || {
        let holes = component.body.as_ref()?.holes.iter();
        let mut pictures = holes.filter(|hole| match &hole.kind {
            HoleKind::Image(image) => {
                let name = image.dest.rsplit('/').next().unwrap_or_default();
                !name.is_empty() && message.contains(&format!("\"{name}\""))
            }
            _ => false,
        });
        pictures.next().map(|hole| hole.span)
    };
    arg.map(|arg| arg.value_span).or_else(picture)
}

fn value_of(value: &ArgValue) -> Value {
    match value {
        ArgValue::String(text) => Value::from(text.as_ref()),
        ArgValue::Integer(number) => Value::from(*number),
        ArgValue::Float(number) => Value::from(*number),
        ArgValue::Bool(truth) => Value::from(*truth),
    }
}

fn unknown(component: &Component, tera: &Tera, file: &FileRef) -> Diagnostic {
    let mut names: Vec<&str> = tera.get_component_names().collect();
    names.sort_unstable();
    let help = match did_you_mean(&component.name, names.iter().copied()) {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None if names.is_empty() => "the theme has no components".to_owned(),
        None => format!("the theme's components are: {}", names.join(", ")),
    };
    Diagnostic::new(&codes::UNKNOWN_COMPONENT, format!("there is no component \"{}\"", component.name))
        .at(file, component.name_span)
        .help(help)
}

/// Everything that is wrong with a call.
fn check(component: &Component, definition: &ComponentInfo, file: &FileRef) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let signature = signature(definition);
    let open: Vec<&ComponentArg> = definition.args().iter().filter(|arg| !arg.is_implicit()).collect();
    for arg in &component.args {
        match open.iter().find(|known| known.name() == &*arg.name) {
            None if definition.rest_param().is_some() => {}
            None => {
                let help = match did_you_mean(&arg.name, open.iter().map(|known| known.name())) {
                    Some(meant) => format!("did you mean `{meant}`? It is called like this: {signature}"),
                    None => format!("it is called like this: {signature}"),
                };
                let message = format!("\"{}\" takes no `{}`", component.name, arg.name);
                mistakes.push(Diagnostic::new(&codes::COMPONENT_ARGUMENT, message).at(file, arg.name_span).help(help));
            }
            Some(known) => mistakes.extend(check_type(component, arg, known, file)),
        }
    }
    for known in open.iter().filter(|known| known.is_required()) {
        if known.name() != "body" && component.arg(known.name()).is_none() {
            let message = format!("\"{}\" needs `{}`", component.name, known.name());
            mistakes.push(
                Diagnostic::new(&codes::COMPONENT_ARGUMENT, message)
                    .at(file, component.name_span)
                    .help(format!("it is called like this: {signature}")),
            );
        }
    }
    mistakes
}

fn check_type(component: &Component, arg: &Arg, known: &ComponentArg, file: &FileRef) -> Option<Diagnostic> {
    use ComponentArgType as Type;
    let wanted = known.arg_type()?;
    let fits = matches!(
        (wanted, &arg.value),
        (Type::String, ArgValue::String(_))
            | (Type::Bool, ArgValue::Bool(_))
            | (Type::Integer | Type::Number, ArgValue::Integer(_))
            | (Type::Float | Type::Number, ArgValue::Float(_))
            | (Type::Float, ArgValue::Integer(_))
    );
    if fits {
        return None;
    }
    let found = match &arg.value {
        ArgValue::String(_) => "text",
        ArgValue::Integer(_) => "a whole number",
        ArgValue::Float(_) => "a number",
        ArgValue::Bool(_) => "true or false",
    };
    let (expected, example) = match wanted {
        Type::String => ("text", format!("{}=\"…\"", arg.name)),
        Type::Bool => ("true or false", format!("{}=true", arg.name)),
        Type::Integer => ("a whole number", format!("{}=3", arg.name)),
        Type::Float | Type::Number => ("a number", format!("{}=1.5", arg.name)),
        _ => ("a value that Markdown cannot write", "leave it out".to_owned()),
    };
    let message = format!("`{}` of \"{}\" takes {expected}, not {found}", arg.name, component.name);
    Some(Diagnostic::new(&codes::COMPONENT_ARGUMENT, message).at(file, arg.value_span).help(format!("write {example}")))
}

/// How a component is called, for help texts and the manual.
pub fn signature(definition: &ComponentInfo) -> String {
    let args = definition.args().iter().filter(|arg| !arg.is_implicit() && arg.name() != "body");
    let shown: Vec<String> = args
        .map(|arg| {
            let value = match (arg.default(), arg.arg_type()) {
                (Some(default), _) if default.as_str().is_some() => format!("\"{default}\""),
                (Some(default), _) => default.to_string(),
                (None, Some(ComponentArgType::Integer | ComponentArgType::Number | ComponentArgType::Float)) => {
                    "1".to_owned()
                }
                (None, Some(ComponentArgType::Bool)) => "true".to_owned(),
                (None, _) => "\"…\"".to_owned(),
            };
            format!("{}={value}", arg.name())
        })
        .collect();
    if shown.is_empty() {
        format!("::{}", definition.name())
    } else {
        format!("::{}{{{}}}", definition.name(), shown.join(" "))
    }
}
