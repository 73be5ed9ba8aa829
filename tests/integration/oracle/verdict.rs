//! What must be said of one exchange: every completion of its facts is looked at, one by one.

use super::brute::World;
use super::ruleset::{Answer, Basis, Facts, Kind, Level, Mask, Rule, Ruleset, Upcoming};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    Applies,
    Undetermined,
    Met,
    Done,
    Waived,
    NotApplicable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    Ready,
    ActFirst,
    Incomplete,
    Refer,
    Stop,
    Screened,
}

/// An option still open for a question that has candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) question: usize,
    pub(super) option: usize,
    pub(super) certain: bool,
    pub(super) chosen: bool,
}

/// The advice on one exchange, in the oracle's numbers. Questions are in asking order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    pub(super) statuses: Vec<Status>,
    pub(super) applies: Vec<Option<bool>>,
    /// For each derived fact, the values it takes.
    pub(super) derived: Vec<Mask>,
    pub(super) candidates: Vec<Candidate>,
    /// The options that would be candidates if they were in force, with their questions.
    pub(super) upcoming: Vec<(usize, usize)>,
    pub(super) myths: Vec<usize>,
    /// For each myth, whether it matters.
    pub(super) matters: Vec<Option<bool>>,
    pub(super) open: Vec<usize>,
    pub(super) unknown: Vec<usize>,
    pub(super) moot: Vec<usize>,
    /// For each rule, the absent and unknown questions on which its status hangs.
    pub(super) hinges: Vec<Mask>,
    /// The same for each derived fact that is shown.
    pub(super) derived_hinges: Vec<Mask>,
}

/// What the conditions of a ruleset say under one completion.
struct Row {
    arises: Mask,
    open: Vec<Mask>,
    waiting: Vec<Mask>,
    when: Mask,
    met: Mask,
    values: Vec<usize>,
    myths: Mask,
}

/// Two completions that differ only in the answer to one question, and what that changes.
pub(super) struct Witness {
    pub(super) question: usize,
    pub(super) before: Vec<Mask>,
    pub(super) after: Vec<Mask>,
}

/// A ruleset with the completions that were looked at so far.
pub(super) struct Oracle<'a> {
    pub(super) rs: &'a Ruleset,
    values: Vec<Vec<Mask>>,
    offered: Vec<Mask>,
    reads: Vec<Mask>,
    rows: Vec<Option<Box<Row>>>,
}

impl<'a> Oracle<'a> {
    pub(super) fn new(rs: &'a Ruleset) -> Self {
        let questions = 0..rs.questions.len();
        let values: Vec<_> = questions.clone().map(|q| rs.values(q)).collect();
        let size = values.iter().map(Vec::len).product();
        let reads = (0..rs.rules.len()).map(|rule| rs.reads_of_when(rule)).collect();
        let rows = std::iter::repeat_with(|| None).take(size).collect();
        Self { rs, offered: questions.map(|q| rs.offered(q)).collect(), values, reads, rows }
    }

    /// What must be said of these facts; with a witness for each question that matters.
    pub(super) fn verdict(&mut self, facts: &Facts) -> (Verdict, Vec<Witness>) {
        let all = self.completions(facts);
        let (this, rs) = (&*self, self.rs);
        let worlds: Vec<(Vec<Mask>, &Row)> = all.into_iter().map(|(chosen, at)| (chosen, this.row(at))).collect();
        let statuses: Vec<Vec<Status>> = worlds
            .iter()
            .map(|(_, row)| rs.rules.iter().enumerate().map(|(i, r)| status(r, i, row, facts)).collect())
            .collect();
        let agreed: Vec<Status> =
            (0..rs.rules.len()).map(|r| one(statuses.iter().map(|s| s[r])).unwrap_or(Status::Undetermined)).collect();
        let applies: Vec<Option<bool>> = (0..rs.rules.len())
            .map(|r| match in_force(&rs.rules[r], facts) {
                Force::Not => Some(false),
                Force::Undetermined if agreed[r] == Status::NotApplicable => Some(false),
                Force::Undetermined => None,
                Force::Yes => one(worlds.iter().map(|(_, row)| row.when & 1 << r != 0)),
            })
            .collect();
        let derived =
            (0..rs.derived.len()).map(|d| worlds.iter().fold(0, |set, (_, row)| set | 1 << row.values[d])).collect();
        let myths = (0..rs.myths.len()).filter(|m| worlds.iter().all(|(_, row)| row.myths & 1 << m != 0)).collect();
        let told = |m: usize| one(worlds.iter().map(|(_, row)| row.myths & 1 << m != 0));
        let answered = |q: usize| facts.answers[q] != Answer::Absent;
        let moot = (0..rs.questions.len())
            .filter(|q| answered(*q) && worlds.iter().all(|(_, row)| row.arises & 1 << q == 0))
            .collect();
        let (witnesses, hinges, derived_hinges) = this.witnesses(facts, &worlds, &statuses);
        let matters = |wanted: &dyn Fn(Answer) -> bool| {
            witnesses.iter().map(|w| w.question).filter(|q| wanted(facts.answers[*q])).collect()
        };
        let verdict = Verdict {
            outcome: this.outcome(facts, &agreed, &applies),
            candidates: this.candidates(facts, &worlds),
            upcoming: this.upcoming(&worlds),
            open: matters(&|a| a == Answer::Absent),
            unknown: matters(&Answer::is_unknown),
            hinges,
            derived_hinges,
            statuses: agreed,
            applies,
            derived,
            myths,
            matters: (0..rs.myths.len()).map(told).collect(),
            moot,
        };
        (verdict, witnesses)
    }

    /// The questions that arise in some completion of the facts; and for each question its options that are open in some
    /// completion in which it arises.
    pub(super) fn possible(&mut self, facts: &Facts) -> (Mask, Vec<Mask>) {
        let all = self.completions(facts);
        let (mut arising, mut open) = (0, vec![0; self.rs.questions.len()]);
        for (_, at) in all {
            let row = self.row(at);
            arising |= row.arises;
            for (q, open) in open.iter_mut().enumerate().filter(|(q, _)| row.arises & 1 << q != 0) {
                *open |= row.open[q];
            }
        }
        (arising, open)
    }

    /// The outcome of every completion of the facts, all of it known.
    pub(super) fn outcomes(&mut self, facts: &Facts) -> Vec<Outcome> {
        let all = self.completions(facts);
        let full = |world: &[Mask]| super::facts::full(self.rs, facts, world);
        let known: Vec<Facts> = all.iter().map(|(world, _)| full(world)).collect();
        known.iter().map(|facts| self.verdict(facts).0.outcome).collect()
    }

    /// The options of a question that are open in some completion of the facts.
    pub(super) fn may_be_open(&mut self, facts: &Facts, question: usize) -> Mask {
        let all = self.completions(facts);
        all.iter().fold(0, |open, (_, at)| open | self.row(*at).open[question])
    }

    /// Every completion of the facts, with its row; the last question's answer changes fastest.
    fn completions(&mut self, facts: &Facts) -> Vec<(Vec<Mask>, usize)> {
        let mut all = vec![(Vec::new(), 0)];
        for (q, answer) in facts.answers.iter().enumerate() {
            let values = &self.values[q];
            let place = |set: &Mask| values.iter().position(|v| v == set).expect("a value of the question");
            let allowed = self.rs.allowed(q, *answer);
            let mut longer = Vec::with_capacity(all.len() * allowed.len());
            for (chosen, at) in &all {
                for set in &allowed {
                    longer.push(([chosen, [*set].as_slice()].concat(), at * values.len() + place(set)));
                }
            }
            all = longer;
        }
        for (chosen, at) in &all {
            if self.rows[*at].is_none() {
                self.rows[*at] = Some(Box::new(row(self.rs, chosen)));
            }
        }
        all
    }

    fn row(&self, at: usize) -> &Row {
        self.rows[at].as_deref().expect("filled by `completions`")
    }

    /// For each absent or unknown question that matters, two completions that show it; and what hangs on which question,
    /// by rule and by derived fact.
    fn witnesses(
        &self,
        facts: &Facts,
        worlds: &[(Vec<Mask>, &Row)],
        statuses: &[Vec<Status>],
    ) -> (Vec<Witness>, Vec<Mask>, Vec<Mask>) {
        let rs = self.rs;
        let shown: Vec<usize> = (0..rs.derived.len()).filter(|d| rs.derived[*d].shown).collect();
        let (mut of_rules, mut of_derived) = (vec![0; rs.rules.len()], vec![0; rs.derived.len()]);
        let sizes: Vec<usize> = facts.answers.iter().enumerate().map(|(q, a)| rs.allowed(q, *a).len()).collect();
        let mut found = Vec::new();
        for (q, answer) in facts.answers.iter().enumerate() {
            if rs.questions[q].kind == Kind::Text || !(*answer == Answer::Absent || answer.is_unknown()) {
                continue;
            }
            let stride: usize = sizes.iter().skip(q + 1).product();
            let mut witness = None;
            for at in 0..worlds.len() {
                // Every completion against the one that has the question's first answer and is otherwise the same.
                let first = at - (at / stride % sizes[q]) * stride;
                let rules = (0..rs.rules.len()).filter(|r| statuses[at][*r] != statuses[first][*r]);
                let derived = shown.iter().filter(|d| worlds[at].1.values[**d] != worlds[first].1.values[**d]);
                let (mut rules, mut derived) = (rules.peekable(), derived.peekable());
                if rules.peek().is_some() || derived.peek().is_some() {
                    witness.get_or_insert((first, at));
                }
                rules.for_each(|r| of_rules[r] |= 1 << q);
                derived.for_each(|d| of_derived[*d] |= 1 << q);
            }
            if let Some((before, after)) = witness {
                let (before, after) = (worlds[before].0.clone(), worlds[after].0.clone());
                found.push(Witness { question: q, before, after });
            }
        }
        (found, of_rules, of_derived)
    }

    fn candidates(&self, facts: &Facts, worlds: &[(Vec<Mask>, &Row)]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (q, question) in self.rs.questions.iter().enumerate().filter(|(_, q)| q.candidates) {
            let options = self.rs.lists[question.list].options.iter().enumerate();
            for (option, _) in options.filter(|(_, o)| o.candidate) {
                let open = |row: &Row| row.arises & 1 << q != 0 && row.open[q] & 1 << option != 0;
                if self.offered[q] & 1 << option != 0 && worlds.iter().any(|(_, row)| open(row)) {
                    let certain = worlds.iter().all(|(_, row)| open(row));
                    let named = match facts.answers[q] {
                        Answer::Known(set) | Answer::Partial(set) => set,
                        _ => 0,
                    };
                    found.push(Candidate { question: q, option, certain, chosen: named & 1 << option != 0 });
                }
            }
        }
        found
    }

    fn upcoming(&self, worlds: &[(Vec<Mask>, &Row)]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (q, question) in self.rs.questions.iter().enumerate().filter(|(_, q)| q.candidates) {
            let options = self.rs.lists[question.list].options.iter().enumerate();
            for (option, _) in options.filter(|(_, o)| o.candidate) {
                let waits = |row: &Row| row.arises & 1 << q != 0 && row.waiting[q] & 1 << option != 0;
                if worlds.iter().any(|(_, row)| waits(row)) {
                    found.push((q, option));
                }
            }
        }
        found
    }

    fn outcome(&self, facts: &Facts, statuses: &[Status], applies: &[Option<bool>]) -> Outcome {
        let unknown = facts.answers.iter().enumerate().filter(|(_, a)| a.is_unknown()).fold(0, |m, (q, _)| m | 1 << q);
        let any = |f: &dyn Fn(&Rule, usize) -> bool| self.rs.rules.iter().enumerate().any(|(i, r)| f(r, i));
        let is = |i: usize, status| statuses[i] == status;
        let before = |r: &Rule| r.level == Level::Must && r.due_after != Some(true);
        let screens = |r: &Rule, i| {
            let asked = self.reads[i] & unknown != 0;
            r.ends_questions && (is(i, Status::Applies) || is(i, Status::Undetermined) && asked)
        };
        if any(&screens) {
            Outcome::Screened
        } else if any(&|r, i| r.level == Level::MustNot && is(i, Status::Applies)) {
            Outcome::Stop
        } else if any(&|r, i| r.refer && is(i, Status::Applies)) {
            Outcome::Refer
        } else if any(&|r, i| r.level == Level::MustNot && is(i, Status::Undetermined))
            || any(&|r, i| (before(r) || r.refer) && applies[i].is_none())
            || any(&|r, i| r.refer && is(i, Status::Undetermined))
        {
            Outcome::Incomplete
        } else if any(&|r, i| before(r) && (is(i, Status::Applies) || is(i, Status::Undetermined))) {
            Outcome::ActFirst
        } else {
            Outcome::Ready
        }
    }
}

fn row(rs: &Ruleset, chosen: &[Mask]) -> Row {
    let world = World::new(rs, chosen);
    let set = |count: usize, f: &dyn Fn(usize) -> bool| (0..count).filter(|i| f(*i)).fold(0, |m, i| m | 1 << i);
    Row {
        arises: set(rs.questions.len(), &|q| world.arises(q)),
        open: (0..rs.questions.len()).map(|q| world.open(q)).collect(),
        waiting: (0..rs.questions.len()).map(|q| world.waiting(q)).collect(),
        when: set(rs.rules.len(), &|r| world.when(r)),
        met: set(rs.rules.len(), &|r| world.met(r)),
        values: (0..rs.derived.len()).map(|d| world.value(d)).collect(),
        myths: set(rs.myths.len(), &|m| world.holds(&rs.myths[m])),
    }
}

/// The one value that all have, if they agree.
fn one<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|v| v == first).then_some(first)
}

enum Force {
    Yes,
    Not,
    Undetermined,
}

fn in_force(rule: &Rule, facts: &Facts) -> Force {
    match rule.upcoming {
        None => Force::Yes,
        Some(Upcoming::From(day)) if facts.as_of >= day => Force::Undetermined,
        Some(_) => Force::Not,
    }
}

/// A rule's status under one completion.
fn status(rule: &Rule, at: usize, row: &Row, facts: &Facts) -> Status {
    let when = row.when & 1 << at != 0;
    match in_force(rule, facts) {
        Force::Not => return Status::NotApplicable,
        Force::Undetermined if when => return Status::Undetermined,
        _ => {}
    }
    let waivable = rule.level != Level::MustNot
        && match rule.basis {
            Basis::Law => false,
            Basis::Policy => rule.waivable_by,
            Basis::Guidance => true,
        };
    if !when {
        Status::NotApplicable
    } else if facts.done[at] && rule.met_when.is_none() && rule.level != Level::MustNot {
        Status::Done
    } else if waivable && facts.waivers[at].is_some_and(|expires| facts.as_of <= expires) {
        Status::Waived
    } else if row.met & 1 << at != 0 {
        Status::Met
    } else {
        Status::Applies
    }
}
