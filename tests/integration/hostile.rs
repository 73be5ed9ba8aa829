//! Inputs that nobody meant well: the readers never panic, point inside the file, and never show what must not be shown.

use clearshare::check::check;
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::manifest::read_manifest;
use clearshare::rulefile::{read_published, read_ruleset};
use clearshare::text::{Place, Sources, visible};
use proptest::prelude::*;
use yaml_serde::Value;

use crate::faults::{Said, as_of, said_of_manifest, said_of_ruleset, well_worded};
use crate::support::{Files, base_files, fixture_bytes};

/// Pieces of YAML that mean something, and what may break it.
const PIECES: [&str; 44] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "- ",
    "\n",
    "\n  ",
    "\n- ",
    "#",
    " # ",
    "'",
    "\"",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "!t ",
    "<<: ",
    "? ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "~",
    "null",
    "yes",
    "none",
    "unknown",
    "\t",
    "\r",
    "\0",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "é",
    "[]",
    "{}",
    "\"\"",
    "tag:",
    "id: ",
];

/// How many of them begin no key of another section.
const NO_KEY: usize = PIECES.len() - 2;

/// One change to a text.
#[derive(Debug, Clone)]
enum Change {
    Flip { at: prop::sample::Index, byte: u8 },
    Splice { at: prop::sample::Index, piece: usize },
    Cut { at: prop::sample::Index, length: usize },
    Repeat { line: prop::sample::Index },
    Drop { line: prop::sample::Index },
    Swap { one: prop::sample::Index, other: prop::sample::Index },
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        2 => (index(), any::<u8>()).prop_map(|(at, byte)| Change::Flip { at, byte }),
        4 => (index(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Splice { at, piece }),
        2 => (index(), 1..12_usize).prop_map(|(at, length)| Change::Cut { at, length }),
        1 => index().prop_map(|line| Change::Repeat { line }),
        1 => index().prop_map(|line| Change::Drop { line }),
        1 => (index(), index()).prop_map(|(one, other)| Change::Swap { one, other }),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Flip { at, byte } => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Self::Splice { at, piece } => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, PIECES[*piece].bytes());
            }
            Self::Cut { at, length } => {
                let at = at.index(bytes.len());
                let end = bytes.len().min(at + length);
                bytes.drain(at..end);
            }
            Self::Repeat { .. } | Self::Drop { .. } | Self::Swap { .. } => {
                let mut lines: Vec<Vec<u8>> =
                    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
                self.apply_to_lines(&mut lines);
                *bytes = lines.concat();
            }
        }
    }

    fn apply_to_lines(&self, lines: &mut Vec<Vec<u8>>) {
        let count = lines.len();
        match self {
            Self::Repeat { line } => lines.insert(line.index(count), lines[line.index(count)].clone()),
            Self::Drop { line } => drop(lines.remove(line.index(count))),
            Self::Swap { one, other } => lines.swap(one.index(count), other.index(count)),
            _ => {}
        }
    }
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    changes.iter().for_each(|change| change.apply(&mut bytes));
    bytes
}

/// What is true of every fault, whatever was read.
fn sound(said: &Said) -> Result<(), TestCaseError> {
    for finding in &said.findings {
        prop_assert!(well_worded(finding).is_ok(), "{:?}", well_worded(finding));
        for place in places(finding) {
            let source = said.sources.get(place.file);
            let slice = source.and_then(|source| source.text().get(place.span.start as usize..place.span.end as usize));
            prop_assert!(slice.is_some(), "{finding:?} points out of its file");
        }
    }
    Ok(())
}

fn places(finding: &Finding) -> impl Iterator<Item = Place> {
    finding.place().into_iter().chain(finding.related_places().iter().map(|related| related.place))
}

/// Everything that a fault shows: its words, and the lines of its places unless it hides them.
fn everything_shown(finding: &Finding, sources: &Sources) -> String {
    let mut shown = format!("{}\n{}\n", finding.message(), finding.help_text().unwrap_or_default());
    for related in finding.related_places() {
        shown.push_str(&related.label);
    }
    for place in places(finding).filter(|_| !finding.hides_source()) {
        let source = sources.get(place.file).expect("a place is in a file that was read");
        let (first, last) = (source.location(place.span.start).line, source.location(place.span.end).line);
        (first..=last).filter_map(|line| source.line_text(line)).for_each(|line| shown.push_str(line));
    }
    shown
}

/// How many items the YAML of a ruleset writes under a key.
///
/// By another reader: none where that one refuses what ours reads.
fn written(files: &Files, path: &str, key: &str) -> Option<usize> {
    let (_, bytes) = files.iter().find(|(other, _)| other == path).expect("the file is there");
    let value: Value = yaml_serde::from_slice(bytes).ok()?;
    Some(value.get(key).and_then(Value::as_sequence).map_or(0, Vec::len))
}

fn manifest() -> Vec<u8> {
    fixture_bytes("manifest/_base.yaml")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sound(&said_of_manifest(&bytes, "x.yaml"))?;
        for path in ["ruleset.yaml", "questions.yaml", "glossary.yaml", "cases/cases.yaml"] {
            let mut files = base_files();
            files.retain(|(other, _)| other != path);
            files.push((path.to_owned(), bytes.clone()));
            sound(&said_of_ruleset(&files))?;
        }
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        read_published(&bytes, &mut sources, &mut findings);
        sound(&Said { sources, findings: findings.into_sorted() })?;
    }

    #[test]
    fn pieces_of_yaml_are_read_without_panic(pieces in prop::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        sound(&said_of_manifest(text.as_bytes(), "x.yaml"))?;
        sound(&said_of_manifest(format!("clearshare: 1\nfrom: {text}").as_bytes(), "x.yaml"))?;
    }

    #[test]
    fn damaged_manifests_are_read_without_panic(changes in prop::collection::vec(change(), 1..8)) {
        sound(&said_of_manifest(&changed(manifest(), &changes), "x.yaml"))?;
    }

    #[test]
    fn damaged_rulesets_are_read_without_panic(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..5),
    ) {
        let mut files = base_files();
        let at = file.index(files.len());
        files[at].1 = changed(std::mem::take(&mut files[at].1), &changes);
        sound(&said_of_ruleset(&files))?;
    }

    /// What has no fault is read whole: nothing is dropped without a word.
    #[test]
    fn a_ruleset_without_fault_is_read_whole(
        file in any::<prop::sample::Index>(),
        change in change(),
    ) {
        let mut files = base_files();
        let at = file.index(files.len());
        files[at].1 = changed(std::mem::take(&mut files[at].1), &[change]);
        let Ok(loaded) = read_ruleset(&files) else { return Ok(()) };
        let ruleset = &loaded.ruleset;
        let rules = ["before", "people", "powers"].map(|name| written(&files, &format!("rules/{name}.yaml"), "rules"));
        let rules = rules.into_iter().sum::<Option<usize>>();
        for (read, written) in [
            (ruleset.rules().len(), rules),
            (ruleset.sections().len(), written(&files, "questions.yaml", "sections")),
            (ruleset.questions().len(), Some(10)),
            (ruleset.derived().len(), written(&files, "derived.yaml", "derived")),
            (ruleset.myths().len(), written(&files, "myths.yaml", "myths")),
            (ruleset.terms().len(), written(&files, "glossary.yaml", "terms")),
            (ruleset.roles().len(), written(&files, "roles.yaml", "roles")),
            (ruleset.sources().len(), written(&files, "sources.yaml", "sources")),
            (loaded.cases.cases.len(), written(&files, "cases/cases.yaml", "cases")),
        ] {
            prop_assert!(written.is_none_or(|written| written == read), "{written:?} written, {read} read");
        }
        prop_assert!(ruleset.questions().iter().all(|(_, q)| q.list.is_some() || q.kind == clearshare::model::Kind::Text));
        // And it can be used.
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let manifest = read_manifest(&manifest(), "x.yaml", &mut sources, &mut findings).expect("it has no fault");
        check(&mut Evaluator::new(ruleset), &manifest, as_of(), &sources, &mut findings);
    }

    /// Whatever else is wrong, an answer to a safety question is never shown.
    #[test]
    fn answers_to_the_safety_screen_are_never_shown(
        style in 0..SCREENS.len(),
        line in any::<prop::sample::Index>(),
        inside in prop::collection::vec((any::<prop::sample::Index>(), 0..NO_KEY), 0..3),
        changes in prop::collection::vec(change(), 0..6),
    ) {
        let (key, answer) = SCREENS[style];
        let mut answer = answer.to_owned();
        for (at, piece) in inside {
            // Never inside the word that must not be seen.
            let ends: Vec<usize> = answer.match_indices([' ', '\n']).map(|(at, _)| at).collect();
            let at = if ends.is_empty() { 0 } else { ends[at.index(ends.len())] };
            answer.insert_str(at, PIECES[piece]);
        }
        let text = String::from_utf8(manifest()).expect("it is UTF-8").replace("screen: { material: none }\n", "");
        let before = changed(text.clone().into_bytes(), &changes);
        let mut lines: Vec<&[u8]> = before.split_inclusive(|byte| *byte == b'\n').collect();
        let section = format!("\n{key}{answer}\n");
        let at = if lines.is_empty() { 0 } else { line.index(lines.len()) };
        lines.insert(at, section.as_bytes());
        never_shown(&lines.concat())?;
        let one_line = format!("{{ clearshare: 1, {key} {}, from: {{ body: councl }} }}", answer.replace('\n', " "));
        never_shown(one_line.as_bytes())?;
    }

    /// Characters that act on a terminal or hide reach no message.
    #[test]
    fn characters_that_act_never_reach_a_message(place in 0..HOLES.len(), text in "[\u{202e}\u{2066}\u{200b}\u{ad}\u{85}\u{9b}\u{7f}\u{e0041}a-z \u{301}]{1,20}") {
        let manifest = HOLES[place].replace('@', &text);
        let escaped: Vec<String> = text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
        let escaped = escaped.concat();
        sound(&said_of_manifest(manifest.as_bytes(), "x.yaml"))?;
        let quoted = HOLES[place].replace('@', &format!("\"{escaped}\""));
        sound(&said_of_manifest(quoted.as_bytes(), "x.yaml"))?;
        let mut files = base_files();
        for (_, bytes) in &mut files {
            let changed = String::from_utf8_lossy(bytes).replacen("plots-act", &format!("\"{escaped}\""), 1);
            *bytes = changed.into_bytes();
        }
        sound(&said_of_ruleset(&files))?;
    }
}

/// The word that must not be seen.
const SECRET: &str = "moonlight";

/// Ways to write an answer to a safety question, right and wrong: the key, and what follows it.
const SCREENS: [(&str, &str); 14] = [
    ("screen:", " { material: moonlight }"),
    ("screen:", " { material: [sealed, moonlight] }"),
    ("screen:", "\n  material: moonlight"),
    ("screen:", "\n  material:\n    - sealed\n    - moonlight"),
    ("screen:", "\n  material:\n  - moonlight"),
    ("screen:", " moonlight"),
    ("screen:", " { moonlight: yes }"),
    ("screen:", " { material: *moonlight }"),
    ("screen:", " { material: !moonlight x }"),
    ("screen:", " { material: &moonlight moonlight, other: *moonlight }"),
    ("screen.material:", " moonlight"),
    ("Screen:", " { Material: moonlight }"),
    ("scren:", " { material: moonlight }"),
    ("\"screen\":", " { material: \"moonlight }"),
];

/// Manifests with a hole.
const HOLES: [&str; 11] = [
    "clearshare: @",
    "clearshare: 1\n@: x",
    "clearshare: 1\nruleset: @",
    "clearshare: 1\nfrom: { body: @ }",
    "clearshare: 1\nfrom: { @: hmrc }",
    "clearshare: 1\ndata: { personal: yes, about: [children, @, @] }",
    "clearshare: 1\nflows: [{ id: @ }, { id: @ }, { id: x, without: @ }]",
    "clearshare: 1\ndata: { personal: yes, about: children }\nflows: [{ id: @, data: { personal: no } }]",
    "clearshare: 1\ndone: [{ rule: @, on: @ }]\nwaivers: [{ rule: handling.count, role: @, expires: @ }]",
    "clearshare: 1\ntold: [@, @]\nflows: [{ id: x, told: @ }]",
    "clearshare: 1\nfrom: { body: *@ }\nto: !@ x\n@: 1\n@: 2",
];

fn never_shown(manifest: &[u8]) -> Result<(), TestCaseError> {
    let said = said_of_manifest(manifest, "x.yaml");
    for finding in &said.findings {
        let shown = everything_shown(finding, &said.sources);
        prop_assert!(
            !shown.contains(SECRET),
            "{finding:#?}\nshows {shown:?} of\n{}",
            String::from_utf8_lossy(manifest)
        );
    }
    Ok(())
}

#[test]
fn the_search_for_what_is_shown_finds_it() {
    let said = said_of_manifest(b"clearshare: 1\nfrom: { body: moonlight }\n", "x.yaml");
    assert!(everything_shown(&said.findings[0], &said.sources).matches(SECRET).count() >= 2);
    assert!(never_shown(b"clearshare: 1\nfrom: { body: moonlight }\n").is_err());
}

#[test]
fn paths_of_files_are_as_untrusted_as_their_text() {
    let mut files = base_files();
    files.push(("rules/\u{1b}[2J\u{202e}.yaml".to_owned(), b"theme: x\n".to_vec()));
    files.push(("\u{1b}[2J".to_owned(), Vec::new()));
    files.push(("../outside.yaml".to_owned(), Vec::new()));
    let said = said_of_ruleset(&files);
    assert_eq!(said.findings.iter().filter(|finding| finding.code() == Code::UnexpectedFile).count(), 2);
    for finding in &said.findings {
        assert_eq!(visible(finding.message()), finding.message());
        well_worded(finding).expect("it is worded as faults are");
    }
}
