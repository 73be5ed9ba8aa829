//! Sites and effects in words.

use super::id;
use crate::model::{DerivedIx, Due, Ix, OptionIx, QuestionIx, RuleIx, ValueIx};
use crate::mutate::{Effect, Site};
use crate::report::words::or;
use crate::ruleset::Ruleset;

/// What holds a change: "rule `power.named`, `when`".
pub(super) fn site(ruleset: &Ruleset, site: Site) -> String {
    match site {
        Site::Head(theme) => {
            format!("the head of the file, for every rule of \"{}\"", id(ruleset.themes(), theme, |theme| &theme.title))
        }
        Site::When(ix) => format!("rule {}, when", rule(ruleset, ix)),
        Site::Met(ix) => format!("rule {}, met-when", rule(ruleset, ix)),
        Site::Rule(ix) => format!("rule {}", rule(ruleset, ix)),
        Site::Question(ix) => format!("question {}, only-if", question(ruleset, ix)),
        Site::Choice(list, at) => {
            let list = ruleset.lists().get(list);
            let choice = list.and_then(|list| list.choices.get(at.index())).map_or("", |choice| choice.id.as_str());
            format!("option {choice} of {}, only-if", list.map_or("", |list| list.name.as_str()))
        }
        Site::Case(ix, at) => {
            let fact = ruleset.derived().get(ix);
            let case = fact.and_then(|fact| fact.cases.get(at));
            let value = case.and_then(|case| fact?.value(case.value)).map_or("", |value| value.name.as_str());
            format!("derived fact {}, when it is {value}", derived(ruleset, ix))
        }
        Site::Cases(ix) => format!("derived fact {}, the order of its cases", derived(ruleset, ix)),
        Site::Myth(ix) => format!("myth {}, when", id(ruleset.myths(), ix, |myth| &myth.id)),
    }
}

/// What differs: "power.named is met; with the change it would be applies".
pub(super) fn effect(ruleset: &Ruleset, effect: &Effect) -> String {
    match effect {
        Effect::Status { rule: ix, was, becomes } => changed(&rule(ruleset, *ix), was.word(), becomes.word()),
        Effect::Level { rule: ix, was, becomes } => {
            changed(&format!("the level of {}", rule(ruleset, *ix)), was.word(), becomes.word())
        }
        Effect::Basis { rule: ix, was, becomes } => {
            changed(&format!("the basis of {}", rule(ruleset, *ix)), was.word(), becomes.word())
        }
        Effect::Due { rule: ix, was, becomes } => {
            let [was, becomes] = [*was, *becomes].map(due);
            changed(&rule(ruleset, *ix), &format!("due {was} sharing"), &format!("due {becomes} it"))
        }
        Effect::NoReferral { rule: ix, was } => {
            let role = id(ruleset.roles(), *was, |role| &role.id);
            format!("{} refers to {role}; with the change it would refer to nobody", rule(ruleset, *ix))
        }
        Effect::Recordable(ix) => {
            format!("{} cannot be recorded as done; with the change it could be", rule(ruleset, *ix))
        }
        Effect::Outcome { was, becomes } => changed("the outcome", was.word(), becomes.word()),
        Effect::Derived { fact, was, becomes } => {
            changed(&derived(ruleset, *fact), &values(ruleset, *fact, was), &values(ruleset, *fact, becomes))
        }
        Effect::Candidate { question: ix, option, becomes } => {
            let candidate = format!("{} of {}", choice(ruleset, *ix, *option), question(ruleset, *ix));
            let (was, becomes) = if *becomes { ("no candidate", "one") } else { ("a candidate", "none") };
            changed(&candidate, was, becomes)
        }
        Effect::Myth { myth, becomes } => {
            let (was, becomes) = if *becomes { ("not answered", "answered") } else { ("answered", "not answered") };
            changed(&format!("the myth {}", id(ruleset.myths(), *myth, |myth| &myth.id)), was, becomes)
        }
        Effect::Arises { question: ix, becomes } => {
            let was = if *becomes {
                "does not arise; with the change it would"
            } else {
                "arises; with the change it would not"
            };
            format!("the question {} {was}", question(ruleset, *ix))
        }
    }
}

fn changed(what: &str, was: &str, becomes: &str) -> String {
    format!("{what} is {was}; with the change it would be {becomes}")
}

fn rule(ruleset: &Ruleset, ix: RuleIx) -> String {
    id(ruleset.rules(), ix, |rule| &rule.id)
}

fn question(ruleset: &Ruleset, ix: QuestionIx) -> String {
    id(ruleset.questions(), ix, |question| &question.id)
}

fn derived(ruleset: &Ruleset, ix: DerivedIx) -> String {
    id(ruleset.derived(), ix, |fact| &fact.id)
}

fn choice(ruleset: &Ruleset, question: QuestionIx, option: OptionIx) -> &str {
    ruleset.choice(question, option).map_or("", |choice| choice.id.as_str())
}

/// The one value, or "undetermined" with those that it can be.
fn values(ruleset: &Ruleset, fact: DerivedIx, values: &[ValueIx]) -> String {
    let fact = ruleset.derived().get(fact);
    let names: Vec<String> = values.iter().filter_map(|value| Some(fact?.value(*value)?.name.clone())).collect();
    match names.as_slice() {
        [name] => name.clone(),
        names => format!("undetermined ({})", or(names)),
    }
}

fn due(due: Due) -> &'static str {
    match due {
        Due::Before => "before",
        Due::After => "after",
    }
}
