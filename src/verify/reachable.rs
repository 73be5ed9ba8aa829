//! Everything can be reached.
//!
//! - A rule's `when` holds for some combination of answers inside the screen (`rule-never-applies`), its `met-when` holds for
//!   some where its `when` does (`rule-never-met`), and fails for some where its `when` does (`rule-never-outstanding`; the
//!   last only where it is ever met). A rule that ends the questions need not be inside. A rule that never applies is named
//!   for that alone. An upcoming rule is held to the same: it is to be in force one day.
//! - Each case of a derived fact is the first that holds for some combination (`case-never-holds`).
//! - Each question arises for some combination (`question-never-arises`).
//! - Each option with an `only-if` that is not upcoming is open for some combination, in some question that uses its list
//!   and arises (`option-never-open`). An option that follows another question by `each` is named only where its own leader
//!   can be open.
//! - Each myth's `when` holds for some combination (`myth-never-answered`).
//!
//! No exchange shows that something is never so, so there is no example. Where a condition is a conjunction, a smallest set of
//! its lines is named that cannot hold together.

use std::sync::Arc;

use super::examiner::Examiner;
use super::ground::{Ground, Stated};
use super::lines::{lines, place_of};
use super::tasks::{Task, divided};
use super::verification::Property;
use crate::compile::Lowering;
use crate::finding::{Code, Finding};
use crate::logic::FormulaId;

use crate::model::{Condition, DerivedIx, Ix, ListIx, MythIx, QuestionIx, RuleIx};
use crate::proof::Proof;
use crate::text::{Place, quoted};

/// A line of a condition.
#[derive(Debug, Clone, Copy)]
struct Line {
    place: Option<Place>,
    formula: FormulaId,
}

/// The lines of every condition that something waits for.
#[derive(Debug)]
struct Lines {
    rules: Vec<Vec<Line>>,
    met: Vec<Vec<Line>>,
    cases: Vec<Vec<Vec<Line>>>,
    questions: Vec<Vec<Line>>,
    options: Vec<Vec<Vec<Line>>>,
    myths: Vec<Vec<Line>>,
}

/// Something that is to be reached.
#[derive(Debug, Clone, Copy)]
enum Goal {
    Rule(RuleIx),
    Case(DerivedIx, usize),
    Question(QuestionIx),
    Option(ListIx, usize),
    Myth(MythIx),
}

/// The statements of this property.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let Some(stated) = ground.stating(|lowering| Lines::of(ground, lowering)) else { return Vec::new() };
    let (stated, goals) = (Arc::new(stated), Arc::new(goals(ground)));
    let task = |range: std::ops::Range<usize>| {
        let (stated, goals) = (Arc::clone(&stated), Arc::clone(&goals));
        let work = move |allowance| {
            let mut seeker =
                Seeker { examiner: Examiner::new(ground, &stated, Property::Reachable, allowance), stated: &stated };
            for goal in goals.get(range).unwrap_or(&[]) {
                seeker.seek(*goal);
            }
            seeker.examiner.ledger
        };
        Task::new(Property::Reachable, work)
    };
    divided(goals.len()).map(task).collect()
}

fn goals(ground: &Ground<'_>) -> Vec<Goal> {
    let parts = ground.parts();
    let cases = parts.derived.iter().flat_map(|(ix, fact)| (0..fact.cases.len()).map(move |at| Goal::Case(ix, at)));
    let options = parts.lists.iter().flat_map(|(ix, list)| {
        let gated =
            list.choices.iter().enumerate().filter(|(_, choice)| choice.upcoming.is_none() && choice.only_if.is_some());
        gated.map(move |(at, _)| Goal::Option(ix, at))
    });
    let questions = parts.questions.iter().filter(|(_, question)| question.only_if.is_some());
    let mut goals: Vec<Goal> = parts.rules.ids().map(Goal::Rule).collect();
    goals.extend(cases);
    goals.extend(questions.map(|(ix, _)| Goal::Question(ix)));
    goals.extend(options);
    goals.extend(parts.myths.ids().map(Goal::Myth));
    goals
}

impl Lines {
    fn of(ground: &Ground<'_>, lowering: &mut Lowering<'_>) -> Self {
        let parts = ground.parts();
        let mut read = |condition: Option<&Condition>| -> Vec<Line> {
            let lines = condition.map_or_else(Vec::new, lines);
            lines.into_iter().map(|line| Line { place: place_of(line), formula: lowering.condition(line) }).collect()
        };
        Self {
            rules: parts.rules.iter().map(|(_, rule)| read(Some(&rule.when))).collect(),
            met: parts.rules.iter().map(|(_, rule)| read(rule.met_when.as_ref())).collect(),
            cases: parts
                .derived
                .iter()
                .map(|(_, fact)| fact.cases.iter().map(|case| read(case.when.as_ref())).collect())
                .collect(),
            questions: parts.questions.iter().map(|(_, question)| read(question.only_if.as_ref())).collect(),
            options: parts
                .lists
                .iter()
                .map(|(_, list)| list.choices.iter().map(|choice| read(choice.only_if.as_ref())).collect())
                .collect(),
            myths: parts.myths.iter().map(|(_, myth)| read(Some(&myth.when))).collect(),
        }
    }
}

/// Looks for a combination of answers that reaches each goal.
struct Seeker<'t> {
    examiner: Examiner<'t>,
    stated: &'t Stated<Lines>,
}

impl Seeker<'_> {
    fn seek(&mut self, goal: Goal) {
        match goal {
            Goal::Rule(ix) => self.rule(ix),
            Goal::Case(ix, at) => self.case(ix, at),
            Goal::Question(ix) => self.question(ix),
            Goal::Option(list, at) => self.option(list, at),
            Goal::Myth(ix) => self.myth(ix),
        }
    }

    fn rule(&mut self, ix: RuleIx) {
        let ground = self.examiner.ground;
        let rule = ground.parts().rules.at(ix);
        let formulas = *ground.rules.at(ix);
        let (id, place) = (quoted(&rule.id), rule.place);
        let region = (ground.where_rule(rule), true);
        let applies = (formulas.when, true);
        if self.examiner.cannot(&[applies, region], place, || format!("that rule {id} can apply")) {
            let lines = line_list(&self.stated.what.rules, ix.index());
            let finding =
                Finding::new(Code::RuleNeverApplies, format!("no combination of answers makes rule {id} apply"));
            return self.unreachable(finding.at(place), &lines, &[region]);
        }
        let Some(met) = formulas.met else { return };
        if self.examiner.cannot(&[(met, true), region], place, || format!("that rule {id} can be met")) {
            let lines = line_list(&self.stated.what.met, ix.index());
            let message = format!("no combination of answers meets rule {id} where it applies");
            let finding = Finding::new(Code::RuleNeverMet, message).at(place);
            return self.unreachable(finding, &lines, &[applies, region]);
        }
        let outstanding = [applies, (met, false), region];
        if self.examiner.cannot(&outstanding, place, || format!("that rule {id} can be outstanding")) {
            let message = format!("rule {id} is met wherever it applies, so it never asks for anything");
            let finding = Finding::new(Code::RuleNeverOutstanding, message)
                .at(place)
                .help("say in `met-when` what is still to be done where the rule applies, or take the rule out");
            self.examiner.ledger.fails(finding, None);
        }
    }

    fn case(&mut self, ix: DerivedIx, at: usize) {
        let ground = self.examiner.ground;
        let fact = ground.parts().derived.at(ix);
        let Some((case, one)) =
            fact.cases.get(at).zip(ground.scope.cases.get(ix.index()).and_then(|cases| cases.get(at)))
        else {
            return;
        };
        let region = (ground.where_fact(ix), true);
        let value = fact.value(case.value).map_or_else(String::new, |value| quoted(&value.name));
        let id = quoted(&fact.id);
        if self
            .examiner
            .cannot(&[(*one, true), region], case.place, || format!("that {id} can be {value} by this case"))
        {
            let message =
                format!("this case of {id} is never the one: no combination of answers makes it {value} here");
            let finding = Finding::new(Code::CaseNeverHolds, message).at(case.place);
            let lines =
                self.stated.what.cases.get(ix.index()).and_then(|cases| cases.get(at)).cloned().unwrap_or_default();
            let own: Vec<FormulaId> = lines.iter().map(|line| line.formula).collect();
            let wanted: Vec<(FormulaId, bool)> = own.iter().map(|line| (*line, true)).chain([region]).collect();
            if self.examiner.prover.together(&wanted) == Proof::Never {
                return self.unreachable(finding, &lines, &[region]);
            }
            let finding = finding.help("earlier cases cover it: move it up, or take it out");
            self.examiner.ledger.fails(finding, None);
        }
    }

    fn question(&mut self, ix: QuestionIx) {
        let ground = self.examiner.ground;
        let question = ground.parts().questions.at(ix);
        let (id, place) = (quoted(&question.id), question.place);
        let region = (ground.where_question(ix), true);
        let wanted = [(ground.arises(ix), true), region];
        if self.examiner.cannot(&wanted, place, || format!("that question {id} can arise")) {
            let message = format!("no combination of answers makes question {id} arise");
            let lines = line_list(&self.stated.what.questions, ix.index());
            self.unreachable(Finding::new(Code::QuestionNeverArises, message).at(place), &lines, &[region]);
        }
    }

    /// Open in some question that uses the list. A list that no question uses is a fault of the ruleset.
    fn option(&mut self, list: ListIx, at: usize) {
        let ground = self.examiner.ground;
        let parts = ground.parts();
        let Some(choice) = parts.lists.at(list).choices.get(at) else { return };
        let opens = ground.scope.openings.get(list.index()).and_then(|list| list.get(at)).copied().flatten();
        let Some(opens) = opens else { return };
        if parts.lists.at(list).each.is_some_and(|leader| self.leader_closed(leader, &choice.id)) {
            return;
        }
        let users: Vec<QuestionIx> =
            parts.questions.iter().filter(|(_, question)| question.list == Some(list)).map(|(ix, _)| ix).collect();
        let mut open = false;
        for user in &users {
            let wanted = [(ground.arises(*user), true), (opens, true), (ground.where_question(*user), true)];
            match self.examiner.prover.together(&wanted) {
                Proof::Sometimes => return self.examiner.ledger.holds(),
                Proof::Never => {}
                Proof::NotProved => open = true,
            }
        }
        let id = quoted(&choice.id);
        if open {
            return self.examiner.ledger.open(choice.place, &format!("that option {id} can be open"));
        }
        let finding = Finding::new(Code::OptionNeverOpen, format!("no combination of answers opens option {id}"));
        let lines =
            self.stated.what.options.get(list.index()).and_then(|list| list.get(at)).cloned().unwrap_or_default();
        let others: Vec<(FormulaId, bool)> = match users.as_slice() {
            [only] => vec![(ground.arises(*only), true), (ground.where_question(*only), true)],
            _ => Vec::new(),
        };
        self.unreachable(finding.at(choice.place), &lines, &others);
    }

    /// Whether the option of the same id in the question that leads is never open itself.
    fn leader_closed(&mut self, leader: QuestionIx, id: &str) -> bool {
        let ground = self.examiner.ground;
        let parts = ground.parts();
        let Some(at) = parts.choices(leader).iter().position(|choice| choice.id == id) else { return false };
        let Some(list) = parts.questions.at(leader).list else { return false };
        let opens = ground.scope.openings.get(list.index()).and_then(|list| list.get(at)).copied().flatten();
        let wanted = [
            (ground.arises(leader), true),
            (opens.unwrap_or(FormulaId::FALSE), true),
            (ground.where_question(leader), true),
        ];
        self.examiner.prover.together(&wanted) == Proof::Never
    }

    fn myth(&mut self, ix: MythIx) {
        let ground = self.examiner.ground;
        let myth = ground.parts().myths.at(ix);
        let (id, place) = (quoted(&myth.id), myth.place);
        let region = (ground.inside, true);
        let wanted = [(*ground.myths.at(ix), true), region];
        if self.examiner.cannot(&wanted, place, || format!("that myth {id} can be answered")) {
            let message = format!("no combination of answers makes myth {id} matter");
            let lines = line_list(&self.stated.what.myths, ix.index());
            self.unreachable(Finding::new(Code::MythNeverAnswered, message).at(place), &lines, &[region]);
        }
    }

    /// Writes down something that is never so, with the lines that cannot hold together.
    fn unreachable(&mut self, finding: Finding, lines: &[Line], others: &[(FormulaId, bool)]) {
        let formulas: Vec<FormulaId> = lines.iter().map(|line| line.formula).collect();
        let wanted: Vec<(FormulaId, bool)> =
            formulas.iter().map(|line| (*line, true)).chain(others.iter().copied()).collect();
        let all = self.examiner.prover.together(&wanted) == Proof::Never;
        let kept = if all { self.examiner.conflict(&formulas, others) } else { Vec::new() };
        let places: Vec<Place> = kept.iter().filter_map(|at| lines.get(*at)).filter_map(|line| line.place).collect();
        let help = match places.len() {
            0 => "no answers can bring it about: change what it waits for, or take it out",
            1 => "this line can never hold here: change it, or take it out",
            _ => "these lines can never hold together: change one of them, or take it out",
        };
        let label = if places.len() == 1 { "this never holds" } else { "not together with the others" };
        let finding = places.into_iter().fold(finding, |finding, place| finding.related(place, label));
        self.examiner.ledger.fails(finding.help(help), None);
    }
}

fn line_list(lists: &[Vec<Line>], at: usize) -> Vec<Line> {
    lists.get(at).cloned().unwrap_or_default()
}
