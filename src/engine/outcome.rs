//! The outcome: the first of six that holds.

use super::Outcome;
use super::status::Standing;
use crate::model::{Due, Exchange, Ix, Level, Rule, Status};
use crate::ruleset::Ruleset;

/// The outcome of the statuses.
pub(super) fn outcome(ruleset: &Ruleset, exchange: &Exchange, standings: &[Standing]) -> Outcome {
    if is_screened(ruleset, exchange, standings) {
        return Outcome::Screened;
    }
    let rules = || ruleset.rules().iter().map(|(_, rule)| rule).zip(standings);
    if rules().any(|(rule, s)| rule.level == Level::MustNot && s.status == Status::Applies) {
        Outcome::Stop
    } else if rules().any(|(rule, s)| rule.refer.is_some() && s.status == Status::Applies) {
        Outcome::Refer
    } else if rules().any(|(rule, s)| is_open(rule, s)) {
        Outcome::Incomplete
    } else if rules().any(|(rule, s)| holds_up(rule, s)) {
        Outcome::ActFirst
    } else {
        Outcome::Ready
    }
}

/// Whether the safety screen ends everything: a rule that ends the questions applies, or is not known because a screening
/// answer is `unknown`.
fn is_screened(ruleset: &Ruleset, exchange: &Exchange, standings: &[Standing]) -> bool {
    ruleset.compiled().screens.iter().any(|screen| {
        let status = standings.get(screen.rule.index()).map(|standing| standing.status);
        let unknown =
            || screen.reads.iter().any(|q| exchange.facts.get(*q).is_some_and(|answer| answer.value.is_unknown()));
        match status {
            Some(Status::Applies) => true,
            Some(Status::Undetermined) => unknown(),
            _ => false,
        }
    })
}

/// Whether it cannot yet be told if a prohibition, a duty due before sharing or a referral applies.
fn is_open(rule: &Rule, standing: &Standing) -> bool {
    let undetermined = standing.status == Status::Undetermined;
    match rule.level {
        Level::MustNot => undetermined,
        _ if rule.refer.is_some() => undetermined,
        Level::Must => undetermined && standing.applies.is_none() && rule.due == Due::Before,
        Level::Should | Level::Could => false,
    }
}

/// Whether a duty due before sharing is outstanding, or not known to be met.
fn holds_up(rule: &Rule, standing: &Standing) -> bool {
    rule.level == Level::Must
        && rule.due == Due::Before
        && matches!(standing.status, Status::Applies | Status::Undetermined)
}
