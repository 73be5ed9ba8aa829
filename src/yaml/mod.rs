//! The only door in from YAML: text to a tree in which everything knows where it stands.
//!
//! Nothing is interpreted: `NO`, `2026.10` and `1_000` are the text that was written, and what a value means is for
//! whoever asks for it (see [`shape`]).

pub mod fields;
pub mod limits;
pub mod node;
pub mod read;
pub mod scan;
pub mod shape;
pub mod write;

mod failure;
mod keys;
mod prescan;
#[cfg(test)]
mod properties;
mod syntax;
mod tree;
mod weight;

pub use fields::Fields;
pub use keys::with_each_key_once;
pub use limits::Limits;
pub use node::{Entry, Node, Scalar, Value};
pub(crate) use prescan::is_forbidden;
pub use read::read_tree;
pub use scan::{Comment, Refused, Scanned, scan};
pub use write::quote_scalar;
