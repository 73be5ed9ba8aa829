//! One thread's part of a check: a manifest in, what came of it out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use clearshare::bundled::Bundled;
use clearshare::check::{
    Checked, FailOn, RuleFinding, Since, WaiverFinding, Wanted, rule_findings, since, waiver_findings,
};
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::model::Date;
use clearshare::report::{Drafter, ManifestReport};
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

use super::args::CheckArgs;
use super::baseline::Baselines;
use super::inputs::Found;
use super::settings::Settings;
use crate::cli::manifests::{Manifests, OneManifest, Shared, Unread};
use crate::cli::notices;

/// What all threads of a check know.
pub(super) struct Common<'a> {
    pub(super) args: &'a CheckArgs,
    pub(super) as_of: Date,
    pub(super) manifests: Manifests<'a>,
    pub(super) baselines: Mutex<Baselines>,
    /// How each report drafts what it says of a manifest.
    pub(super) drafters: Vec<Option<Drafter>>,
    /// Which findings somebody wants to know the places of, whatever the baseline.
    pub(super) wanted: Option<Wanted>,
}

impl Common<'_> {
    /// The baselines that were read so far.
    pub(super) fn baselines(&self) -> MutexGuard<'_, Baselines> {
        self.baselines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Checks manifests, one after the other. Each thread has its own.
pub(super) struct Checker<'c> {
    common: &'c Common<'c>,
    /// The rulesets used so far, by digest.
    rulesets: BTreeMap<&'static str, Under>,
}

/// A ruleset that manifests are checked under.
struct Under {
    evaluator: Evaluator<'static>,
    notices: Vec<String>,
}

/// What came of a manifest.
pub(super) struct Came {
    /// Its path, as people know it.
    pub(super) path: String,
    /// The waivers that it shares.
    pub(super) shared: Shared,
    pub(super) result: Result<Box<Advised>, Faults>,
}

/// What is wrong with a manifest, or beside it.
pub(super) struct Faults {
    pub(super) findings: Findings,
    pub(super) sources: Sources,
}

/// The advice on a manifest, with all that reports say of it.
pub(super) struct Advised {
    pub(super) ruleset: &'static Ruleset,
    pub(super) checked: Checked,
    pub(super) findings: Vec<Vec<RuleFinding>>,
    notices: Vec<String>,
    waivers: Vec<WaiverFinding>,
    since: Option<Since>,
    sources: Sources,
    fail_on: FailOn,
    pub(super) failed: bool,
    /// What each report's drafter made of it.
    pub(super) drafts: Vec<Vec<u8>>,
}

impl Advised {
    /// The advice, as reports take it.
    pub(super) fn report<'r>(&'r self, path: &'r str, as_of: Date) -> ManifestReport<'r> {
        ManifestReport {
            path,
            ruleset: self.ruleset,
            as_of,
            checked: &self.checked,
            notices: &self.notices,
            waivers: &self.waivers,
            since: self.since.as_ref().filter(|_| !self.checked.is_screened()),
            findings: &self.findings,
            sources: &self.sources,
            fail_on: self.fail_on,
            failed: self.failed,
        }
    }
}

impl<'c> Checker<'c> {
    /// One that has checked nothing yet.
    pub(super) const fn new(common: &'c Common<'c>) -> Self {
        Self { common, rulesets: BTreeMap::new() }
    }

    /// Checks one manifest.
    pub(super) fn one(&mut self, found: Found) -> anyhow::Result<Came> {
        let path = found.path.to_string_lossy().into_owned();
        let opened = match self.common.manifests.open(&found.path, found.fault)? {
            Ok(opened) => opened,
            Err(unread) => return Ok(faulty(path, unread)),
        };
        let settings = Settings::of(self.common.args, opened.config.as_deref());
        let baseline = settings.baseline.as_ref().map(|path| self.common.baselines().get(path));
        if let Some(file) = baseline.filter(|file| !file.faults.is_empty()) {
            // Without it, nothing true can be said of the manifest.
            return Ok(faulty(path, Unread::beside(&file.faults, &file.sources)));
        }
        let common = self.common;
        let under = self.under(opened.ruleset, opened.bundled);
        match opened.check(&mut under.evaluator, common.as_of) {
            Ok(checked) => advised(common, under, path, &settings, opened, checked),
            Err(findings) => {
                let OneManifest { sources, shared, .. } = opened;
                Ok(faulty(path, Unread { findings, sources, shared }))
            }
        }
    }

    /// What it takes to check under a ruleset.
    fn under(&mut self, ruleset: &'static Ruleset, bundled: Option<&'static Bundled>) -> &mut Under {
        self.rulesets.entry(ruleset.digest()).or_insert_with(|| {
            let notices = bundled.map(notices::of_bundled).unwrap_or_default();
            Under { evaluator: Evaluator::new(ruleset), notices }
        })
    }
}

fn faulty(path: String, unread: Unread) -> Came {
    let Unread { findings, sources, shared } = unread;
    Came { path, shared, result: Err(Faults { findings, sources }) }
}

fn advised(
    common: &Common<'_>,
    under: &mut Under,
    path: String,
    settings: &Settings,
    opened: OneManifest,
    checked: Checked,
) -> anyhow::Result<Came> {
    let OneManifest { manifest, sources, shared, ruleset, .. } = opened;
    let waivers = waiver_findings(ruleset, &checked, common.as_of);
    let mut notices = notices::all(&under.notices, ruleset, &checked, &waivers, &sources, common.as_of);
    let fail_on = settings.fail_on;
    let mut findings: Vec<Vec<RuleFinding>> = Vec::new();
    // A baseline knows only what holds something up.
    let of_baseline = settings.baseline.is_some().then_some(Wanted::HoldingUp);
    if let Some(wanted) = common.wanted.max(of_baseline) {
        let evaluator = &mut under.evaluator;
        findings.extend(checked.flows.iter().map(|flow| rule_findings(evaluator, &manifest, flow, wanted)));
    }
    let would_fail = fail_on.fails(checked.outcome());
    let since = settings.baseline.as_ref().map(|of| {
        let file = common.baselines().get(of);
        let name = file.name_of(Path::new(&path));
        let since = since(ruleset, &checked, &mut findings, &file.baseline, &name, fail_on);
        if !checked.is_screened() {
            notices.extend(file.notices(&since, checked.outcome(), would_fail));
        }
        since
    });
    let failed = since.as_ref().map_or(would_fail, |since| since.fails);
    // Whoever reads that it passes must know that a file of the repository made it pass.
    if let Some(at) = settings.milder.as_ref().filter(|_| !would_fail && FailOn::ActFirst.fails(checked.outcome())) {
        notices.push(format!("It passes only because {at} lets this outcome pass."));
    }
    let drafts = Vec::new();
    let mut advised = Advised { ruleset, checked, findings, notices, waivers, since, sources, fail_on, failed, drafts };
    for drafter in &common.drafters {
        let report = advised.report(&path, common.as_of);
        let draft = drafter.as_ref().map(|drafter| drafter(&mut under.evaluator, &report)).transpose()?;
        advised.drafts.push(draft.unwrap_or_default());
    }
    Ok(Came { path, shared, result: Ok(Box::new(advised)) })
}
