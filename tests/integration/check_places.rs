//! Where `check` points: each finding at the answer that decided it, or where one is missing.

use clearshare::check::{CheckedFlow, RuleFinding, Spot, SpotRole, Wanted, check, rule_findings};
use clearshare::engine::{Evaluator, Outcome};
use clearshare::finding::Findings;
use clearshare::manifest::read_manifest;
use clearshare::model::{Ix, Status};
use clearshare::text::Sources;

use crate::support::{Clearshare, has, read_fixture_ruleset};

/// The findings of the flows of a manifest of the base ruleset, by rule, and the text at each place.
fn findings(manifest: &str) -> Vec<Vec<(String, RuleFinding, String)>> {
    let text = whole(manifest);
    each_flow(manifest, |_, found| {
        let named = |(rule, finding): (String, RuleFinding)| {
            let at = at(&text, &finding.main);
            (rule, finding, at)
        };
        found.into_iter().map(named).collect()
    })
}

fn whole(manifest: &str) -> String {
    format!("clearshare: 1\nruleset: base@2026.11\n{manifest}")
}

/// What is made of the findings of each flow, by rule.
fn each_flow<T>(manifest: &str, made: impl Fn(&CheckedFlow, Vec<(String, RuleFinding)>) -> T) -> Vec<T> {
    let ruleset = read_fixture_ruleset();
    let text = whole(manifest);
    let as_of = "2026-11-22".parse().unwrap();
    let (mut sources, mut faults) = (Sources::new(), Findings::new());
    let manifest = read_manifest(text.as_bytes(), "share.yaml", &mut sources, &mut faults).unwrap();
    let mut evaluator = Evaluator::new(ruleset);
    let checked = check(&mut evaluator, &manifest, as_of, &sources, &mut faults);
    let checked = checked.unwrap_or_else(|| panic!("{:?}", faults.into_sorted()));
    let each = checked.flows.iter().map(|flow| {
        let found = rule_findings(&mut evaluator, &manifest, flow, Wanted::All);
        let holding_up: Vec<_> = found.iter().filter(|found| found.alone != Outcome::Ready).cloned().collect();
        assert_eq!(rule_findings(&mut evaluator, &manifest, flow, Wanted::HoldingUp), holding_up);
        let named = |finding: RuleFinding| (ruleset.rules().get(finding.rule).unwrap().id.clone(), finding);
        made(flow, found.into_iter().map(named).collect())
    });
    each.collect()
}

/// The text at a place.
fn at(text: &str, spot: &Spot) -> String {
    text.get(spot.place.span.start as usize..spot.place.span.end as usize).unwrap().to_owned()
}

#[track_caller]
fn of<'f>(found: &'f [(String, RuleFinding, String)], rule: &str) -> (&'f RuleFinding, &'f str) {
    let found = found.iter().find(|(id, _, _)| id == rule).unwrap_or_else(|| panic!("{rule} is no finding: {found:?}"));
    (&found.1, &found.2)
}

const SHARE: &str = "screen: { material: none }\nfrom: { body: water-board }\nto: { body: water-board }\n\
                     data:\n  personal: yes\n  about: [children, plot-holders]\n";

#[test]
fn a_finding_points_at_what_says_most_about_it() {
    let found = findings(SHARE);
    // Both answers decided; fewer rules read the second.
    let (finding, text) = of(&found[0], "people.children");
    assert_eq!((finding.status, finding.alone, text), (Status::Applies, Outcome::Ready, "[children, plot-holders]"));
    assert_eq!(finding.main.role, SpotRole::Decides);
    assert_eq!(finding.others.iter().filter(|spot| spot.role == SpotRole::Decides).count(), 1);
}

#[test]
fn what_is_missing_is_pointed_at_where_it_belongs() {
    let found = findings(SHARE);
    let undetermined: Vec<_> = found[0].iter().filter(|(_, f, _)| f.status == Status::Undetermined).collect();
    assert!(!undetermined.is_empty());
    let ruleset = read_fixture_ruleset();
    let mut sections = 0;
    for (rule, finding, text) in undetermined {
        let id = ruleset.questions().get(finding.main.question.unwrap()).unwrap().id.as_str();
        if finding.main.role != SpotRole::Missing {
            continue;
        }
        let section = id.split('.').next().unwrap();
        let is_there = SHARE.contains(&format!("{section}:"));
        // Its section where there is one, else the start of the manifest.
        assert_eq!(text, if is_there { section } else { "clearshare" }, "{rule}: {id}");
        sections += usize::from(is_there);
    }
    // An answer `unknown` is where something is missing.
    let found = findings(&SHARE.replace("personal: yes\n  about: [children, plot-holders]", "personal: unknown"));
    let (finding, text) = of(&found[0], "people.ask");
    assert_eq!((finding.status, finding.main.role, text), (Status::Undetermined, SpotRole::Missing, "unknown"));
    assert!(sections > 0 || !found.is_empty());
}

#[test]
fn a_flow_points_at_its_own_answers() {
    let flows = format!("{SHARE}flows:\n  - id: back\n    data:\n      about: [children, neighbours, plot-holders]\n");
    let found = findings(&flows);
    assert_eq!(found.len(), 2);
    assert_eq!(of(&found[0], "people.children").1, "[children, plot-holders]");
    assert_eq!(of(&found[1], "people.children").1, "[children, neighbours, plot-holders]");
    // What the flow does not answer is missing in the flow, where it has the section.
    for (_, finding, text) in &found[1] {
        let section = finding.main.question.map(|ix| read_fixture_ruleset().questions().get(ix).unwrap().id.clone());
        if finding.main.role == SpotRole::Missing && section.as_deref().is_some_and(|id| id.starts_with("data.")) {
            assert_eq!(text, "data");
            assert!(finding.main.place.span.start > u32::try_from(SHARE.len()).unwrap());
        }
    }
}

/// A fingerprint outlives what moves lines, and no answer that decides.
#[test]
fn a_fingerprint_is_of_what_decided() {
    let prints = |manifest: &str| -> Vec<(String, String)> {
        let ruleset = read_fixture_ruleset();
        let each = each_flow(manifest, |flow, found| {
            let print = |(rule, finding): (String, RuleFinding)| (rule, finding.fingerprint(ruleset, flow));
            found.into_iter().map(print).collect()
        });
        each.into_iter().next().unwrap()
    };
    let before = prints(SHARE);
    let mut unique: Vec<&String> = before.iter().map(|(_, print)| print).collect();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), before.len());
    assert!(before.iter().all(|(_, print)| print.len() == 32 && print.bytes().all(|b| b.is_ascii_hexdigit())));
    let moved =
        format!("# Moved\n\n{}", SHARE.replace("[children, plot-holders]", "[plot-holders, children]   # order"));
    assert_eq!(prints(&moved), before);
    let changed = prints(&SHARE.replace("[children, plot-holders]", "[children, neighbours, plot-holders]"));
    let of = |prints: &[(String, String)], rule: &str| prints.iter().find(|(id, _)| id == rule).cloned();
    assert_ne!(of(&changed, "people.children"), of(&before, "people.children"));
    assert_eq!(of(&changed, "people.ask"), of(&before, "people.ask"));
}

/// What was answered to a safety question is hidden, and nothing is found where it ends the questions.
#[test]
fn the_safety_screen_is_never_pointed_at() {
    assert!(findings(&SHARE.replace("material: none", "material: [sealed]"))[0].is_empty());
    let open = SHARE.replace("screen: { material: none }\n", "");
    let screening = |spot: &Spot| spot.question.is_some_and(|ix| read_fixture_ruleset().is_screening(ix));
    for (_, finding, _) in findings(&open).remove(0) {
        for spot in std::iter::once(&finding.main).chain(&finding.others) {
            assert!(!screening(spot) || spot.role == SpotRole::Missing, "{finding:?}");
        }
        assert!(finding.rule.index() < 100);
    }
}

/// A duty that is not known to be met shows the line that brought it, too: it is often the one that was changed.
#[test]
fn the_line_that_brought_a_duty_is_shown_where_its_answer_is_missing() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/official-sensitive-public-cloud.yaml");
    let manifest = std::fs::read_to_string(example).unwrap().replace("  contains: none", "  contains: [health]");
    let line = 1 + manifest.lines().position(|line| line.contains("[health]")).unwrap();
    let run = |args: &[&str]| Clearshare::new("check").file("m.yaml", &manifest).args(["m.yaml"]).args(args).run();
    let output = run(&["--as-of", "2026-11-22"]);
    assert_eq!(output.status, 1, "{output:?}");
    let because = format!("Because of data.contains, line {line}: {line} | contains: [health]");
    has(&output.stdout, &[&because, "It depends on basis.special."]);
    let output = run(&["--as-of", "2026-11-22", "--plain"]);
    has(&output.stdout, &[&format!("Because of data.contains, line {line}. It depends on basis.special.")]);
}
