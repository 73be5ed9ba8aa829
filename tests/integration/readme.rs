//! What the README and docs/manifest.md show is true.
//!
//! In the README, a line `$ clearshare …` of a `console` block is run, and what follows it must be its output. A line `…` stands for any
//! lines. The block ends with status 0, or with that of its `exit=1`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A fenced block of a Markdown file.
struct Block {
    line: usize,
    language: String,
    lines: Vec<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn blocks(file: &str) -> Vec<Block> {
    let text = std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for (at, line) in text.lines().enumerate() {
        if let Some(language) = line.strip_prefix("```") {
            inside = !inside;
            if inside {
                blocks.push(Block { line: at + 1, language: language.to_owned(), lines: Vec::new() });
            }
        } else if inside {
            blocks.last_mut().unwrap().lines.push(line.to_owned());
        }
    }
    assert!(!inside, "{file}: a block does not end");
    blocks
}

fn clearshare(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clearshare"))
        .args(arguments)
        .current_dir(root())
        .env("COLUMNS", "80")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .expect("clearshare runs")
}

/// Whether lines are those expected, where `…` stands for any.
fn matches(expected: &[String], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "…" => (0..=lines.len()).any(|skipped| matches(rest, &lines[skipped..])),
        Some((first, rest)) => lines.split_first().is_some_and(|(line, more)| first == line && matches(rest, more)),
    }
}

#[test]
fn every_console_block_of_the_readme_is_true() {
    let mut ran = 0;
    for block in blocks("README.md").iter().filter(|block| block.language.split(' ').next() == Some("console")) {
        let at = format!("README.md:{}", block.line);
        let status = block.language.split_once("exit=").map_or(0, |(_, status)| status.parse().expect("a status"));
        let (command, expected) = block.lines.split_first().unwrap_or_else(|| panic!("{at} is empty"));
        let command = command.strip_prefix("$ clearshare ").unwrap_or_else(|| panic!("{at} runs something else"));
        let output = clearshare(&command.split_whitespace().collect::<Vec<_>>());
        let written = String::from_utf8(output.stdout).expect("UTF-8") + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{at}: the exit status of `{command}`, which wrote\n{written}");
        let lines: Vec<&str> = written.lines().collect();
        assert!(matches(expected, &lines), "{at} shows\n{}\nbut `{command}` writes\n{written}", expected.join("\n"));
        ran += 1;
    }
    assert!(ran > 0, "the README shows nothing");
}

#[test]
fn the_readme_has_two_commands_to_set_up() {
    let commands: Vec<String> = blocks("README.md")
        .into_iter()
        .filter(|block| block.language == "sh")
        .flat_map(|block| block.lines)
        .filter(|line| line.starts_with("cargo "))
        .collect();
    assert_eq!(
        commands,
        ["cargo run --release -- check --as-of 2026-11-22 examples/official-sensitive-public-cloud.yaml", "cargo test"]
    );
    let arguments = commands[0].split_once(" -- ").unwrap().1;
    let output = clearshare(&arguments.split_whitespace().collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(0), "the first command succeeds");
}

#[test]
fn every_whole_manifest_shown_can_be_checked() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut checked = 0;
    for file in ["README.md", "docs/manifest.md"] {
        for block in blocks(file) {
            if block.language != "yaml" || !block.lines[0].starts_with("clearshare: ") {
                continue;
            }
            let path = folder.join(format!("shown-{checked}.yaml"));
            std::fs::write(&path, block.lines.join("\n")).unwrap();
            let output = clearshare(&["check", "--quiet", "--as-of", "2026-11-22", path.to_str().unwrap()]);
            let faults = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{file}:{}: {faults}", block.line);
            checked += 1;
        }
    }
    assert!(checked >= 3, "only {checked} manifests are shown");
}

#[test]
fn every_file_linked_from_the_documentation_is_there() {
    for file in [
        "README.md",
        "CHANGELOG.md",
        "docs/architecture.md",
        "docs/ci.md",
        "docs/editors.md",
        "docs/install.md",
        "docs/manifest.md",
        "docs/rulesets.md",
    ] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let folder = root().join(file).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || link.contains("://") {
                continue;
            }
            assert!(folder.join(target).exists(), "{file} links to {link}, which is not there");
        }
    }
}
