//! Baselines: what is known does not fail a check, what is new does, and the outcome stays the true one.

use crate::support::{Clearshare, Output, base_files};

const HEAD: &str = "clearshare: 1\nruleset: base@2026.11\nscreen: { material: none }\n";
/// `people.ask` is outstanding, which holds nothing up, and `handling.encrypt`, which is to be done first.
const ACT: &str = "from: { body: council }\nto: { body: water-board }\ndata: { size: many, personal: no }\n\
                   power: { gateway: [plots-act] }\n";

fn run(files: &[(&str, &str)], args: &[&str]) -> (Output, tempfile::TempDir) {
    let run = Clearshare::new("check").ruleset("rules", &base_files()).env("COLUMNS", "100");
    let run = run.args(["--rules", "rules", "--as-of", "2026-11-22"]).args(args);
    let (mut output, folder) = files.iter().fold(run, |run, (path, text)| run.file(path, text)).run_and_keep();
    // However the page is wrapped.
    output.stdout = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    (output, folder)
}

/// The baseline of these manifests.
fn baseline(files: &[(&str, &str)], args: &[&str]) -> String {
    let (output, folder) = run(files, &[&["-q", "--write-baseline", "baseline.yaml"], args].concat());
    std::fs::read_to_string(folder.path().join("baseline.yaml")).unwrap_or_else(|_| panic!("{}", output.stderr))
}

fn manifest() -> String {
    format!("{HEAD}{ACT}")
}

#[test]
fn what_is_known_does_not_fail_and_the_outcome_stays() {
    let text = manifest();
    let (before, _) = run(&[("x.yaml", &text)], &["-q", "x.yaml"]);
    assert_eq!(before.status, 1, "{before:?}");
    let known = baseline(&[("x.yaml", &text)], &["x.yaml"]);
    assert!(known.contains("rule: ") && known.contains("manifest: x.yaml") && known.contains("title: "), "{known}");
    let files = [("x.yaml", text.as_str()), ("baseline.yaml", known.as_str())];
    let (after, _) = run(&files, &["--baseline", "baseline.yaml", "x.yaml"]);
    assert_eq!(after.status, 0, "{after:?}");
    let word = before.stdout.split(": ").nth(1).unwrap().to_uppercase().replace('-', " ");
    assert!(after.stdout.contains(&word), "{word}: {}", after.stdout);
    assert!(after.stdout.contains("Known since the baseline:") && after.stdout.contains("new: 0."), "{}", after.stdout);
    assert!(after.stdout.contains("that alone is why"), "{}", after.stdout);
    let (quiet, _) = run(&files, &["-q", "--baseline", "baseline.yaml", "x.yaml"]);
    assert!(quiet.stdout.starts_with(before.stdout.trim_end()), "{}", quiet.stdout);
    assert!(quiet.stdout.ends_with("new: 0."), "{}", quiet.stdout);
}

/// Writing one changes no exit status: a pipeline that always writes does not always pass.
#[test]
fn writing_a_baseline_passes_nothing() {
    let (output, _) = run(&[("x.yaml", &manifest())], &["-q", "--write-baseline", "b.yaml", "x.yaml"]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("written to the baseline `b.yaml`"), "{}", output.stderr);
}

#[test]
fn a_changed_answer_is_new_and_what_it_was_is_no_longer_found() {
    let text = manifest();
    let known = baseline(&[("x.yaml", &text)], &["x.yaml"]);
    let changed = format!("{text}handling: {{ encrypted: no }}\n");
    let files = [("x.yaml", changed.as_str()), ("baseline.yaml", known.as_str())];
    let (output, _) = run(&files, &["--baseline", "baseline.yaml", "x.yaml"]);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(output.stdout.contains("In the baseline and no longer found:"), "{}", output.stdout);
    assert!(!output.stdout.contains("that alone is why"), "{}", output.stdout);
}

#[test]
fn a_settled_finding_is_said_and_fails_nothing() {
    let text = manifest();
    let known = baseline(&[("x.yaml", &text)], &["x.yaml"]);
    let settled = format!("{HEAD}data: {{ size: few, personal: no }}\n");
    let files = [("x.yaml", settled.as_str()), ("baseline.yaml", known.as_str())];
    let (with, _) = run(&files, &["--fail-on", "stop", "--baseline", "baseline.yaml", "x.yaml"]);
    assert_eq!(with.status, 0, "{with:?}");
    assert!(with.stdout.contains("no longer found"), "{}", with.stdout);
}

/// An entry must say of which rule it is: a fingerprint under another rule's name would mislead whoever reviews it.
#[test]
fn a_fingerprint_under_another_name_is_not_known() {
    let text = manifest();
    let known = baseline(&[("x.yaml", &text)], &["x.yaml"]);
    for (from, to) in [("rule: ", "rule: z"), ("flow: main", "flow: other"), ("manifest: x.yaml", "manifest: y.yaml")] {
        let files = [("x.yaml", text.as_str()), ("baseline.yaml", &known.replace(from, to))];
        let (output, _) = run(&files, &["-q", "--baseline", "baseline.yaml", "x.yaml"]);
        assert_eq!(output.status, 1, "{to}: {output:?}");
    }
}

#[test]
fn the_safety_screen_is_in_no_baseline_and_always_fails() {
    let screened = manifest().replace("material: none", "material: sealed");
    let known = baseline(&[("x.yaml", &screened)], &["x.yaml"]);
    assert!(known.ends_with("known: []\n"), "{known}");
    let all = baseline(&[("x.yaml", &manifest())], &["x.yaml"]);
    for known in [known, all] {
        let files = [("x.yaml", screened.as_str()), ("baseline.yaml", &known)];
        let (output, _) = run(&files, &["--fail-on", "stop", "--baseline", "baseline.yaml", "x.yaml"]);
        assert_eq!(output.status, 1);
        assert!(!output.stdout.contains("aseline"), "{}", output.stdout);
    }
}

#[test]
fn a_baseline_with_a_fault_is_refused_and_one_of_a_faulty_manifest_is_not_written() {
    let text = manifest();
    let files = [("x.yaml", text.as_str()), ("baseline.yaml", "clearshare: 1\nknwon: []\n")];
    let (output, _) = run(&files, &["--baseline", "baseline.yaml", "x.yaml"]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(
        output.stderr.contains("baseline.yaml:2:1") && output.stderr.contains("did you mean `known`?"),
        "{}",
        output.stderr
    );
    let twice = baseline(&[("x.yaml", &text)], &["x.yaml"]);
    let item = twice.split_once("known:\n").unwrap().1;
    let (output, _) = run(
        &[("x.yaml", &text), ("baseline.yaml", &format!("{twice}{item}"))],
        &["--baseline", "baseline.yaml", "x.yaml"],
    );
    assert!(output.stderr.contains("error[known-twice]"), "{}", output.stderr);
    let (output, folder) =
        run(&[("x.yaml", &text), ("y.yaml", "x\n")], &["-q", "--write-baseline", "b.yaml", "x.yaml", "y.yaml"]);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("the baseline was not written"), "{}", output.stderr);
    assert!(!folder.path().join("b.yaml").exists());
}

/// The same text from wherever the check is started, and in whatever order the manifests come.
#[test]
fn a_baseline_is_the_same_every_time() {
    let text = manifest();
    let files = [("teams/b.yaml", text.as_str()), ("teams/a.yaml", text.as_str())];
    let one = baseline(&files, &["teams/a.yaml", "teams/b.yaml"]);
    let other = baseline(&files, &["./teams/b.yaml", "rules/../teams/a.yaml"]);
    assert_eq!(one, other);
    let manifests: Vec<&str> = one.lines().filter(|line| line.contains("manifest:")).collect();
    assert!(manifests.is_sorted() && manifests.len() > 1, "{one}");
}

/// What holds nothing up is not kept: it fails nothing, and a baseline that lists it only grows.
#[test]
fn a_baseline_keeps_what_holds_something_up_and_nothing_else() {
    let text = "clearshare: 1\nruleset: sample@2026.11\nscreen: { material: none }\nfrom: { body: hmrc }\nto: { body: defra }\n\
                data: { personal: yes, contains: [names], scale: many }\n";
    let run = crate::formats::sample().file("x.yaml", text);
    let (output, folder) = run.args(["--format", "csv", "--write-baseline", "b.yaml", "x.yaml"]).run_and_keep();
    assert!(output.stdout.contains("handling.names-only,could,guidance,applies,ready,"), "{}", output.stdout);
    let known = std::fs::read_to_string(folder.path().join("b.yaml")).unwrap();
    assert!(known.contains("rule: handling.approval"), "{known}");
    assert!(!known.contains("handling.names-only"), "{known}");
}

/// Two manifests that say the same have the same fingerprints, and are two manifests.
#[test]
fn the_same_finding_of_two_manifests_is_known_of_both() {
    let text = manifest();
    let files = [("x.yaml", text.as_str()), ("y.yaml", text.as_str())];
    let known = baseline(&files, &["x.yaml", "y.yaml"]);
    assert!(known.contains("manifest: x.yaml") && known.contains("manifest: y.yaml"), "{known}");
    let files = [files[0], files[1], ("b.yaml", known.as_str())];
    let (output, _) = run(&files, &["-q", "--baseline", "b.yaml", "x.yaml", "y.yaml"]);
    assert_eq!(output.status, 0, "{output:?}");
}

/// A prohibition that is known passes, and whoever reads that it passes is told what passed.
#[test]
fn a_known_prohibition_is_named() {
    let text = "clearshare: 1\nruleset: sample@2026.11\nscreen: { material: none }\nfrom: { body: defra }\nto: { body: police }\n\
                data: { personal: no, scale: few }\npower: { gateway: [trade-act] }\n";
    let sample = || crate::formats::sample().file("x.yaml", text);
    let (before, folder) = sample().args(["-q", "--write-baseline", "b.yaml", "x.yaml"]).run_and_keep();
    assert!(before.stdout.starts_with("x.yaml: stop:"), "{before:?}");
    let known = std::fs::read_to_string(folder.path().join("b.yaml")).unwrap();
    let after = sample().file("b.yaml", known).args(["--format", "json", "--baseline", "b.yaml", "x.yaml"]).run();
    assert_eq!(after.status, 0, "{after:?}");
    assert!(
        after.stdout.contains("The outcome is still STOP.") && after.stdout.contains("A prohibition is among it."),
        "{after:?}"
    );
    // Nothing of the kind is said where there is none.
    let text = manifest();
    let known = baseline(&[("x.yaml", &text)], &["x.yaml"]);
    let (mild, _) = run(&[("x.yaml", &text), ("b.yaml", &known)], &["--baseline", "b.yaml", "x.yaml"]);
    assert!(mild.status == 0 && !mild.stdout.contains("A prohibition"), "{mild:?}");
}

/// An outcome that no finding stands for is known to nobody: it fails.
#[test]
fn an_outcome_without_a_finding_is_not_known() {
    use clearshare::check::{FailOn, check, since};
    use clearshare::engine::Evaluator;
    use clearshare::finding::Findings;
    use clearshare::manifest::read_manifest;
    use clearshare::text::Sources;
    let (mut sources, mut faults) = (Sources::new(), Findings::new());
    let read = read_manifest(manifest().as_bytes(), "x.yaml", &mut sources, &mut faults).unwrap();
    let ruleset = crate::support::read_fixture_ruleset();
    let mut evaluator = Evaluator::new(ruleset);
    let checked = check(&mut evaluator, &read, "2026-11-22".parse().unwrap(), &sources, &mut faults).unwrap();
    let none = clearshare::baseline::Baseline::default();
    let fails = |fail_on| since(ruleset, &checked, &mut [Vec::new()], &none, "x.yaml", fail_on).fails;
    assert!(fails(FailOn::ActFirst));
    assert!(!fails(FailOn::Stop), "this outcome fails nothing there");
}
