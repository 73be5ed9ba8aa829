//! How far what comes with a repository may reach: a link that a search finds, and a path that a configuration names. Both may
//! come from anybody who can propose a change, and what is wrong with a file is shown with its text.

use std::path::{Path, PathBuf};

/// The places that may be read from a folder on.
#[derive(Debug)]
pub(super) struct Bounds {
    folder: PathBuf,
    root: PathBuf,
}

impl Bounds {
    /// Those of a folder: what is in its repository, or else in the folder itself, and not hidden.
    pub(super) fn of(folder: &Path) -> Self {
        let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
        let root = folder.ancestors().find(|above| is_repository(above)).unwrap_or(&folder).to_path_buf();
        Self { folder, root }
    }

    /// Whether what a path leads to may be read. Where it leads nowhere, nobody can.
    pub(super) fn hold(&self, path: &Path) -> bool {
        let Ok(path) = std::fs::canonicalize(path) else { return true };
        // A hidden folder that was named itself is no secret.
        let below = path.strip_prefix(&self.folder).or_else(|_| path.strip_prefix(&self.root));
        below.is_ok_and(|below| !is_hidden(below))
    }
}

/// Whether a folder is the top of a repository.
pub(super) fn is_repository(folder: &Path) -> bool {
    std::fs::symlink_metadata(folder.join(".git")).is_ok()
}

/// Whether a path leads to a hidden file, or through a hidden folder such as `.git`.
pub(super) fn is_hidden(below: &Path) -> bool {
    below.iter().any(|part| part.to_string_lossy().starts_with('.'))
}
