//! The status of one rule.

use super::View;
use crate::logic::{Decider, FormulaId, Verdict};
use crate::model::{Date, Exchange, Rule, RuleIx, Status, Upcoming};
use crate::ruleset::RuleFormulas;

/// A rule's status, and what it would take to settle it.
pub(super) struct Standing {
    /// The status.
    pub(super) status: Status,
    /// Whether `when` holds; `None` while that is undetermined.
    pub(super) applies: Option<bool>,
    /// The formulas on which the status still depends; none where it is determined.
    pub(super) hangs_on: Vec<FormulaId>,
}

impl Standing {
    fn settled(status: Status) -> Self {
        Self { status, applies: Some(status != Status::NotApplicable), hangs_on: Vec::new() }
    }
}

/// The status of a rule, exact over all completions.
///
/// What is recorded (`done`, `waived`) comes before `met-when`: otherwise an answer added later could change a status that
/// was determined.
pub(super) fn standing(
    decider: &mut Decider<'_>,
    view: View<'_>,
    ix: RuleIx,
    rule: &Rule,
    exchange: &Exchange,
    as_of: Date,
) -> Standing {
    let Some(formulas) = view.rules.get(ix).copied() else {
        return Standing { status: Status::Undetermined, applies: None, hangs_on: Vec::new() };
    };
    if rule.upcoming.as_ref().is_some_and(|upcoming| !has_begun(upcoming, as_of)) {
        return Standing::settled(Status::NotApplicable);
    }
    let recorded = recorded(rule, ix, exchange, as_of);
    match decider.verdict(formulas.when) {
        Verdict::Never => Standing::settled(Status::NotApplicable),
        Verdict::Depends | Verdict::OverBudget => {
            let met = if recorded.is_none() && rule.upcoming.is_none() { formulas.met } else { None };
            let hangs_on = std::iter::once(formulas.when).chain(met).collect();
            Standing { status: Status::Undetermined, applies: None, hangs_on }
        }
        // In force since a date that this version did not reach: never silently left out.
        Verdict::Always if rule.upcoming.is_some() => {
            Standing { status: Status::Undetermined, applies: None, hangs_on: Vec::new() }
        }
        Verdict::Always => match (recorded, formulas.met) {
            (Some(status), _) => Standing::settled(status),
            (None, None) => Standing::settled(Status::Applies),
            (None, Some(met)) => match decider.verdict(met) {
                Verdict::Always => Standing::settled(Status::Met),
                Verdict::Never => Standing::settled(Status::Applies),
                Verdict::Depends | Verdict::OverBudget => {
                    Standing { status: Status::Undetermined, applies: Some(true), hangs_on: vec![met] }
                }
            },
        },
    }
}

/// The formulas on which the status of a rule can depend, as [`standing`] has them in `hangs_on`. Those that are the same in
/// every completion may be among them.
pub(super) fn roots(
    formulas: RuleFormulas,
    ix: RuleIx,
    rule: &Rule,
    exchange: &Exchange,
    as_of: Date,
) -> impl Iterator<Item = FormulaId> {
    let in_force = rule.upcoming.as_ref().is_none_or(|upcoming| has_begun(upcoming, as_of));
    let can_be_met = in_force && rule.upcoming.is_none() && recorded(rule, ix, exchange, as_of).is_none();
    in_force.then_some(formulas.when).into_iter().chain(formulas.met.filter(|_| can_be_met))
}

fn has_begun(upcoming: &Upcoming, as_of: Date) -> bool {
    upcoming.from.is_some_and(|from| from <= as_of)
}

/// What the exchange records of a rule, where the rule allows it.
fn recorded(rule: &Rule, ix: RuleIx, exchange: &Exchange, as_of: Date) -> Option<Status> {
    // Most exchanges record little: what the rule says of it is read only where they do.
    if exchange.done.iter().any(|done| done.rule == ix) && rule.settled_by_done() {
        return Some(Status::Done);
    }
    let waived = exchange.waivers.iter().any(|waiver| waiver.rule == ix && as_of <= waiver.expires) && rule.waivable();
    waived.then_some(Status::Waived)
}
