//! `clearshare record new`: a decision, recorded.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clearshare::check::{Checked, FailOn};
use clearshare::engine::Evaluator;
use clearshare::model::Date;
use clearshare::report::{Detail, Ink, ManifestReport, text};
use clearshare::text::Sources;

use super::advice_args::AdviceArgs;
use super::keep::Target;
use super::said::DecisionArgs;
use super::take::Taking;
use crate::cli::patient_writer::PatientWriter;
use crate::cli::place::unwritten;
use crate::cli::{Exit, style};

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
    advice: AdviceArgs,
}

/// Records a decision.
pub(super) fn run(args: &NewArgs) -> anyhow::Result<Exit> {
    args.advice.on_manifest(&args.manifest, args.advice.days(), |evaluator, ground| {
        let target = Target::new(args.output.as_deref(), &args.manifest);
        if let Err(why) = target.check(args.advice.ruleset.rules.as_deref()) {
            return unwritten(why, style::err(&args.advice.look));
        }
        let taking = Taking {
            ground,
            args: &args.decision,
            old: None,
            target: &target,
            look: &args.advice.look,
            input_is_taken: args.manifest.as_os_str() == "-",
        };
        taking.run(evaluator)
    })
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
        ruleset: evaluator.ruleset(),
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
