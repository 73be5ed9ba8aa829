//! Lines no wider than the page.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::text::is_plain;

/// Breaks a text between words into lines of at most `width` columns. The first line has `first` columns less. A word
/// wider than a line is broken where it must be.
pub(super) fn wrap(text: &str, width: usize, first: usize) -> Vec<Cow<'_, str>> {
    let width = width.max(8);
    plainly(text, width, first.min(width)).unwrap_or_else(|| {
        let lines = word_by_word(text, width, first);
        lines.into_iter().map(Cow::Owned).collect()
    })
}

/// The same for nearly every text: words of plain letters with one space between them, none wider than a line. It is cut where
/// it stands, without a look at each word.
fn plainly(text: &str, width: usize, first: usize) -> Option<Vec<Cow<'_, str>>> {
    if !is_plain(text) || text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
        return None;
    }
    let (mut lines, mut rest, mut room) = (Vec::new(), text, width - first);
    // Each letter takes one byte and one column.
    while rest.len() > room {
        // A space after the last letter that fits ends the line too.
        let end = rest.as_bytes().get(..=room)?.iter().rposition(|byte| *byte == b' ')?;
        let (line, after) = rest.split_at_checked(end)?;
        lines.push(Cow::Borrowed(line));
        (rest, room) = (after.strip_prefix(' ')?, width);
    }
    lines.push(Cow::Borrowed(rest));
    Some(lines)
}

/// The same for any text.
fn word_by_word(text: &str, width: usize, first: usize) -> Vec<String> {
    let mut lines = Vec::new();
    // Room for a whole line, so that it need not grow word by word.
    let mut line = String::with_capacity(width);
    let mut used = first.min(width);
    let mut fresh = true;
    for word in text.split_whitespace() {
        let wide = columns(word);
        let gap = usize::from(!fresh);
        if used + gap + wide <= width {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            used += gap + wide;
            fresh = false;
            continue;
        }
        if !fresh {
            lines.push(std::mem::replace(&mut line, String::with_capacity(width)));
            used = 0;
        }
        if wide <= width {
            line.push_str(word);
            used = wide;
            fresh = false;
            continue;
        }
        for piece in pieces(word, width, width.saturating_sub(used)) {
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            used = columns(&piece);
            line = piece;
        }
        fresh = false;
    }
    lines.push(line);
    lines
}

/// How many columns a word takes.
fn columns(word: &str) -> usize {
    // Most words are plain letters, of which each takes one.
    if is_plain(word) { word.len() } else { word.width() }
}

/// A word in pieces of at most `width` columns, the first of at most `room` where that is worth it.
fn pieces(word: &str, width: usize, room: usize) -> Vec<String> {
    if word.width() <= width {
        return vec![word.to_owned()];
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut room = if room < 8 { width } else { room };
    for character in word.chars() {
        let mut buffer = [0; 4];
        let wide = character.encode_utf8(&mut buffer).width();
        if piece.width() + wide > room && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
            room = width;
        }
        piece.push(character);
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::{plainly, word_by_word, wrap};
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    #[track_caller]
    fn case(text: &str, width: usize, first: usize, expected: &[&str]) {
        assert_eq!(wrap(text, width, first), expected);
    }

    #[test]
    fn lines_break_between_words() {
        case("one two three four", 9, 0, &["one two", "three", "four"]);
        case("one two", 20, 0, &["one two"]);
        case("", 20, 0, &[""]);
        case("one two", 10, 5, &["one", "two"]);
    }

    #[test]
    fn what_is_too_wide_is_broken() {
        case("aaaaaaaaaabbbbbbbbbb", 10, 0, &["aaaaaaaaaa", "bbbbbbbbbb"]);
        for width in 8..40 {
            for line in
                wrap("see https://www.legislation.gov.uk/eur/2016/679/article/46 for 漢字漢字漢字漢字漢字", width, 0)
            {
                assert!(line.width() <= width, "{line:?} in {width}");
            }
        }
    }

    proptest! {
        /// Where the quick way gives an answer, it is the thorough one's.
        #[test]
        fn plain_text_breaks_as_any_text_does(
            words in proptest::collection::vec("[a-z~!]{0,14}", 0..12),
            width in 8_usize..40,
            first in 0_usize..8,
        ) {
            let text = words.join(" ");
            if let Some(lines) = plainly(&text, width, first) {
                prop_assert_eq!(lines, word_by_word(&text, width, first));
            } else {
                let long = words.iter().any(|word| word.len() > width - first);
                prop_assert!(long || words.iter().any(String::is_empty), "{text:?} in {width} was not taken");
            }
        }
    }
}
