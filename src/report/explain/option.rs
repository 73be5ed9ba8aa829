//! An option.

use super::sheet::Sheet;
use super::uses;
use crate::model::{Choice, Ix, ListIx, OptionIx};
use crate::report::words;

/// Writes what an option is.
pub(super) fn write(sheet: &mut Sheet<'_>, list: ListIx, ix: OptionIx) {
    let ruleset = sheet.ruleset;
    let choice = ruleset.lists().get(list).and_then(|list| list.choices.get(ix.index()));
    let Some(choice) = choice else { return };
    sheet.title("Option", &choice.id, &choice.label);
    sheet.optional("Help", choice.help.as_deref());
    let questions = ruleset.questions().iter().filter(|(_, question)| question.list == Some(list));
    sheet.list(
        "It answers",
        &questions.map(|(_, question)| uses::name(&question.id, &question.prompt)).collect::<Vec<_>>(),
    );
    sheet.upcoming(choice.upcoming.as_ref(), "Until then it is closed.");
    if let Some(condition) = &*choice.only_if {
        sheet.condition("It is open when", condition);
    }
    sheet.list("To rely on it", &conditions(sheet, choice));
    sheet.steps("What to do when it is relied on", &choice.steps);
    let tags = choice.tags.iter().filter_map(|tag| ruleset.tags().get(*tag)).cloned();
    sheet.names("Tags", &tags.collect::<Vec<_>>());
    sheet.list("Rules that name it", &uses::rules(ruleset, &uses::rules_naming(ruleset, list, ix)));
    sheet.sources(&choice.cites);
    sheet.origin(choice.place);
}

fn conditions(sheet: &Sheet<'_>, choice: &Choice) -> Vec<String> {
    let condition = |condition: &crate::model::ChoiceCondition| {
        format!("{} (confirmed by {})", condition.must_hold, words::who(sheet.ruleset, condition.confirmed_by))
    };
    choice.conditions.iter().map(condition).collect()
}
