//! The advice on an exchange, but for what would settle it.

use super::status::{self, Standing};
use super::{Advice, Told, View, candidates, outcome};
use crate::logic::{Decider, Verdict};
use crate::model::{Date, DerivedIx, Exchange, Facts, Ix, QuestionIx, Status, ValueIx};

/// The advice that a view gives on an exchange: `hinges`, `derived_hinges`, `open` and `unknown` are empty. The decider
/// considers what the exchange's answers leave possible, see [`super::possible`].
pub fn conclude_in(view: View<'_>, decider: &mut Decider<'_>, exchange: &Exchange, as_of: Date) -> Advice {
    conclude(view, decider, exchange, as_of).0
}

/// The same with how each rule stands.
pub(super) fn conclude(
    view: View<'_>,
    decider: &mut Decider<'_>,
    exchange: &Exchange,
    as_of: Date,
) -> (Advice, Vec<Standing>) {
    let rules = view.parts.rules.iter();
    let standings: Vec<Standing> =
        rules.map(|(ix, rule)| status::standing(decider, view, ix, rule, exchange, as_of)).collect();
    let derived: Vec<Vec<ValueIx>> = view.derived.ids().map(|ix| values(view, decider, ix)).collect();
    let (candidates, upcoming) = candidates::candidates(decider, view, &exchange.facts);
    let matter: Vec<Option<bool>> = view.myths.iter().map(|(_, when)| known(decider.verdict(*when))).collect();
    let moot = not_arising(view, decider, &exchange.facts);
    let statuses: Vec<Status> = standings.iter().map(|s| s.status).collect();
    let applies: Vec<Option<bool>> = standings.iter().map(|s| s.applies).collect();
    let advice = Advice {
        outcome: outcome::outcome(view, exchange, &statuses, &applies),
        statuses,
        applies,
        hinges: vec![Vec::new(); standings.len()],
        derived_hinges: vec![Vec::new(); derived.len()],
        derived,
        candidates,
        upcoming,
        myths: view.myths.ids().zip(&matter).filter(|(_, matters)| **matters == Some(true)).map(|(ix, _)| ix).collect(),
        told: told(exchange, &matter),
        open: Vec::new(),
        unknown: Vec::new(),
        moot,
        over_budget: decider.over_budget(),
    };
    (advice, standings)
}

/// What was told, and whether it matters.
fn told(exchange: &Exchange, matter: &[Option<bool>]) -> Vec<Told> {
    exchange
        .told
        .iter()
        .map(|myth| Told { myth: *myth, matters: matter.get(myth.index()).copied().flatten() })
        .collect()
}

pub(super) fn known(verdict: Verdict) -> Option<bool> {
    match verdict {
        Verdict::Always => Some(true),
        Verdict::Never => Some(false),
        Verdict::Depends | Verdict::OverBudget => None,
    }
}

/// The questions answered that do not arise in the state considered.
pub fn not_arising(view: View<'_>, decider: &mut Decider<'_>, facts: &Facts) -> Vec<QuestionIx> {
    let never = |question: &QuestionIx| {
        view.questions.get(*question).is_some_and(|q| decider.verdict(q.arises) == Verdict::Never)
    };
    facts.iter().map(|(question, _)| question).filter(never).collect()
}

/// The values that a derived fact can still have.
pub(super) fn values(view: View<'_>, decider: &mut Decider<'_>, ix: DerivedIx) -> Vec<ValueIx> {
    let mut values = Vec::new();
    add_values(view, decider, ix, &mut values);
    values
}

/// Adds the values that a derived fact can still have.
pub(super) fn add_values(view: View<'_>, decider: &mut Decider<'_>, ix: DerivedIx, to: &mut Vec<ValueIx>) {
    let indicators = view.derived.get(ix).map_or(&[][..], Vec::as_slice);
    let before = to.len();
    for (at, indicator) in indicators.iter().enumerate() {
        match decider.verdict(*indicator) {
            Verdict::Always => {
                to.truncate(before);
                to.push(value_ix(at));
                return;
            }
            Verdict::Never => {}
            Verdict::Depends | Verdict::OverBudget => to.push(value_ix(at)),
        }
    }
}

fn value_ix(at: usize) -> ValueIx {
    ValueIx(u16::try_from(at).unwrap_or(u16::MAX))
}
