//! Where the parser stopped, and the tabs that may be why.

use super::limits::Limits;
use super::prescan::{tab_finding, tab_lines};
use super::syntax;
use super::tree::too_deep;
use crate::finding::{Code, Finding, Findings, Place};
use crate::text::{FileId, Span};
use granit_parser::ScanError;

/// Report why the parser stopped, unless that has been said.
pub(super) fn report_failure(
    error: &ScanError,
    text: &str,
    file: FileId,
    limits: Limits,
    tab_reported: bool,
    findings: &mut Findings,
) {
    let start = offset(*error.marker(), text);
    let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, |character| match character {
        '\n' | '\r' => 0,
        _ => character.len_utf8(),
    });
    let place = Place::new(file, Span::new(start, start + width));
    if syntax::is_too_deep(error) {
        findings.push(too_deep(place, limits));
    } else if syntax::is_control_character(error) || tab_reported {
        // Already said.
    } else if syntax::is_tab(error) {
        findings.push(tab_finding(place));
    } else {
        let (message, help) = syntax::explain(error);
        let finding = Finding::new(Code::YamlSyntax, message).at(place);
        findings.push(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }
}

/// Report lines indented with tabs, and say whether one of them is why the parser stopped.
pub(super) fn report_tabs(
    text: &str,
    file: FileId,
    failure: Option<&ScanError>,
    allowed: &[Span],
    findings: &mut Findings,
) -> bool {
    let failed_at = failure.map(|error| offset(*error.marker(), text));
    let mut explained = false;
    for line in tab_lines(text) {
        let start = line.indentation.start as usize;
        // Indentation inside a text of several lines, or inside brackets, is not structure.
        let before = allowed.partition_point(|span| span.start < line.indentation.start);
        if allowed.get(..before).and_then(<[Span]>::last).is_some_and(|span| line.indentation.end <= span.end) {
            continue;
        }
        let parsed = failed_at.is_none_or(|failed_at| line.end <= failed_at);
        let is_cause = !explained
            && failed_at.is_some_and(|failed_at| match failure {
                Some(error) if syntax::is_tab(error) => line.end > failed_at,
                _ => (start..line.end).contains(&failed_at),
            });
        // After the place where the parser stopped nobody knows what is text, so only plain cases are reported.
        if parsed || is_cause || line.looks_like_structure {
            findings.push(tab_finding(Place::new(file, line.indentation)));
            explained |= is_cause;
        }
    }
    explained
}

/// The byte of a parser's mark.
pub(super) fn offset(marker: granit_parser::Marker, text: &str) -> usize {
    let mut offset = marker.byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
