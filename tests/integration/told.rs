//! What a team was told, as the advice answers it.

use clearshare::bundled;
use clearshare::finding::Findings;
use clearshare::manifest::{Interviewed, Pin, amend, compose, read_manifest};
use clearshare::model::{Answer, AnswerValue, Date, Facts, Given, MythIx};
use clearshare::text::Sources;
use serde_json::{Value, json};

use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Output, fixture, read};

const DAY: &str = "2026-11-22";
const BELIEF: &str = "“We need everyone's consent first”";
const TRUTH: &str = "Most public bodies share under another lawful basis.";

/// Checks answers against the sample ruleset, whose one belief matters where `data.personal` is `yes`.
fn sample(answers: &str, args: &[&str]) -> Output {
    at("80", answers, args)
}

fn at(columns: &str, answers: &str, args: &[&str]) -> Output {
    let manifest = format!("clearshare: 1\nruleset: sample@2026.11\n{answers}");
    let rules = fixture("report-ruleset");
    Clearshare::new("check")
        .file("m.yaml", manifest)
        .env("COLUMNS", columns)
        .args(["--as-of", DAY, "m.yaml", "--rules", &rules.to_string_lossy()])
        .args(args)
        .run()
}

/// The text in one line, so that it does not matter where lines end.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn result(answers: &str) -> Value {
    let output = sample(answers, &["--format", "json"]);
    let document: Value = serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{}", output.stderr));
    crate::schema::assert_valid(&crate::schema::schema("advice-1"), &document);
    document["results"][0].clone()
}

#[test]
fn what_was_told_is_answered_and_never_as_if_it_were_about_another_exchange() {
    let not_here = "By your answers, this exchange is not one that the answer is written for. Do not rely on it here.";
    let not_known =
        "It is not known yet whether the answer is written for this exchange. Until it is, do not rely on it here.";
    for (personal, condition, before) in [
        ("data: { personal: yes }\n", "holds", None),
        ("data: { personal: no }\n", "does-not-hold", Some(not_here)),
        ("", "undetermined", Some(not_known)),
        ("data: { personal: unknown }\n", "undetermined", Some(not_known)),
    ] {
        let answers = format!("screen: {{ material: none }}\n{personal}told: [consent-always]\n");
        let text = flat(&sample(&answers, &[]).stdout);
        let (_, told) = text.split_once("You were told ").unwrap_or_else(|| panic!("{personal}: {text}"));
        let permission = "It is no permission to share";
        assert!(told.find(permission) < told.find(BELIEF) && told.contains(permission), "{told}");
        let answer = told.split_once(BELIEF).expect("the belief is shown").1;
        let expected = match before {
            None => format!(" {TRUTH} ["),
            Some(before) => format!(" {before} Where it fits: {TRUTH} ["),
        };
        assert!(answer.starts_with(&expected), "{personal}: {answer}");
        assert!(!text.contains("If somebody tells you otherwise"), "it is answered once: {text}");
        let myths = &result(&answers)["flows"][0]["myths"];
        assert_eq!(myths.as_array().unwrap().len(), 1);
        assert_eq!((&myths[0]["told"], &myths[0]["condition"]), (&json!(true), &json!(condition)), "{personal}");
        assert_eq!(myths[0]["truth"], TRUTH);
    }
}

#[test]
fn what_was_not_told_is_answered_only_where_it_matters() {
    let myths = |answers: &str| result(answers)["flows"][0]["myths"].clone();
    let matters = myths("screen: { material: none }\ndata: { personal: yes }\n");
    assert_eq!((&matters[0]["told"], &matters[0]["condition"]), (&json!(false), &json!("holds")));
    assert_eq!(myths("screen: { material: none }\ndata: { personal: no }\n"), json!([]));
    let text = sample("screen: { material: none }\ndata: { personal: yes }\n", &[]).stdout;
    assert!(!text.contains("You were told") && text.contains("If somebody tells you otherwise"), "{text}");
}

#[test]
fn the_safety_screen_shows_nothing_of_it() {
    for material in ["code-word", "unknown"] {
        let answers = format!("screen: {{ material: {material} }}\ntold: consent-always\n");
        for args in [&[][..], &["-v"], &["--plain"], &["--format", "json"]] {
            let output = sample(&answers, args);
            assert_eq!((output.status, output.stderr.as_str()), (1, ""));
            for word in ["consent", "told", "lawful basis"] {
                assert!(!output.stdout.contains(word), "{args:?} shows {word}: {}", output.stdout);
            }
        }
    }
}

#[test]
fn a_flow_has_what_was_told_above_or_its_own() {
    let manifest = "clearshare: 1\nruleset: uk-border@2026.11\nscreen: { material: none }\n\
        told: [government-is-one-controller, memorandum-is-a-power]\nflows:\n  - { id: same, to: { body: hmrc } }\n  \
        - { id: own, told: hmrc-never-shares }\n";
    let output = Clearshare::new("check").file("m.yaml", manifest).args(["--format", "json", "m.yaml"]).run();
    let document: Value = serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{}", output.stderr));
    let told: Vec<Vec<&str>> = document["results"][0]["flows"].as_array().unwrap().iter().map(told).collect();
    let above = vec!["government-is-one-controller", "memorandum-is-a-power"];
    assert_eq!(told, [above.clone(), above, vec!["hmrc-never-shares"]]);
}

fn told(flow: &Value) -> Vec<&str> {
    let told = flow["myths"].as_array().unwrap().iter().filter(|myth| myth["told"] == true);
    told.map(|myth| myth["id"].as_str().unwrap()).collect()
}

fn example() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/plant-health-inspections.yaml");
    String::from_utf8(read(&path)).unwrap()
}

#[test]
fn nothing_else_of_the_advice_changes() {
    let advice = |more: &str| {
        let run = Clearshare::new("check").file("m.yaml", example() + more).args(["--as-of", DAY, "m.yaml"]);
        let mut document: Value = serde_json::from_str(&run.args(["--format", "json"]).run().stdout).unwrap();
        let result = &mut document["results"][0];
        result["flows"][0]["myths"].take();
        result["sources"].take();
        document
    };
    assert_eq!(advice("told: [company-data-is-free, consent-always-needed, bulk-means-secret]\n"), advice(""));
}

#[test]
fn whole_outputs_are_as_they_were_looked_at() {
    for (columns, args, snapshot) in
        [("80", &[][..], "check/told-80.txt"), ("40", &["--plain"][..], "check/told-40-plain.txt")]
    {
        let mut sections = String::new();
        for personal in ["yes", "no", "unknown"] {
            let answers =
                format!("screen: {{ material: none }}\ndata: {{ personal: {personal} }}\ntold: consent-always\n");
            let output = at(columns, &answers, args);
            assert_eq!(output.stderr, "");
            let section = output.stdout.split("\nYou were told\n").nth(1).expect("there is a section");
            let section = section.split("\n\n").next().unwrap_or_default();
            sections.push_str(&format!("# data.personal: {personal}\nYou were told\n{section}\n\n"));
        }
        assert_snapshot(snapshot, &sections);
    }
}

/// To have been told nothing is an answer, which changes no advice.
#[test]
fn that_nothing_was_told_can_be_said() {
    let (said, unsaid) = (result("told: none\n"), result(""));
    assert_eq!(said["flows"], unsaid["flows"]);
    for (told, help) in
        [("[none]", "write `told: none` if you were told"), ("unknown", "leave `told` out if you do not know")]
    {
        let output = sample(&format!("told: {told}\n"), &[]);
        assert_eq!(output.status, 2, "{told}");
        assert!(output.stderr.contains("m.yaml:3:") && output.stderr.contains(help), "{told}: {}", output.stderr);
    }
    // In a flow it stands in place of the list above.
    let manifest = "clearshare: 1\nruleset: uk-border@2026.11\nscreen: { material: none }\ntold: hmrc-never-shares\n\
                    flows:\n  - { id: own, told: none }\n";
    let output = Clearshare::new("check").file("m.yaml", manifest).args(["--format", "json", "m.yaml"]).run();
    let document: Value = serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{}", output.stderr));
    let flows: Vec<Vec<&str>> = document["results"][0]["flows"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(flows, [vec!["hmrc-never-shares"], vec![]]);
}

/// Whatever was told before, what is told now is written, and read again as it was meant.
#[test]
fn what_is_told_is_written_and_read_again() {
    let ruleset = bundled::newest("uk-border").unwrap().load().unwrap();
    let belief = |id: &str| ruleset.myths().find(|myth| myth.id == id).unwrap();
    let (hmrc, company) = (belief("hmrc-never-shares"), belief("company-data-is-free"));
    let interviewed = |told: &[MythIx], told_nothing: bool| {
        let told = told.to_vec();
        Interviewed { facts: Facts::default(), told, told_nothing }
    };
    let read = |text: &str, flow: usize| {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let manifest = read_manifest(text.as_bytes(), "m.yaml", &mut sources, &mut findings).expect("a manifest");
        let flows = manifest.flows(&ruleset, Date::MAX, &sources, &mut findings);
        assert!(findings.is_empty(), "{text}");
        let exchange = &flows[flow].exchange;
        (exchange.told.clone(), exchange.told_nothing)
    };
    let said = [(vec![], false), (vec![], true), (vec![hmrc], false), (vec![hmrc, company], false)];
    let head = format!("clearshare: 1\nruleset: {}\n", ruleset.reference());
    for (told, nothing) in &said {
        assert_eq!(read(&compose(&ruleset, &interviewed(told, *nothing)), 0), (told.clone(), *nothing));
        for before in [
            "",
            "# Ours\ntold: none # said Ann\n",
            "told: hmrc-never-shares\n",
            "told: [company-data-is-free]\n",
            "told:\n  - company-data-is-free\n  - hmrc-never-shares\n# The end\n",
        ] {
            let before = format!("{head}{before}");
            let after = amend(&before, &ruleset, None, &interviewed(told, *nothing), Pin::Keep).unwrap();
            let (mut read, mut wanted) = (read(&after, 0), (told.clone(), *nothing));
            read.0.sort_unstable();
            wanted.0.sort_unstable();
            assert_eq!(read, wanted, "{before}{after}");
            assert!(before.matches('#').count() <= after.matches('#').count(), "{before}{after}");
        }
    }
    // A flow can say that what stands above it does not hold.
    let before = format!("{head}told: hmrc-never-shares\nflows:\n  - id: back\n    to: {{ body: hmrc }}\n");
    let mut back = interviewed(&[], true);
    let to = ruleset.question_named("to.body").unwrap();
    let body = AnswerValue::One(ruleset.option_named(to, "hmrc").unwrap());
    back.facts.set(to, Answer { value: body, given: Given::Unstated });
    let after = amend(&before, &ruleset, Some("back"), &back, Pin::Keep).unwrap();
    assert_eq!((read(&after, 0), read(&after, 1)), ((vec![hmrc], false), (vec![], true)), "{after}");
}
