//! What was proved of a ruleset, and what was not.

pub mod json;
pub mod text;

use crate::finding::Severity;
use crate::manifest::write_manifest;
use crate::model::Date;
use crate::ruleset::Ruleset;
use crate::text::Sources;
use crate::verify::{Observation, Property, Verification};

/// A verification, to be rendered.
pub struct VerifyReport<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// Its files, named as people know them.
    pub sources: &'a Sources,
    /// The folder that it was read from, as it was given; none for one inside the program.
    pub folder: Option<&'a str>,
    /// The date of the proof.
    pub as_of: Date,
    /// What was found.
    pub verification: &'a Verification,
}

/// What came of a verification as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Every statement is proved, but for advice.
    Proved,
    /// Nothing is wrong as far as it was proved, but the budget ran out before everything was.
    NotProved,
    /// Something is wrong.
    Found,
}

impl Verdict {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::NotProved => "not-proved",
            Self::Found => "found",
        }
    }
}

/// How many statements were put to the proof, and what came of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Counts {
    stated: usize,
    proved: usize,
    findings: usize,
    not_proved: usize,
    advice: usize,
}

impl VerifyReport<'_> {
    /// What came of it as a whole.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let worst = self.verification.observations.iter().map(|seen| match seen.finding.code().severity() {
            Severity::Fault | Severity::Finding => Verdict::Found,
            Severity::NotProved => Verdict::NotProved,
            Severity::Advice => Verdict::Proved,
        });
        worst.max().unwrap_or(Verdict::Proved)
    }

    /// What was observed of a property, in order of place.
    fn of(&self, property: Property) -> impl Iterator<Item = &Observation> {
        self.verification.observations.iter().filter(move |seen| seen.property == property)
    }

    fn counts(&self, property: Property) -> Counts {
        let mut counts = Counts::default();
        for tally in self.verification.tallies.iter().filter(|tally| tally.property == property) {
            counts.stated += tally.stated;
            counts.proved += tally.proved;
        }
        for seen in self.of(property) {
            match seen.finding.code().severity() {
                Severity::Fault | Severity::Finding => counts.findings += 1,
                Severity::NotProved => counts.not_proved += 1,
                Severity::Advice => counts.advice += 1,
            }
        }
        counts
    }

    fn all_counts(&self) -> Counts {
        Property::ALL.iter().map(|property| self.counts(*property)).fold(Counts::default(), |sum, it| Counts {
            stated: sum.stated + it.stated,
            proved: sum.proved + it.proved,
            findings: sum.findings + it.findings,
            not_proved: sum.not_proved + it.not_proved,
            advice: sum.advice + it.advice,
        })
    }

    /// The facts that show something as a manifest that `check` runs, under comments. None where no exchange shows it.
    #[must_use]
    pub fn manifest(&self, seen: &Observation, comments: &[&str]) -> Option<String> {
        seen.witness.as_ref().map(|facts| write_manifest(self.ruleset, facts, comments))
    }
}

/// What a property says, in a sentence.
const fn meaning(property: Property) -> &'static str {
    match property {
        Property::Reachable => {
            "Every rule can apply, be met and be outstanding. Everything that is defined can come up, and can matter."
        }
        Property::Consistent => "No duty can be met only by tripping a prohibition.",
        Property::Guarded => "No rule holds because a question does not arise, unless the rule says so.",
        Property::Barred => "No prohibition is lifted by a closed option, or by an answer that does not arise.",
        Property::Leavable => "Every prohibition can be left by changing what a team can change, or is declared final.",
        Property::Cited => {
            "Every citation leads to a source that was read lately enough, is sure enough and is in force. Every step has \
             a role."
        }
        Property::Distinct => "No rule repeats another, or asks only for what another asks already.",
        Property::Needed => {
            "No test can be left out without changing anything, and no options of a question are alike."
        }
    }
}
