//! Words that take one of a few values.

use super::CaseReader;
use crate::finding::{Code, Finding};
use crate::model::{Basis, Due, Exactly, Level, Outcome, Status, Written};
use crate::text::quoted;
use crate::yaml::{Node, Value, shape};

/// The levels of rules.
pub(super) const LEVELS: [(&str, Level); 4] =
    [("must-not", Level::MustNot), ("must", Level::Must), ("should", Level::Should), ("could", Level::Could)];

/// What can stand behind a rule.
pub(super) const BASES: [(&str, Basis); 3] =
    [("law", Basis::Law), ("policy", Basis::Policy), ("guidance", Basis::Guidance)];

/// When a rule can be due.
pub(super) const DUES: [(&str, Due); 2] = [("before", Due::Before), ("after", Due::After)];

/// The statuses, in the order of the documentation.
pub(super) const STATUSES: [(&str, Status); 6] = [
    ("applies", Status::Applies),
    ("met", Status::Met),
    ("done", Status::Done),
    ("waived", Status::Waived),
    ("not-applicable", Status::NotApplicable),
    ("undetermined", Status::Undetermined),
];

/// The outcomes, in the order of the documentation.
pub(super) const OUTCOMES: [(&str, Outcome); 5] = [
    ("stop", Outcome::Stop),
    ("refer", Outcome::Refer),
    ("incomplete", Outcome::Incomplete),
    ("act-first", Outcome::ActFirst),
    ("ready", Outcome::Ready),
];

/// What `exactly` can be about.
const PARTS: [(&str, Part); 4] =
    [("rules", Part::Rules), ("derived", Part::Derived), ("candidates", Part::Candidates), ("myths", Part::Myths)];

#[derive(Clone, Copy)]
enum Part {
    Rules,
    Derived,
    Candidates,
    Myths,
}

impl CaseReader<'_, '_> {
    /// One of a few words, and where it is written. `what` is what it should be: "a status".
    pub(super) fn word<T: Copy>(&mut self, node: &Node, what: &str, words: &[(&str, T)]) -> Option<Written<T>> {
        let text = shape::text(node, what, self.findings)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let (last, first) = known.split_last().unwrap_or((&"", &[]));
            self.findings.push(
                Finding::new(Code::UnknownWord, format!("{} is not {what}", quoted(text)))
                    .at(node.place)
                    .help(format!("it is `{}` or `{last}`", first.join("`, `"))),
            );
        }
        found.map(|(_, value)| Written { value: *value, place: node.place })
    }

    /// `yes`, `no`, or some of what can be checked although it is not named.
    pub(super) fn exactly(&mut self, node: &Node) -> Exactly {
        let place = Some(node.place);
        let is_word = |words: [&str; 2]| node.as_scalar().is_some_and(|scalar| words.contains(&scalar.text.as_str()));
        if is_word(["yes", "true"]) {
            return Exactly { rules: place, derived: place, candidates: place, myths: place };
        }
        let mut exactly = Exactly::default();
        if is_word(["no", "false"]) {
            return exactly;
        }
        let items = match &node.value {
            Value::Scalar(_) => std::slice::from_ref(node),
            _ => shape::list(node, "`yes`, or a list such as `[rules, myths]`", self.findings).unwrap_or(&[]),
        };
        for item in items {
            let Some(part) = self.word(item, "one of the parts that can be exact", &PARTS) else { continue };
            let slot = match part.value {
                Part::Rules => &mut exactly.rules,
                Part::Derived => &mut exactly.derived,
                Part::Candidates => &mut exactly.candidates,
                Part::Myths => &mut exactly.myths,
            };
            *slot = Some(part.place);
        }
        exactly
    }
}
