//! A commented manifest to start from.

use super::comment;
use super::section::{ends_at, groups};
use crate::model::{Kind, Question, QuestionIx};
use crate::ruleset::Ruleset;

/// The longest list of options written out.
const LISTED: usize = 16;

/// A manifest for a ruleset: every question as a comment, those that always arise answered `unknown`, the rest commented
/// out. It can be checked as it is, and says "can't tell yet".
#[must_use]
pub fn write_skeleton(ruleset: &Ruleset) -> String {
    let mut skeleton = Skeleton { ruleset, lines: Vec::new() };
    skeleton.line(0, true, "clearshare: 1");
    skeleton.line(0, true, &format!("ruleset: {}", ruleset.reference()));
    skeleton.lines.push(String::new());
    for text in [
        "Change each `unknown` that you can answer, then run `clearshare check` on this file: it says what else matters.",
        "First answer the safety question, `screen`: without it the answer can only be \"can't tell yet\".",
        "Lines that start with `#` arise only with some answers: take the `#` away when `check` asks for them.",
    ] {
        skeleton.comment(0, text);
    }
    let everything: Vec<QuestionIx> = ruleset.questions().ids().collect();
    skeleton.section(&everything, 0);
    if let Some((_, myth)) = ruleset.myths().iter().next() {
        skeleton.lines.push(String::new());
        skeleton.comment(
            0,
            "What you have been told that seems to stop this, by the ids of beliefs that `clearshare rules show` lists:",
        );
        skeleton.line(0, false, &format!("told: [{}]", myth.id));
    }
    skeleton.lines.push(String::new());
    for text in ["Steps taken that no question covers, with evidence:", "done:"] {
        skeleton.comment(0, text);
    }
    skeleton.line(
        0,
        false,
        "  - { rule: id-of-the-rule, on: 2026-01-31, by: Head of Data, evidence: docs/approval.md }",
    );
    skeleton.lines.join("\n") + "\n"
}

struct Skeleton<'r> {
    ruleset: &'r Ruleset,
    lines: Vec<String>,
}

impl<'r> Skeleton<'r> {
    /// Writes questions that share the first `depth` parts of their paths.
    fn section(&mut self, questions: &[QuestionIx], depth: usize) {
        for (part, inside) in groups(questions, depth, |ix| self.id(ix)) {
            let Some(first) = inside.first() else { continue };
            let question = &self.ruleset.questions().at(*first);
            if ends_at(&question.id, depth) {
                self.question(*first, question, depth);
                continue;
            }
            if depth == 0 {
                self.lines.push(String::new());
            }
            let live = inside.iter().any(|ix| self.is_live(*ix));
            self.line(depth, live, &format!("{part}:"));
            self.section(&inside, depth + 1);
        }
    }

    fn id(&self, ix: QuestionIx) -> &'r str {
        self.ruleset.questions().get(ix).map_or("", |question| question.id.as_str())
    }

    /// Whether a question is answered `unknown` to begin with: it always arises, and is no part of the safety screen, where
    /// `unknown` would end everything.
    fn is_live(&self, ix: QuestionIx) -> bool {
        let question = &self.ruleset.questions().at(ix);
        question.only_if.is_none() && question.kind != Kind::Text && !self.ruleset.is_screening(ix)
    }

    fn question(&mut self, ix: QuestionIx, question: &Question, depth: usize) {
        let key = question.id.rsplit('.').next().unwrap_or_default();
        self.comment(depth, &question.prompt);
        let choices = self.ruleset.choices(ix);
        let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
        match question.kind {
            Kind::YesNo => self.comment(depth, "  yes | no"),
            Kind::Text => {}
            Kind::OneOf | Kind::AnyOf if ids.len() > LISTED => {
                self.comment(depth, &format!("  `clearshare explain {}` lists the answers", question.id));
            }
            Kind::OneOf => self.comment(depth, &format!("  {}", ids.join(" | "))),
            Kind::AnyOf => self.comment(depth, &format!("  none, or a list of: {}", ids.join(", "))),
        }
        let value = if question.kind == Kind::Text { "…" } else { "unknown" };
        let value = if self.ruleset.is_screening(ix) { "none" } else { value };
        self.line(depth, self.is_live(ix), &format!("{key}: {value}"));
    }

    fn line(&mut self, depth: usize, live: bool, text: &str) {
        let indent = "  ".repeat(depth);
        self.lines.push(if live { format!("{indent}{text}") } else { format!("{indent}# {text}") });
    }

    /// Writes a comment, wrapped between words.
    fn comment(&mut self, depth: usize, text: &str) {
        self.lines.extend(comment::wrapped(2 * depth, text));
    }
}
