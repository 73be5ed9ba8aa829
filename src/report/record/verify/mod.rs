//! What was found of records: whether they are unaltered, signed by whom, and in order.

pub mod json;
pub mod text;

use crate::finding::Finding;
use crate::model::Date;
use crate::record::v1::{Choice, Supersedes};
use crate::record::{ReadRecord, Trouble, Verified};
use crate::text::Sources;

/// What was found of each record.
pub struct VerifyReport<'a> {
    /// The day as at which they were looked at.
    pub as_of: Date,
    /// Each, in the order in which they were named.
    pub looked: &'a [Looked],
}

/// A file that was looked at.
pub struct Looked {
    /// Its path, as it was given.
    pub path: String,
    /// What was found.
    pub found: Found,
}

/// What was found of a file.
pub enum Found {
    /// It is a record.
    Record(Box<Judged>),
    /// It cannot be read as one.
    Faulty {
        /// Why.
        findings: Vec<Finding>,
        /// Its text, for the places.
        sources: Sources,
    },
}

/// What was found of a record.
pub struct Judged {
    /// Its seal.
    pub seal: String,
    /// The seal that what it says has.
    pub seal_now: String,
    /// When it was decided.
    pub decided_on: Date,
    /// What was decided.
    pub choice: Choice,
    /// The record that it takes the place of.
    pub supersedes: Option<Supersedes>,
    /// The rest.
    pub verified: Verified,
}

impl Judged {
    /// A record, and what was found of it.
    #[must_use]
    pub fn new(read: &ReadRecord, verified: Verified) -> Self {
        let record = &read.record;
        Self {
            seal: record.seal.clone(),
            seal_now: read.seal_now.clone(),
            decided_on: record.decision.decided_on,
            choice: record.decision.choice,
            supersedes: record.supersedes.clone(),
            verified,
        }
    }

    fn failures(&self) -> usize {
        self.verified.all_troubles().filter(|trouble| trouble.code.fails()).count()
    }

    fn good_signatures(&self) -> usize {
        self.verified.signatures.iter().filter(|signed| signed.is_good()).count()
    }
}

/// What is to be said of a record in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is unaltered, and somebody who may signed it.
    Proved,
    /// It is unaltered, and nobody's signature was proved.
    Unsigned,
    /// Something is wrong with it.
    NotProved,
    /// It cannot be read as a record.
    Fault,
}

impl Verdict {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Unsigned => "unsigned",
            Self::NotProved => "not-proved",
            Self::Fault => "fault",
        }
    }
}

impl Looked {
    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match &self.found {
            Found::Faulty { .. } => Verdict::Fault,
            Found::Record(judged) if !judged.verified.is_proved() => Verdict::NotProved,
            Found::Record(judged) if judged.good_signatures() == 0 => Verdict::Unsigned,
            Found::Record(_) => Verdict::Proved,
        }
    }

    /// Adds to what is wrong with it, or worth knowing.
    pub fn extend(&mut self, troubles: impl IntoIterator<Item = Trouble>) {
        if let Found::Record(judged) = &mut self.found {
            judged.verified.troubles.extend(troubles);
        }
    }
}

impl VerifyReport<'_> {
    /// How many have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.looked.iter().filter(|looked| looked.verdict() == verdict).count()
    }
}
