//! What is enough to make a diagram true, and what is true whatever some variables are.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::VarId;
use super::diagrams::{Diagram, Diagrams, OverBudget};
use super::node_store::{CONSTANT_LEVEL, FALSE, TRUE};
use super::operation_memo::Operation;

/// Values of some variables.
pub type Choices = Vec<(VarId, u16)>;

/// How many edges of a diagram a search for a smallest set of groups may follow.
const MOST_STEPS: u64 = 4_000_000;

/// What is known of a node while a smallest set of groups is looked for.
#[derive(Clone, Debug, Default)]
struct Known {
    /// Where the node's group leads; none where it was not looked at.
    exits: Option<Rc<Exits>>,
    /// So many groups are not enough; none where that is not known of any number.
    too_few: Option<usize>,
    /// A set that is enough: how many groups, and the choices.
    enough: Option<(usize, Choices)>,
}

/// A walk through one diagram in search of a smallest set of groups.
struct Search<'d, G, A> {
    diagrams: &'d mut Diagrams,
    group: G,
    allowed: A,
    known: BTreeMap<u32, Known>,
    steps: u64,
}

/// A node reached in a walk, the entry it was reached from, and the choice between.
type Reached = (u32, usize, Option<(VarId, u16)>);

/// Where the group of a node leads.
#[derive(Debug, Default)]
struct Exits {
    /// Every node that is reached when it has been decided, whatever with.
    all: Vec<u32>,
    /// Those that are reached with values that may be chosen, each with choices that lead there.
    chosen: Vec<(u32, Choices)>,
}

impl Diagrams {
    /// The diagram that is true where this one is, whatever the chosen variables are.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn whatever(&mut self, diagram: Diagram, chosen: impl Fn(VarId) -> bool) -> Result<Diagram, OverBudget> {
        self.guarded(|this| {
            let mut done: BTreeMap<u32, u32> = BTreeMap::from([(FALSE, FALSE), (TRUE, TRUE)]);
            // Children have smaller numbers: an explicit stack of nodes whose children come first.
            let mut stack = vec![(diagram.0, false)];
            while let Some((node, ready)) = stack.pop() {
                if done.contains_key(&node) {
                    continue;
                }
                let children = this.store.children(node).to_vec();
                if !ready {
                    stack.push((node, true));
                    stack.extend(children.into_iter().map(|child| (child, false)));
                    continue;
                }
                let level = this.store.level(node).ok_or(OverBudget)?;
                let var = this.levels.var(level).ok_or(OverBudget)?;
                let mut below = Vec::with_capacity(children.len());
                for child in children {
                    below.push(*done.get(&child).ok_or(OverBudget)?);
                }
                let result = if chosen(var) {
                    below.into_iter().try_fold(TRUE, |all, child| this.combine(Operation::And, all, child))?
                } else {
                    this.node(level, &below)?
                };
                done.insert(node, result);
            }
            done.get(&diagram.0).copied().ok_or(OverBudget)
        })
    }

    /// The fewest groups of variables, and values for all of the variables in them that the diagram asks about, that make
    /// it true whatever the variables of the other groups are; `None` when nothing does. Variables of a chosen group that
    /// are not listed may have any value. The variables of a group must follow each other in the order.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn fewest(&mut self, diagram: Diagram, group: impl Fn(VarId) -> usize) -> Result<Option<Choices>, OverBudget> {
        self.fewest_among(diagram, group, |_, _| true)
    }

    /// As [`fewest`](Self::fewest), but only values that are allowed are chosen. The variables of the other groups may have
    /// any value all the same. Zero must be allowed for a variable that stands beside others in its group.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn fewest_among(
        &mut self,
        diagram: Diagram,
        group: impl Fn(VarId) -> usize,
        allowed: impl Fn(VarId, u16) -> bool,
    ) -> Result<Option<Choices>, OverBudget> {
        if diagram.0 == FALSE {
            return Ok(None);
        }
        let groups: BTreeSet<usize> = self.support(diagram).into_iter().map(&group).collect();
        let mut search = Search { diagrams: self, group, allowed, known: BTreeMap::new(), steps: 0 };
        for most in 0..=groups.len() {
            if let Some(choices) = search.within(diagram.0, most)? {
                return Ok(Some(choices));
            }
        }
        Ok(None)
    }
}

impl<G: Fn(VarId) -> usize, A: Fn(VarId, u16) -> bool> Search<'_, G, A> {
    /// Choices in at most so many groups that make the node true.
    fn within(&mut self, node: u32, most: usize) -> Result<Option<Choices>, OverBudget> {
        match (node, most) {
            (TRUE, _) => return Ok(Some(Vec::new())),
            (FALSE, _) | (_, 0) => return Ok(None),
            _ => {}
        }
        if let Some(known) = self.known.get(&node) {
            if known.too_few.is_some_and(|few| most <= few) {
                return Ok(None);
            }
            if let Some((_, choices)) = known.enough.as_ref().filter(|(count, _)| *count <= most) {
                return Ok(Some(choices.clone()));
            }
        }
        let cached = self.known.get(&node).and_then(|known| known.exits.clone());
        let exits = if let Some(exits) = cached {
            exits
        } else {
            let all = self.exits(node, false)?.into_iter().map(|(exit, _)| exit).collect();
            let exits = Rc::new(Exits { all, chosen: self.exits(node, true)? });
            self.known.entry(node).or_default().exits = Some(Rc::clone(&exits));
            exits
        };
        let found = self.choose(&exits, most)?;
        let known = self.known.entry(node).or_default();
        match &found {
            Some((count, choices)) => known.enough = Some((*count, choices.clone())),
            None => known.too_few = Some(most),
        }
        Ok(found.map(|(_, choices)| choices))
    }

    /// Passes over the node's group, or makes a choice in it, whichever needs fewer groups.
    fn choose(&mut self, exits: &Exits, most: usize) -> Result<Option<(usize, Choices)>, OverBudget> {
        for count in 1..=most {
            let whatever = self
                .diagrams
                .guarded(|diagrams| {
                    exits.all.iter().try_fold(TRUE, |all, exit| diagrams.combine(Operation::And, all, *exit))
                })?
                .0;
            if let Some(choices) = self.within(whatever, count)? {
                return Ok(Some((count, choices)));
            }
            for (exit, path) in &exits.chosen {
                if let Some(rest) = self.within(*exit, count - 1)? {
                    return Ok(Some((count, path.iter().copied().chain(rest).collect())));
                }
            }
        }
        Ok(None)
    }

    /// The nodes that are reached when the group of a node has been decided, with any values or only with those that may
    /// be chosen, each with choices that lead there.
    fn exits(&mut self, node: u32, to_choose: bool) -> Result<Vec<(u32, Choices)>, OverBudget> {
        let of = self.group_of(node)?;
        // Breadth first.
        let mut reached: Vec<Reached> = vec![(node, usize::MAX, None)];
        let (mut seen, mut exits) = (BTreeSet::from([node]), Vec::new());
        let mut at = 0;
        while let Some((node, ..)) = reached.get(at).copied() {
            if at > 0 && self.group_of(node)? != of {
                exits.push((node, path(&reached, at)));
                at += 1;
                continue;
            }
            let level = self.diagrams.store.level(node).ok_or(OverBudget)?;
            let var = self.diagrams.levels.var(level).ok_or(OverBudget)?;
            let values = self.diagrams.levels.values(level).unwrap_or(&[]);
            for (child, value) in self.diagrams.store.children(node).iter().zip(values) {
                self.steps += 1;
                if (!to_choose || (self.allowed)(var, *value)) && seen.insert(*child) {
                    reached.push((*child, at, Some((var, *value))));
                }
            }
            if self.steps > MOST_STEPS {
                return Err(OverBudget);
            }
            at += 1;
        }
        Ok(exits)
    }

    /// The group of a node's variable; none for a constant.
    fn group_of(&self, node: u32) -> Result<Option<usize>, OverBudget> {
        match self.diagrams.store.level(node) {
            Some(CONSTANT_LEVEL) => Ok(None),
            Some(level) => self.diagrams.levels.var(level).map(|var| Some((self.group)(var))).ok_or(OverBudget),
            None => Err(OverBudget),
        }
    }
}

/// The choices that lead to an entry.
fn path(reached: &[Reached], mut at: usize) -> Choices {
    let mut choices = Vec::new();
    while let Some((_, from, Some(choice))) = reached.get(at) {
        choices.push(*choice);
        at = *from;
    }
    choices.reverse();
    choices
}

#[cfg(test)]
mod tests {
    use super::super::enumeration::Plain;
    use super::super::{Decider, FormulasBuilder, Order};
    use super::*;
    use proptest::prelude::*;

    /// Two groups of two variables and two of one, in order.
    const GROUPS: [usize; 6] = [0, 0, 1, 2, 2, 3];
    const SIZES: [u16; 6] = [2, 2, 3, 2, 2, 4];

    fn plain() -> impl Strategy<Value = Plain> {
        let literal =
            (0..6_usize, proptest::collection::vec(0..4_u16, 1..3)).prop_map(|(var, set)| Plain::Lit(var, set));
        literal.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(|part| Plain::Not(Box::new(part))),
                proptest::collection::vec(inner.clone(), 2..4).prop_map(Plain::And),
                proptest::collection::vec(inner, 2..4).prop_map(Plain::Or),
            ]
        })
    }

    fn completions() -> Vec<[u16; 6]> {
        let mut all = vec![[0; 6]];
        for (at, size) in SIZES.iter().enumerate() {
            all = all
                .into_iter()
                .flat_map(|values| {
                    (0..*size).map(move |value| {
                        let mut next = values;
                        next[at] = value;
                        next
                    })
                })
                .collect();
        }
        all
    }

    /// The fewest groups that are enough, by trying every set of groups and every completion in them.
    fn fewest(formula: &Plain) -> Option<usize> {
        let all = completions();
        (0..16_usize)
            .filter(|groups| {
                let fixed = |at: usize| groups >> GROUPS[at] & 1 == 1;
                all.iter().any(|chosen| {
                    all.iter()
                        .filter(|values| (0..6).all(|at| !fixed(at) || values[at] == chosen[at]))
                        .all(|values| formula.holds(values))
                })
            })
            .map(|groups| groups.count_ones() as usize)
            .min()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(120))]

        #[test]
        fn the_fewest_groups_are_found_and_are_enough(formula in plain()) {
            let mut builder = FormulasBuilder::new();
            let vars: Vec<VarId> = SIZES.iter().map(|size| builder.var(*size)).collect();
            let root = formula.build(&mut builder, &vars);
            let formulas = builder.finish().unwrap();
            let order = Order::new(&formulas, &[]);
            let mut decider = Decider::new(&formulas, &order);
            let diagram = decider.diagram(root).unwrap();
            let found = decider.diagrams().fewest(diagram, |var| GROUPS[var.index()]).unwrap();
            let groups = found.as_ref().map(|choices| {
                let mut groups: Vec<usize> = choices.iter().map(|(var, _)| GROUPS[var.index()]).collect();
                groups.dedup();
                groups.len()
            });
            prop_assert_eq!(groups, fewest(&formula));
            if let Some(choices) = found {
                let agrees = |values: &[u16; 6]| choices.iter().all(|(var, value)| values[var.index()] == *value);
                prop_assert!(completions().iter().filter(|values| agrees(values)).all(|values| formula.holds(values)));
            }
            let chosen = |var: VarId| GROUPS[var.index()].is_multiple_of(2);
            let whatever = decider.diagrams().whatever(diagram, chosen).unwrap();
            let some = decider.diagrams().witness(whatever, true);
            let all = completions();
            let expected = all.iter().any(|fixed| {
                all.iter()
                    .filter(|values| (0..6).all(|at| GROUPS[at].is_multiple_of(2) || values[at] == fixed[at]))
                    .all(|values| formula.holds(values))
            });
            prop_assert_eq!(some.is_some(), expected);
        }
    }
}
