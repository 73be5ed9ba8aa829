//! One line in, one line out.

use std::io;

use super::json::read_line;
use super::rulesets::{Rulesets, Which, missing};
use super::whole::Whole;
use crate::bundled::Bundled;
use crate::check::{Checked, FailOn};
use crate::engine::{Brief, Evaluator, Outcome};
use crate::finding::{Findings, Place};
use crate::manifest::{Flow, UncheckedManifest, sound_manifest_of_tree};
use crate::model::Date;
use crate::report::stream::{Compact, Exchanges, Wrong, faults};
use crate::ruleset::Ruleset;
use crate::text::Sources;

/// What every reader of some whole advice has to know besides.
pub type Notices<'n> = dyn Fn(Option<&'static Bundled>, &Ruleset, &Checked) -> Vec<String> + Sync + 'n;

/// What is the same for every line of a stream.
pub struct Setup<'n> {
    /// The rulesets.
    pub rulesets: Rulesets,
    /// The date of the advice.
    pub as_of: Date,
    /// The mildest outcome that fails.
    pub fail_on: FailOn,
    /// Whether the whole advice is written.
    pub full: bool,
    /// What is said beside the whole advice.
    pub notices: &'n Notices<'n>,
}

/// What came of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Came {
    /// Advice that does not fail the check.
    Passed,
    /// Advice that does.
    Failed,
    /// A fault.
    Faulty,
}

/// Advises on lines, one after the other, in memory that it uses again. Each thread has its own.
pub struct Advisor<'s> {
    pub(super) setup: &'s Setup<'s>,
    desks: Vec<Option<Desk<'s>>>,
    briefs: Vec<Brief>,
    pub(super) buffer: Vec<u8>,
}

/// What it takes to advise under one ruleset.
pub(super) struct Desk<'s> {
    pub(super) evaluator: Evaluator<'s>,
    pub(super) bundled: Option<&'static Bundled>,
    compact: Compact,
}

impl<'s> Advisor<'s> {
    /// An advisor.
    #[must_use]
    pub fn new(setup: &'s Setup<'s>) -> Self {
        let desks = (0..setup.rulesets.len()).map(|_| None).collect();
        Self { setup, desks, briefs: Vec::new(), buffer: Vec::new() }
    }

    /// Adds the line that answers a line; `None` is one that is too long, of which nothing was read. Lines count from 1.
    ///
    /// The error is one of the program.
    pub fn line(&mut self, number: u64, bytes: Option<&[u8]>, to: &mut Vec<u8>) -> io::Result<Came> {
        let whole = Whole::new(bytes);
        if let Some(text) = whole.sound_text().filter(|_| !self.setup.full)
            && let Some(came) = self.quickly(number, text, to)?
        {
            return Ok(came);
        }
        self.slowly(number, whole, to)
    }

    /// Advises on a line that has no fault; `None` where there is anything to look at more closely.
    fn quickly(&mut self, number: u64, text: &str, to: &mut Vec<u8>) -> io::Result<Option<Came>> {
        let Some(line) = read_line(text).ok().filter(|line| !line.repeats) else { return Ok(None) };
        let mut findings = Findings::new();
        let Some(manifest) = sound_manifest_of_tree(line.root, &mut findings) else { return Ok(None) };
        if !findings.is_empty() {
            return Ok(None);
        }
        let Ok(which) = self.setup.rulesets.of(&manifest, self.setup.as_of) else { return Ok(None) };
        let ruleset = self.ruleset(which)?;
        // Where an answer stands is needed only by faults and whole advice.
        let flows = manifest.flows(ruleset, self.setup.as_of, &Sources::new(), &mut findings);
        if !findings.is_empty() || flows.is_empty() {
            return Ok(None);
        }
        self.conclude(which, &flows)?;
        if self.outcome() != Outcome::Screened && self.briefs.iter().any(|brief| !brief.moot().is_empty()) {
            return Ok(None);
        }
        self.write(number, which, &flows, to).map(Some)
    }

    /// Adds the faults of a line.
    pub(super) fn wrong(&self, number: u64, whole: &Whole<'_>, own: Findings, to: &mut Vec<u8>) -> io::Result<Came> {
        let source = whole.source();
        let findings = own.into_sorted();
        let wrong = Wrong { line: number, as_of: self.setup.as_of, source: &source, findings: &findings };
        faults(&wrong, to)?;
        Ok(Came::Faulty)
    }

    /// The advice in short on each of these exchanges.
    pub(super) fn conclude(&mut self, which: Which, flows: &[Flow]) -> io::Result<()> {
        let mut briefs = std::mem::take(&mut self.briefs);
        briefs.resize_with(flows.len(), Brief::default);
        let (as_of, desk) = (self.setup.as_of, self.desk(which)?);
        for (flow, brief) in flows.iter().zip(&mut briefs) {
            desk.evaluator.brief(&flow.exchange, as_of, brief);
        }
        self.briefs = briefs;
        Ok(())
    }

    /// Adds the advice that was concluded.
    pub(super) fn write(&mut self, line: u64, which: Which, flows: &[Flow], to: &mut Vec<u8>) -> io::Result<Came> {
        let briefs = std::mem::take(&mut self.briefs);
        let failed = self.setup.fail_on.fails(worst(&briefs));
        self.desk(which)?.compact.add(Exchanges { line, flows, briefs: &briefs, failed }, to)?;
        self.briefs = briefs;
        Ok(if failed { Came::Failed } else { Came::Passed })
    }

    fn outcome(&self) -> Outcome {
        worst(&self.briefs)
    }

    /// Which ruleset a manifest is for; else its fault is added.
    pub(super) fn chosen(&self, manifest: &UncheckedManifest, findings: &mut Findings) -> Option<Which> {
        match self.setup.rulesets.of(manifest, self.setup.as_of) {
            Ok(which) => Some(which),
            Err(finding) => {
                findings.extend(finding.map(|finding| *finding));
                None
            }
        }
    }

    fn ruleset(&self, which: Which) -> io::Result<&'s Ruleset> {
        Ok(self.setup.rulesets.get(which)?.0)
    }

    /// The desk for a ruleset.
    pub(super) fn desk(&mut self, which: Which) -> io::Result<&mut Desk<'s>> {
        let Some(desk) = self.desks.get_mut(which.0) else { return Err(missing()) };
        if desk.is_none() {
            let (ruleset, bundled) = self.setup.rulesets.get(which)?;
            let compact = Compact::new(ruleset, self.setup.as_of)?;
            *desk = Some(Desk { evaluator: Evaluator::new(ruleset), bundled, compact });
        }
        desk.as_mut().ok_or_else(missing)
    }
}

fn worst(briefs: &[Brief]) -> Outcome {
    briefs.iter().map(Brief::outcome).max().unwrap_or(Outcome::Incomplete)
}

/// Where a fault of a whole line stands.
pub(super) fn at_start() -> Place {
    Place::new(super::json::LINE, crate::text::Span::at(0))
}
