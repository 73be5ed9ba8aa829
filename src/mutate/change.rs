//! One single change to the rules of a ruleset.

use crate::model::{
    Basis, Condition, DerivedIx, Due, Level, ListIx, MythIx, OptionIx, QuestionIx, RoleIx, RuleIx, ThemeIx,
};
use crate::ruleset::Parts;
use crate::text::Place;

/// A ruleset that differs in one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// What holds the thing.
    pub site: Site,
    /// Where it is written.
    pub place: Place,
    /// Which kind of change it is.
    pub operator: Operator,
    /// The change in words, such as "`tag:competent` swapped for `tag:agency` in `from.body`". It holds the ruleset's text.
    pub words: String,
    /// What stands there instead.
    pub(super) edit: Edit,
}

/// What of a ruleset holds the thing that is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Site {
    /// The condition at the head of a file of rules.
    Head(ThemeIx),
    /// A rule's `when`.
    When(RuleIx),
    /// A rule's `met-when`.
    Met(RuleIx),
    /// A rule's level, basis, `due` or `refer`.
    Rule(RuleIx),
    /// A question's `only-if`.
    Question(QuestionIx),
    /// The `only-if` of an option of a list.
    Choice(ListIx, OptionIx),
    /// A case of a derived fact, by its position.
    Case(DerivedIx, usize),
    /// The order of a derived fact's cases.
    Cases(DerivedIx),
    /// A myth's `when`.
    Myth(MythIx),
}

/// The kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// A line of a condition dropped.
    TestDropped,
    /// A test negated.
    TestNegated,
    /// An option, tag or value dropped from a test's list.
    ItemDropped,
    /// An option, tag or value swapped for another.
    ItemSwapped,
    /// `any` for `all`, or another of `all`, `any`, `none` and `not`.
    Joined,
    /// The number of a `count` one more or one less.
    Counted,
    /// A rule's level changed.
    Level,
    /// A rule's basis changed.
    Basis,
    /// A rule's `due` changed.
    Due,
    /// A rule's `refer` dropped.
    ReferDropped,
    /// A rule's `met-when` dropped.
    MetDropped,
    /// An `only-if` dropped.
    OnlyIfDropped,
    /// Two cases of a derived fact in the other order.
    CasesSwapped,
}

impl Operator {
    /// Its word, which never changes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::TestDropped => "test-dropped",
            Self::TestNegated => "test-negated",
            Self::ItemDropped => "item-dropped",
            Self::ItemSwapped => "item-swapped",
            Self::Joined => "joined-otherwise",
            Self::Counted => "count-changed",
            Self::Level => "level-changed",
            Self::Basis => "basis-changed",
            Self::Due => "due-changed",
            Self::ReferDropped => "refer-dropped",
            Self::MetDropped => "met-when-dropped",
            Self::OnlyIfDropped => "only-if-dropped",
            Self::CasesSwapped => "cases-swapped",
        }
    }
}

/// What stands instead. After [`Mutant::exchange`] it is what stood there before.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Edit {
    /// For each rule of a file, its `when`.
    Whens(Vec<(RuleIx, Condition)>),
    /// A `met-when`, or the `only-if` of a question or an option.
    Optional(Option<Condition>),
    /// The condition of a case of a derived fact, or of a myth.
    Condition(Condition),
    /// The level.
    Level(Level),
    /// The basis.
    Basis(Basis),
    /// When it is due.
    Due(Due),
    /// Whom it refers to.
    Refer(Option<RoleIx>),
    /// The first of two cases that change places.
    Order(usize),
}

impl Mutant {
    /// Makes the change to the parts of the ruleset. Called again, it takes it back.
    pub(super) fn exchange(&mut self, parts: &mut Parts) {
        use std::mem::swap;
        let rule = match self.site {
            Site::Rule(ix) | Site::Met(ix) => parts.rules.get_mut(ix),
            _ => None,
        };
        match (&mut self.edit, self.site, rule) {
            (Edit::Whens(whens), ..) => {
                for (ix, when) in whens {
                    if let Some(rule) = parts.rules.get_mut(*ix) {
                        swap(&mut *rule.when, when);
                    }
                }
            }
            (Edit::Level(level), _, Some(rule)) => swap(&mut rule.level, level),
            (Edit::Basis(basis), _, Some(rule)) => swap(&mut rule.basis, basis),
            (Edit::Due(due), _, Some(rule)) => swap(&mut rule.due, due),
            (Edit::Refer(refer), _, Some(rule)) => swap(&mut rule.refer, refer),
            (Edit::Optional(met), Site::Met(_), Some(rule)) => swap(&mut *rule.met_when, met),
            (Edit::Optional(only_if), site, _) => {
                if let Some(slot) = gate(parts, site) {
                    swap(slot, only_if);
                }
            }
            (Edit::Condition(when), Site::Myth(ix), _) => {
                if let Some(myth) = parts.myths.get_mut(ix) {
                    swap(&mut *myth.when, when);
                }
            }
            (Edit::Condition(when), Site::Case(ix, at), _) => {
                let case = parts.derived.get_mut(ix).and_then(|fact| fact.cases.get_mut(at));
                if let Some(slot) = case.and_then(|case| case.when.as_mut()) {
                    swap(slot, when);
                }
            }
            (Edit::Order(at), Site::Cases(ix), _) => {
                if let Some(fact) = parts.derived.get_mut(ix).filter(|fact| *at + 1 < fact.cases.len()) {
                    fact.cases.swap(*at, *at + 1);
                }
            }
            _ => {}
        }
    }

    /// Whether it can change what other conditions come to, and not only the rule or myth that it stands in.
    pub(super) fn spreads(&self) -> bool {
        matches!(self.site, Site::Question(_) | Site::Choice(..) | Site::Case(..) | Site::Cases(_))
    }
}

/// The `only-if` of a question or an option.
fn gate(parts: &mut Parts, site: Site) -> Option<&mut Option<Condition>> {
    match site {
        Site::Question(ix) => parts.questions.get_mut(ix).map(|question| &mut *question.only_if),
        Site::Choice(list, at) => {
            let list = parts.lists.get_mut(list)?;
            list.choices.get_mut(usize::from(at.0)).map(|choice| &mut *choice.only_if)
        }
        _ => None,
    }
}
