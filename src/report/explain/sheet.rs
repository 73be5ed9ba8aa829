//! A page about things of a ruleset, and the parts that several kinds of thing share.

use crate::model::{Citation, Condition, Confidence, CopyRead, InForce, SourceIx, Step, Upcoming};
use crate::report::page::Page;
use crate::report::{Ink, Tone, words};
use crate::ruleset::Ruleset;
use crate::text::Place;

use super::origin::Origin;

/// How far text stands below a heading.
const INDENT: usize = 2;

/// A page about things of one ruleset.
pub(super) struct Sheet<'r> {
    /// The ruleset.
    pub(super) ruleset: &'r Ruleset,
    page: Page,
    origin: Origin,
}

impl<'r> Sheet<'r> {
    /// An empty page.
    pub(super) fn new(ruleset: &'r Ruleset, ink: Ink) -> Self {
        Self { ruleset, page: Page::new(ink), origin: Origin::of(ruleset) }
    }

    /// The finished text.
    pub(super) fn finish(self) -> String {
        self.page.finish()
    }

    /// The head of one thing: its kind and id, and what it is called.
    pub(super) fn title(&mut self, kind: &str, id: &str, title: &str) {
        self.page.gap();
        self.page.toned(0, Tone::Quiet, &format!("{kind} {id}"));
        self.page.toned(0, Tone::Heading, title);
    }

    /// A line under the head.
    pub(super) fn line(&mut self, text: &str) {
        self.page.paragraph(0, text);
    }

    /// A web address under the head.
    pub(super) fn address(&mut self, url: &str) {
        self.page.address(0, url);
    }

    /// A heading with a text.
    pub(super) fn part(&mut self, heading: &str, text: &str) {
        self.page.heading(heading);
        self.page.paragraph(INDENT, text);
    }

    /// A heading with a text, where there is one.
    pub(super) fn optional(&mut self, heading: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.part(heading, text);
        }
    }

    /// A heading with a list, where it has something in it.
    pub(super) fn list(&mut self, heading: &str, items: &[String]) {
        if !items.is_empty() {
            self.page.heading(heading);
            items.iter().for_each(|item| self.bullet(INDENT, item));
        }
    }

    /// A heading with several names, close together.
    pub(super) fn names(&mut self, heading: &str, names: &[String]) {
        if !names.is_empty() {
            self.part(heading, &names.join(", "));
        }
    }

    /// A heading alone.
    pub(super) fn heading(&mut self, heading: &str) {
        self.page.heading(heading);
    }

    /// A paragraph below a heading.
    pub(super) fn text(&mut self, indent: usize, text: &str) {
        self.page.paragraph(indent, text);
    }

    /// One item of a list.
    pub(super) fn bullet(&mut self, indent: usize, text: &str) {
        self.page.bullet(indent, "-", Tone::Quiet, text);
    }

    /// A heading with a condition in words.
    pub(super) fn condition(&mut self, heading: &str, condition: &Condition) {
        self.page.heading(heading);
        self.conditions(INDENT, condition);
    }

    /// A condition in words. Lines under a line that speaks of them stand deeper.
    pub(super) fn conditions(&mut self, indent: usize, condition: &Condition) {
        let lines = words::condition(self.ruleset, condition);
        if lines.is_empty() {
            self.bullet(indent, "always");
        }
        for line in lines {
            let text = line.trim_start_matches(' ');
            let depth = line.len() - text.len();
            self.bullet(indent + depth, text);
        }
    }

    /// Steps, under who takes them.
    pub(super) fn steps(&mut self, heading: &str, steps: &[Step]) {
        if steps.is_empty() {
            return;
        }
        self.page.heading(heading);
        let mut before = None;
        for step in steps {
            if before != Some(step.who) {
                let who = words::capital(&words::who(self.ruleset, step.who));
                self.page.paragraph(INDENT, &format!("{who}:"));
                before = Some(step.who);
            }
            let gives = step.produces.as_ref().map(|produces| format!(" (gives: {produces})")).unwrap_or_default();
            self.bullet(INDENT + 2, &format!("{}{gives}", step.action));
        }
    }

    /// What is enacted but not in force.
    pub(super) fn upcoming(&mut self, upcoming: Option<&Upcoming>, held: &str) {
        let Some(upcoming) = upcoming else { return };
        let from = upcoming
            .from
            .map_or_else(|| "no day is appointed for it".to_owned(), |from| format!("it comes into force on {from}"));
        let ids: Vec<&str> = upcoming.cites.iter().filter_map(|ix| self.source_id(*ix)).collect();
        self.part("Not in force yet", &format!("It is enacted, and {from}. {held} (Source: {}.)", ids.join(", ")));
    }

    /// What says so, each with what was read.
    pub(super) fn sources(&mut self, cites: &[SourceIx]) {
        if cites.is_empty() {
            return;
        }
        self.page.heading("What says so");
        for ix in cites {
            let Some(source) = self.ruleset.sources().get(*ix) else { continue };
            self.bullet(INDENT, &format!("{} ({})", citation(source), source.id));
            self.page.address(INDENT + 2, &source.url);
            self.page.toned(INDENT + 2, Tone::Quiet, &read(source));
        }
    }

    /// Where the thing is written.
    pub(super) fn origin(&mut self, place: Place) {
        if let Some(origin) = self.origin.of_place(self.ruleset, place) {
            self.page.gap();
            let reference = self.ruleset.reference();
            self.page.toned(0, Tone::Quiet, &format!("Written in {origin} of {reference}."));
        }
    }

    fn source_id(&self, ix: SourceIx) -> Option<&'r str> {
        self.ruleset.sources().get(ix).map(|source| source.id.as_str())
    }
}

/// "UK GDPR, Article 46".
pub(super) fn citation(source: &Citation) -> String {
    match &source.provision {
        Some(provision) => format!("{}, {provision}", source.title),
        None => source.title.clone(),
    }
}

/// What copy was read, when, and how surely it is known.
pub(super) fn read(source: &Citation) -> String {
    let copy = match source.copy {
        CopyRead::Live => format!("Read on {}, the live page", source.read_on),
        CopyRead::Archived => format!("Read on {}, an archived copy", source.read_on),
        CopyRead::NotRead => format!("Not read (noted on {})", source.read_on),
    };
    let confidence = match source.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    let in_force = match source.in_force {
        Some(InForce::From(date)) => format!("; in force from {date}"),
        Some(InForce::NotAppointed) => "; no day is appointed for it to come into force".to_owned(),
        None => String::new(),
    };
    format!("{copy}; confidence: {confidence}{in_force}")
}
