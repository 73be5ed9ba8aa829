//! Keys and signatures of OpenSSH: the only place that knows the crate `ssh_key`.
//!
//! Ed25519 and P-256 are signed with and checked here. OpenSSH makes and checks the others.

use ssh_key::{HashAlg, LineEnding, PrivateKey, SshSig};

use super::role::Role;

/// A key that signs, unlocked.
pub struct SigningKey(PrivateKey);

/// Why a file gives no key that signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoKey {
    /// It is not a private key in OpenSSH's form.
    NotAKey,
    /// It is a public key: the private one signs.
    Public,
    /// It is locked, and no passphrase was given.
    Locked,
    /// It is locked with another passphrase.
    WrongPassphrase,
    /// It is of a kind that does not sign here.
    Unsupported {
        /// The kind.
        kind: String,
    },
}

impl SigningKey {
    /// Reads a private key.
    pub fn read(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<Self, NoKey> {
        if std::str::from_utf8(bytes).is_ok_and(|text| PublicKey::read(text).is_some()) {
            return Err(NoKey::Public);
        }
        let key = PrivateKey::from_openssh(with_unix_lines(bytes)).map_err(|_| NoKey::NotAKey)?;
        let kind = key.algorithm();
        if !matches!(kind.as_str(), "ssh-ed25519" | "ecdsa-sha2-nistp256") {
            return Err(NoKey::Unsupported { kind: kind.to_string() });
        }
        if !key.is_encrypted() {
            return Ok(Self(key));
        }
        let unlocked = key.decrypt(passphrase.ok_or(NoKey::Locked)?).map_err(|_| NoKey::WrongPassphrase)?;
        // The public half stands unlocked in the file: somebody may have exchanged it.
        let is_whole = unlocked.public_key().key_data() == key.public_key().key_data();
        if is_whole { Ok(Self(unlocked)) } else { Err(NoKey::NotAKey) }
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.public_key().key_data().clone())
    }

    /// Signs the canonical form of a record in a role: the text of the signature's file. None where the key cannot sign.
    #[must_use]
    pub fn sign(&self, role: &Role, canonical: &[u8]) -> Option<String> {
        let signature = self.0.sign(&role.namespace(), HashAlg::Sha512, canonical).ok()?;
        // A key whose halves do not belong together makes signatures that nobody can check.
        self.0.public_key().verify(&role.namespace(), canonical, &signature).ok()?;
        signature.to_pem(LineEnding::LF).ok().map(|text| format!("{}\n", text.trim_end()))
    }
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(ssh_key::public::KeyData);

impl PublicKey {
    /// Reads a public key as OpenSSH writes it: its kind, base 64, and perhaps a comment.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        let (kind, data) = (words.next()?, words.next()?);
        let key = ssh_key::PublicKey::from_openssh(&format!("{kind} {data}")).ok()?;
        Some(Self(key.key_data().clone()))
    }

    /// Its fingerprint, as `ssh-keygen -l` shows it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }

    /// Its kind, as OpenSSH names it.
    #[must_use]
    pub fn kind(&self) -> String {
        self.0.algorithm().to_string()
    }
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(SshSig);

/// What a signature says of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Whoever holds its key signed them.
    Good,
    /// It is of other bytes, or was damaged.
    Bad,
    /// Its kind of key cannot be checked here.
    Unsupported,
}

impl Signature {
    /// Reads the file of a signature. None where it is not one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        SshSig::from_pem(with_unix_lines(bytes)).ok().map(Self)
    }

    /// The key that it is made with.
    #[must_use]
    pub fn key(&self) -> PublicKey {
        PublicKey(self.0.public_key().clone())
    }

    /// What it is a signature for.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.0.namespace()
    }

    /// Whether it is one of these bytes.
    #[must_use]
    pub fn check(&self, canonical: &[u8]) -> Check {
        if !is_checked_here(&self.key().kind()) {
            return Check::Unsupported;
        }
        // The kind of a signature is that of its key: OpenSSH holds both to that.
        if self.0.signature().algorithm().as_str() != self.0.public_key().algorithm().as_str() {
            return Check::Bad;
        }
        let key = ssh_key::PublicKey::from(self.0.public_key().clone());
        if key.verify(self.namespace(), canonical, &self.0).is_ok() { Check::Good } else { Check::Bad }
    }
}

/// Whether signatures with this kind of key can be checked here: in software, or by a hardware key of the same kind.
fn is_checked_here(kind: &str) -> bool {
    matches!(
        kind,
        "ssh-ed25519" | "ecdsa-sha2-nistp256" | "sk-ssh-ed25519@openssh.com" | "sk-ecdsa-sha2-nistp256@openssh.com"
    )
}

/// Without the line ends of Windows and spaces around, which OpenSSH does not mind either.
fn with_unix_lines(bytes: &[u8]) -> Vec<u8> {
    let mut lines: Vec<u8> = bytes.trim_ascii().iter().copied().filter(|byte| *byte != b'\r').collect();
    lines.push(b'\n');
    lines
}
