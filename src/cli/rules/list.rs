//! `clearshare rules list`: the rulesets inside the program.

use std::io::{BufWriter, Write};

use clearshare::report::rules;

use crate::cli::args::LookArgs;
use crate::cli::{Exit, style};

/// List the rulesets inside clearshare
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ListArgs {
    #[command(flatten)]
    look: LookArgs,
}

/// Lists them.
pub(super) fn run(args: &ListArgs) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    rules::list(&mut out, style::out(&args.look))?;
    out.flush()?;
    Ok(Exit::Passed)
}
