//! `.clearshare.yaml`: where it is found, what it sets, and what it may not.

use crate::support::{Clearshare, Output, base_files};

const READY: &str = "clearshare: 1\nruleset: base@2026.11\nscreen: { material: none }\n";
/// Something to be done first, and nothing worse.
const ACT: &str = "clearshare: 1\nruleset: base@2026.11\nscreen: { material: none }\nfrom: { body: council }\n\
                   to: { body: water-board }\ndata: { size: many, personal: no }\npower: { gateway: [plots-act] }\n";

fn run_in(files: &[(&str, &str)], args: &[&str]) -> (Output, tempfile::TempDir) {
    let run = Clearshare::new("check").ruleset("rules", &base_files()).env("COLUMNS", "100");
    let run = run.args(["--rules", "rules", "--as-of", "2026-11-22"]).args(args);
    // So that no configuration above the folder of the test counts.
    let run = run.file(".git/HEAD", "");
    files.iter().fold(run, |run, (path, text)| run.file(path, text)).run_and_keep()
}

fn run(files: &[(&str, &str)], args: &[&str]) -> Output {
    run_in(files, args).0
}

fn show(files: &[(&str, &str)], args: &[&str]) -> Output {
    show_in("100", files, args)
}

fn show_in(columns: &str, files: &[(&str, &str)], args: &[&str]) -> Output {
    let run = Clearshare::new("config").args(["show"]).args(args).file(".git/HEAD", "").env("COLUMNS", columns);
    files.iter().fold(run, |run, (path, text)| run.file(path, text)).run()
}

#[test]
fn the_nearest_configuration_counts_for_a_manifest() {
    let files = [
        (".clearshare.yaml", "clearshare: 1\nfail-on: act-first\n"),
        ("a/x.yaml", ACT),
        ("b/.clearshare.yaml", "clearshare: 1\nfail-on: stop\n"),
        ("b/deep/x.yaml", ACT),
    ];
    assert_eq!(run(&files, &["-q", "a/x.yaml"]).status, 1);
    assert_eq!(run(&files, &["-q", "b/deep/x.yaml"]).status, 0);
    assert_eq!(run(&files, &["-q", "--no-config", "b/deep/x.yaml"]).status, 1);
    assert_eq!(run(&files, &["-q", "--fail-on", "act-first", "b/deep/x.yaml"]).status, 1, "the command line first");
    assert_eq!(run(&files, &["-q", "--config", "b/.clearshare.yaml", "a/x.yaml"]).status, 0);
    assert_eq!(run(&files, &["-q", "a/x.yaml", "b/deep/x.yaml"]).status, 1, "each under its own");
}

/// A file of the repository may let an outcome pass, and never unseen.
#[test]
fn what_passes_because_of_a_configuration_says_so() {
    let files = [(".clearshare.yaml", "clearshare: 1\nfail-on: stop\n"), ("x.yaml", ACT)];
    let said = "It passes only because .clearshare.yaml:2:1 lets this outcome pass.";
    // Markdown has signs of its own before what it might take for a link.
    for (format, said) in [("text", said), ("json", said), ("github", said), ("markdown", "It passes only because ")] {
        let shown = run(&files, &["--format", format, "x.yaml"]);
        assert!(shown.status == 0 && shown.stdout.contains(said), "{format}: {}", shown.stdout);
        let asked = run(&files, &["--format", format, "--fail-on", "stop", "x.yaml"]);
        assert!(asked.status == 0 && !asked.stdout.contains("It passes only"), "{format}: {}", asked.stdout);
    }
    // What fails all the same passes because of nothing.
    let strict = [(".clearshare.yaml", "clearshare: 1\nfail-on: act-first\n"), ("x.yaml", ACT)];
    let failed = run(&strict, &["x.yaml"]);
    assert!(failed.status == 1 && !failed.stdout.contains("It passes only"), "{}", failed.stdout);
}

#[test]
fn the_search_ends_with_the_repository() {
    let files =
        [(".clearshare.yaml", "clearshare: 1\nfail-on: stop\n"), ("inner/.git/HEAD", ""), ("inner/x.yaml", ACT)];
    assert_eq!(run(&files, &["-q", "inner/x.yaml"]).status, 1);
}

#[test]
fn what_is_set_for_a_run_comes_from_the_folder_that_you_are_in() {
    let config = "clearshare: 1\npaths: [b]\ninclude: '*.share'\nformat: json\noutput-for: { text: out/advice.txt }\n";
    let files = [
        (".clearshare.yaml", config),
        ("a/x.share", READY),
        ("b/x.share", READY),
        ("b/y.sharing.yaml", READY),
        ("out/x", ""),
    ];
    let (output, folder) = run_in(&files, &[]);
    let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let results = document["results"].as_array().unwrap();
    let names: Vec<&str> = results.iter().map(|result| result["manifest"].as_str().unwrap()).collect();
    assert_eq!(names, ["b/x.share"]);
    let text = std::fs::read_to_string(folder.path().join("out/advice.txt")).unwrap();
    assert!(text.contains("b/x.share"), "{text}");
    let output = run(&files, &["--format", "text", "-q", "a"]);
    assert!(output.stdout.starts_with("a/x.share: "), "{output:?}");
    // Files that the command line names are instead of these, and not besides.
    let (_, folder) = run_in(&files, &["--output-for", "json=mine.json"]);
    let is_there = |path: &str| folder.path().join(path).exists();
    assert!(is_there("mine.json") && !is_there("out/advice.txt"));
}

#[test]
fn waivers_and_a_baseline_stand_beside_the_configuration() {
    let config = "clearshare: 1\nwaivers: ../waivers.yaml\nbaseline: baseline.yaml\n";
    let waivers =
        "clearshare: 1\nwaivers: [{ rule: handling.count, reason: No, approved-by: A. Name, expires: 2027-01-31 }]\n";
    let files = [
        ("a/.clearshare.yaml", config),
        ("waivers.yaml", waivers),
        ("a/baseline.yaml", "clearshare: 1\nknown: []\n"),
        ("a/x.yaml", ACT),
    ];
    let output = run(&files, &["a/x.yaml"]);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(output.stdout.contains("until 2027-01-31 by A. Name"), "{}", output.stdout);
    assert!(output.stdout.contains("Known since the baseline: 0 findings"), "{}", output.stdout);
    // What is named and is not there is a fault: a check without it would say something else.
    let output = run(&[files[0], files[1], files[3]], &["a/x.yaml"]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains("no file `a/baseline.yaml`"), "{}", output.stderr);
}

#[test]
fn a_configuration_with_a_fault_is_never_half_used() {
    let files = [(".clearshare.yaml", "clearshare: 1\nfail-on: stop\nfail-om: stop\n"), ("x.yaml", READY)];
    let output = run(&files, &["x.yaml"]);
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains(".clearshare.yaml:3:1") && output.stderr.contains("`fail-on`"), "{}", output.stderr);
    // One that is further down is a fault of the manifests below it alone.
    let files = [("a/.clearshare.yaml", "clearshare: 2\n"), ("a/x.yaml", READY), ("y.yaml", READY)];
    let output = run(&files, &["-q", "a/x.yaml", "y.yaml"]);
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("a/.clearshare.yaml:1:13") && output.stdout.starts_with("y.yaml: "), "{output:?}");
}

#[cfg(unix)]
#[test]
fn a_configuration_cannot_reach_out() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret"), "password: hunter2\n").unwrap();
    let secret = outside.path().join("secret").to_string_lossy().into_owned();
    let refused = |config: &str| {
        let run = Clearshare::new("check").ruleset("rules", &base_files()).file(".git/HEAD", "");
        let run = run.file(".clearshare.yaml", config).file("x.yaml", READY);
        symlink(outside.path(), run.folder().join("link")).unwrap();
        symlink(outside.path().join("new"), run.folder().join("file")).unwrap();
        symlink(run.folder().join(".git"), run.folder().join("git")).unwrap();
        symlink(outside.path(), run.folder().join("[odd]")).unwrap();
        let output = run.args(["--rules", "rules", "--as-of", "2026-11-22", "x.yaml"]).run();
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{config}: {output:?}");
        assert!(output.stderr.contains("error[outside-folder]"), "{config}: {}", output.stderr);
        assert!(!output.stderr.contains("hunter2"), "{}", output.stderr);
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);
    };
    for file in ["/tmp/x", "../x", ".git/x", "link/x", "link/secret", "file", "git/x"] {
        refused(&format!("clearshare: 1\noutput-for: {{ text: '{file}' }}\n"));
    }
    for file in [secret.as_str(), "link/secret", ".git/HEAD", "git/HEAD"] {
        refused(&format!("clearshare: 1\nwaivers: {file}\n"));
        refused(&format!("clearshare: 1\nbaseline: {file}\n"));
    }
    refused(&format!("clearshare: 1\npaths: [{secret}]\n"));
    for path in ["../x", "link", "link/secret", "link/*", "git/HEAD", ".git", "[odd]"] {
        refused(&format!("clearshare: 1\npaths: ['{path}']\n"));
    }
}

/// A configuration that was found may be a link to anything; one that is named was chosen by whoever names it.
#[cfg(unix)]
#[test]
fn a_configuration_is_not_a_way_to_show_what_is_elsewhere() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret"), "password: hunter2\n").unwrap();
    let check = |to: &std::path::Path, args: &[&str]| {
        let run = Clearshare::new("check").ruleset("rules", &base_files()).file(".git/HEAD", "x: hunter2\n");
        let run = run.file("a/x.yaml", ACT).file("shared/.clearshare.yaml", "clearshare: 1\nfail-on: stop\n");
        symlink(to, run.folder().join("a/.clearshare.yaml")).unwrap();
        run.args(["--rules", "rules", "--as-of", "2026-11-22", "-q"]).args(args).run()
    };
    let secret = outside.path().join("secret");
    for to in [secret.as_path(), "../.git/HEAD".as_ref()] {
        let output = check(to, &["a/x.yaml"]);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""));
        let said = "error[outside-folder]: `a/.clearshare.yaml` is a link that leads out of this repository";
        assert!(output.stderr.contains(said) && !output.stderr.contains("hunter2"), "{}", output.stderr);
        assert!(check(to, &["--config", "a/.clearshare.yaml", "a/x.yaml"]).stderr.contains("hunter2"));
        assert_eq!(check(to, &["--no-config", "a/x.yaml"]).status, 1);
    }
    assert_eq!(check("../shared/.clearshare.yaml".as_ref(), &["a/x.yaml"]).status, 0, "one for two folders");
}

/// Where there is no repository, the search goes no further than your home.
#[test]
fn the_search_ends_with_your_home() {
    let check = |home: &str| {
        let run = Clearshare::new("check").ruleset("rules", &base_files());
        let run = run.file(".clearshare.yaml", "clearshare: 1\nfail-on: stop\n").file("home/team/x.yaml", ACT);
        let home = run.folder().join(home);
        let run = run.env("HOME", &home.to_string_lossy()).env("USERPROFILE", &home.to_string_lossy());
        run.args(["--rules", "rules", "--as-of", "2026-11-22", "-q", "home/team/x.yaml"]).run()
    };
    assert_eq!(check("home").status, 1);
    assert_eq!(check("home/team").status, 1);
    assert_eq!(check(".").status, 0, "what stands in your home counts");
}

#[test]
fn every_setting_is_shown_with_where_it_comes_from() {
    let files = [
        (".clearshare.yaml", "clearshare: 1\nformat: json\npaths: [teams]\n"),
        ("a/.clearshare.yaml", "clearshare: 1\nfail-on: refer\nbaseline: b.yaml\n"),
        ("a/x.yaml", READY),
    ];
    let output = show(&files, &["a/x.yaml"]);
    let expected = "For manifests in a/x.yaml:
  ruleset: the one that each manifest pins (default)
  fail-on: refer (a/.clearshare.yaml:2:1)
  waivers: none (default)
  baseline: a/b.yaml (a/.clearshare.yaml:3:1)

For a check that is started in this folder:
  paths: teams (.clearshare.yaml:3:1)
  include: data-sharing*.yaml, data-sharing*.yml, *.sharing.yaml, *.sharing.yml (default)
  format: json (.clearshare.yaml:2:1)
  output-for: none (default)

What the command line of a check says counts before any of these.
";
    assert_eq!((output.stdout.as_str(), output.stderr.as_str(), output.status), (expected, "", 0));
    assert_eq!(show(&files, &["--no-config", "a"]).stdout.matches("(default)").count(), 8);
    assert_eq!(show(&[(".clearshare.yaml", "x: 1\n")], &[]).status, 2);
}

#[test]
fn settings_are_shown_at_the_width_of_the_terminal() {
    let config =
        "clearshare: 1\npaths: [teams, shared/*.sharing.yaml]\nwaivers: a-rather-long-name-of-a-file-of-waivers.yaml\n";
    let files = [
        (".clearshare.yaml", config),
        ("a-rather-long-name-of-a-file-of-waivers.yaml", "clearshare: 1\nwaivers: []\n"),
    ];
    for plain in [&[][..], &["--plain"]] {
        let narrow = show_in("40", &files, plain);
        assert_eq!(narrow.status, 0, "{narrow:?}");
        for line in narrow.stdout.lines() {
            assert!(line.chars().count() <= 40, "{line:?}");
        }
        // A line that goes on is not taken for another setting.
        let expected =
            "  ruleset: the one that each manifest\n           pins (default)\n  fail-on: act-first (default)\n";
        assert!(narrow.stdout.contains(expected), "{}", narrow.stdout);
        let wide = show_in("100", &files, plain);
        let words = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(words(&narrow.stdout), words(&wide.stdout));
    }
}

/// The manifest's own pin counts before that of a configuration, which counts where there is none.
#[test]
fn a_ruleset_is_for_manifests_that_pin_none() {
    let pinned = "clearshare: 1\nruleset: uk-border@2026.11\nscreen: { material: none }\n";
    let check = |ruleset: &str, manifest: &str| {
        let config = format!("clearshare: 1\nruleset: {ruleset}\n");
        let run = Clearshare::new("check").file(".clearshare.yaml", config).file("x.yaml", manifest);
        run.args(["--as-of", "2026-11-22", "x.yaml"]).run()
    };
    assert!(check("nowhere@2026.11", pinned).stderr.is_empty());
    let bare = pinned.replace("ruleset: uk-border@2026.11\n", "");
    assert!(check("nowhere@2026.11", &bare).stderr.contains("no ruleset `nowhere`"));
    assert!(check("uk-border@2026.11", &bare).stdout.contains("uk-border@2026.11"));
}

/// What `check` says of a manifest is what the others explain, ask and compare: with the same ruleset and the same waivers.
#[test]
fn explain_questions_and_upgrade_read_what_check_reads() {
    let waivers =
        "clearshare: 1\nwaivers: [{ rule: handling.count, reason: No, approved-by: A. Name, expires: 2027-01-31 }]\n";
    let config = "clearshare: 1\nwaivers: ../waivers.yaml\n";
    let run = |command: &str, args: &[&str]| {
        let run = Clearshare::new(command).ruleset("rules", &base_files()).file(".git/HEAD", "");
        let run = run.file("a/.clearshare.yaml", config).file("waivers.yaml", waivers).file("a/x.yaml", ACT);
        run.file("bad.yaml", "clearshare: 2\n").args(["--as-of", "2026-11-22"]).args(args).run()
    };
    let explain = ["handling.count", "--manifest", "a/x.yaml", "--rules", "rules"];
    let waived = run("explain", &explain);
    assert!(waived.status == 0 && waived.stdout.contains("It applies, and is waived."), "{waived:?}");
    let bare = run("explain", &[&explain[..], &["--no-config"]].concat());
    assert!(bare.status == 0 && bare.stdout.contains("It applies, and is outstanding."), "{bare:?}");
    let named = run("explain", &[&explain[..], &["--no-config", "--waivers", "waivers.yaml"]].concat());
    assert_eq!(named, waived);
    // A configuration with a fault is a fault for each of them.
    let questions = ["--from", "a/x.yaml", "--rules", "rules"];
    let upgrade = ["a/x.yaml", "--pinned", "rules", "--rules", "rules"];
    for (command, args) in [("explain", &explain[..]), ("questions", &questions), ("upgrade", &upgrade)] {
        assert_eq!(run(command, args).status, 0, "{command}");
        let faulty = run(command, &[args, &["--config", "bad.yaml"]].concat());
        assert_eq!((faulty.status, faulty.stdout.as_str()), (2, ""), "{command}");
        assert!(faulty.stderr.contains("bad.yaml:1:13"), "{command}: {}", faulty.stderr);
        let missing = run(command, &[args, &["--waivers", "nowhere.yaml"]].concat());
        assert_eq!((missing.status, missing.stdout.as_str()), (2, ""), "{command}");
        assert!(missing.stderr.contains("no file `nowhere.yaml`"), "{command}: {}", missing.stderr);
    }
}

/// A manifest that pins none is read by each of them under the ruleset that the configuration names.
#[test]
fn a_configured_ruleset_counts_for_each_command() {
    let bare = "clearshare: 1\nscreen: { material: none }\n";
    let run = |ruleset: &str, command: &str, args: &[&str]| {
        let run = Clearshare::new(command).file(".git/HEAD", "").file("x.yaml", bare);
        let run = run.file(".clearshare.yaml", format!("clearshare: 1\nruleset: {ruleset}\n"));
        run.args(["--as-of", "2026-11-22"]).args(args).run()
    };
    let asked = run("uk-border@2025.05", "questions", &["--from", "x.yaml"]);
    assert!(asked.status == 0 && asked.stdout.contains("uk-border@2025.05"), "{asked:?}");
    let explained = run("uk-border@2025.05", "explain", &["transfer.safeguard", "--manifest", "x.yaml"]);
    assert!(explained.status == 0 && explained.stdout.contains("uk-border@2025.05"), "{explained:?}");
    let other = run("uk-border@2025.05", "questions", &["--from", "x.yaml", "--ruleset", "uk-border@2026.11"]);
    assert!(other.status == 0 && other.stdout.contains("uk-border@2026.11"), "{other:?}");
    let newest = run("uk-border@2026.11", "upgrade", &["x.yaml"]);
    assert_eq!(newest.status, 0);
    assert!(newest.stdout.contains(".clearshare.yaml:2:1 pins uk-border@2026.11 already"), "{}", newest.stdout);
    assert_eq!(run("uk-border@2025.05", "questions", &["--from", "x.yaml", "--no-config"]).status, 2);
}

/// The pin that is no manifest's own is not written into it, nor into what counts for others.
#[test]
fn an_upgrade_leaves_a_configured_ruleset_where_it_is() {
    let bare = ACT.replace("ruleset: base@2026.11\n", "");
    let mut next = base_files();
    let (_, head) = next.iter_mut().find(|(path, _)| path == "ruleset.yaml").unwrap();
    *head = String::from_utf8(head.clone()).unwrap().replace("\"2026.11\"", "\"2026.12\"").into_bytes();
    let run = |ruleset: &str, args: &[&str]| {
        let run = Clearshare::new("upgrade").file(".git/HEAD", "").file("x.yaml", &bare).ruleset("old", &base_files());
        let run = run.ruleset("new", &next).file(".clearshare.yaml", format!("clearshare: 1\nruleset: {ruleset}\n"));
        let run = run.args(["x.yaml", "--pinned", "old", "--rules", "new", "--as-of", "2026-11-22"]).args(args);
        let (output, folder) = run.run_and_keep();
        assert_eq!(std::fs::read_to_string(folder.path().join("x.yaml")).unwrap(), bare);
        output
    };
    let compared = run("base@2026.11", &[]);
    assert!(compared.stdout.contains("From base@2026.11 to base@2026.12"), "{compared:?}");
    let written = run("base@2026.11", &["--write"]);
    assert_eq!((written.status, written.stdout.as_str()), (2, ""), "{written:?}");
    let said = "there is no pin to change: .clearshare.yaml:2:1 names base@2026.11 for this manifest";
    assert!(written.stderr.contains(said), "{}", written.stderr);
    // What is in the folder must be what the configuration names.
    let other = run("base@2026.05", &[]);
    assert!(other.status == 2 && other.stderr.contains("error[other-ruleset]"), "{other:?}");
    let none = run("base@2026.11", &["--no-config"]);
    assert!(none.status == 2 && none.stderr.contains("error[not-pinned]"), "{none:?}");
}
