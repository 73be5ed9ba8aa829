//! `clearshare record`: decisions, kept so that they can be trusted later.

mod amend;
mod asked;
mod evidence;
mod export;
mod keep;
pub(super) mod load;
mod many;
mod new;
mod replay;
mod rulebook;
mod said;
mod show;
mod take;

use clap::Subcommand;

use super::Exit;
use super::args::RecordArgs;

#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one, and it is read once")]
pub(super) enum RecordCommand {
    New(new::NewArgs),
    Amend(amend::AmendArgs),
    Replay(replay::ReplayArgs),
    Show(show::ShowArgs),
    Export(export::ExportArgs),
}

/// Runs one of the commands.
pub(super) fn run(args: &RecordArgs) -> anyhow::Result<Exit> {
    match &args.command {
        RecordCommand::New(args) => new::run(args),
        RecordCommand::Amend(args) => amend::run(args),
        RecordCommand::Replay(args) => replay::run(args),
        RecordCommand::Show(args) => show::run(args),
        RecordCommand::Export(args) => export::run(args),
    }
}
