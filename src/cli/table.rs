//! Tables for terminals: columns aligned by the width at which text is shown.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Spaces between two columns.
const GAP: usize = 2;
/// What stands for a part that was cut off.
const CUT: char = '…';

/// Renders rows below a head. With a `width`, in columns of the terminal, the columns named in `yielding` give way when
/// the table is too wide: the first of them until it has its least width, then the next.
pub fn render(head: &[&str], rows: &[Vec<String>], width: Option<usize>, yielding: &[usize]) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| printable(cell)).collect()).collect();
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.width()).collect();
    for row in &rows {
        for (cell, width) in row.iter().zip(&mut widths) {
            *width = (*width).max(cell.width());
        }
    }
    if let Some(available) = width {
        for column in yielding {
            let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
            let least = widths[*column].min(LEAST);
            widths[*column] = widths[*column].saturating_sub(total.saturating_sub(available)).max(least);
        }
    }
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let mut table = String::new();
    for row in std::iter::once(&head).chain(&rows) {
        table.push_str(&line(row, &widths));
        table.push('\n');
    }
    table
}

/// The least width to which a column gives way.
const LEAST: usize = 12;

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        let cell = cut(cell, *width);
        let space = width.saturating_sub(cell.width()) + GAP;
        line.push_str(&cell);
        line.extend(std::iter::repeat_n(' ', space));
    }
    line.truncate(line.trim_end().len());
    line
}

/// The text without what would move the cursor or change the terminal's state.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The beginning of a text that fits.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push(CUT);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[&str]], width: Option<usize>, expected: &[&str]) {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        let table = render(&["TITLE", "FILE"], &rows, width, &[0, 1]);
        assert_eq!(table.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn columns_stand_below_one_another_whatever_the_script() {
        check(&[&["Tŷ", "a.md"], &["巴士站", "b.md"]], None, &["TITLE   FILE", "Tŷ      a.md", "巴士站  b.md"]);
        // The circumflex stands apart from its letter and takes no place of its own.
        check(&[&["Ty\u{302} newydd", "a.md"]], None, &["TITLE      FILE", "Ty\u{302} newydd  a.md"]);
    }

    #[test]
    fn a_narrow_terminal_cuts_titles_between_letters() {
        check(
            &[&["A very long title of a meeting", "a.md"], &["巴士站巴士站巴士站", "b.md"]],
            Some(20),
            &["TITLE           FILE", "A very long t…  a.md", "巴士站巴士站…   b.md"],
        );
    }

    #[test]
    fn titles_cannot_speak_to_the_terminal() {
        check(&[&["\u{1b}[2Jgone", "a.md"]], None, &["TITLE     FILE", " [2Jgone  a.md"]);
    }
}
