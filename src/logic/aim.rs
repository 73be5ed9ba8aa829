//! Proof by a completion that was looked for: where a formula is true, or false, so rarely that no drawn completion shows it.

use super::decider::Decider;
use super::draws::Random;
use super::kleene::{KleeneValues, Truth, kleene};
use super::residual::{Gate, Residual};
use super::{FormulaId, Possible, ValueSet, VarId};

/// From how many seeds a completion is looked for.
const TRIES: u64 = 4;

/// How often three-valued logic is run for each of them.
const STEPS: usize = 300;

/// A choice that was made: what was known and wanted before it, and what else could have been chosen.
struct Choice {
    found: Possible,
    goals: usize,
    left: Vec<FormulaId>,
    wanted: bool,
}

/// Looks for a state that knows more, in which three-valued logic gives the formula the truth wanted. What it needs is learned;
/// where there is a choice, one is made at random, from a seed, and another one when it leads nowhere. What is found is a
/// proof; that nothing is says nothing.
fn aim(from: Residual<'_>, root: FormulaId, wanted: bool, seed: u64) -> Option<Possible> {
    let (formulas, mut random) = (from.formulas(), Random::seeded(seed));
    let (mut found, mut values) = (from.possible().clone(), KleeneValues::default());
    let (mut goals, mut choices) = (vec![(root, wanted)], Vec::<Choice>::new());
    for _ in 0..STEPS {
        let now = found.clone();
        let residual = Residual::new(formulas, &now, &mut values);
        if residual.truth(root).known() == Some(wanted) {
            return Some(now);
        }
        match needed(residual, &goals, &mut found) {
            Some(Needed::Learned) => continue,
            Some(Needed::Choice(left, wanted)) => {
                choices.push(Choice { found: now.clone(), goals: goals.len(), left, wanted });
            }
            None => {}
        }
        // The last choice that something else is left for.
        while choices.last().is_some_and(|choice| choice.left.is_empty()) {
            choices.pop();
        }
        let choice = choices.last_mut()?;
        let at = random.below(choice.left.len())?;
        found.clone_from(&choice.found);
        goals.truncate(choice.goals);
        goals.push((choice.left.swap_remove(at), choice.wanted));
    }
    None
}

/// What the goals need.
enum Needed {
    /// Values that variables must have: they are known now.
    Learned,
    /// One of these formulas with this truth, and perhaps more of them.
    Choice(Vec<FormulaId>, bool),
}

/// What the goals need next; none where they cannot be reached.
fn needed(residual: Residual<'_>, goals: &[(FormulaId, bool)], found: &mut Possible) -> Option<Needed> {
    let (mut forced, mut learned, mut choice) = (goals.to_vec(), false, None::<(Vec<FormulaId>, bool)>);
    while let Some((formula, wanted)) = forced.pop() {
        let Some(gate) = residual.gate(formula) else {
            if residual.truth(formula).known() == Some(wanted) {
                continue;
            }
            return None;
        };
        let (enough, parts) = match gate {
            Gate::Lit(var, set) => {
                learned = true;
                narrow(found, var, set, wanted).then_some(())?;
                continue;
            }
            Gate::Not(part) => {
                forced.push((part, !wanted));
                continue;
            }
            Gate::And(parts) if wanted => {
                forced.extend(parts.map(|part| (part, true)));
                continue;
            }
            Gate::Or(parts) if !wanted => {
                forced.extend(parts.map(|part| (part, false)));
                continue;
            }
            Gate::And(parts) | Gate::Or(parts) => (1, parts),
            Gate::AtLeast(least, parts) if wanted => (least, parts),
            Gate::AtLeast(least, parts) => ((parts.clone().count() + 1).saturating_sub(least), parts),
        };
        let (chosen, parts): (Vec<_>, Vec<_>) = parts.partition(|part| goals.contains(&(*part, wanted)));
        // The fewer are left, the less can go wrong.
        let fewer = choice.as_ref().is_none_or(|(fewest, _)| parts.len() < fewest.len());
        if chosen.len() < enough && fewer {
            choice = Some((parts, wanted));
        }
    }
    if learned { Some(Needed::Learned) } else { choice.map(|(parts, wanted)| Needed::Choice(parts, wanted)) }
}

fn narrow(found: &mut Possible, var: VarId, set: &ValueSet, wanted: bool) -> bool {
    let Some(now) = found.get(var) else { return false };
    let left = if wanted { now.intersection(set) } else { now.difference(set) };
    !left.is_empty() && found.restrict(var, &left)
}

impl Decider<'_> {
    /// Whether some completion is found that gives the formula this truth; `false` proves nothing.
    pub(super) fn finds(&self, root: FormulaId, wanted: bool) -> bool {
        (0..TRIES).any(|seed| aim(self.residual(), root, wanted, seed).is_some())
    }

    /// Whether two completions are found that differ only in one of the variables and disagree about the formula; `false`
    /// proves nothing.
    pub(super) fn finds_dependence(&self, vars: &[VarId], root: FormulaId) -> bool {
        let residual = self.residual();
        let mut values = KleeneValues::default();
        (0..TRIES).any(|seed| {
            // From where it is rare, whichever that is.
            let found = aim(residual, root, seed.is_multiple_of(2), seed);
            found.is_some_and(|found| crosses(residual, &mut values, vars, root, &completed(found, seed)))
        })
    }
}

/// A completion of a state.
fn completed(mut state: Possible, seed: u64) -> Possible {
    let mut random = Random::seeded(!seed);
    let unknown: Vec<VarId> = state.unknown_vars().collect();
    for var in unknown {
        let values: Vec<u16> = state.get(var).map(|set| set.iter().collect()).unwrap_or_default();
        let value = random.below(values.len()).and_then(|at| values.get(at).copied());
        // Each of its values is possible.
        let _set = value.is_some_and(|value| state.set(var, value));
    }
    state
}

/// Whether a completion disagrees about the formula with one that differs only in one of the variables.
fn crosses(
    residual: Residual<'_>,
    values: &mut KleeneValues,
    vars: &[VarId],
    root: FormulaId,
    completion: &Possible,
) -> bool {
    let mut truth = |state: &Possible| {
        kleene(residual.formulas(), state, values);
        values.get(root)
    };
    let here = truth(completion);
    vars.iter().any(|var| {
        let Some(possible) = residual.possible().get(*var) else { return false };
        // With every value of the variable left, three-valued logic may say at once that it makes no difference.
        let mut other = completion.clone();
        other.forget(residual.formulas(), *var);
        if !other.restrict(*var, possible) || truth(&other) == here {
            return false;
        }
        possible.iter().any(|value| {
            let mut other = other.clone();
            let there = if other.set(*var, value) { truth(&other) } else { here };
            here != Truth::Unknown && there == !here
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::{FormulasBuilder, Order};
    use super::*;

    /// True for two completions in a thousand million, and reached through choices most of which lead nowhere.
    #[test]
    fn what_is_rare_is_found() {
        let mut builder = FormulasBuilder::new();
        let vars: Vec<_> = (0..30).map(|_| builder.var(2)).collect();
        let idle = builder.var(2);
        let lits: Vec<_> = vars.iter().map(|var| builder.lit(*var, &ValueSet::single(1))).collect();
        // Each is what the one before it is not.
        let steps: Vec<_> = lits
            .windows(2)
            .map(|pair| {
                let (before, after) = (builder.not(pair[0]), builder.not(pair[1]));
                let (one, other) = (builder.and([pair[0], after]), builder.and([before, pair[1]]));
                builder.or([one, other])
            })
            .collect();
        let half = builder.at_least(15, lits.iter().copied());
        let rare = builder.and(steps.iter().copied().chain([half]));
        let none = builder.not(half);
        let never = builder.and([rare, none]);
        let other = builder.lit(idle, &ValueSet::single(1));
        let open = builder.or([rare, other]);
        let formulas = builder.finish().unwrap();
        let order = Order::new(&formulas, &[]);
        let mut decider = Decider::new(&formulas, &order);
        assert!(!decider.shows(&[(rare, true)]), "no drawn completion shows it");
        assert!(decider.finds(rare, true) && decider.finds(rare, false) && decider.finds(open, true));
        assert!(!decider.finds(never, true));
        assert!(vars.iter().all(|var| decider.finds_dependence(&[*var], rare)));
        assert!(decider.finds_dependence(&[idle], open));
        assert!(!decider.finds_dependence(&[idle], rare));
    }
}
