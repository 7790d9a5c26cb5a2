use super::{Caller, FunctionSpec};
use crate::output::decode_path;
use crate::theme::view::map;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "file_info",
    args: &[("path", "the address of a published file, as a component's argument has it, such as \"/images/map.pdf\"")],
    meaning: "What a file of the site is: `name`, `type` (its ending, such as PDF), `bytes`, and `size` with its `unit` \
              (b, kb, mb or gb, of a thousand each), the number as the language writes it.",
    example: "{% set file = file_info(path=\"/map.pdf\") %}{{ file.type }}, {{ trans(key=\"size_\" ~ file.unit, size=file.size) }}",
    open: false,
    call,
};

/// The units of sizes, each a thousand times the one before.
const UNITS: [&str; 4] = ["b", "kb", "mb", "gb"];

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let written = kwargs.must_get::<&str>("path")?;
    let none = || Error::message(format!("\"{written}\" is no file of this site"));
    let base = &caller.shared.site.config.base_url;
    let path = written.strip_prefix(base.origin.as_str()).unwrap_or(written);
    let path = path.strip_prefix(base.path.as_str()).filter(|rest| rest.starts_with('/')).unwrap_or(path);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = decode_path(path.strip_prefix('/').ok_or_else(none)?);
    let bytes = caller.shared.assets.size(&path, caller.shared).ok_or_else(none)?;
    let name = path.rsplit('/').next().unwrap_or(&path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let (tenths, unit) = rounded(bytes);
    let numbers = &caller.shared.tools(caller.language).numbers;
    Ok(Value::from(map! {
        "name": name,
        "type": ending.to_uppercase(),
        "bytes": bytes,
        "size": numbers.format_tenths(tenths),
        "unit": UNITS[unit],
    }))
}

/// A size in tenths of a unit, and the unit's number: whole numbers from ten on, so that nobody reads more than matters.
fn rounded(bytes: u64) -> (i64, usize) {
    let mut unit = 0;
    let mut one = 1_u64;
    while unit + 1 < UNITS.len() && bytes.saturating_add(one / 20) >= one * 1000 {
        one *= 1000;
        unit += 1;
    }
    let parts = |of: u128| (u128::from(bytes) * of + u128::from(one) / 2) / u128::from(one);
    let tenths = if unit == 0 || parts(1) >= 10 { parts(1) * 10 } else { parts(10) };
    (i64::try_from(tenths).unwrap_or(i64::MAX), unit)
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn sizes_have_two_figures_or_whole_numbers() {
        let check = |bytes: u64, expected: (i64, usize)| assert_eq!(rounded(bytes), expected, "{bytes}");
        check(0, (0, 0));
        check(999, (9990, 0));
        check(1000, (10, 1));
        check(1949, (19, 1));
        check(1950, (20, 1));
        check(12_499, (120, 1));
        check(999_499, (9990, 1));
        check(999_999, (10, 2));
        check(1_240_000, (12, 2));
        check(3_000_000_000, (30, 3));
        check(u64::MAX, (184_467_440_740, 3));
    }
}
