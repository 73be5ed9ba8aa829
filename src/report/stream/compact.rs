//! The compact advice on one line: the outcome, the facts that are shown, and the ids of rules by status.

use std::io;

use super::{add, add_head, add_text};
use crate::engine::Brief;
use crate::manifest::Flow;
use crate::model::{Date, DerivedIx, Ix, Outcome, RuleIx, Status, ValueIx};
use crate::ruleset::Ruleset;

/// The statuses whose rules are listed. The rest do not apply, and are only counted: they are most of a ruleset.
const LISTED: [Status; 5] = [Status::Applies, Status::Undetermined, Status::Met, Status::Done, Status::Waived];

/// Writes compact advice under one ruleset, whose names it has written once and for all.
#[derive(Debug)]
pub struct Compact {
    as_of: Date,
    ruleset: Vec<u8>,
    rules: Vec<Vec<u8>>,
    facts: Vec<Fact>,
    reference: Option<crate::model::QuestionIx>,
    /// The rules of each listed status.
    listed: [Vec<RuleIx>; LISTED.len()],
}

/// A fact that is shown.
#[derive(Debug)]
struct Fact {
    ix: DerivedIx,
    id: Vec<u8>,
    values: Vec<Vec<u8>>,
}

/// What is said of one line: its exchanges, the manifest's own first, and the advice on each.
#[derive(Debug, Clone, Copy)]
pub struct Exchanges<'a> {
    /// The number of the line.
    pub line: u64,
    /// The exchanges.
    pub flows: &'a [Flow],
    /// The advice on each.
    pub briefs: &'a [Brief],
    /// Whether the outcome fails the check.
    pub failed: bool,
}

impl Exchanges<'_> {
    /// The worst outcome.
    fn outcome(&self) -> Outcome {
        self.briefs.iter().map(Brief::outcome).max().unwrap_or(Outcome::Incomplete)
    }
}

impl Compact {
    /// A writer for advice under a ruleset as at a date.
    pub fn new(ruleset: &Ruleset, as_of: Date) -> io::Result<Self> {
        let facts = ruleset.derived().iter().filter(|(_, fact)| fact.shown).map(|(ix, fact)| {
            let values = fact.values.iter().map(|value| text(&value.name)).collect::<io::Result<_>>()?;
            Ok(Fact { ix, id: text(&fact.id)?, values })
        });
        Ok(Self {
            as_of,
            ruleset: text(&ruleset.reference().to_string())?,
            rules: ruleset.rules().iter().map(|(_, rule)| text(&rule.id)).collect::<io::Result<_>>()?,
            facts: facts.collect::<io::Result<_>>()?,
            reference: ruleset.question_named("exchange.reference"),
            listed: Default::default(),
        })
    }

    /// Adds the line of some exchanges. Where the safety screen ends everything, the line says only so.
    pub fn add(&mut self, exchanges: Exchanges<'_>, to: &mut Vec<u8>) -> io::Result<()> {
        add_head(exchanges.line, self.as_of, to);
        to.extend_from_slice(b",\"ruleset\":");
        to.extend_from_slice(&self.ruleset);
        let (outcome, failed) = (exchanges.outcome(), exchanges.failed);
        let screened = outcome == Outcome::Screened;
        let word = outcome.word();
        add(format_args!(",\"screened\":{screened},\"outcome\":\"{word}\",\"failed\":{failed}"), to);
        if !screened {
            let main = exchanges.flows.first();
            if let Some(reference) = main.and_then(|flow| flow.text(self.reference?)) {
                to.extend_from_slice(b",\"reference\":");
                add_text(reference, to)?;
            }
            to.extend_from_slice(b",\"flows\":");
            let mut lead = b'[';
            for (flow, brief) in exchanges.flows.iter().zip(exchanges.briefs) {
                to.push(lead);
                self.flow(flow, brief, to)?;
                lead = b',';
            }
            to.push(b']');
        }
        to.extend_from_slice(b"}\n");
        Ok(())
    }

    fn flow(&mut self, flow: &Flow, brief: &Brief, to: &mut Vec<u8>) -> io::Result<()> {
        to.extend_from_slice(b"{\"id\":");
        add_text(&flow.exchange.id, to)?;
        let (word, over) = (brief.outcome().word(), brief.over_budget());
        add(format_args!(",\"outcome\":\"{word}\",\"over_budget\":{over},\"derived\":"), to);
        self.derived(brief, to);
        to.extend_from_slice(b",\"possible\":");
        self.possible(brief, to);
        to.extend_from_slice(b",\"rules\":");
        self.rules(brief, to);
        to.push(b'}');
        Ok(())
    }

    /// The value of each fact; `null` where that is not known.
    fn derived(&self, brief: &Brief, to: &mut Vec<u8>) {
        let mut lead = b'{';
        for fact in &self.facts {
            to.push(lead);
            to.extend_from_slice(&fact.id);
            to.push(b':');
            match brief.values(fact.ix) {
                [value] => to.extend_from_slice(fact.value(*value)),
                _ => to.extend_from_slice(b"null"),
            }
            lead = b',';
        }
        end(lead, b'{', b'}', to);
    }

    /// The values that each fact can still have whose value is not known.
    fn possible(&self, brief: &Brief, to: &mut Vec<u8>) {
        let mut lead = b'{';
        for fact in self.facts.iter().filter(|fact| brief.values(fact.ix).len() != 1) {
            to.push(lead);
            to.extend_from_slice(&fact.id);
            to.push(b':');
            list(brief.values(fact.ix).iter().map(|value| fact.value(*value)), to);
            lead = b',';
        }
        end(lead, b'{', b'}', to);
    }

    fn rules(&mut self, brief: &Brief, to: &mut Vec<u8>) {
        self.listed.iter_mut().for_each(Vec::clear);
        let mut others = 0_usize;
        for (at, status) in brief.statuses().iter().enumerate() {
            let list = match status {
                Status::Applies => 0,
                Status::Undetermined => 1,
                Status::Met => 2,
                Status::Done => 3,
                Status::Waived => 4,
                Status::NotApplicable => {
                    others += 1;
                    continue;
                }
            };
            if let Some(list) = self.listed.get_mut(list) {
                list.push(RuleIx::new(at));
            }
        }
        for (at, (status, rules)) in LISTED.iter().zip(&self.listed).enumerate() {
            to.extend_from_slice(if at == 0 { b"{\"" } else { b",\"" });
            to.extend_from_slice(status.word().as_bytes());
            to.extend_from_slice(b"\":");
            list(rules.iter().map(|rule| self.rules.get(rule.index()).map_or(&b"null"[..], Vec::as_slice)), to);
        }
        add(format_args!("}},\"not_applicable\":{others}"), to);
    }
}

impl Fact {
    fn value(&self, value: ValueIx) -> &[u8] {
        self.values.get(usize::from(value.0)).map_or(b"null", Vec::as_slice)
    }
}

/// Adds a list of things that are written already.
fn list<'w>(things: impl Iterator<Item = &'w [u8]>, to: &mut Vec<u8>) {
    let mut lead = b'[';
    for thing in things {
        to.push(lead);
        to.extend_from_slice(thing);
        lead = b',';
    }
    end(lead, b'[', b']', to);
}

/// Ends a list or object, whose next lead would be the opening bracket where it has nothing in it.
fn end(lead: u8, opening: u8, closing: u8, to: &mut Vec<u8>) {
    if lead == opening {
        to.push(opening);
    }
    to.push(closing);
}

/// A text as it is written.
fn text(text: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    add_text(text, &mut bytes)?;
    Ok(bytes)
}
