//! Whether a change that no case notices can make a difference at all, and on which facts.

use super::arena::{Arena, Lowered, Spot, Swap, view};
use super::change::{Mutant, Operator, Site};
use super::effects::{Effect, effects};
use super::{Settings, Shown, Verdict};
use crate::compile::Tables;
use crate::engine::{conclude_in, not_arising, possible};
use crate::logic::{DEFAULT_NODE_BUDGET, Decider, FormulaId, Verdict as Settled};
use crate::model::{Date, Exchange, Facts, Ix, QuestionIx};
use crate::proof::{Proof, Prover, Smallest, fewest_answers, smallest_facts};
use crate::ruleset::Parts;

/// How many ways of showing a change are compared, to find the one with the fewest answers.
const WAYS: usize = 8;

/// A way in which a change can show.
#[derive(Debug, Clone)]
struct Way {
    /// The truths that show it.
    truths: Vec<(FormulaId, bool)>,
    /// Of what.
    spot: Spot,
}

/// Whether an effect is on a spot.
fn is_on(spot: Spot, effect: &Effect) -> bool {
    match effect {
        Effect::Status { rule, .. }
        | Effect::Level { rule, .. }
        | Effect::Basis { rule, .. }
        | Effect::Due { rule, .. }
        | Effect::NoReferral { rule, .. }
        | Effect::Recordable(rule) => spot == Spot::Rule(*rule),
        Effect::Derived { fact, .. } => spot == Spot::Derived(*fact),
        Effect::Candidate { question, option, .. } => spot == Spot::Option(*question, *option),
        Effect::Myth { myth, .. } => spot == Spot::Myth(*myth),
        Effect::Arises { question, .. } => spot == Spot::Question(*question),
        Effect::Outcome { .. } => false,
    }
}

/// Proves what the changes of one arena can do.
pub(super) struct Proofs<'a> {
    arena: &'a Arena,
    tables: Tables,
    prover: Prover<'a>,
    /// Over the order of the questions, for witnesses.
    finder: Prover<'a>,
    decider: Decider<'a>,
    as_of: Date,
}

impl<'a> Proofs<'a> {
    pub(super) fn new(arena: &'a Arena, settings: &Settings<'_>) -> Self {
        let Settings { as_of, allowance, .. } = *settings;
        Self {
            arena,
            tables: arena.tables.clone(),
            prover: Prover::with_allowance(&arena.formulas, &arena.order, DEFAULT_NODE_BUDGET, allowance),
            finder: Prover::with_allowance(&arena.formulas, &arena.natural, DEFAULT_NODE_BUDGET, allowance),
            decider: Decider::new(&arena.formulas, &arena.order),
            as_of,
        }
    }

    /// What is proved of a change that no case notices.
    pub(super) fn verdict(&mut self, parts: &mut Parts, mutant: &mut Mutant, at: usize) -> Verdict {
        let Some(lowered) = self.arena.changes.get(at) else { return Verdict::NotProved };
        let mut over_budget = false;
        // That a question arises or not is shown only where nothing else is.
        for ways in self.ways(parts, mutant, lowered) {
            let mut found = Vec::new();
            for way in ways {
                if found.len() == WAYS {
                    break;
                }
                match self.prover.together(&way.truths) {
                    Proof::Never => {}
                    Proof::Sometimes => found.push(way),
                    Proof::NotProved => over_budget = true,
                }
            }
            if !found.is_empty() {
                return Verdict::Survives(self.shown(parts, mutant, lowered, &found));
            }
        }
        // Another question behind the safety screen is another thing that `unknown` can be answered to.
        if over_budget || lowered.screens.is_some() { Verdict::NotProved } else { Verdict::Equivalent }
    }

    /// The ways in which a change can show, in groups: a later group only counts where no earlier one can be.
    fn ways(&self, parts: &Parts, mutant: &Mutant, lowered: &Lowered) -> [Vec<Way>; 2] {
        let (mut seen, mut asked) = (Vec::new(), Vec::new());
        for (spot, was, becomes) in lowered.pairs(&self.arena.tables) {
            if is_shown(parts, spot) {
                let ways = if matches!(spot, Spot::Question(_)) { &mut asked } else { &mut seen };
                ways.push(Way { truths: vec![(was, true), (becomes, false)], spot });
                ways.push(Way { truths: vec![(was, false), (becomes, true)], spot });
            }
        }
        let itself = match (mutant.site, mutant.operator) {
            (Site::Rule(ix), _) | (Site::Met(ix), Operator::MetDropped) => {
                self.arena.tables.rules.get(ix).map(|rule| (ix, rule.when))
            }
            _ => None,
        };
        // Where a rule applies, what it is can be seen.
        asked.extend(itself.map(|(ix, when)| Way { truths: vec![(when, true)], spot: Spot::Rule(ix) }));
        [seen, asked]
    }

    /// The fewest facts of several ways, and what differs on them.
    fn shown(&mut self, parts: &mut Parts, mutant: &mut Mutant, lowered: &Lowered, ways: &[Way]) -> Shown {
        let mut best: Option<(Smallest, Spot)> = None;
        for way in ways {
            let Some(found) = self.smallest(parts, &way.truths) else { continue };
            let count = |smallest: &Smallest| smallest.facts.iter().count();
            if best.as_ref().is_none_or(|(best, _)| count(&found) < count(best)) {
                best = Some((found, way.spot));
            }
        }
        let Some((Smallest { facts, proved }, spot)) = best else {
            return Shown { facts: None, smallest: false, effects: Vec::new() };
        };
        let (facts, found) = self.usable(parts, mutant, lowered, facts, spot);
        // What the facts were found for comes first.
        let (mut effects, others): (Vec<Effect>, Vec<Effect>) =
            found.into_iter().partition(|effect| is_on(spot, effect));
        effects.extend(others);
        Shown { facts: Some(facts), smallest: proved, effects }
    }

    fn smallest(&mut self, parts: &Parts, truths: &[(FormulaId, bool)]) -> Option<Smallest> {
        let layout = &self.arena.layout;
        if let Ok(diagram) = self.finder.diagram(truths)
            && let Ok(found) = fewest_answers(parts, layout, &mut self.finder, diagram)
        {
            return found;
        }
        // With nothing made before that takes up the budget.
        smallest_facts(parts, layout, &self.arena.formulas, truths)
    }

    /// Facts that a case can state simply, and what differs on them. Of an answer to a question that does not arise yet, a
    /// case has to say so; often what differs shows without it.
    fn usable(
        &mut self,
        parts: &mut Parts,
        mutant: &mut Mutant,
        lowered: &Lowered,
        facts: Facts,
        spot: Spot,
    ) -> (Facts, Vec<Effect>) {
        let found = self.effects(parts, mutant, lowered, &facts);
        let moot = not_arising(view(parts, &self.tables), &mut self.decider, &facts);
        if moot.is_empty() {
            return (facts, found);
        }
        let mut fewer = facts.clone();
        for question in moot {
            fewer.remove(question);
        }
        let left = self.effects(parts, mutant, lowered, &fewer);
        if left.iter().any(|effect| is_on(spot, effect)) { (fewer, left) } else { (facts, found) }
    }

    /// What differs on some facts.
    fn effects(&mut self, parts: &mut Parts, mutant: &mut Mutant, lowered: &Lowered, facts: &Facts) -> Vec<Effect> {
        let exchange = Exchange { facts: facts.clone(), ..Exchange::default() };
        let state = possible(view(parts, &self.tables), &self.arena.formulas, facts);
        self.decider.consider(&state);
        let was = conclude_in(view(parts, &self.tables), &mut self.decider, &exchange, self.as_of);
        let mut lowered = lowered.clone();
        lowered.exchange(&mut self.tables);
        let before = matches!(mutant.site, Site::Rule(_) | Site::Met(_)).then(|| parts.clone());
        if before.is_some() {
            mutant.exchange(parts);
        }
        let becomes = conclude_in(view(parts, &self.tables), &mut self.decider, &exchange, self.as_of);
        let mut found = effects((before.as_ref().unwrap_or(parts), &was), (parts, &becomes));
        if before.is_some() {
            mutant.exchange(parts);
        }
        lowered.exchange(&mut self.tables);
        for swap in &lowered.swaps {
            if let Swap::Arises(question, arises) = swap {
                found.extend(self.arises(*question, *arises));
            }
        }
        found
    }

    fn arises(&mut self, question: QuestionIx, arises: FormulaId) -> Option<Effect> {
        let was = self.tables.questions.get(question)?.arises;
        match (self.decider.verdict(was), self.decider.verdict(arises)) {
            (Settled::Never, Settled::Always) => Some(Effect::Arises { question, becomes: true }),
            (Settled::Always, Settled::Never) => Some(Effect::Arises { question, becomes: false }),
            _ => None,
        }
    }
}

/// Whether people see it: what is not in force yet, and derived facts that are not shown, they do not.
fn is_shown(parts: &Parts, spot: Spot) -> bool {
    match spot {
        Spot::Rule(ix) => parts.rules.get(ix).is_some_and(|rule| rule.upcoming.is_none()),
        Spot::Derived(ix) => parts.derived.get(ix).is_some_and(|fact| fact.shown),
        Spot::Option(question, option) => {
            let choice = parts.choices(question).get(option.index());
            choice.is_some_and(|choice| choice.candidate && choice.upcoming.is_none())
        }
        Spot::Myth(_) | Spot::Question(_) => true,
    }
}
