//! Where this user's programs keep what lasts from one run to the next.
//!
//! By hand and not with a crate: it is three lines for each system, and what is relative or empty has to be ignored, as the
//! XDG Base Directory Specification says.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folder of clearshare, where the environment says enough to know it. `variable` gives a variable of the environment.
pub(super) fn state_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let state = if cfg!(windows) {
        folder("LOCALAPPDATA").or_else(|| Some(folder("USERPROFILE")?.join("AppData").join("Local")))
    } else if cfg!(target_os = "macos") {
        folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join("Library").join("Application Support")))
    } else {
        folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local").join("state")))
    };
    Some(state?.join("clearshare"))
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[track_caller]
    fn case(set: &[(&str, &str)], expected: Option<&str>) {
        let variable = |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| OsString::from(value));
        assert_eq!(state_folder(variable), expected.map(PathBuf::from), "{set:?}");
    }

    #[test]
    fn it_is_where_the_specification_says() {
        case(&[("HOME", "/h")], Some("/h/.local/state/clearshare"));
        case(&[("HOME", "/h"), ("XDG_STATE_HOME", "/s")], Some("/s/clearshare"));
        case(&[("XDG_STATE_HOME", "/s")], Some("/s/clearshare"));
        case(&[("HOME", "/h"), ("XDG_STATE_HOME", "")], Some("/h/.local/state/clearshare"));
        case(&[("HOME", "/h"), ("XDG_STATE_HOME", "s/t")], Some("/h/.local/state/clearshare"));
        case(&[("XDG_STATE_HOME", "s/t")], None);
        case(&[("HOME", "")], None);
        case(&[("HOME", "h")], None);
        case(&[], None);
    }
}
