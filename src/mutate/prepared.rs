//! The cases, ready to be tried on changes.

use crate::cases::{date_of, differences, differs_alone, exchange_of, given_alone};
use crate::engine::{Advice, Evaluator, deciding};
use crate::model::{Case, CaseSet, Date, Exchange, QuestionIx, RuleIx};
use crate::ruleset::Ruleset;

/// A case that passes, ready to be tried on changes.
pub(super) struct Prepared<'c> {
    pub(super) case: &'c Case,
    /// Its position among the cases.
    pub(super) at: usize,
    pub(super) as_of: Date,
    /// Its exchange with every answer of its profile.
    pub(super) filled: Exchange,
    /// The questions that the profile answers.
    pub(super) assumed: Vec<QuestionIx>,
    /// Its exchange under the ruleset as it is, and the advice on that.
    pub(super) exchange: Exchange,
    pub(super) advice: Advice,
    /// The rules that ask for the outcome.
    pub(super) deciding: Vec<RuleIx>,
    /// Whether what it gives is tried without its profile.
    pub(super) alone: bool,
}

impl Prepared<'_> {
    /// Whether the advice on an exchange of it is not what it expects.
    pub(super) fn fails(&self, ruleset: &Ruleset, exchange: &Exchange, advice: &Advice) -> bool {
        if self.alone {
            differs_alone(self.case, advice).is_some()
        } else {
            !differences(ruleset, self.case, exchange, advice).is_empty()
        }
    }
}

/// The cases that pass, and the positions of those that fail. Each worker takes as many cases, one after the other.
pub(super) fn prepare<'c>(ruleset: &Ruleset, set: &'c CaseSet, workers: usize) -> (Vec<Prepared<'c>>, Vec<usize>) {
    let each = set.cases.len().div_ceil(workers.max(1)).max(1);
    let some = |(part, cases): (usize, &'c [Case])| {
        let mut evaluator = Evaluator::new(ruleset);
        let cases = cases.iter().enumerate().map(|(at, case)| (part * each + at, case));
        let ready: Vec<_> = cases.map(|(at, case)| (at, ready(&mut evaluator, set, at, case))).collect();
        ready
    };
    let ready = std::thread::scope(|scope| {
        let parts: Vec<_> = set.cases.chunks(each).enumerate().map(|part| scope.spawn(move || some(part))).collect();
        let mut ready = Vec::new();
        for part in parts {
            match part.join() {
                Ok(some) => ready.extend(some),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        ready
    });
    let (mut prepared, mut failing) = (Vec::new(), Vec::new());
    for (at, ready) in ready {
        match ready {
            Some(ready) => prepared.extend(ready),
            None => failing.push(at),
        }
    }
    (prepared, failing)
}

/// A case ready to be tried, and what it gives alone where that is tried too; none where it fails.
fn ready<'c>(evaluator: &mut Evaluator<'_>, set: &CaseSet, at: usize, case: &'c Case) -> Option<Vec<Prepared<'c>>> {
    let ruleset = evaluator.ruleset();
    let as_of = date_of(ruleset, case);
    let exchange = exchange_of(evaluator, set, case);
    let advice = evaluator.conclude(&exchange, as_of);
    if !differences(ruleset, case, &exchange, &advice).is_empty() {
        return None;
    }
    let (filled, assumed) = filled(set, case, &exchange);
    let asking = deciding(ruleset, &advice);
    let mut ready =
        vec![Prepared { case, at, as_of, filled, assumed, exchange, advice, deciding: asking, alone: false }];
    if let Some(exchange) = given_alone(ruleset, case) {
        let advice = evaluator.conclude(&exchange, as_of);
        if differs_alone(case, &advice).is_some() {
            return None;
        }
        let (filled, assumed, asking) = (exchange.clone(), Vec::new(), deciding(ruleset, &advice));
        ready.push(Prepared { case, at, as_of, filled, assumed, exchange, advice, deciding: asking, alone: true });
    }
    Some(ready)
}

/// The exchange of a case with every answer of its profile, whether it arises or not, and the questions so answered.
fn filled(set: &CaseSet, case: &Case, exchange: &Exchange) -> (Exchange, Vec<QuestionIx>) {
    let (mut exchange, mut assumed) = (exchange.clone(), Vec::new());
    let profile = case.assumed.and_then(|at| set.profiles.get(at));
    for (question, answer) in profile.iter().flat_map(|profile| profile.facts.iter()) {
        if case.given.get(question).is_none() {
            exchange.facts.set(question, answer.clone());
            assumed.push(question);
        }
    }
    (exchange, assumed)
}
