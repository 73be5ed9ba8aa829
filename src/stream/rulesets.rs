//! The rulesets of a stream.

use std::io;
use std::sync::OnceLock;

use crate::bundled::{self, Bundled};
use crate::check::choose;
use crate::finding::{Code, Finding};
use crate::manifest::UncheckedManifest;
use crate::model::Date;
use crate::rulefile::pack::PackError;
use crate::ruleset::Ruleset;

/// The rulesets of a stream: one for every line, or for each the one that it pins. Each is unpacked once, by whichever thread
/// needs it first.
#[derive(Debug)]
pub struct Rulesets {
    named: Option<(Option<&'static Bundled>, Ruleset)>,
    pinned: Vec<(&'static Bundled, OnceLock<Result<Ruleset, PackError>>)>,
}

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Which(pub(super) usize);

impl Rulesets {
    /// One ruleset for every line, whatever it pins; where it is inside the program, that too.
    #[must_use]
    pub fn one(ruleset: Ruleset, bundled: Option<&'static Bundled>) -> Self {
        Self { named: Some((bundled, ruleset)), pinned: Vec::new() }
    }

    /// For each line the one that it pins.
    #[must_use]
    pub fn pinned() -> Self {
        Self { named: None, pinned: bundled::all().iter().map(|bundled| (bundled, OnceLock::new())).collect() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.pinned.len().max(1)
    }

    /// The ruleset of a line. None is the fault of a pin that cannot be read, which is reported already.
    pub(super) fn of(&self, manifest: &UncheckedManifest, as_of: Date) -> Result<Which, Option<Box<Finding>>> {
        if self.named.is_some() {
            return Ok(Which(0));
        }
        let Some((reference, place)) = &manifest.pin else {
            return Err((!manifest.has_pin()).then(|| Box::new(not_pinned(manifest))));
        };
        let chosen = choose(reference, as_of, Some(*place)).map_err(Some)?;
        let at = self.pinned.iter().position(|(bundled, _)| std::ptr::eq(*bundled, chosen));
        at.map(Which).ok_or(None)
    }

    /// The ruleset, unpacked, and which it is of those inside the program.
    pub(super) fn get(&self, Which(at): Which) -> io::Result<(&Ruleset, Option<&'static Bundled>)> {
        if let Some((bundled, ruleset)) = &self.named {
            return Ok((ruleset, *bundled));
        }
        let (bundled, unpacked) = self.pinned.get(at).ok_or_else(missing)?;
        match unpacked.get_or_init(|| bundled.load()) {
            Ok(ruleset) => Ok((ruleset, Some(bundled))),
            Err(error) => Err(io::Error::other(error.clone())),
        }
    }
}

/// That the program lost a ruleset of its own.
pub(super) fn missing() -> io::Error {
    io::Error::other("a ruleset of the stream is missing")
}

fn not_pinned(manifest: &UncheckedManifest) -> Finding {
    let newest = bundled::all().last().map_or_else(String::new, |bundled| bundled.reference().to_string());
    Finding::new(Code::NotPinned, "this line does not say which ruleset it is for")
        .at(manifest.start())
        .help(format!("add `\"ruleset\": \"{newest}\"` to the line, or name one for all lines with `--ruleset`"))
}
