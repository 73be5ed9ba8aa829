//! What a finding is known by from run to run.

use super::CheckedFlow;
use super::rule_finding::Spot;
use crate::model::{AnswerValue, OptionIx, QuestionIx, Status};
use crate::ruleset::Ruleset;
use crate::text::digest::digest;

/// How many hexadecimal digits a fingerprint has: enough that no two of one team are the same by chance.
const DIGITS: usize = 32;

/// The fingerprint of a finding: of the ruleset (not its version), the flow, the rule, its status, and the answers that decided
/// it, in the order of their questions. Where they stand is not part of it, and answers to safety questions never are.
pub(super) fn fingerprint<'s>(
    ruleset: &Ruleset,
    checked: &CheckedFlow,
    rule: &str,
    status: Status,
    spots: impl Iterator<Item = &'s Spot>,
) -> String {
    let mut parts = vec![
        "clearshare finding 1".to_owned(),
        ruleset.info().id.clone(),
        checked.flow.exchange.id.clone(),
        rule.to_owned(),
        status.word().to_owned(),
    ];
    let mut asked: Vec<QuestionIx> = spots.filter_map(|spot| spot.question).collect();
    asked.sort_unstable();
    for question in asked {
        let id = ruleset.questions().get(question).map_or("", |question| question.id.as_str());
        parts.push(id.to_owned());
        let answer = checked.flow.exchange.facts.get(question).filter(|_| !ruleset.is_screening(question));
        parts.push(answer.map_or_else(String::new, |answer| in_ids(ruleset, question, &answer.value)));
    }
    // No id and no word has such a character.
    let mut whole = digest([("finding", parts.join("\n").as_bytes())]);
    whole.truncate(DIGITS);
    whole
}

/// An answer by the ids of its options, in the ruleset's order.
fn in_ids(ruleset: &Ruleset, question: QuestionIx, value: &AnswerValue) -> String {
    let id = |option: &OptionIx| ruleset.choice(question, *option).map_or("", |choice| choice.id.as_str()).to_owned();
    match value {
        AnswerValue::Unknown => "unknown".to_owned(),
        AnswerValue::One(option) => id(option),
        AnswerValue::Any { chosen, more } => {
            let mut chosen = chosen.clone();
            chosen.sort_unstable();
            let mut ids: Vec<String> = chosen.iter().map(id).collect();
            ids.extend(more.then(|| "unknown".to_owned()));
            ids.join(" ")
        }
        AnswerValue::Text(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use crate::bundled;
    use crate::check::CheckedFlow;
    use crate::engine::evaluate;
    use crate::manifest::Flow;
    use crate::model::{Exchange, Status};

    /// What is known as open must not hide what applies, one rule not another, and one flow not another.
    #[test]
    fn each_part_of_a_finding_counts() {
        let ruleset = bundled::all().last().unwrap().load().unwrap();
        let flow = |id: &str| {
            let exchange = Exchange { id: id.to_owned(), ..Exchange::default() };
            let advice = evaluate(&ruleset, &exchange, ruleset.info().law_as_at);
            CheckedFlow { flow: Flow { exchange, places: Vec::new(), waivers: Vec::new() }, advice }
        };
        let mut rules = ruleset.rules().iter().map(|(_, rule)| rule.id.as_str());
        let (one, other) = (rules.next().unwrap(), rules.next().unwrap());
        let (main, back) = (flow("main"), flow("back"));
        let of = |flow, rule, status| fingerprint(&ruleset, flow, rule, status, std::iter::empty());
        let known = of(&main, one, Status::Undetermined);
        assert_eq!(known, of(&main, one, Status::Undetermined));
        assert_ne!(known, of(&main, one, Status::Applies));
        assert_ne!(known, of(&main, other, Status::Undetermined));
        assert_ne!(known, of(&back, one, Status::Undetermined));
    }
}
