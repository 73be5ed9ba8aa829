//! Decisions on generated exchanges. What may be recorded is what docs/record.md says ("What can be decided"), found from the oracle's
//! word alone; and whatever is recorded is read back, and follows from its ruleset again.

use clearshare::check::{Checked, CheckedFlow};
use clearshare::engine::Evaluator;
use clearshare::manifest::Flow;
use clearshare::model::Date;
use clearshare::record::v1::{Choice, Manifest, Record, SharingCondition};
use clearshare::record::{Basis, Integrity, Refusal, Sealed, Unrecorded, compose, refusals, seal, sha256};
use clearshare::replay::replay;
use clearshare::report::json::{named, recorded};
use clearshare::report::replay::Verdict as Replayed;

use super::bridge::date;
use super::checks::Subject;
use super::facts::facts;
use super::generate::middling;
use super::properties::assert_seen;
use super::ruleset::{Answer, Facts, Level, Rule, Ruleset};
use super::seeds;
use super::verdict::{Outcome, Status, Verdict};
use super::yaml::{printed, printed_facts};
use crate::records::{decided, read};

const CHOICES: [Choice; 4] = [Choice::Share, Choice::ShareWithConditions, Choice::DoNotShare, Choice::Defer];
const FLOWS: [&str; 2] = ["main", "back"];

/// What is said of a decision.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Fine,
    Stop,
    Incomplete,
    Conditions,
}

/// A condition: for which rule, if for one, and in which flow, if in one alone.
type Condition = (Option<usize>, Option<usize>);

/// What the oracle says of each flow of an exchange.
struct Advised<'a> {
    rs: &'a Ruleset,
    verdicts: Vec<Verdict>,
}

impl Advised<'_> {
    fn outcome(&self) -> Outcome {
        self.verdicts.iter().map(|verdict| verdict.outcome).max().unwrap()
    }

    fn rules(&self, holds: impl Fn(&Rule, Status, Option<bool>) -> bool) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (flow, verdict) in self.verdicts.iter().enumerate() {
            let rules = self.rs.rules.iter().enumerate();
            let holds = rules.filter(|(r, rule)| holds(rule, verdict.statuses[*r], verdict.applies[*r]));
            found.extend(holds.map(|(r, _)| (flow, r)));
        }
        found
    }

    /// What holds up the exchange: a duty due before sharing that is not known to be met, a specialist whose advice is needed.
    fn outstanding(&self) -> Vec<(usize, usize)> {
        self.rules(|rule, status, _| match status {
            Status::Applies => is_duty(rule) || rule.refer,
            Status::Undetermined => is_duty(rule),
            _ => false,
        })
    }

    /// Whether it cannot be told yet what else applies.
    fn is_untold(&self) -> bool {
        let untold = self.rules(|rule, status, applies| match rule.level {
            Level::MustNot => status == Status::Undetermined,
            _ => status == Status::Undetermined && (rule.refer || is_duty(rule) && applies.is_none()),
        });
        !untold.is_empty()
    }

    /// The table of docs/record.md.
    fn says(&self, choice: Choice, conditions: &[Condition]) -> Said {
        let is_seen_to = |(flow, rule): &(usize, usize)| {
            conditions.iter().any(|(of, at)| *of == Some(*rule) && at.is_none_or(|at| at == *flow))
        };
        match (self.outcome(), choice) {
            (_, Choice::Defer) => Said::Fine,
            (Outcome::Incomplete, _) => Said::Incomplete,
            (_, Choice::DoNotShare) => Said::Fine,
            (Outcome::Stop, _) => Said::Stop,
            _ if self.is_untold() => Said::Incomplete,
            (outcome, Choice::Share) if outcome == Outcome::Ready && conditions.is_empty() => Said::Fine,
            (_, Choice::ShareWithConditions) if !conditions.is_empty() && self.outstanding().iter().all(is_seen_to) => {
                Said::Fine
            }
            _ => Said::Conditions,
        }
    }

    /// Conditions to try: none, all that are needed in several ways, and some that are not enough.
    fn tries(&self) -> Vec<Vec<Condition>> {
        let needed = self.outstanding();
        let named: Vec<Condition> = needed.iter().map(|(flow, rule)| (Some(*rule), Some(*flow))).collect();
        let of_all = needed.iter().map(|(_, rule)| (Some(*rule), None)).collect();
        let elsewhere =
            needed.iter().map(|(flow, rule)| (Some(*rule), Some((flow + 1) % self.verdicts.len()))).collect();
        let too_few = named.iter().skip(1).copied().chain([(None, None)]).collect();
        vec![vec![], vec![(None, None)], named, of_all, elsewhere, too_few]
    }
}

fn is_duty(rule: &Rule) -> bool {
    rule.level == Level::Must && rule.due_after != Some(true)
}

fn conditions(rs: &Ruleset, conditions: &[Condition]) -> Vec<SharingCondition> {
    let condition = |(rule, flow): &Condition| SharingCondition {
        says: "It is seen to".to_owned(),
        rule: rule.map(|rule| rs.rules[rule].id.clone()),
        flow: flow.map(|flow| FLOWS[flow].to_owned()),
        who: None,
        by: None,
    };
    conditions.iter().map(condition).collect()
}

/// What the program says of a record.
fn said(refused: &[Refusal]) -> Said {
    match refused {
        [] => Said::Fine,
        [Refusal::Stop { .. }] => Said::Stop,
        [Refusal::Incomplete { .. }] => Said::Incomplete,
        _ => Said::Conditions,
    }
}

/// A question that does not arise has an answer: no manifest passes with one.
fn is_moot(facts: &[Facts], verdicts: &[Verdict]) -> bool {
    let says = |(facts, verdict): (&Facts, &Verdict)| {
        verdict.moot.iter().any(|q| !matches!(facts.answers[*q], Answer::Unknown | Answer::Words))
    };
    facts.iter().zip(verdicts).any(says)
}

/// The decision to wait, on one or two exchanges.
fn deferred(s: &Subject<'_>, all: &[Facts], as_of: Date) -> Result<Sealed, Unrecorded> {
    let mut evaluator = Evaluator::new(s.engine.ruleset());
    let flow = |(id, facts): (&&str, &Facts)| {
        let mut exchange = s.engine.exchange(facts);
        (**id).clone_into(&mut exchange.id);
        let advice = evaluator.evaluate(&exchange, as_of);
        CheckedFlow { flow: Flow { exchange, places: Vec::new(), waivers: Vec::new() }, advice }
    };
    let checked = Checked { flows: FLOWS.iter().zip(all).map(flow).collect() };
    let decided = decided(Choice::Defer);
    let basis = Basis {
        ruleset: s.engine.ruleset(),
        checked: &checked,
        advice: recorded(&mut evaluator, &checked).unwrap(),
        exchange: named(s.engine.ruleset(), &checked),
        as_of,
        today: as_of.max(decided.decision.decided_on),
        manifest: Manifest { name: "x.yaml".to_owned(), sha256: sha256(b"x") },
        notices: &[],
    };
    compose(basis, decided)
}

/// Tries every choice with conditions: whether the program refuses more than the table. That it refuses less is wrong. The record has
/// the last one that was tried, which is to wait.
fn is_stricter(s: &mut Subject<'_>, advised: &Advised<'_>, record: &mut Record) -> Result<bool, String> {
    let (outcome, mut stricter) = (advised.outcome(), false);
    for choice in CHOICES {
        for tried in advised.tries() {
            record.decision.choice = choice;
            record.decision.conditions = conditions(s.rs, &tried);
            let (program, table) = (said(&refusals(record)), advised.says(choice, &tried));
            s.tally.add(&format!("{choice:?}: {table:?}"), 1);
            s.tally.add(
                "untold though a specialist is needed",
                usize::from(outcome == Outcome::Refer && table == Said::Incomplete),
            );
            // What every completion settles and three-valued logic leaves open, a record tells as open.
            let may_be = program == Said::Incomplete && choice != Choice::DoNotShare && outcome != Outcome::Stop;
            if program != table && !may_be {
                return Err(format!(
                    "{outcome:?}: {choice:?} with {tried:?} is {table:?} by the table, and {program:?} by the program"
                ));
            }
            stricter |= program != table;
        }
    }
    Ok(stricter)
}

fn one(s: &mut Subject<'_>) -> Result<(), String> {
    let mut all = vec![facts(s.rs, &mut s.rng)];
    if s.rng.chance(40) {
        let other = facts(s.rs, &mut s.rng);
        all.push(Facts { as_of: all[0].as_of, ..other });
    }
    let verdicts: Vec<Verdict> = all.iter().map(|facts| s.oracle.verdict(facts).0).collect();
    let advised = Advised { rs: s.rs, verdicts };
    let outcome = advised.outcome();
    s.tally.add(&format!("{outcome:?}"), 1);
    let sealed = match (deferred(s, &all, date(all[0].as_of)), outcome) {
        (Err(Unrecorded::Screened), Outcome::Screened) => return Ok(()),
        (Ok(sealed), outcome) if outcome != Outcome::Screened => sealed,
        (other, _) => return Err(format!("{outcome:?}, but {other:?}")),
    };
    let mut record = sealed.record;
    let stricter = is_stricter(s, &advised, &mut record)?;
    s.tally.add("stricter than the table", usize::from(stricter));
    let sealed = seal(record).unwrap();
    let again = read(&sealed.bytes);
    if again.integrity != Integrity::AsWritten || again.record != sealed.record {
        return Err("what is read is not what was written".to_owned());
    }
    let moot = is_moot(&all, &advised.verdicts);
    match replay(&again.record, &mut Evaluator::new(s.engine.ruleset())).unwrap() {
        Replayed::Proved if !moot => s.tally.add("proved", 1),
        Replayed::Misfits(_) if moot => s.tally.add("an answer to a question that does not arise", 1),
        other => return Err(format!("{other:?}")),
    }
    Ok(())
}

#[test]
fn what_can_be_decided_is_what_the_table_says_and_follows_again() {
    let tally = seeds::hold(0..SEEDS, |seed| {
        let rs = middling(seed);
        let mut subject = Subject::new(&rs)?;
        for _ in 0..TIMES {
            let before = subject.rng.0;
            one(&mut subject).map_err(|what| {
                subject.rng.0 = before;
                let facts = facts(&rs, &mut subject.rng);
                format!(
                    "seed {seed}: {what}\n{}--- facts of the first flow\n{}",
                    printed(&rs),
                    printed_facts(&rs, &facts)
                )
            })?;
        }
        Ok(subject.tally)
    });
    assert!(tally.get("stricter than the table") < 10, "{:#?}", tally.0);
    assert_seen(&tally, 30, &["Ready", "ActFirst", "Incomplete", "Refer", "Stop", "Screened", "proved"]);
    assert_seen(&tally, 30, &["untold though a specialist is needed", "an answer to a question that does not arise"]);
    assert_seen(
        &tally,
        30,
        &["Share: Fine", "Share: Conditions", "ShareWithConditions: Fine", "ShareWithConditions: Conditions"],
    );
}

const SEEDS: u64 = 300;
const TIMES: usize = 4;
