//! A comparison for people, in a terminal.

use super::told::{self, Line};
use super::{DiffReport, Version};
use crate::report::page::Page;
use crate::report::{Ink, Out, Tone};

/// Writes it: what matters most first, and last what it comes to. Only that, and how many rules changed, where `quiet` asks for
/// it.
pub fn render(out: Out<'_>, report: &DiffReport<'_>, quiet: bool, ink: Ink) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    if !quiet {
        version(&mut page, "Before", &report.before);
        version(&mut page, "After", &report.after);
        page.gap();
    }
    page.paragraph(0, &told::summary(report));
    if !quiet {
        sections(&mut page, report);
        page.gap();
    }
    let (text, tone) = told::verdict(report);
    page.toned(0, tone, text);
    out.write_all(page.finish().as_bytes())
}

fn sections(page: &mut Page, report: &DiffReport<'_>) {
    for section in told::sections(report) {
        page.heading(section.heading);
        for entry in &section.entries {
            if entry.lines.len() > 1 {
                page.gap();
            }
            let noun = entry.noun.map_or_else(String::new, |noun| format!("{noun} "));
            let note = if entry.note.is_empty() { String::new() } else { format!(" ({})", entry.note) };
            page.bullet(2, section.mark, section.tone, &format!("{noun}{}{note}: {}", entry.id, entry.title));
            for line in &entry.lines {
                self::line(page, line);
            }
        }
    }
}

fn version(page: &mut Page, side: &str, version: &Version<'_>) {
    let reference = version.ruleset.reference().to_string();
    let name = if version.name == reference { reference } else { format!("{reference}, {}", version.name) };
    page.toned(0, Tone::Heading, &format!("{side}: {name}"));
}

fn line(page: &mut Page, line: &Line) {
    match line {
        Line::Says(text) => page.paragraph(4, text),
        Line::Facts(intro, manifest) => {
            page.paragraph(4, intro);
            // Not wrapped: it can be copied, and checked.
            manifest.lines().for_each(|line| page.address(6, line));
        }
    }
}
