//! Manifest + engine → advice on each of its exchanges, or the faults of the manifest.

mod because;
mod fail_on;
mod fingerprint;
mod rule_finding;
mod selection;
mod since;
mod waiver_finding;

pub use fail_on::FailOn;
pub use rule_finding::{RuleFinding, Spot, SpotRole, Wanted, rule_findings};
pub use selection::choose;
pub use since::{Since, since, to_know};
pub use waiver_finding::{WaiverFinding, WaiverKind, needed_waivers, waiver_findings};

use crate::engine::{Advice, Evaluator, Outcome};
use crate::finding::{Code, Finding, Findings};
use crate::manifest::{Flow, MAIN, UncheckedManifest};
use crate::model::{AnswerValue, Date, Derived, DerivedIx, QuestionIx, ValueIx};
use crate::text::{Sources, quoted};

/// The advice on every exchange of a manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The exchanges, the manifest's own first.
    pub flows: Vec<CheckedFlow>,
}

/// The advice on one exchange of a manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedFlow {
    /// The exchange, and where its answers stand.
    pub flow: Flow,
    /// The advice.
    pub advice: Advice,
}

/// Reads a manifest's exchanges against a ruleset and evaluates each. None where the manifest has a fault.
pub fn check(
    evaluator: &mut Evaluator<'_>,
    manifest: &UncheckedManifest,
    as_of: Date,
    sources: &Sources,
    findings: &mut Findings,
) -> Option<Checked> {
    let ruleset = evaluator.ruleset();
    let mut own = Findings::new();
    let flows = manifest.flows(ruleset, as_of, sources, &mut own);
    let mut checked = Vec::new();
    for flow in flows {
        let advice = evaluator.evaluate(&flow.exchange, as_of);
        if advice.outcome != Outcome::Screened {
            for question in &advice.moot {
                own.extend(does_not_arise(evaluator, &flow, &advice, *question).map(|f| manifest.hide(f)));
            }
        }
        checked.push(CheckedFlow { flow, advice });
    }
    if !own.is_empty() {
        findings.append(own);
        return None;
    }
    Some(Checked { flows: checked })
}

impl Checked {
    /// The worst outcome of its exchanges.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.flows.iter().map(|flow| flow.advice.outcome).max().unwrap_or(Outcome::Incomplete)
    }

    /// Whether the safety screen ends everything: nothing else of the manifest is shown then.
    #[must_use]
    pub fn is_screened(&self) -> bool {
        self.outcome() == Outcome::Screened
    }

    /// The values that a derived fact with a scale can have over all exchanges: the highest of each decides.
    #[must_use]
    pub fn highest(&self, ix: DerivedIx, fact: &Derived) -> Option<Vec<ValueIx>> {
        if !fact.scale {
            return None;
        }
        let possible = |flow: &CheckedFlow| flow.advice.derived.get(usize::from(ix.0)).cloned().unwrap_or_default();
        let floor = self.flows.iter().filter_map(|flow| possible(flow).into_iter().min()).max()?;
        let mut values: Vec<ValueIx> = self.flows.iter().flat_map(possible).filter(|value| *value >= floor).collect();
        values.sort_unstable();
        values.dedup();
        Some(values)
    }
}

/// An answer to a question that does not arise: never quietly dropped. `unknown` drops nothing.
fn does_not_arise(evaluator: &Evaluator<'_>, flow: &Flow, advice: &Advice, question: QuestionIx) -> Option<Finding> {
    let ruleset = evaluator.ruleset();
    let answer = flow.exchange.facts.get(question)?;
    if answer.value == AnswerValue::Unknown || matches!(answer.value, AnswerValue::Text(_)) {
        return None;
    }
    let asked = ruleset.questions().get(question)?;
    let (place, own) =
        flow.places.iter().find(|(other, _, _)| *other == question).map(|(_, place, own)| (*place, *own))?;
    let condition = asked.only_if.as_ref()?;
    let reasons = evaluator.explainer(&flow.exchange, advice).condition(condition);
    let deciding = because::questions(ruleset, &reasons);
    let wanted = if deciding.is_empty() {
        "it depends on other answers".to_owned()
    } else {
        format!("whether it arises depends on {}", deciding.join(", "))
    };
    let id = &asked.id;
    let finding = if own || flow.exchange.id == MAIN {
        Finding::new(Code::AnswerDoesNotArise, format!("`{id}` is answered, but that question does not arise here"))
            .help(format!("{wanted}: change that answer, or take this one out"))
    } else {
        let flow_id = quoted(&flow.exchange.id);
        Finding::new(Code::AnswerDoesNotArise, format!("`{id}` is answered, but does not arise for the flow {flow_id}"))
            .help(format!("{wanted}; if this answer does not hold for that flow, add `without: [{id}]` to it"))
    };
    Some(finding.at(place))
}
