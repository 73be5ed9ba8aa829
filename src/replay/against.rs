//! The facts of a record under another version of its ruleset.

use super::again::{evaluated, moot};
use crate::check::{Checked, CheckedFlow};
use crate::engine::Evaluator;
use crate::finding::{Code, Finding};
use crate::manifest::Flow;
use crate::model::Date;
use crate::record::{Refusal, refusals, v1};
use crate::report::json::recorded;
use crate::report::replay::{Impact, There};
use crate::upgrade::{Advised, Difference, Moved};

/// Evaluates the facts of a record, which is proved to follow from its own ruleset, under another version of it and as at another day.
/// What an answer meant then and cannot mean there is not known; so is an answer to a question that has new choices.
pub fn against(
    record: &v1::Record,
    before: &mut Evaluator<'_>,
    after: &mut Evaluator<'_>,
    as_of: Date,
) -> Result<There, serde_json::Error> {
    let then = evaluated(record, before, record.as_of).unwrap_or(Checked { flows: Vec::new() });
    let (mut flows, mut there, mut misfits) = (Vec::new(), Vec::new(), Vec::new());
    for checked in &then.flows {
        let advised = Advised { ruleset: before.ruleset(), exchange: &checked.flow.exchange, advice: &checked.advice };
        let moved = Moved::new(advised, after, &[], as_of);
        if moved.screened {
            return Ok(There::Screened);
        }
        let difference = Difference::new(advised, after.ruleset(), &moved, &[]);
        let (id, reference) = (&difference.id, after.ruleset().reference());
        let gone = |question: &String| {
            format!("{id}: the answer to {question} has no meaning in {reference}, and counts as not known")
        };
        misfits.extend(difference.gone.iter().map(gone));
        let moot = moot(after.ruleset(), &moved.exchange, &moved.advice);
        misfits
            .extend(moot.map(|question| format!("{id}: {question} does not arise in {reference}, and has an answer")));
        flows.push((difference, moved.advice.clone()));
        let flow = Flow { exchange: moved.exchange, places: Vec::new(), waivers: Vec::new() };
        there.push(CheckedFlow { flow, advice: moved.advice });
    }
    let there = Checked { flows: there };
    let today = v1::Record { advice: recorded(after, &there)?, ..record.clone() };
    let refused = refusals(&today).into_iter().filter(is_of_the_advice).collect();
    Ok(There::Advice(Impact {
        outcomes: [then.outcome(), there.outcome()],
        flows,
        misfits: misfits.into_iter().map(|message| Finding::new(Code::UnknownName, message)).collect(),
        refused,
    }))
}

/// Whether a decision is refused because of the advice on which it is taken.
fn is_of_the_advice(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Stop { .. } | Refusal::Incomplete { .. } | Refusal::Outstanding { .. })
}
