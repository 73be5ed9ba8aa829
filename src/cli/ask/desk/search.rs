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

/// The lowest window in which there is room for a list, and not only for the line where one is.
pub(super) const LOWEST: usize = 3;

/// What stands around the list: the lines of "Search" and of how many are found, and the cursor below.
const AROUND: usize = 3;

/// Asks for one of the entries; none on Esc. Where it does not begin at one of them, Enter chooses nothing until something is
/// typed, or one moves: nobody names a body by a key pressed too often. `question`: its words, and how many lines were printed
/// from it on.
pub(super) fn search(
    term: &Term,
    ink: impl Fn() -> Ink,
    question: (&str, Option<usize>),
    entries: &[Entry],
    at: Option<usize>,
) -> Result<Option<usize>> {
    let mut search = Search { question, entries, typed: String::new(), found: (0..entries.len()).collect(), at };
    term.hide_cursor()?;
    let mut drawn = 0;
    let chosen = loop {
        clear(term, drawn)?;
        let text = search.draw(term, ink());
        drawn = text.matches('\n').count();
        term.write_str(&text)?;
        term.flush()?;
        match term.read_key()? {
            Key::Escape => break None,
            Key::Enter => {
                if let Some(entry) = search.now() {
                    break Some(entry);
                }
            }
            // Elsewhere the space bar ticks, and nothing that is searched begins with a space.
            Key::Char(' ') if search.typed.is_empty() => {
                if let Some(entry) = search.now().filter(|entry| search.can_be_ticked(*entry)) {
                    break Some(entry);
                }
            }
            key => search.press(&key, rows(term, search.title(term).len())),
        }
    };
    clear(term, drawn)?;
    term.show_cursor()?;
    term.flush()?;
    Ok(chosen)
}

/// Takes away what was drawn: so many lines, and what stands in the one where the cursor is.
fn clear(term: &Term, drawn: usize) -> Result<()> {
    term.clear_line()?;
    term.clear_last_lines(drawn)
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
    /// Which of those found is chosen; none: the line where one types.
    at: Option<usize>,
}

impl Search<'_> {
    fn press(&mut self, key: &Key, rows: usize) {
        let last = self.found.len().checked_sub(1);
        let at = |at: usize| last.map(|last| at.min(last));
        match (key, self.at) {
            // Round and round, by the line where one types.
            (Key::ArrowDown | Key::Tab, None) | (Key::Home, _) => self.at = at(0),
            (Key::ArrowDown | Key::Tab, Some(now)) => self.at = Some(now + 1).filter(|next| Some(*next) <= last),
            (Key::ArrowUp | Key::BackTab, None) | (Key::End, _) => self.at = last,
            (Key::ArrowUp | Key::BackTab, Some(now)) => self.at = now.checked_sub(1),
            (Key::PageDown | Key::ArrowRight, now) => self.at = at(now.map_or(0, |now| now + rows)),
            (Key::PageUp | Key::ArrowLeft, now) => self.at = now.map(|now| now.saturating_sub(rows)),
            (key, _) => self.write(key),
        }
    }

    fn write(&mut self, key: &Key) {
        match key {
            Key::Backspace if self.typed.pop().is_some() => self.find(),
            Key::Char(character) if !character.is_control() => {
                self.typed.push(*character);
                self.find();
            }
            _ => {}
        }
    }

    /// Finds the entries that have every word in them, in their order: first those in which each begins a word, so that "port"
    /// is a port before it is transport.
    fn find(&mut self) {
        let typed = self.typed.to_lowercase();
        let has = |entry: &Entry| {
            let label = entry.label.to_lowercase();
            typed.split_whitespace().all(|word| label.contains(word) || entry.id.contains(word))
        };
        self.found = self.entries.iter().enumerate().filter(|(_, entry)| has(entry)).map(|(at, _)| at).collect();
        let begins = |at: &usize| {
            let label = self.entries.get(*at).map_or_else(String::new, |entry| entry.label.to_lowercase());
            let words: Vec<&str> = label.split(|character: char| !character.is_alphanumeric()).collect();
            typed.split_whitespace().all(|typed| words.iter().any(|word| word.starts_with(typed)))
        };
        self.found.sort_by_cached_key(|at| !begins(at));
        self.at = if typed.trim().is_empty() || self.found.is_empty() { None } else { Some(0) };
    }

    /// The entry where one is.
    fn now(&self) -> Option<usize> {
        self.found.get(self.at?).copied()
    }

    fn can_be_ticked(&self, entry: usize) -> bool {
        self.entries.get(entry).is_some_and(|entry| entry.label.starts_with('['))
    }

    /// The line where one is alone, where there is room for no more: first of all the question.
    fn one_line(&self, room: usize) -> String {
        let now = self.now().and_then(|at| self.entries.get(at));
        match now {
            Some(entry) => format!("> {}", short(&entry.label, room)),
            None if self.typed.is_empty() && !self.question.0.is_empty() => {
                format!("> {}", short(&clearshare::text::visible(self.question.0), room))
            }
            None => format!("> Search: {}_", clearshare::text::visible(&self.typed)),
        }
    }

    /// Where one is, and which keys there are: in as many words as there is room for.
    fn keys(&self, room: usize) -> String {
        let ticks = self.now().is_some_and(|now| self.can_be_ticked(now));
        let enter = if ticks { "Enter ticks." } else { "Enter chooses." };
        let (long, short) = match (self.at, self.found.len()) {
            (_, 0) => return "Nothing found. Backspace takes it back.".to_owned(),
            (Some(at), found) => {
                let place = format!("{} of {found}.", at + 1);
                (
                    format!("{place} {enter} Type to search. Esc for more."),
                    format!("{place} Type to search. Esc for more."),
                )
            }
            (None, found) => (
                format!("{found} to choose from. Type to search, or move down. Esc for more."),
                "Type, or move down. Esc for more.".to_owned(),
            ),
        };
        if long.len() <= room { long } else { short }
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
        let height = size(term).0;
        if height < LOWEST {
            return self.one_line(room) + if height > 1 { "\n" } else { "" };
        }
        let now = self.now().and_then(|at| self.entries.get(at));
        // What is cut, and what more is to be said, stands below the list for the line where one is.
        let more = now.filter(|entry| entry.help.is_some() || short(&entry.label, room) != entry.label);
        let more = more.map_or_else(String::new, |entry| {
            heading(&entry.label, &entry.help.iter().map(String::as_str).collect::<Vec<_>>(), ink)
        });
        let title = self.title(term);
        let rows = rows(term, title.len()).saturating_sub(more.lines().count()).max(3);
        let first = (self.at.unwrap_or(0) / rows) * rows;
        // The end of what is typed is seen.
        let typed: Vec<char> = self.typed.chars().collect();
        let typed: String = typed.iter().skip(typed.len().saturating_sub(room / 2)).collect();
        let mut text = String::new();
        for line in title {
            let line = if ink.colour { style(line).bold().force_styling(true).to_string() } else { line };
            text.push_str(&format!("{line}\n"));
        }
        let mark = |active: bool| Mark { active, tick: None, hang: false };
        let line = format!("Search: {}_", clearshare::text::visible(&typed));
        text.push_str(&item(&[line], &[], mark(self.at.is_none()), ink.colour));
        text.push('\n');
        for (at, entry) in self.found.iter().enumerate().skip(first).take(rows) {
            let label = self.entries.get(*entry).map_or("", |entry| entry.label.as_str());
            text.push_str(&item(&[short(label, room)], &[], mark(Some(at) == self.at), ink.colour));
            text.push('\n');
        }
        text.push_str(&self.keys(size(term).1.saturating_sub(1)));
        text.push('\n');
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
    fn after(keys: &[Key], found: &[usize], at: impl Into<Option<usize>>) {
        let entries = entries();
        let mut search = Search {
            question: ("", None),
            entries: &entries,
            typed: String::new(),
            found: vec![0, 1, 2, 3],
            at: Some(1),
        };
        keys.iter().for_each(|key| search.press(key, 2));
        assert_eq!((search.found.as_slice(), search.at), (found, at.into()), "{keys:?}");
    }

    fn typed(text: &str) -> Vec<Key> {
        text.chars().map(Key::Char).collect()
    }

    #[test]
    fn keys_move_and_search() {
        let all = [0, 1, 2, 3];
        after(&[Key::ArrowDown], &all, 2);
        after(&[Key::ArrowDown, Key::ArrowDown, Key::ArrowDown], &all, None);
        after(&[Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowDown], &all, 0);
        after(&[Key::ArrowUp, Key::ArrowUp], &all, None);
        after(&[Key::ArrowUp, Key::ArrowUp, Key::ArrowUp], &all, 3);
        after(&[Key::PageDown], &all, 3);
        after(&[Key::PageUp], &all, 0);
        after(&[Key::End], &all, 3);
        after(&[Key::Home], &all, 0);
        after(&typed("ashby"), &[0, 2], 0);
        after(&typed("BY cou"), &[2], 0);
        after(&typed("b"), &[1, 0, 2], 0);
        after(&typed("字"), &[3], 0);
        after(&typed("x"), &[], None);
        after(&[typed("x"), vec![Key::ArrowDown, Key::ArrowUp, Key::PageDown, Key::End]].concat(), &[], None);
        after(&[typed("x"), vec![Key::Backspace, Key::Backspace]].concat(), &all, None);
        after(&[typed("ashby"), vec![Key::ArrowDown, Key::Home]].concat(), &[0, 2], 0);
        after(&[Key::Backspace], &all, 1);
    }
}
