//! A rule, and what it means for one exchange.

use serde::Serialize;

use super::derivation::{Line, of_rule};
use super::group::Group;
use super::source::Numbers;
use super::words::{due, status, weight, who};
use crate::model::Date;
use crate::record::v1::{Done, Record, Rule, Step, Waiver};

/// A rule, and what it means for one exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleView<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it asks.
    pub title: &'a str,
    /// The heading that it stands under in the ruleset.
    pub theme: &'a str,
    /// `must-not`, `must`, `should` or `could`.
    pub level: &'static str,
    /// `law`, `policy` or `guidance`.
    pub basis: &'static str,
    /// Both in words: "Must, by law".
    pub weight: String,
    /// `before` or `after`.
    pub due: &'static str,
    /// The same in words: "Before sharing".
    pub due_says: &'static str,
    /// `applies`, `undetermined`, `met`, `done`, `waived` or `not-applicable`.
    pub status: &'static str,
    /// The same in words: "Outstanding".
    pub status_says: &'static str,
    /// The group that it is in.
    pub group: Group,
    /// Whether it holds up the exchange.
    pub outstanding: bool,
    /// The specialist whose advice is needed.
    pub refer: Option<&'a str>,
    /// Why there is such a rule.
    pub because: &'a str,
    /// What follows from its not applying.
    pub otherwise: Option<&'a str>,
    /// When it will be in force, where it is not: a sentence.
    pub upcoming: Option<String>,
    /// What to do.
    pub steps: Vec<StepView<'a>>,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
    /// Why it has its status.
    pub derivation: Vec<Line>,
    /// The questions whose answers would settle it.
    pub would_settle: &'a [String],
    /// The record that it was done.
    pub done: Option<DoneView<'a>>,
    /// The decision not to act on it; it counts only where the status is `waived`.
    pub waiver: Option<WaiverView<'a>>,
    /// The conditions of the decision that see to it.
    pub conditions: Vec<&'a str>,
}

/// What a named role does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepView<'a> {
    /// What to do.
    pub action: &'a str,
    /// Who does it: "the sender's data protection officer".
    pub who: String,
    /// What comes of it.
    pub produces: Option<&'a str>,
}

/// The record that a rule was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoneView<'a> {
    /// When.
    pub on: Date,
    /// By whom.
    pub by: &'a str,
    /// Where the evidence is.
    pub evidence: &'a str,
}

/// A decision not to act on a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaiverView<'a> {
    /// Why.
    pub reason: &'a str,
    /// By whom.
    pub approved_by: &'a str,
    /// In what role.
    pub role: Option<&'a str>,
    /// The last day on which it holds.
    pub expires: Date,
}

pub(super) fn rule<'a>(record: &'a Record, flow: &str, rule: &'a Rule, numbers: &Numbers<'_>) -> RuleView<'a> {
    RuleView {
        id: &rule.id,
        title: &rule.title,
        theme: &rule.theme.title,
        level: rule.level.word(),
        basis: rule.basis.word(),
        weight: weight(rule.level, rule.basis),
        due: rule.due.word(),
        due_says: due(rule.due),
        status: rule.status.word(),
        status_says: status(rule),
        group: Group::of(rule),
        outstanding: rule.is_outstanding(),
        refer: rule.refer.as_ref().map(|role| role.title.as_str()),
        because: &rule.because,
        otherwise: rule.otherwise.as_deref(),
        upcoming: rule.upcoming.as_ref().map(|upcoming| in_force(upcoming.from)),
        steps: rule.steps.iter().map(step).collect(),
        sources: numbers.of(&rule.sources),
        derivation: of_rule(&rule.derivation),
        would_settle: &rule.derivation.would_settle,
        done: rule.done.as_ref().map(done),
        waiver: rule.waiver.as_ref().map(waiver),
        conditions: conditions(record, flow, &rule.id),
    }
}

/// When something enacted will be in force, as a sentence.
pub(super) fn in_force(from: Option<Date>) -> String {
    from.map_or_else(
        || "No date is appointed for it.".to_owned(),
        |from| format!("In force from {}.", super::words::day(from)),
    )
}

pub(super) fn step(step: &Step) -> StepView<'_> {
    StepView { action: &step.action, who: who(&step.who), produces: step.produces.as_deref() }
}

fn done(done: &Done) -> DoneView<'_> {
    DoneView { on: done.on, by: &done.by, evidence: &done.evidence }
}

fn waiver(waiver: &Waiver) -> WaiverView<'_> {
    let role = waiver.role.as_ref().map(|role| role.title.as_str());
    WaiverView { reason: &waiver.reason, approved_by: &waiver.approved_by, role, expires: waiver.expires }
}

fn conditions<'a>(record: &'a Record, flow: &str, rule: &str) -> Vec<&'a str> {
    let conditions = record.decision.conditions.iter();
    let about = conditions.filter(|condition| condition.rule.as_deref() == Some(rule));
    let here = about.filter(|condition| condition.flow.as_deref().is_none_or(|named| named == flow));
    here.map(|condition| condition.says.as_str()).collect()
}
