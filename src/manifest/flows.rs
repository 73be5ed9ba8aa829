//! The exchanges of a manifest: its own, called `main`, and those under `flows`, each of which overrides part of it.

use std::collections::BTreeMap;

use super::waivers::{NotedWaiver, UncheckedWaiver};
use super::{recorded, told, waivers};
use crate::finding::{Code, Finding, Findings};
use crate::model::{Answer, AnswerValue, Date, Exchange, Given, QuestionIx, is_id};
use crate::rulefile::{RESERVED, ReadAnswer, read_facts};
use crate::ruleset::Ruleset;
use crate::text::{Place, Sources, quoted};
use crate::yaml::{Node, Value, shape};

/// The id of the manifest's own exchange.
pub const MAIN: &str = "main";

/// The keys of a flow that are not answers.
pub(super) const FLOW_KEYS: [&str; 5] = ["id", "without", "done", "waivers", "told"];

/// One exchange of a manifest, and where its answers stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// The exchange.
    pub exchange: Exchange,
    /// Where each answer stands, and whether it is the flow's own or that of the manifest above it.
    pub places: Vec<(QuestionIx, Place, bool)>,
    /// Where each waiver stands: those above and in a shared file first.
    pub waivers: Vec<NotedWaiver>,
}

/// Reads every exchange of a manifest.
pub(super) fn read(
    root: &Node,
    shared: &[UncheckedWaiver],
    ruleset: &Ruleset,
    as_of: Date,
    sources: &Sources,
    findings: &mut Findings,
) -> Vec<Flow> {
    let Value::Map(entries) = &root.value else { return Vec::new() };
    let answers = read_facts(ruleset, entries, &RESERVED, findings);
    let exchange = Exchange { id: MAIN.to_owned(), ..Exchange::default() };
    let mut main = Flow { exchange, places: Vec::new(), waivers: Vec::new() };
    main.waive(shared, true, ruleset, sources, findings);
    main.answer(answers, sources, true);
    main.record(root, ruleset, as_of, sources, findings);
    let mut ids = BTreeMap::new();
    let mut flows = Vec::new();
    let only = root.get("flows-only").and_then(|node| shape::yes_no(node, findings)).unwrap_or(false);
    if let Some(node) = root.get("flows-only").filter(|_| only && root.get("flows").is_none()) {
        findings.push(
            Finding::new(Code::MissingKey, "there are no flows, so nothing would be checked")
                .at(node.place)
                .help("add `flows:`, or take `flows-only` out"),
        );
    }
    let list = root.get("flows").and_then(|node| shape::list(node, "a list of flows", findings)).unwrap_or(&[]);
    for node in list {
        let Value::Map(entries) = &node.value else {
            findings.push(shape::wrong(node, "a flow, such as `id: results-back`"));
            continue;
        };
        let id = flow_id(node, &mut ids, findings);
        let mut flow = main.clone();
        flow.exchange.id = id.unwrap_or_default();
        flow.places.iter_mut().for_each(|(_, _, own)| *own = false);
        flow.leave_out(node, ruleset, findings);
        let answers = read_facts(ruleset, entries, &FLOW_KEYS, findings);
        flow.answer(answers, sources, true);
        flow.record(node, ruleset, as_of, sources, findings);
        flows.push(flow);
    }
    // What is shared is no exchange only where the manifest says so: it is never guessed from what is missing.
    if !only {
        flows.insert(0, main);
    }
    flows
}

fn flow_id(node: &Node, ids: &mut BTreeMap<String, Place>, findings: &mut Findings) -> Option<String> {
    let Some(id) = node.get("id") else {
        let place = match &node.value {
            Value::Map(entries) => entries.first().map_or(node.place, |entry| entry.key_place),
            _ => node.place,
        };
        findings.push(
            Finding::new(Code::MissingKey, "the key `id` is missing")
                .at(place)
                .help("give each flow a name of its own, for example `id: results-back`"),
        );
        return None;
    };
    let text = shape::text(id, "the id of a flow", findings)?;
    if !is_id(text) {
        findings.push(
            Finding::new(Code::BadId, format!("{} is not an id", quoted(text)))
                .at(id.place)
                .help("an id is lower-case letters, digits and single hyphens"),
        );
    } else if text == MAIN {
        findings.push(
            Finding::new(Code::DuplicateFlow, format!("{} is the manifest's own exchange", quoted(text)))
                .at(id.place)
                .help("give the flow another id"),
        );
    } else if let Some(first) = ids.get(text) {
        findings.push(
            Finding::new(Code::DuplicateFlow, format!("two flows are called {}", quoted(text)))
                .at(id.place)
                .related(*first, "the first is here")
                .help("give one of them another id"),
        );
    }
    ids.entry(text.to_owned()).or_insert(id.place);
    Some(text.to_owned())
}

impl Flow {
    fn answer(&mut self, answers: Vec<ReadAnswer>, sources: &Sources, own: bool) {
        for ReadAnswer { question, value, place } in answers {
            let given =
                sources.get(place.file).map_or(Given::Unstated, |source| Given::At(source.location(place.span.start)));
            self.places.retain(|(other, _, _)| *other != question);
            self.places.push((question, place, own));
            self.exchange.facts.set(question, Answer { value, given });
        }
    }

    fn record(&mut self, node: &Node, ruleset: &Ruleset, as_of: Date, sources: &Sources, findings: &mut Findings) {
        if let Some(done) = node.get("done") {
            self.exchange.done.extend(recorded::done(done, ruleset, as_of, sources, findings));
        }
        if let Some(waivers) = node.get("waivers") {
            let unchecked = waivers::read(waivers, as_of, false, findings);
            self.waive(&unchecked, false, ruleset, sources, findings);
        }
        // What was told about a flow stands in place of what was told above, as an answer does.
        if let Some(node) = node.get("told") {
            self.exchange.told = told::told(node, ruleset, findings);
            self.exchange.told_nothing = told::is_nothing(node);
        }
    }

    fn waive(
        &mut self,
        unchecked: &[UncheckedWaiver],
        shared: bool,
        ruleset: &Ruleset,
        sources: &Sources,
        findings: &mut Findings,
    ) {
        let (read, noted) = waivers::resolve(unchecked, ruleset, shared, sources, findings);
        self.exchange.waivers.extend(read);
        self.waivers.extend(noted);
    }

    /// Answers above that do not hold for this flow: said aloud, so that none is dropped unseen.
    fn leave_out(&mut self, node: &Node, ruleset: &Ruleset, findings: &mut Findings) {
        let Some(list) = node.get("without") else { return };
        for item in shape::one_or_more(list, "a list of questions", findings).unwrap_or(&[]) {
            let Some(text) = shape::text(item, "the id of a question", findings) else { continue };
            let question = ruleset.question_named(text);
            let answered = question.filter(|question| self.exchange.facts.get(*question).is_some());
            let Some(question) = answered else {
                findings.push(
                    Finding::new(Code::NothingToLeaveOut, format!("{} is not answered above", quoted(text)))
                        .at(item.place)
                        .help("`without` names questions that the manifest itself answers"),
                );
                continue;
            };
            self.exchange.facts.remove(question);
            self.places.retain(|(other, _, _)| *other != question);
        }
    }

    /// A text answer, if it was given.
    #[must_use]
    pub fn text(&self, question: QuestionIx) -> Option<&str> {
        match self.exchange.facts.get(question).map(|answer| &answer.value) {
            Some(AnswerValue::Text(text)) => Some(text),
            _ => None,
        }
    }
}
