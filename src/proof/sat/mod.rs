//! The one door to the SAT solver: whether formulas can hold together, by search instead of by diagram.
//!
//! A diagram keeps every way in which something can be so, and grows too large where a proof spans many rules. A search
//! looks for one way, and learns from each dead end. Here it is bounded by counting dead ends, never time, so that the same
//! questions in the same order always get the same answers.

mod clauses;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use batsat::{Callbacks, ClauseKind, Lit, Solver, SolverInterface, SolverOpts, lbool};

use super::Wanted;
use crate::logic::{Choices, FormulaId, Formulas, Possible, Shape, VarId};

/// What working out one value counts, in steps on diagrams.
const STEPS_OF_A_VALUE: u64 = 10;
/// What one guess may count at most when it is reckoned how many the allowance has room for.
const STEPS_OF_A_GUESS: u64 = 500;

/// What a search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// Some completion; [`Satisfier::model`] gives it.
    Found,
    /// There is none; [`Satisfier::needed`] says which choices that rests on.
    None,
    /// Too many dead ends.
    GaveUp,
}

/// Searches for completions of formulas. Formulas are taken up as they are asked about, and what was learned is kept.
pub(super) struct Satisfier<'f> {
    formulas: &'f Formulas,
    possible: Possible,
    solver: Solver<Bound>,
    yes: Lit,
    /// For each variable, the literal of each of its values.
    values: Vec<Vec<Lit>>,
    /// For each formula, the literal that is true where it is.
    taken: Vec<Option<Lit>>,
}

/// How far one search may go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// So many dead ends.
    pub(super) dead_ends: u64,
    /// So many guesses.
    pub(super) guesses: u64,
}

impl Effort {
    /// The usual effort, or less where less of the allowance is left.
    pub(super) fn within(left: u64) -> Self {
        Self { dead_ends: 2_000, guesses: (left / STEPS_OF_A_GUESS).clamp(1, 100_000) }
    }
}

/// Counts dead ends, each of which adds a clause that was learned, and guesses, before each of which the solver asks whether
/// to stop.
#[derive(Debug)]
struct Bound {
    learned: u64,
    guessed: Cell<u64>,
    most: Effort,
}

impl Callbacks for Bound {
    fn on_new_clause(&mut self, _: &[Lit], kind: ClauseKind) {
        self.learned += u64::from(kind == ClauseKind::Learnt);
    }

    fn stop(&self) -> bool {
        self.guessed.set(self.guessed.get() + 1);
        self.learned >= self.most.dead_ends || self.guessed.get() >= self.most.guesses
    }
}

impl fmt::Debug for Satisfier<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Satisfier").field("bound", self.solver.cb()).finish_non_exhaustive()
    }
}

impl<'f> Satisfier<'f> {
    /// Has taken up nothing yet. Completions pick possible values only.
    pub(super) fn over(formulas: &'f Formulas, possible: Possible) -> Self {
        let mut solver = Solver::new(
            SolverOpts::default(),
            Bound { learned: 0, guessed: Cell::new(0), most: Effort { dead_ends: 0, guesses: 0 } },
        );
        let yes = Lit::new(solver.new_var_default(), true);
        solver.add_clause_reuse(&mut vec![yes]);
        let (values, taken) = (vec![Vec::new(); formulas.var_count()], vec![None; formulas.len()]);
        Self { formulas, possible, solver, yes, values, taken }
    }

    /// Searches for a completion in which the formulas have the truths wanted and the variables the values chosen.
    pub(super) fn search(&mut self, wanted: Wanted<'_>, choices: &[(VarId, u16)], effort: Effort) -> Search {
        let mut assumed = Vec::with_capacity(wanted.len() + choices.len());
        for (formula, truth) in wanted {
            assumed.push(self.literal(*formula).apply_sign(*truth));
        }
        for (var, value) in choices {
            assumed.push(self.value(*var, *value));
        }
        self.solve(&assumed, effort)
    }

    /// Searches for a completion in which the variables have the values chosen, and some formula not the truth wanted.
    pub(super) fn search_against(&mut self, wanted: Wanted<'_>, choices: &[(VarId, u16)], effort: Effort) -> Search {
        let all: Vec<Lit> = wanted.iter().map(|(formula, truth)| self.literal(*formula).apply_sign(*truth)).collect();
        let all = self.conjunction(&all);
        let mut assumed = vec![!all];
        for (var, value) in choices {
            assumed.push(self.value(*var, *value));
        }
        self.solve(&assumed, effort)
    }

    /// The completion found last, for the variables that were taken up.
    pub(super) fn model(&self) -> Choices {
        let mut model = Vec::new();
        for (var, lits) in self.formulas.vars().zip(&self.values) {
            let holds = |lit: &Lit| self.solver.value_lit(*lit) == lbool::TRUE;
            if let Some(value) = (0_u16..).zip(lits).find(|(_, lit)| holds(lit)).map(|(value, _)| value) {
                model.push((var, value));
            }
        }
        model
    }

    /// Those of the choices on which it rests that nothing was found.
    pub(super) fn needed(&mut self, choices: &[(VarId, u16)]) -> Choices {
        let mut needed = Vec::new();
        for (var, value) in choices {
            let lit = self.value(*var, *value);
            // The solver gives the core as assumptions or as their opposites, according to how it ended.
            if self.solver.unsat_core_contains_var(lit.var()) {
                needed.push((*var, *value));
            }
        }
        needed
    }

    /// From now on, models have a value for the variable.
    pub(super) fn take_up(&mut self, var: VarId) {
        self.lits(var);
    }

    /// From now on, completions make the formula true with these values put in for some of its variables, whatever they are in
    /// the completion.
    pub(super) fn require_given(&mut self, root: FormulaId, given: &BTreeMap<VarId, u16>) {
        let lit = self.literal_given(root, given);
        self.solver.add_clause_reuse(&mut vec![lit]);
    }

    /// From now on, completions differ from the choices in some of them.
    pub(super) fn exclude(&mut self, choices: &[(VarId, u16)]) {
        let mut clause: Vec<Lit> = choices.iter().map(|(var, value)| !self.value(*var, *value)).collect();
        if clause.is_empty() {
            clause.push(!self.yes);
        }
        self.solver.add_clause_reuse(&mut clause);
    }

    /// How much work was done so far, in steps on diagrams: values worked out, which is most of what a search does.
    pub(super) fn work(&self) -> u64 {
        self.solver.num_propagations().saturating_mul(STEPS_OF_A_VALUE)
    }

    fn solve(&mut self, assumed: &[Lit], effort: Effort) -> Search {
        let bound = self.solver.cb_mut();
        bound.learned = 0;
        bound.guessed.set(0);
        bound.most = effort;
        let result = self.solver.solve_limited(assumed);
        if result == lbool::TRUE {
            Search::Found
        } else if result == lbool::FALSE {
            Search::None
        } else {
            Search::GaveUp
        }
    }

    /// The literal that is true where the formula is, with those of all that it is made of.
    fn literal(&mut self, root: FormulaId) -> Lit {
        // An explicit stack of formulas whose parts come first: formulas may be nested more deeply than the call stack.
        let mut stack = vec![(root, false)];
        while let Some((formula, ready)) = stack.pop() {
            if self.known(formula).is_some() {
                continue;
            }
            let shape = self.formulas.shape(formula);
            if !ready {
                stack.push((formula, true));
                match shape {
                    Some(Shape::Not(part)) => stack.push((part, false)),
                    Some(Shape::And(parts) | Shape::Or(parts) | Shape::AtLeast(_, parts)) => {
                        stack.extend(parts.iter().map(|part| (*part, false)));
                    }
                    _ => {}
                }
                continue;
            }
            let lit = shape.map_or(!self.yes, |shape| self.take(shape));
            if let Some(slot) = self.taken.get_mut(formula.index()) {
                *slot = Some(lit);
            }
        }
        self.known(root).unwrap_or(!self.yes)
    }

    /// The same with values put in. What does not depend on them is shared.
    fn literal_given(&mut self, root: FormulaId, given: &BTreeMap<VarId, u16>) -> Lit {
        let mut done: BTreeMap<FormulaId, Lit> = BTreeMap::new();
        let mut stack = vec![(root, false)];
        while let Some((formula, ready)) = stack.pop() {
            if done.contains_key(&formula) {
                continue;
            }
            let Some(shape) = self.formulas.shape(formula) else { continue };
            let parts: Vec<FormulaId> = match shape {
                Shape::Not(part) => vec![part],
                Shape::And(parts) | Shape::Or(parts) | Shape::AtLeast(_, parts) => parts.to_vec(),
                Shape::False | Shape::True | Shape::Lit(..) => Vec::new(),
            };
            if !ready {
                stack.push((formula, true));
                stack.extend(parts.into_iter().map(|part| (part, false)));
                continue;
            }
            let lit = match shape {
                Shape::Lit(var, set) => match given.get(&var) {
                    Some(value) => self.yes.apply_sign(set.contains(*value)),
                    None => self.literal(formula),
                },
                Shape::False | Shape::True => self.literal(formula),
                _ => {
                    let lits: Vec<Lit> = parts.iter().filter_map(|part| done.get(part).copied()).collect();
                    let same = parts.iter().zip(&lits).all(|(part, lit)| self.known(*part) == Some(*lit));
                    if same { self.literal(formula) } else { self.joined(shape, &lits) }
                }
            };
            done.insert(formula, lit);
        }
        done.get(&root).copied().unwrap_or(!self.yes)
    }

    fn known(&self, formula: FormulaId) -> Option<Lit> {
        self.taken.get(formula.index()).copied().flatten()
    }

    fn take(&mut self, shape: Shape<'_>) -> Lit {
        let parts: &[FormulaId] = match &shape {
            Shape::False | Shape::True => &[],
            Shape::Lit(var, set) => return self.among(*var, set),
            Shape::Not(part) => std::slice::from_ref(part),
            Shape::And(parts) | Shape::Or(parts) | Shape::AtLeast(_, parts) => parts,
        };
        let lits: Vec<Lit> = parts.iter().map(|part| self.known(*part).unwrap_or(!self.yes)).collect();
        self.joined(shape, &lits)
    }

    /// The literal of a formula, from those of its parts.
    fn joined(&mut self, shape: Shape<'_>, parts: &[Lit]) -> Lit {
        match shape {
            Shape::True => self.yes,
            Shape::Not(_) => parts.first().map_or(self.yes, |part| !*part),
            Shape::And(_) => self.conjunction(parts),
            Shape::Or(_) => {
                let parts: Vec<Lit> = parts.iter().map(|part| !*part).collect();
                !self.conjunction(&parts)
            }
            Shape::AtLeast(least, _) => self.at_least(least as usize, parts),
            Shape::False | Shape::Lit(..) => !self.yes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::{FormulasBuilder, Truth, kleene};
    use proptest::prelude::*;

    /// The last has enough values for a ladder.
    const SIZES: [u16; 4] = [2, 3, 2, 11];
    const EFFORT: Effort = Effort { dead_ends: u64::MAX, guesses: u64::MAX };

    /// How a formula is made: each step joins earlier ones by number.
    #[derive(Debug, Clone)]
    enum Step {
        Among(usize, Vec<u16>),
        Not(usize),
        And(Vec<usize>),
        Or(Vec<usize>),
        AtLeast(u32, Vec<usize>),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let some = || proptest::collection::vec(0..64_usize, 1..5);
        let step = prop_oneof![
            3 => (0..4_usize, proptest::collection::vec(0..11_u16, 1..6)).prop_map(|(var, set)| Step::Among(var, set)),
            1 => (0..64_usize).prop_map(Step::Not),
            2 => some().prop_map(Step::And),
            2 => some().prop_map(Step::Or),
            1 => (1..4_u32, some()).prop_map(|(least, of)| Step::AtLeast(least, of)),
        ];
        proptest::collection::vec(step, 4..24)
    }

    fn built(steps: &[Step]) -> (Formulas, Vec<VarId>, Vec<FormulaId>) {
        let mut builder = FormulasBuilder::new();
        let vars: Vec<VarId> = SIZES.iter().map(|size| builder.var(*size)).collect();
        let mut made: Vec<FormulaId> = vec![FormulaId::FALSE, FormulaId::TRUE];
        for step in steps {
            let of = |at: &usize| made[at % made.len()];
            let formula = match step {
                Step::Among(var, set) => {
                    builder.lit(vars[*var], &set.iter().map(|value| value % SIZES[*var]).collect())
                }
                Step::Not(at) => builder.not(of(at)),
                Step::And(parts) => builder.and(parts.iter().map(of).collect::<Vec<_>>()),
                Step::Or(parts) => builder.or(parts.iter().map(of).collect::<Vec<_>>()),
                Step::AtLeast(least, parts) => builder.at_least(*least, parts.iter().map(of).collect::<Vec<_>>()),
            };
            made.push(formula);
        }
        (builder.finish().unwrap(), vars, made)
    }

    /// The truth of the formulas in every completion, which comes with it.
    fn table(formulas: &Formulas, vars: &[VarId], of: &[FormulaId]) -> Vec<(Vec<u16>, Vec<bool>)> {
        let mut rows = vec![Vec::new()];
        for size in SIZES {
            rows = rows
                .into_iter()
                .flat_map(|row: Vec<u16>| (0..size).map(move |value| row.iter().copied().chain([value]).collect()))
                .collect();
        }
        let mut values = crate::logic::KleeneValues::default();
        let truths = |row: &Vec<u16>| {
            let mut possible = Possible::all(formulas);
            assert!(vars.iter().zip(row).all(|(var, value)| possible.set(*var, *value)));
            kleene(formulas, &possible, &mut values);
            of.iter().map(|formula| values.get(*formula) == Truth::True).collect::<Vec<bool>>()
        };
        let truths: Vec<Vec<bool>> = rows.iter().map(truths).collect();
        rows.into_iter().zip(truths).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn finds_what_enumeration_finds_and_nothing_else(
            steps in steps(),
            truths in proptest::collection::vec(any::<bool>(), 3),
            chosen in (0..4_usize, 0..11_u16),
            excluded in (0..4_usize, 0..11_u16),
        ) {
            let (formulas, vars, made) = built(&steps);
            let last: Vec<FormulaId> = made.iter().rev().take(3).copied().collect();
            let table = table(&formulas, &vars, &last);
            let wanted: Vec<(FormulaId, bool)> = last.iter().copied().zip(truths.iter().copied()).collect();
            let chosen = (chosen.0, chosen.1 % SIZES[chosen.0]);
            let choices = [(vars[chosen.0], chosen.1)];
            // One value is not possible.
            let excluded = (excluded.0, excluded.1 % SIZES[excluded.0]);
            let mut possible = Possible::all(&formulas);
            let others = (0..SIZES[excluded.0]).filter(|value| *value != excluded.1).collect();
            prop_assert!(possible.restrict(vars[excluded.0], &others));
            let fits = |row: &[u16]| row[chosen.0] == chosen.1 && row[excluded.0] != excluded.1;
            let mut satisfier = Satisfier::over(&formulas, possible);
            // Twice: what was learned the first time does not change the answer.
            for _ in 0..2 {
                let expected = table.iter().any(|(row, found)| fits(row) && *found == truths);
                let search = satisfier.search(&wanted, &choices, EFFORT);
                prop_assert_eq!(search, if expected { Search::Found } else { Search::None });
                if expected {
                    let model = satisfier.model();
                    let agrees = |row: &[u16]| model.iter().all(|(var, value)| row[var.index()] == *value);
                    prop_assert!(model.contains(&choices[0]));
                    prop_assert!(table.iter().filter(|(row, _)| agrees(row)).all(|(_, found)| *found == truths));
                } else if satisfier.needed(&choices).is_empty() {
                    let without = |row: &[u16]| row[excluded.0] != excluded.1;
                    prop_assert!(!table.iter().any(|(row, found)| without(row) && *found == truths));
                }
                let against = table.iter().any(|(row, found)| fits(row) && *found != truths);
                let search = satisfier.search_against(&wanted, &choices, EFFORT);
                prop_assert_eq!(search, if against { Search::Found } else { Search::None });
            }
            let none = satisfier.search(&wanted, &choices, Effort { dead_ends: 0, guesses: 0 });
            prop_assert!(none != Search::Found || table.iter().any(|(row, found)| fits(row) && *found == truths));
        }
    }
}
