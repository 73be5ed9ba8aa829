//! Rules that come out differently, in words.

use super::{FlowUpgrade, UpgradeReport, why};
use crate::compare::Kind;
use crate::model::{Ix, Level, Rule, RuleIx, Status};
use crate::report::Tone;
use crate::report::page::Page;
use crate::ruleset::Ruleset;
use crate::upgrade::RuleShift;

/// A rule, what became of it, and why.
pub(super) fn told(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>, shift: RuleShift) {
    let of =
        |ruleset: &'_ Ruleset, at: Option<(RuleIx, Status)>| at.and_then(|(ix, _)| ruleset.rules().get(ix).cloned());
    let (old, new) = (of(report.before, shift.before), of(report.after, shift.after));
    let Some(rule) = new.as_ref().or(old.as_ref()) else { return };
    let (mark, tone) = mark(rule, shift.after.map(|(_, status)| status));
    page.gap();
    page.bullet(2, mark, tone, &named(rule));
    page.paragraph(4, &says(flow, shift));
    if matches!((shift.before, shift.after), (None, Some((_, Status::Applies)))) {
        page.paragraph(4, &rule.because);
    }
    let change = report.change(Kind::Rule, &rule.id).filter(|_| shift.before.is_some());
    if let Some(after) = shift.after {
        match change {
            Some(change) => why::changed(page, report, change),
            None if shift.before.is_some() => page.paragraph(4, "The rule itself is the same."),
            None => {}
        }
        why::waiting(page, report, flow, after);
        why::sources(page, report, &rule.cites, change);
        return;
    }
    if let Some(pair) = report.comparison.renamed.iter().find(|pair| pair.before == rule.id) {
        page.paragraph(4, &format!("It may go on as {}: that has the same level and the same effect.", pair.after));
    }
    why::sources_before(page, report, &rule.cites);
}

/// A rule that only waits for answers.
pub(super) fn waits(page: &mut Page, report: &UpgradeReport<'_>, flow: &FlowUpgrade<'_>, shift: RuleShift) {
    let (Some((_, before)), Some(after)) = (shift.before, shift.after) else { return };
    let Some(rule) = report.after.rules().get(after.0) else { return };
    page.bullet(2, "?", Tone::Caution, &named(rule));
    let on = report.waits_for(flow, after).join(", ");
    page.paragraph(4, &format!("{} It depends on {on}.", was(before)));
}

/// A rule by its id, how strongly it binds, and its title.
pub(super) fn named(rule: &Rule) -> String {
    format!("{} ({}, {}): {}", rule.id, rule.level.word(), rule.basis.word(), rule.title)
}

/// What became of a rule.
fn says(flow: &FlowUpgrade<'_>, shift: RuleShift) -> String {
    let now = |(ix, status): (RuleIx, Status)| {
        let applies = flow.advice.applies.get(ix.index()) == Some(&Some(true));
        match status {
            Status::Applies => "it is outstanding",
            Status::Undetermined if applies => "it applies, and it cannot be told whether it is met",
            Status::Undetermined => "it cannot be told whether it applies",
            Status::Met => "it is met",
            Status::Done => "it is recorded as done",
            Status::Waived => "it is waived",
            Status::NotApplicable => "it does not apply",
        }
    };
    match (shift.before, shift.after) {
        (Some((_, before)), Some(after)) if before == after.1 => {
            format!("As before, {}. How far it binds has changed.", now(after))
        }
        (Some((_, before)), Some(after)) => format!("{} Now {}.", was(before), now(after)),
        (None, Some(after)) => format!("It is new, and {}.", now(after)),
        (Some((_, before)), None) => format!("It is no longer a rule. {}", was(before)),
        (None, None) => String::new(),
    }
}

/// How a rule stood.
fn was(status: Status) -> &'static str {
    match status {
        Status::Applies => "It was outstanding.",
        Status::Undetermined => "It could not be told.",
        Status::Met => "It was met.",
        Status::Done => "It was recorded as done.",
        Status::Waived => "It was waived.",
        Status::NotApplicable => "It did not apply.",
    }
}

fn mark(rule: &Rule, status: Option<Status>) -> (&'static str, Tone) {
    match status {
        Some(Status::Applies) if rule.level == Level::MustNot => ("✗", Tone::Bad),
        Some(Status::Applies) => ("○", Tone::Caution),
        Some(Status::Undetermined) => ("?", Tone::Caution),
        Some(Status::Met | Status::Done | Status::Waived) => ("✓", Tone::Good),
        Some(Status::NotApplicable) | None => ("–", Tone::Quiet),
    }
}
