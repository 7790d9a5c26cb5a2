//! Tables for terminals: columns aligned by the width at which text is shown.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Spaces between two columns.
const GAP: usize = 2;
/// What stands for a part that was cut off.
const CUT: char = '…';

/// A column that gives way when a table is too wide.
#[derive(Debug, Clone, Copy)]
pub struct Yields {
    pub column: usize,
    /// The width to which it gives way at the most.
    pub least: usize,
    /// What is cut off: the beginning, or else the end.
    pub keeps_end: bool,
}

/// Renders rows below a head. With a `width`, in columns of the terminal, the columns named in `yielding` give way when
/// the table is too wide: the first of them until it has its least width, then the next.
pub fn render(head: &[&str], rows: &[Vec<String>], width: Option<usize>, yielding: &[Yields]) -> String {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| printable(cell)).collect()).collect();
    let mut widths = widths(head, &rows);
    if let Some(available) = width {
        for Yields { column, least, .. } in yielding {
            let excess = total(&widths).saturating_sub(available);
            widths[*column] = widths[*column].saturating_sub(excess).max(widths[*column].min(*least));
        }
    }
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let mut table = String::new();
    for row in std::iter::once(&head).chain(&rows) {
        table.push_str(&line(row, &widths, yielding));
        table.push('\n');
    }
    table
}

/// How wide a table is that need not give way, in columns of the terminal.
pub fn natural_width(head: &[&str], rows: &[Vec<String>]) -> usize {
    total(&widths(head, rows))
}

fn widths(head: &[&str], rows: &[Vec<String>]) -> Vec<usize> {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.width()).collect();
    for row in rows {
        for (cell, width) in row.iter().zip(&mut widths) {
            *width = (*width).max(cell.width());
        }
    }
    widths
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

fn line(cells: &[String], widths: &[usize], yielding: &[Yields]) -> String {
    let mut line = String::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let keeps_end = yielding.iter().any(|yields| yields.column == column && yields.keeps_end);
        let cell = if keeps_end { end_of(cell, *width) } else { beginning_of(cell, *width) };
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
fn beginning_of(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = fitting(text.chars(), width);
    kept.truncate(kept.trim_end().len());
    kept.push(CUT);
    kept
}

/// The end of a text that fits.
fn end_of(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let kept = fitting(text.chars().rev(), width);
    std::iter::once(CUT).chain(kept.chars().rev()).collect()
}

/// The first characters that leave room for the sign of the cut.
fn fitting(chars: impl Iterator<Item = char>, width: usize) -> String {
    let mut used = 1;
    chars
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= width
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[&str]], width: Option<usize>, expected: &[&str]) {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        let yielding =
            [Yields { column: 0, least: 12, keeps_end: false }, Yields { column: 1, least: 12, keeps_end: true }];
        let table = render(&["TITLE", "FILE"], &rows, width, &yielding);
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
    fn of_a_long_path_the_end_is_kept() {
        check(
            &[&["A very long title", "content/events/first-thursday.md"]],
            Some(10),
            &["TITLE         FILE", "A very long…  …thursday.md"],
        );
    }

    #[test]
    fn titles_cannot_speak_to_the_terminal() {
        check(&[&["\u{1b}[2Jgone", "a.md"]], None, &["TITLE     FILE", " [2Jgone  a.md"]);
    }
}
