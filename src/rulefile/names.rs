//! First pass over a ruleset's files: every name there is, so that the second pass can resolve them in any order.
//!
//! This pass reports names that are written twice; everything else that is wrong is the second pass's.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::files::Files;
use crate::finding::{Code, Finding, Findings};
use crate::model::{Kind, OptionIx, QuestionIx, id::MOST};
use crate::text::{Place, quoted};
use crate::yaml::{Node, Value};

/// The names of one kind of thing.
pub(super) struct Table<'n> {
    /// What they name, for messages.
    what: &'static str,
    /// The code of "no such name".
    unknown: Code,
    by_name: BTreeMap<&'n str, usize>,
    places: Vec<Place>,
    used: Vec<Cell<bool>>,
    /// Whether some names could not be read: then nobody can say that another is unknown. The reason is a fault already.
    partial: bool,
}

impl<'n> Table<'n> {
    fn new(what: &'static str, unknown: Code) -> Self {
        Self { what, unknown, by_name: BTreeMap::new(), places: Vec::new(), used: Vec::new(), partial: false }
    }

    /// Adds a name. Things are numbered in the order added, also those whose name was taken.
    fn add(&mut self, name: &'n str, place: Place, findings: &mut Findings) -> usize {
        let ix = self.places.len();
        if ix == MOST {
            findings.push(
                Finding::new(Code::TooManyItems, format!("there are more than {MOST} {}s", self.what))
                    .at(place)
                    .help("split the ruleset: nobody could answer for this many"),
            );
        }
        self.places.push(place);
        self.used.push(Cell::new(false));
        match self.by_name.get(name).and_then(|first| self.places.get(*first)) {
            Some(first) => findings.push(
                Finding::new(Code::DuplicateId, format!("the {} {} is defined twice", self.what, quoted(name)))
                    .at(place)
                    .related(*first, "first defined here")
                    .help("give one of them another id"),
            ),
            None => {
                self.by_name.insert(name, ix);
            }
        }
        ix
    }

    /// The number of a name, without marking it as used.
    pub(super) fn look_up(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Where a name is defined.
    pub(super) fn place_of(&self, name: &str) -> Option<Place> {
        self.places.get(self.look_up(name)?).copied()
    }

    /// The number of a name that something uses. An unknown one is a fault.
    pub(super) fn resolve(&self, name: &str, place: Place, findings: &mut Findings) -> Option<usize> {
        let found = self.look_up(name);
        match found {
            Some(ix) => self.mark(ix),
            None if self.partial => {}
            None => {
                let near = findings.suggest(name, self.by_name.keys().copied());
                findings.push(self.unknown(name, near, place));
            }
        }
        found
    }

    /// Whether some names could not be read.
    pub(super) fn is_partial(&self) -> bool {
        self.partial
    }

    /// The fault of naming something that is not there.
    fn unknown(&self, name: &str, near: Option<&str>, place: Place) -> Finding {
        let finding = Finding::new(self.unknown, format!("there is no {} {}", self.what, quoted(name))).at(place);
        match near {
            Some(near) => finding.help(format!("did you mean {}?", quoted(near))),
            None => finding.help(format!("define it, or name a {} that is defined", self.what)),
        }
    }

    /// Marks a thing as used.
    pub(super) fn mark(&self, ix: usize) {
        if let Some(used) = self.used.get(ix) {
            used.set(true);
        }
    }

    /// Reports what nothing uses.
    pub(super) fn report_unused(&self, findings: &mut Findings) {
        for (name, ix) in &self.by_name {
            if self.used.get(*ix).is_some_and(|used| !used.get()) {
                let place = self.places.get(*ix).copied();
                let finding =
                    Finding::new(Code::UnusedName, format!("nothing uses the {} {}", self.what, quoted(name)))
                        .help("use it or take it out: what nothing reads is often a slip in what should have read it");
                findings.push(place.map_or(finding.clone(), |place| finding.at(place)));
            }
        }
    }

    /// The names.
    pub(super) fn names(&self) -> impl Iterator<Item = &'n str> + '_ {
        self.by_name.keys().copied()
    }
}

/// What conditions need to know of a list of options before it is read.
pub(super) struct ListNames<'n> {
    /// The options by id.
    pub(super) options: Table<'n>,
    /// The tags that some option carries, by number.
    pub(super) tags: Vec<usize>,
    /// Whether some option has conditions.
    pub(super) conditional: bool,
}

/// What conditions need to know of a question before it is read.
pub(super) struct QuestionNames {
    pub(super) kind: Option<Kind>,
    /// Its list, by number, once `each` is resolved.
    pub(super) list: Option<usize>,
}

/// What conditions need to know of a derived fact before it is read.
pub(super) struct DerivedNames<'n> {
    /// Its values, by number, in scale order or that of first writing.
    pub(super) values: Vec<&'n str>,
}

/// Every name of a ruleset.
#[expect(clippy::struct_field_names, reason = "beside a table of names, what is known of each")]
pub(super) struct Names<'n> {
    pub(super) sections: Table<'n>,
    pub(super) questions: Table<'n>,
    pub(super) question_names: Vec<QuestionNames>,
    /// Lists under `options/`, by the file's name. Lists written in a question follow them in `list_names`.
    pub(super) lists: Table<'n>,
    pub(super) list_names: Vec<ListNames<'n>>,
    /// The nodes of the lists, in the order of `list_names`; an `each` list has none.
    pub(super) list_nodes: Vec<ListSource<'n>>,
    pub(super) tags: Table<'n>,
    pub(super) derived: Table<'n>,
    pub(super) derived_names: Vec<DerivedNames<'n>>,
    pub(super) rules: Table<'n>,
    pub(super) myths: Table<'n>,
    pub(super) terms: Table<'n>,
    pub(super) roles: Table<'n>,
    pub(super) sources: Table<'n>,
    pub(super) profiles: Table<'n>,
    pub(super) cases: Table<'n>,
}

/// Where a list of options is written.
pub(super) enum ListSource<'n> {
    /// A file under `options/`, by its name.
    File(&'n str, Option<&'n Node>),
    /// In a question, by its id.
    Inline(&'n str, &'n Node),
    /// The options of another question.
    Each(&'n str, QuestionIx),
    /// Yes and no.
    YesNo,
}

/// The tag that options with conditions carry without being told.
pub(super) const HAS_CONDITIONS: &str = "has-conditions";

/// The number of the list of every `yes-no` question.
pub(super) const YES_NO: usize = 0;

impl<'n> Names<'n> {
    /// Collects the names of all files.
    pub(super) fn collect(files: &'n Files, findings: &mut Findings) -> Self {
        let mut names = Self::empty();
        names.list_nodes.push(ListSource::YesNo);
        names.list_names.push(yes_no(findings));
        for (name, node) in files.lists() {
            let place = node.map_or(Place::default(), |node| node.place.start());
            names.lists.add(name, place, findings);
            let items = node.and_then(|node| node.get("options"));
            names.add_list(ListSource::File(name, items), items, findings);
        }
        names.collect_questions(files.tree("questions.yaml"), findings);
        names.derived.partial = each(files.tree("derived.yaml"), "derived", |item, id, place| {
            names.derived.add(id, place, findings);
            names.derived_names.push(DerivedNames { values: values_of(item) });
        });
        for (_, root) in files.themes() {
            each(root, "rules", |_, id, place| {
                names.rules.add(id, place, findings);
            });
        }
        for (table, file, key) in [
            (&mut names.myths, "myths.yaml", "myths"),
            (&mut names.terms, "glossary.yaml", "terms"),
            (&mut names.roles, "roles.yaml", "roles"),
            (&mut names.sources, "sources.yaml", "sources"),
        ] {
            table.partial = each(files.tree(file), key, |_, id, place| {
                table.add(id, place, findings);
            });
        }
        for (_, root) in files.cases() {
            each(root, "profiles", |_, id, place| {
                names.profiles.add(id, place, findings);
            });
            each(root, "cases", |_, id, place| {
                names.cases.add(id, place, findings);
            });
        }
        names
    }

    fn empty() -> Self {
        Self {
            sections: Table::new("section", Code::UnknownName),
            questions: Table::new("question", Code::UnknownFact),
            question_names: Vec::new(),
            lists: Table::new("list of options", Code::UnknownList),
            list_names: Vec::new(),
            list_nodes: Vec::new(),
            tags: Table::new("tag", Code::UnknownTag),
            derived: Table::new("derived fact", Code::UnknownFact),
            derived_names: Vec::new(),
            rules: Table::new("rule", Code::UnknownRule),
            myths: Table::new("myth", Code::UnknownName),
            terms: Table::new("term", Code::UnknownName),
            roles: Table::new("role", Code::UnknownRole),
            sources: Table::new("source", Code::UnknownSource),
            profiles: Table::new("profile", Code::UnknownName),
            cases: Table::new("case", Code::UnknownName),
        }
    }

    fn collect_questions(&mut self, root: Option<&'n Node>, findings: &mut Findings) {
        let mut partial = false;
        partial |= each(root, "sections", |section, id, place| {
            self.sections.add(id, place, findings);
            partial |= each(Some(section), "questions", |question, id, place| {
                self.questions.add(id, place, findings);
                let kind = text_of(question.get("type")).and_then(kind);
                let list = self.list_of(id, kind, question.get("options"), findings);
                self.question_names.push(QuestionNames { kind, list });
            });
        });
        self.questions.partial = partial;
    }

    fn list_of(
        &mut self,
        id: &'n str,
        kind: Option<Kind>,
        options: Option<&'n Node>,
        findings: &mut Findings,
    ) -> Option<usize> {
        match (kind?, options) {
            (Kind::YesNo, _) => Some(YES_NO),
            (Kind::Text, _) | (_, None) => None,
            (Kind::OneOf | Kind::AnyOf, Some(node)) => match &node.value {
                // Lists of files follow the list of `yes-no` questions.
                Value::Scalar(scalar) => self.lists.look_up(&scalar.text).map(|at| at + 1),
                Value::List(_) => Some(self.add_list(ListSource::Inline(id, node), Some(node), findings)),
                Value::Map(_) if kind == Some(Kind::OneOf) => None,
                Value::Map(_) => {
                    let leader = self.questions.look_up(text_of(node.get("each"))?)?;
                    let leader_ix = QuestionIx(u16::try_from(leader).ok()?);
                    let list = self.question_names.get(leader)?.list?;
                    Some(self.add_each_list(id, leader_ix, list, findings))
                }
            },
        }
    }

    fn add_list(&mut self, source: ListSource<'n>, items: Option<&'n Node>, findings: &mut Findings) -> usize {
        let mut list =
            ListNames { options: Table::new("option", Code::UnknownOption), tags: Vec::new(), conditional: false };
        for item in items_of(items) {
            let Some((id, place)) = id_of(item) else { continue };
            list.options.add(id, place, findings);
            list.conditional |= item.get("conditions").is_some();
            for tag in items_of(item.get("tags")) {
                let Some(name) = text_of(Some(tag)) else { continue };
                let ix = self.tags.look_up(name).unwrap_or_else(|| self.tags.add(name, tag.place, findings));
                list.tags.push(ix);
            }
        }
        if list.conditional {
            let place = items.map_or(Place::default(), |items| items.place.start());
            let ix =
                self.tags.look_up(HAS_CONDITIONS).unwrap_or_else(|| self.tags.add(HAS_CONDITIONS, place, findings));
            // Nobody writes it, so nobody can forget to use it.
            self.tags.mark(ix);
            list.tags.push(ix);
        }
        list.tags.sort_unstable();
        list.tags.dedup();
        self.list_nodes.push(source);
        self.list_names.push(list);
        self.list_names.len() - 1
    }

    /// The options of another question's list that have conditions.
    fn add_each_list(&mut self, id: &'n str, leader: QuestionIx, list: usize, findings: &mut Findings) -> usize {
        let items = match self.list_nodes.get(list) {
            Some(ListSource::File(_, items)) => *items,
            Some(ListSource::Inline(_, items)) => Some(*items),
            _ => None,
        };
        let mut names =
            ListNames { options: Table::new("option", Code::UnknownOption), tags: Vec::new(), conditional: true };
        for item in items_of(items).filter(|item| item.get("conditions").is_some()) {
            if let Some((id, place)) = id_of(item) {
                names.options.add(id, place, findings);
            }
        }
        names.tags = self.list_names.get(list).map_or_else(Vec::new, |list| list.tags.clone());
        self.list_nodes.push(ListSource::Each(id, leader));
        self.list_names.push(names);
        self.list_names.len() - 1
    }

    /// The tags, by number.
    pub(super) fn tags_in_order(&self) -> Vec<&'n str> {
        let mut tags: Vec<(&str, usize)> = self.tags.by_name.iter().map(|(name, ix)| (*name, *ix)).collect();
        tags.sort_by_key(|(_, ix)| *ix);
        tags.into_iter().map(|(name, _)| name).collect()
    }

    /// The names of a question's options.
    pub(super) fn options_of(&self, question: usize) -> Option<&ListNames<'n>> {
        self.list_names.get(self.question_names.get(question)?.list?)
    }
}

impl ListNames<'_> {
    /// The option of an id.
    pub(super) fn option(&self, id: &str) -> Option<OptionIx> {
        self.options.look_up(id).and_then(|ix| u16::try_from(ix).ok()).map(OptionIx)
    }
}

fn yes_no<'n>(findings: &mut Findings) -> ListNames<'n> {
    let mut options = Table::new("option", Code::UnknownOption);
    options.add("yes", Place::default(), findings);
    options.add("no", Place::default(), findings);
    ListNames { options, tags: Vec::new(), conditional: false }
}

/// The values of a derived fact: in the order of its scale, else in that of its cases. One with `when` is `yes` or `no`.
pub(super) fn values_of(item: &Node) -> Vec<&str> {
    if item.get("when").is_some() {
        return vec!["yes", "no"];
    }
    let scale = items_of(item.get("scale")).filter_map(|value| text_of(Some(value)));
    let cases = items_of(item.get("cases")).filter_map(|case| text_of(case.get("is")));
    let mut values: Vec<&str> = Vec::new();
    for value in scale.chain(cases) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// The kind of a question as it is written.
pub(super) fn kind(text: &str) -> Option<Kind> {
    Some(match text {
        "yes-no" => Kind::YesNo,
        "one-of" => Kind::OneOf,
        "any-of" => Kind::AnyOf,
        "text" => Kind::Text,
        _ => return None,
    })
}

/// Calls `f` with each item of the list under `key` that has an id, and says whether some have none, or there is no list.
/// The second pass reports those.
fn each<'n>(root: Option<&'n Node>, key: &str, mut f: impl FnMut(&'n Node, &'n str, Place)) -> bool {
    let list = root.and_then(|root| root.get(key));
    let mut partial = !list.is_some_and(|list| matches!(list.value, Value::List(_)));
    for item in items_of(list) {
        match id_of(item) {
            Some((id, place)) => f(item, id, place),
            None => partial = true,
        }
    }
    partial
}

/// The id of an item, as the first pass sees it: the second pass must number things alike.
pub(super) fn id_of(item: &Node) -> Option<(&str, Place)> {
    let node = item.get("id")?;
    Some((text_of(Some(node))?, node.place))
}

/// The items of a list, if it is one.
pub(super) fn items_of(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    let items = match node.map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter()
}

/// A scalar's text.
pub(super) fn text_of(node: Option<&Node>) -> Option<&str> {
    let scalar = node?.as_scalar()?;
    (!scalar.is_null()).then_some(scalar.text.as_str())
}
