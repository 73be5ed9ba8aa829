//! The formats for pipelines where the sample says nothing of it: bounds, repetitions, and what several manifests make together.

use serde_json::Value;

use crate::formats::{DAY, FORMATS, sample};
use crate::support::{Clearshare, Files, files_in, fixture};

/// Something to do first, and nothing that stops it.
const ACT: &str = "clearshare: 1
ruleset: sample@2026.11
screen: { material: none }
from: { body: hmrc }
to: { body: defra }
data: { personal: yes, contains: [health], scale: many }
power: { gateway: [trade-act], conditions: trade-act }
";

/// A power that does not reach.
const STOP: &str = "clearshare: 1
ruleset: sample@2026.11
screen: { material: none }
from: { body: defra }
to: { body: police }
data: { personal: no, scale: few }
power: { gateway: [trade-act] }
";

fn report(format: &str, manifests: &[(&str, &str)], args: &[&str]) -> String {
    let run = manifests.iter().fold(sample(), |run, (path, text)| run.file(path, text));
    run.args(["--format", format]).args(args).run().stdout
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| panic!("{text}"))
}

/// The sample ruleset with a rule that has much to say, and two steps for one role.
fn wordy() -> Files {
    let mut files = files_in(&fixture("report-ruleset"));
    let (_, bytes) = files.iter_mut().find(|(path, _)| path == "rules/handling.yaml").unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let step = "      - { do: Encrypt it in transit, who: team }\n";
    let text = text.replace("Data in transit can be read by others.", &format!("Because {}.", "so ".repeat(400)));
    *bytes = text.replace(step, &format!("{step}      - {{ do: Say so, who: team }}\n")).into_bytes();
    files
}

/// What does not fail the check is red nowhere: not where a baseline knows it either.
#[test]
fn what_a_baseline_knows_is_not_red() {
    let run = sample().file("m.yaml", ACT).args(["-q", "--write-baseline", "b.yaml", "m.yaml"]);
    let (_, folder) = run.run_and_keep();
    let known = std::fs::read_to_string(folder.path().join("b.yaml")).unwrap();
    assert!(known.contains("rule: "), "{known}");
    for (format, red) in [
        ("sarif", "\"level\": \"error\",\n          \"locations\""),
        ("junit", "<failure"),
        ("github", "::error "),
        ("gitlab", "\"critical\""),
        ("csv", ",act-first,error,"),
    ] {
        assert!(report(format, &[("m.yaml", ACT)], &["m.yaml"]).contains(red), "{format}");
        let run = sample().file("m.yaml", ACT).file("b.yaml", &known);
        let output = run.args(["--format", format, "--baseline", "b.yaml", "m.yaml"]).run();
        assert_eq!(output.status, 0, "{format}: {}", output.stderr);
        assert!(!output.stdout.contains(red), "{format}: {}", output.stdout);
        let is_said = output.stdout.contains("It is known from the baseline.");
        assert!(is_said, "{format}: {}", output.stdout);
    }
}

/// What every reader has to know is a notification of the run that it is about.
#[test]
fn a_newer_ruleset_is_a_notification_in_sarif() {
    let text = "clearshare: 1\nruleset: uk-border@2025.05\nscreen: { material: none }\n";
    let output =
        Clearshare::new("check").args(["--as-of", DAY, "--format", "sarif", "m.yaml"]).file("m.yaml", text).run();
    let log = json(&output.stdout);
    let said = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    let newer =
        said.iter().find(|one| one["message"]["text"].as_str().unwrap().starts_with("A newer ruleset is here: "));
    let newer = newer.unwrap_or_else(|| panic!("{said:?}"));
    assert_eq!(
        (&newer["level"], &newer["locations"][0]["physicalLocation"]["region"]["startLine"]),
        (&"warning".into(), &1.into())
    );
}

/// An attribute of JUnit is a line that people read in a table: what is longer stands in the text.
#[test]
fn what_is_too_long_for_a_line_of_junit_stands_below_it() {
    let run = Clearshare::new("check").ruleset("rules", &wordy()).file("m.yaml", ACT);
    let text = run.args(["--as-of", DAY, "--rules", "rules", "--format", "junit", "m.yaml"]).run().stdout;
    let messages: Vec<&str> = text.split("message=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let plain = |message: &str| message.replace("&apos;", "'").replace("&amp;", "&").chars().count();
    let longest = messages.iter().map(|message| plain(message)).max();
    assert_eq!(longest, Some(400), "{text}");
    assert!(messages.iter().any(|message| message.ends_with('…')) && text.contains(&"so ".repeat(400)), "{text}");
}

/// Who acts is named once, whatever number of steps they take.
#[test]
fn a_row_names_each_role_once() {
    let run = Clearshare::new("check").ruleset("rules", &wordy()).file("m.yaml", ACT);
    let text = run.args(["--as-of", DAY, "--rules", "rules", "--format", "csv", "m.yaml"]).run().stdout;
    let (_, row) = text.split_once(",handling.encrypt,").unwrap();
    let (row, _) = row.split_once("\r\n").unwrap();
    assert!(row.contains("Say so"), "{row}");
    // Two steps say who takes them; then comes the cell of who acts.
    assert_eq!(row.matches("The delivery team").count(), 3, "{row}");
    assert!(row.contains("\",The delivery team,"), "{row}");
}

/// A prohibition is the worst that there is.
#[test]
fn what_stops_an_exchange_is_a_blocker() {
    let entries = json(&report("gitlab", &[("m.yaml", STOP)], &["m.yaml"]));
    let of = |rule: &str| entries.as_array().unwrap().iter().find(|entry| entry["check_name"] == rule).cloned();
    assert_eq!(of("power.closed").unwrap_or_else(|| panic!("{entries}"))["severity"], "blocker");
    let entries = json(&report("gitlab", &[("m.yaml", ACT)], &["m.yaml"]));
    let found = entries.as_array().unwrap().iter().find(|entry| entry["check_name"] == "handling.encrypt");
    assert_eq!(found.unwrap_or_else(|| panic!("{entries}"))["severity"], "critical");
}

/// GitLab drops an entry whose fingerprint it has seen.
#[test]
fn what_is_found_twice_has_two_fingerprints() {
    let once = json(&report("gitlab", &[("m.yaml", ACT)], &["m.yaml"]));
    let twice = json(&report("gitlab", &[("m.yaml", ACT)], &["m.yaml", "./m.yaml"]));
    let print = |entry: &Value| entry["fingerprint"].as_str().unwrap().to_owned();
    let mut prints: Vec<String> = twice.as_array().unwrap().iter().map(print).collect();
    assert_eq!(prints.len(), 2 * once.as_array().unwrap().len());
    // What comes again changes nothing of what was there before.
    assert!(once.as_array().unwrap().iter().all(|entry| prints.contains(&print(entry))));
    prints.sort();
    prints.dedup();
    assert_eq!(prints.len(), twice.as_array().unwrap().len());
}

/// The first line is about all manifests, and never milder than the worst of them.
#[test]
fn a_summary_begins_with_the_worst() {
    let head = |paths: &[&str]| {
        let text = report("markdown", &[("a.yaml", ACT), ("s.yaml", STOP), ("bad.yaml", "[")], paths);
        text.lines().next().unwrap_or_default().to_owned()
    };
    let stop = head(&["s.yaml"]);
    assert!(stop.starts_with("# Data sharing: STOP."), "{stop}");
    assert_ne!(head(&["a.yaml"]), stop);
    assert_eq!([head(&["a.yaml", "s.yaml"]), head(&["s.yaml", "a.yaml"])], [stop.clone(), stop]);
    let faulty = head(&["a.yaml", "bad.yaml"]);
    assert!(faulty.starts_with("# Data sharing: something could not be checked. Of the rest: "), "{faulty}");
    assert_eq!(head(&["bad.yaml"]), "# Data sharing: nothing could be checked");
}

/// Whatever stands in a manifest twice, each format says all of it.
#[test]
fn no_format_leaves_out_a_manifest() {
    for (format, _) in FORMATS {
        let text = report(format, &[("a/m.yaml", ACT), ("b/m.yaml", ACT)], &["a/m.yaml", "b/m.yaml"]);
        let (first, second) = (text.matches("a/m.yaml").count(), text.matches("b/m.yaml").count());
        assert!(first > 0 && first == second, "{format}: {first} and {second}");
    }
}
