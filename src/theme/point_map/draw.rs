//! A laid out map as SVG.

use super::layout::{LETTER, Layout, RADIUS, WIDTH};
use crate::markdown::escape;
use std::fmt::Write;

/// What the bar that shows the scale may stand for, in kilometres, at the most of this part of the map's width.
const BAR: f64 = 0.3;

/// The length of the bar in kilometres: 1, 2 or 5 with noughts.
fn bar_km(units_in_km: f64) -> f64 {
    let most = WIDTH * BAR / units_in_km;
    let power = 10_f64.powf(most.log10().floor());
    let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * power <= most).unwrap_or(1.0);
    step * power
}

/// Draws a map. `label` is what it is for people who hear the page; `distance` gives a length in words, from metres.
pub fn svg(layout: &Layout, label: &str, distance: impl Fn(i64) -> String) -> String {
    let height = layout.height;
    let mut out = format!(
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" role=\"img\" direction=\"ltr\" aria-label=\""
    );
    escape::attribute(&mut out, label);
    out.push_str("\">");
    // Writing to a string cannot fail.
    let _ = write!(out, "<rect class=\"map-ground\" width=\"{WIDTH}\" height=\"{height}\" fill=\"#eee\"/>");
    let km = bar_km(layout.units_in_km);
    let bar = km * layout.units_in_km;
    grid(&mut out, bar, height);
    scale(&mut out, bar, height, &distance((km * 1000.0).round() as i64));
    for mark in &layout.marks {
        let Some(name) = &mark.name else { continue };
        let _ = write!(
            out,
            "<text class=\"map-name\" x=\"{:.1}\" y=\"{:.1}\" font-size=\"{LETTER}\" text-anchor=\"{}\">",
            name.x,
            name.y + LETTER * 0.35,
            name.anchor
        );
        escape::text(&mut out, &name.text);
        out.push_str("</text>");
    }
    for mark in &layout.marks {
        let half = mark.half_width();
        let _ = write!(
            out,
            "<rect class=\"map-mark\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{}\" rx=\"{RADIUS}\" fill=\"#222\"/>\
             <text class=\"map-number\" x=\"{:.1}\" y=\"{:.1}\" font-size=\"13\" text-anchor=\"middle\" fill=\"#fff\">{}</text>",
            mark.x - half,
            mark.y - RADIUS,
            half * 2.0,
            RADIUS * 2.0,
            mark.x,
            mark.y + 4.6,
            mark.number
        );
    }
    out.push_str("</svg>");
    out
}

/// Lines as far from one another as the bar is long, from the middle outwards.
fn grid(out: &mut String, step: f64, height: f64) {
    out.push_str("<path class=\"map-grid\" fill=\"none\" stroke=\"#ccc\" d=\"");
    let first = |whole: f64| (whole / 2.0) % step;
    let mut x = first(WIDTH);
    while x < WIDTH {
        let _ = write!(out, "M{x:.1} 0v{height}");
        x += step;
    }
    let mut y = first(height);
    while y < height {
        let _ = write!(out, "M0 {y:.1}h{WIDTH}");
        y += step;
    }
    out.push_str("\"/>");
}

fn scale(out: &mut String, bar: f64, height: f64, words: &str) {
    let (x, y) = (14.0, height - 14.0);
    let _ = write!(
        out,
        "<path class=\"map-scale\" fill=\"none\" stroke=\"#222\" stroke-width=\"2\" d=\"M{x} {:.1}v6h{bar:.1}v-6\"/>\
         <text class=\"map-scale-words\" x=\"{x}\" y=\"{:.1}\" font-size=\"12\">",
        y - 6.0,
        y - 12.0
    );
    escape::text(out, words);
    out.push_str("</text>");
}
