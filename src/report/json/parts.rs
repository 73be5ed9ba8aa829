//! What documents of every format hold alike: which program wrote them, about which ruleset, places and answers.

use std::io;

use serde::Serialize;

use super::layout;
use crate::model::{Answer, AnswerValue, Facts, OptionIx, QuestionIx};
use crate::report::Out;
use crate::ruleset::Ruleset;
use crate::text::{self, Sources};

/// The program that wrote it.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    /// This program.
    pub(super) const THIS: Self = Self { name: "clearshare", version: env!("CARGO_PKG_VERSION") };
}

/// Which ruleset a document is about.
#[derive(Serialize)]
pub(in crate::report) struct Subject<'a> {
    id: &'a str,
    version: String,
    status: &'static str,
    digest: &'a str,
}

impl<'a> Subject<'a> {
    pub(in crate::report) fn of(ruleset: &'a Ruleset) -> Self {
        let info = ruleset.info();
        Self { id: &info.id, version: info.version.to_string(), status: info.state.word(), digest: ruleset.digest() }
    }
}

/// A stretch of a file, or where it starts.
#[derive(Serialize)]
pub(in crate::report) struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
}

impl<'a> Place<'a> {
    /// Where something starts.
    pub(in crate::report) fn start(place: text::Place, sources: &'a Sources) -> Option<Self> {
        let source = sources.get(place.file)?;
        let from = source.location(place.span.start);
        Some(Self { file: source.name(), line: from.line, column: from.column, end_line: None, end_column: None })
    }

    /// Where something starts and ends.
    pub(in crate::report) fn whole(place: text::Place, sources: &'a Sources) -> Option<Self> {
        let to = sources.get(place.file)?.location(place.span.end);
        let start = Self::start(place, sources)?;
        Some(Self { end_line: Some(to.line), end_column: Some(to.column), ..start })
    }
}

/// A question and the answers to it, as a manifest writes them.
#[derive(Serialize)]
pub(in crate::report) struct Fact<'a> {
    question: &'a str,
    answers: Vec<&'a str>,
}

/// Every answer, in the order of the questions.
pub(in crate::report) fn facts<'a>(ruleset: &'a Ruleset, facts: &'a Facts) -> Vec<Fact<'a>> {
    let fact = |(question, answer): (QuestionIx, &'a Answer)| {
        let id = ruleset.questions().get(question)?.id.as_str();
        Some(Fact { question: id, answers: answers(ruleset, question, &answer.value) })
    };
    facts.iter().filter_map(fact).collect()
}

fn answers<'a>(ruleset: &'a Ruleset, question: QuestionIx, value: &'a AnswerValue) -> Vec<&'a str> {
    let name = |option: &OptionIx| ruleset.choice(question, *option).map(|choice| choice.id.as_str());
    match value {
        AnswerValue::Unknown => vec!["unknown"],
        AnswerValue::Text(text) => vec![text],
        AnswerValue::One(option) => name(option).into_iter().collect(),
        AnswerValue::Any { chosen, more: false } if chosen.is_empty() => vec!["none"],
        AnswerValue::Any { chosen, more } => chosen.iter().filter_map(name).chain(more.then_some("unknown")).collect(),
    }
}

/// A whole document.
#[derive(Serialize)]
struct Document<'a, M> {
    format: &'static str,
    tool: Tool,
    #[serde(flatten)]
    members: &'a M,
}

/// Writes a whole document: its format and the program that wrote it come before its own members.
pub(in crate::report) fn write(out: Out<'_>, format: &'static str, members: &impl Serialize) -> io::Result<()> {
    let mut bytes = Vec::new();
    layout::write(&Document { format, tool: Tool::THIS, members }, 0, &mut bytes)?;
    bytes.push(b'\n');
    out.write_all(&bytes)
}
