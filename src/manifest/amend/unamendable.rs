//! Why a manifest is left as it is.

use std::fmt;

use crate::finding::Code;
use crate::text::Location;

/// Why a manifest was not changed. Nothing here says what the manifest holds: it may be an answer that must not be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unamendable {
    /// It cannot be read as YAML without a fault.
    Unreadable,
    /// Here stands an anchor, an alias or a directive: a change in one place could change another.
    Repeats(Location),
    /// An answer to the safety screen that ends the questions is never written.
    Screened,
    /// It has no flow of this id.
    NoFlow(String),
    /// Something else stands here where a section of answers, or an answer, should.
    Shape(Location),
    /// With the answers in it, it would still have this fault.
    Faulty(Code, Option<Location>),
    /// It could not be shown that it would say what it should, and nothing else that is new.
    Unsure,
}

impl fmt::Display for Unamendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at =
            |f: &mut fmt::Formatter<'_>, place: &Location| write!(f, "line {}, column {}", place.line, place.column);
        match self {
            Self::Unreadable => f.write_str("the manifest has faults and cannot be read as YAML"),
            Self::Repeats(place) => {
                f.write_str("the manifest has an anchor, an alias or a directive at ")?;
                at(f, place)?;
                f.write_str(", so that a change in one place could change another: write the values out")
            }
            Self::Screened => f.write_str("what was answered to the safety questions is never written"),
            Self::NoFlow(id) => write!(f, "the manifest has no flow {}", crate::text::quoted(id)),
            Self::Shape(place) => {
                f.write_str("there is no mapping of answers at ")?;
                at(f, place)?;
                f.write_str(", where one should stand")
            }
            Self::Faulty(code, place) => {
                write!(f, "the manifest has a fault, {code}")?;
                if let Some(place) = place {
                    f.write_str(", at ")?;
                    at(f, place)?;
                }
                f.write_str(": run `clearshare check` on it, mend it and try again")
            }
            Self::Unsure => f.write_str("the manifest is written in a way that cannot be changed safely"),
        }
    }
}

impl std::error::Error for Unamendable {}
