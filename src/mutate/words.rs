//! Conditions as they are written, on one line.

use crate::model::{Condition, Form, Item, Ix, QuestionIx, Subject, Test};
use crate::ruleset::Parts;

/// The longest line that is shown whole.
const LONGEST: usize = 120;

/// A condition on one line, as it could be written; a long one is cut.
pub(super) fn line(parts: &Parts, condition: &Condition) -> String {
    let whole = written(parts, condition);
    if whole.chars().count() <= LONGEST {
        return whole;
    }
    whole.chars().take(LONGEST - 1).chain(std::iter::once('…')).collect()
}

fn written(parts: &Parts, condition: &Condition) -> String {
    match condition {
        Condition::Test(test) => self::test(parts, test),
        Condition::All(of) if of.iter().all(|line| matches!(line, Condition::Test(_))) => {
            of.iter().map(|line| written(parts, line)).collect::<Vec<_>>().join(", ")
        }
        Condition::All(of) => format!("all: [{}]", items(parts, of)),
        Condition::Any(of) => format!("any: [{}]", items(parts, of)),
        Condition::None(of) => format!("none: [{}]", items(parts, of)),
        Condition::Not(inner) => format!("not: {{ {} }}", written(parts, inner)),
        Condition::Count { at_least, of } => format!("count: {{ at-least: {at_least}, of: [{}] }}", items(parts, of)),
    }
}

fn items(parts: &Parts, of: &[Condition]) -> String {
    of.iter().map(|item| format!("{{ {} }}", written(parts, item))).collect::<Vec<_>>().join(", ")
}

/// A test: "`to.body: [police, tag:competent]`".
pub(super) fn test(parts: &Parts, test: &Test) -> String {
    match &test.subject {
        Subject::Derived(ix, values) => {
            let names: Vec<String> = values.iter().map(|value| self::value(parts, *ix, *value)).collect();
            format!("{}: {}", fact(parts, &test.subject), one_or_list(&names))
        }
        Subject::Question(ix, form) => {
            let list = |items: &[Item]| one_or_list(&items.iter().map(|i| item(parts, *ix, *i)).collect::<Vec<_>>());
            let form = match form {
                Form::AnyOf(items) => list(items),
                Form::AllOf(items) => format!("{{ all-of: {} }}", list(items)),
                Form::Only(items) => format!("{{ only: {} }}", list(items)),
                Form::Some => "{ some: yes }".to_owned(),
                Form::SomeWithout(tag) => format!("{{ some-without: {} }}", item(parts, *ix, Item::Tag(*tag))),
                Form::Closed => "{ closed: yes }".to_owned(),
            };
            format!("{}: {form}", fact(parts, &test.subject))
        }
    }
}

/// The id of what a test looks at.
pub(super) fn fact<'p>(parts: &'p Parts, subject: &Subject) -> &'p str {
    match subject {
        Subject::Question(ix, _) => parts.questions.get(*ix).map_or("", |question| &question.id),
        Subject::Derived(ix, _) => parts.derived.get(*ix).map_or("", |fact| &fact.id),
    }
}

/// An item of a test's list.
pub(super) fn item(parts: &Parts, question: QuestionIx, item: Item) -> String {
    match item {
        Item::Option(at) => {
            parts.choices(question).get(at.index()).map_or_else(String::new, |choice| choice.id.clone())
        }
        Item::Tag(tag) => format!("tag:{}", parts.tags.get(tag).map_or("", String::as_str)),
        Item::Nothing => "none".to_owned(),
    }
}

/// A value of a derived fact.
pub(super) fn value(parts: &Parts, fact: crate::model::DerivedIx, value: crate::model::ValueIx) -> String {
    let value = parts.derived.get(fact).and_then(|fact| fact.value(value));
    value.map_or_else(String::new, |value| value.name.clone())
}

fn one_or_list(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        names => format!("[{}]", names.join(", ")),
    }
}
