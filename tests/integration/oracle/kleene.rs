//! What three-valued logic alone would settle: used only to count the cases in which it is not enough.

use super::ruleset::{Answer, Cond, Facts, Item, Line, Mask, Ruleset, Test};

/// Whether a condition holds, where Kleene's logic can tell.
pub(super) fn holds(rs: &Ruleset, facts: &Facts, cond: &Cond) -> Option<bool> {
    all(cond.0.iter().map(|l| line(rs, facts, l)))
}

fn line(rs: &Ruleset, facts: &Facts, line: &Line) -> Option<bool> {
    let each = |of: &[Cond]| of.iter().map(|c| holds(rs, facts, c)).collect::<Vec<_>>();
    match line {
        Line::Question(q, test) => match arises(rs, facts, *q) {
            Some(false) => Some(false),
            sure => all([sure, self::test(rs, facts, *q, test)]),
        },
        Line::Derived(d, values) => {
            for (value, when) in &rs.derived[*d].cases {
                match when.as_ref().map_or(Some(true), |c| holds(rs, facts, c)) {
                    Some(true) => return Some(values.contains(value)),
                    Some(false) => {}
                    None => return None,
                }
            }
            None
        }
        Line::All(of) => all(each(of)),
        Line::Any(of) => not(all(each(of).into_iter().map(not))),
        Line::None(of) => all(each(of).into_iter().map(not)),
        Line::Not(c) => not(holds(rs, facts, c)),
        Line::Count(least, of) => {
            let each = each(of);
            let sure = each.iter().filter(|v| **v == Some(true)).count();
            let possible = each.iter().filter(|v| **v != Some(false)).count();
            if sure >= *least {
                Some(true)
            } else if possible < *least {
                Some(false)
            } else {
                None
            }
        }
    }
}

fn arises(rs: &Ruleset, facts: &Facts, question: usize) -> Option<bool> {
    rs.questions[question].only_if.as_ref().map_or(Some(true), |c| holds(rs, facts, c))
}

fn is_open(rs: &Ruleset, facts: &Facts, question: usize, option: usize) -> Option<bool> {
    let q = &rs.questions[question];
    if let Some(of) = q.each {
        let Answer::Known(chosen) = facts.answers[of] else { return None };
        return all([Some(chosen & 1 << option != 0), arises(rs, facts, of), is_open(rs, facts, of, option)]);
    }
    let choice = &rs.lists[q.list].options[option];
    let allowed = choice.only_if.as_ref().map_or(Some(true), |c| holds(rs, facts, c));
    if choice.upcoming.is_some() { Some(false) } else { allowed }
}

/// A test of a question that arises. A partial answer settles nothing here but what it names.
fn test(rs: &Ruleset, facts: &Facts, question: usize, test: &Test) -> Option<bool> {
    let list = rs.questions[question].list;
    let (chosen, sure) = match facts.answers[question] {
        Answer::Known(set) => (set, true),
        Answer::Partial(set) => (set, false),
        _ => (0, false),
    };
    let settle = |found: Option<bool>| if sure || found == Some(true) { found } else { None };
    let bits = |mask: Mask| (0..32_usize).filter(move |i| mask & 1 << i != 0);
    let some_of = |mask: Mask| not(all(bits(chosen & mask).map(|i| not(is_open(rs, facts, question, i)))));
    let named = |item: &Item| match item {
        Item::Option(i) => 1 << i,
        Item::Tag(tag) => rs.tagged(list, *tag),
        Item::Nothing => 0,
    };
    match test {
        Test::AnyOf(items) => {
            let nothing = sure && chosen == 0 && items.contains(&Item::Nothing);
            settle(if nothing { Some(true) } else { some_of(items.iter().fold(0, |m, i| m | named(i))) })
        }
        Test::AllOf(items) => settle(all(items.iter().map(|i| some_of(named(i))))),
        Test::Only(items) => {
            let listed = items.iter().fold(0, |m, i| m | named(i));
            if chosen & !listed != 0 {
                Some(false)
            } else if sure {
                some_of(listed)
            } else {
                None
            }
        }
        Test::Some => settle(some_of(!0)),
        Test::SomeWithout(tag) => settle(some_of(!rs.tagged(list, *tag))),
        Test::Closed if sure => all([Some(chosen != 0), not(some_of(!0))]),
        Test::Closed => None,
    }
}

fn not(value: Option<bool>) -> Option<bool> {
    value.map(|v| !v)
}

fn all(values: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut sure = Some(true);
    for value in values {
        match value {
            Some(false) => return Some(false),
            None => sure = None,
            Some(true) => {}
        }
    }
    sure
}
