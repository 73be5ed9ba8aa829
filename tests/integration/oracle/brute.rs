//! One completion of the facts, evaluated in the plainest way: what `docs/rulesets.md` says, read aloud.

use std::cell::Cell;

use super::ruleset::{Cond, Item, Line, Mask, Ruleset, Test};

/// The most questions and derived facts that a generated ruleset has.
pub(super) const MOST: usize = 16;

/// A completion: every question has a full answer, whether it arises or not.
pub(super) struct World<'a> {
    rs: &'a Ruleset,
    chosen: &'a [Mask],
    // What was worked out already, so that long chains of `only-if` stay cheap.
    arises: [Cell<Option<bool>>; MOST],
    open: [Cell<Option<Mask>>; MOST],
    values: [Cell<Option<usize>>; MOST],
}

impl<'a> World<'a> {
    pub(super) fn new(rs: &'a Ruleset, chosen: &'a [Mask]) -> Self {
        Self {
            rs,
            chosen,
            arises: [const { Cell::new(None) }; MOST],
            open: [const { Cell::new(None) }; MOST],
            values: [const { Cell::new(None) }; MOST],
        }
    }

    /// Lets every test of a derived fact see this value, whatever its cases say.
    pub(super) fn suppose(&self, derived: usize, value: usize) {
        self.values[derived].set(Some(value));
    }

    /// Lets every test of a question fail, as if it did not arise.
    pub(super) fn suppose_unasked(&self, question: usize) {
        self.arises[question].set(Some(false));
    }

    /// Whether a question arises.
    pub(super) fn arises(&self, question: usize) -> bool {
        if let Some(known) = self.arises[question].get() {
            return known;
        }
        let arises = self.rs.questions[question].only_if.as_ref().is_none_or(|c| self.holds(c));
        self.arises[question].set(Some(arises));
        arises
    }

    /// The options of a question that are open, chosen or not.
    pub(super) fn open(&self, question: usize) -> Mask {
        if let Some(known) = self.open[question].get() {
            return known;
        }
        let q = &self.rs.questions[question];
        let mut open = 0;
        for (i, option) in self.rs.lists[q.list].options.iter().enumerate() {
            let bit = 1 << i;
            let is_open = self.rs.offered(question) & bit != 0
                && match q.each {
                    Some(of) => self.arises(of) && self.chosen[of] & bit != 0 && self.open(of) & bit != 0,
                    None => option.upcoming.is_none() && option.only_if.as_ref().is_none_or(|c| self.holds(c)),
                };
            if is_open {
                open |= bit;
            }
        }
        self.open[question].set(Some(open));
        open
    }

    /// The options of a question that only wait to come into force.
    pub(super) fn waiting(&self, question: usize) -> Mask {
        let q = &self.rs.questions[question];
        let options = self.rs.lists[q.list].options.iter().enumerate();
        let waits = options.filter(|(_, o)| q.each.is_none() && o.upcoming.is_some());
        waits.filter(|(_, o)| o.only_if.as_ref().is_none_or(|c| self.holds(c))).fold(0, |mask, (i, _)| mask | 1 << i)
    }

    /// The value of a derived fact.
    pub(super) fn value(&self, derived: usize) -> usize {
        if let Some(known) = self.values[derived].get() {
            return known;
        }
        let mut cases = self.rs.derived[derived].cases.iter();
        let (value, _) = cases.find(|(_, when)| when.as_ref().is_none_or(|c| self.holds(c))).expect("a last case");
        self.values[derived].set(Some(*value));
        *value
    }

    /// Whether a rule's `when`, with that of its file, holds.
    pub(super) fn when(&self, rule: usize) -> bool {
        let rule = &self.rs.rules[rule];
        let of_file = &self.rs.themes[rule.theme].when;
        of_file.as_ref().is_none_or(|c| self.holds(c)) && rule.when.as_ref().is_none_or(|c| self.holds(c))
    }

    /// Whether a rule's `met-when` holds; one that has none is never met.
    pub(super) fn met(&self, rule: usize) -> bool {
        self.rs.rules[rule].met_when.as_ref().is_some_and(|c| self.holds(c))
    }

    pub(super) fn holds(&self, cond: &Cond) -> bool {
        cond.0.iter().all(|line| self.line(line))
    }

    pub(super) fn line(&self, line: &Line) -> bool {
        match line {
            Line::Question(q, test) => self.test(*q, test),
            Line::Derived(d, values) => values.contains(&self.value(*d)),
            Line::All(of) => of.iter().all(|c| self.holds(c)),
            Line::Any(of) => of.iter().any(|c| self.holds(c)),
            Line::None(of) => !of.iter().any(|c| self.holds(c)),
            Line::Not(c) => !self.holds(c),
            Line::Count(at_least, of) => of.iter().filter(|c| self.holds(c)).count() >= *at_least,
        }
    }

    fn test(&self, question: usize, test: &Test) -> bool {
        if !self.arises(question) {
            return false;
        }
        let list = self.rs.questions[question].list;
        let chosen = self.chosen[question];
        let open = chosen & self.open(question);
        let named = |item: &Item| match item {
            Item::Option(i) => 1 << i,
            Item::Tag(tag) => self.rs.tagged(list, *tag),
            Item::Nothing => 0,
        };
        match test {
            Test::AnyOf(items) => items.iter().any(|item| match item {
                Item::Nothing => chosen == 0,
                _ => open & named(item) != 0,
            }),
            Test::AllOf(items) => items.iter().all(|item| open & named(item) != 0),
            Test::Only(items) => {
                let listed = items.iter().fold(0, |mask, item| mask | named(item));
                open & listed != 0 && chosen & !listed == 0
            }
            Test::Some => open != 0,
            Test::SomeWithout(tag) => open & !self.rs.tagged(list, *tag) != 0,
            Test::Closed => chosen != 0 && open == 0,
        }
    }
}
