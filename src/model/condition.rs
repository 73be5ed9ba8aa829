//! Conditions: what a rule, an option or a question waits for. Data, never code.

use serde::{Deserialize, Serialize};

use super::derived::ValueIx;
use super::id::{DerivedIx, OptionIx, QuestionIx, TagIx};
use crate::text::Place;

/// A condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// Every one holds. Empty: true.
    All(Vec<Condition>),
    /// At least one holds. Empty: false.
    Any(Vec<Condition>),
    /// None holds. Empty: true.
    None(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// At least so many hold.
    Count {
        /// The number needed.
        at_least: u16,
        /// What is counted.
        of: Vec<Condition>,
    },
    /// A test of one fact.
    Test(Test),
}

/// A number for each test of a ruleset, in the order in which they were compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TestIx(pub u32);

/// A test of one fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// Its number in the ruleset.
    pub ix: TestIx,
    /// What is tested, and how.
    pub subject: Subject,
    /// Where it is written.
    pub place: Place,
}

/// What a test looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A question's answer.
    Question(QuestionIx, Form),
    /// A derived fact is one of these values.
    Derived(DerivedIx, Vec<ValueIx>),
}

/// How a question's answer is tested. Each form also needs the question to arise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Some open option is one of these.
    AnyOf(Vec<Item>),
    /// For each item, some open option is it.
    AllOf(Vec<Item>),
    /// Some open option is one of these, and nothing else is chosen.
    Only(Vec<Item>),
    /// Some option is open.
    Some,
    /// Some open option lacks the tag.
    SomeWithout(TagIx),
    /// Something is chosen and none of it is open.
    Closed,
}

/// One item of a test's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// This option.
    Option(OptionIx),
    /// Any option with this tag.
    Tag(TagIx),
    /// The answer `none` of an `any-of` question.
    Nothing,
}

impl Condition {
    /// Every test in it, in the order written.
    #[must_use]
    pub fn tests(&self) -> Vec<&Test> {
        let mut tests = Vec::new();
        self.visit(&mut |test| tests.push(test));
        tests
    }

    fn visit<'a>(&'a self, f: &mut impl FnMut(&'a Test)) {
        match self {
            Self::All(of) | Self::Any(of) | Self::None(of) | Self::Count { of, .. } => {
                of.iter().for_each(|c| c.visit(f));
            }
            Self::Not(c) => c.visit(f),
            Self::Test(test) => f(test),
        }
    }
}
