//! One rule: what it asks, how it stands, why, who does what, and what says so.

use super::cited;
use super::flow::derivation;
use crate::report::record::document::{Item, Span, plain, strong};
use crate::report::record::view::{RuleView, StepView};
use crate::report::words::capital;

/// A rule, and why it has its status where that is wanted. One that is settled is told in short.
pub(super) fn rule(one: &RuleView<'_>, settled: bool, why: bool) -> Item {
    let about = format!(" {}. {} ({}){}", one.status_says, one.weight, one.id, cited(&one.sources));
    let mut item = Item::of(vec![strong(format!("{}.", one.title.trim_end_matches('.'))), Span::Plain(about)]);
    let mut lines: Vec<String> = Vec::new();
    if settled {
        lines.extend(one.otherwise.filter(|_| one.status == "not-applicable").map(str::to_owned));
    } else {
        lines.push(one.because.to_owned());
        lines.extend(one.refer.map(|role| format!("Ask the {role}.")));
        lines.push(format!("Due: {}.", one.due_says.to_lowercase()));
        lines.extend(one.steps.iter().map(step));
    }
    lines.extend(one.upcoming.clone());
    lines.extend(one.conditions.iter().map(|condition| format!("Condition of the decision: {condition}")));
    lines.extend(one.done.as_ref().map(|done| format!("Done on {} by {}: {}", done.on, done.by, done.evidence)));
    // It counts only where the rule is waived; elsewhere it would look like leave.
    lines.extend(one.waiver.as_ref().filter(|_| one.status == "waived").map(|waiver| {
        let role = waiver.role.map(|role| format!(", {role}")).unwrap_or_default();
        format!("Waived until {} by {}{role}: {}", waiver.expires, waiver.approved_by, waiver.reason)
    }));
    item.below = lines.into_iter().map(|line| Item::of(plain(line))).collect();
    if why && !one.derivation.is_empty() {
        item.below.push(Item { text: plain("Why it stands so:"), below: derivation(&one.derivation) });
    }
    item
}

/// "The team: do this (gives: this)".
pub(super) fn step(step: &StepView<'_>) -> String {
    let produces = step.produces.map(|what| format!(" (gives: {what})")).unwrap_or_default();
    format!("{}: {}{produces}", capital(&step.who), step.action)
}
