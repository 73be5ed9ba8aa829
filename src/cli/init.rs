//! `clearshare init`: a manifest to start from.

use std::io::Write;

use clearshare::manifest::write_skeleton;
use clearshare::report::Ink;
use clearshare::text::{Sources, visible};

use super::args::InitArgs;
use super::rulesets::{asked, write_fault};
use super::{Exit, system};

/// Writes the manifest.
pub(super) fn run(args: &InitArgs) -> anyhow::Result<Exit> {
    let ink = Ink { colour: false, plain: true, width: 80 };
    let Ok(ruleset) = asked(&args.ruleset, system::today(), ink)? else { return Ok(Exit::Fault) };
    let skeleton = write_skeleton(&ruleset);
    let mut out = std::io::stdout().lock();
    if args.file.as_os_str() == "-" {
        out.write_all(skeleton.as_bytes())?;
        return Ok(Exit::Passed);
    }
    if let Err(finding) = system::write_new(&args.file, &skeleton) {
        write_fault(&finding, &Sources::new(), ink)?;
        return Ok(Exit::Fault);
    }
    let name = args.file.to_string_lossy();
    let name = visible(&name);
    writeln!(out, "Wrote {name}. Answer what you can, then run: clearshare check {name}")?;
    Ok(Exit::Passed)
}
