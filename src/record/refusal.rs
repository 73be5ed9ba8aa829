//! What may be decided on which advice, and what a decision has to say.

use super::canonical::is_sha256;
use super::v1::{Advice, Choice, Consulted, Due, Flow, Level, Outcome, Record, Rule, SharingCondition, Status, View};
use crate::finding::{Code, Finding};
use crate::model::Date;
use crate::text::{counted, in_shell, quoted};

/// Why a decision cannot be recorded as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A prohibition applies: nothing may be shared as proposed.
    Stop {
        /// The rules that forbid it: flow and title.
        rules: Vec<(String, String)>,
    },
    /// It cannot be told yet what applies: the decision can only be deferred.
    Incomplete {
        /// How many questions still matter.
        open: usize,
    },
    /// A duty is outstanding, and no condition sees to it.
    Outstanding {
        /// The flow.
        flow: String,
        /// The rule's id.
        rule: String,
        /// What it asks.
        title: String,
    },
    /// Conditions are named, but the choice is to share without any.
    ConditionsUnused,
    /// The choice is to share with conditions, but none is named.
    NoConditions,
    /// A condition or piece of evidence names a rule that is not in the advice.
    UnknownRule(String),
    /// A condition names a flow that is not in the advice.
    UnknownFlow(String),
    /// Something that has to be said is not.
    Missing(&'static str),
    /// Somebody who was consulted disagrees, and nothing says why the decision goes another way.
    Unanswered {
        /// Who.
        name: String,
    },
    /// A day that cannot be.
    Backward {
        /// The earlier thing.
        what: &'static str,
        /// Its day.
        on: Date,
        /// What it should not be after, or before.
        than: String,
        /// That day.
        day: Date,
        /// How it is said anew.
        anew: String,
    },
    /// A digest of a piece of evidence is none.
    BadDigest(String),
}

impl Refusal {
    /// What is wrong, as a fault.
    #[must_use]
    pub fn finding(&self) -> Finding {
        match self {
            Self::Stop { rules } => {
                let titles: Vec<String> =
                    rules.iter().map(|(flow, title)| format!("{} ({})", quoted(title), quoted(flow))).collect();
                let forbid = if titles.len() == 1 { "forbids" } else { "forbid" };
                let message = format!("this cannot be shared as proposed: {} {forbid} it", titles.join(", "));
                Finding::new(Code::DecisionRefused, message)
                    .help("decide `do-not-share` or `defer`, or change the exchange and check it again")
            }
            Self::Incomplete { open } => {
                let open = counted(*open, "question still matters", "questions still matter");
                let message = format!("it cannot be told yet what applies: {open}");
                Finding::new(Code::DecisionRefused, message)
                    .help("decide `defer`, or answer them first: `clearshare questions --from MANIFEST` lists them")
            }
            Self::Outstanding { flow, rule, title } => {
                let message = format!(
                    "{} ({rule}) is outstanding for {}, and no condition sees to it",
                    quoted(title),
                    quoted(flow)
                );
                Finding::new(Code::DecisionRefused, message).help(format!(
                    "decide `share-with-conditions` with a condition for it (`--condition '{rule}: TEXT'`, or `rule: {rule}` in the \
                     file), record in the manifest that it was done, or decide `do-not-share` or `defer`"
                ))
            }
            Self::ConditionsUnused => {
                Finding::new(Code::DecisionRefused, "conditions are named, but the choice has none")
                    .help("decide `share-with-conditions`, or take the conditions out")
            }
            Self::NoConditions => Finding::new(Code::DecisionRefused, "the choice has conditions, but none is named")
                .help("name each condition, or decide `share`"),
            Self::UnknownRule(id) => {
                Finding::new(Code::UnknownRule, format!("there is no rule {} in the advice", quoted(id)))
                    .help("`clearshare check -v` lists the rules")
            }
            Self::UnknownFlow(id) => {
                Finding::new(Code::UnknownFlow, format!("there is no flow {} in the manifest", quoted(id)))
                    .help("the manifest's own exchange is `main`")
            }
            Self::Missing(what) => Finding::new(Code::EmptyText, format!("{what} is not said"))
                .help("say it: the record has to stand by itself"),
            Self::Unanswered { name } => Finding::new(
                Code::DecisionRefused,
                format!("{} disagrees, and nothing says why the data is shared all the same", quoted(name)),
            )
            .help("add `answer:` beside their view"),
            Self::Backward { what, on, than, day, anew } => {
                Finding::new(Code::BackwardDates, format!("{what} is {on}, but {than} is {day}")).help(anew.as_str())
            }
            Self::BadDigest(text) => Finding::new(Code::BadDigest, format!("{} is not a SHA-256", quoted(text)))
                .help("write 64 characters, 0 to 9 and a to f, as `sha256sum` prints them"),
        }
    }
}

/// Why a record cannot be as it is. Empty for each record that clearshare writes; looked at again when one is verified.
#[must_use]
pub fn refusals(record: &Record) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    may_be_decided(record, &mut refusals);
    is_said(record, &mut refusals);
    names_what_there_is(record, &mut refusals);
    days(record, &mut refusals);
    refusals
}

fn may_be_decided(record: &Record, refusals: &mut Vec<Refusal>) {
    let (advice, decision) = (&record.advice, &record.decision);
    if let Some(refusal) = barred(advice, decision.choice) {
        refusals.push(refusal);
        return;
    }
    if !decision.choice.shares() {
        return;
    }
    match (decision.choice, decision.conditions.is_empty()) {
        (Choice::Share, false) => refusals.push(Refusal::ConditionsUnused),
        (Choice::ShareWithConditions, true) => refusals.push(Refusal::NoConditions),
        _ => {}
    }
    let left = outstanding(advice).filter(|(flow, rule)| !is_seen_to(flow, rule, &decision.conditions));
    refusals.extend(left.map(|(flow, rule)| Refusal::Outstanding {
        flow: flow.id.clone(),
        rule: rule.id.clone(),
        title: rule.title.clone(),
    }));
}

/// Why the advice allows no such choice, whatever else is said; none where it does.
#[must_use]
pub fn barred(advice: &Advice, choice: Choice) -> Option<Refusal> {
    if choice == Choice::Defer {
        return None;
    }
    if advice.outcome == Outcome::Incomplete {
        return Some(incomplete(advice));
    }
    if choice == Choice::DoNotShare {
        return None;
    }
    let forbidding = rules(advice).filter(|(_, rule)| rule.level == Level::MustNot && rule.status == Status::Applies);
    let forbidding: Vec<(String, String)> =
        forbidding.map(|(flow, rule)| (flow.id.clone(), rule.title.clone())).collect();
    if advice.outcome == Outcome::Stop || !forbidding.is_empty() {
        return Some(Refusal::Stop { rules: forbidding });
    }
    // Where a specialist is needed, the outcome is `refer` although it may not be known yet what else applies.
    rules(advice).any(|(_, rule)| may_yet_hold_up(rule)).then(|| incomplete(advice))
}

/// The rules that hold up the exchange: data is shared only with a condition for each.
pub fn outstanding(advice: &Advice) -> impl Iterator<Item = (&Flow, &Rule)> {
    rules(advice).filter(|(_, rule)| rule.is_outstanding())
}

fn rules(advice: &Advice) -> impl Iterator<Item = (&Flow, &Rule)> {
    advice.flows.iter().flat_map(|flow| flow.rules.iter().map(move |rule| (flow, rule)))
}

fn incomplete(advice: &Advice) -> Refusal {
    let mut open: Vec<&str> = Vec::new();
    for flow in &advice.flows {
        open.extend(flow.open.iter().chain(&flow.unknown).map(|question| question.question.as_str()));
    }
    open.sort_unstable();
    open.dedup();
    Refusal::Incomplete { open: open.len() }
}

/// Whether it is not known if a rule applies that would hold up the exchange.
fn may_yet_hold_up(rule: &Rule) -> bool {
    if rule.status != Status::Undetermined {
        return false;
    }
    match rule.level {
        Level::MustNot => true,
        _ if rule.refer.is_some() => true,
        // One that applies, and is not known to be met, can be seen to. Of one whose day has come since the law was read it is not
        // known that it is in force.
        Level::Must if rule.due == Due::Before => {
            rule.upcoming.is_some() || rule.derivation.when.iter().any(|reason| reason.truth().is_none())
        }
        Level::Must | Level::Should | Level::Could => false,
    }
}

fn is_seen_to(flow: &Flow, rule: &Rule, conditions: &[SharingCondition]) -> bool {
    let mut about = conditions.iter().filter(|condition| condition.rule.as_deref() == Some(rule.id.as_str()));
    about.any(|condition| condition.flow.as_ref().is_none_or(|id| *id == flow.id))
}

fn is_said(record: &Record, refusals: &mut Vec<Refusal>) {
    let decision = &record.decision;
    let mut needed = vec![
        ("why it was decided so", &decision.reasons),
        ("who decided", &decision.decided_by.name),
        ("in what role it was decided", &decision.decided_by.role),
    ];
    needed.extend(decision.necessity.iter().map(|said| ("why sharing the data is necessary", said)));
    needed.extend(decision.retention.iter().map(|said| ("how long the data is kept", said)));
    needed.extend(decision.dates.iter().map(|said| ("when the data is shared", said)));
    needed.extend(decision.conditions.iter().map(|condition| ("what a condition is", &condition.says)));
    for consulted in &decision.consulted {
        needed.push(("the name of somebody consulted", &consulted.name));
        needed.push(("the role of somebody consulted", &consulted.role));
    }
    for evidence in &record.evidence {
        needed.push(("what a piece of evidence is", &evidence.title));
        needed.push(("where a piece of evidence is", &evidence.link));
    }
    needed.extend(record.request.iter().flat_map(|request| {
        [("who asked for the data", &request.by.name), ("the role of whoever asked for the data", &request.by.role)]
    }));
    needed.extend(record.supersedes.iter().map(|before| ("why there is a new record", &before.why)));
    refusals
        .extend(needed.into_iter().filter(|(_, text)| text.trim().is_empty()).map(|(what, _)| Refusal::Missing(what)));
    let shares = decision.choice.shares();
    let unanswered = |consulted: &&Consulted| {
        consulted.view == View::Disagrees && consulted.answer.as_deref().is_none_or(|answer| answer.trim().is_empty())
    };
    refusals.extend(
        decision
            .consulted
            .iter()
            .filter(|_| shares)
            .filter(unanswered)
            .map(|consulted| Refusal::Unanswered { name: consulted.name.clone() }),
    );
}

fn names_what_there_is(record: &Record, refusals: &mut Vec<Refusal>) {
    let conditions = record.decision.conditions.iter().filter_map(|condition| condition.rule.as_ref());
    let named = conditions.chain(record.evidence.iter().filter_map(|evidence| evidence.rule.as_ref()));
    let unknown = named.filter(|id| !rules(&record.advice).any(|(_, rule)| rule.id == **id));
    refusals.extend(unknown.map(|id| Refusal::UnknownRule(id.clone())));
    let flows = record.decision.conditions.iter().filter_map(|condition| condition.flow.as_ref());
    let unknown = flows.filter(|id| !record.advice.flows.iter().any(|flow| flow.id == **id));
    refusals.extend(unknown.map(|id| Refusal::UnknownFlow(id.clone())));
    let digests = record.evidence.iter().filter_map(|evidence| evidence.sha256.as_ref());
    refusals.extend(digests.filter(|digest| !is_sha256(digest)).map(|digest| Refusal::BadDigest(digest.clone())));
}

fn days(record: &Record, refusals: &mut Vec<Refusal>) {
    let decision = &record.decision;
    let decided = ("the day of the decision", decision.decided_on);
    let recorded = Later::new("the day of the record", record.recorded_on);
    let advised = ("the day of the advice", record.as_of);
    // Each pair stands in the order that time gives it. In an emergency the decision comes first, and the advice later.
    let mut ordered = vec![(advised, recorded.clone()), (decided, recorded.clone())];
    ordered.extend(decision.review_on.map(|day| (decided, Later::review(day))));
    let consulted = decision.consulted.iter().filter_map(|consulted| consulted.on);
    ordered.extend(consulted.map(|day| (("the day on which somebody was consulted", day), recorded.clone())));
    ordered.extend(decision.conditions.iter().filter_map(|one| Some((decided, Later::condition(one, one.by?)))));
    let decision_made = || Later::new("the day of the decision", decision.decided_on);
    ordered.extend(record.request.iter().map(|request| (("the day of the request", request.on), decision_made())));
    ordered.extend(
        record.supersedes.iter().map(|before| (("the day of the decision before", before.decided_on), decision_made())),
    );
    let backward = ordered.into_iter().filter(|((_, first), later)| *first > later.day);
    refusals.extend(backward.map(|((what, on), Later { than, day, anew })| Refusal::Backward {
        what,
        on,
        than,
        day,
        anew,
    }));
}

/// A day that comes after another one, and how it is said anew.
#[derive(Clone)]
struct Later {
    than: String,
    day: Date,
    anew: String,
}

impl Later {
    fn new(than: &str, day: Date) -> Self {
        Self { than: than.to_owned(), day, anew: "one of the two days is wrong".to_owned() }
    }

    fn review(day: Date) -> Self {
        let anew = "say another day: `--review-on DATE`, or `review-on:` in the file of the decision".to_owned();
        Self { anew, ..Self::new("the day of the review", day) }
    }

    fn condition(condition: &SharingCondition, day: Date) -> Self {
        let flow = condition.flow.as_ref().map(|flow| format!("@{flow}")).unwrap_or_default();
        let (named, option) = match &condition.rule {
            Some(rule) => {
                let id = format!("{rule}{flow}");
                (
                    format!("for {}", quoted(&id)),
                    format!("`--condition {}`, or ", in_shell(&format!("{id}, DATE: TEXT"))),
                )
            }
            None => (quoted(&condition.says), String::new()),
        };
        let anew =
            format!("say another day: {option}`by:` beside it in the file of the decision, with every other condition");
        Self { anew, ..Self::new(&format!("the day of the condition {named}"), day) }
    }
}
