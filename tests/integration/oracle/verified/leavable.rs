//! Stops that no team can leave.

use std::collections::BTreeMap;

use super::super::ruleset::{Changeable, Kind, Mask};
use super::table::{Set, Table};
use super::{Claim, prohibitions};

/// Each prohibition that fixed answers hold fast and that is not final, or the reverse; and several that hold together.
pub(super) fn claims(t: &Table<'_>) -> Vec<Claim> {
    let (rs, bans, mut found) = (t.rs, prohibitions(t.rs), Vec::new());
    let groups = groups(t);
    let held = |group: &[usize], bans: Mask| group.iter().all(|at| t.rows[*at].inside && t.rows[*at].when & bans != 0);
    let union = |wanted: &dyn Fn(&[usize]) -> bool| -> Option<Set> {
        let mut set = vec![false; t.rows.len()];
        groups.iter().filter(|group| wanted(group)).flatten().for_each(|at| set[*at] = true);
        set.contains(&true).then_some(set)
    };
    for ban in &bans {
        let rule = &rs.rules[*ban];
        match (union(&|group| held(group, 1 << ban)), rule.is_final) {
            (Some(set), false) => found.push(Claim::shown_by(set, "stop-cannot-be-left", &[&rule.id])),
            (None, true) => found.push(Claim::without_example("final-can-be-left", &[&rule.id, "final"])),
            _ => {}
        }
    }
    let jointly = |group: &[usize]| held(group, super::mask(&bans)) && !bans.iter().any(|ban| held(group, 1 << ban));
    if let Some(set) = union(&jointly) {
        let fast: Vec<&Vec<usize>> = groups.iter().filter(|group| jointly(group)).collect();
        let fewest = |set: &Mask| {
            let needed = |ban: &usize| set & 1 << ban == 0 || fast.iter().any(|group| !held(group, set & !(1 << ban)));
            fast.iter().any(|group| held(group, *set)) && bans.iter().all(needed)
        };
        let names = super::subsets(&bans).into_iter().filter(fewest).map(|way| super::ids(rs, way, &[])).collect();
        found.push(Claim { names, ..Claim::shown_by(set, "stop-cannot-be-left", &[]) });
    }
    found
}

/// The combinations of answers that a team can turn into one another.
fn groups(t: &Table<'_>) -> Vec<Vec<usize>> {
    let fixed = |q: &usize| t.rs.questions[*q].changeable == Changeable::Fixed && t.rs.questions[*q].kind != Kind::Text;
    let fixed: Vec<usize> = (0..t.rs.questions.len()).filter(fixed).collect();
    let mut groups: BTreeMap<Vec<Mask>, Vec<usize>> = BTreeMap::new();
    for (at, world) in t.worlds.iter().enumerate() {
        groups.entry(fixed.iter().map(|q| world[*q]).collect()).or_default().push(at);
    }
    groups.into_values().collect()
}
