//! What an amended manifest has to be shown to say before it is given out.

use std::collections::BTreeMap;

use super::change::{answers, flow, told};
use super::document::{Document, entries, location};
use super::{Goal, Pin, Unamendable};
use crate::finding::{Finding, Findings};
use crate::manifest::compose::stated;
use crate::manifest::flows::Flow;
use crate::manifest::read::{UncheckedManifest, read_manifest};
use crate::model::{AnswerValue, Date, Facts, QuestionIx};
use crate::rulefile::RESERVED;
use crate::ruleset::Ruleset;
use crate::text::Sources;
use crate::yaml::{Node, Value};

/// Shows that a text has no fault, states the wanted answers, and says for the rest what it said before, every comment
/// included.
pub(super) fn prove(before: &str, after: &str, goal: &Goal<'_>, dropped: &[String]) -> Result<(), Unamendable> {
    let (old, new) = (Document::read(before)?, Document::read(after)?);
    let flows = read(after, goal.ruleset)?;
    let facts = match goal.flow {
        None => answers(goal.ruleset, &new.root, &RESERVED),
        Some(id) => {
            by_question(&flows.iter().find(|flow| flow.exchange.id == id).ok_or(Unamendable::Unsure)?.exchange.facts)
        }
    };
    let kept = facts == by_question(&goal.facts)
        && told(&new, goal.flow) == goal.told
        && rest_is_kept(&old.root, &new.root, goal)
        && pin_is_right(&old.root, &new.root, goal)
        && others_are_kept(before, &flows, goal)
        && comments_are_kept(&old, &new, dropped);
    if kept { Ok(()) } else { Err(Unamendable::Unsure) }
}

/// Shows that a text has no fault, pins the ruleset, and says for the rest what it said before, every comment included.
pub(super) fn prove_pin(before: &str, after: &str, goal: &Goal<'_>) -> Result<(), Unamendable> {
    let (old, new) = (Document::read(before)?, Document::read(after)?);
    read(after, goal.ruleset)?;
    let keys = |node: &Node| -> Vec<String> {
        entries(node).iter().map(|entry| entry.key.clone()).filter(|key| key != "ruleset").collect()
    };
    let same = |key: &String| old.root.get(key).zip(new.root.get(key)).is_some_and(|(old, new)| old.says_the_same(new));
    let kept = keys(&old.root) == keys(&new.root)
        && keys(&old.root).iter().all(same)
        && pin_is_right(&old.root, &new.root, goal)
        && comments_are_kept(&old, &new, &[]);
    if kept { Ok(()) } else { Err(Unamendable::Unsure) }
}

/// Reads a manifest as `check` does. Its records are not held against a day.
fn read(text: &str, ruleset: &Ruleset) -> Result<Vec<Flow>, Unamendable> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let manifest = read_manifest(text.as_bytes(), "", &mut sources, &mut findings);
    let all = |manifest: UncheckedManifest| manifest.flows(ruleset, Date::MAX, &sources, &mut findings);
    let flows = manifest.map(all);
    match (flows, findings.into_sorted().first()) {
        (Some(flows), None) => Ok(flows),
        (_, Some(finding)) => Err(faulty(text, finding)),
        (None, None) => Err(Unamendable::Unsure),
    }
}

fn faulty(text: &str, finding: &Finding) -> Unamendable {
    Unamendable::Faulty(finding.code(), finding.place().map(|place| location(text, place)))
}

fn by_question(facts: &Facts) -> BTreeMap<QuestionIx, AnswerValue> {
    stated(facts).iter().map(|(question, answer)| (question, answer.value.clone())).collect()
}

/// Whether every key that is not an answer says the same as before.
fn rest_is_kept(old: &Node, new: &Node, goal: &Goal<'_>) -> bool {
    let is_answer = |key: &str| goal.ruleset.questions().iter().any(|(_, question)| part_of(&question.id, key));
    let same = |old: &Node, new: &Node, but: &[&str]| {
        let others = |node: &Node| -> Vec<String> {
            let keys = entries(node).iter().map(|entry| entry.key.clone());
            let mut keys: Vec<String> = keys.filter(|key| !but.contains(&key.as_str()) && !is_answer(key)).collect();
            keys.sort();
            keys
        };
        let keys = others(old);
        keys == others(new)
            && keys.iter().all(|key| old.get(key).zip(new.get(key)).is_some_and(|(old, new)| old.says_the_same(new)))
    };
    let Some(id) = goal.flow else { return same(old, new, &["ruleset", "told"]) };
    let top_answers = |node: &Node| answers(goal.ruleset, node, &RESERVED);
    let (Some(old_flow), Some(new_flow)) = (flow(old, id), flow(new, id)) else { return false };
    let (old_flows, new_flows) = (list(old), list(new));
    let other = |old_node: &Node, new_node: &Node| {
        std::ptr::eq(old_node, old_flow) && std::ptr::eq(new_node, new_flow) || old_node.says_the_same(new_node)
    };
    same(old, new, &["ruleset", "flows"])
        && top_answers(old) == top_answers(new)
        && old_flows.len() == new_flows.len()
        && old_flows.iter().zip(new_flows).all(|(old, new)| other(old, new))
        && same(old_flow, new_flow, &["without", "told"])
}

/// Whether a question's id begins with this part.
fn part_of(id: &str, key: &str) -> bool {
    id.split('.').next() == Some(key)
}

fn list(root: &Node) -> &[Node] {
    match root.get("flows").map(|node| &node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

fn pin_is_right(old: &Node, new: &Node, goal: &Goal<'_>) -> bool {
    let pin = |node: &Node| node.get("ruleset").and_then(Node::as_scalar).map(|scalar| scalar.text.clone());
    match goal.pin {
        Pin::Keep => pin(old) == pin(new),
        Pin::Update => pin(new) == Some(goal.ruleset.reference().to_string()),
    }
}

/// Whether what was done and waived is as before, and, where a flow is changed, every other exchange is.
fn others_are_kept(before: &str, after: &[Flow], goal: &Goal<'_>) -> bool {
    // A manifest that had faults in the answers that were changed has nothing to compare with.
    let Ok(before) = read(before, goal.ruleset) else { return true };
    before.len() == after.len()
        && before.iter().zip(after).all(|(old, new)| {
            let changed = goal.flow.is_none_or(|id| old.exchange.id == id);
            old.exchange.id == new.exchange.id
                && records(old) == records(new)
                && (changed || by_question(&old.exchange.facts) == by_question(&new.exchange.facts))
        })
}

/// What an exchange records, without where.
fn records(flow: &Flow) -> (Vec<crate::model::Done>, Vec<crate::model::Waiver>) {
    let (mut done, mut waivers) = (flow.exchange.done.clone(), flow.exchange.waivers.clone());
    done.iter_mut().for_each(|done| done.given = crate::model::Given::Unstated);
    waivers.iter_mut().for_each(|waiver| waiver.given = crate::model::Given::Unstated);
    (done, waivers)
}

/// Whether every comment is still there but those that were ours and went with their answers.
fn comments_are_kept(old: &Document<'_>, new: &Document<'_>, dropped: &[String]) -> bool {
    if old.text == new.text {
        return true;
    }
    let (Ok(old), Ok(new)) = (old.scan(), new.scan()) else { return false };
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for text in new.comments.iter().map(|comment| comment.text).chain(dropped.iter().map(String::as_str)) {
        *left.entry(text).or_default() += 1;
    }
    old.comments.iter().all(|comment| match left.get_mut(comment.text) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    })
}
