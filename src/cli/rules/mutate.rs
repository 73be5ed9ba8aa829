//! `clearshare rules mutate`: which wrong rules the cases would not notice.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ValueEnum;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::model::Date;
use clearshare::mutate::{ALLOWANCE, Only, Settings, drafts, mutate};
use clearshare::report::mutate::{MutationReport, drafts, json, text};
use clearshare::ruleset::Parts;
use clearshare::text::{Sources, counted, nearest, quoted};

use super::target::{Opened, Target, open, target};
use crate::cli::args::{LookArgs, date, percent};
use crate::cli::output::OutputArgs;
use crate::cli::place::{check_folder, make_folder, unwritten, write_new};
use crate::cli::rulesets::write_faults;
use crate::cli::staged::{Unwritten, exists};
use crate::cli::{Exit, style, system};

/// With fewer changes, nobody waits so long that lines about it would help.
const LONG: usize = 1_000;

/// Show which wrong rules the cases would not notice
///
/// Makes each single change to the rules (a test dropped or negated, an option swapped, a level changed and so on). Each is
/// either caught by a case, or proved to change nothing, or survives: it is then listed with facts that show it, for a new
/// case.
///
/// Exit status: 0 when no change survives; 1 when more do, or are not proved, than --fail-under allows, when a case fails, or
/// when there is nothing to change; 2 when the ruleset or the command line has a fault; 3 when clearshare itself fails.
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
    #[command(flatten)]
    output: OutputArgs,
    /// The least share of the changes that matter that must be caught, in per cent
    #[arg(long, value_name = "PERCENT", default_value_t = 100, value_parser = percent)]
    fail_under: u8,
    /// As text, write only how many changes came to what
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
    if let Err(why) = check_places(args, &opened) {
        return unwritten(why, err);
    }
    let terminal = std::io::stderr().is_terminal() && !args.look.plain;
    let progress = Progress { terminal, told: AtomicUsize::new(0) };
    let progress = |done: usize, total: usize| progress.show(done, total);
    let workers = system::processors();
    let as_of = args.as_of.unwrap_or(ruleset.info().law_as_at);
    let mutation =
        mutate(ruleset, cases, &only, &Settings { as_of, workers, allowance: ALLOWANCE, progress: &progress });
    let report = MutationReport { ruleset, sources, cases, mutation: &mutation, least: args.fail_under };
    if let Err(why) = args.output.write(&written(args, &report)?)? {
        return unwritten(why, err);
    }
    if let Some(folder) = &args.write_cases
        && let Err(why) = write_cases(folder, &report)
    {
        return unwritten(why, err);
    }
    Ok(if report.passed() { Exit::Passed } else { Exit::Failed })
}

/// Looks, before the work, whether everything that is asked for can be written.
fn check_places(args: &MutateArgs, opened: &Opened) -> Result<(), Unwritten> {
    args.output.check([opened.folder.as_deref()])?;
    let Some(folder) = &args.write_cases else { return Ok(()) };
    check_folder(folder)?;
    let mut names = drafts::names(&opened.ruleset).into_iter().map(|name| folder.join(name));
    match names.find(|path| std::fs::symlink_metadata(path).is_ok()) {
        Some(path) => Err(exists(&path).into()),
        None => Ok(()),
    }
}

fn written(args: &MutateArgs, report: &MutationReport<'_>) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    match args.format {
        MutateFormat::Text => text::render(&mut out, report, args.quiet, args.output.ink(&args.look))?,
        MutateFormat::Json => json::render(&mut out, report)?,
    }
    Ok(out)
}

/// Writes drafts of cases for what survives, a file for each file of the ruleset, none where one of them is there already.
fn write_cases(folder: &Path, report: &MutationReport<'_>) -> Result<(), Unwritten> {
    let (drafts, without) = drafts(report.ruleset, report.mutation);
    let files: Vec<(PathBuf, String)> =
        drafts::files(report, &drafts).into_iter().map(|(name, text)| (folder.join(name), text)).collect();
    let count = if files.is_empty() {
        "No draft of a case was written".to_owned()
    } else {
        let _folders = make_folder(folder)?;
        write_new(&files)?;
        let (drafts, files) = (drafts.len(), counted(files.len(), "file", "files"));
        let drafts = counted(drafts, "draft of a case", "drafts of cases");
        format!("{drafts} written into {files}; put your judgement in place of every TO-DO")
    };
    let without = match without {
        0 => String::new(),
        1 => " 1 change that survives has no draft: the list says what shows it.".to_owned(),
        many => format!(" {many} changes that survive have no draft: the list says what shows them."),
    };
    eprintln!("{count}.{without}");
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
