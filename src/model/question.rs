//! Questions and the options they offer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::id::{ListIx, QuestionIx, SectionIx, SourceIx, TagIx};
use super::later::Later;
use super::step::{Step, Who};
use crate::text::Place;

/// A group of questions with a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
}

/// The kind of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One option.
    OneOf,
    /// Any number of options, or none.
    AnyOf,
    /// Free text, for people only.
    Text,
}

/// Whether a team can change the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Changeable {
    /// A fact of the world.
    Fixed,
    /// A choice of the design.
    Design,
    /// Something a team can get done.
    Evidence,
}

/// Something the ruleset can ask.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Question {
    /// Its id: the path of its answer in a manifest.
    pub id: String,
    /// Its section.
    pub section: SectionIx,
    /// Its kind.
    pub kind: Kind,
    /// The question as it is asked.
    pub prompt: Later<String>,
    /// Help and examples.
    pub help: Later<Option<String>>,
    /// Why it is asked.
    pub why: Later<Option<String>>,
    /// Who would know.
    pub who: Option<Who>,
    /// Whether a team can change the answer.
    pub changeable: Changeable,
    /// When it arises; always, where there is none.
    pub only_if: Later<Option<Condition>>,
    /// Its options; none for `text`.
    pub list: Option<ListIx>,
    /// The heading under which its open options are shown as candidates.
    pub candidates: Option<String>,
    /// What says so.
    pub cites: Vec<SourceIx>,
    /// Where it is written.
    pub place: Place,
}

/// A list of options, used by one question or several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct ChoiceList {
    /// The file's name under `options/`, or the id of the question that holds it.
    pub name: String,
    /// The options, in the order shown.
    pub choices: Later<Vec<Choice>>,
    /// For `{ each: Q }`: the question whose chosen options these follow.
    pub each: Option<QuestionIx>,
}

/// An option: one value that a question may take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its words.
    pub label: String,
    /// Help and examples.
    pub help: Later<Option<String>>,
    /// Its tags, sorted.
    pub tags: Vec<TagIx>,
    /// Whether it can be a candidate: "none of these" is an answer, but nothing to choose.
    pub candidate: bool,
    /// Whether its author declares that nothing depends on it.
    pub inert: bool,
    /// When it is open; always, where there is none.
    pub only_if: Later<Option<Condition>>,
    /// What must hold for it to be relied on.
    pub conditions: Later<Vec<ChoiceCondition>>,
    /// What to do when it is relied on.
    pub steps: Later<Vec<Step>>,
    /// What says so.
    pub cites: Vec<SourceIx>,
    /// Enacted but not in force: shown, always closed.
    pub upcoming: Option<Upcoming>,
    /// Where it is written.
    pub place: Place,
}

/// Something that must hold for an option to be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceCondition {
    /// What must hold.
    pub must_hold: String,
    /// Who confirms it.
    pub confirmed_by: Who,
}

/// Enacted but not in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upcoming {
    /// The day it comes into force; none where no day is appointed.
    pub from: Option<Date>,
    /// What says so.
    pub cites: Vec<SourceIx>,
}
