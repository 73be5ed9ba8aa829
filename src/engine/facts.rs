//! Answers → what each variable can still be.

use crate::logic::{Possible, VarId};
use crate::model::{AnswerValue, Facts, QuestionIx};
use crate::ruleset::{Compiled, Ruleset, Variables};

/// What the answers leave possible. Absent and unknown answers leave everything possible.
pub(super) fn possible(ruleset: &Ruleset, facts: &Facts) -> Possible {
    let compiled = ruleset.compiled();
    let mut possible = Possible::all(&compiled.formulas);
    for (question, answer) in facts.iter() {
        restrict(&mut possible, compiled, question, &answer.value);
    }
    possible
}

fn restrict(possible: &mut Possible, compiled: &Compiled, question: QuestionIx, value: &AnswerValue) {
    let Some(compiled) = compiled.questions.get(question) else { return };
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
