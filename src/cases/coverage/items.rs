//! Everything that the cases of a ruleset can try.

use std::collections::{BTreeMap, BTreeSet};

use super::{About, Item, Point, Way};
use crate::model::{
    Choice, Condition, DerivedIx, Ix, Kind, ListIx, MythIx, OptionIx, QuestionIx, Rule, RuleIx, Test, TestIx, ThemeIx,
};
use crate::ruleset::Ruleset;

/// What a test belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The `when` of a rule.
    When(RuleIx),
    /// The `met-when` of a rule.
    MetWhen(RuleIx),
    /// The `when` at the head of a file of rules.
    Theme(ThemeIx),
    /// The `only-if` of a question.
    Question(QuestionIx),
    /// The `only-if` of an option.
    Option(ListIx, OptionIx),
    /// A case of a derived fact.
    Derived(DerivedIx),
    /// A myth.
    Myth(MythIx),
}

/// Every item, with no case noted yet.
pub(super) fn items(ruleset: &Ruleset) -> Vec<Item> {
    let mut items: Vec<Item> = ruleset
        .rules()
        .iter()
        .map(|(ix, rule)| Item { about: About::Rule(ix), place: rule.place, points: of_rule(rule) })
        .collect();
    items.extend(tests(ruleset).into_iter().map(|(test, owner)| Item {
        about: About::Test(test.ix, owner),
        place: test.place,
        points: points(&[(Way::True, true), (Way::False, true), (Way::Undetermined, false)]),
    }));
    for (question, asked) in ruleset.questions().iter() {
        let list = asked.list.and_then(|list| ruleset.lists().get(list));
        let follows = list.is_some_and(|list| list.each.is_some());
        let read = ruleset.compiled().questions.get(question).map(|compiled| &compiled.variables);
        for (at, choice) in ruleset.choices(question).iter().enumerate() {
            let option = OptionIx::new(at);
            let needed = !choice.inert && read.is_some_and(|variables| variables.class_of(option).is_some());
            let place = if asked.kind == Kind::YesNo { asked.place } else { choice.place };
            let points = of_option(choice, needed, follows, asked.candidates.is_some());
            items.push(Item { about: About::Option(question, option), place, points });
        }
    }
    for (ix, fact) in ruleset.derived().iter() {
        items.extend(fact.cases.iter().enumerate().map(|(at, case)| Item {
            about: About::Derived(ix, at),
            place: case.place,
            points: points(&[(Way::TheOne, true)]),
        }));
    }
    items.extend(ruleset.myths().iter().map(|(ix, myth)| Item {
        about: About::Myth(ix),
        place: myth.place,
        points: points(&[(Way::Answered, true), (Way::NotAnswered, true), (Way::Undetermined, false)]),
    }));
    items
}

fn points(ways: &[(Way, bool)]) -> Vec<Point> {
    ways.iter().map(|(way, needed)| Point { way: *way, needed: *needed, cases: Vec::new() }).collect()
}

/// `done` and `waived` say how the program treats records, which is the same for every rule.
fn of_rule(rule: &Rule) -> Vec<Point> {
    let in_force = rule.upcoming.is_none();
    points(&[
        (Way::Applies, in_force),
        (Way::Met, in_force && rule.met_when.is_some()),
        (Way::NotApplicable, in_force),
        (Way::Undetermined, false),
        (Way::Done, false),
        (Way::Waived, false),
    ])
}

/// An option that waits for a condition is to be chosen both where it is open and where it is not.
fn of_option(choice: &Choice, needed: bool, follows: bool, candidates: bool) -> Vec<Point> {
    let gated = choice.only_if.is_some() && !follows;
    let mut ways = vec![(Way::Chosen, needed && choice.upcoming.is_none())];
    if gated || choice.upcoming.is_some() {
        ways.push((Way::ChosenClosed, needed && gated && choice.upcoming.is_none()));
    }
    if candidates && choice.candidate {
        ways.extend([(Way::Candidate, false), (Way::NotCandidate, false)]);
    }
    points(&ways)
}

/// Options that no test tells apart are one: to try one of them is enough. Of each such group, the first that some case
/// chooses is asked for, or else the first.
pub(super) fn one_of_each_class(ruleset: &Ruleset, items: &mut [Item]) {
    let mut chosen: BTreeMap<(QuestionIx, u16), usize> = BTreeMap::new();
    let mut members: Vec<(usize, (QuestionIx, u16))> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let About::Option(question, option) = item.about else { continue };
        let variables = ruleset.compiled().questions.get(question).map(|compiled| &compiled.variables);
        let Some(class) = variables.and_then(|variables| variables.class_of(option)) else { continue };
        let Some(point) = item.points.iter().find(|point| point.way == Way::Chosen && point.needed) else { continue };
        let key = (question, class);
        members.push((at, key));
        let better = !point.cases.is_empty() && chosen.get(&key).is_some_and(|first| is_untried(items, *first));
        if better || !chosen.contains_key(&key) {
            chosen.insert(key, at);
        }
    }
    for (at, key) in members {
        if chosen.get(&key) != Some(&at) {
            let points = items.get_mut(at).map(|item| &mut item.points);
            points.into_iter().flatten().for_each(|point| point.needed = false);
        }
    }
}

fn is_untried(items: &[Item], at: usize) -> bool {
    let points = items.get(at).map_or(&[][..], |item| &item.points);
    points.iter().all(|point| point.way != Way::Chosen || point.cases.is_empty())
}

/// Every test that is written in the ruleset, once, in the order of the files that people read.
pub(super) fn tests(ruleset: &Ruleset) -> Vec<(&Test, Owner)> {
    let mut tests = Tests::default();
    for (ix, rule) in ruleset.rules().iter() {
        tests.rule(ix, rule);
    }
    for (ix, question) in ruleset.questions().iter() {
        tests.add(question.only_if.as_ref(), Owner::Question(ix));
    }
    // The condition of an option that follows another is nobody's text.
    for (ix, list) in ruleset.lists().iter().filter(|(_, list)| list.each.is_none()) {
        for (at, choice) in list.choices.iter().enumerate() {
            tests.add(choice.only_if.as_ref(), Owner::Option(ix, OptionIx::new(at)));
        }
    }
    for (ix, fact) in ruleset.derived().iter() {
        for case in &fact.cases {
            tests.add(case.when.as_ref(), Owner::Derived(ix));
        }
    }
    for (ix, myth) in ruleset.myths().iter() {
        tests.add(Some(&myth.when), Owner::Myth(ix));
    }
    tests.found
}

#[derive(Default)]
struct Tests<'r> {
    seen: BTreeMap<TestIx, usize>,
    found: Vec<(&'r Test, Owner)>,
}

impl<'r> Tests<'r> {
    fn rule(&mut self, ix: RuleIx, rule: &'r Rule) {
        for test in rule.when.tests() {
            match self.seen.get(&test.ix).and_then(|at| self.found.get_mut(*at)) {
                // Two rules share it: it stands at the head of their file.
                Some((_, owner)) => *owner = Owner::Theme(rule.theme),
                None => self.push(test, Owner::When(ix)),
            }
        }
        self.add(rule.met_when.as_ref(), Owner::MetWhen(ix));
    }

    fn add(&mut self, condition: Option<&'r Condition>, owner: Owner) {
        for test in condition.into_iter().flat_map(Condition::tests) {
            if !self.seen.contains_key(&test.ix) {
                self.push(test, owner);
            }
        }
    }

    fn push(&mut self, test: &'r Test, owner: Owner) {
        self.seen.insert(test.ix, self.found.len());
        self.found.push((test, owner));
    }
}

/// The tests that the safety screen reads.
pub(super) fn screening_tests(ruleset: &Ruleset) -> BTreeSet<TestIx> {
    let screens = &ruleset.compiled().screens;
    let rules = screens.iter().filter_map(|screen| ruleset.rules().get(screen.rule));
    rules.flat_map(|rule| rule.when.tests()).map(|test| test.ix).collect()
}
