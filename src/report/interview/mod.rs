//! What people read in an interview: questions, why they are asked, what is known so far, and the answers to go over.

mod answers;
mod card;
mod change;
mod so_far;
mod why;

pub use answers::{answer_in_words, review};
pub use card::{
    answered, card, choices, heading, heading_over, how_to_answer, letters_alone, lines, note, sent, to_type,
};
pub use change::{brought_along, restored, set_aside};
pub use so_far::so_far;
pub use why::why;
