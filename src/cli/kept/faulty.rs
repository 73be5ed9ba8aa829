//! A disk that fails when it is told to.

use std::cell::{Cell, RefCell};
use std::fs::{File, Permissions};
use std::io::{Error, Result};
use std::path::{Path, PathBuf};

use super::disk::{Disk, Readers, RealDisk};

/// How it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// One step fails, with the system's number for it.
    Once(i32),
    /// That step and all that follow, but files can be deleted: a full disk.
    Lasting(i32),
    /// That step and all that follow: a disk that can only be read from now on.
    Stuck(i32),
    /// The process ends: nothing happens any more.
    Death,
}

pub(super) const NO_SPACE: i32 = 28;
pub(super) const INPUT_OUTPUT: i32 = 5;
pub(super) const READ_ONLY: i32 = 30;

impl Fault {
    /// Whether what should be deleted is left over.
    pub(super) fn leaves(self) -> bool {
        matches!(self, Self::Stuck(_) | Self::Death)
    }
}

/// The real disk, until the step at which it fails.
#[derive(Default)]
pub(super) struct FaultyDisk {
    steps: Cell<usize>,
    fails: Cell<Option<(usize, Fault)>>,
    intruder: RefCell<Option<PathBuf>>,
}

impl FaultyDisk {
    /// From now on: fails at the step of that number, from 0.
    pub(super) fn fail_at(&self, step: usize, fault: Fault) {
        self.steps.set(0);
        self.fails.set(Some((step, fault)));
    }

    /// Somebody else makes this file, once, while the next text is on its way to the disk.
    pub(super) fn intrude(&self, path: &Path) {
        self.intruder.replace(Some(path.to_path_buf()));
    }

    /// From now on nothing fails. Returns how many steps there were.
    pub(super) fn mend(&self) -> usize {
        self.fails.set(None);
        self.steps.replace(0)
    }

    fn step(&self, deletes: bool) -> Result<()> {
        let at = self.steps.replace(self.steps.get() + 1);
        let Some((from, fault)) = self.fails.get() else { return Ok(()) };
        match fault {
            Fault::Once(number) if at == from => Err(Error::from_raw_os_error(number)),
            Fault::Lasting(number) if at >= from && !deletes => Err(Error::from_raw_os_error(number)),
            Fault::Stuck(number) if at >= from => Err(Error::from_raw_os_error(number)),
            Fault::Death if at >= from => Err(Error::from_raw_os_error(INPUT_OUTPUT)),
            _ => Ok(()),
        }
    }
}

impl Disk for FaultyDisk {
    fn make_folder(&self, folder: &Path) -> Result<()> {
        self.step(false)?;
        RealDisk.make_folder(folder)
    }

    fn create(&self, path: &Path, readers: Readers) -> Result<File> {
        self.step(false)?;
        RealDisk.create(path, readers)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> Result<()> {
        let first_steps = self.steps.get();
        let half = &bytes[..bytes.len() / 2];
        self.step(false).inspect_err(|_| {
            // What fails here has written a part, unless the process was dead before.
            if self.fails.get().is_some_and(|(from, _)| from == first_steps) {
                RealDisk.write(file, half).unwrap();
            }
        })?;
        RealDisk.write(file, bytes)
    }

    fn flush(&self, file: &mut File) -> Result<()> {
        self.step(false)?;
        RealDisk.flush(file)
    }

    fn permit(&self, file: &File, permissions: Permissions) -> Result<()> {
        self.step(false)?;
        RealDisk.permit(file, permissions)
    }

    fn sync(&self, file: &File) -> Result<()> {
        self.step(false)?;
        if let Some(path) = self.intruder.take() {
            std::fs::write(path, "them").unwrap();
        }
        RealDisk.sync(file)
    }

    fn rename_over(&self, from: &Path, to: &Path) -> Result<()> {
        self.step(false)?;
        RealDisk.rename_over(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> Result<()> {
        self.step(false)?;
        RealDisk.rename_new(from, to)
    }

    fn remove(&self, path: &Path) -> Result<()> {
        self.step(true)?;
        RealDisk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> Result<()> {
        self.step(false)?;
        RealDisk.sync_folder(folder)
    }
}
