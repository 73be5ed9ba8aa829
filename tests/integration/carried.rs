//! Answers carried from one version to another, where what they were answers to is another thing there.

use clearshare::model::{Answer, AnswerValue, Facts, Given, Ix, OptionIx};
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset;
use clearshare::upgrade::{Carried, carry};

use crate::support::read_fixture_ruleset;
use crate::upgrade::next;

/// A question that takes one answer becomes one that takes several, with the same options.
const SEVERAL: (&str, &str, &str) =
    ("questions.yaml", "type: one-of\n        changeable: evidence", "type: any-of\n        changeable: evidence");

/// A yes-no question becomes one with options, of the same names.
const NAMED: (&str, &str, &str) = (
    "questions.yaml",
    "type: yes-no\n        changeable: fixed",
    "type: one-of\n        options: [{ id: \"yes\", label: It is }, { id: \"no\", label: It is not }]\n        changeable: fixed",
);

/// An option is taken away.
const GONE: (&str, &str, &str) =
    ("questions.yaml", "          - { id: neighbours, label: Neighbours, cites: [people-act] }\n", "");

fn changed(change: (&str, &str, &str)) -> Ruleset {
    match read_ruleset(&next(&[change])) {
        Ok(loaded) => loaded.ruleset,
        Err(faults) => panic!("{:#?}", faults.findings),
    }
}

/// One answer, carried to the small ruleset with a change; and what is expected of it: carried, or named as gone.
#[track_caller]
fn case(change: (&str, &str, &str), question: &str, value: AnswerValue, is_carried: bool) {
    let (from, to) = (read_fixture_ruleset(), changed(change));
    let mut facts = Facts::default();
    facts.set(from.question_named(question).unwrap(), Answer { value: value.clone(), given: Given::Unstated });
    let Carried { facts, gone, again } = carry(from, &facts, &to);
    let there = to.question_named(question).unwrap();
    let carried = facts.get(there).map(|answer| answer.value.clone());
    if is_carried {
        assert_eq!((carried, gone, again), (Some(value), vec![], vec![]));
    } else {
        assert_eq!((carried, gone, again), (None, vec![question.to_owned()], vec![]));
        assert_eq!(facts.iter().count(), 0);
    }
}

fn one(at: usize) -> AnswerValue {
    AnswerValue::One(OptionIx::new(at))
}

fn any(chosen: &[usize]) -> AnswerValue {
    AnswerValue::Any { chosen: chosen.iter().map(|at| OptionIx::new(*at)).collect(), more: false }
}

/// "A few records", and nothing said of others, is not the answer to "Which of these?". Not even "not known" is: it may be known
/// in part there.
#[test]
fn an_answer_to_a_question_of_another_kind_is_gone() {
    case(SEVERAL, "data.size", one(0), false);
    case(SEVERAL, "data.size", AnswerValue::Unknown, false);
    case(NAMED, "handling.encrypted", one(0), false);
    // The same where nothing changed but something else.
    case(GONE, "data.size", one(0), true);
    case(GONE, "handling.encrypted", one(0), true);
}

/// An answer with an option that is gone is gone as a whole: what is left of it is not what somebody said.
#[test]
fn an_answer_whose_option_is_gone_is_named() {
    case(GONE, "data.about", any(&[2]), false);
    case(GONE, "data.about", any(&[0, 2]), false);
    case(GONE, "data.about", any(&[0, 1]), true);
    case(GONE, "data.about", any(&[]), true);
    case(GONE, "data.about", AnswerValue::Unknown, true);
}
