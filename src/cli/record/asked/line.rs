//! Lines that are typed: texts and days.

use clearshare::model::{Date, date};
use clearshare::report::interview::{answered, heading, heading_over};

use super::{Asking, Step};
use crate::cli::ask::desk::{Action, Halt, Pick, Picked, Typed};

/// What was typed.
pub(super) enum Line<T> {
    /// Something; where it may be left out, perhaps nothing.
    Said(T),
    /// Something else to do.
    Step(Step),
}

/// The value of a line, or what else is to be done.
macro_rules! said {
    ($line:expr) => {
        match $line {
            $crate::cli::record::asked::line::Line::Said(said) => said,
            $crate::cli::record::asked::line::Line::Step(step) => return Ok(step),
        }
    };
}
pub(super) use said;

impl Asking<'_> {
    /// Shows what is asked next.
    pub(super) fn head(&mut self, title: &str, paragraphs: &[&str]) -> Result<(), Halt> {
        let text = heading(title, paragraphs, self.desk.ink());
        self.desk.say(&format!("\n{text}"))
    }

    /// Shows what is asked next, and what there is already.
    pub(super) fn head_over(&mut self, title: &str, entries: &[&str]) -> Result<(), Halt> {
        let text = heading_over(title, entries, self.desk.ink());
        self.desk.say(&format!("\n{text}"))
    }

    /// Puts choices, and says which was taken: they are gone from the screen then.
    pub(super) fn pick(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let picked = self.desk.pick(pick)?;
        if let Picked::One(at) = &picked
            && let Some(entry) = pick.entries.get(*at)
        {
            self.told(&entry.label)?;
        }
        Ok(picked)
    }

    /// Says what was answered.
    fn told(&mut self, words: &str) -> Result<(), Halt> {
        let text = answered(words, self.desk.ink());
        self.desk.say(&text)
    }

    /// A text that has to be there.
    pub(super) fn text(&mut self, prompt: &str, now: Option<&str>) -> Result<Line<String>, Halt> {
        loop {
            match self.desk.line(prompt, now, &[Action::Back, Action::Leave])? {
                Typed::Text(text) => {
                    self.told(&text)?;
                    return Ok(Line::Said(text));
                }
                Typed::Act(Action::Leave) => return Ok(Line::Step(Step::Leave)),
                Typed::Act(_) => return Ok(Line::Step(Step::Back)),
                Typed::Nothing => self.note("This has to be said: the record has to stand by itself.")?,
            }
        }
    }

    /// A text that may be left out.
    pub(super) fn text_or_not(&mut self, prompt: &str, now: Option<&str>) -> Result<Line<Option<String>>, Halt> {
        Ok(match self.desk.line(prompt, now, &[Action::Skip, Action::Back, Action::Leave])? {
            Typed::Text(text) => {
                self.told(&text)?;
                Line::Said(Some(text))
            }
            Typed::Nothing | Typed::Act(Action::Skip) => {
                self.told("Left out")?;
                Line::Said(None)
            }
            Typed::Act(Action::Leave) => Line::Step(Step::Leave),
            Typed::Act(_) => Line::Step(Step::Back),
        })
    }

    /// A day that has to be there.
    pub(super) fn day(&mut self, prompt: &str, now: Date) -> Result<Line<Date>, Halt> {
        let now = now.to_string();
        loop {
            let text = match self.text(prompt, Some(&now))? {
                Line::Said(text) => text,
                Line::Step(step) => return Ok(Line::Step(step)),
            };
            match date(&text) {
                Some(day) => return Ok(Line::Said(day)),
                None => self.note(NO_DAY)?,
            }
        }
    }

    /// A day that may be left out.
    pub(super) fn day_or_not(&mut self, prompt: &str, now: Option<Date>) -> Result<Line<Option<Date>>, Halt> {
        let now = now.map(|now| now.to_string());
        loop {
            let text = match self.text_or_not(prompt, now.as_deref())? {
                Line::Said(Some(text)) => text,
                Line::Said(None) => return Ok(Line::Said(None)),
                Line::Step(step) => return Ok(Line::Step(step)),
            };
            match date(&text) {
                Some(day) => return Ok(Line::Said(Some(day))),
                None => self.note(NO_DAY)?,
            }
        }
    }
}

const NO_DAY: &str = "Write year, month and day of a day that exists, for example 2026-11-22.";
