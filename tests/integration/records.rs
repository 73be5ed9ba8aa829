//! Decision records: made of each example, sealed, read back, and evaluated again.

use std::path::Path;

use clearshare::bundled;
use clearshare::check::{Checked, CheckedFlow, check};
use clearshare::engine::Evaluator;
use clearshare::finding::{Code, Findings};
use clearshare::manifest::{Flow, read_manifest};
use clearshare::model::Date;
use clearshare::record::v1::{self, Choice, Outcome, View};
use clearshare::record::{
    Basis, Decided, Integrity, ReadRecord, Refusal, Sealed, Unrecorded, compose, exchange, read_record, seal, sha256,
};
use clearshare::report::json::{named, recorded};
use clearshare::ruleset::Ruleset;
use clearshare::text::Sources;

/// The day of the advice, the decision and the record.
pub(crate) fn day() -> Date {
    "2026-11-22".parse().unwrap()
}

/// The names of the examples, sorted.
pub(crate) fn example_names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| Path::new(name).extension().is_some_and(|end| end == "yaml")).collect();
    names.sort();
    names
}

/// An example, its ruleset and the advice on it.
pub(crate) struct Advised {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) ruleset: Ruleset,
    pub(crate) checked: Checked,
}

impl Advised {
    pub(crate) fn example(name: &str) -> Self {
        let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap();
        Self::manifest(name, &bytes)
    }

    pub(crate) fn manifest(name: &str, bytes: &[u8]) -> Self {
        let (mut sources, mut findings) = (Sources::new(), Findings::new());
        let manifest = read_manifest(bytes, name, &mut sources, &mut findings).unwrap();
        let (pin, _) = manifest.pin.clone().unwrap();
        let ruleset = bundled::exact(&pin.id, pin.version.unwrap()).unwrap().load().unwrap();
        let checked = check(&mut Evaluator::new(&ruleset), &manifest, day(), &sources, &mut findings).unwrap();
        Self { name: name.to_owned(), bytes: bytes.to_vec(), ruleset, checked }
    }

    pub(crate) fn advice(&self) -> v1::Advice {
        recorded(&mut Evaluator::new(&self.ruleset), &self.checked).unwrap()
    }

    pub(crate) fn record(&self, decided: Decided) -> Result<Sealed, Unrecorded> {
        let basis = Basis {
            ruleset: &self.ruleset,
            checked: &self.checked,
            advice: self.advice(),
            exchange: named(&self.ruleset, &self.checked),
            as_of: day(),
            today: day(),
            manifest: v1::Manifest { name: self.name.clone(), sha256: sha256(&self.bytes) },
            notices: &[],
        };
        compose(basis, decided)
    }

    /// A record of the decision that fits the advice, with something in each part.
    pub(crate) fn fitting(&self) -> Sealed {
        let choice = match self.advice().outcome {
            Outcome::Ready => Choice::Share,
            Outcome::ActFirst | Outcome::Refer => Choice::ShareWithConditions,
            Outcome::Stop => Choice::DoNotShare,
            Outcome::Incomplete => Choice::Defer,
        };
        let mut decided = decided(choice);
        if choice == Choice::ShareWithConditions {
            decided.decision.conditions = conditions(&self.advice());
        }
        self.record(decided).unwrap_or_else(|why| panic!("{}: {why:?}", self.name))
    }
}

/// A condition for each rule that is outstanding.
pub(crate) fn conditions(advice: &v1::Advice) -> Vec<v1::SharingCondition> {
    let outstanding = advice.flows.iter().flat_map(|flow| flow.rules.iter().map(move |rule| (flow, rule)));
    let outstanding = outstanding.filter(|(_, rule)| rule.is_outstanding());
    let condition = |(flow, rule): (&v1::Flow, &v1::Rule)| v1::SharingCondition {
        says: format!("{}, and keep what shows it", rule.title),
        rule: Some(rule.id.clone()),
        flow: Some(flow.id.clone()),
        who: Some("Border data team".to_owned()),
        by: Some("2027-01-31".parse().unwrap()),
    };
    outstanding.map(condition).collect()
}

/// A decision with something in each part.
pub(crate) fn decided(choice: Choice) -> Decided {
    let person = |name: &str, role: &str| v1::Person { name: name.to_owned(), role: role.to_owned() };
    Decided {
        decision: v1::Decision {
            choice,
            reasons: "The inspections find more where they know what was found before.".to_owned(),
            necessity: Some("Nothing else tells them what was found.\nLess than each result would not do.".to_owned()),
            retention: Some("Two years, then deleted by the retention job.".to_owned()),
            dates: Some("From 2026-12-01, each night.".to_owned()),
            conditions: Vec::new(),
            decided_by: person("Ada Example", "Information asset owner"),
            decided_on: day(),
            review_on: Some("2027-11-22".parse().unwrap()),
            consulted: vec![
                v1::Consulted {
                    role: "Data protection officer".to_owned(),
                    name: "Ben Example".to_owned(),
                    on: Some("2026-11-20".parse().unwrap()),
                    view: View::Disagrees,
                    says: Some("Fewer fields would do.".to_owned()),
                    answer: Some("Each field is used by a rule of the risk engine.".to_owned()),
                },
                v1::Consulted {
                    role: "Legal adviser".to_owned(),
                    name: "Cy Example".to_owned(),
                    on: None,
                    view: View::Agrees,
                    says: None,
                    answer: None,
                },
            ],
        },
        request: Some(v1::Request {
            by: person("Di Example", "Head of risk"),
            on: "2026-10-01".parse().unwrap(),
            says: Some("The results of last year's inspections".to_owned()),
        }),
        evidence: vec![v1::Evidence {
            title: "Impact assessment".to_owned(),
            link: "docs/dpia.pdf".to_owned(),
            sha256: Some(sha256(b"the file")),
            rule: None,
        }],
        supersedes: None,
    }
}

/// Reads a record that must be one.
#[track_caller]
pub(crate) fn read(bytes: &[u8]) -> ReadRecord {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    let record = read_record(bytes, "x.record.json", &mut sources, &mut findings);
    let said: Vec<String> = findings.into_sorted().iter().map(|finding| finding.message().to_owned()).collect();
    record.unwrap_or_else(|| panic!("{}", said.join("; ")))
}

fn codes(bytes: &[u8]) -> Vec<Code> {
    let (mut sources, mut findings) = (Sources::new(), Findings::new());
    assert!(read_record(bytes, "x", &mut sources, &mut findings).is_none());
    findings.into_sorted().iter().map(clearshare::finding::Finding::code).collect()
}

#[test]
fn each_example_gives_a_record_that_says_all_and_comes_back() {
    for name in example_names() {
        let advised = Advised::example(&name);
        if advised.checked.is_screened() {
            assert!(matches!(advised.record(decided(Choice::Defer)), Err(Unrecorded::Screened)), "{name}");
            continue;
        }
        let sealed = advised.fitting();
        let read = read(&sealed.bytes);
        assert_eq!(read.integrity, Integrity::AsWritten, "{name}");
        assert_eq!((&read.record, &read.canonical), (&sealed.record, &sealed.bytes), "{name}");
        for (known, checked) in sealed.record.facts.iter().zip(&advised.checked.flows) {
            assert_eq!(exchange(&advised.ruleset, known).as_ref(), Ok(&checked.flow.exchange), "{name}");
        }
    }
}

#[test]
fn what_a_record_knows_gives_the_same_advice_again() {
    for name in example_names() {
        let advised = Advised::example(&name);
        if advised.checked.is_screened() {
            continue;
        }
        let record = advised.fitting().record;
        let mut evaluator = Evaluator::new(&advised.ruleset);
        let flow = |known: &v1::Known| {
            let exchange = exchange(&advised.ruleset, known).unwrap();
            let advice = evaluator.evaluate(&exchange, record.as_of);
            CheckedFlow { flow: Flow { exchange, places: Vec::new(), waivers: Vec::new() }, advice }
        };
        let again = Checked { flows: record.facts.iter().map(flow).collect() };
        assert_eq!(recorded(&mut evaluator, &again).unwrap(), record.advice, "{name}");
    }
}

#[test]
fn other_spaces_and_order_are_told_from_another_text() {
    let sealed = Advised::example(&example_names()[0]).fitting();
    let value: serde_json::Value = serde_json::from_slice(&sealed.bytes).unwrap();
    let pretty = read(serde_json::to_string_pretty(&value).unwrap().as_bytes());
    assert_eq!((pretty.integrity, &pretty.canonical), (Integrity::LaidOutAgain, &sealed.bytes));
    let mut with_newline = sealed.bytes.clone();
    with_newline.push(b'\n');
    assert_eq!(read(&with_newline).integrity, Integrity::LaidOutAgain);
    let mut altered = value;
    altered["decision"]["reasons"] = "Because.".into();
    let altered = read(&serde_json::to_vec(&altered).unwrap());
    assert_eq!(altered.integrity, Integrity::Altered);
    assert_eq!(altered.altered().unwrap().code(), Code::AlteredRecord);
    assert_eq!(seal(altered.record).unwrap().record.seal, altered.seal_now);
}

#[test]
fn the_seal_is_what_sha256sum_gives_without_that_one_member() {
    let mut record = Advised::example("official-sensitive-public-cloud.yaml").fitting().record;
    record.supersedes = Some(v1::Supersedes { record: record.seal.clone(), decided_on: day(), why: "x".to_owned() });
    let sealed = seal(record).unwrap();
    let text = String::from_utf8(sealed.bytes).unwrap();
    let member = format!(",\"seal\":\"{}\"", sealed.record.seal);
    assert_eq!(text.matches(",\"seal\":\"sha256:").count(), 1);
    assert_eq!(sealed.record.seal, format!("sha256:{}", sha256(text.replace(&member, "").as_bytes())));
}

#[test]
fn what_is_no_record_says_what_is_wrong() {
    let sealed = Advised::example(&example_names()[0]).fitting();
    let text = String::from_utf8(sealed.bytes).unwrap();
    assert_eq!(codes(b""), [Code::TruncatedRecord]);
    assert_eq!(codes(&text.as_bytes()[..text.len() / 2]), [Code::TruncatedRecord]);
    assert_eq!(codes(b"\xff{}"), [Code::InvalidUtf8]);
    assert_eq!(codes(b"{}"), [Code::BadRecord]);
    assert_eq!(codes(b"[1,]"), [Code::BadRecord]);
    assert_eq!(codes(text.replace("clearshare-record/1", "clearshare-record/2").as_bytes()), [Code::NewerRecord]);
    assert_eq!(codes(text.replace("clearshare-record/1", "other/1").as_bytes()), [Code::BadRecord]);
    assert_eq!(codes(text.replacen("\"as_of\"", "\"of\"", 1).as_bytes()), [Code::AlteredRecord]);
    assert_eq!(codes(&vec![b' '; clearshare::record::MAX_BYTES + 1]), [Code::FileTooLarge]);
}

#[test]
fn only_what_the_advice_allows_can_be_decided() {
    let refused = |advised: &Advised, decided| match advised.record(decided) {
        Err(Unrecorded::Refused(refusals)) => refusals,
        other => panic!("{}: {other:?}", advised.name),
    };
    let mut seen = Vec::new();
    for name in example_names() {
        let advised = Advised::example(&name);
        if advised.checked.is_screened() {
            continue;
        }
        let outcome = advised.advice().outcome;
        seen.push(outcome);
        let ends = |choice: Choice| advised.record(decided(choice)).is_ok();
        assert!(ends(Choice::Defer), "{name}");
        assert_eq!(ends(Choice::DoNotShare), outcome != Outcome::Incomplete, "{name}");
        assert_eq!(ends(Choice::Share), outcome == Outcome::Ready, "{name}");
        match outcome {
            Outcome::Stop => {
                let refusals = refused(&advised, decided(Choice::Share));
                assert!(matches!(refusals.as_slice(), [Refusal::Stop { rules }] if !rules.is_empty()), "{name}");
            }
            Outcome::Incomplete => {
                let refusals = refused(&advised, decided(Choice::Share));
                assert!(matches!(refusals.as_slice(), [Refusal::Incomplete { open }] if *open > 0), "{name}");
            }
            Outcome::ActFirst => {
                let mut all = decided(Choice::ShareWithConditions);
                all.decision.conditions = conditions(&advised.advice());
                let left_out = all.decision.conditions.pop().unwrap().rule.unwrap();
                if all.decision.conditions.is_empty() {
                    all.decision.conditions =
                        vec![v1::SharingCondition { says: "x".into(), rule: None, flow: None, who: None, by: None }];
                }
                let refusals = refused(&advised, all);
                let missing =
                    |refusal: &Refusal| matches!(refusal, Refusal::Outstanding { rule, .. } if *rule == left_out);
                assert!(refusals.iter().all(missing) && refusals.len() == 1, "{name}: {refusals:?}");
            }
            Outcome::Ready | Outcome::Refer => {}
        }
    }
    for outcome in [Outcome::Stop, Outcome::Refer, Outcome::Incomplete, Outcome::ActFirst, Outcome::Ready] {
        assert!(seen.contains(&outcome), "no example is {outcome:?}");
    }
}

#[test]
fn a_decision_has_to_say_enough_and_its_days_must_be_possible() {
    let advised = Advised::example("official-sensitive-public-cloud.yaml");
    let refused = |change: fn(&mut Decided)| {
        let mut decided = decided(Choice::Share);
        change(&mut decided);
        match advised.record(decided) {
            Err(Unrecorded::Refused(refusals)) => refusals.iter().map(|refusal| refusal.finding().code()).collect(),
            Ok(_) => Vec::new(),
            other => panic!("{other:?}"),
        }
    };
    assert!(refused(|_| {}).is_empty());
    assert_eq!(refused(|decided| decided.decision.reasons = "  ".into()), [Code::EmptyText]);
    assert_eq!(refused(|decided| decided.decision.decided_by.name.clear()), [Code::EmptyText]);
    assert_eq!(refused(|decided| decided.decision.consulted[0].answer = None), [Code::DecisionRefused]);
    assert_eq!(refused(|decided| decided.decision.consulted[0].answer = Some(" \n".into())), [Code::DecisionRefused]);
    assert_eq!(refused(|decided| decided.evidence[0].rule = Some("no.such-rule".into())), [Code::UnknownRule]);
    assert_eq!(refused(|decided| decided.evidence[0].sha256 = Some("ABC".into())), [Code::BadDigest]);
    assert_eq!(
        refused(|decided| decided.decision.review_on = Some("2026-11-21".parse().unwrap())),
        [Code::BackwardDates]
    );
    assert_eq!(refused(|decided| decided.decision.decided_on = "2026-11-23".parse().unwrap()), [Code::BackwardDates]);
    let day_before = |decided: &mut Decided| {
        let (record, why) = (format!("sha256:{}", "0".repeat(64)), "x".to_owned());
        decided.supersedes = Some(v1::Supersedes { record, decided_on: "2026-11-23".parse().unwrap(), why });
    };
    assert_eq!(refused(day_before), [Code::BackwardDates]);
    let condition_before = |decided: &mut Decided| {
        decided.decision.choice = Choice::ShareWithConditions;
        let (says, by) = ("x".to_owned(), Some("2026-11-21".parse().unwrap()));
        decided.decision.conditions = vec![v1::SharingCondition { says, rule: None, flow: None, who: None, by }];
    };
    assert_eq!(refused(condition_before), [Code::BackwardDates]);
    assert_eq!(
        refused(|decided| decided.decision.consulted[0].on = Some("2026-11-23".parse().unwrap())),
        [Code::BackwardDates]
    );
    assert_eq!(
        refused(|decided| decided.request.as_mut().unwrap().on = "2026-11-23".parse().unwrap()),
        [Code::BackwardDates]
    );
}
