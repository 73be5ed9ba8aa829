//! What the formats for pipelines say of waivers, of baselines, and of two versions of one ruleset.

use serde_json::{Value, json};

use crate::formats::{DAY, sample};
use crate::support::{Clearshare, Output};

/// An exchange under which one of the rules that may be waived applies, and the other does not.
const SHORT: &str = "clearshare: 1
ruleset: sample@2026.11
screen: { material: none }
data: { personal: yes, contains: [health], scale: many }
";

/// A waiver that has expired, and one of a rule that there is not: on lines 6 and 7.
const OVER: &str = "waivers:
  - { rule: handling.encrypt, reason: Ŵ, approved-by: A. Name, role: security-adviser, expires: 2026-11-21 }
  - { rule: handling.encripted, reason: B, approved-by: A. Name, expires: 2026-12-24 }
";

/// A waiver that ends soon, and one that nothing needs: on lines 6 and 7.
const SOON: &str = "waivers:
  - { rule: handling.encrypt, reason: C, approved-by: A. Name, role: security-adviser, expires: 2026-12-22 }
  - { rule: handling.names-only, reason: D, approved-by: A. Name, role: security-adviser, expires: 2027-03-31 }
";

/// Checks both.
fn noted(format: &str) -> Output {
    let run = sample().file("a/m.yaml", format!("{SHORT}{OVER}")).file("b/m.yaml", format!("{SHORT}{SOON}"));
    run.args(["--format", format, "a/m.yaml", "b/m.yaml"]).run()
}

const SHARED: &str = "clearshare: 1
waivers:
  - { rule: handling.encrypt, reason: Shared, approved-by: A. Name, role: security-adviser, expires: 2026-11-30 }
";

/// Each finding about a waiver: its kind, the file, and the line.
fn expected() -> Vec<(String, String, u64)> {
    let kinds = [("expired", "a", 6), ("unknown", "a", 7), ("ends-soon", "b", 6), ("unused", "b", 7)];
    kinds.map(|(kind, folder, line)| (format!("waiver-{kind}"), format!("{folder}/m.yaml"), line)).to_vec()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What a report says of waivers.
fn of_waivers(format: &str, output: &Output) -> Vec<(String, String, u64)> {
    let document = || serde_json::from_str::<Value>(&output.stdout).unwrap();
    let all: Vec<(String, String, u64)> = match format {
        "sarif" => {
            let results = document()["runs"][0]["results"].as_array().unwrap().clone();
            let one = |result: &Value| {
                let place = &result["locations"][0]["physicalLocation"];
                let line = place["region"]["startLine"].as_u64().unwrap();
                (text(&result["ruleId"]), text(&place["artifactLocation"]["uri"]), line)
            };
            results.iter().map(one).collect()
        }
        "gitlab" => {
            let one = |entry: &Value| {
                let line = entry["location"]["lines"]["begin"].as_u64().unwrap();
                (text(&entry["check_name"]), text(&entry["location"]["path"]), line)
            };
            document().as_array().unwrap().iter().map(one).collect()
        }
        "github" => {
            let commands = output.stdout.lines().filter(|line| line.starts_with("::notice file="));
            let part =
                |line: &str, from: &str| line.split_once(from).unwrap().1.split([',', ':']).next().unwrap().to_owned();
            commands
                .map(|line| (part(line, ",title="), part(line, "file="), part(line, ",line=").parse().unwrap()))
                .collect()
        }
        _ => {
            let rows = output.stdout.lines().map(|line| line.split(',').collect::<Vec<_>>());
            let rows = rows.filter(|row| row.len() > 8 && row[2].starts_with("waiver-"));
            rows.map(|row| (row[2].to_owned(), row[0].to_owned(), row[8].parse().unwrap())).collect()
        }
    };
    all.into_iter().filter(|(kind, _, _)| kind.starts_with("waiver-")).collect()
}

#[test]
fn what_is_said_of_a_waiver_stands_where_the_waiver_stands() {
    for format in ["sarif", "github", "gitlab", "csv"] {
        let output = noted(format);
        assert_eq!(output.status, 1, "{format}: {}", output.stderr);
        assert_eq!(of_waivers(format, &output), expected(), "{format}: {}", output.stdout);
        // Once, and not also as a notice about the whole file.
        assert_eq!(output.stdout.matches("expired on 2026-11-21").count(), 1, "{format}: {}", output.stdout);
        assert_eq!(output.stdout.matches("Did you mean `handling.encrypt`?").count(), 1, "{format}");
        assert!(!output.stdout.contains("(a/m.yaml:6:"), "{format} says its place in words too");
    }
    // These have no places for what is not a rule: the place is in the words.
    for format in ["junit", "markdown"] {
        let output = noted(format);
        let said = output.stdout.replace('\\', "").replace("&#58;", ":");
        assert!(said.contains("The waiver of handling.encrypt (a/m.yaml:6:5) expired on 2026-11-21"), "{said}");
    }
}

/// A waiver that several manifests share is named once, in the file that it stands in.
#[test]
fn a_shared_waiver_is_named_once_where_it_stands() {
    for format in ["sarif", "github", "gitlab", "csv"] {
        let run = sample().file("a/m.yaml", SHORT).file("b/m.yaml", SHORT).file("shared/w.yaml", SHARED);
        let output = run.args(["--format", format, "--waivers", "shared/w.yaml", "a/m.yaml", "b/m.yaml"]).run();
        let soon = ("waiver-ends-soon".to_owned(), "shared/w.yaml".to_owned(), 3);
        assert_eq!(of_waivers(format, &output), [soon], "{format}: {}", output.stdout);
        assert_eq!(output.stdout.matches("ends on 2026-11-30").count(), 1, "{format}: {}", output.stdout);
    }
}

/// The log of a check in SARIF.
fn log(output: &Output) -> Value {
    serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Each result leads to the rule that it names.
fn assert_rules_are_those_named(log: &Value) -> usize {
    let mut results = 0;
    for run in list(&log["runs"]) {
        let rules = list(&run["tool"]["driver"]["rules"]);
        for result in list(&run["results"]) {
            if let Some(index) = result["ruleIndex"].as_u64() {
                assert_eq!(rules[usize::try_from(index).unwrap()]["id"], result["ruleId"]);
            }
            assert_eq!(rules.iter().filter(|rule| rule["id"] == result["ruleId"]).count(), 1, "{}", result["ruleId"]);
            results += 1;
        }
    }
    results
}

#[test]
fn what_is_said_of_a_waiver_has_a_rule_and_a_fingerprint_of_its_own() {
    let log = log(&noted("sarif"));
    assert!(assert_rules_are_those_named(&log) > 5);
    let results = list(&log["runs"][0]["results"]);
    let waivers: Vec<&Value> = results.iter().filter(|result| text(&result["ruleId"]).starts_with("waiver-")).collect();
    let mut prints: Vec<String> = waivers.iter().map(|r| text(&r["partialFingerprints"]["clearshare/v1"])).collect();
    prints.sort();
    prints.dedup();
    assert!(prints.len() == 4 && prints.iter().all(|print| print.len() == 32), "{prints:?}");
    for result in waivers {
        assert_eq!(result["level"], "note");
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!((&region["startColumn"], &region["endLine"]), (&json!(5), &region["startLine"]));
        let snippet = text(&region["snippet"]["text"]);
        assert!(snippet.starts_with("{ rule: handling.") && snippet.ends_with('}'), "{snippet}");
    }
}

/// What a waiver suppresses: where it stands, by whom, and never without that.
#[test]
fn a_waived_rule_is_a_suppressed_result() {
    let own = SHORT.to_owned() + &SHARED.replace("clearshare: 1\n", "").replace("2026-11-30", "2027-06-30");
    let shared = SHARED.replace("2026-11-30", "2027-05-31");
    let run = sample().file("own.yaml", &own).file("other.yaml", SHORT).file("w.yaml", &shared);
    let log = log(&run.args(["--format", "sarif", "--waivers", "w.yaml", "other.yaml", "own.yaml"]).run());
    assert_rules_are_those_named(&log);
    let results = list(&log["runs"][0]["results"]);
    let suppressed: Vec<&Value> = results.iter().filter(|result| result["suppressions"].is_array()).collect();
    let said: Vec<Value> = suppressed
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            json!([
                result["ruleId"],
                result["level"],
                place["artifactLocation"]["uri"],
                place["region"]["startLine"],
                result["suppressions"]
            ])
        })
        .collect();
    let one = |kind: &str, file: &str, line: u32, until: &str| {
        let why = format!("Shared. Approved by A. Name (security adviser), until {until}.");
        json!(["handling.encrypt", "note", file, line, [{ "kind": kind, "status": "accepted", "justification": why }]])
    };
    assert_eq!(said, [one("external", "w.yaml", 3, "2027-05-31"), one("inSource", "own.yaml", 6, "2027-06-30")]);
    // What is waived is suppressed and nothing else is: nobody else's finding disappears with it.
    let others =
        results.iter().filter(|result| result["ruleId"] == "handling.encrypt" && result["suppressions"].is_null());
    assert_eq!(others.count(), 0);
    assert!(results.len() > suppressed.len());
}

/// With a baseline, each result says whether the baseline knows it; without one, none does.
#[test]
fn a_baseline_is_told_result_by_result() {
    let run = |manifest: &str, args: &[&str], known: &str| {
        let run = sample().file("m.yaml", manifest).file("known.yaml", known).args(args);
        run.args(["m.yaml"]).run_and_keep()
    };
    let before = SHORT.replace(", scale: many", "");
    let (first, folder) = run(&before, &["--format", "sarif", "--write-baseline", "new.yaml"], "");
    let states = |output: &Output| -> Vec<(String, Value)> {
        let log = log(output);
        let all = list(&log["runs"]).iter().flat_map(|run| list(&run["results"]));
        all.map(|result| (text(&result["ruleId"]), result["baselineState"].clone())).collect()
    };
    assert!(states(&first).iter().all(|(_, state)| state.is_null()), "{first:?}");
    let known = std::fs::read_to_string(folder.path().join("new.yaml")).unwrap();
    let later = format!("{SHORT}{OVER}");
    let (second, _) = run(&later, &["--baseline", "known.yaml", "--format", "sarif"], &known);
    let states = states(&second);
    assert!(states.iter().all(|(_, state)| state == "new" || state == "unchanged"), "{states:?}");
    // As the text counts them.
    let (text, _) = run(&later, &["--baseline", "known.yaml", "--format", "json"], &known);
    let unchanged = states.iter().filter(|(_, state)| state == "unchanged").count();
    assert!(unchanged > 0 && unchanged < states.len(), "{states:?}");
    assert!(text.stdout.contains(&format!("Known since the baseline: {unchanged} finding")), "{}", text.stdout);
    let waivers = states.iter().filter(|(rule, state)| rule.starts_with("waiver-") && state == "new");
    assert_eq!(waivers.count(), 2);
}

/// Where a baseline is compared, no result of the run is without a state: the safety screen is new to every baseline.
#[test]
fn the_safety_screen_is_new_to_a_baseline() {
    let screened = "clearshare: 1\nruleset: sample@2026.11\nscreen: { material: [secret] }\n";
    let run = |args: &[&str], known: &str| {
        let run = sample().file("a.yaml", SHORT).file("b.yaml", screened).file("known.yaml", known);
        run.args(["--format", "sarif"]).args(args).run_and_keep()
    };
    let (_, folder) = run(&["a.yaml", "--write-baseline", "new.yaml"], "");
    let known = std::fs::read_to_string(folder.path().join("new.yaml")).unwrap();
    let (output, _) = run(&["a.yaml", "b.yaml", "--baseline", "known.yaml"], &known);
    let log = log(&output);
    let results = list(&log["runs"][0]["results"]);
    assert!(results.len() > 1, "{output:?}");
    for result in results {
        let state = if result["ruleId"] == "safety-screen" { "new" } else { "unchanged" };
        assert_eq!(result["baselineState"], state, "{result}");
    }
    assert_eq!(results.iter().filter(|result| result["ruleId"] == "safety-screen").count(), 1);
    let (output, _) = run(&["a.yaml", "b.yaml"], &known);
    assert!(!output.stdout.contains("baselineState"), "without a baseline, none has a state");
}

/// The newest version keeps the category, so that alerts outlive a new pin; each run has the rules of its own version.
#[test]
fn two_versions_of_one_ruleset_are_two_runs() {
    let manifest =
        |version: &str| format!("clearshare: 1\nruleset: uk-border@{version}\nscreen: {{ material: none }}\n");
    let check = |names: [&str; 3]| {
        let run = Clearshare::new("check").args(["--as-of", DAY, "--format", "sarif"]).args(names);
        let run = run.file("new.yaml", manifest("2026.11")).file("old.yaml", manifest("2025.05"));
        log(&run.file("bad.yaml", "clearshare: 1\n[").run())
    };
    let log = check(["old.yaml", "new.yaml", "bad.yaml"]);
    assert!(assert_rules_are_those_named(&log) > 50);
    let ids: Vec<String> = list(&log["runs"]).iter().map(|run| text(&run["automationDetails"]["id"])).collect();
    assert_eq!(ids, ["clearshare/uk-border/", "clearshare/uk-border@2025.05/", "clearshare/"]);
    for (at, (file, version)) in [("new.yaml", "2026.11"), ("old.yaml", "2025.05")].into_iter().enumerate() {
        let run = &log["runs"][at];
        assert_eq!(run["properties"]["ruleset"], format!("uk-border@{version}"));
        let uri = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
        let results = list(&run["results"]);
        assert!(!results.is_empty() && results.iter().all(|result| uri(result) == file), "{version}");
        let notice = text(&run["tool"]["driver"]["fullDescription"]["text"]);
        assert!(notice.contains(&format!("uk-border@{version}")), "{notice}");
    }
    assert_ne!(log["runs"][0]["tool"]["driver"]["rules"], log["runs"][1]["tool"]["driver"]["rules"]);
    assert_eq!(log["runs"][1]["invocations"][0]["executionSuccessful"], true);
    assert_eq!(log["runs"][2]["invocations"][0]["executionSuccessful"], false);
    // Whichever comes first.
    assert_eq!(check(["new.yaml", "bad.yaml", "old.yaml"]), log);
}

/// Jenkins's xUnit plugin takes no case with a file or a line: they stand in its text.
#[test]
fn a_case_of_junit_says_in_words_where_to_look() {
    let own = SHORT.to_owned() + &SHARED.replace("clearshare: 1\n", "").replace("2026-11-30", "2027-06-30");
    let output = sample().file("a/m.yaml", own).args(["--format", "junit", "--fail-on", "stop", "a/m.yaml"]).run();
    assert!(
        output.stdout.contains(" failures=\"0\" errors=\"0\" skipped=\"10\" file=\"a/m.yaml\">"),
        "{}",
        output.stdout
    );
    let case = |rule: &str| {
        let (_, after) = output.stdout.split_once(&format!("name=\"{rule}: ")).expect(rule);
        after.split("</testcase>").next().unwrap().to_owned()
    };
    assert!(case("handling.encrypt").contains("until 2027-06-30.\">a/m.yaml:6:5</skipped>"), "{}", output.stdout);
    let later = case("handling.approval");
    assert!(later.contains("Outstanding, and does not fail this check. It applies"), "{later}");
    assert!(later.contains("\">a/m.yaml:4:19\nHave the asset owner approve it"), "{later}");
    assert!(!output.stdout.contains(" line="));
}

/// The same slip on two lines is two slips.
#[test]
fn what_is_said_alike_of_two_lines_is_said_of_both() {
    let line = "  - { rule: handling.encripted, reason: B, approved-by: A. Name, expires: 2026-12-24 }\n";
    let text = format!("{SHORT}waivers:\n{line}{line}");
    for format in ["sarif", "github", "gitlab", "csv"] {
        let output = sample().file("a/m.yaml", &text).args(["--format", format, "a/m.yaml"]).run();
        let lines: Vec<u64> = of_waivers(format, &output).into_iter().map(|(_, _, line)| line).collect();
        assert_eq!(lines, [6, 7], "{format}: {}", output.stdout);
    }
}
