//! What is settled: derived facts, candidates, and the beliefs that are answered.

use super::notes::Notes;
use crate::check::Checked;
use crate::engine::Advice;
use crate::model::{Derived, Myth, MythIx, ValueIx};
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
            unsettled(page, fact, values);
            any = true;
        }
    }
    if !any {
        page.paragraph(2, "Nothing yet.");
    }
}

/// A fact that can have several values. Each is told in its own words, and as open: it may yet not be so.
fn unsettled(page: &mut Page, fact: &Derived, values: &[ValueIx]) {
    let said: Option<Vec<(&str, &str)>> = values
        .iter()
        .filter_map(|value| fact.value(*value))
        .map(|value| Some((value.name.as_str(), value.says.as_deref()?)))
        .collect();
    let head = format!("Not settled yet: {}", lower(&fact.title));
    match said.filter(|_| !fact.scale) {
        None => page.bullet(2, "?", Tone::Caution, &format!("{head}: {}", range(fact, values))),
        Some(said) => {
            page.bullet(2, "?", Tone::Caution, &format!("{head}. One of these will be so:"));
            for (name, says) in said {
                page.bullet(4, "?", Tone::Quiet, &format!("{name}: {says}"));
            }
        }
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

/// The beliefs that the team was told, each with the truth, and then the others that matter here.
pub(super) fn myths(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice) {
    told(page, notes, ruleset, advice);
    let was_told = |ix: MythIx| advice.told.iter().any(|told| told.myth == ix);
    let others = advice.myths.iter().filter(|ix| !was_told(**ix)).filter_map(|ix| ruleset.myths().get(*ix));
    for (at, myth) in others.enumerate() {
        if at == 0 {
            page.heading("If somebody tells you otherwise");
        }
        page.bullet(2, "•", Tone::Quiet, &belief(myth));
        page.paragraph(4, &format!("{}{}", myth.truth, notes.cite(&myth.cites)));
    }
}

/// A truth is written for the exchanges where its belief matters: where this is none of them, or may be none, that comes
/// before it, so that nobody reads it as being about this exchange.
fn told(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice) {
    if advice.told.is_empty() {
        return;
    }
    page.heading("You were told");
    page.paragraph(
        2,
        "Each answer is about what you were told. It is no permission to share: the rest of this advice says what applies.",
    );
    for told in &advice.told {
        let Some(myth) = ruleset.myths().get(told.myth) else { continue };
        let (mark, tone, before) = match told.matters {
            Some(true) => ("•", Tone::Quiet, None),
            Some(false) => (
                "•",
                Tone::Quiet,
                Some(
                    "By your answers, this exchange is not one that the answer is written for. Do not rely on it here.",
                ),
            ),
            None => (
                "?",
                Tone::Caution,
                Some(
                    "It is not known yet whether the answer is written for this exchange. Until it is, do not rely on it here.",
                ),
            ),
        };
        page.bullet(2, mark, tone, &belief(myth));
        if let Some(before) = before {
            page.paragraph(4, before);
        }
        let lead = if before.is_some() { "Where it fits: " } else { "" };
        page.paragraph(4, &format!("{lead}{}{}", myth.truth, notes.cite(&myth.cites)));
    }
}

fn belief(myth: &Myth) -> String {
    format!("“{}”", myth.belief.trim_end_matches('.'))
}
