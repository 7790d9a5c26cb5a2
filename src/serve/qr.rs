//! A QR code in a terminal, so that a telephone need not type an address.

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// An address as lines of half blocks; none when it is too long. With colours it is black on white whatever the
/// terminal's colours are; without, it is right where text is light on a dark ground.
pub fn code(address: &str, colour: bool) -> Option<String> {
    let code = QrCode::new(address).ok()?;
    let (dark, light) = if colour { (Dense1x2::Dark, Dense1x2::Light) } else { (Dense1x2::Light, Dense1x2::Dark) };
    let image = code.render::<Dense1x2>().dark_color(dark).light_color(light).quiet_zone(true).build();
    let lines = image.lines().map(|line| if colour { format!("\x1b[30;107m{line}\x1b[0m") } else { line.to_owned() });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_code_is_square_with_a_margin() {
        let shown = code("http://192.168.1.5:8080/", false).unwrap();
        let widths: Vec<usize> = shown.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{shown}");
        assert_eq!(widths.len(), widths[0].div_ceil(2), "two rows in a line:\n{shown}");
        assert!(shown.lines().next().is_some_and(|line| line.chars().all(|c| c == '\u{2588}')), "no margin:\n{shown}");
    }
}
