//! A ruleset and some changes to it, lowered into one arena of formulas.

use super::change::{Edit, Mutant, Site};
use crate::compile::{Classes, Frame, Layout, Lowering, Tables, hints, screens, tables};
use crate::engine::View;
use crate::logic::{FormulaId, Formulas, FormulasBuilder, Order};
use crate::model::{Condition, DerivedIx, Ix, MythIx, OptionIx, QuestionIx, RuleIx};
use crate::proof::by_question;
use crate::ruleset::compiled::Screen;
use crate::ruleset::{Parts, RuleFormulas};

/// The formulas of a ruleset and of some changes to it. What a change leaves as it is has the same number.
pub(super) struct Arena {
    pub(super) formulas: Formulas,
    /// An order of variables that keeps diagrams small.
    pub(super) order: Order,
    /// The order of the questions, for witnesses.
    pub(super) natural: Order,
    pub(super) layout: Layout,
    /// What the engine reads of the ruleset as it is.
    pub(super) tables: Tables,
    /// For each change, what differs.
    pub(super) changes: Vec<Lowered>,
}

/// What a change does to what the engine reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lowered {
    pub(super) swaps: Vec<Swap>,
    /// What the safety screen reads, where that differs.
    pub(super) screens: Option<Vec<Screen>>,
}

/// One entry of the tables, and what stands there instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Swap {
    Rule(RuleIx, FormulaId, Option<FormulaId>),
    Arises(QuestionIx, FormulaId),
    Open(QuestionIx, usize, FormulaId),
    Derived(DerivedIx, usize, FormulaId),
    Myth(MythIx, FormulaId),
}

/// What can come out otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    Rule(RuleIx),
    Derived(DerivedIx),
    Option(QuestionIx, OptionIx),
    Myth(MythIx),
    Question(QuestionIx),
}

impl Arena {
    /// Lowers a ruleset and changes to it; none where the tests tell too many options apart. The parts are the same
    /// afterwards.
    pub(super) fn of(parts: &mut Parts, mutants: &mut [Mutant]) -> Option<Self> {
        let frame = Frame::of(parts);
        let mut classes = Classes::new(&[(parts, &frame)]);
        classes.read_all(parts, &frame);
        for mutant in mutants.iter() {
            conditions(mutant).into_iter().for_each(|condition| classes.read(condition, parts, &frame));
        }
        let mut builder = FormulasBuilder::new();
        let layout = Layout::of(&[(parts, &frame)], &classes, &mut builder)?.pop()?;
        let mut lowering = Lowering::new(parts, &layout, &mut builder, 0);
        let base = tables(parts, &layout, &mut lowering);
        let mut changes: Vec<Lowered> =
            mutants.iter().map(|mutant| near(parts, &base, &mut lowering, mutant)).collect();
        drop(lowering);
        for (mutant, lowered) in mutants.iter_mut().zip(&mut changes).filter(|(mutant, _)| mutant.spreads()) {
            mutant.exchange(parts);
            let mut lowering = Lowering::new(parts, &layout, &mut builder, 0);
            let tables = tables(parts, &layout, &mut lowering);
            drop(lowering);
            mutant.exchange(parts);
            *lowered = far(&base, tables);
        }
        let formulas = builder.finish().ok()?;
        let order = Order::new(&formulas, &hints(parts, &layout));
        let natural = by_question(&formulas);
        Some(Self { formulas, order, natural, layout, tables: base, changes })
    }

    /// Leaves out changes that come to the same as an earlier one at the same site.
    pub(super) fn drop_repeated(&mut self, mutants: &mut Vec<Mutant>) {
        let mut kept: Vec<(Mutant, Lowered)> = Vec::new();
        for (mutant, lowered) in mutants.drain(..).zip(self.changes.drain(..)) {
            let near = kept.iter().rev().take_while(|(other, _)| other.site == mutant.site);
            let is_new = lowered.is_nothing() || !near.into_iter().any(|(_, other)| *other == lowered);
            if is_new {
                kept.push((mutant, lowered));
            }
        }
        (*mutants, self.changes) = kept.into_iter().unzip();
    }
}

/// The conditions that a change brings in.
fn conditions(mutant: &Mutant) -> Vec<&Condition> {
    match &mutant.edit {
        Edit::Whens(whens) => whens.iter().map(|(_, when)| when).collect(),
        Edit::Optional(Some(condition)) | Edit::Condition(condition) => vec![condition],
        _ => Vec::new(),
    }
}

/// What differs where a change stays in its rule or myth.
fn near(parts: &Parts, base: &Tables, lowering: &mut Lowering<'_>, mutant: &Mutant) -> Lowered {
    let mut lowered = Lowered::default();
    match (&mutant.edit, mutant.site) {
        (Edit::Whens(whens), _) => {
            for (ix, when) in whens {
                let Some(rule) = parts.rules.get(*ix) else { continue };
                let when = lowering.condition(when);
                let met = rule.met_when.as_ref().map(|met| {
                    let met = lowering.condition(met);
                    lowering.builder().and([when, met])
                });
                lowered.rule(base, *ix, RuleFormulas { when, met });
            }
            if whens.iter().any(|(ix, _)| parts.rules.get(*ix).is_some_and(|rule| rule.ends_questions)) {
                lowered.screens = screens_with(parts, whens).filter(|screens| *screens != base.screens);
            }
        }
        (Edit::Optional(met), Site::Met(ix)) => {
            let Some(when) = base.rules.get(ix).map(|rule| rule.when) else { return lowered };
            let met = met.as_ref().map(|met| {
                let met = lowering.condition(met);
                lowering.builder().and([when, met])
            });
            lowered.rule(base, ix, RuleFormulas { when, met });
        }
        (Edit::Condition(when), Site::Myth(ix)) => {
            let when = lowering.condition(when);
            if base.myths.get(ix) != Some(&when) {
                lowered.swaps.push(Swap::Myth(ix, when));
            }
        }
        _ => {}
    }
    lowered
}

/// What the safety screen reads where these rules have these conditions.
fn screens_with(parts: &Parts, whens: &[(RuleIx, Condition)]) -> Option<Vec<Screen>> {
    let mut parts = parts.clone();
    for (ix, when) in whens {
        parts.rules.get_mut(*ix)?.when = when.clone().into();
    }
    Some(screens(&parts))
}

/// What differs between the tables of two variants.
fn far(base: &Tables, tables: Tables) -> Lowered {
    let mut lowered = Lowered::default();
    for ((ix, question), (_, other)) in base.questions.iter().zip(tables.questions.iter()) {
        if question.arises != other.arises {
            lowered.swaps.push(Swap::Arises(ix, other.arises));
        }
        for (at, (open, other)) in question.open.iter().zip(&other.open).enumerate() {
            if open != other {
                lowered.swaps.push(Swap::Open(ix, at, *other));
            }
        }
    }
    for ((ix, values), (_, others)) in base.derived.iter().zip(tables.derived.iter()) {
        for (at, (value, other)) in values.iter().zip(others).enumerate() {
            if value != other {
                lowered.swaps.push(Swap::Derived(ix, at, *other));
            }
        }
    }
    for (ix, rule) in tables.rules.iter() {
        lowered.rule(base, ix, *rule);
    }
    for ((ix, myth), (_, other)) in base.myths.iter().zip(tables.myths.iter()) {
        if myth != other {
            lowered.swaps.push(Swap::Myth(ix, *other));
        }
    }
    lowered.screens = Some(tables.screens).filter(|screens| *screens != base.screens);
    lowered
}

impl Lowered {
    fn rule(&mut self, base: &Tables, ix: RuleIx, rule: RuleFormulas) {
        if base.rules.get(ix) != Some(&rule) {
            self.swaps.push(Swap::Rule(ix, rule.when, rule.met));
        }
    }

    /// Whether nothing differs in what the engine reads.
    pub(super) fn is_nothing(&self) -> bool {
        self.swaps.is_empty() && self.screens.is_none()
    }

    /// Makes the change to the tables, or takes it back when called again.
    pub(super) fn exchange(&mut self, tables: &mut Tables) {
        use std::mem::swap;
        for change in &mut self.swaps {
            match change {
                Swap::Rule(ix, when, met) => {
                    if let Some(rule) = tables.rules.get_mut(*ix) {
                        swap(&mut rule.when, when);
                        swap(&mut rule.met, met);
                    }
                }
                Swap::Arises(ix, arises) => {
                    if let Some(question) = tables.questions.get_mut(*ix) {
                        swap(&mut question.arises, arises);
                    }
                }
                Swap::Open(ix, at, open) => {
                    if let Some(slot) = tables.questions.get_mut(*ix).and_then(|question| question.open.get_mut(*at)) {
                        swap(slot, open);
                    }
                }
                Swap::Derived(ix, at, holds) => {
                    if let Some(slot) = tables.derived.get_mut(*ix).and_then(|values| values.get_mut(*at)) {
                        swap(slot, holds);
                    }
                }
                Swap::Myth(ix, when) => {
                    if let Some(slot) = tables.myths.get_mut(*ix) {
                        swap(slot, when);
                    }
                }
            }
        }
        if let Some(screens) = &mut self.screens {
            swap(&mut tables.screens, screens);
        }
    }

    /// When each rule applies whose formulas differ, in rising order.
    pub(super) fn whens(&self) -> Vec<(RuleIx, FormulaId)> {
        let when = |swap: &Swap| if let Swap::Rule(ix, when, _) = swap { Some((*ix, *when)) } else { None };
        let mut whens: Vec<(RuleIx, FormulaId)> = self.swaps.iter().filter_map(when).collect();
        whens.sort_unstable();
        whens
    }

    /// The formulas that differ: what stood there, and what stands there instead.
    pub(super) fn pairs(&self, base: &Tables) -> Vec<(Spot, FormulaId, FormulaId)> {
        let mut pairs = Vec::new();
        for swap in &self.swaps {
            match swap {
                Swap::Rule(ix, when, met) => {
                    let Some(rule) = base.rules.get(*ix) else { continue };
                    pairs.push((Spot::Rule(*ix), rule.when, *when));
                    // Where `met-when` is dropped, the rule is as if no answer met it.
                    pairs.extend(rule.met.map(|was| (Spot::Rule(*ix), was, met.unwrap_or(FormulaId::FALSE))));
                }
                Swap::Arises(ix, arises) => {
                    pairs.extend(
                        base.questions.get(*ix).map(|question| (Spot::Question(*ix), question.arises, *arises)),
                    );
                }
                Swap::Open(ix, at, open) => {
                    let was = base.questions.get(*ix).and_then(|question| question.open.get(*at));
                    pairs.extend(was.map(|was| (Spot::Option(*ix, OptionIx::new(*at)), *was, *open)));
                }
                Swap::Derived(ix, at, holds) => {
                    let was = base.derived.get(*ix).and_then(|values| values.get(*at));
                    pairs.extend(was.map(|was| (Spot::Derived(*ix), *was, *holds)));
                }
                Swap::Myth(ix, when) => pairs.extend(base.myths.get(*ix).map(|was| (Spot::Myth(*ix), *was, *when))),
            }
        }
        pairs.retain(|(_, was, becomes)| was != becomes);
        pairs
    }
}

/// The engine's view of parts and tables.
pub(super) fn view<'v>(parts: &'v Parts, tables: &'v Tables) -> View<'v> {
    View {
        parts,
        questions: &tables.questions,
        rules: &tables.rules,
        derived: &tables.derived,
        myths: &tables.myths,
        screens: &tables.screens,
    }
}
