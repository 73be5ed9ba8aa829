//! What a verification found.

use crate::finding::{Finding, Severity};
use crate::model::Facts;

/// What is proved of a ruleset. The order is that of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// Every rule can apply, be met and be outstanding; everything defined can be reached and can matter.
    Reachable,
    /// No duty can only be met by tripping a prohibition.
    Consistent,
    /// No rule holds by a question's not arising, unless it says so.
    Guarded,
    /// Bars are lifted only by what reaches.
    Barred,
    /// Every stop can be left by what a team can change.
    Leavable,
    /// Sources are dated, read lately enough, sure enough and in force.
    Cited,
    /// Rules that imply or equal one another.
    Distinct,
    /// Tests that change nothing.
    Needed,
}

impl Property {
    /// Every property, in the order of the report.
    pub const ALL: [Self; 8] = [
        Self::Reachable,
        Self::Consistent,
        Self::Guarded,
        Self::Barred,
        Self::Leavable,
        Self::Cited,
        Self::Distinct,
        Self::Needed,
    ];

    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Consistent => "consistent",
            Self::Guarded => "guarded",
            Self::Barred => "barred",
            Self::Leavable => "leavable",
            Self::Cited => "cited",
            Self::Distinct => "distinct",
            Self::Needed => "needed",
        }
    }
}

/// Something that was found, with an example where there can be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The property that it is about.
    pub property: Property,
    /// What was found, where, and what to do.
    pub finding: Finding,
    /// A smallest set of facts that shows it. None where no exchange can: that a rule never applies is seen in no exchange.
    pub witness: Option<Facts>,
    /// Whether fewer facts are proved not to show it.
    pub smallest: bool,
}

/// How much of a property was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The property.
    pub property: Property,
    /// How many statements were put to the proof.
    pub stated: usize,
    /// How many of them are proved to hold.
    pub proved: usize,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// What was found, in order of property and place.
    pub observations: Vec<Observation>,
    /// What was proved, by property.
    pub tallies: Vec<Tally>,
}

impl Verification {
    /// Whether everything is proved: nothing is wrong, and nothing was left open.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.observations.iter().all(|observation| observation.finding.code().severity() == Severity::Advice)
    }
}
