//! Waivers: what is said of them, how long they may count, and those that several manifests share.

use crate::support::{Clearshare, Output, base_files};

/// `handling.count` (guidance) applies, and so does `handling.encrypt` (policy); nothing else waits for anything.
const MANY: &str = "clearshare: 1\nruleset: base@2026.11\nscreen: { material: none }\ndata: { size: many, personal: no }\npower: { gateway: [plots-act] }\n";
/// Neither of them applies.
const FEW: &str = "clearshare: 1\nruleset: base@2026.11\nscreen: { material: none }\ndata: { size: few, personal: no }\npower: { gateway: [plots-act] }\n";

fn waiver(rule: &str, expires: &str) -> String {
    format!("  - {{ rule: {rule}, reason: Later, approved-by: A. Name, role: security-team, expires: {expires} }}\n")
}

fn with(head: &str, waivers: &[String]) -> String {
    format!("{head}waivers:\n{}", waivers.concat())
}

fn check(files: &[(&str, &str)], args: &[&str]) -> Output {
    let run = Clearshare::new("check").ruleset("rules", &base_files()).env("COLUMNS", "100");
    let run = run.args(["--rules", "rules", "--as-of", "2026-11-22"]).args(args);
    files.iter().fold(run, |run, (path, text)| run.file(path, text)).run()
}

/// The notices of the only result, in JSON.
fn notices(output: &Output) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let notices = document["results"][0]["notices"].as_array().unwrap();
    notices.iter().map(|notice| notice.as_str().unwrap().to_owned()).collect()
}

/// What is said of one waiver in `x.yaml`, on line 7.
#[track_caller]
fn said(head: &str, rule: &str, expires: &str, expected: &[&str]) {
    let text = with(head, &[waiver(rule, expires)]);
    let output = check(&[("x.yaml", &text)], &["--format", "json", "x.yaml"]);
    assert_eq!(notices(&output), expected, "{rule} {expires}: {}", output.stderr);
}

#[test]
fn a_waiver_that_is_needed_and_holds_on_needs_no_word() {
    said(MANY, "handling.count", "2026-12-23", &[]);
    said(MANY, "handling.count", "2027-11-22", &[]);
}

#[test]
fn a_waiver_that_ends_within_thirty_days_is_named() {
    let ends = |day: &str, when: &str| {
        format!(
            "The waiver of handling.count (x.yaml:7:5) ends on {day}, {when}: do what the rule asks by then, or decide afresh."
        )
    };
    said(MANY, "handling.count", "2026-12-22", &[&ends("2026-12-22", "in 30 days")]);
    said(MANY, "handling.count", "2026-11-23", &[&ends("2026-11-23", "tomorrow")]);
    said(MANY, "handling.count", "2026-11-22", &[&ends("2026-11-22", "today")]);
}

#[test]
fn a_waiver_that_is_over_is_named_and_no_longer_counts() {
    let over = "The waiver of handling.encrypt (x.yaml:7:5) expired on 2026-11-21: it no longer counts. To mend this, do what \
                the rule asks, or decide afresh.";
    said(MANY, "handling.encrypt", "2026-11-21", &[over]);
    let status = |expires: &str| {
        let text = with(MANY, &[waiver("handling.encrypt", expires)]);
        let output = check(&[("x.yaml", &text)], &["--format", "json", "x.yaml"]);
        let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        let rules = document["results"][0]["flows"][0]["rules"].as_array().unwrap();
        let rule = rules.iter().find(|rule| rule["id"] == "handling.encrypt").unwrap();
        rule["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status("2026-11-22"), "waived");
    assert_ne!(status("2026-11-21"), "waived");
}

#[test]
fn a_waiver_that_nothing_needs_is_named_and_fails_nothing() {
    let unused = "The waiver of handling.count (x.yaml:7:5) is not needed: the rule does not apply, or is met already. Take it out.";
    said(FEW, "handling.count", "2027-03-31", &[unused]);
    let plain = check(&[("x.yaml", FEW)], &["x.yaml"]);
    let text = with(FEW, &[waiver("handling.count", "2027-03-31")]);
    let waived = check(&[("x.yaml", &text)], &["x.yaml"]);
    assert_eq!(plain.status, waived.status);
    assert!(waived.stdout.contains("is not needed"), "{}", waived.stdout);
}

#[test]
fn a_waiver_of_no_rule_is_named_and_waives_nothing() {
    let unknown = "The waiver of `handling.cuont` (x.yaml:7:5) waives nothing: base@2026.11 has no such rule. \
                   Did you mean `handling.count`?";
    said(MANY, "handling.cuont", "2027-03-31", &[unknown]);
}

#[test]
fn nothing_is_said_of_waivers_where_the_safety_screen_ends_everything() {
    let text = with(&MANY.replace("none", "sealed"), &[waiver("handling.count", "2026-11-21")]);
    let output = check(&[("x.yaml", &text)], &["x.yaml"]);
    assert!(!output.stdout.contains("aiver"), "{}", output.stdout);
}

const SHARED: &str = "clearshare: 1\nwaivers:\n  \
                      - { rule: handling.count, for: teams/*.yaml, reason: Later, approved-by: A. Name, expires: 2027-03-31 }\n";

/// The lines of a quiet report, and standard error.
fn waived(files: &[(&str, &str)], args: &[&str], rule: &str) -> Vec<String> {
    let output = check(files, &[&["--format", "json"], args].concat());
    let document: serde_json::Value =
        serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{}", output.stderr));
    let results = document["results"].as_array().unwrap();
    let is_waived = |result: &&serde_json::Value| {
        let rules = result["flows"][0]["rules"].as_array().unwrap();
        rules.iter().any(|found| found["id"] == rule && found["status"] == "waived")
    };
    results.iter().filter(is_waived).map(|result| result["manifest"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_shared_waiver_counts_for_the_manifests_that_it_names() {
    let files =
        [("w/waivers.yaml", SHARED), ("w/teams/a.yaml", MANY), ("w/teams/deep/b.yaml", MANY), ("w/c.yaml", MANY)];
    let paths = ["--waivers", "w/waivers.yaml", "w/teams/a.yaml", "w/teams/deep/b.yaml", "w/c.yaml"];
    assert_eq!(waived(&files, &paths, "handling.count"), ["w/teams/a.yaml"]);
    let all = SHARED.replace(" for: teams/*.yaml,", "");
    let files = [("w/waivers.yaml", all.as_str()), ("w/teams/a.yaml", MANY), ("w/c.yaml", MANY)];
    let paths = ["--waivers", "w/waivers.yaml", "w/teams/a.yaml", "w/c.yaml"];
    assert_eq!(waived(&files, &paths, "handling.count"), ["w/teams/a.yaml", "w/c.yaml"]);
}

#[test]
fn a_shared_waiver_that_no_manifest_needs_is_named_once_at_the_end() {
    let shared = SHARED.replace(" for: teams/*.yaml,", "");
    let args = ["--waivers", "waivers.yaml", "-q", "a.yaml", "b.yaml"];
    let unneeded = "warning: no manifest of this check needs the waiver of `handling.count` (waivers.yaml:3:5)\n";
    let output = check(&[("waivers.yaml", &shared), ("a.yaml", FEW), ("b.yaml", FEW)], &args);
    assert_eq!(output.stderr, unneeded);
    let output = check(&[("waivers.yaml", &shared), ("a.yaml", FEW), ("b.yaml", MANY)], &args);
    assert_eq!(output.stderr, "");
    // Nothing is known of a manifest that has a fault, and nothing is said of one that the safety screen ends.
    let output = check(&[("waivers.yaml", &shared), ("a.yaml", FEW), ("b.yaml", "x\n")], &args);
    assert!(!output.stderr.contains("needs the waiver"), "{}", output.stderr);
    let screened = FEW.replace("none", "sealed");
    let output = check(&[("waivers.yaml", &shared), ("a.yaml", FEW), ("b.yaml", &screened)], &args);
    assert_eq!(output.stderr, "");
}

#[test]
fn a_shared_file_has_faults_of_its_own_with_their_places() {
    let case = |text: &str, code: &str, at: &str| {
        let output = check(&[("waivers.yaml", text), ("x.yaml", MANY)], &["--waivers", "waivers.yaml", "x.yaml"]);
        let (head, place) = (format!("error[{code}]"), format!("waivers.yaml:{at}"));
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{}", output.stderr);
        assert!(output.stderr.contains(&head) && output.stderr.contains(&place), "{text}: {}", output.stderr);
        assert_eq!(output.stderr.matches("error[").count(), 1, "{}", output.stderr);
    };
    case("waivers: []\nclearshare: 1\n", "empty-list", "1:10");
    case("clearshare: 1\n", "missing-key", "1:1");
    case(&SHARED.replace("clearshare: 1", "clearshare: 2"), "unknown-format", "1:13");
    case(&SHARED.replace("2027-03-31", "2027-11-23"), "waiver-too-long", "3:94");
    case(&SHARED.replace("reason: Later, ", ""), "missing-key", "3:7");
    case(&SHARED.replace("teams/*.yaml", "'teams/[a'"), "bad-pattern", "3:34");
    case("a: b: c\n", "yaml-syntax", "1:5");
}

/// What a rule allows is judged under the ruleset of the manifest: law is never waived.
#[test]
fn a_shared_waiver_of_law_is_a_fault() {
    let text =
        "clearshare: 1\nwaivers: [{ rule: people.ask, reason: No, approved-by: A. Name, expires: 2027-01-31 }]\n";
    let output = check(&[("waivers.yaml", text), ("x.yaml", MANY)], &["--waivers", "waivers.yaml", "x.yaml"]);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("error[waiver-not-allowed]"), "{}", output.stderr);
    assert!(output.stderr.contains("waivers.yaml:2:19"), "{}", output.stderr);
}

/// Somebody may name the manifest itself.
#[test]
fn a_manifest_that_is_taken_for_a_file_of_waivers_shows_no_answer_of_the_safety_screen() {
    let text = MANY.replace("none", "sealed");
    let output = check(&[("x.yaml", &text)], &["--waivers", "x.yaml", "x.yaml"]);
    assert_eq!(output.status, 2);
    assert!(!output.stderr.contains("sealed"), "{}", output.stderr);
}

/// A shared waiver is named only where its rule would be outstanding without it.
#[test]
fn a_shared_waiver_that_ends_soon_is_said_of_the_manifests_that_need_it() {
    let shared = SHARED.replace(" for: teams/*.yaml,", "").replace("2027-03-31", "2026-11-23");
    let said = |text: &str| {
        let args = ["--format", "json", "--waivers", "waivers.yaml", "x.yaml"];
        notices(&check(&[("waivers.yaml", &shared), ("x.yaml", text)], &args))
    };
    let soon = "The waiver of handling.count (waivers.yaml:3:5) ends on 2026-11-23, tomorrow: do what the rule asks by then, \
                or decide afresh.";
    assert_eq!(said(MANY), [soon]);
    assert!(said(FEW).is_empty());
}

/// Of two waivers of one rule, the one that holds longest counts: the other ends without asking anybody for anything.
#[test]
fn a_waiver_that_another_outlasts_asks_for_nothing() {
    let shared = SHARED.replace(" for: teams/*.yaml,", "");
    assert!(shared.contains("2027-03-31") && shared.contains("handling.count"), "{shared}");
    let said = |expires: &str| {
        let text = with(MANY, &[waiver("handling.count", expires)]);
        let args = ["--format", "json", "--waivers", "waivers.yaml", "x.yaml"];
        notices(&check(&[("waivers.yaml", &shared), ("x.yaml", &text)], &args))
    };
    assert!(said("2026-11-30").is_empty(), "{:?}", said("2026-11-30"));
    let over = "The waiver of handling.count (x.yaml:7:5) expired on 2026-11-21: it no longer counts. To mend this, take it out.";
    assert_eq!(said("2026-11-21"), [over]);
}
