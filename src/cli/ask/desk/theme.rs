//! How a line of a list looks.

use console::{Term, style};

/// What stands before a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Whether it is the line where one is.
    pub(super) active: bool,
    /// Whether it is ticked, where it can be.
    pub(super) tick: Option<bool>,
    /// Whether others can be ticked, so that it stands as far in as they do.
    pub(super) hang: bool,
}

impl Mark {
    /// How wide it is.
    pub(super) fn width(self) -> usize {
        if self.hang { 6 } else { 2 }
    }

    fn text(self) -> String {
        let here = if self.active { ">" } else { " " };
        match (self.tick, self.hang) {
            (Some(true), _) => format!("{here} [x] "),
            (Some(false), _) => format!("{here} [ ] "),
            (None, true) => format!("{here}     "),
            (None, false) => format!("{here} "),
        }
    }
}

/// A line of a list with its further lines, and what more is said below it. Where one is, is told by a mark too and not by
/// colour alone.
pub(super) fn item(label: &[String], help: &[String], mark: Mark, colour: bool) -> String {
    let hang = " ".repeat(mark.width());
    let label = label.iter().enumerate().map(|(at, line)| {
        let text = if at == 0 { format!("{}{line}", mark.text()) } else { format!("{hang}{line}") };
        if mark.active && colour { style(text).cyan().force_styling(true).to_string() } else { text }
    });
    let help = help.iter().map(|line| {
        let line = if colour { style(line).dim().force_styling(true).to_string() } else { line.clone() };
        format!("{hang}  {line}")
    });
    label.chain(help).collect::<Vec<_>>().join("\n")
}

/// Rows and columns of a window.
pub(super) fn size(term: &Term) -> (usize, usize) {
    let (rows, columns) = term.size();
    (usize::from(rows), usize::from(columns))
}

/// A text in no more than so many columns. Bytes are counted, which are never fewer.
pub(super) fn short(text: &str, room: usize) -> String {
    if text.len() <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        if short.len() + character.len_utf8() + 3 > room {
            break;
        }
        short.push(character);
    }
    short.truncate(short.trim_end().len());
    short + "..."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut() {
        assert_eq!(short("Wales", 5), "Wales");
        assert_eq!(short("Northern Ireland", 10), "Norther...");
        assert_eq!(short("The north", 7), "The...", "without the space before the dots");
        assert_eq!(short("漢字漢字漢字", 12), "漢字漢...");
    }

    #[test]
    fn where_one_is_is_told_without_colour() {
        let item = |active: bool, tick: Option<bool>, hang: bool, colour: bool| {
            let (label, help) = (["Wales".to_owned(), "too".to_owned()], ["Cymru".to_owned()]);
            item(&label, &help, Mark { active, tick, hang }, colour)
        };
        assert_eq!(item(true, None, false, false), "> Wales\n  too\n    Cymru");
        assert_eq!(item(false, None, false, false), "  Wales\n  too\n    Cymru");
        assert_eq!(item(true, Some(true), true, false), "> [x] Wales\n      too\n        Cymru");
        assert_eq!(item(false, None, true, false), "      Wales\n      too\n        Cymru");
        let cyan = |text: &str| format!("\u{1b}[36m{text}\u{1b}[0m");
        let dim = "    \u{1b}[2mCymru\u{1b}[0m";
        assert_eq!(item(true, None, false, true), format!("{}\n{}\n{dim}", cyan("> Wales"), cyan("  too")));
    }
}
