//! What is to be done and what is at risk, for a spreadsheet: the decision first, then what stops, what holds up, what is open, what is
//! due later, and what would help.

use super::View;
use super::csv::{conditions, evidence};
use super::facts::{lines, source_lines, who};
use super::sheet::Sheet;
use crate::record::v1::{Due, Flow, Level, OpenQuestion, Record, Rule, SharingCondition, Status};

const HEAD: [&str; 18] = [
    "number",
    "kind",
    "flow",
    "what",
    "who",
    "gives",
    "due",
    "by",
    "status",
    "risk",
    "rule",
    "level",
    "basis",
    "condition",
    "evidence",
    "sources",
    "record",
    "notice",
];

/// A row of the list. What is left out is empty.
#[derive(Default)]
struct Row {
    kind: &'static str,
    flow: String,
    what: String,
    who: String,
    gives: String,
    due: &'static str,
    by: String,
    status: &'static str,
    risk: String,
    rule: String,
    level: &'static str,
    basis: &'static str,
    condition: String,
    evidence: String,
    sources: String,
}

/// A row for each thing to do, in the order in which they matter.
#[must_use]
pub fn render(record: &Record) -> String {
    let mut rows = vec![decision(record)];
    for kind in Kind::ALL {
        for flow in &record.advice.flows {
            let rules = flow.rules.iter().filter(|rule| Kind::of(rule) == Some(*kind));
            rows.extend(rules.flat_map(|rule| of_rule(record, flow, rule, *kind)));
            if *kind == Kind::Open {
                rows.extend(flow.open.iter().chain(&flow.unknown).map(|question| of_question(flow, question)));
            }
        }
        if *kind == Kind::Before {
            rows.extend(record.decision.conditions.iter().filter(|one| !is_shown(record, one)).map(of_condition));
        }
    }
    let mut sheet = Sheet::new(HEAD);
    let mut notice = Some(View::new(record).footer);
    for (at, row) in rows.into_iter().enumerate() {
        sheet.row(cells(record, at + 1, row, notice.take().unwrap_or_default()));
    }
    sheet.finish()
}

/// Why something stands in the list, the weightiest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Stops,
    Advice,
    Before,
    Open,
    After,
    Help,
    Waived,
}

impl Kind {
    const ALL: &[Self] = &[Self::Stops, Self::Advice, Self::Before, Self::Open, Self::After, Self::Help, Self::Waived];

    const fn word(self) -> &'static str {
        match self {
            Self::Stops => "stops it",
            Self::Advice => "advice needed",
            Self::Before => "duty before sharing",
            Self::Open => "not settled",
            Self::After => "duty after sharing",
            Self::Help => "good practice",
            Self::Waived => "waived",
        }
    }

    /// None where there is nothing to do, and nothing at risk.
    fn of(rule: &Rule) -> Option<Self> {
        match (rule.status, rule.level) {
            (Status::Waived, _) => Some(Self::Waived),
            (Status::Undetermined, _) => Some(Self::Open),
            (Status::Applies, Level::MustNot) => Some(Self::Stops),
            (Status::Applies, _) if rule.refer.is_some() => Some(Self::Advice),
            (Status::Applies, Level::Must) if rule.due == Due::Before => Some(Self::Before),
            (Status::Applies, Level::Must) => Some(Self::After),
            (Status::Applies, Level::Should | Level::Could) => Some(Self::Help),
            (Status::Met | Status::Done | Status::NotApplicable, _) => None,
        }
    }
}

fn decision(record: &Record) -> Row {
    let decision = &record.decision;
    Row {
        kind: "decision",
        what: match decision.review_on {
            Some(_) => "Look at the decision again".to_owned(),
            None => "Set a day on which the decision is looked at again".to_owned(),
        },
        who: format!("{}, {}", decision.decided_by.name, decision.decided_by.role),
        by: decision.review_on.map(|day| day.to_string()).unwrap_or_default(),
        status: decision.choice.word(),
        risk: "What was known changes, and so does the law".to_owned(),
        ..Row::default()
    }
}

/// A row for each step of a rule; one for the rule where it has none.
fn of_rule(record: &Record, flow: &Flow, rule: &Rule, kind: Kind) -> Vec<Row> {
    let about: Vec<&SharingCondition> = conditions(record, flow, rule).collect();
    let row = || Row {
        kind: kind.word(),
        flow: flow.id.clone(),
        what: rule.title.clone(),
        who: lines(rule.refer.iter().map(|role| format!("The {}", role.title))),
        due: match rule.due {
            Due::Before => "before sharing",
            Due::After => "after sharing",
        },
        by: match (&rule.waiver, kind) {
            (Some(waiver), Kind::Waived) => waiver.expires.to_string(),
            _ => lines(about.iter().filter_map(|one| one.by).map(|day| day.to_string())),
        },
        status: rule.status.word(),
        risk: rule.because.clone(),
        rule: rule.id.clone(),
        level: rule.level.word(),
        basis: rule.basis.word(),
        condition: lines(about.iter().map(|one| said(one))),
        evidence: evidence(record, rule),
        sources: source_lines(record, rule),
        ..Row::default()
    };
    if let (Some(waiver), Kind::Waived) = (&rule.waiver, kind) {
        let what = format!("{}: not acted on. {}", rule.title, waiver.reason);
        return vec![Row { what, who: waiver.approved_by.clone(), ..row() }];
    }
    if rule.steps.is_empty() {
        return vec![row()];
    }
    let step = |step: &crate::record::v1::Step| Row {
        what: format!("{}: {}", rule.title, step.action),
        who: who(&step.who),
        gives: step.produces.clone().unwrap_or_default(),
        ..row()
    };
    rule.steps.iter().map(step).collect()
}

fn of_question(flow: &Flow, question: &OpenQuestion) -> Row {
    Row {
        kind: Kind::Open.word(),
        flow: flow.id.clone(),
        what: format!("Find out: {}", question.prompt),
        who: question.who.as_ref().map(who).unwrap_or_default(),
        due: "before sharing",
        status: "not answered",
        risk: question.why.clone().unwrap_or_default(),
        ..Row::default()
    }
}

/// Whether a condition stands beside a rule in the list.
fn is_shown(record: &Record, condition: &SharingCondition) -> bool {
    record.advice.flows.iter().any(|flow| {
        let here = condition.flow.as_ref().is_none_or(|of| *of == flow.id);
        let named = |rule: &&Rule| condition.rule.as_ref() == Some(&rule.id);
        here && flow.rules.iter().filter(named).any(|rule| Kind::of(rule).is_some())
    })
}

fn of_condition(condition: &SharingCondition) -> Row {
    Row {
        kind: "condition",
        flow: condition.flow.clone().unwrap_or_default(),
        what: condition.says.clone(),
        who: condition.who.clone().unwrap_or_default(),
        due: "before sharing",
        by: condition.by.map(|day| day.to_string()).unwrap_or_default(),
        status: "set by the decision",
        rule: condition.rule.clone().unwrap_or_default(),
        condition: said(condition),
        ..Row::default()
    }
}

/// A condition and who sees to it.
fn said(condition: &SharingCondition) -> String {
    let who = condition.who.as_ref().map(|who| format!(" ({who})")).unwrap_or_default();
    format!("{}{who}", condition.says)
}

fn cells(record: &Record, number: usize, row: Row, notice: String) -> [String; 18] {
    [
        number.to_string(),
        row.kind.to_owned(),
        row.flow,
        row.what,
        row.who,
        row.gives,
        row.due.to_owned(),
        row.by,
        row.status.to_owned(),
        row.risk,
        row.rule,
        row.level.to_owned(),
        row.basis.to_owned(),
        row.condition,
        row.evidence,
        row.sources,
        record.seal.clone(),
        notice,
    ]
}
