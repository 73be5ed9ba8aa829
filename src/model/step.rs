//! Steps, and the roles that take them.

use serde::{Deserialize, Serialize};

use super::id::RoleIx;
use crate::text::Place;

/// Whose person it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Party {
    /// Nobody's in particular.
    Any,
    /// The sender's.
    From,
    /// The recipient's.
    To,
}

/// A role, and whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Who {
    /// Whose.
    pub party: Party,
    /// The role.
    pub role: RoleIx,
}

/// A role that takes steps, knows answers or gives advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its id.
    pub id: String,
    /// Its name in words.
    pub title: String,
    /// What it does.
    pub does: String,
    /// Where it is written.
    pub place: Place,
}

/// Something a named role does, and what it produces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What to do.
    pub action: String,
    /// Who does it.
    pub who: Who,
    /// What it produces.
    pub produces: Option<String>,
}
