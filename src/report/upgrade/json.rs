//! `clearshare-upgrade/1`: what another version says of a manifest, for programs, frozen. See docs/json.md and
//! schemas/upgrade-1.schema.json.

use std::collections::BTreeSet;
use std::io;

use serde::Serialize;

use super::{FlowUpgrade, UpgradeReport};
use crate::compare::{Change, Kind};
use crate::model::{Date, DerivedIx, QuestionIx, Rule, RuleIx, Status, ValueIx};
use crate::report::Out;
use crate::report::diff::json::{What, kind, what};
use crate::report::json::parts::{Subject, write};
use crate::report::json::{Cited, Fault, Instruction, Source, fault, instructions};
use crate::ruleset::Ruleset;
use crate::upgrade::{Again, FactShift, RuleShift};

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-upgrade/1";

#[derive(Serialize)]
struct Members<'a> {
    as_of: Date,
    manifest: &'a str,
    screened: bool,
    #[serde(flatten)]
    content: Content<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Screened { ruleset: Subject<'a>, instructions: Vec<Instruction<'a>> },
    Compared(Box<Compared<'a>>),
}

#[derive(Serialize)]
struct Compared<'a> {
    before: Subject<'a>,
    after: Subject<'a>,
    differs: bool,
    written: bool,
    notices: &'a [String],
    #[serde(flatten)]
    told: Told<'a>,
}

/// What comes out differently, and why.
#[derive(Serialize)]
pub(in crate::report) struct Told<'a> {
    flows: Vec<Flow<'a>>,
    misfits: Vec<Fault<'a>>,
    changes: Vec<Changed<'a>>,
    sources: Sides<Vec<Source<'a>>>,
}

/// The same under each version.
#[derive(Serialize)]
struct Sides<T> {
    before: T,
    after: T,
}

#[derive(Serialize)]
struct Flow<'a> {
    id: &'a str,
    outcome: Sides<&'static str>,
    rules: Vec<Shifted<'a>>,
    facts: Vec<Derived<'a>>,
    recorded: Vec<Recorded<'a>>,
    again: Vec<Asked<'a>>,
    gone: Vec<&'a str>,
    opens: Vec<Opened<'a>>,
}

#[derive(Serialize)]
struct Shifted<'a> {
    rule: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Standing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Standing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    becomes: Option<&'a str>,
    only_waits: bool,
    waits_for: Vec<&'a str>,
}

/// How a rule stands.
#[derive(Serialize)]
struct Standing<'a> {
    level: &'static str,
    basis: &'static str,
    status: &'static str,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct Derived<'a> {
    fact: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Values<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Values<'a>>,
}

#[derive(Serialize)]
struct Values<'a> {
    possible: Vec<&'a str>,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct Recorded<'a> {
    rule: &'a str,
    title: &'a str,
    status: &'static str,
}

#[derive(Serialize)]
struct Asked<'a> {
    question: &'a str,
    prompt: &'a str,
    matters: bool,
    new: Vec<Choice<'a>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct Opened<'a> {
    question: &'a str,
    prompt: &'a str,
}

#[derive(Serialize)]
struct Changed<'a> {
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    #[serde(flatten)]
    what: What<'a>,
}

/// Writes it. `written` says whether the manifest pins the other version by now.
pub fn render(out: Out<'_>, report: &UpgradeReport<'_>, written: bool) -> io::Result<()> {
    let compared = Compared {
        before: Subject::of(report.before),
        after: Subject::of(report.after),
        differs: report.differs(),
        written,
        notices: report.notices,
        told: told(report),
    };
    let content = Content::Compared(Box::new(compared));
    write(out, FORMAT, &Members { as_of: report.as_of, manifest: report.path, screened: false, content })
}

/// What comes out differently, and why.
pub(in crate::report) fn told<'a>(report: &'a UpgradeReport<'a>) -> Told<'a> {
    let mut writer = Writer { report, before: Cited::new(report.before), after: Cited::new(report.after) };
    let flows: Vec<Flow<'_>> = report.flows.iter().map(|flow| writer.flow(flow)).collect();
    Told {
        misfits: report.misfits.iter().map(|finding| fault(finding, report.sources)).collect(),
        changes: changes(report, &flows),
        sources: Sides { before: writer.before.sources(), after: writer.after.sources() },
        flows,
    }
}

/// Writes what to do where the safety screen ends it under a ruleset, and nothing else.
pub fn screen(out: Out<'_>, ruleset: &Ruleset, manifest: &str, as_of: Date) -> io::Result<()> {
    let content = Content::Screened { ruleset: Subject::of(ruleset), instructions: instructions(ruleset) };
    write(out, FORMAT, &Members { as_of, manifest, screened: true, content })
}

/// What changed in the rules and facts that are told, and in what these rest on.
fn changes<'a>(report: &UpgradeReport<'a>, flows: &[Flow<'a>]) -> Vec<Changed<'a>> {
    let mut told: BTreeSet<(Kind, &str)> = BTreeSet::new();
    for flow in flows {
        told.extend(flow.rules.iter().map(|rule| (Kind::Rule, rule.rule)));
        told.extend(flow.recorded.iter().map(|rule| (Kind::Rule, rule.rule)));
        told.extend(flow.facts.iter().map(|fact| (Kind::Derived, fact.fact)));
    }
    let all = &report.comparison.changes;
    let of_told = all.iter().filter(|change| told.contains(&(change.kind, change.id.as_str())));
    let causes: Vec<(Kind, &str)> =
        of_told.flat_map(|change| &change.causes).map(|(kind, id)| (*kind, id.as_str())).collect();
    told.extend(causes);
    let changed = all.iter().filter(|change| told.contains(&(change.kind, change.id.as_str())));
    let written = |change: &'a Change| Changed {
        kind: kind(change.kind),
        id: &change.id,
        title: &change.title,
        what: what(change),
    };
    changed.map(written).collect()
}

struct Writer<'a, 'r> {
    report: &'r UpgradeReport<'a>,
    /// What was cited of each version.
    before: Cited<'a>,
    after: Cited<'a>,
}

impl<'a> Writer<'a, '_> {
    fn flow(&mut self, flow: &'a FlowUpgrade<'a>) -> Flow<'a> {
        let (report, difference) = (self.report, &flow.difference);
        let [before, after] = difference.outcomes;
        let questions = report.after.questions();
        let recorded = |(ix, rule): (RuleIx, &'a Rule)| Recorded {
            rule: &rule.id,
            title: &rule.title,
            status: flow.advice.status(ix).word(),
        };
        let opened = |ix: &QuestionIx| {
            questions.get(*ix).map(|question| Opened { question: &question.id, prompt: &question.prompt })
        };
        Flow {
            id: &difference.id,
            outcome: Sides { before: before.word(), after: after.word() },
            rules: difference.rules.iter().filter_map(|shift| self.rule(flow, *shift)).collect(),
            facts: difference.facts.iter().filter_map(|shift| self.fact(shift)).collect(),
            recorded: report.recorded(flow).into_iter().map(recorded).collect(),
            again: difference.again.iter().filter_map(|again| self.again(flow, again)).collect(),
            gone: difference.gone.iter().map(String::as_str).collect(),
            opens: difference.opens.iter().filter_map(opened).collect(),
        }
    }

    fn rule(&mut self, flow: &'a FlowUpgrade<'a>, shift: RuleShift) -> Option<Shifted<'a>> {
        let report = self.report;
        let of = |ruleset: &'a Ruleset, at: Option<(RuleIx, Status)>| ruleset.rules().get(at?.0);
        let (old, new) = (of(report.before, shift.before), of(report.after, shift.after));
        let rule = new.or(old)?;
        let renamed = report.comparison.renamed.iter().find(|pair| new.is_none() && pair.before == rule.id);
        Some(Shifted {
            rule: &rule.id,
            title: &rule.title,
            before: old.zip(shift.before).map(|(rule, (_, status))| standing(rule, status, &mut self.before)),
            after: new.zip(shift.after).map(|(rule, (_, status))| standing(rule, status, &mut self.after)),
            becomes: renamed.map(|pair| pair.after.as_str()),
            only_waits: report.only_waits(flow, shift),
            waits_for: shift.after.map(|after| report.waits_for(flow, after)).unwrap_or_default(),
        })
    }

    fn fact(&mut self, shift: &FactShift) -> Option<Derived<'a>> {
        let of = |ruleset: &'a Ruleset, at: &Option<(DerivedIx, Vec<ValueIx>)>| ruleset.derived().get(at.as_ref()?.0);
        let (old, new) = (of(self.report.before, &shift.before), of(self.report.after, &shift.after));
        let fact = new.or(old)?;
        let values = |fact: &'a crate::model::Derived, values: &[ValueIx], cited: &mut Cited<'a>| Values {
            possible: values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.as_str()).collect(),
            sources: cited.cite(&fact.cites),
        };
        Some(Derived {
            fact: &fact.id,
            title: &fact.title,
            before: old.zip(shift.before.as_ref()).map(|(fact, (_, of))| values(fact, of, &mut self.before)),
            after: new.zip(shift.after.as_ref()).map(|(fact, (_, of))| values(fact, of, &mut self.after)),
        })
    }

    fn again(&self, flow: &FlowUpgrade<'_>, again: &Again) -> Option<Asked<'a>> {
        let after = self.report.after;
        let question = after.questions().get(again.question)?;
        let new = again.new.iter().filter_map(|option| after.choice(again.question, *option));
        Some(Asked {
            question: &question.id,
            prompt: &question.prompt,
            matters: flow.matters(again.question),
            new: new.map(|choice| Choice { id: &choice.id, label: &choice.label }).collect(),
        })
    }
}

fn standing<'a>(rule: &'a Rule, status: Status, cited: &mut Cited<'a>) -> Standing<'a> {
    Standing {
        level: rule.level.word(),
        basis: rule.basis.word(),
        status: status.word(),
        sources: cited.cite(&rule.cites),
    }
}
