//! Conditions as written → conditions with every name resolved.

use super::names::{ListNames, text_of};
use super::reader::Reader;
use crate::finding::{Code, Finding};
use crate::model::{
    CONDITION_WORDS, Condition, DerivedIx, Form, Item, Ix, Kind, OptionIx, QuestionIx, Subject, TagIx, Test, TestIx,
    ValueIx,
};
use crate::text::{Place, quoted};
use crate::yaml::{Entry, Node, Value, shape};

impl<'n> Reader<'n> {
    /// Reads a condition: a mapping, every line of which must hold.
    pub(super) fn condition(&mut self, node: &'n Node) -> Option<Condition> {
        let Value::Map(lines) = &node.value else {
            self.fault(shape::wrong(node, "a condition").help("for example `when: { data.form: tag:live }`"));
            return None;
        };
        if lines.is_empty() {
            self.fault(
                Finding::new(Code::EmptyCondition, "this condition has no line")
                    .at(node.place)
                    .help("leave the key out where nothing is asked for, or write what must hold"),
            );
            return None;
        }
        let read: Vec<Option<Condition>> = lines.iter().map(|line| self.line(line)).collect();
        let mut read: Vec<Condition> = read.into_iter().collect::<Option<_>>()?;
        if read.len() == 1 { read.pop() } else { Some(Condition::All(read)) }
    }

    fn line(&mut self, line: &'n Entry) -> Option<Condition> {
        match line.key.as_str() {
            "none" => self.conditions(&line.value).map(Condition::None),
            "all" => self.conditions(&line.value).map(Condition::All),
            "any" => self.conditions(&line.value).map(Condition::Any),
            "not" => self.condition(&line.value).map(|inner| Condition::Not(Box::new(inner))),
            "count" => self.count(&line.value),
            _ => self.fact(line),
        }
    }

    fn conditions(&mut self, node: &'n Node) -> Option<Vec<Condition>> {
        let items = self.list(node)?;
        let read: Vec<Option<Condition>> = items.iter().map(|item| self.condition(item)).collect();
        read.into_iter().collect()
    }

    fn count(&mut self, node: &'n Node) -> Option<Condition> {
        let mut fields = self.fields(node, "a count")?;
        let at_least = self.required(&mut fields, "at-least");
        let of = self.required(&mut fields, "of");
        self.finish(fields);
        let (at_least, of) = (at_least?, of?);
        let number = text_of(Some(at_least)).and_then(|text| text.parse::<u16>().ok());
        let of = self.conditions(of)?;
        match number {
            Some(number) if number >= 1 && usize::from(number) <= of.len() => {
                Some(Condition::Count { at_least: number, of })
            }
            _ => {
                self.fault(
                    Finding::new(
                        Code::CountOutOfRange,
                        "a count is a whole number from 1 to the number of lines counted",
                    )
                    .at(at_least.place)
                    .help(format!("here it can be 1 to {}", of.len())),
                );
                None
            }
        }
    }

    fn fact(&mut self, line: &'n Entry) -> Option<Condition> {
        let name = line.key.as_str();
        let subject = if let Some(ix) = self.names.questions.look_up(name) {
            self.names.questions.mark(ix);
            self.question_test(ix, line)?
        } else if let Some(ix) = self.names.derived.look_up(name) {
            self.names.derived.mark(ix);
            self.derived_test(ix, line)?
        } else if self.names.questions.is_partial() || self.names.derived.is_partial() {
            return None;
        } else {
            let names = self.names.questions.names().chain(self.names.derived.names()).chain(CONDITION_WORDS);
            let finding =
                Finding::new(Code::UnknownFact, format!("there is no question or derived fact {}", quoted(name)))
                    .at(line.key_place);
            let finding = match self.findings.suggest(name, names) {
                Some(near) => finding.help(format!("did you mean {}?", quoted(near))),
                None => finding.help("a condition tests the id of a question or of a derived fact"),
            };
            self.fault(finding);
            return None;
        };
        let place = Place::new(line.key_place.file, line.key_place.span.to(line.value.place.span));
        let test = Test { ix: TestIx(self.tests), subject, place };
        self.tests += 1;
        Some(Condition::Test(test))
    }

    fn derived_test(&mut self, ix: usize, line: &'n Entry) -> Option<Subject> {
        let items = self.one_or_list(&line.value)?;
        let names = self.names.clone();
        // A fact without values is a fault already.
        let values = names.derived_names.get(ix).map(|names| &names.values).filter(|values| !values.is_empty())?;
        let mut wanted = Vec::new();
        for item in items {
            let text = self.text(item)?;
            if let Some(at) = values.iter().position(|value| *value == text) {
                wanted.push(ValueIx(u16::try_from(at).unwrap_or(u16::MAX)));
            } else {
                let message = format!("{} is never {}", quoted(&line.key), quoted(text));
                let near = self.findings.suggest(text, values.iter().copied());
                self.fault(unknown_value(message, near, values, item.place));
                return None;
            }
        }
        Some(Subject::Derived(DerivedIx::new(ix), wanted))
    }

    fn question_test(&mut self, ix: usize, line: &'n Entry) -> Option<Subject> {
        let names = self.names.clone();
        let kind = names.question_names.get(ix).and_then(|names| names.kind)?;
        if kind == Kind::Text {
            self.fault(
                Finding::new(Code::TextInCondition, format!("{} is a `text` question", quoted(&line.key)))
                    .at(line.key_place)
                    .help("text is for people: ask a question with options, and test that"),
            );
            return None;
        }
        // A list without options is a fault already.
        let list = names.options_of(ix).filter(|list| list.options.names().next().is_some())?;
        let form = match &line.value.value {
            Value::Map(_) => self.form(&line.value, kind, list)?,
            _ => Form::AnyOf(self.items(&line.value, kind, list)?),
        };
        Some(Subject::Question(QuestionIx::new(ix), form))
    }

    fn form(&mut self, node: &'n Node, kind: Kind, list: &ListNames<'n>) -> Option<Form> {
        let Value::Map(lines) = &node.value else { return None };
        let [line] = lines.as_slice() else {
            self.fault(
                Finding::new(Code::WrongTest, "a test in braces has one key")
                    .at(node.place)
                    .help("use `all: [{ … }, { … }]` to test one fact twice"),
            );
            return None;
        };
        let several = kind == Kind::AnyOf;
        let optioned = several || kind == Kind::OneOf;
        match line.key.as_str() {
            "all-of" if several => self.items(&line.value, kind, list).map(Form::AllOf),
            "only" if several => self.items(&line.value, kind, list).map(Form::Only),
            "some" if optioned => self.must_be_yes(&line.value).map(|()| Form::Some),
            "closed" if optioned => self.must_be_yes(&line.value).map(|()| Form::Closed),
            "some-without" if optioned => {
                let text = self.text(&line.value)?;
                let Some(tag) = text.strip_prefix("tag:") else {
                    self.fault(
                        Finding::new(Code::WrongTest, "`some-without` takes a tag")
                            .at(line.value.place)
                            .help("for example `some-without: tag:has-conditions`"),
                    );
                    return None;
                };
                self.tag(tag, list, line.value.place).map(Form::SomeWithout)
            }
            key => {
                let forms = match kind {
                    Kind::AnyOf => "`all-of`, `only`, `some`, `some-without` and `closed`",
                    Kind::OneOf => "`some`, `some-without` and `closed`",
                    Kind::YesNo | Kind::Text => "`yes` and `no`",
                };
                self.fault(
                    Finding::new(Code::WrongTest, format!("{} is not a test of this question", quoted(key)))
                        .at(line.key_place)
                        .help(format!("a question of this type can be tested with {forms}")),
                );
                None
            }
        }
    }

    fn must_be_yes(&mut self, node: &'n Node) -> Option<()> {
        if self.yes_no(node)? {
            return Some(());
        }
        self.fault(
            Finding::new(Code::WrongTest, "this test is written with `yes`")
                .at(node.place)
                .help("to say the opposite, put it under `not:` or `none:`; mind that it then also holds where the question does not arise"),
        );
        None
    }

    fn items(&mut self, node: &'n Node, kind: Kind, list: &ListNames<'n>) -> Option<Vec<Item>> {
        let nodes = self.one_or_list(node)?;
        let read: Vec<Option<Item>> = nodes.iter().map(|item| self.item(item, kind, list)).collect();
        read.into_iter().collect()
    }

    fn item(&mut self, node: &'n Node, kind: Kind, list: &ListNames<'n>) -> Option<Item> {
        let text = self.text(node)?;
        if let Some(tag) = text.strip_prefix("tag:") {
            return self.tag(tag, list, node.place).map(Item::Tag);
        }
        if kind == Kind::AnyOf && text == "none" {
            return Some(Item::Nothing);
        }
        let written = if kind == Kind::YesNo { yes_no_text(text) } else { text };
        if let Some(option) = list.option(written) {
            return Some(Item::Option(option));
        }
        let options: Vec<&str> = list.options.names().collect();
        let message = format!("there is no option {}", quoted(text));
        let near = self.findings.suggest(text, options.iter().copied());
        self.fault(unknown_value(message, near, &options, node.place));
        None
    }

    fn tag(&mut self, name: &str, list: &ListNames<'n>, place: Place) -> Option<TagIx> {
        let names = self.names.clone();
        let carried = names.tags.look_up(name).filter(|ix| list.tags.contains(ix));
        if let Some(ix) = carried {
            names.tags.mark(ix);
            return Some(TagIx::new(ix));
        }
        let finding =
            Finding::new(Code::UnknownTag, format!("no option here carries the tag {}", quoted(name))).at(place);
        let near = self.findings.suggest(
            name,
            names.tags.names().filter(|n| names.tags.look_up(n).is_some_and(|ix| list.tags.contains(&ix))),
        );
        self.fault(match near {
            Some(near) => finding.help(format!("did you mean {}?", quoted(&format!("tag:{near}")))),
            None => finding.help("give the tag to the options that should pass"),
        });
        None
    }

    /// The option that follows another question's: chosen there, and open there.
    pub(super) fn chosen_in(&mut self, leader: QuestionIx, option: OptionIx, place: Place) -> Condition {
        let subject = Subject::Question(leader, Form::AnyOf(vec![Item::Option(option)]));
        let test = Test { ix: TestIx(self.tests), subject, place };
        self.tests += 1;
        self.names.questions.mark(leader.index());
        Condition::Test(test)
    }
}

/// `true` and `false` are accepted for `yes` and `no`.
pub(super) fn yes_no_text(text: &str) -> &str {
    match text {
        "true" => "yes",
        "false" => "no",
        other => other,
    }
}

fn unknown_value(message: String, near: Option<&str>, known: &[&str], place: Place) -> Finding {
    let finding = Finding::new(Code::UnknownOption, message).at(place);
    match near {
        Some(near) => finding.help(format!("did you mean {}?", quoted(near))),
        None if known.len() <= 12 => {
            let known: Vec<String> = known.iter().map(|value| quoted(value)).collect();
            finding.help(format!("it can be {}", known.join(", ")))
        }
        None => finding.help("name one that is defined"),
    }
}
