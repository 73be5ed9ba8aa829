//! Facts as a manifest that `check` can run.

use crate::model::{AnswerValue, Facts, Ix, OptionIx, QuestionIx};
use crate::ruleset::{Parts, Ruleset};
use crate::yaml::quote_scalar;

/// A manifest that states these facts, under comments of one line each.
#[must_use]
pub fn write_manifest(ruleset: &Ruleset, facts: &Facts, comments: &[&str]) -> String {
    let mut text = String::new();
    for comment in comments {
        text.push_str(&format!("# {}\n", crate::text::visible(comment)));
    }
    text.push_str("clearshare: 1\n");
    text.push_str(&format!("ruleset: {}\n", ruleset.reference()));
    text.push_str(&write_facts(ruleset.parts(), facts, 0));
    text
}

/// The facts as nested sections, each line indented by so many spaces. Empty where there are none.
#[must_use]
pub fn write_facts(parts: &Parts, facts: &Facts, indent: usize) -> String {
    let lines: Vec<Line<'_>> = facts
        .iter()
        .filter_map(|(question, answer)| {
            let path = parts.questions.get(question)?.id.split('.').collect();
            Some(Line { path, value: written(parts, question, &answer.value) })
        })
        .collect();
    let mut text = String::new();
    section(&lines.iter().collect::<Vec<_>>(), 0, indent, &mut text);
    text
}

/// One answer.
struct Line<'p> {
    path: Vec<&'p str>,
    value: String,
}

/// Writes answers that share the first `depth` parts of their paths. Each section is written once, however the questions
/// of a ruleset are mixed.
fn section(lines: &[&Line<'_>], depth: usize, indent: usize, text: &mut String) {
    let part = |line: &Line<'_>| line.path.get(depth).copied().unwrap_or_default().to_owned();
    let mut parts: Vec<String> = Vec::new();
    for line in lines {
        if !parts.contains(&part(line)) {
            parts.push(part(line));
        }
    }
    for name in parts {
        let inside: Vec<&Line<'_>> = lines.iter().copied().filter(|line| part(line) == name).collect();
        let lead = " ".repeat(indent + 2 * depth);
        match inside.as_slice() {
            [only] if only.path.len() == depth + 1 => text.push_str(&format!("{lead}{name}: {}\n", only.value)),
            _ => {
                text.push_str(&format!("{lead}{name}:\n"));
                section(&inside, depth + 1, indent, text);
            }
        }
    }
}

/// A value as it is written in a manifest.
fn written(parts: &Parts, question: QuestionIx, value: &AnswerValue) -> String {
    let name = |option: &OptionIx| {
        parts.choices(question).get(option.index()).map_or_else(String::new, |choice| choice.id.clone())
    };
    match value {
        AnswerValue::Unknown => "unknown".to_owned(),
        AnswerValue::Text(text) => quote_scalar(text).into_owned(),
        AnswerValue::One(option) => name(option),
        AnswerValue::Any { chosen, more: false } if chosen.is_empty() => "none".to_owned(),
        AnswerValue::Any { chosen, more } => {
            let mut names: Vec<String> = chosen.iter().map(name).collect();
            names.extend(more.then(|| "unknown".to_owned()));
            format!("[{}]", names.join(", "))
        }
    }
}
