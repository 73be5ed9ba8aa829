//! `clearshare check`: advice on manifests.

mod args;
mod baseline;
mod checker;
mod in_order;
mod inputs;
mod outputs;
mod settings;

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use clearshare::check::Wanted;
use clearshare::finding::Findings;
use clearshare::text::{Sources, visible};

use super::manifests::Manifests;
use super::place::unwritten;
use super::rulesets::{write_fault, write_faults};
use super::staged::Unwritten;
use super::system::processors;
use super::waivers::WaiverFile;
use super::{Exit, style, system};
pub(super) use args::{CheckArgs, Format};
use baseline::{BaselineFile, Baselines, NewBaseline};
use checker::{Came, Checker, Common, Faults};
use in_order::in_order;
pub(super) use inputs::fixed_part;
use outputs::Outputs;
use settings::Run;

/// How many manifests are worth a thread.
const EACH: usize = 4;

/// Checks every manifest, and ends with the highest status of them.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    if args.stream.stream {
        return super::stream::run(args);
    }
    let as_of = args.as_of.unwrap_or_else(system::today);
    let err = style::err(&args.look);
    let Ok(manifests) = Manifests::new(&args.beside, &args.ruleset, as_of, err)? else { return Ok(Exit::Fault) };
    let here = manifests.read().configs.here();
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
    let named = args.beside.waivers.as_ref().map(|path| manifests.read().waivers.get(path, as_of).1);
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
    // What is said of configurations comes first, whichever thread is the first to want one.
    for found in &paths {
        manifests.read().configs.of(&found.path);
    }
    let wanted = outputs.wanted().max(new_baseline.is_some().then_some(Wanted::HoldingUp));
    let baselines = Mutex::new(baselines);
    let common = Common { args, as_of, manifests, baselines, drafters: outputs.drafters(), wanted };
    let mut checking = Checking { common: &common, new_baseline, outputs, exit: Exit::Passed };
    let threads = threads(paths.len());
    in_order(paths, threads, || Checker::new(&common), Checker::one, |came| checking.take(came))?;
    for notice in common.manifests.read().waivers.notices() {
        writeln!(std::io::stderr().lock(), "warning: {}", visible(&notice))?;
    }
    let exit = checking.exit;
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
fn faults_beside(waivers: Option<Arc<WaiverFile>>, baseline: Option<Arc<BaselineFile>>) -> Option<(Findings, Sources)> {
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
struct Checking<'c> {
    common: &'c Common<'c>,
    /// The baseline to write.
    new_baseline: Option<NewBaseline>,
    outputs: Outputs,
    /// The highest status so far.
    exit: Exit,
}

impl Checking<'_> {
    /// Reports what came of a manifest, when all before it were reported.
    fn take(&mut self, came: anyhow::Result<Came>) -> anyhow::Result<()> {
        let Came { path, shared, result } = came?;
        let checked = result.as_ref().ok().map(|advised| &advised.checked);
        if let Some(number) = shared.file {
            self.common.manifests.read().waivers.used(number, &shared.waivers, checked);
        }
        let exit = match result {
            Err(Faults { findings, sources }) => {
                self.outputs.faults(&path, findings, &sources)?;
                Exit::Fault
            }
            Ok(advised) => {
                if let Some(new) = &mut self.new_baseline {
                    new.add(advised.ruleset, &advised.checked, &advised.findings, Path::new(&path));
                }
                self.outputs.advice(&advised.report(&path, self.common.as_of), &advised.drafts)?;
                if advised.failed { Exit::Failed } else { Exit::Passed }
            }
        };
        self.exit = self.exit.max(exit);
        Ok(())
    }
}

/// How many threads check so many manifests: none is begun for a few.
fn threads(manifests: usize) -> usize {
    processors().min(manifests.div_ceil(EACH))
}
