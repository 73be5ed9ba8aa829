//! Whether states can differ, and facts that show it.

use super::change::{OneSided, Reach, Shift, Way, Witness};
use super::ground::{Domain, Ground, Side};
use super::lowered::States;
use crate::engine::Evaluator;
use crate::logic::{Choices, DEFAULT_NODE_BUDGET, FormulaId, Formulas, Order};
use crate::model::{Exchange, Facts, Outcome, QuestionIx};
use crate::proof::{Proof, Prover};
use crate::ruleset::Ruleset;

/// Proves differences over one domain after another, and finds witnesses.
pub(super) struct Judge<'f> {
    pub(super) ground: Ground<'f>,
    /// What is looked at, narrowest first: exchanges that both versions can express, then those that one can.
    courts: Vec<Court<'f>>,
    evaluators: [(Evaluator<'f>, &'f Ruleset); 2],
}

struct Court<'f> {
    domain: Domain,
    /// Proves, in an order of variables that keeps diagrams small.
    prover: Prover<'f>,
    /// Finds fewest answers, in an order that keeps the variables of a question together.
    finder: Prover<'f>,
}

/// What came of looking for one way in which states differ.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) shifts: Vec<Shift>,
    pub(super) unproved: Vec<Way>,
}

/// One way in which states may differ: the first version in the one state and the second out of it, or the reverse; and
/// the pairs of states that show it, best first.
pub(super) struct Question {
    pub(super) way: Way,
    pub(super) wanted: [(usize, bool); 2],
    pub(super) shown_by: &'static [(usize, usize)],
}

/// Whether something is so: it is now, or it is no longer.
pub(super) const YES_NO: [Question; 2] = [
    Question { way: Way::More, wanted: [(0, true), (0, false)], shown_by: &[(0, 1)] },
    Question { way: Way::Fewer, wanted: [(0, false), (0, true)], shown_by: &[(1, 0)] },
];

impl<'f> Judge<'f> {
    /// A judge of two rulesets. The orders are one that keeps diagrams small, and the plain one.
    pub(super) fn new(
        ground: Ground<'f>,
        [before, after]: [&'f Ruleset; 2],
        formulas: &'f Formulas,
        [order, plain]: [&'f Order; 2],
        allowance: u64,
    ) -> Self {
        let bounded = |order| Prover::with_allowance(formulas, order, DEFAULT_NODE_BUDGET, allowance);
        let mut domains = vec![Domain::Both];
        domains.extend([Side::After, Side::Before].into_iter().filter(|side| ground.has_own(*side)).map(Domain::Of));
        let court = |domain: Domain| {
            let possible = ground.possible(domain, formulas);
            let prover = bounded(order).among(possible.clone());
            // What both can express is what may be named; the rest may be whatever either version offers.
            let finder = match domain {
                Domain::Both => bounded(plain),
                Domain::Of(_) => bounded(plain).among(possible),
            };
            Court { domain, prover, finder }
        };
        let courts = domains.into_iter().map(court).collect();
        let evaluators = [(Evaluator::new(before), before), (Evaluator::new(after), after)];
        Self { ground, courts, evaluators }
    }

    /// The ways in which two things' states differ: over the exchanges that both versions can express, or else over those
    /// that one can. `labels` are the words of the states, and `told` which of the versions have the thing.
    pub(super) fn ways(
        &mut self,
        [before, after]: [&States; 2],
        questions: &[Question],
        told: [bool; 2],
        labels: &[&str],
    ) -> Findings {
        let mut findings = Findings::default();
        if before.plain == after.plain {
            return findings;
        }
        for at in 0..self.courts.len() {
            for question in questions {
                match self.differ(at, before, after, question) {
                    Proof::Never => {}
                    Proof::NotProved => findings.unproved.push(question.way),
                    Proof::Sometimes => {
                        let shift = self.shown(at, [before, after], question, told, labels);
                        findings.shifts.push(shift);
                    }
                }
            }
            if !findings.shifts.is_empty() {
                break;
            }
        }
        findings.unproved.sort_unstable();
        findings.unproved.dedup();
        findings
    }

    fn differ(&mut self, court: usize, before: &States, after: &States, question: &Question) -> Proof {
        let [(from, is), (to, shall)] = question.wanted;
        self.together(court, (before, from, is), (after, to, shall))
    }

    fn together(&mut self, court: usize, before: (&States, usize, bool), after: (&States, usize, bool)) -> Proof {
        let of = |(states, at, truth): (&States, usize, bool)| states.plain.get(at).map(|formula| (*formula, truth));
        let (Some(court), Some(one), Some(other)) = (self.courts.get_mut(court), of(before), of(after)) else {
            return Proof::Never;
        };
        court.prover.together(&[one, other])
    }

    fn shown(
        &mut self,
        court: usize,
        [before, after]: [&States; 2],
        question: &Question,
        told: [bool; 2],
        labels: &[&str],
    ) -> Shift {
        let mut pairs = question.shown_by.iter().copied();
        let fallback = question.shown_by.last().copied().unwrap_or_default();
        let (from, to) = pairs
            .find(|(from, to)| self.together(court, (before, *from, true), (after, *to, true)) == Proof::Sometimes)
            .unwrap_or(fallback);
        let label = |at: usize| labels.get(at).map(|label| (*label).to_owned());
        self.shift(court, [(before, from), (after, to)], question.way, told, [label(from), label(to)])
    }

    /// The shift between two states that are proved to come together, with its witness.
    fn shift(
        &mut self,
        court: usize,
        states: [(&States, usize); 2],
        way: Way,
        told: [bool; 2],
        labels: [Option<String>; 2],
    ) -> Shift {
        let reach = match self.courts.get(court).map(|court| court.domain) {
            Some(Domain::Of(Side::Before)) => Reach::OnlyBefore,
            Some(Domain::Of(Side::After)) => Reach::OnlyAfter,
            _ => Reach::Both,
        };
        let [before, after] = labels;
        let before = before.filter(|_| told[0] && reach != Reach::OnlyAfter);
        let after = after.filter(|_| told[1] && reach != Reach::OnlyBefore);
        Shift { way, before, after, reach, witness: self.witness(court, states) }
    }

    /// Whether a thing can have one of these states.
    pub(super) fn can_be(&mut self, states: &States, which: &[usize]) -> bool {
        let Some(court) = self.courts.first_mut() else { return false };
        let formulas = which.iter().filter_map(|at| states.plain.get(*at));
        formulas.into_iter().any(|formula| court.prover.together(&[(*formula, true)]) == Proof::Sometimes)
    }

    /// Whether two things are proved to have the same states for every exchange that both versions can express.
    pub(super) fn same(&mut self, before: &States, after: &States) -> bool {
        let Some(court) = self.courts.first_mut() else { return false };
        let mut pairs = before.plain.iter().zip(&after.plain);
        pairs.all(|(one, other)| court.prover.differ(*one, *other) == Proof::Never)
    }

    /// The shift between values of a derived fact that fewest answers show.
    pub(super) fn values(&mut self, [before, after]: [&States; 2], names: [&[&str]; 2]) -> Findings {
        let mut findings = Findings::default();
        if before.plain == after.plain && names[0] == names[1] {
            return findings;
        }
        for court in 0..self.courts.len() {
            let mut best: Option<(usize, Shift)> = None;
            for (from, old) in names[0].iter().enumerate() {
                for (to, new) in names[1].iter().enumerate().filter(|(_, new)| *new != old) {
                    let states = [(before, from), (after, to)];
                    match self.together(court, (before, from, true), (after, to, true)) {
                        Proof::Never => continue,
                        Proof::NotProved => {
                            findings.unproved = vec![Way::Other];
                            continue;
                        }
                        Proof::Sometimes => {}
                    }
                    let labels = [Some((*old).to_owned()), Some((*new).to_owned())];
                    let shift = self.shift(court, states, Way::Other, [true, true], labels);
                    let size = shift.witness.as_ref().map_or(usize::MAX, size);
                    if best.as_ref().is_none_or(|(least, _)| size < *least) {
                        best = Some((size, shift));
                    }
                }
            }
            if let Some((_, shift)) = best {
                findings.shifts.push(shift);
                break;
            }
        }
        findings
    }

    /// The fewest answers that give the states, whatever the others are.
    fn witness(&mut self, court: usize, states: [(&States, usize); 2]) -> Option<Witness> {
        let (domain, choices, smallest) = self.choices(court, states)?;
        let mut facts = self.ground.facts(domain, &choices);
        let mut outcomes = [None, None];
        let mut moot: [Vec<QuestionIx>; 2] = [Vec::new(), Vec::new()];
        for (side, facts) in facts.iter_mut().enumerate() {
            let (Some(facts), Some((evaluator, ruleset))) = (facts, self.evaluators.get_mut(side)) else { continue };
            let exchange = Exchange { id: "main".to_owned(), facts: facts.clone(), ..Exchange::default() };
            let advice = evaluator.conclude(&exchange, ruleset.info().law_as_at);
            for question in &advice.moot {
                facts.remove(*question);
            }
            if let (Some(outcome), Some(moot)) = (outcomes.get_mut(side), moot.get_mut(side)) {
                *outcome = Some(advice.outcome);
                *moot = advice.moot;
            }
        }
        let [outcome_before, outcome_after]: [Option<Outcome>; 2] = outcomes;
        let only_after = self.only(Side::After, &facts);
        let only_before = self.only(Side::Before, &facts);
        let [before, after] = facts;
        Some(Witness { before, after, only_after, only_before, outcome_before, outcome_after, smallest })
    }

    /// The questions that one version's facts answer, and the other's do not.
    fn only(&self, side: Side, facts: &[Option<Facts>; 2]) -> Vec<OneSided> {
        let [Some(before), Some(after)] = facts else { return Vec::new() };
        let (mine, theirs, other) = match side {
            Side::Before => (before, after, Side::After),
            Side::After => (after, before, Side::Before),
        };
        let id = |side: Side, ix: QuestionIx| self.ground.parts(side).questions.get(ix).map(|q| q.id.as_str());
        let answered: Vec<&str> = theirs.iter().filter_map(|(ix, _)| id(other, ix)).collect();
        let mut only = Vec::new();
        for (ix, _) in mine.iter() {
            let Some(name) = id(side, ix) else { continue };
            let asked = self.ground.asks(other, side, ix);
            if !(asked && answered.contains(&name)) {
                only.push(OneSided { question: name.to_owned(), asked });
            }
        }
        only
    }

    fn choices(&mut self, court: usize, [before, after]: [(&States, usize); 2]) -> Option<(Domain, Choices, bool)> {
        let ground = &self.ground;
        let Court { domain, prover, finder } = self.courts.get_mut(court)?;
        let domain = *domain;
        let of = |(states, at): (&States, usize), guarded: bool| {
            let states = if guarded { &states.guarded } else { &states.plain };
            states.get(at).map(|formula: &FormulaId| (*formula, true))
        };
        let guarded = domain == Domain::Both;
        let wanted = [of(before, guarded)?, of(after, guarded)?];
        // What other searches left behind counts against the budget: the second try starts from nothing.
        for _ in 0..2 {
            if let Ok(diagram) = finder.diagram(&wanted) {
                let group = |var| ground.slot_of(var);
                let allowed = |var, value| ground.allows(domain, var, value);
                if let Ok(Some(choices)) = finder.decider().diagrams().fewest_among(diagram, group, allowed) {
                    return Some((domain, choices, true));
                }
            }
            let possible = finder.decider().possible().clone();
            finder.decider().consider(&possible);
        }
        let wanted = [of(before, false)?, of(after, false)?];
        let diagram = prover.diagram(&wanted).ok()?;
        let choices = prover.decider().diagrams().witness(diagram, true)?;
        Some((domain, choices, false))
    }
}

/// How many questions a witness answers.
fn size(witness: &Witness) -> usize {
    let count = |facts: &Option<Facts>| facts.as_ref().map_or(0, |facts| facts.iter().count());
    count(&witness.after).max(count(&witness.before)) + witness.only_before.len()
}
