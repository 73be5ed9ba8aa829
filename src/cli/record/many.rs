//! Several records: those that were named, and those in a folder.

use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding, Findings};
use clearshare::record::{ReadRecord, read_record};
use clearshare::report::Ink;
use clearshare::report::replay::json::Faulty;
use clearshare::text::{Sources, quoted};

use crate::cli::rulesets::write_fault;
use crate::cli::system::{self, Input};
use crate::cli::why::why;

/// A record that says what it said when it was sealed.
pub(super) struct Opened {
    pub(super) path: String,
    pub(super) read: ReadRecord,
}

/// A file that is no such record.
pub(super) struct Unopened {
    path: String,
    findings: Vec<Finding>,
    sources: Sources,
}

impl Unopened {
    /// A record with a fault that has no place in it.
    pub(super) fn new(path: &str, finding: Finding) -> Self {
        Self { path: path.to_owned(), findings: vec![finding], sources: Sources::new() }
    }

    /// What is wrong, for a document.
    pub(super) fn as_faulty(&self) -> Faulty<'_> {
        Faulty { path: &self.path, findings: &self.findings, sources: &self.sources }
    }

    /// Writes what is wrong to standard error; where a fault has no place, with the name of the record.
    pub(super) fn write(&self, err: Ink) -> anyhow::Result<()> {
        for finding in &self.findings {
            if finding.place().is_some() || finding.message().contains(&self.path) {
                write_fault(finding, &self.sources, err)?;
                continue;
            }
            let named = Finding::new(finding.code(), format!("{}: {}", quoted(&self.path), finding.message()));
            let named = match finding.help_text() {
                Some(help) => named.help(help),
                None => named,
            };
            write_fault(&named, &self.sources, err)?;
        }
        Ok(())
    }
}

/// How the names of records end.
const ENDING: &str = ".record.json";

/// Folders in folders beyond this are not looked into: nobody keeps records so deep.
const DEEPEST: usize = 32;

/// Reads every record: those named in the order given, then those in a folder by name.
pub(super) fn open_all(named: &[PathBuf], folder: Option<&Path>) -> Result<(Vec<Opened>, Vec<Unopened>), Box<Finding>> {
    let mut paths = named.to_vec();
    if let Some(folder) = folder {
        let mut found = Vec::new();
        find(folder, 0, &mut found)?;
        if found.is_empty() {
            let message = format!("there is no record in {}", quoted(&folder.to_string_lossy()));
            let help = format!("the names of records end in `{ENDING}`");
            return Err(Box::new(Finding::new(Code::NothingToCheck, message).help(help)));
        }
        found.sort();
        let new: Vec<PathBuf> = found.into_iter().filter(|path| !named.contains(path)).collect();
        paths.extend(new);
    }
    let (mut opened, mut wrong) = (Vec::new(), Vec::new());
    for path in &paths {
        match open(path) {
            Ok(one) => opened.push(one),
            Err(one) => wrong.push(one),
        }
    }
    Ok((opened, wrong))
}

/// The records in a folder. Links are not followed: what they lead to has a place of its own.
fn find(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Box<Finding>> {
    let unreadable = |error: &std::io::Error| {
        let message = format!("{} cannot be read: {}", quoted(&folder.to_string_lossy()), why(error));
        Box::new(Finding::new(Code::FileUnreadable, message).help("name a folder that holds records"))
    };
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(&error))? {
        let entry = entry.map_err(|error| unreadable(&error))?;
        let kind = entry.file_type().map_err(|error| unreadable(&error))?;
        let path = entry.path();
        if kind.is_dir() && depth < DEEPEST {
            find(&path, depth + 1, found)?;
        } else if kind.is_file() && entry.file_name().to_string_lossy().ends_with(ENDING) {
            found.push(path);
        }
    }
    Ok(())
}

/// Reads one record. One that was altered is not used.
pub(super) fn open(path: &Path) -> Result<Opened, Unopened> {
    let name = path.to_string_lossy().into_owned();
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let read = match system::read(path, Input::Record) {
        Ok(bytes) => read_record(&bytes, &name, &mut sources, &mut findings),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    };
    if let Some(altered) = read.as_ref().and_then(ReadRecord::altered) {
        findings.push(*altered);
    }
    match read {
        Some(read) if findings.is_empty() => Ok(Opened { path: name, read }),
        _ => Err(Unopened { path: name, findings: findings.into_sorted(), sources }),
    }
}
