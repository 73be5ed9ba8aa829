//! Looking at what is kept, without being led astray: no link is followed, no pipe is waited for, no more is read than a
//! manifest may have.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{Error, ErrorKind, Read};
use std::path::{Path, PathBuf};

use clearshare::finding::Code;
use clearshare::text::counted;
use clearshare::yaml::Limits;

use super::disk::is_missing;
use super::trouble::Trouble;
use crate::cli::staged::folder_of;

/// The longest text that is kept: what is longer could not be read again.
pub(super) const MOST: usize = Limits::MANIFEST.max_bytes;

/// Whose file it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// This user's alone: a draft.
    Own,
    /// Anybody's who lets us read it: a manifest in a shared folder.
    Anybodys,
}

/// What is there.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) bytes: Vec<u8>,
    pub(super) metadata: Metadata,
}

/// What is at a path, whose links were followed before; nothing, if nothing is there. `name` is what people call it.
pub(super) fn look(path: &Path, name: &Path, whose: Whose) -> Result<Option<Seen>, Trouble> {
    let unreadable = |error: &Error| Trouble::unreadable(name, error);
    match std::fs::symlink_metadata(path) {
        Err(error) if is_missing(&error) => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
        // Opening a device may do something already.
        Ok(metadata) => check(&metadata, name, whose)?,
    }
    let file = match open(path) {
        Err(error) if is_missing(&error) => return Ok(None),
        opened => opened.map_err(|error| unreadable(&error))?,
    };
    // Of what was opened: it may be another one by now.
    let metadata = file.metadata().map_err(|error| unreadable(&error))?;
    check(&metadata, name, whose)?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(MOST).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() > MOST {
        let what = format!("has more than {}, which no manifest may have", counted(MOST, "byte", "bytes"));
        return Err(Trouble::refused(
            Code::FileTooLarge,
            name,
            &what,
            "it was left as it is: look whether it is yours",
        ));
    }
    Ok(Some(Seen { bytes, metadata }))
}

fn check(metadata: &Metadata, name: &Path, whose: Whose) -> Result<(), Trouble> {
    let kind = metadata.file_type();
    let not_a_file = |what: &str| {
        let help = "it was left as it is: look where it comes from, or name another file";
        Err(Trouble::refused(Code::NotAFile, name, what, help))
    };
    if kind.is_symlink() {
        return not_a_file("is a link, which is not followed here");
    }
    if kind.is_dir() {
        return not_a_file("is a folder");
    }
    if !kind.is_file() {
        return not_a_file("is not a file");
    }
    if whose == Whose::Own && !is_own(metadata) {
        let help = "it was left as it is: answers that somebody else put there are not taken for yours";
        return Err(Trouble::refused(Code::FileUnreadable, name, "belongs to another user", help));
    }
    Ok(())
}

/// Where a path leads: every link is followed, the last one even where nothing is there yet.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Error> {
    let mut at = path.to_path_buf();
    // As many as systems follow.
    for _ in 0..40 {
        if std::fs::symlink_metadata(&at).is_ok_and(|there| there.is_symlink()) {
            at = folder_of(&at).join(std::fs::read_link(&at)?);
            continue;
        }
        let Some(name) = at.file_name() else { return Err(ErrorKind::IsADirectory.into()) };
        let folder = std::fs::canonicalize(folder_of(&at))?;
        return if folder.is_dir() { Ok(folder.join(name)) } else { Err(ErrorKind::NotADirectory.into()) };
    }
    Err(Error::other("its links lead in a circle"))
}

/// The same file with the links of its folder followed, but not its own.
pub(super) fn resolve_folder(path: &Path) -> Result<PathBuf, Error> {
    Ok(std::fs::canonicalize(folder_of(path))?.join(path.file_name().unwrap_or_default()))
}

/// Whether other users of this machine may look into something.
#[cfg(unix)]
pub(super) fn seen_by_others(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.mode() & 0o077 != 0
}

#[cfg(not(unix))]
pub(super) fn seen_by_others(_metadata: &Metadata) -> bool {
    false
}

/// Whether something belongs to this user.
#[cfg(unix)]
pub(super) fn is_own(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == rustix::process::geteuid().as_raw()
}

/// Where the folder alone says whose a file is.
#[cfg(not(unix))]
pub(super) fn is_own(_metadata: &Metadata) -> bool {
    true
}

/// So that a link is not followed, and a pipe not waited for.
#[cfg(unix)]
pub(super) fn no_follow() -> i32 {
    use rustix::fs::OFlags;
    // Both fit: they are the C library's own numbers, which are of this type.
    i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default()
}

fn open(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, no_follow());
    options.open(path)
}
