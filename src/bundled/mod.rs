//! The rulesets inside the program: packed by `build.rs`, with their YAML beside them.

use include_dir::{Dir, DirEntry, include_dir};

use crate::model::Date;
use crate::rulefile::pack::{self, PackError};
use crate::ruleset::{Covers, Reference, Ruleset, State, Version};

static YAML: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// One ruleset inside the program.
#[derive(Debug, Clone, Copy)]
pub struct Bundled {
    /// Its id.
    pub id: &'static str,
    /// Its version.
    pub version: Version,
    /// Whether it may still change.
    pub state: State,
    /// Its title.
    pub title: &'static str,
    /// The dates it may be used for.
    pub covers: Covers,
    /// Why and when it was withdrawn, and what to use instead, where it was.
    pub withdrawn: Option<Withdrawn>,
    packed: &'static [u8],
}

/// A published version that should no longer be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawn {
    /// Since when.
    pub on: Date,
    /// Why.
    pub why: &'static str,
    /// What to use instead.
    pub instead: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

impl Bundled {
    /// Unpacks it.
    pub fn load(&self) -> Result<Ruleset, PackError> {
        pack::unpack(self.packed)
    }

    /// How it is named.
    #[must_use]
    pub fn reference(&self) -> Reference {
        Reference { id: self.id.to_owned(), version: Some(self.version) }
    }

    /// Its YAML files: paths below the version's folder, with `/`, and their bytes.
    #[must_use]
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let root = format!("{}/{}", self.id, self.version);
        let mut files = Vec::new();
        if let Some(dir) = YAML.get_dir(&root) {
            walk(dir, &format!("{root}/"), &mut files);
        }
        files.sort();
        files
    }
}

/// Every ruleset inside the program, ordered by id and then by version.
#[must_use]
pub fn all() -> &'static [Bundled] {
    BUNDLED
}

/// The ruleset of exactly this id and version.
#[must_use]
pub fn exact(id: &str, version: Version) -> Option<&'static Bundled> {
    BUNDLED.iter().find(|bundled| bundled.id == id && bundled.version == version)
}

/// The newest version that covers a date. None does: that is a fault, and never the nearest is used.
#[must_use]
pub fn covering(id: &str, date: Date) -> Option<&'static Bundled> {
    BUNDLED.iter().rev().find(|bundled| bundled.id == id && bundled.covers.includes(date))
}

/// The newest version of a ruleset.
#[must_use]
pub fn newest(id: &str) -> Option<&'static Bundled> {
    BUNDLED.iter().rev().find(|bundled| bundled.id == id)
}

/// `rules/published.yaml`: the digests of published versions.
#[must_use]
pub fn published_yaml() -> &'static [u8] {
    YAML.get_file("published.yaml").map_or(&[], |file| file.contents())
}

fn walk(dir: &Dir<'_>, root: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => walk(dir, root, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if let Some(below) = path.strip_prefix(root) {
                    files.push((below.to_owned(), file.contents().to_vec()));
                }
            }
        }
    }
}
