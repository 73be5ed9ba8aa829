//! The small files: roles, sources, myths, glossary.

use super::reader::{Reader, read_url};
use crate::finding::{Code, Finding};
use crate::model::{Citation, Confidence, CopyRead, Date, InForce, Myth, Role, Term};
use crate::text::quoted;
use crate::yaml::Node;

impl<'n> Reader<'n> {
    /// Reads `roles.yaml`.
    pub(super) fn roles(&mut self, root: &'n Node) -> Vec<Role> {
        let items = self.items_under(root, "roles");
        items.iter().filter_map(|item| self.a_role(item)).collect()
    }

    fn a_role(&mut self, node: &'n Node) -> Option<Role> {
        let mut fields = self.fields(node, "a role, such as `id: team`")?;
        let id = self.id(&mut fields);
        if let Some(id) = id.as_deref().filter(|id| id.contains('.')) {
            self.fault(
                Finding::new(Code::BadId, format!("the role {} has a dot", quoted(id)))
                    .at(node.get("id").map_or(node.place, |id| id.place))
                    .help("`from.` and `to.` before a role say whose it is, so a role's id has one part"),
            );
        }
        let title = self.required_text(&mut fields, "title");
        let does = self.required_text(&mut fields, "does");
        self.finish(fields);
        Some(Role { id: id?, title: title?, does: does?, place: node.place.start() })
    }

    /// Reads `sources.yaml`.
    pub(super) fn sources(&mut self, root: &'n Node) -> Vec<Citation> {
        let items = self.items_under(root, "sources");
        items.iter().filter_map(|item| self.a_source(item)).collect()
    }

    fn a_source(&mut self, node: &'n Node) -> Option<Citation> {
        let mut fields = self.fields(node, "a source, such as `id: uk-gdpr-art-46`")?;
        let id = self.id(&mut fields);
        let title = self.required_text(&mut fields, "title");
        let provision = self.optional_text(&mut fields, "provision");
        let url = self.required(&mut fields, "url").and_then(|node| read_url(node, &mut self.findings));
        let read = self.required(&mut fields, "read").and_then(|node| self.read(node));
        let words = [("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)];
        let confidence = self.required(&mut fields, "confidence").and_then(|node| self.word(node, &words));
        let in_force = match fields.optional("in-force") {
            Some(node) => self.appointed(node).map(|date| Some(date.map_or(InForce::NotAppointed, InForce::From))),
            None => Some(None),
        };
        self.finish(fields);
        let (read_on, copy) = read?;
        Some(Citation {
            id: id?,
            title: title?,
            provision: provision?,
            url: url?,
            read_on,
            copy,
            confidence: confidence?,
            in_force: in_force?,
            place: node.place.start(),
        })
    }

    fn read(&mut self, node: &'n Node) -> Option<(Date, CopyRead)> {
        let mut fields = self.fields(node, "what was read, such as `on: 2026-11-22`")?;
        let on = self.required(&mut fields, "on").and_then(|node| self.date(node));
        let words = [("live", CopyRead::Live), ("archived", CopyRead::Archived), ("not-read", CopyRead::NotRead)];
        let copy = self.required(&mut fields, "copy").and_then(|node| self.word(node, &words));
        self.finish(fields);
        Some((on?, copy?))
    }

    /// Reads `myths.yaml`.
    pub(super) fn myths(&mut self, root: &'n Node) -> Vec<Myth> {
        let items = self.items_under(root, "myths");
        items.iter().filter_map(|item| self.myth(item)).collect()
    }

    fn myth(&mut self, node: &'n Node) -> Option<Myth> {
        let mut fields = self.fields(node, "a myth, such as `id: consent-always-needed`")?;
        let id = self.id(&mut fields);
        let belief = self.required_text(&mut fields, "belief");
        let truth = self.required_text(&mut fields, "truth");
        let when = self.required(&mut fields, "when").and_then(|node| self.condition(node));
        let cites = self.cites(&mut fields, true);
        self.finish(fields);
        Some(Myth {
            id: id?,
            belief: belief?.into(),
            truth: truth?.into(),
            when: when?.into(),
            cites,
            place: node.place.start(),
        })
    }

    /// Reads `glossary.yaml`.
    pub(super) fn terms(&mut self, root: &'n Node) -> Vec<Term> {
        let items = self.items_under(root, "terms");
        items.iter().filter_map(|item| self.term(item)).collect()
    }

    fn term(&mut self, node: &'n Node) -> Option<Term> {
        let mut fields = self.fields(node, "a term, such as `id: eori`")?;
        let id = self.id(&mut fields);
        let term = self.required_text(&mut fields, "term");
        let meaning = self.required_text(&mut fields, "meaning");
        let cites = self.cites(&mut fields, false);
        self.finish(fields);
        Some(Term { id: id?, term: term?, meaning: meaning?, cites, place: node.place.start() })
    }
}
