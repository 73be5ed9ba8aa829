//! Exit statuses.

use std::process::ExitCode;

/// How the program ends. Of several inputs the highest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing failed.
    Passed = 0,
    /// The outcome is that of `--fail-on`, or worse.
    Failed = 1,
    /// A fault in the input or on the command line.
    Fault = 2,
    /// A fault of the program.
    Internal = 3,
    /// Somebody ended it, with Ctrl-C for example, before it had written anything.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
