//! Answers without a manifest around them: `from.body: hmrc`, one line each.

use super::flows;
use super::screen::Hidden;
use crate::finding::{Code, Finding, Findings};
use crate::model::{Date, Exchange};
use crate::ruleset::Ruleset;
use crate::text::{FileId, Source, Sources, quoted};
use crate::yaml::{Entry, Limits, Node, Value, read_tree, shape};

/// Reads a file of answers, by the whole ids of their questions or nested as in a manifest. A manifest is such a file too.
///
/// The faults never show what it answers to a safety question.
pub fn read_answers(
    bytes: &[u8],
    name: &str,
    ruleset: &Ruleset,
    as_of: Date,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Exchange> {
    let file = FileId(u16::try_from(sources.iter().count()).unwrap_or(u16::MAX));
    let mut own = Findings::new();
    let root = read_tree(bytes, name, Limits::MANIFEST, sources, &mut own);
    let mut hidden = Hidden::find(file, sources.get(file).map_or("", Source::text));
    let exchange = root.and_then(|root| {
        hidden.add(&root);
        exchange(root, ruleset, as_of, sources, &mut own)
    });
    let sound = own.is_empty();
    findings.append_with(own, |finding| hidden.redact(finding));
    exchange.filter(|_| sound)
}

fn exchange(
    root: Node,
    ruleset: &Ruleset,
    as_of: Date,
    sources: &Sources,
    findings: &mut Findings,
) -> Option<Exchange> {
    let place = root.place;
    let Value::Map(entries) = root.value else {
        findings.push(shape::wrong(&root, "answers, such as `from.body: hmrc`"));
        return None;
    };
    let mut nested = Vec::new();
    for entry in entries {
        nest(entry, &mut nested, findings);
    }
    let root = Node { value: Value::Map(nested), place };
    flows::read(&root, &[], ruleset, as_of, sources, findings).into_iter().next().map(|flow| flow.exchange)
}

/// Puts a key such as `from.body` where a manifest has it: `body` inside `from`.
fn nest(entry: Entry, into: &mut Vec<Entry>, findings: &mut Findings) {
    let (first, rest) = match entry.key.split_once('.') {
        Some((first, rest)) => (first.to_owned(), Some(rest.to_owned())),
        None => (entry.key.clone(), None),
    };
    let there = into.iter_mut().find(|other| other.key == first);
    let Some(rest) = rest else {
        match there {
            None => into.push(entry),
            Some(there) => merge(there, entry, findings),
        }
        return;
    };
    let inner = Entry { key: rest, ..entry };
    match there {
        Some(Entry { value: Node { value: Value::Map(inside), .. }, .. }) => nest(inner, inside, findings),
        Some(there) => findings.push(twice(there, &inner)),
        None => {
            let (key_place, place) = (inner.key_place, inner.value.place);
            let mut inside = Vec::new();
            nest(inner, &mut inside, findings);
            into.push(Entry { key: first, key_place, value: Node { value: Value::Map(inside), place } });
        }
    }
}

/// A section that is written nested after single lines of it.
fn merge(there: &mut Entry, entry: Entry, findings: &mut Findings) {
    match (&mut there.value.value, entry.value.value) {
        (Value::Map(inside), Value::Map(entries)) => {
            entries.into_iter().for_each(|entry| nest(entry, inside, findings));
        }
        (_, value) => {
            let entry = Entry { value: Node { value, ..entry.value }, ..entry };
            findings.push(twice(there, &entry));
        }
    }
}

fn twice(first: &Entry, second: &Entry) -> Finding {
    Finding::new(Code::DuplicateKey, format!("{} is answered twice", quoted(&second.key)))
        .at(second.key_place)
        .related(first.key_place, "the first is here")
        .help("keep one of them")
}
