//! A small ruleset with one of everything that a report shows.

use std::path::Path;

use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::Ruleset;

/// The ruleset in `tests/fixtures/report-ruleset`.
pub(crate) fn ruleset() -> Ruleset {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/report-ruleset");
    let mut files = Vec::new();
    for part in ["", "options", "rules"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let below = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
                files.push((below, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    read_ruleset(&files).map_err(|faults| faults.findings).expect("the fixture has no fault").ruleset
}
