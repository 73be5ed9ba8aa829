//! The headings that rules stand under, in reading order.

use serde::Serialize;

use crate::record::v1::{Due, Flow, Level, Rule, Status};

/// What a rule means for the reader. Each rule of a flow is in one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// It forbids the exchange.
    Stops,
    /// A specialist's advice is needed.
    Refer,
    /// A duty that is due before sharing, outstanding or not known to be met.
    First,
    /// It may yet apply.
    Undetermined,
    /// A duty that is due after sharing.
    After,
    /// It is worth doing.
    GoodPractice,
    /// Somebody decided not to act on it.
    Waived,
    /// It was done.
    Done,
    /// The answers meet it.
    Met,
    /// It does not apply, and that is worth knowing.
    NotNeeded,
    /// It is enacted, but not in force.
    Upcoming,
    /// It does not arise.
    NotApplicable,
}

/// A group that has rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupView {
    /// The word that its rules have as `group`.
    pub word: Group,
    /// Its heading.
    pub heading: &'static str,
    /// How many rules it has.
    pub count: usize,
    /// Whether it is detail: what is settled and asks nothing of anybody.
    pub detail: bool,
}

impl Group {
    /// Every group, in reading order.
    pub const ALL: [Self; 12] = [
        Self::Stops,
        Self::Refer,
        Self::First,
        Self::Undetermined,
        Self::After,
        Self::GoodPractice,
        Self::Waived,
        Self::Done,
        Self::Met,
        Self::NotNeeded,
        Self::Upcoming,
        Self::NotApplicable,
    ];

    /// Its heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Stops => "What stops this",
            Self::Refer => "Whose advice is needed",
            Self::First => "What to do first",
            Self::Undetermined => "What can't be told yet",
            Self::After => "What to do after sharing",
            Self::GoodPractice => "Good practice",
            Self::Waived => "What somebody decided not to act on",
            Self::Done => "What was done",
            Self::Met => "What is in place",
            Self::NotNeeded => "What is not needed",
            Self::Upcoming => "Not in force yet",
            Self::NotApplicable => "What does not arise",
        }
    }

    /// Whether it is detail: what is settled and asks nothing of anybody. A waiver is a decision that ends: it is none.
    #[must_use]
    pub const fn is_detail(self) -> bool {
        matches!(self, Self::Done | Self::Met | Self::NotNeeded | Self::Upcoming | Self::NotApplicable)
    }

    /// The group of a rule.
    #[must_use]
    pub fn of(rule: &Rule) -> Self {
        match rule.status {
            Status::Applies if rule.level == Level::MustNot => Self::Stops,
            Status::Applies if rule.refer.is_some() => Self::Refer,
            Status::Applies => Self::outstanding(rule),
            // It applies, and is not known to be met.
            Status::Undetermined if applies(rule) && rule.level == Level::Must && rule.refer.is_none() => {
                Self::outstanding(rule)
            }
            Status::Undetermined => Self::Undetermined,
            Status::Met => Self::Met,
            Status::Done => Self::Done,
            Status::Waived => Self::Waived,
            Status::NotApplicable if rule.upcoming.is_some() => Self::Upcoming,
            Status::NotApplicable if rule.otherwise.is_some() => Self::NotNeeded,
            Status::NotApplicable => Self::NotApplicable,
        }
    }

    fn outstanding(rule: &Rule) -> Self {
        match (rule.level, rule.due) {
            (Level::Must | Level::MustNot, Due::Before) => Self::First,
            (Level::Must | Level::MustNot, Due::After) => Self::After,
            (Level::Should | Level::Could, _) => Self::GoodPractice,
        }
    }
}

/// Whether an undetermined rule is known to apply: then only its being met is open, and its derivation says so.
fn applies(rule: &Rule) -> bool {
    !rule.derivation.met.is_empty()
}

/// The groups that have rules in any of these flows, in reading order.
pub(super) fn over_all(flows: &[Flow]) -> Vec<GroupView> {
    groups(flows.iter().flat_map(|flow| &flow.rules))
}

/// The groups that have rules, in reading order.
pub(super) fn groups<'a>(rules: impl IntoIterator<Item = &'a Rule>) -> Vec<GroupView> {
    let of: Vec<Group> = rules.into_iter().map(Group::of).collect();
    let view = |word: &Group| {
        let count = of.iter().filter(|group| *group == word).count();
        (count > 0).then_some(GroupView { word: *word, heading: word.heading(), count, detail: word.is_detail() })
    };
    Group::ALL.iter().filter_map(view).collect()
}
