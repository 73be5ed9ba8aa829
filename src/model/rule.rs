//! Rules.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::id::{QuestionIx, RoleIx, SourceIx, ThemeIx};
use super::later::Later;
use super::question::Upcoming;
use super::step::Step;
use crate::text::Place;

/// How strongly a rule binds: the words the Information Commissioner uses in guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// A prohibition.
    MustNot,
    /// A duty.
    Must,
    /// Good practice that is expected.
    Should,
    /// An idea worth considering.
    Could,
}

/// What stands behind a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Basis {
    /// The law.
    Law,
    /// Government policy.
    Policy,
    /// Guidance.
    Guidance,
}

/// When a rule is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Due {
    /// Before sharing: it holds up the exchange.
    Before,
    /// After sharing.
    After,
}

/// The status of a rule for one exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// It applies and is outstanding.
    Applies,
    /// It cannot be told yet.
    Undetermined,
    /// It applies and the answers meet it.
    Met,
    /// It applies and is recorded as done.
    Done,
    /// It applies and is waived.
    Waived,
    /// It does not apply.
    NotApplicable,
}

impl Status {
    /// Every status with its word.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("applies", Self::Applies),
        ("undetermined", Self::Undetermined),
        ("met", Self::Met),
        ("done", Self::Done),
        ("waived", Self::Waived),
        ("not-applicable", Self::NotApplicable),
    ];

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Applies => "applies",
            Self::Undetermined => "undetermined",
            Self::Met => "met",
            Self::Done => "done",
            Self::Waived => "waived",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl Level {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::MustNot => "must-not",
            Self::Must => "must",
            Self::Should => "should",
            Self::Could => "could",
        }
    }
}

impl Basis {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Policy => "policy",
            Self::Guidance => "guidance",
        }
    }
}

/// One file of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// The file's name, without its ending.
    pub id: String,
    /// Its heading.
    pub title: String,
}

/// When it applies, what stands behind it, when it is met, what to do, and what says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// The file it stands in.
    pub theme: ThemeIx,
    /// The remedy in words.
    pub title: Later<String>,
    /// How strongly it binds.
    pub level: Level,
    /// What stands behind it.
    pub basis: Basis,
    /// When it applies; the condition at the head of its file is part of it.
    pub when: Later<Condition>,
    /// When it is met.
    pub met_when: Later<Option<Condition>>,
    /// Why.
    pub because: Later<String>,
    /// What to say when it does not apply.
    pub otherwise: Later<Option<String>>,
    /// What to do.
    pub steps: Later<Vec<Step>>,
    /// What says so.
    pub cites: Vec<SourceIx>,
    /// When it is due.
    pub due: Due,
    /// Who may waive it, where its basis is policy.
    pub waivable_by: Vec<RoleIx>,
    /// The specialist whose advice is needed.
    pub refer: Option<RoleIx>,
    /// Whether it ends the questions when it applies.
    pub ends_questions: bool,
    /// Enacted but not in force: shown, never applied.
    pub upcoming: Option<Upcoming>,
    /// Whether it is declared that a team cannot leave this prohibition by changing what it can change.
    pub is_final: bool,
    /// Questions that it tests negatively, and for which its author confirms that it holds although they do not arise.
    pub even_unasked: Vec<QuestionIx>,
    /// Where it is written.
    pub place: Place,
}

impl Rule {
    /// Whether recording it under `done` settles it: not a prohibition, and no answer meets it.
    #[must_use]
    pub fn settled_by_done(&self) -> bool {
        self.level != Level::MustNot && self.met_when.is_none()
    }

    /// Whether anybody may waive it: never the law, never a prohibition, policy only where the ruleset says who.
    #[must_use]
    pub fn waivable(&self) -> bool {
        self.level != Level::MustNot
            && match self.basis {
                Basis::Law => false,
                Basis::Policy => !self.waivable_by.is_empty(),
                Basis::Guidance => true,
            }
    }
}
