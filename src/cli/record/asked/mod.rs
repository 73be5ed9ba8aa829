//! A decision, asked in a terminal: only what the advice allows is offered, and nothing is written before it was shown whole.

mod conditions;
mod form;
mod line;
mod lists;
mod needed;
mod parts;
mod review;

use clearshare::engine::Outcome;
use clearshare::model::Date;
use clearshare::record::UncheckedDecision;
use clearshare::record::v1::{Advice, Choice};
use clearshare::report::interview::note;

use crate::cli::ask::desk::{Desk, Halt};

pub(super) use review::asked;

/// What comes after a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The next one.
    Next,
    /// The one before.
    Back,
    /// Nothing: somebody wants to stop.
    Leave,
}

/// A part of a decision that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Why,
    Choice,
    Conditions,
    Reasons,
    Who,
    Days,
    Consulted,
    Request,
    Evidence,
    Form,
}

impl Part {
    /// In the order in which they are asked.
    const ALL: [Self; 10] = [
        Self::Why,
        Self::Choice,
        Self::Conditions,
        Self::Reasons,
        Self::Who,
        Self::Days,
        Self::Consulted,
        Self::Request,
        Self::Evidence,
        Self::Form,
    ];

    /// What it is called where one is chosen to be changed.
    const fn words(self) -> &'static str {
        match self {
            Self::Why => "Why there is a new record",
            Self::Choice => "What is decided",
            Self::Conditions => "The conditions",
            Self::Reasons => "The reasons",
            Self::Who => "Who decided",
            Self::Days => "The days",
            Self::Consulted => "Who was consulted",
            Self::Request => "Who asked for the data",
            Self::Evidence => "The evidence",
            Self::Form => "More for the regulator's form",
        }
    }
}

/// The advice on which it is asked what was decided.
pub(super) struct On<'a> {
    pub(super) advice: &'a Advice,
    pub(super) outcome: Outcome,
    pub(super) today: Date,
    /// Whether the record takes the place of another.
    pub(super) amends: bool,
}

/// Somebody is being asked.
struct Asking<'a> {
    desk: &'a mut dyn Desk,
    on: &'a On<'a>,
    said: UncheckedDecision,
}

impl Asking<'_> {
    /// Whether the data is to be shared.
    fn shares(&self) -> bool {
        self.said.choice.is_some_and(Choice::shares)
    }

    /// Whether there is anything to ask in a part.
    fn arises(&self, part: Part) -> bool {
        match part {
            Part::Why => self.on.amends,
            Part::Conditions => self.said.choice == Some(Choice::ShareWithConditions),
            Part::Form => self.shares() || !self.for_the_form().is_empty(),
            _ => true,
        }
    }

    /// Asks for every part, in order.
    fn all(&mut self) -> Result<Step, Halt> {
        let mut at = 0;
        let mut forwards = true;
        while let Some(part) = Part::ALL.get(at).copied() {
            let step = if self.arises(part) {
                self.part(part)?
            } else if forwards {
                Step::Next
            } else {
                Step::Back
            };
            match step {
                Step::Leave => return Ok(Step::Leave),
                Step::Next => (at, forwards) = (at + 1, true),
                Step::Back if Part::ALL.iter().take(at).any(|part| self.arises(*part)) => {
                    (at, forwards) = (at.saturating_sub(1), false);
                }
                Step::Back => {
                    self.note("This is the first question: there is nothing to go back to.")?;
                    forwards = true;
                }
            }
        }
        Ok(Step::Next)
    }

    fn part(&mut self, part: Part) -> Result<Step, Halt> {
        match part {
            Part::Why => self.why(),
            Part::Choice => self.choice(),
            Part::Conditions => self.conditions(),
            Part::Reasons => self.reasons(),
            Part::Who => self.who(),
            Part::Days => self.days(),
            Part::Consulted => self.consulted(),
            Part::Request => self.request(),
            Part::Evidence => self.evidence(),
            Part::Form => self.form(),
        }
    }

    fn note(&mut self, text: &str) -> Result<(), Halt> {
        let text = note(text, self.desk.ink());
        self.desk.say(&text)
    }
}
