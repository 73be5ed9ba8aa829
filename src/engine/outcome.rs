//! The outcome: the first of six that holds.

use super::{Advice, Outcome, View};
use crate::model::{Due, Exchange, Ix, Level, Rule, RuleIx, Status};
use crate::ruleset::Ruleset;

/// The outcome of the statuses, and of whether each rule's `when` holds.
pub(super) fn outcome(view: View<'_>, exchange: &Exchange, statuses: &[Status], applies: &[Option<bool>]) -> Outcome {
    let status = |ix: RuleIx, _: &Rule| statuses.get(ix.index()).copied().unwrap_or(Status::Undetermined);
    if screens(view, exchange, status) {
        return Outcome::Screened;
    }
    let rules = || view.parts.rules.iter().map(|(_, rule)| rule).zip(statuses).zip(applies);
    let worse = [Outcome::Stop, Outcome::Refer, Outcome::Incomplete, Outcome::ActFirst];
    let asks_for = |outcome| rules().any(|((rule, status), applies)| asks_for(outcome, rule, *status, *applies));
    worse.into_iter().find(|outcome| asks_for(*outcome)).unwrap_or(Outcome::Ready)
}

/// The rules that make the outcome of some advice what it is; none where it is `ready`.
#[must_use]
pub fn deciding(ruleset: &Ruleset, advice: &Advice) -> Vec<RuleIx> {
    let applies = |ix: RuleIx| advice.applies.get(ix.index()).copied().flatten();
    let decides =
        |(ix, rule): (RuleIx, &Rule)| asks_for(advice.outcome, rule, advice.status(ix), applies(ix)).then_some(ix);
    ruleset.rules().iter().filter_map(decides).collect()
}

/// Whether no further answer can change the outcome of some advice, but for the safety screen. Where two rules that are open
/// could only come out together it may say no although it is so: an interview then asks a question more.
#[must_use]
pub fn is_final(ruleset: &Ruleset, advice: &Advice) -> bool {
    let rules = || ruleset.rules().iter().map(|(ix, rule)| (rule, advice.status(ix)));
    let is_screening = |(rule, status): (&Rule, Status)| rule.ends_questions && status == Status::Undetermined;
    if advice.outcome != Outcome::Screened && rules().any(is_screening) {
        return false;
    }
    match advice.outcome {
        Outcome::Screened | Outcome::Stop | Outcome::Ready => true,
        Outcome::Refer => !rules().any(|(rule, status)| rule.level == Level::MustNot && status == Status::Undetermined),
        Outcome::Incomplete => false,
        // Nothing that could make it worse is open: that would be "can't tell yet". But a duty may turn out to be met.
        Outcome::ActFirst => rules().any(|(rule, status)| holds_up(rule, status) && status == Status::Applies),
    }
}

/// Whether a rule with this status, and with a `when` that holds, does not hold, or is undetermined, asks for this outcome.
#[must_use]
pub fn asks_for(outcome: Outcome, rule: &Rule, status: Status, applies: Option<bool>) -> bool {
    match outcome {
        Outcome::Screened => rule.ends_questions && matches!(status, Status::Applies | Status::Undetermined),
        Outcome::Stop => rule.level == Level::MustNot && status == Status::Applies,
        Outcome::Refer => rule.refer.is_some() && status == Status::Applies,
        Outcome::Incomplete => is_open(rule, status, applies),
        Outcome::ActFirst => holds_up(rule, status),
        Outcome::Ready => false,
    }
}

/// Whether the safety screen ends everything: a rule that ends the questions applies, or is not known because a screening
/// answer is `unknown`.
pub(super) fn screens(view: View<'_>, exchange: &Exchange, mut status: impl FnMut(RuleIx, &Rule) -> Status) -> bool {
    view.screens.iter().any(|screen| {
        let unknown =
            || screen.reads.iter().any(|q| exchange.facts.get(*q).is_some_and(|answer| answer.value.is_unknown()));
        match view.parts.rules.get(screen.rule).map(|rule| status(screen.rule, rule)) {
            Some(Status::Applies) => true,
            Some(Status::Undetermined) => unknown(),
            _ => false,
        }
    })
}

/// Whether it cannot yet be told if a prohibition, a duty due before sharing or a referral applies.
fn is_open(rule: &Rule, status: Status, applies: Option<bool>) -> bool {
    let undetermined = status == Status::Undetermined;
    match rule.level {
        Level::MustNot => undetermined,
        _ if rule.refer.is_some() => undetermined,
        Level::Must => undetermined && applies.is_none() && rule.due == Due::Before,
        Level::Should | Level::Could => false,
    }
}

/// Whether a duty due before sharing is outstanding, or not known to be met.
fn holds_up(rule: &Rule, status: Status) -> bool {
    rule.level == Level::Must && rule.due == Due::Before && matches!(status, Status::Applies | Status::Undetermined)
}
