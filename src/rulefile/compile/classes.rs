//! Which options no test tells apart.

use std::collections::BTreeMap;

use super::lower::{Options, Shape, Told};
use crate::model::{Arena, ChoiceList, Condition, Kind, Question, QuestionIx, Subject};
use crate::model::{Ix, ListIx};

/// The classes of each question's options.
pub(super) struct Classes(Vec<Vec<Class>>);

/// The options of equal classes are not told apart. Marking one option as alone costs nothing, however many there are.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Class {
    split: u32,
    /// The position of an option that is told apart by itself, and one.
    alone: usize,
}

impl Classes {
    /// Starts with every option of a question in one class.
    pub(super) fn new(questions: &Arena<QuestionIx, Question>, lists: &Arena<ListIx, ChoiceList>) -> Self {
        Self(
            questions
                .iter()
                .map(|(_, q)| q.list.map_or_else(Vec::new, |list| vec![Class::default(); lists.at(list).choices.len()]))
                .collect(),
        )
    }

    /// Tells apart what a condition tells apart.
    pub(super) fn read(
        &mut self,
        condition: &Condition,
        questions: &Arena<QuestionIx, Question>,
        lists: &Arena<ListIx, ChoiceList>,
    ) {
        for test in condition.tests() {
            let Subject::Question(question, form) = &test.subject else { continue };
            let Some(list) = questions.at(*question).list else { continue };
            let choices = &lists.at(list).choices;
            Shape::of(form, choices).sets(choices, &mut |told| self.split(*question, &told));
        }
    }

    fn split(&mut self, question: QuestionIx, told: &Told<'_>) {
        let Some(classes) = self.0.get_mut(question.index()) else { return };
        match told {
            Told::Set(set) => split_by(classes, set),
            Told::One(at) => {
                if let Some(class) = classes.get_mut(*at) {
                    class.alone = at + 1;
                }
            }
        }
    }

    /// The class of each option of a question, numbered from 0 in the order of the options.
    pub(super) fn of(&self, question: QuestionIx) -> Vec<u32> {
        let mut numbers: BTreeMap<Class, u32> = BTreeMap::new();
        let classes = self.0.get(question.index()).map_or(&[][..], Vec::as_slice);
        classes.iter().map(|class| number(&mut numbers, *class)).collect()
    }
}

fn split_by(classes: &mut [Class], set: &Options) {
    let mut numbers: BTreeMap<(u32, bool), u32> = BTreeMap::new();
    for (at, class) in classes.iter_mut().enumerate() {
        class.split = number(&mut numbers, (class.split, set.has(at)));
    }
}

/// The number of a key: the next one, if it is new.
fn number<K: Ord>(numbers: &mut BTreeMap<K, u32>, key: K) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(key).or_insert(next)
}

/// Whether a question can have more than one class worth a variable.
pub(super) fn told_apart(kind: Kind, classes: &[u32]) -> bool {
    match kind {
        Kind::Text => false,
        Kind::YesNo | Kind::OneOf => classes.iter().any(|class| *class > 0),
        Kind::AnyOf => !classes.is_empty(),
    }
}
