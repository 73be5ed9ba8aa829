//! Roles, sections, themes and tags.

use super::sheet::Sheet;
use super::uses;
use crate::model::{RoleIx, Rule, SectionIx, Step, TagIx, ThemeIx};

/// Writes what a role does.
pub(super) fn role(sheet: &mut Sheet<'_>, ix: RoleIx) {
    let ruleset = sheet.ruleset;
    let Some(role) = ruleset.roles().get(ix) else { return };
    sheet.title("Role", &role.id, &role.title);
    sheet.line(&role.does);
    let acts = |steps: &[Step]| steps.iter().any(|step| step.who.role == ix);
    let rules = |wanted: &dyn Fn(&Rule) -> bool| {
        let rules: Vec<_> = ruleset.rules().iter().filter(|(_, rule)| wanted(rule)).map(|(ix, _)| ix).collect();
        uses::rules(ruleset, &rules)
    };
    sheet.list("Gives the advice that these rules need", &rules(&|rule| rule.refer == Some(ix)));
    sheet.list("Takes a step of these rules", &rules(&|rule| acts(&rule.steps)));
    sheet.list("May waive these rules", &rules(&|rule| rule.waivable_by.contains(&ix)));
    let lists = ruleset.lists().iter().filter(|(_, list)| list.each.is_none());
    let options = lists.flat_map(|(_, list)| &list.choices).filter(|choice| {
        acts(&choice.steps) || choice.conditions.iter().any(|condition| condition.confirmed_by.role == ix)
    });
    let options: Vec<_> = options.map(|choice| uses::name(&choice.id, &choice.label)).collect();
    sheet.list("Confirms or acts on these options", &options);
    let questions = ruleset.questions().iter().filter(|(_, question)| question.who.is_some_and(|who| who.role == ix));
    let questions: Vec<_> = questions.map(|(_, question)| uses::name(&question.id, &question.prompt)).collect();
    sheet.list("Would know the answers to", &questions);
    sheet.origin(role.place);
}

/// Writes the questions of a section.
pub(super) fn section(sheet: &mut Sheet<'_>, ix: SectionIx) {
    let ruleset = sheet.ruleset;
    let Some(section) = ruleset.sections().get(ix) else { return };
    sheet.title("Section", &section.id, &section.title);
    let questions = ruleset.questions().iter().filter(|(_, question)| question.section == ix);
    let questions: Vec<_> = questions.map(|(_, question)| uses::name(&question.id, &question.prompt)).collect();
    sheet.list("Its questions, in asking order", &questions);
}

/// Writes the rules of a theme.
pub(super) fn theme(sheet: &mut Sheet<'_>, ix: ThemeIx) {
    let ruleset = sheet.ruleset;
    let Some(theme) = ruleset.themes().get(ix) else { return };
    sheet.title("Theme", &theme.id, &theme.title);
    let rules: Vec<_> = ruleset.rules().iter().filter(|(_, rule)| rule.theme == ix).map(|(ix, _)| ix).collect();
    sheet.list("Its rules", &uses::rules(ruleset, &rules));
}

/// Writes which options carry a tag, and what tests it.
pub(super) fn tag(sheet: &mut Sheet<'_>, ix: TagIx) {
    let ruleset = sheet.ruleset;
    let Some(tag) = ruleset.tags().get(ix) else { return };
    sheet.title("Tag", tag, &format!("Options tagged {tag}"));
    for (_, list) in ruleset.lists().iter().filter(|(_, list)| list.each.is_none()) {
        let tagged = list.choices.iter().filter(|choice| choice.tags.contains(&ix));
        let tagged: Vec<_> = tagged.map(|choice| uses::name(&choice.id, &choice.label)).collect();
        sheet.list(&format!("Options of {} that have it", list.name), &tagged);
    }
    sheet.list("Rules that test it", &uses::rules(ruleset, &uses::rules_testing_tag(ruleset, ix)));
    sheet.list("Facts that test it", &uses::derived(ruleset, &uses::derived_testing_tag(ruleset, ix)));
}
