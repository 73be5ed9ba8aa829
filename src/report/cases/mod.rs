//! What came of a ruleset's cases.

mod explained;
pub mod json;
pub mod text;

use crate::cases::CaseResult;
use crate::ruleset::Ruleset;
use crate::text::Sources;

/// The results of a run, to be rendered.
pub struct TestReport<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// Its files, named as people know them.
    pub sources: &'a Sources,
    /// What came of each case.
    pub results: &'a [CaseResult<'a>],
}

impl TestReport<'_> {
    /// How many cases failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.results.iter().filter(|result| !result.passed()).count()
    }

    /// Whether every case passed. A run of no case is no pass: nothing was tested.
    #[must_use]
    pub fn passed(&self) -> bool {
        !self.results.is_empty() && self.failed() == 0
    }
}
