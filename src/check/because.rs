//! The questions behind a derivation, by id.

use crate::engine::Reason;
use crate::model::Subject;
use crate::ruleset::Ruleset;

pub(super) fn questions(ruleset: &Ruleset, reasons: &[Reason<'_>]) -> Vec<String> {
    let mut names = Vec::new();
    collect(ruleset, reasons, &mut names);
    names
}

fn collect(ruleset: &Ruleset, reasons: &[Reason<'_>], names: &mut Vec<String>) {
    for reason in reasons {
        match reason {
            Reason::Test { test, because, .. } => {
                if let Subject::Question(ix, _) = &test.subject {
                    let name = ruleset.questions().get(*ix).map(|q| format!("`{}`", q.id));
                    names.extend(name.filter(|name| !names.contains(name)));
                }
                collect(ruleset, because, names);
            }
            Reason::Whatever { .. } => {}
        }
    }
}
