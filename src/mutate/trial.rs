//! Which case notices which change.

use std::collections::BTreeMap;

use super::alike::Alike;
use super::arena::{Arena, Lowered, Spot, Swap, view};
use super::change::{Mutant, Operator, Site};
use super::seen::Seen;
use crate::cases::{date_of, differences, differs_alone, given_alone, run_case};
use crate::compile::Tables;
use crate::engine::{Advice, Evaluator, conclude_in, not_arising, possible};
use crate::logic::{Decider, FormulaId, Possible, Verdict};
use crate::model::{Case, CaseSet, Date, Exchange, QuestionIx, RuleIx, Status};
use crate::ruleset::Ruleset;

/// A case that passes, ready to be tried on changes.
pub(super) struct Prepared<'c> {
    case: &'c Case,
    /// Its position among the cases.
    at: usize,
    as_of: Date,
    /// Its exchange with every answer of its profile.
    filled: Exchange,
    /// The questions that the profile answers.
    assumed: Vec<QuestionIx>,
    /// Its exchange under the ruleset as it is.
    exchange: Exchange,
    /// Whether what it gives is tried without its profile.
    alone: bool,
}

impl Prepared<'_> {
    /// Whether the advice on an exchange of it is not what it expects.
    fn fails(&self, ruleset: &Ruleset, exchange: &Exchange, advice: &Advice) -> bool {
        if self.alone {
            differs_alone(self.case, advice).is_some()
        } else {
            !differences(ruleset, self.case, exchange, advice).is_empty()
        }
    }
}

/// The cases that pass, and the positions of those that fail.
pub(super) fn prepare<'c>(ruleset: &Ruleset, set: &'c CaseSet) -> (Vec<Prepared<'c>>, Vec<usize>) {
    let mut evaluator = Evaluator::new(ruleset);
    let (mut prepared, mut failing) = (Vec::new(), Vec::new());
    for (at, case) in set.cases.iter().enumerate() {
        let result = run_case(&mut evaluator, set, case);
        if !result.passed() {
            failing.push(at);
            continue;
        }
        let (filled, assumed) = filled(set, case, &result.exchange);
        let as_of = date_of(ruleset, case);
        prepared.push(Prepared { case, at, as_of, filled, assumed, exchange: result.exchange, alone: false });
        if let Some(given) = given_alone(ruleset, case) {
            let (filled, exchange) = (given.clone(), given);
            prepared.push(Prepared { case, at, as_of, filled, assumed: Vec::new(), exchange, alone: true });
        }
    }
    (prepared, failing)
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

/// For each change, the first case that notices it.
pub(super) fn caught(
    arena: &Arena,
    ruleset: &mut Ruleset,
    mutants: &mut [Mutant],
    cases: &[Prepared<'_>],
) -> Vec<Option<usize>> {
    let mut trial = Trial::new(arena, ruleset, mutants);
    for case in cases {
        trial.case(case);
    }
    trial.caught
}

/// The changes of one arena, tried on one case after another.
struct Trial<'a> {
    arena: &'a Arena,
    decider: Decider<'a>,
    ruleset: &'a mut Ruleset,
    tables: Tables,
    changes: Vec<Tried<'a>>,
    caught: Vec<Option<usize>>,
    /// Which formulas are plainly the same in the state considered.
    alike: BTreeMap<(FormulaId, FormulaId), bool>,
}

/// A change that is tried.
struct Tried<'a> {
    mutant: &'a mut Mutant,
    lowered: Lowered,
    /// The formulas that differ.
    pairs: Vec<(Spot, FormulaId, FormulaId)>,
}

impl<'a> Trial<'a> {
    fn new(arena: &'a Arena, ruleset: &'a mut Ruleset, mutants: &'a mut [Mutant]) -> Self {
        let caught = vec![None; mutants.len()];
        let tried = |(mutant, lowered): (&'a mut Mutant, &Lowered)| Tried {
            mutant,
            lowered: lowered.clone(),
            pairs: lowered.pairs(&arena.tables),
        };
        let changes = mutants.iter_mut().zip(&arena.changes).map(tried).collect();
        let decider = Decider::new(&arena.formulas, &arena.order);
        Self { arena, decider, ruleset, tables: arena.tables.clone(), changes, caught, alike: BTreeMap::new() }
    }

    fn case(&mut self, case: &Prepared<'_>) {
        let apart = self.apart(case);
        let state = self.state(&case.exchange);
        self.decider.consider(&state);
        self.alike.clear();
        let base = conclude_in(view(self.ruleset.parts(), &self.tables), &mut self.decider, &case.exchange, case.as_of);
        let sight = Seen::of(case.case, &case.exchange, case.alone, self.ruleset.rules());
        for at in 0..self.changes.len() {
            let open = self.caught.get(at).is_some_and(Option::is_none) && !apart.iter().any(|(other, _)| *other == at);
            if open && self.matters(at, &sight, &base, &state) {
                self.attempt(at, case, &case.exchange, &state);
            }
        }
        for (at, exchange) in apart {
            let state = self.state(&exchange);
            self.decider.consider(&state);
            self.attempt(at, case, &exchange, &state);
        }
    }

    fn state(&self, exchange: &Exchange) -> Possible {
        possible(view(self.ruleset.parts(), &self.tables), &self.arena.formulas, &exchange.facts)
    }

    /// The changes under which other answers of the case's profile arise, each with the exchange that it then is.
    fn apart(&mut self, case: &Prepared<'_>) -> Vec<(usize, Exchange)> {
        let reads = |change: &Tried<'_>| {
            change.lowered.swaps.iter().any(|swap| matches!(swap, Swap::Arises(ix, _) if case.assumed.contains(ix)))
        };
        let open =
            |at: &usize| self.caught.get(*at).is_some_and(Option::is_none) && self.changes.get(*at).is_some_and(reads);
        let some: Vec<usize> = (0..self.changes.len()).filter(open).collect();
        if some.is_empty() {
            return Vec::new();
        }
        let state = self.state(&case.filled);
        self.decider.consider(&state);
        let mut apart = Vec::new();
        for at in some {
            let Some(change) = self.changes.get_mut(at) else { continue };
            change.lowered.exchange(&mut self.tables);
            let moot = not_arising(view(self.ruleset.parts(), &self.tables), &mut self.decider, &case.filled.facts);
            change.lowered.exchange(&mut self.tables);
            let mut exchange = case.filled.clone();
            for question in case.assumed.iter().filter(|question| moot.contains(question)) {
                exchange.facts.remove(*question);
            }
            if exchange.facts != case.exchange.facts {
                apart.push((at, exchange));
            }
        }
        apart
    }

    /// Whether the change can make a difference to the case: some formula comes out otherwise, or the rule itself is
    /// another where the case could see it.
    fn matters(&mut self, at: usize, sight: &Seen<'_>, base: &Advice, state: &Possible) -> bool {
        let Some(change) = self.changes.get(at) else { return false };
        let seen = |ix: RuleIx| base.status(ix) != Status::NotApplicable || sight.has(Spot::Rule(ix));
        let other = match (change.mutant.site, change.mutant.operator) {
            (Site::Rule(ix), _) | (Site::Met(ix), Operator::MetDropped) => seen(ix),
            _ => change.lowered.screens.is_some(),
        };
        if other {
            return true;
        }
        let seen = change.pairs.iter().filter(|(spot, ..)| sight.has(*spot));
        let pairs: Vec<(FormulaId, FormulaId)> = seen.map(|(_, was, becomes)| (*was, *becomes)).collect();
        let decider = &self.decider;
        let plainly = |(was, becomes): &(FormulaId, FormulaId)| {
            let (was, becomes) = (decider.truth(*was).known(), decider.truth(*becomes).known());
            was.is_some() && becomes.is_some() && was != becomes
        };
        pairs.iter().any(plainly) || pairs.into_iter().any(|(was, becomes)| self.differ(was, becomes, state))
    }

    /// Whether two formulas come out otherwise in the state considered.
    fn differ(&mut self, was: FormulaId, becomes: FormulaId, state: &Possible) -> bool {
        if Alike::new(&self.arena.formulas, &self.decider, &mut self.alike).alike(was, becomes) {
            return false;
        }
        let verdicts = [was, becomes].map(|formula| self.decider.verdict(formula));
        if !verdicts.contains(&Verdict::OverBudget) {
            let [was, becomes] = verdicts.map(settled);
            return was != becomes;
        }
        // The budget is that of all changes together: once more, for this one alone.
        self.decider.consider(state);
        let [was, becomes] = [was, becomes].map(|formula| settled(self.decider.verdict(formula)));
        was != becomes
    }

    /// Runs the case on the changed ruleset.
    fn attempt(&mut self, at: usize, case: &Prepared<'_>, exchange: &Exchange, state: &Possible) {
        let Some(change) = self.changes.get_mut(at) else { return };
        let itself = matches!(change.mutant.site, Site::Rule(_) | Site::Met(_));
        if itself {
            change.mutant.exchange(self.ruleset.parts_mut());
        }
        change.lowered.exchange(&mut self.tables);
        let view = view(self.ruleset.parts(), &self.tables);
        let mut advice = conclude_in(view, &mut self.decider, exchange, case.as_of);
        if advice.over_budget {
            // The budget is that of all changes together: once more, for this one alone.
            self.decider.consider(state);
            advice = conclude_in(view, &mut self.decider, exchange, case.as_of);
        }
        if case.fails(self.ruleset, exchange, &advice)
            && let Some(slot) = self.caught.get_mut(at)
        {
            *slot = Some(case.at);
        }
        change.lowered.exchange(&mut self.tables);
        if itself {
            change.mutant.exchange(self.ruleset.parts_mut());
        }
    }
}

/// What a verdict says that the engine can tell.
fn settled(verdict: Verdict) -> Option<bool> {
    match verdict {
        Verdict::Always => Some(true),
        Verdict::Never => Some(false),
        Verdict::Depends | Verdict::OverBudget => None,
    }
}
