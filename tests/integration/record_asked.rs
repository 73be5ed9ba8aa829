//! `clearshare record new` and `record amend`, asked line by line.

use std::path::Path;

use clearshare::record::v1::{Choice, Outcome, Record, SharingCondition, View};
use clearshare::record::{outstanding, sha256};

use crate::records::{Advised, read};
use crate::support::{Clearshare, Output, names_in};

const READY: &str = "official-sensitive-public-cloud.yaml";
const ACT_FIRST: &str = "border-force-case-request.yaml";

fn example(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
}

/// A run in which these lines are typed.
fn typed(name: &str, lines: &[&str]) -> (Output, tempfile::TempDir) {
    let run = Clearshare::new("record").args(["new", "x.yaml", "--as-of", "2026-11-22", "--plain"]);
    let run = run.file("x.yaml", example(name)).file("dpia.pdf", "the file").env("COLUMNS", "40");
    run.input(lines.iter().flat_map(|line| [line, "\n"]).collect::<String>()).run_and_keep()
}

fn record(folder: &tempfile::TempDir) -> Record {
    read(&std::fs::read(folder.path().join("x.record.json")).unwrap()).record
}

/// From the reasons on: who, days, one person who disagrees, a request and evidence.
const REST: &[&str] = &[
    "It is needed.",
    "Ada Example",
    "Information asset owner",
    "2026-11-22",
    "2027-11-22",
    "2",
    "Ben Example",
    "Data protection officer",
    "3",
    "2026-11-20",
    "Fewer fields would do.",
    "1",
    "Each is used.",
    "2",
    "Di Example",
    "Head of risk",
    "2026-10-01",
    "",
    "2",
    "Impact assessment",
    "dpia.pdf",
    "2",
    "Advice",
    "CASE-0042",
    "1",
];

#[test]
fn a_whole_decision_is_asked_and_shown_before_it_is_written() {
    let lines = [&["share"], REST, &["1", "1"]].concat();
    let (output, folder) = typed(READY, &lines);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    let record = record(&folder);
    assert_eq!(record.decision.choice, Choice::Share);
    assert_eq!(record.decision.reasons, "It is needed.");
    assert_eq!(
        (record.decision.decided_by.name.as_str(), record.decision.decided_on.to_string().as_str()),
        ("Ada Example", "2026-11-22")
    );
    let consulted = record.decision.consulted.first().unwrap();
    assert_eq!((consulted.view, consulted.answer.as_deref()), (View::Disagrees, Some("Each is used.")));
    assert_eq!(record.request.unwrap().by.name, "Di Example");
    let evidence: Vec<_> = record.evidence.iter().map(|one| (one.link.as_str(), one.sha256.clone())).collect();
    assert_eq!(evidence, [("dpia.pdf", Some(sha256(b"the file"))), ("CASE-0042", None)]);
    for words in
        ["What will be recorded", "Decided by: Ada Example", "is kept as a reference", "Yes: write the record to"]
    {
        let squeezed = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed.contains(words), "{words}: {}", output.stdout);
    }
    // What was answered stands on the page, and what is to be typed is no warning.
    for words in
        ["Your answer: Share\n", "Your answer: It is needed.\n", "Your answer: Ada Example\n", "\nTheir name.\n"]
    {
        assert!(output.stdout.contains(words), "{words}: {}", output.stdout);
    }
    let widest = output.stdout.lines().filter(|line| !line.contains("sha256:")).map(|line| line.chars().count()).max();
    assert!(widest <= Some(40), "{}", output.stdout);
    assert!(!output.stdout.contains('\u{1b}'), "no escape byte");
}

#[test]
fn each_outstanding_rule_is_made_a_condition() {
    let advice = Advised::example(ACT_FIRST).advice();
    let left: Vec<String> = outstanding(&advice).map(|(_, rule)| rule.id.clone()).collect();
    assert!(left.len() > 1 && advice.outcome == Outcome::ActFirst);
    // As they stand, with one more; and worded one by one, the first with other words.
    let all = [&["1", "2", "2", "Only until spring", "", "2027-03-31", "1"], REST, &["1", "1"]].concat();
    let mut each = vec!["1", "1", "Both sides have certificates", "Border data team", "2027-01-31"];
    each.extend((1..left.len()).flat_map(|_| ["", "x", ""]));
    each.push("1");
    for (lines, own, first) in
        [(all, 1, None), ([each.as_slice(), REST, &["1", "1"]].concat(), 0, Some("Both sides have certificates"))]
    {
        let (output, folder) = typed(ACT_FIRST, &lines);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
        assert!(output.stdout.contains("\"Share\" is not offered"), "{}", output.stdout);
        let conditions = record(&folder).decision.conditions;
        let rules: Vec<String> = conditions.iter().filter_map(|one| one.rule.clone()).collect();
        assert_eq!(rules, left);
        assert_eq!(conditions.len(), left.len() + own);
        assert!(first.is_none_or(|first| conditions[0].says == first), "{conditions:?}");
    }
}

/// Most leave it: who says yes may still leave out each of the three.
#[test]
fn more_for_the_regulators_form_is_one_question() {
    let case = |end: &[&str]| {
        let (output, folder) = typed(READY, &[&["share"], REST, end].concat());
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
        let decision = record(&folder).decision;
        let shown = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        ([decision.necessity, decision.retention, decision.dates], shown)
    };
    let some = |text: &str| Some(text.to_owned());
    let (said, shown) = case(&["", "1"]);
    assert_eq!(said, [None, None, None]);
    assert!(!shown.contains("necessary:"), "{shown}");
    let (said, shown) = case(&["2", "Nothing else tells.", "", "Each night", "1"]);
    assert_eq!(said, [some("Nothing else tells."), None, some("Each night")]);
    assert!(shown.contains("necessary: Nothing else"), "{shown}");
    // Back to the evidence and on again: what was said is kept. Then it is changed.
    let (said, _) = case(&["2", "A", "b", "1", "2", "", "Two years", "", "2", "8", "2", "Because.", "x", "", "1"]);
    assert_eq!(said, [some("Because."), None, None]);
    // Where nothing is shared, nobody is asked.
    let (output, _) = typed(READY, &[&["defer"], &REST[..12], &REST[13..], &["1"]].concat());
    assert_eq!(output.status, 0, "{}", output.stdout);
    assert!(!output.stdout.contains("regulator"), "{}", output.stdout);
}

/// Of several flows, each prompt says which it is about, and a condition can be for one alone.
#[test]
fn conditions_say_which_flows_they_are_about() {
    let flows = "flows:\n  - { id: second, evidence: { in-place: [necessity-note, classification-note, dpia] } }\n";
    let manifest = [example(ACT_FIRST).as_slice(), flows.as_bytes()].concat();
    let advice = Advised::manifest(ACT_FIRST, &manifest).advice();
    let mut left: Vec<&str> = outstanding(&advice).map(|(_, rule)| rule.id.as_str()).collect();
    let both = left.len();
    left.sort_unstable();
    left.dedup();
    assert_eq!(both, 2 * left.len());
    let run = |how: &str, conditions: usize| {
        let each = (0..conditions).flat_map(|at| [format!("Condition {at}"), "x".to_owned(), String::new()]);
        let mut lines = vec!["share-with-conditions".to_owned(), how.to_owned()];
        lines.extend(each);
        lines.push("1".to_owned());
        lines.extend(REST.iter().chain(&["1", "1"]).map(|line| (*line).to_owned()));
        let run = Clearshare::new("record").args(["new", "x.yaml", "--as-of", "2026-11-22", "--plain"]);
        let run = run.file("x.yaml", &manifest).file("dpia.pdf", "the file");
        let (output, folder) = run.input(lines.join("\n") + "\n").run_and_keep();
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
        (record(&folder).decision.conditions, output.stdout.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let flows = |conditions: &[SharingCondition]| conditions.iter().map(|one| one.flow.clone()).collect::<Vec<_>>();
    let (conditions, said) = run("each", left.len());
    assert_eq!(flows(&conditions), vec![None; left.len()]);
    let number = format!("{} rules are outstanding, and each needs a condition", left.len());
    assert_eq!(said.matches(&number).count(), 2, "as a reason and as a title: {said}");
    assert_eq!(said.matches("This is about the flows main, second.").count(), left.len(), "{said}");
    let (conditions, said) = run("apart", both);
    let named = |flow: &str| vec![Some(flow.to_owned()); left.len()];
    assert_eq!(flows(&conditions), [named("main"), named("second")].concat());
    assert_eq!(said.matches("This is about the flow second.").count(), left.len(), "{said}");
    assert_eq!(conditions[1].says, "Condition 1");
}

#[test]
fn only_what_the_advice_allows_is_offered() {
    for name in crate::records::example_names() {
        let offered = match Advised::example(&name).advice().outcome {
            Outcome::Ready => 4,
            Outcome::ActFirst => 3,
            Outcome::Stop => 2,
            Outcome::Incomplete => 1,
            Outcome::Refer => continue,
        };
        let (output, folder) = typed(&name, &[]);
        let (_, asked) = output.stdout.split_once("What is decided?").unwrap();
        let shown = (1..=4).filter(|number| asked.contains(&format!("\n{number}. "))).count();
        assert_eq!(shown, offered, "{name}: {asked}");
        assert_eq!(asked.matches("is not offered").count(), 4 - offered, "{name}: {asked}");
        assert_eq!(output.status, 2);
        assert!(output.stderr.contains("error[input-ended]"), "{}", output.stderr);
        assert_eq!(names_in(folder.path()), ["dpia.pdf", "x.yaml"]);
    }
}

#[test]
fn one_can_go_back_change_and_stop() {
    // Back from the reasons to the choice; then all, a change of the reasons, and it is written.
    let lines = [&["share", "b", "defer"], &REST[..12], &REST[13..], &["2", "2", "It is not clear yet.", "1"]].concat();
    let (output, folder) = typed(READY, &lines);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    let decision = record(&folder).decision;
    assert_eq!((decision.choice, decision.reasons.as_str()), (Choice::Defer, "It is not clear yet."));
    // Nothing can be written before somebody who disagrees is answered, where the choice is changed to sharing.
    let lines = [&["defer"], &REST[..12], &REST[13..], &["2", "1", "share", "Because.", "1"]].concat();
    let (output, folder) = typed(READY, &lines);
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    assert_eq!(record(&folder).decision.consulted[0].answer.as_deref(), Some("Because."));
    for lines in [vec!["s"], vec!["share", "s"], [&["share"], REST, &["s"]].concat()] {
        let (output, folder) = typed(READY, &lines);
        assert_eq!((output.status, names_in(folder.path()).len()), (130, 2), "{}", output.stdout);
        assert_eq!(output.stderr, "interrupted: nothing was written\n");
    }
}

#[test]
fn what_cannot_be_is_asked_again() {
    let mut rest = REST.to_vec();
    rest.splice(3..5, ["2026-02-30", "9999-01-01", "2026-11-22", "2026-11-21", "2027-11-22"]);
    let (output, folder) = typed(READY, &[&["5", "sahre", "share", ""], rest.as_slice(), &["1", "1"]].concat());
    assert_eq!(output.status, 0, "{}{}", output.stdout, output.stderr);
    let said = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "There is no choice 5",
        "This has to be said",
        "a day that exists",
        "still to come",
        "before the day of the decision",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(record(&folder).decision.review_on.unwrap().to_string(), "2027-11-22");
}
