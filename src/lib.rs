//! clearshare says which data-sharing rules apply to a proposed exchange, which do not, and what to do next.
//!
//! The library is pure: no clock, environment, files or printing. `src/cli/` (the program) passes in what it needs.
//! Imports run downwards only, in the order of the modules below; `tests/integration/layers.rs` checks it.

pub mod text;

pub mod finding;
pub mod logic;
pub mod model;

pub mod yaml;

pub mod format;

pub mod ruleset;

pub mod compile;
pub mod proof;

pub mod rulefile;
pub mod skeleton;

pub mod bundled;
pub mod engine;
pub mod manifest;

pub mod baseline;
pub mod cases;
pub mod check;
pub mod compare;
pub mod config;
pub mod interview;
pub mod mutate;
pub mod record;
pub mod upgrade;
pub mod verify;

pub mod report;

pub mod replay;
pub mod stream;
