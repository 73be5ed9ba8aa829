//! The new pin, written.

use std::path::Path;

use clearshare::finding::{Code, Finding, Findings};
use clearshare::manifest::repin;
use clearshare::text::quoted;

use super::{Upgrade, fault};
use crate::cli::place::{unwritten, write_over};
use crate::cli::rulesets::write_faults;
use crate::cli::{Exit, style, system};

impl Upgrade<'_> {
    /// Writes the pin, where everything that the manifest says has a meaning there and nothing is left to confirm. It passes
    /// only if that was written.
    pub(super) fn write(&self, misfits: Findings, open: &[&str]) -> anyhow::Result<Exit> {
        let err = style::err(&self.args.look);
        let path = self.args.manifest.as_path();
        if !misfits.is_empty() {
            write_faults(misfits, &self.opened.sources, err)?;
            let help = "take out what these faults name, or change it to what both versions know, and try again; or write \
                        the new pin yourself and mend both together. Nothing was changed";
            return fault(&self.cannot("it says what has no meaning there").help(help), err);
        }
        if !open.is_empty() {
            let flags: Vec<String> = open.iter().map(|id| format!("--confirm {id}")).collect();
            let help = format!(
                "if these answers stand: `{}`; if not, write the new pin and the new answers yourself. Nothing was changed",
                flags.join(" ")
            );
            let why = format!("there are new choices, and nobody looked at them, for {}", open.join(", "));
            return fault(&self.cannot(&why).help(help), err);
        }
        let text = match std::str::from_utf8(&self.opened.bytes).map(|source| repin(source, self.after)) {
            Ok(Ok(text)) => text,
            Ok(Err(why)) => return fault(&self.cannot(&why.to_string()).help(BY_HAND), err),
            Err(_) => return fault(&self.cannot("it is not UTF-8 text").help(BY_HAND), err),
        };
        if !self.is_as_it_was(path) {
            let message = format!("{} was changed since it was read", quoted(&path.to_string_lossy()));
            let finding = Finding::new(Code::ChangedMeanwhile, message).help("nothing was written: try again");
            return fault(&finding, err);
        }
        if let Err(why) = write_over(path, text.as_bytes()) {
            return unwritten(why, err);
        }
        Ok(Exit::Passed)
    }

    fn is_as_it_was(&self, path: &Path) -> bool {
        system::read(path, system::Input::Manifest).is_ok_and(|bytes| bytes == self.opened.bytes)
    }

    fn cannot(&self, why: &str) -> Finding {
        let (path, reference) = (self.args.manifest.to_string_lossy(), self.after.reference());
        Finding::new(Code::CannotUpgrade, format!("{} is not changed to {reference}: {why}", quoted(&path)))
    }
}

/// What to do where the pin cannot be written.
const BY_HAND: &str = "change the line `ruleset:` yourself. Nothing was changed";
