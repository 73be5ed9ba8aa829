//! `clearshare schema`: JSON Schemas for editors and validators.

use clap::Subcommand;
use clearshare::report::schema;

use super::args::{LookArgs, RulesetArgs};
use super::output::OutputArgs;
use super::place::unwritten;
use super::rulesets::asked;
use super::{Exit, style, system};

/// Which schema.
#[derive(Debug, Subcommand)]
pub(super) enum SchemaCommand {
    /// Of the manifests for a ruleset: an editor completes answers by it, explains them, and marks what is wrong
    Manifest(ManifestSchemaArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ManifestSchemaArgs {
    #[command(flatten)]
    ruleset: RulesetArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Writes it.
pub(super) fn run(command: &SchemaCommand) -> anyhow::Result<Exit> {
    let SchemaCommand::Manifest(args) = command;
    let err = style::err(&args.look);
    if let Err(why) = args.output.check([args.ruleset.rules.as_deref()]) {
        return unwritten(why, err);
    }
    let Ok(ruleset) = asked(&args.ruleset, system::today(), err)? else { return Ok(Exit::Fault) };
    match args.output.write(schema::manifest_text(&ruleset).as_bytes())? {
        Ok(()) => Ok(Exit::Passed),
        Err(why) => unwritten(why, err),
    }
}
