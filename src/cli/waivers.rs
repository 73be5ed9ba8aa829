//! Files of waivers that several manifests share.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clearshare::check::{Checked, needed_waivers};
use clearshare::finding::{Code, Finding, Findings};
use clearshare::manifest::{UncheckedWaiver, read_waivers};
use clearshare::model::Date;
use clearshare::text::{FileId, Place, Sources, quoted, visible};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::paths::relative;
use super::staged::folder_of;
use super::system::{self, Input};

/// The files of waivers that were read so far: each once, however many manifests use it.
#[derive(Default)]
pub(super) struct WaiverFiles {
    read: Vec<Arc<WaiverFile>>,
    /// Where those stand that were for some manifest, in each file; and those that some manifest needs, or may need.
    matched: BTreeSet<(usize, Place)>,
    needed: BTreeSet<(usize, Place)>,
}

/// One such file.
pub(super) struct WaiverFile {
    path: PathBuf,
    /// The file, so that places in it can be shown.
    pub(super) sources: Sources,
    waivers: Vec<(UncheckedWaiver, Option<GlobSet>)>,
    /// What is wrong with it.
    pub(super) faults: Findings,
}

impl WaiverFiles {
    /// A file, read, and by which number it is known.
    pub(super) fn get(&mut self, path: &Path, as_of: Date) -> (usize, Arc<WaiverFile>) {
        if let Some(at) = self.read.iter().position(|file| file.path == path)
            && let Some(file) = self.read.get(at)
        {
            return (at, Arc::clone(file));
        }
        let file = Arc::new(WaiverFile::load(path, as_of));
        self.read.push(Arc::clone(&file));
        (self.read.len() - 1, file)
    }

    /// Takes in which of the waivers that were for a manifest it needs. Where it has no advice, or only that of the safety screen,
    /// nobody can tell.
    pub(super) fn used(&mut self, number: usize, waivers: &[UncheckedWaiver], checked: Option<&Checked>) {
        let places = waivers.iter().map(|waiver| (number, waiver.place));
        self.matched.extend(places.clone());
        match checked.filter(|checked| !checked.is_screened()) {
            Some(checked) => {
                let shared = |place: &Place| waivers.iter().any(|waiver| waiver.place == *place);
                self.needed.extend(needed_waivers(checked).filter(shared).map(|place| (number, place)));
            }
            None => self.needed.extend(places),
        }
    }

    /// What is to be said at the end: the waivers that no manifest of the check needs, of those that were for some.
    pub(super) fn notices(&self) -> Vec<String> {
        let unneeded = self.matched.difference(&self.needed);
        unneeded.filter_map(|(number, place)| self.read.get(*number)?.notice(*place)).collect()
    }
}

impl WaiverFile {
    fn load(path: &Path, as_of: Date) -> Self {
        let (mut sources, mut faults) = (Sources::new(), Findings::new());
        let mut waivers = Vec::new();
        match system::read(path, Input::Waivers) {
            Ok(bytes) => {
                for waiver in read_waivers(&bytes, &path.to_string_lossy(), as_of, &mut sources, &mut faults) {
                    let patterns = patterns(&waiver.manifests, &mut faults);
                    waivers.push((waiver, patterns));
                }
            }
            Err(finding) => faults.push(*finding),
        }
        Self { path: path.to_path_buf(), sources, waivers, faults }
    }

    /// The waivers that are for a manifest.
    pub(super) fn of(&self, manifest: &Path) -> Vec<UncheckedWaiver> {
        let below = relative(manifest, folder_of(&self.path));
        let is_for = |patterns: &Option<GlobSet>| patterns.as_ref().is_none_or(|patterns| patterns.is_match(&below));
        self.waivers.iter().filter(|(_, patterns)| is_for(patterns)).map(|(waiver, _)| waiver.clone()).collect()
    }

    fn notice(&self, place: Place) -> Option<String> {
        let (waiver, _) = self.waivers.iter().find(|(waiver, _)| waiver.place == place)?;
        let (source, rule) = (self.sources.get(FileId(0))?, waiver.rule()?);
        let at = source.location(place.span.start);
        let (name, rule) = (visible(source.name()).into_owned(), quoted(rule));
        Some(format!("no manifest of this check needs the waiver of {rule} ({name}:{}:{})", at.line, at.column))
    }
}

/// None where it is for every manifest.
fn patterns(written: &[(String, Place)], faults: &mut Findings) -> Option<GlobSet> {
    if written.is_empty() {
        return None;
    }
    let mut built = GlobSetBuilder::new();
    for (text, place) in written {
        let pattern = text.strip_prefix("./").unwrap_or(text);
        match GlobBuilder::new(pattern).literal_separator(true).build() {
            Ok(glob) => drop(built.add(glob)),
            Err(error) => {
                let message = format!("{} is not a pattern: {}", quoted(text), error.kind());
                let help = "`*` stands for any letters of a name, `**` for folders at any depth, `{a,b}` for either";
                faults.push(Finding::new(Code::BadPattern, message).at(*place).help(help));
            }
        }
    }
    // Where no set can be made, it is for no manifest: never for all.
    Some(built.build().unwrap_or_else(|_| GlobSet::empty()))
}
