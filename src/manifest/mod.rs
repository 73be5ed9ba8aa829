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
mod beside;
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
mod waiver_file;
mod waivers;
mod write;

pub use amend::{Pin, Unamendable, amend, repin};
pub use answers::read_answers;
pub use beside::read_beside;
pub use compose::{Interviewed, compose};
pub use flows::{Flow, MAIN};
pub use read::{UncheckedManifest, manifest_of_tree, read_format, read_manifest, sound_manifest_of_tree};
pub use skeleton::write_skeleton;
pub use waiver_file::read_waivers;
pub use waivers::{NotedWaiver, UncheckedWaiver, UnknownRule};
pub use write::{write_facts, write_manifest};
