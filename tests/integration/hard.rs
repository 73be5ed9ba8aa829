//! A ruleset built to be hard to prove anything of: the work ends within its allowance, what could not be proved is said to be
//! not proved, and nothing is said that is not so. Its full size is measured by `cargo bench --bench rules -- hard`.

use std::collections::{BTreeMap, BTreeSet};

use clearshare::engine::Evaluator;
use clearshare::finding::Code;
use clearshare::model::{Exchange, Status};
use clearshare::rulefile::{Loaded, read_ruleset};
use clearshare::verify::{Observation, Property, verify};

use crate::large::{Hardness, hard, hardness};

const QUESTIONS: usize = 100;
const RULES: usize = 24;

fn read() -> Loaded {
    match read_ruleset(&hard(QUESTIONS, RULES)) {
        Ok(loaded) => loaded,
        Err(faults) => panic!("the hard ruleset has faults: {:#?}", faults.findings),
    }
}

/// The number of the rule that an observation speaks of first.
fn rule(observation: &Observation) -> Option<usize> {
    let named = observation.finding.message().split('`').find_map(|name| name.strip_prefix("rule-"))?;
    named.parse().ok()
}

#[test]
fn what_cannot_be_proved_of_a_hard_ruleset_is_said_not_to_be() {
    let loaded = read();
    let verification = verify(&loaded.ruleset, loaded.ruleset.info().law_as_at);
    assert!(!verification.is_proved());
    let never: BTreeSet<usize> = (0..RULES).filter(|number| hardness(*number) == Hardness::Never).collect();
    let mut said: BTreeMap<usize, BTreeSet<Code>> = BTreeMap::new();
    for observation in verification.observations.iter().filter(|o| o.property == Property::Reachable) {
        if let Some(rule) = rule(observation) {
            said.entry(rule).or_default().insert(observation.finding.code());
        }
    }
    for number in 0..RULES {
        let codes = said.get(&number).cloned().unwrap_or_default();
        if never.contains(&number) {
            // It never applies; that it can is said to be proved by saying nothing.
            let told = codes.contains(&Code::RuleNeverApplies) || codes.contains(&Code::NotProved);
            assert!(told, "rule-{number} never applies, and is said to be proved to: {codes:?}");
        } else {
            assert!(!codes.contains(&Code::RuleNeverApplies), "rule-{number} applies at times: {codes:?}");
        }
    }
    let not_proved =
        never.iter().filter(|number| said.get(number).is_some_and(|codes| codes.contains(&Code::NotProved)));
    assert!(not_proved.count() * 2 > never.len(), "it is not hard: {said:?}");
    for tally in &verification.tallies {
        assert!(tally.proved <= tally.stated);
    }
    witnesses_show_what_they_claim(&loaded, &verification.observations);
    assert_eq!(
        verify(&loaded.ruleset, loaded.ruleset.info().law_as_at),
        verification,
        "a second time it says the same"
    );
}

/// Whatever is claimed of a prohibition with an example is so of the example: the engine says it too.
fn witnesses_show_what_they_claim(loaded: &Loaded, observations: &[Observation]) {
    let mut evaluator = Evaluator::new(&loaded.ruleset);
    for observation in observations.iter().filter(|o| o.finding.code() == Code::StopCannotBeLeft) {
        let (Some(facts), Some(number)) = (&observation.witness, rule(observation)) else { continue };
        let exchange = Exchange { facts: facts.clone(), ..Exchange::default() };
        let advice = evaluator.evaluate(&exchange, loaded.ruleset.info().law_as_at);
        let id = format!("rule-{number}");
        let rule = loaded.ruleset.rules().find(|rule| rule.id == id).expect("a rule");
        assert_eq!(advice.status(rule), Status::Applies, "{observation:#?}");
    }
}
