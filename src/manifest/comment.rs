//! Comments of a manifest: a question above its answer, and who knows what is not known yet.

use crate::model::{AnswerValue, Party, QuestionIx, Who};
use crate::ruleset::Ruleset;
use crate::text::visible;

/// The width of comments.
pub(super) const WIDTH: usize = 96;

/// The lines of a comment in a column, wrapped between words. Spaces before the text indent it within the comment.
pub(super) fn wrapped(column: usize, text: &str) -> Vec<String> {
    let inner = text.chars().take_while(|c| *c == ' ').count();
    let indent = format!("{}# {}", " ".repeat(column), " ".repeat(inner));
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && indent.len() + line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{indent}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(format!("{indent}{line}").trim_end().to_owned());
    lines
}

/// What is said above an answer: the question, and who would know what is not known.
pub(super) fn above(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue) -> Vec<String> {
    let note = value.is_unknown().then(|| note(ruleset, question, value));
    prompt(ruleset, question).into_iter().chain(note).collect()
}

/// The question as it is asked.
pub(super) fn prompt(ruleset: &Ruleset, question: QuestionIx) -> Option<String> {
    ruleset.questions().get(question).map(|question| visible(&question.prompt).into_owned())
}

/// Who to ask about what is not known.
pub(super) fn note(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue) -> String {
    let lead = if matches!(value, AnswerValue::Any { .. }) { "The rest is not known yet." } else { "Not known yet." };
    let who = ruleset.questions().get(question).and_then(|question| question.who);
    who.map_or_else(|| lead.to_owned(), |who| format!("{lead} Ask: {}.", role(ruleset, who)))
}

/// Every note that may stand above an answer to a question.
pub(super) fn notes(ruleset: &Ruleset, question: QuestionIx) -> [String; 2] {
    [AnswerValue::Unknown, AnswerValue::Any { chosen: Vec::new(), more: true }]
        .map(|value| note(ruleset, question, &value))
}

fn role(ruleset: &Ruleset, who: Who) -> String {
    let title = ruleset.roles().get(who.role).map_or("", |role| role.title.as_str());
    let whose = match who.party {
        Party::From => "the sender's",
        Party::To => "the recipient's",
        Party::Any => "the",
    };
    format!("{whose} {}", visible(title))
}
