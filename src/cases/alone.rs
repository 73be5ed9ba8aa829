//! A case on what it gives, without what it assumes.

use super::difference::must_be_given;
use super::{Difference, Differs, date_of, recorded};
use crate::engine::{Advice, Evaluator};
use crate::model::{Case, Exchange, Outcome};
use crate::ruleset::Ruleset;

/// What came of the facts under `given`, without the profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Alone {
    /// The exchange: what is given and recorded.
    pub exchange: Exchange,
    /// The outcome that the advice came to.
    pub outcome: Outcome,
}

/// The exchange of what a case gives and records, where the case asks for it to be judged alone.
#[must_use]
pub fn given_alone(ruleset: &Ruleset, case: &Case) -> Option<Exchange> {
    case.alone.map(|_| recorded(ruleset, case, date_of(ruleset, case)))
}

/// How the advice on what is given alone differs from what the case expects of it: what stops or refers must do so already,
/// and anything else may be left open.
#[must_use]
pub fn differs_alone(case: &Case, advice: &Advice) -> Option<Difference> {
    let (place, expected, found) = (case.alone?, case.expect.outcome?.value, advice.outcome);
    let open = found == Outcome::Incomplete && !must_be_given(expected);
    (found.word() != expected.word() && !open)
        .then_some(Difference { place, differs: Differs::Alone { expected, found } })
}

/// Runs what a case gives alone, where it asks for that: what came of it, and how it differs.
pub(super) fn run_alone(evaluator: &mut Evaluator<'_>, case: &Case) -> Option<(Alone, Option<Difference>)> {
    let ruleset = evaluator.ruleset();
    let exchange = given_alone(ruleset, case)?;
    let advice = evaluator.conclude(&exchange, date_of(ruleset, case));
    Some((Alone { exchange, outcome: advice.outcome }, differs_alone(case, &advice)))
}
