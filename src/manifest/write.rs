//! Facts as a manifest that `check` can run.

use super::section::{ends_at, groups};
use super::value::one_line;
use crate::model::Facts;
use crate::ruleset::{Parts, Ruleset};

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
            let path = parts.questions.get(question)?.id.as_str();
            Some(Line { path, value: one_line(parts, question, &answer.value) })
        })
        .collect();
    let mut text = String::new();
    section(&lines.iter().collect::<Vec<_>>(), 0, indent, &mut text);
    text
}

/// One answer.
struct Line<'p> {
    path: &'p str,
    value: String,
}

/// Writes answers that share the first `depth` parts of their paths.
fn section(lines: &[&Line<'_>], depth: usize, indent: usize, text: &mut String) {
    for (name, inside) in groups(lines, depth, |line| line.path) {
        let lead = " ".repeat(indent + 2 * depth);
        match inside.as_slice() {
            [only] if ends_at(only.path, depth) => text.push_str(&format!("{lead}{name}: {}\n", only.value)),
            _ => {
                text.push_str(&format!("{lead}{name}:\n"));
                section(&inside, depth + 1, indent, text);
            }
        }
    }
}
