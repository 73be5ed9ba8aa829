//! Which options no test tells apart.

use std::collections::{BTreeMap, BTreeSet};

use super::lower::{Shape, Told};
use crate::model::{Condition, Ix, Kind, QuestionIx, Subject};
use crate::ruleset::Parts;

/// Where the questions and options of one variant stand among those of all variants: questions of the same slot share their
/// variables, and options of the same position are the same option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    seats: Vec<Seat>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Seat {
    slot: usize,
    positions: Vec<usize>,
}

impl Frame {
    /// The frame of a variant that stands alone.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        let seat = |ix: QuestionIx| Seat { slot: ix.index(), positions: (0..parts.choices(ix).len()).collect() };
        Self { seats: parts.questions.ids().map(seat).collect() }
    }

    /// The frames of two variants: questions of the same id and kind are one, and so are their options of the same id.
    /// Questions that take one option, and have none in common, are two: no answer could be given to both.
    #[must_use]
    pub fn of_two(first: &Parts, second: &Parts) -> (Self, Self) {
        let whole = Self::of(first);
        let mut seats = Vec::new();
        for (ix, question) in second.questions.iter() {
            let own = second.choices(ix);
            let same = first.questions.find(|other| other.id == question.id && other.kind == question.kind);
            let in_common = |other: &QuestionIx| {
                question.kind != Kind::OneOf
                    || first.choices(*other).iter().any(|choice| own.iter().any(|same| same.id == choice.id))
            };
            let Some(same) = same.filter(in_common) else {
                seats.push(Seat { slot: first.questions.len() + ix.index(), positions: (0..own.len()).collect() });
                continue;
            };
            let known: BTreeMap<&str, usize> =
                first.choices(same).iter().enumerate().map(|(at, choice)| (choice.id.as_str(), at)).collect();
            let mut fresh = first.choices(same).len();
            let position = |id: &str| {
                known.get(id).copied().unwrap_or_else(|| {
                    fresh += 1;
                    fresh - 1
                })
            };
            let positions = own.iter().map(|choice| choice.id.as_str()).map(position).collect();
            seats.push(Seat { slot: same.index(), positions });
        }
        (whole, Self { seats })
    }

    /// The slot of a question.
    #[must_use]
    pub fn slot(&self, question: QuestionIx) -> usize {
        self.seats.get(question.index()).map_or(usize::MAX, |seat| seat.slot)
    }

    /// The positions of a question's options.
    #[must_use]
    pub fn positions(&self, question: QuestionIx) -> &[usize] {
        self.seats.get(question.index()).map_or(&[], |seat| &seat.positions)
    }
}

/// The classes of the options in each slot.
#[derive(Debug, Clone)]
pub struct Classes(Vec<Vec<Class>>);

/// The options of equal classes are not told apart. Marking one option as alone costs nothing, however many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    split: u32,
    /// The position of an option that is told apart by itself, and one.
    alone: usize,
}

impl Classes {
    /// Starts with every option of a slot in one class.
    #[must_use]
    pub fn new(variants: &[(&Parts, &Frame)]) -> Self {
        let mut classes: Vec<Vec<Class>> = Vec::new();
        for (parts, frame) in variants {
            for question in parts.questions.ids() {
                let (slot, count) =
                    (frame.slot(question), frame.positions(question).iter().max().map_or(0, |at| at + 1));
                if classes.len() <= slot {
                    classes.resize(slot + 1, Vec::new());
                }
                if let Some(options) = classes.get_mut(slot).filter(|options| options.len() < count) {
                    options.resize(count, Class::default());
                }
            }
        }
        Self(classes)
    }

    /// Tells apart what the conditions of a whole variant tell apart.
    pub fn read_all(&mut self, parts: &Parts, frame: &Frame) {
        for (_, question) in parts.questions.iter() {
            question.only_if.iter().for_each(|condition| self.read(condition, parts, frame));
        }
        for (_, list) in parts.lists.iter() {
            let conditions = list.choices.iter().filter_map(|choice| choice.only_if.as_ref());
            conditions.for_each(|condition| self.read(condition, parts, frame));
        }
        for (_, derived) in parts.derived.iter() {
            let conditions = derived.cases.iter().filter_map(|case| case.when.as_ref());
            conditions.for_each(|condition| self.read(condition, parts, frame));
        }
        for (_, rule) in parts.rules.iter() {
            self.read(&rule.when, parts, frame);
            rule.met_when.iter().for_each(|condition| self.read(condition, parts, frame));
        }
        parts.myths.iter().for_each(|(_, myth)| self.read(&myth.when, parts, frame));
    }

    /// Tells apart what a condition of a variant tells apart.
    pub fn read(&mut self, condition: &Condition, parts: &Parts, frame: &Frame) {
        for test in condition.tests() {
            let Subject::Question(question, form) = &test.subject else { continue };
            let choices = parts.choices(*question);
            let positions = frame.positions(*question);
            let Some(classes) = self.0.get_mut(frame.slot(*question)) else { continue };
            Shape::of(form, choices).sets(choices, &mut |told| split(classes, positions, &told));
        }
    }

    /// The class of each option of a slot, numbered from 0 in the order of the options.
    pub(super) fn of(&self, slot: usize) -> Vec<u32> {
        let mut numbers: BTreeMap<Class, u32> = BTreeMap::new();
        let classes = self.0.get(slot).map_or(&[][..], Vec::as_slice);
        classes.iter().map(|class| number(&mut numbers, *class)).collect()
    }
}

fn split(classes: &mut [Class], positions: &[usize], told: &Told<'_>) {
    match told {
        Told::Set(set) => {
            let inside: BTreeSet<usize> = set.positions().filter_map(|at| positions.get(at).copied()).collect();
            split_by(classes, |at| inside.contains(&at));
        }
        Told::One(at) => {
            let at = positions.get(*at).copied();
            if let Some((at, class)) = at.and_then(|at| Some((at, classes.get_mut(at)?))) {
                class.alone = at + 1;
            }
        }
    }
}

fn split_by(classes: &mut [Class], inside: impl Fn(usize) -> bool) {
    let mut numbers: BTreeMap<(u32, bool), u32> = BTreeMap::new();
    for (at, class) in classes.iter_mut().enumerate() {
        class.split = number(&mut numbers, (class.split, inside(at)));
    }
}

/// The number of a key: the next one, if it is new.
fn number<K: Ord>(numbers: &mut BTreeMap<K, u32>, key: K) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(key).or_insert(next)
}

/// Whether a question can have more than one class worth a variable.
pub(super) fn told_apart(kind: Kind, classes: &[u32]) -> bool {
    match kind {
        Kind::Text => false,
        Kind::YesNo | Kind::OneOf => classes.iter().any(|class| *class > 0),
        Kind::AnyOf => !classes.is_empty(),
    }
}
