//! What was found, as SARIF has it.

use serde_json::{Value, json};

use super::{place, rules, with};
use crate::check::{CheckedFlow, Spot};
use crate::finding::Finding;
use crate::model::{Ix, RuleIx, Status};
use crate::report::ManifestReport;
use crate::report::escape::sarif;
use crate::report::pipeline::{self, Found, Gravity, OfWaiver};
use crate::ruleset::Ruleset;
use crate::text::Sources;

/// What is outstanding or undetermined.
pub(super) fn of_rule(found: &Found<'_>) -> Value {
    let (finding, report) = (found.finding, found.report);
    let related = |(at, spot): (usize, &Spot)| {
        let location = place::location(report.path, spot.place, report.sources, spot.hidden);
        with(with(location, "id", json!(at + 1)), "message", json!({ "text": sarif(&found.spot(spot)) }))
    };
    let location = place::location(report.path, finding.main.place, report.sources, finding.main.hidden);
    let result = json!({
        "ruleId": found.rule.id,
        "ruleIndex": finding.rule.index(),
        "kind": "fail",
        "level": level(found.gravity()),
        "message": { "text": sarif(&found.message()) },
        "locations": [with(location, "message", json!({ "text": sarif(&found.spot(&finding.main)) }))],
        "relatedLocations": finding.others.iter().enumerate().map(related).collect::<Vec<_>>(),
        "partialFingerprints": { "clearshare/v1": found.fingerprint() },
        "properties": {
            "status": finding.status.word(),
            "outcome": finding.alone.word(),
            "flow": found.checked.flow.exchange.id,
        },
    });
    since(report, finding.known, result)
}

/// A result with what the baseline knows of it, where there is one.
fn since(report: &ManifestReport<'_>, known: bool, result: Value) -> Value {
    let state = if known { "unchanged" } else { "new" };
    if report.since.is_some() { with(result, "baselineState", json!(state)) } else { result }
}

/// What is to be said of a waiver. A baseline knows none.
pub(super) fn of_waiver(ruleset: &Ruleset, report: &ManifestReport<'_>, of: &OfWaiver<'_>) -> Value {
    let finding = of.finding;
    let result = json!({
        "ruleId": finding.kind.word(),
        "ruleIndex": rules::index_of_waiver(ruleset, finding.kind),
        "kind": "fail",
        "level": "note",
        "message": { "text": sarif(&finding.message()) },
        "locations": [place::location(of.path, finding.place, report.sources, finding.hidden)],
        "partialFingerprints": { "clearshare/v1": finding.fingerprint },
    });
    since(report, false, result)
}

/// The rules that somebody decided not to act on.
pub(super) fn waived(ruleset: &Ruleset, report: &ManifestReport<'_>) -> Vec<Value> {
    let flows = report.checked.flows.iter();
    let waived = |(ix, checked)| -> Option<Value> { one_waived(ruleset, report, ix, checked) };
    flows.flat_map(|checked| ruleset.rules().ids().map(move |ix| (ix, checked))).filter_map(waived).collect()
}

fn one_waived(ruleset: &Ruleset, report: &ManifestReport<'_>, ix: RuleIx, checked: &CheckedFlow) -> Option<Value> {
    if checked.advice.status(ix) != Status::Waived {
        return None;
    }
    let (rule, waiver) = (ruleset.rules().get(ix)?, checked.flow.exchange.waiver(ix)?);
    let noted = pipeline::noted(checked, ix, waiver);
    let kind = if noted.is_none_or(|noted| noted.shared) { "external" } else { "inSource" };
    let location = match noted.and_then(|noted| Some((noted.place, report.sources.get(noted.place.file)?))) {
        Some((place, source)) => place::at(source.name(), source.location(place.span.start)),
        None => place::whole_file(report.path),
    };
    let justification = pipeline::waived(ruleset, waiver);
    let result = json!({
        "ruleId": rule.id,
        "ruleIndex": ix.index(),
        "kind": "fail",
        "level": "note",
        "message": { "text": sarif(&format!("{} ({}, {}). It is waived.", rule.title, rule.level.word(), rule.basis.word())) },
        "locations": [location],
        "suppressions": [{ "kind": kind, "status": "accepted", "justification": justification }],
        "properties": { "status": Status::Waived.word(), "flow": checked.flow.exchange.id },
    });
    Some(since(report, false, result))
}

/// Only what to do: no answer, no flow, no place but the file.
pub(super) fn screened(ruleset: &Ruleset, report: &ManifestReport<'_>) -> Value {
    json!({
        "ruleId": pipeline::SCREEN,
        "ruleIndex": ruleset.rules().len(),
        "kind": "fail",
        "level": "error",
        "message": { "text": sarif(&pipeline::screened(ruleset)) },
        "locations": [place::whole_file(report.path)],
    })
}

pub(super) fn of_fault(path: &str, fault: &Finding, sources: &Sources) -> Value {
    let hidden = fault.hides_source();
    let location = match fault.place() {
        Some(at) => place::location(path, at, sources, hidden),
        None => place::whole_file(path),
    };
    let related = fault.related_places().iter().enumerate().map(|(at, related)| {
        let location = place::location(path, related.place, sources, hidden);
        with(with(location, "id", json!(at + 1)), "message", json!({ "text": sarif(&related.label) }))
    });
    json!({
        "ruleId": rules::fault_id(fault.code()),
        "kind": "fail",
        "level": "error",
        "message": { "text": sarif(&pipeline::fault_message(fault)) },
        "locations": [location],
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

const fn level(gravity: Gravity) -> &'static str {
    match gravity {
        Gravity::Error => "error",
        Gravity::Warning => "warning",
        Gravity::Note => "note",
    }
}
