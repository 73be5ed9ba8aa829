//! What was decided, by whom, and why.

use serde::{Deserialize, Serialize};

use super::words::{Choice, View};
use crate::model::Date;

/// The decision that a person took on the advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What was decided.
    pub choice: Choice,
    /// Why, in the decider's words.
    pub reasons: String,
    /// Why sharing the data is necessary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub necessity: Option<String>,
    /// How long the data is kept, and how it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<String>,
    /// When the data is shared, or how often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<String>,
    /// What has to be so for the data to be shared.
    pub conditions: Vec<SharingCondition>,
    /// Who decided, and in what role.
    pub decided_by: Person,
    /// When.
    pub decided_on: Date,
    /// When the decision has to be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Date>,
    /// The people whose view was asked.
    pub consulted: Vec<Consulted>,
}

/// What has to be so for the data to be shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharingCondition {
    /// What.
    pub says: String,
    /// The rule that it sees to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The flow that it is about; every flow where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<String>,
    /// Who sees to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
}

/// A person and their role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their role or post.
    pub role: String,
}

/// Somebody whose view was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consulted {
    /// Their role, such as "Data protection officer".
    pub role: String,
    /// Their name.
    pub name: String,
    /// When they were asked or answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// What they think.
    pub view: View,
    /// What they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// Why the decision goes another way, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// Who asked for the data, where somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Who.
    pub by: Person,
    /// When.
    pub on: Date,
    /// What they asked for, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

/// Something that shows that what is said is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What it is.
    pub title: String,
    /// Where it is: a web address, a path, or a reference in a file system of the organisation.
    pub link: String,
    /// The SHA-256 of the file, in lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The rule that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// The record that this one takes the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supersedes {
    /// Its seal. No member but the record's own is called `seal`, so that `sed` can take that one out.
    pub record: String,
    /// The day on which it was decided.
    pub decided_on: Date,
    /// Why there is a new one.
    pub why: String,
}
