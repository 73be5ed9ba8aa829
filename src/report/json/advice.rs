//! Advice in the shape of v1.

use super::things::{self, Cited};
use super::{options, reasons, records, v1};
use crate::check::{Checked, CheckedFlow};
use crate::engine::{Evaluator, Explainer, Reason};
use crate::manifest::Flow;
use crate::model::{Derived, DerivedIx, Ix, MythIx, Rule, RuleIx, Status, ValueIx};
use crate::report::ManifestReport;
use crate::ruleset::Ruleset;

/// One manifest, with its flows already written out.
pub(super) fn advice<'a>(
    ruleset: &'a Ruleset,
    report: &'a ManifestReport<'_>,
    flows: Vec<v1::Flow<'a>>,
    cited: &Cited<'a>,
) -> v1::Advice<'a> {
    v1::Advice {
        manifest: report.path,
        screened: false,
        ruleset: things::ruleset(ruleset),
        outcome: report.checked.outcome().word(),
        failed: report.failed,
        exchange: report.checked.flows.first().map(|checked| exchange(ruleset, &checked.flow)).unwrap_or_default(),
        notices: report.notices,
        highest: highest(ruleset, report.checked),
        flows,
        sources: cited.sources(),
    }
}

/// What to do where the safety screen stopped everything. Every screening rule is written, not only the one that applies:
/// which it was would tell what was answered.
pub(super) fn screened<'a>(ruleset: &'a Ruleset, report: &ManifestReport<'a>) -> v1::Stopped<'a> {
    v1::Stopped {
        manifest: report.path,
        screened: true,
        ruleset: things::ruleset(ruleset),
        outcome: report.checked.outcome().word(),
        failed: true,
        instructions: instructions(ruleset),
    }
}

/// Every exchange of a manifest.
pub(super) fn flows<'a, 'r: 'a>(
    evaluator: &mut Evaluator<'r>,
    checked: &'a Checked,
    cited: &mut Cited<'a>,
) -> Vec<v1::Flow<'a>> {
    let ruleset = evaluator.ruleset();
    let mut flows = Vec::with_capacity(checked.flows.len());
    for checked in &checked.flows {
        evaluator.reconsider(&checked.flow.exchange);
        let explainer = evaluator.explainer(&checked.flow.exchange, &checked.advice);
        flows.push(flow(ruleset, &explainer, checked, cited));
    }
    flows
}

/// What every screening rule says to do.
pub(in crate::report) fn instructions(ruleset: &Ruleset) -> Vec<v1::Instruction<'_>> {
    let rules = ruleset.compiled().screens.iter().filter_map(|screen| ruleset.rules().get(screen.rule));
    let instructions = rules.map(|rule| v1::Instruction {
        title: &rule.title,
        because: &rule.because,
        refer: rule.refer.map(|ix| things::role(ruleset, ix)),
        steps: things::steps(ruleset, &rule.steps),
    });
    instructions.collect()
}

/// One exchange. The explainer is of that exchange and its advice.
fn flow<'a>(
    ruleset: &'a Ruleset,
    explainer: &Explainer<'_>,
    checked: &'a CheckedFlow,
    cited: &mut Cited<'a>,
) -> v1::Flow<'a> {
    let advice = &checked.advice;
    let mut writer = FlowWriter { ruleset, explainer, checked, cited };
    v1::Flow {
        id: &checked.flow.exchange.id,
        outcome: advice.outcome.word(),
        over_budget: advice.over_budget,
        open: things::questions(ruleset, &advice.open),
        unknown: things::questions(ruleset, &advice.unknown),
        derived: ruleset.derived().iter().map(|(ix, fact)| writer.derived(ix, fact)).collect(),
        candidates: options::candidates(ruleset, &advice.candidates, writer.cited),
        upcoming: options::upcoming(ruleset, &advice.upcoming, writer.cited),
        rules: ruleset.rules().iter().map(|(ix, rule)| writer.rule(ix, rule)).collect(),
        myths: writer.myths(),
    }
}

struct FlowWriter<'a, 'e> {
    ruleset: &'a Ruleset,
    explainer: &'e Explainer<'e>,
    checked: &'a CheckedFlow,
    cited: &'e mut Cited<'a>,
}

impl<'a> FlowWriter<'a, '_> {
    fn derived(&mut self, ix: DerivedIx, fact: &'a Derived) -> v1::Derived<'a> {
        let advice = &self.checked.advice;
        let possible = advice.derived.get(ix.index()).map_or(&[][..], Vec::as_slice);
        let value = advice.value(ix).and_then(|value| fact.value(value));
        let lowest = possible.first().and_then(|lowest| fact.value(*lowest));
        let hinges = advice.derived_hinges.get(ix.index()).map_or(&[][..], Vec::as_slice);
        v1::Derived {
            id: &fact.id,
            title: &fact.title,
            shown: fact.shown,
            value: value.map(|value| value.name.as_str()),
            possible: names(fact, possible),
            at_least: lowest.filter(|_| fact.scale && value.is_none()).map(|lowest| lowest.name.as_str()),
            says: value.and_then(|value| value.says.as_deref()),
            sources: self.cited.cite(&fact.cites),
            derivation: fact.shown.then(|| v1::FactDerivation {
                when: reasons::reasons(self.ruleset, &self.explainer.derived(ix)),
                would_settle: things::ids(self.ruleset, hinges),
            }),
        }
    }

    fn rule(&mut self, ix: RuleIx, rule: &'a Rule) -> v1::Rule<'a> {
        let (ruleset, status) = (self.ruleset, self.checked.advice.status(ix));
        let theme =
            ruleset.themes().get(rule.theme).map_or(("", ""), |theme| (theme.id.as_str(), theme.title.as_str()));
        v1::Rule {
            id: &rule.id,
            theme: v1::Theme { id: theme.0, title: theme.1 },
            title: &rule.title,
            level: rule.level.word(),
            basis: rule.basis.word(),
            due: things::due(rule),
            status: status.word(),
            refer: rule.refer.map(|role| things::role(ruleset, role)),
            because: &rule.because,
            otherwise: rule.otherwise.as_deref().filter(|_| status == Status::NotApplicable),
            upcoming: rule
                .upcoming
                .as_ref()
                .map(|upcoming| v1::Upcoming { from: upcoming.from, sources: self.cited.cite(&upcoming.cites) }),
            steps: things::steps(ruleset, &rule.steps),
            sources: self.cited.cite(&rule.cites),
            derivation: self.derivation(ix, rule),
            done: records::done(&self.checked.flow.exchange, ix),
            waiver: records::waiver(ruleset, &self.checked.flow.exchange, ix),
        }
    }

    /// Nothing that the safety screen's own rules looked at is written, whatever it was.
    fn derivation(&self, ix: RuleIx, rule: &'a Rule) -> v1::RuleDerivation<'a> {
        let ruleset = self.ruleset;
        let derivation = self.explainer.rule(ix, rule);
        let reasons = |of: &[Reason<'_>]| if rule.ends_questions { Vec::new() } else { reasons::reasons(ruleset, of) };
        v1::RuleDerivation {
            when: reasons(&derivation.when),
            met: reasons(&derivation.met),
            would_settle: things::ids(ruleset, derivation.would_settle),
        }
    }

    /// What was told first, as the manifest lists it; then the other beliefs that matter.
    fn myths(&mut self) -> Vec<v1::Myth<'a>> {
        let (ruleset, advice) = (self.ruleset, &self.checked.advice);
        let was_told = |ix: MythIx| advice.told.iter().any(|told| told.myth == ix);
        let told = advice.told.iter().map(|told| (told.myth, true, told.matters));
        let others = advice.myths.iter().filter(|ix| !was_told(**ix)).map(|ix| (*ix, false, Some(true)));
        let myth = |(ix, told, matters)| {
            let myth = ruleset.myths().get(ix)?;
            Some(v1::Myth {
                id: &myth.id,
                belief: &myth.belief,
                truth: &myth.truth,
                told,
                condition: condition(matters),
                sources: self.cited.cite(&myth.cites),
            })
        };
        told.chain(others).filter_map(myth).collect()
    }
}

/// How the condition of a myth comes out.
fn condition(matters: Option<bool>) -> &'static str {
    match matters {
        Some(true) => "holds",
        Some(false) => "does-not-hold",
        None => "undetermined",
    }
}

fn names<'a>(fact: &'a Derived, values: &[ValueIx]) -> Vec<&'a str> {
    values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.as_str()).collect()
}

pub(super) fn exchange<'a>(ruleset: &Ruleset, flow: &'a Flow) -> v1::Exchange<'a> {
    let text = |id: &str| ruleset.question_named(id).and_then(|ix| flow.text(ix));
    v1::Exchange {
        title: text("exchange.title"),
        reference: text("exchange.reference"),
        contact: text("exchange.contact"),
    }
}

/// Of several flows, the highest value of each shown fact whose values have an order.
pub(super) fn highest<'a>(ruleset: &'a Ruleset, checked: &Checked) -> Vec<v1::Highest<'a>> {
    let facts = ruleset.derived().iter().filter(|(_, fact)| fact.shown);
    let highest = |(ix, fact): (DerivedIx, &'a Derived)| {
        let possible = names(fact, &checked.highest(ix, fact)?);
        let value = if let [only] = possible.as_slice() { Some(*only) } else { None };
        Some(v1::Highest { id: &fact.id, title: &fact.title, value, possible })
    };
    facts.filter_map(highest).collect()
}
