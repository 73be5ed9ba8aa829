//! `clearshare rules test`: a ruleset's own cases.

use clap::ValueEnum;
use clearshare::cases::run_case;
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::model::{Case, CaseSet};
use clearshare::report::cases::{TestReport, json, text};
use clearshare::text::{Sources, nearest, quoted};

use super::target::{Target, open, target};
use crate::cli::args::LookArgs;
use crate::cli::output::OutputArgs;
use crate::cli::place::unwritten;
use crate::cli::rulesets::write_faults;
use crate::cli::{Exit, style, system};

/// Run a ruleset's own cases
///
/// Exit status: 0 when every case passes; 1 when one fails, or there is none to run; 2 when the ruleset or the command line
/// has a fault; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TestArgs {
    /// The ruleset, or the folder that holds one; without it, the newest inside clearshare
    #[arg(value_name = "RULESET|DIR", value_parser = target)]
    target: Option<Target>,
    /// Run only this case; may be given several times
    #[arg(long = "case", value_name = "ID")]
    cases: Vec<String>,
    /// How to write the results
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    format: TestFormat,
    #[command(flatten)]
    output: OutputArgs,
    /// As text, write only how many cases passed and failed
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    look: LookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TestFormat {
    /// For people
    Text,
    /// For programs: clearshare-test/1
    Json,
}

/// Runs them.
pub(super) fn run(args: &TestArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let Ok(opened) = open(args.target.as_ref(), system::today(), err)? else { return Ok(Exit::Fault) };
    let chosen = match chosen(&opened.cases, &args.cases) {
        Ok(chosen) => chosen,
        Err(findings) => {
            write_faults(findings, &Sources::new(), err)?;
            return Ok(Exit::Fault);
        }
    };
    if let Err(why) = args.output.check([opened.folder.as_deref()]) {
        return unwritten(why, err);
    }
    let mut evaluator = Evaluator::new(&opened.ruleset);
    let results: Vec<_> = chosen.into_iter().map(|case| run_case(&mut evaluator, &opened.cases, case)).collect();
    let report = TestReport { ruleset: &opened.ruleset, sources: &opened.sources, results: &results };
    let mut bytes = Vec::new();
    match args.format {
        TestFormat::Text => text::render(&mut bytes, &report, args.quiet, args.output.ink(&args.look))?,
        TestFormat::Json => json::render(&mut bytes, &report)?,
    }
    if let Err(why) = args.output.write(&bytes)? {
        return unwritten(why, err);
    }
    Ok(if report.passed() { Exit::Passed } else { Exit::Failed })
}

/// The cases asked for, in the order of their files; without names, all.
fn chosen<'c>(set: &'c CaseSet, names: &[String]) -> Result<Vec<&'c Case>, Findings> {
    let mut findings = Findings::new();
    for name in names.iter().filter(|name| !set.cases.iter().any(|case| case.id == **name)) {
        let finding = Finding::new(Code::UnknownName, format!("there is no case {}", quoted(name)));
        let near = nearest(name, set.cases.iter().map(|case| case.id.as_str()));
        findings.push(match near {
            Some(near) => finding.help(format!("did you mean {}?", quoted(near))),
            None => finding.help("name a case that stands under `cases/`"),
        });
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    Ok(set.cases.iter().filter(|case| names.is_empty() || names.contains(&case.id)).collect())
}
