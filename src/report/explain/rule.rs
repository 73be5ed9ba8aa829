//! A rule.

use super::sheet::Sheet;
use crate::model::{Basis, Due, Level, Rule, RuleIx};
use crate::report::words;

/// Writes what a rule says.
pub(super) fn write(sheet: &mut Sheet<'_>, ix: RuleIx) {
    let ruleset = sheet.ruleset;
    let Some(rule) = ruleset.rules().get(ix) else { return };
    sheet.title("Rule", &rule.id, &rule.title);
    sheet.line(&standing(rule));
    if let Some(theme) = ruleset.themes().get(rule.theme) {
        sheet.line(&format!("Theme: {}.", theme.title));
    }
    sheet.part("Why", &rule.because);
    sheet.upcoming(rule.upcoming.as_ref(), "Until then it never applies.");
    sheet.condition("It applies when", &rule.when);
    if let Some(met) = &*rule.met_when {
        sheet.condition("It is met when", met);
    }
    sheet.optional("When it does not apply", rule.otherwise.as_deref());
    sheet.steps("What to do", &rule.steps);
    sheet.part("How it is settled", &settled(sheet, rule));
    sheet.sources(&rule.cites);
    sheet.origin(rule.place);
}

/// How strongly it binds, what stands behind it and when it is due.
fn standing(rule: &Rule) -> String {
    let level = words::capital(level(rule.level));
    let basis = basis(rule.basis);
    match (rule.level, rule.due) {
        (Level::MustNot, _) => format!("{level}, by {basis}."),
        (_, Due::Before) => format!("{level}, by {basis}. Due before sharing."),
        (_, Due::After) => format!("{level}, by {basis}. Due after sharing: it does not hold up an exchange."),
    }
}

/// A level in words.
pub(in crate::report) fn level(level: Level) -> &'static str {
    match level {
        Level::MustNot => "must not",
        Level::Must => "must",
        Level::Should => "should",
        Level::Could => "could",
    }
}

/// A basis in words.
pub(in crate::report) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Law => "law",
        Basis::Policy => "policy",
        Basis::Guidance => "guidance",
    }
}

fn settled(sheet: &Sheet<'_>, rule: &Rule) -> String {
    let roles = sheet.ruleset.roles();
    let title = |ix| roles.get(ix).map_or("", |role| role.title.as_str());
    let mut text = if rule.ends_questions {
        format!("Nothing else is asked or shown when it applies. Go to the {}.", rule.refer.map_or("", title))
    } else if let Some(role) = rule.refer {
        format!("Get advice from the {}, and record it under `done` in the manifest.", title(role))
    } else if rule.is_final {
        "It is final: nothing that a team can change in the exchange ends it.".to_owned()
    } else if rule.level == Level::MustNot {
        "Change the exchange so that it no longer applies.".to_owned()
    } else if rule.met_when.is_some() {
        "The answers meet it.".to_owned()
    } else {
        "Record it under `done` in the manifest, with evidence.".to_owned()
    };
    let waived: Vec<&str> = rule.waivable_by.iter().map(|ix| title(*ix)).collect();
    if !rule.waivable() {
        text.push_str(" Nobody can waive it.");
    } else if waived.is_empty() {
        text.push_str(" It is guidance: it can be waived, with a reason.");
    } else {
        text.push_str(&format!(" It may be waived by: {}.", waived.join(", ")));
    }
    text
}
