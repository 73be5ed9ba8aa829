//! Whether a text says what a tree says.

use std::collections::BTreeMap;

use super::scan::scan;
use crate::finding::Findings;
use crate::text::Sources;
use crate::yaml::{Limits, Node, Value, read_tree};

/// Whether a text is read as the same tree, up to the order of keys, and has the same comments.
pub(super) fn says_the_same(text: &str, tree: &Node, comments: &[&str]) -> bool {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let Some(read) = read_tree(text.as_bytes(), "", Limits::RULESET_FILE, &mut sources, &mut findings) else {
        return false;
    };
    let Ok(scanned) = scan(text, &read) else { return false };
    let mut found: Vec<&str> = scanned.comments.iter().map(|comment| comment.text).collect();
    let mut wanted = comments.to_vec();
    found.sort_unstable();
    wanted.sort_unstable();
    findings.is_empty() && found == wanted && same(&read, tree)
}

/// Whether two trees say the same.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Scalar(a), Value::Scalar(b)) => a.text == b.text && a.is_null() == b.is_null(),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            let by_key: BTreeMap<&str, &Node> = b.iter().map(|entry| (entry.key.as_str(), &entry.value)).collect();
            let has = |key: &str, value: &Node| by_key.get(key).is_some_and(|other| same(value, other));
            a.len() == b.len() && a.iter().all(|entry| has(&entry.key, &entry.value))
        }
        _ => false,
    }
}
