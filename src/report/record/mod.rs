//! A decision record for people to read. Everything is made from the record alone, so that an old record exports the same for ever.

mod made;
pub mod view;

pub use made::{choice_words, made, summary, view_words};
pub use view::View;
