//! Duties that can only be met by tripping prohibitions.

use super::super::ruleset::{Level, Mask};
use super::Claim;
use super::table::Table;

/// Each duty, with each prohibition that applies wherever it is met; or with some that leave no way out together.
pub(super) fn claims(t: &Table<'_>) -> Vec<Claim> {
    let (rs, bans, mut found) = (t.rs, super::prohibitions(t.rs), Vec::new());
    let duty = |r: &usize| rs.rules[*r].level == Level::Must && rs.rules[*r].upcoming.is_none();
    for r in (0..rs.rules.len()).filter(duty) {
        let met = t.set(|row, _| row.inside && row.when & row.met & 1 << r != 0);
        if !met.contains(&true) {
            continue;
        }
        let id = &rs.rules[r].id;
        // Whether one of these applies wherever the duty is met.
        let trapped = |bans: Mask| t.rows.iter().zip(&met).all(|(row, met)| !met || row.when & bans != 0);
        let alone: Vec<usize> = bans.iter().copied().filter(|ban| trapped(1 << ban)).collect();
        for ban in &alone {
            found.push(Claim::shown_by(met.clone(), "must-trips-must-not", &[id, &rs.rules[*ban].id]));
        }
        if alone.is_empty() && trapped(super::mask(&bans)) {
            let fewest =
                |set: &Mask| trapped(*set) && bans.iter().all(|ban| set & 1 << ban == 0 || !trapped(set & !(1 << ban)));
            let ways = super::subsets(&bans).into_iter().filter(fewest);
            let names = ways.map(|way| super::ids(rs, way, &[id])).collect();
            found.push(Claim { names, ..Claim::shown_by(met, "must-trips-must-not", &[]) });
        }
    }
    found
}
