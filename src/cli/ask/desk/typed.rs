//! A line of text that somebody types. It stays on one line of the terminal, however long it gets: what does not fit is out of
//! sight, not on the lines above.

use std::io::Result;

use clearshare::text::visible;
use console::{Key, Term, measure_text_width};

/// What stands before the line.
const MARK: &str = "> ";

/// The longest text that is taken.
const LONGEST: usize = 10_000;

/// Asks for a line of text, which begins as `now`; none on Esc.
pub(super) fn type_line(term: &Term, now: &str) -> Result<Option<String>> {
    let mut typed = Typed { before: now.chars().collect(), after: Vec::new() };
    loop {
        draw(term, &typed)?;
        match term.read_key()? {
            Key::Escape => {
                term.clear_line()?;
                return Ok(None);
            }
            Key::Enter => {
                let text: String = typed.before.iter().chain(typed.after.iter().rev()).collect();
                term.clear_line()?;
                return Ok(Some(text));
            }
            key => typed.press(&key),
        }
    }
}

fn draw(term: &Term, typed: &Typed) -> Result<()> {
    let room = usize::from(term.size().1).saturating_sub(MARK.len() + 1).max(4);
    let (shown, back) = typed.window(room);
    term.clear_line()?;
    term.write_str(&format!("{MARK}{shown}"))?;
    term.move_cursor_left(back)?;
    term.flush()
}

/// What is typed: before the cursor, and after it from the end.
struct Typed {
    before: Vec<char>,
    after: Vec<char>,
}

impl Typed {
    fn press(&mut self, key: &Key) {
        match key {
            Key::Char(character) if !character.is_control() && self.before.len() + self.after.len() < LONGEST => {
                self.before.push(*character);
            }
            Key::Backspace => drop(self.before.pop()),
            Key::Del => drop(self.after.pop()),
            Key::ArrowLeft => self.after.extend(self.before.pop()),
            Key::ArrowRight => self.before.extend(self.after.pop()),
            Key::Home => self.after.extend(self.before.drain(..).rev()),
            Key::End => self.before.extend(self.after.drain(..).rev()),
            _ => {}
        }
    }

    /// What is shown of it in so many columns, and how many of them are after the cursor.
    fn window(&self, room: usize) -> (String, usize) {
        // The cursor is seen, and most of what leads to it.
        let after: String = fit(self.after.iter().rev(), room / 2);
        let from = self.before.len() - count(self.before.iter().rev(), room - width(&after));
        let before: String = fit(self.before.iter().skip(from), room);
        let more: String = fit(self.after.iter().rev(), room - width(&before));
        let back = width(&more);
        (before + &more, back)
    }
}

/// How many characters there is room for.
fn count<'c>(characters: impl Iterator<Item = &'c char>, room: usize) -> usize {
    let widths = characters.scan(0, |columns, character| {
        *columns += width(&shown(*character));
        Some(*columns)
    });
    widths.take_while(|columns| *columns <= room).count()
}

/// A character as it is shown: what was typed elsewhere may be anything.
fn shown(character: char) -> String {
    visible(character.encode_utf8(&mut [0; 4])).into_owned()
}

/// As many characters as there is room for.
fn fit<'c>(characters: impl Iterator<Item = &'c char> + Clone, room: usize) -> String {
    let count = count(characters.clone(), room);
    characters.take(count).copied().map(shown).collect()
}

fn width(text: &str) -> usize {
    measure_text_width(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(before: &str, after: &str) -> Typed {
        Typed { before: before.chars().collect(), after: after.chars().rev().collect() }
    }

    #[track_caller]
    fn after(keys: &[Key], before: &str, behind: &str) {
        let mut typed = typed("ab", "c");
        keys.iter().for_each(|key| typed.press(key));
        let text = |characters: &[char]| characters.iter().collect::<String>();
        typed.after.reverse();
        assert_eq!((text(&typed.before).as_str(), text(&typed.after).as_str()), (before, behind), "{keys:?}");
    }

    #[test]
    fn keys_edit_what_is_typed() {
        after(&[Key::Char('漢')], "ab漢", "c");
        after(&[Key::Backspace], "a", "c");
        after(&[Key::Backspace, Key::Backspace, Key::Backspace], "", "c");
        after(&[Key::Del, Key::Del], "ab", "");
        after(&[Key::ArrowLeft, Key::Char('x')], "ax", "bc");
        after(&[Key::ArrowRight, Key::ArrowRight, Key::Char('x')], "abcx", "");
        after(&[Key::Home, Key::Char('x')], "x", "abc");
        after(&[Key::Home, Key::End], "abc", "");
        after(&[Key::Char('\u{7}'), Key::ArrowUp, Key::Tab], "ab", "c");
    }

    #[test]
    fn what_is_hostile_is_shown() {
        let (shown, back) = typed("a\u{1b}[2J", "\u{202e}b").window(60);
        assert_eq!(shown, "a\\x1b[2J\\u{202e}b");
        assert_eq!(back, 9);
    }

    #[test]
    fn the_cursor_is_in_sight() {
        assert_eq!(typed("abc", "").window(10), ("abc".to_owned(), 0));
        assert_eq!(typed("abc", "de").window(10), ("abcde".to_owned(), 2));
        assert_eq!(typed("abcdefghijkl", "").window(10), ("cdefghijkl".to_owned(), 0));
        assert_eq!(typed("", "abcdefghijkl").window(10), ("abcdefghij".to_owned(), 10));
        assert_eq!(typed("漢字漢字漢字", "").window(5), ("漢字".to_owned(), 0));
        assert_eq!(typed("漢字", "漢字").window(5), ("字漢".to_owned(), 2));
    }
}
