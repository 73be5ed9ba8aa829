//! The document, its results and its faults.

use serde::Serialize;

use super::{Flow, Role, Step};
use crate::model::Date;
use crate::report::json::parts::{Place, Tool};

/// The head of a document; its results follow.
#[derive(Serialize)]
pub(in crate::report::json) struct Head {
    pub(in crate::report::json) format: &'static str,
    pub(in crate::report::json) tool: Tool,
    pub(in crate::report::json) as_of: Date,
    pub(in crate::report::json) notice: &'static str,
}

/// A manifest with advice.
#[derive(Serialize)]
pub(in crate::report::json) struct Advice<'a> {
    pub(in crate::report::json) manifest: &'a str,
    pub(in crate::report::json) screened: bool,
    pub(in crate::report::json) ruleset: Ruleset<'a>,
    pub(in crate::report::json) outcome: &'static str,
    pub(in crate::report::json) failed: bool,
    #[serde(skip_serializing_if = "Exchange::is_empty")]
    pub(in crate::report::json) exchange: Exchange<'a>,
    pub(in crate::report::json) notices: &'a [String],
    pub(in crate::report::json) highest: Vec<Highest<'a>>,
    pub(in crate::report::json) flows: Vec<Flow<'a>>,
    pub(in crate::report::json) sources: Vec<Source<'a>>,
}

/// A manifest that the safety screen stopped: what to do, and nothing else.
#[derive(Serialize)]
pub(in crate::report::json) struct Stopped<'a> {
    pub(in crate::report::json) manifest: &'a str,
    pub(in crate::report::json) screened: bool,
    pub(in crate::report::json) ruleset: Ruleset<'a>,
    pub(in crate::report::json) outcome: &'static str,
    pub(in crate::report::json) failed: bool,
    pub(in crate::report::json) instructions: Vec<Instruction<'a>>,
}

/// What to do where the safety screen stopped everything.
#[derive(Serialize)]
pub(in crate::report) struct Instruction<'a> {
    pub(in crate::report::json) title: &'a str,
    pub(in crate::report::json) because: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) refer: Option<Role<'a>>,
    pub(in crate::report::json) steps: Vec<Step<'a>>,
}

/// A manifest with faults.
#[derive(Serialize)]
pub(in crate::report::json) struct Faulty<'a> {
    pub(in crate::report::json) manifest: &'a str,
    pub(in crate::report::json) failed: bool,
    pub(in crate::report::json) faults: Vec<Fault<'a>>,
}

/// One fault.
#[derive(Serialize)]
pub(in crate::report) struct Fault<'a> {
    pub(in crate::report::json) code: &'static str,
    pub(in crate::report::json) message: &'a str,
    #[serde(flatten)]
    pub(in crate::report::json) place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) help: Option<&'a str>,
    pub(in crate::report::json) related: Vec<Related<'a>>,
}

/// Another place that helps to understand a fault.
#[derive(Serialize)]
pub(in crate::report::json) struct Related<'a> {
    pub(in crate::report::json) message: &'a str,
    #[serde(flatten)]
    pub(in crate::report::json) place: Option<Place<'a>>,
}

/// The ruleset that advised.
#[derive(Serialize)]
pub(in crate::report::json) struct Ruleset<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) version: String,
    pub(in crate::report::json) status: &'static str,
    pub(in crate::report::json) digest: &'a str,
    pub(in crate::report::json) report_to: &'a str,
}

/// What the exchange is called.
#[derive(Default, Serialize)]
pub(in crate::report::json) struct Exchange<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) contact: Option<&'a str>,
}

impl Exchange<'_> {
    fn is_empty(&self) -> bool {
        self.title.is_none() && self.reference.is_none() && self.contact.is_none()
    }
}

/// The highest value over all flows of a conclusion whose values have an order.
#[derive(Serialize)]
pub(in crate::report::json) struct Highest<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) title: &'a str,
    pub(in crate::report::json) value: Option<&'a str>,
    pub(in crate::report::json) possible: Vec<&'a str>,
}

/// What says so.
#[derive(Serialize)]
pub(in crate::report) struct Source<'a> {
    pub(in crate::report::json) id: &'a str,
    pub(in crate::report::json) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) provision: Option<&'a str>,
    pub(in crate::report::json) url: &'a str,
    pub(in crate::report::json) read_on: Date,
    pub(in crate::report::json) copy: &'static str,
    pub(in crate::report::json) confidence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report::json) in_force: Option<String>,
}
