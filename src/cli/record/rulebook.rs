//! The rulesets that records need: those inside the program, and those in the folders that were named.

use std::path::PathBuf;

use clearshare::bundled::Bundled;
use clearshare::finding::{Code, Finding};
use clearshare::model::Date;
use clearshare::record::v1;
use clearshare::report::Ink;
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::{quoted, visible};

use crate::cli::rulesets::{Faulty, Unpacked, from_folder, named};

/// The rulesets of one run. Each is unpacked once, and stays until the program ends.
#[derive(Default)]
pub(in crate::cli) struct Rulebook {
    folders: Vec<&'static Ruleset>,
    inside: Unpacked,
}

/// The ruleset that advised.
pub(in crate::cli) struct Advised {
    pub(in crate::cli) ruleset: &'static Ruleset,
    /// Where it is inside the program.
    pub(in crate::cli) bundled: Option<&'static Bundled>,
}

impl Rulebook {
    /// Reads the rulesets in folders. Their faults were written.
    pub(in crate::cli) fn open(folders: &[PathBuf], err: Ink) -> anyhow::Result<Result<Self, Faulty>> {
        let mut rulesets: Vec<&'static Ruleset> = Vec::new();
        for folder in folders {
            match from_folder(folder, err)? {
                Ok(ruleset) => rulesets.push(Box::leak(Box::new(ruleset))),
                Err(faulty) => return Ok(Err(faulty)),
            }
        }
        Ok(Ok(Self { folders: rulesets, inside: Unpacked::default() }))
    }

    /// The ruleset that advised: of the same name and the same digest. Another one under its name says nothing of the record.
    /// `else_do` is what can be done without it.
    pub(in crate::cli) fn of_record(
        &mut self,
        record: &v1::Record,
        else_do: Option<&str>,
    ) -> anyhow::Result<Result<Advised, Box<Finding>>> {
        let wanted = &record.ruleset;
        let text = format!("{}@{}", wanted.id, wanted.version);
        let Ok(reference) = text.parse::<Reference>() else {
            let message = format!("the record names {}, which is no ruleset", quoted(&text));
            return Ok(Err(Box::new(Finding::new(Code::BadRecord, message))));
        };
        let mut others = Vec::new();
        for ruleset in &self.folders {
            if ruleset.reference() != reference {
                continue;
            }
            if ruleset.digest() == wanted.digest {
                return Ok(Ok(Advised { ruleset, bundled: None }));
            }
            others.push(("the folder", ruleset.digest().to_owned()));
        }
        if let Ok((bundled, ruleset)) = self.inside.get(&reference, record.as_of, None)? {
            if ruleset.digest() == wanted.digest {
                return Ok(Ok(Advised { ruleset, bundled: Some(bundled) }));
            }
            others.push(("this clearshare", ruleset.digest().to_owned()));
        }
        Ok(Err(missing(record, &reference, &others, else_do)))
    }

    /// The version of the ruleset that advised under which the facts are evaluated too.
    pub(in crate::cli) fn version(
        &mut self,
        wanted: &Reference,
        before: &Ruleset,
        as_of: Date,
    ) -> anyhow::Result<Result<&'static Ruleset, Box<Finding>>> {
        let pinned = before.reference();
        let reference = named(wanted, Some(&pinned));
        let in_folder = self.folders.iter().find(|ruleset| ruleset.reference() == reference);
        let found = match in_folder {
            Some(ruleset) => *ruleset,
            None => match self.inside.get(&reference, as_of, None)? {
                Ok((_, ruleset)) => ruleset,
                Err(finding) => return Ok(Err(finding)),
            },
        };
        if found.info().id == pinned.id {
            return Ok(Ok(found));
        }
        let message = format!("{} is another ruleset than {pinned}, not a version of it", found.reference());
        let finding = Finding::new(Code::OtherRuleset, message);
        Ok(Err(Box::new(finding.help(format!("name a version of `{}`", pinned.id)))))
    }
}

/// That the ruleset which advised is not here, and what would help.
#[expect(clippy::unnecessary_box_returns, reason = "it goes on as the error of a result, which is kept small")]
fn missing(
    record: &v1::Record,
    reference: &Reference,
    others: &[(&str, String)],
    else_do: Option<&str>,
) -> Box<Finding> {
    let digest = &record.ruleset.digest;
    let mut message = format!("the ruleset that advised is not here: {reference} with the digest {}", visible(digest));
    for (place, other) in others {
        message.push_str(&format!("; {reference} in {place} has {other}"));
    }
    let draft = match record.ruleset.status {
        v1::RulesetStatus::Draft => ". It was a draft: drafts change, and only its folder as it was then will do",
        v1::RulesetStatus::Published => "",
    };
    let else_do = else_do.map(|what| format!("; or {what}")).unwrap_or_default();
    let help = format!(
        "use clearshare {}, which wrote the record, or name the folder of that ruleset as it was: `--rules DIR`{draft}{else_do}",
        visible(&record.tool.version)
    );
    Box::new(Finding::new(Code::RulesetMissing, message).help(help))
}
