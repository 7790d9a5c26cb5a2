use super::{Caller, FunctionSpec, text};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "data",
    args: &[
        (
            "name",
            "a file of data/ without its ending, such as \"partners\" or \"north/towns\"; or a folder, which is a table of its files; default: all of data/",
        ),
        ("headings", "false where the first row of a CSV file names no columns: rows are then lists; default: true"),
    ],
    meaning: "The data of a file in `data/`: TOML, JSON, YAML or CSV. Rows of CSV are tables by the headings of their columns. It is read when it is first asked for.",
    example: "{% for row in data(name=\"towns\") %}{{ row.town }}{% endfor %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let headings = kwargs.get::<bool>("headings")?.unwrap_or(true);
    let name = text(kwargs, "name")?.unwrap_or_default();
    caller.shared.assets.named_data(name, headings).map_err(Error::message)
}
