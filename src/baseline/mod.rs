//! A baseline: what was outstanding when it was written. A later check tells what is new since.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::finding::{Code, Finding, Findings};
use crate::manifest::{read_beside, read_format};
use crate::text::{Place, Sources, quoted};
use crate::yaml::{Fields, Limits, Node, Value, quote_scalar, shape};

/// How many hexadecimal digits a fingerprint has.
const DIGITS: usize = 32;

/// What every baseline begins with.
const HEAD: &str = "\
# What was outstanding when this was written, by `clearshare check --write-baseline`. A check with `--baseline` fails only where
# something is new. What stands here is known, and not in order: take out what is settled, and write nothing in by hand.
clearshare: 1
";

/// A finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The path of the manifest, from the folder of the baseline on, with `/`.
    pub manifest: String,
    /// The flow.
    pub flow: String,
    /// The rule.
    pub rule: String,
    /// What the finding is known by from run to run.
    pub fingerprint: String,
    /// The rule in words: for whoever reads the baseline, and for nothing else.
    pub title: String,
}

/// A baseline as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By the path of the manifest, in the order of the file.
    known: BTreeMap<String, Vec<(Known, Place)>>,
}

impl Baseline {
    /// What is known of a manifest, and where it is written.
    #[must_use]
    pub fn of(&self, manifest: &str) -> &[(Known, Place)] {
        self.known.get(manifest).map_or(&[], Vec::as_slice)
    }
}

/// The text of a baseline. The same findings give the same text, in whatever order they come.
#[must_use]
pub fn write_baseline(mut known: Vec<Known>) -> String {
    known.sort_unstable();
    known.dedup();
    let mut text = HEAD.to_owned();
    if known.is_empty() {
        text.push_str("known: []\n");
        return text;
    }
    text.push_str("known:\n");
    for Known { manifest, flow, rule, fingerprint, title } in &known {
        let lines =
            [("manifest", manifest), ("flow", flow), ("rule", rule), ("fingerprint", fingerprint), ("title", title)];
        for (at, (key, value)) in lines.into_iter().enumerate() {
            let dash = if at == 0 { "- " } else { "  " };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {dash}{key}: {}", quote_scalar(value));
        }
    }
    text
}

/// Reads a baseline. None where it has a fault.
pub fn read_baseline(bytes: &[u8], name: &str, sources: &mut Sources, findings: &mut Findings) -> Option<Baseline> {
    let mut own = Findings::new();
    let read = read_beside(bytes, name, Limits::RULESET_FILE, sources, &mut own, baseline);
    let whole = own.is_empty();
    findings.append(own);
    read.filter(|_| whole)
}

fn baseline(root: &Node, findings: &mut Findings) -> Baseline {
    let mut baseline = Baseline::default();
    let Some(mut fields) = Fields::new(root, "a baseline, such as `clearshare: 1`", findings) else { return baseline };
    read_format(fields.optional("clearshare"), fields.place(), "baseline", findings);
    let list = fields.required("known", findings);
    fields.finish(findings);
    // That nothing was outstanding is worth a baseline: unlike elsewhere, an empty list is no slip.
    let items = match list.map(|node| (node, &node.value)) {
        Some((_, Value::List(items))) => items.as_slice(),
        Some((node, _)) => shape::list(node, "a list of findings", findings).unwrap_or(&[]),
        None => &[],
    };
    let mut seen: BTreeMap<(String, String), Place> = BTreeMap::new();
    for item in items {
        let Some(known) = known(item, findings) else { continue };
        let key = (known.manifest.clone(), known.fingerprint.clone());
        if let Some(first) = seen.get(&key) {
            let message = format!("the finding of {} stands here twice", quoted(&known.rule));
            let finding = Finding::new(Code::KnownTwice, message).at(item.place).related(*first, "first written here");
            findings.push(finding.help("keep one of them, or run `clearshare check --write-baseline`"));
            continue;
        }
        seen.insert(key, item.place);
        baseline.known.entry(known.manifest.clone()).or_default().push((known, item.place));
    }
    baseline
}

fn known(item: &Node, findings: &mut Findings) -> Option<Known> {
    let mut fields = Fields::new(item, "a finding, such as `manifest: data-sharing.yaml`", findings)?;
    let mut text = |key, what: &str| -> Option<String> {
        let node = fields.required(key, findings)?;
        shape::text(node, what, findings).map(str::to_owned)
    };
    let manifest = text("manifest", "the path of a manifest");
    let flow = text("flow", "the id of a flow");
    let rule = text("rule", "the id of a rule");
    let title = text("title", "the rule in words");
    let fingerprint = fields.required("fingerprint", findings).and_then(|node| fingerprint(node, findings));
    fields.finish(findings);
    Some(Known { manifest: manifest?, flow: flow?, rule: rule?, fingerprint: fingerprint?, title: title? })
}

fn fingerprint(node: &Node, findings: &mut Findings) -> Option<String> {
    let text = shape::text(node, "a fingerprint", findings)?;
    if text.len() == DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return Some(text.to_owned());
    }
    let message = format!("{} is not a fingerprint: it has {DIGITS} digits from 0 to f", quoted(text));
    let help = "baselines are not written by hand: run `clearshare check --write-baseline`";
    findings.push(Finding::new(Code::BadDigest, message).at(node.place).help(help));
    None
}

#[cfg(test)]
mod tests {
    use super::{Known, read_baseline, write_baseline};
    use crate::finding::Findings;
    use crate::text::Sources;
    use proptest::prelude::*;

    fn known(manifest: &str, rule: &str, title: &str, digit: char) -> Known {
        let fingerprint = digit.to_string().repeat(32);
        let text = |text: &str| text.to_owned();
        Known { manifest: text(manifest), flow: text("main"), rule: text(rule), fingerprint, title: text(title) }
    }

    #[track_caller]
    fn read(text: &str) -> Result<super::Baseline, Vec<String>> {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let read = read_baseline(text.as_bytes(), "b.yaml", &mut sources, &mut findings);
        read.ok_or_else(|| findings.into_sorted().iter().map(|finding| finding.code().to_string()).collect())
    }

    #[test]
    fn what_is_written_is_sorted_and_read_again() {
        let (a, b) = (known("a.yaml", "x.y", "Do: this", '0'), known("b/ŵ: [.yaml", "x.z", "true", 'f'));
        let text = write_baseline(vec![b.clone(), a.clone(), b.clone()]);
        assert_eq!(text, write_baseline(vec![a.clone(), b.clone()]));
        let baseline = read(&text).unwrap();
        assert_eq!(baseline.of("a.yaml").iter().map(|(known, _)| known).collect::<Vec<_>>(), [&a]);
        assert_eq!(baseline.of("b/ŵ: [.yaml").iter().map(|(known, _)| known).collect::<Vec<_>>(), [&b]);
        assert_eq!(baseline.of("c.yaml"), []);
        assert_eq!(read(&write_baseline(Vec::new())), Ok(super::Baseline::default()));
    }

    #[test]
    fn each_fault_is_told() {
        let text = write_baseline(vec![known("a.yaml", "x.y", "Do this", '0')]);
        let case = |from: &str, to: &str, expected: &[&str]| {
            assert!(text.contains(from));
            assert_eq!(read(&text.replace(from, to)).unwrap_err(), expected, "{to}");
        };
        case("clearshare: 1", "clearshare: 2", &["unknown-format"]);
        case("clearshare: 1\n", "", &["missing-key"]);
        case("flow: main", "flwo: main", &["missing-key", "unknown-key"]);
        case("    title: Do this\n", "", &["missing-key"]);
        case("    title: Do this\n", "    title: Do this\n    alone: stop\n", &["unknown-key"]);
        case("0000\"", "000\"", &["bad-digest"]);
        case("known:\n", "known: none\nunknown:\n", &["wrong-type", "unknown-key"]);
        let item = text.split_once("known:\n").unwrap().1;
        assert_eq!(read(&format!("{text}{item}")).unwrap_err(), ["known-twice"]);
    }

    proptest! {
        #[test]
        fn any_words_come_back(words in proptest::collection::vec(any::<char>(), 1..40)) {
            let words: String = words.into_iter().filter(|c| !c.is_control() || *c == '\n' || *c == '\u{1b}').collect();
            prop_assume!(!words.trim().is_empty());
            let known = known(&words, "x.y", &words, '7');
            let baseline = read(&write_baseline(vec![known.clone()])).unwrap();
            let read: Vec<&Known> = baseline.of(&words).iter().map(|(known, _)| known).collect();
            prop_assert_eq!(read, [&known]);
        }
    }
}
