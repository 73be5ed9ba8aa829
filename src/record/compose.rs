//! Advice and a decision → a sealed record.

use super::canonical::{canonical, seal_of};
use super::known::known;
use super::refusal::{Refusal, refusals};
use super::stated::stated;
use super::v1;
use crate::check::Checked;
use crate::model::Date;
use crate::ruleset::Ruleset;

/// What people add to the advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The decision.
    pub decision: v1::Decision,
    /// Who asked for the data, where somebody did.
    pub request: Option<v1::Request>,
    /// What shows that what is said is so.
    pub evidence: Vec<v1::Evidence>,
    /// The record that the new one takes the place of.
    pub supersedes: Option<v1::Supersedes>,
}

/// What a record is made of, beside the decision.
pub struct Basis<'a> {
    /// The ruleset.
    pub ruleset: &'a Ruleset,
    /// The manifest's exchanges and the advice on them.
    pub checked: &'a Checked,
    /// The same advice as a result of `clearshare-advice/1` gives it.
    pub advice: v1::Advice,
    /// What the exchange is called.
    pub exchange: v1::Named,
    /// The date of the advice.
    pub as_of: Date,
    /// Today.
    pub today: Date,
    /// The manifest that the facts were read from.
    pub manifest: v1::Manifest,
    /// What was said beside the advice.
    pub notices: &'a [String],
}

/// A record, and the bytes of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The record.
    pub record: v1::Record,
    /// Its canonical form.
    pub bytes: Vec<u8>,
}

/// Why there is no record.
#[derive(Debug)]
pub enum Unrecorded {
    /// The safety screen ended the questions: nothing of it is recorded.
    Screened,
    /// The decision cannot be recorded as it is.
    Refused(Vec<Refusal>),
    /// The record cannot be written in canonical form.
    Unwritable(serde_json::Error),
}

/// Makes a record and seals it, where the advice allows the decision.
pub fn compose(basis: Basis<'_>, decided: Decided) -> Result<Sealed, Unrecorded> {
    if basis.checked.is_screened() {
        return Err(Unrecorded::Screened);
    }
    let record = v1::Record {
        format: v1::FORMAT.to_owned(),
        tool: v1::Tool { name: "clearshare".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        notice: v1::NOTICE.to_owned(),
        recorded_on: basis.today,
        as_of: basis.as_of,
        ruleset: stated(basis.ruleset),
        manifest: basis.manifest,
        exchange: basis.exchange,
        facts: basis.checked.flows.iter().map(|checked| known(basis.ruleset, &checked.flow.exchange)).collect(),
        advice: basis.advice,
        notices: basis.notices.to_vec(),
        request: decided.request,
        decision: decided.decision,
        evidence: decided.evidence,
        supersedes: decided.supersedes,
        seal: String::new(),
    };
    let refused = refusals(&record);
    if refused.is_empty() { seal(record).map_err(Unrecorded::Unwritable) } else { Err(Unrecorded::Refused(refused)) }
}

/// Seals a record: whatever its seal was, it is now that of what it says.
pub fn seal(mut record: v1::Record) -> Result<Sealed, serde_json::Error> {
    record.seal = seal_of(&serde_json::to_value(&record)?)?;
    let bytes = canonical(&record)?;
    Ok(Sealed { record, bytes })
}
