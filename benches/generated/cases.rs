//! Cases for a generated ruleset, as its authors would write them: a few answers each, over a profile of ordinary ones.
//!
//! What they expect is what the program says: they measure how fast cases run, and prove nothing.

use std::fmt::Write as _;

use clearshare::cases::{CaseResult, date_of, run};
use clearshare::engine::Evaluator;
use clearshare::manifest::write_facts;
use clearshare::model::{Answer, AnswerValue, Facts, Given, Kind, OptionIx, Question, QuestionIx, Status};
use clearshare::rulefile::{Loaded, read_ruleset};
use clearshare::ruleset::Ruleset;

use super::Files;
use super::rng::Rng;

/// How many profiles the cases share.
const PROFILES: usize = 4;
/// How many answers a case gives itself.
const GIVEN: usize = 12;

/// The same ruleset with so many cases, all of which pass.
pub(crate) fn with_cases(files: &Files, count: usize) -> Files {
    let path = "cases/generated.yaml".to_owned();
    let read = |text: Option<String>| {
        let files: Files = files.iter().cloned().chain(text.map(|text| (path.clone(), text.into_bytes()))).collect();
        match read_ruleset(&files) {
            Ok(loaded) => (files, loaded),
            Err(faults) => panic!("a generated ruleset has faults: {:#?}", faults.findings),
        }
    };
    let (_, plain) = read(None);
    let mut rng = Rng(0x0ca5_e5ee);
    let profiles: String = (0..PROFILES).map(|at| profile(&plain.ruleset, at, &mut rng)).collect();
    let given: Vec<String> = (0..count).map(|at| given(&plain.ruleset, at, &mut rng)).collect();
    let (_, asked) =
        read(Some(whole(&profiles, given.iter().map(|given| format!("{given}    expect: {{ exactly: yes }}\n")))));
    let results = run(&asked.ruleset, &asked.cases);
    let expected = given.iter().zip(&results).map(|(given, result)| format!("{given}{}", expected(&asked, result)));
    read(Some(whole(&profiles, expected))).0
}

fn whole(profiles: &str, cases: impl Iterator<Item = String>) -> String {
    format!("profiles:\n{profiles}cases:\n{}", cases.collect::<String>())
}

fn profile(ruleset: &Ruleset, at: usize, rng: &mut Rng) -> String {
    let mut facts = Facts::default();
    for (ix, question) in ruleset.questions().iter() {
        facts.set(ix, answer(ruleset, ix, question, rng));
    }
    format!("  - id: profile-{at}\n    facts:\n{}", write_facts(ruleset.parts(), &facts, 6))
}

/// The head of a case and the answers it gives: to questions that always arise.
fn given(ruleset: &Ruleset, at: usize, rng: &mut Rng) -> String {
    let always: Vec<(QuestionIx, &Question)> =
        ruleset.questions().iter().filter(|(_, q)| q.only_if.is_none()).collect();
    let mut facts = Facts::default();
    for _ in 0..GIVEN {
        let (ix, question) = rng.pick(&always);
        facts.set(ix, answer(ruleset, ix, question, rng));
    }
    let given = write_facts(ruleset.parts(), &facts, 6);
    format!(
        "  - id: case-{at}\n    title: Case {at}\n    assumed: profile-{}\n    given:\n{given}",
        rng.below(PROFILES)
    )
}

fn answer(ruleset: &Ruleset, ix: QuestionIx, question: &Question, rng: &mut Rng) -> Answer {
    let offered = ruleset.parts().choices(ix).len();
    let mut option = || OptionIx(u16::try_from(rng.below(offered)).unwrap_or(0));
    let value = if question.kind == Kind::AnyOf {
        let mut chosen = vec![option(), option()];
        chosen.sort_unstable();
        chosen.dedup();
        AnswerValue::Any { chosen, more: false }
    } else {
        AnswerValue::One(option())
    };
    Answer { value, given: Given::Unstated }
}

/// What a case expects: the outcome, and the status of every rule that is not out of the question.
fn expected(loaded: &Loaded, result: &CaseResult<'_>) -> String {
    let ruleset = &loaded.ruleset;
    let advice = Evaluator::new(ruleset).conclude(&result.exchange, date_of(ruleset, result.case));
    let mut text =
        format!("    expect:\n      exactly: [rules]\n      outcome: {}\n      rules:\n", result.outcome.word());
    for (ix, rule) in ruleset.rules().iter() {
        let status = advice.status(ix);
        if status != Status::NotApplicable {
            let _ = writeln!(text, "        {}: {}", rule.id, status.word());
        }
    }
    text
}
