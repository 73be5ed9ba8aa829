//! No duty can only be met by tripping a prohibition.
//!
//! For each rule of level `must` with a `met-when`, neither being upcoming, that is met for some combination of answers inside
//! the screen:
//! - for no single `must-not` in force, its `when` holds wherever the duty is met inside; else
//! - somewhere inside the duty is met and no `must-not` in force applies.
//!
//! Named once for each duty and single prohibition, or once for the duty with the fewest prohibitions found that together leave
//! no way out (`must-trips-must-not`). The example makes the duty met, whatever the rest is, and so trips the prohibitions.

use std::sync::Arc;

use super::examiner::Examiner;
use super::ground::{Ground, prohibitions};
use super::tasks::{Task, divided};
use super::verification::Property;
use crate::finding::{Code, Finding};
use crate::logic::FormulaId;
use crate::model::{Level, RuleIx};
use crate::proof::Proof;
use crate::text::quoted;

/// The statements of this property.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let bans = prohibitions(ground.parts());
    let stated = ground.stating(|lowering| -> Vec<FormulaId> {
        let whens = bans.iter().map(|ban| ground.rules.at(*ban).when);
        whens.map(|when| lowering.builder().not(when)).collect()
    });
    let Some(stated) = stated else { return Vec::new() };
    let duties = ground.parts().rules.iter().filter(|(ix, rule)| {
        rule.level == Level::Must && rule.upcoming.is_none() && ground.rules.at(*ix).met.is_some()
    });
    let duties: Arc<Vec<RuleIx>> = Arc::new(duties.map(|(ix, _)| ix).collect());
    let (stated, bans) = (Arc::new(stated), Arc::new(bans));
    let task = |range: std::ops::Range<usize>| {
        let (stated, bans, duties) = (Arc::clone(&stated), Arc::clone(&bans), Arc::clone(&duties));
        Task::new(Property::Consistent, move |allowance| {
            let mut examiner = Examiner::new(ground, &stated, Property::Consistent, allowance);
            for ix in duties.get(range).unwrap_or(&[]) {
                duty(&mut examiner, *ix, &bans, &stated.what);
            }
            examiner.ledger
        })
    };
    divided(duties.len()).map(task).collect()
}

fn duty(examiner: &mut Examiner<'_>, ix: RuleIx, bans: &[RuleIx], lifted: &[FormulaId]) {
    let ground = examiner.ground;
    let rule = ground.parts().rules.at(ix);
    let Some(met) = ground.rules.at(ix).met else { return };
    let wanted = [(met, true), (ground.inside, true)];
    let statement = format!("that rule {} can be met without tripping a prohibition", quoted(&rule.id));
    match examiner.prover.together(&wanted) {
        // A rule that is never met is named for that.
        Proof::Never => return,
        Proof::NotProved => return examiner.ledger.open(rule.place, &statement),
        Proof::Sometimes => {}
    }
    let all: Vec<(FormulaId, bool)> = lifted.iter().map(|lifted| (*lifted, true)).chain(wanted).collect();
    match examiner.prover.together(&all) {
        Proof::Sometimes => return examiner.ledger.holds(),
        Proof::NotProved => return examiner.ledger.open(rule.place, &statement),
        Proof::Never => {}
    }
    let mut is_open = false;
    let mut alone: Vec<usize> = Vec::new();
    for (at, lifted) in lifted.iter().enumerate() {
        match examiner.prover.together(&[wanted[0], wanted[1], (*lifted, true)]) {
            Proof::Never => alone.push(at),
            Proof::NotProved => is_open = true,
            Proof::Sometimes => {}
        }
    }
    if is_open {
        let statement = format!("that no other prohibition alone is tripped by meeting rule {}", quoted(&rule.id));
        examiner.ledger.open(rule.place, &statement);
    }
    if alone.is_empty() {
        let together = examiner.conflict(lifted, &wanted);
        tripped(examiner, ix, bans, &together);
    }
    for at in alone {
        tripped(examiner, ix, bans, &[at]);
    }
}

fn tripped(examiner: &mut Examiner<'_>, ix: RuleIx, bans: &[RuleIx], at: &[usize]) {
    let ground = examiner.ground;
    let parts = ground.parts();
    let rule = parts.rules.at(ix);
    let Some(met) = ground.rules.at(ix).met else { return };
    let bans: Vec<RuleIx> = at.iter().filter_map(|at| bans.get(*at)).copied().collect();
    let names: Vec<String> = bans.iter().map(|ban| quoted(&parts.rules.at(*ban).id)).collect();
    let one = if names.len() == 1 { "the prohibition" } else { "one of the prohibitions" };
    let message = format!("whoever meets rule {} trips {one} {}", quoted(&rule.id), names.join(", "));
    let finding = Finding::new(Code::MustTripsMustNot, message).at(rule.place);
    let finding =
        bans.iter().fold(finding, |finding, ban| finding.related(parts.rules.at(*ban).place, "the prohibition"));
    let finding =
        finding.help("let the duty be met in another way, or except in the prohibition what the duty asks for");
    examiner.shown(finding, &[(met, true), (ground.inside, true)]);
}
