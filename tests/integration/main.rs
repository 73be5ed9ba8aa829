//! The integration tests: one program, a module for each subject.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read files, start the program, and stop at what they do not expect"
)]

mod ask;
mod asked;
mod baselines;
mod bundled;
mod carried;
mod cases;
mod cases_alone;
mod cases_coverage;
mod cases_truth;
mod check;
mod check_faults;
mod check_inputs;
mod check_many;
mod check_places;
mod composed;
mod configured;
mod diff;
mod docs;
mod docs_coverage;
mod drafts;
mod examples;
mod explained;
mod export_hostile;
mod export_readers;
mod faults;
mod floods;
mod fmt;
mod formats;
mod formats_finer;
mod formats_hostile;
mod formats_waivers;
mod generated;
mod giants;
mod hard;
mod hostile;
mod interview;
#[path = "../../benches/generated/mod.rs"]
mod large;
mod layers;
mod manifest_schema;
mod manual;
mod mutate;
mod mutate_drafts;
mod new_ruleset;
mod newcomer;
mod oracle;
mod other_schemas;
mod questions;
mod readme;
mod record_amend;
mod record_asked;
mod record_columns;
mod record_diff;
mod record_exports;
mod record_from;
mod record_giants;
mod record_keys;
#[cfg(target_os = "linux")]
mod record_killed;
mod record_mutations;
mod record_new;
mod record_schema;
mod record_template;
mod record_verify;
mod record_verify_cli;
mod record_view;
mod records;
mod replayed;
mod sample;
mod schema;
mod schemas;
mod session;
mod snapshots;
mod stream;
mod stream_cli;
mod stream_faults;
mod support;
#[cfg(unix)]
mod terminal;
mod told;
mod upgrade;
mod verify;
mod verify_cli;
mod verify_docs;
mod verify_json;
mod verify_report;
mod waivers;
