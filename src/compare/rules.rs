//! Rules by meaning.

use super::change::{Change, Comparison, Direction, Kind, Reach, Renamed, Verdict, Way};
use super::ground::Side;
use super::judge::{Judge, Question};
use super::lowered::{Lowered, States};
use super::words::Words;
use super::{attributes, causes, cites, wording};
use crate::model::{Rule, RuleIx, Status};
use crate::ruleset::Parts;

/// The states of a rule, in the order of [`super::lowered`].
const STATES: [Status; 3] = [Status::NotApplicable, Status::Met, Status::Applies];

/// The ways in which a rule's status can differ, and the pairs of states that show each.
const WAYS: [Question; 4] = [
    Question { way: Way::More, wanted: [(0, true), (0, false)], shown_by: &[(0, 2), (0, 1)] },
    Question { way: Way::Harder, wanted: [(1, true), (2, true)], shown_by: &[(1, 2)] },
    Question { way: Way::Fewer, wanted: [(0, false), (0, true)], shown_by: &[(2, 0), (1, 0)] },
    Question { way: Way::Easier, wanted: [(2, true), (1, true)], shown_by: &[(2, 1)] },
];

/// The most pairs of an ended and a new rule that are proved to be of one effect.
const MOST_PAIRS: usize = 400;

/// Adds the changes of rules, before all others.
pub(super) fn compare(judge: &mut Judge<'_>, of_a: &Lowered, of_b: &Lowered, comparison: &mut Comparison) {
    let (a, b) = (judge.ground.parts(Side::Before), judge.ground.parts(Side::After));
    let rest = std::mem::take(&mut comparison.changes);
    let mut rules = Vec::new();
    let (mut ended, mut new) = (Vec::new(), Vec::new());
    for (ix, rule) in b.rules.iter() {
        let Some(states) = of_b.rule(ix) else { continue };
        let old = a.rules.find(|old| old.id == rule.id);
        let Some((at, old, before)) = old.and_then(|at| Some((at, a.rules.get(at)?, of_a.rule(at)?))) else {
            new.push((rule, states));
            rules.push(alone(judge, rule, states, false));
            continue;
        };
        let change = Pair { a, b, old, new: rule }.change(judge, [before, states], &rest, (at, ix));
        comparison.unchanged_rules += usize::from(change.is_none());
        rules.extend(change);
    }
    for (ix, rule) in a.rules.iter().filter(|(_, rule)| b.rules.find(|new| new.id == rule.id).is_none()) {
        let Some(states) = of_a.rule(ix) else { continue };
        ended.push((rule, states));
        rules.push(alone(judge, rule, states, true));
    }
    comparison.renamed = renamed(judge, &ended, &new);
    rules.extend(rest);
    comparison.changes = rules;
}

/// A rule that one version has alone.
fn alone(judge: &mut Judge<'_>, rule: &Rule, states: &States, ended: bool) -> Change {
    let verdict = if ended { Verdict::Ended } else { Verdict::New };
    let mut change = Change::new(Kind::Rule, &rule.id, &rule.title, verdict);
    change.level = Some((rule.level, rule.basis));
    let absent = States::absent(states);
    let labels = STATES.map(Status::word);
    let of = |way: Way| WAYS.iter().position(|question| question.way == way);
    let way = of(if ended { Way::Fewer } else { Way::More });
    let questions = way.and_then(|at| WAYS.get(at..=at)).unwrap_or(&[]);
    let (states, told) = if ended { ([states, &absent], [true, false]) } else { ([&absent, states], [false, true]) };
    let findings = judge.ways(states, questions, told, &labels);
    change.shifts = findings.shifts;
    change.unproved = findings.unproved;
    let parts = |side| judge.ground.parts(side);
    change.sources = if ended {
        cites::compare((parts(Side::Before), &rule.cites), (parts(Side::After), &[]))
    } else {
        cites::compare((parts(Side::Before), &[]), (parts(Side::After), &rule.cites))
    };
    change
}

/// A rule that both versions have.
struct Pair<'r> {
    a: &'r Parts,
    b: &'r Parts,
    old: &'r Rule,
    new: &'r Rule,
}

impl Pair<'_> {
    /// The change; none where nothing changed.
    fn change(
        &self,
        judge: &mut Judge<'_>,
        states: [&States; 2],
        rest: &[Change],
        (before, after): (RuleIx, RuleIx),
    ) -> Option<Change> {
        let mut change = Change::new(Kind::Rule, &self.new.id, &self.new.title, Verdict::Reworded);
        change.level = Some((self.new.level, self.new.basis));
        let findings = judge.ways(states, &WAYS, [true, true], &STATES.map(Status::word));
        change.shifts = findings.shifts;
        change.unproved = findings.unproved;
        change.attributes = attributes::compare((self.a, self.old), (self.b, self.new));
        change.words = self.words();
        change.sources = cites::compare((self.a, &self.old.cites), (self.b, &self.new.cites));
        change.verdict = verdict(&change);
        change.effect = change.verdict != Verdict::Reworded;
        if !change.shifts.is_empty() || !change.unproved.is_empty() {
            let mut read = causes::of_rule(self.a, before);
            read.extend(causes::of_rule(self.b, after));
            change.causes = causes::among(rest, &read, change.reach());
        }
        let same = change.verdict == Verdict::Reworded && change.words.is_empty() && change.sources.is_empty();
        (!same || !change.attributes.is_empty()).then_some(change)
    }

    fn words(&self) -> Vec<super::WordChange> {
        let (old, new) = (self.old, self.new);
        let mut words = Words::default();
        words.text("when", &wording::condition(self.a, &old.when), &wording::condition(self.b, &new.when));
        let met = |parts: &Parts, rule: &Rule| rule.met_when.as_ref().map(|met| wording::condition(parts, met));
        words.optional("met-when", met(self.a, old), met(self.b, new));
        words.text("title", &old.title, &new.title);
        words.text("because", &old.because, &new.because);
        words.optional("otherwise", (*old.otherwise).clone(), (*new.otherwise).clone());
        words.optional("steps", wording::steps(self.a, &old.steps), wording::steps(self.b, &new.steps));
        let theme = |parts: &Parts, rule: &Rule| parts.themes.get(rule.theme).map(|theme| theme.title.clone());
        words.optional("theme", theme(self.a, old), theme(self.b, new));
        let unasked = |parts: &Parts, rule: &Rule| {
            let ids = rule.even_unasked.iter().filter_map(|ix| parts.questions.get(*ix));
            let ids: Vec<&str> = ids.map(|question| question.id.as_str()).collect();
            (!ids.is_empty()).then(|| ids.join(", "))
        };
        words.optional("even-unasked", unasked(self.a, old), unasked(self.b, new));
        words.0
    }
}

/// What became of a rule that both versions have.
fn verdict(change: &Change) -> Verdict {
    let one_sided = change.shifts.first().is_some_and(|shift| shift.reach != Reach::Both);
    let ways = change.shifts.iter().filter(|shift| shift.reach == Reach::Both).map(|shift| match shift.way {
        Way::More | Way::Harder => Direction::Stricter,
        Way::Fewer | Way::Easier => Direction::Looser,
        Way::Other => Direction::Neither,
    });
    // Whether it is declared final says nothing of what it asks for.
    let attributes = change.attributes.iter().filter(|attribute| attribute.name != "final");
    let directions: Vec<Direction> = ways.chain(attributes.map(|attribute| attribute.direction)).collect();
    let stricter = directions.contains(&Direction::Stricter);
    let looser = directions.contains(&Direction::Looser);
    match (stricter, looser) {
        (true, true) => Verdict::BothWays,
        (true, false) => Verdict::Stricter,
        (false, true) => Verdict::Looser,
        (false, false) if !directions.is_empty() => Verdict::Changed,
        (false, false) if !change.unproved.is_empty() => Verdict::NotProved,
        (false, false) if one_sided => Verdict::OneSided,
        (false, false) => Verdict::Reworded,
    }
}

type Alone<'r> = (&'r Rule, &'r States);

/// Pairs of an ended and a new rule of the same level whose states are proved to be the same. A rule that never applies is
/// like every other of its kind, and says nothing.
fn renamed(judge: &mut Judge<'_>, ended: &[Alone<'_>], new: &[Alone<'_>]) -> Vec<Renamed> {
    let mut found: Vec<Renamed> = Vec::new();
    let few = ended.len() * new.len() <= MOST_PAIRS;
    for (old, before) in ended {
        for (rule, after) in new {
            let taken = found.iter().any(|pair| pair.after == rule.id);
            if taken || old.level != rule.level || !judge.can_be(before, &[1, 2]) {
                continue;
            }
            let same = before.plain == after.plain || (few && judge.same(before, after));
            if same {
                found.push(Renamed { before: old.id.clone(), after: rule.id.clone() });
                break;
            }
        }
    }
    found
}
