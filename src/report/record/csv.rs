//! Every rule of every flow, with its status, for a spreadsheet.

use super::View;
use super::facts::{lines, source_lines, step};
use super::sheet::Sheet;
use crate::record::v1::{Flow, Record, Rule, SharingCondition};

const HEAD: [&str; 24] = [
    "flow",
    "theme",
    "rule",
    "title",
    "level",
    "basis",
    "due",
    "status",
    "outstanding",
    "ask",
    "because",
    "otherwise",
    "steps",
    "condition",
    "done_on",
    "done_by",
    "evidence",
    "waived_by",
    "waiver_reason",
    "waiver_expires",
    "sources",
    "ruleset",
    "record",
    "notice",
];

/// A row for each rule of each flow.
#[must_use]
pub fn render(record: &Record) -> String {
    let mut sheet = Sheet::new(HEAD);
    // Once, so that the table can be sorted and counted.
    let view = View::new(record);
    let mut notice = Some(view.footer.as_str());
    for flow in &record.advice.flows {
        for rule in &flow.rules {
            let notice = notice.take().unwrap_or_default();
            sheet.row(row(record, &view.ruleset.name, flow, rule, notice));
        }
    }
    sheet.finish()
}

fn row(record: &Record, ruleset: &str, flow: &Flow, rule: &Rule, notice: &str) -> [String; 24] {
    let (done, waiver) = (rule.done.as_ref(), rule.waiver.as_ref());
    [
        flow.id.clone(),
        rule.theme.title.clone(),
        rule.id.clone(),
        rule.title.clone(),
        rule.level.word().to_owned(),
        rule.basis.word().to_owned(),
        rule.due.word().to_owned(),
        rule.status.word().to_owned(),
        if rule.is_outstanding() { "yes" } else { "no" }.to_owned(),
        rule.refer.as_ref().map(|role| role.title.clone()).unwrap_or_default(),
        rule.because.clone(),
        rule.otherwise.clone().unwrap_or_default(),
        lines(rule.steps.iter().map(step)),
        lines(conditions(record, flow, rule).map(|condition| condition.says.clone())),
        done.map(|done| done.on.to_string()).unwrap_or_default(),
        done.map(|done| done.by.clone()).unwrap_or_default(),
        evidence(record, rule),
        waiver.map(|waiver| waiver.approved_by.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.expires.to_string()).unwrap_or_default(),
        source_lines(record, rule),
        ruleset.to_owned(),
        record.seal.clone(),
        notice.to_owned(),
    ]
}

/// The conditions of the decision that see to a rule of a flow.
pub(super) fn conditions<'a>(
    record: &'a Record,
    flow: &'a Flow,
    rule: &'a Rule,
) -> impl Iterator<Item = &'a SharingCondition> {
    let about = |of: Option<&str>| of.is_none_or(|of| of == flow.id);
    let sees_to = move |condition: &&SharingCondition| {
        condition.rule.as_deref() == Some(rule.id.as_str()) && about(condition.flow.as_deref())
    };
    record.decision.conditions.iter().filter(sees_to)
}

/// Where it is shown that a rule was seen to.
pub(super) fn evidence(record: &Record, rule: &Rule) -> String {
    let done = rule.done.iter().map(|done| done.evidence.clone());
    let kept = record.evidence.iter().filter(|evidence| evidence.rule.as_deref() == Some(rule.id.as_str()));
    lines(done.chain(kept.map(|evidence| format!("{}: {}", evidence.title, evidence.link))))
}
