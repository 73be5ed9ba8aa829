//! `clearshare rules diff`: two versions of a ruleset, by what they mean.

use std::path::PathBuf;

use clap::ValueEnum;
use clearshare::compare::{TooLarge, compare};
use clearshare::finding::{Code, Finding};
use clearshare::report::diff::{DiffReport, Version, json, markdown, text};
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::Sources;

use super::target::{Target, open, target};
use crate::cli::args::LookArgs;
use crate::cli::output::OutputArgs;
use crate::cli::place::unwritten;
use crate::cli::rulesets::{Faulty, write_fault};
use crate::cli::{Exit, style, system};

/// Compare two rulesets by what they mean
///
/// Says which rules became stricter or looser, are new or ended, each with a smallest set of facts on which the two come
/// out differently; and what was only worded differently, which is proved.
///
/// Exit status: 0 when nothing changes in effect; 1 when something does, or was not proved to be the same; 2 when a ruleset
/// or the command line has a fault; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DiffArgs {
    /// The older ruleset, or the folder that holds it; alone, it is compared with the version that it supersedes
    #[arg(value_name = "A", value_parser = target)]
    before: Target,
    /// The newer ruleset, or the folder that holds it
    #[arg(value_name = "B", value_parser = target)]
    after: Option<Target>,
    /// How to write the comparison
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    #[command(flatten)]
    output: OutputArgs,
    /// As text, write only how many rules changed, and what that comes to
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Also write what was worded differently, before and after
    #[arg(short, long)]
    verbose: bool,
    #[command(flatten)]
    look: LookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    Text,
    /// For a changelog or a pull request
    Markdown,
    /// For programs: clearshare-diff/1
    Json,
}

/// Compares them.
pub(super) fn run(args: &DiffArgs) -> anyhow::Result<Exit> {
    let Ok([before, after]) = both(args)? else { return Ok(Exit::Fault) };
    if let Err(why) = args.output.check([before.folder.as_deref(), after.folder.as_deref()]) {
        return unwritten(why, style::err(&args.look));
    }
    let comparison = match compare(&before.ruleset, &after.ruleset) {
        Ok(comparison) => comparison,
        Err(TooLarge) => anyhow::bail!("the two rulesets together tell too many options apart to be compared"),
    };
    let report = DiffReport {
        before: Version { ruleset: &before.ruleset, name: &before.name },
        after: Version { ruleset: &after.ruleset, name: &after.name },
        comparison: &comparison,
        verbose: args.verbose,
    };
    write(args, &report)
}

/// A ruleset, and how it was named.
struct Named {
    ruleset: Ruleset,
    name: String,
    folder: Option<PathBuf>,
}

/// Opens both rulesets, the older first. What is wrong with them is written to standard error.
fn both(args: &DiffArgs) -> anyhow::Result<Result<[Named; 2], Faulty>> {
    let first = match named(&args.before, args)? {
        Ok(first) => first,
        Err(Faulty) => return Ok(Err(Faulty)),
    };
    if let Some(after) = &args.after {
        return Ok(named(after, args)?.map(|second| [first, second]));
    }
    let info = first.ruleset.info();
    let Some(version) = info.supersedes else {
        let finding =
            Finding::new(Code::UnknownRuleset, format!("`{}` supersedes no version", first.ruleset.reference()))
                .help("name two rulesets to compare, the older one first");
        write_fault(&finding, &Sources::new(), style::err(&args.look))?;
        return Ok(Err(Faulty));
    };
    let older = Target::Inside(Reference { id: info.id.clone(), version: Some(version) });
    Ok(named(&older, args)?.map(|older| [older, first]))
}

fn named(target: &Target, args: &DiffArgs) -> anyhow::Result<Result<Named, Faulty>> {
    let opened = open(Some(target), system::today(), style::err(&args.look))?;
    Ok(opened.map(|opened| Named { ruleset: opened.ruleset, name: name(target), folder: opened.folder }))
}

fn write(args: &DiffArgs, report: &DiffReport<'_>) -> anyhow::Result<Exit> {
    let mut bytes = Vec::new();
    match args.format {
        DiffFormat::Text => text::render(&mut bytes, report, args.quiet, args.output.ink(&args.look))?,
        DiffFormat::Markdown => markdown::render(&mut bytes, report)?,
        DiffFormat::Json => json::render(&mut bytes, report)?,
    }
    if let Err(why) = args.output.write(&bytes)? {
        return unwritten(why, style::err(&args.look));
    }
    Ok(if report.comparison.changes_effect() { Exit::Failed } else { Exit::Passed })
}

/// How a ruleset was named.
fn name(target: &Target) -> String {
    match target {
        Target::Inside(reference) => reference.to_string(),
        Target::Folder(folder) => folder.display().to_string(),
    }
}
