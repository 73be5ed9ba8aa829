//! What a manifest says, beside what it is to say.

use std::collections::BTreeMap;

use super::document::{Document, Found, entries, find};
use super::list::texts;
use super::{Goal, Pin, Unamendable};
use crate::finding::Findings;
use crate::manifest::flows::FLOW_KEYS;
use crate::model::{AnswerValue, QuestionIx};
use crate::rulefile::{RESERVED, read_facts};
use crate::ruleset::Ruleset;
use crate::yaml::{Node, Value};

/// One change, in the order in which they are made: a section is not emptied before what belongs in it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// Name the ruleset.
    Pin,
    /// Take a question out of `without`.
    Include(QuestionIx),
    /// Write another answer.
    Replace(QuestionIx),
    /// Write an answer where there is none.
    Insert(QuestionIx),
    /// Take an answer out.
    Remove(QuestionIx),
    /// Name a question under `without`.
    LeaveOut(QuestionIx),
    /// Write what the team was told.
    Told,
}

type Answers = BTreeMap<QuestionIx, AnswerValue>;

/// The mapping that holds the answers which are changed.
pub(super) struct Target<'d> {
    pub(super) map: &'d Node,
    /// What stands in it.
    own: Answers,
    /// For a flow: what stands above it.
    above: Answers,
    /// For a flow: the questions that it leaves out.
    without: Vec<QuestionIx>,
    pub(super) is_flow: bool,
}

impl<'d> Target<'d> {
    pub(super) fn find(document: &'d Document<'_>, goal: &Goal<'_>) -> Result<Self, Unamendable> {
        let root = &document.root;
        if !matches!(root.value, Value::Map(_)) {
            return Err(document.shape(root.place));
        }
        let top = answers(goal.ruleset, root, &RESERVED);
        let Some(id) = goal.flow else {
            return Ok(Self { map: root, own: top, above: Answers::new(), without: Vec::new(), is_flow: false });
        };
        let map = flow(root, id).ok_or_else(|| Unamendable::NoFlow(id.to_owned()))?;
        let own = answers(goal.ruleset, map, &FLOW_KEYS);
        Ok(Self { map, own, above: top, without: without(goal.ruleset, map), is_flow: true })
    }

    /// Everything that is to be changed, in the order in which it is.
    pub(super) fn changes(&self, document: &Document<'_>, goal: &Goal<'_>) -> Vec<Change> {
        let mut changes = Vec::new();
        if goal.pin == Pin::Update && !is_pinned(document, goal.ruleset) {
            changes.push(Change::Pin);
        }
        for (question, asked) in goal.ruleset.questions().iter() {
            let written = matches!(find(self.map, &asked.id), Found::Here(_));
            self.change(question, goal.value(question), written, &mut changes);
        }
        if told(document, goal.flow) != goal.told {
            changes.push(Change::Told);
        }
        changes.sort_unstable();
        changes
    }

    fn change(&self, question: QuestionIx, wanted: Option<&AnswerValue>, written: bool, changes: &mut Vec<Change>) {
        let left_out = self.without.contains(&question);
        let own = self.own.get(&question);
        let above = self.above.get(&question);
        let stated = if written { own } else { above.filter(|_| !left_out) };
        match wanted {
            Some(wanted) if stated == Some(wanted) => {}
            None if stated.is_none() && !written => {}
            Some(wanted) => {
                let inherits = above == Some(wanted);
                if left_out && (inherits || !written) {
                    changes.push(Change::Include(question));
                }
                match (written, inherits) {
                    (true, true) => changes.push(Change::Remove(question)),
                    (true, false) => changes.push(Change::Replace(question)),
                    (false, true) => {}
                    (false, false) => changes.push(Change::Insert(question)),
                }
            }
            None => {
                if written {
                    changes.push(Change::Remove(question));
                }
                if above.is_some() && !left_out {
                    changes.push(Change::LeaveOut(question));
                }
            }
        }
    }
}

/// The answers of a mapping that can be read.
pub(super) fn answers(ruleset: &Ruleset, map: &Node, others: &[&str]) -> Answers {
    let read = read_facts(ruleset, entries(map), others, &mut Findings::new());
    read.into_iter().map(|answer| (answer.question, answer.value)).collect()
}

/// A flow of a manifest by its id.
pub(super) fn flow<'d>(root: &'d Node, id: &str) -> Option<&'d Node> {
    let Value::List(items) = &root.get("flows")?.value else { return None };
    items.iter().find(|item| item.get("id").and_then(Node::as_scalar).is_some_and(|scalar| scalar.text == id))
}

/// What the exchange that is changed has been told: its own list, or for a flow that of the manifest above it.
pub(super) fn told(document: &Document<'_>, flow_id: Option<&str>) -> Vec<String> {
    let own = flow_id.and_then(|id| flow(&document.root, id)).and_then(|flow| flow.get("told"));
    let node = own.or_else(|| document.root.get("told"));
    let mut told: Vec<String> = node.map_or_else(Vec::new, texts).into_iter().flatten().map(str::to_owned).collect();
    // In which order people said it does not matter.
    told.sort_unstable();
    told
}

/// The questions that a flow leaves out.
fn without(ruleset: &Ruleset, flow: &Node) -> Vec<QuestionIx> {
    let Some(node) = flow.get("without") else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(Node::as_scalar).filter_map(|scalar| ruleset.question_named(&scalar.text)).collect()
}

/// Whether the manifest pins exactly this ruleset.
pub(super) fn is_pinned(document: &Document<'_>, ruleset: &Ruleset) -> bool {
    let pin = document.root.get("ruleset").and_then(Node::as_scalar);
    pin.is_some_and(|pin| pin.text == ruleset.reference().to_string())
}
