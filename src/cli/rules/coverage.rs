//! `clearshare rules coverage`: what a ruleset's cases try.

use std::io::Write;

use clap::ValueEnum;
use clearshare::cases::{self, coverage};
use clearshare::engine::Evaluator;
use clearshare::report;
use clearshare::report::coverage::{CoverageReport, html, lcov, text};

use super::target::{Opened, Target, open, target};
use crate::cli::args::{LookArgs, percent};
use crate::cli::output::OutputArgs;
use crate::cli::place::unwritten;
use crate::cli::{Exit, style, system};

/// Show which rules, tests, options and myths the cases try
///
/// Exit status: 0 when enough is tried; 1 when there are no cases, or less is tried than --fail-under asks for; 2 when the
/// ruleset or the command line has a fault; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CoverageArgs {
    /// The ruleset, or the folder that holds one; without it, the newest inside clearshare
    #[arg(value_name = "RULESET|DIR", value_parser = target)]
    target: Option<Target>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = CoverageFormat::Text)]
    format: CoverageFormat,
    #[command(flatten)]
    output: OutputArgs,
    /// The least that must be tried, of everything together, in per cent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    fail_under: Option<u8>,
    /// As text, write only how much is tried of everything together
    #[arg(short, long)]
    quiet: bool,
    /// Show instead how many questions an interview asks on the cases that assume a profile; on those under
    /// `cases/published/` only, where there are any
    #[arg(long, conflicts_with_all = ["format", "fail_under", "quiet"])]
    interviews: bool,
    #[command(flatten)]
    look: LookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CoverageFormat {
    /// For people, in a terminal
    Text,
    /// For people, one page with the lines of every file
    Html,
    /// For `genhtml` and for services that show coverage
    Lcov,
}

/// Shows it.
pub(super) fn run(args: &CoverageArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let Ok(opened) = open(args.target.as_ref(), system::today(), err)? else { return Ok(Exit::Fault) };
    if let Err(why) = args.output.check([opened.folder.as_deref()]) {
        return unwritten(why, err);
    }
    if args.interviews {
        return interviews(&opened, args);
    }
    let covered = coverage::coverage(&opened.ruleset, &opened.cases);
    let report =
        CoverageReport { ruleset: &opened.ruleset, cases: &opened.cases, sources: &opened.sources, coverage: &covered };
    let mut bytes = Vec::new();
    match args.format {
        CoverageFormat::Text => text(&mut bytes, &report, args.quiet, args.output.ink(&args.look))?,
        CoverageFormat::Html => html(&mut bytes, &report)?,
        CoverageFormat::Lcov => lcov(&mut bytes, &report)?,
    }
    if let Err(why) = args.output.write(&bytes)? {
        return unwritten(why, err);
    }
    let total = covered.total();
    let under = args.fail_under.filter(|least| total.percent() < usize::from(*least));
    if let Some(least) = under {
        let told = format!("{}% is tried, less than the {least}% asked for", total.percent());
        writeln!(std::io::stderr().lock(), "{told}")?;
    }
    Ok(if under.is_some() || covered.cases == 0 { Exit::Failed } else { Exit::Passed })
}

/// How many questions interviews ask.
fn interviews(opened: &Opened, args: &CoverageArgs) -> anyhow::Result<Exit> {
    let held = cases::interviews(&mut Evaluator::new(&opened.ruleset), &opened.cases);
    let mut bytes = Vec::new();
    report::interviews::render(&mut bytes, &opened.ruleset, &held, args.output.ink(&args.look))?;
    if let Err(why) = args.output.write(&bytes)? {
        return unwritten(why, style::err(&args.look));
    }
    Ok(if held.is_empty() { Exit::Failed } else { Exit::Passed })
}
