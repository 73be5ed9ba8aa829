//! What is known about one exchange.

use serde::{Deserialize, Serialize};

use super::id::{Ix, OptionIx, QuestionIx};
use crate::text::Location;

/// The value of an answer. A question that has no answer is absent from [`Facts`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerValue {
    /// The person said that they do not know.
    Unknown,
    /// The option of a `yes-no` or `one-of` question.
    One(OptionIx),
    /// The options of an `any-of` question, sorted; empty means `none`. With `more`, `unknown` stood beside them:
    /// these hold, the rest are not known.
    Any {
        /// The options that hold.
        chosen: Vec<OptionIx>,
        /// Whether others may hold too.
        more: bool,
    },
    /// The text of a `text` question; never in a condition.
    Text(String),
}

impl AnswerValue {
    /// Whether some of the answer is not known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown | Self::Any { more: true, .. })
    }
}

/// Where an answer was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// Nobody said where.
    Unstated,
    /// In the manifest.
    At(Location),
}

/// A question's answer and where it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What was answered.
    pub value: AnswerValue,
    /// Where.
    pub given: Given,
}

/// The answers of one exchange, by question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    answers: Vec<Option<Answer>>,
}

impl Facts {
    /// The answer to a question, if there is one.
    #[must_use]
    pub fn get(&self, question: QuestionIx) -> Option<&Answer> {
        self.answers.get(question.index()).and_then(Option::as_ref)
    }

    /// Sets or replaces an answer.
    pub fn set(&mut self, question: QuestionIx, answer: Answer) {
        self.slot(question).replace(answer);
    }

    /// Takes an answer out.
    pub fn remove(&mut self, question: QuestionIx) -> Option<Answer> {
        self.slot(question).take()
    }

    /// The answers there are, in the order of the questions.
    pub fn iter(&self) -> impl Iterator<Item = (QuestionIx, &Answer)> {
        self.answers.iter().enumerate().filter_map(|(i, a)| a.as_ref().map(|a| (QuestionIx::new(i), a)))
    }

    fn slot(&mut self, question: QuestionIx) -> &mut Option<Answer> {
        let index = question.index();
        if self.answers.len() <= index {
            self.answers.resize(index + 1, None);
        }
        #[expect(clippy::indexing_slicing, reason = "resized just above")]
        &mut self.answers[index]
    }
}
