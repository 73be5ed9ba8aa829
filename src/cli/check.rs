//! `clearshare check`: advice on manifests.

use std::io::{BufWriter, Write};
use std::path::Path;

use clearshare::bundled;
use clearshare::check::{FailOn, check};
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::manifest::{UncheckedManifest, read_manifest};
use clearshare::model::Date;
use clearshare::report::{Detail, Ink, ManifestReport, json, text};
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::Sources;

use super::args::{CheckArgs, Format, RulesetArgs};
use super::patient_writer::PatientWriter;
use super::rulesets::{Unpacked, from_folder, write_faults};
use super::{Exit, notices, style, system};

/// Checks every manifest, and ends with the highest status of them.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let as_of = args.as_of.unwrap_or_else(system::today);
    let err = style::err(&args.look);
    let folder = match &args.ruleset.rules {
        Some(folder) => match from_folder(folder, err)? {
            Ok(ruleset) => Some(ruleset),
            Err(_) => return Ok(Exit::Fault),
        },
        None => None,
    };
    let mut rulesets = Unpacked::default();
    let mut out = BufWriter::new(PatientWriter::new(std::io::stdout().lock()));
    let mut writer = Writer::new(args, as_of, &mut out);
    writer.begin()?;
    let mut exit = Exit::Passed;
    for path in &args.manifests {
        exit = exit.max(one(args, path, as_of, folder.as_ref(), &mut rulesets, &mut writer)?);
    }
    writer.end()?;
    out.flush()?;
    Ok(exit)
}

/// Checks one manifest.
fn one(
    args: &CheckArgs,
    path: &Path,
    as_of: Date,
    folder: Option<&Ruleset>,
    rulesets: &mut Unpacked,
    writer: &mut Writer<'_>,
) -> anyhow::Result<Exit> {
    let name = path.to_string_lossy();
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = match system::read(path, system::Input::Manifest) {
        Ok(bytes) => read_manifest(&bytes, &name, &mut sources, &mut findings),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    };
    let Some(manifest) = manifest else { return writer.faults(&name, findings, &sources) };
    if let Some(ruleset) = folder {
        let mut evaluator = Evaluator::new(ruleset);
        return evaluate(&mut evaluator, &manifest, &name, as_of, &sources, findings, &[], writer);
    }
    let chosen = match wanted(&args.ruleset, &manifest, as_of) {
        Ok((reference, place)) => rulesets.get(&reference, as_of, place)?,
        Err(finding) => Err(finding),
    };
    let at = match chosen {
        Ok(at) => at,
        Err(finding) => {
            // A pin that cannot be read is a fault already.
            if finding.code() != Code::NotPinned || !manifest.has_pin() {
                findings.push(*finding);
            }
            return writer.faults(&name, findings, &sources);
        }
    };
    let Some((bundled, ruleset)) = rulesets.ruleset(at) else { anyhow::bail!("the ruleset was not unpacked") };
    let notices = notices::of_bundled(bundled);
    let mut evaluator = Evaluator::new(ruleset);
    evaluate(&mut evaluator, &manifest, &name, as_of, &sources, findings, &notices, writer)
}

/// The ruleset asked for on the command line, or else the one that the manifest pins.
pub(super) fn wanted(
    args: &RulesetArgs,
    manifest: &UncheckedManifest,
    as_of: Date,
) -> Result<(Reference, Option<clearshare::text::Place>), Box<Finding>> {
    if let Some(reference) = &args.ruleset {
        return Ok((reference.clone(), None));
    }
    if let Some((reference, place)) = &manifest.pin {
        return Ok((reference.clone(), Some(*place)));
    }
    let finding =
        Finding::new(Code::NotPinned, "this manifest does not say which ruleset it is for").at(manifest.start());
    let id = bundled::all().last().map_or("", |bundled| bundled.id);
    let help = match bundled::covering(id, as_of) {
        Some(bundled) => format!("add `ruleset: {}`", bundled.reference()),
        None => "add `ruleset:` with one that `clearshare rules list` shows".to_owned(),
    };
    Err(Box::new(finding.help(help)))
}

#[expect(clippy::too_many_arguments, reason = "one step of one loop, split off to be readable")]
fn evaluate(
    evaluator: &mut Evaluator<'_>,
    manifest: &UncheckedManifest,
    path: &str,
    as_of: Date,
    sources: &Sources,
    mut findings: Findings,
    notices: &[String],
    writer: &mut Writer<'_>,
) -> anyhow::Result<Exit> {
    let checked = check(evaluator, manifest, as_of, sources, &mut findings);
    match checked {
        Some(checked) if findings.is_empty() => {
            let notices = notices::all(notices, evaluator.ruleset(), &checked, as_of);
            writer.advice(evaluator, &ManifestReport { path, as_of, checked: &checked, notices: &notices })
        }
        _ => writer.faults(path, findings, sources),
    }
}

/// Writes results in the format asked for. Faults go to standard error, and in JSON to standard output as well.
struct Writer<'a> {
    out: &'a mut dyn Write,
    format: Format,
    detail: Detail,
    fail_on: FailOn,
    ink: Ink,
    err: Ink,
    as_of: Date,
    json: Option<json::Writer>,
    first: bool,
}

impl<'a> Writer<'a> {
    fn new(args: &CheckArgs, as_of: Date, out: &'a mut dyn Write) -> Self {
        let detail = match (args.quiet, args.verbose) {
            (true, _) => Detail::Quiet,
            (false, true) => Detail::Verbose,
            (false, false) => Detail::Normal,
        };
        Self {
            out,
            format: args.format,
            detail,
            fail_on: args.fail_on.into(),
            ink: style::out(&args.look),
            err: style::err(&args.look),
            as_of,
            json: None,
            first: true,
        }
    }

    fn begin(&mut self) -> anyhow::Result<()> {
        if self.format == Format::Json {
            self.json = Some(json::Writer::begin(self.out, self.as_of)?);
        }
        Ok(())
    }

    fn end(&mut self) -> anyhow::Result<()> {
        match self.json.take() {
            Some(json) => Ok(json.end(self.out)?),
            None => Ok(()),
        }
    }

    fn advice(&mut self, evaluator: &mut Evaluator<'_>, report: &ManifestReport<'_>) -> anyhow::Result<Exit> {
        let failed = self.fail_on.fails(report.checked.outcome());
        if let Some(json) = &mut self.json {
            json.advice(self.out, evaluator, report, failed)?;
        } else {
            if !std::mem::take(&mut self.first) && self.detail != Detail::Quiet {
                writeln!(self.out)?;
            }
            text::render(self.out, evaluator, report, self.detail, self.ink)?;
        }
        Ok(if failed { Exit::Failed } else { Exit::Passed })
    }

    fn faults(&mut self, path: &str, findings: Findings, sources: &Sources) -> anyhow::Result<Exit> {
        if let Some(json) = &mut self.json {
            json.faults(self.out, path, &findings.clone().into_sorted(), sources)?;
        }
        // So that what is said of one manifest stays before what is said of the next.
        self.out.flush()?;
        write_faults(findings, sources, self.err)?;
        Ok(Exit::Fault)
    }
}
