//! Keys in a terminal: lists to move through, to search, and to tick.
//!
//! What is long is printed above and scrolls away; what is redrawn is short, since a line wider than the terminal would leave
//! its rest behind.

use std::io::Write;

use clearshare::report::Ink;
use clearshare::report::interview::{choices, note};
use console::Term;
use dialoguer::{MultiSelect, Select};

use super::search::search;
use super::theme::{Fitted, room, short};
use super::typed::type_line;
use super::{Action, Desk, Entry, Halt, How, Pick, Picked, Typed};

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
}

impl Keys {
    /// In this terminal.
    pub(in crate::cli::ask) fn new(ink: Ink) -> Self {
        Self { term: Term::stdout(), ink }
    }

    /// The width now: a window may have been made smaller.
    fn width(&self) -> usize {
        usize::from(self.term.size().1)
    }

    /// How many lines a list may take.
    fn rows(&self) -> usize {
        usize::from(self.term.size().0).saturating_sub(3).clamp(3, 16)
    }

    /// A line short enough to be drawn again.
    fn short(&self, text: &str) -> String {
        short(text, room(&self.term))
    }

    /// Whether an entry says more than fits into its line.
    fn is_cut(&self, entry: &Entry) -> bool {
        entry.help.is_some() || self.short(&entry.label) != entry.label
    }

    /// Prints what does not fit into the lines of a list, by numbers that those lines get too.
    fn print_whole(&mut self, pick: &Pick) -> Result<Pick, Halt> {
        let mut numbered = pick.clone();
        if pick.entries.len() >= SEARCHED_FROM || !pick.entries.iter().any(|entry| self.is_cut(entry)) {
            return Ok(numbered);
        }
        let entries: Vec<_> = pick
            .entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (at + 1, entry.label.as_str(), entry.help.as_deref(), false))
            .collect();
        let text = choices(&entries, self.ink());
        self.say(&text)?;
        for (at, entry) in numbered.entries.iter_mut().enumerate() {
            entry.label = format!("{}. {}", at + 1, entry.label);
        }
        Ok(numbered)
    }

    /// A list of lines to choose one from; none on Esc.
    fn select(&self, lines: &[String], at: usize) -> Result<Option<usize>, Halt> {
        let theme = Fitted::new(&self.term, lines, self.ink.colour);
        let select = Select::with_theme(&theme).with_prompt("Choose one:").items(numbers(lines)).default(at);
        let select = select.max_length(self.rows()).report(false);
        select.interact_on_opt(&self.term).map_err(failed)
    }

    /// The same with a search.
    fn search(&self, entries: &[Entry], at: usize) -> Result<Option<usize>, Halt> {
        Ok(search(&self.term, || self.ink(), entries, at)?)
    }

    fn choose(&self, entries: &[Entry], at: usize) -> Result<Option<usize>, Halt> {
        if entries.len() >= SEARCHED_FROM {
            return self.search(entries, at);
        }
        let lines: Vec<String> = entries.iter().map(|entry| entry.label.clone()).collect();
        self.select(&lines, at)
    }

    /// The other things to do; none: back to the question.
    fn actions(&mut self, actions: &[Action]) -> Result<Option<Action>, Halt> {
        let mut lines: Vec<String> = actions.iter().map(|action| action.words().to_owned()).collect();
        lines.push("Back to the question".to_owned());
        Ok(self.select(&lines, 0)?.and_then(|at| actions.get(at).copied()))
    }

    fn pick_one(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let mut entries = pick.entries.clone();
        entries.extend(pick.actions.iter().map(|action| entry(action.words().to_owned())));
        loop {
            match self.choose(&entries, pick.now.first().copied().unwrap_or(0))? {
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
        let mut lines: Vec<String> = pick.entries.iter().map(|entry| entry.label.clone()).collect();
        lines.push(NONE.to_owned());
        lines.extend(pick.unsure.then(|| UNSURE.to_owned()));
        lines.push(OTHER.to_owned());
        let mut ticked: Vec<bool> = (0..entries).map(|at| pick.now.contains(&at)).collect();
        let rest =
            |none: bool, more: bool| [Some(none), pick.unsure.then_some(more), Some(false)].into_iter().flatten();
        ticked.extend(rest(false, pick.more));
        loop {
            let theme = Fitted::new(&self.term, &lines, self.ink.colour);
            let select = MultiSelect::with_theme(&theme).with_prompt("Tick all that hold:").items(numbers(&lines));
            let select = select.defaults(&ticked).max_length(self.rows()).report(false);
            let Some(chosen) = select.interact_on_opt(&self.term).map_err(failed)? else {
                match self.actions(&pick.actions)? {
                    Some(action) => return Ok(Picked::Act(action)),
                    None => continue,
                }
            };
            let has = |at: usize| chosen.contains(&at);
            let (none, more, other) = (has(entries), pick.unsure && has(entries + 1), has(lines.len() - 1));
            let chosen: Vec<usize> = chosen.iter().copied().filter(|at| *at < entries).collect();
            ticked = (0..entries).map(|at| chosen.contains(&at)).chain(rest(none, more)).collect();
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
        loop {
            let mark = |on: bool, label: &str| format!("{} {label}", if on { "[x]" } else { "[ ]" });
            let done = if chosen.is_empty() { NONE.to_owned() } else { format!("{DONE}: {} chosen", chosen.len()) };
            let mut lines = vec![entry(done)];
            lines.extend(pick.unsure.then(|| entry(mark(more, UNSURE))));
            let first = lines.len();
            lines.extend(pick.entries.iter().enumerate().map(|(at, entry)| {
                let label = mark(chosen.contains(&at), &entry.label);
                Entry { label, ..entry.clone() }
            }));
            lines.extend(pick.actions.iter().map(|action| entry(action.words().to_owned())));
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
                1 if pick.unsure => more = !more,
                picked => {
                    let entry = picked - first;
                    if let Some(action) = entry.checked_sub(pick.entries.len()).and_then(|at| pick.actions.get(at)) {
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
        let pick = &self.print_whole(pick)?;
        match pick.how {
            How::One => self.pick_one(pick),
            How::Several if pick.entries.len() >= SEARCHED_FROM => self.gather(pick),
            How::Several => {
                self.note("Press the space bar to tick, and Enter when you are done.")?;
                self.tick(pick)
            }
        }
    }

    fn line(&mut self, prompt: &str, now: Option<&str>, actions: &[Action]) -> Result<Typed, Halt> {
        let esc = if actions.is_empty() { "Esc leaves it." } else { "Press Esc for everything else that you can do." };
        self.note(&format!("{prompt} {esc}"))?;
        loop {
            let typed = type_line(&self.term, now.unwrap_or_default())?;
            let typed = typed.map(|typed| typed.trim().to_owned()).filter(|typed| !typed.is_empty());
            match typed {
                Some(text) => return Ok(Typed::Text(text)),
                None if actions.is_empty() => return Ok(Typed::Nothing),
                None => {
                    if let Some(action) = self.actions(actions)? {
                        return Ok(Typed::Act(action));
                    }
                }
            }
        }
    }

    fn confirm(&mut self, prompt: &str) -> Result<bool, Halt> {
        self.note(prompt)?;
        Ok(self.select(&["No".to_owned(), "Yes".to_owned()], 0)? == Some(1))
    }
}

/// A line that is no choice of the question.
fn entry(label: String) -> Entry {
    Entry { label, help: None, id: String::new() }
}

/// What a list is given in place of its lines: see [`Fitted`].
fn numbers(lines: &[String]) -> impl Iterator<Item = usize> {
    0..lines.len()
}

fn failed(error: dialoguer::Error) -> Halt {
    let dialoguer::Error::IO(error) = error;
    error.into()
}
