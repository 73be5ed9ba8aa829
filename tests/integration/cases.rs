//! A ruleset's own cases: what they can expect, and what `clearshare rules test` says of those that fail.

use clearshare::cases::{Differs, run};
use clearshare::engine::{Advice, Evaluator};
use clearshare::model::{Outcome, Status};
use clearshare::rulefile::{Loaded, read_ruleset};
use serde_json::Value;

use crate::schema::{assert_each_refused, assert_valid, documentation, each_member};
use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Files, files_in, fixture};

/// The start of a case that nothing is wrong with, for others to expect something of.
const STORY: &str = "cases:
  - id: story
    title: A story
    given: { screen: { material: none }, from: { body: hmrc }, data: { personal: yes, about: children }, power: { gateway: act-a } }
    expect:
";

/// The files of the small ruleset.
pub(crate) fn small() -> Files {
    files_in(&fixture("cases-ruleset"))
}

/// The small ruleset with these cases instead of its own.
fn with_cases(text: &str) -> Files {
    let mut files = small();
    files.retain(|(path, _)| !path.starts_with("cases/"));
    files.push(("cases/x.yaml".to_owned(), text.as_bytes().to_vec()));
    files
}

#[track_caller]
pub(crate) fn load(files: &Files) -> Loaded {
    match read_ruleset(files) {
        Ok(loaded) => loaded,
        Err(faults) => panic!("{:#?}", faults.findings),
    }
}

/// One difference is found: of this kind, in these words, and at the place marked `^` in what is expected.
#[track_caller]
fn differs(marked: &str, is_kind: impl Fn(&Differs) -> bool, words: &str) {
    story(STORY, marked, is_kind, words);
}

#[track_caller]
fn story(start: &str, marked: &str, is_kind: impl Fn(&Differs) -> bool, words: &str) {
    let marked = format!("{start}{marked}");
    let before = marked.split('^').next().unwrap();
    let (line, column) = (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().chars().count() + 1);
    let loaded = load(&with_cases(&marked.replace('^', "")));
    let results = run(&loaded.ruleset, &loaded.cases);
    let [result] = results.as_slice() else { panic!("{} cases", results.len()) };
    let told: Vec<String> = result.differences.iter().map(|d| d.in_words(&loaded.ruleset)).collect();
    assert_eq!(told, [words]);
    let difference = &result.differences[0];
    assert!(is_kind(&difference.differs), "{difference:?}");
    let source = loaded.sources.get(difference.place.file).unwrap();
    let at = source.location(difference.place.span.start);
    assert_eq!((source.name(), at.line as usize, at.column as usize), ("cases/x.yaml", line, column), "{marked}");
}

#[test]
fn the_small_rulesets_own_cases_pass() {
    let loaded = load(&small());
    let results = run(&loaded.ruleset, &loaded.cases);
    assert_eq!(results.len(), 4);
    for result in results {
        assert!(result.passed(), "{}: {:?}", result.case.id, result.differences);
    }
}

#[test]
fn another_outcome_or_status_is_found() {
    differs(
        "      outcome: ^stop\n      rules: { power.ask: not-applicable }\n",
        |d| matches!(d, Differs::Outcome { expected: Outcome::Stop, found: Outcome::Ready }),
        "the outcome is ready, and the case expects stop",
    );
    differs(
        "      rules: { power.ask: not-applicable, people.children: ^met }\n",
        |d| matches!(d, Differs::Status { expected: Status::Met, found: Status::Applies, .. }),
        "the status of `people.children` is applies, and the case expects met",
    );
}

#[test]
fn another_level_basis_due_or_referral_is_found() {
    let rule = |rest: &str| format!("      rules: {{ people.tell: {{ status: not-applicable, {rest} }} }}\n");
    differs(
        &rule("basis: law, level: ^should"),
        |d| matches!(d, Differs::Level { .. }),
        "the level of `people.tell` is must, and the case expects should",
    );
    differs(
        &rule("level: must, basis: ^policy"),
        |d| matches!(d, Differs::Basis { .. }),
        "the basis of `people.tell` is law, and the case expects policy",
    );
    differs(
        &rule("due: ^before"),
        |d| matches!(d, Differs::Due { .. }),
        "`people.tell` is due after sharing, and the case expects before it",
    );
    differs(
        &rule("refer: ^team"),
        |d| matches!(d, Differs::Refer { found: None, .. }),
        "`people.tell` refers to nobody, and the case expects team",
    );
    differs(
        "      rules: { power.ask: { status: not-applicable, refer: ^team } }\n",
        |d| matches!(d, Differs::Refer { found: Some(_), .. }),
        "`power.ask` refers to security-team, and the case expects team",
    );
}

#[test]
fn another_fact_candidate_or_myth_is_found() {
    differs(
        "      rules: { power.ask: not-applicable }\n      derived: { care: ^some }\n",
        |d| matches!(d, Differs::Derived { .. }),
        "`care` is high, and the case expects some",
    );
    differs(
        "      rules: { power.ask: not-applicable }\n      derived: { care: ^undetermined }\n",
        |d| matches!(d, Differs::Derived { expected: None, .. }),
        "`care` is high, and the case expects undetermined",
    );
    differs(
        "      rules: { power.ask: not-applicable }\n      candidates: { power.gateway: [act-c, ^act-b] }\n",
        |d| matches!(d, Differs::Candidate { .. }),
        "`act-b` of `power.gateway` is no candidate",
    );
    differs(
        "      rules: { power.ask: not-applicable }\n      not-candidates: { power.gateway: [act-b, ^act-c] }\n",
        |d| matches!(d, Differs::NotCandidate { .. }),
        "`act-c` of `power.gateway` is a candidate",
    );
    let nobody = STORY.replace("personal: yes, about: children", "personal: no");
    story(
        &nobody,
        "      rules: { power.ask: not-applicable }\n      myths: [^never-share]\n",
        |d| matches!(d, Differs::Myth(_)),
        "the myth `never-share` is not answered",
    );
}

#[test]
fn an_answer_that_does_not_arise_is_found_where_it_is_given() {
    let moot = STORY.replace("personal: yes, about: children", "personal: no, about: ^children");
    let words = "`data.about` is given, but does not arise";
    story(&moot, "      rules: { power.ask: not-applicable }\n", |d| matches!(d, Differs::Moot(_)), words);
    // What is not known says nothing, and a profile's answers are left out where they do not arise.
    let unknown = moot.replace("^children", "unknown");
    let loaded = load(&with_cases(&format!("{unknown}      rules: {{ power.ask: not-applicable }}\n")));
    assert!(run(&loaded.ruleset, &loaded.cases)[0].passed());
}

#[test]
fn an_answer_that_does_not_arise_can_be_expected() {
    let moot = STORY.replace("personal: yes, about: children", "personal: no, about: children");
    let expected = "      rules: { power.ask: not-applicable }\n      does-not-arise: data.about\n";
    let loaded = load(&with_cases(&format!("{moot}{expected}")));
    assert!(run(&loaded.ruleset, &loaded.cases)[0].passed());
    differs(
        &expected.replace("data.about", "^data.about"),
        |d| matches!(d, Differs::Arises(_)),
        "`data.about` arises or is not answered, and the case expects that it does not arise",
    );
}

#[test]
fn what_is_not_named_is_checked_where_the_case_says_exactly() {
    differs(
        "      exactly: [derived, ^rules]\n      rules: { people.tell: not-applicable }\n      derived: { care: high }\n",
        |d| matches!(d, Differs::UnnamedRule { found: Status::Applies, .. }),
        "the status of `people.children` is applies, and the case does not name it",
    );
    differs(
        "      exactly: [^derived]\n      rules: { power.ask: not-applicable }\n",
        |d| matches!(d, Differs::UnnamedDerived { .. }),
        "`care` is high, and the case does not name it",
    );
    differs(
        "      exactly: ^candidates\n      rules: { power.ask: not-applicable }\n      candidates: { power.gateway: act-a }\n",
        |d| matches!(d, Differs::UnnamedCandidate { .. }),
        "`act-c` of `power.gateway` is a candidate, and the case does not name it",
    );
    differs(
        "      exactly: [^myths]\n      rules: { power.ask: not-applicable }\n",
        |d| matches!(d, Differs::UnnamedMyth(_)),
        "the myth `never-share` is answered, and the case does not name it",
    );
    let all = "      exactly: ^yes
      rules: { people.children: applies }
      derived: { care: high }
      candidates: { power.gateway: [act-a, act-c] }\n";
    differs(
        all,
        |d| matches!(d, Differs::UnnamedMyth(_)),
        "the myth `never-share` is answered, and the case does not name it",
    );
    let no = all.replace("exactly: ^yes", "exactly: no");
    let loaded = load(&with_cases(&format!("{STORY}{no}")));
    assert!(run(&loaded.ruleset, &loaded.cases)[0].passed());
}

/// Each part of `exactly` says nothing of the others.
#[test]
fn exactly_checks_only_the_parts_that_it_names() {
    for (part, found) in [("rules", 1), ("derived", 1), ("candidates", 2), ("myths", 1), ("yes", 5), ("no", 0)] {
        let loaded =
            load(&with_cases(&format!("{STORY}      exactly: {part}\n      rules: {{ power.ask: not-applicable }}\n")));
        assert_eq!(run(&loaded.ruleset, &loaded.cases)[0].differences.len(), found, "{part}");
    }
}

/// What is expected not to be a candidate is told once, and a fact that nobody is shown need not be named.
#[test]
fn exactly_says_nothing_twice_and_nothing_of_what_is_not_shown() {
    differs(
        "      exactly: candidates\n      rules: { power.ask: not-applicable }\n      candidates: { power.gateway: act-a }
      not-candidates: { power.gateway: ^act-c }\n",
        |d| matches!(d, Differs::NotCandidate { .. }),
        "`act-c` of `power.gateway` is a candidate",
    );
    let mut files = files_in(&fixture("ruleset/_base"));
    files.retain(|(path, _)| !path.starts_with("cases/"));
    let case = "cases:
  - id: plain
    title: Not about people
    given: { from: { body: council }, data: { personal: no, size: few } }
    expect:
      exactly: derived
      rules: { people.ask: not-applicable }
      derived: { regime: no-people, needs-care: no, care: ordinary }\n";
    files.push(("cases/x.yaml".to_owned(), case.as_bytes().to_vec()));
    let loaded = load(&files);
    assert!(loaded.ruleset.derived().iter().any(|(_, fact)| !fact.shown), "there is a fact that is not shown");
    assert_eq!(run(&loaded.ruleset, &loaded.cases)[0].differences, []);
}

/// Where the screen ends everything nothing else is shown, so nothing else need be named, but the screen's own rules must be.
#[test]
fn exactly_asks_for_nothing_that_the_screen_hides() {
    let sealed = STORY.replace("material: none", "material: sealed");
    let words = "the status of `screen.stop-here` is applies, and the case does not name it";
    let kind = |d: &Differs| matches!(d, Differs::UnnamedRule { .. });
    story(&sealed, "      exactly: ^true\n      outcome: refer\n", kind, words);
}

#[test]
fn what_a_case_records_counts_where_the_rule_allows_it() {
    let status = |recorded: &str, rule: &str| {
        let text = STORY.replace("    expect:", &format!("    {recorded}\n    expect:"));
        let text = text.replace("about: children", "about: adults");
        let loaded = load(&with_cases(&format!("{text}      rules: {{ {rule}: undetermined }}\n")));
        match run(&loaded.ruleset, &loaded.cases)[0].differences[0].differs {
            Differs::Status { found, .. } => found,
            ref other => panic!("{other:?}"),
        }
    };
    assert_eq!(status("done: people.tell", "people.tell"), Status::Done);
    assert_eq!(status("waived: people.tell", "people.tell"), Status::Applies, "the law is not waived");
    let children = |recorded: &str| {
        let text = STORY.replace("    expect:", &format!("    {recorded}\n    expect:"));
        let loaded = load(&with_cases(&format!("{text}      rules: {{ people.children: undetermined }}\n")));
        match run(&loaded.ruleset, &loaded.cases)[0].differences[0].differs {
            Differs::Status { found, .. } => found,
            ref other => panic!("{other:?}"),
        }
    };
    assert_eq!(children("waived: [people.children]"), Status::Waived);
    assert_eq!(children("done: [people.children]"), Status::Applies, "answers meet it");
}

/// What is left out when only the conclusions are asked for is what would settle them, and nothing else.
#[test]
fn conclusions_are_those_of_the_whole_advice() {
    for files in [small(), files_in(&fixture("ruleset/_base"))] {
        let loaded = load(&files);
        let mut evaluator = Evaluator::new(&loaded.ruleset);
        let mut tried = 0;
        for case in &loaded.cases.cases {
            let whole = clearshare::cases::exchange_of(&mut evaluator, &loaded.cases, case);
            let as_of = clearshare::cases::date_of(&loaded.ruleset, case);
            // Without each answer in turn, so that much is undetermined.
            for (left_out, _) in whole.facts.iter() {
                let mut exchange = whole.clone();
                exchange.facts.remove(left_out);
                let full = evaluator.evaluate(&exchange, as_of);
                let few = evaluator.conclude(&exchange, as_of);
                let Advice { hinges, derived_hinges, open, unknown, .. } = &few;
                assert!(
                    hinges.iter().chain(derived_hinges).all(Vec::is_empty) && open.is_empty() && unknown.is_empty()
                );
                let (hinges, derived_hinges) = (full.hinges.clone(), full.derived_hinges.clone());
                let (open, unknown) = (full.open.clone(), full.unknown.clone());
                assert_eq!(Advice { hinges, derived_hinges, open, unknown, ..few }, full);
                let moot = evaluator.moot(&exchange.facts);
                assert_eq!(moot, full.moot);
                tried += 1;
            }
        }
        assert!(tried > 5, "only {tried} exchanges");
    }
}

/// A ruleset with one case that passes and one that fails in several ways.
fn failing() -> Files {
    let mut files = with_cases(
        "cases:
  - id: right
    title: All is as expected
    given: { from: { body: hmrc } }
    expect: { rules: { people.tell: undetermined } }
  - id: wrong
    title: Much is not \u{202e}as expected
    given: { screen: { material: none }, from: { body: council }, data: { personal: yes, about: adults }, power: { gateway: act-a } }
    expect:
      outcome: ready
      rules: { power.reaches: not-applicable, people.tell: { status: applies, level: should } }
      derived: { care: high }
      candidates: { power.gateway: act-a }
",
    );
    files.sort();
    files
}

fn tested(args: &[&str], files: &Files) -> crate::support::Output {
    Clearshare::new("rules").ruleset("mine", files).args(["test", "./mine"]).args(args).run()
}

#[test]
fn a_failing_case_shows_each_difference_with_its_place_and_why() {
    for (name, args, width) in [
        ("wide", &[][..], "80"),
        ("narrow", &[][..], "40"),
        ("plain", &["--plain"], "80"),
        ("colour", &["--color", "always"], "80"),
    ] {
        let run = Clearshare::new("rules").ruleset("mine", &failing()).args(["test", "./mine"]).args(args);
        let output = run.env("COLUMNS", width).run();
        assert_eq!((output.status, output.stderr.as_str()), (1, ""));
        assert!(!output.stdout.contains('\u{202e}'), "a character that acts is shown");
        assert!(output.stdout.contains("./mine/cases/x.yaml:10:16"), "{}", output.stdout);
        assert_snapshot(&format!("cases/test.{name}.txt"), &output.stdout);
    }
    let output = tested(&[], &failing()).stdout;
    assert!(output.ends_with("\n2 cases, 1 passed, 1 failed\n"), "{output}");
    assert!(!output.contains("All is as expected"), "a case that passes is shown");
    assert!(output.contains("from.body is hmrc: no (answered council)"), "no derivation: {output}");
    assert!(output.contains("the rule is at ./mine/rules/people.yaml:4:5"), "{output}");
}

#[test]
fn the_exit_status_tells_what_came_of_the_cases() {
    let passed = tested(&[], &small());
    assert_eq!((passed.status, passed.stdout.as_str()), (0, "4 cases, 4 passed, 0 failed\n"));
    assert_eq!(tested(&["--case", "right"], &failing()).status, 0);
    assert_eq!(tested(&["--case", "right"], &failing()).stdout, "1 case, 1 passed, 0 failed\n");
    let both = tested(&["--case", "wrong", "--case", "right", "--quiet"], &failing());
    assert_eq!((both.status, both.stdout.as_str()), (1, "2 cases, 1 passed, 1 failed\n"));
    let unknown = tested(&["--case", "wrnog"], &failing());
    assert_eq!((unknown.status, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("did you mean `wrong`?"), "{}", unknown.stderr);
    let mut none = small();
    none.retain(|(path, _)| !path.starts_with("cases/"));
    let none = tested(&[], &none);
    assert_eq!((none.status, none.stdout.as_str()), (1, "small@2026.11 has no cases: nothing was tested.\n"));
    let mut faulty = small();
    faulty.retain(|(path, _)| path != "myths.yaml");
    assert_eq!(tested(&[], &faulty).status, 2);
}

fn document(files: &Files, status: i32) -> Value {
    let output = tested(&["--format", "json"], files);
    assert_eq!((output.status, output.stderr.as_str()), (status, ""));
    serde_json::from_str(&output.stdout).expect("it is JSON")
}

fn schema() -> Value {
    crate::schema::schema("test-1")
}

/// A document has the shape of its schema.
#[track_caller]
pub(crate) fn fits_the_schema(document: &Value) {
    assert_valid(&schema(), document);
}

#[test]
fn json_has_the_shape_of_its_schema() {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema));
    for (files, status) in [(failing(), 1), (small(), 0)] {
        fits_the_schema(&document(&files, status));
    }
    let right = document(&failing(), 1);
    assert_eq!(right["summary"], serde_json::json!({ "cases": 2, "passed": 1, "failed": 1 }));
    let differences = right["cases"][1]["differences"].as_array().unwrap();
    let kinds: Vec<&str> = differences.iter().map(|d| d["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["outcome", "status", "level", "derived", "candidate"]);
    assert_eq!((&differences[0]["line"], &differences[0]["column"]), (&Value::from(10), &Value::from(16)));
    let wrong = [
        ("/format", Value::from("clearshare-test/2")),
        ("/summary/passed", Value::from("1")),
        ("/cases/0/passed", Value::Null),
        ("/cases/1/differences/0/kind", Value::from("guess")),
        ("/cases/1/differences/0/why", Value::from("because")),
        ("/cases/1/differences/0/line", Value::from(0)),
        ("/extra", Value::from(1)),
    ];
    assert_each_refused(&schema, &right, &wrong);
}

/// The words of kinds are closed: each is in the schema, and docs/json.md speaks of each member.
#[test]
fn the_documentation_speaks_of_every_member() {
    let text = documentation();
    let (_, section) = text.split_once("`clearshare-test/1`").expect("there is a section");
    let mut members = Vec::new();
    each_member(&schema(), &mut members);
    assert!(members.len() > 20, "{members:?}");
    for member in members {
        assert!(section.contains(&format!("`{member}`")), "docs/json.md does not speak of `{member}`");
    }
}
