//! `clearshare record show`: a record, for people.

use std::path::PathBuf;

use clearshare::report::Detail;
use clearshare::report::record::text;

use super::load::load_unaltered;
use crate::cli::args::LookArgs;
use crate::cli::output::OutputArgs;
use crate::cli::place::unwritten;
use crate::cli::{Exit, style};

/// Show a record: what was decided, by whom, why, and what the rules said
///
/// Exit status: 0 when it is shown; 2 when the record was altered, or has another fault.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ShowArgs {
    /// The record; `-` reads standard input
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// Also show every answer, and why each rule has its status
    #[arg(short, long)]
    verbose: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Shows it.
pub(super) fn run(args: &ShowArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    if let Err(why) = args.output.check_beside(&args.record) {
        return unwritten(why, err);
    }
    let Ok(loaded) = load_unaltered(&args.record, err)? else { return Ok(Exit::Fault) };
    let detail = if args.verbose { Detail::Verbose } else { Detail::Normal };
    let shown = text::render(&loaded.read.record, detail, args.output.ink(&args.look));
    match args.output.write(shown.as_bytes())? {
        Ok(()) => Ok(Exit::Passed),
        Err(why) => unwritten(why, err),
    }
}
