//! The advice on one exchange.

use serde::Serialize;

use super::Reason;
use crate::model::Date;

/// One exchange.
#[derive(Serialize)]
pub(in crate::report::json) struct Flow<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) outcome: &'static str,
    pub(in crate::report::json) over_budget: bool,
    pub(in crate::report::json) open: Vec<OpenQuestion<'a>>,
    pub(in crate::report::json) unknown: Vec<OpenQuestion<'a>>,
    pub(in crate::report::json) derived: Vec<Derived<'a>>,
    pub(in crate::report::json) candidates: Vec<Candidates<'a>>,
    pub(in crate::report::json) upcoming: Vec<UpcomingOption<'a>>,
    pub(in crate::report::json) rules: Vec<Rule<'a>>,
    pub(in crate::report::json) myths: Vec<Myth<'a>>,
}

/// A question that still matters.
#[derive(Serialize)]
pub(in crate::report::json) struct OpenQuestion<'a> {
    pub(in crate::report::json) question: &'a str,
    #[serde(rename = "type")]
    pub(in crate::report::json) kind: &'static str,
    pub(in crate::report::json) changeable: &'static str,
    pub(in crate::report::json) prompt: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) why: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) who: Option<Who<'a>>,
}

/// A derived fact.
#[derive(Serialize)]
pub(in crate::report::json) struct Derived<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) title: &'a str,
    pub(in crate::report::json) shown: bool,
    pub(in crate::report::json) value: Option<&'a str>,
    pub(in crate::report::json) possible: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) at_least: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) says: Option<&'a str>,
    pub(in crate::report::json) sources: Vec<&'a str>,
    /// Only for what people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) derivation: Option<FactDerivation<'a>>,
}

/// The open options of one question.
#[derive(Serialize)]
pub(in crate::report::json) struct Candidates<'a> {
    pub(in crate::report::json) question: &'a str,
    pub(in crate::report::json) heading: &'a str,
    pub(in crate::report::json) options: Vec<Candidate<'a>>,
}

/// An option still open.
#[derive(Serialize)]
pub(in crate::report::json) struct Candidate<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) label: &'a str,
    pub(in crate::report::json) certain: bool,
    pub(in crate::report::json) chosen: bool,
    pub(in crate::report::json) conditions: Vec<Condition<'a>>,
    pub(in crate::report::json) steps: Vec<Step<'a>>,
    pub(in crate::report::json) sources: Vec<&'a str>,
}

/// An option that would be open if it were in force.
#[derive(Serialize)]
pub(in crate::report::json) struct UpcomingOption<'a> {
    pub(in crate::report::json) question: &'a str,
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) label: &'a str,
    /// `null` where no day is appointed.
    pub(in crate::report::json) from: Option<Date>,
    pub(in crate::report::json) sources: Vec<&'a str>,
}

/// What must hold for an option to be relied on.
#[derive(Serialize)]
pub(in crate::report::json) struct Condition<'a> {
    pub(in crate::report::json) must_hold: &'a str,
    pub(in crate::report::json) confirmed_by: Who<'a>,
}

/// A rule, and its status for the exchange.
#[derive(Serialize)]
pub(in crate::report::json) struct Rule<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) theme: Theme<'a>,
    pub(in crate::report::json) title: &'a str,
    pub(in crate::report::json) level: &'static str,
    pub(in crate::report::json) basis: &'static str,
    pub(in crate::report::json) due: &'static str,
    pub(in crate::report::json) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) refer: Option<Role<'a>>,
    pub(in crate::report::json) because: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) otherwise: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) upcoming: Option<Upcoming<'a>>,
    pub(in crate::report::json) steps: Vec<Step<'a>>,
    pub(in crate::report::json) sources: Vec<&'a str>,
    pub(in crate::report::json) derivation: RuleDerivation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) done: Option<Done<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) waiver: Option<Waiver<'a>>,
}

/// A heading of rules.
#[derive(Serialize)]
pub(in crate::report::json) struct Theme<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) title: &'a str,
}

/// Enacted, but not in force.
#[derive(Serialize)]
pub(in crate::report::json) struct Upcoming<'a> {
    /// `null` where no day is appointed.
    pub(in crate::report::json) from: Option<Date>,
    pub(in crate::report::json) sources: Vec<&'a str>,
}

/// Why a rule has its status.
#[derive(Serialize)]
pub(in crate::report::json) struct RuleDerivation<'a> {
    pub(in crate::report::json) when: Vec<Reason<'a>>,
    pub(in crate::report::json) met: Vec<Reason<'a>>,
    pub(in crate::report::json) would_settle: Vec<&'a str>,
}

/// Why a derived fact has its value.
#[derive(Serialize)]
pub(in crate::report::json) struct FactDerivation<'a> {
    pub(in crate::report::json) when: Vec<Reason<'a>>,
    pub(in crate::report::json) would_settle: Vec<&'a str>,
}

/// What a named role does.
#[derive(Serialize)]
pub(in crate::report::json) struct Step<'a> {
    #[serde(rename = "do")]
    pub(in crate::report::json) action: &'a str,
    pub(in crate::report::json) who: Who<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) produces: Option<&'a str>,
}

/// A role, and whose.
#[derive(Serialize)]
pub(in crate::report::json) struct Who<'a> {
    pub(in crate::report::json) party: &'static str,
    #[serde(flatten)]
    pub(in crate::report::json) role: Role<'a>,
}

/// A role.
#[derive(Serialize)]
pub(in crate::report::json) struct Role<'a> {
    pub(in crate::report::json) role: &'a str,
    pub(in crate::report::json) title: &'a str,
}

/// A record that settles a rule.
#[derive(Serialize)]
pub(in crate::report::json) struct Done<'a> {
    pub(in crate::report::json) on: Date,
    pub(in crate::report::json) by: &'a str,
    pub(in crate::report::json) evidence: &'a str,
    pub(in crate::report::json) given: Option<Given>,
}

/// A decision not to act on a rule.
#[derive(Serialize)]
pub(in crate::report::json) struct Waiver<'a> {
    pub(in crate::report::json) reason: &'a str,
    pub(in crate::report::json) approved_by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) role: Option<Role<'a>>,
    pub(in crate::report::json) expires: Date,
    pub(in crate::report::json) given: Option<Given>,
}

/// A place in the manifest.
#[derive(Serialize)]
pub(in crate::report::json) struct Given {
    pub(in crate::report::json) line: u32,
    pub(in crate::report::json) column: u32,
}

/// A belief that matters here or that the team was told, and the truth.
#[derive(Serialize)]
pub(in crate::report::json) struct Myth<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) belief: &'a str,
    pub(in crate::report::json) truth: &'a str,
    pub(in crate::report::json) told: bool,
    /// Whether it matters for this exchange: `holds`, `does-not-hold` or `undetermined`.
    pub(in crate::report::json) condition: &'static str,
    pub(in crate::report::json) sources: Vec<&'a str>,
}
