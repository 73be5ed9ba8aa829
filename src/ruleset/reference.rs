//! `uk-border@2026.11`: how a ruleset is named.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::is_id;

/// A ruleset's version: year and month, ordered as such and not as text or as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version {
    /// The year, four digits.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}.{:02}", self.year, self.month)
    }
}

/// A text that is not a version or a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// Not a year and a month.
    #[error("a version is a year and a month, such as `2026.11`")]
    Version,
    /// Not an id, or not an id with a version.
    #[error("a ruleset is named by its id and version, such as `uk-border@2026.11`")]
    Reference,
}

impl FromStr for Version {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text.split_once('.').ok_or(ReferenceError::Version)?;
        let digits = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(ReferenceError::Version);
        }
        let year = year.parse().map_err(|_| ReferenceError::Version)?;
        let month = month.parse().map_err(|_| ReferenceError::Version)?;
        if year < 2000 || !(1..=12).contains(&month) {
            return Err(ReferenceError::Version);
        }
        Ok(Self { year, month })
    }
}

/// A ruleset, with its version or whichever version covers the date.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The ruleset's id.
    pub id: String,
    /// The version, if one is named.
    pub version: Option<Version>,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.version {
            Some(version) => write!(f, "{}@{version}", self.id),
            None => f.write_str(&self.id),
        }
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (id, version) = match text.split_once('@') {
            Some((id, version)) => (id, Some(version.parse()?)),
            None => (text, None),
        };
        if !is_id(id) || id.contains('.') {
            return Err(ReferenceError::Reference);
        }
        Ok(Self { id: id.to_owned(), version })
    }
}

#[cfg(test)]
mod tests {
    use super::{Reference, Version};

    #[test]
    fn versions_are_ordered_by_year_and_month() {
        let v = |text: &str| text.parse::<Version>().unwrap();
        assert!(v("2026.09") < v("2026.10"));
        assert!(v("2025.12") < v("2026.01"));
        assert_eq!(v("2026.10").to_string(), "2026.10");
    }

    #[test]
    fn what_is_not_a_reference_is_refused() {
        for bad in [
            "",
            "@",
            "uk-border@",
            "uk-border@2026",
            "uk-border@2026.1",
            "uk-border@2026.13",
            "UK@2026.11",
            "a.b@2026.11",
            "uk-border@2026.11@x",
            "uk-border@+026.11",
        ] {
            assert!(bad.parse::<Reference>().is_err(), "{bad}");
        }
        assert_eq!("uk-border@2026.11".parse::<Reference>().unwrap().to_string(), "uk-border@2026.11");
        assert_eq!("uk-border".parse::<Reference>().unwrap().version, None);
    }
}
