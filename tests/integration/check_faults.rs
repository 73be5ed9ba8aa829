//! Faults that only the program can report, and faults as the program reports them.

use clearshare::finding::Code;

use crate::faults::BY_COMMAND_LINE;
use crate::support::{Clearshare, Output, base_files, fixture_bytes};

const HEAD: &str = "clearshare: 1\nruleset: base@2026.11\n";

/// A check of files under the base ruleset.
fn check(files: &[(&str, &str)], args: &[&str]) -> Output {
    let run = Clearshare::new("check").ruleset("rules", &base_files()).args(["--as-of", "2026-11-22"]).args(args);
    files.iter().fold(run, |run, (path, text)| run.file(path, text)).run()
}

/// The codes of the faults on standard error, in order.
fn codes(output: &Output) -> Vec<&str> {
    let heads = output.stderr.lines().filter_map(|line| line.strip_prefix("error["));
    heads.map(|rest| rest.split(']').next().unwrap_or_default()).collect()
}

/// A run that ends with one fault: exit status 2, nothing on standard output, the code and some words on standard error.
#[track_caller]
fn one_fault(output: &Output, code: &str, words: &[&str]) {
    assert_eq!(output.status, 2, "{output:?}");
    assert_eq!(output.stdout, "");
    assert_eq!(codes(output), [code], "{}", output.stderr);
    for word in words {
        assert!(output.stderr.contains(word), "{word:?} is not in {}", output.stderr);
    }
    assert!(output.stderr.contains("help: "), "{}", output.stderr);
}

#[test]
fn the_table_of_the_command_line_is_whole() {
    let tested = [
        "file-not-found",
        "nothing-to-check",
        "bad-pattern",
        "not-a-file",
        "file-unreadable",
        "file-exists",
        "cannot-write",
        "in-use",
        "changed-meanwhile",
        "not-laid-out",
        "not-pinned",
        "unknown-ruleset",
        "date-not-covered",
        "no-terminal",
        "input-ended",
        "no-answer",
        "answers-differ",
        "unknown-flow",
        "other-ruleset",
        "cannot-upgrade",
        "json-syntax",
        "bad-record",
        "truncated-record",
        "newer-record",
        "altered-record",
        "bad-template",
        "ruleset-missing",
        "bad-signers",
        "bad-key",
        "wrong-passphrase",
        "cannot-sign",
        "decision-refused",
        "known-twice",
        "outside-folder",
    ];
    assert_eq!(
        BY_COMMAND_LINE.map(Code::as_str),
        tested,
        "each has a test below, in `ask.rs`, `drafts.rs`, `check_inputs.rs`, `stream_cli.rs`, `baselines.rs`, `configured.rs`, `records.rs`, `record_template.rs`, `replayed.rs`, `record_verify_cli.rs` or `upgrade.rs`"
    );
}

#[test]
fn file_not_found() {
    one_fault(&check(&[], &["--rules", "rules", "nowhere.yaml"]), "file-not-found", &["no file `nowhere.yaml`"]);
    let output = check(&[("x.yaml", HEAD)], &["--rules", "nowhere", "x.yaml"]);
    one_fault(&output, "file-not-found", &["no folder `nowhere`", "`ruleset.yaml`"]);
}

#[test]
fn not_a_file() {
    let output = Clearshare::new("questions").file("folder/x.yaml", HEAD).args(["--from", "folder"]).run();
    one_fault(&output, "not-a-file", &["`folder` is a folder"]);
    let output = check(&[("x.yaml", HEAD)], &["--rules", "x.yaml", "x.yaml"]);
    one_fault(&output, "not-a-file", &["`x.yaml` is not a folder"]);
}

#[cfg(unix)]
#[test]
fn file_unreadable() {
    // Who runs the tests may be allowed to read everything; a link that leads to itself nobody can.
    let run = Clearshare::new("check").ruleset("rules", &base_files());
    std::os::unix::fs::symlink("round.yaml", run.folder().join("round.yaml")).expect("a link can be made");
    let output = run.args(["--rules", "rules", "round.yaml"]).run();
    one_fault(&output, "file-unreadable", &["`round.yaml` cannot be read"]);
}

#[test]
fn not_pinned() {
    let output = check(&[("x.yaml", "clearshare: 1\n")], &["x.yaml"]);
    one_fault(&output, "not-pinned", &["x.yaml:1:1", "add `ruleset: uk-border@"]);
}

#[test]
fn unknown_ruleset() {
    let output = check(&[("x.yaml", "clearshare: 1\nruleset: uk-borders@2026.11\n")], &["x.yaml"]);
    one_fault(&output, "unknown-ruleset", &["no ruleset `uk-borders`", "x.yaml:2:10", "did you mean `uk-border`?"]);
    let output = check(&[("x.yaml", "clearshare: 1\nruleset: uk-border@2020.01\n")], &["x.yaml"]);
    one_fault(&output, "unknown-ruleset", &["no version 2020.01 of `uk-border`", "x.yaml:2:10"]);
    let output = check(&[("x.yaml", HEAD)], &["--ruleset", "quite-another", "x.yaml"]);
    one_fault(&output, "unknown-ruleset", &["no ruleset `quite-another`", "`clearshare rules list`"]);
}

#[test]
fn date_not_covered() {
    let run = Clearshare::new("check").file("x.yaml", "clearshare: 1\n");
    let output = run.args(["--as-of", "2001-01-01", "--ruleset", "uk-border", "x.yaml"]).run();
    one_fault(&output, "date-not-covered", &["no version of `uk-border` covers 2001-01-01"]);
}

#[test]
fn file_exists() {
    let output = Clearshare::new("init").file("data-sharing.yaml", "mine\n").run();
    one_fault(&output, "file-exists", &["`data-sharing.yaml` is there already"]);
}

#[test]
fn cannot_write() {
    let output = Clearshare::new("init").args(["nowhere/data-sharing.yaml"]).run();
    one_fault(&output, "cannot-write", &["`nowhere/data-sharing.yaml` cannot be written"]);
}

#[test]
fn not_laid_out() {
    let output = Clearshare::new("rules").args(["fmt", "-"]).input("a: &x [1]\n").run();
    one_fault(&output, "not-laid-out", &["an anchor `&x` is not laid out", "standard input:1:4"]);
}

/// A pin that is wrong is not also a pin that is missing.
#[test]
fn a_bad_pin_is_one_fault() {
    let output = check(&[("x.yaml", "clearshare: 1\nruleset: uk-border\n")], &["x.yaml"]);
    one_fault(&output, "bad-pin", &["x.yaml:2:10"]);
}

#[test]
fn a_fault_is_shown_with_its_line_and_help() {
    let manifest = format!("{HEAD}from: {{ body: councl }}\n");
    let output = check(&[("sub/x.yaml", &manifest)], &["--rules", "rules", "sub/x.yaml"]);
    one_fault(
        &output,
        "unknown-option",
        &["--> sub/x.yaml:3:15", "3 | from: { body: councl }", "did you mean `council`?"],
    );
}

#[test]
fn several_faults_of_several_manifests_come_in_one_run() {
    let files = [
        ("a.yaml", format!("{HEAD}from: {{ body: councl }}\nto: {{ bdy: council }}\n")),
        ("b.yaml", String::from_utf8(fixture_bytes("manifest/_base.yaml")).expect("it is UTF-8")),
        ("c.yaml", "clearshare: 2\n".to_owned()),
    ];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let output = check(&files, &["--rules", "rules", "a.yaml", "nowhere.yaml", "b.yaml", "c.yaml"]);
    assert_eq!(output.status, 2);
    assert_eq!(codes(&output), ["unknown-option", "unknown-key", "file-not-found", "unknown-format"]);
    assert!(output.stdout.contains("b.yaml"), "the advice on the good one is given: {output:?}");
}

#[test]
fn faults_of_a_ruleset_name_its_files() {
    let text = "terms:\n  - { id: plot, term: plot, meaning: x, cites: [nobody] }\n";
    let output = check(&[("rules/glossary.yaml", text), ("x.yaml", HEAD)], &["--rules", "rules", "x.yaml"]);
    one_fault(&output, "unknown-source", &["glossary.yaml:2:49", "cites: [nobody]"]);
}

#[test]
fn in_json_faults_are_data_too() {
    let manifest = format!("{HEAD}from: {{ body: councl }}\n");
    let output = check(&[("x.yaml", &manifest)], &["--rules", "rules", "--format", "json", "x.yaml"]);
    assert_eq!(output.status, 2);
    assert_eq!(codes(&output), ["unknown-option"]);
    let json: serde_json::Value = serde_json::from_str(&output.stdout).expect("it is JSON");
    assert!(json.to_string().contains("\"unknown-option\""), "{json:#}");
}

/// Through the whole program: what was answered to a safety question is written nowhere.
#[test]
fn answers_to_the_safety_screen_are_written_nowhere() {
    for section in [
        "screen: { material: moonlight }",
        "screen: { material: [code-word, moonlight] }",
        "screen: { material: [moonlight }",
        "screen: { material: *moonlight }",
        "screen: { moonlight: yes }",
        "screen: moonlight",
        "screan: { material: moonlight }",
        "material: moonlight",
        "screen.material: moonlight",
        "exchange: { screen: moonlight }",
        "screen:\n  - moonlight",
        "screen:\n  material: !moonlight none",
    ] {
        let manifest = format!("{HEAD}{section}\n");
        for format in ["text", "json"] {
            let output = check(&[("x.yaml", &manifest)], &["--rules", "rules", "--format", format, "-v", "x.yaml"]);
            assert_eq!(output.status, 2, "{section}: {output:?}");
            let everything = format!("{}{}", output.stdout, output.stderr);
            assert!(!everything.contains("moonlight"), "{section}: {everything}");
        }
    }
    let manifest = format!("{HEAD}screen: {{ material: code-word }}\nfrom: {{ body: council }}\n");
    for format in ["text", "json"] {
        let output = check(&[("x.yaml", &manifest)], &["--rules", "rules", "--format", format, "-v", "x.yaml"]);
        assert_eq!(output.status, 1, "{output:?}");
        let everything = format!("{}{}", output.stdout, output.stderr);
        assert!(!everything.contains("code-word"), "{everything}");
    }
}

#[test]
fn names_of_files_cannot_act_on_the_terminal() {
    let output = check(&[], &["--rules", "rules", "\u{1b}[2J\u{202e}.yaml"]);
    assert_eq!(codes(&output), ["file-not-found"]);
    assert!(!output.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", output.stderr);
}

#[test]
fn a_place_far_along_a_line_is_the_true_one() {
    let line = format!("to: {{{} body: nobody }}", " ".repeat(900));
    let column = line.find("nobody").unwrap() + 1;
    let manifest = format!("clearshare: 1\nruleset: base@2026.11\n{line}\n");
    for look in [&["--color", "never"][..], &["--color", "always"], &["--plain"]] {
        let args: Vec<&str> = ["--rules", "rules", "m.yaml"].into_iter().chain(look.iter().copied()).collect();
        let output = check(&[("m.yaml", &manifest)], &args);
        assert!(output.stderr.contains(&format!("m.yaml:3:{column}\n")), "{look:?}: {}", output.stderr);
    }
}
