//! The decision, who took part in it, and what shows that it rests on something.

use serde::Serialize;

use super::words::{choice, view, web_address};
use crate::model::Date;
use crate::record::v1::{Consulted, Evidence, Person, Record, Request, SharingCondition, Supersedes, View};

/// The decision that a person took on the advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionView<'a> {
    /// `share`, `share-with-conditions`, `do-not-share` or `defer`.
    pub choice: &'static str,
    /// The same as a sentence.
    pub says: &'static str,
    /// Why, in the decider's words; it may have several lines.
    pub reasons: &'a str,
    /// Why sharing the data is necessary.
    pub necessity: Option<&'a str>,
    /// How long the data is kept, and how it is deleted.
    pub retention: Option<&'a str>,
    /// When the data is shared, or how often.
    pub dates: Option<&'a str>,
    /// What has to be so for the data to be shared.
    pub conditions: Vec<ConditionView<'a>>,
    /// Who decided, and in what role.
    pub decided_by: PersonView<'a>,
    /// When.
    pub decided_on: Date,
    /// When the decision has to be looked at again.
    pub review_on: Option<Date>,
    /// The people whose view was asked.
    pub consulted: Vec<ConsultedView<'a>>,
    /// How many of them disagree.
    pub disagreements: usize,
}

/// What has to be so for the data to be shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionView<'a> {
    /// What.
    pub says: &'a str,
    /// The rule that it sees to: its id.
    pub rule: Option<&'a str>,
    /// The same rule's title, where the record has such a rule.
    pub rule_title: Option<&'a str>,
    /// The flow that it is about; every flow where none is named.
    pub flow: Option<&'a str>,
    /// Who sees to it.
    pub who: Option<&'a str>,
    /// By when.
    pub by: Option<Date>,
}

/// A person and their role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PersonView<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their role or post.
    pub role: &'a str,
}

/// Somebody whose view was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsultedView<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their role.
    pub role: &'a str,
    /// When they were asked or answered.
    pub on: Option<Date>,
    /// `agrees`, `agrees-with-conditions`, `disagrees` or `no-view`.
    pub view: &'static str,
    /// The same in words.
    pub view_says: &'static str,
    /// Whether they disagree.
    pub disagrees: bool,
    /// What they said.
    pub says: Option<&'a str>,
    /// Why the decision goes another way, where it does.
    pub answer: Option<&'a str>,
}

/// Who asked for the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestView<'a> {
    /// Who.
    pub by: PersonView<'a>,
    /// When.
    pub on: Date,
    /// What they asked for, in words.
    pub says: Option<&'a str>,
}

/// Something that shows that what is said is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceView<'a> {
    /// What it is.
    pub title: &'a str,
    /// Where it is, as it was written.
    pub place: &'a str,
    /// The same, where it may be made a link.
    pub link: Option<&'a str>,
    /// The SHA-256 of the file.
    pub sha256: Option<&'a str>,
    /// The rule that it is about: its id.
    pub rule: Option<&'a str>,
    /// The same rule's title, where the record has such a rule.
    pub rule_title: Option<&'a str>,
}

/// The record that this one takes the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SupersedesView<'a> {
    /// Its seal.
    pub record: &'a str,
    /// The day on which it was decided.
    pub decided_on: Date,
    /// Why there is a new one.
    pub why: &'a str,
}

pub(super) fn decision(record: &Record) -> DecisionView<'_> {
    let decision = &record.decision;
    let consulted: Vec<ConsultedView<'_>> = decision.consulted.iter().map(self::consulted).collect();
    DecisionView {
        choice: decision.choice.word(),
        says: choice(decision.choice),
        reasons: &decision.reasons,
        necessity: decision.necessity.as_deref(),
        retention: decision.retention.as_deref(),
        dates: decision.dates.as_deref(),
        conditions: decision.conditions.iter().map(|condition| self::condition(record, condition)).collect(),
        decided_by: person(&decision.decided_by),
        decided_on: decision.decided_on,
        review_on: decision.review_on,
        disagreements: consulted.iter().filter(|consulted| consulted.disagrees).count(),
        consulted,
    }
}

pub(super) fn request(request: &Request) -> RequestView<'_> {
    RequestView { by: person(&request.by), on: request.on, says: request.says.as_deref() }
}

pub(super) fn evidence<'a>(record: &'a Record, evidence: &'a Evidence) -> EvidenceView<'a> {
    EvidenceView {
        title: &evidence.title,
        place: &evidence.link,
        link: web_address(&evidence.link),
        sha256: evidence.sha256.as_deref(),
        rule: evidence.rule.as_deref(),
        rule_title: evidence.rule.as_deref().and_then(|rule| rule_title(record, rule)),
    }
}

pub(super) fn supersedes(supersedes: &Supersedes) -> SupersedesView<'_> {
    SupersedesView { record: &supersedes.record, decided_on: supersedes.decided_on, why: &supersedes.why }
}

/// The title of a rule, as the first flow has it.
fn rule_title<'a>(record: &'a Record, rule: &str) -> Option<&'a str> {
    let rules = &record.advice.flows.first()?.rules;
    rules.iter().find(|known| known.id == rule).map(|known| known.title.as_str())
}

fn condition<'a>(record: &'a Record, condition: &'a SharingCondition) -> ConditionView<'a> {
    ConditionView {
        says: &condition.says,
        rule: condition.rule.as_deref(),
        rule_title: condition.rule.as_deref().and_then(|rule| rule_title(record, rule)),
        flow: condition.flow.as_deref(),
        who: condition.who.as_deref(),
        by: condition.by,
    }
}

fn person(person: &Person) -> PersonView<'_> {
    PersonView { name: &person.name, role: &person.role }
}

fn consulted(consulted: &Consulted) -> ConsultedView<'_> {
    ConsultedView {
        name: &consulted.name,
        role: &consulted.role,
        on: consulted.on,
        view: consulted.view.word(),
        view_says: view(consulted.view),
        disagrees: consulted.view == View::Disagrees,
        says: consulted.says.as_deref(),
        answer: consulted.answer.as_deref(),
    }
}
