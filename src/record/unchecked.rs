//! What is said of a decision so far: by a file, by options of the command line, by a record that is amended, or by a person.

use super::compose::Decided;
use super::refusal::Refusal;
use super::v1::{Choice, Consulted, Decision, Evidence, Person, Request, SharingCondition};
use crate::model::Date;
use crate::text::Place;

/// A decision of which something may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UncheckedDecision {
    /// What was decided.
    pub choice: Option<Choice>,
    /// Why.
    pub reasons: Option<String>,
    /// Why sharing the data is necessary.
    pub necessity: Option<String>,
    /// How long the data is kept, and how it is deleted.
    pub retention: Option<String>,
    /// When the data is shared, or how often.
    pub dates: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// In what role.
    pub role: Option<String>,
    /// When; today where nothing is said.
    pub decided_on: Option<Date>,
    /// When the decision has to be looked at again.
    pub review_on: Option<Date>,
    /// What has to be so for the data to be shared.
    pub conditions: Vec<SharingCondition>,
    /// The people whose view was asked.
    pub consulted: Vec<Consulted>,
    /// Who asked for the data.
    pub request: Option<Request>,
    /// What shows that what is said is so.
    pub evidence: Vec<UncheckedEvidence>,
    /// Why there is a new record, where it takes the place of another.
    pub why: Option<String>,
    /// Where each is written.
    pub places: Places,
}

/// A piece of evidence that was not looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncheckedEvidence {
    /// What it is.
    pub title: String,
    /// Where it is.
    pub at: EvidenceAt,
    /// The SHA-256 that it is said to have.
    pub sha256: Option<String>,
    /// The rule that it is about.
    pub rule: Option<String>,
    /// Where it is written.
    pub place: Option<Place>,
}

/// Where a piece of evidence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceAt {
    /// Somewhere that is not looked at: a web address, or a reference in another system.
    Link(String),
    /// A file here, whose digest goes into the record.
    File(String),
}

/// Where things of a decision are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The choice.
    pub choice: Option<Place>,
    /// Names, ids and days, as they are written.
    pub words: Vec<(String, Place)>,
}

impl Places {
    /// Where a word is written.
    #[must_use]
    pub fn of(&self, word: &str) -> Option<Place> {
        self.words.iter().find(|(other, _)| other == word).map(|(_, place)| *place)
    }
}

impl Places {
    /// Where that is written for which a decision is refused.
    #[must_use]
    pub fn of_refusal(&self, refusal: &Refusal) -> Option<Place> {
        match refusal {
            Refusal::UnknownRule(word) | Refusal::UnknownFlow(word) | Refusal::BadDigest(word) => self.of(word),
            Refusal::Unanswered { name } => self.of(name),
            Refusal::Backward { on, day, .. } => self.of(&on.to_string()).or_else(|| self.of(&day.to_string())),
            Refusal::Missing(_) => None,
            Refusal::Stop { .. }
            | Refusal::Incomplete { .. }
            | Refusal::Outstanding { .. }
            | Refusal::ConditionsUnused
            | Refusal::NoConditions => self.choice,
        }
    }
}

/// Something without which there is no decision, with the key of a file and the option that say it.
pub type Lacking = (&'static str, &'static str);

impl UncheckedDecision {
    /// What is not said of all that has to be; and, where the record takes the place of another, of why.
    #[must_use]
    pub fn lacking(&self, amends: bool) -> Vec<Lacking> {
        let said = [
            (self.choice.is_some(), ("choice", "--choice")),
            (self.reasons.is_some(), ("reasons", "--reasons")),
            (self.decided_by.is_some(), ("decided-by", "--decided-by")),
            (self.role.is_some(), ("decided-by", "--role")),
            (self.why.is_some() || !amends, ("why", "--why")),
        ];
        said.into_iter().filter(|(said, _)| !said).map(|(_, lacking)| lacking).collect()
    }

    /// What is said here, and where nothing is, what was said before.
    ///
    /// A condition takes the place of one for the same rule and flow, a person consulted that of the same name and role, and a piece
    /// of evidence that of the same title.
    #[must_use]
    pub fn over(self, before: Self) -> Self {
        let same_condition = |one: &SharingCondition, other: &SharingCondition| {
            one.rule.is_some() && one.rule == other.rule && one.flow == other.flow
        };
        let same_person = |one: &Consulted, other: &Consulted| one.name == other.name && one.role == other.role;
        let same_evidence = |one: &UncheckedEvidence, other: &UncheckedEvidence| one.title == other.title;
        let mut words = self.places.words;
        words.extend(before.places.words);
        Self {
            choice: self.choice.or(before.choice),
            reasons: self.reasons.or(before.reasons),
            necessity: self.necessity.or(before.necessity),
            retention: self.retention.or(before.retention),
            dates: self.dates.or(before.dates),
            decided_by: self.decided_by.or(before.decided_by),
            role: self.role.or(before.role),
            decided_on: self.decided_on.or(before.decided_on),
            review_on: self.review_on.or(before.review_on),
            conditions: joined(before.conditions, self.conditions, same_condition),
            consulted: joined(before.consulted, self.consulted, same_person),
            request: self.request.or(before.request),
            evidence: joined(before.evidence, self.evidence, same_evidence),
            why: self.why.or(before.why),
            places: Places { choice: self.places.choice.or(before.places.choice), words },
        }
    }

    /// The decision; none where something is lacking. The evidence was looked at.
    #[must_use]
    pub fn decided(self, today: Date, evidence: Vec<Evidence>) -> Option<Decided> {
        Some(Decided {
            decision: Decision {
                choice: self.choice?,
                reasons: self.reasons?,
                necessity: self.necessity,
                retention: self.retention,
                dates: self.dates,
                conditions: self.conditions,
                decided_by: Person { name: self.decided_by?, role: self.role? },
                decided_on: self.decided_on.unwrap_or(today),
                review_on: self.review_on,
                consulted: self.consulted,
            },
            request: self.request,
            evidence,
            supersedes: None,
        })
    }
}

/// What was there, in its order, with what is new in its place or behind it.
fn joined<T>(mut there: Vec<T>, new: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let old = there.len();
    for item in new {
        match there.iter_mut().take(old).find(|other| same(other, &item)) {
            Some(other) => *other = item,
            None => there.push(item),
        }
    }
    there
}
