//! A finding in the words that the formats for pipelines share.

use super::{Gravity, Region, cut, flow};
use crate::check::{CheckedFlow, RuleFinding, Spot, SpotRole};
use crate::model::{Due, Ix, Outcome, Rule, Status};
use crate::report::{ManifestReport, why};
use crate::ruleset::Ruleset;

/// The longest answer that a message repeats.
const LONGEST_ANSWER: usize = 80;

/// One finding of a report, with what words need.
#[derive(Clone, Copy)]
pub(in crate::report) struct Found<'a> {
    pub(in crate::report) ruleset: &'a Ruleset,
    pub(in crate::report) report: &'a ManifestReport<'a>,
    pub(in crate::report) checked: &'a CheckedFlow,
    pub(in crate::report) finding: &'a RuleFinding,
    pub(in crate::report) rule: &'a Rule,
}

/// Every finding of a report, by exchange and in the order of the rules.
pub(in crate::report) fn found<'a>(
    ruleset: &'a Ruleset,
    report: &'a ManifestReport<'_>,
) -> impl Iterator<Item = Found<'a>> + use<'a> {
    let flows = report.checked.flows.iter().zip(report.findings);
    flows.flat_map(move |(checked, findings)| {
        findings.iter().filter_map(move |finding| {
            let rule = ruleset.rules().get(finding.rule)?;
            Some(Found { ruleset, report, checked, finding, rule })
        })
    })
}

impl Found<'_> {
    /// What it is known by from run to run.
    pub(in crate::report) fn fingerprint(&self) -> String {
        self.finding.fingerprint(self.ruleset, self.checked)
    }

    pub(in crate::report) fn gravity(&self) -> Gravity {
        match self.finding.alone {
            alone if self.report.fail_on.fails(alone) && !self.finding.known => Gravity::Error,
            Outcome::Ready => Gravity::Note,
            _ => Gravity::Warning,
        }
    }

    /// The exchange, where there are several.
    pub(in crate::report) fn flow(&self) -> Option<&str> {
        flow(self.report, self.checked)
    }

    pub(in crate::report) fn region(&self) -> Option<Region> {
        Region::of(self.finding.main.place, self.report.sources, self.finding.main.hidden)
    }

    /// The question that the main place is about.
    pub(in crate::report) fn question(&self) -> &str {
        let question = self.finding.main.question.and_then(|ix| self.ruleset.questions().get(ix));
        question.map_or("", |question| question.id.as_str())
    }

    /// The remedy, how strongly it binds, and for which exchange.
    pub(in crate::report) fn headline(&self) -> String {
        let Rule { title, level, basis, .. } = self.rule;
        let due = if self.rule.due == Due::After { ", due after sharing" } else { "" };
        let flow = self.flow().map(|flow| format!(", flow {flow}")).unwrap_or_default();
        format!("{title} ({}, {}{due}{flow})", level.word(), basis.word())
    }

    /// What is known of the rule, and what decided that.
    pub(in crate::report) fn standing(&self) -> String {
        let decided = self.spot(&self.finding.main);
        let ix = self.finding.rule.index();
        let known = if self.finding.known { " It is known from the baseline." } else { "" };
        let standing = match (self.finding.status, self.checked.advice.applies.get(ix)) {
            (Status::Undetermined, Some(Some(true))) => {
                format!("It applies, and is not known to be met: {}.", self.missing().unwrap_or(decided))
            }
            (Status::Undetermined, _) => format!("It can't be told yet whether it applies: {decided}."),
            _ => format!("It applies, and is outstanding: {decided}."),
        };
        format!("{standing}{known}")
    }

    /// The answers on which it depends.
    fn missing(&self) -> Option<String> {
        let spots = std::iter::once(&self.finding.main).chain(&self.finding.others);
        let missing = spots.filter(|spot| spot.role == SpotRole::Missing).filter_map(|spot| spot.question);
        let questions = missing.filter_map(|ix| self.ruleset.questions().get(ix));
        let ids: Vec<String> = questions.map(|question| format!("`{}`", question.id)).collect();
        (!ids.is_empty()).then(|| format!("it depends on {}", ids.join(", ")))
    }

    /// All in a paragraph.
    pub(in crate::report) fn message(&self) -> String {
        let ask = self.rule.refer.and_then(|role| self.ruleset.roles().get(role));
        let ask = ask.map(|role| format!(" Ask the {}.", role.title)).unwrap_or_default();
        format!("{}. {} {}{ask}", self.headline(), self.standing(), self.rule.because)
    }

    /// What a place has to do with the rule. What was answered to a safety question is not repeated.
    pub(in crate::report) fn spot(&self, spot: &Spot) -> String {
        let named = spot.question.and_then(|ix| Some((ix, self.ruleset.questions().get(ix)?)));
        let Some((ix, question)) = named else { return "no single answer decides it".to_owned() };
        let id = &question.id;
        let given = self.checked.flow.exchange.facts.get(ix);
        let shown = given.filter(|_| !spot.hidden && !self.ruleset.is_screening(ix));
        let answer = shown.map_or_else(String::new, |given| {
            format!(" `{}`", cut(&why::answer(self.ruleset, ix, &given.value), LONGEST_ANSWER))
        });
        match spot.role {
            SpotRole::Unmet => format!("`{id}` is answered{answer}, which does not meet it"),
            SpotRole::Decides => format!("`{id}` is answered{answer}"),
            SpotRole::Missing if given.is_some() => format!("`{id}` is not known"),
            SpotRole::Missing => format!("`{id}` is not answered"),
        }
    }
}
