//! The facts of a record under the ruleset that advised.

use crate::check::{Checked, CheckedFlow};
use crate::engine::{Advice, Evaluator};
use crate::manifest::Flow;
use crate::model::{AnswerValue, Date, Exchange, Outcome, QuestionIx};
use crate::record::{exchange, first_mismatch, known, stated, v1};
use crate::report::json::{named, recorded};
use crate::report::replay::Verdict;
use crate::ruleset::Ruleset;

/// Evaluates the facts of a record again, as at the date of its advice, and says whether everything that follows from them is what the
/// record says: the advice, and the words of the facts and of the ruleset. The evaluator must be that of the ruleset that advised.
pub fn replay(record: &v1::Record, evaluator: &mut Evaluator<'_>) -> Result<Verdict, serde_json::Error> {
    let checked = match evaluated(record, evaluator, record.as_of) {
        Ok(checked) => checked,
        Err(misfits) => return Ok(Verdict::Misfits(misfits)),
    };
    if checked.is_screened() {
        return Ok(Verdict::Screened);
    }
    let ruleset = evaluator.ruleset();
    let again = v1::Record {
        ruleset: stated(ruleset),
        exchange: named(ruleset, &checked),
        facts: checked.flows.iter().map(|checked| known(ruleset, &checked.flow.exchange)).collect(),
        advice: recorded(evaluator, &checked)?,
        ..record.clone()
    };
    Ok(first_mismatch(record, &again)?.map_or(Verdict::Proved, Verdict::Differs))
}

/// The exchanges of a record with the advice on them under the ruleset that advised; or what of them means nothing there.
pub(super) fn evaluated(
    record: &v1::Record,
    evaluator: &mut Evaluator<'_>,
    as_of: Date,
) -> Result<Checked, Vec<String>> {
    let (mut flows, mut misfits) = (Vec::new(), Vec::new());
    for known in &record.facts {
        match exchange(evaluator.ruleset(), known) {
            Ok(exchange) => {
                let advice = evaluator.evaluate(&exchange, as_of);
                if advice.outcome != Outcome::Screened {
                    let moot = moot(evaluator.ruleset(), &exchange, &advice);
                    misfits.extend(moot.map(|id| format!("{id} does not arise, and has an answer")));
                }
                flows.push(CheckedFlow { flow: Flow { exchange, places: Vec::new(), waivers: Vec::new() }, advice });
            }
            Err(misfit) => misfits.extend(misfit),
        }
    }
    if misfits.is_empty() { Ok(Checked { flows }) } else { Err(misfits) }
}

/// The questions that do not arise although they have an answer: no manifest passes with one. `unknown` says nothing that could be lost.
pub(super) fn moot<'a>(
    ruleset: &'a Ruleset,
    exchange: &'a Exchange,
    advice: &'a Advice,
) -> impl Iterator<Item = &'a str> {
    let says = |ix: QuestionIx| {
        let value = exchange.facts.get(ix).map(|answer| &answer.value);
        value.is_some_and(|value| !matches!(value, AnswerValue::Unknown | AnswerValue::Text(_)))
    };
    let moot = advice.moot.iter().copied().filter(move |ix| says(*ix));
    moot.filter_map(|ix| ruleset.questions().get(ix)).map(|question| question.id.as_str())
}
