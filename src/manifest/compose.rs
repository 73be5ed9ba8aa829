//! The manifest that an interview leaves behind, as a person would have written it.

use super::section::{ends_at, groups};
use super::told::NOTHING;
use super::{comment, harmless, value};
use crate::model::{AnswerValue, Facts, MythIx, QuestionIx};
use crate::ruleset::Ruleset;

/// How far a section's answers are indented where nothing else says so.
pub(super) const STEP: usize = 2;

/// What an interview learned of one exchange. Its title, reference and contact are answers too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interviewed {
    /// The answers.
    pub facts: Facts,
    /// The beliefs that the team was told.
    pub told: Vec<MythIx>,
    /// Whether it was told nothing of the kind, and that is to be said.
    pub told_nothing: bool,
}

/// A manifest that states what an interview learned: the ruleset's sections in their order, and above each answer its
/// question as a comment, with whom to ask about what is not known.
///
/// Of the safety screen it holds only answers that can end nothing; any other is left out.
#[must_use]
pub fn compose(ruleset: &Ruleset, interviewed: &Interviewed) -> String {
    let facts = harmless::writable(ruleset, &stated(&interviewed.facts));
    let mut lines = vec!["clearshare: 1".to_owned(), format!("ruleset: {}", ruleset.reference())];
    let everything: Vec<QuestionIx> = ruleset.questions().ids().collect();
    let composer = Composer { ruleset, facts: &facts, step: STEP };
    for (name, inside) in groups(&everything, 0, |question| composer.id(question)) {
        let section = composer.group(name, &inside, 0, 0);
        if !section.is_empty() {
            lines.push(String::new());
            lines.extend(section);
        }
    }
    let told = told(ruleset, &interviewed.told);
    if !told.is_empty() {
        lines.extend([String::new(), format!("# {TOLD}"), "told:".to_owned()]);
        lines.extend(told.iter().map(|id| format!("{}- {id}", " ".repeat(STEP))));
    } else if interviewed.told_nothing {
        lines.extend([String::new(), format!("# {TOLD}"), format!("told: {NOTHING}")]);
    }
    lines.join("\n") + "\n"
}

/// The comment above what a team was told.
pub(super) const TOLD: &str = "What we have been told";

/// The ids of beliefs.
pub(super) fn told(ruleset: &Ruleset, told: &[MythIx]) -> Vec<String> {
    told.iter().filter_map(|ix| ruleset.myths().get(*ix)).map(|myth| myth.id.clone()).collect()
}

/// The facts that a manifest can state: it has no word for an empty text.
pub(super) fn stated(facts: &Facts) -> Facts {
    let mut stated = Facts::default();
    for (question, answer) in facts.iter() {
        let value = match &answer.value {
            AnswerValue::Text(text) if text.trim().is_empty() => continue,
            AnswerValue::Any { chosen, more: true } if chosen.is_empty() => AnswerValue::Unknown,
            AnswerValue::Any { chosen, more } => {
                let mut chosen = chosen.clone();
                chosen.sort_unstable();
                chosen.dedup();
                AnswerValue::Any { chosen, more: *more }
            }
            value => value.clone(),
        };
        stated.set(question, crate::model::Answer { value, given: answer.given });
    }
    stated
}

/// Writes answers under their questions.
pub(super) struct Composer<'r> {
    pub(super) ruleset: &'r Ruleset,
    /// The answers.
    pub(super) facts: &'r Facts,
    /// How far a section's answers are indented.
    pub(super) step: usize,
}

impl<'r> Composer<'r> {
    pub(super) fn id(&self, question: QuestionIx) -> &'r str {
        self.ruleset.questions().get(question).map_or("", |question| question.id.as_str())
    }

    /// The lines of one group of questions, which share the first parts of their paths and this one, `name`; none where
    /// none of them is answered.
    pub(super) fn group(&self, name: &str, inside: &[QuestionIx], depth: usize, column: usize) -> Vec<String> {
        if let [only] = inside
            && ends_at(self.id(*only), depth)
        {
            return self.answer(name, *only, column);
        }
        let inner = groups(inside, depth + 1, |question| self.id(question));
        let lines: Vec<String> =
            inner.iter().flat_map(|(name, inside)| self.group(name, inside, depth + 1, column + self.step)).collect();
        let heading = (!lines.is_empty()).then(|| format!("{}{name}:", " ".repeat(column)));
        heading.into_iter().chain(lines).collect()
    }

    fn answer(&self, key: &str, question: QuestionIx, column: usize) -> Vec<String> {
        let Some(answer) = self.facts.get(question) else { return Vec::new() };
        let above = comment::above(self.ruleset, question, &answer.value);
        let mut lines: Vec<String> = above.iter().flat_map(|text| comment::wrapped(column, text)).collect();
        let (lead, parts) = (" ".repeat(column), self.ruleset.parts());
        let line = format!("{lead}{key}: {}", value::one_line(parts, question, &answer.value));
        let items = value::items(parts, question, &answer.value);
        if line.chars().count() <= comment::WIDTH || items.is_empty() {
            lines.push(line);
        } else {
            lines.push(format!("{lead}{key}:"));
            lines.extend(items.iter().map(|item| format!("{lead}  - {item}")));
        }
        lines
    }
}
