//! The decision record: the exchange, the advice, the decision taken and the ruleset that advised it, in one sealed file.
//!
//! A record is written once and never changed. Its file is its canonical form (RFC 8785), and its seal is the SHA-256 of everything else
//! in it, so that a changed byte is seen, and a file that was only laid out again is told from one that was altered.

mod allowed_signers;
mod canonical;
mod chain;
mod compose;
mod decision_file;
mod diff;
mod entry;
mod known;
mod mismatch;
mod pattern;
mod read;
mod refusal;
mod role;
mod shape;
mod sign;
mod signer_line;
mod stated;
mod strict;
mod trouble;
mod unchecked;
pub mod v1;
mod verify;

pub use allowed_signers::{AllowedSigners, Moment, Revoked, Signer, Standing, read_allowed_signers, read_revoked};
pub use canonical::{Digester, is_seal, is_sha256, sha256};
pub use chain::{Link, chain};
pub use compose::{Basis, Decided, Sealed, Unrecorded, compose, seal};
pub use decision_file::{DecisionFile, decision_of, read_decision};
pub use diff::{Change, diff};
pub use entry::Part;
pub use known::{exchange, known};
pub use mismatch::{Mismatch, first_mismatch};
pub use read::{Integrity, MAX_BYTES, ReadRecord, read_record};
pub use refusal::{Refusal, barred, outstanding, refusals};
pub use role::Role;
pub use sign::{Check, NoKey, PublicKey, Signature, SigningKey};
pub use stated::stated;
pub use trouble::{Trouble, TroubleCode};
pub use unchecked::{EvidenceAt, Lacking, Places, UncheckedDecision, UncheckedEvidence};
pub use verify::{Required, SignatureFile, Signed, Trust, Verified, verify};
