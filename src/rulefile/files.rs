//! The files of one ruleset version, read into trees.

use std::collections::BTreeMap;

use super::unexpected::unexpected;
use crate::finding::{Code, Finding, Findings};
use crate::text::{Sources, quoted};
use crate::yaml::{Limits, Node, read_tree};

/// The files that every ruleset has.
pub(super) const NEEDED: [&str; 8] = [
    "ruleset.yaml",
    "questions.yaml",
    "derived.yaml",
    "roles.yaml",
    "sources.yaml",
    "myths.yaml",
    "glossary.yaml",
    "rules/",
];

/// The trees of a ruleset's files. A file that could not be read has none.
pub(super) struct Files {
    trees: BTreeMap<String, Option<Node>>,
}

impl Files {
    /// Reads every file, in order of path. Missing and unexpected files are faults.
    pub(super) fn read(files: &[(String, Vec<u8>)], sources: &mut Sources, findings: &mut Findings) -> Self {
        let mut sorted: Vec<&(String, Vec<u8>)> = files.iter().collect();
        sorted.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
        let (mut trees, mut others) = (BTreeMap::new(), Vec::new());
        for (path, bytes) in sorted {
            if is_place_of_file(path) {
                trees.insert(path.clone(), read_tree(bytes, path, Limits::RULESET_FILE, sources, findings));
            } else {
                others.push(path.as_str());
            }
        }
        unexpected(&others, findings);
        for needed in NEEDED {
            let there = if needed.ends_with('/') {
                trees.keys().any(|path| path.starts_with(needed))
            } else {
                trees.contains_key(needed)
            };
            if !there {
                let what = if needed.ends_with('/') { "has no rules" } else { "is not whole" };
                findings.push(
                    Finding::new(Code::MissingFile, format!("the ruleset {what}: there is no {}", quoted(needed)))
                        .help("every ruleset has these: see docs/rulesets.md; a file with nothing to say holds an empty list"),
                );
            }
        }
        Self { trees }
    }

    /// The tree of a file.
    pub(super) fn tree(&self, path: &str) -> Option<&Node> {
        self.trees.get(path).and_then(Option::as_ref)
    }

    /// The lists under `options/`, by name.
    pub(super) fn lists(&self) -> impl Iterator<Item = (&str, Option<&Node>)> {
        self.under("options/")
    }

    /// The files under `rules/`, by name.
    pub(super) fn themes(&self) -> impl Iterator<Item = (&str, Option<&Node>)> {
        self.under("rules/")
    }

    /// The files under `cases/`, by name.
    pub(super) fn cases(&self) -> impl Iterator<Item = (&str, Option<&Node>)> {
        self.under("cases/")
    }

    fn under(&self, folder: &'static str) -> impl Iterator<Item = (&str, Option<&Node>)> {
        self.trees.iter().filter_map(move |(path, tree)| {
            let name = path.strip_prefix(folder)?.strip_suffix(".yaml")?;
            Some((name, tree.as_ref()))
        })
    }
}

/// Whether a path below a version's folder, with `/`, is one at which a ruleset has a file.
#[must_use]
pub fn is_place_of_file(path: &str) -> bool {
    if NEEDED.contains(&path) {
        return true;
    }
    let yaml = |rest: &str| rest.strip_suffix(".yaml").is_some_and(|name| !name.is_empty());
    let flat = |rest: &str| yaml(rest) && !rest.contains('/');
    // Cases are many: they may stand in folders of their own, one below `cases/`.
    let near = |rest: &str| yaml(rest) && !rest.ends_with("/.yaml") && rest.matches('/').count() <= 1;
    path.strip_prefix("options/").is_some_and(flat)
        || path.strip_prefix("rules/").is_some_and(flat)
        || path.strip_prefix("cases/").is_some_and(near)
}
