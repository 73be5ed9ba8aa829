//! A record as long as one may be. Work that grew with the square of it would not end here while anybody waits.

use clearshare::record::v1::{Choice, Evidence, Record, SharingCondition, Supersedes};
use clearshare::record::{diff, seal, sha256};

use crate::records::{Advised, conditions};
use crate::support::{Clearshare, has};

const MANY: usize = 10_000;
const EXAMPLE: &str = "border-force-case-request.yaml";

/// A record with many conditions, much evidence and long texts.
fn giant() -> Record {
    let advised = Advised::example(EXAMPLE);
    let mut record = advised.fitting().record;
    let free = |at: usize| SharingCondition {
        says: format!("Condition {at} holds"),
        rule: None,
        flow: None,
        who: Some(format!("Team {at}")),
        by: Some("2027-01-31".parse().unwrap()),
    };
    // Those that are needed come last.
    record.decision.conditions = (0..MANY).map(free).chain(conditions(&advised.advice())).collect();
    let rule = record.advice.flows[0].rules[0].id.clone();
    let piece = |at: usize| Evidence {
        title: format!("Piece {at}"),
        link: format!("CASE-{at}"),
        sha256: Some(sha256(at.to_string().as_bytes())),
        rule: Some(rule.clone()),
    };
    record.evidence = (0..MANY).map(piece).collect();
    record.decision.reasons = "Long, and longer still. ".repeat(40_000);
    record.decision.consulted[0].says = Some("x".repeat(1_000_000));
    record.supersedes =
        Some(Supersedes { record: record.seal.clone(), decided_on: record.as_of, why: "ŵ\n".repeat(100_000) });
    record
}

#[test]
fn a_record_of_ten_thousand_things_is_verified_replayed_and_compared() {
    let record = giant();
    assert_eq!(record.decision.choice, Choice::ShareWithConditions);
    let mut other = record.clone();
    other.evidence.reverse();
    other.decision.conditions.reverse();
    assert_eq!(diff(&record, &other), [], "the order is of no matter");
    for piece in &mut other.evidence {
        piece.sha256 = None;
    }
    other.decision.conditions.truncate(1);
    let run = || {
        let run = Clearshare::new("record").file("a.record.json", seal(record.clone()).unwrap().bytes);
        run.file("b.record.json", seal(other.clone()).unwrap().bytes)
    };
    let proved = run().args(["replay", "a.record.json", "b.record.json"]).run();
    assert_eq!((proved.status, proved.stderr.as_str()), (0, ""));
    has(&proved.stdout, &["2 records: all follow from their rules."]);
    let verified = run().args(["verify", "a.record.json", "--as-of", "2026-11-22"]).run();
    assert_eq!((verified.status, verified.stderr.as_str()), (0, ""), "{}", verified.stdout);
    // The other one lacks the conditions that are needed.
    assert_eq!(run().args(["verify", "b.record.json", "--as-of", "2026-11-22"]).run().status, 1);
    let compared = run().args(["diff", "a.record.json", "b.record.json", "--format", "json"]).run();
    assert_eq!((compared.status, compared.stderr.as_str()), (1, ""));
    let document: serde_json::Value = serde_json::from_str(&compared.stdout).unwrap();
    let changes = document["changes"].as_array().unwrap();
    let of = |part: &str| changes.iter().filter(|change| change["part"] == part).count();
    assert_eq!((of("evidence"), of("condition")), (MANY, record.decision.conditions.len() - 1));
    let text = run().args(["diff", "a.record.json", "b.record.json"]).run();
    has(&text.stdout, &["Condition 9999 holds", "Piece 9999"]);
}
