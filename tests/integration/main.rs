//! The integration tests: one program, a module for each subject.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read files, start the program, and stop at what they do not expect"
)]

mod bundled;
mod check;
mod check_faults;
mod docs;
mod examples;
mod explained;
mod faults;
mod floods;
mod giants;
mod hostile;
mod layers;
mod oracle;
mod readme;
mod sample;
mod schemas;
mod snapshots;
mod support;
