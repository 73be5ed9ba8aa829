//! Counts what the generated pairs held, so that a property cannot pass because nothing was there to test.

use std::collections::BTreeMap;

use super::Rng;
use super::brute::World;
use super::kleene;
use super::ruleset::{
    Answer, Choice, Cond, Facts, Item, Kind, Level, Line, Mask, Question, Ruleset, Test, Upcoming, YES_NO,
};
use super::verdict::{Outcome, Status, Verdict};

/// How often each thing was seen.
#[derive(Debug, Default)]
pub(super) struct Tally(pub(super) BTreeMap<String, usize>);

impl Tally {
    pub(super) fn add(&mut self, what: &str, times: usize) {
        if times > 0 {
            match self.0.get_mut(what) {
                Some(count) => *count += times,
                None => drop(self.0.insert(what.to_owned(), times)),
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(what, times)| self.add(what, *times));
    }

    pub(super) fn get(&self, what: &str) -> usize {
        self.0.get(what).copied().unwrap_or(0)
    }

    /// Counts what one pair of ruleset and facts shows.
    pub(super) fn pair(&mut self, rs: &Ruleset, facts: &Facts, verdict: &Verdict, rng: &mut Rng) {
        self.add("pairs", 1);
        self.add("completions", rs.completions(facts));
        self.add(&format!("outcome {:?}", verdict.outcome), 1);
        for (r, status) in verdict.statuses.iter().enumerate() {
            let rule = &rs.rules[r];
            self.add(&format!("status {status:?}"), 1);
            if *status == Status::Undetermined {
                let when = if verdict.applies[r].is_some() { "met-when undetermined" } else { "when undetermined" };
                self.add(when, usize::from(rule.upcoming.is_none()));
                self.add(
                    "undetermined although done or waived",
                    usize::from(facts.done[r] || facts.waivers[r].is_some()),
                );
            }
            let past = facts.waivers[r].is_some_and(|until| until < facts.as_of);
            self.add("applies although waived in the past", usize::from(past && *status == Status::Applies));
            let today = facts.waivers[r] == Some(facts.as_of) && *status == Status::Waived;
            self.add("waived until today", usize::from(today));
            let settled = *status == Status::Applies && (facts.done[r] || facts.waivers[r].is_some());
            self.add("must-not applies although done or waived", usize::from(settled && rule.level == Level::MustNot));
            if matches!(rule.upcoming, Some(Upcoming::From(day)) if day <= facts.as_of) {
                self.add(&format!("upcoming that came into force {status:?}"), 1);
            }
            let three = rule.when.iter().chain(&rs.themes[rule.theme].when).map(|c| kleene::holds(rs, facts, c));
            let settled = three.into_iter().all(|v| v.is_some());
            let beyond = rule.upcoming.is_none() && verdict.applies[r].is_some() && !settled;
            self.add("when settled though three-valued logic leaves it open", usize::from(beyond));
        }
        let absent = |u: &Upcoming| !matches!(u, Upcoming::From(day) if *day <= facts.as_of);
        let later = rs.rules.iter().filter(|r| r.upcoming.as_ref().is_some_and(absent)).count();
        self.add("upcoming that is not in force", later);
        let met_only = |r: &usize| verdict.applies[*r] == Some(true) && verdict.hinges[*r] != 0;
        self.add("relevant through met-when only", (0..rs.rules.len()).filter(met_only).count());
        let applies = |r: &usize| rs.rules[*r].ends_questions && verdict.statuses[*r] == Status::Applies;
        let unknown = verdict.outcome == Outcome::Screened && !(0..rs.rules.len()).any(|r| applies(&r));
        self.add("screened by an unknown answer", usize::from(unknown));
        let some = verdict.derived.iter().filter(|values| values.count_ones() > 1).count();
        self.add("derived undetermined", some);
        self.add("derived determined", verdict.derived.len() - some);
        for c in &verdict.candidates {
            self.add(if c.certain { "candidate certain" } else { "candidate possible" }, 1);
            self.add("candidate chosen", usize::from(c.chosen));
        }
        let offered =
            (0..rs.questions.len()).filter(|q| rs.questions[*q].candidates).map(|q| rs.offered(q).count_ones());
        let offered: usize = offered.map(|n| n as usize).sum();
        self.add("candidate closed", offered - verdict.candidates.len());
        self.add("candidate that is upcoming", verdict.upcoming.len());
        self.add("myths", verdict.myths.len());
        let matter = |wanted| verdict.matters.iter().filter(|matters| **matters == wanted).count();
        self.add("myth that does not matter", matter(Some(false)));
        self.add("myth that may matter", matter(None));
        self.add("moot", verdict.moot.len());
        self.add("moot text", verdict.moot.iter().filter(|q| rs.questions[**q].kind == Kind::Text).count());
        self.add("open", verdict.open.len());
        self.add("unknown that matters", verdict.unknown.len());
        let absent = facts.answers.iter().filter(|a| **a == Answer::Absent).count();
        self.add("absent that does not matter", absent - verdict.open.len());
        let unknown = facts.answers.iter().filter(|a| a.is_unknown()).count();
        self.add("unknown that does not matter", unknown - verdict.unknown.len());
        let partial = |q: &&usize| matches!(facts.answers[**q], Answer::Partial(_));
        self.add("partly unknown that matters", verdict.unknown.iter().filter(partial).count());
        self.forms(rs, facts, rng);
    }

    /// Counts what a ruleset has.
    pub(super) fn ruleset(&mut self, rs: &Ruleset) {
        self.add("rulesets", 1);
        let lists: Vec<usize> = rs.questions.iter().filter(|q| q.each.is_none()).map(|q| q.list).collect();
        let shared = |l: &usize| *l > 0 && lists.iter().filter(|other| *other == l).count() > 1;
        self.add("ruleset with a list for two questions", usize::from(lists.iter().any(shared)));
        let has = |f: &dyn Fn(&Question) -> bool| usize::from(rs.questions.iter().any(f));
        self.add("ruleset with an each-question", has(&|q| q.each.is_some()));
        self.add("ruleset with a text question", has(&|q| q.kind == Kind::Text));
        let reads_derived = |c: &Cond| {
            let mut found = false;
            c.visit(&mut |line| found |= matches!(line, Line::Derived(..)));
            found
        };
        self.add("ruleset with only-if on a derived fact", has(&|q| q.only_if.as_ref().is_some_and(reads_derived)));
        let option =
            |f: &dyn Fn(&Choice) -> bool| usize::from(rs.lists.iter().skip(YES_NO + 1).flat_map(|l| &l.options).any(f));
        self.add("ruleset with an upcoming option", option(&|o| o.upcoming.is_some()));
        self.add("ruleset with an option that is no candidate", option(&|o| !o.candidate));
        self.add("ruleset with an option `no` or `none`", option(&|o| o.id == "none" || o.id == "no"));
        self.add("ruleset with a bar", usize::from(rs.rules.iter().any(|r| r.bar.is_some())));
        self.add("ruleset with a file-level when", usize::from(rs.themes.iter().any(|t| t.when.is_some())));
        self.add("ruleset with ends-questions", usize::from(rs.rules.iter().any(|r| r.ends_questions)));
        self.add("ruleset with a scale", usize::from(rs.derived.iter().any(|d| d.scale)));
    }

    /// Counts, for each form of test and of line, how often it holds and does not, in one completion.
    fn forms(&mut self, rs: &Ruleset, facts: &Facts, rng: &mut Rng) {
        let chosen: Vec<Mask> = facts.answers.iter().enumerate().map(|(q, a)| rng.pick(&rs.allowed(q, *a))).collect();
        let world = World::new(rs, &chosen);
        for cond in rs.rules.iter().flat_map(|r| r.when.iter().chain(&r.met_when)) {
            for line in &cond.0 {
                self.add(&format!("line {} {}", word(line), world.line(line)), 1);
            }
            cond.visit(&mut |line| {
                if let Line::Question(q, test) = line {
                    let arises = if world.arises(*q) { world.line(line).to_string() } else { "does not arise".into() };
                    self.add(&format!("test {} {arises}", form(rs.questions[*q].kind, test)), 1);
                    let closed = chosen[*q] & !world.open(*q) != 0;
                    self.add("test with a closed option chosen", usize::from(closed && world.arises(*q)));
                }
            });
        }
    }
}

fn word(line: &Line) -> &'static str {
    match line {
        Line::Question(..) => "question",
        Line::Derived(..) => "derived",
        Line::All(_) => "all",
        Line::Any(_) => "any",
        Line::None(_) => "none",
        Line::Not(_) => "not",
        Line::Count(..) => "count",
    }
}

fn form(kind: Kind, test: &Test) -> String {
    let form = match test {
        Test::AnyOf(items) if items.contains(&Item::Nothing) && items.len() > 1 => "none-or",
        Test::AnyOf(items) if items.contains(&Item::Nothing) => "none",
        Test::AnyOf(items) if items.iter().any(|i| matches!(i, Item::Tag(_))) => "tag",
        Test::AnyOf(_) => "option",
        Test::AllOf(_) => "all-of",
        Test::Only(_) => "only",
        Test::Some => "some",
        Test::SomeWithout(_) => "some-without",
        Test::Closed => "closed",
    };
    format!("{kind:?} {form}")
}
