//! The whole record.

use serde::{Deserialize, Serialize};

use super::advice::Advice;
use super::decision::{Decision, Evidence, Request, Supersedes};
use super::exchange::Known;
use super::words::RulesetStatus;
use crate::model::Date;

/// The exchange, the advice, the decision taken and the ruleset that advised it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// `clearshare-record/1`.
    pub format: String,
    /// The program that wrote it.
    pub tool: Tool,
    /// What every reader has to know.
    pub notice: String,
    /// The day on which it was written.
    pub recorded_on: Date,
    /// The date of the advice.
    pub as_of: Date,
    /// The ruleset that advised.
    pub ruleset: Ruleset,
    /// The manifest that the facts were read from.
    pub manifest: Manifest,
    /// What the exchange is called.
    pub exchange: Named,
    /// What was known, of each exchange of the manifest.
    pub facts: Vec<Known>,
    /// The advice.
    pub advice: Advice,
    /// What was said beside the advice: a newer ruleset, a waiver that ends soon.
    pub notices: Vec<String>,
    /// Who asked for the data, where somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// The decision.
    pub decision: Decision,
    /// What shows that what is said is so.
    pub evidence: Vec<Evidence>,
    /// The record that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<Supersedes>,
    /// `sha256:` and the digest of the canonical form of everything else.
    pub seal: String,
}

/// The program that wrote a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// `clearshare`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The ruleset that advised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruleset {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Whether it could still change.
    pub status: RulesetStatus,
    /// The SHA-256 over its files.
    pub digest: String,
    /// Where wrong advice can be reported.
    pub report_to: String,
}

/// The manifest that the facts were read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its file name, without its folder.
    pub name: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// What the exchange is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whom to ask about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}
