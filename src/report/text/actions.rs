//! What stops an exchange, what to do first and who does it, and what nobody needs to do.

use super::notes::Notes;
use super::{step_words, with_status};
use crate::check::CheckedFlow;
use crate::engine::Advice;
use crate::model::{Due, Level, Rule, RuleIx, Status, Step, Who};
use crate::report::decided::Decided;
use crate::report::page::Page;
use crate::report::{Tone, words};
use crate::ruleset::Ruleset;

/// The prohibitions that apply.
pub(super) fn stopping<'r>(ruleset: &'r Ruleset, advice: &Advice) -> Vec<(RuleIx, &'r Rule)> {
    with_status(ruleset, advice, Status::Applies).filter(|(_, rule)| rule.level == Level::MustNot).collect()
}

/// The referrals that apply.
pub(super) fn referring<'r>(ruleset: &'r Ruleset, advice: &Advice) -> Vec<(RuleIx, &'r Rule)> {
    with_status(ruleset, advice, Status::Applies).filter(|(_, rule)| rule.refer.is_some()).collect()
}

/// The duties that are due before sharing and outstanding.
pub(super) fn outstanding<'r>(ruleset: &'r Ruleset, advice: &Advice) -> Vec<(RuleIx, &'r Rule)> {
    let is_outstanding = |(ix, rule): &(RuleIx, &Rule)| {
        let outstanding = match advice.status(*ix) {
            Status::Applies => true,
            Status::Undetermined => advice.applies.get(usize::from(ix.0)) == Some(&Some(true)),
            _ => false,
        };
        outstanding && rule.level == Level::Must && rule.due == Due::Before && rule.refer.is_none()
    };
    ruleset.rules().iter().filter(is_outstanding).collect()
}

/// Whose advice is needed: ": ask the …"; nothing where nobody's is.
pub(super) fn whom(ruleset: &Ruleset, rule: &Rule) -> String {
    let role = rule.refer.and_then(|role| ruleset.roles().get(role));
    role.map(|role| format!(": ask the {}", role.title)).unwrap_or_default()
}

/// Shows the prohibitions that apply.
pub(super) fn stops(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice, decided: &Decided<'_>) {
    let rules = stopping(ruleset, advice);
    section(page, notes, ruleset, ("What stops this", "✗", Tone::Bad), &rules, Some(decided));
}

/// Shows the referrals that apply.
pub(super) fn referrals(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice, decided: &Decided<'_>) {
    let rules = referring(ruleset, advice);
    section(page, notes, ruleset, ("Whose advice you need", "!", Tone::Caution), &rules, Some(decided));
}

/// Shows the duties that are due before sharing and outstanding, then by role who does what.
pub(super) fn first(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice, decided: &Decided<'_>) {
    let rules = outstanding(ruleset, advice);
    if rules.is_empty() {
        return;
    }
    page.heading("What to do first");
    for (ix, rule) in &rules {
        let unknown = if advice.status(*ix) == Status::Undetermined { " (not known to be met)" } else { "" };
        let title = format!("{} ({}){unknown}{}", rule.title, rule.id, notes.cite(&rule.cites));
        page.bullet(2, "○", Tone::Caution, &title);
        page.paragraph(4, &rule.because);
        decided.show(page, *ix, 4);
    }
    page.heading("Who does it");
    let mut roles: Vec<Who> = Vec::new();
    for who in rules.iter().flat_map(|(_, rule)| &rule.steps).map(|step| step.who) {
        if !roles.contains(&who) {
            roles.push(who);
        }
    }
    for who in roles {
        page.paragraph(2, &format!("{}:", words::capital(&words::who(ruleset, who))));
        for (_, rule) in &rules {
            for step in rule.steps.iter().filter(|step| step.who == who) {
                let product = step.produces.as_ref().map(|p| format!(" (gives: {p})")).unwrap_or_default();
                page.bullet(4, "–", Tone::Quiet, &format!("{}{product} [{}]", step.action, rule.id));
            }
        }
    }
}

/// The duties that are due after sharing.
pub(super) fn after_sharing<'r>(ruleset: &'r Ruleset, advice: &Advice) -> Vec<(RuleIx, &'r Rule)> {
    let is_due = |(_, rule): &(RuleIx, &Rule)| rule.level == Level::Must && rule.due == Due::After;
    with_status(ruleset, advice, Status::Applies).filter(is_due).collect()
}

/// Shows the duties that are due after sharing.
pub(super) fn later(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice) {
    let rules = after_sharing(ruleset, advice);
    section(page, notes, ruleset, ("What to do after sharing", "○", Tone::Caution), &rules, None);
}

/// What is worth doing.
pub(super) fn good_practice(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice) {
    let rules: Vec<&Rule> = with_status(ruleset, advice, Status::Applies)
        .map(|(_, rule)| rule)
        .filter(|rule| matches!(rule.level, Level::Should | Level::Could) && rule.refer.is_none())
        .collect();
    if rules.is_empty() {
        return;
    }
    page.heading("Good practice");
    for rule in rules {
        let word = rule.level.word();
        page.bullet(2, "•", Tone::Quiet, &format!("{} ({word}: {}){}", rule.title, rule.id, notes.cite(&rule.cites)));
        for step in &rule.steps {
            self::step(page, ruleset, step, 4);
        }
    }
}

/// What is known not to be needed. The id in brackets leads to the sources, with `clearshare explain`.
pub(super) fn not_needed(page: &mut Page, ruleset: &Ruleset, advice: &Advice) {
    let mut said: Vec<&str> = Vec::new();
    for (_, rule) in with_status(ruleset, advice, Status::NotApplicable).filter(|(_, rule)| rule.upcoming.is_none()) {
        let Some(otherwise) = rule.otherwise.as_deref().filter(|text| !said.contains(text)) else { continue };
        if said.is_empty() {
            page.heading("What you do not need");
        }
        said.push(otherwise);
        page.bullet(2, "✓", Tone::Good, &format!("{otherwise} [{}]", rule.id));
    }
}

/// What is in place already.
pub(super) fn settled(page: &mut Page, ruleset: &Ruleset, checked: &CheckedFlow, verbose: bool) {
    let rules: Vec<(Status, RuleIx, &Rule)> = [Status::Met, Status::Done, Status::Waived]
        .into_iter()
        .flat_map(|status| with_status(ruleset, &checked.advice, status).map(move |(ix, rule)| (status, ix, rule)))
        .collect();
    if rules.is_empty() {
        return;
    }
    page.heading("What is in place");
    // Waivers are always shown: they are decisions, and they end.
    let hidden = rules.iter().filter(|(status, _, _)| *status != Status::Waived).count();
    if !verbose && hidden > 0 {
        let s = if hidden == 1 { " is" } else { "s are" };
        page.bullet(2, "✓", Tone::Good, &format!("{hidden} rule{s} met already: see them with --verbose."));
    }
    for (status, ix, rule) in rules.into_iter().filter(|(status, _, _)| verbose || *status == Status::Waived) {
        let word = status.word();
        let detail = match status {
            Status::Done => checked
                .flow
                .exchange
                .done
                .iter()
                .find(|done| done.rule == ix)
                .map(|done| format!(", {} by {}: {}", done.on, done.by, done.evidence)),
            Status::Waived => checked
                .flow
                .exchange
                .waiver(ix)
                .map(|waiver| format!(", until {} by {}: {}", waiver.expires, waiver.approved_by, waiver.reason)),
            _ => None,
        };
        page.bullet(2, "✓", Tone::Good, &format!("{} ({word}{})", rule.title, detail.unwrap_or_default()));
    }
}

/// A step, with who takes it.
pub(super) fn step(page: &mut Page, ruleset: &Ruleset, step: &Step, indent: usize) {
    page.bullet(indent, "–", Tone::Quiet, &step_words(ruleset, step));
}

fn section(
    page: &mut Page,
    notes: &mut Notes,
    ruleset: &Ruleset,
    (heading, mark, tone): (&str, &'static str, Tone),
    rules: &[(RuleIx, &Rule)],
    decided: Option<&Decided<'_>>,
) {
    if rules.is_empty() {
        return;
    }
    page.heading(heading);
    for (ix, rule) in rules {
        let whom = whom(ruleset, rule);
        page.bullet(2, mark, tone, &format!("{} ({}){whom}{}", rule.title, rule.id, notes.cite(&rule.cites)));
        page.paragraph(4, &rule.because);
        if let Some(decided) = decided {
            decided.show(page, *ix, 4);
        }
        for step in &rule.steps {
            self::step(page, ruleset, step, 4);
        }
    }
}
