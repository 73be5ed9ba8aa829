//! Conditions and other parts as text that both versions can be compared by: with ids, never with numbers.

use crate::model::{
    Citation, Condition, Form, Item, Kind, QuestionIx, RoleIx, SourceIx, Step, Subject, Test, Upcoming, Who,
};
use crate::model::{CopyRead, InForce, Party};
use crate::ruleset::Parts;

/// A condition as it could be written in a ruleset, on one line.
pub(super) fn condition(parts: &Parts, condition: &Condition) -> String {
    let many = |of: &[Condition]| of.iter().map(|inner| self::condition(parts, inner)).collect::<Vec<_>>().join(", ");
    match condition {
        Condition::All(of) => match of.as_slice() {
            [only] => self::condition(parts, only),
            of if of.iter().all(|inner| matches!(inner, Condition::Test(_))) => {
                let tests: Vec<String> = of.iter().map(|inner| bare(&self::condition(parts, inner))).collect();
                format!("{{ {} }}", tests.join(", "))
            }
            of => format!("{{ all: [{}] }}", many(of)),
        },
        Condition::Any(of) => format!("{{ any: [{}] }}", many(of)),
        Condition::None(of) => format!("{{ none: [{}] }}", many(of)),
        Condition::Not(inner) => format!("{{ not: {} }}", self::condition(parts, inner)),
        Condition::Count { at_least, of } => format!("{{ count: {{ at-least: {at_least}, of: [{}] }} }}", many(of)),
        Condition::Test(test) => format!("{{ {} }}", self::test(parts, test)),
    }
}

/// Without the braces around it.
fn bare(text: &str) -> String {
    text.strip_prefix("{ ").and_then(|text| text.strip_suffix(" }")).unwrap_or(text).to_owned()
}

fn test(parts: &Parts, test: &Test) -> String {
    match &test.subject {
        Subject::Derived(ix, values) => {
            let Some(fact) = parts.derived.get(*ix) else { return String::new() };
            let names = values
                .iter()
                .filter_map(|value| fact.value(*value))
                .map(|value| value.name.clone())
                .collect::<Vec<_>>();
            format!("{}: {}", fact.id, list(&names))
        }
        Subject::Question(ix, form) => {
            let id = parts.questions.get(*ix).map_or("", |question| question.id.as_str());
            let items = |items: &[Item]| items.iter().map(|item| self::item(parts, *ix, *item)).collect::<Vec<_>>();
            let tag = |tag| parts.tags.get(tag).map_or("", String::as_str);
            let value = match form {
                Form::AnyOf(of) => list(&items(of)),
                Form::AllOf(of) => format!("{{ all-of: [{}] }}", items(of).join(", ")),
                Form::Only(of) => format!("{{ only: [{}] }}", items(of).join(", ")),
                Form::Some => "{ some: yes }".to_owned(),
                Form::SomeWithout(without) => format!("{{ some-without: tag:{} }}", tag(*without)),
                Form::Closed => "{ closed: yes }".to_owned(),
            };
            format!("{id}: {value}")
        }
    }
}

fn item(parts: &Parts, question: QuestionIx, item: Item) -> String {
    match item {
        Item::Option(option) => {
            parts.choices(question).get(usize::from(option.0)).map_or_else(String::new, |choice| choice.id.clone())
        }
        Item::Tag(tag) => format!("tag:{}", parts.tags.get(tag).map_or("", String::as_str)),
        Item::Nothing => "none".to_owned(),
    }
}

fn list(names: &[String]) -> String {
    match names {
        [only] => only.clone(),
        names => format!("[{}]", names.join(", ")),
    }
}

/// A role, and whose.
pub(super) fn who(parts: &Parts, who: Who) -> String {
    let role = role(parts, who.role);
    match who.party {
        Party::From => format!("from.{role}"),
        Party::To => format!("to.{role}"),
        Party::Any => role,
    }
}

/// The id of a role.
pub(super) fn role(parts: &Parts, ix: RoleIx) -> String {
    parts.roles.get(ix).map_or_else(String::new, |role| role.id.clone())
}

/// Steps, one after the other.
pub(super) fn steps(parts: &Parts, steps: &[Step]) -> Option<String> {
    let step = |step: &Step| {
        let produces = step.produces.as_ref().map_or_else(String::new, |made| format!("; produces {made}"));
        format!("{} ({}{produces})", step.action, who(parts, step.who))
    };
    let all: Vec<String> = steps.iter().map(step).collect();
    (!all.is_empty()).then(|| all.join("; then "))
}

/// The day something comes into force.
pub(super) fn upcoming(upcoming: Option<&Upcoming>) -> String {
    match upcoming {
        None => "in force".to_owned(),
        Some(Upcoming { from: Some(day), .. }) => format!("not in force before {day}"),
        Some(Upcoming { from: None, .. }) => "not in force, and no day is appointed".to_owned(),
    }
}

/// The kind of a question.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::YesNo => "yes-no",
        Kind::OneOf => "one-of",
        Kind::AnyOf => "any-of",
        Kind::Text => "text",
    }
}

/// What copy of a source was read, and when.
pub(super) fn read(source: &Citation) -> String {
    let copy = match source.copy {
        CopyRead::Live => "live",
        CopyRead::Archived => "archived",
        CopyRead::NotRead => "not-read",
    };
    format!("{}, {copy}", source.read_on)
}

/// Since when a source is in force.
pub(super) fn in_force(source: &Citation) -> Option<String> {
    Some(match source.in_force? {
        InForce::From(day) => day.to_string(),
        InForce::NotAppointed => "not-appointed".to_owned(),
    })
}

/// The ids of sources.
pub(super) fn sources(parts: &Parts, cites: &[SourceIx]) -> Option<String> {
    let ids: Vec<&str> =
        cites.iter().filter_map(|ix| parts.sources.get(*ix)).map(|source| source.id.as_str()).collect();
    (!ids.is_empty()).then(|| ids.join(", "))
}
