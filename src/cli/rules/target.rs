//! The ruleset that an author's tool is about, with its files and its cases: one inside the program, or one in a folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use clearshare::bundled::{self, Bundled};
use clearshare::check::choose;
use clearshare::model::{CaseSet, Date};
use clearshare::report::Ink;
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::{Sources, counted, quoted};

use crate::cli::folder::read_folder;
use crate::cli::rulesets::{Faulty, renamed, with_hint, write_fault};

/// How a ruleset is named on the command line: `uk-border@2026.11`, or a folder.
#[derive(Debug, Clone)]
pub(in crate::cli) enum Target {
    /// One inside the program.
    Inside(Reference),
    /// One in a folder.
    Folder(PathBuf),
}

/// What was typed: a folder where there is one of that name or the text looks like a path, otherwise a ruleset.
pub(super) fn target(text: &str) -> Result<Target, String> {
    let looks_like_path = text.contains(['/', '\\']) || text.starts_with('.');
    if looks_like_path || Path::new(text).is_dir() {
        return Ok(Target::Folder(PathBuf::from(text)));
    }
    text.parse().map(Target::Inside).map_err(|error: clearshare::ruleset::ReferenceError| {
        format!("{error}; a folder is written with a `/`, such as `./{text}`")
    })
}

/// A ruleset with everything that its author works on.
pub(super) struct Opened {
    /// The ruleset.
    pub(super) ruleset: Ruleset,
    /// Its own tests.
    pub(super) cases: CaseSet,
    /// Its files, named as people know them: under the folder given, or `uk-border@2026.11/` for one inside the program.
    pub(super) sources: Sources,
    /// The folder, unless it is inside the program.
    pub(super) folder: Option<PathBuf>,
}

/// Reads and validates the ruleset asked for; without one, the newest inside the program. Its faults are written to standard
/// error.
pub(super) fn open(target: Option<&Target>, as_of: Date, ink: Ink) -> anyhow::Result<Result<Opened, Faulty>> {
    let (files, root, folder) = match target {
        Some(Target::Folder(folder)) => match read_folder(folder) {
            Ok(files) => (files, folder.clone(), Some(folder.clone())),
            Err(finding) => {
                write_fault(&finding, &Sources::new(), ink)?;
                return Ok(Err(Faulty));
            }
        },
        other => {
            let reference = match other {
                Some(Target::Inside(reference)) => Some(reference.clone()),
                _ => bundled::all().last().map(Bundled::reference),
            };
            let Some(reference) = reference else { anyhow::bail!("there is no ruleset inside this clearshare") };
            match choose(&reference, as_of, None) {
                Ok(bundled) => (bundled.files(), PathBuf::from(bundled.reference().to_string()), None),
                Err(finding) => {
                    let hint = format!("a folder is written with a `/`, such as `./{}`", reference.id);
                    write_fault(&with_hint(finding, &hint), &Sources::new(), ink)?;
                    return Ok(Err(Faulty));
                }
            }
        }
    };
    match read_ruleset(&files) {
        Ok(loaded) => {
            let sources = renamed(&loaded.sources, &root);
            Ok(Ok(Opened { ruleset: loaded.ruleset, cases: loaded.cases, sources, folder }))
        }
        Err(faults) => {
            let sources = renamed(&faults.sources, &root);
            for finding in &faults.findings {
                write_fault(finding, &sources, ink)?;
            }
            if let Some(folder) = folder.filter(|_| faults.findings.iter().any(|finding| finding.place().is_none())) {
                // A fault without a place does not say which ruleset it is about.
                let (count, name) = (counted(faults.findings.len(), "fault", "faults"), folder.to_string_lossy());
                writeln!(std::io::stderr().lock(), "The ruleset in {} has {count}.", quoted(&name))?;
            }
            Ok(Err(Faulty))
        }
    }
}
