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
mod examples;
mod explained;
mod layers;
mod oracle;
mod sample;
mod schemas;
mod snapshots;
mod support;
