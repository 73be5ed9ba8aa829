//! Keys for tests: made of a number, so that no private key is kept anywhere.

use ssh_key::private::{EcdsaKeypair, Ed25519Keypair, KeypairData};
use ssh_key::rand_core::{CryptoRng, Error, RngCore, impls};
use ssh_key::{EcdsaCurve, LineEnding, PrivateKey};

/// The same numbers each time: for tests alone.
struct Counted(u64);

impl RngCore for Counted {
    fn next_u32(&mut self) -> u32 {
        u32::try_from(self.next_u64() >> 32).unwrap()
    }

    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ (self.0 >> 31)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        impls::fill_bytes_via_next(self, bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Counted {}

/// A key as its file holds it.
pub(crate) struct Key(PrivateKey);

impl Key {
    pub(crate) fn ed25519(seed: u8) -> Self {
        Self(PrivateKey::new(KeypairData::from(Ed25519Keypair::from_seed(&[seed; 32])), "test").unwrap())
    }

    pub(crate) fn p256(seed: u8) -> Self {
        let pair = EcdsaKeypair::random(&mut Counted(seed.into()), EcdsaCurve::NistP256).unwrap();
        Self(PrivateKey::new(KeypairData::from(pair), "test").unwrap())
    }

    /// The private key.
    pub(crate) fn file(&self) -> String {
        self.0.to_openssh(LineEnding::LF).unwrap().to_string()
    }

    /// The private key, locked.
    pub(crate) fn locked(&self, passphrase: &str) -> String {
        self.0.encrypt(&mut Counted(7), passphrase).unwrap().to_openssh(LineEnding::LF).unwrap().to_string()
    }

    /// The public key, without a comment.
    pub(crate) fn public(&self) -> String {
        let line = self.0.public_key().to_openssh().unwrap();
        line.rsplit_once(' ').unwrap().0.to_owned()
    }

    /// A line of a file of allowed signers.
    pub(crate) fn signer(&self, who: &str, options: &str) -> String {
        let gap = if options.is_empty() { "" } else { " " };
        format!("{who} {options}{gap}{}\n", self.public())
    }
}
