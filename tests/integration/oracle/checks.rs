//! The properties, one function each. Each draws its own facts, asks the engine, and says in full what is wrong.

use std::fmt::Write as _;

use super::Rng;
use super::bridge::Engine;
use super::facts::{facts, full, where_answer, with};
use super::kleene;
use super::ruleset::{Answer, Facts, Kind, Mask, Ruleset};
use super::shrink::shrink;
use super::tally::Tally;
use super::verdict::{Oracle, Outcome, Status, Verdict};
use super::yaml::{named, printed, printed_facts};

/// A ruleset, the engine that read it, and what was looked at so far.
pub(super) struct Subject<'a> {
    pub(super) rs: &'a Ruleset,
    pub(super) engine: Engine,
    pub(super) oracle: Oracle<'a>,
    pub(super) rng: Rng,
    pub(super) tally: Tally,
}

impl<'a> Subject<'a> {
    pub(super) fn new(rs: &'a Ruleset) -> Result<Self, String> {
        let engine = Engine::read(rs).map_err(|faults| format!("seed {}: {faults}\n{}", rs.seed, printed(rs)))?;
        let rng = Rng(rs.seed ^ 0x00fa_c750);
        Ok(Self { rs, engine, oracle: Oracle::new(rs), rng, tally: Tally::default() })
    }

    fn facts(&mut self) -> Facts {
        facts(self.rs, &mut self.rng)
    }

    /// What the engine says.
    fn look(&self, facts: &Facts) -> Result<Verdict, String> {
        let seen = self.engine.advise(facts);
        if seen.over_budget {
            return Err(self.wrong(facts, "the budget ran out on a small ruleset"));
        }
        Ok(seen.verdict)
    }

    fn wrong(&self, facts: &Facts, what: &str) -> String {
        let (seed, ruleset, facts) = (self.rs.seed, printed(self.rs), printed_facts(self.rs, facts));
        format!("seed {seed}: {what}\n{ruleset}--- facts\n{facts}")
    }

    /// An answer that leaves nothing unknown, out of those still possible.
    fn known(&mut self, question: usize, now: Answer) -> Answer {
        Answer::Known(self.rng.pick(&self.rs.allowed(question, now)))
    }

    fn one_of(&mut self, questions: &[usize]) -> Option<usize> {
        (!questions.is_empty()).then(|| self.rng.pick(questions))
    }
}

type Checked = Result<(), String>;

/// (a) The engine says what every completion says. (g) It says it twice. (h) No budget runs out.
pub(super) fn equals_the_oracle(s: &mut Subject<'_>, times: usize) -> Checked {
    for _ in 0..times {
        let facts = s.facts();
        let seen = s.look(&facts)?;
        let (wanted, _) = s.oracle.verdict(&facts);
        let rs = s.rs;
        if seen != wanted {
            let wrong = shrink(rs, &facts, difference).unwrap_or_default();
            return Err(s.wrong(&facts, &differences(rs, &seen, &wanted)) + "\n=== in small\n" + &wrong);
        }
        s.tally.pair(rs, &facts, &wanted, &mut s.rng);
    }
    s.tally.ruleset(s.rs);
    Ok(())
}

/// What differs for a pair, if the ruleset is valid and something does.
fn difference(rs: &Ruleset, facts: &Facts) -> Option<String> {
    let mut s = Subject::new(rs).ok()?;
    let (seen, wanted) = (s.look(facts).ok()?, s.oracle.verdict(facts).0);
    (seen != wanted).then(|| s.wrong(facts, &differences(rs, &seen, &wanted)))
}

/// (b) An added answer changes nothing that was determined, and never makes an outcome that was certain better or worse.
pub(super) fn added_answers_change_nothing_determined(s: &mut Subject<'_>, times: usize) -> Checked {
    for _ in 0..times {
        let facts = s.facts();
        let open = where_answer(s.rs, &facts, |a| a == Answer::Absent || a.is_unknown());
        let Some(q) = s.one_of(&open) else { continue };
        let before = s.look(&facts)?;
        let answer = s.known(q, facts.answers[q]);
        let more = with(&facts, q, answer);
        let after = s.look(&more)?;
        let changed = (0..s.rs.rules.len())
            .find(|r| before.statuses[*r] != Status::Undetermined && before.statuses[*r] != after.statuses[*r]);
        let widened = (0..s.rs.derived.len()).find(|d| after.derived[*d] & !before.derived[*d] != 0);
        let allowed: &[Outcome] = match before.outcome {
            Outcome::Ready => &[Outcome::Ready],
            Outcome::ActFirst => &[Outcome::ActFirst, Outcome::Ready],
            Outcome::Refer => &[Outcome::Refer, Outcome::Stop, Outcome::Screened],
            Outcome::Stop => &[Outcome::Stop, Outcome::Screened],
            Outcome::Incomplete | Outcome::Screened => &[after.outcome],
        };
        if changed.is_some() || widened.is_some() || !allowed.contains(&after.outcome) {
            let what = format!(
                "answering {} changed rule {changed:?}, derived {widened:?} or the outcome:\n{}",
                s.rs.questions[q].id,
                differences(s.rs, &after, &before)
            );
            return Err(s.wrong(&more, &what));
        }
        s.tally.add("answers added", 1);
        s.tally.add("statuses settled by it", usize::from(before.statuses != after.statuses));
        s.tally.add("stop kept", usize::from(before.outcome == Outcome::Stop));
        s.tally.add("ready kept", usize::from(before.outcome == Outcome::Ready));
    }
    Ok(())
}

/// (c) What is not asked changes nothing; what is asked changes something.
pub(super) fn asks_what_matters(s: &mut Subject<'_>, times: usize) -> Checked {
    for _ in 0..times {
        let facts = s.facts();
        let before = s.look(&facts)?;
        let (_, witnesses) = s.oracle.verdict(&facts);
        if let Some(q) = before.open.iter().chain(&before.unknown).find(|q| witnesses.iter().all(|w| w.question != **q))
        {
            return Err(s.wrong(&facts, &format!("{} is asked, and changes nothing", s.rs.questions[*q].id)));
        }
        for w in &witnesses {
            let q = w.question;
            let listed = if facts.answers[q] == Answer::Absent { &before.open } else { &before.unknown };
            let (one, other) = (full(s.rs, &facts, &w.before), full(s.rs, &facts, &w.after));
            let (a, b) = (s.look(&one)?, s.look(&other)?);
            if !listed.contains(&q) || (a.statuses == b.statuses && shown(s.rs, &a) == shown(s.rs, &b)) {
                let what = format!("{} matters, as the facts below with {:?} show", s.rs.questions[q].id, w.after[q]);
                return Err(s.wrong(&one, &what));
            }
            s.tally.add("questions that matter", 1);
        }
        for q in where_answer(s.rs, &facts, |a| a == Answer::Absent) {
            if before.open.contains(&q) {
                continue;
            }
            let answer = s.known(q, Answer::Absent);
            let more = with(&facts, q, answer);
            let after = s.look(&more)?;
            let same = (&before.statuses, shown(s.rs, &before), before.outcome);
            if same != (&after.statuses, shown(s.rs, &after), after.outcome) {
                let what = format!("{} was not asked, and matters:\n", s.rs.questions[q].id);
                return Err(s.wrong(&more, &(what + &differences(s.rs, &after, &before))));
            }
            s.tally.add("questions that do not matter", 1);
        }
    }
    Ok(())
}

/// (d) An interview ends, and leaves undetermined only what hangs on answers that nobody knows.
pub(super) fn interviews_end(s: &mut Subject<'_>, times: usize) -> Checked {
    for _ in 0..times {
        let mut facts = s.facts();
        let unsure = s.rng.pick(&[0, 0, 20]);
        for q in where_answer(s.rs, &facts, |_| true) {
            if s.rng.chance(50) || (unsure == 0 && facts.answers[q].is_unknown()) {
                facts.answers[q] = Answer::Absent;
            }
        }
        while let Some(&q) = s.look(&facts)?.open.first() {
            if facts.answers[q] != Answer::Absent {
                return Err(s.wrong(&facts, &format!("{} was asked again", s.rs.questions[q].id)));
            }
            let answer = s.known(q, Answer::Absent);
            facts.answers[q] = match answer {
                Answer::Known(set) if s.rng.chance(unsure) => {
                    let part = set != 0 && s.rs.questions[q].kind == Kind::AnyOf && s.rng.chance(50);
                    if part { Answer::Partial(set) } else { Answer::Unknown }
                }
                known => known,
            };
            s.tally.add("questions asked", 1);
        }
        let unknown = where_answer(s.rs, &facts, Answer::is_unknown);
        s.tally.add(if unknown.is_empty() { "interviews without unknown" } else { "interviews with unknown" }, 1);
        s.tally.add("questions never asked", where_answer(s.rs, &facts, |a| a == Answer::Absent).len());
        for q in unknown {
            facts.answers[q] = s.known(q, facts.answers[q]);
        }
        let end = s.look(&facts)?;
        let left = |r: &usize| end.statuses[*r] == Status::Undetermined && s.rs.rules[*r].upcoming.is_none();
        let rule = (0..s.rs.rules.len()).find(left);
        if rule.is_some() || shown(s.rs, &end).iter().any(|values| values.count_ones() != 1) {
            return Err(s.wrong(&facts, &format!("the interview left rule {rule:?} or a shown fact undetermined")));
        }
    }
    Ok(())
}

/// (e) Missing is never "no": with an answer less, a status is what it was, or undetermined.
pub(super) fn missing_is_never_no(s: &mut Subject<'_>, times: usize) -> Checked {
    for _ in 0..times {
        let facts = s.facts();
        let given = where_answer(s.rs, &facts, |a| a != Answer::Absent);
        let Some(q) = s.one_of(&given) else { continue };
        let less = with(&facts, q, Answer::Absent);
        let (before, after) = (s.look(&facts)?, s.look(&less)?);
        for r in 0..s.rs.rules.len() {
            let now = after.statuses[r];
            if now != Status::Undetermined && now != before.statuses[r] {
                let what = format!("without {} rule {} became {now:?}", s.rs.questions[q].id, s.rs.rules[r].id);
                return Err(s.wrong(&facts, &what));
            }
            s.tally.add("statuses lost", usize::from(now != before.statuses[r]));
        }
        if (0..s.rs.derived.len()).any(|d| before.derived[d] & !after.derived[d] != 0) {
            return Err(s.wrong(&facts, &format!("without {} a derived fact lost a value", s.rs.questions[q].id)));
        }
        s.tally.add("answers removed", 1);
    }
    Ok(())
}

/// (f) A closed option never lifts a bar: it counts as if it had not been chosen.
pub(super) fn closed_options_lift_nothing(s: &mut Subject<'_>, times: usize) -> Checked {
    let Some((bar, q)) = s.rs.rules.iter().enumerate().find_map(|(r, rule)| Some((r, rule.bar?))) else {
        return Ok(());
    };
    let offered = s.rs.offered(q);
    for _ in 0..times {
        let drawn = s.facts();
        let set = s.rng.pick(&s.rs.values(q));
        let facts = with(&drawn, q, Answer::Known(0));
        let closed = offered & !s.oracle.may_be_open(&facts, q);
        if closed == 0 {
            continue;
        }
        let look = |set: Mask| Ok::<_, String>(s.look(&with(&facts, q, Answer::Known(set)))?.statuses[bar]);
        let (nothing, closed_only) = (look(0)?, look(closed)?);
        let (with_closed, without) = (look(set | closed)?, look(set & !closed)?);
        if nothing != Status::Applies || closed_only != Status::Applies || with_closed != without {
            let what = format!(
                "closed: {:?}; {:?}: none chosen {nothing:?}, closed ones {closed_only:?}, {:?} with them {with_closed:?}, without {without:?}",
                named(s.rs, q, closed),
                s.rs.questions[q].id,
                named(s.rs, q, set),
            );
            return Err(s.wrong(&facts, &what));
        }
        s.tally.add("bars that a closed option did not lift", 1);
        s.tally.add("bars that an open option lifted", usize::from(without == Status::NotApplicable));
    }
    Ok(())
}

/// (g) The same ruleset, facts and date give the same advice: asked twice, of a ruleset that is read again, and of an
/// evaluator that was asked about other facts before.
pub(super) fn is_deterministic(s: &mut Subject<'_>, times: usize) -> Checked {
    let again = Engine::read(s.rs)?;
    let all: Vec<Facts> = (0..times).map(|_| s.facts()).collect();
    let in_turn = s.engine.advise_in_turn(&all);
    for (facts, after_others) in all.iter().zip(in_turn) {
        let first = s.engine.advise(facts);
        if first != s.engine.advise(facts) || first != again.advise(facts) || first != after_others {
            return Err(s.wrong(facts, "the advice differs from one time to the next"));
        }
        s.tally.add("pairs evaluated four times", 1);
    }
    Ok(())
}

/// What the team was told changes nothing but what is answered: no status, no outcome, nothing to ask.
pub(super) fn told_changes_nothing(s: &mut Subject<'_>, times: usize) -> Checked {
    let most = 1 << s.rs.myths.len();
    for _ in 0..times {
        let facts = s.facts();
        let some = s.rng.below(most);
        let [everything, told] = s.engine.advise_told(&facts, Mask::try_from(some).unwrap_or(0));
        if everything != told {
            return Err(s.wrong(&facts, &format!("told all: {everything:?}\ntold some: {told:?}")));
        }
        s.tally.add("told some", usize::from(some != 0 && some + 1 != most));
        s.tally.add("told none of some", usize::from(some == 0 && most > 1));
    }
    Ok(())
}

/// The oracle against three-valued logic, which is written apart from it: what that settles, every completion gives.
pub(super) fn oracle_agrees_with_kleene(s: &mut Subject<'_>, times: usize) -> Checked {
    for _ in 0..times {
        let facts = s.facts();
        let (verdict, _) = s.oracle.verdict(&facts);
        for (r, rule) in s.rs.rules.iter().enumerate().filter(|(_, rule)| rule.upcoming.is_none()) {
            let file = s.rs.themes[rule.theme].when.as_ref().map_or(Some(true), |c| kleene::holds(s.rs, &facts, c));
            let own = rule.when.as_ref().map_or(Some(true), |c| kleene::holds(s.rs, &facts, c));
            let three = if file == Some(false) || own == Some(false) { Some(false) } else { file.and(own) };
            if three.is_some() && three != verdict.applies[r] {
                return Err(s.wrong(&facts, &format!("rule {}: three-valued {three:?}", rule.id)));
            }
            s.tally.add("settled by three-valued logic", usize::from(three.is_some()));
        }
    }
    Ok(())
}

/// The values of the derived facts that people see.
fn shown(rs: &Ruleset, verdict: &Verdict) -> Vec<Mask> {
    rs.derived.iter().zip(&verdict.derived).filter(|(d, _)| d.shown).map(|(_, values)| *values).collect()
}

/// What differs, by name.
fn differences(rs: &Ruleset, engine: &Verdict, oracle: &Verdict) -> String {
    let mut text = String::new();
    let ids = |of: &[usize]| of.iter().map(|q| rs.questions[*q].id.as_str()).collect::<Vec<_>>().join(", ");
    let hinges = |set: Mask| ids(&(0..rs.questions.len()).filter(|q| set & 1 << q != 0).collect::<Vec<_>>());
    let mut say = |what: &str, engine: String, oracle: String| {
        if engine != oracle {
            let _ = writeln!(text, "  {what}: the engine says {engine}, the oracle {oracle}");
        }
    };
    say("outcome", format!("{:?}", engine.outcome), format!("{:?}", oracle.outcome));
    for (r, rule) in rs.rules.iter().enumerate() {
        say(&rule.id, format!("{:?}", engine.statuses[r]), format!("{:?}", oracle.statuses[r]));
        say(&format!("when of {}", rule.id), format!("{:?}", engine.applies[r]), format!("{:?}", oracle.applies[r]));
        say(&format!("what {} hangs on", rule.id), hinges(engine.hinges[r]), hinges(oracle.hinges[r]));
    }
    for (d, derived) in rs.derived.iter().enumerate() {
        let values = |v: &Verdict| {
            let of = derived.values.iter().enumerate();
            of.filter(|(i, _)| v.derived[d] & 1 << i != 0)
                .map(|(_, name)| name.as_str())
                .collect::<Vec<_>>()
                .join(" or ")
        };
        say(&derived.id, values(engine), values(oracle));
        let of = |v: &Verdict| hinges(v.derived_hinges[d]);
        say(&format!("what {} hangs on", derived.id), of(engine), of(oracle));
    }
    say("candidates", format!("{:?}", engine.candidates), format!("{:?}", oracle.candidates));
    say("upcoming", format!("{:?}", engine.upcoming), format!("{:?}", oracle.upcoming));
    say("myths", format!("{:?}", engine.myths), format!("{:?}", oracle.myths));
    say("told", format!("{:?}", engine.matters), format!("{:?}", oracle.matters));
    say("open", ids(&engine.open), ids(&oracle.open));
    say("unknown", ids(&engine.unknown), ids(&oracle.unknown));
    say("moot", ids(&engine.moot), ids(&oracle.moot));
    text
}
