//! A question.

use super::list;
use super::sheet::Sheet;
use super::uses::{self, Reads};
use crate::model::{Changeable, Kind, Question, QuestionIx};
use crate::report::words;

/// Writes what a question asks.
pub(super) fn write(sheet: &mut Sheet<'_>, ix: QuestionIx) {
    let ruleset = sheet.ruleset;
    let Some(question) = ruleset.questions().get(ix) else { return };
    sheet.title("Question", &question.id, &question.prompt);
    sheet.line(takes(question));
    if let Some(section) = ruleset.sections().get(question.section) {
        sheet.line(&format!("Section: {}.", section.title));
    }
    sheet.optional("Help", question.help.as_deref());
    sheet.optional("Why it is asked", question.why.as_deref());
    if let Some(who) = question.who {
        sheet.part("Who would know", &words::capital(&words::who(ruleset, who)));
    }
    if question.kind != Kind::Text {
        sheet.part("Can it change?", changeable(question.changeable));
    }
    if let Some(condition) = &*question.only_if {
        sheet.condition("It arises when", condition);
    }
    list::options(sheet, ix, question);
    let reads = Reads::of_question(ruleset, ix);
    sheet.list("Rules that read it", &uses::rules(ruleset, &reads.rules));
    sheet.list("Facts that follow from it", &uses::derived(ruleset, &reads.derived));
    sheet.list("Rules that read those facts", &uses::rules(ruleset, &reads.rules_by_facts));
    sheet.sources(&question.cites);
    sheet.origin(question.place);
}

fn takes(question: &Question) -> &'static str {
    match question.kind {
        Kind::YesNo => "Answered yes or no.",
        Kind::OneOf => "Takes one option.",
        Kind::AnyOf => "Takes any number of options, or `none`.",
        Kind::Text => "Takes a text, for people to read. No rule depends on it.",
    }
}

fn changeable(changeable: Changeable) -> &'static str {
    match changeable {
        Changeable::Fixed => "The answer is a fact of the world.",
        Changeable::Design => "A team can change the answer by changing the design.",
        Changeable::Evidence => "A team can change the answer by getting something done.",
    }
}
