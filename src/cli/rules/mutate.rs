//! `clearshare rules mutate`: which wrong rules the cases would not notice.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ValueEnum;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::model::Date;
use clearshare::mutate::{ALLOWANCE, Only, Settings, drafts, mutate};
use clearshare::report::mutate::{MutationReport, drafts, json, text};
use clearshare::ruleset::Parts;
use clearshare::text::{Sources, nearest, quoted};

use super::target::{Opened, Target, open, target};
use crate::cli::args::{LookArgs, date};
use crate::cli::patient_writer::PatientWriter;
use crate::cli::rulesets::{write_fault, write_faults};
use crate::cli::{Exit, style, system};

/// With fewer changes, nobody waits so long that lines about it would help.
const LONG: usize = 1_000;

/// Show which wrong rules the cases would not notice
///
/// Makes each single change to the rules (a test dropped or negated, an option swapped, a level changed and so on). Each is
/// either caught by a case, or proved to change nothing, or survives: it is then listed with facts that show it, for a new
/// case.
///
/// Exit status: 0 when no change survives; 1 when more do, or are not proved, than --fail-under allows, or when a case fails;
/// 2 when the ruleset or the command line has a fault; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct MutateArgs {
    /// The ruleset, or the folder that holds one; without it, the newest inside clearshare
    #[arg(value_name = "RULESET|DIR", value_parser = target)]
    target: Option<Target>,
    /// Change only this rule, question, option, derived fact or myth, or only what stands in this file; may be given several
    /// times
    #[arg(long, value_name = "ID|FILE")]
    only: Vec<String>,
    /// How to write the results
    #[arg(long, value_enum, default_value_t = MutateFormat::Text)]
    format: MutateFormat,
    /// Write drafts of cases that would catch what survives into this folder, for a person to judge
    #[arg(long, value_name = "DIR")]
    write_cases: Option<PathBuf>,
    /// The least share of the changes that matter that must be caught, in per cent
    #[arg(long, value_name = "PERCENT", default_value_t = 100, value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: u8,
    /// Write only how many changes came to what
    #[arg(short, long)]
    quiet: bool,
    /// The date of the advice on the facts that show a change [default: that of the ruleset's law]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    look: LookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MutateFormat {
    /// For people
    Text,
    /// For programs: clearshare-mutation/1
    Json,
}

/// Tries them.
pub(super) fn run(args: &MutateArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let Ok(opened) = open(args.target.as_ref(), system::today(), err)? else { return Ok(Exit::Fault) };
    let Opened { ruleset, cases, sources, .. } = &opened;
    let only = Only(args.only.clone());
    if let Err(findings) = known(&only, ruleset.parts()) {
        write_faults(findings, &Sources::new(), err)?;
        return Ok(Exit::Fault);
    }
    let terminal = std::io::stderr().is_terminal() && !args.look.plain;
    let progress = Progress { terminal, told: AtomicUsize::new(0) };
    let progress = |done: usize, total: usize| progress.show(done, total);
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let as_of = args.as_of.unwrap_or(ruleset.info().law_as_at);
    let mutation =
        mutate(ruleset, cases, &only, &Settings { as_of, workers, allowance: ALLOWANCE, progress: &progress });
    let report = MutationReport { ruleset, sources, cases, mutation: &mutation, least: args.fail_under };
    let mut out = BufWriter::new(PatientWriter::new(std::io::stdout().lock()));
    match args.format {
        MutateFormat::Text => text::render(&mut out, &report, args.quiet, style::out(&args.look))?,
        MutateFormat::Json => json::render(&mut out, &report)?,
    }
    out.flush()?;
    if let Some(folder) = &args.write_cases
        && let Err(finding) = write_cases(folder, &report)
    {
        write_fault(&finding, &Sources::new(), err)?;
        return Ok(Exit::Fault);
    }
    Ok(if report.passed() { Exit::Passed } else { Exit::Failed })
}

/// Writes drafts of cases for what survives, a file for each file of the ruleset, none where one of them is there already.
fn write_cases(folder: &Path, report: &MutationReport<'_>) -> Result<(), Box<Finding>> {
    let (drafts, without) = drafts(report.ruleset, report.mutation);
    let files: Vec<(PathBuf, String)> =
        drafts::files(report, &drafts).into_iter().map(|(name, text)| (folder.join(name), text)).collect();
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        let finding = Finding::new(Code::FileExists, format!("{} is there already", quoted(&path.to_string_lossy())))
            .help("nothing was written: name another folder, or take the old files out");
        return Err(Box::new(finding));
    }
    if let (false, Err(error)) = (files.is_empty(), std::fs::create_dir_all(folder)) {
        let message = format!("the folder {} cannot be made: {}", quoted(&folder.to_string_lossy()), error.kind());
        return Err(Box::new(Finding::new(Code::CannotWrite, message).help("choose another place")));
    }
    files.iter().try_for_each(|(path, text)| system::write_new(path, text))?;
    let (drafts, files) = (drafts.len(), files.len());
    eprintln!("{drafts} drafts of cases written into {files} files; put your judgement in place of every TO-DO.");
    if without > 0 {
        eprintln!("{without} changes that survive have no draft: the list says what shows them.");
    }
    Ok(())
}

/// Whether every name given is that of something.
fn known(only: &Only, parts: &Parts) -> Result<(), Findings> {
    let mut findings = Findings::new();
    for name in only.unknown(parts) {
        let finding = Finding::new(Code::UnknownName, format!("the ruleset has no {}", quoted(name)));
        findings.push(match nearest(name, Only::names(parts)) {
            Some(near) => finding.help(format!("did you mean {}?", quoted(near))),
            None => {
                finding.help("name a rule, question, option, derived fact or myth, or a file such as `derived.yaml`")
            }
        });
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// Shows on standard error how far it is.
struct Progress {
    /// Whether one line can be written over.
    terminal: bool,
    /// How many tenths were told.
    told: AtomicUsize,
}

impl Progress {
    fn show(&self, done: usize, total: usize) {
        let mut err = std::io::stderr().lock();
        let tenth = (10 * done).checked_div(total).unwrap_or_default();
        // Nobody is helped by a fault that says that progress could not be shown.
        let _ = if self.terminal {
            let end = if done == total { "\r\x1b[K" } else { "" };
            write!(err, "\r{done} of {total} changes tried{end}").and_then(|()| err.flush())
        } else if total >= LONG && self.told.fetch_max(tenth, Ordering::Relaxed) < tenth {
            writeln!(err, "{done} of {total} changes tried")
        } else {
            Ok(())
        };
    }
}
