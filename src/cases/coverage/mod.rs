//! What a ruleset's cases try: each rule, each test of a condition, each option, each case of a derived fact, each myth.
//!
//! Condition coverage, not only rule coverage: a rule that some case makes apply may still have a test that no case makes
//! false, and then a slip in that test goes unnoticed.

mod items;
mod observe;

pub use items::Owner;

use crate::engine::Evaluator;
use crate::model::{CaseSet, DerivedIx, MythIx, OptionIx, QuestionIx, RuleIx, TestIx};
use crate::ruleset::Ruleset;
use crate::text::Place;

/// What the cases of a ruleset try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Everything that can be tried, by kind and in the order of the ruleset.
    pub items: Vec<Item>,
    /// How many cases there are.
    pub cases: usize,
    /// How many of them fail.
    pub failing: usize,
}

/// Something that cases can try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub about: About,
    /// Where it is written.
    pub place: Place,
    /// The ways in which it can come out.
    pub points: Vec<Point>,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A rule: the statuses it has.
    Rule(RuleIx),
    /// A test: whether it holds.
    Test(TestIx, Owner),
    /// An option: whether it is chosen, and then open.
    Option(QuestionIx, OptionIx),
    /// A case of a derived fact, by its position: whether it is the one.
    Derived(DerivedIx, usize),
    /// A myth: whether it is answered.
    Myth(MythIx),
}

/// A kind of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Rules.
    Rules,
    /// Tests of conditions.
    Tests,
    /// Options.
    Options,
    /// Cases of derived facts.
    Derived,
    /// Myths.
    Myths,
}

/// One way in which an item can come out, and the cases that make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The way.
    pub way: Way,
    /// Whether the cases are incomplete without it.
    pub needed: bool,
    /// The cases that make it, by their position.
    pub cases: Vec<usize>,
}

/// A way in which something can come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// A rule applies and is outstanding.
    Applies,
    /// A rule is met.
    Met,
    /// A rule is recorded as done.
    Done,
    /// A rule is waived.
    Waived,
    /// A rule does not apply.
    NotApplicable,
    /// A test holds.
    True,
    /// A test does not hold.
    False,
    /// It cannot be told.
    Undetermined,
    /// An option is chosen, and open where it can be closed.
    Chosen,
    /// An option is chosen, but closed.
    ChosenClosed,
    /// An option is a candidate.
    Candidate,
    /// An option is no candidate.
    NotCandidate,
    /// A case of a derived fact is the one that gives its value.
    TheOne,
    /// A myth is answered.
    Answered,
    /// A myth is not answered.
    NotAnswered,
}

/// How many ways there are, and how many of them are tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that some case makes.
    pub tried: usize,
    /// Those that are needed.
    pub needed: usize,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Rules, Self::Tests, Self::Options, Self::Derived, Self::Myths];
}

impl About {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Rule(_) => Kind::Rules,
            Self::Test(..) => Kind::Tests,
            Self::Option(..) => Kind::Options,
            Self::Derived(..) => Kind::Derived,
            Self::Myth(_) => Kind::Myths,
        }
    }
}

impl Item {
    /// The ways that no case makes although one should.
    pub fn missing(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.needed && point.cases.is_empty())
    }

    /// How many of the needed ways are tried.
    #[must_use]
    pub fn count(&self) -> Count {
        let needed = self.points.iter().filter(|point| point.needed).count();
        Count { tried: needed - self.missing().count(), needed }
    }
}

impl Count {
    /// The share that is tried, in whole per cent, rounded down: 100 is everything. Of nothing, everything is tried.
    #[must_use]
    pub fn percent(self) -> usize {
        (self.tried * 100).checked_div(self.needed).unwrap_or(100)
    }

    fn plus(self, other: Self) -> Self {
        Self { tried: self.tried + other.tried, needed: self.needed + other.needed }
    }
}

impl Coverage {
    /// How much of one kind is tried.
    #[must_use]
    pub fn of(&self, kind: Kind) -> Count {
        let counts = self.items.iter().filter(|item| item.about.kind() == kind).map(Item::count);
        counts.fold(Count::default(), Count::plus)
    }

    /// How much is tried.
    #[must_use]
    pub fn total(&self) -> Count {
        Kind::ALL.into_iter().map(|kind| self.of(kind)).fold(Count::default(), Count::plus)
    }
}

/// Runs every case of a ruleset and notes what it tries.
#[must_use]
pub fn coverage(ruleset: &Ruleset, set: &CaseSet) -> Coverage {
    let mut coverage = Coverage { items: items::items(ruleset), cases: set.cases.len(), failing: 0 };
    let mut evaluator = Evaluator::new(ruleset);
    let known = observe::Known::of(ruleset);
    for (at, case) in set.cases.iter().enumerate() {
        let result = super::run_case(&mut evaluator, set, case);
        coverage.failing += usize::from(!result.passed());
        observe::observe(&mut evaluator, &known, &result.exchange, result.as_of, at, &mut coverage.items);
    }
    items::one_of_each_class(ruleset, &mut coverage.items);
    coverage
}
