//! Which case notices which change.

use std::collections::BTreeMap;

use super::alike::Alike;
use super::arena::{Arena, Lowered, Spot, Swap, view};
use super::change::{Mutant, Operator, Site};
use super::prepared::Prepared;
use super::seen::Seen;
use crate::compile::Tables;
use crate::engine::{Touched, conclude_again, conclude_in, not_arising, possible};
use crate::logic::{Decider, FormulaId, Possible, Truth};
use crate::model::{Exchange, Ix, Level, Outcome, Rule, RuleIx, Status};
use crate::ruleset::{Parts, Ruleset};

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
    /// Those of them that all others hang on; empty where there are none such.
    roots: Vec<(FormulaId, FormulaId)>,
    /// When each rule applies whose formulas differ, in rising order.
    whens: Vec<(RuleIx, FormulaId)>,
}

impl<'a> Trial<'a> {
    fn new(arena: &'a Arena, ruleset: &'a mut Ruleset, mutants: &'a mut [Mutant]) -> Self {
        let caught = vec![None; mutants.len()];
        let tried = |(mutant, lowered): (&'a mut Mutant, &Lowered)| {
            let pairs = lowered.pairs(&arena.tables);
            let roots = roots(ruleset.parts(), mutant.site, &pairs);
            Tried { mutant, roots, whens: lowered.whens(), lowered: lowered.clone(), pairs }
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
        let sight = Seen::of(case.case, &case.exchange, case.alone, self.ruleset.rules());
        for at in 0..self.changes.len() {
            let open = self.caught.get(at).is_some_and(Option::is_none) && !apart.iter().any(|(other, _)| *other == at);
            if !open {
                continue;
            }
            if let Some(touched) = self.touched(at, &sight, case) {
                self.attempt(at, case, &case.exchange, &state, Some(&touched));
            }
        }
        for (at, exchange) in apart {
            let state = self.state(&exchange);
            self.decider.consider(&state);
            self.attempt(at, case, &exchange, &state, None);
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

    /// What the case can see and may come out otherwise under the change; none where nothing does.
    fn touched(&mut self, at: usize, sight: &Seen<'_>, case: &Prepared<'_>) -> Option<Touched> {
        let change = self.changes.get(at)?;
        let before = &case.advice;
        let applies = |ix: RuleIx| before.applies.get(ix.index()).copied().flatten() == Some(true);
        let mut touched = Touched::default();
        let mut some = change.lowered.screens.is_some();
        let mut can = true;
        match (change.mutant.site, change.mutant.operator) {
            (Site::Rule(ix), _) | (Site::Met(ix), Operator::MetDropped) => {
                some |= before.status(ix) != Status::NotApplicable || sight.has(Spot::Rule(ix));
                // What a rule is, and what meets it, makes no difference to its status unless it applies.
                touched.rules.extend(Some(ix).filter(|_| some && applies(ix)));
                can = applies(ix);
            }
            (Site::Met(ix), _) => can = applies(ix),
            _ => {}
        }
        let mut alike = Alike::new(&self.arena.formulas, &self.decider, &mut self.alike);
        let mut differ = |was: FormulaId, becomes: FormulaId| !alike.alike(was, becomes);
        can = can && (change.roots.is_empty() || change.roots.iter().any(|(was, becomes)| differ(*was, *becomes)));
        for (spot, was, becomes) in change.pairs.iter().filter(|(spot, ..)| can && sight.has(*spot)) {
            if !touches(&touched, *spot) && differ(*was, *becomes) {
                touch(&mut touched, *spot);
            }
        }
        if !some {
            self.leave_out_idle(at, sight, case, &mut touched);
        }
        (some || touched != Touched::default()).then_some(touched)
    }

    /// Leaves out the rules that the case sees through the outcome alone and that cannot make it another.
    fn leave_out_idle(&mut self, at: usize, sight: &Seen<'_>, case: &Prepared<'_>, touched: &mut Touched) {
        // Every rule that asks for an outcome can be seen, so what is not touched asks for it as before.
        let is_upheld = case.deciding.iter().any(|rule| sight.has(Spot::Rule(*rule)) && !touched.rules.contains(rule));
        let Some(change) = self.changes.get(at).filter(|_| is_upheld) else { return };
        let (rules, decider) = (self.ruleset.rules(), &mut self.decider);
        let mut may_apply = |when: FormulaId| match decider.truth(when) {
            Truth::True => true,
            Truth::False => false,
            Truth::Unknown => !decider.shows(&[(when, false)]),
        };
        touched.rules.retain(|ix| match (rules.get(*ix), change.when(*ix)) {
            (Some(rule), Some(when)) if sight.only_by_outcome(*ix, rule) => {
                matters(case.advice.outcome, rule, || may_apply(when))
            }
            _ => true,
        });
    }

    /// Runs the case on the changed ruleset: all of it, or what is touched.
    fn attempt(
        &mut self,
        at: usize,
        case: &Prepared<'_>,
        exchange: &Exchange,
        state: &Possible,
        touched: Option<&Touched>,
    ) {
        let Some(change) = self.changes.get_mut(at) else { return };
        let itself = matches!(change.mutant.site, Site::Rule(_) | Site::Met(_));
        if itself {
            change.mutant.exchange(self.ruleset.parts_mut());
        }
        change.lowered.exchange(&mut self.tables);
        let view = view(self.ruleset.parts(), &self.tables);
        let conclude = |decider: &mut Decider<'_>| match touched {
            Some(touched) => conclude_again(view, decider, (exchange, case.as_of), &case.advice, touched),
            None => conclude_in(view, decider, exchange, case.as_of),
        };
        let mut advice = conclude(&mut self.decider);
        if advice.over_budget {
            // The budget is that of all changes together: once more, for this one alone.
            self.decider.consider(state);
            advice = conclude(&mut self.decider);
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

/// Whether the status of a rule can make the outcome another while other rules ask for it as before. It cannot where the rule
/// asks for nothing worse, whatever its status; for what is worse than `incomplete`, it has to be able to apply for certain.
fn matters(outcome: Outcome, rule: &Rule, mut applies: impl FnMut() -> bool) -> bool {
    match outcome {
        Outcome::Stop => false,
        Outcome::Refer => rule.level == Level::MustNot && applies(),
        Outcome::Incomplete => (rule.level == Level::MustNot || rule.refer.is_some()) && applies(),
        Outcome::Screened | Outcome::ActFirst | Outcome::Ready => true,
    }
}

impl Tried<'_> {
    /// When a rule applies under the change, where its formulas differ.
    fn when(&self, rule: RuleIx) -> Option<FormulaId> {
        let at = self.whens.binary_search_by_key(&rule, |(ix, _)| *ix).ok()?;
        self.whens.get(at).map(|(_, when)| *when)
    }
}

/// Whether a spot is touched already.
fn touches(touched: &Touched, spot: Spot) -> bool {
    // The formulas of one spot come one after the other.
    match spot {
        Spot::Rule(ix) => touched.rules.last() == Some(&ix),
        Spot::Derived(ix) => touched.derived.last() == Some(&ix),
        Spot::Option(question, option) => touched.options.last() == Some(&(question, option)),
        Spot::Myth(ix) => touched.myths.last() == Some(&ix),
        Spot::Question(ix) => touched.questions.last() == Some(&ix),
    }
}

fn touch(touched: &mut Touched, spot: Spot) {
    match spot {
        Spot::Rule(ix) => touched.rules.push(ix),
        Spot::Derived(ix) => touched.derived.push(ix),
        Spot::Option(question, option) => touched.options.push((question, option)),
        Spot::Myth(ix) => touched.myths.push(ix),
        Spot::Question(ix) => touched.questions.push(ix),
    }
}

/// The formulas through which alone a change makes anything else come out otherwise: those of the question, the option or
/// the derived fact that it is made to. None where it stays in its rule or myth.
fn roots(parts: &Parts, site: Site, pairs: &[(Spot, FormulaId, FormulaId)]) -> Vec<(FormulaId, FormulaId)> {
    // When an option is open is worked out for the questions that show candidates; others may share the list.
    if let Site::Choice(list, _) = site
        && parts.questions.iter().any(|(_, question)| question.list == Some(list) && question.candidates.is_none())
    {
        return Vec::new();
    }
    let own = |spot: &Spot| match (site, spot) {
        (Site::Question(question), Spot::Question(ix)) => *ix == question,
        (Site::Choice(_, option), Spot::Option(_, at)) => *at == option,
        (Site::Case(fact, _) | Site::Cases(fact), Spot::Derived(ix)) => *ix == fact,
        _ => false,
    };
    pairs.iter().filter(|(spot, ..)| own(spot)).map(|(_, was, becomes)| (*was, *becomes)).collect()
}
