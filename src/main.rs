//! The `clearshare` program: parse the command line, run, say what went wrong, and return the exit status.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main().into()
}
