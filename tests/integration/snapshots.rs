//! Whole outputs, compared with what a person looked at and committed.

use std::path::Path;

/// Compares a text with `tests/snapshots/NAME`. With `UPDATE_SNAPSHOTS=1` in the environment it is written instead: look at
/// what changed before you commit it.
#[track_caller]
pub(crate) fn assert_snapshot(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if expected != text {
        let at = expected.lines().zip(text.lines()).position(|(a, b)| a != b);
        let line = at.unwrap_or_else(|| expected.lines().count().min(text.lines().count()));
        panic!(
            "{name} differs from line {}:\n  expected: {:?}\n  found:    {:?}\n(UPDATE_SNAPSHOTS=1 writes it anew)",
            line + 1,
            expected.lines().nth(line),
            text.lines().nth(line)
        );
    }
}
