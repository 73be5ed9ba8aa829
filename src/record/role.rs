//! The role in which somebody signs. It is part of what is signed.

use std::fmt;

/// A role, such as `information-asset-owner`: lower-case words, joined with `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role(String);

/// What the namespace of each signature on a record ends with.
const OF_RECORDS: &str = "@record.clearshare";

/// The longest name of a role: it stands in file names and on small screens.
const LONGEST: usize = 64;

impl Role {
    /// The role of this name, where it is written as roles are.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
        (begins && name.len() <= LONGEST && name.split('-').all(is_word)).then(|| Self(name.to_owned()))
    }

    /// The role that a signature's namespace names; none where it is no signature on a record.
    #[must_use]
    pub fn of_namespace(namespace: &str) -> Option<Self> {
        namespace.strip_suffix(OF_RECORDS).and_then(Self::new)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The namespace of a signature in this role.
    #[must_use]
    pub fn namespace(&self) -> String {
        format!("{}{OF_RECORDS}", self.0)
    }

    /// In words: `information asset owner`.
    #[must_use]
    pub fn words(&self) -> String {
        self.0.replace('-', " ")
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn a_role_leads_to_its_namespace_and_back() {
        let role = Role::new("information-asset-owner").unwrap();
        assert_eq!(role.namespace(), "information-asset-owner@record.clearshare");
        assert_eq!(Role::of_namespace(&role.namespace()), Some(role.clone()));
        assert_eq!(role.words(), "information asset owner");
        for name in ["", "-", "a--b", "A", "1a", "a b", "a@b", "ŵ", &"a".repeat(65)] {
            assert_eq!(Role::new(name), None, "{name}");
        }
        for namespace in ["file", "owner@record.clearshare.example", "@record.clearshare", "owner"] {
            assert_eq!(Role::of_namespace(namespace), None, "{namespace}");
        }
    }
}
