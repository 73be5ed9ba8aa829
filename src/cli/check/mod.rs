//! `clearshare check`: advice on manifests.

mod args;
mod baseline;
mod inputs;
mod outputs;
mod settings;
mod waivers;

use std::io::Write;
use std::path::Path;
use std::rc::Rc;

use clearshare::check::{Checked, FailOn, RuleFinding, check, rule_findings, since, waiver_findings};
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::manifest::{UncheckedManifest, UncheckedWaiver, read_manifest};
use clearshare::model::Date;
use clearshare::report::ManifestReport;
use clearshare::ruleset::Ruleset;
use clearshare::text::{Sources, visible};

use super::args::RulesetArgs;
use super::config::Configs;
use super::place::unwritten;
use super::rulesets::{Unpacked, from_folder, write_fault, write_faults};
use super::staged::Unwritten;
use super::{Exit, notices, style, system};
pub(super) use args::{CheckArgs, Format};
use baseline::{BaselineFile, Baselines, NewBaseline};
use inputs::Found;
pub(super) use inputs::fixed_part;
use outputs::Outputs;
use settings::{Run, Settings};
use waivers::{WaiverFile, WaiverFiles};

/// Checks every manifest, and ends with the highest status of them.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    if args.stream.stream {
        return super::stream::run(args);
    }
    let as_of = args.as_of.unwrap_or_else(system::today);
    let err = style::err(&args.look);
    let mut rulesets = Vec::new();
    if let Some(folder) = &args.ruleset.rules {
        match from_folder(folder, err)? {
            Ok(ruleset) => rulesets.push(Under::new(Box::leak(Box::new(ruleset)), Vec::new())),
            Err(_) => return Ok(Exit::Fault),
        }
    }
    let mut configs = Configs::new(&args.config);
    let here = configs.here();
    if let Some(faulty) = here.as_ref().filter(|file| !file.faults.is_empty()) {
        write_faults(faulty.faults.clone(), &faulty.sources, err)?;
        return Ok(Exit::Fault);
    }
    let run = Run::of(args, here.as_deref());
    let paths = match inputs::find(&run.paths, &run.include) {
        Ok(paths) => paths,
        Err(finding) => {
            write_fault(&finding, &Sources::new(), err)?;
            return Ok(Exit::Fault);
        }
    };
    let (mut waivers, mut baselines) = (WaiverFiles::default(), Baselines::default());
    // Those that the command line names are for all manifests: with a fault in one, nothing is checked.
    let named = args.waivers.as_ref().map(|path| waivers.get(path, as_of).1);
    if let Some((faults, sources)) = faults_beside(named, args.baseline.as_ref().map(|path| baselines.get(path))) {
        write_faults(faults, &sources, err)?;
        return Ok(Exit::Fault);
    }
    let new_baseline = match args.write_baseline.as_deref().map(NewBaseline::begin).transpose() {
        Ok(new) => new,
        Err(why) => return unwritten(why, err),
    };
    let outputs = match Outputs::begin(args, &run, as_of)? {
        Ok(outputs) => outputs,
        Err(why) => return unwritten(why, err),
    };
    let unpacked = Unpacked::default();
    let mut checking = Checking { args, as_of, rulesets, unpacked, configs, waivers, baselines, new_baseline, outputs };
    let mut exit = Exit::Passed;
    for found in paths {
        exit = exit.max(checking.one(found)?);
    }
    for notice in checking.waivers.notices() {
        writeln!(std::io::stderr().lock(), "warning: {}", visible(&notice))?;
    }
    if let Err(why) = checking.outputs.end()? {
        return Ok(exit.max(unwritten(why, err)?));
    }
    match checking.new_baseline.map(|new| write_baseline(new, exit)) {
        Some(Err(why)) => Ok(exit.max(unwritten(why, err)?)),
        Some(Ok(said)) => {
            writeln!(std::io::stderr().lock(), "{said}")?;
            Ok(exit)
        }
        None => Ok(exit),
    }
}

/// What is wrong with the first of the files beside manifests that has a fault.
fn faults_beside(waivers: Option<Rc<WaiverFile>>, baseline: Option<Rc<BaselineFile>>) -> Option<(Findings, Sources)> {
    let waivers = waivers.filter(|file| !file.faults.is_empty());
    let baseline = baseline.filter(|file| !file.faults.is_empty());
    waivers
        .map(|file| (file.faults.clone(), file.sources.clone()))
        .or_else(|| baseline.map(|file| (file.faults.clone(), file.sources.clone())))
}

/// Writes the baseline, and says so. What a manifest with a fault has outstanding is known to nobody: then nothing is written.
fn write_baseline(new: NewBaseline, exit: Exit) -> Result<String, Unwritten> {
    if exit >= Exit::Fault {
        return Ok("the baseline was not written, since not everything could be checked".to_owned());
    }
    new.write()
}

/// A check that is going on.
struct Checking<'a> {
    args: &'a CheckArgs,
    as_of: Date,
    /// The rulesets used so far. One that was asked for in a folder is the first, and the only one.
    rulesets: Vec<Under>,
    unpacked: Unpacked,
    configs: Configs,
    waivers: WaiverFiles,
    baselines: Baselines,
    /// The baseline to write.
    new_baseline: Option<NewBaseline>,
    outputs: Outputs,
}

/// A ruleset that manifests are checked under.
struct Under {
    ruleset: &'static Ruleset,
    evaluator: Evaluator<'static>,
    notices: Vec<String>,
}

impl Under {
    fn new(ruleset: &'static Ruleset, notices: Vec<String>) -> Self {
        Self { ruleset, evaluator: Evaluator::new(ruleset), notices }
    }
}

impl Checking<'_> {
    /// Checks one manifest.
    fn one(&mut self, found: Found) -> anyhow::Result<Exit> {
        let name = found.path.to_string_lossy();
        let config = self.configs.of(&found.path);
        if let Some(file) = config.as_ref().filter(|file| !file.faults.is_empty()) {
            return self.faults(&name, file.faults.clone(), &file.sources, &Shared::default());
        }
        let settings = Settings::of(self.args, config.as_deref());
        if let Some((faults, sources)) = self.faults_beside(&settings) {
            return self.faults(&name, faults, &sources, &Shared::default());
        }
        let mut findings = Findings::new();
        let (mut sources, shared) = self.shared(&found.path, &settings);
        let bytes = match found.fault {
            Some(finding) => Err(finding),
            None => system::read(&found.path, system::Input::Manifest),
        };
        let manifest = match bytes {
            Ok(bytes) => read_manifest(&bytes, &name, &mut sources, &mut findings),
            Err(finding) => {
                findings.push(*finding);
                None
            }
        };
        let Some(mut manifest) = manifest else { return self.faults(&name, findings, &sources, &shared) };
        manifest.share(shared.waivers.clone());
        if let Some(at) = self.under(&manifest, &settings, &mut findings)?
            && let Some(under) = self.rulesets.get_mut(at)
        {
            let checked = check(&mut under.evaluator, &manifest, self.as_of, &sources, &mut findings);
            if let Some(checked) = checked.filter(|_| findings.is_empty()) {
                self.used(&shared, Some(&checked));
                let one =
                    One { path: &name, settings: &settings, manifest: &manifest, sources: &sources, checked: &checked };
                return self.report(&one, at);
            }
        }
        self.faults(&name, findings, &sources, &shared)
    }

    /// What is wrong with a file that the settings of a manifest name: without it, nothing true can be said of the manifest.
    fn faults_beside(&mut self, settings: &Settings) -> Option<(Findings, Sources)> {
        let waivers = settings.waivers.as_ref().map(|path| self.waivers.get(path, self.as_of).1);
        faults_beside(waivers, settings.baseline.as_ref().map(|path| self.baselines.get(path)))
    }

    /// The waivers that stand elsewhere and are for a manifest, and the file that they stand in.
    fn shared(&mut self, path: &Path, settings: &Settings) -> (Sources, Shared) {
        let Some(file) = &settings.waivers else { return (Sources::new(), Shared::default()) };
        let (number, file) = self.waivers.get(file, self.as_of);
        (file.sources.clone(), Shared { file: Some(number), waivers: file.of(path) })
    }

    fn used(&mut self, shared: &Shared, checked: Option<&Checked>) {
        if let Some(number) = shared.file {
            self.waivers.used(number, &shared.waivers, checked);
        }
    }

    fn faults(&mut self, name: &str, findings: Findings, sources: &Sources, shared: &Shared) -> anyhow::Result<Exit> {
        self.used(shared, None);
        self.outputs.faults(name, findings, sources)?;
        Ok(Exit::Fault)
    }

    /// The position of the ruleset that a manifest is checked under.
    fn under(
        &mut self,
        manifest: &UncheckedManifest,
        settings: &Settings,
        findings: &mut Findings,
    ) -> anyhow::Result<Option<usize>> {
        if self.args.ruleset.rules.is_some() {
            return Ok(Some(0));
        }
        // A pin is the manifest's own: a configuration speaks only where there is none.
        let usual = settings.ruleset.clone().filter(|_| self.args.ruleset.ruleset.is_none() && !manifest.has_pin());
        let usual = usual.map(|ruleset| RulesetArgs { ruleset: Some(ruleset), rules: None });
        let asked = usual.as_ref().unwrap_or(&self.args.ruleset);
        let found = self.unpacked.of_manifest(asked, manifest, self.as_of, findings)?;
        let Some((bundled, ruleset)) = found else { return Ok(None) };
        if let Some(at) = self.rulesets.iter().position(|under| std::ptr::eq(under.ruleset, ruleset)) {
            return Ok(Some(at));
        }
        self.rulesets.push(Under::new(ruleset, notices::of_bundled(bundled)));
        Ok(Some(self.rulesets.len() - 1))
    }

    /// Reports the advice on a manifest.
    fn report(&mut self, one: &One<'_>, at: usize) -> anyhow::Result<Exit> {
        let Some(under) = self.rulesets.get_mut(at) else { return Ok(Exit::Internal) };
        let One { path, settings, manifest, sources, checked } = *one;
        let waivers = waiver_findings(under.ruleset, checked, self.as_of);
        let mut notices = notices::all(&under.notices, under.ruleset, checked, &waivers, sources, self.as_of);
        let fail_on = settings.fail_on;
        let mut findings: Vec<Vec<RuleFinding>> = Vec::new();
        if self.outputs.want_places() || settings.baseline.is_some() || self.new_baseline.is_some() {
            let evaluator = &mut under.evaluator;
            findings.extend(checked.flows.iter().map(|flow| rule_findings(evaluator, manifest, flow)));
        }
        if let Some(new) = &mut self.new_baseline {
            new.add(under.ruleset, checked, &findings, Path::new(path));
        }
        let would_fail = fail_on.fails(checked.outcome());
        let since = settings.baseline.as_ref().map(|path_of_baseline| {
            let file = self.baselines.get(path_of_baseline);
            let name = file.name_of(Path::new(path));
            let since = since(under.ruleset, checked, &mut findings, &file.baseline, &name, fail_on);
            if !checked.is_screened() {
                notices.extend(file.notices(&since, checked.outcome(), would_fail));
            }
            since
        });
        let failed = since.as_ref().map_or(would_fail, |since| since.fails);
        // Whoever reads that it passes must know that a file of the repository made it pass.
        if let Some(at) = settings.milder.as_ref().filter(|_| !would_fail && FailOn::ActFirst.fails(checked.outcome()))
        {
            notices.push(format!("It passes only because {at} lets this outcome pass."));
        }
        let report = ManifestReport {
            path,
            as_of: self.as_of,
            checked,
            notices: &notices,
            waivers: &waivers,
            since: since.as_ref().filter(|_| !checked.is_screened()),
            findings: &findings,
            sources,
            fail_on,
            failed,
        };
        self.outputs.advice(&mut under.evaluator, &report)?;
        Ok(if failed { Exit::Failed } else { Exit::Passed })
    }
}

/// The waivers of a shared file that are for one manifest.
#[derive(Default)]
struct Shared {
    /// The number of the file.
    file: Option<usize>,
    waivers: Vec<UncheckedWaiver>,
}

/// A manifest that has advice.
#[derive(Clone, Copy)]
struct One<'a> {
    path: &'a str,
    settings: &'a Settings,
    manifest: &'a UncheckedManifest,
    sources: &'a Sources,
    checked: &'a Checked,
}
