//! What is settled: derived facts, candidates, and the beliefs that are answered.

use super::notes::Notes;
use crate::check::Checked;
use crate::engine::Advice;
use crate::model::{Derived, ValueIx};
use crate::report::page::Page;
use crate::report::{Tone, words};
use crate::ruleset::Ruleset;

/// The derived facts that people see.
pub(super) fn settled(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice, verbose: bool) {
    page.heading("What is settled");
    let mut any = false;
    for (ix, fact) in ruleset.derived().iter() {
        let values = advice.derived.get(usize::from(ix.0)).map_or(&[][..], Vec::as_slice);
        let [value] = values else { continue };
        let Some(value) = fact.value(*value) else { continue };
        match &value.says {
            Some(says) if fact.shown => {
                page.bullet(2, "•", Tone::Good, &format!("{says}{}", notes.cite(&fact.cites)));
                any = true;
            }
            _ if verbose => {
                page.bullet(2, "•", Tone::Quiet, &format!("{}: {}", fact.title, value.name));
                any = true;
            }
            _ => {}
        }
    }
    for (ix, fact) in ruleset.derived().iter().filter(|(_, fact)| fact.shown) {
        let values = advice.derived.get(usize::from(ix.0)).map_or(&[][..], Vec::as_slice);
        if values.len() > 1 {
            page.bullet(
                2,
                "?",
                Tone::Caution,
                &format!("Not settled yet: {}: {}", lower(&fact.title), range(fact, values)),
            );
            any = true;
        }
    }
    if !any {
        page.paragraph(2, "Nothing yet.");
    }
}

/// Facts with a scale, over all flows of a manifest: the highest of each.
pub(super) fn highest(page: &mut Page, ruleset: &Ruleset, checked: &Checked) {
    let scaled: Vec<String> = ruleset
        .derived()
        .iter()
        .filter(|(_, fact)| fact.shown)
        .filter_map(|(ix, fact)| Some((fact, checked.highest(ix, fact)?)))
        .map(|(fact, values)| format!("{} over all flows: {}", fact.title, range(fact, &values)))
        .collect();
    for line in scaled {
        page.paragraph(0, &line);
    }
}

/// One value by name; several on a scale as "at least"; several otherwise as a choice.
fn range(fact: &Derived, values: &[ValueIx]) -> String {
    let names: Vec<String> =
        values.iter().filter_map(|value| fact.value(*value)).map(|value| value.name.clone()).collect();
    match (names.as_slice(), fact.scale) {
        ([one], _) => one.clone(),
        ([first, ..], true) => format!("at least {first}"),
        (several, _) => words::or(several),
    }
}

fn lower(text: &str) -> String {
    let mut characters = text.chars();
    let rest = |first: char, rest: &str| -> String { first.to_lowercase().chain(rest.chars()).collect() };
    match (characters.next(), characters.clone().next()) {
        // "DPIA" and "UK GDPR" stay as they are.
        (Some(_), Some(second)) if second.is_uppercase() => text.to_owned(),
        (Some(first), _) => rest(first, characters.as_str()),
        (None, _) => String::new(),
    }
}

/// The options still open: those chosen, or all where none that is open was chosen.
pub(super) fn candidates(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice) {
    for group in &advice.candidates {
        let Some(question) = ruleset.questions().get(group.question) else { continue };
        let chosen = group.options.iter().any(|candidate| candidate.chosen && candidate.certain);
        page.heading(question.candidates.as_deref().unwrap_or_default());
        for candidate in group.options.iter().filter(|candidate| candidate.chosen || !chosen) {
            let Some(choice) = ruleset.choice(group.question, candidate.option) else { continue };
            let state = match (candidate.chosen, candidate.certain) {
                (true, true) => "you named it, and it fits",
                (true, false) => "you named it, and it may fit",
                (false, true) => "fits",
                (false, false) => "may fit",
            };
            page.bullet(
                2,
                "•",
                Tone::Quiet,
                &format!("{} ({}): {state}{}", choice.label, choice.id, notes.cite(&choice.cites)),
            );
            for condition in &choice.conditions {
                let by = words::who(ruleset, condition.confirmed_by);
                page.paragraph(4, &format!("It needs: {} ({by} confirms).", condition.must_hold.trim_end_matches('.')));
            }
            // The steps of a power matter once it is relied on.
            for step in choice.steps.iter().filter(|_| candidate.chosen) {
                super::actions::step(page, ruleset, step, 4);
            }
        }
    }
}

/// The beliefs that matter here, and the truth.
pub(super) fn myths(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice) {
    if advice.myths.is_empty() {
        return;
    }
    page.heading("If somebody tells you otherwise");
    for myth in advice.myths.iter().filter_map(|ix| ruleset.myths().get(*ix)) {
        page.bullet(2, "•", Tone::Quiet, &format!("“{}”", myth.belief.trim_end_matches('.')));
        page.paragraph(4, &format!("{}{}", myth.truth, notes.cite(&myth.cites)));
    }
}
