//! The order in which decision diagrams ask about variables.

use serde::{Deserialize, Serialize};

use super::bit_set::BitSet;
use super::{Formulas, VarId};

/// An order of variables. The answers never depend on it, only the work they take.
///
/// Each variable has at most one place, however the order is made or read; a variable without a
/// place makes what depends on it count as over budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<VarId>", into = "Vec<VarId>")]
pub struct Order {
    vars: Vec<VarId>,
}

impl Order {
    /// The order of creation, except that each follower comes right after its leader (after the
    /// followers named before it, and theirs).
    ///
    /// "Some alternative is chosen and its conditions are met" needs a diagram exponential in the
    /// number of alternatives when all choices come before all conditions, and a small one when
    /// each choice is next to its conditions. A variable named as a follower twice keeps its
    /// first leader; a hint that would close a circle is ignored.
    #[must_use]
    pub fn new(formulas: &Formulas, hints: &[(VarId, VarId)]) -> Self {
        let count = formulas.var_count();
        let mut leader_of: Vec<Option<VarId>> = vec![None; count];
        let mut followers: Vec<Vec<VarId>> = vec![Vec::new(); count];
        for (follower, leader) in hints.iter().copied() {
            let above = std::iter::successors(Some(leader), |var| *leader_of.get(var.index())?);
            let circle = above.take(count + 1).any(|var| var == follower);
            let Some(slot) = leader_of.get_mut(follower.index()) else {
                continue;
            };
            if slot.is_none()
                && !circle
                && let Some(list) = followers.get_mut(leader.index())
            {
                list.push(follower);
                *slot = Some(leader);
            }
        }
        let mut vars = Vec::with_capacity(count);
        let mut waiting = Vec::new();
        for (var, leader) in formulas.vars().zip(&leader_of) {
            if leader.is_some() {
                continue;
            }
            waiting.push(var);
            while let Some(next) = waiting.pop() {
                vars.push(next);
                waiting.extend(followers.get(next.index()).into_iter().flatten().rev());
            }
        }
        Self { vars }
    }

    /// The variables listed come first and as listed; the others follow in the order of creation.
    #[must_use]
    pub fn listed(formulas: &Formulas, vars: &[VarId]) -> Self {
        Self::from(vars.iter().copied().chain(formulas.vars()).collect::<Vec<_>>())
    }

    /// The variables in order.
    #[must_use]
    pub fn vars(&self) -> &[VarId] {
        &self.vars
    }
}

impl From<Vec<VarId>> for Order {
    fn from(vars: Vec<VarId>) -> Self {
        let mut seen = BitSet::default();
        seen.reset(vars.iter().map(|var| var.index() + 1).max().unwrap_or(0));
        let mut is_new = |var: VarId| {
            !seen.contains(var.index()) && {
                seen.insert(var.index());
                true
            }
        };
        Self { vars: vars.into_iter().filter(|var| is_new(*var)).collect() }
    }
}

impl From<Order> for Vec<VarId> {
    fn from(order: Order) -> Self {
        order.vars
    }
}

#[cfg(test)]
mod tests {
    use super::super::FormulasBuilder;
    use super::*;

    #[test]
    fn followers_come_right_after_their_leader() {
        let mut builder = FormulasBuilder::new();
        for _ in 0..7 {
            builder.var(2);
        }
        let formulas = builder.finish().unwrap();
        let order = |hints: &[(u16, u16)]| {
            let hints: Vec<_> = hints.iter().map(|(f, l)| (VarId(*f), VarId(*l))).collect();
            let order = Order::new(&formulas, &hints);
            order.vars().iter().map(|var| var.0).collect::<Vec<_>>()
        };
        assert_eq!(order(&[]), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(order(&[(4, 0), (5, 1), (6, 0)]), [0, 4, 6, 1, 5, 2, 3]);
        assert_eq!(order(&[(4, 0), (0, 3)]), [1, 2, 3, 0, 4, 5, 6]);
        // Circles, self-hints, second leaders and strangers change nothing.
        let odd = [(1, 2), (2, 1), (3, 3), (1, 5), (99, 1), (4, 99)];
        assert_eq!(order(&odd), [0, 2, 1, 3, 4, 5, 6]);
        let listed = Order::listed(&formulas, &[VarId(3), VarId(3), VarId(1)]);
        assert!(listed.vars().iter().map(|var| var.0).eq([3, 1, 0, 2, 4, 5, 6]));
    }
}
