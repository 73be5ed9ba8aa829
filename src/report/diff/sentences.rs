//! The words in which a change is told.

use super::elided::elided;
use crate::compare::{
    Attribute, Change, Direction, Kind, Reach, Shift, SourceChange, SourceHow, Way, Witness, WordChange,
};
use crate::model::Outcome;
use crate::report::words::capital;
use crate::ruleset::Ruleset;

/// What a shift is about.
pub(super) fn shift(change: &Change, shift: &Shift) -> String {
    let told = match (change.kind, shift.way) {
        (Kind::Derived, _) => match (&shift.before, &shift.after) {
            (Some(before), Some(after)) => format!("It was {before}, and is now {after}."),
            (Some(before), None) => format!("It was {before}."),
            (_, after) => format!("It is now {}.", after.as_deref().unwrap_or("another")),
        },
        (Kind::Question, Way::More) => "It arises where it did not.".to_owned(),
        (Kind::Question, _) => "It no longer arises where it did.".to_owned(),
        (Kind::Option, Way::More) => "It is open where it was closed.".to_owned(),
        (Kind::Option, _) => "It is closed where it was open.".to_owned(),
        (Kind::Myth, Way::More) => "It is answered where it was not.".to_owned(),
        (Kind::Myth, _) => "It is no longer answered where it was.".to_owned(),
        (_, Way::Harder) => "Answers that met it no longer do.".to_owned(),
        (_, Way::Easier) => "Answers meet it now that did not.".to_owned(),
        (_, Way::Fewer) => "It no longer applies where it did.".to_owned(),
        (_, Way::More | Way::Other) => "It applies where it did not.".to_owned(),
    };
    match (shift.reach, &shift.before, &shift.after) {
        (Reach::OnlyAfter, _, Some(state)) => {
            format!("Only for answers that the version before does not offer: {state} there.")
        }
        (Reach::OnlyBefore, Some(state), _) => {
            format!("Only for answers that the version after does not offer: it was {state} there.")
        }
        _ => told,
    }
}

/// What each version says of the facts.
pub(super) fn says(shift: &Shift, witness: &Witness) -> Vec<String> {
    let side = |name: &str, state: Option<&String>, outcome: Option<Outcome>| {
        let outcome = outcome.map(Outcome::word);
        match (state, outcome) {
            (Some(state), Some(outcome)) => Some(format!("{name}: {state}; outcome {outcome}.")),
            (None, Some(outcome)) => Some(format!("{name}: outcome {outcome}.")),
            (Some(state), None) => Some(format!("{name}: {state}.")),
            (None, None) => None,
        }
    };
    let before = side("Before", shift.before.as_ref(), witness.outcome_before);
    let after = side("After", shift.after.as_ref(), witness.outcome_after);
    let mut lines: Vec<String> = before.into_iter().chain(after).collect();
    for (other, only) in [("before", &witness.only_after), ("after", &witness.only_before)] {
        for one in only {
            lines.push(if one.asked {
                format!("{} does not arise in the version {other}.", one.question)
            } else {
                format!("The version {other} does not ask {}.", one.question)
            });
        }
    }
    if !witness.smallest {
        lines.push("Fewer answers may show it too.".to_owned());
    }
    lines
}

/// An attribute that changed.
pub(in crate::report) fn attribute(attribute: &Attribute) -> String {
    let Attribute { name, before, after, direction } = attribute;
    let name = capital(&name.replace('-', " "));
    let direction = match direction {
        Direction::Stricter => " (stricter)",
        Direction::Looser => " (looser)",
        Direction::Neither => "",
    };
    if before.is_empty() {
        format!("{name}: {after}.")
    } else {
        format!("{name}: was {before}, is now {after}{direction}.")
    }
}

/// A text that changed: in full, or where both are long and `elide` says so, what differs.
pub(super) fn word(word: &WordChange, elide: bool) -> String {
    told(&capital(&word.part.replace('-', " ")), word, elide)
}

/// The same of a part that has another name.
pub(in crate::report) fn told(name: &str, word: &WordChange, elide: bool) -> String {
    match (&word.before, &word.after) {
        (Some(before), Some(after)) if elide => {
            let (before, after) = elided(before, after);
            format!("{name}: was \"{before}\", is now \"{after}\".")
        }
        (Some(before), Some(after)) => format!("{name}: was \"{before}\", is now \"{after}\"."),
        (None, Some(after)) => format!("{name}: added, \"{after}\"."),
        (Some(before), None) => format!("{name}: dropped, was \"{before}\"."),
        (None, None) => name.to_owned(),
    }
}

/// Whether a text is what decides when something holds.
pub(in crate::report) fn is_condition(word: &WordChange) -> bool {
    matches!(word.part, "when" | "met-when" | "only-if" | "cases")
}

/// A source that changed under something.
pub(super) fn source(source: &SourceChange, before: &Ruleset, after: &Ruleset) -> String {
    let cited = |ruleset: &Ruleset| {
        let source = ruleset.sources().find(|other| other.id == source.id).and_then(|ix| ruleset.sources().get(ix));
        source.map(|source| match &source.provision {
            Some(provision) => format!(" ({}, {provision})", source.title),
            None => format!(" ({})", source.title),
        })
    };
    match &source.how {
        SourceHow::Added => format!("Source added: {}{}.", source.id, cited(after).unwrap_or_default()),
        SourceHow::Dropped => format!("Source dropped: {}{}.", source.id, cited(before).unwrap_or_default()),
        SourceHow::Changed(words) => {
            let words: Vec<String> = words.iter().map(|word| self::word(word, false)).collect();
            format!("Source changed: {}. {}", source.id, words.join(" "))
        }
    }
}

/// What else changed that a rule rests on.
pub(super) fn causes(change: &Change) -> Option<String> {
    let causes: Vec<String> = change.causes.iter().map(|(kind, id)| format!("{} {id}", noun(*kind))).collect();
    let own = change.words.iter().any(is_condition);
    match (causes.is_empty(), own) {
        (true, _) => None,
        (false, true) => Some(format!("It also rests on what changed: {}.", causes.join(", "))),
        (false, false) => {
            Some(format!("Its own condition is the same. What it rests on changed: {}.", causes.join(", ")))
        }
    }
}

/// In which ways something was not proved to be the same.
pub(super) fn unproved(change: &Change) -> Option<String> {
    let ways = change.unproved.iter().map(|way| match (change.kind, way) {
        (Kind::Rule, Way::More) => "whether it applies where it did not",
        (Kind::Rule, Way::Fewer) => "whether it no longer applies where it did",
        (_, Way::Harder) => "whether answers that met it no longer do",
        (_, Way::Easier) => "whether answers meet it now that did not",
        (_, Way::More) => "whether it holds where it did not",
        (_, Way::Fewer) => "whether it no longer holds where it did",
        (_, Way::Other) => "whether it has another value",
    });
    let ways: Vec<&str> = ways.collect();
    (!ways.is_empty()).then(|| format!("Not proved within the budget: {}.", ways.join(", ")))
}

/// What a change is about.
pub(super) fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Rule => "rule",
        Kind::Question => "question",
        Kind::Option => "option",
        Kind::Derived => "derived fact",
        Kind::Myth => "myth",
        Kind::Source => "source",
        Kind::Term => "term",
        Kind::Role => "role",
        Kind::Ruleset => "ruleset",
    }
}
