//! Exact answers about formulas in a state of knowledge.

use super::diagrams::{DEFAULT_NODE_BUDGET, Diagram, Diagrams, OverBudget};
use super::kleene::{KleeneValues, Truth, kleene};
use super::order::Order;
use super::residual::Residual;
use super::witnesses::Witnesses;
use super::{FormulaId, Formulas, Possible, VarId};

/// Whether a formula is the same in every completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// True in every completion; proved.
    Always,
    /// False in every completion; proved.
    Never,
    /// True in some completion and false in another; proved.
    Depends,
    /// The budget ran out; to be treated like [`Depends`](Self::Depends).
    OverBudget,
}

/// Whether a formula is true in some completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Possibility {
    /// True in some completion; proved.
    Possible,
    /// False in every completion; proved.
    Impossible,
    /// The budget ran out; to be treated like [`Possible`](Self::Possible).
    OverBudget,
}

/// How much work a diagram may take before completions are looked for, which may prove the same with less.
pub(super) const LITTLE_WORK: u64 = 20_000;

/// Answers questions about formulas, exactly, for one state of knowledge after another.
///
/// Each question goes through three-valued logic, then drawn completions, then decision diagrams,
/// and stops at the first that proves the answer. When all variables are known, three-valued
/// logic settles everything and nothing else runs. The same questions in the same order always
/// get the same answers.
#[derive(Clone, Debug)]
pub struct Decider<'f> {
    formulas: &'f Formulas,
    order: &'f Order,
    possible: Possible,
    /// The same for the next state, while it is learned.
    learned: Possible,
    values: KleeneValues,
    witnesses: Witnesses,
    witnesses_ready: bool,
    diagrams: Diagrams,
    diagrams_ready: bool,
    over_budget: bool,
    /// How much work a diagram may take before completions are looked for; none: as much as the budget has.
    patience: Option<u64>,
}

impl<'f> Decider<'f> {
    /// A decider with the default budget, considering the state in which nothing is known.
    #[must_use]
    pub fn new(formulas: &'f Formulas, order: &'f Order) -> Self {
        Self::with_budget(formulas, order, DEFAULT_NODE_BUDGET)
    }

    /// The same with another budget of diagram nodes for each state of knowledge.
    #[must_use]
    pub fn with_budget(formulas: &'f Formulas, order: &'f Order, budget: u32) -> Self {
        let mut decider = Self {
            formulas,
            order,
            possible: Possible::all(formulas),
            learned: Possible::default(),
            values: KleeneValues::default(),
            witnesses: Witnesses::new(),
            witnesses_ready: false,
            diagrams: Diagrams::new(budget),
            diagrams_ready: false,
            over_budget: false,
            patience: None,
        };
        kleene(formulas, &decider.possible, &mut decider.values);
        decider
    }

    /// Turns to another state of knowledge, which must be one of the same formulas.
    pub fn consider(&mut self, possible: &Possible) {
        self.possible.clone_from(possible);
        self.begin();
    }

    /// Turns to what is known when nothing is but what `learn` says, in the same memory.
    pub fn consider_only(&mut self, learn: impl FnOnce(&mut Possible)) {
        self.learned.forget_all(self.formulas);
        learn(&mut self.learned);
        if self.learned == self.possible {
            // What three-valued logic says of this state is there already, and so are its draws. Budgets begin anew.
            self.diagrams_ready = false;
            self.over_budget = false;
        } else {
            std::mem::swap(&mut self.learned, &mut self.possible);
            self.begin();
        }
    }

    fn begin(&mut self) {
        kleene(self.formulas, &self.possible, &mut self.values);
        self.witnesses_ready = false;
        self.diagrams_ready = false;
        self.over_budget = false;
    }

    /// Whether completions are looked for from now on, where drawn ones show nothing and a diagram takes much work. They may
    /// prove that a formula is open, and save that work. What is asked of the support of formulas is not the less for it.
    pub fn aim(&mut self, aims: bool) {
        self.patience = aims.then_some(LITTLE_WORK);
    }

    /// The state of knowledge considered.
    #[must_use]
    pub fn possible(&self) -> &Possible {
        &self.possible
    }

    /// What three-valued logic alone says of a formula.
    #[must_use]
    pub fn truth(&self, formula: FormulaId) -> Truth {
        self.values.get(formula)
    }

    /// Whether the budget ran out for some question about this state of knowledge.
    #[must_use]
    pub fn over_budget(&self) -> bool {
        self.over_budget
    }

    /// Whether the formula is the same in every completion.
    pub fn verdict(&mut self, root: FormulaId) -> Verdict {
        match self.truth(root) {
            Truth::True => return Verdict::Always,
            Truth::False => return Verdict::Never,
            Truth::Unknown => {}
        }
        let (residual, witnesses) = self.witnesses();
        if witnesses.shows_both(residual, root) {
            return Verdict::Depends;
        }
        let hard = self.patience.is_some_and(|work| self.diagram_within(work, root).is_err());
        if hard && self.can_be(root, true) && self.can_be(root, false) {
            return Verdict::Depends;
        }
        match self.diagram(root) {
            Ok(diagram) if self.diagrams.is_true(diagram) => Verdict::Always,
            Ok(diagram) if self.diagrams.is_false(diagram) => Verdict::Never,
            Ok(_) => Verdict::Depends,
            Err(OverBudget) => Verdict::OverBudget,
        }
    }

    /// Whether a completion, drawn or looked for, gives the formula this truth; `false` proves nothing.
    fn can_be(&mut self, root: FormulaId, wanted: bool) -> bool {
        self.shows(&[(root, wanted)]) || self.finds(root, wanted)
    }

    /// For each root whether some completion makes it true. Given formulas of which exactly one
    /// is true in any completion, these are the outcomes that can still come about.
    pub fn possible_roots(&mut self, roots: &[FormulaId]) -> Vec<Possibility> {
        roots.iter().map(|root| self.possibility(*root)).collect()
    }

    fn possibility(&mut self, root: FormulaId) -> Possibility {
        match self.truth(root) {
            Truth::True => return Possibility::Possible,
            Truth::False => return Possibility::Impossible,
            Truth::Unknown => {}
        }
        let (residual, witnesses) = self.witnesses();
        if witnesses.shows_true(residual, root) {
            return Possibility::Possible;
        }
        match self.diagram(root) {
            Ok(diagram) if self.diagrams.is_false(diagram) => Possibility::Impossible,
            Ok(_) => Possibility::Possible,
            Err(OverBudget) => Possibility::OverBudget,
        }
    }

    /// Values for a few unknown variables that make the formula come out as wanted, whatever the
    /// others are; `None` when nothing does.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn witness(&mut self, root: FormulaId, wanted: bool) -> Result<Option<Vec<(VarId, u16)>>, OverBudget> {
        let diagram = self.diagram(root)?;
        Ok(self.diagrams.witness(diagram, wanted))
    }

    /// Drawn completions, ready for this state.
    pub(super) fn witnesses(&mut self) -> (Residual<'_>, &mut Witnesses) {
        let residual = Residual::of_evaluated(self.formulas, &self.possible, &self.values);
        if !self.witnesses_ready {
            self.witnesses.begin(residual);
            self.witnesses_ready = true;
        }
        (residual, &mut self.witnesses)
    }

    /// Whether some drawn completion gives each formula the truth beside it; `false` proves nothing.
    pub fn shows(&mut self, wanted: &[(FormulaId, bool)]) -> bool {
        let (residual, witnesses) = self.witnesses();
        witnesses.shows_all(residual, wanted)
    }

    /// A drawn completion that gives each formula the truth beside it; `None` proves nothing.
    pub fn example(&mut self, wanted: &[(FormulaId, bool)]) -> Option<Vec<(VarId, u16)>> {
        let (residual, witnesses) = self.witnesses();
        witnesses.example(residual, wanted)
    }

    /// The formula's diagram in this state.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn diagram(&mut self, root: FormulaId) -> Result<Diagram, OverBudget> {
        let diagram = self.diagram_within(u64::MAX, root);
        self.over_budget |= diagram.is_err();
        diagram
    }

    /// The same if no more than so much work makes it. That it is not made is nothing that ran out.
    pub(super) fn diagram_within(&mut self, work: u64, root: FormulaId) -> Result<Diagram, OverBudget> {
        let residual = Residual::of_evaluated(self.formulas, &self.possible, &self.values);
        if !self.diagrams_ready {
            self.diagrams.begin(residual, self.order);
            self.diagrams_ready = true;
        }
        self.diagrams.within(work, |diagrams| diagrams.build(residual, root))
    }

    /// The diagrams made so far in this state, to join and to question.
    pub fn diagrams(&mut self) -> &mut Diagrams {
        &mut self.diagrams
    }

    pub(super) fn residual(&self) -> Residual<'_> {
        Residual::of_evaluated(self.formulas, &self.possible, &self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FormulasBuilder, ValueSet};
    use super::*;

    #[test]
    fn sees_what_three_valued_logic_cannot() {
        let mut builder = FormulasBuilder::new();
        let vars: Vec<_> = (0..30).map(|_| builder.var(2)).collect();
        let lits: Vec<_> = vars.iter().map(|var| builder.lit(*var, &ValueSet::single(1))).collect();
        let all = builder.and(lits.iter().copied());
        let first = lits[0];
        let not_first = builder.not(first);
        let (left, right) = (builder.or([first, all]), builder.or([not_first, all]));
        let always = builder.or([left, right]);
        let never = builder.not(always);
        let rare: Vec<_> = lits.iter().skip(1).step_by(2).copied().collect();
        let common = lits.iter().step_by(2).map(|lit| builder.not(*lit)).collect::<Vec<_>>();
        // One completion in a thousand million: only a diagram finds it.
        let needle = builder.and(rare.into_iter().chain(common));
        let formulas = builder.finish().unwrap();
        let order = Order::new(&formulas, &[]);
        let mut decider = Decider::new(&formulas, &order);
        assert_eq!(decider.truth(always), Truth::Unknown);
        let verdicts = [always, never, needle].map(|root| decider.verdict(root));
        assert_eq!(verdicts, [Verdict::Always, Verdict::Never, Verdict::Depends]);
        let possibilities = decider.possible_roots(&[always, never, needle]);
        assert_eq!(possibilities, [Possibility::Possible, Possibility::Impossible, Possibility::Possible]);
        assert_eq!(decider.witness(needle, true).unwrap().unwrap().len(), 30);
        assert_eq!(decider.support_of(&[needle]).vars, vars);
        assert_eq!(decider.support_of(&[always, never]).vars, []);
        let each: Vec<&[VarId]> = vars.iter().map(std::slice::from_ref).collect();
        assert_eq!(decider.first_dependence(&each, &[always, never]), None);
        assert_eq!(decider.first_dependence(&each[3..], &[always, needle]), Some(0));
        assert!(!decider.over_budget());
        let mut poor = Decider::with_budget(&formulas, &order, 3);
        assert_eq!(poor.verdict(always), Verdict::OverBudget);
        assert_eq!(poor.possible_roots(&[never]), [Possibility::OverBudget]);
        let support = poor.support_of(&[always]);
        assert!(support.over_budget && support.vars == vars && poor.over_budget());
        // What is not known may matter.
        assert_eq!(poor.first_dependence(&each, &[always]), Some(0));
        let mut known = Possible::all(&formulas);
        assert!(vars.iter().all(|var| known.set(*var, 1)));
        poor.consider(&known);
        assert_eq!(poor.verdict(always), Verdict::Always);
        assert!(!poor.over_budget());
    }
}
