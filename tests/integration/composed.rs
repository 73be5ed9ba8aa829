//! A manifest as it is composed, and one that somebody edited as it is amended: whole, as a person looked at them.

use std::path::Path;

use clearshare::bundled;
use clearshare::finding::Findings;
use clearshare::manifest::{Interviewed, Pin, Unamendable, amend, compose, read_manifest};
use clearshare::model::{Answer, AnswerValue, Date, Facts, Given};
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

use crate::snapshots::assert_snapshot;

fn ruleset() -> Ruleset {
    bundled::newest("uk-border").unwrap().load().unwrap()
}

fn example(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
}

#[track_caller]
fn facts(ruleset: &Ruleset, text: &str) -> Facts {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(text.as_bytes(), "x.yaml", &mut sources, &mut findings).expect("a manifest");
    let flows = manifest.flows(ruleset, Date::MAX, &sources, &mut findings);
    assert!(findings.is_empty(), "{:?} in {text}", findings.into_sorted());
    flows.into_iter().next().expect("an exchange").exchange.facts
}

/// The answers with some of them changed: `unknown` and `-`, for no answer, among them.
fn with(ruleset: &Ruleset, facts: &Facts, changes: &[(&str, &str)]) -> Interviewed {
    let mut facts = facts.clone();
    for (id, text) in changes {
        let question = ruleset.question_named(id).unwrap();
        let option = |text: &str| ruleset.option_named(question, text).unwrap();
        let several = ruleset.takes_several(question);
        let value = match *text {
            "-" => {
                facts.remove(question);
                continue;
            }
            "unknown" => AnswerValue::Unknown,
            "none" if several => AnswerValue::Any { chosen: Vec::new(), more: false },
            text if several => {
                let (text, more) = text.strip_suffix(" unknown").map_or((text, false), |text| (text, true));
                AnswerValue::Any { chosen: text.split(' ').map(option).collect(), more }
            }
            text => AnswerValue::One(option(text)),
        };
        facts.set(question, Answer { value, given: Given::Unstated });
    }
    Interviewed { facts, told: Vec::new(), told_nothing: false }
}

/// What an interview made of the exchange of an example, with something not known yet.
const CHANGES: [(&str, &str); 7] = [
    ("data.about", "sole-traders companies unknown"),
    ("data.scale", "unknown"),
    ("power.gateway", "unknown"),
    ("power.conditions", "-"),
    ("dpia.features", "none"),
    ("rights.contact", "-"),
    ("handling.controls", "only-needed-fields retention-set encrypted-in-transit encrypted-at-rest access-by-role"),
];

#[test]
fn a_composed_manifest_is_one_that_a_person_would_have_written() {
    let ruleset = ruleset();
    let given = facts(&ruleset, &example("plant-health-inspections.yaml"));
    let wanted = with(&ruleset, &given, &CHANGES);
    let text = compose(&ruleset, &wanted);
    assert_eq!(values(&facts(&ruleset, &text)), values(&wanted.facts));
    assert_snapshot("composed/plant-health-inspections.yaml", &text);
}

#[test]
fn an_amended_manifest_keeps_what_a_person_wrote() {
    let ruleset = ruleset();
    let text = example("plant-health-inspections.yaml");
    let wanted = with(&ruleset, &facts(&ruleset, &text), &CHANGES);
    let amended = amend(&text, &ruleset, None, &wanted, Pin::Keep).unwrap();
    assert_eq!(values(&facts(&ruleset, &amended)), values(&wanted.facts));
    assert_snapshot("composed/plant-health-inspections-amended.yaml", &amended);
}

fn values(facts: &Facts) -> Vec<(usize, AnswerValue)> {
    facts.iter().map(|(question, answer)| (question.0.into(), answer.value.clone())).collect()
}

#[test]
fn every_example_stays_as_it_is_where_nothing_changes() {
    let ruleset = ruleset();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        if text.contains("flows-only") {
            continue;
        }
        let wanted = Interviewed { facts: facts(&ruleset, &text), told: Vec::new(), told_nothing: false };
        assert_eq!(amend(&text, &ruleset, None, &wanted, Pin::Keep), Ok(text), "{}", path.display());
    }
}

#[test]
fn the_pin_is_changed_only_where_that_is_asked_for() {
    let ruleset = ruleset();
    let text = "clearshare: 1\nruleset: \"uk-border@2025.05\" # checked in May\nto: { body: dft }\n";
    let wanted = with(&ruleset, &facts(&ruleset, text), &[]);
    assert_eq!(amend(text, &ruleset, None, &wanted, Pin::Keep).as_deref(), Ok(text));
    let new = amend(text, &ruleset, None, &wanted, Pin::Update).unwrap();
    assert_eq!(new, "clearshare: 1\nruleset: uk-border@2026.11 # checked in May\nto: { body: dft }\n");
    let bare = "clearshare: 1 # format\nto: { body: dft }\n";
    let pinned = amend(bare, &ruleset, None, &wanted, Pin::Update).unwrap();
    assert_eq!(pinned, "clearshare: 1 # format\nruleset: uk-border@2026.11\nto: { body: dft }\n");
}

#[test]
fn a_flow_gets_only_what_differs() {
    let ruleset = ruleset();
    let text = "clearshare: 1\nruleset: uk-border@2026.11\nfrom: { body: hmrc }\nto: { body: dft }\nflows:\n  - { id: back, from: { body: dft }, to: { body: hmrc } }\n";
    let wanted =
        with(&ruleset, &facts(&ruleset, text), &[("from.body", "defra"), ("to.body", "-"), ("data.form", "records")]);
    let amended = amend(text, &ruleset, Some("back"), &wanted, Pin::Keep).unwrap();
    assert_eq!(
        amended,
        text.replace(
            "{ id: back, from: { body: dft }, to: { body: hmrc } }",
            "{ id: back, from: { body: defra }, data: { form: records }, without: to.body }"
        )
    );
    assert_eq!(amend(text, &ruleset, Some("forth"), &wanted, Pin::Keep), Err(Unamendable::NoFlow("forth".to_owned())));
}

#[test]
fn nothing_that_ends_the_questions_is_written() {
    let ruleset = ruleset();
    let text = "clearshare: 1\nruleset: uk-border@2026.11\nscreen: { material: none }\nto: { body: dft }\n";
    let given = facts(&ruleset, text);
    for answer in ["unknown", "secret-or-above", "intercept"] {
        let wanted = with(&ruleset, &given, &[("screen.material", answer)]);
        let written = compose(&ruleset, &wanted);
        assert!(!written.contains("screen") && !written.contains(answer) && written.contains("body: dft"), "{written}");
        for pin in [Pin::Keep, Pin::Update] {
            assert_eq!(amend(text, &ruleset, None, &wanted, pin), Err(Unamendable::Screened));
        }
    }
    assert!(
        compose(&ruleset, &Interviewed { facts: given, told: Vec::new(), told_nothing: false })
            .contains("\n  material: none\n")
    );
}

#[test]
fn what_is_not_understood_is_left_alone() {
    let ruleset = ruleset();
    let head = "clearshare: 1\nruleset: uk-border@2026.11\n";
    let wanted = with(&ruleset, &Facts::default(), &[("to.body", "dft")]);
    let why = |rest: &str| amend(&format!("{head}{rest}"), &ruleset, None, &wanted, Pin::Keep).unwrap_err();
    assert!(matches!(why("from: &x { body: hmrc }\nto: *x\n"), Unamendable::Repeats(_)));
    assert!(matches!(why("to: hmrc\n"), Unamendable::Shape(place) if place.line == 3));
    assert!(matches!(why("to: { bodi: hmrc }\n"), Unamendable::Faulty(..)));
    assert!(matches!(why("to: { body: [\n"), Unamendable::Unreadable));
    assert!(matches!(why("to: { body: hmrc }\ndone:\n  - { rule: no-such-rule }\n"), Unamendable::Faulty(..)));
}
