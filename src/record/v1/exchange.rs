//! What was known: every answer, step taken and waiver, in words and as a manifest writes them.

use serde::{Deserialize, Serialize};

use super::advice::Given;
use crate::model::Date;

/// What was known of one exchange. It is enough to evaluate the exchange again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// `main`, or the flow's id.
    pub id: String,
    /// Every answer, in asking order.
    pub answers: Vec<Answer>,
    /// Steps taken.
    pub done: Vec<DoneStep>,
    /// Rules that somebody decided not to act on.
    pub waivers: Vec<WaivedRule>,
    /// The beliefs that the team was told: ids of myths.
    pub told: Vec<String>,
    /// Whether it is known that the team was told nothing of the kind.
    pub told_nothing: bool,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The question's id.
    pub question: String,
    /// The section it stands in.
    pub section: String,
    /// What was asked.
    pub prompt: String,
    /// The answers: one, but for questions that take several. `unknown` beside others: these hold, the rest is not known.
    pub answers: Vec<AnswerWord>,
    /// Whether it is of the safety screen: it is kept to evaluate the exchange again, and shown nowhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub screening: bool,
    /// Where the manifest says so.
    #[serde(deserialize_with = "super::there")]
    pub given: Option<Given>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerWord {
    /// As a manifest writes it: an option's id, a text, `unknown` or `none`.
    pub value: String,
    /// The option in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// A step taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoneStep {
    /// The rule it settles.
    pub rule: String,
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
pub struct WaivedRule {
    /// The rule.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub approved_by: String,
    /// In what role: a role's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The last day on which it holds.
    pub expires: Date,
    /// Where the manifest says so.
    #[serde(deserialize_with = "super::there")]
    pub given: Option<Given>,
}
