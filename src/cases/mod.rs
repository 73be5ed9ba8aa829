//! A ruleset's own tests, run.

use crate::engine::{Advice, Evaluator};
use crate::model::{Answer, AnswerValue, Case, CaseSet, Done, Exchange, Facts, Given, Outcome, Profile, QuestionIx};
use crate::ruleset::Ruleset;

/// What came out of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseResult<'c> {
    /// The case.
    pub case: &'c Case,
    /// The outcome that the advice came to.
    pub outcome: Outcome,
    /// Each difference from what was expected, in words; none where the case passes.
    pub differences: Vec<String>,
}

/// Runs every case of a ruleset.
#[must_use]
pub fn run<'c>(ruleset: &Ruleset, set: &'c CaseSet) -> Vec<CaseResult<'c>> {
    let mut evaluator = Evaluator::new(ruleset);
    set.cases.iter().map(|case| run_case(&mut evaluator, set, case)).collect()
}

/// The exchange of a case: what is given, and what the profile adds to it where that arises.
#[must_use]
pub fn exchange_of(evaluator: &mut Evaluator<'_>, set: &CaseSet, case: &Case) -> Exchange {
    let as_of = case.as_of.unwrap_or(evaluator.ruleset().info().law_as_at);
    let mut exchange = Exchange { id: case.id.clone(), facts: case.given.clone(), ..Exchange::default() };
    exchange.done = case
        .done
        .iter()
        .map(|rule| Done {
            rule: *rule,
            on: as_of,
            by: "the case".to_owned(),
            evidence: "the case".to_owned(),
            given: Given::Unstated,
        })
        .collect();
    if let Some(profile) = case.assumed.and_then(|at| set.profiles.get(at)) {
        assume(evaluator, &mut exchange, profile, &case.given, as_of);
    }
    exchange
}

/// Adds a profile's answers in asking order, leaving out those that turn out not to arise.
fn assume(
    evaluator: &mut Evaluator<'_>,
    exchange: &mut Exchange,
    profile: &Profile,
    given: &Facts,
    as_of: crate::model::Date,
) {
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
    let moot = evaluator.evaluate(exchange, as_of).moot;
    for (question, _) in added {
        if moot.contains(&question) {
            exchange.facts.remove(question);
        }
    }
}

fn run_case<'c>(evaluator: &mut Evaluator<'_>, set: &CaseSet, case: &'c Case) -> CaseResult<'c> {
    let as_of = case.as_of.unwrap_or(evaluator.ruleset().info().law_as_at);
    let exchange = exchange_of(evaluator, set, case);
    let advice = evaluator.evaluate(&exchange, as_of);
    let differences = differences(evaluator.ruleset(), case, &exchange, &advice);
    CaseResult { case, outcome: advice.outcome, differences }
}

fn differences(ruleset: &Ruleset, case: &Case, exchange: &Exchange, advice: &Advice) -> Vec<String> {
    let mut found = Vec::new();
    let expect = &case.expect;
    for question in &advice.moot {
        let known = exchange.facts.get(*question).is_some_and(|a| !matches!(a.value, AnswerValue::Unknown));
        if known && advice.outcome != Outcome::Screened {
            let id = ruleset.questions().get(*question).map_or("", |q| q.id.as_str());
            found.push(format!("`{id}` is given, but does not arise"));
        }
    }
    if let Some(expected) = expect.outcome.filter(|expected| expected.word() != advice.outcome.word()) {
        found.push(format!("the outcome is {}, not {}", advice.outcome.word(), expected.word()));
    }
    for (ix, expected) in &expect.rules {
        let status = advice.status(*ix);
        if status != *expected {
            let id = ruleset.rules().get(*ix).map_or("", |rule| rule.id.as_str());
            found.push(format!("`{id}` is {}, not {}", status.word(), expected.word()));
        }
    }
    for (ix, expected) in &expect.derived {
        let value = advice.value(*ix);
        if value != *expected {
            let Some(fact) = ruleset.derived().get(*ix) else { continue };
            let name = |value: Option<crate::model::ValueIx>| {
                value.and_then(|value| fact.value(value)).map_or("undetermined", |value| value.name.as_str())
            };
            found.push(format!("`{}` is {}, not {}", fact.id, name(value), name(*expected)));
        }
    }
    candidates(ruleset, &expect.candidates, advice, true, &mut found);
    candidates(ruleset, &expect.not_candidates, advice, false, &mut found);
    for ix in expect.myths.iter().filter(|ix| !advice.myths.contains(ix)) {
        let id = ruleset.myths().get(*ix).map_or("", |myth| myth.id.as_str());
        found.push(format!("the myth `{id}` is not answered"));
    }
    found
}

fn candidates(
    ruleset: &Ruleset,
    groups: &[(QuestionIx, Vec<crate::model::OptionIx>)],
    advice: &Advice,
    wanted: bool,
    found: &mut Vec<String>,
) {
    for (question, options) in groups {
        let group = advice.candidates.iter().find(|group| group.question == *question);
        for option in options {
            let open = group.is_some_and(|group| group.options.iter().any(|candidate| candidate.option == *option));
            if open != wanted {
                let id = ruleset.choice(*question, *option).map_or("", |choice| choice.id.as_str());
                let is = if wanted { "is no candidate" } else { "is a candidate" };
                found.push(format!("`{id}` {is}"));
            }
        }
    }
}
