//! Which outcomes fail a check.

use crate::engine::Outcome;

/// The mildest outcome that fails a check. The safety screen always fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// `stop` fails.
    Stop,
    /// `refer` and `stop` fail.
    Refer,
    /// `incomplete` and worse fail.
    Incomplete,
    /// Everything but `ready` fails.
    ActFirst,
}

impl FailOn {
    /// Every threshold with its word.
    pub const WORDS: [(&'static str, Self); 4] =
        [("stop", Self::Stop), ("refer", Self::Refer), ("incomplete", Self::Incomplete), ("act-first", Self::ActFirst)];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Refer => "refer",
            Self::Incomplete => "incomplete",
            Self::ActFirst => "act-first",
        }
    }

    /// Whether an outcome fails.
    #[must_use]
    pub fn fails(self, outcome: Outcome) -> bool {
        let threshold = match self {
            Self::Stop => Outcome::Stop,
            Self::Refer => Outcome::Refer,
            Self::Incomplete => Outcome::Incomplete,
            Self::ActFirst => Outcome::ActFirst,
        };
        outcome >= threshold
    }
}

#[cfg(test)]
mod tests {
    use super::FailOn;
    use crate::engine::Outcome;

    #[test]
    fn each_threshold_fails_itself_and_what_is_worse() {
        use Outcome::{ActFirst, Incomplete, Ready, Refer, Screened, Stop};
        let failing = |on: FailOn| -> Vec<Outcome> {
            [Ready, ActFirst, Incomplete, Refer, Stop, Screened].into_iter().filter(|o| on.fails(*o)).collect()
        };
        assert_eq!(failing(FailOn::ActFirst), [ActFirst, Incomplete, Refer, Stop, Screened]);
        assert_eq!(failing(FailOn::Incomplete), [Incomplete, Refer, Stop, Screened]);
        assert_eq!(failing(FailOn::Refer), [Refer, Stop, Screened]);
        assert_eq!(failing(FailOn::Stop), [Stop, Screened]);
    }
}
