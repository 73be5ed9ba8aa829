//! A smallest set of facts that shows something.

use super::{Prover, Wanted, facts_of};
use crate::compile::Layout;
use crate::logic::{DEFAULT_NODE_BUDGET, Diagram, Formulas, Order, OverBudget, VarId};
use crate::model::{Facts, Ix};
use crate::ruleset::Parts;

/// Facts that show something, whatever the answers to all other questions are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smallest {
    /// The facts.
    pub facts: Facts,
    /// Whether fewer questions are proved not to be enough. If not, the budget ran out; each question is needed all the same.
    pub proved: bool,
}

/// The fewest answered questions that give the formulas the truths wanted, whatever the other answers are. `None` where
/// nothing does, or where nothing was found within the budget.
#[must_use]
pub fn smallest_facts(parts: &Parts, layout: &Layout, formulas: &Formulas, wanted: Wanted<'_>) -> Option<Smallest> {
    smallest_within(parts, layout, formulas, wanted, &mut u64::MAX.clone())
}

/// The same, with an allowance of steps from which what was taken is subtracted.
#[must_use]
pub fn smallest_within(
    parts: &Parts,
    layout: &Layout,
    formulas: &Formulas,
    wanted: Wanted<'_>,
    allowance: &mut u64,
) -> Option<Smallest> {
    let order = by_question(formulas);
    let mut prover = Prover::with_allowance(formulas, &order, DEFAULT_NODE_BUDGET, *allowance);
    let found = search(parts, layout, &mut prover, wanted);
    *allowance = prover.left();
    found
}

/// The fewest answered questions that the diagram needs to be true, where the prover asks about the variables of a question
/// one after another, as [`by_question`] does.
///
/// # Errors
/// When the budget runs out.
pub fn fewest_answers(
    parts: &Parts,
    layout: &Layout,
    prover: &mut Prover<'_>,
    diagram: Diagram,
) -> Result<Option<Smallest>, OverBudget> {
    let found = prover.decider().diagrams().fewest(diagram, |var| group(layout, var))?;
    Ok(found.map(|choices| Smallest { facts: facts_of(parts, layout, &choices), proved: true }))
}

/// The order in which the variables of a question follow each other: they were made question by question.
#[must_use]
pub fn by_question(formulas: &Formulas) -> Order {
    Order::new(formulas, &[])
}

fn search(parts: &Parts, layout: &Layout, prover: &mut Prover<'_>, wanted: Wanted<'_>) -> Option<Smallest> {
    if let Ok(diagram) = prover.diagram(wanted)
        && let Ok(found) = fewest_answers(parts, layout, prover, diagram)
    {
        return found;
    }
    let example = prover.find(wanted).ok()??;
    let choices = prover.enough(&example, wanted, |var| group(layout, var)).unwrap_or(example);
    Some(Smallest { facts: facts_of(parts, layout, &choices), proved: false })
}

fn group(layout: &Layout, var: VarId) -> usize {
    layout.owner(var).map_or_else(|| usize::MAX - var.index(), Ix::index)
}
