//! The drafts there are.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clearshare::finding::Code;

use super::disk::is_missing;
use super::look::{self, Whose, look};
use super::names;
use super::spot::{no_such_draft, path_of};
use super::store::Store;
use super::trouble::Trouble;

/// Something in the folder of drafts. It was not opened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Draft {
    /// Its name; none, if its file has none that a draft may have.
    pub(in crate::cli) name: Option<String>,
    /// Its file.
    pub(in crate::cli) path: PathBuf,
    /// When it was last changed.
    pub(in crate::cli) changed: Option<jiff::Timestamp>,
    /// Other users of this machine may look into it.
    pub(in crate::cli) seen_by_others: bool,
}

impl Store {
    /// Everything in the folder of drafts but what is hidden: in the order of names, and what is no draft last.
    pub(in crate::cli) fn drafts(&self) -> Result<Vec<Draft>, Trouble> {
        let folder = self.drafts_folder()?;
        let unreadable = |error| Trouble::unreadable(&folder, &error);
        let entries = match std::fs::read_dir(&folder) {
            Err(error) if is_missing(&error) => return Ok(Vec::new()),
            entries => entries.map_err(unreadable)?,
        };
        let files: Result<Vec<OsString>, _> = entries.map(|entry| Ok(entry?.file_name())).collect();
        let mut files = files.map_err(unreadable)?;
        files.retain(|file| !file.as_encoded_bytes().starts_with(b"."));
        files.sort_by(|a, b| match (names::of_file(a), names::of_file(b)) {
            (Some(a), Some(b)) => names::order(a, b),
            (named, other) => other.is_some().cmp(&named.is_some()).then_with(|| a.cmp(b)),
        });
        Ok(files.into_iter().map(|file| Draft::at(folder.join(&file), names::of_file(&file))).collect())
    }

    /// Deletes a draft. What is no file, belongs to somebody else or is open in an interview is left.
    pub(in crate::cli) fn remove(&self, name: &str) -> Result<(), Trouble> {
        let path = path_of(self, name)?;
        let metadata = match std::fs::symlink_metadata(&path) {
            Err(error) if is_missing(&error) => return Err(no_such_draft(name)),
            metadata => metadata.map_err(|error| Trouble::unwritten(&path, &error))?,
        };
        // Of a link the link is deleted, and nothing that it leads to.
        let is_ours = (metadata.is_file() || metadata.is_symlink()) && look::is_own(&metadata);
        if !is_ours {
            let what = "is not a draft that clearshare made, and was left as it is";
            return Err(Trouble::refused(Code::NotAFile, &path, what, "look what it is, and delete it by hand"));
        }
        let place = look::resolve_folder(&path).map_err(|error| Trouble::unwritten(&path, &error))?;
        // Without a lock nobody can be asked: whoever has it open writes it again with the next answer.
        let _lock = self.lock(&place, &path, &mut Vec::new())?;
        let unwritten = |error| Trouble::unwritten(&path, &error);
        self.disk().remove(&place).map_err(unwritten)?;
        self.disk().sync_folder(crate::cli::staged::folder_of(&place)).map_err(unwritten)
    }
}

impl Draft {
    fn at(path: PathBuf, name: Option<&str>) -> Self {
        let metadata = std::fs::symlink_metadata(&path).ok();
        let changed = metadata.as_ref().and_then(|there| jiff::Timestamp::try_from(there.modified().ok()?).ok());
        let seen_by_others = metadata.as_ref().is_some_and(|there| there.is_file() && look::seen_by_others(there));
        Self { name: name.map(str::to_owned), path, changed, seen_by_others }
    }

    /// What it holds.
    pub(in crate::cli) fn read(&self) -> Result<Vec<u8>, Trouble> {
        // All are in one folder.
        let name = Path::new(self.path.file_name().unwrap_or_default());
        let missing = || Trouble::unreadable(name, &std::io::ErrorKind::NotFound.into());
        look(&self.path, name, Whose::Own)?.map(|seen| seen.bytes).ok_or_else(missing)
    }
}
