//! Where a thing is written.

use crate::bundled;
use crate::ruleset::Ruleset;
use crate::text::{Place, Source};

/// The files of the ruleset inside the program, where that is the one explained.
pub(super) struct Origin {
    files: Vec<(String, Vec<u8>)>,
}

impl Origin {
    /// The files of a ruleset, if the program holds exactly these.
    pub(super) fn of(ruleset: &Ruleset) -> Self {
        let info = ruleset.info();
        let bundled = bundled::exact(&info.id, info.version);
        // One in a folder may have the same name and other lines.
        let same = bundled.filter(|bundled| bundled.load().is_ok_and(|own| own.digest() == ruleset.digest()));
        Self { files: same.map(bundled::Bundled::files).unwrap_or_default() }
    }

    /// `rules/transfers.yaml:12`, or the file alone where its lines are not known.
    pub(super) fn of_place(&self, ruleset: &Ruleset, place: Place) -> Option<String> {
        let name = ruleset.files().get(usize::from(place.file.0))?;
        let bytes = self.files.iter().find(|(path, _)| path == name).map(|(_, bytes)| bytes);
        let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
        Some(match text {
            Some(text) => format!("{name}:{}", Source::new(name.as_str(), text).location(place.span.start).line),
            None => name.clone(),
        })
    }
}
