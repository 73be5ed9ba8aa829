//! `clearshare rules coverage`: what a ruleset's cases try.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use clearshare::cases::coverage;
use clearshare::report::Ink;
use clearshare::report::coverage::{CoverageReport, html, lcov, text};
use clearshare::text::Sources;

use super::target::{Target, open, target};
use crate::cli::args::LookArgs;
use crate::cli::patient_writer::PatientWriter;
use crate::cli::rulesets::write_fault;
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
    /// Write to this file instead of standard output; one that is there is replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The least that must be tried, of everything together, in per cent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
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
    let covered = coverage::coverage(&opened.ruleset, &opened.cases);
    let report =
        CoverageReport { ruleset: &opened.ruleset, cases: &opened.cases, sources: &opened.sources, coverage: &covered };
    if let Some(path) = &args.output {
        let mut bytes = Vec::new();
        let ink = Ink { colour: false, ..style::out(&args.look) };
        render(&mut bytes, args.format, &report, ink)?;
        let outside = opened.folder.as_deref().map_or(Ok(()), |folder| system::outside(path, folder));
        if let Err(finding) = outside.and_then(|()| system::write_over(path, &bytes)) {
            write_fault(&finding, &Sources::new(), err)?;
            return Ok(Exit::Fault);
        }
    } else {
        let mut out = BufWriter::new(PatientWriter::new(std::io::stdout().lock()));
        render(&mut out, args.format, &report, style::out(&args.look))?;
        out.flush()?;
    }
    let total = covered.total();
    let under = args.fail_under.filter(|least| total.percent() < usize::from(*least));
    if let Some(least) = under {
        let told = format!("{}% is tried, less than the {least}% asked for", total.percent());
        writeln!(std::io::stderr().lock(), "{told}")?;
    }
    Ok(if under.is_some() || covered.cases == 0 { Exit::Failed } else { Exit::Passed })
}

fn render(out: &mut dyn Write, format: CoverageFormat, report: &CoverageReport<'_>, ink: Ink) -> std::io::Result<()> {
    match format {
        CoverageFormat::Text => text(out, report, ink),
        CoverageFormat::Html => html(out, report),
        CoverageFormat::Lcov => lcov(out, report),
    }
}
