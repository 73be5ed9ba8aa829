//! The advice on an exchange, where only a little of the ruleset is otherwise.

use super::candidates::candidate;
use super::conclude::{known, values};
use super::outcome::outcome;
use super::status::{Standing, standing};
use super::{Advice, Candidates, View};
use crate::logic::{Decider, Verdict};
use crate::model::{Date, DerivedIx, Exchange, Ix, MythIx, OptionIx, QuestionIx, RuleIx};

/// What of a ruleset may come out otherwise than it did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// The rules.
    pub rules: Vec<RuleIx>,
    /// The derived facts.
    pub derived: Vec<DerivedIx>,
    /// The options, each with its question.
    pub options: Vec<(QuestionIx, OptionIx)>,
    /// The myths.
    pub myths: Vec<MythIx>,
    /// The questions that may arise otherwise.
    pub questions: Vec<QuestionIx>,
}

/// The advice on the exchange of the state considered, as [`conclude_in`](super::conclude_in) has it: taken from `before` but
/// for what is touched, and the outcome. Anything else must come out as it did for `before`, which is advice on the same
/// exchange and date.
#[must_use]
pub fn conclude_again(
    view: View<'_>,
    decider: &mut Decider<'_>,
    (exchange, as_of): (&Exchange, Date),
    before: &Advice,
    touched: &Touched,
) -> Advice {
    let mut advice = before.clone();
    for ix in &touched.rules {
        let Some(rule) = view.parts.rules.get(*ix) else { continue };
        let Standing { status, applies, .. } = standing(decider, view, *ix, rule, exchange, as_of);
        put(&mut advice.statuses, ix.index(), status);
        put(&mut advice.applies, ix.index(), applies);
    }
    for ix in &touched.derived {
        put(&mut advice.derived, ix.index(), values(view, decider, *ix));
    }
    for (question, option) in &touched.options {
        again(view, decider, exchange, &mut advice, (*question, *option));
    }
    for myth in &touched.myths {
        let matters = view.myths.get(*myth).and_then(|when| known(decider.verdict(*when)));
        include(&mut advice.myths, *myth, matters == Some(true));
        advice.told.iter_mut().filter(|told| told.myth == *myth).for_each(|told| told.matters = matters);
    }
    for question in &touched.questions {
        let arises = view.questions.get(*question).map(|question| question.arises);
        let never = arises.is_some_and(|arises| decider.verdict(arises) == Verdict::Never);
        include(&mut advice.moot, *question, never && exchange.facts.get(*question).is_some());
    }
    advice.outcome = outcome(view, exchange, &advice.statuses, &advice.applies);
    advice.over_budget = decider.over_budget();
    advice
}

/// Looks again at one option.
fn again(
    view: View<'_>,
    decider: &mut Decider<'_>,
    exchange: &Exchange,
    advice: &mut Advice,
    (question, option): (QuestionIx, OptionIx),
) {
    let found = candidate(decider, view, &exchange.facts, question, option);
    include(&mut advice.upcoming, (question, option), matches!(found, Some((_, true))));
    let at = advice.candidates.partition_point(|group| group.question < question);
    if advice.candidates.get(at).is_none_or(|group| group.question != question) {
        advice.candidates.insert(at, Candidates { question, options: Vec::new() });
    }
    let Some(group) = advice.candidates.get_mut(at) else { return };
    group.options.retain(|candidate| candidate.option != option);
    if let Some((candidate, false)) = found {
        let place = group.options.partition_point(|other| other.option < option);
        group.options.insert(place, candidate);
    }
    if group.options.is_empty() {
        advice.candidates.remove(at);
    }
}

fn put<T>(list: &mut [T], at: usize, value: T) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

/// Has an item in a sorted list, or not.
fn include<T: Ord>(list: &mut Vec<T>, item: T, has: bool) {
    match (list.binary_search(&item), has) {
        (Err(at), true) => list.insert(at, item),
        (Ok(at), false) => drop(list.remove(at)),
        _ => {}
    }
}
