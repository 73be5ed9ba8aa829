//! Conditions, tests and roles in words.

use crate::model::{Condition, Form, Item, OptionIx, Party, QuestionIx, Subject, Test, ValueIx, Who};
use crate::ruleset::Ruleset;
use crate::text::visible;

/// A condition as lines, each of which must hold; deeper lines are indented by two spaces.
pub(super) fn condition(ruleset: &Ruleset, condition: &Condition) -> Vec<String> {
    let mut lines = Vec::new();
    match condition {
        Condition::All(of) => of.iter().for_each(|inner| write(ruleset, inner, 0, &mut lines)),
        other => write(ruleset, other, 0, &mut lines),
    }
    lines
}

fn write(ruleset: &Ruleset, condition: &Condition, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let mut group = |head: &str, of: &[Condition]| {
        lines.push(format!("{indent}{head}"));
        of.iter().for_each(|inner| write(ruleset, inner, depth + 1, lines));
    };
    match condition {
        Condition::All(of) => group("all of these hold:", of),
        Condition::Any(of) => group("at least one of these holds:", of),
        Condition::None(of) => group("none of these holds:", of),
        Condition::Not(inner) => group("this does not hold:", std::slice::from_ref(inner)),
        Condition::Count { at_least, of } => group(&format!("at least {at_least} of these hold:"), of),
        Condition::Test(test) => lines.push(format!("{indent}{}", self::test(ruleset, test))),
    }
}

/// A test in words: "`to.body` is police, or is tagged competent".
pub(super) fn test(ruleset: &Ruleset, test: &Test) -> String {
    match &test.subject {
        Subject::Derived(ix, values) => {
            let id = ruleset.derived().get(*ix).map_or("", |fact| fact.id.as_str());
            format!("{id} is {}", or(&self::values(ruleset, test, values)))
        }
        Subject::Question(ix, form) => {
            let id = ruleset.questions().get(*ix).map_or("", |question| question.id.as_str());
            let verb = if ruleset.takes_several(*ix) { "has" } else { "is" };
            match form {
                Form::AnyOf(items) => format!("{id} {verb} {}", or(&self::items(ruleset, *ix, items))),
                Form::AllOf(items) => format!("{id} has all of {}", self::items(ruleset, *ix, items).join(", ")),
                Form::Only(items) => format!("{id} has only {}", or(&self::items(ruleset, *ix, items))),
                Form::Some => format!("{id} has something that is open here"),
                Form::SomeWithout(tag) => {
                    let tag = ruleset.tags().get(*tag).map_or("", String::as_str);
                    format!("{id} has something open without the tag {tag}")
                }
                Form::Closed => format!("{id} names only what is closed here"),
            }
        }
    }
}

fn values(ruleset: &Ruleset, test: &Test, values: &[ValueIx]) -> Vec<String> {
    let Subject::Derived(ix, _) = &test.subject else { return Vec::new() };
    let Some(fact) = ruleset.derived().get(*ix) else { return Vec::new() };
    values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.clone()).collect()
}

fn items(ruleset: &Ruleset, question: QuestionIx, items: &[Item]) -> Vec<String> {
    let word = |item: &Item| match item {
        Item::Option(option) => ruleset.choice(question, *option).map(|choice| choice.id.clone()),
        Item::Tag(tag) => ruleset.tags().get(*tag).map(|tag| format!("anything tagged {tag}")),
        Item::Nothing => Some("none".to_owned()),
    };
    items.iter().filter_map(word).collect()
}

/// "a", "a or b", "a, b or c".
pub(super) fn or(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// "a", "a and b", "a, b and c".
pub(super) fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The ids of options.
pub(super) fn options(ruleset: &Ruleset, question: QuestionIx, options: &[OptionIx]) -> Vec<String> {
    options.iter().filter_map(|option| ruleset.choice(question, *option)).map(|choice| choice.id.clone()).collect()
}

/// A role and whose: "the sender's data protection officer".
pub(super) fn who(ruleset: &Ruleset, who: Who) -> String {
    let title = ruleset.roles().get(who.role).map_or("", |role| role.title.as_str());
    let title = visible(title);
    match who.party {
        Party::From => format!("the sender's {title}"),
        Party::To => format!("the recipient's {title}"),
        Party::Any => format!("the {title}"),
    }
}

/// A sentence with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
