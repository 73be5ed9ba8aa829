//! Conditions → variables and formulas.
//!
//! Two passes: the first finds which options any test tells apart ([`Classes`]), the second builds the formulas over the
//! variables that remain ([`Lowering`]). Everything a formula can mean is said in `lower`.
//!
//! A ruleset is compiled once, by [`compile`]. Proofs about a ruleset, or about several variants of it, lower conditions of
//! their own into the same variables: a [`Layout`] for each variant, and one [`FormulasBuilder`] for all.

mod classes;
mod layout;
mod lower;
mod lowering;
mod reads;

pub use classes::{Classes, Frame};
pub use layout::Layout;
pub use lowering::{Lowering, Need, Scope, needs_in_order};
pub use reads::{derived_in_order, questions_read, readers};

use std::collections::BTreeMap;

use crate::logic::{FormulaId, FormulasBuilder, Order, VarId};
use crate::model::{Arena, DerivedIx, Ix, MythIx, OptionIx, QuestionIx, RuleIx};
use crate::ruleset::compiled::Screen;
use crate::ruleset::{Compiled, CompiledQuestion, Parts, RuleFormulas};

/// Compiles every condition of a ruleset that was validated; none where its tests tell too many options apart.
#[must_use]
pub fn compile(parts: &Parts, tests: usize) -> Option<Compiled> {
    let frame = Frame::of(parts);
    let mut classes = Classes::new(&[(parts, &frame)]);
    classes.read_all(parts, &frame);
    let mut builder = FormulasBuilder::new();
    let layout = Layout::of(&[(parts, &frame)], &classes, &mut builder)?.pop()?;
    let mut lowering = Lowering::new(parts, &layout, &mut builder, tests);
    let Tables { questions, rules, derived, myths, screens } = tables(parts, &layout, &mut lowering);
    let openings = parts.questions.ids().map(|ix| openings(parts, &mut lowering, ix)).collect();
    // So that every test has its formula: an explanation may name one that no rule reaches.
    for (_, list) in parts.lists.iter() {
        for condition in list.choices.iter().filter_map(|choice| choice.only_if.as_ref()) {
            lowering.condition(condition);
        }
    }
    let Scope { tests, .. } = lowering.finish();
    let never = builder.constant(false);
    let formulas = builder.finish().ok()?;
    let order = Order::new(&formulas, &hints(parts, &layout));
    let tests = tests.into_iter().map(|test| test.unwrap_or(never)).collect();
    let owners = layout.owners().to_vec();
    Some(Compiled {
        formulas,
        order,
        questions,
        openings,
        tests,
        rules,
        derived,
        myths,
        screens,
        owners,
        readers: readers(parts),
    })
}

/// When a question arises and each of its options is open; nothing where no option is ever closed.
fn openings(parts: &Parts, lowering: &mut Lowering<'_>, question: QuestionIx) -> Vec<FormulaId> {
    let choices = parts.choices(question);
    let Some(list) = parts.questions.at(question).list else { return Vec::new() };
    if choices.iter().all(|choice| choice.only_if.is_none() && choice.upcoming.is_none()) {
        return Vec::new();
    }
    let arises = lowering.arises(question);
    let open: Vec<FormulaId> = (0..choices.len()).map(|at| lowering.opens(list, at)).collect();
    open.into_iter().map(|open| lowering.builder().and([arises, open])).collect()
}

/// What the engine reads of one variant, beside its formulas.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables {
    /// How each question's answer sets variables.
    pub questions: Arena<QuestionIx, CompiledQuestion>,
    /// The formulas of each rule.
    pub rules: Arena<RuleIx, RuleFormulas>,
    /// For each derived fact, when it has each of its values.
    pub derived: Arena<DerivedIx, Vec<FormulaId>>,
    /// When each myth matters.
    pub myths: Arena<MythIx, FormulaId>,
    /// The rules that end the questions, and what they read.
    pub screens: Vec<Screen>,
}

/// Lowers everything that the engine reads of a variant.
#[must_use]
pub fn tables(parts: &Parts, layout: &Layout, lowering: &mut Lowering<'_>) -> Tables {
    let questions: Arena<QuestionIx, CompiledQuestion> = parts
        .questions
        .iter()
        .map(|(ix, question)| CompiledQuestion {
            arises: lowering.arises(ix),
            open: if question.candidates.is_some() { lowering.openings(ix) } else { Vec::new() },
            variables: layout.variables(ix).clone(),
        })
        .collect();
    let derived = parts.derived.ids().map(|ix| lowering.derived(ix)).collect();
    let rules = parts.rules.iter().map(|(_, rule)| lowering.rule(rule)).collect();
    let myths = parts.myths.iter().map(|(_, myth)| lowering.condition(&myth.when)).collect();
    Tables { questions, rules, derived, myths, screens: screens(parts) }
}

/// The rules that end the questions, and every question that each reads.
#[must_use]
pub fn screens(parts: &Parts) -> Vec<Screen> {
    let screens = parts.rules.iter().filter(|(_, rule)| rule.ends_questions);
    screens.map(|(ix, rule)| Screen { rule: ix, reads: questions_read(parts, &rule.when) }).collect()
}

/// "Conditions met" stands beside the option that it is about: a disjunction of pairs needs that to stay small. Pairs of a
/// follower and its leader, for [`Order::new`].
#[must_use]
pub fn hints(parts: &Parts, layout: &Layout) -> Vec<(VarId, VarId)> {
    let mut hints = Vec::new();
    for (ix, question) in parts.questions.iter() {
        let Some(list) = question.list.and_then(|list| parts.lists.get(list)) else { continue };
        let Some(leader) = list.each else { continue };
        let led: BTreeMap<&str, usize> =
            parts.choices(leader).iter().enumerate().map(|(at, choice)| (choice.id.as_str(), at)).collect();
        for (at, choice) in list.choices.iter().enumerate() {
            let led = led.get(choice.id.as_str()).copied();
            let leading = led.and_then(|at| layout.class_var(leader, OptionIx::new(at)));
            if let (Some(follower), Some(leader)) = (layout.class_var(ix, OptionIx::new(at)), leading) {
                hints.push((follower, leader));
            }
        }
    }
    hints.sort_unstable();
    hints.dedup_by_key(|(follower, _)| *follower);
    hints
}
