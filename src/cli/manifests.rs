//! Manifests, each with what counts for it: its configuration, the waivers that it shares, and its ruleset.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::Args;
use clearshare::bundled::Bundled;
use clearshare::check::{Checked, check};
use clearshare::engine::Evaluator;
use clearshare::finding::{Finding, Findings};
use clearshare::manifest::{UncheckedManifest, UncheckedWaiver, read_manifest};
use clearshare::model::Date;
use clearshare::report::Ink;
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::Sources;

use super::args::RulesetArgs;
use super::config::{ConfigArgs, ConfigFile, Configs};
use super::rulesets::{Faulty, Unpacked, from_folder, write_faults};
use super::system;
use super::waivers::WaiverFiles;

/// What stands beside manifests and counts for them.
#[derive(Debug, Args)]
pub(super) struct BesideArgs {
    /// Waivers that several manifests share
    #[arg(long, value_name = "FILE")]
    pub(super) waivers: Option<PathBuf>,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

/// How the manifests of one run are read: each file beside them, and each ruleset, once, whichever thread asks for it.
pub(super) struct Manifests<'a> {
    beside: &'a BesideArgs,
    rulesets: &'a RulesetArgs,
    as_of: Date,
    /// The ruleset for all, where one in a folder was asked for.
    folder: Option<&'static Ruleset>,
    read: Mutex<Read>,
}

/// What was read so far.
pub(super) struct Read {
    unpacked: Unpacked,
    pub(super) configs: Configs,
    pub(super) waivers: WaiverFiles,
}

/// A manifest, read, with what counts for it. Rulesets stay until the program ends.
pub(super) struct OneManifest {
    pub(super) manifest: UncheckedManifest,
    /// As it stands in the file.
    pub(super) bytes: Vec<u8>,
    /// Its text, and that of the file of waivers that it shares.
    pub(super) sources: Sources,
    /// The ruleset that was asked for, or else the one that it pins, or else the one that its configuration names.
    pub(super) ruleset: &'static Ruleset,
    /// Where the ruleset is inside the program.
    pub(super) bundled: Option<&'static Bundled>,
    /// Its configuration.
    pub(super) config: Option<Arc<ConfigFile>>,
    /// The waivers that it shares.
    pub(super) shared: Shared,
    findings: Findings,
}

/// The waivers of a shared file that are for one manifest.
#[derive(Default)]
pub(super) struct Shared {
    /// The number of the file.
    pub(super) file: Option<usize>,
    pub(super) waivers: Vec<UncheckedWaiver>,
}

/// What is wrong with a manifest, or with what counts for it.
pub(super) struct Unread {
    pub(super) findings: Findings,
    pub(super) sources: Sources,
    pub(super) shared: Shared,
}

impl<'a> Manifests<'a> {
    /// None is read yet. Faults of a ruleset in a folder were written.
    pub(super) fn new(
        beside: &'a BesideArgs,
        rulesets: &'a RulesetArgs,
        as_of: Date,
        err: Ink,
    ) -> anyhow::Result<Result<Self, Faulty>> {
        let folder = match rulesets.rules.as_ref().map(|folder| from_folder(folder, err)).transpose()? {
            Some(Ok(ruleset)) => Some(&*Box::leak(Box::new(ruleset))),
            Some(Err(faulty)) => return Ok(Err(faulty)),
            None => None,
        };
        let (configs, waivers) = (Configs::new(&beside.config), WaiverFiles::default());
        let read = Mutex::new(Read { unpacked: Unpacked::default(), configs, waivers });
        Ok(Ok(Self { beside, rulesets, as_of, folder, read }))
    }

    /// What was read so far. No other thread can read a manifest until it is given back.
    pub(super) fn read(&self) -> MutexGuard<'_, Read> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads one; `-` is standard input. One that cannot be read comes with the fault.
    pub(super) fn open(
        &self,
        path: &Path,
        unreadable: Option<Box<Finding>>,
    ) -> anyhow::Result<Result<OneManifest, Unread>> {
        let config = self.read().configs.of(path);
        if let Some(file) = config.as_ref().filter(|file| !file.faults.is_empty()) {
            return Ok(Err(Unread::beside(&file.faults, &file.sources)));
        }
        let mut shared = Shared::default();
        let mut sources = Sources::new();
        let named = config.as_ref().and_then(|file| Some(file.path(&file.config.waivers.as_ref()?.value)));
        if let Some(named) = self.beside.waivers.clone().or(named) {
            let (number, file) = self.read().waivers.get(&named, self.as_of);
            if !file.faults.is_empty() {
                // Without it, nothing true can be said of the manifest.
                return Ok(Err(Unread::beside(&file.faults, &file.sources)));
            }
            sources = file.sources.clone();
            shared = Shared { file: Some(number), waivers: file.of(path) };
        }
        let mut findings = Findings::new();
        let read = unreadable.map_or_else(|| system::read(path, system::Input::Manifest), Err).map(|bytes| {
            let manifest = read_manifest(&bytes, &path.to_string_lossy(), &mut sources, &mut findings);
            manifest.map(|manifest| (manifest, bytes))
        });
        let read = read.unwrap_or_else(|finding| {
            findings.push(*finding);
            None
        });
        let Some((mut manifest, bytes)) = read else { return Ok(Err(Unread { findings, sources, shared })) };
        manifest.share(shared.waivers.clone());
        let Some((bundled, ruleset)) = self.ruleset(&manifest, config.as_deref(), &mut findings)? else {
            return Ok(Err(Unread { findings, sources, shared }));
        };
        Ok(Ok(OneManifest { manifest, bytes, sources, ruleset, bundled, config, shared, findings }))
    }

    /// The ruleset for a manifest. Where there is none, the fault is added to the others.
    fn ruleset(
        &self,
        manifest: &UncheckedManifest,
        config: Option<&ConfigFile>,
        findings: &mut Findings,
    ) -> anyhow::Result<Option<(Option<&'static Bundled>, &'static Ruleset)>> {
        if let Some(ruleset) = self.folder {
            return Ok(Some((None, ruleset)));
        }
        // A pin is the manifest's own: a configuration speaks only where there is none.
        let usual = config.filter(|_| self.rulesets.ruleset.is_none() && !manifest.has_pin());
        let usual = usual.and_then(|file| file.config.ruleset.as_ref());
        let usual = usual.map(|set| RulesetArgs { ruleset: Some(set.value.clone()), rules: None });
        let asked = usual.as_ref().unwrap_or(self.rulesets);
        let found = self.read().unpacked.of_manifest(asked, manifest, self.as_of, findings)?;
        Ok(found.map(|(bundled, ruleset)| (Some(bundled), ruleset)))
    }
}

impl OneManifest {
    /// Reads one that is by itself. Faults were written.
    pub(super) fn open(
        path: &Path,
        beside: &BesideArgs,
        rulesets: &RulesetArgs,
        as_of: Date,
        err: Ink,
    ) -> anyhow::Result<Result<Self, Faulty>> {
        let manifests = match Manifests::new(beside, rulesets, as_of, err)? {
            Ok(manifests) => manifests,
            Err(faulty) => return Ok(Err(faulty)),
        };
        match manifests.open(path, None)? {
            Ok(opened) => Ok(Ok(opened)),
            Err(unread) => unread.write(err).map(Err),
        }
    }

    /// The ruleset that its configuration names, and where, if it pins none itself.
    pub(super) fn configured(&self) -> Option<(&Reference, String)> {
        let file = self.config.as_deref().filter(|_| !self.manifest.has_pin())?;
        file.config.ruleset.as_ref().map(|set| (&set.value, file.at(set.place)))
    }

    /// The advice on each of its exchanges.
    pub(super) fn check(&self, evaluator: &mut Evaluator<'_>, as_of: Date) -> Result<Checked, Findings> {
        let mut findings = self.findings.clone();
        let checked = check(evaluator, &self.manifest, as_of, &self.sources, &mut findings);
        checked.filter(|_| findings.is_empty()).ok_or(findings)
    }

    /// The same. Faults were written.
    pub(super) fn checked(
        &self,
        evaluator: &mut Evaluator<'_>,
        as_of: Date,
        err: Ink,
    ) -> anyhow::Result<Result<Checked, Faulty>> {
        match self.check(evaluator, as_of) {
            Ok(checked) => Ok(Ok(checked)),
            Err(findings) => {
                write_faults(findings, &self.sources, err)?;
                Ok(Err(Faulty))
            }
        }
    }
}

impl Unread {
    /// What is wrong with a file that stands beside manifests.
    pub(super) fn beside(faults: &Findings, sources: &Sources) -> Self {
        Self { findings: faults.clone(), sources: sources.clone(), shared: Shared::default() }
    }

    fn write(self, err: Ink) -> anyhow::Result<Faulty> {
        write_faults(self.findings, &self.sources, err)?;
        Ok(Faulty)
    }
}
