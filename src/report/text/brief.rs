//! What holds an exchange up, and where, in as few lines as say it.

use super::{actions, open};
use crate::check::CheckedFlow;
use crate::engine::Advice;
use crate::report::Tone;
use crate::report::decided::Decided;
use crate::report::page::Page;
use crate::ruleset::Ruleset;
use crate::text::counted;

/// How many questions are named.
const MOST: usize = 5;

/// The rules that hold one exchange up, each with the answer that decided it, and those that may.
pub(super) fn flow(page: &mut Page, ruleset: &Ruleset, checked: &CheckedFlow, decided: &Decided<'_>) {
    let advice = &checked.advice;
    for (mark, tone, rules) in [
        ("✗", Tone::Bad, actions::stopping(ruleset, advice)),
        ("!", Tone::Caution, actions::referring(ruleset, advice)),
        ("○", Tone::Caution, actions::outstanding(ruleset, advice)),
    ] {
        for (ix, rule) in rules {
            page.bullet(2, mark, tone, &format!("{} ({}){}", rule.title, rule.id, actions::whom(ruleset, rule)));
            decided.show(page, ix, 4);
        }
    }
    let open = open::may_apply(ruleset, advice, false).len();
    if open > 0 {
        let rules = counted(open, "rule applies", "rules apply");
        let rests = questions(ruleset, advice).map(|ids| format!(": it depends on {ids}")).unwrap_or_default();
        page.bullet(2, "?", Tone::Caution, &format!("It can't be told yet whether {rules}{rests}."));
    }
    // Nobody must take what holds it up for all that there is to do.
    let after = actions::after_sharing(ruleset, advice).len();
    if after > 0 {
        let duties = counted(after, "duty", "duties");
        page.bullet(2, "○", Tone::Caution, &format!("After sharing: {duties}, which `check` without `--brief` names."));
    }
}

/// The questions that still matter, in the order in which they are asked, and then those that somebody could not answer: the first
/// few by id. None where there are none.
fn questions(ruleset: &Ruleset, advice: &Advice) -> Option<String> {
    let all: Vec<&str> = advice
        .open
        .iter()
        .chain(&advice.unknown)
        .filter_map(|ix| Some(ruleset.questions().get(*ix)?.id.as_str()))
        .collect();
    let (first, rest) = all.split_at(all.len().min(MOST));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    (!first.is_empty()).then(|| format!("{}{more}", first.join(", ")))
}
