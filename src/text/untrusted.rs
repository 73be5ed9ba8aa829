//! Text from outside, made safe to show.
//!
//! This is the only way such text reaches a terminal. Escape codes could repaint the screen, bidirectional controls
//! could make `mr-x` read as something else, and characters without a width could hide a difference between two words.

use std::borrow::Cow;
use std::fmt::Write as _;

/// How many characters of somebody's text a message quotes.
const QUOTED_CHARACTERS: usize = 60;

/// Text for one line: line ends and tabs are shown as `\n` and `\t`, other characters that act or hide as `\x1b` or
/// `\u{202e}`. Ordinary text, in any script, comes back as it was.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    escape(text, false)
}

/// As [`visible`], but line feeds stay, for text that has several lines.
#[must_use]
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escape(text, true)
}

/// Text in backticks for a message: made visible, and cut after about 60 characters with `…`.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut shown = String::from("`");
    let (mut before, mut width) = (None, 0);
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let start = shown.len();
        push(&mut shown, character, before, false);
        // What was just pushed is either one character or an escape, which is one byte for each.
        width += if shown.len() - start == character.len_utf8() { 1 } else { shown.len() - start };
        before = Some(character);
        if width >= QUOTED_CHARACTERS {
            if rest.next().is_some() {
                shown.push('…');
            }
            break;
        }
    }
    shown.push('`');
    shown
}

/// Whether a text has nothing but spaces and the letters, digits and signs of ASCII: each takes one byte and one column.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    // Piece by piece, without a way out of each: so the processor takes many letters at once.
    let plain = |piece: &[u8]| piece.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    text.as_bytes().chunks(64).all(plain)
}

fn escape(text: &str, keep_lines: bool) -> Cow<'_, str> {
    // Nearly all text is plain, and this is called on every line shown.
    let ordinary =
        is_plain(text) || characters(text).all(|(character, before)| is_shown(character, before, keep_lines));
    if ordinary {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (character, before) in characters(text) {
        push(&mut shown, character, before, keep_lines);
    }
    Cow::Owned(shown)
}

/// Each character with the one before it.
fn characters(text: &str) -> impl Iterator<Item = (char, Option<char>)> {
    let before = std::iter::once(None).chain(text.chars().map(Some));
    text.chars().zip(before)
}

fn push(shown: &mut String, character: char, before: Option<char>, keep_lines: bool) {
    if is_shown(character, before, keep_lines) {
        shown.push(character);
        return;
    }
    // Writing to a String cannot fail.
    let _ = match character {
        '\n' => shown.write_str("\\n"),
        '\t' => shown.write_str("\\t"),
        '\r' => shown.write_str("\\r"),
        ..='\u{7f}' => write!(shown, "\\x{:02x}", u32::from(character)),
        _ => write!(shown, "\\u{{{:x}}}", u32::from(character)),
    };
}

fn is_shown(character: char, before: Option<char>, keep_lines: bool) -> bool {
    match character {
        '\n' => keep_lines,
        '\u{fe0e}' | '\u{fe0f}' => before.is_some_and(takes_style),
        _ => !acts_or_hides(character),
    }
}

/// Whether a character may be followed by the mark that chooses its emoji or text form (`❤️`). After a letter that
/// mark is invisible and could make two different words look the same.
fn takes_style(character: char) -> bool {
    character >= '\u{a9}' && !character.is_alphanumeric() && !acts_or_hides(character)
}

/// Whether a character would do something to the terminal or the order of the text, or would not be seen at all.
#[must_use]
pub fn acts_or_hides(character: char) -> bool {
    matches!(character,
        // Control characters: C0, DEL, C1.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Soft hyphen, combining grapheme joiner, Arabic letter mark.
        | '\u{ad}' | '\u{34f}' | '\u{61c}'
        // Fillers and inherent vowels that are letters without a shape.
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{17b4}' | '\u{17b5}'
        // Mongolian variation selectors.
        | '\u{180b}'..='\u{180f}'
        // Zero-width characters, direction marks, line and paragraph separators, embeddings and overrides.
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        // Word joiner, invisible operators, isolates.
        | '\u{2060}'..='\u{206f}'
        // Variation selectors, byte-order mark, interlinear annotation, specials.
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        // Shorthand and musical format controls.
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        // Tags and the other variation selectors.
        | '\u{e0000}'..='\u{e0fff}')
        // Noncharacters.
        || matches!(character, '\u{fdd0}'..='\u{fdef}')
        || u32::from(character) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn case(text: &str, shown: &str) {
        assert_eq!(visible(text), shown);
    }

    #[test]
    fn what_acts_or_hides_is_shown() {
        case("\u{1b}[31mred", "\\x1b[31mred");
        case("a\tb\r\nc", "a\\tb\\r\\nc");
        case("from\u{202e}cba", "from\\u{202e}cba");
        case("h\u{200b}mrc\u{feff}", "h\\u{200b}mrc\\u{feff}");
        case("\u{9b}2J\u{7f}", "\\u{9b}2J\\x7f");
        case("\u{2028}\u{2066}\u{61c}\u{e0041}", "\\u{2028}\\u{2066}\\u{61c}\\u{e0041}");
        case("hm\u{fe0f}rc", "hm\\u{fe0f}rc");
        assert_eq!(visible_lines("a\n\tb\u{7}"), "a\n\\tb\\x07");
    }

    #[test]
    fn ordinary_text_is_untouched_and_not_copied() {
        for text in
            ["", "plain", "tŷ bach, gŵyl, llyfrgell", "café Übergrößenträger", "❤️ 🚢 🇬🇧", "日本語 العربية", "a\\x1b"]
        {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn quoted_text_is_short() {
        assert_eq!(quoted("hmrc"), "`hmrc`");
        assert_eq!(quoted("\u{7}"), "`\\x07`");
        let long = quoted(&"ŵ".repeat(1000));
        assert_eq!(long.chars().count(), QUOTED_CHARACTERS + 3);
        assert!(long.ends_with("…`"));
        assert!(quoted(&"\u{202e}".repeat(1000)).len() < 80);
        assert_eq!(quoted(&"a".repeat(QUOTED_CHARACTERS)).len(), QUOTED_CHARACTERS + 2);
    }

    proptest! {
        #[test]
        fn nothing_that_acts_or_hides_is_left(text in proptest::collection::vec(any::<char>(), 0..60)) {
            let text: String = text.into_iter().collect();
            let left = |shown: &str, keep: bool| characters(shown).any(|(character, before)| !is_shown(character, before, keep));
            prop_assert!(!left(&visible(&text), false));
            prop_assert!(!left(&visible_lines(&text), true));
            prop_assert!(!visible(&text).chars().any(char::is_control));
            prop_assert!(!left(&quoted(&text), false));
        }

        #[test]
        fn showing_twice_changes_nothing(text in "\\PC{0,40}|[\\x00-\\x1f\u{200b}-\u{202e}a-z]{0,40}") {
            let once = visible(&text).into_owned();
            prop_assert_eq!(visible(&once), once.clone());
        }
    }
}
