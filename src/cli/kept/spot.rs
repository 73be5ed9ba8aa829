//! One place where a text is kept: opened, locked, and written whole or not at all.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use clearshare::finding::{Code, Finding};
use clearshare::text::{counted, digest, quoted};

use super::disk::{Disk, Readers, is_missing};
use super::lock::Lock;
use super::look::{self, MOST, Seen, Whose, look};
use super::store::Store;
use super::trouble::Trouble;
use super::{leftover, names};
use crate::cli::staged::folder_of;

/// Where a text is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Target {
    /// A manifest, which may be there already. Of a link, what it leads to.
    Manifest(PathBuf),
    /// A draft of a name that nothing has yet. Its file is made by the first save.
    NewDraft,
    /// A draft that is there.
    Draft(String),
}

/// A place that was opened.
pub(super) struct Spot {
    /// As people know it.
    name: PathBuf,
    /// Links followed.
    place: PathBuf,
    draft: Option<String>,
    /// The digest of what is there, as far as this run knows: nothing, if nothing is.
    known: Option<String>,
    /// Nothing was there before.
    made: bool,
    _lock: Option<Lock>,
    /// Temporary files that could not be taken away when they should have been.
    leftovers: Vec<PathBuf>,
    saves: usize,
}

/// A spot with what is there.
pub(super) struct Found {
    pub(super) spot: Spot,
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) notices: Vec<String>,
}

impl Spot {
    /// Opens a place, and tries whether it can be written to.
    pub(super) fn open(store: &Store, target: &Target) -> Result<Found, Trouble> {
        let mut found = match target {
            Target::Manifest(path) => Self::manifest(store, path)?,
            Target::NewDraft => Self::new_draft(store)?,
            Target::Draft(name) => Self::draft_there(store, name)?,
        };
        found.spot.try_out(store.disk())?;
        Ok(found)
    }

    fn manifest(store: &Store, path: &Path) -> Result<Found, Trouble> {
        if path.as_os_str() == "-" {
            let help = "name a file; one that is called `-` is written `./-`";
            return Err(Trouble::cannot_write(path, "it is standard output, which keeps nothing", help));
        }
        let place = look::resolve(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                let why = format!("there is no folder {}", quoted(&folder_of(path).to_string_lossy()));
                Trouble::cannot_write(path, &why, "make that folder first, or choose another place")
            }
            _ => Trouble::unwritten(path, &error),
        })?;
        let mut notices = Vec::new();
        let lock = store.lock(&place, path, &mut notices)?;
        let seen = look(&place, path, Whose::Anybodys)?;
        Ok(Self::found(path.to_path_buf(), place, None, lock, seen, notices))
    }

    fn draft_there(store: &Store, name: &str) -> Result<Found, Trouble> {
        let path = path_of(store, name)?;
        // Looked at first: nothing is locked, and no folder made, for the sake of a slip.
        if look(&path, &path, Whose::Own)?.is_none() {
            return Err(no_such_draft(name));
        }
        let folder = store.make_drafts_folder()?;
        let place = folder.join(path.file_name().unwrap_or_default());
        let mut notices = Vec::new();
        let lock = store.lock(&place, &path, &mut notices)?;
        let Some(seen) = look(&place, &path, Whose::Own)? else { return Err(no_such_draft(name)) };
        if look::seen_by_others(&seen.metadata) {
            notices.push(format!(
                "Other users of this machine could read the draft {name}. From the next answer on they cannot."
            ));
        }
        Ok(Self::found(path, place, Some(name.to_owned()), lock, Some(seen), notices))
    }

    fn new_draft(store: &Store) -> Result<Found, Trouble> {
        let folder = store.make_drafts_folder()?;
        for number in 1..=10_000 {
            let name = names::of_day(store.today(), number);
            let Some(file) = names::file_of(&name) else { continue };
            let place = folder.join(file);
            let is_free = || std::fs::symlink_metadata(&place).is_err_and(|error| is_missing(&error));
            if !is_free() {
                continue;
            }
            let mut notices = Vec::new();
            let lock = match store.lock(&place, &place, &mut notices) {
                // It is about to be made by another interview.
                Err(Trouble::InUse(_)) => continue,
                lock => lock?,
            };
            // The one that held the lock a moment ago may have made it.
            if is_free() {
                return Ok(Self::found(place.clone(), place, Some(name), lock, None, notices));
            }
        }
        Err(Trouble::cannot_write(
            &folder,
            "it has thousands of drafts of today",
            "remove some: `clearshare drafts remove`",
        ))
    }

    fn found(
        name: PathBuf,
        place: PathBuf,
        draft: Option<String>,
        lock: Option<Lock>,
        seen: Option<Seen>,
        notices: Vec<String>,
    ) -> Found {
        let bytes = seen.map(|seen| seen.bytes);
        // Only with the lock is it sure that nobody is just writing them.
        let leftovers = if lock.is_some() { leftover::beside(&place) } else { Vec::new() };
        let known = bytes.as_deref().map(digest_of);
        let made = bytes.is_none();
        let spot = Self { name, place, draft, known, made, _lock: lock, leftovers, saves: 0 };
        Found { spot, bytes, notices }
    }

    /// Finds out now, and not at the first answer, that nothing can be written there. Nothing is left behind.
    fn try_out(&mut self, disk: &dyn Disk) -> Result<(), Trouble> {
        if std::fs::metadata(&self.place).is_ok_and(|there| there.permissions().readonly()) {
            return Err(self.read_only());
        }
        self.tidy(disk);
        let (path, file) = self.temporary(disk, Readers::Owner).map_err(|error| self.unwritten(&error))?;
        drop(file);
        self.take_away(disk, path);
        Ok(())
    }

    /// As people know it.
    pub(super) fn name(&self) -> &Path {
        &self.name
    }

    /// The name of the draft that it is.
    pub(super) fn draft(&self) -> Option<&str> {
        self.draft.as_deref()
    }

    /// Whether something is there, as far as is known.
    pub(super) fn holds_something(&self) -> bool {
        self.known.is_some()
    }

    /// Reads what is there now, and takes that as known.
    pub(super) fn reread(&mut self) -> Result<Option<Vec<u8>>, Trouble> {
        if self.draft.is_none() {
            self.place = look::resolve(&self.name).map_err(|error| self.unwritten(&error))?;
        }
        let seen = look(&self.place, &self.name, self.whose())?;
        // What was changed is somebody else's as well from now on.
        self.made &= seen.is_none();
        self.known = seen.as_ref().map(|seen| digest_of(&seen.bytes));
        Ok(seen.map(|seen| seen.bytes))
    }

    /// Puts a text there, in place of the one that is known to be there.
    pub(super) fn save(&mut self, disk: &dyn Disk, text: &str) -> Result<(), Trouble> {
        if text.len() > MOST {
            let why = format!("a manifest may have {} at most", counted(MOST, "byte", "bytes"));
            return Err(Trouble::cannot_write(
                &self.name,
                &why,
                "shorten what you wrote; the last answer was not saved",
            ));
        }
        let there = self.unchanged()?;
        if there.as_ref().is_some_and(|seen| seen.metadata.permissions().readonly()) {
            return Err(self.read_only());
        }
        self.tidy(disk);
        let written = self.replace(disk, text.as_bytes(), there.as_ref());
        written.map_err(|error| match error.kind() {
            // Where nothing was a moment ago.
            ErrorKind::AlreadyExists => Trouble::changed(&self.name),
            _ => self.unwritten(&error),
        })
    }

    /// Deletes what is there, if it is a draft or this run made it, and nobody else changed it.
    pub(super) fn discard(&mut self, disk: &dyn Disk) -> Result<(), Trouble> {
        self.tidy(disk);
        if self.draft.is_none() && !self.made {
            let help = "take out by hand what should not be in it";
            return Err(Trouble::cannot_write(
                &self.name,
                "it was there before this interview and is not deleted",
                help,
            ));
        }
        if self.unchanged()?.is_none() {
            self.known = None;
            return Ok(());
        }
        disk.remove(&self.place).map_err(|error| self.unwritten(&error))?;
        self.known = None;
        disk.sync_folder(folder_of(&self.place)).map_err(|error| self.unwritten(&error))
    }

    /// What is there, if it is what this run knows, or nothing.
    fn unchanged(&self) -> Result<Option<Seen>, Trouble> {
        if self.draft.is_none() {
            let place = look::resolve(&self.name).map_err(|error| self.unwritten(&error))?;
            // The link leads somewhere else now.
            if place != self.place {
                return Err(Trouble::changed(&self.name));
            }
        }
        let seen = look(&self.place, &self.name, self.whose()).map_err(|trouble| match trouble {
            // A folder, a link, a huge file: none of them is what was there.
            Trouble::Unreadable(finding) if finding.code() != Code::FileUnreadable => Trouble::changed(&self.name),
            other => other,
        })?;
        match (&seen, &self.known) {
            // That it is gone loses nothing: it is written again.
            (None, _) => Ok(None),
            (Some(there), Some(known)) if digest_of(&there.bytes) == *known => Ok(seen),
            (Some(_), _) => Err(Trouble::changed(&self.name)),
        }
    }

    fn replace(&mut self, disk: &dyn Disk, bytes: &[u8], there: Option<&Seen>) -> Result<(), Error> {
        let readers = if self.draft.is_none() && there.is_none() { Readers::Colleagues } else { Readers::Owner };
        let (beside, mut file) = self.temporary(disk, readers)?;
        let mut fill = || {
            if let Some(seen) = there.filter(|_| self.draft.is_none()) {
                disk.permit(&file, permissions(&seen.metadata))?;
            }
            disk.write(&mut file, bytes)?;
            disk.flush(&mut file)?;
            disk.sync(&file)
        };
        let filled = fill();
        // Before it is renamed: some systems rename no open file.
        drop(file);
        let renamed = filled.and_then(|()| match there {
            Some(_) => disk.rename_over(&beside, &self.place),
            None => disk.rename_new(&beside, &self.place),
        });
        if let Err(error) = renamed {
            self.take_away(disk, beside);
            return Err(error);
        }
        self.known = Some(digest_of(bytes));
        disk.sync_folder(folder_of(&self.place))
    }

    fn temporary(&mut self, disk: &dyn Disk, readers: Readers) -> Result<(PathBuf, std::fs::File), Error> {
        loop {
            self.saves = self.saves.saturating_add(1);
            let path = leftover::path(&self.place, self.saves);
            match disk.create(&path, readers) {
                // Of an earlier process that had our number.
                Err(error) if error.kind() == ErrorKind::AlreadyExists && self.saves < 100_000 => {}
                created => return created.map(|file| (path, file)),
            }
        }
    }

    fn take_away(&mut self, disk: &dyn Disk, path: PathBuf) {
        if disk.remove(&path).is_err_and(|error| !is_missing(&error)) {
            self.leftovers.push(path);
        }
    }

    /// Takes away what is left of earlier saves.
    pub(super) fn tidy(&mut self, disk: &dyn Disk) {
        for path in std::mem::take(&mut self.leftovers) {
            self.take_away(disk, path);
        }
    }

    fn whose(&self) -> Whose {
        if self.draft.is_some() { Whose::Own } else { Whose::Anybodys }
    }

    fn unwritten(&self, error: &Error) -> Trouble {
        Trouble::unwritten(&self.name, error)
    }

    /// A rename would get round the wish of whoever made the file read-only.
    fn read_only(&self) -> Trouble {
        Trouble::cannot_write(&self.name, "it is read-only", "make it writable, or choose another place")
    }
}

/// The path of a draft, whether it is there or not.
pub(super) fn path_of(store: &Store, name: &str) -> Result<PathBuf, Trouble> {
    let file = names::file_of(name).ok_or_else(|| no_such_draft(name))?;
    Ok(store.drafts_folder()?.join(file))
}

/// That there is no such draft. Names differ by a number: none is the nearest, least of all for deleting it.
pub(super) fn no_such_draft(name: &str) -> Trouble {
    let finding = Finding::new(Code::FileNotFound, format!("there is no draft {}", quoted(name)));
    Trouble::Unreadable(Box::new(finding.help("`clearshare drafts list` shows what there is")))
}

fn digest_of(bytes: &[u8]) -> String {
    digest([("", bytes)])
}

/// Who may read and write a file, and nothing that makes a program of it.
#[cfg(unix)]
fn permissions(metadata: &std::fs::Metadata) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    std::fs::Permissions::from_mode(metadata.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn permissions(metadata: &std::fs::Metadata) -> std::fs::Permissions {
    metadata.permissions()
}
