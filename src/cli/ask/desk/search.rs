//! A long list that is searched by typing.
//!
//! By hand: what dialoguer offers does not show where one is when that is not on the first page, and clears more than it drew
//! once the window is narrower.

use std::io::Result;

use clearshare::report::Ink;
use clearshare::report::interview::{heading, lines as wrapped};
use console::{Key, Term, style};

use super::Entry;
use super::theme::{Mark, item, short, size};

/// What stands around the list: the lines of "Search" and of how many are found, and the cursor below.
const AROUND: usize = 3;

/// Asks for one of the entries, beginning at one of them; none on Esc. `question`: its words, and how many lines were printed
/// from it on.
pub(super) fn search(
    term: &Term,
    ink: impl Fn() -> Ink,
    question: (&str, Option<usize>),
    entries: &[Entry],
    at: usize,
) -> Result<Option<usize>> {
    let mut search = Search { question, entries, typed: String::new(), found: (0..entries.len()).collect(), at };
    term.hide_cursor()?;
    let mut drawn = 0;
    let chosen = loop {
        term.clear_last_lines(drawn)?;
        let text = search.draw(term, ink());
        drawn = text.lines().count();
        term.write_str(&text)?;
        term.flush()?;
        match term.read_key()? {
            Key::Escape => break None,
            Key::Enter => {
                if let Some(entry) = search.found.get(search.at) {
                    break Some(*entry);
                }
            }
            key => search.press(&key, rows(term, search.title(term).len())),
        }
    };
    term.clear_last_lines(drawn)?;
    term.show_cursor()?;
    term.flush()?;
    Ok(chosen)
}

/// How many lines the list may take, below so many lines of the question.
fn rows(term: &Term, title: usize) -> usize {
    size(term).0.saturating_sub(AROUND + title).clamp(3, 16)
}

/// The columns that a line of the list may take.
fn room(term: &Term) -> usize {
    size(term).1.saturating_sub(3).max(10)
}

struct Search<'e> {
    question: (&'e str, Option<usize>),
    entries: &'e [Entry],
    typed: String,
    /// The entries that have in them what is typed.
    found: Vec<usize>,
    /// Which of those found is chosen.
    at: usize,
}

impl Search<'_> {
    fn press(&mut self, key: &Key, rows: usize) {
        let last = self.found.len().saturating_sub(1);
        match key {
            Key::ArrowDown | Key::Tab => self.at = if self.at >= last { 0 } else { self.at + 1 },
            Key::ArrowUp | Key::BackTab => self.at = self.at.checked_sub(1).unwrap_or(last),
            Key::PageDown | Key::ArrowRight => self.at = (self.at + rows).min(last),
            Key::PageUp | Key::ArrowLeft => self.at = self.at.saturating_sub(rows),
            Key::Home => self.at = 0,
            Key::End => self.at = last,
            Key::Backspace if self.typed.pop().is_some() => self.find(),
            Key::Char(character) if !character.is_control() => {
                self.typed.push(*character);
                self.find();
            }
            _ => {}
        }
    }

    /// Finds the entries that have every word in them, in their order.
    fn find(&mut self) {
        let typed = self.typed.to_lowercase();
        let has = |entry: &Entry| {
            let label = entry.label.to_lowercase();
            typed.split_whitespace().all(|word| label.contains(word) || entry.id.contains(word))
        };
        self.found = self.entries.iter().enumerate().filter(|(_, entry)| has(entry)).map(|(at, _)| at).collect();
        self.at = 0;
    }

    /// The question, where it has scrolled away.
    fn title(&self, term: &Term) -> Vec<String> {
        let (height, columns) = size(term);
        let (question, above) = self.question;
        // All entries count: the list stays where it is when what is typed makes it shorter.
        let list = self.entries.len().min(rows(term, 0));
        if question.is_empty() || above.is_some_and(|above| above + list + AROUND <= height) {
            return Vec::new();
        }
        let mut title = wrapped(question, columns.saturating_sub(1));
        title.truncate(height / 3);
        title
    }

    fn draw(&self, term: &Term, ink: Ink) -> String {
        let room = room(term);
        let now = self.found.get(self.at).and_then(|at| self.entries.get(*at));
        // What is cut, and what more is to be said, stands below the list for the line where one is.
        let more = now.filter(|entry| entry.help.is_some() || short(&entry.label, room) != entry.label);
        let more = more.map_or_else(String::new, |entry| {
            heading(&entry.label, &entry.help.iter().map(String::as_str).collect::<Vec<_>>(), ink)
        });
        let title = self.title(term);
        let rows = rows(term, title.len()).saturating_sub(more.lines().count()).max(3);
        let first = (self.at / rows) * rows;
        // The end of what is typed is seen.
        let typed: Vec<char> = self.typed.chars().collect();
        let typed: String = typed.iter().skip(typed.len().saturating_sub(room / 2)).collect();
        let mut text = String::new();
        for line in title {
            let line = if ink.colour { style(line).bold().force_styling(true).to_string() } else { line };
            text.push_str(&format!("{line}\n"));
        }
        text.push_str(&format!("Search: {}_\n", clearshare::text::visible(&typed)));
        for (at, entry) in self.found.iter().enumerate().skip(first).take(rows) {
            let label = self.entries.get(*entry).map_or("", |entry| entry.label.as_str());
            let mark = Mark { active: at == self.at, tick: None, hang: false };
            text.push_str(&item(&[short(label, room)], &[], mark, ink.colour));
            text.push('\n');
        }
        match self.found.len() {
            0 => text.push_str("Nothing found. Backspace takes it back.\n"),
            found => text.push_str(&format!("{} of {found}. Type to search. Esc for more.\n", self.at + 1)),
        }
        text + &more
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let labels = ["Port of Ashby", "Port of Barton", "Council of Ashby", "漢字"];
        labels.map(|label| Entry { label: label.to_owned(), help: None, id: String::new() }).to_vec()
    }

    #[track_caller]
    fn after(keys: &[Key], found: &[usize], at: usize) {
        let entries = entries();
        let mut search =
            Search { question: ("", None), entries: &entries, typed: String::new(), found: vec![0, 1, 2, 3], at: 1 };
        keys.iter().for_each(|key| search.press(key, 2));
        assert_eq!((search.found.as_slice(), search.at), (found, at), "{keys:?}");
    }

    fn typed(text: &str) -> Vec<Key> {
        text.chars().map(Key::Char).collect()
    }

    #[test]
    fn keys_move_and_search() {
        let all = [0, 1, 2, 3];
        after(&[Key::ArrowDown], &all, 2);
        after(&[Key::ArrowDown, Key::ArrowDown, Key::ArrowDown], &all, 0);
        after(&[Key::ArrowUp, Key::ArrowUp], &all, 3);
        after(&[Key::PageDown], &all, 3);
        after(&[Key::PageUp], &all, 0);
        after(&[Key::End], &all, 3);
        after(&[Key::Home], &all, 0);
        after(&typed("ashby"), &[0, 2], 0);
        after(&typed("BY cou"), &[2], 0);
        after(&typed("字"), &[3], 0);
        after(&typed("x"), &[], 0);
        after(&[typed("x"), vec![Key::ArrowDown, Key::ArrowUp, Key::PageDown, Key::End]].concat(), &[], 0);
        after(&[typed("x"), vec![Key::Backspace, Key::Backspace]].concat(), &all, 0);
        after(&[Key::Backspace], &all, 1);
    }
}
