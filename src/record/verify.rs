//! Whether a record is what it says it is: unaltered, allowed by its advice, of a day that was, and signed by whom.

use super::allowed_signers::{AllowedSigners, Revoked, Standing};
use super::read::{Integrity, ReadRecord};
use super::refusal::refusals;
use super::role::Role;
use super::sign::{Check, Signature};
use super::trouble::{Trouble, TroubleCode};
use crate::model::Date;
use crate::text::quoted;

/// Who is trusted, and as at which day.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Who may sign; none where nobody said.
    pub allowed: Option<AllowedSigners>,
    /// Keys that are no longer to be trusted.
    pub revoked: Revoked,
    /// The day on which a key has to be valid, instead of the day of the record.
    pub keys_on: Option<Date>,
    /// Roles in which somebody has to have signed.
    pub required: Vec<Required>,
}

/// A role in which somebody has to have signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    /// The role.
    pub role: Role,
    /// Who; anybody who may sign in that role where none is named.
    pub by: Option<String>,
}

/// A file beside a record that is named as a signature on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureFile {
    /// Its name.
    pub name: String,
    /// Its bytes, or why it cannot be read.
    pub bytes: Result<Vec<u8>, String>,
}

/// A signature that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The name of its file.
    pub file: String,
    /// In which role; none where it is no signature on a record.
    pub role: Option<Role>,
    /// The fingerprint of the key.
    pub key: Option<String>,
    /// Who signed, as the file of allowed signers names them: only where the signature is one of theirs.
    pub signer: Option<String>,
    /// Why it does not count; none where it is good.
    pub trouble: Option<Trouble>,
}

impl Signed {
    /// Whether somebody who may sign in its role signed this record.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        self.trouble.is_none()
    }
}

/// What was found of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whether it is as it was written.
    pub integrity: Integrity,
    /// Each signature, in the order of its files.
    pub signatures: Vec<Signed>,
    /// What is wrong with it, or worth knowing, beside what is said of signatures.
    pub troubles: Vec<Trouble>,
    /// How many files of the evidence were found to be those that the record names.
    pub evidence_matched: usize,
}

impl Verified {
    /// Everything wrong with it, or worth knowing.
    pub fn all_troubles(&self) -> impl Iterator<Item = &Trouble> {
        self.troubles.iter().chain(self.signatures.iter().filter_map(|signed| signed.trouble.as_ref()))
    }

    /// Whether nothing is wrong with it.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        !self.all_troubles().any(|trouble| trouble.code.fails())
    }
}

/// Looks at a record with the signatures beside it.
#[must_use]
pub fn verify(read: &ReadRecord, signatures: &[SignatureFile], trust: &Trust, today: Date) -> Verified {
    let mut troubles = Vec::new();
    says(read, today, &mut troubles);
    let signatures: Vec<Signed> = signatures.iter().map(|file| signed(read, file, trust)).collect();
    required(&signatures, trust, &mut troubles);
    Verified { integrity: read.integrity, signatures, troubles, evidence_matched: 0 }
}

fn says(read: &ReadRecord, today: Date, troubles: &mut Vec<Trouble>) {
    match read.integrity {
        Integrity::Altered => {
            let (stated, now) = (&read.record.seal, &read.seal_now);
            let message =
                format!("it was altered after it was sealed: its seal is {stated}, but what it says has {now}");
            troubles.push(Trouble::new(TroubleCode::Altered, message).help(
                "nothing it says can be relied on: take the file from where it was kept, or the record that its signers hold",
            ));
            return;
        }
        Integrity::LaidOutAgain => troubles.push(Trouble::new(
            TroubleCode::LaidOutAgain,
            "it says what was written, with other spaces or in another order",
        )),
        Integrity::AsWritten => {}
    }
    for refusal in refusals(&read.record) {
        troubles.push(
            Trouble::new(TroubleCode::Refused, refusal.finding().message().to_owned())
                .help("clearshare does not write such a record: ask whoever sealed it how it was made"),
        );
    }
    let recorded = read.record.recorded_on;
    if recorded > today {
        let message = format!("it is of {recorded}, and today is {today}");
        let help = "one of two clocks is wrong: that of this machine, or that of the machine that wrote the record";
        troubles.push(Trouble::new(TroubleCode::InFuture, message).help(help));
    }
}

fn signed(read: &ReadRecord, file: &SignatureFile, trust: &Trust) -> Signed {
    let mut signed = Signed { file: file.name.clone(), role: None, key: None, signer: None, trouble: None };
    let bytes = match &file.bytes {
        Ok(bytes) => bytes,
        Err(why) => {
            let trouble = Trouble::new(TroubleCode::NotASignature, why.clone());
            signed.trouble = Some(trouble.help("take it away, or put the signature there"));
            return signed;
        }
    };
    let Some(signature) = Signature::read(bytes) else {
        let trouble = Trouble::new(TroubleCode::NotASignature, "it is not a signature as OpenSSH writes it");
        signed.trouble = Some(trouble.help("take it away, or take the signature from where it was kept"));
        return signed;
    };
    signed.key = Some(signature.key().fingerprint());
    signed.role = Role::of_namespace(signature.namespace());
    match judged(read, &signature, signed.role.as_ref(), trust) {
        Ok(signer) => signed.signer = Some(signer),
        Err(trouble) => signed.trouble = Some(trouble),
    }
    signed
}

/// Who signed, or why it does not count. What proves that something was forged comes before what is only not known.
fn judged(read: &ReadRecord, signature: &Signature, role: Option<&Role>, trust: &Trust) -> Result<String, Trouble> {
    let Some(role) = role else {
        let message = format!("it is a signature for {}, not on a record", quoted(signature.namespace()));
        let help = "sign with `clearshare record sign`, or with `-n ROLE@record.clearshare`";
        return Err(Trouble::new(TroubleCode::WrongNamespace, message).help(help));
    };
    let key = signature.key();
    match signature.check(&read.canonical) {
        Check::Good => {}
        Check::Bad => {
            let message = "it is a signature of another file, or one of the two was changed";
            let help = "take both from where they were kept, or have the record signed again";
            return Err(Trouble::new(TroubleCode::OtherFile, message).help(help));
        }
        Check::Unsupported => {
            let message =
                format!("clearshare does not check signatures with a key of the kind {}", quoted(&key.kind()));
            let help = "check it with `ssh-keygen -Y verify`, or have the record signed with an Ed25519 or P-256 key";
            return Err(Trouble::new(TroubleCode::UncheckedKey, message).help(help));
        }
    }
    let fingerprint = key.fingerprint();
    if trust.revoked.has(&key) {
        let help = "the key may be in other hands: have the record signed again with another";
        return Err(Trouble::new(TroubleCode::RevokedKey, format!("the key {fingerprint} was revoked")).help(help));
    }
    let Some(allowed) = &trust.allowed else {
        let message = format!("somebody signed with the key {fingerprint}, and it was not said whose that is");
        let help = "say with `--allowed-signers FILE` who may sign";
        return Err(Trouble::new(TroubleCode::SignerNotLookedUp, message).help(help));
    };
    let day = trust.keys_on.unwrap_or(read.record.recorded_on);
    match allowed.standing(&key, role, day) {
        Standing::May(signer) => Ok(signer.principals.clone()),
        Standing::NotValid(signer) => {
            let message = format!("the key of {} is not valid on {day}", quoted(&signer.principals));
            let help = "the file of allowed signers says when it is; `--keys-valid-on DATE` looks as at another day";
            Err(Trouble::new(TroubleCode::KeyNotValid, message).help(help))
        }
        Standing::NotAs(signer) => {
            let message = format!("{} may not sign as {}", quoted(&signer.principals), quoted(role.name()));
            let help = "the file of allowed signers says in which roles they may (`namespaces=`)";
            Err(Trouble::new(TroubleCode::RoleNotAllowed, message).help(help))
        }
        Standing::Unknown => {
            let message = format!("the key {fingerprint} is of nobody who may sign");
            let help = "make sure whose it is before you add it to the file of allowed signers";
            Err(Trouble::new(TroubleCode::UnknownSigner, message).help(help))
        }
    }
}

fn required(signatures: &[Signed], trust: &Trust, troubles: &mut Vec<Trouble>) {
    if signatures.is_empty() && trust.required.is_empty() {
        troubles.push(Trouble::new(TroubleCode::NotSigned, "nobody signed it"));
    }
    for Required { role, by } in &trust.required {
        let in_role = signatures.iter().filter(|signed| signed.is_good() && signed.role.as_ref() == Some(role));
        let is_by = |signed: &Signed| match (by, signed.signer.as_deref()) {
            (None, _) => true,
            (Some(name), Some(principals)) => super::pattern::matches_list(name, principals),
            (Some(_), None) => false,
        };
        if !in_role.into_iter().any(is_by) {
            let whose = by.as_ref().map_or_else(String::new, |name| format!(" of {}", quoted(name)));
            let message = format!("it lacks a good signature{whose} as {}", quoted(role.name()));
            let help =
                "have it signed with `clearshare record sign --role ROLE`, and put the signature beside the record";
            troubles.push(Trouble::new(TroubleCode::RoleNotSigned, message).help(help));
        }
    }
}
