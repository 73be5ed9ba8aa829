//! Rulesets ⇄ the bytes inside the program.

use crate::ruleset::Ruleset;

/// Bytes that are not packed rulesets of this program.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the packed ruleset cannot be read: {0}")]
pub struct PackError(#[from] postcard::Error);

/// Packs one ruleset.
pub fn pack(ruleset: &Ruleset) -> Result<Vec<u8>, PackError> {
    Ok(postcard::to_allocvec(ruleset)?)
}

/// Unpacks what [`pack`] packed.
pub fn unpack(bytes: &[u8]) -> Result<Ruleset, PackError> {
    Ok(postcard::from_bytes(bytes)?)
}
