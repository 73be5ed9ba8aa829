//! `clearshare rules show`: what a ruleset says.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clearshare::report::rules;
use clearshare::ruleset::Reference;

use crate::cli::args::{LookArgs, RulesetArgs, reference};
use crate::cli::rulesets::asked;
use crate::cli::{Exit, style, system};

/// Show a ruleset: what it covers, and its rules
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ShowArgs {
    /// The ruleset [example: uk-border@2026.11]; without it, the newest
    #[arg(value_name = "RULESET", value_parser = reference, conflicts_with = "rules")]
    ruleset: Option<Reference>,
    /// Show the ruleset in this folder
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    look: LookArgs,
}

/// Shows it.
pub(super) fn run(args: &ShowArgs) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let wanted = RulesetArgs { ruleset: args.ruleset.clone(), rules: args.rules.clone() };
    match asked(&wanted, system::today(), style::err(&args.look))? {
        Ok(ruleset) => rules::show(&mut out, &ruleset, style::out(&args.look))?,
        Err(_) => return Ok(Exit::Fault),
    }
    out.flush()?;
    Ok(Exit::Passed)
}
