//! Where text came from, and how it may be shown.

pub mod digest;
pub mod nearest;
pub mod source;
pub mod untrusted;

pub use digest::digest;
pub use nearest::nearest;
pub use source::{FileId, Location, Place, Source, Sources, Span};
pub use untrusted::{quoted, visible, visible_lines};
