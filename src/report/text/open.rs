//! What is still open, what it hangs on, and why each rule has its status.

use super::notes::Notes;
use crate::check::CheckedFlow;
use crate::engine::{Advice, Evaluator};
use crate::model::{Level, QuestionIx, Rule, RuleIx, Status};
use crate::report::page::Page;
use crate::report::{Tone, why, words};
use crate::ruleset::Ruleset;

/// The questions that still matter, and where their answers go.
pub(super) fn unanswered(page: &mut Page, ruleset: &Ruleset, advice: &Advice) {
    if !advice.open.is_empty() {
        page.heading("Still unanswered");
        for ix in &advice.open {
            question(page, ruleset, *ix, "write it");
        }
    }
    if !advice.unknown.is_empty() {
        page.heading("You said you do not know");
        for ix in &advice.unknown {
            question(page, ruleset, *ix, "it stands");
        }
    }
}

fn question(page: &mut Page, ruleset: &Ruleset, ix: QuestionIx, verb: &str) {
    let Some(question) = ruleset.questions().get(ix) else { return };
    page.bullet(2, "?", Tone::Caution, &question.prompt);
    let mut parts: Vec<&str> = question.id.split('.').collect();
    let key = parts.pop().unwrap_or_default();
    let asks = question.who.map(|who| format!("; {} would know", words::who(ruleset, who))).unwrap_or_default();
    let sections: Vec<String> = parts.iter().map(|part| format!("`{part}:`")).collect();
    page.paragraph(4, &format!("{}: {verb} under {} as `{key}:`{asks}.", question.id, sections.join(" ")));
}

/// The rules of which it cannot be told yet whether they apply; good practice only with `all`. A duty that applies, and is not
/// known to be met, is shown among what to do.
pub(super) fn may_apply<'r>(ruleset: &'r Ruleset, advice: &Advice, all: bool) -> Vec<(RuleIx, &'r Rule)> {
    let is_shown = |(ix, rule): &(RuleIx, &Rule)| {
        let weighty = matches!(rule.level, Level::MustNot | Level::Must) || rule.refer.is_some();
        let known_to_apply = advice.applies.get(usize::from(ix.0)) == Some(&Some(true));
        (weighty || all) && !(known_to_apply && rule.level == Level::Must)
    };
    super::with_status(ruleset, advice, Status::Undetermined).filter(is_shown).collect()
}

/// The rules that cannot be told yet, and what would settle them.
pub(super) fn undetermined(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice, verbose: bool) {
    let rules = may_apply(ruleset, advice, verbose);
    if !rules.is_empty() {
        page.heading("What may yet apply");
    }
    for (ix, rule) in rules {
        let hinges: Vec<&str> = advice
            .hinges
            .get(usize::from(ix.0))
            .into_iter()
            .flatten()
            .filter_map(|question| ruleset.questions().get(*question))
            .map(|question| question.id.as_str())
            .collect();
        let rests = match hinges.as_slice() {
            [] => "in force since a day that this ruleset does not reach: use a later version".to_owned(),
            ids => format!("depends on {}", ids.join(", ")),
        };
        page.bullet(
            2,
            "?",
            Tone::Caution,
            &format!("{} ({}): {rests}{}", rule.title, rule.level.word(), notes.cite(&rule.cites)),
        );
    }
}

/// What is enacted but not in force: shown, and never counted.
pub(super) fn upcoming(page: &mut Page, notes: &mut Notes, ruleset: &Ruleset, advice: &Advice) {
    let rules = ruleset
        .rules()
        .iter()
        .filter(|(ix, _)| advice.status(*ix) == Status::NotApplicable)
        .filter_map(|(_, rule)| Some((&*rule.title, rule.upcoming.as_ref()?)));
    let options = advice
        .upcoming
        .iter()
        .filter_map(|(question, option)| ruleset.choice(*question, *option))
        .filter_map(|choice| Some((&choice.label, choice.upcoming.as_ref()?)));
    let mut first = true;
    for (title, upcoming) in rules.chain(options) {
        if std::mem::take(&mut first) {
            page.heading("Not in force yet");
        }
        let from = upcoming.from.map_or_else(|| "no date is appointed".to_owned(), |from| format!("from {from}"));
        page.bullet(2, "•", Tone::Quiet, &format!("{title}: {from}{}", notes.cite(&upcoming.cites)));
    }
}

/// Why each rule has its status. The evaluator must be at this exchange.
pub(super) fn derivations(page: &mut Page, evaluator: &Evaluator<'_>, checked: &CheckedFlow, path: &str) {
    let ruleset = evaluator.ruleset();
    let explainer = evaluator.explainer(&checked.flow.exchange, &checked.advice);
    page.heading("Why each rule has its status");
    for (ix, rule) in ruleset.rules().iter() {
        let status = checked.advice.status(ix);
        page.bullet(2, "•", Tone::Quiet, &format!("{} ({}): {}", rule.id, rule.level.word(), status.word()));
        if rule.upcoming.is_some() && status == Status::NotApplicable {
            page.paragraph(4, "not in force yet");
            continue;
        }
        for line in why::derivation(ruleset, &explainer.rule(ix, rule), path) {
            page.step(line.depth, &line.text);
        }
    }
}
