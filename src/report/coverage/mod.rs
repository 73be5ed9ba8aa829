//! What a ruleset's cases try, and what they do not.

mod html;
mod html_file;
mod lcov;
mod names;
mod text;

pub use html::html;
pub use lcov::lcov;
pub use text::text;

use crate::cases::coverage::{Coverage, Item};
use crate::model::CaseSet;
use crate::ruleset::Ruleset;
use crate::text::{FileId, Location, Sources};

/// What the cases try, to be rendered.
pub struct CoverageReport<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// Its cases.
    pub cases: &'a CaseSet,
    /// Its files, named as people know them.
    pub sources: &'a Sources,
    /// What the cases try.
    pub coverage: &'a Coverage,
}

impl CoverageReport<'_> {
    /// Where an item is written.
    fn location(&self, item: &Item) -> Option<Location> {
        Some(self.sources.get(item.place.file)?.location(item.place.span.start))
    }

    /// The items of a file, each with its position and line, in order of line.
    fn items_of(&self, file: FileId) -> Vec<(usize, &Item, u32)> {
        let all = self.coverage.items.iter().enumerate().filter(|(_, item)| item.place.file == file);
        let mut items: Vec<(usize, &Item, u32)> =
            all.filter_map(|(at, item)| Some((at, item, self.location(item)?.line))).collect();
        items.sort_by_key(|(_, item, _)| item.place.span.start);
        items
    }
}
