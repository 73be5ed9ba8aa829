//! `clearshare rules fmt`: the files of a ruleset, laid out in one way.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding, Findings};
use clearshare::format::{Layout, is_laid_out, lay_out};
use clearshare::report::Ink;
use clearshare::text::{Sources, quoted, visible};
use clearshare::yaml::{Limits, Node, read_tree};

use crate::cli::args::LookArgs;
use crate::cli::patient_writer::PatientWriter;
use crate::cli::rulesets::{write_fault, write_faults};
use crate::cli::{Exit, style, system};

/// Lay out the files of a ruleset in one way
///
/// The order of keys, the indentation, quotes and line breaks are set; comments stay, lists keep their order, and nothing
/// that is said changes. If a file has a fault, no file is written.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct FmtArgs {
    /// The folder that holds the ruleset; `-` lays out one file from standard input
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Write nothing: list the files that would change, and exit with status 1 if there are any
    #[arg(long)]
    check: bool,
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
    let mut out = BufWriter::new(PatientWriter::new(std::io::stdout().lock()));
    for change in &changes {
        if !args.check
            && let Err(finding) = write_over(&change.path, &change.text)
        {
            out.flush()?;
            return fault(&finding, ink);
        }
        let done = if args.check { "would change" } else { "changed" };
        writeln!(out, "{done}: {}", visible(&change.path.to_string_lossy()))?;
    }
    let (changed, all) = (changes.len(), files.len());
    match (changed, args.check) {
        (0, _) => writeln!(out, "All {all} files are laid out.")?,
        (_, true) => writeln!(out, "{changed} of {all} files would change.")?,
        (_, false) => writeln!(out, "{changed} of {all} files changed.")?,
    }
    out.flush()?;
    Ok(if args.check && changed > 0 { Exit::Failed } else { Exit::Passed })
}

fn fault(finding: &Finding, ink: Ink) -> anyhow::Result<Exit> {
    write_fault(finding, &Sources::new(), ink)?;
    Ok(Exit::Fault)
}

/// One file, from standard input to standard output.
fn standard_input(check: bool, ink: Ink) -> anyhow::Result<Exit> {
    let name = "standard input";
    let bytes = match system::read(Path::new("-"), Limits::RULESET_FILE.max_bytes) {
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
    let mut files = system::read_folder(folder, Limits::RULESET_FILE.max_bytes)?;
    files.retain(|(path, _)| is_laid_out(path));
    // Somebody's folder of other YAML files must not be rewritten because of a slip.
    if !files.iter().any(|(path, _)| path == "ruleset.yaml") {
        let name = quoted(&folder.to_string_lossy());
        let finding = Finding::new(Code::MissingFile, format!("{name} holds no ruleset: there is no `ruleset.yaml`"));
        return Err(Box::new(finding.help("name the folder of one version, for example `rules/uk-border/2026.11`")));
    }
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

/// Writes over a file: whole, or not at all. What a link leads to is written, and the link stays.
fn write_over(path: &Path, text: &str) -> Result<(), Box<Finding>> {
    let fault = |error: &std::io::Error| {
        let name = quoted(&path.to_string_lossy());
        let finding = Finding::new(Code::CannotWrite, format!("{name} cannot be written: {}", error.kind()));
        Box::new(finding.help("it is left as it was: check that you may write to it and to its folder"))
    };
    let target = path.canonicalize().map_err(|error| fault(&error))?;
    let permissions = std::fs::metadata(&target).map_err(|error| fault(&error))?.permissions();
    // A rename would get round the wish of whoever made the file read-only.
    if permissions.readonly() {
        return Err(fault(&std::io::ErrorKind::PermissionDenied.into()));
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| fault(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| fault(&error))?;
    file.as_file().set_permissions(permissions).map_err(|error| fault(&error))?;
    file.as_file().sync_all().map_err(|error| fault(&error))?;
    file.persist(&target).map_err(|error| fault(&error.error))?;
    Ok(())
}
