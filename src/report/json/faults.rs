//! Faults in the shape of v1.

use super::parts::Place;
use super::v1;
use crate::finding::{Finding, Related};
use crate::text::{self, Sources};

/// A manifest that has no advice.
pub(super) fn faults<'a>(manifest: &'a str, findings: &'a [Finding], sources: &'a Sources) -> v1::Faulty<'a> {
    // A reader that looks at `failed` alone must not take a manifest that was not read for one that passed.
    v1::Faulty { manifest, failed: true, faults: findings.iter().map(|finding| fault(finding, sources)).collect() }
}

/// One fault, with its place.
pub(in crate::report) fn fault<'a>(finding: &'a Finding, sources: &'a Sources) -> v1::Fault<'a> {
    // Where a stretch ends would tell how long an answer to the safety screen is.
    let ends = !finding.hides_source();
    let related =
        |related: &'a Related| v1::Related { message: &related.label, place: place(related.place, sources, ends) };
    v1::Fault {
        code: finding.code().as_str(),
        message: finding.message(),
        place: finding.place().and_then(|at| place(at, sources, ends)),
        help: finding.help_text(),
        related: finding.related_places().iter().map(related).collect(),
    }
}

fn place(place: text::Place, sources: &Sources, ends: bool) -> Option<Place<'_>> {
    if ends { Place::whole(place, sources) } else { Place::start(place, sources) }
}
