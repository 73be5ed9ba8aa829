//! `clearshare rules fmt`: the files of a ruleset, laid out in one way.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding, Findings};
use clearshare::format::{Layout, is_laid_out, lay_out};
use clearshare::report::Ink;
use clearshare::rulefile::is_place_of_file;
use clearshare::text::{Sources, counted, quoted, visible};
use clearshare::yaml::{Limits, Node, read_tree};

use crate::cli::args::LookArgs;
use crate::cli::folder::read_folder;
use crate::cli::interrupt::Interrupted;
use crate::cli::patient_writer::PatientWriter;
use crate::cli::rulesets::{write_fault, write_faults};
use crate::cli::staged::{Staged, Stopped, Unwritten};
use crate::cli::{Exit, style, system};

/// Lay out the files of a ruleset in one way
///
/// The order of keys, the indentation, quotes and line breaks are set; comments stay, lists keep their order, and nothing
/// that is said changes. If a file has a fault, or cannot be written, no file is.
///
/// Exit status: 0 when every file is laid out, or was just now; 1 when, with --check, a file would change; 2 when a file or the
/// command line has a fault, or a file cannot be written; 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct FmtArgs {
    /// The folder that holds the ruleset; `-` lays out one file from standard input
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Write nothing: list the files that would change, and end with exit status 1 if there are any
    #[arg(long)]
    check: bool,
    /// Do not list the files: write only how many there are
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    look: LookArgs,
}

/// A file whose layout is another.
struct Change {
    path: PathBuf,
    text: String,
}

/// Lays out the files.
pub(super) fn run(args: &FmtArgs) -> anyhow::Result<Exit> {
    let ink = style::err(&args.look);
    if args.folder.as_os_str() == "-" {
        return standard_input(args.check, ink);
    }
    let files = match read(&args.folder) {
        Ok(files) => files,
        Err(finding) => return fault(&finding, ink),
    };
    let Some(changes) = changes(&args.folder, &files, ink)? else { return Ok(Exit::Fault) };
    if !args.check && !changes.is_empty() && is_published(&files) {
        let name = quoted(&args.folder.to_string_lossy());
        let finding = Finding::new(Code::CannotWrite, format!("{name} is published, and its files never change"));
        return fault(&finding.help("copy it to a folder of its own as a new version, with `status: draft`"), ink);
    }
    let (written, stopped) = if args.check {
        (0, None)
    } else {
        match write(&changes)? {
            Ok(()) => (changes.len(), None),
            Err(NotAll::Faults(findings)) => {
                write_faults(findings, &Sources::new(), ink)?;
                return Ok(Exit::Fault);
            }
            Err(NotAll::Stopped(Stopped { written, fault })) => (written, Some(fault)),
        }
    };
    say(args, &changes, written, files.len())?;
    match stopped {
        Some(finding) => {
            fault(&finding.help("the list says which files were changed before it, and which were not"), ink)
        }
        None if args.check && !changes.is_empty() => Ok(Exit::Failed),
        None => Ok(Exit::Passed),
    }
}

/// Says what became of each file that has another layout, and how many there are.
fn say(args: &FmtArgs, changes: &[Change], written: usize, all: usize) -> anyhow::Result<()> {
    let mut out = BufWriter::new(PatientWriter::new(std::io::stdout().lock()));
    for (at, change) in changes.iter().enumerate().filter(|_| !args.quiet) {
        let done = match (args.check, at < written) {
            (true, _) => "would change",
            (false, true) => "changed",
            (false, false) => "not changed",
        };
        writeln!(out, "{done}: {}", visible(&change.path.to_string_lossy()))?;
    }
    let files = counted(all, "file", "files");
    match (changes.len(), args.check) {
        (0, _) if all == 1 => writeln!(out, "The 1 file is laid out.")?,
        (0, _) => writeln!(out, "All {files} are laid out.")?,
        (changed, true) => writeln!(out, "{changed} of {files} would change.")?,
        (_, false) => writeln!(out, "{written} of {files} changed.")?,
    }
    Ok(out.flush()?)
}

/// Why not all files were written.
enum NotAll {
    /// None was: these cannot be.
    Faults(Findings),
    /// Only the first ones were.
    Stopped(Stopped),
}

/// Writes the files: all of them, or none; unless the system refuses one at the last moment.
fn write(changes: &[Change]) -> Result<Result<(), NotAll>, Interrupted> {
    let (mut staged, mut findings) = (Staged::new(), Findings::new());
    for change in changes {
        match staged.add_over(&change.path, change.text.as_bytes()) {
            Ok(()) => {}
            Err(Unwritten::Interrupted) => return Err(Interrupted),
            Err(Unwritten::Fault(finding)) => {
                findings.push(finding.help("no file was changed: check that you may write to it and to its folder"));
            }
        }
    }
    if !findings.is_empty() {
        return Ok(Err(NotAll::Faults(findings)));
    }
    Ok(staged.replace().map_err(NotAll::Stopped))
}

fn fault(finding: &Finding, ink: Ink) -> anyhow::Result<Exit> {
    write_fault(finding, &Sources::new(), ink)?;
    Ok(Exit::Fault)
}

/// One file, from standard input to standard output.
fn standard_input(check: bool, ink: Ink) -> anyhow::Result<Exit> {
    let name = "standard input";
    let bytes = match system::read(Path::new("-"), system::Input::OfRuleset) {
        Ok(bytes) => bytes,
        Err(finding) => return fault(&finding, ink),
    };
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    match lay_out(None, name, &bytes, &mut sources, &mut findings) {
        Layout::Faults => {
            write_faults(findings, &sources, ink)?;
            Ok(Exit::Fault)
        }
        Layout::Changed => Err(mistake(name)),
        Layout::Text(text) if check => {
            let same = text.as_bytes() == bytes;
            writeln!(std::io::stdout().lock(), "{}", if same { "It is laid out." } else { "It would change." })?;
            Ok(if same { Exit::Passed } else { Exit::Failed })
        }
        Layout::Text(text) => {
            std::io::stdout().lock().write_all(text.as_bytes())?;
            Ok(Exit::Passed)
        }
    }
}

/// The files of a ruleset. Others in its folder are left alone.
fn read(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Box<Finding>> {
    let mut files = read_folder(folder)?;
    files.retain(|(path, _)| is_laid_out(path) && is_place_of_file(path));
    Ok(files)
}

/// Whether the ruleset says that it is published. A new layout would change its digest.
fn is_published(files: &[(String, Vec<u8>)]) -> bool {
    let head = files.iter().find(|(path, _)| path == "ruleset.yaml");
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let tree = head.and_then(|(path, bytes)| read_tree(bytes, path, Limits::RULESET_FILE, &mut sources, &mut findings));
    let status = tree.as_ref().and_then(|tree| tree.get("status")).and_then(Node::as_scalar);
    status.is_some_and(|status| status.text == "published")
}

/// The files whose layout is another; none where a file has faults, which were written to standard error.
fn changes(folder: &Path, files: &[(String, Vec<u8>)], ink: Ink) -> anyhow::Result<Option<Vec<Change>>> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let mut changes = Vec::new();
    for (below, bytes) in files {
        let path = folder.join(below);
        let name = path.to_string_lossy();
        match lay_out(Some(below), &name, bytes, &mut sources, &mut findings) {
            Layout::Text(text) if text.as_bytes() != bytes => changes.push(Change { path, text }),
            Layout::Text(_) | Layout::Faults => {}
            Layout::Changed => return Err(mistake(&name)),
        }
    }
    if findings.is_empty() {
        return Ok(Some(changes));
    }
    write_faults(findings, &sources, ink)?;
    Ok(None)
}

fn mistake(name: &str) -> anyhow::Error {
    anyhow::anyhow!("{name}: the new layout would not say the same, so nothing was written; please report this file")
}
