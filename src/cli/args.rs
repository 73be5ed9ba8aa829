//! The command line's words.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clearshare::check::FailOn;
use clearshare::model::{self, Date};
use clearshare::ruleset::Reference;

use super::check::CheckArgs;
use super::config::ConfigCommandArgs;
use super::manifests::BesideArgs;
use super::upgrade::UpgradeArgs;
use super::{drafts, record, rules, schema};

/// What data-sharing rules say about a proposed exchange: what applies, what does not, and what to do next.
///
/// Decision support, not legal advice. clearshare makes no network connection and sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(name = "clearshare", version, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one, and it is read once")]
pub(super) enum Command {
    Ask(AskArgs),
    Check(CheckArgs),
    Config(ConfigCommandArgs),
    Record(RecordArgs),
    Rules(RulesArgs),
    Upgrade(UpgradeArgs),
    Questions(QuestionsArgs),
    Explain(ExplainArgs),
    Init(InitArgs),
    Drafts(DraftsArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Manpages(ManpagesArgs),
}

/// Ask what matters about an exchange, give advice, and write the manifest
///
/// Only what can still change the advice is asked. You may say that you do not know, go back, and stop at any question: every
/// answer is saved before the next question, in the file that you name or else in a draft of your own.
///
/// Exit status: 0 when advice was given, or your answers were saved to go on later; 1 when the safety check ends the questions; 2
/// when an input has a fault; 3 when clearshare itself fails; 130 when interrupted, with nothing lost.
#[derive(Debug, ClapArgs)]
pub(super) struct AskArgs {
    /// The manifest to write; one that is there is gone on with, and keeps its comments and order
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Go on with a draft: the one named, or else the newest
    #[arg(long, value_name = "NAME", num_args = 0..=1, conflicts_with_all = ["from", "answers"])]
    #[allow(clippy::option_option, reason = "`--resume` may stand without a name")]
    pub(super) resume: Option<Option<String>>,
    /// Start from the answers of this manifest or record; ask only what is missing, or has changed in a newer ruleset
    #[arg(long, value_name = "MANIFEST")]
    pub(super) from: Option<PathBuf>,
    /// The flow of the manifest that the answers are for, instead of its own exchange
    #[arg(long, value_name = "ID", requires = "output")]
    pub(super) flow: Option<String>,
    /// Take every answer from this file (`question.id: answer`), and ask nobody
    #[arg(long, value_name = "FILE", requires = "output")]
    pub(super) answers: Option<PathBuf>,
    /// Stop as soon as the outcome can no longer change
    #[arg(long)]
    pub(super) quick: bool,
    #[command(flatten)]
    pub(super) ruleset: RulesetArgs,
    /// The date of the advice, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
    #[command(flatten)]
    pub(super) look: LookArgs,
}

/// Print the questions that are still open, by who would know the answer
///
/// Each group can be sent to the person who would know. Exit status: 0 when they are printed, also where none is left; 2 when the
/// manifest, the ruleset or the command line has a fault.
#[derive(Debug, ClapArgs)]
pub(super) struct QuestionsArgs {
    /// Only those that this manifest leaves open, and that still matter for it; `-` reads standard input
    #[arg(long, value_name = "MANIFEST")]
    pub(super) from: Option<PathBuf>,
    /// How to write them
    #[arg(long, value_enum, default_value_t = QuestionsFormat::Text)]
    pub(super) format: QuestionsFormat,
    #[command(flatten)]
    pub(super) ruleset: RulesetArgs,
    /// The date of the advice that depends on them, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
    #[command(flatten)]
    pub(super) beside: BesideArgs,
    #[command(flatten)]
    pub(super) look: LookArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum QuestionsFormat {
    /// For people
    Text,
    /// A message to paste into a ticket or an email
    Markdown,
    /// A spreadsheet
    Csv,
    /// For programs: clearshare-questions/1
    Json,
}

/// Which ruleset.
#[derive(Debug, ClapArgs)]
pub(super) struct RulesetArgs {
    /// Use this ruleset instead of the one pinned; without a version, the one that covers the date; `latest` is the newest
    #[arg(long, value_name = "RULESET", value_parser = reference, conflicts_with = "rules")]
    pub(super) ruleset: Option<Reference>,
    /// Use the ruleset in this folder
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Option<PathBuf>,
}

/// How output looks.
#[derive(Debug, ClapArgs)]
pub(super) struct LookArgs {
    /// Whether to use colour
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(super) color: Colour,
    /// Write for a screen reader: words only, no symbols and no source excerpts
    #[arg(long)]
    pub(super) plain: bool,
}

/// Keep decisions as sealed records
///
/// A record holds the exchange, the advice, the decision and the ruleset that advised, in one file that is written once and never
/// changed.
#[derive(Debug, ClapArgs)]
pub(super) struct RecordArgs {
    #[command(subcommand)]
    pub(super) command: record::RecordCommand,
}

/// List, show, prove, test, compare and write rulesets
#[derive(Debug, ClapArgs)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) command: rules::RulesCommand,
}

/// Explain a rule, question, option, derived fact, myth, role, source or term
///
/// With `--manifest`, says how a rule or a derived fact comes out there, and which tests, answers and lines decided it. Exit
/// status: 0 when it is explained; 2 when there is no such thing, or the manifest or the ruleset has a fault.
#[derive(Debug, ClapArgs)]
pub(super) struct ExplainArgs {
    /// Its id, or its kind and id where several share it [example: option:hmrc]
    #[arg(value_name = "ID")]
    pub(super) id: String,
    /// Explain how it comes out for this manifest; `-` reads standard input
    #[arg(short, long, value_name = "MANIFEST")]
    pub(super) manifest: Option<PathBuf>,
    #[command(flatten)]
    pub(super) ruleset: RulesetArgs,
    /// The date of the advice, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
    #[command(flatten)]
    pub(super) beside: BesideArgs,
    #[command(flatten)]
    pub(super) look: LookArgs,
}

/// Write a JSON Schema, for editors and validators
#[derive(Debug, ClapArgs)]
pub(super) struct SchemaArgs {
    #[command(subcommand)]
    pub(super) command: schema::SchemaCommand,
}

/// Write what a shell needs to complete commands and options
///
/// For example: `clearshare completions bash > ~/.local/share/bash-completion/completions/clearshare`
#[derive(Debug, ClapArgs)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

/// Write the manual pages, one for each command
#[derive(Debug, ClapArgs)]
pub(super) struct ManpagesArgs {
    /// The folder to write them to, which may be a new one; pages that are there are replaced
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

/// Write a manifest to start from
#[derive(Debug, ClapArgs)]
pub(super) struct InitArgs {
    /// The file to write, which must not exist yet; `-` writes to standard output
    #[arg(value_name = "FILE", default_value = "data-sharing.yaml")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) ruleset: RulesetArgs,
}

/// List and delete the drafts that interviews keep
#[derive(Debug, ClapArgs)]
pub(super) struct DraftsArgs {
    #[command(subcommand)]
    pub(super) command: drafts::DraftsCommand,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOnArg {
    /// Only "do not share as proposed", and the safety check
    Stop,
    /// Also "get advice first"
    Refer,
    /// Also "can't tell yet"
    Incomplete,
    /// Everything but "nothing in this ruleset stops this"
    ActFirst,
}

impl From<FailOnArg> for FailOn {
    fn from(arg: FailOnArg) -> Self {
        match arg {
            FailOnArg::Stop => Self::Stop,
            FailOnArg::Refer => Self::Refer,
            FailOnArg::Incomplete => Self::Incomplete,
            FailOnArg::ActFirst => Self::ActFirst,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// In a terminal, unless `NO_COLOR` is set or `TERM` is dumb
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A date as it is written on the command line.
pub(super) fn date(text: &str) -> Result<Date, String> {
    model::date(text).ok_or_else(|| "write year, month and day of a day that exists, for example 2026-11-22".to_owned())
}

/// A ruleset as it is named on the command line.
pub(super) fn reference(text: &str) -> Result<Reference, String> {
    text.parse().map_err(|error: clearshare::ruleset::ReferenceError| error.to_string())
}

/// A part of a hundred as it is written on the command line.
pub(super) fn percent(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix('%').unwrap_or(text).parse().ok();
    number.filter(|number| *number <= 100).ok_or_else(|| "write a whole number from 0 to 100".to_owned())
}
