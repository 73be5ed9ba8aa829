//! The tests: each runs one property over generated rulesets on every core, and asserts that there was enough to test.

use std::ops::Range;

use super::checks::{self, Subject};
use super::generate::ruleset;
use super::seeds;
use super::tally::Tally;

/// Runs a property on the rulesets of these seeds, so many times on each.
fn hold(seeds: Range<u64>, times: usize, check: fn(&mut Subject<'_>, usize) -> Result<(), String>) -> Tally {
    seeds::hold(seeds, |seed| {
        let rs = ruleset(seed);
        let mut subject = Subject::new(&rs)?;
        check(&mut subject, times)?;
        Ok(subject.tally)
    })
}

/// Asserts that each of these was seen at least so often.
pub(super) fn assert_seen<S: AsRef<str>>(tally: &Tally, least: usize, what: &[S]) {
    let seen = what.iter().map(|w| (w.as_ref(), tally.get(w.as_ref())));
    let rare: Vec<_> = seen.filter(|(_, times)| *times < least).collect();
    assert!(rare.is_empty(), "seen too seldom: {rare:?}\nin {:#?}", tally.0);
}

#[test]
fn engine_equals_the_oracle_on_100_000_generated_pairs() {
    let tally = hold(0..4_200, 25, checks::equals_the_oracle);
    assert!(tally.get("pairs") >= 100_000, "{}", tally.get("pairs"));
    assert_seen(&tally, 1_000, &SEEN_OFTEN);
    assert_seen(&tally, 200, &SEEN_IN_RULESETS);
    for form in FORMS {
        assert_seen(&tally, 1_000, &["true", "false", "does not arise"].map(|v| format!("test {form} {v}")));
    }
    for line in ["question", "derived", "all", "any", "none", "not", "count"] {
        assert_seen(&tally, 5_000, &["true", "false"].map(|v| format!("line {line} {v}")));
    }
}

const SEEN_OFTEN: [&str; 42] = [
    "status Applies",
    "status Undetermined",
    "status Met",
    "status Done",
    "status Waived",
    "status NotApplicable",
    "outcome Ready",
    "outcome ActFirst",
    "outcome Incomplete",
    "outcome Refer",
    "outcome Stop",
    "outcome Screened",
    "when undetermined",
    "met-when undetermined",
    "when settled though three-valued logic leaves it open",
    "undetermined although done or waived",
    "applies although waived in the past",
    "waived until today",
    "must-not applies although done or waived",
    "upcoming that came into force Undetermined",
    "upcoming that came into force NotApplicable",
    "upcoming that is not in force",
    "derived determined",
    "derived undetermined",
    "candidate certain",
    "candidate possible",
    "candidate chosen",
    "candidate closed",
    "candidate that is upcoming",
    "myths",
    "myth that does not matter",
    "myth that may matter",
    "moot",
    "moot text",
    "open",
    "unknown that matters",
    "partly unknown that matters",
    "absent that does not matter",
    "unknown that does not matter",
    "test with a closed option chosen",
    "relevant through met-when only",
    "screened by an unknown answer",
];

const SEEN_IN_RULESETS: [&str; 11] = [
    "ruleset with a list for two questions",
    "ruleset with an each-question",
    "ruleset with a text question",
    "ruleset with only-if on a derived fact",
    "ruleset with an upcoming option",
    "ruleset with an option `no` or `none`",
    "ruleset with an option that is no candidate",
    "ruleset with a bar",
    "ruleset with a file-level when",
    "ruleset with ends-questions",
    "ruleset with a scale",
];

const FORMS: [&str; 15] = [
    "YesNo option",
    "OneOf option",
    "OneOf tag",
    "OneOf some",
    "OneOf some-without",
    "OneOf closed",
    "AnyOf option",
    "AnyOf tag",
    "AnyOf none",
    "AnyOf none-or",
    "AnyOf all-of",
    "AnyOf only",
    "AnyOf some",
    "AnyOf some-without",
    "AnyOf closed",
];

#[test]
fn an_added_answer_never_changes_what_was_determined() {
    let tally = hold(10_000..10_800, 25, checks::added_answers_change_nothing_determined);
    assert_seen(&tally, 500, &["answers added", "statuses settled by it", "stop kept", "ready kept"]);
}

#[test]
fn a_question_is_asked_exactly_when_it_matters() {
    let tally = hold(20_000..20_600, 15, checks::asks_what_matters);
    assert_seen(&tally, 2_000, &["questions that matter", "questions that do not matter"]);
}

#[test]
fn an_interview_ends_and_leaves_only_what_nobody_knows() {
    let tally = hold(30_000..31_000, 8, checks::interviews_end);
    let seen = ["questions asked", "questions never asked", "interviews with unknown", "interviews without unknown"];
    assert_seen(&tally, 500, &seen);
}

#[test]
fn a_missing_answer_is_never_no() {
    let tally = hold(40_000..40_800, 25, checks::missing_is_never_no);
    assert_seen(&tally, 2_000, &["answers removed", "statuses lost"]);
}

#[test]
fn a_closed_option_never_lifts_a_bar() {
    let tally = hold(50_000..51_500, 10, checks::closed_options_lift_nothing);
    let seen = ["bars that a closed option did not lift", "bars that an open option lifted"];
    assert_seen(&tally, 300, &seen);
}

#[test]
fn the_same_facts_give_the_same_advice() {
    let tally = hold(60_000..60_500, 15, checks::is_deterministic);
    assert_seen(&tally, 3_000, &["pairs evaluated four times"]);
}

#[test]
fn what_was_told_changes_nothing_but_what_is_answered() {
    let tally = hold(80_000..80_600, 15, checks::told_changes_nothing);
    assert_seen(&tally, 500, &["told some", "told none of some"]);
}

#[test]
fn the_oracle_agrees_with_three_valued_logic() {
    let tally = hold(70_000..70_300, 20, checks::oracle_agrees_with_kleene);
    assert_seen(&tally, 5_000, &["settled by three-valued logic"]);
}
