//! `clearshare init`: a manifest to start from.

use std::io::Write;

use clearshare::manifest::write_skeleton;
use clearshare::report::Ink;
use clearshare::text::{in_shell, visible};

use super::args::InitArgs;
use super::rulesets::asked;
use super::{Exit, place, system};

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
    if let Err(why) = place::write_new(&[(&args.file, &skeleton)]) {
        return place::unwritten(why, ink);
    }
    let name = args.file.to_string_lossy();
    let (name, word) = (visible(&name), in_shell(&name));
    writeln!(out, "Wrote {name}. Answer what you can, then run: clearshare check {}", visible(&word))?;
    Ok(Exit::Passed)
}
