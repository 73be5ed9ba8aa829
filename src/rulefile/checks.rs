//! What can only be checked once every name is resolved: order, circles, confidence, dates and what nothing uses.

use std::collections::BTreeSet;

use super::names::Names;
use super::questions::SCREEN;
use crate::compile::{derived_in_order, questions_read};
use crate::finding::{Code, Finding, Findings};
use crate::model::{Condition, Confidence, DerivedIx, Ix, Level, QuestionIx, Subject};
use crate::ruleset::Parts;
use crate::text::{Place, quoted};

/// Reports every fault of a ruleset whose files were read without one.
pub(super) fn check(parts: &Parts, names: &Names<'_>, findings: &mut Findings) {
    circles(parts, findings);
    if !findings.is_empty() {
        // "Reads a later question" follows derived facts, which needs them not to go round.
        return;
    }
    earlier_questions(parts, findings);
    screen(parts, findings);
    confidence(parts, findings);
    upcoming(parts, findings);
    unused(names, findings);
}

/// Derived facts never read each other in a circle.
fn circles(parts: &Parts, findings: &mut Findings) {
    let mut settled = vec![false; parts.derived.len()];
    for start in parts.derived.ids() {
        let mut path: Vec<DerivedIx> = Vec::new();
        if let Some(place) = circle_from(parts, start, &mut path, &mut settled) {
            findings.push(
                Finding::new(
                    Code::DerivedCircle,
                    format!("this derived fact rests on itself: {}", named(parts, &path)),
                )
                .at(place)
                .help("take one of these tests out, or test a question instead"),
            );
            // One circle is often reached from many facts: name it once.
            return;
        }
    }
}

/// The facts of a circle, in words: of a long one, its two ends.
fn named(parts: &Parts, path: &[DerivedIx]) -> String {
    let id = |ix: &DerivedIx| parts.derived.get(*ix).map_or("", |fact| fact.id.as_str());
    let names: Vec<&str> = match (path.first_chunk::<4>(), path.last_chunk::<2>()) {
        (Some(first), Some(last)) if path.len() > 8 => {
            first.iter().map(id).chain(std::iter::once("…")).chain(last.iter().map(id)).collect()
        }
        _ => path.iter().map(id).collect(),
    };
    names.join(" → ")
}

/// The place of the test that closes a circle, with the circle in `path`.
fn circle_from(parts: &Parts, ix: DerivedIx, path: &mut Vec<DerivedIx>, settled: &mut [bool]) -> Option<Place> {
    // An explicit stack: a chain of facts may be longer than the call stack is deep.
    let mut stack: Vec<(DerivedIx, Vec<(DerivedIx, Place)>)> = vec![(ix, facts_read(parts, ix))];
    path.push(ix);
    while let Some((_, todo)) = stack.last_mut() {
        let Some((next, place)) = todo.pop() else {
            stack.pop();
            if let Some(slot) = path.pop().and_then(|done| settled.get_mut(done.index())) {
                *slot = true;
            }
            continue;
        };
        if let Some(at) = path.iter().position(|on_path| *on_path == next) {
            path.drain(..at);
            path.push(next);
            return Some(place);
        }
        if !settled.get(next.index()).copied().unwrap_or(true) {
            path.push(next);
            stack.push((next, facts_read(parts, next)));
        }
    }
    None
}

fn facts_read(parts: &Parts, ix: DerivedIx) -> Vec<(DerivedIx, Place)> {
    let conditions = parts.derived.get(ix).into_iter().flat_map(|fact| &fact.cases).filter_map(|c| c.when.as_ref());
    let tests = conditions.flat_map(Condition::tests);
    tests
        .filter_map(|test| match &test.subject {
            Subject::Derived(read, _) => Some((*read, test.place)),
            Subject::Question(..) => None,
        })
        .collect()
}

/// What makes a question arise, or an option open, reads earlier questions only: so asking in order never goes back.
///
/// Each test is looked at by itself, through derived facts but not through what makes the questions it reads arise: those
/// are looked at themselves.
fn earlier_questions(parts: &Parts, findings: &mut Findings) {
    let latest = latest_read(parts);
    let mut seen = BTreeSet::new();
    for (ix, question) in parts.questions.iter() {
        let list = question.list.and_then(|list| parts.lists.get(list));
        let choices = list.map_or(&[][..], |list| &list.choices);
        for condition in question.only_if.iter().chain(choices.iter().filter_map(|choice| choice.only_if.as_ref())) {
            earlier(parts, ix, condition, &latest, &mut seen, findings);
        }
    }
}

/// For each derived fact, the last question that it reads.
fn latest_read(parts: &Parts) -> Vec<Option<QuestionIx>> {
    let mut latest: Vec<Option<QuestionIx>> = vec![None; parts.derived.len()];
    for ix in derived_in_order(parts) {
        let conditions = parts.derived.get(ix).into_iter().flat_map(|fact| &fact.cases).filter_map(|c| c.when.as_ref());
        let tests = conditions.flat_map(Condition::tests);
        let last = tests.filter_map(|test| last_question(&test.subject, &latest)).max();
        if let Some(slot) = latest.get_mut(ix.index()) {
            *slot = last;
        }
    }
    latest
}

fn last_question(subject: &Subject, latest: &[Option<QuestionIx>]) -> Option<QuestionIx> {
    match subject {
        Subject::Question(ix, _) => Some(*ix),
        Subject::Derived(ix, _) => latest.get(ix.index()).copied().flatten(),
    }
}

fn earlier(
    parts: &Parts,
    ix: QuestionIx,
    condition: &Condition,
    latest: &[Option<QuestionIx>],
    seen: &mut BTreeSet<Place>,
    findings: &mut Findings,
) {
    for test in condition.tests() {
        let Some(late) = last_question(&test.subject, latest).filter(|read| *read >= ix) else { continue };
        // Several questions may share the list in which the test stands.
        if !seen.insert(test.place) {
            continue;
        }
        let name = |ix: QuestionIx| parts.questions.get(ix).map_or("", |question| question.id.as_str());
        let message = if late == ix {
            format!("{} waits for its own answer", quoted(name(ix)))
        } else {
            format!("{} waits for {}, which is asked later", quoted(name(ix)), quoted(name(late)))
        };
        findings.push(
            Finding::new(Code::ReadsLaterQuestion, message)
                .at(test.place)
                .help("`only-if` reads earlier questions: test one of those, or move the question"),
        );
    }
}

/// What the safety screen reads stands under one section, so that a manifest's answers to it can be told from the rest even
/// where the manifest cannot be read.
fn screen(parts: &Parts, findings: &mut Findings) {
    for (_, rule) in parts.rules.iter().filter(|(_, rule)| rule.ends_questions) {
        let named = |ix: &QuestionIx| parts.questions.get(*ix).map(|question| question.id.as_str());
        let reads = questions_read(parts, &rule.when);
        let outside = reads.iter().filter_map(named).find(|id| id.split('.').next() != Some(SCREEN));
        if let Some(outside) = outside {
            findings.push(
                Finding::new(
                    Code::OutsideScreen,
                    format!("{} ends the questions and reads {}", quoted(&rule.id), quoted(outside)),
                )
                .at(rule.place)
                .help("such a rule reads only questions under `screen.`, whose answers are never shown"),
            );
        }
    }
}

/// A `must` or `must-not` needs a source that was read.
fn confidence(parts: &Parts, findings: &mut Findings) {
    for (_, rule) in parts.rules.iter() {
        let strong = matches!(rule.level, Level::MustNot | Level::Must);
        let sure = rule.cites.iter().filter_map(|ix| parts.sources.get(*ix)).any(|s| s.confidence != Confidence::Low);
        if strong && !sure {
            findings.push(
                Finding::new(
                    Code::LowConfidence,
                    format!("{} is a `{}` on sources of low confidence alone", quoted(&rule.id), rule.level.word()),
                )
                .at(rule.place)
                .help("read the source and cite it, or make the rule a referral with `refer` at level `should`"),
            );
        }
    }
}

/// What is upcoming was not in force when the law was read.
fn upcoming(parts: &Parts, findings: &mut Findings) {
    let rules = parts.rules.iter().filter_map(|(_, rule)| rule.upcoming.as_ref().map(|u| (u, &rule.id, rule.place)));
    let choices = parts.lists.iter().filter(|(_, list)| list.each.is_none()).flat_map(|(_, list)| &list.choices);
    let options = choices.filter_map(|choice| choice.upcoming.as_ref().map(|u| (u, &choice.id, choice.place)));
    for (upcoming, id, place) in rules.chain(options) {
        let begun = upcoming.from.filter(|from| *from <= parts.info.law_as_at);
        if let Some(from) = begun {
            findings.push(
                Finding::new(
                    Code::AlreadyInForce,
                    format!("{} is upcoming from {from}, but the law is as at {}", quoted(id), parts.info.law_as_at),
                )
                .at(place)
                .help("it is in force: take `upcoming` out, and check its source"),
            );
        }
    }
}

/// What nothing uses is often a slip in what should have used it.
fn unused(names: &Names<'_>, findings: &mut Findings) {
    for table in [&names.questions, &names.lists, &names.tags, &names.derived, &names.roles, &names.sources] {
        table.report_unused(findings);
    }
}
