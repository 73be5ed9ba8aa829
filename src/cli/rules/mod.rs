//! `clearshare rules`: the rulesets there are, and the tools of those who keep them.

mod coverage;
mod diff;
mod fmt;
mod list;
mod mutate;
mod new;
mod show;
mod target;
mod test;
mod verify;

use clap::Subcommand;

use super::Exit;
use super::args::RulesArgs;

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    List(list::ListArgs),
    Show(show::ShowArgs),
    Verify(verify::VerifyArgs),
    Test(test::TestArgs),
    Coverage(coverage::CoverageArgs),
    Mutate(mutate::MutateArgs),
    Diff(diff::DiffArgs),
    Fmt(fmt::FmtArgs),
    New(new::NewArgs),
}

/// Runs one of the tools.
pub(super) fn run(args: &RulesArgs) -> anyhow::Result<Exit> {
    match &args.command {
        RulesCommand::List(args) => list::run(args),
        RulesCommand::Show(args) => show::run(args),
        RulesCommand::Verify(args) => verify::run(args),
        RulesCommand::Test(args) => test::run(args),
        RulesCommand::Coverage(args) => coverage::run(args),
        RulesCommand::Mutate(args) => mutate::run(args),
        RulesCommand::Diff(args) => diff::run(args),
        RulesCommand::Fmt(args) => fmt::run(args),
        RulesCommand::New(args) => new::run(args),
    }
}
