//! `clearshare record export`: a record in a format that somebody else reads.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::ValueEnum;
use clearshare::finding::{Code, Finding};
use clearshare::record::ReadRecord;
use clearshare::report::Ink;
use clearshare::report::record::template::{Kind, from_template};
use clearshare::report::record::{View, Written, actions, article_30, csv, form, html, json, whole};
use clearshare::text::quoted;

use super::load::{Loaded, load_unaltered};
use crate::cli::args::LookArgs;
use crate::cli::output::OutputArgs;
use crate::cli::place::unwritten;
use crate::cli::rulesets::{Faulty, write_fault};
use crate::cli::system::{self, Input};
use crate::cli::{Exit, style};

/// Write a record in a format that somebody else reads
///
/// It is made of the record alone: the same record gives the same export for ever. Exit status: 0 when it is written; 2 when the record
/// was altered, or has another fault.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExportArgs {
    /// The record; `-` reads standard input
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// What to write
    #[arg(long, value_enum, required_unless_present = "template")]
    format: Option<Format>,
    /// Your own template, which says what to write; its name ends in .html, .md or .txt
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    template: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The whole record, to sit beside decision records in a repository
    Markdown,
    /// The whole record, as one page for a browser or a printer, with a picture of the exchange
    Html,
    /// The whole record, as an OpenDocument text
    Odt,
    /// A spreadsheet: every rule of every flow, with its status
    Csv,
    /// A spreadsheet: what is to be done, by whom, and what is at risk
    Actions,
    /// A spreadsheet: the row for a record of processing activities (UK GDPR, Article 30)
    #[value(name = "article-30")]
    Article30,
    /// The decision form of the regulator's data sharing code (Annex B), filled from the record
    DecisionFormMarkdown,
    /// The same, as one page for a browser or a printer
    DecisionFormHtml,
    /// The same, as an OpenDocument text
    DecisionFormOdt,
    /// The record itself, laid out for reading; it still proves to be unaltered
    Json,
}

/// Writes it.
pub(super) fn run(args: &ExportArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    if let Err(why) = args.output.check_beside(&args.record) {
        return unwritten(why, err);
    }
    let Ok(loaded) = load_unaltered(&args.record, err)? else { return Ok(Exit::Fault) };
    let bytes = match (&args.template, args.format) {
        (Some(template), _) => templated(template, loaded, err)?,
        (None, Some(format)) => Ok(exported(format, &loaded.read)?),
        (None, None) => anyhow::bail!("nothing says what to write"),
    };
    let Ok(bytes) = bytes else { return Ok(Exit::Fault) };
    match args.output.write(&bytes)? {
        Ok(()) => Ok(Exit::Passed),
        Err(why) => unwritten(why, err),
    }
}

/// What a template makes of a record. Faults were written.
fn templated(path: &Path, loaded: Loaded, err: Ink) -> anyhow::Result<Result<Vec<u8>, Faulty>> {
    let Loaded { read, mut sources } = loaded;
    let name = path.to_string_lossy();
    let made = match Kind::of(&name) {
        Some(kind) => system::read(path, Input::Template)
            .and_then(|bytes| from_template(&View::new(&read.record), &bytes, &name, kind, &mut sources)),
        None => Err(Box::new(
            Finding::new(Code::BadTemplate, format!("the name of {} does not say what it writes", quoted(&name)))
                .help("end it in .html, .md or .txt"),
        )),
    };
    match made {
        Ok(text) => Ok(Ok(text.into_bytes())),
        Err(finding) => {
            write_fault(&finding, &sources, err)?;
            Ok(Err(Faulty))
        }
    }
}

fn exported(format: Format, read: &ReadRecord) -> anyhow::Result<Vec<u8>> {
    let record = &read.record;
    let file = |bytes: Option<Vec<u8>>| bytes.context("the record is too large for this format");
    Ok(match format {
        Format::Markdown => file(whole::render(record, Written::Markdown))?,
        Format::Html => html(&View::new(record))?.into_bytes(),
        Format::Odt => file(whole::render(record, Written::Odt))?,
        Format::DecisionFormMarkdown => file(form::render(record, Written::Markdown))?,
        Format::DecisionFormHtml => file(form::render(record, Written::Html))?,
        Format::DecisionFormOdt => file(form::render(record, Written::Odt))?,
        Format::Csv => csv::render(record).into_bytes(),
        Format::Actions => actions::render(record).into_bytes(),
        Format::Article30 => article_30::render(record).into_bytes(),
        Format::Json => json::render(record)?.into_bytes(),
    })
}
