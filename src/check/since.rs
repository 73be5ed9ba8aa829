//! What is new in a check since its baseline was written.

use super::{Checked, FailOn, RuleFinding};
use crate::baseline::{Baseline, Known};
use crate::engine::Outcome;
use crate::ruleset::Ruleset;
use crate::text::Place;

/// What a baseline makes of a manifest. Only findings that hold something up are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// How many findings are known.
    pub known: usize,
    /// How many are new.
    pub new: usize,
    /// Whether a prohibition is among those that are known.
    pub known_stop: bool,
    /// What is known and no longer there, and where it is written.
    pub gone: Vec<(Known, Place)>,
    /// Whether the manifest fails the check: something new does, or something that no finding stands for.
    pub fails: bool,
}

/// The findings of a manifest as a baseline keeps them: those that hold something up. None where the safety screen ended everything.
#[must_use]
pub fn to_know(ruleset: &Ruleset, checked: &Checked, findings: &[Vec<RuleFinding>], manifest: &str) -> Vec<Known> {
    if checked.is_screened() {
        return Vec::new();
    }
    let flows = checked.flows.iter().zip(findings);
    let known = flows.flat_map(|(flow, findings)| {
        let holding = findings.iter().filter(|finding| finding.alone != Outcome::Ready);
        holding.filter_map(|finding| {
            let rule = ruleset.rules().get(finding.rule)?;
            Some(Known {
                manifest: manifest.to_owned(),
                flow: flow.flow.exchange.id.clone(),
                rule: rule.id.clone(),
                fingerprint: finding.fingerprint(ruleset, flow),
                title: rule.title.to_string(),
            })
        })
    });
    known.collect()
}

/// Marks the findings that a baseline knows, and says what is new. `manifest` is the manifest's path as the baseline has it.
///
/// A finding is known only where its flow and rule are those that the baseline names: so whoever reads the baseline is not misled.
pub fn since(
    ruleset: &Ruleset,
    checked: &Checked,
    findings: &mut [Vec<RuleFinding>],
    baseline: &Baseline,
    manifest: &str,
    fail_on: FailOn,
) -> Since {
    if checked.is_screened() {
        return Since { fails: true, ..Since::default() };
    }
    let known = baseline.of(manifest);
    let mut occurs = vec![false; known.len()];
    let mut since = Since::default();
    for (flow, findings) in checked.flows.iter().zip(findings) {
        let flow_id = &flow.flow.exchange.id;
        for finding in findings.iter_mut().filter(|finding| finding.alone != Outcome::Ready) {
            let id = ruleset.rules().get(finding.rule).map(|rule| rule.id.as_str());
            let fingerprint = finding.fingerprint(ruleset, flow);
            let same = |(known, _): &(Known, Place)| {
                known.fingerprint == fingerprint && known.flow == *flow_id && Some(known.rule.as_str()) == id
            };
            let found = known.iter().position(same);
            finding.known = found.is_some();
            match found {
                Some(at) => {
                    occurs.get_mut(at).into_iter().for_each(|occurs| *occurs = true);
                    since.known += 1;
                    since.known_stop |= finding.alone == Outcome::Stop;
                }
                None => since.new += 1,
            }
        }
        let mut failing = findings.iter().filter(|finding| fail_on.fails(finding.alone)).peekable();
        // An outcome that no finding stands for is known to nobody.
        since.fails |=
            fail_on.fails(flow.advice.outcome) && (failing.peek().is_none() || failing.any(|finding| !finding.known));
    }
    // With no flows there is no advice to pass.
    since.fails |= checked.flows.is_empty() && fail_on.fails(checked.outcome());
    since.gone = known.iter().zip(occurs).filter(|(_, occurs)| !occurs).map(|(known, _)| known.clone()).collect();
    since
}
