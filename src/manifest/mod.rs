//! The manifest: the YAML file, kept beside a team's code, that states the facts.
//!
//! It is read in two steps: [`read_manifest`] finds which ruleset it is for, and [`UncheckedManifest::flows`] reads its
//! answers against that ruleset.
//!
//! It is written in two ways: [`compose`] writes a new one, and [`amend`] changes as little as can be of one that people
//! have edited.

mod amend;
mod answers;
mod belongs;
mod comment;
mod compose;
mod flows;
mod harmless;
mod read;
mod recorded;
mod screen;
mod section;
mod skeleton;
mod told;
mod value;
mod write;

pub use amend::{Pin, Unamendable, amend};
pub use answers::read_answers;
pub use compose::{Interviewed, compose};
pub use flows::{Flow, MAIN};
pub use read::{UncheckedManifest, manifest_of_tree, read_manifest, sound_manifest_of_tree};
pub use skeleton::write_skeleton;
pub use write::{write_facts, write_manifest};
