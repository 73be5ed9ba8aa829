//! `clearshare record new`: a decision on a manifest, from a file or from options.

use std::path::Path;

use clearshare::record::v1::{Choice, View};
use clearshare::record::{Integrity, sha256};

use crate::records::read;
use crate::support::{Clearshare, Output, names_in};

/// The bytes of an example.
fn example(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
}

const READY: &str = "official-sensitive-public-cloud.yaml";

const DECISION: &str = "clearshare: 1
choice: share
reasons: It is needed.
necessity: Nothing else tells.
retention: Two years
dates: Each night
decided-by: { name: Ada Example, role: Information asset owner }
decided-on: 2026-11-22
review-on: 2027-11-22
consulted:
  - { role: Data protection officer, name: Ben Example, on: 2026-11-20, view: disagrees, says: No., answer: Yes. }
evidence:
  - { title: Impact assessment, file: docs/dpia.pdf }
  - { title: Advice, link: CASE-0042 }
request: { by: { name: Di Example, role: Head of risk }, on: 2026-10-01, says: 'Last year: all of it' }
";

/// A run with an example as `x.yaml`, and a file of a decision.
fn new(name: &str, decision: &str) -> Clearshare {
    Clearshare::new("record")
        .args(["new", "x.yaml", "--as-of", "2026-11-22"])
        .file("x.yaml", example(name))
        .file("decision.yaml", decision)
        .file("docs/dpia.pdf", "the file")
}

fn fails(output: &Output, folder: &Path, code: &str, words: &[&str]) {
    assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{}", output.stderr);
    assert!(output.stderr.contains(&format!("error[{code}]")), "{code}: {}", output.stderr);
    for word in words {
        assert!(output.stderr.contains(word), "{word}: {}", output.stderr);
    }
    assert!(
        !names_in(folder).iter().any(|name| name.contains("record") || name.starts_with('.')),
        "nothing is written"
    );
}

#[test]
fn a_file_of_a_decision_gives_a_record_that_can_be_read() {
    let (output, folder) = new(READY, DECISION).args(["--decision", "decision.yaml"]).run_and_keep();
    assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{}", output.stdout);
    let path = folder.path().join("x.record.json");
    let bytes = std::fs::read(&path).unwrap();
    let record = read(&bytes);
    assert_eq!(record.integrity, Integrity::AsWritten);
    let record = record.record;
    assert_eq!(record.decision.choice, Choice::Share);
    assert_eq!(record.decision.consulted.first().map(|consulted| consulted.view), Some(View::Disagrees));
    assert_eq!((record.manifest.name.as_str(), record.manifest.sha256), ("x.yaml", sha256(&example(READY))));
    let evidence: Vec<_> =
        record.evidence.iter().map(|evidence| (evidence.link.as_str(), evidence.sha256.clone())).collect();
    assert_eq!(evidence, [("docs/dpia.pdf", Some(sha256(b"the file"))), ("CASE-0042", None)]);
    assert!(output.stdout.contains("x.record.json") && output.stdout.contains(&record.seal), "{}", output.stdout);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn options_say_the_same_as_a_file() {
    let (by_file, folder) = new(READY, DECISION).args(["--decision", "decision.yaml", "-o", "a.json"]).run_and_keep();
    assert_eq!(by_file.status, 0, "{}", by_file.stderr);
    let a = read(&std::fs::read(folder.path().join("a.json")).unwrap()).record;
    let run = new(READY, "").args(["-o", "a.json", "--choice", "share", "--reasons", "It is needed."]);
    let run =
        run.args(["--decided-by", "Ada Example", "--role", "Information asset owner", "--decided-on", "2026-11-22"]);
    let run = run.args(["--necessity", "Nothing else tells.", "--retention", "Two years", "--dates", "Each night"]);
    let run = run.args(["--review-on", "2027-11-22", "--evidence", "Impact assessment=docs/dpia.pdf"]);
    let run = run.args(["--request", "Head of risk, Di Example, 2026-10-01: Last year: all of it"]);
    let run = run.args(["--consulted", "Data protection officer, Ben Example, 2026-11-20: disagrees: No."]);
    let run = run.args(["--answer", "Ben Example: Yes."]);
    let (by_options, folder) = run.run_and_keep();
    assert_eq!(by_options.status, 0, "{}", by_options.stderr);
    let b = read(&std::fs::read(folder.path().join("a.json")).unwrap()).record;
    assert_eq!((a.facts, a.advice, a.ruleset), (b.facts, b.advice, b.ruleset));
    assert_eq!((a.decision, a.request), (b.decision, b.request));
    assert_eq!(a.evidence.first(), b.evidence.first());
}

#[test]
fn an_answer_is_to_somebody_who_was_consulted() {
    let without = DECISION.replace(", answer: Yes.", "");
    let run = |args: &[&str]| new(READY, &without).args(["--decision", "decision.yaml", "-o", "a.json"]).args(args);
    let (output, folder) = run(&["--answer", "Ben Example: Each: is used."]).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let record = read(&std::fs::read(folder.path().join("a.json")).unwrap()).record;
    assert_eq!(record.decision.consulted[0].answer.as_deref(), Some("Each: is used."));
    let (output, folder) = run(&["--answer", "Ben Exampel: x"]).run_and_keep();
    fails(&output, folder.path(), "decision-refused", &["`Ben Exampel`", "did you mean `Ben Example`?"]);
}

#[test]
fn what_options_say_goes_before_the_file() {
    let run = new(READY, DECISION).args(["--decision", "decision.yaml", "--choice", "defer", "-o", "-"]);
    let output = run.args(["--consulted", "Legal adviser, Cy Example: agrees"]).run();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let record = read(output.stdout.as_bytes()).record;
    assert_eq!(record.decision.choice, Choice::Defer);
    let names: Vec<&str> = record.decision.consulted.iter().map(|consulted| consulted.name.as_str()).collect();
    assert_eq!(names, ["Ben Example", "Cy Example"]);
}

#[test]
fn all_that_is_wrong_with_a_file_is_said_with_its_place() {
    let decision = "clearshare: 1
choise: share
reasons: ' '
decided-by: { name: Ada }
decided-on: tomorrow
conditions: { says: x, by: 2026-02-30 }
consulted: [{ role: x, name: y, view: agree }]
evidence:
  - { title: a, file: b, link: c }
  - { title: a, link: c, sha256: abc }
";
    let (output, folder) = new(READY, decision).args(["--decision", "decision.yaml"]).run_and_keep();
    let said = [
        ("missing-key", "1:1"),
        ("unknown-key", "2:1"),
        ("empty-text", "3:10"),
        ("missing-key", "4:15"),
        ("bad-date", "5:13"),
        ("bad-date", "6:28"),
        ("unknown-word", "7:39"),
        ("unknown-key", "9:32"),
        ("bad-digest", "10:34"),
    ];
    for (code, at) in said {
        fails(&output, folder.path(), code, &[&format!("decision.yaml:{at}")]);
    }
    assert!(output.stderr.contains("did you mean `choice`?") && output.stderr.contains("did you mean `agrees`?"));
    assert_eq!(output.stderr.matches("error[").count(), said.len(), "{}", output.stderr);
}

#[test]
fn what_the_advice_does_not_allow_is_refused_at_its_place() {
    let refused = |decision: &str, code: &str, words: &[&str]| {
        let (output, folder) = new(READY, decision).args(["--decision", "decision.yaml"]).run_and_keep();
        fails(&output, folder.path(), code, words);
    };
    refused(&DECISION.replace(", answer: Yes.", ""), "decision-refused", &["decision.yaml:11:44", "Ben Example"]);
    refused(&DECISION.replace("review-on: 2027", "review-on: 2025"), "backward-dates", &["decision.yaml:8:13"]);
    let rule = DECISION.replace("link: CASE-0042", "link: CASE-0042, rule: handling.mutual-tsl");
    refused(&DECISION.replace("retention: Two years", "retention: ' '"), "empty-text", &["decision.yaml:5:12"]);
    refused(&DECISION.replace("dates:", "date:"), "unknown-key", &["decision.yaml:6:1", "did you mean `dates`?"]);
    refused(&rule, "unknown-rule", &["decision.yaml:14:45", "did you mean `handling.mutual-tls`?"]);
    let conditions = format!("{DECISION}conditions: {{ says: x, rule: handling.mutual-tls, flow: man }}\n");
    refused(&conditions, "decision-refused", &["decision.yaml:2:9", "the choice has none"]);
    refused(&conditions, "unknown-flow", &["did you mean `main`?"]);
}

#[test]
fn evidence_that_cannot_be_read_is_a_fault() {
    let case = |file: &str, code: &str| {
        let decision = DECISION.replace("docs/dpia.pdf", file);
        let (output, folder) = new(READY, &decision).args(["--decision", "decision.yaml"]).run_and_keep();
        fails(&output, folder.path(), code, &["decision.yaml:13:5"]);
    };
    case("docs/none.pdf", "file-not-found");
    case("docs", "not-a-file");
    case(&format!("docs/dpia.pdf, sha256: {}", "0".repeat(64)), "bad-digest");
    let right = DECISION.replace("docs/dpia.pdf", &format!("docs/dpia.pdf, sha256: {}", sha256(b"the file")));
    assert_eq!(new(READY, &right).args(["--decision", "decision.yaml"]).run().status, 0);
    let (output, folder) = new(READY, "").args(["--choice", "share", "--evidence", "a=b"]).run_and_keep();
    fails(&output, folder.path(), "decision-refused", &["`--reasons`, `--decided-by`, `--role` are missing"]);
}

#[test]
fn nothing_is_written_over_and_nothing_is_half_written() {
    let run = new(READY, DECISION).args(["--decision", "decision.yaml"]).file("x.record.json", "theirs");
    let (output, folder) = run.run_and_keep();
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("error[file-exists]"), "{}", output.stderr);
    assert_eq!(std::fs::read(folder.path().join("x.record.json")).unwrap(), b"theirs");
    let (output, folder) = new(READY, DECISION).args(["--decision", "decision.yaml", "-o", "no/x.json"]).run_and_keep();
    fails(&output, folder.path(), "cannot-write", &["there is no folder"]);
    // A folder that is named gets the record, with the manifest's name.
    let (output, folder) = new(READY, DECISION).args(["--decision", "decision.yaml", "-o", "docs"]).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let record = read(&std::fs::read(folder.path().join("docs/x.record.json")).unwrap()).record;
    assert_eq!(
        record.evidence.first().map(|evidence| evidence.link.as_str()),
        Some("dpia.pdf"),
        "as seen from the record"
    );
}

#[test]
fn the_safety_screen_gives_what_check_prints_and_nothing_is_written() {
    let manifest = String::from_utf8(example(READY)).unwrap();
    let screened = manifest.replace("material: none", "material: secret-or-above");
    assert_ne!(screened, manifest);
    let check = Clearshare::new("check").args(["x.yaml", "--as-of", "2026-11-22"]).file("x.yaml", &screened).run();
    assert_eq!(check.status, 1);
    let new = |decision: &str| new(READY, decision).file("x.yaml", &screened);
    let (output, folder) = new(DECISION).args(["--decision", "decision.yaml"]).run_and_keep();
    assert_eq!(output, check);
    assert_eq!(names_in(folder.path()), ["decision.yaml", "docs", "x.yaml"]);
    // Also where nothing was said, and where the file of the decision has a fault.
    assert_eq!(new("").args(["--decision", "none.yaml"]).run(), check);
    assert_eq!(new("").run(), check);
}

#[test]
fn where_nothing_is_said_and_nobody_can_be_asked_it_is_a_fault() {
    let (output, folder) = new(READY, "").run_and_keep();
    fails(&output, folder.path(), "no-terminal", &["--decision FILE", "--choice"]);
}

/// A disk without room: a file may not grow. Nothing is left of what was begun.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("x.yaml"), example(READY)).unwrap();
    let mut shell = std::process::Command::new("/bin/sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_clearshare")]);
    shell.args(["record", "new", "x.yaml", "--as-of", "2026-11-22", "--choice", "defer", "--reasons", "x"]);
    let output = shell.args(["--decided-by", "x", "--role", "y"]).current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("error[cannot-write]: `x.record.json` cannot be written"), "{said}");
    assert_eq!(names_in(folder.path()), ["x.yaml"]);
}

#[test]
fn thousands_of_pieces_of_evidence_are_recorded() {
    let mut decision =
        "clearshare: 1\nchoice: defer\nreasons: x\ndecided-by: { name: x, role: y }\nevidence:\n".to_owned();
    for at in 0..10_000 {
        decision.push_str(&format!("  - {{ title: Piece {at}, link: CASE-{at} }}\n"));
    }
    let (output, folder) = new(READY, &decision).args(["--decision", "decision.yaml"]).run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let record = read(&std::fs::read(folder.path().join("x.record.json")).unwrap()).record;
    assert_eq!((record.evidence.len(), record.evidence[9_999].link.as_str()), (10_000, "CASE-9999"));
}

/// What a file, an option or a manifest says reaches the terminal only as text.
#[test]
fn nothing_hostile_reaches_the_terminal() {
    let hostile = "Ada \u{202e}\u{2066}Example";
    let decision = DECISION.replace("Ada Example", hostile).replace("Ben Example", "Ben\u{200b}\u{202e}Example");
    let output = new(READY, &decision).args(["--decision", "decision.yaml", "--decided-by", "A\u{1b}[2Jda"]).run();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let refused = new(READY, &decision.replace(", answer: Yes.", "")).args(["--decision", "decision.yaml"]).run();
    assert_eq!(refused.status, 2);
    for text in [output.stdout, refused.stderr] {
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{2066}']), "{text:?}");
    }
}

/// The decision file of docs/record.md says what it shows.
#[test]
fn the_file_in_the_documentation_is_a_decision() {
    let page = include_str!("../../docs/record.md");
    let (_, rest) = page.split_once("```yaml decision\n").unwrap();
    let (decision, _) = rest.split_once("```").unwrap();
    let run = new(READY, decision).args(["--decision", "decision.yaml"]);
    let (output, folder) = run.run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let record = read(&std::fs::read(folder.path().join("x.record.json")).unwrap()).record;
    assert_eq!((record.decision.conditions.len(), record.decision.consulted.len(), record.evidence.len()), (1, 2, 2));
    assert_eq!(record.request.unwrap().by.name, "Di Example");
    let said = [record.decision.necessity, record.decision.retention, record.decision.dates];
    assert!(said.iter().all(Option::is_some), "{said:?}");
}
