//! Which manifests `check` finds, and where its reports go.

use crate::support::{Clearshare, Output, base_files};

const READY: &str = "clearshare: 1\nruleset: base@2026.11\nscreen: { material: none }\n";

/// A check with these files about, under the base ruleset; which has no `.git` above it.
fn run(files: &[&str], args: &[&str]) -> Clearshare {
    let run = Clearshare::new("check").ruleset("rules", &base_files());
    let run = run.args(["--rules", "rules", "--as-of", "2026-11-22", "-q"]).args(args);
    files.iter().fold(run, |run, path| run.file(path, READY))
}

/// The manifests that were checked, in their order.
fn checked(output: &Output) -> Vec<&str> {
    output.stdout.lines().filter_map(|line| line.split(": ").next()).collect()
}

#[test]
fn a_folder_is_searched_by_name() {
    let files = [
        "data-sharing.yaml",
        "teams/b/results.sharing.yml",
        "teams/a/data-sharing-2.yaml",
        "teams/a/other.yaml",
        ".hidden/data-sharing.yaml",
        "built/data-sharing.yaml",
    ];
    let all = ["data-sharing.yaml", "teams/a/data-sharing-2.yaml", "teams/b/results.sharing.yml"];
    let output = run(&files, &[]).file(".gitignore", "built/\n").run();
    assert_eq!(checked(&output), all, "{}", output.stderr);
    let output = run(&files, &["."]).file(".gitignore", "built/\n").run();
    assert_eq!(checked(&output), all);
    // Each once, and those that are named first as they are named.
    let output = run(&files, &["teams/b/results.sharing.yml", "teams", "teams/a"]).run();
    assert_eq!(checked(&output), ["teams/b/results.sharing.yml", "teams/a/data-sharing-2.yaml"]);
    // A file that is named is checked, whatever it is called and whether git ignores it or not.
    let output = run(&files, &["teams/a/other.yaml", "built/data-sharing.yaml"]).file(".gitignore", "built/\n").run();
    assert_eq!(checked(&output), ["teams/a/other.yaml", "built/data-sharing.yaml"]);
    let output = run(&files, &["teams", "--include", "o*.yaml", "--include", "b/*"]).run();
    assert_eq!(checked(&output), ["teams/a/other.yaml", "teams/b/results.sharing.yml"]);
}

#[test]
fn a_pattern_names_files() {
    let files = ["teams/b/x.yaml", "teams/a/x.yaml", "teams/x.yaml", "teams/a/y.yml"];
    let found = |pattern: &str| -> Vec<String> {
        let output = run(&files, &[pattern]).run();
        checked(&output).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(found("teams/*/x.yaml"), ["teams/a/x.yaml", "teams/b/x.yaml"]);
    assert_eq!(found("./teams/*.yaml"), ["teams/x.yaml"]);
    assert_eq!(found("**/a/*.{yaml,yml}"), ["teams/a/x.yaml", "teams/a/y.yml"]);
}

#[test]
fn a_check_of_nothing_does_not_pass() {
    for (args, said) in [
        (&[][..], "error[nothing-to-check]: there is no manifest in `.`"),
        (&["teams"], "error[nothing-to-check]: there is no manifest in `teams`"),
        (&["*.yml"], "error[nothing-to-check]: no file has a name like `*.yml`"),
        (&["nowhere/*.yml"], "error[nothing-to-check]: no file has a name like `nowhere/*.yml`"),
        (&["*[x"], "error[bad-pattern]: `*[x` is not a pattern: "),
        (&["--include", "{", "teams"], "error[bad-pattern]: `{` is not a pattern: "),
        (&["teams/a.yaml", "teams"], "error[nothing-to-check]: there is no manifest in `teams`"),
    ] {
        let output = run(&["teams/a.yaml"], args).run();
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(output.stderr.starts_with(said) && output.stderr.contains("help: "), "{args:?}: {}", output.stderr);
    }
}

/// What cannot be read is a fault, and the others are checked all the same.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_does_not_hide_the_others() {
    let run = run(&["a/data-sharing.yaml", "z/data-sharing.yaml"], &["."]).file("b/data-sharing.yaml", "[");
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, run.folder().join(at)).expect("a link can be made");
    link("data-sharing-9.yaml", "data-sharing-9.yaml");
    link("/dev/zero", "data-sharing-0.yaml");
    link("..", "a/up");
    let output = run.run();
    assert_eq!(output.status, 2);
    assert_eq!(checked(&output), ["a/data-sharing.yaml", "z/data-sharing.yaml"]);
    for said in [
        "`data-sharing-9.yaml` cannot be read",
        "`data-sharing-0.yaml` is a link that leads out",
        "b/data-sharing.yaml:1",
    ] {
        assert!(output.stderr.contains(said), "{said}: {}", output.stderr);
    }
}

/// Whoever can propose a change can propose a link, and what is wrong with a file is shown with its text.
#[cfg(unix)]
#[test]
fn a_search_reads_no_file_that_a_link_leads_out_to() {
    let outside = tempfile::tempdir().unwrap();
    let secret = "password: hunter2\n";
    std::fs::write(outside.path().join("secret"), secret).unwrap();
    let case = |to: &str, arg: &str| {
        let run = run(&["repo/team/data-sharing-1.yaml", "repo/shared/x.yaml"], &[arg]);
        let run = run.file("repo/.git/config", secret).file("repo/.hidden/x", secret).file("repo/plain", secret);
        let folder = run.folder().to_path_buf();
        let to = if to == "secret" { outside.path().join(to) } else { to.into() };
        std::os::unix::fs::symlink(to, folder.join("repo/team/data-sharing-2.yaml")).unwrap();
        run.run()
    };
    for arg in ["repo", "repo/team", "repo/*/data-sharing*.yaml"] {
        for to in ["secret", "/etc/passwd", "../.git/config", "../.hidden/x", "/dev/zero"] {
            let output = case(to, arg);
            // The others are checked all the same, and what was not read does not pass unseen.
            assert_eq!((output.status, checked(&output).len()), (2, 1), "{to} {arg}: {output:?}");
            let said = "error[outside-folder]: `repo/team/data-sharing-2.yaml` is a link that leads out";
            assert!(output.stderr.contains(said), "{to} {arg}: {}", output.stderr);
            assert!(!output.stderr.contains("hunter2") && !output.stderr.contains("root:"), "{}", output.stderr);
        }
        // What is in the same repository is read, beside what was searched too.
        let output = case("../shared/x.yaml", arg);
        assert_eq!((output.status, checked(&output).len()), (1, 2), "{arg}: {output:?}");
        assert!(case("../plain", arg).stderr.contains("hunter2"), "this test can see what is read");
    }
    // A link that is named itself was chosen by whoever names it.
    let output = case("secret", "repo/team/data-sharing-2.yaml");
    assert!(output.status == 2 && output.stderr.contains("hunter2"), "{output:?}");
}

#[test]
fn reports_go_to_files_besides() {
    let args = ["--output-for", "json=out/a.json", "--output-for", "text=out/a.txt", "share.yaml", "bad.yaml"];
    let run = run(&["share.yaml"], &args).file("bad.yaml", "clearshare: 2\n").file("out/a.json", "old");
    let (output, folder) = run.run_and_keep();
    assert_eq!(output.status, 2, "{}", output.stderr);
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(checked(&output), ["share.yaml"]);
    let json: serde_json::Value = serde_json::from_str(&read("out/a.json")).unwrap();
    assert_eq!(json["results"][0]["manifest"], "share.yaml");
    assert_eq!(json["results"][1]["faults"][0]["code"], "unknown-format");
    // A file stands alone: what is wrong with a manifest is in it too.
    let text = read("out/a.txt");
    assert!(text.starts_with(&output.stdout) && text.contains("error[unknown-format]"), "{text}");
    assert_eq!(std::fs::read_dir(folder.path().join("out")).unwrap().count(), 2, "nothing else is left behind");
}

#[test]
fn a_report_that_cannot_be_written_is_said_before_the_work() {
    for (args, said) in [
        (["--output-for", "json=nowhere/a.json"], "there is no folder `nowhere`"),
        (["--output-for", "json=rules"], "it is a folder"),
    ] {
        let output = run(&["share.yaml"], &args).args(["share.yaml"]).run();
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(output.stderr.contains("error[cannot-write]") && output.stderr.contains(said), "{}", output.stderr);
    }
    let args = ["--output-for", "json=a", "--output-for", "text=a", "share.yaml"];
    let output = run(&["share.yaml"], &args).run();
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    assert!(output.stderr.contains("two reports would go to `a`"), "{}", output.stderr);
    for wrong in ["json", "json=", "yaml=a"] {
        let output = run(&["share.yaml"], &["--output-for", wrong, "share.yaml"]).run();
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{wrong}");
    }
}
