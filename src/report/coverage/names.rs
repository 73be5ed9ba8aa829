//! Items and the ways in which they come out, in words.

use super::CoverageReport;
use crate::cases::coverage::{About, Count, Item, Kind, Owner, Way};
use crate::model::{Condition, DerivedIx, MythIx, RuleIx, Test, TestIx};
use crate::report::words;
use crate::ruleset::Ruleset;

/// A kind as a heading.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Rules => "Rules",
        Kind::Tests => "Tests",
        Kind::Options => "Options",
        Kind::Derived => "Derived facts",
        Kind::Myths => "Myths",
    }
}

/// What cases should try of a kind.
pub(super) fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Rules => "each applies, is met where answers can meet it, and is not applicable",
        Kind::Tests => "each test of a condition is true and is false",
        Kind::Options => "each that a test tells apart is chosen, and where it can be closed also while it is",
        Kind::Derived => "each case of a derived fact is the one that gives its value",
        Kind::Myths => "each is answered, and is not",
    }
}

/// "12 of 16 (75%)".
pub(super) fn count(count: Count) -> String {
    if count.needed == 0 {
        return "nothing to try".to_owned();
    }
    format!("{} of {} ({}%)", count.tried, count.needed, count.percent())
}

/// What an item is: "rule power.named".
pub(super) fn item(report: &CoverageReport<'_>, item: &Item) -> String {
    let ruleset = report.ruleset;
    match &item.about {
        About::Rule(ix) => format!("rule {}", rule_id(ruleset, *ix)),
        About::Test(ix, owner) => {
            let words = test(ruleset, *ix, *owner).map(|test| words::test(ruleset, test)).unwrap_or_default();
            format!("test \u{201c}{words}\u{201d} in {}", self::owner(ruleset, *owner))
        }
        About::Option(question, option) => {
            let id = ruleset.choice(*question, *option).map_or("", |choice| choice.id.as_str());
            let asked = ruleset.questions().get(*question).map_or("", |question| question.id.as_str());
            format!("option {id} of {asked}")
        }
        About::Derived(ix, at) => {
            let fact = ruleset.derived().get(*ix);
            let case = fact.and_then(|fact| fact.cases.get(*at));
            let value = fact.and_then(|fact| fact.value(case?.value)).map_or("", |value| value.name.as_str());
            format!("case {} of {} ({value})", at + 1, fact_id(ruleset, *ix))
        }
        About::Myth(ix) => format!("myth {}", myth_id(ruleset, *ix)),
    }
}

fn owner(ruleset: &Ruleset, owner: Owner) -> String {
    match owner {
        Owner::When(ix) => format!("the rule {}", rule_id(ruleset, ix)),
        Owner::MetWhen(ix) => format!("what meets the rule {}", rule_id(ruleset, ix)),
        Owner::Theme(ix) => {
            format!("every rule of {}", ruleset.themes().get(ix).map_or("", |theme| theme.id.as_str()))
        }
        Owner::Question(ix) => {
            format!("the question {}", ruleset.questions().get(ix).map_or("", |question| question.id.as_str()))
        }
        Owner::Option(list, option) => {
            let list = ruleset.lists().get(list);
            let choice = list.and_then(|list| list.choices.get(usize::from(option.0)));
            let (id, name) =
                (choice.map_or("", |choice| choice.id.as_str()), list.map_or("", |list| list.name.as_str()));
            format!("the option {id} of {name}")
        }
        Owner::Derived(ix) => format!("the derived fact {}", fact_id(ruleset, ix)),
        Owner::Myth(ix) => format!("the myth {}", myth_id(ruleset, ix)),
    }
}

/// A test by its number, looked for where it belongs.
fn test(ruleset: &Ruleset, ix: TestIx, owner: Owner) -> Option<&Test> {
    let conditions: Vec<Option<&Condition>> = match owner {
        Owner::When(rule) => vec![ruleset.rules().get(rule).map(|rule| &*rule.when)],
        Owner::MetWhen(rule) => vec![ruleset.rules().get(rule).and_then(|rule| rule.met_when.as_ref())],
        Owner::Theme(theme) => {
            ruleset.rules().iter().filter(|(_, rule)| rule.theme == theme).map(|(_, rule)| Some(&*rule.when)).collect()
        }
        Owner::Question(question) => {
            vec![ruleset.questions().get(question).and_then(|question| question.only_if.as_ref())]
        }
        Owner::Option(list, option) => {
            let choices = ruleset.lists().get(list).map_or(&[][..], |list| &list.choices);
            vec![choices.get(usize::from(option.0)).and_then(|choice| choice.only_if.as_ref())]
        }
        Owner::Derived(fact) => {
            let cases = ruleset.derived().get(fact).map_or(&[][..], |fact| &fact.cases);
            cases.iter().map(|case| case.when.as_ref()).collect()
        }
        Owner::Myth(myth) => vec![ruleset.myths().get(myth).map(|myth| &*myth.when)],
    };
    conditions.into_iter().flatten().flat_map(Condition::tests).find(|test| test.ix == ix)
}

/// How an item comes out, beside how many cases make it so.
pub(super) fn way(way: Way) -> &'static str {
    match way {
        Way::Applies => "applies",
        Way::Met => "met",
        Way::Done => "done",
        Way::Waived => "waived",
        Way::NotApplicable => "not applicable",
        Way::True => "true",
        Way::False => "false",
        Way::Undetermined => "undetermined",
        Way::Chosen => "chosen",
        Way::ChosenClosed => "chosen where it is closed",
        Way::Candidate => "a candidate",
        Way::NotCandidate => "no candidate",
        Way::TheOne => "is the one",
        Way::Answered => "answered",
        Way::NotAnswered => "not answered",
    }
}

/// That no case makes it come out so.
pub(super) fn never(way: Way) -> &'static str {
    match way {
        Way::Applies => "never applies",
        Way::Met => "is never met",
        Way::Done => "is never done",
        Way::Waived => "is never waived",
        Way::NotApplicable => "is never not applicable",
        Way::True => "is never true",
        Way::False => "is never false",
        Way::Undetermined => "is never undetermined",
        Way::Chosen => "is never chosen",
        Way::ChosenClosed => "is never chosen where it is closed",
        Way::Candidate => "is never a candidate",
        Way::NotCandidate => "is always a candidate",
        Way::TheOne => "is never the one",
        Way::Answered => "is never answered",
        Way::NotAnswered => "is always answered",
    }
}

/// What is missing of an item: "is never met, is never not applicable".
pub(super) fn missing(item: &Item) -> String {
    let ways: Vec<&str> = item.missing().map(|point| never(point.way)).collect();
    ways.join(", and ")
}

pub(super) fn rule_id(ruleset: &Ruleset, rule: RuleIx) -> &str {
    ruleset.rules().get(rule).map_or("", |rule| rule.id.as_str())
}

pub(super) fn fact_id(ruleset: &Ruleset, fact: DerivedIx) -> &str {
    ruleset.derived().get(fact).map_or("", |fact| fact.id.as_str())
}

pub(super) fn myth_id(ruleset: &Ruleset, myth: MythIx) -> &str {
    ruleset.myths().get(myth).map_or("", |myth| myth.id.as_str())
}
