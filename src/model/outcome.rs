//! What the advice on an exchange comes to.

use serde::{Deserialize, Serialize};

/// The outcome of an exchange. The order is from best to worst; [`Outcome::Screened`] is worse than all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Nothing in this ruleset stops this.
    Ready,
    /// You can share once these are done.
    ActFirst,
    /// Can't tell yet.
    Incomplete,
    /// Get advice first.
    Refer,
    /// Do not share as proposed.
    Stop,
    /// `refer`, and nothing else is shown: the safety screen.
    Screened,
}

impl Outcome {
    /// Its word: both kinds of referral are `refer`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::ActFirst => "act-first",
            Self::Incomplete => "incomplete",
            Self::Refer | Self::Screened => "refer",
            Self::Stop => "stop",
        }
    }

    /// The outcome of a word. `refer` is the referral of a rule, not of the safety screen.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Ready, Self::ActFirst, Self::Incomplete, Self::Refer, Self::Stop].into_iter().find(|o| o.word() == word)
    }
}
