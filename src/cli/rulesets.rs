//! The ruleset that a command is about: one inside the program, or one in a folder.

use std::io::Write;
use std::path::Path;

use clearshare::bundled::{self, Bundled};
use clearshare::check::choose;
use clearshare::finding::{Code, Finding, Findings};
use clearshare::manifest::UncheckedManifest;
use clearshare::model::Date;
use clearshare::report::{Ink, snippet};
use clearshare::rulefile::read_ruleset;
use clearshare::ruleset::{Reference, Ruleset};
use clearshare::text::{Place, Sources, visible};

use super::args::RulesetArgs;
use super::folder::read_folder;

/// Faults that were written to standard error already.
pub(super) struct Faulty;

/// Writes a fault to standard error.
pub(super) fn write_fault(finding: &Finding, sources: &Sources, ink: Ink) -> anyhow::Result<()> {
    let mut err = std::io::stderr().lock();
    Ok(snippet::render(&mut err, finding, sources, ink)?)
}

/// Writes faults to standard error.
pub(super) fn write_faults(findings: Findings, sources: &Sources, ink: Ink) -> anyhow::Result<()> {
    findings.into_sorted().iter().try_for_each(|finding| write_fault(finding, sources, ink))
}

/// The ruleset in a folder, validated.
pub(super) fn from_folder(folder: &Path, ink: Ink) -> anyhow::Result<Result<Ruleset, Faulty>> {
    let files = match read_folder(folder) {
        Ok(files) => files,
        Err(finding) => {
            write_fault(&finding, &Sources::new(), ink)?;
            return Ok(Err(Faulty));
        }
    };
    match read_ruleset(&files) {
        Ok(loaded) => Ok(Ok(loaded.ruleset)),
        Err(faults) => {
            let sources = renamed(&faults.sources, folder);
            for finding in &faults.findings {
                write_fault(finding, &sources, ink)?;
            }
            Ok(Err(Faulty))
        }
    }
}

/// The files under the paths by which people know them.
pub(super) fn renamed(sources: &Sources, folder: &Path) -> Sources {
    let mut renamed = Sources::new();
    for (_, source) in sources.iter() {
        let path = folder.join(source.name());
        renamed.add(clearshare::text::Source::new(path.to_string_lossy(), source.text()));
    }
    renamed
}

/// The ruleset asked for on the command line, or else the newest of the first one inside the program.
pub(super) fn asked(args: &RulesetArgs, as_of: Date, ink: Ink) -> anyhow::Result<Result<Ruleset, Faulty>> {
    if let Some(folder) = &args.rules {
        return from_folder(folder, ink);
    }
    let asked = args.ruleset.as_ref().map(|reference| named(reference, None));
    let reference = asked.or_else(|| bundled::all().last().map(Bundled::reference));
    let Some(reference) = reference else { anyhow::bail!("there is no ruleset inside this clearshare") };
    match choose(&reference, as_of, None) {
        Ok(bundled) => {
            if let Some(notice) = withdrawal(bundled) {
                writeln!(std::io::stderr().lock(), "warning: {}", visible(&notice))?;
            }
            Ok(Ok(bundled.load()?))
        }
        Err(finding) => {
            write_fault(&with_hint(finding, OR_A_FOLDER), &Sources::new(), ink)?;
            Ok(Err(Faulty))
        }
    }
}

/// The word for the newest version, in place of a ruleset.
const LATEST: &str = "latest";

/// A ruleset as it was asked for: `latest` is the newest version of the one pinned, or else of the one inside the program.
pub(super) fn named(reference: &Reference, pinned: Option<&Reference>) -> Reference {
    if reference.id != LATEST || reference.version.is_some() {
        return reference.clone();
    }
    let inside = || bundled::all().last().map(Bundled::reference);
    let Some(of) = pinned.cloned().or_else(inside) else { return reference.clone() };
    // One that is not inside the program is a fault, which names what was pinned.
    bundled::newest(&of.id).map_or(of, Bundled::reference)
}

/// How a command with that option reads a ruleset which is not inside the program.
const OR_A_FOLDER: &str = "`--rules DIR` reads one from a folder";

/// A fault about a ruleset that is not inside the program, with another way to name one.
#[expect(clippy::unnecessary_box_returns, reason = "it comes boxed, and goes on so")]
pub(super) fn with_hint(finding: Box<Finding>, hint: &str) -> Box<Finding> {
    match finding.help_text() {
        Some(help) if finding.code() == Code::UnknownRuleset && !help.starts_with("did you mean") => {
            let help = format!("{help}; {hint}");
            Box::new(finding.help(help))
        }
        _ => finding,
    }
}

/// That a ruleset should no longer be used, why, and what to use instead.
pub(super) fn withdrawal(bundled: &Bundled) -> Option<String> {
    let withdrawn = bundled.withdrawn?;
    let (reference, on) = (bundled.reference(), withdrawn.on);
    Some(format!("{reference} was withdrawn on {on}: {} Use {} instead.", withdrawn.why, withdrawn.instead))
}

/// The rulesets inside the program that were unpacked so far: each once, however many manifests use it. They stay until the
/// program ends.
#[derive(Default)]
pub(super) struct Unpacked {
    rulesets: Vec<(&'static Bundled, &'static Ruleset)>,
}

impl Unpacked {
    /// A ruleset, unpacked.
    pub(super) fn get(
        &mut self,
        reference: &Reference,
        as_of: Date,
        place: Option<Place>,
    ) -> anyhow::Result<Result<(&'static Bundled, &'static Ruleset), Box<Finding>>> {
        let bundled = match choose(reference, as_of, place) {
            Ok(bundled) => bundled,
            Err(finding) => return Ok(Err(with_hint(finding, OR_A_FOLDER))),
        };
        let found = self.rulesets.iter().find(|(other, _)| std::ptr::eq(*other, bundled));
        if let Some(found) = found {
            return Ok(Ok(*found));
        }
        let ruleset: &'static Ruleset = Box::leak(Box::new(bundled.load()?));
        self.rulesets.push((bundled, ruleset));
        Ok(Ok((bundled, ruleset)))
    }

    /// The ruleset for a manifest: the one asked for on the command line, or else the one that it pins. Where it has none, the
    /// fault is added to the others.
    pub(super) fn of_manifest(
        &mut self,
        args: &RulesetArgs,
        manifest: &UncheckedManifest,
        as_of: Date,
        findings: &mut Findings,
    ) -> anyhow::Result<Option<(&'static Bundled, &'static Ruleset)>> {
        let chosen = match wanted(args, manifest, as_of) {
            Ok((reference, place)) => self.get(&reference, as_of, place)?,
            Err(finding) => Err(finding),
        };
        match chosen {
            Ok(found) => Ok(Some(found)),
            Err(finding) => {
                // A pin that cannot be read is a fault already.
                if finding.code() != Code::NotPinned || !manifest.has_pin() {
                    findings.push(*finding);
                }
                Ok(None)
            }
        }
    }
}

fn wanted(
    args: &RulesetArgs,
    manifest: &UncheckedManifest,
    as_of: Date,
) -> Result<(Reference, Option<Place>), Box<Finding>> {
    let pinned = manifest.pin.as_ref();
    if let Some(reference) = &args.ruleset {
        return Ok((named(reference, pinned.map(|(pinned, _)| pinned)), None));
    }
    if let Some((reference, place)) = pinned {
        return Ok((reference.clone(), Some(*place)));
    }
    let finding =
        Finding::new(Code::NotPinned, "this manifest does not say which ruleset it is for").at(manifest.start());
    let id = bundled::all().last().map_or("", |bundled| bundled.id);
    let help = match bundled::covering(id, as_of) {
        Some(bundled) => format!("add `ruleset: {}`", bundled.reference()),
        None => "add `ruleset:` with one that `clearshare rules list` shows".to_owned(),
    };
    Err(Box::new(finding.help(help)))
}
