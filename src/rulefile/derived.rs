//! `derived.yaml`: facts that follow from other facts.

use super::cases::UNDETERMINED;
use super::names::values_of;
use super::reader::Reader;
use crate::finding::{Code, Finding};
use crate::model::{CONDITION_WORDS, Derived, DerivedCase, DerivedValue, ValueIx, is_id};
use crate::text::quoted;
use crate::yaml::{Fields, Node, Value};

impl<'n> Reader<'n> {
    /// Reads the derived facts.
    pub(super) fn derived(&mut self, root: &'n Node) -> Vec<Derived> {
        let items = self.items_under(root, "derived");
        items.iter().filter_map(|item| self.derived_fact(item)).collect()
    }

    fn derived_fact(&mut self, node: &'n Node) -> Option<Derived> {
        let mut fields = self.fields(node, "a derived fact, such as `id: tier`")?;
        let id = self.id(&mut fields);
        if let Some(id) = &id {
            self.free_name(id, node);
        }
        let title = self.required_text(&mut fields, "title");
        let shown = self.optional_yes(&mut fields, "shown");
        let names = values_of(node);
        let (values, cases, scale) = if node.get("when").is_some() {
            self.yes_no_fact(&mut fields, shown)
        } else {
            self.cases_fact(&mut fields, &names, shown)
        };
        let cites = self.cites(&mut fields, shown);
        self.finish(fields);
        let id = id?;
        if let Some(ix) = self.names.derived.look_up(&id).filter(|_| shown) {
            self.names.derived.mark(ix);
        }
        Some(Derived {
            id,
            title: title?,
            shown,
            values,
            scale,
            cases: cases?.into(),
            cites,
            place: node.place.start(),
        })
    }

    /// A derived fact is told from a question and from the words of conditions by its name alone.
    fn free_name(&mut self, id: &str, node: &'n Node) {
        let place = node.get("id").map_or(node.place, |id| id.place);
        if CONDITION_WORDS.contains(&id) {
            self.fault(
                Finding::new(Code::ReservedName, format!("a derived fact cannot be called {}", quoted(id)))
                    .at(place)
                    .help("conditions use that word themselves"),
            );
        }
        if self.names.questions.look_up(id).is_some() {
            self.fault(
                Finding::new(Code::NameClash, format!("{} is a question and a derived fact", quoted(id)))
                    .at(place)
                    .help("give one of them another id: a condition could mean either"),
            );
        }
    }

    /// A yes/no fact: `yes` when its condition holds, else `no`.
    fn yes_no_fact(
        &mut self,
        fields: &mut Fields<'n>,
        shown: bool,
    ) -> (Vec<DerivedValue>, Option<Vec<DerivedCase>>, bool) {
        let node = fields.optional("when");
        let when = node.and_then(|node| self.condition(node));
        let says = if shown { self.required(fields, "says") } else { fields.optional("says") };
        let (mut yes, mut no) = (None, None);
        if let Some(mut fields) = says.and_then(|node| self.fields(node, "what is said, such as `yes: It is.`")) {
            yes = self.required_text(&mut fields, "yes");
            no = self.required_text(&mut fields, "no");
            self.finish(fields);
        }
        let value = |name: &str, says| DerivedValue { name: name.to_owned(), says };
        let place = node.map_or_else(Default::default, |node| node.place.start());
        let cases = when.map(|when| {
            vec![
                DerivedCase { value: ValueIx(0), when: Some(when), place },
                DerivedCase { value: ValueIx(1), when: None, place },
            ]
        });
        (vec![value("yes", yes), value("no", no)], cases, false)
    }

    fn cases_fact(
        &mut self,
        fields: &mut Fields<'n>,
        names: &[&'n str],
        shown: bool,
    ) -> (Vec<DerivedValue>, Option<Vec<DerivedCase>>, bool) {
        let scale = fields.optional("scale");
        let scaled = scale.and_then(|node| self.list(node));
        let nodes = self.required(fields, "cases").and_then(|node| self.list(node)).unwrap_or(&[]);
        let mut values: Vec<DerivedValue> =
            names.iter().map(|name| DerivedValue { name: (*name).to_owned(), says: None }).collect();
        let mut given = vec![false; names.len()];
        let mut cases = Some(Vec::new());
        for (at, node) in nodes.iter().enumerate() {
            let case = self.case(node, names, at + 1 == nodes.len(), &mut values, &mut given, shown);
            cases = cases.zip(case).map(|(mut cases, case)| {
                cases.push(case);
                cases
            });
        }
        if let Some(scaled) = scaled {
            self.scale(scaled, names, &given);
        }
        (values, cases, scaled.is_some())
    }

    fn case(
        &mut self,
        node: &'n Node,
        names: &[&'n str],
        last: bool,
        values: &mut [DerivedValue],
        given: &mut [bool],
        shown: bool,
    ) -> Option<DerivedCase> {
        let mut fields = self.fields(node, "a case, such as `is: uk-gdpr`")?;
        let is = self.required(&mut fields, "is").and_then(|node| self.text(node).map(|text| (text, node.place)));
        let says = self.optional_text(&mut fields, "says");
        let when_node = fields.optional("when");
        let when = when_node.and_then(|node| self.condition(node));
        self.finish(fields);
        let (is, place) = is?;
        if !is_id(is) {
            self.fault(
                Finding::new(Code::BadId, format!("{} is not a value", quoted(is)))
                    .at(place)
                    .help("a value is written like an id: lower-case letters, digits and single hyphens"),
            );
        }
        if is == UNDETERMINED {
            self.fault(
                Finding::new(Code::ReservedName, format!("no value can be called {}", quoted(is)))
                    .at(place)
                    .help("it is how a case says that a value is not known; give the value another name"),
            );
        }
        match (last, when_node.is_some()) {
            (true, true) => self.fault(
                Finding::new(Code::NoLastCase, "the last case has a condition, so there may be no value")
                    .at(place)
                    .help("add a last case without `when`"),
            ),
            (false, false) => self.fault(
                Finding::new(Code::UnreachableCase, "a case without `when` holds always, so those after it never do")
                    .at(place)
                    .help("move it to the end, or say when it holds"),
            ),
            _ => {}
        }
        let at = names.iter().position(|name| *name == is)?;
        let first = given.get_mut(at).is_some_and(|given| !std::mem::replace(given, true));
        let says = says?;
        match (says, values.get_mut(at)) {
            (Some(says), Some(value)) if first => value.says = Some(says),
            (Some(_), _) => self.fault(
                Finding::new(Code::SaysTwice, format!("what {} says is written at its first case", quoted(is)))
                    .at(node.get("says").map_or(place, |says| says.place))
                    .help("take it out here"),
            ),
            (None, _) if first && shown => self.fault(
                Finding::new(Code::MissingKey, "the key `says` is missing")
                    .at(place)
                    .help("people see this fact: say the conclusion in a sentence"),
            ),
            _ => {}
        }
        let value = ValueIx(u16::try_from(at).unwrap_or(u16::MAX));
        if when_node.is_some() && when.is_none() {
            return None;
        }
        Some(DerivedCase { value, when, place: node.place.start() })
    }

    /// A scale names every value, each once.
    fn scale(&mut self, scaled: &'n [Node], names: &[&'n str], given: &[bool]) {
        let mut seen: Vec<&str> = Vec::new();
        for node in scaled {
            let Some(text) = self.text(node) else { continue };
            let known = names.iter().position(|name| *name == text).and_then(|at| given.get(at)).copied();
            if seen.contains(&text) || known != Some(true) {
                self.fault(
                    Finding::new(Code::BadScale, format!("{} stands wrongly in the scale", quoted(text)))
                        .at(node.place)
                        .help("a scale names each value that some case gives, once, lowest first"),
                );
            }
            seen.push(text);
        }
        let first = scaled.first().map(|node| node.place);
        for (name, given) in names.iter().zip(given) {
            if *given && !seen.contains(name) {
                let finding = Finding::new(Code::BadScale, format!("the scale does not name {}", quoted(name)))
                    .help("a scale names each value that some case gives, once, lowest first");
                self.fault(first.map_or(finding.clone(), |place| finding.at(place)));
            }
        }
    }

    /// The items of the one list that a file holds.
    pub(super) fn items_under(&mut self, root: &'n Node, key: &'static str) -> &'n [Node] {
        let Some(mut fields) = self.fields(root, "a mapping with one list") else { return &[] };
        let items = match self.required(&mut fields, key).map(|node| &node.value) {
            // A ruleset may have no myths, or no terms yet.
            Some(Value::List(items)) if items.is_empty() => &[],
            Some(_) => root.get(key).and_then(|node| self.list(node)).unwrap_or(&[]),
            None => &[],
        };
        self.finish(fields);
        items
    }
}
