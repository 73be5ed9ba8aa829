//! Derivations.

use serde::{Deserialize, Serialize};

use super::advice::Given;
use super::words::State;

/// One thing that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Reason {
    /// A test of a question's answer.
    Question {
        /// The question.
        fact: String,
        /// What it looks for.
        test: Test,
        /// How it comes out; none where it cannot be told yet, or is withheld.
        #[serde(deserialize_with = "super::there")]
        truth: Option<bool>,
        /// What is known of the question.
        state: State,
        /// The answers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<String>,
        /// Where they stand in the manifest.
        #[serde(deserialize_with = "super::there")]
        given: Option<Given>,
        /// The answers that are closed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        closed: Vec<String>,
        /// What decided that it arises, or that an option is open.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        because: Vec<Reason>,
    },
    /// A test of a derived fact.
    Derived {
        /// The derived fact.
        fact: String,
        /// What it looks for.
        test: Test,
        /// How it comes out; none where it cannot be told yet.
        #[serde(deserialize_with = "super::there")]
        truth: Option<bool>,
        /// The values it can still have.
        values: Vec<String>,
        /// What decided the value.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        because: Vec<Reason>,
    },
    /// It comes out the same whatever these questions' answers are.
    Whatever {
        /// The questions.
        whatever: Vec<String>,
        /// How it comes out.
        truth: bool,
    },
}

impl Reason {
    /// How it comes out; none where it cannot be told yet, or is withheld.
    #[must_use]
    pub const fn truth(&self) -> Option<bool> {
        match self {
            Self::Question { truth, .. } | Self::Derived { truth, .. } => *truth,
            Self::Whatever { truth, .. } => Some(*truth),
        }
    }
}

/// What a test looks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// How it looks: docs/json.md lists the forms.
    pub form: String,
    /// The options it looks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// The tags it looks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Whether it looks for "none of these".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub none: bool,
    /// The values of a derived fact that it looks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}
