//! The few things that are done to a disk to keep a text, so that tests can let each of them fail.

use std::fs::{File, Permissions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::Path;

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Its owner alone.
    Owner,
    /// Colleagues too, as far as the user's umask lets them.
    Colleagues,
}

/// What is done to a disk. Each is one step that may fail.
pub(super) trait Disk {
    /// Makes a folder with all above it; what is new is for its owner alone.
    fn make_folder(&self, folder: &Path) -> Result<()>;
    /// Makes a file that must not be there yet.
    fn create(&self, path: &Path, readers: Readers) -> Result<File>;
    /// Writes all bytes.
    fn write(&self, file: &mut File, bytes: &[u8]) -> Result<()>;
    /// Hands over what the program still holds of it.
    fn flush(&self, file: &mut File) -> Result<()>;
    /// Says who may read and write it.
    fn permit(&self, file: &File, permissions: Permissions) -> Result<()>;
    /// Returns when its bytes would survive a loss of power.
    fn sync(&self, file: &File) -> Result<()>;
    /// Gives a file the name of another, which it replaces in one step.
    fn rename_over(&self, from: &Path, to: &Path) -> Result<()>;
    /// Gives a file a name that nothing has: what came in between is left as it is.
    fn rename_new(&self, from: &Path, to: &Path) -> Result<()>;
    /// Deletes a file.
    fn remove(&self, path: &Path) -> Result<()>;
    /// Returns when the names in a folder would survive a loss of power.
    fn sync_folder(&self, folder: &Path) -> Result<()>;
}

/// The disk of this machine.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&self, folder: &Path) -> Result<()> {
        let is_new = |path: &&Path| !path.as_os_str().is_empty() && std::fs::symlink_metadata(path).is_err();
        let new: Vec<&Path> = folder.ancestors().take_while(is_new).collect();
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        new.iter().filter_map(|path| path.parent()).try_for_each(|parent| self.sync_folder(parent))
    }

    fn create(&self, path: &Path, readers: Readers) -> Result<File> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            let mode = if readers == Readers::Owner { 0o600 } else { 0o644 };
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        }
        #[cfg(not(unix))]
        let _ = readers;
        options.open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> Result<()> {
        file.write_all(bytes)
    }

    fn flush(&self, file: &mut File) -> Result<()> {
        file.flush()
    }

    fn permit(&self, file: &File, permissions: Permissions) -> Result<()> {
        file.set_permissions(permissions)
    }

    fn sync(&self, file: &File) -> Result<()> {
        file.sync_all()
    }

    fn rename_over(&self, from: &Path, to: &Path) -> Result<()> {
        std::fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> Result<()> {
        // It knows how each system does this in one step.
        let from = tempfile::TempPath::try_from_path(from)?;
        from.persist_noclobber(to).map_err(|error| {
            // Whoever called deletes it: here that would go past the tests' disk.
            let _ = error.path.keep();
            error.error
        })
    }

    fn remove(&self, path: &Path) -> Result<()> {
        std::fs::remove_file(path)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> Result<()> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        match File::open(folder)?.sync_all() {
            // Some file systems know no such thing: then there is nothing more to be done.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            synced => synced,
        }
    }

    /// A folder cannot be synced there: the system keeps a journal of names.
    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> Result<()> {
        Ok(())
    }
}

/// Whether an error says that something is not there.
pub(super) fn is_missing(error: &Error) -> bool {
    error.kind() == ErrorKind::NotFound
}
