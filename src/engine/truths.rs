//! How single tests and conditions come out for the exchange that was considered last.

use super::Evaluator;
use crate::logic::Verdict;
use crate::model::{Condition, Test};

impl Evaluator<'_> {
    /// Whether a test holds, exact over all completions; `None` where that cannot be told.
    pub fn test_holds(&mut self, test: &Test) -> Option<bool> {
        let formula = self.ruleset.compiled().test(test.ix)?;
        match self.decider.verdict(formula) {
            Verdict::Always => Some(true),
            Verdict::Never => Some(false),
            Verdict::Depends | Verdict::OverBudget => None,
        }
    }

    /// Whether a condition holds, in three-valued logic over exact tests. `None` may stand for what comes out one way in
    /// every completion, but never the reverse.
    pub fn condition_holds(&mut self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::Test(test) => self.test_holds(test),
            Condition::Not(inner) => self.condition_holds(inner).map(|holds| !holds),
            Condition::All(of) => self.at_least(of.len(), of),
            Condition::Any(of) => self.at_least(1, of),
            Condition::None(of) => self.at_least(1, of).map(|some| !some),
            Condition::Count { at_least, of } => self.at_least(usize::from(*at_least), of),
        }
    }

    /// Whether so many of these hold.
    fn at_least(&mut self, needed: usize, of: &[Condition]) -> Option<bool> {
        let (mut sure, mut possible) = (0, of.len());
        for condition in of {
            match self.condition_holds(condition) {
                Some(true) => sure += 1,
                Some(false) => possible -= 1,
                None => {}
            }
            if sure >= needed || possible < needed {
                break;
            }
        }
        match (sure >= needed, possible < needed) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }
}
