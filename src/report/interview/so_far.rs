//! What is known so far: a provisional outcome, and what is settled.

use crate::engine::{Advice, deciding, is_final};
use crate::model::{Level, Outcome, Rule, RuleIx, Status};
use crate::report::page::Page;
use crate::report::text::{outcome_words, provisional_facts};
use crate::report::{Ink, Tone};
use crate::ruleset::Ruleset;
use crate::text::counted;

/// What the answers so far add up to. It never sounds more certain than it is.
#[must_use]
pub fn so_far(ruleset: &Ruleset, advice: &Advice, ink: Ink) -> String {
    let mut page = Page::new(ink);
    page.heading("What we know so far");
    page.paragraph(0, &outcome(ruleset, advice));
    page.laid_out(&provisional_facts(ruleset, advice, ink));
    rules(&mut page, ruleset, advice, "Stops it:", "✗", Tone::Bad, |rule| rule.level == Level::MustNot);
    rules(&mut page, ruleset, advice, "Needs advice:", "!", Tone::Caution, |rule| {
        rule.level != Level::MustNot && rule.refer.is_some()
    });
    rules(&mut page, ruleset, advice, "To do before sharing:", "○", Tone::Caution, |rule| {
        rule.level == Level::Must && rule.refer.is_none() && rule.due == crate::model::Due::Before
    });
    let undetermined = advice.statuses.iter().filter(|status| **status == Status::Undetermined).count();
    let settled = advice.statuses.iter().filter(|status| **status == Status::NotApplicable).count();
    let open = counted(undetermined, "rule", "rules");
    page.gap();
    page.paragraph(0, &format!("{open} may yet apply. {} apply.", counted(settled, "rule does not", "rules do not")));
    page.finish()
}

/// The outcome as far as it can be told.
fn outcome(ruleset: &Ruleset, advice: &Advice) -> String {
    let (_, word, _, words) = outcome_words(advice.outcome);
    match advice.outcome {
        Outcome::Incomplete => {
            "Nothing can be told for certain yet: what is not answered, or not known, decides.".to_owned()
        }
        _ if is_final(ruleset, advice) => format!("{word}: {words} Nothing that you answer next changes that."),
        Outcome::Refer => format!("{word}: {words} The next answers may make it worse, not better."),
        _ if deciding(ruleset, advice).is_empty() => format!("So far nothing stops it: {word}. That is not final."),
        _ => format!("{word}: {words} That is not final."),
    }
}

fn rules(
    page: &mut Page,
    ruleset: &Ruleset,
    advice: &Advice,
    head: &str,
    mark: &str,
    tone: Tone,
    wanted: impl Fn(&Rule) -> bool,
) {
    let applies = |(ix, rule): &(RuleIx, &Rule)| advice.status(*ix) == Status::Applies && wanted(rule);
    let found: Vec<(RuleIx, &Rule)> = ruleset.rules().iter().filter(applies).collect();
    if found.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(0, head);
    for (_, rule) in found {
        page.bullet(2, mark, tone, &rule.title);
    }
}
