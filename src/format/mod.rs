//! One stable layout for a ruleset's YAML files: text in, text out.
//!
//! The layout depends on what a file says, never on how it was laid out before, so that laying it out again changes
//! nothing. Comments and single empty lines stay with what they belong to. Before a new text is given out it is read
//! again, and has to say the same.

mod attach;
mod kind;
mod lay;
mod line;
#[cfg(test)]
mod properties;
mod same;
mod text;
mod written;

use crate::finding::{Code, Finding, Findings, quoted};
use crate::text::{Source, Sources};
use crate::yaml::{Limits, Refused, read_tree, scan};

use kind::Kind;

/// What laying out a file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// The text in its layout: the file's own text, where it was laid out so already.
    Text(String),
    /// The file has faults, which were reported: there is no layout.
    Faults,
    /// The new text would not say what the file says. This is a mistake of this program.
    Changed,
}

/// Whether a path below a version's folder, with `/`, is one at which a ruleset has a file.
#[must_use]
pub fn is_laid_out(path: &str) -> bool {
    Kind::of_file(path) != Kind::Free
}

/// Lays out one file of a ruleset. `path` is its path below the version's folder, with `/`: it says what kind of file it
/// is; without it, the file's own keys do. `name` is how people know the file. Only faults of YAML are reported: a file may
/// be laid out that is not yet right.
#[must_use]
pub fn lay_out(path: Option<&str>, name: &str, bytes: &[u8], sources: &mut Sources, findings: &mut Findings) -> Layout {
    let mut found = Findings::new();
    let tree = read_tree(bytes, name, Limits::RULESET_FILE, sources, &mut found);
    let clean = found.is_empty();
    findings.append(found);
    let source = sources.iter().last().map(|(_, source)| source.clone());
    let (Some(tree), Some(source), true) = (tree, source, clean) else { return Layout::Faults };
    let scanned = match scan(source.text(), &tree) {
        Ok(scanned) => scanned,
        Err(refused) => {
            findings.push(not_laid_out(refused, &source));
            return Layout::Faults;
        }
    };
    let comments: Vec<&str> = scanned.comments.iter().map(|comment| comment.text).collect();
    let Some(mut document) = written::written(source.text(), &tree, &scanned) else { return Layout::Changed };
    attach::attach(&mut document, source.text(), &scanned.comments);
    let laid = lay::lay(document, path.map_or_else(|| Kind::of_tree(&tree), Kind::of_file));
    if same::says_the_same(&laid, &tree, &comments) { Layout::Text(laid) } else { Layout::Changed }
}

/// Anchors, aliases and directives could not be laid out without a change of what is written where.
fn not_laid_out(refused: Refused, source: &Source) -> Finding {
    let word = quoted(source.slice(refused.place.span));
    Finding::new(Code::NotLaidOut, format!("{} {word} is not laid out", refused.what))
        .at(refused.place)
        .help("write the value out where it is used")
}
