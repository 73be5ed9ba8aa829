//! What else changed that a rule rests on.

use std::collections::BTreeSet;

use super::change::{Change, Kind, Reach, Verdict};
use crate::model::{Condition, DerivedIx, QuestionIx, RuleIx, Subject};
use crate::ruleset::Parts;

/// The ids of the questions and derived facts that conditions read: themselves, through derived facts, and through what
/// makes questions arise and options open.
pub(super) fn reads(parts: &Parts, conditions: &[&Condition]) -> BTreeSet<(Kind, String)> {
    let mut found = BTreeSet::new();
    let mut todo: Vec<&Condition> = conditions.to_vec();
    while let Some(condition) = todo.pop() {
        for test in condition.tests() {
            match &test.subject {
                Subject::Question(ix, _) => question(parts, *ix, &mut found, &mut todo),
                Subject::Derived(ix, _) => derived(parts, *ix, &mut found, &mut todo),
            }
        }
    }
    found
}

fn question<'p>(parts: &'p Parts, ix: QuestionIx, found: &mut BTreeSet<(Kind, String)>, todo: &mut Vec<&'p Condition>) {
    let Some(question) = parts.questions.get(ix) else { return };
    if found.insert((Kind::Question, question.id.clone())) {
        todo.extend(&question.only_if);
        todo.extend(parts.choices(ix).iter().filter_map(|choice| choice.only_if.as_ref()));
    }
}

fn derived<'p>(parts: &'p Parts, ix: DerivedIx, found: &mut BTreeSet<(Kind, String)>, todo: &mut Vec<&'p Condition>) {
    let Some(fact) = parts.derived.get(ix) else { return };
    if found.insert((Kind::Derived, fact.id.clone())) {
        todo.extend(fact.cases.iter().filter_map(|case| case.when.as_ref()));
    }
}

/// Those of the changes that bear on what is read, and that are not themselves the effect of others: a question or option
/// whose own condition changed, a fact derived otherwise by its own cases, an option with other tags, and what is new or
/// gone. An option that one version lacks is no reason for what changed for answers that both know.
pub(super) fn among(changes: &[Change], read: &BTreeSet<(Kind, String)>, reach: Reach) -> Vec<(Kind, String)> {
    let bears = |change: &&Change| {
        let id = match change.kind {
            Kind::Question | Kind::Derived => (change.kind, change.id.clone()),
            Kind::Option => {
                let question = change.id.split_once(": ").map_or("", |(question, _)| question);
                (Kind::Question, question.to_owned())
            }
            _ => return false,
        };
        let alone = matches!(change.verdict, Verdict::New | Verdict::Ended);
        let tagged = change.attributes.iter().any(|it| matches!(it.name, "tags" | "upcoming"));
        let reworded = change.words.iter().any(|word| matches!(word.part, "only-if" | "cases"));
        let reworded = reworded && (reach != Reach::Both || change.reach() == Reach::Both);
        let other = match (change.kind, reach) {
            (Kind::Option, Reach::Both) => (reworded && has_effect(change)) || tagged,
            _ => alone || tagged || (reworded && has_effect(change)),
        };
        read.contains(&id) && (other || (alone && change.kind != Kind::Option))
    };
    changes.iter().filter(bears).map(|change| (change.kind, change.id.clone())).collect()
}

fn has_effect(change: &Change) -> bool {
    !change.shifts.is_empty() || !change.unproved.is_empty()
}

/// What a rule's own condition reads.
pub(super) fn of_rule(parts: &Parts, rule: RuleIx) -> BTreeSet<(Kind, String)> {
    let Some(rule) = parts.rules.get(rule) else { return BTreeSet::new() };
    reads(parts, &std::iter::once(&*rule.when).chain(&rule.met_when).collect::<Vec<_>>())
}
