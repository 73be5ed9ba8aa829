//! Changing a manifest that people have edited: the smallest edits that make it state what is wanted.
//!
//! One change is made at a time and the text is read again, until it states what is wanted. What comes out is given out only
//! after it was read as any manifest is, and says what is wanted and nothing else that is new ([`proof`]).

mod change;
mod document;
mod edits;
mod insert;
mod list;
mod proof;
mod remove;
mod replace;
mod unamendable;

use super::compose::{Interviewed, stated, told};
use super::harmless;
use super::told::NOTHING;
use crate::model::{AnswerValue, Facts, QuestionIx};
use crate::ruleset::Ruleset;

use change::{Change, Target};
use document::Document;
use edits::{Edits, Patch};

pub use unamendable::Unamendable;

/// What becomes of the line that pins the ruleset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pin {
    /// It stays as it is.
    Keep,
    /// It names the ruleset that the answers are for.
    Update,
}

/// What a manifest is to state.
struct Goal<'g> {
    ruleset: &'g Ruleset,
    /// The flow that is changed; the manifest's own exchange where there is none.
    flow: Option<&'g str>,
    facts: Facts,
    /// The ids of the beliefs that the team was told, or the word for none of them; nothing where that is not known.
    told: Vec<String>,
    pin: Pin,
}

impl Goal<'_> {
    fn value(&self, question: QuestionIx) -> Option<&AnswerValue> {
        self.facts.get(question).map(|answer| &answer.value)
    }

    fn id(&self, question: QuestionIx) -> &str {
        self.ruleset.questions().get(question).map_or("", |question| question.id.as_str())
    }
}

/// The manifest with what an interview learned: what already says so stays as it is, byte for byte, and so does every comment
/// but those that [`super::compose`] and this write above an answer that is dropped.
///
/// `flow` is the flow that the answers are for; without one they are for the manifest's own exchange. A flow is given only
/// what differs from the answers above it.
///
/// # Errors
/// Where the manifest cannot be changed without a doubt about what it says then, nothing is changed.
pub fn amend(
    source: &str,
    ruleset: &Ruleset,
    flow: Option<&str>,
    wanted: &Interviewed,
    pin: Pin,
) -> Result<String, Unamendable> {
    let facts = stated(&wanted.facts);
    if facts.iter().any(|(question, answer)| !harmless::may_write(ruleset, question, &answer.value)) {
        return Err(Unamendable::Screened);
    }
    let mut told = told(ruleset, &wanted.told);
    told.sort_unstable();
    if told.is_empty() && wanted.told_nothing {
        told.push(NOTHING.to_owned());
    }
    let goal = Goal { ruleset, flow, facts, told, pin };
    let body = source.strip_prefix('\u{feff}').unwrap_or(source);
    let (mut text, mut dropped, mut left) = (body.to_owned(), Vec::new(), usize::MAX);
    loop {
        let document = Document::read(&text)?;
        let target = Target::find(&document, &goal)?;
        let changes = target.changes(&document, &goal);
        let Some(first) = changes.first() else { break };
        // Each change leaves fewer: else it would never end.
        if changes.len() >= left {
            return Err(Unamendable::Unsure);
        }
        left = changes.len();
        let mut patch = edits_for(&document, &target, &goal, *first)?;
        dropped.append(&mut patch.dropped);
        let next = patch.applied(&text).ok_or(Unamendable::Unsure)?;
        text = next;
    }
    proof::prove(body, &text, &goal, &dropped)?;
    let mark = source.len() - body.len();
    Ok(source.get(..mark).unwrap_or_default().to_owned() + &text)
}

/// The manifest with another ruleset in its pin, and otherwise byte for byte as it is.
///
/// # Errors
/// Where it cannot be shown that it says the same but for the pin, or where it has a fault under that ruleset.
pub fn repin(source: &str, ruleset: &Ruleset) -> Result<String, Unamendable> {
    let goal = Goal { ruleset, flow: None, facts: Facts::default(), told: Vec::new(), pin: Pin::Update };
    let body = source.strip_prefix('\u{feff}').unwrap_or(source);
    let document = Document::read(body)?;
    if !matches!(document.root.value, crate::yaml::Value::Map(_)) {
        return Err(document.shape(document.root.place));
    }
    let mut text = body.to_owned();
    if !change::is_pinned(&document, ruleset) {
        let scanned = document.scan()?;
        let mut edits = Edits::new(&document, &scanned);
        edits.pin(&goal)?;
        text = edits.finish().applied(body).ok_or(Unamendable::Unsure)?;
    }
    proof::prove_pin(body, &text, &goal)?;
    let mark = source.len() - body.len();
    Ok(source.get(..mark).unwrap_or_default().to_owned() + &text)
}

fn edits_for(
    document: &Document<'_>,
    target: &Target<'_>,
    goal: &Goal<'_>,
    change: Change,
) -> Result<Patch, Unamendable> {
    let scanned = document.scan()?;
    let mut edits = Edits::new(document, &scanned);
    match change {
        Change::Pin => edits.pin(goal)?,
        Change::Include(question) => edits.include(target, goal.id(question))?,
        Change::Replace(question) => edits.replace(target, goal, question)?,
        Change::Insert(question) => edits.insert(target, goal, question)?,
        Change::Remove(question) => edits.remove(target, goal, question)?,
        Change::Told => edits.told(target, goal)?,
        Change::LeaveOut(question) => edits.leave_out(target, goal.id(question))?,
    }
    Ok(edits.finish())
}
