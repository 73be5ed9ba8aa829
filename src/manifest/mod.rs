//! The manifest: the YAML file, kept beside a team's code, that states the facts.
//!
//! It is read in two steps: [`read_manifest`] finds which ruleset it is for, and [`UncheckedManifest::flows`] reads its
//! answers against that ruleset.

mod flows;
mod read;
mod recorded;
mod screen;
mod skeleton;
mod told;
mod write;

pub use flows::{Flow, MAIN};
pub use read::{UncheckedManifest, read_manifest};
pub use skeleton::write_skeleton;
pub use write::{write_facts, write_manifest};
