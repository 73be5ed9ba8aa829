//! Every manifest in `examples/` gives the outcome that its first line expects.

use std::path::{Path, PathBuf};

use clearshare::bundled;
use clearshare::check::check;
use clearshare::engine::Evaluator;
use clearshare::finding::Findings;
use clearshare::manifest::read_manifest;
use clearshare::text::Sources;

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    files
}

#[test]
fn each_example_has_its_published_outcome() {
    let as_of = "2026-11-22".parse().unwrap();
    let mut outcomes: Vec<String> = Vec::new();
    for path in examples() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let expected =
            text.lines().next().unwrap().strip_prefix("# expect: ").expect("the first line says what to expect");
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let manifest = read_manifest(&bytes, &name, &mut sources, &mut findings).unwrap();
        let (pin, _) = manifest.pin.clone().expect("an example pins its ruleset");
        let ruleset = bundled::exact(&pin.id, pin.version.unwrap()).unwrap().load().unwrap();
        let checked = check(&mut Evaluator::new(&ruleset), &manifest, as_of, &sources, &mut findings);
        let said: Vec<String> = findings.into_sorted().iter().map(|finding| finding.message().to_owned()).collect();
        let checked = checked.unwrap_or_else(|| panic!("{name}: {}", said.join("; ")));
        assert_eq!(checked.outcome().word(), expected, "{name}");
        if expected != "incomplete" {
            for flow in &checked.flows {
                let open: Vec<&str> =
                    flow.advice.open.iter().map(|ix| ruleset.questions().get(*ix).unwrap().id.as_str()).collect();
                assert!(open.is_empty(), "{name} leaves open: {}", open.join(", "));
            }
        }
        assert!(text.contains("https://") || expected == "incomplete", "{name} names no published outcome");
        outcomes.push(expected.to_owned());
    }
    assert!(outcomes.len() >= 8, "there are only {} examples", outcomes.len());
    for outcome in ["stop", "refer", "incomplete", "act-first", "ready"] {
        assert!(outcomes.iter().any(|other| other == outcome), "no example comes to {outcome}");
    }
}
