//! `clearshare rules verify` as people and programs run it.

use serde_json::Value;

use crate::support::{Clearshare, Files, Output, files_in};
use crate::verify::{base, names, read_fixture};

fn verify(files: &Files, args: &[&str]) -> Output {
    run(Clearshare::new("rules").ruleset("plots", files), args)
}

fn run(run: Clearshare, args: &[&str]) -> Output {
    run.args(["verify", "./plots", "--as-of", "2026-11-22"]).args(args).run()
}

/// The exchanges in a text report: from the line that begins a manifest to the next empty one.
fn exchanges(report: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut inside = false;
    for line in report.lines() {
        if line == "clearshare: 1" {
            all.push(String::new());
            inside = true;
        }
        inside &= !line.is_empty();
        if let (true, Some(last)) = (inside, all.last_mut()) {
            last.push_str(line);
            last.push('\n');
        }
    }
    all
}

#[test]
fn a_ruleset_that_is_proved_passes() {
    let output = verify(&base(), &[]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    let verdict = output.stdout.lines().last().unwrap();
    assert!(verdict.starts_with("✓ Proved: ") && verdict.ends_with(" over every combination of answers."), "{verdict}");
    let quiet = verify(&base(), &["--quiet"]);
    let words = verdict.strip_prefix("✓ ").unwrap();
    assert_eq!((quiet.status, quiet.stdout), (0, format!("plots@2026.11: {words}\n")));
}

#[test]
fn what_is_found_fails_and_advice_does_not() {
    for name in names() {
        let output = verify(&read_fixture(&name).files, &["--format", "json"]);
        let document: Value = serde_json::from_str(&output.stdout).unwrap();
        let failed = document["failed"].as_bool().unwrap();
        assert_eq!(output.status, i32::from(failed), "{name}");
        let severity = document["results"][0]["observations"]
            .as_array()
            .unwrap()
            .iter()
            .find(|seen| seen["code"] == name.split('.').next().unwrap())
            .map(|seen| seen["severity"].clone());
        assert_eq!(severity, Some(Value::from(if failed { "finding" } else { "advice" })), "{name}");
        let text = verify(&read_fixture(&name).files, &[]);
        assert_eq!(text.status, output.status, "{name}");
        let mut verdict = text.stdout.lines().filter(|line| line.contains("Proved: ") || line.contains("Found: "));
        assert_eq!(
            verdict.next_back().is_some_and(|line| line.contains("Found: ")),
            failed,
            "{name}:\n{}",
            text.stdout
        );
    }
}

/// What a person copies out of the report is a manifest that `check` runs, in every look.
#[test]
fn exchanges_can_be_copied_from_the_report_and_checked() {
    let files = read_fixture("unguarded-negation").files;
    let looks: [(&str, &[&str]); 4] = [("80", &[]), ("40", &[]), ("40", &["--plain"]), ("80", &["--color", "always"])];
    for (columns, look) in looks {
        let clearshare = Clearshare::new("rules").ruleset("plots", &files).env("COLUMNS", columns);
        let output = run(clearshare, look);
        assert_eq!(output.status, 1);
        let exchanges = exchanges(&output.stdout);
        let [exchange] = exchanges.as_slice() else { panic!("{exchanges:?}\n{}", output.stdout) };
        assert!(output.stdout.contains("clearshare check --verbose --rules ./plots witness.yaml"), "{}", output.stdout);
        let checked = Clearshare::new("check")
            .ruleset("plots", &files)
            .file("witness.yaml", exchange)
            .args(["--as-of", "2026-11-22", "--format", "json", "--rules", "./plots", "witness.yaml"])
            .run();
        let document: Value = serde_json::from_str(&checked.stdout).unwrap();
        let rules = document["results"][0]["flows"][0]["rules"].as_array().unwrap();
        let rule = rules.iter().find(|rule| rule["id"] == "people.seal").unwrap();
        assert_eq!(rule["status"], "applies", "{exchange}");
    }
}

#[test]
fn reports_are_safe_and_fit_the_page() {
    for name in names() {
        let files = read_fixture(&name).files;
        for (columns, look) in [("40", &["--verbose"][..]), ("40", &["--plain", "--verbose"])] {
            let clearshare = Clearshare::new("rules").ruleset("plots", &files).env("COLUMNS", columns);
            let output = run(clearshare, look);
            assert!(!output.stdout.contains('\u{1b}'), "{name}");
            // Paths, commands, digests and lines of a manifest are whole, so that they can be copied.
            let wide = |line: &&str| line.chars().count() > 40 && line.trim_start().contains(' ');
            let copied = |line: &&str| line.contains("clearshare check ");
            let wide: Vec<&str> = output.stdout.lines().filter(wide).filter(|line| !copied(line)).collect();
            assert!(wide.is_empty(), "{name}: {wide:#?}");
            if look.contains(&"--plain") {
                let symbols =
                    output.stdout.chars().filter(|character| "✓✗?•–│".contains(*character) && *character != '?');
                assert_eq!(symbols.count(), 0, "{name}:\n{}", output.stdout);
            }
        }
    }
}

#[test]
fn advice_is_counted_and_shown_where_it_is_asked_for() {
    let files = read_fixture("unread-source").files;
    // As one line: where a line breaks is not the matter here.
    let said = |args: &[&str]| verify(&files, args).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = said(&[]);
    assert!(short.contains("Advice: 1 unread-source.") && !short.contains("nobody read what it cites"), "{short}");
    let whole = said(&["--verbose"]);
    assert!(whole.contains("advice[unread-source]") && whole.contains("nobody read what it cites"), "{whole}");
    assert!(whole.contains("rules/powers.yaml:13:5"), "{whole}");
}

#[test]
fn many_findings_are_cut_and_counted() {
    let many: Vec<u8> = base()
        .into_iter()
        .find_map(|(path, bytes)| (path == "sources.yaml").then_some(bytes))
        .map(|bytes| {
            let more = |at: usize| format!("  - {{ id: more-{at}, title: More, url: \"https://law.example/more\", read: {{ on: 2026-11-20, copy: live }}, confidence: high }}\n");
            let more: String = (0..30).map(more).collect();
            format!("{}{more}", String::from_utf8(bytes).unwrap()).into_bytes()
        })
        .unwrap();
    let cited: Vec<String> = (0..30).map(|at| format!("more-{at}")).collect();
    let files: Files = base()
        .into_iter()
        .map(|(path, bytes)| match path.as_str() {
            "sources.yaml" => (path, many.clone()),
            "glossary.yaml" => {
                let text = String::from_utf8(bytes).unwrap();
                (
                    path,
                    text.replace("grow things on. }", &format!("grow things on., cites: [{}] }}", cited.join(", ")))
                        .into_bytes(),
                )
            }
            _ => (path, bytes),
        })
        .collect();
    let late = |args: &[&str]| {
        let clearshare = Clearshare::new("rules").ruleset("plots", &files);
        clearshare.args(["verify", "./plots", "--as-of", "2027-05-21"]).args(args).run().stdout
    };
    let (short, whole) = (late(&[]), late(&["--verbose"]));
    assert_eq!(short.matches("finding[stale-source]").count(), 20, "{short}");
    assert!(short.contains("And 14 stale-source. `--verbose` shows all."), "{short}");
    assert_eq!(whole.matches("finding[stale-source]").count(), 34, "{whole}");
    assert!(short.contains("✗ Found: 34 findings."), "{short}");
    // The day on which a source is due is not too late.
    let clearshare = Clearshare::new("rules").ruleset("plots", &files);
    let due = clearshare.args(["verify", "./plots", "--as-of", "2027-05-20"]).run();
    assert_eq!(due.status, 0, "{}", due.stdout);
}

#[test]
fn exchanges_are_written_as_files_and_none_is_written_over() {
    let files = read_fixture("unguarded-negation").files;
    // The folder of a run goes with it, so these name one that stays.
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("out/of/it");
    let write = || {
        let clearshare = Clearshare::new("rules").ruleset("plots", &files);
        let args = ["verify", "./plots", "--as-of", "2026-11-22", "--quiet", "--write-witnesses"];
        clearshare.args(args).args([&folder]).run()
    };
    let output = write();
    let written = files_in(&folder);
    let again = write();
    assert_eq!(output.status, 1, "{}", output.stderr);
    let [(name, text)] = written.as_slice() else { panic!("{written:?}") };
    assert_eq!(name, "001-unguarded-negation.yaml");
    let text = String::from_utf8(text.clone()).unwrap();
    let (comment, manifest) = text.split_once('\n').unwrap();
    assert!(comment.starts_with("# This shows finding[unguarded-negation]: "), "{text}");
    assert!(manifest.starts_with("clearshare: 1\nruleset: plots@2026.11\n"), "{text}");
    assert_eq!(again.status, 2);
    assert!(again.stderr.starts_with("error[file-exists]"), "{}", again.stderr);
    assert_eq!(files_in(&folder), written);
}

#[test]
fn faults_of_the_ruleset_and_the_command_line_end_with_two() {
    let mut files = base();
    files.retain(|(path, _)| path != "roles.yaml");
    let output = verify(&files, &[]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains("error[missing-file]"), "{}", output.stderr);
    let nowhere = Clearshare::new("rules").args(["verify", "./nowhere"]).run();
    assert_eq!(nowhere.status, 2);
    let both = Clearshare::new("rules").args(["verify", "--all", "uk-border@2026.11"]).run();
    assert_eq!(both.status, 2);
}

/// Every ruleset inside the program is proved, without an exception list.
#[test]
fn every_ruleset_inside_is_proved() {
    let output = Clearshare::new("rules").args(["verify", "--all"]).run();
    assert_eq!(output.status, 0, "{}", output.stdout);
    let quiet = Clearshare::new("rules").args(["verify", "--all", "--quiet"]).run();
    assert_eq!(quiet.stdout.lines().count(), clearshare::bundled::all().len());
    assert!(quiet.stdout.lines().all(|line| line.contains(": Proved: ")), "{}", quiet.stdout);
}
