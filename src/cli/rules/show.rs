//! `clearshare rules show`: what a ruleset says.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clearshare::report::rules;

use super::target::{Target, target};
use crate::cli::args::{LookArgs, RulesetArgs};
use crate::cli::rulesets::asked;
use crate::cli::{Exit, style, system};

/// Show a ruleset: what it covers, and its rules
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ShowArgs {
    /// The ruleset, or the folder that holds one; without it, the newest inside clearshare
    #[arg(value_name = "RULESET|DIR", value_parser = target, conflicts_with = "rules")]
    target: Option<Target>,
    /// Show the ruleset in this folder
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    look: LookArgs,
}

/// Shows it.
pub(super) fn run(args: &ShowArgs) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let wanted = match args.target.clone() {
        Some(Target::Inside(reference)) => RulesetArgs { ruleset: Some(reference), rules: None },
        Some(Target::Folder(folder)) => RulesetArgs { ruleset: None, rules: Some(folder) },
        None => RulesetArgs { ruleset: None, rules: args.rules.clone() },
    };
    match asked(&wanted, system::today(), style::err(&args.look))? {
        Ok(ruleset) => rules::show(&mut out, &ruleset, style::out(&args.look))?,
        Err(_) => return Ok(Exit::Fault),
    }
    out.flush()?;
    Ok(Exit::Passed)
}
