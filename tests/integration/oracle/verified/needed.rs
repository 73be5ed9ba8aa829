//! What can be left out and changes nothing.

use super::super::brute::World;
use super::super::ruleset::{Cond, Item, Line, Mask, Ruleset, Test, YES_NO};
use super::Claim;
use super::table::{Row, Table};

/// Everything that can be left out of a condition by itself.
pub(super) fn claims(t: &Table<'_>) -> Vec<Claim> {
    let worlds: Vec<World<'_>> = t.worlds.iter().map(|world| World::new(t.rs, world)).collect();
    let mut search = Search { t, rs: t.rs, worlds, found: Vec::new() };
    search.rules();
    search.facts();
    search.questions();
    search.options();
    for (m, myth) in t.rs.myths.iter().enumerate() {
        for (names, rest) in edits(t.rs, myth) {
            let bit = 1 << m;
            search.unless_it_changes(&names, &["when", &format!("myth-{m}")], |row, world| {
                row.inside && (row.myths & bit != 0) != world.holds(&rest)
            });
        }
    }
    search.found
}

struct Search<'t> {
    t: &'t Table<'t>,
    rs: &'t Ruleset,
    worlds: Vec<World<'t>>,
    found: Vec<Claim>,
}

impl Search<'_> {
    fn unless_it_changes(&mut self, what: &[String], of: &[&str], changes: impl Fn(&Row, &World<'_>) -> bool) {
        if !self.t.rows.iter().zip(&self.worlds).any(|(row, world)| changes(row, world)) {
            let names: Vec<&str> = what.iter().map(String::as_str).chain(of.iter().copied()).collect();
            self.found.push(Claim::without_example("redundant-test", &names));
        }
    }

    fn rules(&mut self) {
        let rs = self.rs;
        for (at, theme) in rs.themes.iter().enumerate() {
            let of: Vec<usize> = (0..rs.rules.len()).filter(|r| rs.rules[*r].theme == at).collect();
            let head = theme.when.as_ref().filter(|_| of.len() > 1);
            if let Some(head) = head {
                self.head(at, head, &of);
            }
            for r in of {
                self.rule(r, theme.when.as_ref(), head.is_some());
            }
        }
    }

    /// Whether a rule applies otherwise with this instead of its `when`.
    fn applies_otherwise(&self, r: usize, row: &Row, now: bool) -> bool {
        (row.inside || self.rs.rules[r].ends_questions) && (row.when & 1 << r != 0) != now
    }

    fn head(&mut self, theme: usize, head: &Cond, of: &[usize]) {
        let rs = self.rs;
        let own = |r: usize, world: &World<'_>| rs.rules[r].when.as_ref().is_none_or(|own| world.holds(own));
        let (title, rules) = (format!("Theme {theme}"), of.to_vec());
        let mut changes: Vec<(Vec<String>, Option<Cond>)> =
            edits(rs, head).into_iter().map(|(names, rest)| (names, Some(rest))).collect();
        if of.iter().all(|r| rs.rules[*r].when.is_some()) {
            changes.push((name(rs, head), None));
        }
        for (names, rest) in changes {
            let this = Self { t: self.t, rs, worlds: Vec::new(), found: Vec::new() };
            self.unless_it_changes(&names, &["when", &title], |row, world| {
                let rest = rest.as_ref().is_none_or(|rest| world.holds(rest));
                rules.iter().any(|r| this.applies_otherwise(*r, row, rest && own(*r, world)))
            });
        }
    }

    fn rule(&mut self, r: usize, head: Option<&Cond>, is_shared: bool) {
        let rs = self.rs;
        let rule = &rs.rules[r];
        let this = Self { t: self.t, rs, worlds: Vec::new(), found: Vec::new() };
        let mut changes: Vec<(Vec<String>, Cond)> = Vec::new();
        match (head, &rule.when) {
            (Some(head), Some(own)) => {
                let whole = Cond(vec![Line::All(vec![head.clone(), own.clone()])]);
                if is_shared {
                    let joined = |rest: Cond| Cond(vec![Line::All(vec![head.clone(), rest])]);
                    changes.extend(edits(rs, own).into_iter().map(|(names, rest)| (names, joined(rest))));
                    changes.push((Vec::new(), head.clone()));
                } else {
                    changes.extend(edits(rs, &whole));
                }
            }
            (Some(only), None) if !is_shared => changes.extend(edits(rs, only)),
            (None, Some(only)) => changes.extend(edits(rs, only)),
            _ => {}
        }
        for (names, rest) in changes {
            self.unless_it_changes(&names, &["when", &rule.id], |row, world| {
                this.applies_otherwise(r, row, world.holds(&rest))
            });
        }
        for (names, rest) in rule.met_when.iter().flat_map(|met| edits(rs, met)) {
            self.unless_it_changes(&names, &["met-when", &rule.id], |row, world| {
                let there = (row.inside || rule.ends_questions) && row.when & 1 << r != 0;
                there && (row.met & 1 << r != 0) != world.holds(&rest)
            });
        }
    }

    fn facts(&mut self) {
        let rs = self.rs;
        let screening = super::screening(rs);
        for (d, fact) in rs.derived.iter().enumerate() {
            for (at, (value, when)) in fact.cases.iter().enumerate() {
                for (names, rest) in when.iter().flat_map(|when| edits(rs, when)) {
                    self.unless_it_changes(&names, &[&fact.id, &fact.values[*value]], |row, world| {
                        let mut cases = fact.cases.iter().enumerate();
                        let holds = |(other, when): (usize, &Option<Cond>)| {
                            let when = if other == at { Some(&rest) } else { when.as_ref() };
                            when.is_none_or(|when| world.holds(when))
                        };
                        let now = cases.find(|(other, (_, when))| holds((*other, when))).expect("a last case").1.0;
                        (row.inside || screening.derived & 1 << d != 0) && row.values[d] != now
                    });
                }
            }
        }
    }

    fn questions(&mut self) {
        let rs = self.rs;
        let screening = super::screening(rs);
        for (q, question) in rs.questions.iter().enumerate() {
            for (names, rest) in question.only_if.iter().flat_map(|only_if| optional(rs, only_if)) {
                self.unless_it_changes(&names, &["only-if", &question.id], |row, world| {
                    let now = rest.as_ref().is_none_or(|rest| world.holds(rest));
                    (row.inside || screening.questions & 1 << q != 0) && (row.arises & 1 << q != 0) != now
                });
            }
        }
    }

    fn options(&mut self) {
        let rs = self.rs;
        let screening = super::screening(rs);
        for (l, list) in rs.lists.iter().enumerate().skip(YES_NO + 1) {
            let users = |q: &usize| rs.questions[*q].list == l && rs.questions[*q].each.is_none();
            let users: Vec<usize> = (0..rs.questions.len()).filter(users).collect();
            for option in list.options.iter().filter(|option| option.upcoming.is_none()) {
                for (names, rest) in option.only_if.iter().flat_map(|only_if| optional(rs, only_if)) {
                    let only_if = option.only_if.as_ref().expect("one that is edited");
                    self.unless_it_changes(&names, &["only-if", &option.id], |row, world| {
                        let asked =
                            |q: &usize| row.arises & 1 << q != 0 && (row.inside || screening.questions & 1 << q != 0);
                        let now = rest.as_ref().is_none_or(|rest| world.holds(rest));
                        users.iter().any(asked) && world.holds(only_if) != now
                    });
                }
            }
        }
    }
}

/// A test of a list of items.
type Join = fn(Vec<Item>) -> Test;

/// The edits of a condition that could be left out as a whole.
fn optional(rs: &Ruleset, cond: &Cond) -> Vec<(Vec<String>, Option<Cond>)> {
    let whole = match cond.0.as_slice() {
        [Line::All(_)] | [_, _, ..] => Vec::new(),
        _ => name(rs, cond),
    };
    edits(rs, cond).into_iter().map(|(names, rest)| (names, Some(rest))).chain([(whole, None)]).collect()
}

/// Each way to leave one thing out: the names that tell what it is, and what remains.
fn edits(rs: &Ruleset, cond: &Cond) -> Vec<(Vec<String>, Cond)> {
    let mut all = Vec::new();
    for (at, line) in cond.0.iter().enumerate() {
        if cond.0.len() > 1 {
            all.push((line_name(rs, line), Cond(without(&cond.0, at))));
        }
        for (names, rest) in line_edits(rs, line) {
            let mut less = cond.clone();
            less.0[at] = rest;
            all.push((names, less));
        }
    }
    all
}

fn line_edits(rs: &Ruleset, line: &Line) -> Vec<(Vec<String>, Line)> {
    let several = |of: &[Cond], least: usize, join: &dyn Fn(Vec<Cond>) -> Line| {
        let mut all = Vec::new();
        for (at, inner) in of.iter().enumerate() {
            if of.len() > least {
                all.push((name(rs, inner), join(without(of, at))));
            }
            for (names, rest) in edits(rs, inner) {
                let mut less = of.to_vec();
                less[at] = rest;
                all.push((names, join(less)));
            }
        }
        all
    };
    match line {
        Line::All(of) => several(of, 1, &Line::All),
        Line::Any(of) => several(of, 1, &Line::Any),
        Line::None(of) => several(of, 1, &Line::None),
        Line::Count(least, of) => several(of, *least, &|of| Line::Count(*least, of)),
        Line::Not(inner) => edits(rs, inner).into_iter().map(|(names, rest)| (names, Line::Not(rest))).collect(),
        Line::Derived(d, values) if values.len() > 1 => (0..values.len())
            .map(|at| {
                let fact = &rs.derived[*d];
                (vec![fact.values[values[at]].clone(), fact.id.clone()], Line::Derived(*d, without(values, at)))
            })
            .collect(),
        Line::Derived(..) => Vec::new(),
        Line::Question(q, test) => {
            let (items, form): (&[Item], Join) = match test {
                Test::AnyOf(items) => (items, Test::AnyOf),
                Test::AllOf(items) => (items, Test::AllOf),
                Test::Only(items) => (items, Test::Only),
                Test::Some | Test::SomeWithout(_) | Test::Closed => return Vec::new(),
            };
            let question = &rs.questions[*q];
            let written = |item: Item| match item {
                Item::Option(o) => rs.lists[question.list].options[o].id.clone(),
                Item::Tag(tag) => format!("tag:{}", rs.tags[tag]),
                Item::Nothing => "none".to_owned(),
            };
            let one = |at: usize| {
                (vec![written(items[at]), question.id.clone()], Line::Question(*q, form(without(items, at))))
            };
            if items.len() > 1 { (0..items.len()).map(one).collect() } else { Vec::new() }
        }
    }
}

fn without<T: Clone>(of: &[T], at: usize) -> Vec<T> {
    of.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| one.clone()).collect()
}

/// The names in the words for a condition.
fn name(rs: &Ruleset, cond: &Cond) -> Vec<String> {
    match cond.0.as_slice() {
        [only] => line_name(rs, only),
        _ => vec!["all".to_owned(), first(rs, cond)],
    }
}

fn line_name(rs: &Ruleset, line: &Line) -> Vec<String> {
    let word = match line {
        Line::Question(..) | Line::Derived(..) => return vec![first(rs, &Cond(vec![line.clone()]))],
        Line::All(_) => "all",
        Line::Any(_) => "any",
        Line::None(_) => "none",
        Line::Not(_) => "not",
        Line::Count(..) => "count",
    };
    vec![word.to_owned(), first(rs, &Cond(vec![line.clone()]))]
}

/// What the first test of a condition tests.
fn first(rs: &Ruleset, cond: &Cond) -> String {
    let mut found = None;
    cond.visit(&mut |line| {
        let id = match line {
            Line::Question(q, _) => &rs.questions[*q].id,
            Line::Derived(d, _) => &rs.derived[*d].id,
            _ => return,
        };
        found.get_or_insert_with(|| id.clone());
    });
    found.expect("a condition tests something")
}

/// Options that no test tells apart.
pub(super) fn alike(t: &Table<'_>) -> Vec<Claim> {
    let (rs, mut found) = (t.rs, Vec::new());
    for (q, question) in rs.questions.iter().enumerate() {
        let list = &rs.lists[question.list];
        if question.list == YES_NO || list.file.is_some() || question.each.is_some() {
            continue;
        }
        let sets = told_apart(rs, q);
        let sides = |o: usize| sets.iter().map(|set| set & 1 << o != 0).collect::<Vec<bool>>();
        let gated = |o: usize| list.options[o].only_if.is_some() || list.options[o].upcoming.is_some();
        let all_alike = (0..list.options.len()).all(|o| sides(o) == sides(0) && !gated(o));
        if question.kind == super::super::ruleset::Kind::OneOf && all_alike {
            // It makes no difference, and is named for that.
            continue;
        }
        let looked_at: Vec<usize> = (0..list.options.len()).filter(|o| !gated(*o) && !list.options[*o].inert).collect();
        let same =
            |a: usize, b: usize| sides(a) == sides(b) && list.options[a].conditions == list.options[b].conditions;
        for (number, o) in looked_at.iter().enumerate() {
            if looked_at[..number].iter().any(|earlier| same(*earlier, *o)) {
                continue;
            }
            let others: Vec<usize> = looked_at[number + 1..].iter().copied().filter(|later| same(*o, *later)).collect();
            if !others.is_empty() {
                let ids = others.iter().chain([o]).map(|o| list.options[*o].id.as_str());
                let names: Vec<&str> = ids.chain([question.id.as_str()]).collect();
                found.push(Claim::without_example("options-alike", &names));
            }
        }
    }
    found
}

/// The sets of options that the tests of a question tell from the rest.
fn told_apart(rs: &Ruleset, question: usize) -> Vec<Mask> {
    let list = rs.questions[question].list;
    let set = |items: &[Item]| {
        items.iter().fold(0, |mask, item| match item {
            Item::Option(o) => mask | 1 << o,
            Item::Tag(tag) => mask | rs.tagged(list, *tag),
            Item::Nothing => mask,
        })
    };
    let mut sets = Vec::new();
    super::all_conditions(rs).for_each(|cond| {
        cond.visit(&mut |line| match line {
            Line::Question(q, test) if *q == question => match test {
                Test::AnyOf(items) | Test::Only(items) => sets.push(set(items)),
                Test::AllOf(items) => sets.extend(items.iter().map(|item| set(std::slice::from_ref(item)))),
                Test::SomeWithout(tag) => sets.push(rs.tagged(list, *tag)),
                Test::Some | Test::Closed => {}
            },
            _ => {}
        });
    });
    // An option that follows is open where just this one is chosen.
    if rs.questions.iter().any(|other| other.each == Some(question)) {
        let followed = rs.lists[list].options.iter().enumerate().filter(|(_, option)| option.conditions);
        sets.extend(followed.map(|(o, _)| 1 << o));
    }
    sets
}
