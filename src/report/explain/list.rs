//! The options of a question.

use super::sheet::Sheet;
use crate::model::{Choice, ChoiceList, Kind, Question, QuestionIx};

/// The longest list whose options are shown with their words.
const IN_WORDS: usize = 24;

/// Writes the options of a question.
pub(super) fn options(sheet: &mut Sheet<'_>, ix: QuestionIx, question: &Question) {
    let ruleset = sheet.ruleset;
    let list = question.list.and_then(|list| ruleset.lists().get(list));
    let Some(list) = list.filter(|_| question.kind != Kind::YesNo) else { return };
    write(sheet, list, ruleset.choices(ix));
    if let Some(followed) = list.each.and_then(|ix| ruleset.questions().get(ix)) {
        sheet.text(2, &format!("Each is open only when it is chosen, and open, in {}.", followed.id));
    }
}

fn write(sheet: &mut Sheet<'_>, list: &ChoiceList, choices: &[Choice]) {
    sheet.heading(&format!("Options ({})", choices.len()));
    if list.choices.len() <= IN_WORDS {
        for choice in choices {
            let marks = marks(choice);
            sheet.bullet(2, &format!("{}: {}{marks}", choice.id, choice.label));
        }
        return;
    }
    let ids: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
    sheet.text(2, &ids.join(", "));
    sheet.text(2, "`clearshare explain option:ID` says what one of them is.");
}

/// What has to be known of an option before it is chosen.
fn marks(choice: &Choice) -> &'static str {
    match (&choice.upcoming, &*choice.only_if) {
        (Some(_), _) => " (not in force yet)",
        (None, Some(_)) => " (open only in some cases)",
        (None, None) => "",
    }
}
