//! Paths as they are written in files that are kept: from a folder on, with `/`, the same from wherever the program is started.

use std::path::{Component, Path, PathBuf};

use super::staged::folder_of;

/// The path of a file as seen from a folder. Where either cannot be found, and for standard input, the path as it is.
pub(super) fn relative(path: &Path, folder: &Path) -> String {
    let from = std::fs::canonicalize(folder).ok();
    // Where the file is a link, its own name counts, and not that of what it leads to.
    let whole = path.file_name().and_then(|name| Some(std::fs::canonicalize(folder_of(path)).ok()?.join(name)));
    let way = from.zip(whole).filter(|_| path.as_os_str() != "-").map(|(from, whole)| way(&from, &whole));
    way.unwrap_or_else(|| path.to_path_buf()).to_string_lossy().replace('\\', "/")
}

fn way(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(from, to)| from == to).count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::{relative, way};
    use std::path::Path;

    #[test]
    fn a_way_leads_up_and_down() {
        let case = |from, to| way(Path::new(from), Path::new(to)).to_string_lossy().into_owned();
        assert_eq!(case("/a/b", "/a/b/c.yaml"), "c.yaml");
        assert_eq!(case("/a/b", "/a/d/c.yaml"), "../d/c.yaml");
        assert_eq!(case("/a/b", "/c.yaml"), "../../c.yaml");
    }

    #[test]
    fn a_path_is_the_same_however_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("teams")).unwrap();
        let named = folder.path().join("teams/../teams/./x.yaml");
        assert_eq!(relative(&named, folder.path()), "teams/x.yaml");
        assert_eq!(relative(&named, &folder.path().join("teams")), "x.yaml");
        assert_eq!(relative(Path::new("-"), folder.path()), "-");
        assert_eq!(relative(Path::new("nowhere/x.yaml"), folder.path()), "nowhere/x.yaml");
    }
}
