//! Rules that imply or equal one another: advice.
//!
//! Only rules that could be one, or of which one stands for the other, are compared, so that the list stays worth reading.
//! Rules are compared inside the screen; those that end the questions, upcoming ones and those that never apply are left out.
//!
//! - Rules of one level and one `due` that refer to the same role, or to none, *equal* one another where they apply in exactly
//!   the same circumstances, and either neither has a `met-when` or they are met in the same. Named once for all that equal
//!   each other, at the first (`rule-equals`).
//! - A rule *is implied* by another that applies wherever it does, and sometimes where it does not, if the other stands for it:
//!   both are of level `must-not`; or both refer to the same role; or both have a `met-when`, are of one level and one `due`,
//!   and wherever the first applies they are met in the same circumstances. It is not named for a rule that another one
//!   between the two stands for, nor beside equal rules for each of them: the first of them counts (`rule-implies`, at the rule
//!   that is implied).

use std::sync::Arc;

use super::examiner::Examiner;
use super::ground::Ground;
use super::tasks::Task;
use super::verification::Property;
use crate::finding::{Code, Finding};
use crate::logic::{FormulaId, OverBudget};
use crate::model::{Level, Rule, RuleIx};
use crate::proof::Proof;
use crate::ruleset::RuleFormulas;
use crate::text::quoted;

/// The statements of this property.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let Some(stated) = ground.stating(|_| ()) else { return Vec::new() };
    let stated = Arc::new(stated);
    let groups = groups(ground);
    let task = |group: Vec<RuleIx>| {
        let stated = Arc::clone(&stated);
        let weight = u64::try_from(group.len()).unwrap_or(1);
        let work = move |allowance| {
            let examiner = Examiner::new(ground, &stated, Property::Distinct, allowance);
            let mut comparison = Comparison { examiner, rules: group };
            comparison.compare();
            comparison.examiner.ledger
        };
        Task::new(Property::Distinct, work).weighing(weight)
    };
    groups.into_iter().map(task).collect()
}

/// Rules that can only equal or be implied by others of the same group.
fn groups(ground: &Ground<'_>) -> Vec<Vec<RuleIx>> {
    let mut groups: Vec<Vec<RuleIx>> = Vec::new();
    let considered = ground.parts().rules.iter().filter(|(_, rule)| !rule.ends_questions && rule.upcoming.is_none());
    for (ix, rule) in considered {
        let of = |other: &RuleIx| same_kind(ground.parts().rules.at(*other), rule);
        match groups.iter_mut().find(|group| group.first().is_some_and(of)) {
            Some(group) => group.push(ix),
            None => groups.push(vec![ix]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Whether the rules are of one kind: both prohibitions, or both refer to the same role, or neither and of one level and due.
fn same_kind(one: &Rule, other: &Rule) -> bool {
    let kind = |rule: &Rule| match (rule.level, rule.refer) {
        (Level::MustNot, _) => (None, None),
        (_, Some(role)) => (Some(role), None),
        (level, None) => (None, Some((level, rule.due, rule.met_when.is_some()))),
    };
    kind(one) == kind(other)
}

/// Whether another rule of its kind that applies wherever it does can stand for it. One that is settled by recording it is
/// settled by itself alone.
fn can_be_stood_for(rule: &Rule) -> bool {
    rule.level == Level::MustNot || rule.refer.is_some() || rule.met_when.is_some()
}

struct Comparison<'t> {
    examiner: Examiner<'t>,
    rules: Vec<RuleIx>,
}

impl<'t> Comparison<'t> {
    fn compare(&mut self) {
        let count = self.rules.len();
        let implied: Vec<Vec<bool>> = self.implications();
        let is = |at: usize, other: usize| implied.get(at).and_then(|row| row.get(other)).copied().unwrap_or(false);
        let rules: Vec<Option<&Rule>> = (0..count).map(|at| self.rule(at).map(|(_, rule)| rule)).collect();
        let rule = |at: usize| rules.get(at).copied().flatten();
        let level = |at: usize| rule(at).map(|rule| rule.level);
        let equal = |at: usize, other: usize| is(at, other) && is(other, at) && level(at) == level(other);
        let stood_for = |at: usize| rule(at).is_some_and(can_be_stood_for);
        let first = |at: usize| (0..at).all(|other| !equal(at, other));
        for at in (0..count).filter(|at| first(*at)) {
            let equals: Vec<usize> = (at + 1..count).filter(|other| equal(at, *other)).collect();
            if !equals.is_empty() {
                self.equal(at, &equals);
            }
            let above: Vec<usize> = (0..count)
                .filter(|other| stood_for(at) && is(at, *other) && !is(*other, at) && first(*other))
                .collect();
            for other in &above {
                let between = above.iter().any(|middle| is(*middle, *other) && !is(*other, *middle));
                if !between {
                    self.implied(at, *other);
                }
            }
        }
    }

    fn rule(&self, at: usize) -> Option<(RuleIx, &'t Rule)> {
        let ix = *self.rules.get(at)?;
        Some((ix, self.examiner.ground.parts().rules.at(ix)))
    }

    /// By number in the group: whether the first applies only where the second does, which stands for it.
    fn implications(&mut self) -> Vec<Vec<bool>> {
        let ground = self.examiner.ground;
        let formulas: Vec<RuleFormulas> = self.rules.iter().map(|ix| *ground.rules.at(*ix)).collect();
        let whens: Vec<FormulaId> = formulas.iter().map(|formulas| formulas.when).collect();
        let mut possible = vec![vec![true; whens.len()]; whens.len()];
        let mut implied = vec![vec![false; whens.len()]; whens.len()];
        for (at, one) in formulas.iter().enumerate() {
            let inside = (ground.inside, true);
            // A rule that never applies implies every other, and is named for that.
            let applies = self.examiner.prover.together(&[(one.when, true), inside]);
            let mut open = 0;
            for (to, other) in formulas.iter().enumerate().filter(|(to, _)| *to != at) {
                if applies == Proof::Never || !is_set(&possible, at, to) {
                    self.examiner.ledger.holds();
                    continue;
                }
                match self.stands_for(one, other, &whens, &mut possible) {
                    Proof::Sometimes if applies == Proof::NotProved => open += 1,
                    Proof::Sometimes => set(&mut implied, at, to),
                    Proof::Never => self.examiner.ledger.holds(),
                    Proof::NotProved => open += 1,
                }
            }
            self.open(at, open);
        }
        implied
    }

    /// Whether the first rule applies only where the second does, which stands for it: [`Proof::Never`] where that is proved
    /// to be wrong. Where an example shows that, it shows the same of other rules.
    fn stands_for(
        &mut self,
        one: &RuleFormulas,
        other: &RuleFormulas,
        whens: &[FormulaId],
        possible: &mut [Vec<bool>],
    ) -> Proof {
        let inside = (self.examiner.ground.inside, true);
        match self.examiner.prover.find(&[(one.when, true), (other.when, false), inside]) {
            Err(OverBudget) => return Proof::NotProved,
            Ok(None) => {}
            Ok(Some(example)) => {
                let truths = self.examiner.prover.truths(&example, whens);
                for (row, _) in possible.iter_mut().zip(&truths).filter(|(_, truth)| **truth) {
                    for (slot, _) in row.iter_mut().zip(&truths).filter(|(_, truth)| !**truth) {
                        *slot = false;
                    }
                }
                return Proof::Never;
            }
        }
        let (Some(met), Some(others)) = (one.met, other.met) else { return Proof::Sometimes };
        match self.examiner.prover.differ_where(met, others, &[(one.when, true), inside]) {
            Proof::Never => Proof::Sometimes,
            Proof::Sometimes => Proof::Never,
            Proof::NotProved => Proof::NotProved,
        }
    }

    /// Says of one rule that so many others were not shown to be distinct from it.
    fn open(&mut self, at: usize, count: usize) {
        let Some((_, rule)) = self.rule(at).filter(|_| count > 0) else { return };
        let statement = format!("that rule {} is implied by no other that stands for it", quoted(&rule.id));
        self.examiner.ledger.open(rule.place, &statement);
        (1..count).for_each(|_| self.examiner.ledger.fails_too());
    }

    fn equal(&mut self, at: usize, equals: &[usize]) {
        let Some((_, rule)) = self.rule(at) else { return };
        let others: Vec<(String, crate::text::Place)> =
            equals.iter().filter_map(|at| self.rule(*at)).map(|(_, rule)| (quoted(&rule.id), rule.place)).collect();
        let names: Vec<&str> = others.iter().map(|(name, _)| name.as_str()).collect();
        let message =
            format!("rule {} applies in exactly the same circumstances as {}", quoted(&rule.id), names.join(" and "));
        let finding = Finding::new(Code::RuleEquals, message).at(rule.place);
        let finding =
            others.iter().fold(finding, |finding, (_, place)| finding.related(*place, "the same circumstances"));
        self.examiner.ledger.fails(finding.help("consider one rule with the steps and sources of all"), None);
        (1..equals.len()).for_each(|_| self.examiner.ledger.fails_too());
    }

    fn implied(&mut self, at: usize, other: usize) {
        let (Some((_, rule)), Some((_, other))) = (self.rule(at), self.rule(other)) else { return };
        let message = format!("rule {} applies only where {} applies too", quoted(&rule.id), quoted(&other.id));
        let help = match (rule.level, rule.refer) {
            (Level::MustNot, _) => {
                "the other stops it anyway: keep this rule only if its reason or its steps help people"
            }
            (_, Some(_)) => {
                "the other sends people to the same role anyway: keep this rule only if its reason or its steps help"
            }
            _ => "the other asks for the same anyway: keep this rule only if its reason or its steps help people",
        };
        let finding = Finding::new(Code::RuleImplies, message)
            .at(rule.place)
            .related(other.place, "applies wherever it does")
            .help(help);
        self.examiner.ledger.fails(finding, None);
    }
}

fn is_set(rows: &[Vec<bool>], at: usize, to: usize) -> bool {
    rows.get(at).and_then(|row| row.get(to)).copied().unwrap_or(false)
}

fn set(rows: &mut [Vec<bool>], at: usize, to: usize) {
    if let Some(slot) = rows.get_mut(at).and_then(|row| row.get_mut(to)) {
        *slot = true;
    }
}
