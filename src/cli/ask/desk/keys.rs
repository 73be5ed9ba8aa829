//! Keys in a terminal: lists to move through, to search, and to tick.
//!
//! What is long is printed above and scrolls away; what is redrawn is short, since a line wider than the terminal would leave
//! its rest behind.

use std::io::Write;

use clearshare::report::Ink;
use clearshare::report::interview::{choices, note};
use console::Term;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{FuzzySelect, MultiSelect, Select};

use super::{Action, Desk, Entry, Halt, How, Pick, Picked};

/// From how many entries on a list can be searched.
const SEARCHED_FROM: usize = 13;

/// What opens the other things to do.
const OTHER: &str = "Something else (or press Esc)";
const NONE: &str = "None of these";
const UNSURE: &str = "I'm not sure about the rest";
const DONE: &str = "That is all";

/// Asks with keys.
pub(in crate::cli::ask) struct Keys {
    term: Term,
    ink: Ink,
    theme: Box<dyn Theme>,
}

impl Keys {
    /// In this terminal.
    pub(in crate::cli::ask) fn new(ink: Ink) -> Self {
        let theme: Box<dyn Theme> = if ink.colour { Box::new(ColorfulTheme::default()) } else { Box::new(SimpleTheme) };
        Self { term: Term::stdout(), ink, theme }
    }

    /// The width now: a window may have been made smaller.
    fn width(&self) -> usize {
        usize::from(self.term.size().1)
    }

    /// How many lines a list may take.
    fn rows(&self) -> usize {
        usize::from(self.term.size().0).saturating_sub(3).clamp(3, 16)
    }

    /// A line short enough to be redrawn. Bytes are counted, as the list counts them.
    fn short(&self, text: &str) -> String {
        let room = self.width().saturating_sub(8).max(10);
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

    /// Whether an entry says more than fits into its line.
    fn is_cut(&self, entry: &Entry) -> bool {
        entry.help.is_some() || self.short(&entry.label) != entry.label
    }

    /// Prints what does not fit into the lines of a list.
    fn print_whole(&mut self, pick: &Pick) -> Result<(), Halt> {
        if pick.entries.len() >= SEARCHED_FROM || !pick.entries.iter().any(|entry| self.is_cut(entry)) {
            return Ok(());
        }
        let entries: Vec<_> = pick
            .entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (at + 1, entry.label.as_str(), entry.help.as_deref(), false))
            .collect();
        let text = choices(&entries, self.ink);
        self.say(&text)
    }

    /// A list of lines to choose one from; none on Esc.
    fn select(&self, lines: &[String], at: usize) -> Result<Option<usize>, Halt> {
        let select = Select::with_theme(&*self.theme).items(lines).default(at).max_length(self.rows()).report(false);
        select.interact_on_opt(&self.term).map_err(failed)
    }

    /// The same with a search.
    fn search(&self, lines: &[String], at: usize) -> Result<Option<usize>, Halt> {
        let select = FuzzySelect::with_theme(&*self.theme).with_prompt("Search").items(lines).default(at);
        let select = select.max_length(self.rows()).report(false).highlight_matches(self.ink.colour);
        select.interact_on_opt(&self.term).map_err(failed)
    }

    fn choose(&self, lines: &[String], at: usize) -> Result<Option<usize>, Halt> {
        if lines.len() >= SEARCHED_FROM { self.search(lines, at) } else { self.select(lines, at) }
    }

    /// The other things to do; none: back to the question.
    fn actions(&mut self, actions: &[Action]) -> Result<Option<Action>, Halt> {
        let mut lines: Vec<String> = actions.iter().map(|action| action.words().to_owned()).collect();
        lines.push("Back to the question".to_owned());
        Ok(self.select(&lines, 0)?.and_then(|at| actions.get(at).copied()))
    }

    /// Entries as lines that differ from one another: a search gives back a line's words, not its place.
    fn lines(&self, entries: &[Entry]) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for entry in entries {
            let mut line = self.short(&entry.label);
            let mut count = 1;
            while lines.contains(&line) {
                count += 1;
                line = format!("{} {count}", self.short(&entry.label));
            }
            lines.push(line);
        }
        lines
    }

    fn pick_one(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let mut lines = self.lines(&pick.entries);
        lines.extend(pick.actions.iter().map(|action| action.words().to_owned()));
        loop {
            match self.choose(&lines, pick.now.first().copied().unwrap_or(0))? {
                Some(at) if at < pick.entries.len() => return Ok(Picked::One(at)),
                Some(at) => {
                    if let Some(action) = pick.actions.get(at - pick.entries.len()) {
                        return Ok(Picked::Act(*action));
                    }
                }
                None => {
                    if let Some(action) = self.actions(&pick.actions)? {
                        return Ok(Picked::Act(action));
                    }
                }
            }
        }
    }

    /// A short list to tick.
    fn tick(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let entries = pick.entries.len();
        let mut lines = self.lines(&pick.entries);
        lines.extend([NONE, UNSURE, OTHER].map(str::to_owned));
        let mut ticked: Vec<bool> = (0..entries).map(|at| pick.now.contains(&at)).collect();
        ticked.extend([false, pick.more, false]);
        loop {
            let select = MultiSelect::with_theme(&*self.theme).items(&lines).defaults(&ticked).report(false);
            let select = select.max_length(self.rows());
            let Some(chosen) = select.interact_on_opt(&self.term).map_err(failed)? else {
                match self.actions(&pick.actions)? {
                    Some(action) => return Ok(Picked::Act(action)),
                    None => continue,
                }
            };
            let has = |at: usize| chosen.contains(&at);
            let (none, more, other) = (has(entries), has(entries + 1), has(entries + 2));
            let chosen: Vec<usize> = chosen.iter().copied().filter(|at| *at < entries).collect();
            ticked = (0..entries).map(|at| chosen.contains(&at)).chain([none, more, false]).collect();
            match (none, more, other, chosen.is_empty()) {
                (_, _, true, _) => {
                    if let Some(action) = self.actions(&pick.actions)? {
                        return Ok(Picked::Act(action));
                    }
                }
                (true, false, _, true) => return Ok(Picked::Several { chosen, more: false }),
                (true, ..) => self.note("\"None of these\" stands alone: take the other ticks away, or this one.")?,
                (false, true, _, true) if pick.actions.contains(&Action::Unknown) => {
                    return Ok(Picked::Act(Action::Unknown));
                }
                (false, _, _, true) => {
                    self.note("Nothing is ticked. Press the space bar to tick, and Enter when you are done.")?;
                }
                (false, more, _, false) => return Ok(Picked::Several { chosen, more }),
            }
        }
    }

    /// A long list to search again and again, until that is all.
    fn gather(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let (mut chosen, mut more, mut at) = (pick.now.clone(), pick.more, 0);
        let names = self.lines(&pick.entries);
        loop {
            let mark = |on: bool, line: &str| format!("{} {line}", if on { "[x]" } else { "[ ]" });
            let mut lines: Vec<String> = Vec::new();
            lines.push(if chosen.is_empty() { NONE } else { DONE }.to_owned());
            lines.push(mark(more, UNSURE));
            lines.extend(names.iter().enumerate().map(|(at, name)| mark(chosen.contains(&at), name)));
            lines.extend(pick.actions.iter().map(|action| action.words().to_owned()));
            let Some(picked) = self.search(&lines, at)? else {
                match self.actions(&pick.actions)? {
                    Some(action) => return Ok(Picked::Act(action)),
                    None => continue,
                }
            };
            at = 0;
            match picked {
                0 if chosen.is_empty() && more => return Ok(Picked::Act(Action::Unknown)),
                0 => {
                    chosen.sort_unstable();
                    return Ok(Picked::Several { chosen, more });
                }
                1 => more = !more,
                picked => {
                    let entry = picked - 2;
                    if let Some(action) = entry.checked_sub(names.len()).and_then(|at| pick.actions.get(at)) {
                        return Ok(Picked::Act(*action));
                    }
                    match chosen.iter().position(|other| *other == entry) {
                        Some(there) => drop(chosen.remove(there)),
                        None => chosen.push(entry),
                    }
                }
            }
        }
    }

    fn note(&mut self, text: &str) -> Result<(), Halt> {
        let text = note(text, self.ink);
        self.say(&text)
    }
}

impl Desk for Keys {
    fn ink(&self) -> Ink {
        Ink { width: self.width().clamp(20, 100), ..self.ink }
    }

    fn say(&mut self, text: &str) -> Result<(), Halt> {
        self.ink = self.ink();
        self.term.write_all(text.as_bytes())?;
        self.term.flush()?;
        Ok(())
    }

    fn pick(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        self.print_whole(pick)?;
        match pick.how {
            How::One => self.pick_one(pick),
            How::Several if pick.entries.len() >= SEARCHED_FROM => self.gather(pick),
            How::Several => {
                self.note("Press the space bar to tick, and Enter when you are done.")?;
                self.tick(pick)
            }
        }
    }

    fn line(&mut self, prompt: &str, now: Option<&str>) -> Result<Option<String>, Halt> {
        let input = dialoguer::Input::<String>::with_theme(&*self.theme).with_prompt(prompt).allow_empty(true);
        let input = input.with_initial_text(now.unwrap_or_default()).report(false);
        let line = input.interact_text_on(&self.term).map_err(failed)?;
        let line = line.trim();
        Ok((!line.is_empty()).then(|| line.to_owned()))
    }

    fn confirm(&mut self, prompt: &str) -> Result<bool, Halt> {
        self.note(prompt)?;
        Ok(self.select(&["No".to_owned(), "Yes".to_owned()], 0)? == Some(1))
    }
}

fn failed(error: dialoguer::Error) -> Halt {
    let dialoguer::Error::IO(error) = error;
    error.into()
}
