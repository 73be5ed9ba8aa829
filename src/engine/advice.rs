//! What the engine returns.

use crate::model::{DerivedIx, MythIx, OptionIx, Outcome, QuestionIx, RuleIx, Status, ValueIx};

/// The advice on one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The outcome.
    pub outcome: Outcome,
    /// Each rule's status, by [`RuleIx`].
    pub statuses: Vec<Status>,
    /// For each rule, whether its `when` holds, does not hold, or is undetermined (`None`), by [`RuleIx`].
    pub applies: Vec<Option<bool>>,
    /// For each rule that is undetermined, the questions whose answers would settle it, by [`RuleIx`].
    pub hinges: Vec<Vec<QuestionIx>>,
    /// For each derived fact, the values it can still have (one: it is determined), by [`DerivedIx`].
    pub derived: Vec<Vec<ValueIx>>,
    /// For each shown derived fact that is undetermined, the questions whose answers would settle it, by [`DerivedIx`].
    pub derived_hinges: Vec<Vec<QuestionIx>>,
    /// The candidates, by question, in asking order.
    pub candidates: Vec<Candidates>,
    /// The options that would be candidates if they were in force.
    pub upcoming: Vec<(QuestionIx, OptionIx)>,
    /// The myths that matter.
    pub myths: Vec<MythIx>,
    /// The myths that the team was told, as the exchange lists them: answered whether they matter or not.
    pub told: Vec<Told>,
    /// The questions that are absent and still matter, in asking order. The first is the next to ask.
    pub open: Vec<QuestionIx>,
    /// The questions answered `unknown`, wholly or in part, on which a status or a shown fact still depends.
    pub unknown: Vec<QuestionIx>,
    /// Answers whose question does not arise for this exchange.
    pub moot: Vec<QuestionIx>,
    /// Whether a budget ran out, so that something is called undetermined or relevant that may not be.
    pub over_budget: bool,
}

/// A belief that the team was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The myth.
    pub myth: MythIx,
    /// Whether it matters for this exchange: its own condition holds, does not hold, or is undetermined (`None`).
    pub matters: Option<bool>,
}

/// The options of one question that are still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// The question.
    pub question: QuestionIx,
    /// Its open options.
    pub options: Vec<Candidate>,
}

/// An option still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The option.
    pub option: OptionIx,
    /// Whether it is open whatever is answered next; if not, it may yet close.
    pub certain: bool,
    /// Whether it was chosen.
    pub chosen: bool,
}

impl Advice {
    /// A rule's status.
    #[must_use]
    pub fn status(&self, rule: RuleIx) -> Status {
        self.statuses.get(usize::from(rule.0)).copied().unwrap_or(Status::Undetermined)
    }

    /// The one value of a derived fact, where it is determined.
    #[must_use]
    pub fn value(&self, derived: DerivedIx) -> Option<ValueIx> {
        match self.derived.get(usize::from(derived.0)).map(Vec::as_slice) {
            Some([value]) => Some(*value),
            _ => None,
        }
    }
}
