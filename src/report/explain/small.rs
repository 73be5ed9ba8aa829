//! Derived facts, myths, sources and terms.

use super::sheet::{self, Sheet};
use super::uses::{self, Reads};
use crate::model::{Derived, DerivedIx, MythIx, SourceIx, TermIx};

/// Writes how a derived fact follows from others.
pub(super) fn derived(sheet: &mut Sheet<'_>, ix: DerivedIx) {
    let ruleset = sheet.ruleset;
    let Some(fact) = ruleset.derived().get(ix) else { return };
    sheet.title("Derived fact", &fact.id, &fact.title);
    sheet.line(if fact.shown {
        "It follows from the answers, and is shown with the advice."
    } else {
        "It follows from the answers, and only rules read it."
    });
    sheet.heading(if fact.scale { "Values, lowest first" } else { "Values" });
    for value in &fact.values {
        let says = value.says.as_ref().map(|says| format!(": {says}")).unwrap_or_default();
        sheet.bullet(2, &format!("{}{says}", value.name));
    }
    cases(sheet, fact);
    let reads = Reads::of_derived(ruleset, ix);
    sheet.list("Rules that read it", &uses::rules(ruleset, &reads.rules));
    sheet.list("Facts that follow from it", &uses::derived(ruleset, &reads.derived));
    sheet.sources(&fact.cites);
    sheet.origin(fact.place);
}

fn cases(sheet: &mut Sheet<'_>, fact: &Derived) {
    sheet.heading("The first of these that holds");
    for case in &fact.cases {
        let name = fact.value(case.value).map_or("", |value| value.name.as_str());
        match &case.when {
            Some(condition) => {
                sheet.text(2, &format!("{name}, when:"));
                sheet.conditions(4, condition);
            }
            None => sheet.text(2, &format!("{name}, otherwise")),
        }
    }
}

/// Writes a belief and the truth.
pub(super) fn myth(sheet: &mut Sheet<'_>, ix: MythIx) {
    let Some(myth) = sheet.ruleset.myths().get(ix) else { return };
    sheet.title("Myth", &myth.id, &format!("\"{}\"", myth.belief));
    sheet.part("The truth", &myth.truth);
    sheet.condition("It matters when", &myth.when);
    sheet.sources(&myth.cites);
    sheet.origin(myth.place);
}

/// Writes what a term means.
pub(super) fn term(sheet: &mut Sheet<'_>, ix: TermIx) {
    let Some(term) = sheet.ruleset.terms().get(ix) else { return };
    sheet.title("Term", &term.id, &term.term);
    sheet.line(&term.meaning);
    sheet.sources(&term.cites);
    sheet.origin(term.place);
}

/// Writes what a source is, and what rests on it.
pub(super) fn source(sheet: &mut Sheet<'_>, ix: SourceIx) {
    let ruleset = sheet.ruleset;
    let Some(source) = ruleset.sources().get(ix) else { return };
    sheet.title("Source", &source.id, &sheet::citation(source));
    sheet.address(&source.url);
    sheet.line(&format!("{}.", sheet::read(source)));
    let cites = |cites: &[SourceIx]| cites.contains(&ix);
    let rules = ruleset.rules().iter().filter(|(_, rule)| {
        cites(&rule.cites) || rule.upcoming.as_ref().is_some_and(|upcoming| cites(&upcoming.cites))
    });
    let rules: Vec<_> = rules.map(|(ix, _)| ix).collect();
    sheet.list("Rules that cite it", &uses::rules(ruleset, &rules));
    let facts: Vec<_> = ruleset.derived().iter().filter(|(_, fact)| cites(&fact.cites)).map(|(ix, _)| ix).collect();
    sheet.list("Derived facts that cite it", &uses::derived(ruleset, &facts));
    let questions = ruleset.questions().iter().filter(|(_, question)| cites(&question.cites));
    let questions: Vec<_> = questions.map(|(_, question)| uses::name(&question.id, &question.prompt)).collect();
    sheet.list("Questions that cite it", &questions);
    let lists = ruleset.lists().iter().filter(|(_, list)| list.each.is_none());
    let options = lists.flat_map(|(_, list)| &list.choices).filter(|choice| {
        cites(&choice.cites) || choice.upcoming.as_ref().is_some_and(|upcoming| cites(&upcoming.cites))
    });
    let options: Vec<_> = options.map(|choice| uses::name(&choice.id, &choice.label)).collect();
    sheet.list("Options that cite it", &options);
    let myths = ruleset.myths().iter().filter(|(_, myth)| cites(&myth.cites));
    sheet.list("Myths that cite it", &myths.map(|(_, myth)| uses::name(&myth.id, &myth.belief)).collect::<Vec<_>>());
    let terms = ruleset.terms().iter().filter(|(_, term)| cites(&term.cites));
    sheet.list("Terms that cite it", &terms.map(|(_, term)| uses::name(&term.id, &term.term)).collect::<Vec<_>>());
    sheet.origin(source.place);
}
