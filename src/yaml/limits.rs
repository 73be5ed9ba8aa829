//! How much a file may ask of the reader.

/// Bounds on one YAML file. What is read is untrusted, and a few bytes of YAML can ask for a great deal of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The size of the file in bytes.
    pub max_bytes: usize,
    /// How many lists and mappings may stand inside one another.
    pub max_depth: usize,
    /// How many values and keys there may be, those that aliases repeat included.
    pub max_nodes: usize,
    /// How much anchors and aliases may copy: one for each value, and one for each byte of its text.
    pub max_alias_expansion: usize,
}

impl Limits {
    /// For a team's manifest.
    pub const MANIFEST: Self =
        Self { max_bytes: 1 << 20, max_depth: 32, max_nodes: 100_000, max_alias_expansion: 100_000 };

    /// For a file of a decision, which may list thousands of pieces of evidence.
    pub const DECISION: Self =
        Self { max_bytes: 8 << 20, max_depth: 32, max_nodes: 1_000_000, max_alias_expansion: 100_000 };

    /// For one file of a ruleset.
    pub const RULESET_FILE: Self =
        Self { max_bytes: 8 << 20, max_depth: 64, max_nodes: 1_000_000, max_alias_expansion: 1_000_000 };
}
