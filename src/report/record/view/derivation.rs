//! Derivations in words, from the record alone. The ids in them are those of the ruleset that advised.

use serde::Serialize;

use crate::record::v1::{FactDerivation, Given, Reason, RuleDerivation, State, Test};
use crate::report::words::or;

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// How deep it stands, from 0: a deeper line says what the one above it rests on.
    pub depth: usize,
    /// The words.
    pub text: String,
}

/// Why a rule has its status.
pub(super) fn of_rule(derivation: &RuleDerivation) -> Vec<Line> {
    let mut lines = Vec::new();
    reasons(&derivation.when, 0, &mut lines);
    if !derivation.met.is_empty() {
        lines.push(Line { depth: 0, text: "and to be met:".to_owned() });
        reasons(&derivation.met, 1, &mut lines);
    }
    settle(&derivation.would_settle, &mut lines);
    lines
}

/// Why a conclusion has its value.
pub(super) fn of_fact(derivation: &FactDerivation) -> Vec<Line> {
    let mut lines = Vec::new();
    reasons(&derivation.when, 0, &mut lines);
    settle(&derivation.would_settle, &mut lines);
    lines
}

fn settle(would_settle: &[String], lines: &mut Vec<Line>) {
    if !would_settle.is_empty() {
        lines.push(Line { depth: 0, text: format!("these answers would settle it: {}", would_settle.join(", ")) });
    }
}

fn reasons(of: &[Reason], depth: usize, lines: &mut Vec<Line>) {
    for reason in of {
        lines.push(Line { depth, text: words(reason) });
        if let Reason::Question { because, .. } | Reason::Derived { because, .. } = reason {
            reasons(because, depth + 1, lines);
        }
    }
}

fn words(reason: &Reason) -> String {
    match reason {
        Reason::Whatever { whatever, truth } => {
            let comes_out = if *truth { "holds" } else { "does not hold" };
            format!("it {comes_out} whatever is answered to {}", whatever.join(", "))
        }
        // What was answered to the safety screen is not shown, whatever it was, nor what it led to.
        Reason::Question { fact, state: State::Withheld, .. } => {
            format!("{fact}: answered, and not written down")
        }
        Reason::Question { fact, test, truth, state, answers, given, closed, .. } => {
            let cause = match state {
                State::Answered => answered(answers, *given, closed),
                State::Absent => "not answered yet".to_owned(),
                State::DoesNotArise => "the question does not arise".to_owned(),
                State::Withheld => String::new(),
            };
            format!("{}: {} ({cause})", of_question(fact, test), comes_out(*truth))
        }
        Reason::Derived { fact, test, truth, values, .. } => {
            let verb = if values.len() == 1 { "it is" } else { "it can be" };
            format!("{fact} is {}: {} ({verb} {})", or(&test.values), comes_out(*truth), or(values))
        }
    }
}

const fn comes_out(truth: Option<bool>) -> &'static str {
    match truth {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    }
}

fn answered(answers: &[String], given: Option<Given>, closed: &[String]) -> String {
    let mut text = format!("answered {}", answers.join(", "));
    if let Some(given) = given {
        text.push_str(&format!(" on line {}", given.line));
    }
    if !closed.is_empty() {
        text.push_str(&format!("; closed here: {}", closed.join(", ")));
    }
    text
}

/// A test in words: "to.body is police or anything tagged competent".
fn of_question(fact: &str, test: &Test) -> String {
    let tagged = test.tags.iter().map(|tag| format!("anything tagged {tag}"));
    let nothing = test.none.then(|| "none".to_owned());
    let items: Vec<String> = test.options.iter().cloned().chain(tagged).chain(nothing).collect();
    match test.form.as_str() {
        "all-of" => format!("{fact} has all of {}", items.join(", ")),
        "only" => format!("{fact} has only {}", or(&items)),
        "some" => format!("{fact} has something that is open here"),
        "some-without" => format!("{fact} has something open without the tag {}", test.tags.join(", ")),
        "closed" => format!("{fact} names only what is closed here"),
        _ => format!("{fact} is {}", or(&items)),
    }
}
