//! A decision record for people to read. Everything is made from the record alone, so that an old record exports the same for ever.

pub mod actions;
pub mod article_30;
pub mod csv;
pub mod diff;
mod document;
mod facts;
pub mod form;
mod html;
pub mod json;
mod made;
mod picture;
mod sheet;
pub mod template;
pub mod text;
pub mod verify;
pub mod view;
pub mod whole;

pub use document::Written;
pub use html::html;
pub use made::{choice_words, made, summary, view_words};
pub use picture::picture;
pub use view::{DATES, NECESSITY, RETENTION, View};
