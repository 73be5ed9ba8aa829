//! What the second pass over a ruleset's files carries: the names, the faults found, and small readers of values.

use std::rc::Rc;

use super::names::Names;
use crate::finding::{Code, Finding, Findings};
use crate::model::{self, Date, Ix, Party, QuestionIx, RoleIx, SourceIx, Step, Who, is_id};
use crate::text::quoted;
use crate::yaml::{Fields, Node, Value, shape};

/// The state of the second pass.
pub(super) struct Reader<'n> {
    pub(super) names: Rc<Names<'n>>,
    pub(super) findings: Findings,
    /// How many tests were numbered so far.
    pub(super) tests: u32,
}

impl<'n> Reader<'n> {
    pub(super) fn new(names: Names<'n>, findings: Findings) -> Self {
        Self { names: Rc::new(names), findings, tests: 0 }
    }

    pub(super) fn fault(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(super) fn fields(&mut self, node: &'n Node, what: &'static str) -> Option<Fields<'n>> {
        Fields::new(node, what, &mut self.findings)
    }

    pub(super) fn required(&mut self, fields: &mut Fields<'n>, key: &'static str) -> Option<&'n Node> {
        fields.required(key, &mut self.findings)
    }

    pub(super) fn finish(&mut self, fields: Fields<'n>) {
        fields.finish(&mut self.findings);
    }

    pub(super) fn text(&mut self, node: &'n Node) -> Option<&'n str> {
        shape::text(node, "a text", &mut self.findings)
    }

    pub(super) fn list(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        shape::list(node, "a list", &mut self.findings)
    }

    pub(super) fn yes_no(&mut self, node: &'n Node) -> Option<bool> {
        shape::yes_no(node, &mut self.findings)
    }

    /// A list, or one value that stands for a list of one.
    pub(super) fn one_or_list(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(_) => self.list(node),
            _ => Some(std::slice::from_ref(node)),
        }
    }

    pub(super) fn required_text(&mut self, fields: &mut Fields<'n>, key: &'static str) -> Option<String> {
        let node = self.required(fields, key)?;
        self.text(node).map(str::to_owned)
    }

    /// A text that may be left out. The outer `None` is a fault.
    pub(super) fn optional_text(&mut self, fields: &mut Fields<'n>, key: &'static str) -> Option<Option<String>> {
        match fields.optional(key) {
            Some(node) => self.text(node).map(|text| Some(text.to_owned())),
            None => Some(None),
        }
    }

    pub(super) fn optional_yes(&mut self, fields: &mut Fields<'n>, key: &'static str) -> bool {
        fields.optional(key).and_then(|node| self.yes_no(node)).unwrap_or(false)
    }

    /// The id of an item; the first pass has seen to it that it is the only one.
    pub(super) fn id(&mut self, fields: &mut Fields<'n>) -> Option<String> {
        let node = self.required(fields, "id")?;
        let text = self.text(node)?;
        if !is_id(text) {
            self.fault(
                Finding::new(Code::BadId, format!("{} is not an id", quoted(text)))
                    .at(node.place)
                    .help("an id is lower-case letters, digits and single hyphens; dots separate its parts"),
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&mut self, node: &'n Node, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(node)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fault(
                Finding::new(Code::UnknownWord, format!("{} is not one of the words this key takes", quoted(text)))
                    .at(node.place)
                    .help(format!("it takes `{}`", known.join("`, `"))),
            );
        }
        found
    }

    pub(super) fn date(&mut self, node: &'n Node) -> Option<Date> {
        read_date(node, &mut self.findings)
    }

    /// The sources under `cites`. Missing, where `needed`, is a fault.
    pub(super) fn cites(&mut self, fields: &mut Fields<'n>, needed: bool) -> Vec<SourceIx> {
        let node = if needed { self.required(fields, "cites") } else { fields.optional("cites") };
        let items = node.and_then(|node| self.list(node)).unwrap_or(&[]);
        items.iter().filter_map(|item| self.source(item)).collect()
    }

    fn source(&mut self, node: &'n Node) -> Option<SourceIx> {
        let text = self.text(node)?;
        let names = Rc::clone(&self.names);
        names.sources.resolve(text, node.place, &mut self.findings).map(SourceIx::new)
    }

    pub(super) fn role(&mut self, node: &'n Node) -> Option<RoleIx> {
        let text = self.text(node)?;
        let names = Rc::clone(&self.names);
        names.roles.resolve(text, node.place, &mut self.findings).map(RoleIx::new)
    }

    pub(super) fn question_named(&mut self, node: &'n Node) -> Option<QuestionIx> {
        let text = self.text(node)?;
        let names = Rc::clone(&self.names);
        names.questions.resolve(text, node.place, &mut self.findings).map(QuestionIx::new)
    }

    /// A role, and whose: `team`, `from.data-protection-officer`.
    pub(super) fn who(&mut self, node: &'n Node) -> Option<Who> {
        let text = self.text(node)?;
        let (party, role) = match (text.strip_prefix("from."), text.strip_prefix("to.")) {
            (Some(role), _) => (Party::From, role),
            (_, Some(role)) => (Party::To, role),
            _ => (Party::Any, text),
        };
        let names = Rc::clone(&self.names);
        let role = names.roles.resolve(role, node.place, &mut self.findings).map(RoleIx::new)?;
        Some(Who { party, role })
    }

    /// The steps under `steps`.
    pub(super) fn steps(&mut self, fields: &mut Fields<'n>, needed: bool) -> Vec<Step> {
        let node = if needed { self.required(fields, "steps") } else { fields.optional("steps") };
        let items = node.and_then(|node| self.list(node)).unwrap_or(&[]);
        items.iter().filter_map(|item| self.step(item)).collect()
    }

    fn step(&mut self, node: &'n Node) -> Option<Step> {
        let mut fields = self.fields(node, "a step")?;
        let action = self.required_text(&mut fields, "do");
        let who = self.required(&mut fields, "who").and_then(|node| self.who(node));
        let produces = self.optional_text(&mut fields, "produces");
        self.finish(fields);
        Some(Step { action: action?, who: who?, produces: produces? })
    }
}

/// A web address that is safe to show as one.
pub(super) fn read_url(node: &Node, findings: &mut Findings) -> Option<String> {
    let text = shape::text(node, "a web address", findings)?;
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = rest.is_some_and(|rest| {
        rest.contains('.') && rest.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'`'))
    });
    if !plain {
        findings.push(
            Finding::new(Code::BadUrl, format!("{} is not a web address", quoted(text)))
                .at(node.place)
                .help("write the whole address, from https:// on, without spaces"),
        );
        return None;
    }
    Some(text.to_owned())
}

/// A date, `2026-11-22`.
pub(crate) fn read_date(node: &Node, findings: &mut Findings) -> Option<Date> {
    let text = shape::text(node, "a date", findings)?;
    let date = model::date(text);
    if date.is_none() {
        findings.push(
            Finding::new(Code::BadDate, format!("{} is not a date", quoted(text)))
                .at(node.place)
                .help("write year, month and day of a day that exists, for example 2026-11-22"),
        );
    }
    date
}
