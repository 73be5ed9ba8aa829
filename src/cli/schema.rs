//! `clearshare schema`: JSON Schemas for editors and validators.

use clap::builder::PossibleValue;
use clap::{Subcommand, ValueEnum};
use clearshare::report::schema;

use super::args::{LookArgs, RulesetArgs};
use super::check::Format;
use super::output::OutputArgs;
use super::place::unwritten;
use super::rulesets::asked;
use super::{Exit, style, system};

/// Which schema.
#[derive(Debug, Subcommand)]
pub(super) enum SchemaCommand {
    /// Of the manifests for a ruleset: an editor completes answers by it, explains them, and marks what is wrong
    Manifest(ManifestSchemaArgs),
    /// Of `.clearshare.yaml`
    Config(OtherSchemaArgs),
    /// Of the files of a ruleset, whichever of them it is
    Ruleset(OtherSchemaArgs),
    /// Of decision records: clearshare-record/1
    Record(OtherSchemaArgs),
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

#[derive(Debug, clap::Args)]
pub(super) struct OtherSchemaArgs {
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Writes it.
pub(super) fn run(command: &SchemaCommand) -> anyhow::Result<Exit> {
    match command {
        SchemaCommand::Manifest(args) => manifest(args),
        SchemaCommand::Config(args) => other(args, &schema::text(&schema::config(&formats()))),
        SchemaCommand::Ruleset(args) => other(args, &schema::text(&schema::ruleset())),
        SchemaCommand::Record(args) => other(args, schema::RECORD),
    }
}

/// The formats of a check, each with what it is for.
fn formats() -> Vec<(String, String)> {
    let named = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    let says = |value: &PossibleValue| value.get_help().map(|help| format!("{help}.")).unwrap_or_default();
    named.map(|value| (value.get_name().to_owned(), says(&value))).collect()
}

fn other(args: &OtherSchemaArgs, schema: &str) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    if let Err(why) = args.output.check([]) {
        return unwritten(why, err);
    }
    match args.output.write(schema.as_bytes())? {
        Ok(()) => Ok(Exit::Passed),
        Err(why) => unwritten(why, err),
    }
}

fn manifest(args: &ManifestSchemaArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    if let Err(why) = args.output.check([args.ruleset.rules.as_deref()]) {
        return unwritten(why, err);
    }
    let Ok(ruleset) = asked(&args.ruleset, system::today(), err)? else { return Ok(Exit::Fault) };
    match args.output.write(schema::text(&schema::manifest(&ruleset)).as_bytes())? {
        Ok(()) => Ok(Exit::Passed),
        Err(why) => unwritten(why, err),
    }
}
