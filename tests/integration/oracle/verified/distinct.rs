//! Rules of which one stands for another.

use super::super::ruleset::{Level, Rule};
use super::Claim;
use super::table::{Set, Table};

/// A rule that applies, and what can be compared of it.
struct Compared<'a> {
    rule: &'a Rule,
    when: Set,
    met: Set,
}

/// Rules that equal one another, and rules that another stands for.
pub(super) fn claims(t: &Table<'_>) -> Vec<Claim> {
    let rs = t.rs;
    let mut order: Vec<usize> = (0..rs.rules.len()).collect();
    order.sort_by_key(|r| rs.rules[*r].theme);
    let compared = order.into_iter().map(|r| Compared {
        rule: &rs.rules[r],
        when: t.set(|row, _| row.inside && row.when & 1 << r != 0),
        met: t.set(|row, _| row.inside && row.when & row.met & 1 << r != 0),
    });
    let considered =
        |one: &Compared<'_>| !one.rule.ends_questions && one.rule.upcoming.is_none() && one.when.contains(&true);
    let rules: Vec<Compared<'_>> = compared.filter(considered).collect();
    let first = |at: usize| !rules[..at].iter().any(|earlier| equal(earlier, &rules[at]));
    let firsts: Vec<usize> = (0..rules.len()).filter(|at| first(*at)).collect();
    let mut found = Vec::new();
    for at in &firsts {
        let one = &rules[*at];
        let equals: Vec<&str> =
            rules[at + 1..].iter().filter(|other| equal(one, other)).map(|other| other.rule.id.as_str()).collect();
        if !equals.is_empty() {
            let names: Vec<&str> = equals.iter().copied().chain([one.rule.id.as_str()]).collect();
            found.push(Claim { weight: equals.len(), ..Claim::without_example("rule-equals", &names) });
        }
        let above: Vec<&Compared<'_>> =
            firsts.iter().map(|other| &rules[*other]).filter(|other| implied(one, other)).collect();
        for other in &above {
            if !above.iter().any(|middle| implied(middle, other)) {
                found.push(Claim::without_example("rule-implies", &[&one.rule.id, &other.rule.id]));
            }
        }
    }
    found
}

fn due_after(rule: &Rule) -> bool {
    rule.due_after == Some(true)
}

fn equal(one: &Compared<'_>, other: &Compared<'_>) -> bool {
    let (a, b) = (one.rule, other.rule);
    a.level == b.level
        && due_after(a) == due_after(b)
        && a.refer == b.refer
        && a.met_when.is_some() == b.met_when.is_some()
        && one.when == other.when
        && one.met == other.met
}

/// Whether the other applies wherever the first does and sometimes where it does not, and stands for it.
fn implied(one: &Compared<'_>, other: &Compared<'_>) -> bool {
    let (a, b) = (one.rule, other.rule);
    let wherever = one.when.iter().zip(&other.when).all(|(a, b)| !a || *b);
    let met_alike = one.when.iter().zip(one.met.iter().zip(&other.met)).all(|(when, (a, b))| !when || a == b);
    let stands = a.level == Level::MustNot && b.level == Level::MustNot
        || a.refer && b.refer
        || a.met_when.is_some()
            && b.met_when.is_some()
            && a.level == b.level
            && due_after(a) == due_after(b)
            && met_alike;
    wherever && one.when != other.when && stands
}
