//! What the program says when it verifies a generated ruleset: the one file here that knows it.

use clearshare::finding::Severity;
use clearshare::model::AnswerValue;
use clearshare::verify::{Observation, Property, verify};

use super::super::bridge::Engine;
use super::super::ruleset::Mask;

/// One observation, in the words and numbers of the oracle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub(super) property: &'static str,
    pub(super) code: &'static str,
    /// The names in the message, sorted.
    pub(super) names: Vec<String>,
    pub(super) message: String,
    /// By question: its answer in the witness.
    pub(super) witness: Option<Vec<Option<Mask>>>,
    pub(super) smallest: bool,
    pub(super) is_advice: bool,
}

/// What is observed of a ruleset, but for its sources; and how much is said to be proved, by property.
pub(super) fn seen(engine: &Engine) -> (Vec<Seen>, Vec<(&'static str, usize, usize)>) {
    let verification = verify(engine.ruleset(), engine.law_as_at());
    let tallies = verification.tallies.iter().map(|t| (t.property.as_str(), t.stated, t.proved)).collect();
    let observed = verification.observations.iter().filter(|o| o.property != Property::Cited);
    (observed.map(|observation| of(engine, observation)).collect(), tallies)
}

fn of(engine: &Engine, observation: &Observation) -> Seen {
    let message = observation.finding.message().to_owned();
    let code = observation.finding.code();
    let witness = observation.witness.as_ref().map(|facts| {
        let answer = |q: usize| {
            facts.get(engine.question(q)).map(|answer| match &answer.value {
                AnswerValue::One(option) => engine.mask(q, std::slice::from_ref(option)),
                AnswerValue::Any { chosen, more: false } => engine.mask(q, chosen),
                other => panic!("a witness answers {other:?}"),
            })
        };
        (0..engine.question_count()).map(answer).collect()
    });
    let mut names: Vec<String> = message.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    names.sort();
    Seen {
        property: observation.property.as_str(),
        code: code.as_str(),
        names,
        message,
        witness,
        smallest: observation.smallest,
        is_advice: code.severity() == Severity::Advice,
    }
}
