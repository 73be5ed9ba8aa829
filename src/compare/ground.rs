//! The answers of two versions over shared variables: which of them each version can express, and back from variables to
//! answers.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::{Frame, Layout};
use crate::logic::{Choices, Formulas, Possible, ValueSet, VarId};
use crate::model::{Answer, AnswerValue, Facts, Given, Ix, Kind, OptionIx, QuestionIx};
use crate::ruleset::{Parts, Variables};

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Before,
    After,
}

impl Side {
    pub(super) fn at(self) -> usize {
        match self {
            Self::Before => 0,
            Self::After => 1,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }
}

/// Which exchanges are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Domain {
    /// Those that both versions can express.
    Both,
    /// Those that this one can.
    Of(Side),
}

/// A question that either version asks, or both.
#[derive(Debug, Default)]
struct Slot {
    /// The question in each version.
    asked: [Option<QuestionIx>; 2],
    kind: Option<Kind>,
    vars: Vec<VarId>,
    /// The options of each version, with the variable and value that each stands for.
    options: [Vec<(String, VarId, u16)>; 2],
}

/// The options that stand for one value of a variable: the first of each version, and the first of both.
#[derive(Debug, Clone, Default)]
struct Value {
    of: [Option<String>; 2],
    common: Option<String>,
}

/// The answers of two versions.
pub(super) struct Ground<'r> {
    parts: [&'r Parts; 2],
    slots: Vec<Slot>,
    /// By variable: its slot.
    slot_of: BTreeMap<VarId, usize>,
    /// What options stand for. Of a variable that says whether options are chosen, only the value 1: 0 can always be.
    values: BTreeMap<(VarId, u16), Value>,
}

impl<'r> Ground<'r> {
    pub(super) fn new(parts: [&'r Parts; 2], frames: [&Frame; 2], layouts: [&Layout; 2]) -> Self {
        let mut slots: Vec<Slot> = Vec::new();
        for (side, ((parts, frame), layout)) in parts.iter().zip(frames).zip(layouts).enumerate() {
            for (ix, question) in parts.questions.iter() {
                let at = frame.slot(ix);
                if slots.len() <= at {
                    slots.resize_with(at + 1, Slot::default);
                }
                let Some(slot) = slots.get_mut(at) else { continue };
                let variables = layout.variables(ix);
                slot.kind = Some(question.kind);
                slot.vars = vars(variables);
                if let Some(asked) = slot.asked.get_mut(side) {
                    *asked = Some(ix);
                }
                if let Some(options) = slot.options.get_mut(side) {
                    let standing = parts.choices(ix).iter().enumerate().filter_map(|(option, choice)| {
                        let (var, value) = stands_for(variables, OptionIx::new(option))?;
                        Some((choice.id.clone(), var, value))
                    });
                    options.extend(standing);
                }
            }
        }
        let mut ground = Self { parts, slots, slot_of: BTreeMap::new(), values: BTreeMap::new() };
        ground.value_options();
        ground
    }

    fn value_options(&mut self) {
        for (at, slot) in self.slots.iter().enumerate() {
            self.slot_of.extend(slot.vars.iter().map(|var| (*var, at)));
            let [before, after] = &slot.options;
            let known: BTreeSet<&str> = after.iter().map(|(id, ..)| id.as_str()).collect();
            for (side, options) in slot.options.iter().enumerate() {
                for (id, var, value) in options {
                    let value = self.values.entry((*var, *value)).or_default();
                    if let Some(first) = value.of.get_mut(side) {
                        first.get_or_insert_with(|| id.clone());
                    }
                }
            }
            for (id, var, value) in before.iter().filter(|(id, ..)| known.contains(id.as_str())) {
                self.values.entry((*var, *value)).or_default().common.get_or_insert_with(|| id.clone());
            }
        }
    }

    /// The parts of a version.
    pub(super) fn parts(&self, side: Side) -> &'r Parts {
        let [before, after] = self.parts;
        match side {
            Side::Before => before,
            Side::After => after,
        }
    }

    /// The slot of a variable: the variables of one question have one.
    pub(super) fn slot_of(&self, var: VarId) -> usize {
        self.slot_of.get(&var).copied().unwrap_or(usize::MAX)
    }

    /// Whether an exchange of the domain can have this value.
    pub(super) fn allows(&self, domain: Domain, var: VarId, value: u16) -> bool {
        let Some(slot) = self.slot_of.get(&var).and_then(|at| self.slots.get(*at)) else { return true };
        if value == 0 && slot.kind == Some(Kind::AnyOf) {
            return true;
        }
        self.option(domain, slot, var, value).is_some()
    }

    /// The option that a value stands for in a domain. A question that one version asks alone is answered in its own
    /// words whatever the domain.
    fn option(&self, domain: Domain, slot: &Slot, var: VarId, value: u16) -> Option<&str> {
        let value = self.values.get(&(var, value))?;
        let [before, after] = &value.of;
        let option = match (domain, slot.asked) {
            (_, [Some(_), None]) => before,
            (_, [None, _]) => after,
            (Domain::Both, _) => &value.common,
            // A name that both know says more than one that only this version knows.
            (Domain::Of(_), _) if value.common.is_some() => &value.common,
            (Domain::Of(Side::Before), _) => before,
            (Domain::Of(Side::After), _) => after,
        };
        option.as_deref()
    }

    /// The values that variables can have in a domain. None where some question then has no answer at all.
    pub(super) fn possible(&self, domain: Domain, formulas: &Formulas) -> Possible {
        let mut possible = Possible::all(formulas);
        for var in formulas.vars() {
            let all = 0..formulas.domain(var).unwrap_or(0);
            let set: ValueSet = all.filter(|value| self.allows(domain, var, *value)).collect();
            // A question that takes one option has one in common by its slot, and in each version has some.
            let _ = possible.restrict(var, &set);
        }
        possible
    }

    /// Whether the domain is more than what both versions can express.
    pub(super) fn has_own(&self, side: Side) -> bool {
        let mine = |value: &Value| value.common.is_none() && value.of.get(side.at()).is_some_and(Option::is_some);
        let shared = |var: &VarId| {
            let slot = self.slot_of.get(var).and_then(|at| self.slots.get(*at));
            slot.is_some_and(|slot| slot.asked.iter().all(Option::is_some))
        };
        self.values.iter().any(|((var, _), value)| mine(value) && shared(var))
    }

    /// For each variable that can have values which a version cannot express, and on which that version's formulas could
    /// hang: the values that it can.
    pub(super) fn expressible(&self, side: Side) -> Vec<(VarId, ValueSet)> {
        let one_of = |slot: &&Slot| slot.kind != Some(Kind::AnyOf) && slot.asked.iter().all(Option::is_some);
        let of_slot = |slot: &Slot| {
            let var = *slot.vars.first()?;
            let all = || self.values.range((var, 0)..=(var, u16::MAX));
            let mine: ValueSet = all()
                .filter(|(_, value)| value.of.get(side.at()).is_some_and(Option::is_some))
                .map(|((_, value), _)| *value)
                .collect();
            (mine.len() < all().count()).then_some((var, mine))
        };
        self.slots.iter().filter(one_of).filter_map(of_slot).collect()
    }

    /// The answers that set these variables, in each version that can express them. A question is answered when one of its
    /// variables is listed; what is not listed of it is not chosen.
    pub(super) fn facts(&self, domain: Domain, choices: &Choices) -> [Option<Facts>; 2] {
        let mut by_slot: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (var, value) in choices {
            let at = self.slot_of(*var);
            let Some(slot) = self.slots.get(at) else { continue };
            let chosen = by_slot.entry(at).or_default();
            if !(slot.kind == Some(Kind::AnyOf) && *value == 0) {
                chosen.extend(self.option(domain, slot, *var, *value));
            }
        }
        let mut facts = [Some(Facts::default()), Some(Facts::default())];
        for (at, chosen) in by_slot {
            let Some(slot) = self.slots.get(at) else { continue };
            for (side, facts) in [Side::Before, Side::After].into_iter().zip(&mut facts) {
                let Some(question) = slot.asked.get(side.at()).copied().flatten() else { continue };
                let value = self.answer(side, question, slot.kind, &chosen);
                match (value, facts.as_mut()) {
                    (Some(value), Some(facts)) => facts.set(question, Answer { value, given: Given::Unstated }),
                    _ => *facts = None,
                }
            }
        }
        // Facts of one version's own are no facts of the other, even where it could write them down.
        if let (Domain::Of(side), [before, after]) = (domain, &mut facts) {
            match side.other() {
                Side::Before => *before = None,
                Side::After => *after = None,
            }
        }
        facts
    }

    fn answer(&self, side: Side, question: QuestionIx, kind: Option<Kind>, chosen: &[&str]) -> Option<AnswerValue> {
        let choices = self.parts(side).choices(question);
        let named = |id: &&str| choices.iter().position(|choice| choice.id == **id).map(OptionIx::new);
        let mut options: Vec<OptionIx> = chosen.iter().map(named).collect::<Option<_>>()?;
        options.sort_unstable();
        match kind {
            Some(Kind::AnyOf) => Some(AnswerValue::Any { chosen: options, more: false }),
            _ => options.first().copied().map(AnswerValue::One),
        }
    }

    /// Whether a version asks the question that has this id and kind in the other.
    pub(super) fn asks(&self, side: Side, of: Side, question: QuestionIx) -> bool {
        let slot = self.slots.iter().find(|slot| slot.asked.get(of.at()).copied().flatten() == Some(question));
        slot.is_some_and(|slot| slot.asked.get(side.at()).is_some_and(Option::is_some))
    }

    /// The questions that both versions ask, as each numbers them, in the order of the second.
    pub(super) fn shared(&self) -> Vec<(QuestionIx, QuestionIx)> {
        let both = |slot: &Slot| match slot.asked {
            [Some(before), Some(after)] => Some((before, after)),
            _ => None,
        };
        let mut shared: Vec<_> = self.slots.iter().filter_map(both).collect();
        shared.sort_unstable_by_key(|(_, after)| *after);
        shared
    }
}

fn vars(variables: &Variables) -> Vec<VarId> {
    match variables {
        Variables::None => Vec::new(),
        Variables::One { var, .. } => vec![*var],
        Variables::Any { vars, .. } => vars.clone(),
    }
}

/// The variable and value that choosing an option gives.
fn stands_for(variables: &Variables, option: OptionIx) -> Option<(VarId, u16)> {
    let class = variables.class_of(option)?;
    match variables {
        Variables::None => None,
        Variables::One { var, .. } => Some((*var, class)),
        Variables::Any { vars, .. } => vars.get(usize::from(class)).map(|var| (*var, 1)),
    }
}
