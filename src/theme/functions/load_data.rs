use super::{Caller, FunctionSpec, text};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "load_data",
    args: &[
        ("path", "a file inside the site's folder, such as \"data/fares.csv\""),
        ("format", "toml, json, yaml, csv or txt; default: by the file's ending"),
    ],
    meaning: "The data of a file: tables and lists of TOML, JSON and YAML, the rows of CSV as a list of tables, or plain text.",
    example: "{% for row in load_data(path=\"data/fares.csv\") %}{{ row.town }}{% endfor %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let path = kwargs.must_get::<&str>("path")?;
    caller.shared.assets.data(path, text(kwargs, "format")?).map_err(Error::message)
}
