//! `clearshare check` as a person or a pipeline meets it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use unicode_width::UnicodeWidthStr;

use crate::export_readers::rows;
use crate::snapshots::assert_snapshot;
use crate::support::{Clearshare, Output};

const DAY: &str = "2026-11-22";

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// Checks an example, copied into the run's own folder so that its path is the same on every machine.
fn check(name: &str, columns: &str, args: &[&str]) -> Output {
    let bytes = std::fs::read(example(name)).unwrap();
    Clearshare::new("check").file(name, bytes).env("COLUMNS", columns).args(["--as-of", DAY, name]).args(args).run()
}

#[test]
fn whole_outputs_are_as_they_were_looked_at() {
    for (name, columns, args, snapshot) in [
        ("hmrc-to-department-on-mou.yaml", "80", &[][..], "check/stop-80.txt"),
        ("plant-health-inspections.yaml", "80", &[], "check/act-first-80.txt"),
        ("plant-health-inspections.yaml", "40", &[], "check/act-first-40.txt"),
        ("plant-health-inspections.yaml", "80", &["--plain"], "check/act-first-plain.txt"),
        ("trade-statistics-release.yaml", "80", &["-v"], "check/ready-verbose.txt"),
        ("lorry-hold-messages-idea.yaml", "80", &[], "check/incomplete-80.txt"),
        ("request-from-intelligence-service.yaml", "80", &[], "check/refer-80.txt"),
        ("travel-and-freight-to-border-agencies.yaml", "80", &[], "check/flows-80.txt"),
        ("hmrc-to-department-on-mou.yaml", "80", &["--brief"], "check/brief-stop-80.txt"),
        ("lorry-hold-messages-idea.yaml", "40", &["-b", "--plain"], "check/brief-incomplete-40.txt"),
    ] {
        let output = check(name, columns, args);
        assert_eq!(output.stderr, "", "{name}");
        assert_snapshot(snapshot, &output.stdout);
    }
}

#[test]
fn nothing_is_wider_than_the_page_but_web_addresses() {
    for name in ["plant-health-inspections.yaml", "lorry-hold-messages-idea.yaml", "hmrc-to-department-on-mou.yaml"] {
        for columns in [20, 40, 80, 100] {
            for extra in [&["-v"][..], &["--plain"]] {
                let output = check(name, &columns.to_string(), extra);
                for line in output.stdout.lines().filter(|line| !line.trim_start().starts_with("http")) {
                    assert!(line.width() <= columns, "{} columns in {columns}: {line:?}", line.width());
                }
            }
        }
    }
}

/// What is brief leaves out nothing that holds an exchange up: the table that is made from the findings says which rules those are.
#[test]
fn in_brief_every_rule_that_holds_it_up_is_named() {
    let mut named = 0;
    for entry in std::fs::read_dir(example("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let brief = check(name, "300", &["--brief"]);
        let table = check(name, "300", &["--format", "csv"]);
        assert_eq!(brief.status, table.status, "{name}");
        let rows = rows(&table.stdout);
        let column = |of: &str| rows[0].iter().position(|head| head == of).unwrap();
        let (rule, outcome) = (column("rule"), column("outcome"));
        let held = |words: &[&str]| -> BTreeSet<String> {
            let of = |row: &&Vec<String>| words.contains(&row[outcome].as_str());
            rows.iter().filter(of).map(|row| row[rule].clone()).collect()
        };
        // Ids alone have a dot and no space, and a long line may be broken before one.
        let ids = brief.stdout.split('(').filter_map(|rest| Some(rest.split_once(')')?.0));
        let shown: BTreeSet<String> =
            ids.filter(|id| id.contains('.') && !id.contains(char::is_whitespace)).map(str::to_owned).collect();
        assert!(held(&["stop", "refer", "act-first"]).is_subset(&shown), "{name}: {}", brief.stdout);
        assert!(shown.is_subset(&held(&["stop", "refer", "act-first", "incomplete"])), "{name}: {}", brief.stdout);
        named += shown.len();
        let whole = check(name, "300", &[]);
        let after = |text: &str, words: &str| text.contains(words);
        assert_eq!(
            after(&brief.stdout, "After sharing: "),
            after(&whole.stdout, "\nWhat to do after sharing\n"),
            "{name}: {}",
            brief.stdout
        );
    }
    assert!(named > 20);
}

#[test]
fn every_footnote_has_its_source_and_every_source_its_footnote() {
    for name in ["plant-health-inspections.yaml", "hmrc-to-department-on-mou.yaml", "lorry-hold-messages-idea.yaml"] {
        let output = check(name, "100", &[]).stdout;
        let (body, sources) = output.split_once("\nSources\n").expect("there are sources");
        let listed: Vec<usize> =
            sources.lines().filter_map(|line| line.strip_prefix('[')?.split_once(']')?.0.parse().ok()).collect();
        assert_eq!(listed, (1..=listed.len()).collect::<Vec<_>>(), "{name}");
        for number in listed {
            assert!(body.contains(&format!("[{number}]")), "{name}: nothing cites [{number}]");
        }
        let cited = body.split('[').filter_map(|rest| rest.split_once(']')?.0.parse::<usize>().ok()).max().unwrap();
        assert!(sources.contains(&format!("[{cited}] ")), "{name}: [{cited}] is not listed");
    }
}

#[test]
fn colour_is_used_only_where_it_is_asked_for() {
    let name = "hmrc-to-department-on-mou.yaml";
    let plain = check(name, "80", &[]).stdout;
    assert!(!plain.contains('\x1b'), "a pipe gets no colour");
    assert!(!check(name, "80", &["--color", "always", "--plain"]).stdout.contains('\x1b'), "--plain never colours");
    let coloured = check(name, "80", &["--color", "always"]).stdout;
    assert!(coloured.contains("\x1b["));
    // Colour adds nothing that the words do not say.
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\x1b[") {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}

#[test]
fn the_exit_status_follows_the_outcome_and_the_threshold() {
    let cases = [
        ("official-sensitive-public-cloud.yaml", [0, 0, 0, 0]),
        ("plant-health-inspections.yaml", [1, 0, 0, 0]),
        ("lorry-hold-messages-idea.yaml", [1, 1, 0, 0]),
        ("request-from-intelligence-service.yaml", [1, 1, 1, 0]),
        ("hmrc-to-department-on-mou.yaml", [1, 1, 1, 1]),
    ];
    for (name, statuses) in cases {
        for (threshold, status) in ["act-first", "incomplete", "refer", "stop"].iter().zip(statuses) {
            let output = check(name, "80", &["-q", "--fail-on", threshold]);
            assert_eq!(output.status, status, "{name} --fail-on {threshold}");
            assert_eq!(output.stdout.lines().count(), 1, "-q writes one line");
        }
    }
}

#[test]
fn of_several_manifests_the_highest_status_counts_and_each_is_reported() {
    let bytes = |name: &str| std::fs::read(example(name)).unwrap();
    let run = Clearshare::new("check")
        .file("ready.yaml", bytes("official-sensitive-public-cloud.yaml"))
        .file("stop.yaml", bytes("hmrc-to-department-on-mou.yaml"))
        .file("faulty.yaml", "clearshare: 1\nruleset: uk-border@2026.11\nfrom: { boddy: hmrc }\n")
        .args(["-q", "--as-of", DAY, "ready.yaml", "faulty.yaml", "stop.yaml"])
        .run();
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stdout,
        "ready.yaml: ready: Nothing in this ruleset stops this.\nstop.yaml: stop: Do not share as proposed.\n"
    );
    assert!(run.stderr.contains("error[unknown-key]"), "{}", run.stderr);
    assert!(run.stderr.contains("faulty.yaml:3:9"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean `body`?"), "{}", run.stderr);
}

#[test]
fn a_manifest_can_come_from_standard_input() {
    let bytes = std::fs::read(example("hmrc-to-department-on-mou.yaml")).unwrap();
    let run = Clearshare::new("check").input(bytes).args(["-q", "--as-of", DAY, "-"]).run();
    assert_eq!((run.status, run.stdout.as_str()), (1, "-: stop: Do not share as proposed.\n"));
}

/// The answers to a manifest that the safety screen ends, with words of its own that must not come back.
fn screened(material: &str) -> String {
    format!(
        "clearshare: 1\nruleset: uk-border@2026.11\nexchange: {{ title: Zebra project }}\nscreen:\n  material: {material}\n\
         from: {{ body: hmrc }}\nto: {{ body: defra }}\n"
    )
}

#[test]
fn the_safety_screen_shows_what_to_do_and_nothing_else() {
    for material in ["[code-word, secret-or-above]", "unknown", "[intercept, unknown]"] {
        for args in [&[][..], &["-v"], &["--plain"], &["--format", "json"], &["-q"]] {
            let run = Clearshare::new("check")
                .file("data-sharing.yaml", screened(material))
                .args(["--as-of", DAY, "data-sharing.yaml"])
                .args(args)
                .run();
            assert_eq!(run.status, 1, "{material} {args:?}: {}", run.stderr);
            assert_eq!(run.stderr, "");
            for word in ["Zebra", "code-word", "secret-or-above", "intercept", "hmrc", "defra", "HMRC"] {
                assert!(!run.stdout.contains(word), "{material} {args:?} shows {word:?}:\n{}", run.stdout);
            }
            assert!(run.stdout.to_lowercase().contains("refer"), "{}", run.stdout);
        }
        let run = Clearshare::new("check")
            .file("data-sharing.yaml", screened(material))
            .args(["--as-of", DAY, "--fail-on", "stop", "data-sharing.yaml"])
            .run();
        assert_eq!(run.status, 1, "the safety screen fails at every threshold");
    }
}

#[test]
fn a_slip_in_an_answer_to_the_safety_screen_is_not_echoed() {
    for material in ["[code-wurd]", "sekret-or-above", "{ code-word: yes }", "[code-word, none]"] {
        for args in [&[][..], &["--format", "json"]] {
            let run = Clearshare::new("check")
                .file("data-sharing.yaml", screened(material))
                .args(["--as-of", DAY, "data-sharing.yaml"])
                .args(args)
                .run();
            assert_eq!(run.status, 2, "{material}");
            for word in ["code-w", "sekret", "secret-or"] {
                assert!(
                    !run.stderr.contains(word) && !run.stdout.contains(word),
                    "{material}: {}{}",
                    run.stdout,
                    run.stderr
                );
            }
        }
    }
}

#[test]
fn what_a_manifest_says_never_acts_on_the_terminal() {
    let hostile = "\\u001b[2J\\u202Eevil\\u0007 \\u2066x\\u009b31m";
    let manifest = format!(
        "clearshare: 1\nruleset: uk-border@2026.11\nexchange: {{ title: \"{hostile}\", reference: \"{hostile}\" }}\n\
         screen: {{ material: none }}\ndone:\n  - {{ rule: \"{hostile}\", on: 2026-01-01, by: x, evidence: y }}\n\
         from: {{ body: \"{hostile}\", \"{hostile}\": x }}\n"
    );
    let good = format!(
        "clearshare: 1\nruleset: uk-border@2026.11\nexchange: {{ title: \"{hostile}\", reference: \"{hostile}\" }}\n\
         screen: {{ material: none }}\n"
    );
    for text in [manifest, good] {
        for args in [&[][..], &["-v"], &["--plain"]] {
            let run = Clearshare::new("check")
                .file("data-sharing.yaml", &text)
                .args(["--as-of", DAY, "data-sharing.yaml"])
                .args(args)
                .run();
            let acts = |c: char| {
                (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            for shown in [&run.stdout, &run.stderr] {
                assert!(!shown.chars().any(acts), "{shown:?}");
            }
        }
    }
}

#[test]
fn a_manifest_without_a_pin_is_asked_for_one_and_a_ruleset_can_be_named() {
    let manifest = "clearshare: 1\nfrom: { body: hmrc }\n";
    let run = |args: &[&str]| {
        Clearshare::new("check").file("m.yaml", manifest).args(["-q", "--as-of", DAY, "m.yaml"]).args(args).run()
    };
    let unpinned = run(&[]);
    assert_eq!(unpinned.status, 2);
    assert!(unpinned.stderr.contains("error[not-pinned]") && unpinned.stderr.contains("uk-border@2026.11"));
    assert_eq!(run(&["--ruleset", "uk-border"]).stdout, "m.yaml: incomplete: Can't tell yet.\n");
    assert_eq!(run(&["--ruleset", "uk-border@2026.11"]).status, 1);
    assert!(run(&["--ruleset", "uk-border@2020.01"]).stderr.contains("error[unknown-ruleset]"));
    assert!(run(&["--ruleset", "uk-boarder"]).stderr.contains("did you mean `uk-border`?"));
    let early = Clearshare::new("check")
        .file("m.yaml", manifest)
        .args(["--as-of", "2019-01-01", "--ruleset", "uk-border", "m.yaml"])
        .run();
    assert_eq!(early.status, 2);
    assert!(early.stderr.contains("error[date-not-covered]"), "never the nearest: {}", early.stderr);
}

#[test]
fn a_ruleset_in_a_folder_gives_the_same_advice_as_the_one_inside() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/uk-border/2026.11");
    for name in ["plant-health-inspections.yaml", "hmrc-to-department-on-mou.yaml"] {
        let inside = check(name, "80", &["-v"]);
        let outside = check(name, "80", &["-v", "--rules", &rules.to_string_lossy()]);
        assert_eq!(inside, outside);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in ["text", "json"] {
        let run = || check("lorry-hold-messages-idea.yaml", "80", &["-v", "--format", format]);
        assert_eq!(run(), run());
    }
}

#[test]
fn a_reader_who_stops_early_is_no_error() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_clearshare"))
        .args(["check", "-v", "--as-of", DAY])
        .args(std::iter::repeat_n(example("plant-health-inspections.yaml"), 40))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    // It is no reason to pass either: the status is that of the whole check.
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_skeleton_can_be_checked_as_it_is_and_nothing_is_overwritten() {
    let made = Clearshare::new("init").args(["-"]).run();
    assert_eq!((made.status, made.stderr.as_str()), (0, ""));
    let run = Clearshare::new("check").file("m.yaml", &made.stdout).args(["-q", "--as-of", DAY, "m.yaml"]).run();
    assert_eq!((run.status, run.stdout.as_str()), (1, "m.yaml: incomplete: Can't tell yet.\n"), "{}", run.stderr);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data-sharing.yaml");
    std::fs::write(&file, "mine").unwrap();
    let kept = Clearshare::new("init").args([&file]).run();
    assert_eq!(kept.status, 2);
    assert!(kept.stderr.contains("error[file-exists]"), "{}", kept.stderr);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn advice_on_a_day_that_the_pinned_version_does_not_cover_says_so() {
    let bytes = std::fs::read(example("trade-statistics-release.yaml")).unwrap();
    let run = |day: &str| Clearshare::new("check").file("m.yaml", &bytes).args(["--as-of", day, "m.yaml"]).run().stdout;
    let said = "is for dates from 2026-11-01";
    assert!(run("2020-01-01").contains(said));
    assert!(!run(DAY).contains(said));
}
