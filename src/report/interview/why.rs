//! Why a question is asked: what hangs on it.

use crate::interview::Hangs;
use crate::model::{Level, QuestionIx, Rule};
use crate::report::page::Page;
use crate::report::{Ink, Tone, words};
use crate::ruleset::Ruleset;
use crate::text::counted;

/// How many rules are named one by one.
const NAMED: usize = 6;

/// How many sources of each.
const CITED: usize = 2;

/// Why a question is asked: in words, the rules and conclusions that hang on it with their sources, and who would know.
#[must_use]
pub fn why(ruleset: &Ruleset, question: QuestionIx, hangs: &Hangs, ink: Ink) -> String {
    let mut page = Page::new(ink);
    let Some(asked) = ruleset.questions().get(question) else { return String::new() };
    page.heading("Why you are asked");
    if let Some(why) = &*asked.why {
        page.paragraph(0, why);
    }
    if let Some(who) = asked.who {
        page.paragraph(0, &format!("Who would know: {}.", words::who(ruleset, who)));
    }
    let mut rules: Vec<&Rule> = hangs.rules.iter().filter_map(|ix| ruleset.rules().get(*ix)).collect();
    // What weighs most comes first; of equals, in the order of the ruleset.
    rules.sort_by_key(|rule| (rule.level != Level::MustNot, rule.refer.is_none(), rule.level));
    let facts: Vec<&str> =
        hangs.derived.iter().filter_map(|ix| ruleset.derived().get(*ix)).map(|fact| fact.title.as_str()).collect();
    if rules.is_empty() && facts.is_empty() {
        page.paragraph(0, "With what you have answered, nothing else hangs on it.");
        return page.finish();
    }
    if !facts.is_empty() {
        page.gap();
        page.paragraph(0, "It helps to settle:");
        facts.iter().for_each(|title| page.bullet(2, "•", Tone::Quiet, title));
    }
    if !rules.is_empty() {
        page.gap();
        page.paragraph(0, &format!("{} on your answer:", counted(rules.len(), "rule hangs", "rules hang")));
        for rule in rules.iter().take(NAMED) {
            named(&mut page, ruleset, rule);
        }
        if let Some(more @ 1..) = rules.len().checked_sub(NAMED) {
            page.paragraph(2, &format!("and {}.", counted(more, "other", "others")));
        }
    }
    page.finish()
}

fn named(page: &mut Page, ruleset: &Ruleset, rule: &Rule) {
    page.bullet(2, "•", Tone::Quiet, &format!("{} ({})", rule.title, rule.level.word().replace('-', " ")));
    let sources = rule.cites.iter().filter_map(|ix| ruleset.sources().get(*ix)).take(CITED).map(|source| {
        let provision = source.provision.as_ref().map(|provision| format!(", {provision}")).unwrap_or_default();
        format!("{}{provision}", source.title)
    });
    let mut sources: Vec<String> = sources.collect();
    if let Some(more @ 1..) = rule.cites.len().checked_sub(CITED) {
        sources.push(format!("and {more} more"));
    }
    page.toned(4, Tone::Quiet, &sources.join("; "));
}
