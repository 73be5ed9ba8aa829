//! `clearshare completions` and `clearshare manpages`: the command line, for shells and for `man`.

use std::io::Write;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::{Args, CompletionsArgs, ManpagesArgs};
use super::patient_writer::PatientWriter;
use super::place::{check_folder, make_folder, unwritten};
use super::staged::{Staged, Unwritten};
use super::{Exit, style};

/// The name of the program.
const NAME: &str = "clearshare";

/// Writes what a shell needs to complete commands.
pub(super) fn completions(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), NAME, &mut bytes);
    let mut out = PatientWriter::new(std::io::stdout().lock());
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(Exit::Passed)
}

/// Writes the manual pages: all of them, or none.
pub(super) fn pages(args: &ManpagesArgs) -> anyhow::Result<Exit> {
    let mut command = Args::command().name(NAME);
    command.build();
    let mut pages = Vec::new();
    collect(&command, NAME, &mut pages)?;
    match write(args, &pages) {
        Ok(()) => Ok(Exit::Passed),
        Err(why) => unwritten(why, style::err_as_usual()),
    }
}

/// The page of a command, and those of the commands below it: `clearshare-rules-verify.1`.
fn collect(command: &Command, name: &str, pages: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    let mut page = Vec::new();
    let title = name.to_uppercase();
    // The date would make each build of the same program another.
    Man::new(command.clone().name(name.to_owned()).bin_name(name.replace('-', " "))).title(title).render(&mut page)?;
    pages.push((format!("{name}.1"), page));
    for below in command.get_subcommands().filter(|below| below.get_name() != "help" && !below.is_hide_set()) {
        collect(below, &format!("{name}-{}", below.get_name()), pages)?;
    }
    Ok(())
}

fn write(args: &ManpagesArgs, pages: &[(String, Vec<u8>)]) -> Result<(), Unwritten> {
    check_folder(&args.folder)?;
    let _folders = make_folder(&args.folder)?;
    let mut staged = Staged::new();
    for (name, page) in pages {
        staged.add_over(&args.folder.join(name), page)?;
    }
    staged.replace().map_err(|stopped| stopped.fault.into())
}
