//! Which ruleset a manifest is checked against.

use crate::bundled::{self, Bundled};
use crate::finding::{Code, Finding};
use crate::model::Date;
use crate::ruleset::Reference;
use crate::text::{Place, nearest, quoted};

/// Chooses the ruleset inside the program that a manifest pins or that was asked for. A version that is named is used as it
/// is; without one the version that covers the date is. None does: a fault, and never the nearest.
pub fn choose(reference: &Reference, as_of: Date, place: Option<Place>) -> Result<&'static Bundled, Box<Finding>> {
    let at = |finding: Finding| match place {
        Some(place) => finding.at(place),
        None => finding,
    };
    let Some(newest) = bundled::newest(&reference.id) else {
        let finding = Finding::new(
            Code::UnknownRuleset,
            format!("there is no ruleset {} in this clearshare", quoted(&reference.id)),
        );
        let help = match nearest(&reference.id, bundled::all().iter().map(|bundled| bundled.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`clearshare rules list` shows those there are".to_owned(),
        };
        return Err(Box::new(at(finding.help(help))));
    };
    match reference.version {
        Some(version) => bundled::exact(&reference.id, version).ok_or_else(|| {
            Box::new(at(Finding::new(
                Code::UnknownRuleset,
                format!("there is no version {version} of {} in this clearshare", quoted(&reference.id)),
            )
            .help(format!("the newest is {}; a newer one may need a newer clearshare", newest.reference()))))
        }),
        None => bundled::covering(&reference.id, as_of).ok_or_else(|| {
            Box::new(at(Finding::new(
                Code::DateNotCovered,
                format!("no version of {} covers {as_of}", quoted(&reference.id)),
            )
            .help("`clearshare rules list` shows the dates that each version covers; name a version to use it all the same")))
        }),
    }
}
