//! A commented manifest to start from.

use crate::model::{Kind, Question, QuestionIx};
use crate::ruleset::Ruleset;

/// The width of comments.
const WIDTH: usize = 96;

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

impl Skeleton<'_> {
    /// Writes questions that share the first `depth` parts of their paths.
    fn section(&mut self, questions: &[QuestionIx], depth: usize) {
        let mut parts: Vec<&str> = Vec::new();
        for ix in questions {
            let part = self.part(*ix, depth);
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let parts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
        for part in parts {
            let inside: Vec<QuestionIx> =
                questions.iter().copied().filter(|ix| self.part(*ix, depth) == part).collect();
            let Some(first) = inside.first() else { continue };
            let question = &self.ruleset.questions().at(*first);
            if question.id.split('.').count() == depth + 1 {
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

    fn part(&self, ix: QuestionIx, depth: usize) -> &str {
        self.ruleset.questions().get(ix).and_then(|q| q.id.split('.').nth(depth)).unwrap_or_default()
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

    /// Writes a comment, wrapped between words. Spaces before the text indent it within the comment.
    fn comment(&mut self, depth: usize, text: &str) {
        let inner = text.chars().take_while(|c| *c == ' ').count();
        let indent = format!("{}# {}", "  ".repeat(depth), " ".repeat(inner));
        let mut line = String::new();
        for word in text.split_whitespace() {
            if !line.is_empty() && indent.len() + line.chars().count() + 1 + word.chars().count() > WIDTH {
                self.lines.push(format!("{indent}{line}"));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.lines.push(format!("{indent}{line}"));
    }
}
