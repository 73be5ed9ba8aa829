//! How the lines of a list look.

use std::fmt;

use console::{Term, style};
use dialoguer::theme::Theme;

/// What stands before a line: the mark of the line where one is, and a tick.
const MARKS: usize = 8;

/// Cuts each line to the width that the terminal has when the line is drawn: one that wraps leaves its rest behind. A list is
/// given the numbers of its lines in place of their words, since it counts with their length.
pub(super) struct Fitted<'l> {
    term: &'l Term,
    lines: &'l [String],
    colour: bool,
}

impl<'l> Fitted<'l> {
    /// For these lines in this terminal.
    pub(super) fn new(term: &'l Term, lines: &'l [String], colour: bool) -> Self {
        Self { term, lines, colour }
    }

    /// The line with this number, as much of it as there is room for.
    fn line(&self, number: &str) -> String {
        let line = number.parse().ok().and_then(|at: usize| self.lines.get(at)).map_or("", String::as_str);
        short(line, room(self.term))
    }
}

impl Theme for Fitted<'_> {
    fn format_select_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        f.write_str(prompt)
    }

    fn format_multi_select_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        f.write_str(prompt)
    }

    fn format_select_prompt_item(&self, f: &mut dyn fmt::Write, number: &str, active: bool) -> fmt::Result {
        f.write_str(&item(&self.line(number), active, self.colour))
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        number: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        let tick = if checked { "[x]" } else { "[ ]" };
        f.write_str(&item(&format!("{tick} {}", self.line(number)), active, self.colour))
    }
}

/// A line of a list. Where one is, is told by a mark too and not by colour alone.
pub(super) fn item(line: &str, active: bool, colour: bool) -> String {
    let text = format!("{} {line}", if active { ">" } else { " " });
    if active && colour { style(text).cyan().force_styling(true).to_string() } else { text }
}

/// The columns that a line may take.
pub(super) fn room(term: &Term) -> usize {
    usize::from(term.size().1).saturating_sub(MARKS).max(10)
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
        assert_eq!(item("Wales", true, false), "> Wales");
        assert_eq!(item("Wales", false, true), "  Wales");
        assert_eq!(item("Wales", true, true), "\u{1b}[36m> Wales\u{1b}[0m");
    }
}
