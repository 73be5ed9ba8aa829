//! Options that are open: legal powers, lawful bases; and those that would be, if they were in force.

use serde::Serialize;

use super::rule::{StepView, in_force, step};
use super::source::Numbers;
use super::words::who;
use crate::record::v1::{Candidate, Candidates, Condition, UpcomingOption};

/// The open options of one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidatesView<'a> {
    /// The question.
    pub question: &'a str,
    /// What stands above them.
    pub heading: &'a str,
    /// Whether one that fits was chosen.
    pub chosen: bool,
    /// The options.
    pub options: Vec<CandidateView<'a>>,
}

/// An option still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateView<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// Whether the manifest names it.
    pub chosen: bool,
    /// Whether it fits whatever is answered next.
    pub certain: bool,
    /// Both in words: "Chosen, and it fits".
    pub standing: &'static str,
    /// What must hold for it to be relied on.
    pub conditions: Vec<NeedView<'a>>,
    /// What to do to rely on it.
    pub steps: Vec<StepView<'a>>,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
}

/// What must hold for an option to be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedView<'a> {
    /// What.
    pub must_hold: &'a str,
    /// Who confirms it.
    pub confirmed_by: String,
}

/// An option that would be open if it were in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpcomingView<'a> {
    /// The question.
    pub question: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// When it will be in force: a sentence.
    pub says: String,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
}

pub(super) fn candidates<'a>(of: &'a Candidates, numbers: &Numbers<'_>) -> CandidatesView<'a> {
    CandidatesView {
        question: &of.question,
        heading: &of.heading,
        chosen: of.options.iter().any(|option| option.chosen && option.certain),
        options: of.options.iter().map(|option| candidate(option, numbers)).collect(),
    }
}

fn candidate<'a>(option: &'a Candidate, numbers: &Numbers<'_>) -> CandidateView<'a> {
    let standing = match (option.chosen, option.certain) {
        (true, true) => "Chosen, and it fits",
        (true, false) => "Chosen, and it may fit",
        (false, true) => "Fits, and was not chosen",
        (false, false) => "May fit, and was not chosen",
    };
    let need = |condition: &'a Condition| NeedView {
        must_hold: &condition.must_hold,
        confirmed_by: who(&condition.confirmed_by),
    };
    CandidateView {
        id: &option.id,
        label: &option.label,
        chosen: option.chosen,
        certain: option.certain,
        standing,
        conditions: option.conditions.iter().map(need).collect(),
        steps: option.steps.iter().map(step).collect(),
        sources: numbers.of(&option.sources),
    }
}

pub(super) fn upcoming<'a>(option: &'a UpcomingOption, numbers: &Numbers<'_>) -> UpcomingView<'a> {
    UpcomingView {
        question: &option.question,
        id: &option.id,
        label: &option.label,
        says: in_force(option.from),
        sources: numbers.of(&option.sources),
    }
}
