//! `clearshare check`: advice on manifests.

mod args;
mod inputs;
mod outputs;

use clearshare::check::{Checked, FailOn, RuleFinding, RuleFindings, check};
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::manifest::{UncheckedManifest, read_manifest};
use clearshare::model::Date;
use clearshare::report::ManifestReport;
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

use super::place::unwritten;
use super::rulesets::{Unpacked, from_folder, write_fault};
use super::{Exit, notices, style, system};
pub(super) use args::CheckArgs;
use inputs::Found;
use outputs::Outputs;

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
    let paths = match inputs::find(&args.paths, &args.include) {
        Ok(paths) => paths,
        Err(finding) => {
            write_fault(&finding, &Sources::new(), err)?;
            return Ok(Exit::Fault);
        }
    };
    let outputs = match Outputs::begin(args, as_of)? {
        Ok(outputs) => outputs,
        Err(why) => return unwritten(why, err),
    };
    let mut checking = Checking { args, as_of, rulesets, unpacked: Unpacked::default(), outputs };
    let mut exit = Exit::Passed;
    for found in paths {
        exit = exit.max(checking.one(found)?);
    }
    match checking.outputs.end()? {
        Ok(()) => Ok(exit),
        Err(why) => Ok(exit.max(unwritten(why, err)?)),
    }
}

/// A check that is going on.
struct Checking<'a> {
    args: &'a CheckArgs,
    as_of: Date,
    /// The rulesets used so far. One that was asked for in a folder is the first, and the only one.
    rulesets: Vec<Under>,
    unpacked: Unpacked,
    outputs: Outputs,
}

/// A ruleset that manifests are checked under.
struct Under {
    ruleset: &'static Ruleset,
    evaluator: Evaluator<'static>,
    places: RuleFindings,
    notices: Vec<String>,
}

impl Under {
    fn new(ruleset: &'static Ruleset, notices: Vec<String>) -> Self {
        Self { ruleset, evaluator: Evaluator::new(ruleset), places: RuleFindings::new(ruleset), notices }
    }
}

impl Checking<'_> {
    /// Checks one manifest.
    fn one(&mut self, found: Found) -> anyhow::Result<Exit> {
        let name = found.path.to_string_lossy();
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
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
        let under = match &manifest {
            Some(manifest) => self.under(manifest, &mut findings)?,
            None => None,
        };
        if let (Some(manifest), Some(under)) = (&manifest, under)
            && let Some(under) = self.rulesets.get_mut(under)
        {
            let checked = check(&mut under.evaluator, manifest, self.as_of, &sources, &mut findings);
            if let Some(checked) = checked.filter(|_| findings.is_empty()) {
                return report(self.args, self.as_of, &name, manifest, &sources, &checked, under, &mut self.outputs);
            }
        }
        self.outputs.faults(&name, findings, &sources)?;
        Ok(Exit::Fault)
    }

    /// The position of the ruleset that a manifest is checked under.
    fn under(&mut self, manifest: &UncheckedManifest, findings: &mut Findings) -> anyhow::Result<Option<usize>> {
        if self.args.ruleset.rules.is_some() {
            return Ok(Some(0));
        }
        let found = self.unpacked.of_manifest(&self.args.ruleset, manifest, self.as_of, findings)?;
        let Some((bundled, ruleset)) = found else { return Ok(None) };
        if let Some(at) = self.rulesets.iter().position(|under| std::ptr::eq(under.ruleset, ruleset)) {
            return Ok(Some(at));
        }
        self.rulesets.push(Under::new(ruleset, notices::of_bundled(bundled)));
        Ok(Some(self.rulesets.len() - 1))
    }
}

/// Reports the advice on a manifest.
#[expect(clippy::too_many_arguments, reason = "one step of one loop, split off to be readable")]
fn report(
    args: &CheckArgs,
    as_of: Date,
    path: &str,
    manifest: &UncheckedManifest,
    sources: &Sources,
    checked: &Checked,
    under: &mut Under,
    outputs: &mut Outputs,
) -> anyhow::Result<Exit> {
    let notices = notices::all(&under.notices, under.ruleset, checked, as_of);
    let fail_on: FailOn = args.fail_on.into();
    let failed = fail_on.fails(checked.outcome());
    let mut findings: Vec<Vec<RuleFinding>> = Vec::new();
    if outputs.want_places() {
        let evaluator = &mut under.evaluator;
        findings.extend(checked.flows.iter().map(|flow| under.places.of(evaluator, manifest, flow)));
    }
    let report =
        ManifestReport { path, as_of, checked, notices: &notices, findings: &findings, sources, fail_on, failed };
    outputs.advice(&mut under.evaluator, &report)?;
    Ok(if failed { Exit::Failed } else { Exit::Passed })
}
