//! How many questions an interview asks: by hand on a small ruleset, and measured on the published stories.

use std::path::Path;

use clearshare::cases::{Interview, interview, interviews};
use clearshare::engine::{Advice, Evaluator};
use clearshare::interview::{Next, Session, hanging};
use clearshare::model::{AnswerValue, Exchange, QuestionIx};
use clearshare::rulefile::Loaded;

use crate::cases::{load, small};
use crate::support::{Clearshare, Files, files_in, names_in};

/// The most questions that a typical interview asks: the median over the published stories.
const TYPICAL: usize = 25;

fn ids(loaded: &Loaded, questions: &[QuestionIx]) -> Vec<String> {
    questions.iter().map(|question| loaded.ruleset.questions().get(*question).unwrap().id.clone()).collect()
}

/// Counted by hand from `tests/fixtures/cases-ruleset/`.
#[test]
fn what_matters_is_asked_in_order_and_nothing_else() {
    let loaded = load(&small());
    let mut evaluator = Evaluator::new(&loaded.ruleset);
    let mut held = |id: &str| {
        let case = loaded.cases.cases.iter().find(|case| case.id == id).unwrap();
        let Interview { asked, unanswered, .. } = interview(&mut evaluator, &loaded.cases, case);
        (ids(&loaded, &asked), ids(&loaded, &unanswered))
    };
    let all = ["screen.material", "from.body", "data.personal", "data.about", "power.gateway"];
    assert_eq!(held("hmrc-and-children"), (all.map(str::to_owned).to_vec(), vec![]));
    // About nobody, nobody asks about whom; what the case leaves out is asked once.
    let nobody = ["screen.material", "from.body", "data.personal", "power.gateway"].map(str::to_owned).to_vec();
    assert_eq!(held("power-not-known"), (nobody, vec!["power.gateway".to_owned()]));
    // The safety screen ends the questions.
    assert_eq!(held("sealed"), (vec!["screen.material".to_owned()], vec![]));
    let held = interviews(&mut evaluator, &loaded.cases);
    let held: Vec<&str> = held.iter().map(|interview| interview.case.id.as_str()).collect();
    assert_eq!(held, ["hmrc-and-children", "council-and-act-a", "power-not-known"], "those with a profile");
}

/// Where there are published stories, only these are counted.
#[test]
fn published_stories_come_before_cases_made_for_a_rule() {
    let mut files = small();
    let (_, bytes) = files.iter().find(|(path, _)| path == "cases/all.yaml").unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let (profiles, cases) = text.split_once("cases:\n").unwrap();
    let (first, others) = cases.split_once("  - id: council-and-act-a").unwrap();
    files.retain(|(path, _)| !path.starts_with("cases/"));
    files.push(("cases/others.yaml".to_owned(), format!("{profiles}cases:\n  - id: council-and-act-a{others}").into()));
    files.push(("cases/published/one.yaml".to_owned(), format!("cases:\n{first}").into()));
    let loaded = load(&files);
    let held = interviews(&mut Evaluator::new(&loaded.ruleset), &loaded.cases);
    assert_eq!(held.iter().map(|interview| interview.case.id.as_str()).collect::<Vec<_>>(), ["hmrc-and-children"]);
}

#[test]
fn the_command_shows_the_median_and_the_longest() {
    let run = |files: &Files| {
        Clearshare::new("rules").ruleset("mine", files).args(["coverage", "./mine", "--interviews"]).run()
    };
    let output = run(&small());
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    for line in [
        "  – 5 questions: hmrc-and-children: HMRC shares data about children",
        "Interviews on 3 cases of small@2026.11",
        "  • Median: 5 questions",
        "  • Most: 5 questions",
        "  • Fewest: 4 questions",
        "1 case has no answer to some question",
    ] {
        assert!(output.stdout.contains(line), "{line}\n{}", output.stdout);
    }
    let mut none = small();
    none.retain(|(path, _)| !path.starts_with("cases/"));
    let output = run(&none);
    assert_eq!(output.status, 1);
    assert!(output.stdout.contains("there is no interview to hold"), "{}", output.stdout);
}

/// Of every ruleset with published stories.
#[test]
fn a_typical_interview_is_short() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/uk-border");
    let mut measured = 0;
    for version in names_in(&root) {
        let loaded = load(&files_in(&root.join(&version)));
        if !loaded.ruleset.files().iter().any(|file| file.starts_with("cases/published/")) {
            continue;
        }
        let mut held = interviews(&mut Evaluator::new(&loaded.ruleset), &loaded.cases);
        measured += 1;
        held.sort_by_key(|interview| std::cmp::Reverse(interview.asked.len()));
        let median = held[held.len() / 2].asked.len();
        let worst: Vec<String> =
            held.iter().take(10).map(|held| format!("{} {}", held.asked.len(), held.case.id)).collect();
        let told = format!("uk-border@{version}: median {median}, longest {worst:#?}, of {} stories", held.len());
        assert!(median <= TYPICAL, "{told}");
        assert!(held.iter().all(|held| !held.asked.is_empty()), "{told}");
    }
    assert!(measured > 0, "no ruleset has published stories");
}

/// What somebody is shown who asks why, or what is known so far, is found in ways of its own: it is what the whole advice says.
#[test]
fn what_is_shown_in_between_is_what_the_advice_says() {
    let ruleset = clearshare::bundled::newest("uk-border").unwrap().load().unwrap();
    let as_of = ruleset.info().law_as_at;
    let (mut all, mut judged) = (0, 0);
    for seed in 0..4 {
        let mut session = Session::new(&ruleset, Exchange::default(), as_of);
        let mut at = 0;
        while let Next::Ask(question) = session.what_next() {
            // The first questions, when least is known, take a while to advise on without the ways of its own.
            if at > 3 && (at + seed) % 5 == 0 {
                let full = clearshare::engine::evaluate(&ruleset, session.exchange(), as_of);
                let quick = session.so_far().clone();
                all += 1;
                if !full.over_budget {
                    judged += 1;
                    let (hinges, derived_hinges) = (full.hinges.clone(), full.derived_hinges.clone());
                    let (open, unknown) = (full.open.clone(), full.unknown.clone());
                    assert_eq!(Advice { hinges, derived_hinges, open, unknown, ..quick }, full);
                    for question in full.open.iter().take(6).chain(&full.unknown) {
                        if session.exchange().facts.get(*question).is_none() {
                            assert_eq!(session.hanging_on(*question), hanging(&full, *question), "seed {seed}, {at}");
                        }
                    }
                }
            }
            let offers = session.offers(question);
            let open: Vec<_> = offers.iter().filter(|offer| offer.open).map(|offer| offer.option).collect();
            // Without a pattern, but for the safety questions: nothing of the kind.
            let pick = open.get((at * 7 + seed * 13) % open.len().max(1)).copied();
            let several = ruleset.takes_several(question);
            let value = match pick {
                _ if several && (at == 0 || (at + seed) % 3 == 0) => {
                    AnswerValue::Any { chosen: Vec::new(), more: false }
                }
                Some(option) if several => AnswerValue::Any { chosen: vec![option], more: at % 4 == 0 },
                Some(option) if at % 6 != 5 => AnswerValue::One(option),
                _ => AnswerValue::Unknown,
            };
            session.answer(question, &value);
            at += 1;
        }
    }
    assert!(judged > 8, "{judged} of {all}");
}
