//! The tests of a question's answer, said with two primitives: *chosen* and *open*.
//!
//! Both speak of "some option in this set", so options that stand in the same sets are one class, and a question of 250
//! countries needs no more variables or values than its tests tell apart.

use crate::model::{Choice, Form, Item};

/// A set of options of one list, by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Options(Vec<bool>);

impl Options {
    /// The options that satisfy `wanted`.
    pub(super) fn of(choices: &[Choice], wanted: impl Fn(usize, &Choice) -> bool) -> Self {
        Self(choices.iter().enumerate().map(|(i, choice)| wanted(i, choice)).collect())
    }

    /// Every option.
    pub(super) fn all(choices: &[Choice]) -> Self {
        Self(vec![true; choices.len()])
    }

    fn listed(choices: &[Choice], items: &[Item]) -> Self {
        Self::of(choices, |at, choice| items.iter().any(|item| passes(*item, at, choice)))
    }

    fn others(&self) -> Self {
        Self(self.0.iter().map(|member| !member).collect())
    }

    /// Whether the option at a position is in the set.
    pub(super) fn has(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }

    /// Whether the set is empty.
    pub(super) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// The positions in the set.
    pub(super) fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().filter_map(|(at, member)| member.then_some(at))
    }
}

fn passes(item: Item, at: usize, choice: &Choice) -> bool {
    match item {
        Item::Option(option) => usize::from(option.0) == at,
        Item::Tag(tag) => choice.tags.contains(&tag),
        Item::Nothing => false,
    }
}

/// A test, given that the question arises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Some option of the set is chosen and open.
    Open(Options),
    /// Some option of the set is chosen, open or closed.
    Chosen(Options),
    /// It does not hold.
    Not(Box<Shape>),
    /// All hold.
    And(Vec<Shape>),
    /// Some hold.
    Or(Vec<Shape>),
}

impl Shape {
    /// The shape of a test of an answer out of `choices`.
    pub(super) fn of(form: &Form, choices: &[Choice]) -> Self {
        match form {
            Form::AnyOf(items) => Self::any_of(items, choices),
            Form::AllOf(items) => {
                Self::And(items.iter().map(|item| Self::any_of(std::slice::from_ref(item), choices)).collect())
            }
            Form::Only(items) => {
                let listed = Options::listed(choices, items);
                let others = listed.others();
                Self::And(vec![Self::Open(listed), Self::Not(Box::new(Self::Chosen(others)))])
            }
            Form::Some => Self::Open(Options::all(choices)),
            Form::SomeWithout(tag) => Self::Open(Options::of(choices, |_, choice| !choice.tags.contains(tag))),
            Form::Closed => {
                let all = Options::all(choices);
                Self::And(vec![Self::Chosen(all.clone()), Self::Not(Box::new(Self::Open(all)))])
            }
        }
    }

    fn any_of(items: &[Item], choices: &[Choice]) -> Self {
        let open = Self::Open(Options::listed(choices, items));
        if items.contains(&Item::Nothing) {
            let nothing = Self::Not(Box::new(Self::Chosen(Options::all(choices))));
            return Self::Or(vec![open, nothing]);
        }
        open
    }

    /// Calls `f` with everything that the shape tells apart from the rest.
    pub(super) fn sets(&self, choices: &[Choice], f: &mut impl FnMut(Told<'_>)) {
        match self {
            Self::Chosen(set) => f(Told::of(set)),
            Self::Open(set) => {
                f(Told::of(&free(set, choices)));
                gated(set, choices).into_iter().for_each(|at| f(Told::One(at)));
            }
            Self::Not(shape) => shape.sets(choices, f),
            Self::And(shapes) | Self::Or(shapes) => shapes.iter().for_each(|shape| shape.sets(choices, f)),
        }
    }
}

/// What a shape tells apart from the rest of the options.
pub(super) enum Told<'s> {
    /// Some options together.
    Set(&'s Options),
    /// One option, by position.
    One(usize),
}

impl<'s> Told<'s> {
    fn of(set: &'s Options) -> Self {
        let mut positions = set.positions();
        match (positions.next(), positions.next()) {
            (Some(at), None) => Self::One(at),
            _ => Self::Set(set),
        }
    }
}

/// The options of a set that are always open.
pub(super) fn free(set: &Options, choices: &[Choice]) -> Options {
    Options::of(choices, |at, choice| set.has(at) && choice.only_if.is_none() && choice.upcoming.is_none())
}

/// The options of a set that are open under a condition. An upcoming option is never open.
pub(super) fn gated(set: &Options, choices: &[Choice]) -> Vec<usize> {
    set.positions()
        .filter(|at| choices.get(*at).is_some_and(|choice| choice.only_if.is_some() && choice.upcoming.is_none()))
        .collect()
}
