//! A line with everything: each fault with its place, and the whole advice.

use std::io;

use super::advisor::{Advisor, Came};
use super::json::read_line;
use super::rulesets::Which;
use super::whole::Whole;
use crate::check::{Checked, check};
use crate::finding::Findings;
use crate::manifest::{UncheckedManifest, manifest_of_tree};
use crate::report::ManifestReport;
use crate::report::stream::full;
use crate::text::Sources;

/// What a line is called in the whole advice: as what is read from standard input is.
const NAME: &str = "-";

impl Advisor<'_> {
    /// Advises on any line.
    pub(super) fn slowly(&mut self, number: u64, whole: Whole<'_>, to: &mut Vec<u8>) -> io::Result<Came> {
        let mut findings = Findings::new();
        let root = whole.text().and_then(read_line).map(|line| line.root);
        let manifest = match root {
            Ok(root) => manifest_of_tree(root, &mut findings),
            Err(finding) => {
                findings.push(*finding);
                None
            }
        };
        let Some(manifest) = manifest else { return self.wrong(number, &whole, findings, to) };
        let Some(which) = self.chosen(&manifest, &mut findings) else {
            return self.wrong(number, &whole, findings, to);
        };
        match self.checked(which, &manifest, &whole, &mut findings)? {
            Some(checked) if findings.is_empty() => self.advised(number, which, checked, to),
            _ => self.wrong(number, &whole, findings, to),
        }
    }

    /// The advice, as `check` has it.
    fn checked(
        &mut self,
        which: Which,
        manifest: &UncheckedManifest,
        whole: &Whole<'_>,
        findings: &mut Findings,
    ) -> io::Result<Option<Checked>> {
        let mut sources = Sources::new();
        sources.add(whole.source());
        let (as_of, desk) = (self.setup.as_of, self.desk(which)?);
        Ok(check(&mut desk.evaluator, manifest, as_of, &sources, findings))
    }

    fn advised(&mut self, number: u64, which: Which, checked: Checked, to: &mut Vec<u8>) -> io::Result<Came> {
        if !self.setup.full {
            let flows: Vec<_> = checked.flows.into_iter().map(|flow| flow.flow).collect();
            self.conclude(which, &flows)?;
            return self.write(number, which, &flows, to);
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        let setup = self.setup;
        let failed = setup.fail_on.fails(checked.outcome());
        let desk = self.desk(which)?;
        let notices = (setup.notices)(desk.bundled, desk.evaluator.ruleset(), &checked);
        let report = ManifestReport {
            path: NAME,
            ruleset: desk.evaluator.ruleset(),
            as_of: setup.as_of,
            checked: &checked,
            notices: &notices,
            waivers: &[],
            since: None,
            findings: &[],
            sources: &Sources::new(),
            fail_on: setup.fail_on,
            failed,
        };
        full(number, &mut desk.evaluator, &report, &mut buffer, to)?;
        self.buffer = buffer;
        Ok(if failed { Came::Failed } else { Came::Passed })
    }
}
