//! The words of `clearshare check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clearshare::model::Date;

use crate::cli::args::{FailOnArg, LookArgs, RulesetArgs, date};
use crate::cli::manifests::BesideArgs;
use crate::cli::stream::StreamArgs;

/// Check manifests against their rulesets, and say what to do
///
/// A folder is searched for manifests, with all below it but what is ignored by git. Exit status: 0 when nothing fails; 1 when the
/// outcome is that of --fail-on or worse; 2 when a manifest, the ruleset or the command line has a fault; 3 when clearshare itself
/// fails. Of several manifests the highest counts.
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// The manifests to check, folders to search for them, or patterns such as `teams/*/share.yaml`; `-` reads standard input
    /// [default: the folder that you are in]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Which files of a folder are manifests [default: data-sharing*.yaml, *.sharing.yaml, and the same with .yml]
    #[arg(long, value_name = "PATTERN")]
    pub(super) include: Vec<String>,
    /// How to write the advice [default: text]
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
    /// Also write it to a file in this format, for example sarif=out.sarif; may be given more than once
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output_for)]
    pub(super) output_for: Vec<(Format, PathBuf)>,
    #[command(flatten)]
    pub(in crate::cli) ruleset: RulesetArgs,
    /// The date of the advice, instead of today [example: 2026-11-22]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) as_of: Option<Date>,
    /// The mildest outcome that fails the check [default: act-first]
    #[arg(long, value_enum)]
    pub(in crate::cli) fail_on: Option<FailOnArg>,
    /// Fail only on what is new since this baseline was written
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is outstanding now to a baseline; one that is there is replaced. The exit status stays what it is
    #[arg(long, value_name = "FILE")]
    pub(super) write_baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) beside: BesideArgs,
    #[command(flatten)]
    pub(in crate::cli) look: LookArgs,
    /// Write one line for each manifest
    #[arg(short, long, conflicts_with_all = ["brief", "verbose"])]
    pub(super) quiet: bool,
    /// Write only the outcome, what holds it up, and where
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) brief: bool,
    /// Also write why each rule has its status
    #[arg(short, long)]
    pub(super) verbose: bool,
    #[command(flatten)]
    pub(in crate::cli) stream: StreamArgs,
}

/// How a check is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// For people
    Text,
    /// For programs: clearshare-advice/1
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For reports of tests: JUnit XML, with a case for each rule
    Junit,
    /// Annotations of a GitHub workflow
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// A summary of a job, or a comment on a merge request
    Markdown,
    /// For a spreadsheet: a row for each finding
    Csv,
}

/// A format and a file as they are written on the command line.
fn output_for(text: &str) -> Result<(Format, PathBuf), String> {
    let all = || {
        let names: Vec<String> = Format::value_variants()
            .iter()
            .filter_map(|format| format.to_possible_value().map(|value| value.get_name().to_owned()))
            .collect();
        names.join(", ")
    };
    let Some((format, file)) = text.split_once('=').filter(|(_, file)| !file.is_empty()) else {
        return Err("write a format, `=` and a file, for example json=advice.json".to_owned());
    };
    let format = Format::from_str(format, false).map_err(|_| format!("the formats are {}", all()))?;
    Ok((format, PathBuf::from(file)))
}
