//! The advice as a decision record keeps it: what a result of `clearshare-advice/1` says, without what is of one run alone.

use serde::Serialize;

use super::things::Cited;
use super::{advice, v1};
use crate::check::Checked;
use crate::engine::Evaluator;
use crate::record::v1::{Advice, Named};
use crate::ruleset::Ruleset;

#[derive(Serialize)]
struct Recorded<'a> {
    outcome: &'static str,
    highest: Vec<v1::Highest<'a>>,
    flows: Vec<v1::Flow<'a>>,
    sources: Vec<v1::Source<'a>>,
}

/// The advice on every exchange of a manifest, for its record. An error says that a record has no place for something of it.
pub fn recorded(evaluator: &mut Evaluator<'_>, checked: &Checked) -> serde_json::Result<Advice> {
    let ruleset = evaluator.ruleset();
    let mut cited = Cited::new(ruleset);
    let flows = advice::flows(evaluator, checked, &mut cited);
    let recorded = Recorded {
        outcome: checked.outcome().word(),
        highest: advice::highest(ruleset, checked),
        flows,
        sources: cited.sources(),
    };
    serde_json::from_value(serde_json::to_value(&recorded)?)
}

/// What the exchange of a manifest is called.
#[must_use]
pub fn named(ruleset: &Ruleset, checked: &Checked) -> Named {
    let named = checked.flows.first().map(|checked| advice::exchange(ruleset, &checked.flow)).unwrap_or_default();
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Named { title: owned(named.title), reference: owned(named.reference), contact: owned(named.contact) }
}
