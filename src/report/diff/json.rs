//! `clearshare-diff/1`: a comparison for programs, frozen. See docs/json.md and schemas/diff-1.schema.json.

use std::io;

use serde::Serialize;

use super::DiffReport;
use super::sentences::noun;
use crate::compare::{
    Attribute, Change, Direction, Kind, OneSided, Reach, Shift, SourceChange, SourceHow, Verdict, Way, WordChange,
};
use crate::manifest::write_manifest;
use crate::model::{AnswerValue, Facts, Outcome};
use crate::report::Out;
use crate::report::json::parts::{Subject, write};
use crate::ruleset::Ruleset;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-diff/1";

#[derive(Serialize)]
struct Members<'a> {
    before: Subject<'a>,
    after: Subject<'a>,
    changes_effect: bool,
    unchanged_rules: usize,
    renamed: Vec<Pair<'a>>,
    changes: Vec<Changed<'a>>,
}

#[derive(Serialize)]
struct Pair<'a> {
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct Changed<'a> {
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    verdict: &'static str,
    effect: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    shifts: Vec<Shifted<'a>>,
    not_proved: Vec<&'static str>,
    #[serde(flatten)]
    what: What<'a>,
}

/// What changed in something.
#[derive(Serialize)]
pub(in crate::report) struct What<'a> {
    attributes: Vec<Attributed<'a>>,
    words: Vec<Worded<'a>>,
    sources: Vec<Sourced<'a>>,
    rests_on: Vec<Thing<'a>>,
}

#[derive(Serialize)]
struct Shifted<'a> {
    way: &'static str,
    exchanges: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witnessed<'a>>,
}

#[derive(Serialize)]
struct Witnessed<'a> {
    smallest: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Said<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Said<'a>>,
    only_before: Vec<Only<'a>>,
    only_after: Vec<Only<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    answers: Vec<Answered<'a>>,
    manifest: String,
}

#[derive(Serialize)]
struct Answered<'a> {
    question: &'a str,
    options: Vec<&'a str>,
}

#[derive(Serialize)]
struct Only<'a> {
    question: &'a str,
    asked_by_other: bool,
}

#[derive(Serialize)]
struct Attributed<'a> {
    name: &'a str,
    before: &'a str,
    after: &'a str,
    direction: &'static str,
}

#[derive(Serialize)]
struct Worded<'a> {
    part: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
}

#[derive(Serialize)]
struct Sourced<'a> {
    id: &'a str,
    how: &'static str,
    words: Vec<Worded<'a>>,
}

#[derive(Serialize)]
struct Thing<'a> {
    kind: &'static str,
    id: &'a str,
}

/// Writes it.
pub fn render(out: Out<'_>, report: &DiffReport<'_>) -> io::Result<()> {
    let comparison = report.comparison;
    let members = Members {
        before: Subject::of(report.before.ruleset),
        after: Subject::of(report.after.ruleset),
        changes_effect: comparison.changes_effect(),
        unchanged_rules: comparison.unchanged_rules,
        renamed: comparison.renamed.iter().map(|pair| Pair { before: &pair.before, after: &pair.after }).collect(),
        changes: comparison.changes.iter().map(|change| changed(report, change)).collect(),
    };
    write(out, FORMAT, &members)
}

fn changed<'a>(report: &DiffReport<'a>, change: &'a Change) -> Changed<'a> {
    Changed {
        kind: kind(change.kind),
        id: &change.id,
        title: &change.title,
        verdict: verdict(change.verdict),
        effect: change.effect,
        level: change.level.map(|(level, _)| level.word()),
        basis: change.level.map(|(_, basis)| basis.word()),
        shifts: change.shifts.iter().map(|shift| shifted(report, shift)).collect(),
        not_proved: change.unproved.iter().map(|it| way(*it)).collect(),
        what: what(change),
    }
}

/// What changed in something, as every format that tells of a comparison writes it.
pub(in crate::report) fn what(change: &Change) -> What<'_> {
    What {
        attributes: change.attributes.iter().map(attributed).collect(),
        words: change.words.iter().map(worded).collect(),
        sources: change.sources.iter().map(sourced).collect(),
        rests_on: change.causes.iter().map(|(of, id)| Thing { kind: kind(*of), id }).collect(),
    }
}

fn shifted<'a>(report: &DiffReport<'a>, shift: &'a Shift) -> Shifted<'a> {
    let witness = shift.witness.as_ref().map(|witness| Witnessed {
        smallest: witness.smallest,
        before: said(report.before.ruleset, witness.before.as_ref(), shift.before.as_ref(), witness.outcome_before),
        after: said(report.after.ruleset, witness.after.as_ref(), shift.after.as_ref(), witness.outcome_after),
        only_before: witness.only_before.iter().map(only).collect(),
        only_after: witness.only_after.iter().map(only).collect(),
    });
    let exchanges = match shift.reach {
        Reach::Both => "both",
        Reach::OnlyBefore => "only-before",
        Reach::OnlyAfter => "only-after",
    };
    Shifted { way: way(shift.way), exchanges, witness }
}

fn said<'a>(
    ruleset: &'a Ruleset,
    facts: Option<&Facts>,
    state: Option<&'a String>,
    outcome: Option<Outcome>,
) -> Option<Said<'a>> {
    let facts = facts?;
    Some(Said {
        state: state.map(String::as_str),
        outcome: outcome.map(Outcome::word),
        answers: answers(ruleset, facts),
        manifest: write_manifest(ruleset, facts, &[]),
    })
}

fn answers<'a>(ruleset: &'a Ruleset, facts: &Facts) -> Vec<Answered<'a>> {
    let answered = facts.iter().filter_map(|(ix, answer)| {
        let id = |option: &_| ruleset.choice(ix, *option).map(|choice| choice.id.as_str());
        let options = match &answer.value {
            AnswerValue::One(option) => id(option).into_iter().collect(),
            AnswerValue::Any { chosen, .. } if chosen.is_empty() => vec!["none"],
            AnswerValue::Any { chosen, .. } => chosen.iter().filter_map(id).collect(),
            AnswerValue::Unknown | AnswerValue::Text(_) => Vec::new(),
        };
        Some(Answered { question: &ruleset.questions().get(ix)?.id, options })
    });
    answered.collect()
}

fn only(one: &OneSided) -> Only<'_> {
    Only { question: &one.question, asked_by_other: one.asked }
}

fn attributed(attribute: &Attribute) -> Attributed<'_> {
    let direction = match attribute.direction {
        Direction::Stricter => "stricter",
        Direction::Looser => "looser",
        Direction::Neither => "neither",
    };
    Attributed { name: attribute.name, before: &attribute.before, after: &attribute.after, direction }
}

fn worded(word: &WordChange) -> Worded<'_> {
    Worded { part: word.part, before: word.before.as_deref(), after: word.after.as_deref() }
}

fn sourced(source: &SourceChange) -> Sourced<'_> {
    let (how, words) = match &source.how {
        SourceHow::Added => ("added", &[][..]),
        SourceHow::Dropped => ("dropped", &[][..]),
        SourceHow::Changed(words) => ("changed", words.as_slice()),
    };
    Sourced { id: &source.id, how, words: words.iter().map(worded).collect() }
}

/// What a change is about, in a word.
pub(in crate::report) fn kind(kind: Kind) -> &'static str {
    if kind == Kind::Derived { "derived" } else { noun(kind) }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::More => "more",
        Way::Harder => "harder",
        Way::Fewer => "fewer",
        Way::Easier => "easier",
        Way::Other => "other",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Stricter => "stricter",
        Verdict::Looser => "looser",
        Verdict::BothWays => "both-ways",
        Verdict::Changed => "changed",
        Verdict::OneSided => "one-sided",
        Verdict::New => "new",
        Verdict::Ended => "ended",
        Verdict::NotProved => "not-proved",
        Verdict::Reworded => "reworded",
    }
}
