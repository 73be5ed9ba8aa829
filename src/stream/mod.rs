//! A stream of exchanges, one to a line of JSON: a line in, a line out.
//!
//! A line is a manifest written as JSON, and is read and judged as one: its tree goes through the same reader of manifests, and
//! its facts through the same engine, as those of a YAML file. Most lines have no fault. They are read without what only faults
//! need, and a line in which anything is not as it should be is read again from the beginning, with everything.

mod advisor;
mod json;
mod json_text;
mod rulesets;
mod slowly;
mod whole;

pub use advisor::{Advisor, Came, Notices, Setup};
pub use rulesets::Rulesets;

use crate::yaml::Limits;

/// The most bytes that a line may have, without its end: what a manifest may have.
pub const LONGEST: usize = Limits::MANIFEST.max_bytes;
