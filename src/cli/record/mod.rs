//! `clearshare record`: decisions, kept so that they can be trusted later.

mod evidence;
mod keep;
mod load;
mod new;
mod said;

use clap::Subcommand;

use super::Exit;
use super::args::RecordArgs;

#[derive(Debug, Subcommand)]
pub(super) enum RecordCommand {
    New(new::NewArgs),
}

/// Runs one of the commands.
pub(super) fn run(args: &RecordArgs) -> anyhow::Result<Exit> {
    match &args.command {
        RecordCommand::New(args) => new::run(args),
    }
}
