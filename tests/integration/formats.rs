//! The formats of `check` for pipelines: each whole, and each place read again from the file.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Output, fixture};

pub(crate) const DAY: &str = "2026-11-22";

/// Every format but the text and JSON v1, and the name of a file in it.
pub(crate) const FORMATS: [(&str, &str); 6] = [
    ("sarif", "out.sarif"),
    ("junit", "out.xml"),
    ("github", "out.github"),
    ("gitlab", "out.json"),
    ("markdown", "out.md"),
    ("csv", "out.csv"),
];

const SHARE: &str = "clearshare: 1
ruleset: sample@2026.11
exchange: { title: Plants, reference: DX-1, contact: plants@example.gov.uk }
screen: { material: none }
from: { body: hmrc }
to: { body: defra }
data: { personal: yes, contains: [health, names], scale: unknown }
power: { gateway: [trade-act, common-law] }
handling: { controls: none }
flows:
  - { id: back, without: [power.gateway], data: { scale: many }, from: { body: defra }, to: { body: police } }
done: [{ rule: handling.approval, on: 2026-11-02, by: Head of Data, evidence: docs/approval.md }]
waivers: [{ rule: handling.encrypt, reason: Legacy, approved-by: A. Name, role: security-adviser, expires: 2027-03-31 }]
";

/// Checks under the small ruleset of reports.
pub(crate) fn sample() -> Clearshare {
    Clearshare::new("check").args(["--as-of", DAY, "--rules", &fixture("report-ruleset").to_string_lossy()])
}

/// A whole report.
fn written(format: &str, manifest: &str) -> Output {
    sample().file("data-sharing.yaml", manifest).args(["--format", format]).run()
}

#[test]
fn each_format_is_as_it_was_looked_at() {
    for (format, file) in FORMATS {
        let output = sample()
            .file("data-sharing.yaml", SHARE)
            .file("teams/faulty.sharing.yaml", "clearshare: 1\nruleset: sample@2026.11\nform: { body: hmrc }\n")
            .file("teams/screened.sharing.yaml", "clearshare: 1\nscreen: { material: [secret] }\n")
            .args(["--format", format, "."])
            .run();
        assert_eq!(output.status, 2, "{format}");
        // Git keeps line feeds alone.
        assert_snapshot(&format!("formats/{file}"), &output.stdout.replace("\r\n", "\n"));
    }
}

/// What is written to standard output and to a file is the same, and no format changes how a run ends.
#[test]
fn a_format_says_the_same_wherever_it_goes_and_decides_nothing() {
    let ready = SHARE.replace("[health, names]", "[companies]").replace("flows:", "#").replace("  - {", "# {");
    for (manifest, fail_on) in [(SHARE, "act-first"), (SHARE, "stop"), (&ready, "stop"), ("clearshare: 1\n", "refer")] {
        let expected = sample().file("m.yaml", manifest).args(["m.yaml", "--fail-on", fail_on]).run().status;
        for (format, file) in FORMATS {
            let run = sample().file("m.yaml", manifest).args(["m.yaml", "--fail-on", fail_on, "--format", format]);
            let shown = run.run();
            let target = format!("{format}={file}");
            let run = sample().file("m.yaml", manifest).args(["m.yaml", "--fail-on", fail_on, "--output-for", &target]);
            let (kept, folder) = run.run_and_keep();
            assert_eq!((shown.status, kept.status), (expected, expected), "{format} {fail_on}");
            let file = std::fs::read_to_string(folder.path().join(file)).unwrap();
            assert_eq!(file, shown.stdout, "{format}");
        }
    }
}

/// A run that passes has nothing red.
#[test]
fn what_does_not_fail_the_check_is_not_shown_as_a_failure() {
    let run = |fail_on: &str, format: &str| {
        sample().file("m.yaml", SHARE).args(["m.yaml", "--fail-on", fail_on, "--format", format]).run()
    };
    for (fail_on, status) in [("stop", 0), ("act-first", 1)] {
        let red = [
            ("junit", "<failure"),
            ("github", "::error "),
            ("sarif", "\"level\": \"error\",\n          \"locations\""),
            ("gitlab", "\"critical\""),
        ];
        for (format, mark) in red {
            let output = run(fail_on, format);
            assert_eq!(output.status, status);
            assert_eq!(output.stdout.contains(mark), status == 1, "{format} {fail_on}");
        }
    }
}

/// Nothing of what was answered to the safety screen is in any format, not even how long it is.
#[test]
fn the_safety_screen_says_only_what_to_do() {
    let answered = |answer: &str| SHARE.replace("material: none", &format!("material: {answer}"));
    for (format, _) in FORMATS {
        let one = written(format, &answered("secret"));
        assert_eq!(one.status, 1, "{format}");
        assert!(one.stdout.contains("Contact the security team"), "{format}");
        for word in ["code-word", "material", "Plants", "DX-1", "hmrc", "snippet", "Legacy"] {
            assert!(!one.stdout.contains(word), "{format} says {word}");
        }
        // Whatever was answered, the report is the same; so is that of an answer that is not known.
        for other in ["[code-word, secret]", "unknown"] {
            assert_eq!(written(format, &answered(other)).stdout, one.stdout, "{format} {other}");
        }
    }
}

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> = all.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    all.sort();
    all
}

/// A stretch of a text, by lines and characters counted from 1; the end is just past it.
fn read_again(text: &str, region: &Value) -> String {
    let number = |name: &str, otherwise: u64| usize::try_from(region[name].as_u64().unwrap_or(otherwise)).unwrap();
    let (line, column) = (number("startLine", 0), number("startColumn", 1));
    let (last, end) = (number("endLine", line as u64), number("endColumn", 0));
    let lines: Vec<&str> = text.split('\n').collect();
    let mut found = Vec::new();
    for at in line..=last {
        let from = if at == line { column - 1 } else { 0 };
        let characters: Vec<char> = lines[at - 1].chars().collect();
        let to = if at == last { end - 1 } else { characters.len() };
        assert!(to <= characters.len(), "column {end} is beyond line {at}");
        found.push(characters[from..to].iter().collect::<String>());
    }
    found.join("\n")
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Whether a text is what a message says of it.
fn assert_is_the_fact(text: &str, message: &str) {
    let names = quoted(message);
    match (names.as_slice(), message) {
        ([_, answers], _) => {
            for answer in answers.trim_end_matches('…').split(", ") {
                assert!(text.contains(answer), "{message}: {text:?}");
            }
        }
        ([_], _) if message.ends_with("is not known") => assert!(text.contains("unknown"), "{message}: {text:?}"),
        ([id], _) if message.ends_with("is not answered") => {
            let section = id.split('.').any(|part| part == text);
            assert!(section || text == "clearshare" || text == "id", "{message}: {text:?}");
        }
        _ => assert_eq!(message, "no single answer decides it"),
    }
}

/// Each region is read from the manifest anew, and is what its message names.
#[test]
fn every_reported_place_is_the_fact_that_it_names() {
    let mut run =
        Clearshare::new("check").args(["--as-of", DAY, "--format", "github", "--output-for", "sarif=o.sarif"]);
    let mut texts = std::collections::BTreeMap::new();
    for example in examples() {
        let name = example.file_name().unwrap().to_string_lossy().into_owned();
        // Characters of several bytes before the places.
        let text = std::fs::read_to_string(&example).unwrap().replace("title: ", "title: Ŵŷ 🚢 ");
        run = run.file(&name, &text).args([&name]);
        texts.insert(name, text);
    }
    let (shown, folder) = run.run_and_keep();
    let log: Value = serde_json::from_slice(&std::fs::read(folder.path().join("o.sarif")).unwrap()).unwrap();
    let mut places = Vec::new();
    for result in log["runs"].as_array().unwrap().iter().flat_map(|run| run["results"].as_array().unwrap()) {
        let main = &result["locations"][0]["physicalLocation"];
        if result["ruleId"] == "safety-screen" {
            assert_eq!(main["region"], serde_json::json!({ "startLine": 1 }));
            continue;
        }
        // A waiver stands where it is written.
        if result["suppressions"].is_array() {
            let line = usize::try_from(main["region"]["startLine"].as_u64().unwrap()).unwrap();
            let text = texts[main["artifactLocation"]["uri"].as_str().unwrap()].lines().nth(line - 1).unwrap();
            assert!(text.contains(result["ruleId"].as_str().unwrap()), "{text}");
            continue;
        }
        let related = result["relatedLocations"].as_array().unwrap();
        for location in result["locations"].as_array().unwrap().iter().chain(related) {
            let physical = &location["physicalLocation"];
            let text = &texts[physical["artifactLocation"]["uri"].as_str().unwrap()];
            let region = &physical["region"];
            // What may not be shown has no end.
            if region["endLine"].is_u64() {
                let found = read_again(text, region);
                assert_eq!(region["snippet"]["text"], found.as_str());
                assert_is_the_fact(&found, location["message"]["text"].as_str().unwrap());
            }
        }
        places.push((main.clone(), result["ruleId"].as_str().unwrap().to_owned()));
    }
    assert!(places.len() > 100, "only {} places", places.len());
    // GitHub is told the same places; its last column is the last that belongs to it.
    let commands: Vec<&str> = shown.stdout.lines().filter(|line| line.contains(" file=")).collect();
    for (place, rule) in &places {
        let region = &place["region"];
        let file = place["artifactLocation"]["uri"].as_str().unwrap();
        let mut expected = format!(" file={file},line={}", region["startLine"]);
        if region["endLine"] == region["startLine"] {
            let last = region["endColumn"].as_u64().unwrap() - 1;
            expected
                .push_str(&format!(",endLine={},col={},endColumn={last}", region["endLine"], region["startColumn"]));
        }
        let is_said =
            commands.iter().any(|line| line.contains(&expected) && line.contains(&format!(",title={rule}::")));
        assert!(is_said, "{rule}: {expected}");
    }
}

/// A comment on GitHub takes 65,536 characters, however much there is to say.
#[test]
fn a_summary_is_never_too_long_and_says_what_it_leaves_out() {
    let run = (0..400).fold(sample().args(["--format", "markdown", "."]), |run, at| {
        run.file(&format!("teams/team-{at}-with-a-name-that-takes-its-room/data-sharing.yaml"), SHARE)
    });
    let text = run.run().stdout;
    assert!(text.len() < 65_536, "{} bytes", text.len());
    assert!(text.starts_with("# Data sharing: "));
    assert!(text.contains("more manifests are not listed") && text.contains("more things did not fit here"));
    assert!(text.contains("decision support, not legal advice"));
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
}
