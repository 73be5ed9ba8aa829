//! One manifest, with the ruleset that it is read under.

use std::path::Path;

use clearshare::bundled::Bundled;
use clearshare::check::{Checked, check};
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::manifest::{UncheckedManifest, read_manifest};
use clearshare::model::Date;
use clearshare::report::Ink;
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

use super::args::RulesetArgs;
use super::rulesets::{Faulty, Unpacked, from_folder, write_faults};
use super::system;

/// A manifest, read, and the ruleset asked for or else the one that it pins. Both stay until the program ends.
pub(super) struct OneManifest {
    pub(super) manifest: UncheckedManifest,
    /// As it stands in the file.
    pub(super) bytes: Vec<u8>,
    /// Its text.
    pub(super) sources: Sources,
    pub(super) ruleset: &'static Ruleset,
    /// Where the ruleset is inside the program.
    pub(super) bundled: Option<&'static Bundled>,
    findings: Findings,
    err: Ink,
}

impl OneManifest {
    /// Reads it; `-` is standard input. Faults were written.
    pub(super) fn open(path: &Path, args: &RulesetArgs, as_of: Date, err: Ink) -> anyhow::Result<Result<Self, Faulty>> {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let manifest = match system::read(path, system::Input::Manifest) {
            Ok(bytes) => {
                let read = read_manifest(&bytes, &path.to_string_lossy(), &mut sources, &mut findings);
                read.map(|manifest| (manifest, bytes))
            }
            Err(finding) => {
                findings.push(*finding);
                None
            }
        };
        let (manifest, bytes) = manifest.unzip();
        let found = match (&manifest, &args.rules) {
            (Some(_), Some(folder)) => match from_folder(folder, err)? {
                Ok(ruleset) => Some((None, &*Box::leak(Box::new(ruleset)))),
                Err(faulty) => return Ok(Err(faulty)),
            },
            (Some(manifest), None) => {
                let found = Unpacked::default().of_manifest(args, manifest, as_of, &mut findings)?;
                found.map(|(bundled, ruleset)| (Some(bundled), ruleset))
            }
            (None, _) => None,
        };
        let (Some(manifest), Some(bytes), Some((bundled, ruleset))) = (manifest, bytes, found) else {
            write_faults(findings, &sources, err)?;
            return Ok(Err(Faulty));
        };
        Ok(Ok(Self { manifest, bytes, sources, ruleset, bundled, findings, err }))
    }

    /// The advice on each of its exchanges. Faults were written.
    pub(super) fn check(&self, evaluator: &mut Evaluator<'_>, as_of: Date) -> anyhow::Result<Result<Checked, Faulty>> {
        let mut findings = self.findings.clone();
        let checked = check(evaluator, &self.manifest, as_of, &self.sources, &mut findings);
        if let Some(checked) = checked.filter(|_| findings.is_empty()) {
            return Ok(Ok(checked));
        }
        write_faults(findings, &self.sources, self.err)?;
        Ok(Err(Faulty))
    }
}
