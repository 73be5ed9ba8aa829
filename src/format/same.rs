//! Whether a text says what a tree says.

use crate::finding::Findings;
use crate::text::Sources;
use crate::yaml::{Limits, Node, read_tree, scan};

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
    findings.is_empty() && found == wanted && read.says_the_same(tree)
}
