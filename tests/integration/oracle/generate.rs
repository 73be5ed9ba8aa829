//! Random rulesets that are valid by `docs/rulesets.md`: small enough to try every completion, with every form in them.

use std::ops::Range;

use super::Rng;
use super::conditions::Scope;
use super::declarations::Declarations;
use super::ruleset::{
    Basis, Changeable, Choice, Cond, Day, Derived, HAS_CONDITIONS, Item, Kind, Level, Line, List, Question, Rule,
    Ruleset, Test, Theme, Upcoming, YES_NO,
};

/// The day on which generated rules and options come into force, if one is appointed.
pub(super) const FROM: Day = (2027, 4, 1);
/// The most answers that all questions together can have.
const MOST_COMPLETIONS: usize = 40_000;
/// The same where everything is tried.
const MOST_COMPLETIONS_OF_SMALL: usize = 400;

/// The same where whole interviews are held.
const MOST_COMPLETIONS_OF_MIDDLING: usize = 600;

/// A valid random ruleset; the same for the same seed.
pub(super) fn ruleset(seed: u64) -> Ruleset {
    of_size(seed, 4..10, MOST_COMPLETIONS)
}

/// A valid random ruleset so small that everything that can be said of it can be found by trying.
pub(super) fn small(seed: u64) -> Ruleset {
    let mut rs = of_size(seed, 2..6, MOST_COMPLETIONS_OF_SMALL);
    Declarations { rng: Rng(seed ^ 0xdec1_a2a7) }.add(&mut rs);
    rs
}

/// A valid random ruleset for whole interviews, at each step of which every completion is looked at.
pub(super) fn middling(seed: u64) -> Ruleset {
    of_size(seed, 4..9, MOST_COMPLETIONS_OF_MIDDLING)
}

fn of_size(seed: u64, questions: Range<usize>, most: usize) -> Ruleset {
    let rng = Rng(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x51);
    let mut maker = Maker { rng, rs: Ruleset { seed, ..Ruleset::default() }, asked: questions, most };
    maker.start();
    maker.questions();
    maker.rules();
    maker.finish();
    maker.rs
}

struct Maker {
    rng: Rng,
    rs: Ruleset,
    /// How many questions are wanted.
    asked: Range<usize>,
    /// The most answers that all questions together can have.
    most: usize,
}

impl Maker {
    fn start(&mut self) {
        self.rs.tags = ["has-conditions", "big", "live", "abroad"].map(String::from).to_vec();
        let choice = |id: &str| Choice {
            id: id.into(),
            tags: vec![],
            candidate: true,
            only_if: None,
            conditions: false,
            upcoming: None,
            inert: false,
        };
        self.rs.lists.push(List { file: None, options: vec![choice("yes"), choice("no")] });
        debug_assert!(self.rs.tags[HAS_CONDITIONS] == "has-conditions" && self.rs.lists.len() == YES_NO + 1);
    }

    /// What a condition may read that stands before the next question.
    fn scope(&self) -> Scope<'_> {
        let is_fact = |q: &usize| self.rs.questions[*q].kind != Kind::Text;
        Scope {
            rs: &self.rs,
            questions: (0..self.rs.questions.len()).filter(is_fact).collect(),
            derived: (0..self.rs.derived.len()).collect(),
        }
    }

    fn condition(&mut self, low: usize, high: usize) -> Cond {
        let mut rng = Rng(self.rng.next());
        self.scope().condition(&mut rng, low, high)
    }

    /// Questions in asking order, with derived facts between them: these read what stands before, so all may use them.
    fn questions(&mut self) {
        let wanted = self.asked.start + self.rng.below(self.asked.len());
        let mut section = 0;
        while self.rs.questions.len() < wanted {
            if self.rng.chance(25) {
                section += 1;
            }
            let at = self.rs.questions.len();
            let letter = char::from(b'a' + u8::try_from(at).unwrap_or(25));
            let arises_always = self.scope().is_empty() || self.rng.chance(55);
            let only_if = (!arises_always).then(|| self.condition(25, 85));
            let id = format!("s{section}.{letter}{}", ["", "-q", ".x"][self.rng.below(3)]);
            let question = Question {
                id,
                section,
                kind: Kind::YesNo,
                list: YES_NO,
                each: None,
                only_if,
                candidates: false,
                changeable: Changeable::Fixed,
            };
            let question = self.kind(question);
            self.rs.questions.push(question);
            let size: usize = (0..=at).map(|q| self.rs.values(q).len()).product();
            if size > self.most {
                self.rs.questions.pop();
                break;
            }
            if at > 0 && self.rs.derived.len() < 4 && self.rng.chance(30) && !self.scope().is_empty() {
                self.derived();
            }
        }
        // The last question may have been too large, and have taken a list of its own.
        let used: Vec<usize> = self.rs.questions.iter().map(|q| q.list).collect();
        while self.rs.lists.len() > YES_NO + 1 && !used.contains(&(self.rs.lists.len() - 1)) {
            self.rs.lists.pop();
        }
    }

    fn kind(&mut self, mut q: Question) -> Question {
        let with_conditions: Vec<usize> = (0..self.rs.questions.len())
            .filter(|i| self.rs.questions[*i].each.is_none())
            .filter(|i| self.rs.tagged(self.rs.questions[*i].list, HAS_CONDITIONS) != 0)
            .collect();
        let shared: Vec<usize> = (0..self.rs.lists.len()).filter(|l| self.rs.lists[*l].file.is_some()).collect();
        if !with_conditions.is_empty() && self.rng.chance(30) {
            let of = self.rng.pick(&with_conditions);
            (q.kind, q.each, q.list) = (Kind::AnyOf, Some(of), self.rs.questions[of].list);
            q.candidates = self.rng.chance(20);
            return q;
        }
        if !shared.is_empty() && self.rng.chance(30) {
            q.kind = [Kind::OneOf, Kind::AnyOf][self.rng.below(2)];
            q.list = self.rng.pick(&shared);
            q.candidates = self.rng.chance(30);
            return q;
        }
        q.kind = [Kind::YesNo, Kind::YesNo, Kind::OneOf, Kind::OneOf, Kind::AnyOf, Kind::AnyOf, Kind::AnyOf]
            [self.rng.below(7)];
        if self.rng.chance(5) {
            q.kind = Kind::Text;
        }
        if matches!(q.kind, Kind::OneOf | Kind::AnyOf) {
            q.candidates = self.rng.chance(35);
            q.list = self.rs.lists.len();
            let list = self.list(q.kind);
            self.rs.lists.push(list);
        }
        q
    }

    fn list(&mut self, kind: Kind) -> List {
        let letter = char::from(b'a' + u8::try_from(self.rs.lists.len()).unwrap_or(25));
        let file = self.rng.chance(40).then(|| format!("list-{letter}"));
        let one_of_alone = kind == Kind::OneOf && file.is_none();
        let count = if kind == Kind::OneOf { 2 + self.rng.below(3) } else { [1, 2, 2, 3, 3, 4][self.rng.below(6)] };
        let closable = !self.scope().is_empty() && self.rng.chance(65);
        let mut options = Vec::new();
        for i in 0..count {
            // Text is what was written: `no` is Norway, and `none` is a word like any other where one is chosen.
            let id = match i {
                0 if self.rng.chance(8) => "no".to_owned(),
                1 if one_of_alone && self.rng.chance(15) => "none".to_owned(),
                _ => format!("{letter}{i}"),
            };
            let tags: Vec<usize> = (1..self.rs.tags.len()).filter(|_| self.rng.chance(30)).collect();
            let only_if = (closable && self.rng.chance(50)).then(|| self.condition(20, 80));
            let conditions = id != "none" && self.rng.chance(35);
            let upcoming = self.rng.chance(6).then(|| self.upcoming());
            let candidate = !self.rng.chance(12);
            options.push(Choice { id, tags, candidate, only_if, conditions, upcoming, inert: false });
        }
        List { file, options }
    }

    fn upcoming(&mut self) -> Upcoming {
        if self.rng.chance(60) { Upcoming::From(FROM) } else { Upcoming::NotAppointed }
    }

    fn derived(&mut self) {
        let at = self.rs.derived.len();
        let (id, shown) = (format!("fact{at}"), self.rng.chance(60));
        let id = if self.rng.chance(50) { format!("{id}.sender") } else { id };
        if self.rng.chance(45) {
            let when = self.condition(20, 80);
            let values = vec!["yes".to_owned(), "no".to_owned()];
            let cases = vec![(0, Some(when)), (1, None)];
            self.rs.derived.push(Derived { id, shown, yes_no: true, scale: false, values, cases });
            return;
        }
        let count = 2 + self.rng.below(3);
        let names: Vec<String> = (0..count).map(|v| format!("v{v}")).collect();
        // Every value is given by some case; some by two.
        let mut given: Vec<usize> = (0..count).collect();
        if self.rng.chance(30) {
            given.push(self.rng.below(count));
        }
        for i in 0..given.len() {
            let other = self.rng.below(given.len());
            given.swap(i, other);
        }
        let last = given.len() - 1;
        let cases =
            given.into_iter().enumerate().map(|(i, v)| (v, (i < last).then(|| self.condition(20, 60)))).collect();
        let scale = self.rng.chance(40);
        self.rs.derived.push(Derived { id, shown, yes_no: false, scale, values: names, cases });
    }

    fn rules(&mut self) {
        for theme in 0..=self.rng.below(3) {
            let when = (theme > 0 && self.rng.chance(70)).then(|| self.condition(40, 90));
            self.rs.themes.push(Theme { when });
        }
        if self.rng.chance(35) {
            self.bar();
        }
        // Many rulesets have few prohibitions or referrals, so that better outcomes are reached too.
        let (bars, referrals) = self.rng.pick(&[(3, 3), (3, 3), (18, 18), (3, 30)]);
        let wanted = 3 + self.rng.below(6);
        while self.rs.rules.len() < wanted {
            let level = match self.rng.below(100) {
                n if n < bars => Level::MustNot,
                n if n < 60 => Level::Must,
                n if n < 85 => Level::Should,
                _ => Level::Could,
            };
            let refer = matches!(level, Level::Must | Level::Should) && self.rng.chance(referrals);
            let ends = refer && self.rng.chance(35);
            self.rule(level, refer, ends);
        }
        for _ in 0..self.rng.below(3) {
            let myth = self.condition(30, 90);
            self.rs.myths.push(myth);
        }
    }

    fn rule(&mut self, level: Level, refer: bool, ends_questions: bool) {
        let severe = level == Level::MustNot || refer;
        let theme = self.rng.below(self.rs.themes.len());
        let of_file = self.rs.themes[theme].when.is_some();
        let when = if severe { self.condition(4, 40) } else { self.condition(15, 85) };
        let when = (!of_file || self.rng.chance(80)).then_some(when);
        let met_when = (!severe && self.rng.chance(55)).then(|| self.condition(20, 80));
        let basis = [Basis::Law, Basis::Policy, Basis::Guidance][self.rng.below(3)];
        let due_after = if severe { None } else { [None, None, Some(false), Some(true)][self.rng.below(4)] };
        let waivable_by = basis == Basis::Policy && level != Level::MustNot && self.rng.chance(60);
        let upcoming = self.rng.chance(9).then(|| self.upcoming());
        let id = format!("t{theme}.rule-{}", self.rs.rules.len());
        self.rs.rules.push(Rule {
            id,
            theme,
            level,
            basis,
            when,
            met_when,
            due_after,
            waivable_by,
            refer,
            ends_questions,
            upcoming,
            bar: None,
            is_final: false,
            even_unasked: Vec::new(),
        });
    }

    /// A prohibition that only an open option lifts: `when: { none: [{ q: tag:opens }] }`.
    fn bar(&mut self) {
        let closable = |q: &usize| {
            let question = &self.rs.questions[*q];
            let options = &self.rs.lists[question.list].options;
            question.kind == Kind::AnyOf
                && (question.each.is_some() || options.iter().any(|o| o.only_if.is_some() || o.upcoming.is_some()))
        };
        let fit: Vec<usize> = (0..self.rs.questions.len()).filter(closable).collect();
        if fit.is_empty() {
            return;
        }
        let question = self.rng.pick(&fit);
        let tag = self.rs.tags.len();
        self.rs.tags.push("opens".to_owned());
        let each = self.rs.questions[question].each.is_some();
        for option in &mut self.rs.lists[self.rs.questions[question].list].options {
            let closes = if each { option.conditions } else { option.only_if.is_some() || option.upcoming.is_some() };
            if closes || self.rng.chance(50) {
                option.tags.push(tag);
            }
        }
        self.rule(Level::MustNot, false, false);
        if let Some(rule) = self.rs.rules.last_mut() {
            let line = Line::Question(question, Test::AnyOf(vec![Item::Tag(tag)]));
            rule.when = Some(Cond(vec![Line::None(vec![Cond(vec![line])])]));
            (rule.theme, rule.upcoming, rule.bar) = (0, None, Some(question));
            rule.id = String::from("t0.bar");
        }
    }

    /// Every question is tested: one that nothing reads gets a rule of its own.
    fn finish(&mut self) {
        for question in self.scope().questions {
            if tested(&self.rs).iter().all(|line| !matches!(line, Line::Question(q, _) if *q == question)) {
                self.rule(Level::Should, false, false);
                let mut rng = Rng(self.rng.next());
                let test = self.scope().test(&mut rng, question);
                if let Some(rule) = self.rs.rules.last_mut() {
                    rule.when = Some(Cond(vec![Line::Question(question, test)]));
                }
            }
        }
        self.screen();
        tidy(&mut self.rs);
    }

    /// What a rule that ends the questions reads stands under `screen.`.
    fn screen(&mut self) {
        let ends = |r: &usize| self.rs.rules[*r].ends_questions;
        let read = (0..self.rs.rules.len()).filter(ends).fold(0, |read, r| read | self.rs.reads_of_when(r));
        for (_, question) in self.rs.questions.iter_mut().enumerate().filter(|(q, _)| read & 1 << q != 0) {
            let rest = question.id.split_once('.').map_or("", |(_, rest)| rest);
            question.id = format!("screen.{rest}");
        }
    }
}

/// Takes out what nothing uses: files without rules and tags without tests. A derived fact that nothing reads is shown.
pub(super) fn tidy(rs: &mut Ruleset) {
    let kept: Vec<usize> = (0..rs.themes.len()).filter(|t| rs.rules.iter().any(|r| r.theme == *t)).collect();
    for rule in &mut rs.rules {
        rule.theme = kept.iter().position(|t| *t == rule.theme).unwrap_or(0);
    }
    rs.themes = kept.iter().map(|t| rs.themes[*t].clone()).collect();
    for d in 0..rs.derived.len() {
        let unread = tested(rs).iter().all(|line| !matches!(line, Line::Derived(of, _) if *of == d));
        rs.derived[d].shown |= unread;
    }
    let mut lines = tested(rs);
    rs.myths.iter().for_each(|myth| myth.visit(&mut |line| lines.push(line)));
    let mut kept = Vec::new();
    for line in lines {
        match line {
            Line::Question(_, Test::AnyOf(items) | Test::AllOf(items) | Test::Only(items)) => {
                kept.extend(items.iter().filter_map(|i| if let Item::Tag(tag) = i { Some(*tag) } else { None }));
            }
            Line::Question(_, Test::SomeWithout(tag)) => kept.push(*tag),
            _ => {}
        }
    }
    for option in rs.lists.iter_mut().flat_map(|l| &mut l.options) {
        option.tags.retain(|tag| kept.contains(tag));
    }
}

/// Every test in the ruleset but those of myths.
fn tested(rs: &Ruleset) -> Vec<&Line> {
    let of_files = rs.themes.iter().enumerate().filter(|(t, _)| rs.rules.iter().any(|r| r.theme == *t));
    let of_files = of_files.filter_map(|(_, t)| t.when.as_ref());
    let of_rules = rs.rules.iter().flat_map(|r| r.when.iter().chain(&r.met_when));
    let of_derived = rs.derived.iter().flat_map(|d| d.cases.iter().filter_map(|(_, when)| when.as_ref()));
    let of_questions = rs.questions.iter().filter_map(|q| q.only_if.as_ref());
    let of_options = rs.lists.iter().flat_map(|l| &l.options).filter_map(|o| o.only_if.as_ref());
    let mut lines = Vec::new();
    let all = of_files.chain(of_rules).chain(of_derived).chain(of_questions).chain(of_options);
    all.for_each(|c| c.visit(&mut |line| lines.push(line)));
    lines
}
