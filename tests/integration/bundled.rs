//! The rulesets inside the program: packed and as YAML, their cases, their digests.

use clearshare::bundled;
use clearshare::cases;
use clearshare::rulefile::{digest_of, read_published, read_ruleset};
use clearshare::ruleset::State;
use clearshare::text::Sources;

#[test]
fn what_is_packed_is_what_the_yaml_says() {
    assert!(!bundled::all().is_empty());
    for bundled in bundled::all() {
        let loaded = read_ruleset(&bundled.files()).expect("an embedded ruleset has no fault");
        let packed = bundled.load().expect("what was packed can be unpacked");
        assert_eq!(packed, loaded.ruleset, "{}", bundled.reference());
    }
}

#[test]
fn every_case_of_every_ruleset_passes() {
    for bundled in bundled::all() {
        let loaded = read_ruleset(&bundled.files()).expect("an embedded ruleset has no fault");
        let results = cases::run(&loaded.ruleset, &loaded.cases);
        assert!(results.len() >= 40, "{} has only {} cases", bundled.reference(), results.len());
        let failed: Vec<String> = results
            .iter()
            .filter(|result| !result.passed())
            .map(|result| {
                let told: Vec<String> = result.differences.iter().map(|d| d.in_words(&loaded.ruleset)).collect();
                format!("{}:\n  {}", result.case.id, told.join("\n  "))
            })
            .collect();
        assert!(failed.is_empty(), "{} of {} cases failed:\n{}", failed.len(), results.len(), failed.join("\n"));
    }
}

#[test]
fn published_rulesets_have_the_digests_listed() {
    let (mut sources, mut findings) = (Sources::new(), clearshare::finding::Findings::new());
    let listed = read_published(bundled::published_yaml(), &mut sources, &mut findings);
    assert!(findings.is_empty(), "rules/published.yaml has a fault");
    for bundled in bundled::all() {
        let entry = listed.iter().find(|published| published.reference == bundled.reference());
        match (bundled.state, entry) {
            (State::Published, Some(entry)) => {
                assert_eq!(entry.digest, digest_of(&bundled.files()), "{} has changed", bundled.reference());
            }
            (State::Published, None) => panic!("{} is published, but has no digest listed", bundled.reference()),
            (State::Draft, entry) => assert!(entry.is_none(), "{} is a draft, but is listed", bundled.reference()),
        }
    }
    for entry in &listed {
        assert!(bundled::all().iter().any(|b| b.reference() == entry.reference), "{} is not here", entry.reference);
    }
}

#[test]
fn what_is_embedded_is_what_stands_in_the_folder() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for bundled in bundled::all() {
        let folder = root.join(bundled.id).join(bundled.version.to_string());
        let mut on_disk = Vec::new();
        let mut folders = vec![folder.clone()];
        while let Some(current) = folders.pop() {
            for entry in std::fs::read_dir(&current).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let below = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
                    on_disk.push((below, std::fs::read(&path).unwrap()));
                }
            }
        }
        on_disk.sort();
        assert!(bundled.files() == on_disk, "{} is not what was embedded", bundled.reference());
    }
}
