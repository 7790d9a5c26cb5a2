use super::{Caller, FunctionSpec, absolute, text};
use crate::markdown::escape;
use qrcode::{Color, QrCode};
use std::fmt::Write;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "qr_code",
    args: &[
        ("text", "what it says: an address, of this site with or without its host, or any short text"),
        ("label", "what it is for people who hear the page, such as \"QR code: Join us\""),
        ("size", "how wide and high it is, in pixels; default: 200"),
    ],
    meaning: "A QR code as SVG, with the margin that cameras need: dark on white in every colour scheme and on paper.",
    example: "{{ qr_code(text=page.permalink, label=page.title) }}",
    open: false,
    call,
};

/// The margin around the code, in its dots (ISO/IEC 18004, section 5.3.8).
const MARGIN: usize = 4;
/// Below this, cameras of old telephones fail; above, no page is so wide.
const SIZES: std::ops::RangeInclusive<i64> = 80..=1000;

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let written = kwargs.must_get::<&str>("text")?;
    let size = kwargs.get::<i64>("size")?.unwrap_or(200);
    if !SIZES.contains(&size) {
        let (least, most) = (SIZES.start(), SIZES.end());
        return Err(Error::message(format!("`size` takes a whole number from {least} to {most}, not {size}")));
    }
    let code = QrCode::new(absolute(caller, written).as_bytes())
        .map_err(|_| Error::message(format!("\"{written}\" is too long for a QR code")))?;
    let label = text(kwargs, "label")?.unwrap_or(written);
    Ok(Value::safe_string(&svg(&code, label, size)))
}

/// One path for all dots, so that no hairlines show between them.
fn svg(code: &QrCode, label: &str, size: i64) -> String {
    let width = code.width();
    let whole = width + 2 * MARGIN;
    let mut out = format!(
        "<svg class=\"qr\" viewBox=\"0 0 {whole} {whole}\" width=\"{size}\" height=\"{size}\" role=\"img\" aria-label=\""
    );
    escape::attribute(&mut out, label);
    let _ = write!(
        out,
        "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path fill=\"#000\" d=\""
    );
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                let _ = write!(out, "M{} {}h{n}v1h-{n}z", x + MARGIN, y + MARGIN, n = run.len());
            }
            x += run.len();
        }
    }
    out.push_str("\"/></svg>");
    out
}
