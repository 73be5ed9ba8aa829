//! Answers as they are written.

use crate::model::{AnswerValue, OptionIx, QuestionIx};
use crate::ruleset::Parts;
use crate::yaml::quote_scalar;

/// An answer as it is written on one line.
pub(super) fn one_line(parts: &Parts, question: QuestionIx, value: &AnswerValue) -> String {
    match value {
        AnswerValue::Unknown => "unknown".to_owned(),
        AnswerValue::Text(text) => quote_scalar(text).into_owned(),
        AnswerValue::One(option) => name(parts, question, *option),
        AnswerValue::Any { .. } => match items(parts, question, value).as_slice() {
            [] => "none".to_owned(),
            items => format!("[{}]", items.join(", ")),
        },
    }
}

/// The items of an answer that is a list; none for any other.
pub(super) fn items(parts: &Parts, question: QuestionIx, value: &AnswerValue) -> Vec<String> {
    let AnswerValue::Any { chosen, more } = value else { return Vec::new() };
    let names = chosen.iter().map(|option| name(parts, question, *option));
    names.chain(more.then(|| "unknown".to_owned())).collect()
}

fn name(parts: &Parts, question: QuestionIx, option: OptionIx) -> String {
    parts.choices(question).get(usize::from(option.0)).map_or_else(String::new, |choice| choice.id.clone())
}
