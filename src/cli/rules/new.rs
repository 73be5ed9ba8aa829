//! `clearshare rules new`: a ruleset to start from.

use std::io::Write;
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::model::Date;
use clearshare::ruleset::{Reference, Version};
use clearshare::skeleton::{Start, skeleton};
use clearshare::text::{in_shell, quoted, visible};

use crate::cli::args::LookArgs;
use crate::cli::interrupt::Held;
use crate::cli::place::{make_folder, unwritten};
use crate::cli::staged::{Unwritten, cannot, exists, folder_of};
use crate::cli::why::why;
use crate::cli::{Exit, style, system};

/// The id of a ruleset whose folder does not give one.
const ID: &str = "my-rules";

/// Write a small ruleset to start from
///
/// It verifies and passes its own tests. Change it a little at a time, and run `clearshare rules verify` and `clearshare
/// rules test` after each change. See docs/writing-rules.md.
///
/// Exit status: 0 when it is written; 2 when the command line has a fault, or the folder is there already or cannot be written;
/// 3 when clearshare itself fails.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct NewArgs {
    /// The folder to write: a new one, or one that is empty [example: rules/nl-dpia/2026.11]
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The ruleset's id; without it, the name of the folder above the version, or `my-rules`
    #[arg(long, value_name = "ID", value_parser = id)]
    id: Option<String>,
    /// What the ruleset is about, in a line
    #[arg(long, value_name = "TITLE", default_value = "What these rules are about", value_parser = line)]
    title: String,
    /// Who keeps the ruleset
    #[arg(long, value_name = "KEEPER", default_value = "The people who keep these rules", value_parser = line)]
    keeper: String,
    /// The version, a year and a month; without it, the name of the folder, or this month [example: 2026.11]
    #[arg(long, value_name = "VERSION")]
    version: Option<Version>,
    #[command(flatten)]
    look: LookArgs,
}

fn id(text: &str) -> Result<String, String> {
    if names_ruleset(text) {
        return Ok(text.to_owned());
    }
    Err("an id is lower-case letters, digits and single hyphens, for example nl-dpia".to_owned())
}

/// Whether a text can stand before the `@` in a ruleset's name.
fn names_ruleset(text: &str) -> bool {
    text.parse::<Reference>().is_ok_and(|reference| reference.version.is_none())
}

fn line(text: &str) -> Result<String, String> {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err("write one line of text".to_owned());
    }
    Ok(text.to_owned())
}

/// Writes the ruleset.
pub(super) fn run(args: &NewArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let start = match start(args, system::today()) {
        Ok(start) => start,
        Err(finding) => return unwritten(Unwritten::Fault(finding), err),
    };
    if let Err(why) = write(&args.folder, &skeleton(&start)) {
        return unwritten(why, err);
    }
    let name = args.folder.to_string_lossy();
    let word = in_shell(&name);
    let (name, word) = (visible(&name), visible(&word));
    let mut out = std::io::stdout().lock();
    writeln!(out, "Wrote the ruleset {}@{} to {name}.", start.id, start.version)?;
    if start.id == ID && args.id.is_none() {
        writeln!(
            out,
            "It is called {ID}, for its folder's name cannot be an id. To change that, edit `id:` in its ruleset.yaml."
        )?;
    }
    writeln!(out, "Open its files in a text editor: questions.yaml first. After each change, run:")?;
    writeln!(out, "  clearshare rules verify {word}")?;
    writeln!(out, "  clearshare rules test {word}")?;
    Ok(Exit::Passed)
}

/// What the ruleset is: as told, or else as its folders are named.
fn start(args: &NewArgs, today: Date) -> Result<Start, Box<Finding>> {
    let name = |path: Option<&Path>| path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let fault = |code, message: String, help: &str| Err(Box::new(Finding::new(code, message).help(help)));
    if ["", "-"].iter().any(|none| args.folder.as_os_str() == *none) {
        let message = format!("{} is no folder to write a ruleset to", quoted(&args.folder.to_string_lossy()));
        return fault(Code::CannotWrite, message, "name a new folder, for example rules/my-rules/2026.11");
    }
    let folder = name(Some(&args.folder)).unwrap_or_default();
    let named: Option<Version> = folder.parse().ok();
    let is_meant =
        folder.contains(['.', '-', '_']) && folder.bytes().all(|byte| byte.is_ascii_digit() || b".-_".contains(&byte));
    if is_meant && named.is_none() && args.version.is_none() {
        let message = format!("{} looks like a version, and is none", quoted(&folder));
        return fault(
            Code::BadVersion,
            message,
            "a version is a year and a month from 01 to 12, such as 2026.11; or add --version",
        );
    }
    let month = || format!("{:04}.{:02}", today.year(), today.month()).parse().ok();
    let above = if named.is_some() || is_meant { name(args.folder.parent()).unwrap_or_default() } else { folder };
    let id = args.id.clone().unwrap_or_else(|| if names_ruleset(&above) { above } else { ID.to_owned() });
    let version = args.version.or(named).or_else(month).unwrap_or(Version { year: 2026, month: 11 });
    Ok(Start { id, version, title: args.title.clone(), keeper: args.keeper.clone(), today })
}

/// Writes the files into a folder beside the one asked for, which then takes its name: all of them, or none.
fn write(folder: &Path, files: &[(&'static str, String)]) -> Result<(), Unwritten> {
    let held = Held::new();
    let fault = |error: &std::io::Error| cannot(folder, &why(error));
    let there = is_there(folder).map_err(|error| fault(&error))?;
    if there == There::Something {
        let finding =
            exists(folder).help("it is left as it is: name a new folder, or an empty one that you are not in");
        return Err(Box::new(finding).into());
    }
    let above = folder_of(folder);
    let _folders = make_folder(above)?;
    let beside =
        tempfile::Builder::new().prefix(".clearshare-new-").tempdir_in(above).map_err(|error| fault(&error))?;
    fill(beside.path(), files).map_err(|error| fault(&error))?;
    held.go_on()?;
    if there == There::EmptyFolder {
        std::fs::remove_dir(folder).map_err(|error| fault(&error))?;
    }
    // A folder that came to be there meanwhile, with something in it, is not written over.
    std::fs::rename(beside.path(), folder).map_err(|error| fault(&error))?;
    // It is there no more under its old name, so there is nothing to take away.
    drop(beside.keep());
    Ok(())
}

#[derive(PartialEq, Eq)]
enum There {
    Nothing,
    EmptyFolder,
    Something,
}

fn is_there(folder: &Path) -> std::io::Result<There> {
    match std::fs::symlink_metadata(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(There::Nothing),
        Err(error) => Err(error),
        Ok(metadata) if !metadata.is_dir() => Ok(There::Something),
        Ok(_) => {
            // Whoever is in a folder would find themselves nowhere, were another put in its place.
            let here = std::env::current_dir()?.canonicalize()? == folder.canonicalize()?;
            let empty = std::fs::read_dir(folder)?.next().is_none();
            Ok(if empty && !here { There::EmptyFolder } else { There::Something })
        }
    }
}

fn fill(folder: &Path, files: &[(&'static str, String)]) -> std::io::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(above) = path.parent() {
            std::fs::create_dir_all(above)?;
        }
        std::fs::write(path, text)?;
    }
    open_to_others(folder)
}

/// A ruleset is for colleagues to read: a temporary folder starts out private.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_others(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
