//! How a single value is written.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::untrusted::acts_or_hides;
use crate::yaml::{Scalar, quote_scalar};

/// A single value.
#[derive(Debug)]
pub(super) enum Text<'t> {
    /// Nothing is written.
    LeftOut,
    /// A text on one line, or on several that YAML joins.
    Words {
        text: String,
        /// Whether it was written without quotes.
        plain: bool,
        /// Whether it was written on several lines.
        several_lines: bool,
    },
    /// A text below `|` or `>`: its lines stay as they are.
    Block {
        /// `|`, `>-` and so on.
        head: String,
        /// Its lines without their indentation.
        lines: Vec<&'t str>,
    },
}

impl<'t> Text<'t> {
    /// A value at its place; `head` is where its `|` or `>` stands.
    pub(super) fn read(file: &'t str, scalar: &Scalar, place: Range<usize>, head: Option<usize>) -> Self {
        if scalar.plain && scalar.text.is_empty() {
            return Self::LeftOut;
        }
        let several_lines = file.get(place.clone()).is_some_and(|written| written.contains('\n'));
        let block = head.and_then(|head| block(file, &scalar.text, head, place.end));
        let words = || Self::Words { text: scalar.text.clone(), plain: scalar.plain, several_lines };
        block.unwrap_or_else(words)
    }
}

/// A text below `|` or `>`, where its lines can stay as they are. Others are written in quotes.
fn block<'t>(file: &'t str, text: &str, head: usize, end: usize) -> Option<Text<'t>> {
    let last = text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
    let ordinary = |character: char| character == '\n' || !hides(character);
    if text.ends_with("\n\n") || last.trim().is_empty() || !text.chars().all(ordinary) {
        return None;
    }
    let written = file.get(head..end)?;
    let (first_line, body) = written.split_once('\n')?;
    if first_line.chars().skip(1).take_while(|next| !next.is_whitespace()).any(|next| next.is_ascii_digit()) {
        return None;
    }
    let rest_of_line = file.get(end..)?.split('\n').next().unwrap_or_default().trim_end_matches('\r').len();
    let body = file.get(end - body.len()..end + rest_of_line)?;
    let mut lines: Vec<&str> = body.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let indentation =
        lines.iter().find(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len())?;
    for line in &mut lines {
        *line = line.get(indentation..).unwrap_or_default();
    }
    let mark = if written.starts_with('|') { '|' } else { '>' };
    Some(Text::Block { head: format!("{mark}{}", if text.ends_with('\n') { "" } else { "-" }), lines })
}

/// Whether a character would not be seen for what it is. The style mark of an emoji hides nothing.
fn hides(character: char) -> bool {
    acts_or_hides(character) && !matches!(character, '\u{fe0e}' | '\u{fe0f}')
}

/// A text on one line: without quotes where that says the same, to this program and to other readers of YAML. What was
/// written without quotes is not put into them because of how it looks: `2026-11-22` and `yes` stay.
pub(super) fn one_line(text: &str, plain: bool, bracketed: bool) -> Cow<'_, str> {
    if is_safe(text, bracketed) && (plain || !looks_typed(text)) {
        return Cow::Borrowed(text);
    }
    let gains = text.contains(['"', '\\']) && !text.contains('\'');
    if gains && !text.chars().any(hides) {
        return Cow::Owned(format!("'{text}'"));
    }
    quote_scalar(text)
}

/// Whether a text can stand without quotes.
fn is_safe(text: &str, bracketed: bool) -> bool {
    let mut characters = text.chars();
    let begins = match characters.next() {
        None => false,
        Some('-') => characters.next().is_some_and(char::is_alphanumeric),
        Some(first) => !first.is_whitespace() && !"?:,[]{}#&*!|>'\"%@`=<".contains(first),
    };
    begins
        && !text.ends_with(|last: char| last.is_whitespace() || last == ':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.starts_with("...")
        && !text.chars().any(hides)
        && !(bracketed && (text.contains([',', '[', ']', '{', '}']) || has_lone_colon(text)))
}

/// Whether a colon stands before anything but a letter, a digit or a slash: in brackets, not every reader takes that for text.
fn has_lone_colon(text: &str) -> bool {
    text.split(':').skip(1).any(|after| !after.starts_with(|next: char| next.is_alphanumeric() || next == '/'))
}

/// Whether some reader of YAML takes a text for a number, a date or a word such as `yes`.
fn looks_typed(text: &str) -> bool {
    let word = text.chars().all(|character| character.is_ascii_alphabetic());
    let number = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'))
        && text.chars().all(|character| character.is_ascii_hexdigit() || "xXoO_.:+-TtZzinfINFa ".contains(character));
    text == "~" || number || (word && matches!(quote_scalar(text), Cow::Owned(_)))
}

/// A text in lines of words, none wider than `width` unless one word is, for `>-`. `None` where joining the lines would not
/// give the text back.
pub(super) fn folded(text: &str, width: usize) -> Option<Vec<String>> {
    let joins = text.split(' ').all(|word| !word.is_empty()) && !text.chars().any(hides);
    if !joins {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    Some(lines)
}
