//! Options that no test tells apart: advice.
//!
//! Of the options that a question holds itself, those are *alike* that stand on the same side of every set that a test tells
//! from the rest, have no `only-if`, are neither `inert` nor upcoming, and have the same `conditions` and `steps`. Named once
//! for all that are alike, at the first (`options-alike`). Options of a `yes-no` question, of a list in `options/` and of
//! questions that nothing reads are not looked at.

use super::ground::Ground;
use super::ledger::Ledger;
use super::tasks::Task;
use super::verification::Property;
use crate::finding::{Code, Finding};
use crate::model::{Choice, Ix, Kind, OptionIx, Question, QuestionIx};
use crate::ruleset::Variables;
use crate::text::quoted;

/// The statements of this part.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    vec![Task::new(Property::Needed, move |_| {
        let mut ledger = Ledger::new(Property::Needed);
        for (ix, asked) in ground.parts().questions.iter() {
            if holds_its_options(ground, asked) {
                question(ground, ix, asked, &mut ledger);
            }
        }
        ledger
    })]
}

fn holds_its_options(ground: &Ground<'_>, question: &Question) -> bool {
    let several = matches!(question.kind, Kind::OneOf | Kind::AnyOf);
    let list = question.list.and_then(|list| ground.parts().lists.get(list));
    several && list.is_some_and(|list| list.each.is_none() && list.name == question.id)
}

fn question(ground: &Ground<'_>, ix: QuestionIx, asked: &Question, ledger: &mut Ledger) {
    let variables = ground.layout.variables(ix);
    if matches!(variables, Variables::None) {
        return;
    }
    let looked_at = |choice: &Choice| !choice.inert && choice.upcoming.is_none() && choice.only_if.is_none();
    let choices: Vec<(usize, &Choice)> =
        ground.parts().choices(ix).iter().enumerate().filter(|(_, choice)| looked_at(choice)).collect();
    let class = |at: usize| variables.class_of(OptionIx::new(at));
    let alike = |(at, one): &(usize, &Choice), (to, other): &(usize, &Choice)| {
        class(*at) == class(*to) && one.conditions == other.conditions && one.steps == other.steps
    };
    for (number, first) in choices.iter().enumerate() {
        if choices.iter().take(number).any(|earlier| alike(earlier, first)) {
            continue;
        }
        let others: Vec<&Choice> =
            choices.iter().skip(number + 1).filter(|later| alike(first, later)).map(|(_, choice)| *choice).collect();
        if others.is_empty() {
            ledger.holds();
            continue;
        }
        let names: Vec<String> = others.iter().map(|choice| quoted(&choice.id)).collect();
        let message = format!(
            "no test tells option {} of {} apart from {}",
            quoted(&first.1.id),
            quoted(&asked.id),
            names.join(", ")
        );
        let finding = Finding::new(Code::OptionsAlike, message).at(first.1.place);
        let finding = others.iter().fold(finding, |finding, choice| finding.related(choice.place, "not told apart"));
        let help = "consider one option for all, or mark with `inert: yes` those that are there for completeness";
        ledger.fails(finding.help(help), None);
    }
}
