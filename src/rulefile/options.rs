//! Lists of options: those of files under `options/`, those written in a question, and those that follow another question.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::names::{self, HAS_CONDITIONS, ListSource, id_of, items_of};
use super::reader::Reader;
use crate::finding::{Code, Finding};
use crate::model::{
    Choice, ChoiceCondition, ChoiceList, Date, Ix, Kind, Later, OptionIx, QuestionIx, TagIx, Upcoming, is_id,
};
use crate::text::{Place, quoted};
use crate::yaml::{Fields, Node};

impl<'n> Reader<'n> {
    /// Reads every list, in the order in which the first pass numbered them.
    pub(super) fn lists(&mut self, files: &'n super::files::Files) -> Vec<ChoiceList> {
        let names = Rc::clone(&self.names);
        // The head of each file first: the first pass looked only at the options.
        for (_, node) in files.lists() {
            let Some(node) = node else { continue };
            if let Some(mut fields) = self.fields(node, "a list of options, such as `options: [ … ]`") {
                self.required(&mut fields, "options").and_then(|node| self.list(node));
                self.finish(fields);
            }
        }
        let mut lists: Vec<ChoiceList> = Vec::new();
        for source in &names.list_nodes {
            let list = match source {
                ListSource::YesNo => yes_no(),
                ListSource::File(name, items) => self.choices(name, *items),
                ListSource::Inline(name, items) => self.choices(name, Some(*items)),
                ListSource::Each(name, leader) => {
                    let led = names.question_names.get(leader.index()).and_then(|q| q.list).and_then(|l| lists.get(l));
                    let choices = led.map_or_else(Vec::new, |list| list.choices.to_vec());
                    self.each_list(name, *leader, &choices)
                }
            };
            lists.push(list);
        }
        self.nothing_options(&lists);
        lists
    }

    fn choices(&mut self, name: &str, items: Option<&'n Node>) -> ChoiceList {
        let choices: Vec<Choice> = items_of(items).filter_map(|item| self.choice(item)).collect();
        ChoiceList { name: name.to_owned(), choices: Later::from(choices), each: None }
    }

    fn choice(&mut self, node: &'n Node) -> Option<Choice> {
        let mut fields = self.fields(node, "an option, such as `id: hmrc`")?;
        let id = self.id(&mut fields);
        if let Some("unknown") = id.as_deref() {
            self.fault(
                Finding::new(Code::ReservedName, "no option can be called `unknown`")
                    .at(node.get("id").map_or(node.place, |id| id.place))
                    .help("`unknown` is how a person says that they do not know"),
            );
        }
        let label = self.required_text(&mut fields, "label");
        let help = self.optional_text(&mut fields, "help");
        let mut tags = self.tags(&mut fields);
        let candidate = fields.optional("candidate").and_then(|node| self.yes_no(node)).unwrap_or(true);
        let inert = fields.optional("inert").and_then(|node| self.yes_no(node)).unwrap_or(false);
        let only_if = fields.optional("only-if").and_then(|node| self.condition(node));
        let conditions = self.choice_conditions(&mut fields);
        let steps = self.steps(&mut fields, false);
        let cites = self.cites(&mut fields, false);
        let upcoming = fields.optional("upcoming").and_then(|node| self.upcoming(node));
        self.finish(fields);
        if !conditions.is_empty() {
            tags.extend(self.names.tags.look_up(HAS_CONDITIONS).map(TagIx::new));
            tags.sort_unstable();
        }
        // An option that the first pass could not number is left out, and is a fault already.
        id_of(node)?;
        Some(Choice {
            id: id.unwrap_or_default(),
            label: label.unwrap_or_default(),
            help: help.flatten().into(),
            tags,
            candidate,
            inert,
            only_if: only_if.into(),
            conditions: conditions.into(),
            steps: steps.into(),
            cites,
            upcoming,
            place: node.place.start(),
        })
    }

    fn tags(&mut self, fields: &mut Fields<'n>) -> Vec<TagIx> {
        let items = fields.optional("tags").and_then(|node| self.list(node)).unwrap_or(&[]);
        let mut tags = Vec::new();
        for item in items {
            let Some(text) = self.text(item) else { continue };
            if text == HAS_CONDITIONS {
                self.fault(
                    Finding::new(Code::ReservedName, format!("the tag {} is given by itself", quoted(text)))
                        .at(item.place)
                        .help("every option with `conditions` has it; take it out here"),
                );
            } else if !is_id(text) {
                self.fault(
                    Finding::new(Code::BadId, format!("{} is not a tag", quoted(text)))
                        .at(item.place)
                        .help("a tag is written like an id: lower-case letters, digits and single hyphens"),
                );
            } else if let Some(ix) = self.names.tags.look_up(text) {
                tags.push(TagIx::new(ix));
            }
        }
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    fn choice_conditions(&mut self, fields: &mut Fields<'n>) -> Vec<ChoiceCondition> {
        let items = fields.optional("conditions").and_then(|node| self.list(node)).unwrap_or(&[]);
        let mut conditions = Vec::new();
        for item in items {
            let Some(mut fields) = self.fields(item, "a condition of an option, such as `must-hold: …`") else {
                continue;
            };
            let must_hold = self.required_text(&mut fields, "must-hold");
            let confirmed_by = self.required(&mut fields, "confirmed-by").and_then(|node| self.who(node));
            self.finish(fields);
            if let (Some(must_hold), Some(confirmed_by)) = (must_hold, confirmed_by) {
                conditions.push(ChoiceCondition { must_hold, confirmed_by });
            }
        }
        conditions
    }

    /// Reads `{ from: 2027-04-01, cites: […] }`, or `from: not-appointed`.
    pub(super) fn upcoming(&mut self, node: &'n Node) -> Option<Upcoming> {
        let mut fields = self.fields(node, "what is to come, such as `from: 2027-04-01`")?;
        let from = self.required(&mut fields, "from").and_then(|node| self.appointed(node));
        let cites = self.cites(&mut fields, true);
        self.finish(fields);
        Some(Upcoming { from: from?, cites })
    }

    /// A date, or `not-appointed`.
    pub(super) fn appointed(&mut self, node: &'n Node) -> Option<Option<Date>> {
        if names::text_of(Some(node)) == Some("not-appointed") {
            return Some(None);
        }
        self.date(node).map(Some)
    }

    /// The options of another question that have conditions, each open where it was chosen and is open there.
    fn each_list(&mut self, name: &str, leader: QuestionIx, choices: &[Choice]) -> ChoiceList {
        let mut followers = Vec::new();
        for (at, choice) in choices.iter().enumerate().filter(|(_, choice)| !choice.conditions.is_empty()) {
            let only_if = Some(self.chosen_in(leader, OptionIx::new(at), choice.place)).into();
            followers.push(Choice { only_if, steps: Vec::new().into(), upcoming: None, ..choice.clone() });
        }
        ChoiceList { name: name.to_owned(), choices: followers.into(), each: Some(leader) }
    }

    /// `none` is how nothing is answered, so no `any-of` question can have an option of that name.
    fn nothing_options(&mut self, lists: &[ChoiceList]) {
        let names = Rc::clone(&self.names);
        let several = names.question_names.iter().filter(|question| question.kind == Some(Kind::AnyOf));
        // Several questions may use one list.
        let used: BTreeSet<usize> = several.filter_map(|question| question.list).collect();
        for (at, list) in lists.iter().enumerate().filter(|(at, list)| used.contains(at) && list.each.is_none()) {
            let nothing = list.choices.iter().find(|choice| choice.id == "none");
            let named = names.list_names.get(at).and_then(|list| list.options.place_of("none"));
            if let (Some(_), Some(place)) = (nothing, named) {
                self.fault(
                    Finding::new(Code::ReservedName, "no option of an `any-of` question can be called `none`")
                        .at(place)
                        .help("`none` is always accepted there, and means that nothing was chosen"),
                );
            }
        }
    }
}

fn yes_no() -> ChoiceList {
    let choice = |id: &str, label: &str| Choice {
        id: id.to_owned(),
        label: label.to_owned(),
        help: None.into(),
        tags: Vec::new(),
        candidate: true,
        inert: false,
        only_if: None.into(),
        conditions: Vec::new().into(),
        steps: Vec::new().into(),
        cites: Vec::new(),
        upcoming: None,
        place: Place::default(),
    };
    ChoiceList { name: "yes-no".to_owned(), choices: vec![choice("yes", "Yes"), choice("no", "No")].into(), each: None }
}
