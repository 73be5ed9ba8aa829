//! The user's state folder: where drafts and locks are.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use clearshare::model::Date;

use super::disk::{Disk, RealDisk};
use super::lock::{Lock, NotLocked};
use super::look;
use super::state_folder::state_folder;
use super::trouble::Trouble;
use crate::cli::system;
use crate::cli::why::why;

/// The state folder of a user, and the disk that it is on.
#[derive(Clone)]
pub(in crate::cli) struct Store {
    disk: Rc<dyn Disk>,
    state: Option<PathBuf>,
    today: Date,
}

impl Store {
    /// That of whoever runs this. Where there is none, that is told when one is needed.
    pub(in crate::cli) fn of_user() -> Self {
        Self::at(Rc::new(RealDisk), state_folder(|name| std::env::var_os(name)), system::today())
    }

    pub(super) fn at(disk: Rc<dyn Disk>, state: Option<PathBuf>, today: Date) -> Self {
        Self { disk, state, today }
    }

    pub(super) fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// The folder of drafts, which need not be there yet.
    pub(super) fn drafts_folder(&self) -> Result<PathBuf, Trouble> {
        self.state.as_ref().map(|state| state.join("drafts")).ok_or_else(Trouble::no_state_folder)
    }

    /// The folder of drafts, made where it is not there: nobody else may look into it.
    pub(super) fn make_drafts_folder(&self) -> Result<PathBuf, Trouble> {
        let folder = self.drafts_folder()?;
        self.disk.make_folder(&folder).map_err(|error| Trouble::unwritten(&folder, &error))?;
        let folder = std::fs::canonicalize(&folder).map_err(|error| Trouble::unwritten(&folder, &error))?;
        let metadata = std::fs::metadata(&folder).map_err(|error| Trouble::unwritten(&folder, &error))?;
        if !look::is_own(&metadata) {
            let help = "name a file with `--output`, or set `XDG_STATE_HOME` to a folder of your own";
            return Err(Trouble::cannot_write(&folder, "it belongs to another user", help));
        }
        close_to_others(&folder, &metadata);
        Ok(folder)
    }

    /// Locks a place. Where no lock can be had, the interview goes on without, and a notice says so.
    pub(super) fn lock(&self, place: &Path, name: &Path, notices: &mut Vec<String>) -> Result<Option<Lock>, Trouble> {
        let why = match &self.state {
            None => "this machine does not say where your home folder is".to_owned(),
            Some(state) => match Lock::take(self.disk(), &state.join("locks"), place) {
                Ok(lock) => return Ok(Some(lock)),
                Err(NotLocked::Held(who)) => return Err(Trouble::in_use(name, who.as_deref())),
                Err(NotLocked::Impossible(error)) => why(&error),
            },
        };
        notices.push(format!(
            "A second interview on the same file would not be noticed: no lock can be kept ({why}). Run one at a time."
        ));
        Ok(None)
    }
}

/// What is in it is for its owner alone anyway: that this fails is no reason not to keep it.
#[cfg(unix)]
fn close_to_others(folder: &Path, metadata: &std::fs::Metadata) {
    use std::os::unix::fs::PermissionsExt;
    if look::seen_by_others(metadata) {
        drop(std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)));
    }
}

#[cfg(not(unix))]
fn close_to_others(_folder: &Path, _metadata: &std::fs::Metadata) {}
