//! The YAML of one ruleset version → a [`Ruleset`], or every fault it has.
//!
//! Two passes: `names` collects every name, then `reader` and the files beside it read each kind of file with all names
//! resolved. `checks` does what needs the whole, and `compile` turns conditions into formulas.

mod cases;
mod checks;
mod condition;
mod derived;
mod facts;
mod files;
mod info;
mod names;
mod options;
pub mod pack;
mod published;
mod questions;
mod reader;
mod rules;
mod small;
mod unexpected;

pub(crate) use crate::model::RESERVED;
pub use facts::{ReadAnswer, read_facts};
pub use files::is_place_of_file;
pub use published::{Published, read_published};
pub(crate) use questions::SCREEN;
pub(crate) use reader::read_date;

use crate::compile::compile;
use crate::finding::{Code, Finding, Findings};
use crate::model::{Arena, CaseSet, Ix, Later, ThemeIx};
use crate::ruleset::{Parts, Ruleset};
use crate::text::{Sources, digest};

use files::Files;
use names::Names;
use reader::Reader;

/// A ruleset that was read and validated, with its cases.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The ruleset.
    pub ruleset: Ruleset,
    /// Its own tests.
    pub cases: CaseSet,
    /// Its files.
    pub sources: Sources,
}

/// What is wrong with a ruleset's files.
#[derive(Debug, Clone)]
pub struct Faults {
    /// The files.
    pub sources: Sources,
    /// Every fault, in order of place.
    pub findings: Vec<Finding>,
}

/// Reads and validates the files of one version: pairs of a path below the version's folder, with `/`, and its bytes.
pub fn read_ruleset(files: &[(String, Vec<u8>)]) -> Result<Loaded, Faults> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let trees = Files::read(files, &mut sources, &mut findings);
    let names = Names::collect(&trees, &mut findings);
    let mut reader = Reader::new(names, findings);
    let parts = read_parts(&mut reader, &trees, &sources);
    let Reader { names, mut findings, tests, .. } = reader;
    let parts = parts.filter(|_| findings.is_empty());
    if let Some(parts) = &parts {
        checks::check(parts, &names, &mut findings);
    }
    let loaded = parts.filter(|_| findings.is_empty()).and_then(|parts| {
        let compiled = compile(&parts, usize::try_from(tests).unwrap_or(usize::MAX));
        let Some(compiled) = compiled else {
            findings.push(
                Finding::new(Code::TooManyItems, "the ruleset's tests tell too many options apart")
                    .help("test tags rather than single options"),
            );
            return None;
        };
        let ruleset = Ruleset::new(parts, compiled, digest_of(files));
        let cases = cases::read_cases(&ruleset, &trees, &mut findings);
        Some((ruleset, cases))
    });
    match loaded {
        Some((ruleset, cases)) if findings.is_empty() => Ok(Loaded { ruleset, cases, sources }),
        _ => Err(Faults { sources, findings: findings.into_sorted() }),
    }
}

/// SHA-256 over every file but those under `cases/`: what `rules/published.yaml` lists.
#[must_use]
pub fn digest_of(files: &[(String, Vec<u8>)]) -> String {
    let counted = files.iter().filter(|(path, _)| !path.starts_with("cases/"));
    digest(counted.map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}

fn read_parts<'n>(reader: &mut Reader<'n>, trees: &'n Files, sources: &Sources) -> Option<Parts> {
    let lists = reader.lists(trees).into_iter().collect();
    let info = trees.tree("ruleset.yaml").and_then(|root| reader.info(root));
    let (sections, questions) = trees.tree("questions.yaml").map(|root| reader.questions(root)).unwrap_or_default();
    let derived = trees.tree("derived.yaml").map(|root| reader.derived(root)).unwrap_or_default();
    let (mut themes, mut rules) = (Vec::new(), Vec::new());
    for (name, root) in trees.themes() {
        let Some(root) = root else { continue };
        let (theme, more) = reader.theme(name, root, ThemeIx::new(themes.len()));
        themes.push(theme);
        rules.extend(more);
    }
    let myths = trees.tree("myths.yaml").map(|root| reader.myths(root)).unwrap_or_default();
    let terms = trees.tree("glossary.yaml").map(|root| reader.terms(root)).unwrap_or_default();
    let roles = trees.tree("roles.yaml").map(|root| reader.roles(root)).unwrap_or_default();
    let citations = trees.tree("sources.yaml").map(|root| reader.sources(root)).unwrap_or_default();
    let tags = reader.names.tags_in_order().into_iter().map(str::to_owned).collect();
    Some(Parts {
        info: info?,
        files: sources.iter().map(|(_, source)| source.name().to_owned()).collect(),
        sections: sections.into_iter().collect(),
        questions: questions.into_iter().collect(),
        lists,
        tags,
        derived: derived.into_iter().collect(),
        themes: themes.into_iter().collect(),
        rules: rules.into_iter().collect(),
        myths: myths.into_iter().collect(),
        terms: Later::from(terms.into_iter().collect::<Arena<_, _>>()),
        roles: roles.into_iter().collect(),
        sources: citations.into_iter().map(Later::from).collect(),
    })
}
