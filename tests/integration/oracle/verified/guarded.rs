//! Rules that hold by a question's not arising.

use super::super::ruleset::{Cond, Line, Mask};
use super::Claim;
use super::table::{Row, Table};

/// Each rule that can apply, or be met, although a question that it tests negatively does not arise; and each
/// acknowledgement of what cannot be.
pub(super) fn claims(t: &Table<'_>) -> Vec<Claim> {
    let (rs, mut found) = (t.rs, Vec::new());
    for (r, rule) in rs.rules.iter().enumerate() {
        let of_when =
            rs.themes[rule.theme].when.iter().chain(&rule.when).fold(0, |mask, cond| mask | negative(cond, false));
        let of_met = rule.met_when.as_ref().map_or(0, |cond| negative(cond, false));
        let bit = 1 << r;
        let there = |row: &Row| row.inside || rule.ends_questions;
        for (q, question) in rs.questions.iter().enumerate() {
            let applies = of_when & 1 << q != 0;
            let applies = t.set(|row, _| applies && there(row) && row.arises & 1 << q == 0 && row.when & bit != 0);
            let is_met = of_met & 1 << q != 0;
            let is_met =
                t.set(|row, _| is_met && there(row) && row.arises & 1 << q == 0 && row.when & row.met & bit != 0);
            let shown_by = [applies, is_met].into_iter().find(|set| set.contains(&true));
            match (shown_by, rule.even_unasked.contains(&q)) {
                (Some(set), false) => found.push(Claim::shown_by(set, "unguarded-negation", &[&rule.id, &question.id])),
                (None, true) => {
                    found.push(Claim::without_example(
                        "idle-acknowledgement",
                        &[&rule.id, &question.id, "even-unasked"],
                    ));
                }
                _ => {}
            }
        }
    }
    found
}

/// The questions that stand under an odd number of `none` and `not`.
fn negative(cond: &Cond, negated: bool) -> Mask {
    let all = |of: &[Cond], negated: bool| of.iter().fold(0, |mask, inner| mask | negative(inner, negated));
    cond.0.iter().fold(0, |mask, line| {
        mask | match line {
            Line::Question(q, _) if negated => 1 << q,
            Line::Question(..) | Line::Derived(..) => 0,
            Line::All(of) | Line::Any(of) | Line::Count(_, of) => all(of, negated),
            Line::None(of) => all(of, !negated),
            Line::Not(inner) => negative(inner, !negated),
        }
    })
}
