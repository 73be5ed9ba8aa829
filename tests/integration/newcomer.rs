//! What somebody meets who tries the tools for rulesets for the first time, and gets things wrong.

use std::path::{Path, PathBuf};

use crate::support::{Clearshare, Files, Output, files_in, fixture};

/// A small ruleset with cases.
fn small() -> Files {
    files_in(&fixture("cases-ruleset"))
}

/// A run of one of the tools in a folder with the small ruleset in `mine/`.
fn run(args: &[&str]) -> Output {
    Clearshare::new("rules").ruleset("mine", &small()).args(args).run()
}

/// A run with more files, or other ones, in `mine/`.
fn with(more: &[(&str, &str)], args: &[&str]) -> Output {
    let start = Clearshare::new("rules").ruleset("mine", &small());
    more.iter().fold(start, |run, (path, text)| run.file(&format!("mine/{path}"), text)).args(args).run()
}

/// The faults on standard error, each as its message and its help.
fn faults(output: &Output) -> Vec<(&str, &str)> {
    let parts = output.stderr.split("\n\n").filter(|part| part.starts_with("error["));
    parts
        .map(|part| part.split_once("help: ").map_or((part, ""), |(message, help)| (message.trim(), help.trim())))
        .collect()
}

/// That a run ends with one fault, whose message and help hold these words, before it wrote anything.
#[track_caller]
fn one_fault(output: &Output, message: &str, help: &str) {
    let faults = faults(output);
    let [(said, helped)] = faults.as_slice() else { panic!("not one fault: {output:?}") };
    assert!(said.contains(message), "`{message}` is not in: {said}");
    assert!(helped.contains(help), "`{help}` is not in: {helped}");
    assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{output:?}");
}

/// The verbs that take a ruleset and read it.
const READERS: [&str; 6] = ["verify", "test", "coverage", "mutate", "fmt", "show"];

#[test]
fn a_wrong_folder_is_one_fault_which_says_what_a_ruleset_is() {
    for verb in READERS {
        let notes: Files = (0..20).map(|at| (format!("{at}.docx"), Vec::new())).collect();
        let output = Clearshare::new("rules").ruleset("notes", &notes).args([verb, "./notes"]).run();
        one_fault(
            &output,
            "`./notes` holds no ruleset: there is no `ruleset.yaml` in it",
            "`clearshare rules new DIR`",
        );
    }
    let above = Clearshare::new("rules").ruleset("all/nl/2026.11", &small()).args(["test", "./all/nl"]).run();
    one_fault(&above, "`./all/nl` holds no ruleset", "`./all/nl/2026.11`");
    let higher = Clearshare::new("rules").ruleset("all/nl/2026.11", &small()).args(["test", "./all"]).run();
    one_fault(&higher, "`./all` holds no ruleset", "`./all/nl/2026.11`");
    one_fault(&run(&["verify", "./mine/rules"]), "`./mine/rules` holds no ruleset", "the folder above it");
    one_fault(&run(&["verify", "./mine/ruleset.yaml"]), "is not a folder", "name the folder that it is in: `./mine`");
    let folder = Clearshare::new("rules").file("mine/ruleset.yaml/x", "").args(["test", "./mine"]).run();
    one_fault(&folder, "holds no ruleset", "");
    let other = Clearshare::new("rules").file("mine/ruleset.yml", "").args(["test", "./mine"]).run();
    one_fault(&other, "holds no ruleset", "rename `ruleset.yml` to `ruleset.yaml`");
}

#[test]
fn each_file_out_of_place_is_told_what_to_do_with_it() {
    let more = [
        ("rules/x.docx", "PK"),
        ("rules/first.yml", ""),
        ("rules/hr/pay.yaml", ""),
        ("drafts/a", ""),
        ("drafts/b", ""),
    ];
    for verb in ["verify", "test", "coverage", "mutate", "show"] {
        let output = with(&more, &[verb, "./mine"]);
        let said: Vec<&str> = faults(&output).iter().map(|(_, help)| *help).collect();
        let expected = [
            "move it out of the ruleset, whose folders are `rules/`, `options/` and `cases/`",
            "move it to `rules/pay.yaml`: files stand in `rules/` itself, and in no folder inside it",
            "move it out of the ruleset; only plain text as YAML is read, such as `rules/x.yaml`",
            "rename it to `rules/first.yaml`",
        ];
        let sorted = |lines: &[&str]| {
            let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&said), sorted(&expected), "{verb}: {}", output.stderr);
    }
}

/// What has no place is not read, however large it is.
#[test]
fn a_file_that_is_too_large_is_said_to_be_larger_than_what_is_read() {
    let large = format!("glossary: []\n{}", "# more\n".repeat(2_000_000));
    let output = with(&[("glossary.yaml", &large)], &["verify", "./mine"]);
    let (message, help) = faults(&output)[0];
    assert!(message.contains("the file is larger than 8 MiB"), "{message}");
    assert!(!message.contains("8388609"), "that is not its size: {message}");
    assert!(help.contains("check that this is the file you meant"), "{help}");
    let stray = with(&[("rules/scan.pdf", &large)], &["verify", "./mine"]);
    assert_eq!(faults(&stray).len(), 1, "{}", stray.stderr);
}

/// Of two rulesets, it is said which lacks a file.
#[test]
fn faults_without_a_place_are_those_of_a_ruleset_with_a_name() {
    let files: Files = small().into_iter().filter(|(path, _)| path != "roles.yaml").collect();
    let start = Clearshare::new("rules").ruleset("mine", &small()).ruleset("yours", &files);
    let output = start.args(["diff", "./mine", "./yours"]).run();
    assert_eq!(output.status, 2);
    assert!(output.stderr.contains("there is no `roles.yaml`"), "{}", output.stderr);
    let last = output.stderr.lines().last().unwrap();
    assert!(last.starts_with("The ruleset in `./yours` has ") && last.ends_with('.'), "{}", output.stderr);
}

/// A disk without room, where the system has one to try with.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_said_to_be_that() {
    for args in [&["list"][..], &["new", "--help"], &["show"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_clearshare"));
        let output = program.arg("rules").args(args).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        let expected = "error: standard output cannot be written: the disk is full\n";
        assert_eq!(said, expected, "{args:?}");
    }
}

#[test]
fn help_about_rulesets_names_only_what_helps() {
    let mut all = Vec::new();
    for verb in READERS {
        all.push(run(&[verb, "./nowhere"]));
        all.push(with(&[("questions.yaml", "")], &[verb, "./mine"]));
        // `show` has `--rules`.
        if !["fmt", "show"].contains(&verb) {
            all.push(run(&[verb, "no-such-rules"]));
            all.push(run(&[verb, "uk-border@2001.01"]));
        }
        #[cfg(unix)]
        all.push(linked(verb, "gone"));
        #[cfg(unix)]
        all.push(linked(verb, "."));
    }
    let cases = "cases:\n  - { id: c, title: C, given: { from: { body: [hmrc, council] } }, expect: { rules: {} } }\n";
    all.push(with(&[("cases/c.yaml", cases)], &["test", "./mine"]));
    for output in &all {
        assert_eq!(output.status, 2, "{output:?}");
        for (message, help) in faults(output) {
            for word in ["manifest", "data-sharing.yaml", "clearshare init", "flows", "--rules"] {
                assert!(!help.contains(word), "{message}: {help}");
            }
        }
    }
    one_fault(&run(&["test", "no-such-rules"]), "no ruleset `no-such-rules`", "such as `./no-such-rules`");
}

/// A ruleset with a link in place of a file.
#[cfg(unix)]
fn linked(verb: &str, target: &str) -> Output {
    let run = Clearshare::new("rules").ruleset("mine", &small());
    let path = run.folder().join("mine/glossary.yaml");
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(target, &path).unwrap();
    run.args([verb, "./mine"]).run()
}

#[test]
fn nobody_reads_words_of_programmers() {
    let outputs = [
        run(&["coverage", "-o", "./nowhere/x.html", "./mine"]),
        run(&["coverage", "-o", "./mine", "./mine"]),
        run(&["diff", "--output", "./nowhere/x.md", "./mine", "./mine"]),
        run(&["verify", "--write-witnesses", "./mine/ruleset.yaml/x", "./mine"]),
        run(&["mutate", "--write-cases", "./mine/ruleset.yaml/x", "./mine"]),
        run(&["new", "./mine/ruleset.yaml/x"]),
        run(&["test", "./mine/ruleset.yaml/x"]),
        run(&["coverage", "--fail-under", "most", "./mine"]),
        run(&["coverage", "--fail-under", "101", "./mine"]),
        run(&["coverage", "--fail-under", "-1", "./mine"]),
    ];
    for output in outputs {
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{output:?}");
        for word in ["entity", "os error", "invalid digit", "directory", "errno", "parse"] {
            assert!(!output.stderr.contains(word), "{word}: {}", output.stderr);
        }
    }
    let under = run(&["coverage", "--fail-under", "most", "./mine"]);
    assert!(under.stderr.contains("write a whole number from 0 to 100"), "{}", under.stderr);
}

#[test]
fn places_are_looked_at_before_the_work() {
    // The ruleset of a run that works says how far it is only once it works; a fault about a place comes before that.
    let taken = ("draft-rules-people.yaml", "mine");
    for (args, message) in [
        (&["mutate", "--write-cases", "./mine/ruleset.yaml", "./mine"][..], "is not a folder"),
        (&["mutate", "--write-cases", "-", "./mine"], "`-` is standard output"),
        (&["mutate", "--write-cases", "./taken", "./mine"], "draft-rules-people.yaml` is there already"),
        (&["mutate", "-o", "./mine/x.json", "./mine"], "is inside the ruleset"),
        (&["verify", "--write-witnesses", "-", "./mine"], "`-` is standard output"),
        (&["verify", "--write-witnesses", "./mine/ruleset.yaml", "./mine"], "is not a folder"),
        (&["verify", "-o", "./mine/rules/x.yaml", "./mine"], "is inside the ruleset"),
        (&["test", "-o", "./taken", "./mine"], "it is a folder"),
        (&["diff", "-o", "./mine/x.md", "./mine", "./mine"], "is inside the ruleset"),
        (&["coverage", "-o", "./nowhere/x.html", "./mine"], "there is no folder `./nowhere`"),
    ] {
        let start = Clearshare::new("rules").ruleset("mine", &small()).file(&format!("taken/{}", taken.0), taken.1);
        // Nothing but the fault: no report, and no line about progress.
        one_fault(&start.args(args).run(), message, "");
    }
}

#[test]
fn a_report_goes_to_a_file_or_to_standard_output() {
    let kept = tempfile::tempdir().unwrap();
    for (verb, more) in [
        ("verify", &[][..]),
        ("test", &[]),
        ("coverage", &[]),
        ("mutate", &["--only", "people.tell"]),
        ("diff", &["./mine"]),
    ] {
        let path = kept.path().join(verb);
        let target = path.to_str().unwrap();
        let args = |output: &'static str| [&[verb, "./mine"], more, &[output]].concat();
        let said = run(&[&args("-o")[..], &["-"]].concat());
        let written = run(&[&args("--output")[..], &[target]].concat());
        assert_eq!((written.status, written.stdout.as_str()), (said.status, ""), "{verb}: {}", written.stderr);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), said.stdout, "{verb}");
        assert!(said.stdout.len() > 10, "{verb}");
        let quiet = run(&[&args("-q")[..], &["--plain"]].concat());
        assert_eq!(quiet.status, said.status, "{verb}");
        assert!((1..=2).contains(&quiet.stdout.lines().count()), "{verb}: {}", quiet.stdout);
        let last = |output: &str| output.lines().last().unwrap_or_default().to_owned();
        if verb != "verify" {
            assert_eq!(last(&quiet.stdout), last(&said.stdout), "{verb}");
        }
    }
    assert_eq!(files_in(kept.path()).len(), 5);
}

#[test]
fn one_is_not_several() {
    let one = |verb: &str, args: &[&str]| with(&[], &[&[verb, "./mine"], args].concat());
    let kept = tempfile::tempdir().unwrap();
    let drafts = kept.path().join("drafts");
    let output = one("mutate", &["--only", "people.tell", "--write-cases", drafts.to_str().unwrap()]);
    let said = output.stderr.lines().last().unwrap_or_default();
    let files = files_in(&drafts).len();
    assert_eq!(files, 1, "{said}");
    assert!(said.contains(" into 1 file;"), "{said}");
    let drafts = String::from_utf8(files_in(&drafts)[0].1.clone()).unwrap().matches("  - id: ").count();
    let noun = if drafts == 1 { "draft of a case" } else { "drafts of cases" };
    assert!(said.starts_with(&format!("{drafts} {noun} written")), "{said}");
}

#[test]
fn a_name_with_nothing_to_change_is_told_and_fails() {
    for name in ["ruleset.yaml", "glossary.yaml"] {
        let output = run(&["mutate", "--only", name, "./mine"]);
        assert_eq!(output.status, 1, "{output:?}");
        assert!(output.stdout.starts_with("There is nothing to change in what was asked for"), "{}", output.stdout);
    }
    one_fault(&run(&["mutate", "--only", "nothing", "./mine"]), "the ruleset has no `nothing`", "name a rule");
}

#[test]
fn every_tool_says_what_its_exit_status_means() {
    for verb in ["verify", "test", "coverage", "mutate", "diff", "fmt", "new"] {
        let help = run(&[verb, "--help"]).stdout;
        assert!(help.contains("Exit status: 0 when "), "{verb}: {help}");
        if verb != "new" {
            assert!(help.contains("-q, --quiet"), "{verb}: {help}");
        }
        if !["fmt", "new"].contains(&verb) {
            assert!(help.contains("-o, --output <FILE>"), "{verb}: {help}");
        }
    }
}

/// In a folder that stays: that of a run goes with it.
fn new_in(folder: &Path, args: &[&str]) -> Output {
    let place: PathBuf = folder.join(args[0]);
    Clearshare::new("rules").args(["new"]).args([&place]).args(&args[1..]).run()
}

#[test]
fn a_new_ruleset_takes_no_slip_for_a_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["Regels/2026.13", "Regels/2026.1", "Regels/2026-11", "1.2.3"] {
        one_fault(&new_in(folder.path(), &[name]), "looks like a version, and is none", "from 01 to 12");
    }
    for name in ["-", ""] {
        let output = Clearshare::new("rules").args(["new", name]).run();
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{output:?}");
    }
    let dotted = new_in(folder.path(), &["x", "--id", "a.b"]);
    assert!(dotted.status == 2 && dotted.stderr.contains("an id is lower-case letters"), "{dotted:?}");
    assert_eq!(files_in(folder.path()), []);
    let told = new_in(folder.path(), &["2026.13", "--id", "regels", "--version", "2026.12"]);
    assert!(told.stdout.starts_with("Wrote the ruleset regels@2026.12 to "), "{told:?}");
    let nameless = new_in(folder.path(), &["Regels/2026.11"]);
    assert!(nameless.stdout.contains("It is called my-rules, for its folder's name cannot be an id."), "{nameless:?}");
}

/// By a shell itself: what is shown can be copied, whatever the folder is called.
#[cfg(unix)]
#[test]
fn commands_that_are_shown_can_be_run() {
    for name in ["my rules/2026.11", "it's; touch owned", "$(touch owned)", "-x/2026.11", "*"] {
        let folder = tempfile::tempdir().unwrap();
        let clearshare = |args: &str| {
            let line = format!("clearshare() {{ '{}' \"$@\"; }}\n{args}", env!("CARGO_BIN_EXE_clearshare"));
            let output =
                std::process::Command::new("sh").current_dir(folder.path()).args(["-c", &line]).output().unwrap();
            (output.status.code(), String::from_utf8(output.stdout).unwrap())
        };
        let quoted = format!("'{}'", name.replace('\'', r"'\''"));
        let (status, said) = clearshare(&format!("clearshare rules new -- {quoted}"));
        assert_eq!(status, Some(0), "{name}");
        let commands: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("  ")).collect();
        assert_eq!(commands.len(), 2, "{said}");
        for command in commands {
            assert_eq!(clearshare(command).0, Some(0), "{command}");
        }
        assert!(!folder.path().join("owned").exists(), "{name}");
    }
}

/// A derivation keeps its shape on a narrow page: it is the same but for where its lines are broken.
#[test]
fn derivations_keep_their_depth_on_a_narrow_page() {
    let cases = "cases:\n  - id: wrong\n    title: W\n    given: { screen: { material: none }, from: { body: council }, data: { personal: \
                 yes, about: adults }, power: { gateway: act-a } }\n    expect: { outcome: ready, rules: { power.reaches: not-applicable } }\n";
    let depths = |columns: &str| -> Vec<(usize, String)> {
        let start = Clearshare::new("rules").ruleset("mine", &small()).file("mine/cases/w.yaml", cases);
        let output = start.env("COLUMNS", columns).args(["test", "./mine"]).run();
        let indent = |line: &str| line.len() - line.trim_start().len();
        let first_word = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
        let lines = output.stdout.lines().map(|line| (indent(line), first_word(line)));
        // What goes on from the line before stands at an odd column.
        lines.filter(|(indent, _)| *indent >= 4 && indent % 2 == 0).collect()
    };
    let (wide, narrow) = (depths("100"), depths("40"));
    let steps = |lines: &[(usize, String)]| -> Vec<(usize, String)> {
        let starts = |word: &str| word.contains('.') && !word.contains(':') && !word.contains('`');
        lines.iter().filter(|(_, word)| starts(word)).cloned().collect()
    };
    assert_eq!(steps(&wide), steps(&narrow));
    let deep: Vec<usize> = steps(&narrow).iter().map(|(indent, _)| *indent).collect();
    assert!(deep.contains(&4) && deep.contains(&6) && deep.contains(&8), "{narrow:?}");
}

/// A ruleset with many files, all in another layout.
fn untidy() -> Files {
    let mut files = small();
    for at in 0..150 {
        let text = format!("cases:\n- {{   id: many-{at}, title: \"T\",   given: {{}}, expect: {{ rules: {{}} }} }}\n");
        files.push((format!("cases/many/{at}.yaml"), text.into_bytes()));
    }
    files.sort();
    files
}

/// A program that is ended while it writes leaves every file as it was, or every file laid out, and no other file. It is ended
/// as soon as its first hidden file is seen.
#[cfg(unix)]
#[test]
fn whoever_ends_it_finds_all_files_or_none_written() {
    for signal in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let before = untidy();
        for (path, bytes) in &before {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_clearshare"));
        let program = program.args(["rules", "fmt", "--quiet"]).arg(folder.path()).stdout(std::process::Stdio::null());
        let mut child = program.stderr(std::process::Stdio::piped()).spawn().unwrap();
        let is_hidden = |(path, _): &(String, Vec<u8>)| path.rsplit('/').next().unwrap().starts_with('.');
        let names = |below: &str| crate::support::names_in(&folder.path().join(below));
        while child.try_wait().unwrap().is_none()
            && !["", "cases", "cases/many"].iter().any(|below| names(below).iter().any(|name| name.starts_with('.')))
        {
            std::thread::yield_now();
        }
        let kill = format!("kill -{signal} {} 2> /dev/null", child.id());
        std::process::Command::new("sh").args(["-c", &kill]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        let after = files_in(folder.path());
        assert_eq!(after.iter().filter(|file| is_hidden(file)).count(), 0, "{signal}");
        assert_eq!(after.len(), before.len());
        let changed = after.iter().filter(|file| !before.contains(file)).count();
        let said = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            Some(0) => assert!(changed >= 150, "{signal}: {changed} files were written"),
            Some(130) => assert_eq!((changed, said.as_str()), (0, "interrupted: nothing was written\n"), "{signal}"),
            other => panic!("{signal}: it ended with {other:?}: {said}"),
        }
    }
}

#[test]
fn every_file_that_cannot_be_written_is_named_and_none_is() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in untidy() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    for name in ["cases/many/3.yaml", "cases/many/140.yaml"] {
        let path = folder.path().join(name);
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
    }
    let output = Clearshare::new("rules").args(["fmt"]).args([folder.path()]).run();
    assert_eq!((output.status, output.stdout.as_str()), (2, ""));
    let said = faults(&output);
    assert_eq!(said.len(), 2, "{}", output.stderr);
    for ((message, help), name) in said.iter().zip(["140.yaml", "3.yaml"]) {
        assert!(message.contains(name) && message.ends_with("cannot be written: it is read-only"), "{message}");
        assert!(help.starts_with("no file was changed"), "{help}");
    }
    assert_eq!(files_in(folder.path()), untidy());
}
