//! A decision record for people to read. Everything is made from the record alone, so that an old record exports the same for ever.

mod html;
mod made;
mod picture;
pub mod template;
pub mod view;

pub use html::html;
pub use made::{choice_words, made, summary, view_words};
pub use picture::picture;
pub use view::View;
