//! `clearshare rules verify`: a ruleset proved sound over every combination of answers.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clearshare::bundled;
use clearshare::model::Date;
use clearshare::report::verify::{Verdict, VerifyReport, json, text};
use clearshare::report::{Detail, Ink};
use clearshare::verify::{Verification, verify};

use super::target::{Opened, Target, open, target};
use crate::cli::args::{LookArgs, date};
use crate::cli::output::OutputArgs;
use crate::cli::place::{check_folder, make_folder, unwritten, write_new};
use crate::cli::staged::Unwritten;
use crate::cli::{Exit, style, system};

/// Prove a ruleset sound over every combination of answers
///
/// Exit status: 0 when everything is proved, whatever advice there is; 1 when something is found, or is not proved; 2 when
/// the ruleset or the command line has a fault; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct VerifyArgs {
    /// The ruleset, or the folder that holds one; without it, the newest inside clearshare
    #[arg(value_name = "RULESET|DIR", value_parser = target, conflicts_with = "all")]
    target: Option<Target>,
    /// Prove every ruleset inside clearshare, each as at the day its law was read
    #[arg(long, conflicts_with = "write_witnesses")]
    all: bool,
    /// The date of the proof, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t = VerifyFormat::Text)]
    format: VerifyFormat,
    /// Also write each exchange that shows something as a manifest in this folder
    #[arg(long, value_name = "DIR")]
    write_witnesses: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
    /// As text, write the verdict alone
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Also write every piece of advice
    #[arg(short, long)]
    verbose: bool,
    #[command(flatten)]
    look: LookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum VerifyFormat {
    /// For people
    Text,
    /// For programs: clearshare-verification/1
    Json,
}

/// A ruleset with what was proved of it.
struct Proved {
    opened: Opened,
    folder: Option<String>,
    as_of: Date,
    verification: Verification,
}

impl Proved {
    fn report(&self) -> VerifyReport<'_> {
        VerifyReport {
            ruleset: &self.opened.ruleset,
            sources: &self.opened.sources,
            folder: self.folder.as_deref(),
            as_of: self.as_of,
            verification: &self.verification,
        }
    }
}

/// Proves them.
pub(super) fn run(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let targets: Vec<Option<Target>> = if args.all {
        bundled::all().iter().map(|bundled| Some(Target::Inside(bundled.reference()))).collect()
    } else {
        vec![args.target.clone()]
    };
    if let Some(folder) = &args.write_witnesses
        && let Err(why) = check_folder(folder)
    {
        return unwritten(why, err);
    }
    let mut all = Vec::with_capacity(targets.len());
    for target in &targets {
        match prove(args, target.as_ref(), err)? {
            Ok(proved) => all.push(proved),
            Err(exit) => return Ok(exit),
        }
    }
    let reports: Vec<VerifyReport<'_>> = all.iter().map(Proved::report).collect();
    if let Err(why) = args.output.write(&written(args, &reports)?)? {
        return unwritten(why, err);
    }
    if let Some(folder) = &args.write_witnesses {
        for report in &reports {
            if let Err(why) = write_witnesses(folder, report) {
                return unwritten(why, err);
            }
        }
    }
    let proved = reports.iter().all(|report| report.verdict() == Verdict::Proved);
    Ok(if proved { Exit::Passed } else { Exit::Failed })
}

fn prove(args: &VerifyArgs, target: Option<&Target>, err: Ink) -> anyhow::Result<Result<Proved, Exit>> {
    let Ok(opened) = open(target, args.as_of.unwrap_or_else(system::today), err)? else { return Ok(Err(Exit::Fault)) };
    if let Err(why) = args.output.check([opened.folder.as_deref()]) {
        return Ok(Err(unwritten(why, err)?));
    }
    // A ruleset that was replaced is never read again, so its sources are only judged as at its own day: that of its law, or,
    // if it was written afterwards, the day on which the last of them was read.
    let read = opened.ruleset.sources().iter().map(|(_, source)| source.read_on);
    let own = read.chain([opened.ruleset.info().law_as_at]).max().filter(|_| args.all);
    let as_of = args.as_of.or(own).unwrap_or_else(system::today);
    let verification = verify(&opened.ruleset, as_of);
    let folder = opened.folder.as_ref().map(|folder| folder.to_string_lossy().into_owned());
    Ok(Ok(Proved { opened, folder, as_of, verification }))
}

fn written(args: &VerifyArgs, reports: &[VerifyReport<'_>]) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    match args.format {
        VerifyFormat::Json => json::render(&mut out, reports)?,
        VerifyFormat::Text => {
            let detail = match (args.quiet, args.verbose) {
                (true, _) => Detail::Quiet,
                (false, true) => Detail::Verbose,
                (false, false) => Detail::Normal,
            };
            for (at, report) in reports.iter().enumerate() {
                if at > 0 && detail != Detail::Quiet {
                    writeln!(out)?;
                }
                text::render(&mut out, report, detail, args.output.ink(&args.look))?;
            }
        }
    }
    Ok(out)
}

/// Writes each exchange that shows something as a manifest. Nothing is written where a file of one of the names is there.
fn write_witnesses(folder: &Path, report: &VerifyReport<'_>) -> Result<(), Unwritten> {
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for seen in &report.verification.observations {
        let code = seen.finding.code();
        let comment = format!("This shows {}[{code}]: {}", code.severity().as_str(), seen.finding.message());
        let Some(manifest) = report.manifest(seen, &[&comment]) else { continue };
        files.push((folder.join(format!("{:03}-{code}.yaml", files.len() + 1)), manifest));
    }
    if files.is_empty() {
        return Ok(());
    }
    let _folders = make_folder(folder)?;
    write_new(&files)
}
