//! `clearshare check`: advice on manifests.

mod args;
mod baseline;
mod inputs;
mod outputs;
mod settings;

use std::io::Write;
use std::path::Path;
use std::rc::Rc;

use clearshare::bundled::Bundled;
use clearshare::check::{Checked, FailOn, RuleFinding, rule_findings, since, waiver_findings};
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::model::Date;
use clearshare::report::ManifestReport;
use clearshare::ruleset::Ruleset;
use clearshare::text::{Sources, visible};

use super::manifests::{Manifests, OneManifest, Shared, Unread};
use super::place::unwritten;
use super::rulesets::{write_fault, write_faults};
use super::staged::Unwritten;
use super::waivers::WaiverFile;
use super::{Exit, notices, style, system};
pub(super) use args::{CheckArgs, Format};
use baseline::{BaselineFile, Baselines, NewBaseline};
use inputs::Found;
pub(super) use inputs::fixed_part;
use outputs::Outputs;
use settings::{Run, Settings};

/// Checks every manifest, and ends with the highest status of them.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    if args.stream.stream {
        return super::stream::run(args);
    }
    let as_of = args.as_of.unwrap_or_else(system::today);
    let err = style::err(&args.look);
    let Ok(mut manifests) = Manifests::new(&args.beside, &args.ruleset, as_of, err)? else { return Ok(Exit::Fault) };
    let here = manifests.configs.here();
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
    let mut baselines = Baselines::default();
    // Those that the command line names are for all manifests: with a fault in one, nothing is checked.
    let named = args.beside.waivers.as_ref().map(|path| manifests.waivers.get(path, as_of).1);
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
    let mut checking = Checking { args, as_of, manifests, rulesets: Vec::new(), baselines, new_baseline, outputs };
    let mut exit = Exit::Passed;
    for found in paths {
        exit = exit.max(checking.one(found)?);
    }
    for notice in checking.manifests.waivers.notices() {
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
    manifests: Manifests<'a>,
    /// The rulesets used so far.
    rulesets: Vec<Under>,
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

impl Checking<'_> {
    /// Checks one manifest.
    fn one(&mut self, found: Found) -> anyhow::Result<Exit> {
        let name = found.path.to_string_lossy();
        let opened = match self.manifests.open(&found.path, found.fault)? {
            Ok(opened) => opened,
            Err(unread) => return self.faults(&name, unread),
        };
        let settings = Settings::of(self.args, opened.config.as_deref());
        let baseline = settings.baseline.as_ref().map(|path| self.baselines.get(path));
        if let Some(file) = baseline.filter(|file| !file.faults.is_empty()) {
            // Without it, nothing true can be said of the manifest.
            return self.faults(&name, Unread::beside(&file.faults, &file.sources));
        }
        let at = self.under(opened.ruleset, opened.bundled);
        let Some(under) = self.rulesets.get_mut(at) else { return Ok(Exit::Internal) };
        match opened.check(&mut under.evaluator, self.as_of) {
            Ok(checked) => {
                self.used(&opened.shared, Some(&checked));
                self.report(&One { path: &name, settings: &settings, opened: &opened, checked: &checked }, at)
            }
            Err(findings) => {
                let OneManifest { sources, shared, .. } = opened;
                self.faults(&name, Unread { findings, sources, shared })
            }
        }
    }

    fn used(&mut self, shared: &Shared, checked: Option<&Checked>) {
        if let Some(number) = shared.file {
            self.manifests.waivers.used(number, &shared.waivers, checked);
        }
    }

    fn faults(&mut self, name: &str, unread: Unread) -> anyhow::Result<Exit> {
        self.used(&unread.shared, None);
        self.outputs.faults(name, unread.findings, &unread.sources)?;
        Ok(Exit::Fault)
    }

    /// The position of a ruleset among those used so far.
    fn under(&mut self, ruleset: &'static Ruleset, bundled: Option<&'static Bundled>) -> usize {
        if let Some(at) = self.rulesets.iter().position(|under| std::ptr::eq(under.ruleset, ruleset)) {
            return at;
        }
        let notices = bundled.map(notices::of_bundled).unwrap_or_default();
        self.rulesets.push(Under { ruleset, evaluator: Evaluator::new(ruleset), notices });
        self.rulesets.len() - 1
    }

    /// Reports the advice on a manifest.
    fn report(&mut self, one: &One<'_>, at: usize) -> anyhow::Result<Exit> {
        let Some(under) = self.rulesets.get_mut(at) else { return Ok(Exit::Internal) };
        let One { path, settings, opened: OneManifest { manifest, sources, .. }, checked } = *one;
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

/// A manifest that has advice.
#[derive(Clone, Copy)]
struct One<'a> {
    path: &'a str,
    settings: &'a Settings,
    opened: &'a OneManifest,
    checked: &'a Checked,
}
