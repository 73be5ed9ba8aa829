//! `clearshare record new`: a decision, recorded.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clearshare::check::{Checked, FailOn};
use clearshare::engine::Evaluator;
use clearshare::model::Date;
use clearshare::record::{sha256, v1};
use clearshare::report::{Detail, Ink, ManifestReport, text};
use clearshare::text::Sources;

use super::keep::{Ground, Target};
use super::said::DecisionArgs;
use super::take::Taking;
use crate::cli::args::{LookArgs, RulesetArgs, date};
use crate::cli::manifests::{BesideArgs, OneManifest};
use crate::cli::patient_writer::PatientWriter;
use crate::cli::place::unwritten;
use crate::cli::{Exit, style, system};

/// Record a decision on a manifest, with the advice and everything that was known
///
/// The decision is taken from a file, from options, or, where neither says anything, it is asked in the terminal. Nothing that the
/// advice forbids can be recorded as shared. A record is never written over another file.
///
/// Exit status: 0 when the record is written; 1 when the safety check ends the questions, so that nothing is written; 2 when an
/// input has a fault, or the advice does not allow the decision; 3 when clearshare itself fails; 130 when interrupted, with nothing
/// written.
#[derive(Debug, Args)]
pub(in crate::cli) struct NewArgs {
    /// The manifest; `-` reads standard input
    #[arg(value_name = "MANIFEST")]
    manifest: PathBuf,
    #[command(flatten)]
    decision: DecisionArgs,
    /// The new file to write, or a folder for it [default: beside the manifest, with a name like its own]; `-` writes to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    ruleset: RulesetArgs,
    /// The date of the advice, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    beside: BesideArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Records a decision.
pub(super) fn run(args: &NewArgs) -> anyhow::Result<Exit> {
    let today = system::today();
    let as_of = args.as_of.unwrap_or(today);
    let err = style::err(&args.look);
    let Ok(opened) = OneManifest::open(&args.manifest, &args.beside, &args.ruleset, as_of, err)? else {
        return Ok(Exit::Fault);
    };
    let mut evaluator = Evaluator::new(opened.ruleset);
    let Ok(checked) = opened.checked(&mut evaluator, as_of, err)? else { return Ok(Exit::Fault) };
    if checked.is_screened() {
        return screened(&mut evaluator, &args.manifest, &checked, as_of, style::out(&args.look));
    }
    let target = Target::new(args.output.as_deref(), &args.manifest);
    if let Err(why) = target.check(args.ruleset.rules.as_deref()) {
        return unwritten(why, err);
    }
    let ground = Ground {
        ruleset: opened.ruleset,
        bundled: opened.bundled,
        checked: &checked,
        sources: &opened.sources,
        manifest: manifest(&args.manifest, &opened.bytes),
        as_of,
        today,
    };
    let taking = Taking {
        ground: &ground,
        args: &args.decision,
        old: None,
        target: &target,
        look: &args.look,
        input_is_taken: args.manifest.as_os_str() == "-",
    };
    taking.run(&mut evaluator)
}

/// What a record keeps of the manifest that its facts come from.
pub(super) fn manifest(path: &Path, bytes: &[u8]) -> v1::Manifest {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    v1::Manifest { name, sha256: sha256(bytes) }
}

/// What `check` says where the safety screen ends the questions. Nothing is recorded.
pub(super) fn screened(
    evaluator: &mut Evaluator<'_>,
    path: &Path,
    checked: &Checked,
    as_of: Date,
    ink: Ink,
) -> anyhow::Result<Exit> {
    let report = ManifestReport {
        path: &path.to_string_lossy(),
        as_of,
        checked,
        notices: &[],
        waivers: &[],
        since: None,
        findings: &[],
        sources: &Sources::new(),
        fail_on: FailOn::ActFirst,
        failed: true,
    };
    let mut out = PatientWriter::new(std::io::stdout().lock());
    text::render(&mut out, evaluator, &report, Detail::Normal, ink)?;
    out.flush()?;
    Ok(Exit::Failed)
}
