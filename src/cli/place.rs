//! Places to write to: looked at before the work, and written to after it.

use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::report::Ink;
use clearshare::text::{Sources, quoted};

use super::Exit;
use super::interrupt::{Held, Interrupted};
use super::rulesets::write_fault;
use super::staged::{Staged, Unwritten, cannot, exists, folder_of};
use super::why::why;

/// Says on standard error why nothing was written.
pub(super) fn unwritten(why: Unwritten, ink: Ink) -> anyhow::Result<Exit> {
    match why {
        Unwritten::Interrupted => Err(Interrupted.into()),
        Unwritten::Fault(finding) => {
            write_fault(&finding, &Sources::new(), ink)?;
            Ok(Exit::Fault)
        }
    }
}

/// Writes new files whole: all of them, or none. Those that are there already are left as they are.
pub(super) fn write_new<P: AsRef<Path>, B: AsRef<[u8]>>(files: &[(P, B)]) -> Result<(), Unwritten> {
    if let Some((path, _)) = files.iter().find(|(path, _)| std::fs::symlink_metadata(path).is_ok()) {
        return Err(exists(path.as_ref()).into());
    }
    let mut staged = Staged::new();
    for (path, bytes) in files {
        staged.add_new(path.as_ref(), bytes.as_ref())?;
    }
    Ok(staged.create()?)
}

/// Writes a new file whole, or not at all, for its owner alone to read. One that is there already is left as it is.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Unwritten> {
    let mut staged = Staged::new();
    staged.add_private(path, bytes)?;
    Ok(staged.create()?)
}

/// Looks, before the work that leads to it, whether a new file can be written.
pub(super) fn check_new(path: &Path) -> Result<(), Unwritten> {
    if std::fs::symlink_metadata(path).is_ok() {
        return Err(exists(path).into());
    }
    check_file(path)
}

/// Writes a file whole, or not at all, in place of one that may be there. What is there and is no file, such as a pipe, is
/// written to.
pub(super) fn write_over(path: &Path, bytes: &[u8]) -> Result<(), Unwritten> {
    use std::io::Write;
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let written = std::fs::OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(bytes));
        return written.map_err(|error| cannot(path, &why(&error)).into());
    }
    let mut staged = Staged::new();
    staged.add_over(path, bytes)?;
    staged.replace().map_err(|stopped| stopped.fault.into())
}

/// Looks, before the work that leads to it, whether a file can be written.
pub(super) fn check_file(path: &Path) -> Result<(), Unwritten> {
    let there = std::fs::metadata(path).ok();
    if there.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        return Err(cannot(path, "it is a folder").into());
    }
    if there.as_ref().is_some_and(|there| there.permissions().readonly()) {
        return Err(cannot(path, "it is read-only").into());
    }
    if there.is_some_and(|there| !there.is_file()) {
        return Ok(());
    }
    // What a link leads to is written.
    let place = std::fs::canonicalize(path).ok();
    let folder = folder_of(place.as_deref().unwrap_or(path));
    if !folder.exists() {
        return Err(cannot(path, &format!("there is no folder {}", quoted(&folder.to_string_lossy()))).into());
    }
    try_out(folder).map_err(|error| cannot(path, &why(&error)).into())
}

/// Looks, before the work that leads to it, whether a folder for new files can be made or written to. Nothing is left behind.
pub(super) fn check_folder(folder: &Path) -> Result<(), Unwritten> {
    if folder.as_os_str() == "-" {
        let finding = Finding::new(Code::CannotWrite, "`-` is standard output, and these are several files");
        return Err(Box::new(finding.help("name a folder; one that is called `-` is written `./-`")).into());
    }
    let mut there = folder;
    while std::fs::symlink_metadata(there).is_err() {
        there = folder_of(there);
    }
    if !there.is_dir() {
        let finding = Finding::new(Code::NotAFile, format!("{} is not a folder", quoted(&there.to_string_lossy())));
        return Err(Box::new(finding.help("name a folder, which may be a new one")).into());
    }
    try_out(there).map_err(|error| cannot(folder, &why(&error)).into())
}

/// Folders that were just made. Those that nothing was put into are taken away again.
pub(super) struct NewFolders {
    // The deepest first.
    made: Vec<PathBuf>,
    _held: Held,
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        // One that holds something stays.
        self.made.iter().for_each(|folder| drop(std::fs::remove_dir(folder)));
    }
}

/// Makes a folder with all above it.
pub(super) fn make_folder(folder: &Path) -> Result<NewFolders, Unwritten> {
    let mut folders = NewFolders { made: Vec::new(), _held: Held::new() };
    let missing = |path: &&Path| !path.as_os_str().is_empty() && std::fs::symlink_metadata(path).is_err();
    folders.made.extend(folder.ancestors().take_while(missing).map(Path::to_path_buf));
    match std::fs::create_dir_all(folder) {
        Ok(()) => Ok(folders),
        Err(error) => Err(cannot(folder, &why(&error)).into()),
    }
}

fn try_out(folder: &Path) -> std::io::Result<()> {
    // So that it is taken away again in any case.
    let _held = Held::new();
    tempfile::NamedTempFile::new_in(folder)?.close()
}

/// That a place to write to is not the file that is being read.
pub(super) fn not_over(path: &Path, read: &Path) -> Result<(), Unwritten> {
    let (Ok(there), Ok(read)) = (std::fs::canonicalize(path), std::fs::canonicalize(read)) else { return Ok(()) };
    if there != read {
        return Ok(());
    }
    let finding =
        Finding::new(Code::CannotWrite, format!("{} is the file that is read", quoted(&path.to_string_lossy())));
    Err(Box::new(finding.help("nothing was written: choose another place")).into())
}

/// That a place to write to is not inside a folder that is being read: a report there would be taken for a file of the ruleset,
/// or written over one.
pub(super) fn outside(path: &Path, ruleset: &Path) -> Result<(), Unwritten> {
    let parent = std::fs::canonicalize(path).ok().as_deref().map_or_else(|| folder_of(path), folder_of).to_path_buf();
    let (Ok(parent), Ok(ruleset)) = (std::fs::canonicalize(parent), std::fs::canonicalize(ruleset)) else {
        return Ok(());
    };
    if !parent.starts_with(&ruleset) {
        return Ok(());
    }
    let name = quoted(&path.to_string_lossy());
    let finding = Finding::new(Code::CannotWrite, format!("{name} is inside the ruleset"));
    Err(Box::new(finding.help("nothing was written: choose a place outside its folder")).into())
}
