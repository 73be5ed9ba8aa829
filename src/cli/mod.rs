//! The command line: the only part that knows the clock, the environment, files and the terminal.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the library is pure; this is where the world comes in"
)]

mod args;
mod ask;
mod bounds;
mod check;
mod config;
mod drafts;
mod exit;
mod explain;
mod folder;
mod init;
mod interrupt;
mod kept;
mod manifests;
mod manual;
mod notices;
mod output;
mod paths;
mod patient_writer;
mod place;
mod questions;
mod record;
mod rules;
mod rulesets;
mod schema;
mod staged;
mod stream;
mod style;
mod system;
mod upgrade;
mod waivers;
mod why;

pub(crate) use exit::Exit;

use args::{Args, Command};
use clap::Parser;

/// Runs the program.
pub(crate) fn main() -> Exit {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let run = match args.command {
        Command::Ask(args) => ask::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Record(args) => record::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Upgrade(args) => upgrade::run(&args),
        Command::Questions(args) => questions::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Drafts(args) => drafts::run(&args),
        Command::Schema(args) => schema::run(&args.command),
        Command::Completions(args) => manual::completions(&args),
        Command::Manpages(args) => manual::pages(&args),
    };
    match run {
        Ok(exit) => exit,
        // `clearshare … | head` is how people read: a reader who has seen enough is no error.
        Err(error) if is_broken_pipe(&error) => Exit::Passed,
        Err(error) if error.is::<interrupt::Interrupted>() => {
            eprintln!("{error}");
            Exit::Interrupted
        }
        Err(error) => {
            eprintln!("error: {}", crate::cli::style::visible_chain(&error));
            Exit::Internal
        }
    }
}

/// What clap has to say: help and version are what was asked for, anything else is a fault of the command line.
fn usage(error: &clap::Error) -> Exit {
    let printed = error.print();
    match (error.use_stderr(), printed) {
        (true, _) => Exit::Fault,
        (false, Ok(())) => Exit::Passed,
        (false, Err(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Passed,
        (false, Err(error)) => {
            eprintln!("error: {}", crate::cli::style::visible_chain(&error.into()));
            Exit::Internal
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
