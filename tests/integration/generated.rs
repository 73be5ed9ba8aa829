//! The large generated rulesets that the benchmarks measure: valid, of the size they say, and the same every time.

use std::collections::BTreeSet;

use clearshare::cases::run;
use clearshare::model::Kind;
use clearshare::rulefile::{Loaded, read_ruleset};

use crate::large::{Files, RULES, large, with_cases};

#[track_caller]
fn read(files: &Files) -> Loaded {
    match read_ruleset(files) {
        Ok(loaded) => loaded,
        Err(faults) => {
            let messages: Vec<String> = faults.findings.iter().map(|f| format!("{f:?}")).collect();
            panic!("a generated ruleset has faults: {messages:#?}");
        }
    }
}

#[test]
fn large_rulesets_are_valid_and_of_the_size_they_say() {
    for areas in [1, 2, 4, 8] {
        let files = large(areas, 0);
        assert_eq!(files, large(areas, 0));
        let parts = read(&files).ruleset.parts().clone();
        assert_eq!(parts.rules.len(), RULES * areas);
        assert_eq!(parts.questions.len(), 80 * areas);
        let sizes: Vec<usize> = parts.lists.iter().map(|(_, list)| list.choices.len()).filter(|n| *n > 12).collect();
        assert_eq!(sizes.iter().filter(|n| **n == 60).count(), 2 * areas, "{sizes:?}");
        assert_eq!(sizes.iter().filter(|n| **n == 250).count(), areas, "{sizes:?}");
        let long = parts.lists.iter().filter(|(_, list)| list.choices.len() == 60).flat_map(|(_, list)| &list.choices);
        assert_eq!(long.filter(|choice| choice.only_if.is_some()).count(), 60 * areas);
        let tests = |rule: &clearshare::model::Rule| rule.when.tests().len();
        let within = parts.rules.iter().filter(|(_, rule)| (2..=7).contains(&tests(rule))).count();
        assert!(within * 10 >= parts.rules.len() * 9, "{within} of {} rules have 2 to 6 tests", parts.rules.len());
        assert!(parts.questions.iter().any(|(_, question)| question.kind == Kind::AnyOf));
    }
}

#[test]
fn changed_rulesets_differ_in_as_many_rules_as_asked() {
    let (first, second) = (read(&large(1, 0)), read(&large(1, 10)));
    let ids = |loaded: &Loaded| loaded.ruleset.rules().iter().map(|(_, r)| r.id.clone()).collect::<BTreeSet<_>>();
    assert_eq!(ids(&first), ids(&second));
    let (first, second) = (first.ruleset.rules(), second.ruleset.rules());
    let differ =
        first.iter().zip(second.iter()).filter(|((_, a), (_, b))| a.when.tests().len() != b.when.tests().len());
    assert!((7..=10).contains(&differ.count()));
}

#[test]
fn generated_cases_pass() {
    let loaded = read(&with_cases(&large(1, 0), 100));
    let failed: Vec<_> = run(&loaded.ruleset, &loaded.cases).into_iter().filter(|result| !result.passed()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(loaded.cases.cases.len(), 100);
}
