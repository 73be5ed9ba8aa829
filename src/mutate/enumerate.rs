//! Every single change to a ruleset's rules.

use super::change::{Edit, Mutant, Operator, Site};
use super::conditions::{Changed, changes, place};
use super::words::line;
use crate::model::{Basis, Condition, Confidence, Due, Ix, Level, OptionIx, Rule, RuleIx, ThemeIx};
use crate::ruleset::Parts;

/// Every single change to the rules of a ruleset, in the order of its things. What is not in force yet is not changed: no
/// advice shows it.
#[must_use]
pub fn enumerate(parts: &Parts) -> Vec<Mutant> {
    let mut all = All { parts, found: Vec::new() };
    all.themes();
    all.questions();
    all.choices();
    all.derived();
    for (ix, myth) in parts.myths.iter() {
        for changed in changes(parts, &myth.when, true) {
            all.changed(Site::Myth(ix), changed, Edit::Condition);
        }
    }
    all.found
}

struct All<'p> {
    parts: &'p Parts,
    found: Vec<Mutant>,
}

impl All<'_> {
    fn changed(&mut self, site: Site, changed: Changed, edit: impl FnOnce(Condition) -> Edit) {
        let Changed { operator, words, place, condition } = changed;
        self.found.push(Mutant { site, place, operator, words, edit: edit(condition) });
    }

    fn themes(&mut self) {
        let parts = self.parts;
        for theme in parts.themes.ids() {
            let rules: Vec<(RuleIx, &Rule)> = parts.rules.iter().filter(|(_, rule)| rule.theme == theme).collect();
            let head = head(&rules).cloned();
            if let Some(head) = &head {
                self.head(theme, head, &rules);
            }
            for (ix, rule) in rules.into_iter().filter(|(_, rule)| rule.upcoming.is_none()) {
                self.when(ix, rule, head.as_ref());
                self.met(ix, rule);
                self.attributes(ix, rule);
            }
        }
    }

    /// The head of a file, changed in all its rules at once.
    fn head(&mut self, theme: ThemeIx, head: &Condition, rules: &[(RuleIx, &Rule)]) {
        for changed in changes(self.parts, head, true) {
            let when = |(ix, rule): &(RuleIx, &Rule)| {
                let own = own(rule, Some(head)).cloned();
                (*ix, joined(Some(&changed.condition), own))
            };
            let whens = rules.iter().map(when).collect();
            self.changed(Site::Head(theme), changed, |_| Edit::Whens(whens));
        }
    }

    fn when(&mut self, ix: RuleIx, rule: &Rule, head: Option<&Condition>) {
        let Some(own) = own(rule, head) else { return };
        for changed in changes(self.parts, own, true) {
            let when = joined(head, Some(changed.condition.clone()));
            self.changed(Site::When(ix), changed, |_| Edit::Whens(vec![(ix, when)]));
        }
    }

    fn met(&mut self, ix: RuleIx, rule: &Rule) {
        let Some(met) = &*rule.met_when else { return };
        let words = format!("`met-when: {{ {} }}` dropped", line(self.parts, met));
        let site = Site::Met(ix);
        let edit = Edit::Optional(None);
        self.found.push(Mutant { site, place: place(met), operator: Operator::MetDropped, words, edit });
        for changed in changes(self.parts, met, false) {
            self.changed(site, changed, |condition| Edit::Optional(Some(condition)));
        }
    }

    fn attributes(&mut self, ix: RuleIx, rule: &Rule) {
        let mut add = |operator, words: String, edit| {
            self.found.push(Mutant { site: Site::Rule(ix), place: rule.place, operator, words, edit });
        };
        for level in neighbours(rule.level).into_iter().filter(|level| allows(self.parts, rule, *level)) {
            let words = format!("level `{}` for `{}`", level.word(), rule.level.word());
            add(Operator::Level, words, Edit::Level(level));
        }
        // Roles that may waive a rule stand only where its basis is policy.
        for basis in [Basis::Law, Basis::Policy, Basis::Guidance] {
            if basis != rule.basis && rule.waivable_by.is_empty() {
                let words = format!("basis `{}` for `{}`", basis.word(), rule.basis.word());
                add(Operator::Basis, words, Edit::Basis(basis));
            }
        }
        if rule.level != Level::MustNot && rule.refer.is_none() {
            let (due, words) = match rule.due {
                Due::Before => (Due::After, "due `after` sharing for `before` it"),
                Due::After => (Due::Before, "due `before` sharing for `after` it"),
            };
            add(Operator::Due, words.to_owned(), Edit::Due(due));
        }
        if let Some(role) = rule.refer.filter(|_| !rule.ends_questions) {
            let role = self.parts.roles.get(role).map_or("", |role| role.id.as_str());
            add(Operator::ReferDropped, format!("`refer: {role}` dropped"), Edit::Refer(None));
        }
    }

    fn questions(&mut self) {
        for (ix, question) in self.parts.questions.iter() {
            if let Some(only_if) = &*question.only_if {
                self.gate(Site::Question(ix), only_if);
            }
        }
    }

    fn choices(&mut self) {
        // The options of an `each` list have a condition that nobody wrote.
        for (list, held) in self.parts.lists.iter().filter(|(_, list)| list.each.is_none()) {
            for (at, choice) in held.choices.iter().enumerate().filter(|(_, choice)| choice.upcoming.is_none()) {
                if let Some(only_if) = &*choice.only_if {
                    self.gate(Site::Choice(list, OptionIx::new(at)), only_if);
                }
            }
        }
    }

    fn gate(&mut self, site: Site, only_if: &Condition) {
        let words = format!("`only-if: {{ {} }}` dropped", line(self.parts, only_if));
        let edit = Edit::Optional(None);
        self.found.push(Mutant { site, place: place(only_if), operator: Operator::OnlyIfDropped, words, edit });
        for changed in changes(self.parts, only_if, false) {
            self.changed(site, changed, |condition| Edit::Optional(Some(condition)));
        }
    }

    fn derived(&mut self) {
        for (ix, fact) in self.parts.derived.iter() {
            for (at, case) in fact.cases.iter().enumerate() {
                for changed in case.when.iter().flat_map(|when| changes(self.parts, when, true)) {
                    self.changed(Site::Case(ix, at), changed, Edit::Condition);
                }
            }
            for (at, pair) in fact.cases.windows(2).enumerate() {
                let [first, second] = pair else { continue };
                // Of two cases with one value, the order does not matter; the last case has no condition.
                if first.value == second.value || second.when.is_none() {
                    continue;
                }
                let name = |value| fact.value(value).map_or("", |value| value.name.as_str());
                let words = format!("the case `{}` before the case `{}`", name(second.value), name(first.value));
                let (site, operator) = (Site::Cases(ix), Operator::CasesSwapped);
                self.found.push(Mutant { site, place: first.place, operator, words, edit: Edit::Order(at) });
            }
        }
    }
}

/// The condition at the head of the file in which these rules stand. With one rule, it is taken for the rule's own.
fn head<'r>(rules: &[(RuleIx, &'r Rule)]) -> Option<&'r Condition> {
    let (first, rest) = rules.split_first()?;
    if rest.is_empty() {
        return None;
    }
    let heads = |rule: &'r Rule| {
        let joined = match &*rule.when {
            Condition::All(of) if of.len() == 2 => of.first(),
            _ => None,
        };
        [Some(&*rule.when), joined].into_iter().flatten()
    };
    // Every test has a number of its own, so no two rules have the same condition but through the head.
    heads(first.1).find(|head| !head.tests().is_empty() && rest.iter().all(|(_, rule)| heads(rule).any(|h| h == *head)))
}

/// A rule's own condition, beside the head of its file.
fn own<'r>(rule: &'r Rule, head: Option<&Condition>) -> Option<&'r Condition> {
    match (head, &*rule.when) {
        (None, when) => Some(when),
        (Some(head), when) if head == when => None,
        (Some(_), Condition::All(of)) => of.get(1),
        (Some(_), _) => None,
    }
}

fn joined(head: Option<&Condition>, own: Option<Condition>) -> Condition {
    match (head.cloned(), own) {
        (Some(head), Some(own)) => Condition::All(vec![head, own]),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Condition::All(Vec::new()),
    }
}

fn neighbours(level: Level) -> Vec<Level> {
    match level {
        Level::MustNot => vec![Level::Must],
        Level::Must => vec![Level::MustNot, Level::Should],
        Level::Should => vec![Level::Must, Level::Could],
        Level::Could => vec![Level::Should],
    }
}

/// Whether the format lets a rule have this level, the rest of it unchanged.
fn allows(parts: &Parts, rule: &Rule, level: Level) -> bool {
    let sure = || rule.cites.iter().filter_map(|ix| parts.sources.get(*ix)).any(|s| s.confidence != Confidence::Low);
    match level {
        Level::MustNot => {
            rule.met_when.is_none()
                && rule.refer.is_none()
                && rule.due == Due::Before
                && rule.waivable_by.is_empty()
                && sure()
        }
        Level::Must => !rule.is_final && sure(),
        Level::Should => true,
        Level::Could => rule.refer.is_none(),
    }
}
