//! Faults and findings as people see them: what is wrong, the line with a marker under the place, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Ink, Out};
use crate::finding::{Finding, Severity};
use crate::text::{Place, Sources, visible};

/// The longest line that is shown; a longer one is cut around the place.
const LONGEST: usize = 160;

/// Writes one fault or finding.
pub fn render(out: Out<'_>, finding: &Finding, sources: &Sources, ink: Ink) -> std::io::Result<()> {
    let shown = finding.place().filter(|_| !finding.hides_source());
    match shown {
        Some(place) if !ink.plain => with_source(out, finding, place, sources, ink),
        _ => plain(out, finding, sources),
    }
}

/// `file:line:column`, made safe to show.
#[must_use]
pub fn location(place: Place, sources: &Sources) -> Option<String> {
    let source = sources.get(place.file)?;
    let at = source.location(place.span.start);
    Some(format!("{}:{}:{}", visible(source.name()), at.line, at.column))
}

/// What a finding is, in words: `error[unknown-key]`, `finding[rule-never-applies]`.
#[must_use]
pub(super) fn label(finding: &Finding) -> String {
    format!("{}[{}]", word(finding.code().severity()), finding.code())
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Fault => "error",
        Severity::Finding => "finding",
        Severity::NotProved => "not proved",
        Severity::Advice => "advice",
    }
}

/// The library's levels have the colours: a finding is as bad as a fault, and advice is no warning.
fn level(severity: Severity) -> Level<'static> {
    let level = match severity {
        Severity::Fault => return Level::ERROR,
        Severity::Finding => Level::ERROR,
        Severity::NotProved => Level::WARNING,
        Severity::Advice => Level::NOTE,
    };
    level.with_name(word(severity))
}

/// In words alone: for screen readers, and where the line must not be shown.
fn plain(out: Out<'_>, finding: &Finding, sources: &Sources) -> std::io::Result<()> {
    writeln!(out, "{}: {}", label(finding), visible(finding.message()))?;
    if let Some(at) = finding.place().and_then(|place| location(place, sources)) {
        writeln!(out, "  --> {at}")?;
    }
    for related in finding.related_places() {
        if let Some(at) = location(related.place, sources) {
            writeln!(out, "  {}: {at}", visible(&related.label))?;
        }
    }
    if let Some(help) = finding.help_text() {
        writeln!(out, "  help: {}", visible(help))?;
    }
    writeln!(out)
}

fn with_source(out: Out<'_>, finding: &Finding, place: Place, sources: &Sources, ink: Ink) -> std::io::Result<()> {
    let Some(primary) = Window::around(place, sources, LONGEST) else { return plain(out, finding, sources) };
    let related: Vec<(Window, String)> = finding
        .related_places()
        .iter()
        .filter_map(|related| {
            Some((Window::around(related.place, sources, LONGEST)?, visible(&related.label).into_owned()))
        })
        .collect();
    let message = visible(finding.message()).into_owned();
    let help = finding.help_text().map(|help| visible(help).into_owned());
    let title = level(finding.code().severity());
    let mut group = Group::with_title(title.primary_title(message.as_str()).id(finding.code().as_str()));
    group = group.element(primary.snippet(AnnotationKind::Primary, None));
    for (window, label) in &related {
        group = group.element(window.snippet(AnnotationKind::Context, Some(label)));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if ink.colour { Renderer::styled() } else { Renderer::plain() };
    let text = renderer.term_width(ink.width.max(40)).render(&[group]);
    let windows = std::iter::once(&primary).chain(related.iter().map(|(window, _)| window));
    writeln!(out, "{}\n", in_place(text, windows))
}

/// The library counts columns in what is shown. Where a line is cut, or has something in it that had to be made visible, the place is
/// another one.
fn in_place<'w>(text: String, windows: impl Iterator<Item = &'w Window>) -> String {
    let (mut done, mut rest) = (String::new(), text);
    for window in windows {
        let (shown, real) = (window.named(window.shown_column()), window.named(window.column));
        let Some((before, after)) = rest.split_once(&shown) else { continue };
        done.push_str(before);
        done.push_str(&real);
        rest = after.to_owned();
    }
    done + &rest
}

/// One line of a file, made safe to show, with the place in it.
pub(super) struct Window {
    path: String,
    /// Its number, from 1.
    pub(super) line: usize,
    /// The column of the place in the file, in characters from 1.
    column: usize,
    /// What of it is shown.
    pub(super) text: String,
    /// The bytes of that which are marked.
    pub(super) marked: std::ops::Range<usize>,
}

impl Window {
    /// The line that a place starts on, as many characters of it as may be shown. A place over several lines is marked to the end
    /// of the first.
    pub(super) fn around(place: Place, sources: &Sources, longest: usize) -> Option<Self> {
        let source = sources.get(place.file)?;
        let from = source.location(place.span.start);
        let to = source.location(place.span.end);
        let number = from.line;
        let line = source.line_text(number)?;
        let first = usize::try_from(from.column).ok()?.saturating_sub(1);
        let after = if to.line == from.line { usize::try_from(to.column).ok()?.saturating_sub(1) } else { usize::MAX };
        let characters: Vec<char> = line.chars().collect();
        let after = after.min(characters.len()).max(first);
        // Far along a long line, what stands before the place is left out.
        let start = if characters.len() > longest { first.saturating_sub(longest / 4) } else { 0 };
        let end = characters.len().min(start + longest);
        let part = |from: usize, to: usize| -> String {
            let taken: String = characters.iter().skip(from).take(to.saturating_sub(from)).collect();
            visible(&taken).into_owned()
        };
        let before = part(start, first.min(end));
        let marked = part(first.min(end), after.min(end));
        let rest = part(after.min(end), end);
        let lead = if start > 0 { "…" } else { "" };
        let tail = if end < characters.len() { "…" } else { "" };
        let from = lead.len() + before.len();
        Some(Self {
            path: visible(source.name()).into_owned(),
            line: usize::try_from(number).unwrap_or(1),
            column: first.saturating_add(1),
            marked: from..from + marked.len(),
            text: format!("{lead}{before}{marked}{rest}{tail}"),
        })
    }

    /// The column of the mark in what is shown.
    fn shown_column(&self) -> usize {
        self.text.get(..self.marked.start).map_or(0, |before| before.chars().count()).saturating_add(1)
    }

    /// The end of a line that names a column of it.
    fn named(&self, column: usize) -> String {
        format!("{}:{}:{column}\n", self.path, self.line)
    }

    fn snippet<'w>(
        &'w self,
        kind: AnnotationKind,
        label: Option<&'w String>,
    ) -> Snippet<'w, annotate_snippets::Annotation<'w>> {
        let annotation = kind.span(self.marked.clone());
        let annotation = match label {
            Some(label) => annotation.label(label.as_str()),
            None => annotation,
        };
        Snippet::source(self.text.as_str()).line_start(self.line).path(self.path.as_str()).annotation(annotation)
    }
}
