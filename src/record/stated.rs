//! What a record says of the ruleset that advised.

use super::v1;
use crate::ruleset::{Ruleset, State};

/// A ruleset as a record names it.
#[must_use]
pub fn stated(ruleset: &Ruleset) -> v1::Ruleset {
    let info = ruleset.info();
    v1::Ruleset {
        id: info.id.clone(),
        version: info.version.to_string(),
        status: match info.state {
            State::Draft => v1::RulesetStatus::Draft,
            State::Published => v1::RulesetStatus::Published,
        },
        digest: ruleset.digest().to_owned(),
        report_to: info.report_to.clone(),
    }
}
