//! Answers → what each variable can still be.

use super::View;
use crate::logic::{Formulas, Possible, VarId};
use crate::model::{AnswerValue, Facts};
use crate::ruleset::{CompiledQuestion, Variables};

/// What the answers leave possible. Absent and unknown answers leave everything possible.
#[must_use]
pub fn possible(view: View<'_>, formulas: &Formulas, facts: &Facts) -> Possible {
    let mut possible = Possible::all(formulas);
    learn(view, facts, &mut possible);
    possible
}

/// Adds what the answers say to what is possible.
pub(super) fn learn(view: View<'_>, facts: &Facts, possible: &mut Possible) {
    for (question, answer) in facts.iter() {
        if let Some(compiled) = view.questions.get(question) {
            restrict(possible, compiled, &answer.value);
        }
    }
}

fn restrict(possible: &mut Possible, compiled: &CompiledQuestion, value: &AnswerValue) {
    match (&compiled.variables, value) {
        (Variables::One { var, .. }, AnswerValue::One(option)) => {
            if let Some(class) = compiled.variables.class_of(*option) {
                set(possible, *var, class);
            }
        }
        (Variables::Any { vars, .. }, AnswerValue::Any { chosen, more }) => {
            let mut holds = vec![false; vars.len()];
            for class in chosen.iter().filter_map(|option| compiled.variables.class_of(*option)) {
                if let Some(slot) = holds.get_mut(usize::from(class)) {
                    *slot = true;
                }
            }
            for (var, holds) in vars.iter().zip(holds) {
                if holds || !more {
                    set(possible, *var, u16::from(holds));
                }
            }
        }
        _ => {}
    }
}

/// Each variable is set once, from its own question's answer. A refusal could only come from an answer out of another
/// ruleset; the variable then stays open, which errs towards "can't tell".
fn set(possible: &mut Possible, var: VarId, value: u16) {
    let _accepted = possible.set(var, value);
}
