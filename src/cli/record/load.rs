//! Records that are read.

use std::path::Path;

use clearshare::bundled::{self, Bundled};
use clearshare::finding::{Code, Finding, Findings};
use clearshare::record::{ReadRecord, read_record};
use clearshare::report::Ink;
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::{Place, Sources, Span, quoted};

use super::keep::ENDING;
use crate::cli::rulesets::{Faulty, from_folder, write_fault, write_faults};
use crate::cli::system::{self, Input};

/// A record, and its text.
pub(in crate::cli) struct Loaded {
    pub(in crate::cli) read: ReadRecord,
    pub(in crate::cli) sources: Sources,
}

impl Loaded {
    /// Where the record begins.
    pub(in crate::cli) fn start(&self) -> Place {
        Place::new(self.read.file, Span::at(0))
    }

    /// The ruleset that advised then: the one in a folder, or one inside the program. `else_do` is what to do without it. Faults
    /// were written.
    pub(in crate::cli) fn ruleset(
        &self,
        folder: Option<&Path>,
        else_do: &str,
        err: Ink,
    ) -> anyhow::Result<Result<(Option<&'static Bundled>, Ruleset), Faulty>> {
        let named = &self.read.record.ruleset;
        let reference: Option<Reference> = format!("{}@{}", named.id, named.version).parse().ok();
        let inside = reference.as_ref().and_then(|reference| bundled::exact(&reference.id, reference.version?));
        let (bundled, ruleset) = match (folder, inside) {
            (Some(folder), _) => match from_folder(folder, err)? {
                Ok(ruleset) => (None, ruleset),
                Err(faulty) => return Ok(Err(faulty)),
            },
            (None, Some(bundled)) => (Some(bundled), bundled.load()?),
            (None, None) => {
                let message = format!(
                    "the ruleset that advised, {}, is not inside this clearshare",
                    quoted(&format!("{}@{}", named.id, named.version))
                );
                let help = format!("`--rules DIR` reads it from a folder; or {else_do}");
                let finding = Finding::new(Code::UnknownRuleset, message).at(self.start()).help(help);
                write_fault(&finding, &self.sources, err)?;
                return Ok(Err(Faulty));
            }
        };
        if ruleset.digest() == named.digest {
            return Ok(Ok((bundled, ruleset)));
        }
        let message = format!("{} is not the ruleset that advised then: its files are others", ruleset.reference());
        let finding = Finding::new(Code::OtherRuleset, message).at(self.start()).help(else_do);
        write_fault(&finding, &self.sources, err)?;
        Ok(Err(Faulty))
    }
}

/// Whether what was read in place of a manifest is a record, or was one before something was lost of it.
pub(in crate::cli) fn is_record(path: &Path, bytes: &[u8]) -> bool {
    const FORMAT: &[u8] = b"\"clearshare-record/";
    let named = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ENDING));
    named || (bytes.trim_ascii_start().starts_with(b"{") && bytes.windows(FORMAT.len()).any(|part| part == FORMAT))
}

/// Reads a record, also one that was altered. Faults were written.
pub(in crate::cli) fn load(path: &Path, err: Ink) -> anyhow::Result<Result<Loaded, Faulty>> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let read = match system::read(path, Input::Record) {
        Ok(bytes) => read_record(&bytes, &path.to_string_lossy(), &mut sources, &mut findings),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    };
    if let Some(read) = read {
        return Ok(Ok(Loaded { read, sources }));
    }
    write_faults(findings, &sources, err)?;
    Ok(Err(Faulty))
}

/// Reads a record that says what it said when it was sealed. Faults were written.
pub(in crate::cli) fn load_unaltered(path: &Path, err: Ink) -> anyhow::Result<Result<Loaded, Faulty>> {
    let loaded = match load(path, err)? {
        Ok(loaded) => loaded,
        Err(faulty) => return Ok(Err(faulty)),
    };
    let Some(finding) = loaded.read.altered() else { return Ok(Ok(loaded)) };
    write_fault(&finding, &loaded.sources, err)?;
    Ok(Err(Faulty))
}
