use super::{Caller, FunctionSpec};
use tera::{Error, Kwargs, TeraResult, Value};

/// The most numbers that one call gives.
const MOST: i64 = 10_000;

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "range",
    args: &[
        ("end", "the number before which it stops"),
        ("start", "the first number; default: 0"),
        ("step_by", "the step; default: 1"),
    ],
    meaning: "Whole numbers in order, at most 10,000.",
    example: "{% for n in range(start=1, end=4) %}{{ n }} {% endfor %}",
    open: false,
    call,
};

fn call(_: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let end = kwargs.must_get::<i64>("end")?;
    let start = kwargs.get::<i64>("start")?.unwrap_or(0);
    let step = kwargs.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 {
        return Err(Error::message("`step_by` cannot be 0"));
    }
    let mut numbers = Vec::new();
    let mut at = start;
    while (step > 0 && at < end) || (step < 0 && at > end) {
        if numbers.len() as i64 == MOST {
            return Err(Error::message(format!("`range` gives at most {MOST} numbers")));
        }
        numbers.push(at);
        let Some(next) = at.checked_add(step) else { break };
        at = next;
    }
    Ok(Value::from(numbers))
}
