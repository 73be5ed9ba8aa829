//! `clearshare-record-verification/1`: what was found of records, for programs, frozen. See docs/json.md and
//! schemas/record-verification-1.schema.json.

use std::io;

use serde::Serialize;

use super::{Found, Judged, Looked, Verdict, VerifyReport};
use crate::finding::Finding;
use crate::model::Date;
use crate::record::{Integrity, Role, Signed, Trouble};
use crate::report::Out;
use crate::report::json::parts::{Place, write};
use crate::text::Sources;

/// The name of the format. What it means never changes; a change of shape is a new number.
pub const FORMAT: &str = "clearshare-record-verification/1";

/// What every reader of the document has to know.
const NOTICE: &str =
    "A good signature shows who signed, and not that the decision is right. Decision support, not legal advice.";

#[derive(Serialize)]
struct Members<'a> {
    as_of: Date,
    notice: &'static str,
    failed: bool,
    results: Vec<OfOne<'a>>,
}

#[derive(Serialize)]
struct OfOne<'a> {
    record: &'a str,
    verdict: &'static str,
    #[serde(flatten)]
    of: Of<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Of<'a> {
    Record {
        integrity: &'static str,
        seal: &'a str,
        seal_now: &'a str,
        decided_on: Date,
        choice: &'static str,
        supersedes: Option<&'a str>,
        evidence_matched: usize,
        signatures: Vec<OfSignature<'a>>,
        troubles: Vec<OfTrouble<'a>>,
    },
    Faulty {
        faults: Vec<Fault<'a>>,
    },
}

#[derive(Serialize)]
struct OfSignature<'a> {
    file: &'a str,
    good: bool,
    role: Option<&'a str>,
    key: Option<&'a str>,
    signer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<OfTrouble<'a>>,
}

#[derive(Serialize)]
struct OfTrouble<'a> {
    code: &'static str,
    fails: bool,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'static str>,
}

#[derive(Serialize)]
struct Fault<'a> {
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    at: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// Writes one document about any number of records.
pub fn render(out: Out<'_>, report: &VerifyReport<'_>) -> io::Result<()> {
    let fails = |looked: &Looked| !matches!(looked.verdict(), Verdict::Proved | Verdict::Unsigned);
    let members = Members {
        as_of: report.as_of,
        notice: NOTICE,
        failed: report.looked.iter().any(fails),
        results: report.looked.iter().map(of_one).collect(),
    };
    write(out, FORMAT, &members)
}

fn of_one(looked: &Looked) -> OfOne<'_> {
    let of = match &looked.found {
        Found::Record(judged) => of_record(judged),
        Found::Faulty { findings, sources } => {
            Of::Faulty { faults: findings.iter().map(|finding| fault(finding, sources)).collect() }
        }
    };
    OfOne { record: &looked.path, verdict: looked.verdict().word(), of }
}

fn of_record(judged: &Judged) -> Of<'_> {
    let verified = &judged.verified;
    Of::Record {
        integrity: match verified.integrity {
            Integrity::AsWritten => "as-written",
            Integrity::LaidOutAgain => "laid-out-again",
            Integrity::Altered => "altered",
        },
        seal: &judged.seal,
        seal_now: &judged.seal_now,
        decided_on: judged.decided_on,
        choice: judged.choice.word(),
        supersedes: judged.supersedes.as_ref().map(|before| before.record.as_str()),
        evidence_matched: verified.evidence_matched,
        signatures: verified.signatures.iter().map(of_signature).collect(),
        troubles: verified.troubles.iter().map(of_trouble).collect(),
    }
}

fn of_signature(signed: &Signed) -> OfSignature<'_> {
    OfSignature {
        file: &signed.file,
        good: signed.is_good(),
        role: signed.role.as_ref().map(Role::name),
        key: signed.key.as_deref(),
        signer: signed.signer.as_deref(),
        trouble: signed.trouble.as_ref().map(of_trouble),
    }
}

fn of_trouble(trouble: &Trouble) -> OfTrouble<'_> {
    OfTrouble {
        code: trouble.code.as_str(),
        fails: trouble.code.fails(),
        message: &trouble.message,
        help: trouble.help,
    }
}

fn fault<'a>(finding: &'a Finding, sources: &'a Sources) -> Fault<'a> {
    Fault {
        code: finding.code().as_str(),
        message: finding.message(),
        at: finding.place().and_then(|place| Place::whole(place, sources)),
        help: finding.help_text(),
    }
}
