//! Why an answer could not be kept or found.

use std::io::{Error, ErrorKind};
use std::path::Path;

use clearshare::finding::{Code, Finding};
use clearshare::text::quoted;

use crate::cli::why::why;

/// Why a text was not kept, or not found. But for the last, nothing that was kept before is lost.
#[derive(Debug)]
pub(in crate::cli) enum Trouble {
    /// Another interview has the file open.
    InUse(Box<Finding>),
    /// Somebody changed the file since it was last read or written. It was not written over.
    ChangedMeanwhile(Box<Finding>),
    /// The place cannot be written to.
    Unwritten(Box<Finding>),
    /// What is there cannot be read, or must not be.
    Unreadable(Box<Finding>),
    /// The text was saved; then somebody wanted the program to end.
    Interrupted,
}

impl Trouble {
    /// What went wrong, and what to do.
    pub(in crate::cli) fn finding(&self) -> Option<&Finding> {
        match self {
            Self::InUse(finding)
            | Self::ChangedMeanwhile(finding)
            | Self::Unwritten(finding)
            | Self::Unreadable(finding) => Some(finding),
            Self::Interrupted => None,
        }
    }

    /// That a file or folder cannot be written.
    pub(super) fn unwritten(path: &Path, error: &Error) -> Self {
        let help = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on that disk, or choose another place",
            ErrorKind::NotFound => "make that folder again, or choose another place",
            _ => "make sure that you may write there, or choose another place",
        };
        Self::cannot_write(path, &why(error), help)
    }

    /// That a file or folder cannot be written, for a reason of our own.
    pub(super) fn cannot_write(path: &Path, why: &str, help: &str) -> Self {
        let message = format!("{} cannot be written: {why}", name(path));
        Self::Unwritten(Box::new(Finding::new(Code::CannotWrite, message).help(help)))
    }

    /// That drafts cannot be kept on this machine.
    pub(super) fn no_state_folder() -> Self {
        let message = "drafts cannot be kept: this machine does not say where your home folder is";
        let help = "set `HOME`, or name a file with `--output`";
        Self::Unwritten(Box::new(Finding::new(Code::CannotWrite, message).help(help)))
    }

    /// That there is nothing to go on with.
    pub(in crate::cli) fn no_drafts() -> Self {
        let finding = Finding::new(Code::FileNotFound, "there is no draft to go on with");
        Self::Unreadable(Box::new(finding.help("start with `clearshare ask`; `clearshare drafts list` lists drafts")))
    }

    /// That somebody else changed a file.
    pub(super) fn changed(path: &Path) -> Self {
        let message = format!("{} was changed by somebody else since it was last read or saved here", name(path));
        let help = "it was not written over: choose another place, or read what is there now";
        Self::ChangedMeanwhile(Box::new(Finding::new(Code::ChangedMeanwhile, message).help(help)))
    }

    /// That another interview has a file open; `who` says more of it.
    pub(super) fn in_use(path: &Path, who: Option<&str>) -> Self {
        let who = who.map(|who| format!(" ({who})")).unwrap_or_default();
        let message = format!("{} is open in another interview{who}", name(path));
        let help = "end that one first, or choose another place; nothing was changed";
        Self::InUse(Box::new(Finding::new(Code::InUse, message).help(help)))
    }

    /// That something cannot be read.
    pub(super) fn unreadable(path: &Path, error: &Error) -> Self {
        Self::refused(Code::FileUnreadable, path, &format!("cannot be read: {}", why(error)), "check who may read it")
    }

    /// That something is not read; `what` goes on from its name.
    pub(super) fn refused(code: Code, path: &Path, what: &str, help: &str) -> Self {
        Self::Unreadable(Box::new(Finding::new(code, format!("{} {what}", name(path))).help(help)))
    }
}

fn name(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}
