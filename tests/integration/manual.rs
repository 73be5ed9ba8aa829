//! Completions and manual pages: they name every command and option there is.

use std::collections::BTreeSet;

use crate::support::{Clearshare, names_in};

/// The commands of a help text, in order.
fn commands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The long options of a help text.
fn options(help: &str) -> BTreeSet<String> {
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let options = lines.filter_map(|line| line.split([' ', ',']).find(|word| word.starts_with("--")));
    options.map(|option| option.trim_end_matches("...").to_owned()).collect()
}

/// Every command with its help: `rules verify`.
fn every_command() -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut todo = vec![Vec::new()];
    while let Some(path) = todo.pop() {
        let words: Vec<String> = path.iter().cloned().chain(["--help".to_owned()]).collect();
        let output = Clearshare::new(words.first().unwrap()).args(words.iter().skip(1)).run();
        assert_eq!(output.status, 0, "{path:?}");
        let below = commands(&output.stdout).into_iter().map(|name| path.iter().cloned().chain([name]).collect());
        todo.extend(below);
        found.push((path, output.stdout));
    }
    found.sort();
    found
}

#[test]
fn each_command_has_a_page_with_its_options() {
    let (output, folder) = Clearshare::new("manpages").args(["new/man1"]).run_and_keep();
    assert_eq!((output.status, output.stdout.as_str(), output.stderr.as_str()), (0, "", ""));
    let pages = folder.path().join("new/man1");
    let mut expected = Vec::new();
    for (path, help) in every_command() {
        let name = std::iter::once("clearshare".to_owned()).chain(path).collect::<Vec<_>>().join("-");
        let page =
            std::fs::read_to_string(pages.join(format!("{name}.1"))).unwrap_or_else(|why| panic!("{name}: {why}"));
        for option in options(&help) {
            assert!(page.contains(&option.replace('-', "\\-")), "{name} does not say {option}");
        }
        expected.push(format!("{name}.1"));
    }
    expected.sort();
    assert!(expected.len() > 15, "{expected:?}");
    assert_eq!(names_in(&pages), expected);
}

#[test]
fn pages_are_replaced_and_the_same_each_time() {
    let run = Clearshare::new("manpages").args(["man"]).file("man/clearshare.1", "old").file("man/mine", "mine");
    let (output, folder) = run.run_and_keep();
    assert_eq!(output.status, 0, "{}", output.stderr);
    let read = |name: &str| std::fs::read_to_string(folder.path().join("man").join(name)).unwrap();
    assert_eq!(read("mine"), "mine");
    let (_, again) = Clearshare::new("manpages").args(["man"]).run_and_keep();
    assert_eq!(read("clearshare.1"), std::fs::read_to_string(again.path().join("man/clearshare.1")).unwrap());
    for (folder, said) in [("file", "`file` is not a folder"), ("-", "`-` is standard output")] {
        let output = Clearshare::new("manpages").file("file", "").args([folder]).run();
        assert_eq!(output.status, 2, "{folder}");
        assert!(output.stderr.contains(said), "{folder}: {}", output.stderr);
    }
}

#[test]
fn each_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Clearshare::new("completions").args([shell]).run();
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{shell}");
        for (path, help) in every_command() {
            let last = path.last().map_or("clearshare", String::as_str);
            assert!(output.stdout.contains(last), "{shell} does not complete {path:?}");
            for option in options(&help) {
                let name = option.trim_start_matches('-');
                assert!(output.stdout.contains(name), "{shell} does not complete {option} of {path:?}");
            }
        }
    }
    assert_eq!(Clearshare::new("completions").args(["dos"]).run().status, 2);
}
