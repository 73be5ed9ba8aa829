//! What proofs look at and the engine does not: declarations of authors, and mistakes that authors make.

use super::Rng;
use super::ruleset::{Basis, Changeable, Cond, Level, Line, Ruleset};

pub(super) struct Declarations {
    pub(super) rng: Rng,
}

impl Declarations {
    /// Declares this and that of a ruleset, rightly or wrongly, and plants mistakes.
    pub(super) fn add(&mut self, rs: &mut Ruleset) {
        for question in &mut rs.questions {
            question.changeable =
                self.rng.pick(&[Changeable::Fixed, Changeable::Design, Changeable::Design, Changeable::Evidence]);
        }
        for option in rs.lists.iter_mut().skip(1).flat_map(|list| &mut list.options) {
            option.inert = self.rng.chance(15);
        }
        self.prohibit(rs);
        self.copy(rs);
        let waiting: Vec<usize> = (0..rs.questions.len()).filter(|q| rs.questions[*q].only_if.is_some()).collect();
        for rule in &mut rs.rules {
            rule.is_final = rule.level == Level::MustNot && self.rng.chance(35);
            if !waiting.is_empty() && self.rng.chance(25) {
                rule.even_unasked = self.rng.some(&waiting, 2);
            }
        }
    }

    /// Forbids what another rule speaks of, so that there are prohibitions in most rulesets.
    fn prohibit(&mut self, rs: &mut Ruleset) {
        for at in 0..self.rng.below(3) {
            let mut rule = self.rng.pick(&rs.rules);
            (rule.level, rule.met_when, rule.due_after) = (Level::MustNot, None, None);
            (rule.refer, rule.waivable_by, rule.ends_questions) = (false, false, false);
            (rule.bar, rule.id) = (None, format!("t{}.forbidden-{at}", rule.theme));
            rule.basis = if rule.basis == Basis::Guidance { Basis::Policy } else { rule.basis };
            rs.rules.push(rule);
        }
    }

    /// A rule that says the same as another, or nearly; a duty that is met by what is forbidden.
    fn copy(&mut self, rs: &mut Ruleset) {
        let (mut copy, other) = (self.rng.pick(&rs.rules), self.rng.pick(&rs.rules));
        if copy.ends_questions || other.ends_questions {
            return;
        }
        let both = |own: Option<Cond>, more: Cond| Some(Cond(vec![Line::All(own.into_iter().chain([more]).collect())]));
        match (self.rng.below(5), other.when) {
            (0, Some(when)) => copy.when = Some(when),
            (1, Some(when)) => copy.when = both(copy.when, when),
            (2, Some(when)) if copy.met_when.is_some() => copy.met_when = Some(when),
            (3, Some(when)) if copy.met_when.is_some() => copy.met_when = both(copy.met_when, when),
            _ => return,
        }
        (copy.bar, copy.id) = (None, format!("t{}.copy", copy.theme));
        rs.rules.push(copy);
    }
}
