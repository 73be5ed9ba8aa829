//! What a record says, one thing at a time, each with a name by which it is found in another record.

use super::v1::{
    Answer, Consulted, Decision, Derived, DoneStep, Evidence, Flow, Known, Record, Rule, SharingCondition, Status,
    WaivedRule,
};

/// What something in a record belongs to. The order is that in which people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What was decided, by whom, when and why.
    Decision,
    /// What has to be so for the data to be shared.
    Condition,
    /// The people whose view was asked.
    Consulted,
    /// Who asked for the data.
    Request,
    /// What the exchange is called.
    Exchange,
    /// The ruleset that advised, and the date.
    Ruleset,
    /// The outcomes.
    Outcome,
    /// The answers.
    Answer,
    /// Steps taken.
    Done,
    /// Decisions not to act on a rule.
    Waiver,
    /// The beliefs that were told.
    Told,
    /// The rules.
    Rule,
    /// The conclusions that are shown.
    Conclusion,
    /// The options still open.
    Candidate,
    /// What shows that what is said is so.
    Evidence,
    /// The record before.
    Supersedes,
}

impl Part {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Condition => "condition",
            Self::Consulted => "consulted",
            Self::Request => "request",
            Self::Exchange => "exchange",
            Self::Ruleset => "ruleset",
            Self::Outcome => "outcome",
            Self::Answer => "answer",
            Self::Done => "done",
            Self::Waiver => "waiver",
            Self::Told => "told",
            Self::Rule => "rule",
            Self::Conclusion => "conclusion",
            Self::Candidate => "candidate",
            Self::Evidence => "evidence",
            Self::Supersedes => "supersedes",
        }
    }
}

/// One thing that a record says.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) part: Part,
    /// The flow that it is of; empty where it is of none.
    pub(super) flow: String,
    /// By what it is found in another record.
    pub(super) what: String,
    pub(super) words: Option<String>,
    /// What is compared.
    pub(super) meaning: String,
    /// What is told.
    pub(super) shown: String,
    pub(super) withheld: bool,
    /// Whether it says nothing where the other record does not have it.
    pub(super) is_idle: bool,
}

impl Entry {
    fn new(part: Part, what: impl Into<String>, said: impl Into<String>) -> Self {
        let said = said.into();
        Self {
            part,
            flow: String::new(),
            what: what.into(),
            words: None,
            meaning: said.clone(),
            shown: said,
            withheld: false,
            is_idle: false,
        }
    }

    /// One that says several things. They are compared one by one: of two texts it must not matter where one ends and the other begins.
    fn several(part: Part, what: impl Into<String>, beside: &[Option<&str>], said: &[Option<String>]) -> Self {
        let mut entry = Self::new(part, what, joined(said));
        entry.meaning = format!("{beside:?} {said:?}");
        entry
    }

    fn of(mut self, flow: &str) -> Self {
        flow.clone_into(&mut self.flow);
        self
    }

    fn in_words(mut self, words: &str) -> Self {
        self.words = Some(words.to_owned());
        self
    }
}

/// Parts of a sentence, those that are there.
fn joined(parts: &[Option<String>]) -> String {
    parts.iter().flatten().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("; ")
}

/// Everything that a record says.
pub(super) fn entries(record: &Record) -> Vec<Entry> {
    let mut all = decision(&record.decision);
    all.extend(record.decision.conditions.iter().map(condition));
    all.extend(record.decision.consulted.iter().map(consulted));
    if let Some(request) = &record.request {
        let by = format!("{}, {}", request.by.name, request.by.role);
        let said = [Some(by), Some(format!("on {}", request.on)), request.says.clone()];
        let beside = [Some(request.by.name.as_str()), Some(&request.by.role)];
        all.push(Entry::several(Part::Request, "request", &beside, &said));
    }
    let named = &record.exchange;
    for (what, said) in [("title", &named.title), ("reference", &named.reference), ("contact", &named.contact)] {
        all.extend(said.iter().map(|said| Entry::new(Part::Exchange, what, said)));
    }
    let ruleset = &record.ruleset;
    all.push(Entry::new(Part::Ruleset, "version", format!("{}@{}", ruleset.id, ruleset.version)));
    all.push(Entry::new(Part::Ruleset, "digest", &ruleset.digest));
    all.push(Entry::new(Part::Ruleset, "date of the advice", record.as_of.to_string()));
    all.push(Entry::new(Part::Outcome, "outcome", record.advice.outcome.word()));
    record.facts.iter().for_each(|known| facts(known, &mut all));
    record.advice.flows.iter().for_each(|flow| advice(flow, &mut all));
    all.extend(record.evidence.iter().map(evidence));
    if let Some(before) = &record.supersedes {
        all.push(Entry::new(Part::Supersedes, "record", &before.record));
        all.push(Entry::new(Part::Supersedes, "why", &before.why));
    }
    all
}

fn decision(decision: &Decision) -> Vec<Entry> {
    let entry = |what, said: String| Entry::new(Part::Decision, what, said);
    let by = &decision.decided_by;
    let decided_by = format!("{}, {}", by.name, by.role);
    let mut all = vec![
        entry("choice", decision.choice.word().to_owned()),
        entry("reasons", decision.reasons.clone()),
        Entry::several(Part::Decision, "decided by", &[Some(&by.name), Some(&by.role)], &[Some(decided_by)]),
        entry("decided on", decision.decided_on.to_string()),
    ];
    for (what, said) in
        [("necessity", &decision.necessity), ("retention", &decision.retention), ("dates", &decision.dates)]
    {
        all.extend(said.iter().map(|said| entry(what, said.clone())));
    }
    all.extend(decision.review_on.map(|day| entry("review on", day.to_string())));
    all
}

fn condition(condition: &SharingCondition) -> Entry {
    let who = condition.who.as_ref().map(|who| format!("by {who}"));
    let said = [Some(condition.says.clone()), who, condition.by.map(|day| format!("until {day}"))];
    let what = condition.rule.as_ref().unwrap_or(&condition.says);
    let beside = [condition.rule.as_deref(), condition.flow.as_deref()];
    Entry::several(Part::Condition, what, &beside, &said).of(condition.flow.as_deref().unwrap_or_default())
}

fn consulted(consulted: &Consulted) -> Entry {
    let said = [
        Some(consulted.view.word().to_owned()),
        consulted.on.map(|day| format!("on {day}")),
        consulted.says.clone(),
        consulted.answer.as_ref().map(|answer| format!("answered: {answer}")),
    ];
    let beside = [Some(consulted.name.as_str()), Some(&consulted.role)];
    Entry::several(Part::Consulted, format!("{}, {}", consulted.name, consulted.role), &beside, &said)
}

fn evidence(evidence: &Evidence) -> Entry {
    let digest = evidence.sha256.as_ref().map(|digest| format!("SHA-256 {digest}"));
    let rule = evidence.rule.as_ref().map(|rule| format!("about {rule}"));
    Entry::several(Part::Evidence, &evidence.title, &[], &[Some(evidence.link.clone()), digest, rule])
}

fn facts(known: &Known, all: &mut Vec<Entry>) {
    let flow = known.id.as_str();
    all.extend(known.answers.iter().map(|answer| self::answer(answer).of(flow)));
    all.extend(known.done.iter().map(|step| done(step).of(flow)));
    all.extend(known.waivers.iter().map(|waived| waiver(waived).of(flow)));
    let mut told = known.told.clone();
    told.sort_unstable();
    if known.told_nothing {
        told.push("none".to_owned());
    }
    if !told.is_empty() {
        all.push(Entry::new(Part::Told, "told", told.join(", ")).of(flow));
    }
}

fn answer(answer: &Answer) -> Entry {
    // The options of an answer have no order.
    let mut words: Vec<(&str, &str)> =
        answer.answers.iter().map(|word| (word.value.as_str(), word.label.as_deref().unwrap_or(&word.value))).collect();
    words.sort_unstable();
    let values: Vec<&str> = words.iter().map(|(value, _)| *value).collect();
    let labels: Vec<&str> = words.iter().map(|(_, label)| *label).collect();
    let mut entry = Entry::new(Part::Answer, &answer.question, values.join(", ")).in_words(&answer.prompt);
    entry.shown = labels.join(", ");
    entry.meaning = format!("{values:?}");
    entry.withheld = answer.screening;
    entry
}

fn done(step: &DoneStep) -> Entry {
    let on = format!("on {} by {}", step.on, step.by);
    Entry::several(Part::Done, &step.rule, &[], &[Some(on), Some(step.evidence.clone())])
}

fn waiver(waived: &WaivedRule) -> Entry {
    let role = waived.role.as_ref().map(|role| format!("as {role}"));
    let until = format!("until {}", waived.expires);
    let said = [Some(waived.reason.clone()), Some(format!("by {}", waived.approved_by)), role, Some(until)];
    Entry::several(Part::Waiver, &waived.rule, &[], &said)
}

fn advice(flow: &Flow, all: &mut Vec<Entry>) {
    all.push(Entry::new(Part::Outcome, "outcome of the flow", flow.outcome.word()).of(&flow.id));
    all.extend(flow.rules.iter().map(|rule| self::rule(rule).of(&flow.id)));
    let shown = flow.derived.iter().filter(|derived| derived.shown);
    all.extend(shown.map(|derived| conclusion(derived).of(&flow.id)));
    for candidates in &flow.candidates {
        let mut open: Vec<&str> = candidates.options.iter().map(|option| option.id.as_str()).collect();
        open.sort_unstable();
        let entry = Entry::new(Part::Candidate, &candidates.question, open.join(", "));
        all.push(entry.in_words(&candidates.heading).of(&flow.id));
    }
}

fn rule(rule: &Rule) -> Entry {
    let said = format!(
        "{} ({}, {}, due {} sharing)",
        rule.status.word(),
        rule.level.word(),
        rule.basis.word(),
        rule.due.word()
    );
    let mut entry = Entry::new(Part::Rule, &rule.id, said).in_words(&rule.title);
    entry.is_idle = rule.status == Status::NotApplicable;
    entry
}

fn conclusion(derived: &Derived) -> Entry {
    let said = if let Some(value) = &derived.value {
        value.clone()
    } else {
        let mut possible = derived.possible.clone();
        possible.sort_unstable();
        format!("not settled: {}", possible.join(", "))
    };
    Entry::new(Part::Conclusion, &derived.id, said).in_words(&derived.title)
}
