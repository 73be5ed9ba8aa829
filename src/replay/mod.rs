//! A record's facts, evaluated again: under the ruleset that advised, to prove that the record follows from it, and under another one,
//! to say what would be otherwise.

mod again;
mod against;

pub use again::replay;
pub use against::against;
