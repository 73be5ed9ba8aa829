//! The names of drafts: `2026-11-22-1`, kept in `2026-11-22-1.yaml`.

use std::cmp::Ordering;
use std::ffi::OsStr;

use clearshare::model::Date;

/// How the file of a draft ends.
const ENDING: &str = ".yaml";

/// The longest name.
const LONGEST: usize = 64;

/// The name of a day's draft.
pub(super) fn of_day(day: Date, number: usize) -> String {
    format!("{day}-{number}")
}

/// The file of a draft, where that is a name for one: no name leads out of the folder.
pub(super) fn file_of(name: &str) -> Option<String> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let first = name.bytes().next()?;
    let good = first.is_ascii_alphanumeric() && name.len() <= LONGEST && name.bytes().all(is_letter);
    good.then(|| format!("{name}{ENDING}"))
}

/// The draft that a file is.
pub(super) fn of_file(file: &OsStr) -> Option<&str> {
    let name = file.to_str()?.strip_suffix(ENDING)?;
    file_of(name).is_some().then_some(name)
}

/// The order of a list: by day, then by number, of which 10 comes after 9.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    fn key(name: &str) -> (&str, u64) {
        let (day, number) = name.rsplit_once('-').unwrap_or((name, ""));
        number.parse().map_or((name, 0), |number| (day, number))
    }
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for bad in ["", ".", "..", "../x", "a/b", "a\\b", "-x", ".x", "x.yaml", "x y", "x\u{1b}[31m", "é", "C:x"] {
            assert_eq!(file_of(bad), None, "{bad:?}");
        }
        assert_eq!(file_of(&"x".repeat(65)), None);
        assert_eq!(file_of("2026-11-22-1").as_deref(), Some("2026-11-22-1.yaml"));
        assert_eq!(of_file(OsStr::new("2026-11-22-1.yaml")), Some("2026-11-22-1"));
        assert_eq!(of_file(OsStr::new("..yaml")), None);
        assert_eq!(of_file(OsStr::new("2026-11-22-1")), None);
    }

    #[test]
    fn ten_comes_after_nine() {
        let mut names = ["mine", "2026-11-22-10", "2026-11-22-9", "2026-11-03-11", "2026-11-22-1"];
        names.sort_by(|a, b| order(a, b));
        assert_eq!(names, ["2026-11-03-11", "2026-11-22-1", "2026-11-22-9", "2026-11-22-10", "mine"]);
    }
}
