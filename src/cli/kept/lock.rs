//! A lock on a file, so that a second interview is told of the first.
//!
//! It is a file in the state folder, named for the place that it stands for: nothing is left beside a manifest. The system
//! lets go of it when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, Read, Seek, Write};
use std::path::{Path, PathBuf};

use clearshare::text::digest;

use super::disk::Disk;

/// Why a file is not locked.
pub(super) enum NotLocked {
    /// Another interview holds it: which one, where that can be known.
    Held(Option<String>),
    /// No lock can be had here.
    Impossible(Error),
}

impl From<Error> for NotLocked {
    fn from(error: Error) -> Self {
        Self::Impossible(error)
    }
}

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Locks a place; `folder` holds the locks.
    pub(super) fn take(disk: &dyn Disk, folder: &Path, place: &Path) -> Result<Self, NotLocked> {
        disk.make_folder(folder)?;
        let name = digest([("", place.as_os_str().as_encoded_bytes())]);
        let path = folder.join(format!("{name}.lock"));
        for _ in 0..100 {
            if let Some(lock) = Self::on(open(&path)?, &path)? {
                return Ok(lock);
            }
        }
        Err(NotLocked::Held(None))
    }

    /// Locks a file that was just opened. One that its last holder has deleted by now is no lock any more: the next one is.
    fn on(mut file: File, path: &Path) -> Result<Option<Self>, NotLocked> {
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(NotLocked::Held(holder(&mut file))),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        if !is_still(&file, path) {
            return Ok(None);
        }
        note_holder(&mut file);
        Ok(Some(Self { file, path: path.to_path_buf() }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is held: whoever waits for it looks again whether its file is still there.
        if cfg!(unix) {
            drop(std::fs::remove_file(&self.path));
        }
        drop(self.file.unlock());
    }
}

fn open(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(super::look::no_follow());
    }
    options.open(path)
}

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(mine), Ok(there)) = (file.metadata(), std::fs::symlink_metadata(path)) else { return false };
    (mine.dev(), mine.ino()) == (there.dev(), there.ino())
}

/// Where lock files are not deleted.
#[cfg(not(unix))]
fn is_still(_file: &File, _path: &Path) -> bool {
    true
}

/// Writes down who holds it. It holds without that too.
fn note_holder(file: &mut File) {
    let (id, now) = (std::process::id(), jiff::Timestamp::now().as_second());
    drop(file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{id} {now}")));
}

/// Who holds it, as far as that was written down by a process that still runs.
fn holder(file: &mut File) -> Option<String> {
    let mut text = String::new();
    file.take(64).read_to_string(&mut text).ok()?;
    let (id, since) = text.strip_suffix('\n')?.split_once(' ')?;
    let id: u32 = id.parse().ok()?;
    let since = jiff::Timestamp::from_second(since.parse().ok()?).ok()?;
    runs(id).then(|| format!("process {id}, since {}", since.strftime("%Y-%m-%d %H:%M UTC")))
}

#[cfg(unix)]
fn runs(id: u32) -> bool {
    let process = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    let Some(process) = process else { return false };
    // One that we may not send a signal to is there all the same.
    !matches!(rustix::process::test_kill_process(process), Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn runs(_id: u32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::super::disk::RealDisk;
    use super::*;

    fn take(folder: &Path, place: &str) -> Result<Lock, NotLocked> {
        Lock::take(&RealDisk, folder, Path::new(place))
    }

    #[test]
    fn the_second_is_told_who_has_it_and_the_next_gets_it() {
        let folder = tempfile::tempdir().unwrap();
        let locks = folder.path().join("locks");
        let first = take(&locks, "/a").ok().expect("nobody has it");
        let Err(NotLocked::Held(who)) = take(&locks, "/a") else { panic!("it is held") };
        let process = format!("process {}, since 20", std::process::id());
        // Elsewhere a locked file cannot be read.
        assert!(!cfg!(unix) || who.as_ref().is_some_and(|who| who.starts_with(&process)), "{who:?}");
        let other = take(&locks, "/b").ok().expect("another place has a lock of its own");
        drop(first);
        drop(take(&locks, "/a").ok().expect("it was let go"));
        drop(other);
        if cfg!(unix) {
            assert_eq!(std::fs::read_dir(&locks).unwrap().count(), 0, "no lock is left over");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_that_was_deleted_while_somebody_came_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let first = take(folder.path(), "/a").ok().expect("nobody has it");
        let path = first.path.clone();
        let (late, later) = (open(&path).unwrap(), open(&path).unwrap());
        drop(first);
        assert!(matches!(Lock::on(late, &path), Ok(None)), "it is gone");
        let next = take(folder.path(), "/a").ok().expect("nobody has it");
        assert!(matches!(Lock::on(later, &path), Ok(None)), "another one is there");
        assert!(matches!(take(folder.path(), "/a"), Err(NotLocked::Held(Some(_)))));
        drop(next);
    }

    #[test]
    fn a_lock_of_a_process_that_ended_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        drop(take(folder.path(), "/a").ok().expect("nobody has it"));
        let name = digest([("", b"/a".as_slice())]);
        std::fs::write(folder.path().join(format!("{name}.lock")), "4194304 1\n").unwrap();
        assert!(take(folder.path(), "/a").is_ok());
    }

    #[test]
    fn what_is_written_in_a_lock_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let first = take(folder.path(), "/a").ok().expect("nobody has it");
        for text in ["", "x", "1", "1 x\n", "\u{1b}[31m 1\n", "4194303 99999999999999999\n", "0 1\n"] {
            std::fs::write(&first.path, text).unwrap();
            let Err(NotLocked::Held(who)) = take(folder.path(), "/a") else { panic!("it is held") };
            assert_eq!(who, None, "{text:?}");
        }
    }

    #[test]
    fn where_no_lock_can_be_made_it_says_so() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let locks = folder.path().join("file/locks");
        assert!(matches!(take(&locks, "/a"), Err(NotLocked::Impossible(_))));
    }
}
