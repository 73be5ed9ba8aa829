//! `questions.yaml`: sections of questions, in asking order.

use std::rc::Rc;

use super::names::{self, ListSource};
use super::reader::Reader;
use crate::finding::{Code, Finding};
use crate::model::{Changeable, Ix, Kind, ListIx, Question, RESERVED, Section, SectionIx};
use crate::text::quoted;
use crate::yaml::{Fields, Node, Value};

/// The first part of the ids of the questions behind the safety screen: what is answered to them is never shown.
pub(crate) const SCREEN: &str = "screen";

impl<'n> Reader<'n> {
    /// Reads the sections and their questions.
    pub(super) fn questions(&mut self, root: &'n Node) -> (Vec<Section>, Vec<Question>) {
        let (mut sections, mut questions) = (Vec::new(), Vec::new());
        let Some(mut fields) = self.fields(root, "sections of questions, such as `sections: [ … ]`") else {
            return (sections, questions);
        };
        let nodes = self.required(&mut fields, "sections").and_then(|node| self.list(node)).unwrap_or(&[]);
        self.finish(fields);
        for node in nodes {
            let Some(mut fields) = self.fields(node, "a section, such as `id: data`") else { continue };
            let id = self.id(&mut fields);
            let title = self.required_text(&mut fields, "title");
            let items = self.required(&mut fields, "questions").and_then(|node| self.list(node)).unwrap_or(&[]);
            self.finish(fields);
            let section = SectionIx::new(sections.len());
            sections.push(Section { id: id.unwrap_or_default(), title: title.unwrap_or_default() });
            questions.extend(items.iter().filter_map(|item| self.question(item, section)));
        }
        self.prefixes(&questions);
        (sections, questions)
    }

    fn question(&mut self, node: &'n Node, section: SectionIx) -> Option<Question> {
        let mut fields = self.fields(node, "a question, such as `id: data.form`")?;
        let id = self.id(&mut fields);
        if let Some(id) = &id {
            self.path(id, node);
        }
        let kind_node = self.required(&mut fields, "type");
        let kind = kind_node.and_then(|node| self.kind(node));
        let prompt = self.required_text(&mut fields, "prompt");
        let help = self.optional_text(&mut fields, "help");
        // Of a question whose type cannot be read, nobody can say what it lacks.
        let text_kind = kind.is_none_or(|kind| kind == Kind::Text);
        let why_node = if text_kind { fields.optional("why") } else { self.required(&mut fields, "why") };
        let why = why_node.and_then(|node| self.text(node)).map(str::to_owned);
        let who_node = if text_kind { fields.optional("who") } else { self.required(&mut fields, "who") };
        let who = who_node.and_then(|node| self.who(node));
        let words = [("fixed", Changeable::Fixed), ("design", Changeable::Design), ("evidence", Changeable::Evidence)];
        let changeable = fields.optional("changeable").and_then(|node| self.word(node, &words));
        let only_if = fields.optional("only-if").and_then(|node| self.condition(node));
        let list = self.list_ix(&mut fields, id.as_deref(), kind);
        let candidates = self.optional_text(&mut fields, "candidates");
        let cites = self.cites(&mut fields, false);
        if kind.is_none() {
            fields.optional("options");
        }
        self.finish(fields);
        if let Some(ix) = id.as_deref().and_then(|id| self.names.questions.look_up(id)).filter(|_| text_kind) {
            // It is for people: nothing has to test it.
            self.names.questions.mark(ix);
        }
        Some(Question {
            id: id?,
            section,
            kind: kind?,
            prompt: prompt?.into(),
            help: help?.into(),
            why: why.into(),
            who,
            changeable: changeable.unwrap_or(Changeable::Fixed),
            only_if: only_if.into(),
            list,
            candidates: candidates?,
            cites,
            place: node.place.start(),
        })
    }

    fn kind(&mut self, node: &'n Node) -> Option<Kind> {
        let kinds = ["yes-no", "one-of", "any-of", "text"];
        let words: Vec<(&'static str, Kind)> =
            kinds.iter().filter_map(|word| names::kind(word).map(|kind| (*word, kind))).collect();
        self.word(node, &words)
    }

    /// A question's id is a path in a manifest: at least two parts, none of the manifest's own words first.
    fn path(&mut self, id: &str, node: &'n Node) {
        let place = node.get("id").map_or(node.place, |id| id.place);
        let first = id.split('.').next().unwrap_or_default();
        if !id.contains('.') {
            self.fault(
                Finding::new(Code::BadId, format!("the question {} has no section in a manifest", quoted(id)))
                    .at(place)
                    .help("give it at least two parts, for example `data.form`"),
            );
        } else if RESERVED.contains(&first) {
            self.fault(
                Finding::new(Code::ReservedName, format!("a question's id cannot start with {}", quoted(first)))
                    .at(place)
                    .help("a manifest uses that word itself"),
            );
        }
    }

    /// No question's id is the beginning of another's: one place in a manifest is an answer or a section, not both.
    fn prefixes(&mut self, questions: &[Question]) {
        let mut sorted: Vec<&Question> = questions.iter().collect();
        sorted.sort_by(|a, b| a.id.split('.').cmp(b.id.split('.')));
        for pair in sorted.windows(2) {
            let [shorter, longer] = pair else { continue };
            let inside = longer.id.strip_prefix(&shorter.id).is_some_and(|rest| rest.starts_with('.'));
            if inside {
                self.fault(
                    Finding::new(
                        Code::NameClash,
                        format!("{} would stand inside the answer to {}", quoted(&longer.id), quoted(&shorter.id)),
                    )
                    .at(longer.place)
                    .related(shorter.place, "this one is an answer")
                    .help("give one of them another id"),
                );
            }
        }
    }

    fn list_ix(&mut self, fields: &mut Fields<'n>, id: Option<&str>, kind: Option<Kind>) -> Option<ListIx> {
        let options = match kind? {
            Kind::OneOf | Kind::AnyOf => self.required(fields, "options")?,
            // Asked for by nobody, a list of options here is an unknown key.
            Kind::YesNo => return Some(ListIx::new(names::YES_NO)),
            Kind::Text => return None,
        };
        let names = Rc::clone(&self.names);
        match &options.value {
            Value::Scalar(_) => {
                let text = self.text(options)?;
                names.lists.resolve(text, options.place, &mut self.findings)?;
            }
            Value::List(_) => {
                self.list(options)?;
            }
            Value::Map(_) => self.each(options, id, kind)?,
        }
        let ix = names.questions.look_up(id?)?;
        names.question_names.get(ix)?.list.map(ListIx::new)
    }

    fn each(&mut self, node: &'n Node, id: Option<&str>, kind: Option<Kind>) -> Option<()> {
        let mut fields = self.fields(node, "`each: power.gateway`")?;
        let leader = self.required(&mut fields, "each");
        self.finish(fields);
        let leader = leader?;
        let text = self.text(leader)?;
        let names = Rc::clone(&self.names);
        let ix = names.questions.resolve(text, leader.place, &mut self.findings)?;
        let leads = names.question_names.get(ix).and_then(|q| q.list).and_then(|list| names.list_nodes.get(list));
        let conditional = names.options_of(ix).is_some_and(|list| list.conditional);
        let good = matches!(leads, Some(ListSource::File(..) | ListSource::Inline(..))) && conditional;
        let earlier = id.and_then(|id| names.questions.look_up(id)).is_none_or(|own| ix < own);
        let led = names.question_names.get(ix).filter(|_| earlier);
        if led.is_some_and(|led| led.list.is_none() && led.kind != Some(Kind::Text)) {
            // Its options are a fault already.
            return None;
        }
        if !good || !earlier || kind != Some(Kind::AnyOf) {
            self.fault(
                Finding::new(Code::WrongEach, format!("the options cannot be those of {}", quoted(text)))
                    .at(leader.place)
                    .help("`each` is for an `any-of` question, and names an earlier question with options that have `conditions`"),
            );
            return None;
        }
        Some(())
    }
}
