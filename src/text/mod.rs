//! Where text came from, and how it may be shown.

pub mod counted;
pub mod digest;
pub mod nearest;
pub mod shell;
pub mod source;
pub mod untrusted;

pub use counted::counted;
pub use digest::digest;
pub use nearest::nearest;
pub use shell::in_shell;
pub use source::{FileId, Location, Place, Source, Sources, Span};
pub use untrusted::{is_plain, quoted, visible, visible_lines};
