//! Keys in a terminal: lists to move through, to search, and to tick.
//!
//! What is long is printed above and scrolls away; what is redrawn is short, since a line wider than the terminal would leave
//! its rest behind.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use clearshare::report::Ink;
use clearshare::report::interview::{lines as wrapped, note, to_type};
use console::{Term, strip_ansi_codes};
use dialoguer::{MultiSelect, Select};

use super::search::{LOWEST, search};
use super::sheet::{Line, Sheet};
use super::theme::size;
use super::typed::type_line;
use super::{Action, Desk, Entry, Halt, How, Pick, Picked, Typed};

/// From how many entries on a list can be searched.
const SEARCHED_FROM: usize = 13;

const NONE: &str = "None of these";
const UNSURE: &str = "I'm not sure about the rest";
const DONE: &str = "That is all";

/// How many lines above a list can still be in sight.
const REMEMBERED: usize = 200;

/// The keys of each list, in as many words as there is room for.
const ONE: &[&str] =
    &["↑ ↓ move, Enter chooses, Esc shows what else you can do.", "Enter chooses, Esc for more", "Choose one:"];
const FEW: &[&str] = &["↑ ↓ move, Enter chooses.", "Choose one:"];
const TICK: &[&str] = &[
    "Space bar ticks, Enter is done, Esc shows what else you can do.",
    "Space ticks, Esc for more",
    "Tick with space:",
];

/// Asks with keys.
pub(in crate::cli) struct Keys {
    term: Term,
    ink: Ink,
    /// The last lines that were printed.
    said: Vec<String>,
    /// What was ticked when somebody wanted to know something first: the question, and its ticks.
    ticked: Option<(String, Vec<bool>)>,
}

impl Keys {
    /// In this terminal.
    pub(in crate::cli) fn new(ink: Ink) -> Self {
        say_nothing_where_it_is_low();
        Self { term: Term::stdout(), ink, said: Vec::new(), ticked: None }
    }

    /// The width now: a window may have been made smaller.
    fn width(&self) -> usize {
        usize::from(self.term.size().1)
    }

    /// The window is lower than dialoguer can draw in.
    fn is_low(&self) -> bool {
        size(&self.term).0 < LOWEST
    }

    /// How many lines were printed from the question on, where it was printed.
    fn above(&self, title: &str) -> Option<usize> {
        let first = wrapped(title, self.ink.width).into_iter().next().filter(|first| !first.is_empty())?;
        self.said.iter().rev().position(|line| line.trim() == first).map(|after| after + 1)
    }

    /// A list of lines to choose one from; none on Esc.
    fn select(&self, title: &str, lines: &[Line], at: usize, keys: &[&str]) -> Result<Option<usize>, Halt> {
        if self.is_low() {
            let entries: Vec<Entry> = lines.iter().map(|line| entry(line.label.clone())).collect();
            return self.search(title, &entries, Some(at));
        }
        let sheet = Sheet::new(&self.term, self.ink, lines, keys).under(title, self.above(title));
        let select = Select::with_theme(&sheet).with_prompt("").items(numbers(lines)).default(at);
        let select = select.max_length(sheet.max_length()).report(false);
        if let Some(chosen) = drawn(|| select.interact_on_opt(&self.term))? {
            return Ok(chosen);
        }
        let entries: Vec<Entry> = lines.iter().map(|line| entry(line.label.clone())).collect();
        self.search(title, &entries, Some(sheet.at()))
    }

    fn choose(&self, pick: &Pick, lines: &[Line], at: Option<usize>) -> Result<Option<usize>, Halt> {
        if pick.entries.len() >= SEARCHED_FROM {
            return self.search(&pick.title, &entries(pick, lines), at);
        }
        self.select(&pick.title, lines, at.unwrap_or(0), if pick.actions.is_empty() { FEW } else { ONE })
    }

    /// A list that is searched by typing.
    fn search(&self, title: &str, entries: &[Entry], at: Option<usize>) -> Result<Option<usize>, Halt> {
        Ok(search(&self.term, || self.ink(), (title, self.above(title)), entries, at)?)
    }

    /// The other things to do; none: back to the question.
    fn actions(&mut self, actions: &[Action]) -> Result<Option<Action>, Halt> {
        let mut lines: Vec<Line> = actions.iter().map(|action| choice(action.words())).collect();
        lines.push(choice("Back to the question"));
        Ok(self.select("", &lines, 0, FEW)?.and_then(|at| actions.get(at).copied()))
    }

    fn pick_one(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let mut lines: Vec<Line> = pick.entries.iter().map(line).collect();
        lines.extend(pick.actions.iter().map(|action| to_do(*action)));
        loop {
            match self.choose(pick, &lines, pick.now.first().copied())? {
                Some(at) if at < pick.entries.len() => return Ok(Picked::One(at)),
                Some(at) => {
                    if let Some(action) = pick.actions.get(at - pick.entries.len()) {
                        return Ok(Picked::Act(*action));
                    }
                }
                None if pick.actions.is_empty() => {}
                None => {
                    if let Some(action) = self.actions(&pick.actions)? {
                        return Ok(Picked::Act(action));
                    }
                }
            }
        }
    }

    /// A short list to tick. Enter on a line that is something else to do does that.
    fn tick(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let mut lines: Vec<Line> = pick.entries.iter().map(line).collect();
        lines.push(choice(NONE));
        lines.extend(pick.unsure.then(|| choice(UNSURE)));
        let first_action = lines.len();
        lines.extend(pick.actions.iter().map(|action| to_do(*action)));
        let mut ticked = self.ticked_before(pick, lines.len());
        loop {
            let Some((at, done)) = self.tick_once(pick, &lines, &mut ticked)? else {
                let has = |at: &usize| ticked.get(*at).copied().unwrap_or(false);
                let now = (0..pick.entries.len()).filter(has).collect();
                let more = pick.unsure && has(&(pick.entries.len() + 1));
                return self.gather(&Pick { now, more, ..pick.clone() });
            };
            let action = if done {
                at.checked_sub(first_action).and_then(|at| pick.actions.get(at).copied())
            } else {
                self.actions(&pick.actions)?
            };
            if let Some(action) = action {
                if matches!(action, Action::Why | Action::SoFar | Action::Others) {
                    self.ticked = Some((pick.title.clone(), ticked));
                }
                return Ok(Picked::Act(action));
            }
            if let Some(picked) = if done { self.is_said(pick, &ticked, at)? } else { None } {
                return Ok(picked);
            }
        }
    }

    /// What is ticked when a list is put: what was before somebody wanted to know something, or else what is chosen so far.
    fn ticked_before(&mut self, pick: &Pick, lines: usize) -> Vec<bool> {
        let before = self.ticked.take().filter(|(title, ticked)| *title == pick.title && ticked.len() == lines);
        if let Some((_, ticked)) = before {
            return ticked;
        }
        let unsure = (pick.unsure && pick.more).then_some(pick.entries.len() + 1);
        (0..lines).map(|at| pick.now.contains(&at) || unsure == Some(at)).collect()
    }

    /// Has a list ticked, until Enter or Esc: the line where one was then, and whether it was Enter. None where the window
    /// became too low.
    fn tick_once(&self, pick: &Pick, lines: &[Line], ticked: &mut Vec<bool>) -> Result<Option<(usize, bool)>, Halt> {
        let sheet = Sheet::new(&self.term, self.ink, lines, TICK);
        let sheet = sheet.under(&pick.title, self.above(&pick.title)).several(ticked);
        let select = MultiSelect::with_theme(&sheet).with_prompt("").items(numbers(lines)).defaults(ticked);
        let select = select.max_length(sheet.max_length()).report(false);
        let done = drawn(|| select.interact_on_opt(&self.term))?.map(|chosen| chosen.is_some());
        let (at, now) = (sheet.at(), sheet.ticked());
        *ticked = now;
        Ok(done.map(|done| (at, done)))
    }

    /// What the ticks say; none where they say nothing, or two things at once.
    fn is_said(&mut self, pick: &Pick, ticked: &[bool], at: usize) -> Result<Option<Picked>, Halt> {
        let entries = pick.entries.len();
        let has = |at: usize| ticked.get(at).copied().unwrap_or(false);
        let chosen: Vec<usize> = (0..entries).filter(|at| has(*at)).collect();
        let more = pick.unsure && has(entries + 1);
        // Enter on "None of these" says so where nothing else is ticked.
        let none = has(entries) || (chosen.is_empty() && !more && at == entries);
        Ok(match (none, more, chosen.is_empty()) {
            (true, false, true) => Some(Picked::Several { chosen, more: false }),
            (true, ..) => {
                self.note("\"None of these\" stands alone: take the other ticks away, or this one.")?;
                None
            }
            (false, true, true) if pick.actions.contains(&Action::Unknown) => Some(Picked::Act(Action::Unknown)),
            (false, _, true) => {
                self.note("Nothing is ticked. Press the space bar to tick, and Enter when you are done.")?;
                None
            }
            (false, more, false) => Some(Picked::Several { chosen, more }),
        })
    }

    /// A long list to search again and again, until that is all.
    fn gather(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let (mut chosen, mut more) = (pick.now.clone(), pick.more);
        loop {
            let mark = |on: bool, label: &str| format!("{} {label}", if on { "[x]" } else { "[ ]" });
            let done = if chosen.is_empty() { NONE.to_owned() } else { format!("{DONE}: {} chosen", chosen.len()) };
            // Nobody says "none of these" by a key pressed too often.
            let at = if chosen.is_empty() { None } else { Some(0) };
            let mut lines = vec![entry(done)];
            lines.extend(pick.unsure.then(|| entry(mark(more, UNSURE))));
            let first = lines.len();
            lines.extend(pick.entries.iter().enumerate().map(|(at, entry)| {
                let label = mark(chosen.contains(&at), &entry.label);
                Entry { label, ..entry.clone() }
            }));
            lines.extend(pick.actions.iter().map(|action| entry(action.words().to_owned())));
            let Some(picked) = self.search(&pick.title, &lines, at)? else {
                match self.actions(&pick.actions)? {
                    Some(action) => return Ok(Picked::Act(action)),
                    None => continue,
                }
            };
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

    /// Says something to take care about; not again where it was said last.
    fn note(&mut self, text: &str) -> Result<(), Halt> {
        let text = note(text, self.ink);
        self.say_once(&text)
    }

    /// Says what is to be typed, and what Esc does where that is not in sight.
    fn ask_to_type(&mut self, prompt: &str, esc: &str) -> Result<(), Halt> {
        let rows = size(&self.term).0.saturating_sub(4);
        let is_in_sight = self.said.iter().rev().take(rows).any(|line| line == esc);
        let mut text = to_type(prompt, self.ink);
        if !is_in_sight {
            text.push_str(&to_type(esc, self.ink));
        }
        self.say_once(&text)
    }

    /// Says something, unless it was said last.
    fn say_once(&mut self, text: &str) -> Result<(), Halt> {
        let lines: Vec<String> = text.lines().map(|line| strip_ansi_codes(line).into_owned()).collect();
        if self.said.ends_with(&lines) {
            return Ok(());
        }
        self.say(text)
    }
}

impl Desk for Keys {
    fn ink(&self) -> Ink {
        Ink { width: self.width().clamp(20, 100), ..self.ink }
    }

    fn has_room(&self, lines: usize) -> bool {
        lines <= size(&self.term).0
    }

    fn say(&mut self, text: &str) -> Result<(), Halt> {
        self.ink = self.ink();
        self.said.extend(text.lines().map(|line| strip_ansi_codes(line).into_owned()));
        self.said.drain(..self.said.len().saturating_sub(REMEMBERED));
        self.term.write_all(text.as_bytes())?;
        self.term.flush()?;
        Ok(())
    }

    fn show(&mut self, text: &str) -> Result<(), Halt> {
        // What stands below it takes two rows, and the cursor one; a row is left for what was read last.
        let page = size(&self.term).0.saturating_sub(5).max(3);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut left = lines.chunks(page).peekable();
        while let Some(lines) = left.next() {
            self.say(&lines.concat())?;
            let back = choice("Back to the question");
            if left.peek().is_none() {
                return self.select("", &[back], 0, FEW).map(drop);
            }
            if self.select("", &[choice("Show more"), back], 0, FEW)? != Some(0) {
                return Ok(());
            }
        }
        Ok(())
    }

    fn pick(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        match pick.how {
            How::One => self.pick_one(pick),
            How::Several if pick.entries.len() >= SEARCHED_FROM || self.is_low() => self.gather(pick),
            How::Several => self.tick(pick),
        }
    }

    fn line(&mut self, prompt: &str, now: Option<&str>, actions: &[Action]) -> Result<Typed, Halt> {
        self.ask_to_type(
            prompt,
            if actions.is_empty() { "Esc leaves it." } else { "Esc shows what else you can do." },
        )?;
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
        Ok(self.select("", &[choice("No"), choice("Yes")], 0, FEW)? == Some(1))
    }
}

/// A line that is no choice of the question.
fn entry(label: String) -> Entry {
    Entry { label, help: None, id: String::new() }
}

/// A line of a list.
fn line(entry: &Entry) -> Line {
    Line { label: entry.label.clone(), help: entry.help.clone(), is_action: false }
}

/// A line with these words alone.
fn choice(words: &str) -> Line {
    Line { label: words.to_owned(), help: None, is_action: false }
}

/// Something else to do.
fn to_do(action: Action) -> Line {
    Line { is_action: true, ..choice(action.words()) }
}

/// The lines as what can be searched.
fn entries(pick: &Pick, lines: &[Line]) -> Vec<Entry> {
    let rest = lines.iter().skip(pick.entries.len()).map(|line| entry(line.label.clone()));
    pick.entries.iter().cloned().chain(rest).collect()
}

/// What a list is given in place of its lines: see [`Sheet`].
fn numbers(lines: &[Line]) -> impl Iterator<Item = usize> {
    0..lines.len()
}

/// What was chosen; none where dialoguer cannot draw. In a window that becomes lower than three rows while a list is there it
/// panics (dialoguer 0.12, `Paging::update`): what is asked is asked otherwise then.
fn drawn<T>(interact: impl FnOnce() -> dialoguer::Result<T>) -> Result<Option<T>, Halt> {
    match catch_unwind(AssertUnwindSafe(interact)) {
        Ok(chosen) => chosen.map(Some).map_err(failed),
        Err(_) => Ok(None),
    }
}

/// From now on, nothing is said of a panic in a window that is too low to draw in.
fn say_nothing_where_it_is_low() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let (before, term) = (take_hook(), Term::stdout());
        set_hook(Box::new(move |panic| {
            if size(&term).0 >= LOWEST {
                before(panic);
            }
        }));
    });
}

fn failed(error: dialoguer::Error) -> Halt {
    let dialoguer::Error::IO(error) = error;
    error.into()
}
