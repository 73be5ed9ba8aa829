//! What the team was told: beliefs that the ruleset answers.

use crate::finding::{Code, Finding, Findings};
use crate::model::{Ix, MythIx};
use crate::ruleset::Ruleset;
use crate::text::{Place, quoted};
use crate::yaml::{Node, shape};

/// What stands in place of the beliefs where the team was told nothing of the kind.
pub(super) const NOTHING: &str = "none";

/// Whether `told` says that the team was told nothing of the kind.
pub(super) fn is_nothing(node: &Node) -> bool {
    node.as_scalar().is_some_and(|scalar| scalar.text == NOTHING)
}

/// Reads a `told` list.
pub(super) fn told(node: &Node, ruleset: &Ruleset, findings: &mut Findings) -> Vec<MythIx> {
    let mut told = Vec::new();
    if is_nothing(node) {
        return told;
    }
    let mut places: Vec<Option<Place>> = vec![None; ruleset.myths().len()];
    for item in shape::one_or_more(node, "a list of beliefs", findings).unwrap_or(&[]) {
        let Some(text) = shape::text(item, "the id of a belief", findings) else { continue };
        let Some(myth) = ruleset.myths().find(|myth| myth.id == text) else {
            findings.push(unknown(text, item.place, ruleset, findings));
            continue;
        };
        let Some(seen) = places.get_mut(myth.index()) else { continue };
        if let Some(first) = seen {
            findings.push(
                Finding::new(Code::ToldTwice, format!("{} is listed twice", quoted(text)))
                    .at(item.place)
                    .related(*first, "first listed here")
                    .help("keep one of them"),
            );
            continue;
        }
        *seen = Some(item.place);
        told.push(myth);
    }
    told
}

fn unknown(text: &str, place: Place, ruleset: &Ruleset, findings: &Findings) -> Finding {
    let finding = Finding::new(Code::UnknownMyth, format!("there is no belief {}", quoted(text))).at(place);
    match findings.suggest(text, ruleset.myths().iter().map(|(_, myth)| myth.id.as_str())) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if text == NOTHING => finding.help("write `told: none` if you were told nothing of the kind"),
        None if text == "unknown" => finding.help("leave `told` out if you do not know what you were told"),
        None => {
            finding.help("`clearshare rules show` lists the beliefs of the ruleset; leave out what is not among them")
        }
    }
}
