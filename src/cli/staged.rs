//! Files that are written together: all of them, or none.

use std::fs::File;
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::text::quoted;
use tempfile::NamedTempFile;

use super::interrupt::{Held, Interrupted};
use super::why::why;

/// Why nothing was written.
pub(super) enum Unwritten {
    /// A place cannot be written to.
    Fault(Box<Finding>),
    /// Somebody wanted the program to end.
    Interrupted,
}

impl From<Interrupted> for Unwritten {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}

impl From<Box<Finding>> for Unwritten {
    fn from(finding: Box<Finding>) -> Self {
        Self::Fault(finding)
    }
}

/// What was written before a file could not take its name.
pub(super) struct Stopped {
    /// How many files were written: the first ones.
    pub(super) written: usize,
    /// Why the next was not.
    pub(super) fault: Box<Finding>,
}

/// Who may read a file.
enum Readers {
    /// Its owner alone.
    Owner,
    /// Colleagues too.
    Colleagues,
    /// Those that may read the one before.
    Those(std::fs::Permissions),
}

/// One file, whole, beside the place that it will take.
struct Ready {
    beside: NamedTempFile,
    /// Its place, links followed.
    place: PathBuf,
    /// The name that people know it by.
    name: PathBuf,
}

/// Files that stand ready under hidden names. They are taken away again unless they are given their own.
pub(super) struct Staged {
    // Before `held`: the hidden files are gone before the program may be stopped.
    files: Vec<Ready>,
    held: Held,
    /// Brings what was written onto the disk.
    sync: fn(&File) -> std::io::Result<()>,
}

impl Staged {
    /// None yet. From now on the program is not stopped in the middle.
    pub(super) fn new() -> Self {
        Self { files: Vec::new(), held: Held::new(), sync: File::sync_all }
    }

    /// Makes a new file ready. What it holds is for colleagues to read.
    pub(super) fn add_new(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Unwritten> {
        self.add(path, path, bytes, Readers::Colleagues)
    }

    /// Makes a new file ready that is for its owner alone to read.
    pub(super) fn add_private(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Unwritten> {
        self.add(path, path, bytes, Readers::Owner)
    }

    /// Makes a file ready that may take the place of another. What a link leads to is replaced, and the link stays.
    pub(super) fn add_over(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Unwritten> {
        let place = std::fs::canonicalize(path).ok();
        let there = place.as_deref().and_then(|place| std::fs::metadata(place).ok());
        // A rename would get round the wish of whoever made the file read-only.
        if there.as_ref().is_some_and(|there| there.permissions().readonly()) {
            return Err(Unwritten::Fault(cannot(path, "it is read-only")));
        }
        let readers = there.map_or(Readers::Colleagues, |there| Readers::Those(there.permissions()));
        self.add(path, place.as_deref().unwrap_or(path), bytes, readers)
    }

    fn add(&mut self, name: &Path, place: &Path, bytes: &[u8], readers: Readers) -> Result<(), Unwritten> {
        self.held.go_on()?;
        let beside = beside(place, bytes, readers, self.sync).map_err(|error| cannot(name, &why(&error)))?;
        self.files.push(Ready { beside, place: place.to_path_buf(), name: name.to_path_buf() });
        Ok(self.held.go_on()?)
    }

    /// Gives each file its name, in place of what may be there.
    pub(super) fn replace(self) -> Result<(), Stopped> {
        for (written, Ready { beside, place, name }) in self.files.into_iter().enumerate() {
            if let Err(error) = beside.persist(&place) {
                return Err(Stopped { written, fault: cannot(&name, &why(&error.error)) });
            }
        }
        Ok(())
    }

    /// Gives each file its name, where nothing has it yet: all of them, or none.
    pub(super) fn create(self) -> Result<(), Box<Finding>> {
        let mut made: Vec<PathBuf> = Vec::new();
        for Ready { beside, place, name } in self.files {
            let fault = match beside.persist_noclobber(&place) {
                Ok(_) => {
                    // Its name, too, is to survive a loss of power. Where a system knows nothing of that, it is written all the same.
                    drop(File::open(folder_of(&place)).and_then(|folder| folder.sync_all()));
                    made.push(place);
                    continue;
                }
                Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => exists(&name),
                Err(error) => cannot(&name, &why(&error.error)),
            };
            // They are of this run: nothing is lost.
            made.iter().for_each(|path| drop(std::fs::remove_file(path)));
            return Err(fault);
        }
        Ok(())
    }
}

fn beside(
    place: &Path,
    bytes: &[u8],
    readers: Readers,
    sync: fn(&File) -> std::io::Result<()>,
) -> std::io::Result<NamedTempFile> {
    use std::io::Write;
    let mut file = NamedTempFile::new_in(folder_of(place))?;
    file.write_all(bytes)?;
    match readers {
        // As every temporary file begins.
        Readers::Owner => {}
        Readers::Colleagues => open_to_others(&file)?,
        Readers::Those(permissions) => file.as_file().set_permissions(permissions)?,
    }
    sync(file.as_file())?;
    Ok(file)
}

/// The folder that a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// That something cannot be written, and why.
#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
pub(super) fn cannot(path: &Path, why: &str) -> Box<Finding> {
    let name = quoted(&path.to_string_lossy());
    let finding = Finding::new(Code::CannotWrite, format!("{name} cannot be written: {why}"));
    Box::new(finding.help("choose another place, or make sure that you may write there"))
}

/// That something is there and stays.
#[expect(clippy::unnecessary_box_returns, reason = "its callers return it boxed, beside what is usual")]
pub(super) fn exists(path: &Path) -> Box<Finding> {
    let name = quoted(&path.to_string_lossy());
    let finding = Finding::new(Code::FileExists, format!("{name} is there already"));
    Box::new(finding.help("nothing was written: choose another place, or move what is there"))
}

/// What is written is for colleagues to read: a temporary file starts out private.
#[cfg(unix)]
fn open_to_others(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_others(_file: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything in a folder with what it holds, hidden files as well.
    fn held_by(folder: &Path) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
                (entry.file_name().into_string().unwrap(), text)
            })
            .collect();
        found.sort();
        found
    }

    fn staged(folder: &Path, names: &[&str], add: fn(&mut Staged, &Path, &[u8]) -> Result<(), Unwritten>) -> Staged {
        let mut staged = Staged::new();
        for name in names {
            assert!(add(&mut staged, &folder.join(name), b"new").is_ok());
        }
        staged
    }

    fn pair(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn what_is_not_given_its_name_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let staged = staged(folder.path(), &["a", "b"], Staged::add_new);
        assert_eq!(held_by(folder.path()).len(), 2, "both stand ready under hidden names");
        drop(staged);
        assert_eq!(held_by(folder.path()), []);
    }

    #[test]
    fn of_new_files_all_are_there_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let ready = staged(folder.path(), &["a", "b", "c"], Staged::add_new);
        std::fs::write(folder.path().join("b"), "theirs").unwrap();
        let fault = ready.create().unwrap_err();
        assert_eq!(fault.code(), Code::FileExists);
        assert!(fault.message().contains("b` is there already"), "{}", fault.message());
        assert_eq!(held_by(folder.path()), [pair("b", "theirs")]);
    }

    #[test]
    fn of_files_to_replace_it_is_said_which_were() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            std::fs::write(folder.path().join(name), "old").unwrap();
        }
        let ready = staged(folder.path(), &["a", "b", "c"], Staged::add_over);
        // A file cannot take the name of a folder.
        std::fs::remove_file(folder.path().join("b")).unwrap();
        std::fs::create_dir(folder.path().join("b")).unwrap();
        let Err(stopped) = ready.replace() else { panic!("b is a folder") };
        assert_eq!(stopped.written, 1);
        assert!(stopped.fault.message().contains("b` cannot be written: "), "{}", stopped.fault.message());
        assert_eq!(held_by(folder.path()), [pair("a", "new"), pair("b", ""), pair("c", "old")]);
    }

    #[test]
    fn what_is_not_known_to_be_on_the_disk_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("old"), "old").unwrap();
        for (name, add) in
            [("new", Staged::add_private as fn(&mut Staged, &Path, &[u8]) -> _), ("old", Staged::add_over)]
        {
            let mut staged = Staged { sync: |_| Err(std::io::ErrorKind::StorageFull.into()), ..Staged::new() };
            let Err(Unwritten::Fault(fault)) = add(&mut staged, &folder.path().join(name), b"bytes") else {
                panic!("{name}: it could not be brought onto the disk")
            };
            assert_eq!(fault.code(), Code::CannotWrite);
        }
        assert_eq!(held_by(folder.path()), [pair("old", "old")]);
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "old").unwrap();
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        assert!(matches!(Staged::new().add_over(&path, b"new"), Err(Unwritten::Fault(_))));
        assert_eq!(held_by(folder.path()), [pair("a", "old")]);
    }
}
