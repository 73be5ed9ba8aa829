//! What was answered, and what was not.

use serde::Serialize;

use super::words::who;
use crate::record::v1::{Known, OpenQuestion};
use crate::report::record::facts::word;

/// A question that still matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionView<'a> {
    /// Its id.
    pub question: &'a str,
    /// What is asked.
    pub prompt: &'a str,
    /// Why.
    pub why: Option<&'a str>,
    /// Who would know.
    pub who: Option<String>,
}

/// The answers of one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Its answers.
    pub answers: Vec<AnswerView<'a>>,
}

/// What was answered to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerView<'a> {
    /// Its id.
    pub question: &'a str,
    /// What was asked.
    pub prompt: &'a str,
    /// The answers in words.
    pub answers: Vec<&'a str>,
    /// The answers as a manifest writes them.
    pub values: Vec<&'a str>,
    /// The line of the manifest.
    pub line: Option<u32>,
}

pub(super) fn question(question: &OpenQuestion) -> QuestionView<'_> {
    QuestionView {
        question: &question.question,
        prompt: &question.prompt,
        why: question.why.as_deref(),
        who: question.who.as_ref().map(who),
    }
}

/// The answers, by section: sections stand in the order in which they first come. What was answered to the safety screen is not shown.
pub(super) fn sections(known: &Known) -> Vec<SectionView<'_>> {
    let mut sections: Vec<SectionView<'_>> = Vec::new();
    for answer in known.answers.iter().filter(|answer| !answer.screening) {
        let view = AnswerView {
            question: &answer.question,
            prompt: &answer.prompt,
            answers: answer.answers.iter().map(word).collect(),
            values: answer.answers.iter().map(|word| word.value.as_str()).collect(),
            line: answer.given.map(|given| given.line),
        };
        match sections.iter_mut().find(|section| section.title == answer.section) {
            Some(section) => section.answers.push(view),
            None => sections.push(SectionView { title: &answer.section, answers: vec![view] }),
        }
    }
    sections
}
