use super::{Caller, FunctionSpec};
use crate::output::encode_path;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "asset",
    args: &[("path", "a file of static/, such as \"style.css\"")],
    meaning: "The address of a file of the theme's or the site's static/, with a hash of its content, so that browsers \
              fetch it again when it has changed.",
    example: "<link rel=\"stylesheet\" href=\"{{ asset(path=\"style.css\") }}\">",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let path = kwargs.must_get::<&str>("path")?.trim_start_matches('/');
    let Some(hash) = caller.shared.assets.hash(path, caller.shared) else {
        return Err(Error::message(format!(
            "there is no file \"{path}\" in static/, neither of the site nor of the theme"
        )));
    };
    let base = &caller.shared.site.config.base_url.path;
    Ok(Value::from(format!("{base}/{}?v={hash}", encode_path(path))))
}
