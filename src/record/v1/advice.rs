//! The advice, in the shape of a result of `clearshare-advice/1` (docs/json.md), without what is of one run alone: the path, whether
//! it failed, and notices.

use serde::{Deserialize, Serialize};

use super::reason::Reason;
use super::words::{Basis, Changeable, Confidence, CopyRead, Due, Holds, Level, Outcome, Party, QuestionKind, Status};
use crate::model::Date;

/// The advice on every exchange of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// The worst of the flows.
    pub outcome: Outcome,
    /// Conclusions whose values have an order: the highest over all flows.
    pub highest: Vec<Highest>,
    /// One for each exchange; the manifest's own is `main`.
    pub flows: Vec<Flow>,
    /// Each source that is cited, once.
    pub sources: Vec<Source>,
}

/// The highest value over all flows of a conclusion whose values have an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Highest {
    /// The derived fact.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The value; none where it is not determined.
    #[serde(deserialize_with = "super::there")]
    pub value: Option<String>,
    /// The values it can have.
    pub possible: Vec<String>,
}

/// What says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Which part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<String>,
    /// Where it stands.
    pub url: String,
    /// When it was read.
    pub read_on: Date,
    /// What copy was read.
    pub copy: CopyRead,
    /// How surely it is known.
    pub confidence: Confidence,
    /// Since when it is in force: a date, or `not-appointed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<String>,
}

/// The advice on one exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// `main`, or the flow's id.
    pub id: String,
    /// The outcome.
    pub outcome: Outcome,
    /// Whether a limit of work was reached.
    pub over_budget: bool,
    /// Questions without an answer that still matter.
    pub open: Vec<OpenQuestion>,
    /// Questions answered `unknown` on which something still depends.
    pub unknown: Vec<OpenQuestion>,
    /// Facts that follow from the answers.
    pub derived: Vec<Derived>,
    /// Options still open, by question.
    pub candidates: Vec<Candidates>,
    /// Options that would be open if they were in force.
    pub upcoming: Vec<UpcomingOption>,
    /// Every rule.
    pub rules: Vec<Rule>,
    /// Beliefs that were told or that matter here, and the truth.
    pub myths: Vec<Myth>,
}

/// A question that still matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenQuestion {
    /// Its id.
    pub question: String,
    /// What kind of answer it has.
    #[serde(rename = "type")]
    pub kind: QuestionKind,
    /// Who can change the answer.
    pub changeable: Changeable,
    /// What is asked.
    pub prompt: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Who would know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
}

/// A derived fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Whether people see it.
    pub shown: bool,
    /// Its value; none where it is not determined.
    #[serde(deserialize_with = "super::there")]
    pub value: Option<String>,
    /// The values it can have.
    pub possible: Vec<String>,
    /// The lowest of them, where they have an order and none is determined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// What says so: ids of sources.
    pub sources: Vec<String>,
    /// Why it has its value; only for what people see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derivation: Option<FactDerivation>,
}

/// Why a derived fact has its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactDerivation {
    /// What decided.
    pub when: Vec<Reason>,
    /// The questions whose answers would settle it.
    pub would_settle: Vec<String>,
}

/// The open options of one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidates {
    /// The question.
    pub question: String,
    /// What stands above them.
    pub heading: String,
    /// The options.
    pub options: Vec<Candidate>,
}

/// An option still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Whether it is open whatever is answered next.
    pub certain: bool,
    /// Whether the manifest names it.
    pub chosen: bool,
    /// What has to be so for it to be relied on.
    pub conditions: Vec<Condition>,
    /// What to do to rely on it.
    pub steps: Vec<Step>,
    /// What says so: ids of sources.
    pub sources: Vec<String>,
}

/// What must hold for an option to be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What.
    pub must_hold: String,
    /// Who confirms it.
    pub confirmed_by: Who,
}

/// An option that would be open if it were in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpcomingOption {
    /// The question.
    pub question: String,
    /// The option's id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Since when it will be in force; none where no day is appointed.
    #[serde(deserialize_with = "super::there")]
    pub from: Option<Date>,
    /// What says so: ids of sources.
    pub sources: Vec<String>,
}

/// A rule, and its status for the exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// The heading it stands under.
    pub theme: Theme,
    /// What it asks.
    pub title: String,
    /// How strongly it binds.
    pub level: Level,
    /// What stands behind it.
    pub basis: Basis,
    /// When it has to be met.
    pub due: Due,
    /// Its status.
    pub status: Status,
    /// The specialist whose advice is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refer: Option<Role>,
    /// Why there is such a rule.
    pub because: String,
    /// What follows from its not applying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// Enacted, but not in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upcoming: Option<Upcoming>,
    /// What to do.
    pub steps: Vec<Step>,
    /// What says so: ids of sources.
    pub sources: Vec<String>,
    /// Why it has its status.
    pub derivation: RuleDerivation,
    /// The record that it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Done>,
    /// The decision not to act on it; it counts only where the status is `waived`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<Waiver>,
}

impl Rule {
    /// Whether it holds up the exchange: a duty due before sharing, or advice of a specialist, that is outstanding or not known to be met.
    #[must_use]
    pub fn is_outstanding(&self) -> bool {
        let duty = self.level == Level::Must && self.due == Due::Before;
        match self.status {
            Status::Applies => duty || self.refer.is_some(),
            Status::Undetermined => duty,
            _ => false,
        }
    }
}

/// A heading of rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
}

/// Enacted, but not in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upcoming {
    /// Since when it will be; none where no day is appointed.
    #[serde(deserialize_with = "super::there")]
    pub from: Option<Date>,
    /// What says so: ids of sources.
    pub sources: Vec<String>,
}

/// Why a rule has its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleDerivation {
    /// Why it applies or not.
    pub when: Vec<Reason>,
    /// Why it is met or not.
    pub met: Vec<Reason>,
    /// The questions whose answers would settle it.
    pub would_settle: Vec<String>,
}

/// What a named role does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What to do.
    #[serde(rename = "do")]
    pub action: String,
    /// Who does it.
    pub who: Who,
    /// What comes of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub produces: Option<String>,
}

/// A role, and whose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// Whose.
    pub party: Party,
    /// The role's id.
    pub role: String,
    /// What it is called.
    pub title: String,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its id.
    pub role: String,
    /// What it is called.
    pub title: String,
}

/// A record that settles a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// When.
    pub on: Date,
    /// By whom.
    pub by: String,
    /// Where the evidence is.
    pub evidence: String,
    /// Where the manifest says so.
    #[serde(deserialize_with = "super::there")]
    pub given: Option<Given>,
}

/// A decision not to act on a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Why.
    pub reason: String,
    /// By whom.
    pub approved_by: String,
    /// In what role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The last day on which it holds.
    pub expires: Date,
    /// Where the manifest says so.
    #[serde(deserialize_with = "super::there")]
    pub given: Option<Given>,
}

/// A place in the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// A belief, and the truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Myth {
    /// Its id.
    pub id: String,
    /// What is believed.
    pub belief: String,
    /// What is so.
    pub truth: String,
    /// Whether the team was told it.
    pub told: bool,
    /// Whether it matters for this exchange.
    pub condition: Holds,
    /// What says so: ids of sources.
    pub sources: Vec<String>,
}
