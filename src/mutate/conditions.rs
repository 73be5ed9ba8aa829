//! Every single change to a condition.

use super::change::Operator;
use super::words::{self, line};
use crate::model::{Condition, DerivedIx, Form, Item, Ix, OptionIx, QuestionIx, Subject, TagIx, Test, ValueIx};
use crate::ruleset::Parts;
use crate::text::Place;

/// For how many others an option or a tag is swapped: the nearest in the list, and the tags that share most options.
const SWAPS: usize = 3;

/// A change to a condition.
pub(super) struct Changed {
    pub(super) operator: Operator,
    pub(super) words: String,
    pub(super) place: Place,
    /// The whole condition with the change in it.
    pub(super) condition: Condition,
}

/// Every single change to a condition. Its only line is dropped only where `may_drop_all` says so: the condition then holds
/// always.
pub(super) fn changes(parts: &Parts, condition: &Condition, may_drop_all: bool) -> Vec<Changed> {
    let mut walk = Walk { parts, found: Vec::new() };
    let whole = |changed| changed;
    if may_drop_all && !matches!(condition, Condition::All(of) if of.len() > 1) {
        let words = format!("`{}` dropped, the only line", line(parts, condition));
        walk.add(Operator::TestDropped, words, condition, Condition::All(Vec::new()), &whole);
    }
    walk.visit(condition, &whole);
    walk.found
}

/// Puts a changed part back into the whole.
type Outer<'o> = &'o dyn Fn(Condition) -> Condition;

struct Walk<'p> {
    parts: &'p Parts,
    found: Vec<Changed>,
}

impl Walk<'_> {
    fn add(&mut self, operator: Operator, words: String, at: &Condition, changed: Condition, outer: Outer<'_>) {
        self.found.push(Changed { operator, words, place: place(at), condition: outer(changed) });
    }

    fn visit(&mut self, condition: &Condition, outer: Outer<'_>) {
        match condition {
            Condition::Test(test) => self.test(test, outer),
            Condition::Not(inner) => self.not(condition, inner, outer),
            Condition::All(of) => self.list(condition, of, Joint::All, &[Joint::Any], outer),
            Condition::Any(of) => self.list(condition, of, Joint::Any, &[Joint::All, Joint::None], outer),
            Condition::None(of) => self.list(condition, of, Joint::None, &[Joint::Any], outer),
            Condition::Count { at_least, of } => self.count(condition, *at_least, of, outer),
        }
    }

    fn not(&mut self, condition: &Condition, inner: &Condition, outer: Outer<'_>) {
        // A test is negated where it is visited, which says the same.
        if !matches!(inner, Condition::Test(_)) {
            let words = format!("`not` dropped from `{}`", line(self.parts, condition));
            self.add(Operator::Joined, words, condition, inner.clone(), outer);
        }
        self.visit(inner, &|changed| outer(Condition::Not(Box::new(changed))));
    }

    /// The lines joined in another way, each line dropped, and the changes inside each.
    fn list(&mut self, whole: &Condition, of: &[Condition], joint: Joint, others: &[Joint], outer: Outer<'_>) {
        for other in others {
            // Of one line, `all` and `any` are the same; of one test, another joint is its negation.
            let same = match of {
                [] | [Condition::Test(_)] => true,
                [_] => *other == Joint::All,
                _ => false,
            };
            if !same {
                let words = format!("`{}` for `{}` in `{}`", other.word(), joint.word(), line(self.parts, whole));
                self.add(Operator::Joined, words, whole, other.of(of.to_vec()), outer);
            }
        }
        for (at, inner) in of.iter().enumerate() {
            // What stands in an `all` inside a mapping is a line like the others.
            let is_line = joint != Joint::All || !matches!(inner, Condition::All(_));
            if of.len() > 1 && is_line {
                let words = format!("`{}` dropped", line(self.parts, inner));
                self.add(Operator::TestDropped, words, inner, joint.of(without(of, at)), outer);
            }
            self.visit(inner, &|changed| outer(joint.of(with(of, at, changed))));
        }
    }

    fn count(&mut self, condition: &Condition, at_least: u16, of: &[Condition], outer: Outer<'_>) {
        for other in [at_least.saturating_sub(1), at_least.saturating_add(1)] {
            if other >= 1 && usize::from(other) <= of.len() {
                let words = format!("`at-least: {other}` for `at-least: {at_least}`");
                let changed = Condition::Count { at_least: other, of: of.to_vec() };
                self.add(Operator::Counted, words, condition, changed, outer);
            }
        }
        for (at, inner) in of.iter().enumerate() {
            if usize::from(at_least) < of.len() {
                let words = format!("`{}` dropped from a count", line(self.parts, inner));
                let changed = Condition::Count { at_least, of: without(of, at) };
                self.add(Operator::TestDropped, words, inner, changed, outer);
            }
            self.visit(inner, &|changed| outer(Condition::Count { at_least, of: with(of, at, changed) }));
        }
    }

    fn test(&mut self, test: &Test, outer: Outer<'_>) {
        let whole = Condition::Test(test.clone());
        let words = format!("`{}` negated", words::test(self.parts, test));
        self.add(Operator::TestNegated, words, &whole, Condition::Not(Box::new(whole.clone())), outer);
        match &test.subject {
            Subject::Derived(ix, values) => self.values(test, *ix, values, outer),
            Subject::Question(ix, form) => match form {
                Form::AnyOf(items) => self.items(test, *ix, items, Form::AnyOf, outer),
                Form::AllOf(items) => self.items(test, *ix, items, Form::AllOf, outer),
                Form::Only(items) => self.items(test, *ix, items, Form::Only, outer),
                Form::SomeWithout(tag) => {
                    for other in self.other_tags(*ix, *tag, &[]) {
                        let form = Form::SomeWithout(other);
                        self.swapped(test, *ix, Item::Tag(*tag), Item::Tag(other), form, outer);
                    }
                }
                Form::Some | Form::Closed => {}
            },
        }
    }

    fn items(&mut self, test: &Test, ix: QuestionIx, items: &[Item], form: fn(Vec<Item>) -> Form, outer: Outer<'_>) {
        for (at, item) in items.iter().enumerate() {
            if items.len() > 1 {
                let subject = Subject::Question(ix, form(without(items, at)));
                let name = words::item(self.parts, ix, *item);
                self.replaced(test, Operator::ItemDropped, &format!("`{name}` dropped from"), subject, outer);
            }
            for other in self.others(ix, *item, items) {
                self.swapped(test, ix, *item, other, form(with(items, at, other)), outer);
            }
        }
    }

    fn values(&mut self, test: &Test, ix: DerivedIx, values: &[ValueIx], outer: Outer<'_>) {
        let count = self.parts.derived.get(ix).map_or(0, |fact| fact.values.len());
        for (at, value) in values.iter().enumerate() {
            let name = words::value(self.parts, ix, *value);
            if values.len() > 1 {
                let subject = Subject::Derived(ix, without(values, at));
                self.replaced(test, Operator::ItemDropped, &format!("`{name}` dropped from"), subject, outer);
            }
            let all = (0..count).map(|at| ValueIx(u16::try_from(at).unwrap_or(u16::MAX)));
            for other in all.filter(|other| !values.contains(other)) {
                let subject = Subject::Derived(ix, with(values, at, other));
                let head = format!("`{name}` swapped for `{}` in", words::value(self.parts, ix, other));
                self.replaced(test, Operator::ItemSwapped, &head, subject, outer);
            }
        }
    }

    fn swapped(&mut self, test: &Test, ix: QuestionIx, from: Item, to: Item, form: Form, outer: Outer<'_>) {
        let [from, to] = [from, to].map(|item| words::item(self.parts, ix, item));
        let subject = Subject::Question(ix, form);
        self.replaced(test, Operator::ItemSwapped, &format!("`{from}` swapped for `{to}` in"), subject, outer);
    }

    fn replaced(&mut self, test: &Test, operator: Operator, head: &str, subject: Subject, outer: Outer<'_>) {
        let words = format!("{head} `{}`", words::test(self.parts, test));
        let changed = Condition::Test(Test { subject, ..test.clone() });
        self.add(operator, words, &Condition::Test(test.clone()), changed, outer);
    }

    /// What an item of a test's list is swapped for.
    fn others(&self, ix: QuestionIx, item: Item, items: &[Item]) -> Vec<Item> {
        match item {
            Item::Nothing => Vec::new(),
            Item::Tag(tag) => self.other_tags(ix, tag, items).into_iter().map(Item::Tag).collect(),
            Item::Option(option) => {
                let choices = self.parts.choices(ix);
                let free = |at: &usize| {
                    let other = Item::Option(OptionIx::new(*at));
                    choices.get(*at).is_some_and(|choice| choice.upcoming.is_none()) && !items.contains(&other)
                };
                let mut others: Vec<usize> = (0..choices.len()).filter(free).collect();
                others.sort_by_key(|at| at.abs_diff(option.index()));
                others.into_iter().take(SWAPS).map(|at| Item::Option(OptionIx::new(at))).collect()
            }
        }
    }

    /// The other tags of a question's options, those first that share most options with this one.
    fn other_tags(&self, ix: QuestionIx, tag: TagIx, items: &[Item]) -> Vec<TagIx> {
        let choices = self.parts.choices(ix);
        let mut tags: Vec<TagIx> = choices.iter().flat_map(|choice| choice.tags.iter().copied()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags.retain(|other| *other != tag && !items.contains(&Item::Tag(*other)));
        let shared = |other: &TagIx| {
            choices.iter().filter(|choice| choice.tags.contains(&tag) && choice.tags.contains(other)).count()
        };
        tags.sort_by_key(|other| std::cmp::Reverse(shared(other)));
        tags.truncate(SWAPS);
        tags
    }
}

/// How lines are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    All,
    Any,
    None,
}

impl Joint {
    fn of(self, lines: Vec<Condition>) -> Condition {
        match self {
            Self::All => Condition::All(lines),
            Self::Any => Condition::Any(lines),
            Self::None => Condition::None(lines),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
        }
    }
}

fn without<T: Clone>(of: &[T], at: usize) -> Vec<T> {
    of.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, item)| item.clone()).collect()
}

fn with<T: Clone>(of: &[T], at: usize, new: T) -> Vec<T> {
    let mut of = of.to_vec();
    if let Some(slot) = of.get_mut(at) {
        *slot = new;
    }
    of
}

/// Where a condition is written: at its first test.
pub(super) fn place(condition: &Condition) -> Place {
    let places = condition.tests().into_iter().map(|test| test.place);
    places.min().unwrap_or_default()
}
