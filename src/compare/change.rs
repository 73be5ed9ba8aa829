//! What came of a comparison.

use crate::model::{Basis, Facts, Level, Outcome};

/// Everything in which two versions differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// The changes: rules first, then what they rest on, then the small files; of each kind those of the second version in
    /// its order, then those that only the first had. What did not change in anything is not listed.
    pub changes: Vec<Change>,
    /// How many rules did not change in anything.
    pub unchanged_rules: usize,
    /// Rules that may have been renamed: an ended one and a new one of the same effect and level.
    pub renamed: Vec<Renamed>,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A rule.
    Rule,
    /// A question.
    Question,
    /// An option of a question.
    Option,
    /// A derived fact.
    Derived,
    /// A myth.
    Myth,
    /// A source.
    Source,
    /// A term of the glossary.
    Term,
    /// A role.
    Role,
    /// The ruleset itself.
    Ruleset,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A rule binds more: in more circumstances, at a higher level, or it is harder to meet.
    Stricter,
    /// A rule binds less.
    Looser,
    /// A rule binds more in some ways and less in others.
    BothWays,
    /// It changed in effect, in a way that is neither more nor less.
    Changed,
    /// It changed only for answers that one version lacks.
    OneSided,
    /// Only the second version has it.
    New,
    /// Only the first version had it.
    Ended,
    /// It was not proved to be the same.
    NotProved,
    /// Its text changed, and its effect is proved to be the same.
    Reworded,
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is about.
    pub kind: Kind,
    /// Its id; of an option, that of its question before it: `to.body: hmrc`.
    pub id: String,
    /// Its title, prompt or label.
    pub title: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Whether advice can come out differently because of it.
    pub effect: bool,
    /// Of a rule: how strongly it binds, and what stands behind it; as the second version has it, if it does.
    pub level: Option<(Level, Basis)>,
    /// The exchanges for which its state is another.
    pub shifts: Vec<Shift>,
    /// The ways in which it was not proved to be the same.
    pub unproved: Vec<Way>,
    /// Changes in what it is.
    pub attributes: Vec<Attribute>,
    /// Changes in how it is worded, its conditions among them.
    pub words: Vec<WordChange>,
    /// Sources that it cites and that were added, dropped or themselves changed.
    pub sources: Vec<SourceChange>,
    /// What else changed that it rests on, as kind and id.
    pub causes: Vec<(Kind, String)>,
}

/// In which way a state changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It applies, arises, is open or is answered where it did not or was not.
    More,
    /// A rule that applied and was met is now outstanding.
    Harder,
    /// It no longer applies, arises, is open or is answered where it did or was.
    Fewer,
    /// A rule that was outstanding is now met.
    Easier,
    /// A derived fact has another value.
    Other,
}

/// Which exchanges show a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Those that both versions can express.
    Both,
    /// Only those that the first version can express.
    OnlyBefore,
    /// Only those that the second version can express.
    OnlyAfter,
}

/// Another state for some exchanges.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// In which way.
    pub way: Way,
    /// Its state in the first version; none where that version does not have it or cannot express the exchange.
    pub before: Option<String>,
    /// Its state in the second version.
    pub after: Option<String>,
    /// Which exchanges.
    pub reach: Reach,
    /// Facts that show it; none where the budget ran out before any were found.
    pub witness: Option<Witness>,
}

/// Facts on which two versions come out differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The facts as the first version takes them; none where it cannot.
    pub before: Option<Facts>,
    /// The facts as the second version takes them.
    pub after: Option<Facts>,
    /// Questions answered that only the second version takes: the first does not ask them, or they do not arise there.
    pub only_after: Vec<OneSided>,
    /// Questions answered that only the first version takes.
    pub only_before: Vec<OneSided>,
    /// The outcome in the first version on these facts alone.
    pub outcome_before: Option<Outcome>,
    /// The outcome in the second version.
    pub outcome_after: Option<Outcome>,
    /// Whether fewer answers are proved not to be enough.
    pub smallest: bool,
}

/// A question of a witness that one version does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneSided {
    /// The question.
    pub question: String,
    /// Whether the other version asks it at all; then it does not arise there.
    pub asked: bool,
}

/// Whether a rule binds more or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// More.
    Stricter,
    /// Less.
    Looser,
    /// Neither.
    Neither,
}

/// A change in what a thing is, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Which: the key of the ruleset's format.
    pub name: &'static str,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
    /// Whether the thing binds more or less by it.
    pub direction: Direction,
}

/// A change of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordChange {
    /// Which text: the key of the ruleset's format.
    pub part: &'static str,
    /// What it was, if there was one.
    pub before: Option<String>,
    /// What it is, if there is one.
    pub after: Option<String>,
}

/// A source that changed under something that cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceChange {
    /// Its id.
    pub id: String,
    /// How.
    pub how: SourceHow,
}

/// How a source changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceHow {
    /// It is cited now, and was not.
    Added,
    /// It was cited, and is not now.
    Dropped,
    /// It is cited by both, and says something else.
    Changed(Vec<WordChange>),
}

/// An ended rule and a new one of the same effect and level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The rule that ended.
    pub before: String,
    /// The new rule.
    pub after: String,
}

impl Comparison {
    /// Whether advice can come out differently, or was not proved to be the same.
    #[must_use]
    pub fn changes_effect(&self) -> bool {
        self.changes.iter().any(|change| change.effect)
    }

    /// The changes of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.kind == kind)
    }
}

impl Change {
    /// Which exchanges show it.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.shifts.first().map_or(Reach::Both, |shift| shift.reach)
    }

    /// A change of which nothing is known yet.
    pub(super) fn new(kind: Kind, id: &str, title: &str, verdict: Verdict) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            title: title.to_owned(),
            verdict,
            effect: true,
            level: None,
            shifts: Vec::new(),
            unproved: Vec::new(),
            attributes: Vec::new(),
            words: Vec::new(),
            sources: Vec::new(),
            causes: Vec::new(),
        }
    }
}
