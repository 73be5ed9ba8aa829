//! A comparison as Markdown, for a changelog or a pull request.

use super::told::{self, Entry, Line};
use super::{DiffReport, Version};
use crate::report::Out;
use crate::report::escape::markdown;

/// Writes it.
pub fn render(out: Out<'_>, report: &DiffReport<'_>) -> std::io::Result<()> {
    let mut text = format!("## {} → {}\n\n", version(&report.before), version(&report.after));
    text.push_str(&format!("**{}** {}\n", markdown(told::verdict(report).0), markdown(&told::summary(report))));
    for section in told::sections(report) {
        text.push_str(&format!("\n### {}\n\n", section.heading));
        section.entries.iter().for_each(|entry| self::entry(&mut text, entry));
    }
    out.write_all(text.as_bytes())
}

fn version(version: &Version<'_>) -> String {
    markdown(&version.ruleset.reference().to_string())
}

fn entry(text: &mut String, entry: &Entry) {
    let noun = entry.noun.map_or_else(String::new, |noun| format!("{noun} "));
    let note = if entry.note.is_empty() { String::new() } else { format!(" ({})", entry.note) };
    text.push_str(&format!("- {noun}**{}**{note}: {}\n", markdown(&entry.id), markdown(&entry.title)));
    for line in &entry.lines {
        match line {
            Line::Says(says) => text.push_str(&format!("  - {}\n", markdown(says))),
            Line::Facts(intro, manifest) => {
                text.push_str(&format!("  - {}\n\n", markdown(intro)));
                fenced(text, manifest);
            }
        }
    }
}

/// A manifest as it is, in a block: its fence is longer than any in it.
fn fenced(text: &mut String, manifest: &str) {
    let mut longest = 2;
    let mut run = 0;
    for character in manifest.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    text.push_str(&format!("    {fence}yaml\n"));
    for line in manifest.lines() {
        text.push_str(&format!("    {}\n", crate::text::visible(line)));
    }
    text.push_str(&format!("    {fence}\n\n"));
}
