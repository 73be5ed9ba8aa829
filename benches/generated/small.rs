//! The small files: what the ruleset is, roles and sources.

use std::fmt::Write as _;

/// `ruleset.yaml`.
pub(super) const HEAD: &str = "format: 1
id: generated
version: \"2026.11\"
status: draft
title: A large generated ruleset
law-as-at: 2026-11-22
covers: { from: 2026-11-01 }
jurisdiction: Nowhere
keeper: Nobody
report-to: nobody
review-every-months: 6
changes: First draft.
not-covered:
  - Everything.
";

/// The roles, each of which some rule or question names.
pub(super) const ROLES: [&str; 6] =
    ["team", "data-protection-officer", "legal-adviser", "asset-owner", "security-adviser", "architect"];

pub(super) fn roles() -> String {
    let role = |role: &&str| format!("  - {{ id: {role}, title: the {role}, does: Answers and acts. }}\n");
    format!("roles:\n{}", ROLES.iter().map(role).collect::<String>())
}

/// The sources that the files cite.
pub(super) fn sources(files: &[(String, String)]) -> String {
    let all: String = files.iter().map(|(_, text)| text.as_str()).collect();
    let mut text = "sources:\n".to_owned();
    for at in 0..97 {
        if all.contains(&format!("source-{at}]")) {
            let _ = writeln!(
                text,
                "  - {{ id: source-{at}, title: Act {at}, provision: section {at}, url: https://example.gov.uk/{at}, \
                 read: {{ on: 2026-11-20, copy: live }}, confidence: high }}"
            );
        }
    }
    text
}
