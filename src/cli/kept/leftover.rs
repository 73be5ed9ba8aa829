//! The temporary files of saves: their names, and taking away those of a run that died.

use std::path::{Path, PathBuf};

use clearshare::text::digest;

use super::look::is_own;
use crate::cli::staged::folder_of;

const START: &str = ".clearshare-";
const ENDING: &str = ".part";

/// What the temporary files of a place start with. Of a digest, so that it is short enough wherever the name itself is.
fn start(place: &Path) -> String {
    let name = place.file_name().map(|name| digest([("", name.as_encoded_bytes())])).unwrap_or_default();
    let short: String = name.chars().take(16).collect();
    format!("{START}{short}-")
}

/// A temporary file beside a place; `number` sets those of one run apart.
pub(super) fn path(place: &Path, number: usize) -> PathBuf {
    let process = std::process::id();
    folder_of(place).join(format!("{}{process}-{number}{ENDING}", start(place)))
}

/// What runs that died left beside a place. To be asked only by whoever holds its lock: nobody else is just writing it.
pub(super) fn beside(place: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder_of(place)) else { return Vec::new() };
    let start = start(place);
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        let numbers = name.and_then(|name| name.strip_prefix(&start)?.strip_suffix(ENDING)?.split_once('-'));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
            && std::fs::symlink_metadata(path).is_ok_and(|there| there.is_file() && is_own(&there))
    };
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_ours).collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_save_of_this_place_left_is_recognised() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.yaml");
        let ours = path(&place, 3);
        let start = start(&place);
        let others = [
            path(&folder.path().join("b.yaml"), 3),
            folder.path().join(format!("{start}x-1{ENDING}")),
            folder.path().join(format!("{start}1{ENDING}")),
            folder.path().join(format!("{start}1-1.txt")),
            folder.path().join("a.yaml"),
        ];
        for path in others.iter().chain([&ours]) {
            std::fs::write(path, "x").unwrap();
        }
        std::fs::create_dir(folder.path().join(format!("{start}1-2{ENDING}"))).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&others[4], folder.path().join(format!("{start}1-3{ENDING}"))).unwrap();
        assert_eq!(beside(&place), [ours]);
    }

    #[test]
    fn the_longest_name_has_room_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("x".repeat(255));
        std::fs::write(path(&place, usize::MAX), "x").unwrap();
        assert_eq!(beside(&place).len(), 1);
    }
}
