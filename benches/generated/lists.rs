//! Questions and their options as a generator sees them, and how they are written.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    YesNo,
    OneOf,
    AnyOf,
}

/// An option of a question.
#[derive(Clone)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) tags: Vec<String>,
    pub(super) only_if: Option<String>,
    pub(super) conditions: bool,
}

impl Choice {
    /// An option with nothing but an id.
    pub(super) fn new(id: String) -> Self {
        Self { id, tags: Vec::new(), only_if: None, conditions: false }
    }

    /// The same with a tag.
    pub(super) fn tagged(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    fn write(&self, used: &BTreeSet<String>, indent: &str) -> String {
        let mut text = format!("{indent}- {{ id: {0}, label: {0}", self.id);
        let tags: Vec<&str> = self.tags.iter().filter(|tag| used.contains(*tag)).map(String::as_str).collect();
        if !tags.is_empty() {
            let _ = write!(text, ", tags: [{}]", tags.join(", "));
        }
        if let Some(only_if) = &self.only_if {
            let _ = write!(text, ", only-if: {only_if}");
        }
        if self.conditions {
            text.push_str(", conditions: [{ must-hold: It holds, confirmed-by: from.legal-adviser }]");
        }
        text + " }\n"
    }
}

/// A question that conditions can read.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) choices: Vec<Choice>,
    /// The name of the list where it is in a file.
    pub(super) list: Option<String>,
    /// The question whose options it has.
    pub(super) each: Option<String>,
    pub(super) only_if: Option<String>,
    pub(super) changeable: &'static str,
    /// Everything that its answer waits for, and itself.
    pub(super) reads: BTreeSet<String>,
    /// Which option a test names next, so that in time every one is told apart.
    pub(super) next: usize,
}

impl Asked {
    /// The question in `questions.yaml`.
    pub(super) fn write(&self, used: &BTreeSet<String>, who: &str) -> String {
        let kind = match self.kind {
            Kind::YesNo => "yes-no",
            Kind::OneOf => "one-of",
            Kind::AnyOf => "any-of",
        };
        let mut text = format!("      - id: {}\n        type: {kind}\n        prompt: What is it?\n", self.id);
        let _ = writeln!(
            text,
            "        why: Rules read it.\n        who: from.{who}\n        changeable: {}",
            self.changeable
        );
        if let Some(only_if) = &self.only_if {
            let _ = writeln!(text, "        only-if: {only_if}");
        }
        if self.id.ends_with(".gateway") {
            text.push_str("        candidates: Powers that may fit\n");
        }
        if let Some(of) = &self.each {
            let _ = writeln!(text, "        options: {{ each: {of} }}");
        } else if let Some(list) = &self.list {
            let _ = writeln!(text, "        options: {list}");
        } else if self.kind != Kind::YesNo {
            let _ = write!(text, "        options:\n{}", self.options(used, "          "));
        }
        text
    }

    /// Its options, one a line.
    pub(super) fn options(&self, used: &BTreeSet<String>, indent: &str) -> String {
        self.choices.iter().map(|choice| choice.write(used, indent)).collect()
    }

    /// The tags of its options, each once.
    pub(super) fn tags(&self) -> Vec<String> {
        let all: BTreeSet<String> = self.choices.iter().flat_map(|choice| choice.tags.clone()).collect();
        all.into_iter().collect()
    }
}
