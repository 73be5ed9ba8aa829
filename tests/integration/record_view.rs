//! What exports are made from: the view says all that a record says, under the right heading.

use std::collections::BTreeSet;

use clearshare::record::v1::{Level, Outcome, Rule, Status};
use clearshare::report::record::View;
use clearshare::report::record::view::Group;

use super::records::{Advised, example_names};
use super::support::Clearshare;

/// What holds up an exchange, told from the rules alone.
fn expected(outcome: Outcome, groups: &BTreeSet<Group>) -> bool {
    match outcome {
        Outcome::Stop => groups.contains(&Group::Stops),
        Outcome::Refer => !groups.contains(&Group::Stops) && groups.contains(&Group::Refer),
        Outcome::Incomplete => !groups.contains(&Group::Stops) && groups.contains(&Group::Undetermined),
        Outcome::ActFirst => groups.contains(&Group::First) || groups.contains(&Group::Undetermined),
        Outcome::Ready => [Group::Stops, Group::Refer, Group::First].iter().all(|group| !groups.contains(group)),
    }
}

#[test]
fn each_rule_of_each_example_stands_under_one_heading_that_fits_the_outcome() {
    let mut seen = BTreeSet::new();
    for name in example_names() {
        let sealed = Advised::example(&name).fitting();
        let view = View::new(&sealed.record);
        assert_eq!(view.flows.len(), sealed.record.advice.flows.len());
        for (flow, advice) in view.flows.iter().zip(&sealed.record.advice.flows) {
            assert_eq!(flow.rules.len(), advice.rules.len());
            assert_eq!(flow.groups.iter().map(|group| group.count).sum::<usize>(), advice.rules.len(), "{name}");
            let groups: BTreeSet<Group> = flow.groups.iter().map(|group| group.word).collect();
            assert!(expected(advice.outcome, &groups), "{name} {}: {:?} with {groups:?}", flow.id, advice.outcome);
            for (rule, said) in flow.rules.iter().zip(&advice.rules) {
                assert_eq!((rule.id, rule.title, rule.because), (&*said.id, &*said.title, &*said.because));
                assert!(
                    groups.contains(&rule.group) && fits(rule.group, said),
                    "{name}: {}: {:?}",
                    rule.id,
                    rule.group
                );
                assert_eq!(rule.steps.len(), said.steps.len());
                assert_eq!(rule.sources.len(), said.sources.len());
                let named = rule.sources.iter().map(|number| view.sources[number - 1].id);
                assert!(named.eq(said.sources.iter().map(String::as_str)));
            }
            seen.extend(groups);
        }
    }
    let missing: Vec<&Group> = Group::ALL.iter().filter(|group| !seen.contains(group)).collect();
    assert!(missing.len() < 3, "no example has {missing:?}");
}

fn fits(group: Group, rule: &Rule) -> bool {
    let detail = matches!(rule.status, Status::Met | Status::Done | Status::NotApplicable);
    // What is outstanding is never folded away.
    group.is_detail() == detail
        && (group == Group::Stops) == (rule.status == Status::Applies && rule.level == Level::MustNot)
        && (group == Group::Waived) == (rule.status == Status::Waived)
        && (!rule.is_outstanding() || matches!(group, Group::Refer | Group::First | Group::Undetermined))
}

#[test]
fn the_view_has_the_words_of_the_record_and_leaves_nothing_out() {
    let sealed = Advised::example("plant-health-inspections.yaml").fitting();
    let view = View::new(&sealed.record);
    let json = serde_json::to_string(&view).unwrap();
    let record = &sealed.record;
    let mut words = vec![record.seal.clone(), record.ruleset.digest.clone(), record.manifest.sha256.clone()];
    let decision = &record.decision;
    words.extend(decision.conditions.iter().map(|condition| condition.says.clone()));
    words.extend(decision.consulted.iter().flat_map(|one| [one.name.clone(), one.role.clone()]));
    words.extend(decision.consulted.iter().flat_map(|one| one.says.clone().into_iter().chain(one.answer.clone())));
    let answers = || record.facts.iter().flat_map(|known| &known.answers);
    let (screening, others): (Vec<_>, Vec<_>) = answers().partition(|answer| answer.screening);
    words.extend(others.iter().map(|answer| answer.prompt.clone()));
    words.extend(record.evidence.iter().map(|evidence| evidence.link.clone()));
    words.extend(record.advice.sources.iter().map(|source| source.url.clone()));
    for word in words {
        let written = serde_json::to_string(&word).unwrap();
        assert!(json.contains(written.trim_matches('"')), "{word} is not in the view");
    }
    // What was answered to the safety screen is in the record, to evaluate it again, and nowhere else.
    assert_eq!(screening.len(), 1);
    let shown = view.flows.iter().flat_map(|flow| &flow.sections).flat_map(|section| &section.answers);
    assert!(shown.into_iter().all(|answer| answer.question != screening[0].question));
    assert_eq!(view.title, "Plant health inspection results to customs risking");
    assert_eq!((view.reference, view.outcome.word), (Some("DX-0042"), "act-first"));
    let flow = &view.flows[0];
    let ends = (flow.from.as_ref().unwrap().id, flow.to.as_ref().unwrap().id);
    assert_eq!(ends, ("defra", "hmrc"));
    assert!(!flow.sends.is_empty() && !flow.held.is_empty() && !flow.travels.is_empty() && !flow.powers.is_empty());
    assert_eq!(view.decision.disagreements, 1);
    assert!(view.footer.contains("not legal advice") && view.footer.contains("Report wrong advice"));
}

/// A rule's derivation in the view is the one that `check --verbose` prints: two ways to the same words.
#[test]
fn derivations_read_as_those_of_check() {
    let bytes = Advised::example("plant-health-inspections.yaml").bytes;
    let args = ["--verbose", "--plain", "--as-of", "2026-11-22", "x.yaml"];
    let run = Clearshare::new("check").file("x.yaml", bytes).args(args);
    let printed = run.env("COLUMNS", "1000").run().stdout;
    let sealed = Advised::example("plant-health-inspections.yaml").fitting();
    let view = View::new(&sealed.record);
    let printed = by_line(&printed);
    let mut compared = 0;
    for line in view.flows[0].rules.iter().flat_map(|rule| &rule.derivation) {
        // The safety screen is worded apart, and a record lists options before tags, whatever the order in the rule.
        if line.text.starts_with("screen.") || (line.text.contains("anything tagged") && line.text.contains(" or ")) {
            continue;
        }
        assert!(printed.contains(&by_line(&line.text)), "check does not say: {}", line.text);
        compared += 1;
    }
    assert!(compared > 100, "only {compared} lines were compared");
}

/// What `check` says as a record says it: it knows the line of an answer, and not which questions take several answers.
fn by_line(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match word.strip_prefix("x.yaml:").and_then(|place| place.split_once(':')) {
            Some((line, column)) => {
                assert_eq!(words.pop().as_deref(), Some("at"));
                let rest = column.trim_start_matches(|c: char| c.is_ascii_digit());
                words.extend(["on".to_owned(), "line".to_owned(), format!("{line}{rest}")]);
            }
            None if word == "has" => words.push("is".to_owned()),
            None => words.push(word.to_owned()),
        }
    }
    words.join(" ")
}
