//! What a manifest records of a rule: that it was done, or that somebody decided not to act on it.

use super::{things, v1};
use crate::model::{Exchange, Given, RuleIx};
use crate::ruleset::Ruleset;

/// The record that a rule was done: a flow's own, where it repeats that of the manifest above it.
pub(super) fn done(exchange: &Exchange, rule: RuleIx) -> Option<v1::Done<'_>> {
    let done = exchange.done.iter().rev().find(|done| done.rule == rule)?;
    Some(v1::Done { on: done.on, by: &done.by, evidence: &done.evidence, given: given(done.given) })
}

/// The waiver of a rule: of several, the one that holds longest.
pub(super) fn waiver<'a>(ruleset: &'a Ruleset, exchange: &'a Exchange, rule: RuleIx) -> Option<v1::Waiver<'a>> {
    let waiver = exchange.waiver(rule)?;
    Some(v1::Waiver {
        reason: &waiver.reason,
        approved_by: &waiver.approved_by,
        role: waiver.role.map(|role| things::role(ruleset, role)),
        expires: waiver.expires,
        given: given(waiver.given),
    })
}

/// Where something stands in the manifest.
pub(super) fn given(given: Given) -> Option<v1::Given> {
    match given {
        Given::At(at) => Some(v1::Given { line: at.line, column: at.column }),
        Given::Unstated => None,
    }
}
