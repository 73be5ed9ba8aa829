//! Derivations in words.

use super::words;
use crate::engine::{Cause, Derivation, Reason};
use crate::model::{AnswerValue, Given, QuestionIx, Subject};
use crate::ruleset::Ruleset;
use crate::text::visible;

/// One line of an explanation, and how deep it stands.
pub(super) struct Line {
    /// The depth, from 0.
    pub(super) depth: usize,
    /// The words.
    pub(super) text: String,
}

/// Why a rule has its status. `path` is the manifest's; where it is empty, answers are given by their lines alone.
pub(super) fn derivation(ruleset: &Ruleset, derivation: &Derivation<'_>, path: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    reasons(ruleset, &derivation.when, path, 0, &mut lines);
    if !derivation.met.is_empty() {
        lines.push(Line { depth: 0, text: "and to be met:".to_owned() });
        reasons(ruleset, &derivation.met, path, 1, &mut lines);
    }
    if !derivation.would_settle.is_empty() {
        let ids = questions(ruleset, derivation.would_settle);
        lines.push(Line { depth: 0, text: format!("these answers would settle it: {}", ids.join(", ")) });
    }
    lines
}

/// Reasons as lines. `path` is the manifest's.
pub(super) fn because(ruleset: &Ruleset, of: &[Reason<'_>], path: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    reasons(ruleset, of, path, 0, &mut lines);
    lines
}

fn reasons(ruleset: &Ruleset, of: &[Reason<'_>], path: &str, depth: usize, lines: &mut Vec<Line>) {
    for reason in of {
        match reason {
            Reason::Whatever { truth, questions: asked } => {
                let comes_out = if *truth { "holds" } else { "does not hold" };
                let ids = questions(ruleset, asked).join(", ");
                lines.push(Line { depth, text: format!("it {comes_out} whatever is answered to {ids}") });
            }
            Reason::Test { test, truth, cause, because } => {
                let comes_out = match truth {
                    Some(true) => "yes",
                    Some(false) => "no",
                    None => "not known",
                };
                let text = format!(
                    "{}: {comes_out} ({})",
                    words::test(ruleset, test),
                    self::cause(ruleset, &test.subject, cause, path)
                );
                lines.push(Line { depth, text });
                reasons(ruleset, because, path, depth + 1, lines);
            }
        }
    }
}

fn cause(ruleset: &Ruleset, subject: &Subject, cause: &Cause<'_>, path: &str) -> String {
    match (cause, subject) {
        (Cause::Absent, _) => "not answered yet".to_owned(),
        (Cause::DoesNotArise, _) => "the question does not arise".to_owned(),
        (Cause::Derived(values), Subject::Derived(ix, _)) => {
            let names: Vec<String> = ruleset
                .derived()
                .get(*ix)
                .into_iter()
                .flat_map(|fact| values.iter().filter_map(|value| fact.value(*value)))
                .map(|value| value.name.clone())
                .collect();
            if names.len() == 1 {
                format!("it is {}", words::or(&names))
            } else {
                format!("it can be {}", words::or(&names))
            }
        }
        // What was answered to the safety screen is not shown, whatever it was.
        (Cause::Answered { .. }, Subject::Question(ix, _)) if ruleset.is_screening(*ix) => "answered".to_owned(),
        (Cause::Answered { value, given, closed }, Subject::Question(ix, _)) => {
            let mut text = format!("answered {}", answer(ruleset, *ix, value));
            match given {
                // The page says of which file it is.
                Given::At(at) if path.is_empty() => text.push_str(&format!(" on line {}", at.line)),
                Given::At(at) => text.push_str(&format!(" at {}:{}:{}", visible(path), at.line, at.column)),
                Given::Unstated => {}
            }
            if !closed.is_empty() {
                text.push_str(&format!("; closed here: {}", words::options(ruleset, *ix, closed).join(", ")));
            }
            text
        }
        _ => String::new(),
    }
}

/// An answer as it is written in a manifest.
pub(super) fn answer(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue) -> String {
    match value {
        AnswerValue::Unknown => "unknown".to_owned(),
        AnswerValue::One(option) => words::options(ruleset, question, std::slice::from_ref(option)).concat(),
        AnswerValue::Any { chosen, more } => {
            let mut ids = words::options(ruleset, question, chosen);
            if *more {
                ids.push("unknown".to_owned());
            }
            if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
        }
        AnswerValue::Text(text) => visible(text).into_owned(),
    }
}

fn questions(ruleset: &Ruleset, asked: &[QuestionIx]) -> Vec<String> {
    asked.iter().filter_map(|ix| ruleset.questions().get(*ix)).map(|question| question.id.clone()).collect()
}
