//! One exchange: who sends what to whom, what was answered, and the advice on it.

use serde::Serialize;

use super::answer::{QuestionView, SectionView, question, sections};
use super::candidate::{CandidatesView, UpcomingView, candidates, upcoming};
use super::conclusion::{ConclusionView, conclusion};
use super::group::{GroupView, groups};
use super::myth::{MythView, myth};
use super::rule::{RuleView, rule};
use super::source::Numbers;
use super::words::Standing;
use crate::record::v1::{Flow, Record};
use crate::report::record::facts::{Facts, word};

/// One exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FlowView<'a> {
    /// `main`, or the flow's id.
    pub id: &'a str,
    /// The outcome.
    pub outcome: Standing,
    /// Whether a limit of work was reached: something may be called open that is not.
    pub over_budget: bool,
    /// Who sends, where that was answered.
    pub from: Option<Endpoint<'a>>,
    /// Who receives, where that was answered.
    pub to: Option<Endpoint<'a>>,
    /// What is sent: the answers on what form the data has, and what it is about.
    pub sends: Vec<String>,
    /// How it travels.
    pub travels: Vec<String>,
    /// Where the recipient keeps it.
    pub held: Vec<String>,
    /// What the recipient uses it for.
    pub purpose: Vec<String>,
    /// The legal powers that were chosen.
    pub powers: Vec<String>,
    /// The conclusions that people see.
    pub conclusions: Vec<ConclusionView<'a>>,
    /// The options that are open, by question: legal powers, lawful bases.
    pub candidates: Vec<CandidatesView<'a>>,
    /// The groups that have rules, in reading order.
    pub groups: Vec<GroupView>,
    /// Every rule, in the ruleset's order. Each is in one group.
    pub rules: Vec<RuleView<'a>>,
    /// Options that would be open if they were in force.
    pub upcoming: Vec<UpcomingView<'a>>,
    /// Beliefs that were told, or that matter here, and the truth; those that were told first.
    pub myths: Vec<MythView<'a>>,
    /// Questions without an answer that still matter.
    pub open: Vec<QuestionView<'a>>,
    /// Questions answered `unknown` on which something still depends.
    pub unknown: Vec<QuestionView<'a>>,
    /// What was answered, by section.
    pub sections: Vec<SectionView<'a>>,
}

/// Who sends or receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Endpoint<'a> {
    /// The answer as a manifest writes it: `hmrc`.
    pub id: &'a str,
    /// In words.
    pub label: &'a str,
    /// The country, where it was asked for.
    pub country: Option<&'a str>,
}

pub(super) fn flow<'a>(record: &'a Record, flow: &'a Flow, numbers: &Numbers<'_>) -> FlowView<'a> {
    let known = record.facts.iter().find(|known| known.id == flow.id);
    let facts = Facts::new(record, flow);
    // A power that was named and does not reach this exchange must not look as if the exchange rested on it.
    let labels = |questions: &[&str]| -> Vec<String> {
        questions.iter().flat_map(|question| facts.all_words(question)).collect()
    };
    let mut myths: Vec<MythView<'a>> = flow.myths.iter().filter_map(|one| myth(one, numbers)).collect();
    myths.sort_by_key(|myth| !myth.told);
    FlowView {
        id: &flow.id,
        outcome: Standing::of(flow.outcome),
        over_budget: flow.over_budget,
        from: endpoint(&facts, "from"),
        to: endpoint(&facts, "to"),
        sends: labels(&["data.form", "data.about", "data.topic"]),
        travels: labels(&["handling.route"]),
        held: labels(&["hosting.kind"]),
        purpose: labels(&["purpose.use"]),
        powers: labels(&["power.gateway"]),
        conclusions: flow.derived.iter().filter_map(|derived| conclusion(derived, numbers)).collect(),
        candidates: flow.candidates.iter().map(|of| candidates(of, numbers)).collect(),
        groups: groups(&flow.rules),
        rules: flow.rules.iter().map(|one| rule(record, &flow.id, one, numbers)).collect(),
        upcoming: flow.upcoming.iter().map(|option| upcoming(option, numbers)).collect(),
        myths,
        open: flow.open.iter().map(question).collect(),
        unknown: flow.unknown.iter().map(question).collect(),
        sections: known.map(sections).unwrap_or_default(),
    }
}

fn endpoint<'a>(facts: &Facts<'a>, party: &str) -> Option<Endpoint<'a>> {
    let of = |key: &str| facts.answer(&format!("{party}.{key}")).and_then(|answer| answer.answers.first());
    let body = of("body")?;
    Some(Endpoint { id: &body.value, label: word(body), country: of("country").map(word) })
}
