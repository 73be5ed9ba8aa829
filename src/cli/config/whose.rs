//! How far a configuration is looked for, and whose it is.

use std::path::Path;

use clearshare::config::CONFIG;

use crate::cli::bounds::is_repository;

/// The nearest folder above, or this one, that has a configuration. The search ends with the repository, and with your home.
pub(super) fn nearest<'a>(folder: &'a Path, home: Option<&Path>) -> Option<&'a Path> {
    let ends = |above: &Path| is_repository(above) || home == Some(above);
    // Where nobody can say whose a file is, the search goes up only where it is known to end.
    let goes_up = cfg!(unix) || folder.ancestors().any(ends);
    for above in folder.ancestors() {
        if std::fs::symlink_metadata(above.join(CONFIG)).is_ok() {
            return Some(above);
        }
        if ends(above) || !goes_up {
            return None;
        }
    }
    None
}

/// Who may have put a file where it is.
#[cfg(unix)]
#[derive(Clone, Copy)]
struct Kept {
    owner: u32,
    folder_owner: u32,
    /// Whether anybody may put files into its folder.
    open: bool,
}

#[cfg(unix)]
impl Kept {
    /// Whether nobody put it there but these people, or whom they let.
    fn is_by(self, people: &[u32]) -> bool {
        people.contains(&self.owner) || (!self.open && people.contains(&self.folder_owner))
    }
}

/// Whether the configuration of a folder counts for one below it: it is yours, the system's, or that of whoever owns the folder
/// that it is for, as where a pipeline checks out as somebody else.
#[cfg(unix)]
pub(super) fn counts(folder: &Path, below: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (file, folder, below) =
        (std::fs::symlink_metadata(folder.join(CONFIG)), std::fs::metadata(folder), std::fs::metadata(below));
    let (Ok(file), Ok(folder), Ok(below)) = (file, folder, below) else { return false };
    let kept = Kept { owner: file.uid(), folder_owner: folder.uid(), open: folder.mode() & 0o002 != 0 };
    kept.is_by(&[rustix::process::geteuid().as_raw(), 0, below.uid()])
}

/// Whether the configuration of a folder counts for one below it. Here files have no owner that can be asked for: above a
/// folder, only what is in its repository or in your home counts, which the search sees to.
#[cfg(not(unix))]
pub(super) fn counts(_folder: &Path, _below: &Path) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::Kept;

    #[test]
    fn what_somebody_else_may_have_put_there_does_not_count() {
        let (me, system, stranger) = (1000, 0, 1001);
        let case = |owner, folder_owner, open| Kept { owner, folder_owner, open }.is_by(&[me, system]);
        assert!(case(me, system, true), "my own, in a folder for everybody");
        assert!(case(me, stranger, true));
        assert!(case(stranger, me, false), "a colleague's, in a folder that I let them write to");
        assert!(case(system, stranger, false));
        assert!(!case(stranger, system, true), "a stranger's, in a folder for everybody");
        assert!(!case(stranger, me, true));
        assert!(!case(stranger, stranger, false));
    }
}
