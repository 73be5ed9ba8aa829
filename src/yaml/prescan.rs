//! Faults that can be seen without parsing: characters YAML forbids, and lines indented with tabs.

use crate::finding::{Code, Finding, Findings, Place};
use crate::text::{FileId, Span, visible};

/// Report characters that YAML forbids, once a line, and say whether there were any.
///
/// A carriage return in the middle of a line is one of them: YAML would start a new line there, and a person reading the
/// file in a browser would not see it.
pub(super) fn control_characters(text: &str, file: FileId, findings: &mut Findings) -> bool {
    let mut found = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        if let Some((offset, character)) = content.char_indices().find(|(_, character)| is_forbidden(*character)) {
            found = true;
            let span = Span::new(start + offset, start + offset + character.len_utf8());
            let shown = visible(character.encode_utf8(&mut [0; 4])).into_owned();
            let finding = Finding::new(Code::ControlCharacter, format!("control character `{shown}`"))
                .at(Place::new(file, span))
                .help("take the character out; in a double-quoted text, write it as an escape");
            findings.push(finding);
        }
        start += line.len();
    }
    found
}

/// What is not in YAML's set of printable characters, and `\r` and `\n`, which end a line.
pub(crate) fn is_forbidden(character: char) -> bool {
    match character {
        '\t' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        _ => character.is_control(),
    }
}

/// The lines whose indentation has a tab and that are not empty or a comment: the place of each indentation.
///
/// Not all are faults: a line may be inside a text of several lines.
pub(super) fn tab_lines(text: &str) -> Vec<TabLine> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        let indentation = line.len() - content.len();
        let has_tab = line.bytes().take(indentation).any(|byte| byte == b'\t');
        if has_tab && !content.trim_end().is_empty() && !content.starts_with('#') {
            lines.push(TabLine {
                indentation: Span::new(start, start + indentation),
                end: start + line.len(),
                // A key or a list item, not the middle of a text.
                looks_like_structure: line.starts_with('\t')
                    && (content.starts_with("- ") || content.contains(": ") || content.trim_end().ends_with(':')),
            });
        }
        start += line.len();
    }
    lines
}

/// A line indented with a tab.
pub(super) struct TabLine {
    /// Its indentation.
    pub(super) indentation: Span,
    /// Just past its line end.
    pub(super) end: usize,
    /// Whether it looks like a key or a list item.
    pub(super) looks_like_structure: bool,
}

/// The fault of a tab used as indentation.
pub(super) fn tab_finding(place: Place) -> Finding {
    Finding::new(Code::TabIndentation, "a tab is used as indentation")
        .at(place)
        .help("use spaces; YAML does not allow tabs here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_are_found_once_a_line() {
        let mut findings = Findings::new();
        let text = "a: 1\r\nb: \u{1}\u{2}\n# \u{7f}\n\tc: \u{85}\nd: 1\re: 2\r";
        assert!(control_characters(text, FileId(0), &mut findings));
        let starts: Vec<_> =
            findings.into_sorted().iter().filter_map(|finding| finding.place().map(|place| place.span.start)).collect();
        assert_eq!(starts, [9, 14, 27]);
        assert!(!control_characters("a: b\r\n", FileId(0), &mut Findings::new()));
    }

    #[test]
    fn tab_lines_are_found() {
        let lines = tab_lines("a:\n\tb: 1\n  \tc\n\t\n\t# x\n\t- d");
        let found: Vec<_> = lines.iter().map(|line| (line.indentation, line.looks_like_structure)).collect();
        assert_eq!(found, [(Span::new(3, 4), true), (Span::new(9, 12), false), (Span::new(21, 22), true)]);
    }
}
