use super::{Caller, FunctionSpec, text};
use crate::config::{Url, scheme};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "url",
    args: &[
        ("path", "a content file such as \"@/groups/leeds.md\", a path such as \"/groups/\", or a whole address"),
        ("from", "the `id` of a page: paths without a / in front are read beside its file"),
        ("absolute", "true gives the whole address with scheme and host"),
    ],
    meaning: "The address of a page or path, right also when the site stands below a path of its host. A content file \
              that is not there is a mistake; a whole address stays as it is.",
    example: "<a href=\"{{ url(path=\"@/about.md\") }}\">…</a>",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let site = &caller.shared.site;
    let written = kwargs.must_get::<&str>("path")?.trim();
    let absolute = kwargs.get::<bool>("absolute")?.unwrap_or(false);
    if scheme(written).is_some() || written.starts_with("//") {
        return match Url::parse(written) {
            Some(url) => Ok(Value::from(url.0)),
            None => Err(Error::message(format!("\"{written}\" is not an address that can be used"))),
        };
    }
    if written.starts_with(['#', '?']) {
        return Ok(Value::from(written));
    }
    let (path, tail) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
    let from = text(kwargs, "from")?.map(|id| id.rsplit_once('/').map_or("", |(folder, _)| folder));
    let url = if path.starts_with("@/") || path.ends_with(".md") {
        let inside = crate::site::content_path(path, from.unwrap_or("")).unwrap_or_default();
        match site.find(&inside, caller.language) {
            Some(id) => site.page(id).route.url.clone(),
            None => return Err(Error::message(format!("there is no page \"{path}\", or it is not published"))),
        }
    } else if let Some(folder) = from.filter(|_| !path.starts_with('/')) {
        let inside = crate::site::content_path(path, folder).unwrap_or_default();
        match site.content_file_url(&inside) {
            Some(url) => url,
            None => return Err(Error::message(format!("there is no file \"{path}\" beside the page"))),
        }
    } else {
        format!("{}/{}", site.config.base_url.path, path.trim_start_matches('/'))
    };
    let url = format!("{url}{tail}");
    Ok(Value::from(if absolute { site.permalink(&url) } else { url }))
}
