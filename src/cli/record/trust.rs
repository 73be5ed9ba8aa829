//! Who is trusted, as the command line says it.

use std::path::{Path, PathBuf};

use clearshare::finding::Findings;
use clearshare::model::Date;
use clearshare::record::{Required, Trust, read_allowed_signers, read_revoked};
use clearshare::report::Ink;
use clearshare::text::Sources;

use crate::cli::args::date;
use crate::cli::rulesets::{Faulty, write_faults};
use crate::cli::system::{self, Input};

/// Who is trusted.
#[derive(Debug, clap::Args)]
pub(super) struct TrustArgs {
    /// Who may sign, in which roles and until when: a file of allowed signers, as OpenSSH reads it
    #[arg(long, value_name = "FILE")]
    allowed_signers: Option<PathBuf>,
    /// Public keys that are no longer to be trusted, one on each line
    #[arg(long, value_name = "FILE")]
    revoked: Option<PathBuf>,
    /// A role in which each record has to be signed, by anybody who may, or by whoever is named; can be given several times [example:
    /// data-protection-officer]
    #[arg(long, value_name = "ROLE[=NAME]", value_parser = required)]
    require: Vec<Required>,
    /// The day on which keys have to be valid, instead of the day of each record [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    keys_valid_on: Option<Date>,
}

fn required(text: &str) -> Result<Required, String> {
    let (role, by) = text.split_once('=').map_or((text, None), |(role, by)| (role, Some(by)));
    if by.is_some_and(str::is_empty) {
        return Err("write a name after `=`, for example information-asset-owner=ada@example.gov.uk".to_owned());
    }
    Ok(Required { role: super::sign::role(role)?, by: by.map(str::to_owned) })
}

impl TrustArgs {
    /// Reads the files. What is wrong with them was written.
    pub(super) fn read(&self, ink: Ink) -> anyhow::Result<Result<Trust, Faulty>> {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let allowed = self.allowed_signers.as_deref().and_then(|path| {
            let bytes = read(path, Input::Signers, &mut findings)?;
            read_allowed_signers(&bytes, &path.to_string_lossy(), &mut sources, &mut findings)
        });
        let revoked = self.revoked.as_deref().and_then(|path| {
            let bytes = read(path, Input::Signers, &mut findings)?;
            read_revoked(&bytes, &path.to_string_lossy(), &mut sources, &mut findings)
        });
        if !findings.is_empty() {
            write_faults(findings, &sources, ink)?;
            return Ok(Err(Faulty));
        }
        let (revoked, required) = (revoked.unwrap_or_default(), self.require.clone());
        Ok(Ok(Trust { allowed, revoked, keys_on: self.keys_valid_on, required }))
    }
}

fn read(path: &Path, input: Input, findings: &mut Findings) -> Option<Vec<u8>> {
    match system::read(path, input) {
        Ok(bytes) => Some(bytes),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}
