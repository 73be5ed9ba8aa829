//! Coverage as an lcov tracefile, for `genhtml` and for services that read it.
//!
//! Each rule, derived fact and myth is a function, each test a pair of branches (0: true, 1: false) at its line.

use std::collections::BTreeMap;

use super::{CoverageReport, names};
use crate::cases::coverage::{About, Item, Way};
use crate::report::Out;
use crate::text::{FileId, visible};

/// Writes a record for each file in which something can be tried.
pub fn lcov(out: Out<'_>, report: &CoverageReport<'_>) -> std::io::Result<()> {
    for (file, source) in report.sources.iter() {
        let items = report.items_of(file);
        if items.is_empty() {
            continue;
        }
        // A line end in a file's name would begin a record of its own.
        write!(out, "TN:\nSF:{}\n", visible(source.name()))?;
        functions(out, report, file)?;
        branches(out, &items)?;
        lines(out, &items)?;
        out.write_all(b"end_of_record\n")?;
    }
    Ok(())
}

/// Rules, derived facts and myths, each with the cases in which it comes into play.
fn functions(out: Out<'_>, report: &CoverageReport<'_>, file: FileId) -> std::io::Result<()> {
    let mut functions: BTreeMap<String, (u32, usize)> = BTreeMap::new();
    for (_, item, line) in report.items_of(file) {
        let name = match &item.about {
            About::Rule(ix) => format!("rule:{}", names::rule_id(report.ruleset, *ix)),
            About::Derived(ix, _) => format!("derived:{}", names::fact_id(report.ruleset, *ix)),
            About::Myth(ix) => format!("myth:{}", names::myth_id(report.ruleset, *ix)),
            About::Test(..) | About::Option(..) => continue,
        };
        functions.entry(name).or_insert((line, 0)).1 += hits(item);
    }
    for (name, (line, _)) in &functions {
        writeln!(out, "FN:{line},{name}")?;
    }
    for (name, (_, hits)) in &functions {
        writeln!(out, "FNDA:{hits},{name}")?;
    }
    let hit = functions.values().filter(|(_, hits)| *hits > 0).count();
    write!(out, "FNF:{}\nFNH:{hit}\n", functions.len())
}

fn branches(out: Out<'_>, items: &[(usize, &Item, u32)]) -> std::io::Result<()> {
    let (mut found, mut hit) = (0, 0);
    let tests = items.iter().filter(|(_, item, _)| matches!(item.about, About::Test(..)));
    for (block, (_, item, line)) in tests.enumerate() {
        let taken = [made(item, Way::True), made(item, Way::False)];
        let reached = taken.iter().any(|taken| *taken > 0);
        for (branch, taken) in taken.into_iter().enumerate() {
            found += 1;
            hit += usize::from(taken > 0);
            // `-`: no case came so far that it could have gone either way.
            let taken = if reached { taken.to_string() } else { "-".to_owned() };
            writeln!(out, "BRDA:{line},{block},{branch},{taken}")?;
        }
    }
    write!(out, "BRF:{found}\nBRH:{hit}\n")
}

/// Each line on which something can be tried, with the cases of what is tried most on it.
fn lines(out: Out<'_>, items: &[(usize, &Item, u32)]) -> std::io::Result<()> {
    let mut lines: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, item, line) in items {
        let most = lines.entry(*line).or_default();
        *most = (*most).max(hits(item));
    }
    for (line, hits) in &lines {
        writeln!(out, "DA:{line},{hits}")?;
    }
    let hit = lines.values().filter(|hits| **hits > 0).count();
    write!(out, "LF:{}\nLH:{hit}\n", lines.len())
}

/// In how many cases an item comes into play.
fn hits(item: &Item) -> usize {
    let ways: &[Way] = match item.about {
        About::Rule(_) => &[Way::Applies, Way::Met, Way::Done, Way::Waived],
        About::Test(..) => &[Way::True, Way::False],
        About::Option(..) => &[Way::Chosen, Way::ChosenClosed],
        About::Derived(..) => &[Way::TheOne],
        About::Myth(_) => &[Way::Answered],
    };
    ways.iter().map(|way| made(item, *way)).sum()
}

fn made(item: &Item, way: Way) -> usize {
    item.points.iter().filter(|point| point.way == way).map(|point| point.cases.len()).sum()
}
