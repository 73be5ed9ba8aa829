//! What can never be.

use super::Claim;
use super::table::Table;

/// Whatever no combination of answers reaches.
pub(super) fn claims(t: &Table<'_>) -> Vec<Claim> {
    let mut found = Vec::new();
    let mut unreachable = |code, names: &[&str]| found.push(Claim::without_example(code, names));
    let rs = t.rs;
    let screening = super::screening(rs);
    for (r, rule) in rs.rules.iter().enumerate() {
        let bit = 1 << r;
        let there = |inside: bool| inside || rule.ends_questions;
        if !t.some(|row, _| there(row.inside) && row.when & bit != 0) {
            unreachable("rule-never-applies", &[&rule.id]);
        } else if rule.met_when.is_some() {
            if !t.some(|row, _| there(row.inside) && row.when & row.met & bit != 0) {
                unreachable("rule-never-met", &[&rule.id]);
            } else if !t.some(|row, _| there(row.inside) && row.when & !row.met & bit != 0) {
                unreachable("rule-never-outstanding", &[&rule.id]);
            }
        }
    }
    for (d, fact) in rs.derived.iter().enumerate() {
        for (at, (value, _)) in fact.cases.iter().enumerate() {
            if !t.some(|row, _| (row.inside || screening.derived & 1 << d != 0) && row.cases[d] == at) {
                unreachable("case-never-holds", &[&fact.id, &fact.values[*value]]);
            }
        }
    }
    let there = |q: usize, inside: bool| inside || screening.questions & 1 << q != 0;
    for (q, question) in rs.questions.iter().enumerate() {
        if question.only_if.is_some() && !t.some(|row, _| there(q, row.inside) && row.arises & 1 << q != 0) {
            unreachable("question-never-arises", &[&question.id]);
        }
    }
    for (l, list) in rs.lists.iter().enumerate() {
        for (o, option) in list.options.iter().enumerate() {
            let users: Vec<usize> = (0..rs.questions.len()).filter(|q| rs.questions[*q].list == l).collect();
            let open_in = |q: usize| {
                t.some(|row, _| there(q, row.inside) && row.arises & 1 << q != 0 && row.open[q] & 1 << o != 0)
            };
            let own: Vec<usize> = users.iter().copied().filter(|q| rs.questions[*q].each.is_none()).collect();
            if option.upcoming.is_none() && option.only_if.is_some() && !own.iter().any(|q| open_in(*q)) {
                unreachable("option-never-open", &[&option.id]);
            }
            for q in users {
                // An option that follows another question is open at times, if it is so in the question that leads.
                let leads = rs.questions[q].each.is_some_and(|leader| option.conditions && open_in(leader));
                if leads && !open_in(q) {
                    unreachable("option-never-open", &[&option.id]);
                }
            }
        }
    }
    for m in 0..rs.myths.len() {
        if !t.some(|row, _| row.inside && row.myths & 1 << m != 0) {
            unreachable("myth-never-answered", &[&format!("myth-{m}")]);
        }
    }
    found
}
