//! `clearshare record diff`: what two records do not say alike.

use std::path::PathBuf;

use clearshare::record::diff;
use clearshare::report::record::diff::{RecordDiff, json, text};

use super::format::Format;
use super::many::open;
use crate::cli::args::LookArgs;
use crate::cli::output::OutputArgs;
use crate::cli::place::unwritten;
use crate::cli::{Exit, style};

/// Say what two records do not say alike
///
/// They are compared by meaning: the decision, conditions, views, evidence, answers, advice and ruleset. The order of lists that have none,
/// the layout of the manifests and the program that wrote them are of no matter.
///
/// Exit status: 0 when both say the same; 1 when something differs; 2 when a record was altered or there is another fault; 3 when clearshare
/// itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DiffArgs {
    /// The older record; `-` reads standard input
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The newer one
    #[arg(value_name = "B")]
    after: PathBuf,
    /// How to write the comparison; as JSON it is clearshare-record-diff/1
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Compares them.
pub(super) fn run(args: &DiffArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    if let Err(why) = args.output.check([]) {
        return unwritten(why, err);
    }
    let (before, after) = match (open(&args.before), open(&args.after)) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            [before.err(), after.err()].iter().flatten().try_for_each(|unopened| unopened.write(err))?;
            return Ok(Exit::Fault);
        }
    };
    let records = [&before.read.record, &after.read.record];
    let changes = diff(records[0], records[1]);
    let report = RecordDiff { paths: [&before.path, &after.path], records, changes: &changes };
    let mut bytes = Vec::new();
    match args.format {
        Format::Text => text::render(&mut bytes, &report, args.output.ink(&args.look))?,
        Format::Json => json::render(&mut bytes, &report)?,
    }
    if let Err(why) = args.output.write(&bytes)? {
        return unwritten(why, err);
    }
    Ok(if changes.is_empty() { Exit::Passed } else { Exit::Failed })
}
