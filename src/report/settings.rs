//! What is set, and where each setting comes from, for people in a terminal.

use super::page::Page;
use super::{Ink, Out, Tone};

/// A setting.
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it is set to, in words.
    pub value: String,
    /// Where that comes from.
    pub from: String,
}

/// Writes what is set for the manifests at a path, and for a check that is started where you are.
pub fn render(
    out: Out<'_>,
    path: &str,
    of_manifests: &[Setting],
    of_runs: &[Setting],
    ink: Ink,
) -> std::io::Result<()> {
    let mut page = Page::new(ink);
    page.heading(&format!("For manifests in {path}:"));
    settings(&mut page, of_manifests);
    page.heading("For a check that is started in this folder:");
    settings(&mut page, of_runs);
    page.gap();
    page.paragraph(0, "What the command line of a check says counts before any of these.");
    out.write_all(page.finish().as_bytes())
}

/// Further lines of a setting stand under what it is set to, so that none is taken for another setting.
fn settings(page: &mut Page, settings: &[Setting]) {
    for Setting { name, value, from } in settings {
        page.bullet(2, &format!("{name}:"), Tone::Quiet, &format!("{value} ({from})"));
    }
}
