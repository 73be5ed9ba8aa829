//! The tree that reading YAML gives.

use std::collections::BTreeMap;

use crate::finding::Place;

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it is written. For an alias, where the alias is; for a block list or mapping, from its first item to the
    /// end of its last; for a value left out, an empty place just after its key.
    pub place: Place,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, number, date, or nothing: YAML's own types are not told apart.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order written, without the keys that were refused.
    Map(Vec<Entry>),
}

/// One line of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is written.
    pub key_place: Place,
    /// The value.
    pub value: Node,
}

/// A single value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// For a plain value, the text exactly as written (several lines are joined as YAML says); for a quoted or block
    /// value, the text it stands for.
    pub text: String,
    /// Whether it was written without quotes and not as a block.
    pub plain: bool,
}

impl Scalar {
    /// Whether it says "nothing": left out, `~`, or `null` without quotes.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

impl Node {
    /// The scalar, if it is one.
    #[must_use]
    pub const fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether it says "nothing".
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.as_scalar().is_some_and(Scalar::is_null)
    }

    /// What it is, in words for a message. Never the value itself, which may be an answer that must not be shown.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar(scalar) if scalar.is_null() => "nothing",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The value of a key, if this is a mapping that has it. To read a whole mapping use [`crate::yaml::Fields`], which
    /// reports what is missing and what is not known.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else {
            return None;
        };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Whether two trees say the same, wherever they stand, in whatever order their keys come.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Scalar(a), Value::Scalar(b)) => a.text == b.text && a.is_null() == b.is_null(),
            (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.says_the_same(b)),
            (Value::Map(a), Value::Map(b)) => {
                let by_key: BTreeMap<&str, &Self> = b.iter().map(|entry| (entry.key.as_str(), &entry.value)).collect();
                let has = |key: &str, value: &Self| by_key.get(key).is_some_and(|other| value.says_the_same(other));
                a.len() == b.len() && a.iter().all(|entry| has(&entry.key, &entry.value))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_are_null() {
        let null = |text: &str, plain| Scalar { text: text.to_owned(), plain }.is_null();
        assert!(["", "~", "null", "Null", "NULL"].iter().all(|text| null(text, true)));
        assert!(!["", "~", "null"].iter().any(|text| null(text, false)));
        assert!(!["nULL", "none", "no", " "].iter().any(|text| null(text, true)));
    }
}
