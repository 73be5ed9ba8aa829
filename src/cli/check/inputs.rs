//! Which manifests to check.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::text::quoted;
use globset::{Glob, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

use crate::cli::bounds::Bounds;
use crate::cli::why::why;

/// The names that manifests have where nothing else is asked for.
const USUAL: [&str; 4] = ["data-sharing*.yaml", "data-sharing*.yml", "*.sharing.yaml", "*.sharing.yml"];

/// A manifest to check.
pub(super) struct Found {
    /// Its path, as people know it.
    pub(super) path: PathBuf,
    /// Why it cannot be looked at.
    pub(super) fault: Option<Box<Finding>>,
}

/// The manifests under some paths: files as they are named, then those of each folder and pattern by name. Each once. What cannot
/// be looked at is among them with its fault. An error where there is nothing to check.
pub(super) fn find(paths: &[PathBuf], include: &[String]) -> Result<Vec<Found>, Box<Finding>> {
    let built = OnceCell::new();
    // The usual names need not be made out where every manifest is named itself.
    let names = || match built.get() {
        Some(names) => Ok(names),
        None => names(include).map(|names| built.get_or_init(|| names)),
    };
    if !include.is_empty() {
        names()?;
    }
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let mut under = if path.is_dir() {
            in_folder(path, names()?)
        } else if is_pattern(path) && std::fs::symlink_metadata(path).is_err() {
            matching(path)?
        } else {
            found.push(Found { path: path.clone(), fault: None });
            continue;
        };
        if under.is_empty() {
            return Err(nothing(path, include));
        }
        under.sort_by(|left, right| left.path.cmp(&right.path));
        found.extend(under);
    }
    found.retain(|found| seen.insert(found.path.clone()));
    Ok(found)
}

fn names(include: &[String]) -> Result<GlobSet, Box<Finding>> {
    let mut names = GlobSetBuilder::new();
    let usual = USUAL.into_iter().filter(|_| include.is_empty());
    for pattern in usual.chain(include.iter().map(String::as_str)) {
        names.add(glob(pattern)?);
    }
    names.build().map_err(|error| bad_pattern(&include.join(" "), &error))
}

fn glob(pattern: &str) -> Result<Glob, Box<Finding>> {
    let built = globset::GlobBuilder::new(pattern).literal_separator(true).build();
    built.map_err(|error| bad_pattern(pattern, &error))
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on boxed")]
fn bad_pattern(pattern: &str, error: &globset::Error) -> Box<Finding> {
    let message = format!("{} is not a pattern: {}", quoted(pattern), error.kind());
    let help = "`*` stands for any letters of a name, `?` for one, `**` for folders at any depth, `{a,b}` for either";
    Box::new(Finding::new(Code::BadPattern, message).help(help))
}

fn is_pattern(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.contains(['*', '?'])
        || (text.contains('[') && text.contains(']'))
        || (text.contains('{') && text.contains('}'))
}

/// The manifests of a folder and all below it, but for what git ignores, hidden files and folders, and links to folders.
fn in_folder(folder: &Path, names: &GlobSet) -> Vec<Found> {
    search(folder, |entry| {
        // By its name, or by its path below the folder where the pattern has one.
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        names.is_match(entry.file_name()) || names.is_match(below)
    })
}

/// The files that a pattern names.
fn matching(pattern: &Path) -> Result<Vec<Found>, Box<Finding>> {
    let text = pattern.to_string_lossy();
    let mut globs = GlobSetBuilder::new();
    globs.add(glob(text.strip_prefix("./").unwrap_or(&text))?);
    let globs = globs.build().map_err(|error| bad_pattern(&text, &error))?;
    let base = fixed_part(pattern);
    if !base.is_dir() {
        return Ok(Vec::new());
    }
    Ok(search(&base, |entry| globs.is_match(tidy(entry.path()))))
}

/// What stands before the first sign of a pattern: the folder to search.
pub(in crate::cli) fn fixed_part(pattern: &Path) -> PathBuf {
    let base: PathBuf = pattern.components().take_while(|part| !is_pattern(Path::new(part))).collect();
    if base.as_os_str().is_empty() { PathBuf::from(".") } else { base }
}

/// The files below a folder that are wanted. What cannot be looked at, and a link that leads too far, is among them with its fault.
fn search(folder: &Path, wanted: impl Fn(&ignore::DirEntry) -> bool) -> Vec<Found> {
    let bounds = OnceCell::new();
    let mut found = Vec::new();
    for entry in WalkBuilder::new(folder).require_git(false).git_global(false).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.push(unreadable(folder, &error));
                continue;
            }
        };
        if entry.file_type().is_some_and(|kind| !kind.is_dir()) && wanted(&entry) {
            // Nobody named it: it may lead anywhere, and what is wrong with a file is shown with its text.
            let leads_out = entry.path_is_symlink() && !bounds.get_or_init(|| Bounds::of(folder)).hold(entry.path());
            let path = tidy(entry.path());
            found.push(Found { fault: leads_out.then(|| leads_too_far(&path)), path });
        }
    }
    found
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on boxed")]
fn leads_too_far(path: &Path) -> Box<Finding> {
    let name = quoted(&path.to_string_lossy());
    let message = format!("{name} is a link that leads out of this repository, or to something hidden");
    let help = "it was not read: put the file itself there, or name the link on the command line";
    Box::new(Finding::new(Code::OutsideFolder, message).help(help))
}

/// A path without the `./` before it that nobody wrote.
fn tidy(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_path_buf()
}

fn unreadable(folder: &Path, error: &ignore::Error) -> Found {
    let path = path_of(error).unwrap_or(folder).to_path_buf();
    let why = error.io_error().map_or_else(|| error.to_string(), why);
    let message = format!("{} cannot be searched: {why}", quoted(&path.to_string_lossy()));
    let help = "check who may read it, or name the manifests themselves";
    Found { path, fault: Some(Box::new(Finding::new(Code::FileUnreadable, message).help(help))) }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

#[expect(clippy::unnecessary_box_returns, reason = "it goes on boxed")]
fn nothing(path: &Path, include: &[String]) -> Box<Finding> {
    let names = if include.is_empty() { USUAL.join(", ") } else { include.join(", ") };
    let name = quoted(&path.to_string_lossy());
    let finding = if is_pattern(path) {
        Finding::new(Code::NothingToCheck, format!("no file has a name like {name}"))
            .help("what git ignores is left out: name such a file itself")
    } else {
        Finding::new(Code::NothingToCheck, format!("there is no manifest in {name}")).help(format!(
            "names that count are {names}: name another with `--include`, or write one with `clearshare ask`"
        ))
    };
    Box::new(finding)
}
