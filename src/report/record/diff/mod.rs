//! `clearshare record diff`: what two records do not say alike.

pub mod json;
pub mod text;

use crate::record::{Change, v1};

/// Two records, to be compared.
pub struct RecordDiff<'a> {
    /// The paths of both, as they were given.
    pub paths: [&'a str; 2],
    /// Both records.
    pub records: [&'a v1::Record; 2],
    /// What they do not say alike.
    pub changes: &'a [Change],
}
