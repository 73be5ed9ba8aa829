//! Every stop can be left by what a team can change.
//!
//! A question is *changeable* when it is marked `design` or `evidence`. The *fixed* answers are all others. Prohibitions are the
//! rules of level `must-not` that are not upcoming. Fixed answers *hold a prohibition fast* when with them, whatever the
//! changeable answers are, no rule ends the questions and the prohibition applies.
//!
//! - No fixed answers hold a prohibition fast that is not `final` (`stop-cannot-be-left`).
//! - Some fixed answers hold each `final` prohibition fast (`final-can-be-left`).
//! - Where no prohibition is held fast by itself, `final` or not, no fixed answers make it so that, whatever the changeable
//!   answers are, no rule ends the questions and some prohibition applies (`stop-cannot-be-left`, at the first of the fewest
//!   prohibitions found that together leave no way out).
//!
//! Examples state fixed answers only.

use std::sync::Arc;

use super::examiner::Examiner;
use super::ground::{Ground, Stated, prohibitions};
use super::ledger::Ledger;
use super::tasks::{Task, divided};
use super::verification::Property;
use crate::compile::Lowering;
use crate::finding::{Code, Finding};
use crate::logic::{Choices, DEFAULT_NODE_BUDGET, Diagram, FormulaId, OverBudget, VarId};
use crate::model::{Changeable, Ix, RuleIx};
use crate::proof::{Prover, Smallest, by_question, facts_of, fewest_answers, held_fast};
use crate::text::quoted;

/// The statements of this property.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let bans = prohibitions(ground.parts());
    let stops = |lowering: &mut Lowering<'_>| -> Vec<(RuleIx, FormulaId)> {
        let stop = |ban: &RuleIx| (*ban, lowering.builder().and([ground.rules.at(*ban).when, ground.inside]));
        bans.iter().map(stop).collect()
    };
    let Some(stated) = ground.stating(stops) else { return Vec::new() };
    let stated = Arc::new(stated);
    let task = |range: std::ops::Range<usize>| {
        let stated = Arc::clone(&stated);
        Task::new(Property::Leavable, move |allowance| {
            let mut examiner = Examiner::new(ground, &stated, Property::Leavable, allowance);
            for (ban, stop) in stated.what.get(range).unwrap_or(&[]) {
                single(&mut examiner, &stated, *ban, *stop);
            }
            examiner.ledger
        })
    };
    let mut tasks: Vec<Task<'g>> = divided(bans.len()).map(task).collect();
    if bans.len() > 1 {
        tasks.push(Task::new(Property::Leavable, move |allowance| joint(ground, allowance)).weighing(4));
    }
    tasks
}

fn is_changeable(ground: &Ground<'_>, var: VarId) -> bool {
    let owner = ground.layout.owner(var).and_then(|question| ground.parts().questions.get(question));
    owner.is_some_and(|question| question.changeable != Changeable::Fixed)
}

/// Whether some fixed answers hold a stop fast: by diagram, or else by search.
fn held_alone<T>(examiner: &mut Examiner<'_>, stated: &Stated<T>, stop: FormulaId) -> Result<bool, OverBudget> {
    let ground = examiner.ground;
    let changeable = |var| is_changeable(ground, var);
    if let Ok(fast) = examiner.prover.whatever(&[(stop, true)], changeable) {
        return Ok(!examiner.prover.decider().diagrams().is_false(fast));
    }
    let before = examiner.prover.left();
    let mut left = before;
    let found = held_fast(&stated.formulas, stop, &[], changeable, &mut left);
    examiner.prover.spend(before - left);
    found.map(|found| found.is_some())
}

fn single<T>(examiner: &mut Examiner<'_>, stated: &Stated<T>, ban: RuleIx, stop: FormulaId) {
    let ground = examiner.ground;
    let rule = ground.parts().rules.at(ban);
    let id = quoted(&rule.id);
    let statement = if rule.is_final {
        format!("that some answers hold the final rule {id} fast")
    } else {
        format!("that the stop {id} can be left")
    };
    let changeable = |var| is_changeable(ground, var);
    let wanted = [(stop, true)];
    let held = held_alone(examiner, stated, stop);
    match (held, rule.is_final) {
        (Err(OverBudget), _) => examiner.ledger.open(rule.place, &statement),
        (Ok(false), false) | (Ok(true), true) => examiner.ledger.holds(),
        (Ok(true), false) => {
            let before = examiner.prover.left();
            let (example, left) = fewest_fixed(ground, stated, before, |prover| prover.whatever(&wanted, changeable));
            examiner.prover.spend(before.saturating_sub(left));
            let message = format!("nothing that a team can change ends the stop {id}");
            let help =
                "test something that is `changeable`, or write `final: yes` if there is no way to share this at all";
            let finding = Finding::new(Code::StopCannotBeLeft, message).at(rule.place).help(help);
            examiner.ledger.fails(finding, example);
        }
        (Ok(false), true) => {
            let message = format!("rule {id} is declared `final`, but what a team can change always ends it");
            let finding = Finding::new(Code::FinalCanBeLeft, message).at(rule.place).help("take `final` out");
            examiner.ledger.fails(finding, None);
        }
    }
}

/// The fewest fixed answers that make a diagram true, and what is left of the allowance.
fn fewest_fixed<T>(
    ground: &Ground<'_>,
    stated: &Stated<T>,
    allowance: u64,
    diagram: impl Fn(&mut Prover<'_>) -> Result<Diagram, OverBudget>,
) -> (Option<Smallest>, u64) {
    let order = by_question(&stated.formulas);
    let mut prover = Prover::with_allowance(&stated.formulas, &order, DEFAULT_NODE_BUDGET, allowance);
    let Ok(fast) = diagram(&mut prover) else { return (None, prover.left()) };
    if let Ok(found) = fewest_answers(ground.parts(), &ground.layout, &mut prover, fast) {
        return (found, prover.left());
    }
    let choices = prover.decider().diagrams().witness(fast, true);
    let facts = choices.map(|choices| facts_of(ground.parts(), &ground.layout, &choices));
    (facts.map(|facts| Smallest { facts, proved: false }), prover.left())
}

/// When some prohibition stops the exchange, and when each does so by itself.
struct Stops {
    some: FormulaId,
    each: Vec<FormulaId>,
}

fn joint(ground: &Ground<'_>, allowance: u64) -> Ledger {
    let parts = ground.parts();
    let bans = prohibitions(parts);
    let mut ledger = Ledger::new(Property::Leavable);
    let place = bans.first().map(|ban| parts.rules.at(*ban).place).unwrap_or_default();
    let statement = "that what a team can change ends every stop that several prohibitions make together";
    let stops = |lowering: &mut Lowering<'_>| {
        let each = bans.iter().map(|ban| ground.rules.at(*ban).when);
        let each: Vec<FormulaId> = each.map(|when| lowering.builder().and([when, ground.inside])).collect();
        Stops { some: lowering.builder().or(each.iter().copied()), each }
    };
    let Some(stated) = ground.stating(stops) else {
        ledger.open(place, statement);
        return ledger;
    };
    match held_jointly(ground, &stated, allowance) {
        Err(OverBudget) => ledger.open(place, statement),
        Ok(None) => ledger.holds(),
        Ok(Some((choices, example))) => {
            let mut examiner = Examiner::new(ground, &stated, Property::Leavable, allowance);
            let involved: Vec<RuleIx> = cover(&mut examiner, &choices, &stated.what.each)
                .iter()
                .filter_map(|at| bans.get(*at))
                .copied()
                .collect();
            let names: Vec<String> = involved.iter().map(|ban| quoted(&parts.rules.at(*ban).id)).collect();
            let message = format!(
                "whatever a team changes, one of the stops {} applies: each can be left, but not all at once",
                names.join(", ")
            );
            let at = involved.first().map_or(place, |ban| parts.rules.at(*ban).place);
            let finding = Finding::new(Code::StopCannotBeLeft, message).at(at);
            let others = involved.iter().skip(1).map(|ban| parts.rules.at(*ban).place);
            let finding = others.fold(finding, |finding, place| finding.related(place, "or this one applies"));
            let help = "let a change that ends one of them end the others too, or write `final: yes` in one that holds in each such case";
            ledger.fails(finding.help(help), Some(example));
        }
    }
    ledger
}

/// Fixed answers with which some prohibition stops the exchange whatever a team changes, though none does by itself: by
/// diagram, which gives the fewest, or else by search.
fn held_jointly(
    ground: &Ground<'_>,
    stated: &Stated<Stops>,
    allowance: u64,
) -> Result<Option<(Choices, Smallest)>, OverBudget> {
    let (parts, layout) = (ground.parts(), &ground.layout);
    let changeable = |var| is_changeable(ground, var);
    let order = by_question(&stated.formulas);
    let mut prover = Prover::with_allowance(&stated.formulas, &order, DEFAULT_NODE_BUDGET, allowance);
    if let Ok(held) = joint_diagram(&mut prover, &stated.what, changeable) {
        let Some(choices) = prover.decider().diagrams().witness(held, true) else { return Ok(None) };
        let example = match fewest_answers(parts, layout, &mut prover, held) {
            Ok(Some(example)) => example,
            _ => Smallest { facts: facts_of(parts, layout, &choices), proved: false },
        };
        return Ok(Some((choices, example)));
    }
    let mut left = prover.left();
    let found = held_fast(&stated.formulas, stated.what.some, &stated.what.each, changeable, &mut left)?;
    Ok(found.map(|choices| {
        let enough = prover.enough(&choices, &[(stated.what.some, true)], |var| layout.owner(var).map_or(0, Ix::index));
        let facts = facts_of(parts, layout, &enough.unwrap_or_else(|| choices.clone()));
        (choices, Smallest { facts, proved: false })
    }))
}

fn joint_diagram(
    prover: &mut Prover<'_>,
    stops: &Stops,
    changeable: impl Fn(VarId) -> bool,
) -> Result<Diagram, OverBudget> {
    prover.guarded(|decider| {
        let some = decider.diagram(stops.some)?;
        let mut held = decider.diagrams().whatever(some, &changeable)?;
        for stop in &stops.each {
            if decider.diagrams().is_false(held) {
                break;
            }
            let one = decider.diagram(*stop)?;
            let alone = decider.diagrams().whatever(one, &changeable)?;
            let not_alone = decider.diagrams().not(alone)?;
            held = decider.diagrams().and(held, not_alone)?;
        }
        Ok(held)
    })
}

/// The numbers of a few prohibitions of which, with these answers, always some applies; without any one of them that is not so.
fn cover(examiner: &mut Examiner<'_>, choices: &Choices, whens: &[FormulaId]) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..whens.len()).collect();
    for at in 0..whens.len() {
        let fewer: Vec<usize> = kept.iter().copied().filter(|kept| *kept != at).collect();
        let left: Vec<FormulaId> = fewer.iter().filter_map(|at| whens.get(*at)).copied().collect();
        let none: Vec<(FormulaId, bool)> = left.iter().map(|when| (*when, false)).collect();
        if examiner.prover.excluded(choices, &none) {
            kept = fewer;
        }
    }
    kept
}
