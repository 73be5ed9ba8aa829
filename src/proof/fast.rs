//! What some answers hold fast, whatever the others are: by two searches that answer each other.
//!
//! One search proposes fixed answers, the other answers with changeable ones that escape. Each escape is put to the first, which
//! proposes fixed answers that none of the escapes found so far helps; until one of them is at a loss.

use std::collections::BTreeMap;

use super::sat::{Effort, Satisfier, Search};
use crate::logic::{Choices, FormulaId, Formulas, OverBudget, Possible, VarId};

/// How many proposals are tried.
const PROPOSALS: usize = 2_000;

/// Values of all other variables with which the formula is true whatever the chosen variables are, and none of `alone` is so by
/// itself. `None` where there are none.
///
/// # Errors
/// When the allowance, from which what was taken is subtracted, or the number of proposals runs out.
pub fn held_fast(
    formulas: &Formulas,
    always: FormulaId,
    alone: &[FormulaId],
    chosen: impl Fn(VarId) -> bool,
    allowance: &mut u64,
) -> Result<Option<Choices>, OverBudget> {
    let mut proposer = Satisfier::over(formulas, Possible::all(formulas));
    let mut escaper = Satisfier::over(formulas, Possible::all(formulas));
    // Each proposal is whole: of one that leaves a fixed answer open, "none by itself" would say nothing.
    formulas.vars().filter(|var| !chosen(*var)).for_each(|var| proposer.take_up(var));
    let mut result = Err(OverBudget);
    for _ in 0..PROPOSALS {
        let left = allowance.saturating_sub(proposer.work() + escaper.work());
        if left == 0 {
            break;
        }
        let effort = Effort::within(left);
        match proposer.search(&[], &[], effort) {
            Search::GaveUp => break,
            Search::None => {
                result = Ok(None);
                break;
            }
            Search::Found => {}
        }
        let proposal: Choices = proposer.model().into_iter().filter(|(var, _)| !chosen(*var)).collect();
        match escaper.search(&[(always, false)], &proposal, effort) {
            Search::GaveUp => break,
            Search::Found => {
                let escape: BTreeMap<VarId, u16> =
                    escaper.model().into_iter().filter(|(var, _)| chosen(*var)).collect();
                proposer.require_given(always, &escape);
                continue;
            }
            Search::None => {}
        }
        match held_alone(&mut escaper, alone, &proposal, effort) {
            Err(OverBudget) => break,
            Ok(Some(reason)) => proposer.exclude(&reason),
            Ok(None) => {
                result = Ok(Some(proposal));
                break;
            }
        }
    }
    *allowance = allowance.saturating_sub(proposer.work() + escaper.work());
    result
}

/// The values that make one of the formulas true by itself, whatever the rest is.
fn held_alone(
    escaper: &mut Satisfier<'_>,
    alone: &[FormulaId],
    proposal: &[(VarId, u16)],
    effort: Effort,
) -> Result<Option<Choices>, OverBudget> {
    for formula in alone {
        match escaper.search(&[(*formula, false)], proposal, effort) {
            Search::GaveUp => return Err(OverBudget),
            Search::None => return Ok(Some(escaper.needed(proposal))),
            Search::Found => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::{FormulasBuilder, ValueSet};
    use proptest::prelude::*;

    /// Three fixed variables and three chosen ones, of two or three values.
    const SIZES: [u16; 6] = [2, 3, 2, 2, 3, 2];

    fn completions() -> Vec<[u16; 6]> {
        let mut all = vec![[0; 6]];
        for (at, size) in SIZES.iter().enumerate() {
            let each = |values: [u16; 6]| {
                (0..*size).map(move |value| {
                    let mut next = values;
                    next[at] = value;
                    next
                })
            };
            all = all.into_iter().flat_map(each).collect();
        }
        all
    }

    /// A disjunction of conjunctions of literals.
    type Terms = Vec<Vec<(usize, u16)>>;

    fn terms() -> impl Strategy<Value = Terms> {
        let literal = (0..6_usize, 0..3_u16).prop_map(|(var, value)| (var, value % SIZES[var]));
        proptest::collection::vec(proptest::collection::vec(literal, 1..3), 1..7)
    }

    fn holds(terms: &Terms, values: &[u16; 6]) -> bool {
        terms.iter().any(|term| term.iter().all(|(var, value)| values[*var] == *value))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn holds_fast_what_enumeration_says(always in terms(), alone in terms()) {
            let mut builder = FormulasBuilder::new();
            let vars: Vec<VarId> = SIZES.iter().map(|size| builder.var(*size)).collect();
            let mut build = |terms: &Terms| {
                let terms: Vec<FormulaId> = terms
                    .iter()
                    .map(|term| {
                        let lits: Vec<FormulaId> =
                            term.iter().map(|(var, value)| builder.lit(vars[*var], &ValueSet::single(*value))).collect();
                        builder.and(lits)
                    })
                    .collect();
                builder.or(terms)
            };
            let roots = [build(&always), build(&alone)];
            let formulas = builder.finish().unwrap();
            let all = completions();
            let same_fixed = |one: &[u16; 6], other: &[u16; 6]| one[..3] == other[..3];
            let fast = |terms: &Terms, fixed: &[u16; 6]| {
                all.iter().filter(|values| same_fixed(values, fixed)).all(|values| holds(terms, values))
            };
            let wanted = |fixed: &[u16; 6]| fast(&always, fixed) && !fast(&alone, fixed);
            let found = held_fast(&formulas, roots[0], &roots[1..], |var| var.index() >= 3, &mut u64::MAX.clone()).unwrap();
            prop_assert_eq!(found.is_some(), all.iter().any(wanted));
            if let Some(choices) = found {
                let agrees = |values: &[u16; 6]| choices.iter().all(|(var, value)| values[var.index()] == *value);
                prop_assert!(all.iter().filter(|values| agrees(values)).all(wanted));
            }
        }
    }
}
