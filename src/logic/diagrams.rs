//! Reduced ordered decision diagrams over variables with any number of values.

use std::fmt;

use super::bit_set::BitSet;
use super::cone::Cone;
use super::node_store::{CONSTANT_LEVEL, FALSE, NodeStore, TRUE};
use super::operation_memo::{Operation, OperationMemo};
use super::order::Order;
use super::residual::Residual;
use super::{ValueSet, VarId};

/// How many nodes the diagrams of one state of knowledge may have together, unless told
/// otherwise.
pub const DEFAULT_NODE_BUDGET: u32 = 250_000;

/// Work allowed for each node of the budget. An operation may visit many pairs of nodes and still
/// make few, so nodes alone would not bound the work.
const STEPS_PER_NODE: u64 = 16;

/// How deep operations may recurse, so that no input can exhaust the stack.
const MAX_DEPTH: u32 = 2_000;

/// A decision diagram made by a [`Diagrams`]. Two diagrams of the same state of knowledge are the
/// same function exactly when they are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagram(pub(super) u32);

/// The budget ran out before an answer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverBudget;

impl fmt::Display for OverBudget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the budget for decision diagrams ran out")
    }
}

impl std::error::Error for OverBudget {}

/// Makes and keeps the decision diagrams of one state of knowledge after another.
///
/// Known variables do not appear in diagrams, and unknown ones have only the values they may
/// still have. The budget counts nodes made and pairs of nodes visited, so the same questions in
/// the same order always meet the same end. What a failed operation made is given back; the work
/// it took is not.
#[derive(Clone, Debug)]
pub struct Diagrams {
    pub(super) store: NodeStore,
    pub(super) levels: Levels,
    /// For each formula its diagram plus one; zero when it has not been built.
    pub(super) built: Vec<u32>,
    pub(super) cone: Cone,
    pub(super) marks: BitSet,
    memo: OperationMemo,
    /// Children of nodes in the making.
    stack: Vec<u32>,
    steps: u64,
    /// Steps of the states of knowledge before this one.
    past: u64,
    /// How much work may be done over all states of knowledge.
    most: u64,
    budget: u32,
}

/// Which unknown variable stands at which level, and with which values.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    /// The variable of each level, and where its values are.
    vars: Vec<(VarId, u32, u32)>,
    values: Vec<u16>,
    /// For each variable its level plus one; zero when it has none.
    level_of: Vec<u32>,
}

impl Levels {
    fn assign(&mut self, residual: Residual<'_>, order: &Order) {
        self.vars.clear();
        self.values.clear();
        self.level_of.clear();
        self.level_of.resize(residual.formulas().var_count(), 0);
        let possible = residual.possible();
        for var in order.vars().iter().copied().filter(|var| !possible.is_known(*var)) {
            let level = u32::try_from(self.vars.len() + 1);
            let start = u32::try_from(self.values.len());
            let Some((set, slot)) = possible.get(var).zip(self.level_of.get_mut(var.index())) else {
                continue;
            };
            let (Ok(level), Ok(start), Ok(arity)) = (level, start, u32::try_from(set.len())) else {
                return;
            };
            *slot = level;
            self.vars.push((var, start, arity));
            self.values.extend(set.iter());
        }
    }

    pub(super) fn of(&self, var: VarId) -> Option<u32> {
        self.level_of.get(var.index())?.checked_sub(1)
    }

    pub(super) fn var(&self, level: u32) -> Option<VarId> {
        self.vars.get(level as usize).map(|(var, ..)| *var)
    }

    pub(super) fn values(&self, level: u32) -> Option<&[u16]> {
        let (_, start, arity) = *self.vars.get(level as usize)?;
        self.values.get(start as usize..(start + arity) as usize)
    }
}

impl Default for Diagrams {
    fn default() -> Self {
        Self::new(DEFAULT_NODE_BUDGET)
    }
}

impl Diagrams {
    /// Diagrams with a budget of nodes for each state of knowledge.
    #[must_use]
    pub fn new(budget: u32) -> Self {
        Self {
            store: NodeStore::default(),
            levels: Levels::default(),
            built: Vec::new(),
            cone: Cone::default(),
            marks: BitSet::default(),
            memo: OperationMemo::default(),
            stack: Vec::new(),
            steps: 0,
            past: 0,
            most: u64::MAX,
            budget: budget.min(u32::MAX / 4),
        }
    }

    /// Starts anew for another state of knowledge. Diagrams made before are void, and every
    /// later call must be about the same state.
    pub fn begin(&mut self, residual: Residual<'_>, order: &Order) {
        self.store.clear();
        self.memo.clear();
        self.levels.assign(residual, order);
        self.built.clear();
        self.built.resize(residual.formulas().len(), 0);
        self.past += std::mem::take(&mut self.steps);
    }

    /// From now on, so much more work may be done, over all states of knowledge.
    pub fn allow(&mut self, work: u64) {
        self.most = self.work().saturating_add(work);
    }

    /// Builds with no more than so much work; what is allowed afterwards is what was before.
    pub(super) fn within<T>(&mut self, work: u64, build: impl FnOnce(&mut Self) -> T) -> T {
        let most = self.most;
        self.most = most.min(self.work().saturating_add(work));
        let built = build(self);
        self.most = most;
        built
    }

    /// How much work was done so far, over all states of knowledge: pairs of nodes visited, each counted once for each value.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.past + self.steps
    }

    /// True where both are.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn and(&mut self, a: Diagram, b: Diagram) -> Result<Diagram, OverBudget> {
        self.guarded(|diagrams| diagrams.apply(Operation::And, a.0, b.0, MAX_DEPTH))
    }

    /// True where either is.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn or(&mut self, a: Diagram, b: Diagram) -> Result<Diagram, OverBudget> {
        self.guarded(|diagrams| diagrams.apply(Operation::Or, a.0, b.0, MAX_DEPTH))
    }

    /// True where all of them are.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn all(&mut self, of: &[Diagram]) -> Result<Diagram, OverBudget> {
        let mut diagrams: Vec<u32> = of.iter().map(|diagram| diagram.0).collect();
        self.sort_bottom_up(&mut diagrams);
        self.guarded(|this| {
            diagrams.iter().try_fold(TRUE, |all, diagram| this.apply(Operation::And, all, *diagram, MAX_DEPTH))
        })
    }

    /// True where the other is false.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn not(&mut self, a: Diagram) -> Result<Diagram, OverBudget> {
        self.guarded(|diagrams| diagrams.apply(Operation::Not, a.0, a.0, MAX_DEPTH))
    }

    /// Runs operations; when they fail, gives back the nodes they made, so that one question too
    /// hard leaves room for the easier ones after it.
    pub(super) fn guarded(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<u32, OverBudget>,
    ) -> Result<Diagram, OverBudget> {
        let before = self.store.len();
        let result = work(self);
        if result.is_err() {
            self.store.truncate(before);
            self.memo.clear();
            self.stack.clear();
            for built in &mut self.built {
                if *built as usize > before {
                    *built = 0;
                }
            }
        }
        result.map(Diagram)
    }

    pub(super) fn combine(&mut self, op: Operation, a: u32, b: u32) -> Result<u32, OverBudget> {
        self.apply(op, a, b, MAX_DEPTH)
    }

    fn apply(&mut self, op: Operation, a: u32, b: u32, depth: u32) -> Result<u32, OverBudget> {
        // Both joining operations are symmetric, and constants have the smallest numbers.
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        match (op, a) {
            (Operation::And, FALSE) | (Operation::Not, TRUE) => return Ok(FALSE),
            (Operation::Or, TRUE) | (Operation::Not, FALSE) => return Ok(TRUE),
            (Operation::And, TRUE) | (Operation::Or, FALSE) => return Ok(b),
            (Operation::And | Operation::Or, _) if a == b => return Ok(a),
            _ => {}
        }
        if let Some(result) = self.memo.get(op, a, b) {
            return Ok(result);
        }
        let depth = depth.checked_sub(1).ok_or(OverBudget)?;
        let level_a = self.store.level(a).ok_or(OverBudget)?;
        let level_b = self.store.level(b).ok_or(OverBudget)?;
        let level = level_a.min(level_b);
        let arity = self.levels.values(level).ok_or(OverBudget)?.len();
        let arity = u32::try_from(arity).map_err(|_| OverBudget)?;
        self.steps += u64::from(arity);
        if self.steps > u64::from(self.budget) * STEPS_PER_NODE || self.work() > self.most {
            return Err(OverBudget);
        }
        let base = self.stack.len();
        for at in 0..arity {
            let below_a = if level_a == level { self.store.child(a, at) } else { Some(a) };
            let below_b = if level_b == level { self.store.child(b, at) } else { Some(b) };
            let (Some(below_a), Some(below_b)) = (below_a, below_b) else {
                return Err(OverBudget);
            };
            let result = self.apply(op, below_a, below_b, depth)?;
            self.stack.push(result);
        }
        let children = self.stack.get(base..).ok_or(OverBudget)?;
        // The two constants come on top of the budget.
        let limit = self.budget as usize + 2;
        let result = self.store.intern(level, children, limit).ok_or(OverBudget)?;
        self.stack.truncate(base);
        self.memo.insert(op, a, b, result);
        Ok(result)
    }

    /// The node with these children, one for each value of the variable at the level.
    pub(super) fn node(&mut self, level: u32, children: &[u32]) -> Result<u32, OverBudget> {
        self.store.intern(level, children, self.budget as usize + 2).ok_or(OverBudget)
    }

    /// The diagram of a literal.
    pub(super) fn literal(&mut self, var: VarId, set: &ValueSet) -> Result<u32, OverBudget> {
        let level = self.levels.of(var).ok_or(OverBudget)?;
        let values = self.levels.values(level).ok_or(OverBudget)?;
        let base = self.stack.len();
        let constant = |value: &u16| if set.contains(*value) { TRUE } else { FALSE };
        self.stack.extend(values.iter().map(constant));
        let children = self.stack.get(base..).ok_or(OverBudget)?;
        let limit = self.budget as usize + 2;
        let result = self.store.intern(level, children, limit).ok_or(OverBudget)?;
        self.stack.truncate(base);
        Ok(result)
    }

    /// Sorts so that what asks about the last variables comes first: joining from the bottom up
    /// keeps each step's work to the part that is new.
    pub(super) fn sort_bottom_up(&self, diagrams: &mut [u32]) {
        let level = |diagram: u32| self.store.level(diagram).unwrap_or(CONSTANT_LEVEL);
        diagrams.sort_unstable_by_key(|diagram| (std::cmp::Reverse(level(*diagram)), *diagram));
    }
}
