//! What can be wrong with a record that is one, or worth knowing of it.

use std::fmt;

/// One line for each: the variant, the name that is never changed once released, and what it means.
macro_rules! troubles {
    ($($variant:ident $name:literal $fails:literal $description:literal;)+) => {
        /// Which kind of trouble. The names are part of the output formats and never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum TroubleCode {
            $(#[doc = $description] $variant,)+
        }

        impl TroubleCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name: lower case, words joined with `-`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $(Self::$variant => $description,)+ }
            }

            /// Whether a record that has it is not proved; what is not is only said.
            #[must_use]
            pub const fn fails(self) -> bool {
                match self { $(Self::$variant => $fails,)+ }
            }
        }
    };
}

troubles! {
    Altered "altered-record" true "What the record says is not what its seal was made of.";
    Refused "decision-refused" true "The advice in the record does not allow the decision, or a day in it cannot be.";
    InFuture "record-in-future" true "The record is of a day that has not come yet.";
    NotASignature "not-a-signature" true "A file beside the record is named as a signature and is none.";
    WrongNamespace "wrong-namespace" true "A signature was made for something else than a record.";
    OtherFile "other-file" true "A signature is of another file, or was damaged.";
    UnknownSigner "unknown-signer" true "A signature is made with a key that is nobody's who may sign.";
    RevokedKey "revoked-key" true "A signature is made with a key that was revoked.";
    KeyNotValid "key-not-valid" true "A signature is made with a key that is not valid on the day of the record.";
    RoleNotAllowed "role-not-allowed" true "Somebody signed in a role in which they may not.";
    UncheckedKey "unchecked-key" true "A signature is made with a kind of key that clearshare does not check.";
    RoleNotSigned "role-not-signed" true "Nobody signed in a role in which somebody has to.";
    EvidenceMissing "evidence-missing" true "A file of the evidence is not there, or cannot be read.";
    EvidenceDiffers "evidence-differs" true "A file of the evidence is not the one that the record names.";
    EvidenceOutside "evidence-outside" true "A piece of evidence is outside the folder of the evidence.";
    OwnPredecessor "own-predecessor" true "A record says that it takes the place of itself.";
    Circle "supersession-circle" true "Records take each other's place in a circle.";
    TwoSuccessors "two-successors" true "Two records take the place of the same one.";
    PredecessorDiffers "predecessor-differs" true "The record before is of another day than the new one says.";
    PredecessorMissing "predecessor-missing" true "The record before is not in the folder.";
    LaidOutAgain "laid-out-again" false "The file says what was written, with other spaces or in another order.";
    NotSigned "not-signed" false "Nobody signed the record.";
    SignerNotLookedUp "signer-not-looked-up" false "It was not said who may sign, so it cannot be told whose a signature is.";
    Superseded "superseded" false "Another record takes the place of this one.";
    SameRecord "same-record" false "Two files hold the same record.";
    PredecessorNotGiven "predecessor-not-given" false "The record before was not looked at.";
    EvidenceUnchecked "evidence-unchecked" false "A piece of evidence cannot be compared: it is no file here, or the record has no digest of it.";
}

impl fmt::Display for TroubleCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// Something wrong with a record, or worth knowing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Which kind.
    pub code: TroubleCode,
    /// What it is, in a line: begins in lower case, and holds other people's text only quoted.
    pub message: String,
    /// What the reader can do.
    pub help: Option<&'static str>,
}

impl Trouble {
    /// One without help.
    #[must_use]
    pub fn new(code: TroubleCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    /// What the reader can do about it.
    #[must_use]
    pub fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }
}
