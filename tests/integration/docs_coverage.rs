//! `docs/coverage.md` names what is in the ruleset.

use std::collections::BTreeSet;
use std::path::Path;

use yaml_serde::Value;

use crate::support::files_in;

const PAGE: &str = include_str!("../../docs/coverage.md");

/// Every id, tag and value that a file of the ruleset defines.
fn defined(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Sequence(items) => items.iter().for_each(|item| defined(item, names)),
        Value::Mapping(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value) {
                    (Some("id" | "is"), Value::String(name)) => drop(names.insert(name.clone())),
                    (Some("tags"), Value::Sequence(tags)) => {
                        names.extend(tags.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => defined(value, names),
                }
            }
        }
        _ => {}
    }
}

/// The cells of a row of a table; not of its head.
fn cells(line: &str) -> Option<(&str, &str)> {
    let (entry, text) = line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ")?;
    (entry != "---" && text != "where it is").then_some((entry, text))
}

fn rows() -> Vec<(&'static str, &'static str)> {
    PAGE.lines().filter_map(cells).collect()
}

#[test]
fn each_name_on_the_page_is_one_of_the_ruleset() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/uk-border/2026.11");
    let mut names = BTreeSet::new();
    for (_, bytes) in files_in(&folder).into_iter().filter(|(path, _)| !path.starts_with("cases/")) {
        defined(&yaml_serde::from_slice(&bytes).expect("it reads"), &mut names);
    }
    let named = |text: &'static str| text.split('`').skip(1).step_by(2);
    let foreign: Vec<(&str, &str)> = rows()
        .into_iter()
        .flat_map(|(entry, text)| named(text).map(move |name| (entry, name)))
        .filter(|(_, name)| !names.contains(*name))
        .collect();
    assert!(foreign.is_empty(), "the ruleset does not define {foreign:#?}");
}

#[test]
fn each_entry_has_one_row_that_says_where_it_is_or_why_not() {
    let silent: Vec<_> =
        rows().into_iter().filter(|(_, text)| !text.contains('`') && !text.contains("not encoded:")).collect();
    assert!(silent.is_empty(), "{silent:#?}");
    // 251 entries and 78 beliefs.
    assert_eq!(rows().len(), 329);
    let mut within = BTreeSet::new();
    let mut section = "";
    for line in PAGE.lines() {
        section = if line.starts_with("## ") { line } else { section };
        if let Some((entry, _)) = cells(line) {
            assert!(within.insert((section, entry)), "{entry} stands twice in {section}");
        }
    }
}
