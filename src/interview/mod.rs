//! The interview: a fold over immutable answers. What is asked next follows from what is known, so asking, resuming, replaying
//! and checking are one function.
//!
//! There is no flow to write by hand: a question is asked when something still hangs on it, in the order of the ruleset, and
//! the interview is over when nothing does.

mod effect;
mod hold;
mod session;
mod standing;

pub use effect::Effect;
pub use hold::{Ended, Host, Reply, Review, hold};
pub use session::{Next, Offer, Progress, Session};
pub use standing::{Hangs, hanging};
