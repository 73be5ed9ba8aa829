//! Beliefs, and the truth.

use serde::Serialize;

use super::source::Numbers;
use crate::record::v1::{Holds, Myth};

/// A belief, and the truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MythView<'a> {
    /// Its id.
    pub id: &'a str,
    /// What is believed.
    pub belief: &'a str,
    /// What is so.
    pub truth: &'a str,
    /// Whether the team was told it.
    pub told: bool,
    /// What has to be read before the truth, where this exchange may be none that it is written for.
    pub before: Option<&'static str>,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
}

/// A truth is written for the exchanges where its belief matters: where this is none of them, or may be none, that comes before it.
pub(super) fn myth<'a>(myth: &'a Myth, numbers: &Numbers<'_>) -> Option<MythView<'a>> {
    let before = match myth.condition {
        Holds::Holds => None,
        Holds::DoesNotHold => {
            Some("By the answers, this exchange is not one that the following is written for. Do not rely on it here.")
        }
        Holds::Undetermined => Some(
            "It is not known whether the following is written for this exchange. Until it is, do not rely on it here.",
        ),
    };
    (myth.told || before.is_none()).then(|| MythView {
        id: &myth.id,
        belief: &myth.belief,
        truth: &myth.truth,
        told: myth.told,
        before,
        sources: numbers.of(&myth.sources),
    })
}
