//! Every exchange of two versions, and the state of everything in it.

use std::collections::BTreeMap;

use crate::oracle::brute::World;
use crate::oracle::ruleset::{Kind, Mask, Ruleset};

/// A thing that both versions may have: its kind and id.
pub(super) type Thing = (&'static str, String);

/// The state of each thing, in words.
pub(super) type States = BTreeMap<Thing, String>;

/// A question of either version.
pub(super) struct Slot {
    pub(super) asked: [Option<usize>; 2],
    /// The answers that are looked at, as the ids of the options chosen.
    pub(super) answers: Vec<Vec<String>>,
}

/// Whether an exchange is of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Domain {
    Both,
    Of(usize),
}

/// The questions of two versions, with the answers of a domain.
pub(super) fn slots(versions: [&Ruleset; 2], domain: Domain) -> Vec<Slot> {
    let [a, b] = versions;
    let mut slots = Vec::new();
    for (q, question) in a.questions.iter().enumerate() {
        let same = b.questions.iter().position(|other| other.id == question.id && other.kind == question.kind);
        let common =
            |other: &usize| question.kind != Kind::OneOf || ids(a, q).iter().any(|id| ids(b, *other).contains(id));
        slots.push([Some(q), same.filter(common)]);
    }
    for q in 0..b.questions.len() {
        if !slots.iter().any(|[_, other]| *other == Some(q)) {
            slots.push([None, Some(q)]);
        }
    }
    slots.into_iter().map(|asked| Slot { asked, answers: answers(versions, asked, domain) }).collect()
}

fn answers(versions: [&Ruleset; 2], asked: [Option<usize>; 2], domain: Domain) -> Vec<Vec<String>> {
    let of = |side: usize, q: usize| -> Vec<Vec<String>> {
        versions[side].values(q).into_iter().map(|mask| named(versions[side], q, mask)).collect()
    };
    match (asked, domain) {
        ([Some(a), Some(b)], Domain::Both) => {
            let known = ids(versions[1], b);
            of(0, a).into_iter().filter(|chosen| chosen.iter().all(|id| known.contains(id))).collect()
        }
        ([Some(a), None], _) | ([Some(a), Some(_)], Domain::Of(0)) => of(0, a),
        ([_, Some(b)], _) => of(1, b),
        ([None, None], _) => Vec::new(),
    }
}

/// The ids of the options that a question offers.
fn ids(rs: &Ruleset, question: usize) -> Vec<String> {
    named(rs, question, rs.offered(question))
}

fn named(rs: &Ruleset, question: usize, mask: Mask) -> Vec<String> {
    let options = rs.lists[rs.questions[question].list].options.iter().enumerate();
    options.filter(|(i, _)| mask & 1 << i != 0).map(|(_, option)| option.id.clone()).collect()
}

/// How many exchanges there are.
pub(super) fn count(slots: &[Slot]) -> usize {
    slots.iter().map(|slot| slot.answers.len()).product()
}

/// Every exchange, as the position of each slot's answer.
pub(super) fn all(slots: &[Slot]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for slot in slots {
        all = all
            .into_iter()
            .flat_map(|chosen| (0..slot.answers.len()).map(move |at| [chosen.as_slice(), &[at]].concat()))
            .collect();
    }
    all
}

/// The states of everything in one version. It takes no notice of options that it does not offer.
pub(super) fn states(rs: &Ruleset, side: usize, slots: &[Slot], exchange: &[usize]) -> States {
    let mut chosen = vec![0; rs.questions.len()];
    for (slot, at) in slots.iter().zip(exchange) {
        let Some(q) = slot.asked[side] else { continue };
        let options = &rs.lists[rs.questions[q].list].options;
        let offered = rs.offered(q);
        for (i, option) in options.iter().enumerate() {
            if offered & 1 << i != 0 && slot.answers[*at].contains(&option.id) {
                chosen[q] |= 1 << i;
            }
        }
    }
    let world = World::new(rs, &chosen);
    let mut states = States::new();
    let word = |is: bool, yes: &str, no: &str| if is { yes.to_owned() } else { no.to_owned() };
    for (r, rule) in rs.rules.iter().enumerate() {
        let state = match (world.when(r) && rule.upcoming.is_none(), world.met(r)) {
            (false, _) => "not-applicable",
            (true, true) => "met",
            (true, false) => "applies",
        };
        states.insert(("rule", rule.id.clone()), state.to_owned());
    }
    for (q, question) in rs.questions.iter().enumerate() {
        states.insert(("question", question.id.clone()), word(world.arises(q), "arises", "does not arise"));
        if question.each.is_none() {
            let open = world.open(q);
            for (i, option) in rs.lists[question.list].options.iter().enumerate() {
                let id = format!("{}: {}", question.id, option.id);
                states.insert(("option", id), word(open & 1 << i != 0, "open", "closed"));
            }
        }
    }
    for (d, fact) in rs.derived.iter().enumerate() {
        states.insert(("derived", fact.id.clone()), fact.values[world.value(d)].clone());
    }
    for (m, when) in rs.myths.iter().enumerate() {
        states.insert(("myth", format!("myth-{m}")), word(world.holds(when), "answered", "not answered"));
    }
    states
}
