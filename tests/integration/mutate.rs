//! `rules mutate`: which changes there are, what the command says of them, and drafts of cases.

use clearshare::cases::run_case;
use clearshare::engine::Evaluator;
use clearshare::model::{CaseSet, Exchange, Ix, Status};
use clearshare::mutate::{ALLOWANCE, Only, Settings, Verdict, enumerate, mutate};
use clearshare::rulefile::{Loaded, read_ruleset};
use clearshare::ruleset::Ruleset;

use serde_json::Value;

use crate::schema::{assert_valid, documentation};
use crate::support::{Clearshare, Files, base_files};

/// A ruleset small enough to list every change to it by hand.
pub(crate) fn tiny() -> Files {
    let text = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let mut files: Files = base_files();
    files.retain(|(path, _)| path == "ruleset.yaml");
    files.push(text("glossary.yaml", "terms: []\n"));
    files.push(text("roles.yaml", "roles:\n  - { id: team, title: your team, does: Proposes. }\n"));
    files.push(text("sources.yaml", SOURCES));
    files.push(text("questions.yaml", QUESTIONS));
    files.push(text("derived.yaml", DERIVED));
    files.push(text("myths.yaml", MYTHS));
    files.push(text("rules/one.yaml", RULES));
    files.push(text("cases/cases.yaml", CASES));
    files
}

const SOURCES: &str = "\
sources:
  - { id: act, title: Act, url: \"https://law.example/a\", read: { on: 2026-11-20, copy: live }, confidence: high }
  - { id: tip, title: Tip, url: \"https://law.example/t\", read: { on: 2026-11-20, copy: live }, confidence: low }
";

const QUESTIONS: &str = "\
sections:
  - id: data
    title: Data
    questions:
      - { id: data.live, type: yes-no, prompt: Live?, why: It matters., who: team }
      - id: data.kind
        type: one-of
        only-if: { data.live: yes }
        prompt: Which?
        why: It matters.
        who: team
        options:
          - { id: red, label: Red, tags: [warm, dark] }
          - { id: amber, label: Amber, tags: [warm] }
          - { id: blue, label: Blue, tags: [cold] }
          - { id: grey, label: Grey, tags: [cold, dark] }
          - { id: white, label: White }
      - id: data.ways
        type: any-of
        prompt: How?
        why: It matters.
        who: team
        candidates: Ways
        options:
          - { id: post, label: Post }
          - { id: wire, label: Wire, only-if: { data.kind: tag:dark } }
          - { id: van, label: Van, upcoming: { from: 2027-01-01, cites: [act] }, only-if: { data.kind: red } }
";

const DERIVED: &str = "\
derived:
  - id: heat
    title: Heat
    cases:
      - { is: hot, when: { data.kind: red } }
      - { is: hot, when: { data.kind: amber } }
      - { is: cool, when: { data.kind: tag:cold } }
      - { is: none }
";

const MYTHS: &str = "\
myths:
  - { id: myth, belief: So., truth: No., when: { not: { data.ways: none } }, cites: [act] }
";

const RULES: &str = "\
theme: One
when: { data.live: yes }
rules:
  - id: one.ban
    title: Ban
    level: must-not
    basis: law
    when: { heat: hot, any: [{ data.ways: post }, { data.ways: wire }] }
    because: So.
    steps: [{ do: Stop, who: team }]
    cites: [act]
  - id: one.duty
    title: Duty
    level: must
    basis: policy
    waivable-by: [team]
    when: { count: { at-least: 2, of: [{ data.ways: post }, { data.kind: [tag:warm, white] }, { heat: [cool, none] }] } }
    met-when: { data.ways: { all-of: [post, wire] } }
    because: So.
    steps: [{ do: Act, who: team }]
    cites: [act]
  - id: one.tip
    title: Tip
    level: should
    basis: guidance
    because: So.
    steps: [{ do: Act, who: team }]
    cites: [tip]
    refer: team
";

const CASES: &str = "\
cases:
  - id: red-by-post
    title: Red things go by post
    given: { data: { live: yes, kind: red, ways: [post] } }
    expect: { outcome: stop, rules: { one.ban: applies } }
";

/// Every change to [`tiny`], written down by hand from what docs/rulesets.md says of changes.
const CHANGES: &str = "\
Head(ThemeIx(0)) `data.live: yes` dropped, the only line
Head(ThemeIx(0)) `data.live: yes` negated
Head(ThemeIx(0)) `yes` swapped for `no` in `data.live: yes`
When(RuleIx(0)) `any` for `all` in `all: [{ heat: hot }, { any: [{ data.ways: post }, { data.ways: wire }] }]`
When(RuleIx(0)) `heat: hot` dropped
When(RuleIx(0)) `heat: hot` negated
When(RuleIx(0)) `hot` swapped for `cool` in `heat: hot`
When(RuleIx(0)) `hot` swapped for `none` in `heat: hot`
When(RuleIx(0)) `any: [{ data.ways: post }, { data.ways: wire }]` dropped
When(RuleIx(0)) `all` for `any` in `any: [{ data.ways: post }, { data.ways: wire }]`
When(RuleIx(0)) `none` for `any` in `any: [{ data.ways: post }, { data.ways: wire }]`
When(RuleIx(0)) `data.ways: post` dropped
When(RuleIx(0)) `data.ways: post` negated
When(RuleIx(0)) `post` swapped for `wire` in `data.ways: post`
When(RuleIx(0)) `data.ways: wire` dropped
When(RuleIx(0)) `data.ways: wire` negated
When(RuleIx(0)) `wire` swapped for `post` in `data.ways: wire`
Rule(RuleIx(0)) level `must` for `must-not`
Rule(RuleIx(0)) basis `policy` for `law`
Rule(RuleIx(0)) basis `guidance` for `law`
When(RuleIx(1)) `count: { at-least: 2, of: [{ data.ways: post }, { data.kind: [tag:warm, white] }, { heat: [cool, none] }] }` dropped, the only line
When(RuleIx(1)) `at-least: 1` for `at-least: 2`
When(RuleIx(1)) `at-least: 3` for `at-least: 2`
When(RuleIx(1)) `data.ways: post` dropped from a count
When(RuleIx(1)) `data.ways: post` negated
When(RuleIx(1)) `post` swapped for `wire` in `data.ways: post`
When(RuleIx(1)) `data.kind: [tag:warm, white]` dropped from a count
When(RuleIx(1)) `data.kind: [tag:warm, white]` negated
When(RuleIx(1)) `tag:warm` dropped from `data.kind: [tag:warm, white]`
When(RuleIx(1)) `tag:warm` swapped for `tag:dark` in `data.kind: [tag:warm, white]`
When(RuleIx(1)) `tag:warm` swapped for `tag:cold` in `data.kind: [tag:warm, white]`
When(RuleIx(1)) `white` dropped from `data.kind: [tag:warm, white]`
When(RuleIx(1)) `white` swapped for `grey` in `data.kind: [tag:warm, white]`
When(RuleIx(1)) `white` swapped for `blue` in `data.kind: [tag:warm, white]`
When(RuleIx(1)) `white` swapped for `amber` in `data.kind: [tag:warm, white]`
When(RuleIx(1)) `heat: [cool, none]` dropped from a count
When(RuleIx(1)) `heat: [cool, none]` negated
When(RuleIx(1)) `cool` dropped from `heat: [cool, none]`
When(RuleIx(1)) `cool` swapped for `hot` in `heat: [cool, none]`
When(RuleIx(1)) `none` dropped from `heat: [cool, none]`
When(RuleIx(1)) `none` swapped for `hot` in `heat: [cool, none]`
Met(RuleIx(1)) `met-when: { data.ways: { all-of: [post, wire] } }` dropped
Met(RuleIx(1)) `data.ways: { all-of: [post, wire] }` negated
Met(RuleIx(1)) `post` dropped from `data.ways: { all-of: [post, wire] }`
Met(RuleIx(1)) `wire` dropped from `data.ways: { all-of: [post, wire] }`
Rule(RuleIx(1)) level `should` for `must`
Rule(RuleIx(1)) due `after` sharing for `before` it
Rule(RuleIx(2)) basis `law` for `guidance`
Rule(RuleIx(2)) basis `policy` for `guidance`
Rule(RuleIx(2)) `refer: team` dropped
Question(QuestionIx(1)) `only-if: { data.live: yes }` dropped
Question(QuestionIx(1)) `data.live: yes` negated
Question(QuestionIx(1)) `yes` swapped for `no` in `data.live: yes`
Choice(ListIx(2), OptionIx(1)) `only-if: { data.kind: tag:dark }` dropped
Choice(ListIx(2), OptionIx(1)) `data.kind: tag:dark` negated
Choice(ListIx(2), OptionIx(1)) `tag:dark` swapped for `tag:warm` in `data.kind: tag:dark`
Choice(ListIx(2), OptionIx(1)) `tag:dark` swapped for `tag:cold` in `data.kind: tag:dark`
Case(DerivedIx(0), 0) `data.kind: red` dropped, the only line
Case(DerivedIx(0), 0) `data.kind: red` negated
Case(DerivedIx(0), 0) `red` swapped for `amber` in `data.kind: red`
Case(DerivedIx(0), 0) `red` swapped for `blue` in `data.kind: red`
Case(DerivedIx(0), 0) `red` swapped for `grey` in `data.kind: red`
Case(DerivedIx(0), 1) `data.kind: amber` dropped, the only line
Case(DerivedIx(0), 1) `data.kind: amber` negated
Case(DerivedIx(0), 1) `amber` swapped for `red` in `data.kind: amber`
Case(DerivedIx(0), 1) `amber` swapped for `blue` in `data.kind: amber`
Case(DerivedIx(0), 1) `amber` swapped for `grey` in `data.kind: amber`
Case(DerivedIx(0), 2) `data.kind: tag:cold` dropped, the only line
Case(DerivedIx(0), 2) `data.kind: tag:cold` negated
Case(DerivedIx(0), 2) `tag:cold` swapped for `tag:dark` in `data.kind: tag:cold`
Case(DerivedIx(0), 2) `tag:cold` swapped for `tag:warm` in `data.kind: tag:cold`
Cases(DerivedIx(0)) the case `cool` before the case `hot`
Myth(MythIx(0)) `not: { data.ways: none }` dropped, the only line
Myth(MythIx(0)) `data.ways: none` negated
";

pub(crate) fn loaded(files: &Files) -> Loaded {
    read_ruleset(files).map_err(|faults| format!("{:#?}", faults.findings)).unwrap()
}

pub(crate) fn tried(ruleset: &Ruleset, cases: &CaseSet, only: &[&str]) -> clearshare::mutate::Mutation {
    let only = Only(only.iter().map(|name| (*name).to_owned()).collect());
    mutate(
        ruleset,
        cases,
        &only,
        &Settings { as_of: ruleset.info().law_as_at, workers: 2, allowance: ALLOWANCE, progress: &|_, _| () },
    )
}

#[test]
fn every_single_change_is_made_and_no_other() {
    let ruleset = loaded(&tiny()).ruleset;
    let found: Vec<String> =
        enumerate(ruleset.parts()).iter().map(|mutant| format!("{:?} {}", mutant.site, mutant.words)).collect();
    let expected: Vec<&str> = CHANGES.lines().collect();
    for line in &found {
        assert!(expected.contains(&line.as_str()), "not expected: {line}");
    }
    for line in &expected {
        assert!(found.iter().any(|other| other == line), "not made: {line}");
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn each_change_has_the_place_of_what_it_changes() {
    let loaded = loaded(&tiny());
    let at = |words: &str| {
        let mutants = enumerate(loaded.ruleset.parts());
        let mutant = mutants.iter().find(|mutant| mutant.words == words).unwrap_or_else(|| panic!("{words}"));
        let source = loaded.sources.get(mutant.place.file).unwrap();
        let location = source.location(mutant.place.span.start);
        format!("{}:{}:{}", source.name(), location.line, location.column)
    };
    assert_eq!(at("`data.ways: wire` dropped"), "rules/one.yaml:8:53");
    assert_eq!(
        at("`any` for `all` in `all: [{ heat: hot }, { any: [{ data.ways: post }, { data.ways: wire }] }]`"),
        "rules/one.yaml:8:13"
    );
    assert_eq!(at("`only-if: { data.kind: tag:dark }` dropped"), "questions.yaml:26:49");
    assert_eq!(at("due `after` sharing for `before` it"), "rules/one.yaml:12:5");
}

#[test]
fn changes_that_come_to_the_same_count_once() {
    let loaded = loaded(&tiny());
    let judged = tried(&loaded.ruleset, &loaded.cases, &["data.kind"]).judged;
    // `data.live` always arises, so "not yes" is "no".
    let words: Vec<&str> = judged.iter().map(|judged| judged.mutant.words.as_str()).collect();
    assert_eq!(words, ["`only-if: { data.live: yes }` dropped", "`data.live: yes` negated"]);
}

#[test]
fn only_what_is_asked_for_is_changed() {
    let loaded = loaded(&tiny());
    let count = |only: &[&str]| tried(&loaded.ruleset, &loaded.cases, only).judged.len();
    let all = count(&[]);
    let (rules, derived) = (count(&["rules/one.yaml"]), count(&["derived.yaml"]));
    assert_eq!(rules + derived + count(&["questions.yaml", "some/folder/myths.yaml"]), all);
    assert!(count(&["one.duty"]) < rules && count(&["one.duty"]) > 20);
    assert_eq!(count(&["wire"]), 4);
    let unknown = Only(vec!["one.dutty".to_owned(), "one.duty".to_owned(), "rules/two.yaml".to_owned()]);
    assert_eq!(unknown.unknown(loaded.ruleset.parts()), ["one.dutty", "rules/two.yaml"]);
}

#[test]
fn the_case_says_nothing_of_what_it_does_not_name() {
    let loaded = loaded(&tiny());
    let mut evaluator = Evaluator::new(&loaded.ruleset);
    assert!(run_case(&mut evaluator, &loaded.cases, &loaded.cases.cases[0]).passed());
    let mutation = tried(&loaded.ruleset, &loaded.cases, &["one.ban"]);
    let verdict = |words: &str| {
        let judged = mutation.judged.iter().find(|judged| judged.mutant.words == words);
        &judged.unwrap_or_else(|| panic!("{words}")).verdict
    };
    // The outcome gives it away.
    assert_eq!(verdict("level `must` for `must-not`"), &Verdict::Caught(0));
    assert_eq!(verdict("`heat: hot` negated"), &Verdict::Caught(0));
    // No case says what stands behind the rule.
    let Verdict::Survives(shown) = verdict("basis `policy` for `law`") else { panic!("it survives") };
    let facts = shown.facts.as_ref().unwrap();
    let exchange = Exchange { facts: facts.clone(), ..Exchange::default() };
    let advice = evaluator.conclude(&exchange, loaded.ruleset.info().law_as_at);
    assert_eq!(advice.statuses[0], Status::Applies);
    assert_eq!(facts.iter().map(|(question, _)| question.index()).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn the_status_of_the_command_says_whether_something_survives() {
    let run = |args: &[&str]| Clearshare::new("rules").ruleset("rs", &tiny()).args(["mutate", "./rs"]).args(args).run();
    let output = run(&[]);
    assert_eq!(output.status, 1);
    assert!(
        output
            .stdout
            .contains("\n    – `white` dropped from `data.kind: [tag:warm, white]`\n      ./rs/rules/one.yaml:17:"),
        "{}",
        output.stdout
    );
    assert!(output.stderr.is_empty(), "{}", output.stderr);
    // The share that is caught, and one more, worked out here.
    let counts = run(&["--format", "json"]);
    let counts: Value = serde_json::from_str(&counts.stdout).unwrap();
    let count = |name: &str| counts["summary"][name].as_u64().unwrap();
    let share = 100 * count("caught") / (count("changes") - count("equivalent"));
    assert!((1..100).contains(&share));
    assert_eq!(run(&["--fail-under", &share.to_string()]).status, 0);
    let less = run(&["--quiet", "--fail-under", &(share + 1).to_string()]);
    let told = format!("\n{share}% of the changes that matter are caught. {}% are asked for.\n", share + 1);
    assert!(less.status == 1 && less.stdout.ends_with(&told), "{}", less.stdout);
    assert_eq!(run(&["--fail-under", "101"]).status, 2);
    let one = run(&["--only", "one.dutty"]);
    assert_eq!((one.status, one.stdout.as_str()), (2, ""));
    assert!(one.stderr.contains("did you mean `one.duty`?"), "{}", one.stderr);
    let none = Clearshare::new("rules").args(["mutate", "./nowhere"]).run();
    assert_eq!((none.status, none.stdout.as_str()), (2, ""));
}

#[test]
fn a_case_that_fails_catches_nothing_and_is_said() {
    let mut files = tiny();
    let wrong = CASES.replace("outcome: stop", "outcome: ready");
    files.retain(|(path, _)| path != "cases/cases.yaml");
    files.push(("cases/cases.yaml".to_owned(), wrong.into_bytes()));
    let output = Clearshare::new("rules").ruleset("rs", &files).args(["mutate", "./rs", "--quiet"]).run();
    assert_eq!(output.status, 1);
    assert!(output.stdout.starts_with("1 case fails on the ruleset as it is, and was left out"), "{}", output.stdout);
    assert!(!output.stdout.contains("caught"), "{}", output.stdout);
}

#[test]
fn narrow_and_plain_pages_keep_to_their_width() {
    let output =
        Clearshare::new("rules").ruleset("rs", &tiny()).env("COLUMNS", "40").args(["mutate", "./rs", "--plain"]).run();
    for line in output.stdout.lines() {
        // Places and facts are never broken, so that they can be copied.
        let is_whole = line.contains("rs/")
            || line.trim_start().starts_with(|c: char| c.is_ascii_lowercase()) && line.contains(':');
        assert!(line.chars().count() <= 40 || is_whole, "{line}");
        assert!(!line.contains(['–', '•', '\u{1b}']), "{line}");
    }
}

/// Where how far it is cannot be shown on a terminal, a long run says it in lines.
#[test]
fn a_long_run_says_how_far_it_is() {
    let output = Clearshare::new("rules").args(["mutate", "--quiet", "--only", "myths.yaml"]).run();
    let lines: Vec<&str> = output.stderr.lines().collect();
    assert!((2..=10).contains(&lines.len()), "{}", output.stderr);
    let all = lines.last().unwrap().split(' ').next().unwrap();
    assert!(lines.iter().all(|line| line.ends_with(&format!(" of {all} changes tried"))), "{}", output.stderr);
    // Changes that come to the same as another are not counted twice.
    let counted: usize = output.stdout.split(' ').next().unwrap().parse().unwrap();
    assert!(counted <= all.parse().unwrap() && counted > 900, "{}", output.stdout);
}

fn schema() -> Value {
    crate::schema::schema("mutation-1")
}

#[test]
fn json_has_the_shape_of_its_schema_and_says_what_was_found() {
    assert!(jsonschema::meta::is_valid(&schema()));
    for files in [tiny(), base_files()] {
        let args = ["mutate", "./rs", "--format", "json"];
        let output = Clearshare::new("rules").ruleset("rs", &files).args(args).run();
        let document: Value = serde_json::from_str(&output.stdout).expect("what is written is JSON");
        assert_valid(&schema(), &document);
        let loaded = loaded(&files);
        let mutation = tried(&loaded.ruleset, &loaded.cases, &[]);
        let changes = document["changes"].as_array().unwrap();
        assert_eq!(changes.len(), mutation.judged.len());
        for (change, judged) in changes.iter().zip(&mutation.judged) {
            assert_eq!(change["change"], judged.mutant.words.as_str());
            assert_eq!(change["operator"], judged.mutant.operator.word());
            let survives = matches!(judged.verdict, Verdict::Survives(_));
            assert_eq!((change["verdict"] == "survives", change.get("witness").is_some()), (survives, survives));
        }
        for (member, verdict) in
            [("caught", "caught"), ("equivalent", "equivalent"), ("survive", "survives"), ("not_proved", "not-proved")]
        {
            let count = changes.iter().filter(|change| change["verdict"] == verdict).count();
            assert_eq!(document["summary"][member], count, "{member}");
        }
        assert_eq!((document["failed"].as_bool(), output.status), (Some(true), 1));
    }
}

/// docs/json.md speaks of each member and each closed word of the schema.
#[test]
fn the_documentation_speaks_of_every_member() {
    fn collect(schema: &Value, found: &mut Vec<String>) {
        match schema {
            Value::Object(members) => {
                for (key, value) in members {
                    match (key.as_str(), value) {
                        ("properties", Value::Object(properties)) => found.extend(properties.keys().cloned()),
                        ("enum", Value::Array(words)) => {
                            found.extend(words.iter().filter_map(Value::as_str).map(str::to_owned));
                        }
                        _ => {}
                    }
                    collect(value, found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let text = documentation();
    let mut members = Vec::new();
    collect(&schema(), &mut members);
    for member in members {
        assert!(text.contains(&format!("`{member}`")), "docs/json.md does not speak of `{member}`");
    }
}
