//! `clearshare record`: decisions, kept so that they can be trusted later.

mod advice_args;
mod amend;
mod asked;
mod beside;
mod compare;
mod diff;
mod evidence;
mod export;
mod format;
mod keep;
mod keys;
pub(super) mod load;
mod many;
mod new;
mod openssh;
mod replay;
pub(super) mod rulebook;
mod said;
mod show;
mod sign;
mod take;
mod terse;
mod trust;
mod verify;

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
    Sign(sign::SignArgs),
    Verify(verify::VerifyArgs),
    Diff(diff::DiffArgs),
}

/// Runs one of the commands.
pub(super) fn run(args: &RecordArgs) -> anyhow::Result<Exit> {
    match &args.command {
        RecordCommand::New(args) => new::run(args),
        RecordCommand::Amend(args) => amend::run(args),
        RecordCommand::Replay(args) => replay::run(args),
        RecordCommand::Show(args) => show::run(args),
        RecordCommand::Export(args) => export::run(args),
        RecordCommand::Sign(args) => sign::run(args),
        RecordCommand::Verify(args) => verify::run(args),
        RecordCommand::Diff(args) => diff::run(args),
    }
}
