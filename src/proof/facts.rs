//! Values of variables → the answers of one variant.

use crate::compile::Layout;
use crate::logic::VarId;
use crate::model::{Answer, AnswerValue, Facts, Given, Ix, OptionIx, QuestionIx};
use crate::ruleset::{Parts, Variables};

/// The answers that set the variables listed. A question is answered when one of its variables is listed; what is not
/// listed of it is not chosen.
#[must_use]
pub fn facts_of(parts: &Parts, layout: &Layout, choices: &[(VarId, u16)]) -> Facts {
    let mut facts = Facts::default();
    for question in parts.questions.ids() {
        if let Some(value) = answer(parts, layout, question, choices) {
            facts.set(question, Answer { value, given: Given::Unstated });
        }
    }
    facts
}

fn answer(parts: &Parts, layout: &Layout, question: QuestionIx, choices: &[(VarId, u16)]) -> Option<AnswerValue> {
    let value_of = |wanted: VarId| choices.iter().find(|(var, _)| *var == wanted).map(|(_, value)| *value);
    let options = || (0..parts.choices(question).len()).map(OptionIx::new);
    let variables = layout.variables(question);
    match variables {
        Variables::None => None,
        Variables::One { var, .. } => {
            let value = value_of(*var)?;
            options().find(|option| variables.class_of(*option) == Some(value)).map(AnswerValue::One)
        }
        Variables::Any { vars, .. } => {
            if vars.iter().all(|var| value_of(*var).is_none()) {
                return None;
            }
            let held = vars.iter().enumerate().filter(|(_, var)| value_of(**var) == Some(1));
            let mut chosen: Vec<OptionIx> = held
                .filter_map(|(class, _)| {
                    options().find(|option| variables.class_of(*option).map(usize::from) == Some(class))
                })
                .collect();
            chosen.sort_unstable();
            Some(AnswerValue::Any { chosen, more: false })
        }
    }
}
