//! What belongs together in a record, beyond the kind of each member: the schema says the same.

use super::v1::{Reason, Record, State, Test};

/// What of a record does not belong together; none in any that clearshare wrote.
pub(super) fn misfit(record: &Record) -> Option<&'static str> {
    if record.facts.is_empty() || record.advice.flows.is_empty() {
        return Some("it has no exchange");
    }
    let flows = record.advice.flows.iter();
    let mut whens = flows.flat_map(|flow| {
        let rules = flow.rules.iter().flat_map(|rule| rule.derivation.when.iter().chain(&rule.derivation.met));
        let derived = flow.derived.iter().filter_map(|derived| derived.derivation.as_ref());
        rules.chain(derived.flat_map(|derivation| &derivation.when))
    });
    if whens.all(fits) { None } else { Some("a reason in it is none that clearshare gives") }
}

fn fits(reason: &Reason) -> bool {
    match reason {
        Reason::Question { test, state, answers, given, closed, because, .. } => {
            let answered = match state {
                State::Answered => !answers.is_empty(),
                _ => answers.is_empty() && closed.is_empty() && given.is_none(),
            };
            answered && of_question(test) && because.iter().all(fits)
        }
        Reason::Derived { test, values, because, .. } => {
            !values.is_empty() && of_fact(test) && because.iter().all(fits)
        }
        Reason::Whatever { .. } => true,
    }
}

/// Whether a test of an answer looks for what its form looks for.
fn of_question(test: &Test) -> bool {
    let names = !test.options.is_empty() || test.none;
    let fits = match test.form.as_str() {
        "any-of" | "all-of" | "only" => names || !test.tags.is_empty(),
        "some" | "closed" => !names && test.tags.is_empty(),
        "some-without" => !names && test.tags.len() == 1,
        _ => false,
    };
    fits && test.values.is_empty()
}

/// Whether a test of a derived fact looks for values.
fn of_fact(test: &Test) -> bool {
    test.form == "is" && !test.values.is_empty() && test.options.is_empty() && test.tags.is_empty() && !test.none
}
