//! What can be left out of a condition, one thing at a time.

use super::lines::place_of;
use crate::model::{Choice, Condition, Form, Item, Subject, Test};
use crate::ruleset::Parts;
use crate::text::{Place, quoted};

/// A condition with one thing left out.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    /// Where it stands.
    pub(super) place: Place,
    /// What it is, in words.
    pub(super) what: String,
    /// What remains.
    pub(super) rest: Condition,
}

/// Each way to leave one thing out: a line of a mapping, `all`, `any`, `none` or `of` that has others (of a `count`, while enough
/// remain), or an item of a test's list that has others.
pub(super) fn edits(parts: &Parts, condition: &Condition) -> Vec<Edit> {
    match condition {
        Condition::All(of) => joined(parts, of, 1, &Condition::All),
        Condition::Any(of) => joined(parts, of, 1, &Condition::Any),
        Condition::None(of) => joined(parts, of, 1, &Condition::None),
        Condition::Count { at_least, of } => {
            let count = |of: Vec<Condition>| Condition::Count { at_least: *at_least, of };
            joined(parts, of, usize::from(*at_least).max(1), &count)
        }
        Condition::Not(inner) => {
            let inner = edits(parts, inner).into_iter();
            inner.map(|edit| Edit { rest: Condition::Not(Box::new(edit.rest)), ..edit }).collect()
        }
        Condition::Test(test) => items(parts, test),
    }
}

/// Leaves out one of several conditions while so many remain, or one thing inside one of them.
fn joined(parts: &Parts, of: &[Condition], least: usize, join: &dyn Fn(Vec<Condition>) -> Condition) -> Vec<Edit> {
    let mut all = Vec::new();
    for (at, condition) in of.iter().enumerate() {
        if of.len() > least
            && let Some(place) = place_of(condition)
        {
            let rest = of.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other.clone());
            all.push(Edit { place, what: words(parts, condition), rest: join(rest.collect()) });
        }
        for edit in edits(parts, condition) {
            let mut changed = of.to_vec();
            if let Some(slot) = changed.get_mut(at) {
                *slot = edit.rest;
            }
            all.push(Edit { rest: join(changed), ..edit });
        }
    }
    all
}

/// A form that takes a list.
type Listing = fn(Vec<Item>) -> Form;

/// Leaves out one item of a test's list.
fn items(parts: &Parts, test: &Test) -> Vec<Edit> {
    let edit = |what: String, subject: Subject| Edit {
        place: test.place,
        what,
        rest: Condition::Test(Test { subject, ..test.clone() }),
    };
    match &test.subject {
        Subject::Derived(fact, values) if values.len() > 1 => {
            let derived = parts.derived.at(*fact);
            let one = |at: usize| {
                let name = values.get(at).and_then(|value| derived.value(*value)).map_or("", |value| &value.name);
                edit(
                    format!("{} of {}", quoted(name), quoted(&derived.id)),
                    Subject::Derived(*fact, without(values, at)),
                )
            };
            (0..values.len()).map(one).collect()
        }
        Subject::Question(question, form) => {
            let choices = parts.choices(*question);
            let id = quoted(&parts.questions.at(*question).id);
            let (list, form): (&[Item], Listing) = match form {
                Form::AnyOf(list) => (list, Form::AnyOf),
                Form::AllOf(list) => (list, Form::AllOf),
                Form::Only(list) => (list, Form::Only),
                Form::Some | Form::SomeWithout(_) | Form::Closed => return Vec::new(),
            };
            let one = |at: usize| {
                let name = list.get(at).map_or_else(String::new, |item| written(parts, choices, *item));
                edit(format!("{} of {id}", quoted(&name)), Subject::Question(*question, form(without(list, at))))
            };
            if list.len() > 1 { (0..list.len()).map(one).collect() } else { Vec::new() }
        }
        Subject::Derived(..) => Vec::new(),
    }
}

fn without<T: Clone>(list: &[T], at: usize) -> Vec<T> {
    list.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, item)| item.clone()).collect()
}

fn written(parts: &Parts, choices: &[Choice], item: Item) -> String {
    match item {
        Item::Option(option) => choices.get(usize::from(option.0)).map_or_else(String::new, |choice| choice.id.clone()),
        Item::Tag(tag) => parts.tags.get(tag).map_or_else(String::new, |tag| format!("tag:{tag}")),
        Item::Nothing => "none".to_owned(),
    }
}

/// A line in a few words.
pub(super) fn words(parts: &Parts, condition: &Condition) -> String {
    let word = match condition {
        Condition::Test(test) => {
            let name = match &test.subject {
                Subject::Question(question, _) => &parts.questions.at(*question).id,
                Subject::Derived(fact, _) => &parts.derived.at(*fact).id,
            };
            return format!("the test of {}", quoted(name));
        }
        Condition::All(_) => "`all`",
        Condition::Any(_) => "`any`",
        Condition::None(_) => "`none`",
        Condition::Not(_) => "`not`",
        Condition::Count { .. } => "`count`",
    };
    match condition.tests().first().map(|test| &test.subject) {
        Some(Subject::Question(question, _)) => {
            format!("the {word} that begins with {}", quoted(&parts.questions.at(*question).id))
        }
        Some(Subject::Derived(fact, _)) => {
            format!("the {word} that begins with {}", quoted(&parts.derived.at(*fact).id))
        }
        None => format!("the {word} here"),
    }
}
