//! Cases that say `given-alone`, run twice; and cases in a folder of their own.

use clearshare::cases::{CaseResult, run};
use clearshare::model::Outcome;
use clearshare::mutate::{ALLOWANCE, Only, Operator, Settings, Site, Verdict, mutate};

use crate::cases::{load, small};
use crate::support::{Clearshare, Files};

/// The small ruleset with one file of cases, in a folder of their own; each assumes what makes a council's act fail.
fn published(cases: &str) -> Files {
    let mut files = small();
    files.retain(|(path, _)| !path.starts_with("cases/"));
    let profiles = "profiles:
  - id: blocked
    facts: { screen: { material: none }, data: { personal: no }, power: { gateway: act-a } }
";
    files.push(("cases/profiles.yaml".to_owned(), profiles.as_bytes().to_vec()));
    files.push(("cases/published/stories.yaml".to_owned(), format!("cases:\n{cases}").into_bytes()));
    files
}

fn case(id: &str, given: &str, outcome: &str) -> String {
    format!(
        "  - id: {id}
    title: A story of {id}
    given: {given}
    assumed: blocked
    given-alone: yes
    expect: {{ outcome: {outcome}, rules: {{ people.tell: not-applicable }} }}
"
    )
}

/// The outcomes of both runs of one case, and what differs.
fn outcomes(given: &str, outcome: &str) -> (Outcome, Outcome, Vec<String>) {
    let loaded = load(&published(&case("one", given, outcome)));
    let results = run(&loaded.ruleset, &loaded.cases);
    let [CaseResult { outcome, alone: Some(alone), differences, .. }] = results.as_slice() else {
        panic!("{results:?}");
    };
    let words = differences.iter().map(|difference| difference.in_words(&loaded.ruleset)).collect();
    (*outcome, alone.outcome, words)
}

#[test]
fn what_stops_or_refers_must_be_given() {
    let given = "{ from: { body: council }, power: { gateway: act-a } }";
    assert_eq!(outcomes(given, "stop"), (Outcome::Stop, Outcome::Stop, vec![]));
    let words = "on what is given alone the outcome is incomplete, and the case expects stop".to_owned();
    assert_eq!(outcomes("{ from: { body: council } }", "stop"), (Outcome::Stop, Outcome::Incomplete, vec![words]));
    let given = "{ from: { body: council }, power: { gateway: no-power } }";
    assert_eq!(outcomes(given, "refer"), (Outcome::Refer, Outcome::Refer, vec![]));
    // A referral that only the profile supplies.
    let mut files = published(&case("one", "{ from: { body: council } }", "refer"));
    for (_, bytes) in files.iter_mut().filter(|(path, _)| path == "cases/profiles.yaml") {
        *bytes = String::from_utf8(bytes.clone()).unwrap().replace("act-a", "no-power").into_bytes();
    }
    let loaded = load(&files);
    let results = run(&loaded.ruleset, &loaded.cases);
    assert_eq!(results[0].outcome, Outcome::Refer);
    let [difference] = results[0].differences.as_slice() else { panic!("{results:?}") };
    let words = "on what is given alone the outcome is incomplete, and the case expects refer";
    assert_eq!(difference.in_words(&loaded.ruleset), words);
}

#[test]
fn anything_else_may_be_left_open() {
    let (whole, alone, differences) = outcomes("{ from: { body: hmrc } }", "ready");
    assert_eq!((whole, alone, differences), (Outcome::Ready, Outcome::Incomplete, vec![]));
    let all = "{ screen: { material: none }, from: { body: hmrc }, data: { personal: no }, power: { gateway: act-a } }";
    assert_eq!(outcomes(all, "ready"), (Outcome::Ready, Outcome::Ready, vec![]));
    assert_eq!(
        outcomes(all, "act-first").2.last().unwrap(),
        "on what is given alone the outcome is ready, and the case expects act-first or incomplete"
    );
    let stopped = "{ from: { body: council }, power: { gateway: act-a } }";
    let words = outcomes(stopped, "ready").2;
    assert_eq!(
        words,
        [
            "the outcome is stop, and the case expects ready",
            "on what is given alone the outcome is stop, and the case expects ready or incomplete",
        ]
    );
    // `incomplete` is no licence: where the facts settle it, the case is wrong.
    assert_eq!(outcomes(all, "incomplete").2.len(), 2);
}

/// What is recorded counts in both runs, and `no` asks for one.
#[test]
fn what_is_recorded_counts_in_both_runs() {
    let given = "{ screen: { material: none }, from: { body: hmrc }, power: { gateway: no-power } }";
    let done = case("one", given, "ready").replace("    expect", "    done: power.ask\n    expect");
    let loaded = load(&published(&done));
    let results = run(&loaded.ruleset, &loaded.cases);
    let alone = results[0].alone.as_ref().unwrap();
    assert_eq!((results[0].outcome, alone.outcome), (Outcome::Ready, Outcome::Ready));
    assert_eq!(alone.exchange.facts.iter().count(), 3);
    let once = load(&published(&done.replace("given-alone: yes", "given-alone: no")));
    assert_eq!(run(&once.ruleset, &once.cases)[0].alone, None);
}

/// The command says which of the two runs failed, and why.
#[test]
fn a_failing_case_says_which_run_failed() {
    let cases = [
        case("alone-fails", "{ from: { body: council } }", "stop"),
        case("whole-fails", "{ from: { body: council } }", "ready"),
        case("both-fail", "{ from: { body: council }, power: { gateway: act-a } }", "ready"),
        case("none-fails", "{ from: { body: hmrc } }", "ready"),
    ];
    let files = published(&cases.concat());
    let run = |args: &[&str]| {
        Clearshare::new("rules").ruleset("mine", &files).args(["test", "./mine"]).args(args).env("COLUMNS", "100").run()
    };
    let output = run(&[]);
    assert_eq!((output.status, output.stderr.as_str()), (1, ""));
    let parts: Vec<&str> = output.stdout.split("Failed: ").collect();
    let [_, alone, whole, both] = parts.as_slice() else { panic!("{}", output.stdout) };
    for (part, says, times) in [
        (alone, "On what is given alone it fails; with what is assumed it is as expected.", 1),
        (whole, "With what is assumed it fails; on what is given alone it is as expected.", 1),
        (both, "It fails with what is assumed, and on what is given alone.", 2),
    ] {
        assert!(part.contains(says), "{part}");
        assert_eq!(part.matches("the outcome is ").count(), times, "{part}");
    }
    // What the profile supplies is no reason in the second run.
    assert!(alone.contains("power.reaches (must-not): undetermined"), "{alone}");
    assert!(whole.contains("power.reaches (must-not): applies"), "{whole}");
    assert!(alone.contains("mine/cases/published/stories.yaml:6:18"), "{alone}");
    let document: serde_json::Value = serde_json::from_str(&run(&["--format", "json"]).stdout).unwrap();
    let of = |at: usize| {
        let case = &document["cases"][at];
        let kinds = case["differences"].as_array().unwrap().iter().map(|d| d["kind"].as_str().unwrap().to_owned());
        (case["outcome"].as_str().unwrap(), case["outcome_alone"].as_str().unwrap(), kinds.collect::<Vec<_>>())
    };
    assert_eq!(of(0), ("stop", "incomplete", vec!["outcome-alone".to_owned()]));
    assert_eq!(of(1), ("stop", "incomplete", vec!["outcome".to_owned()]));
    assert_eq!(of(2), ("stop", "stop", vec!["outcome".to_owned(), "outcome-alone".to_owned()]));
    assert_eq!(of(3), ("ready", "incomplete", vec![]));
    crate::cases::fits_the_schema(&document);
}

/// A change that only what is given alone shows is caught by the case that asks for it, and survives without.
#[test]
fn a_change_is_caught_where_either_run_notices_it() {
    let mut files = published(&case("one", "{ from: { body: council }, power: { gateway: act-a } }", "stop"));
    for (_, bytes) in files.iter_mut().filter(|(path, _)| path == "rules/powers.yaml") {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let both = "when: { any: [{ power.gateway: { closed: yes } }, { data.personal: no }] }";
        *bytes = text.replace("when: { power.gateway: { closed: yes } }", both).into_bytes();
    }
    let caught = |files: &Files| {
        let loaded = load(files);
        let as_of = loaded.ruleset.info().law_as_at;
        let settings = Settings { as_of, workers: 1, allowance: ALLOWANCE, progress: &|_, _| () };
        let mutation = mutate(&loaded.ruleset, &loaded.cases, &Only::default(), &settings);
        assert_eq!(mutation.failing, Vec::<usize>::new());
        let (reaches, _) = loaded.ruleset.rules().iter().find(|(_, rule)| rule.id == "power.reaches").unwrap();
        // The whole condition is dropped, then each of the two lines in `any`.
        let of_rule = mutation.judged.iter().filter(|judged| {
            judged.mutant.site == Site::When(reaches) && judged.mutant.operator == Operator::TestDropped
        });
        of_rule.map(|judged| matches!(judged.verdict, Verdict::Caught(0))).collect::<Vec<_>>()
    };
    assert_eq!(caught(&files), [false, true, false], "without the power the story no longer stops by itself");
    for (_, bytes) in files.iter_mut().filter(|(path, _)| path.starts_with("cases/published/")) {
        *bytes = String::from_utf8(bytes.clone()).unwrap().replace("    given-alone: yes\n", "").into_bytes();
    }
    assert_eq!(caught(&files), [false; 3]);
}

/// Everything that reads cases reads those in a folder of their own as it reads the others.
#[test]
fn cases_in_a_folder_of_their_own_are_like_any_others() {
    let flat = small();
    let mut below = flat.clone();
    for (path, bytes) in below.iter_mut().filter(|(path, _)| path == "cases/all.yaml") {
        "cases/published/all.yaml".clone_into(path);
        bytes.extend_from_slice(b"\n\n");
    }
    assert_ne!(flat, below);
    let said = |files: &Files, args: &[&str]| {
        Clearshare::new("rules").ruleset("mine", files).args([args[0], "./mine"]).args(&args[1..]).run()
    };
    for args in [&["test"][..], &["test", "--format", "json"], &["coverage"], &["mutate"]] {
        let (flat, below) = (said(&flat, args), said(&below, args));
        assert!(flat.status < 2, "{flat:?}");
        let text = below.stdout.replace("cases/published/all.yaml", "cases/all.yaml");
        assert_eq!((below.status, text), (flat.status, flat.stdout), "{args:?}");
    }
    assert_eq!(said(&below, &["test"]).stdout, "4 cases, 4 passed, 0 failed\n");
    let laid = said(&below, &["fmt", "--check"]).stdout;
    assert!(laid.contains("would change: ./mine/cases/published/all.yaml"), "{laid}");
    // Cases are no part of what is published.
    assert_eq!(load(&below).ruleset.digest(), load(&flat).ruleset.digest());
}
