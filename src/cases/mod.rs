//! A ruleset's own tests, run.

mod alone;
mod compare;
pub mod coverage;
mod difference;
mod interview;

pub use alone::{Alone, differs_alone, given_alone};
pub use compare::differences;
pub use coverage::coverage;
pub use difference::{Difference, Differs};
pub use interview::{Interview, interview, interviews};

use crate::engine::Evaluator;
use crate::model::{
    Answer, Case, CaseSet, Date, Done, Exchange, Facts, Given, Outcome, Profile, QuestionIx, RuleIx, Waiver,
};
use crate::ruleset::Ruleset;

/// What came out of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseResult<'c> {
    /// The case.
    pub case: &'c Case,
    /// The date of its advice.
    pub as_of: Date,
    /// Its exchange, the profile's answers among its own.
    pub exchange: Exchange,
    /// The outcome that the advice came to.
    pub outcome: Outcome,
    /// What came of the facts given alone, where the case asks for that too.
    pub alone: Option<Alone>,
    /// Each difference from what was expected, those of the facts given alone last; none where the case passes.
    pub differences: Vec<Difference>,
}

impl CaseResult<'_> {
    /// Whether the advice is what was expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Runs every case of a ruleset.
#[must_use]
pub fn run<'c>(ruleset: &Ruleset, set: &'c CaseSet) -> Vec<CaseResult<'c>> {
    let mut evaluator = Evaluator::new(ruleset);
    set.cases.iter().map(|case| run_case(&mut evaluator, set, case)).collect()
}

/// Runs one case of a set.
#[must_use]
pub fn run_case<'c>(evaluator: &mut Evaluator<'_>, set: &CaseSet, case: &'c Case) -> CaseResult<'c> {
    let as_of = date_of(evaluator.ruleset(), case);
    let exchange = exchange_of(evaluator, set, case);
    let advice = evaluator.conclude(&exchange, as_of);
    let mut differences = differences(evaluator.ruleset(), case, &exchange, &advice);
    let (alone, differs) = alone::run_alone(evaluator, case).unzip();
    differences.extend(differs.flatten());
    CaseResult { case, as_of, exchange, outcome: advice.outcome, alone, differences }
}

/// The date of a case's advice: its own, or that of the ruleset's law.
#[must_use]
pub fn date_of(ruleset: &Ruleset, case: &Case) -> Date {
    case.as_of.unwrap_or(ruleset.info().law_as_at)
}

/// The exchange of a case: what is given and recorded, and what the profile adds to it where that arises.
#[must_use]
pub fn exchange_of(evaluator: &mut Evaluator<'_>, set: &CaseSet, case: &Case) -> Exchange {
    let ruleset = evaluator.ruleset();
    let mut exchange = recorded(ruleset, case, date_of(ruleset, case));
    if let Some(profile) = case.assumed.and_then(|at| set.profiles.get(at)) {
        assume(evaluator, &mut exchange, profile, &case.given);
    }
    exchange
}

/// What a case gives and records.
fn recorded(ruleset: &Ruleset, case: &Case, as_of: Date) -> Exchange {
    Exchange {
        id: case.id.clone(),
        facts: case.given.clone(),
        done: case.done.iter().map(|rule| done(*rule, as_of)).collect(),
        waivers: case.waived.iter().map(|rule| waiver(ruleset, *rule, as_of)).collect(),
        told: Vec::new(),
        told_nothing: false,
    }
}

fn done(rule: RuleIx, on: Date) -> Done {
    Done { rule, on, by: "the case".to_owned(), evidence: "the case".to_owned(), given: Given::Unstated }
}

fn waiver(ruleset: &Ruleset, rule: RuleIx, expires: Date) -> Waiver {
    Waiver {
        rule,
        reason: "the case".to_owned(),
        approved_by: "the case".to_owned(),
        role: ruleset.rules().get(rule).and_then(|rule| rule.waivable_by.first().copied()),
        expires,
        given: Given::Unstated,
    }
}

/// Adds a profile's answers in asking order, leaving out those that turn out not to arise.
fn assume(evaluator: &mut Evaluator<'_>, exchange: &mut Exchange, profile: &Profile, given: &Facts) {
    let added: Vec<(QuestionIx, Answer)> = profile
        .facts
        .iter()
        .filter(|(question, _)| given.get(*question).is_none())
        .map(|(question, answer)| (question, answer.clone()))
        .collect();
    for (question, answer) in &added {
        exchange.facts.set(*question, answer.clone());
    }
    // What arises depends on earlier answers only, so one look at the whole tells all.
    let moot = evaluator.moot(&exchange.facts);
    for (question, _) in added {
        if moot.contains(&question) {
            exchange.facts.remove(question);
        }
    }
}
