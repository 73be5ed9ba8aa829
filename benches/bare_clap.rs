//! A program that does nothing but read a command line like ours: what starting a process costs at the least.

use clap::Parser;

/// What `clearshare check` takes, and nothing done with it.
#[derive(Debug, Parser)]
struct Args {
    /// The subcommand.
    command: String,
    /// The manifests.
    manifests: Vec<std::path::PathBuf>,
    /// One line for each.
    #[arg(short, long)]
    quiet: bool,
}

fn main() {
    let args = Args::parse();
    std::hint::black_box(args);
}
