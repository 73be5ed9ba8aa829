//! Templates of a record: ours, and an organisation's own. A template reads the view and nothing else: no file, no clock, no other
//! template, and so much work and no more. What it shows of the record is made safe for where it goes, whatever the template says.

use std::ops::Range;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::view::{View, day};
use crate::finding::{Code, Finding};
use crate::report::escape;
use crate::text::{Place, Source, Sources, Span, quoted, visible, visible_lines};

/// The most bytes that a template may have.
pub const MAX_TEMPLATE: usize = 1 << 20;

/// How much work a template may do: each step costs one, and each 64 bytes that it makes another. A whole page of ours takes a
/// fiftieth of it.
const FUEL: u64 = 5_000_000;

/// What a template writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// HTML: no element, attribute or character reference comes of a text of the record.
    Html,
    /// Markdown: no markup comes of it.
    Markdown,
    /// Plain text: nothing that acts or hides is in it.
    Text,
}

impl Kind {
    /// What a template with this file name writes, by its ending; none for other endings.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::Text),
            _ => None,
        }
    }

    /// A text of the record, made safe.
    fn safe(self, text: &str) -> String {
        match self {
            Self::Html => escape::entities(&visible_lines(text)),
            // A line's end could begin a list or a heading.
            Self::Markdown => escape::markdown_line(&text.split('\n').collect::<Vec<_>>().join(" ")),
            Self::Text => visible_lines(text).into_owned(),
        }
    }
}

/// Why a template gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// What is wrong, in words.
    pub message: String,
    /// Where, in bytes of the template.
    pub at: Option<Range<usize>>,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Failed {}

/// What an organisation's own template makes of a record.
pub fn from_template(
    view: &View<'_>,
    bytes: &[u8],
    name: &str,
    kind: Kind,
    sources: &mut Sources,
) -> Result<String, Box<Finding>> {
    if bytes.len() > MAX_TEMPLATE {
        let message = format!("the template has more than {} KiB", MAX_TEMPLATE >> 10);
        return Err(Box::new(Finding::new(Code::FileTooLarge, message)));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("byte {} of the template is not UTF-8 text", error.valid_up_to() + 1);
        Box::new(Finding::new(Code::InvalidUtf8, message))
    })?;
    let file = sources.add(Source::new(name, text));
    let pictures = if kind == Kind::Html { super::html::pictures(view) } else { Vec::new() };
    render(text, kind, view, [("pictures", Value::from(pictures))]).map_err(|failed| {
        let at = failed.at.unwrap_or(0..0);
        let finding = Finding::new(Code::BadTemplate, failed.message).at(Place::new(file, Span::new(at.start, at.end)));
        Box::new(finding.help("docs/record.md says what a template can use"))
    })
}

/// What a template makes of a view, with more that it may name.
pub(super) fn render<'v>(
    template: &str,
    kind: Kind,
    view: &View<'_>,
    more: impl IntoIterator<Item = (&'v str, Value)>,
) -> Result<String, Failed> {
    let mut environment = environment(kind);
    for (name, value) in more {
        environment.add_global(name.to_owned(), value);
    }
    let compiled =
        environment.template_from_named_str("template", template).map_err(|error| failed(&error, template))?;
    compiled.render(Value::from(Serde(view))).map_err(|error| failed(&error, template))
}

fn environment(kind: Kind) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(100);
    // A text file ends with a line end.
    if let Ok(syntax) = SyntaxConfig::builder().keep_trailing_newline(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    // What a macro or a block gives was made safe already. Which kind it is, only the line below knows.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment
        .set_formatter(move |out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value| write(out, kind, value));
    // Nothing in a record is markup: there is no way to say that it is.
    environment.remove_filter("safe");
    environment.add_filter("escape", move |value: &Value| escaped(kind, value));
    environment.add_filter("e", move |value: &Value| escaped(kind, value));
    environment.add_filter("day", in_words);
    environment.add_filter("capital", |text: String| crate::report::words::capital(&text));
    environment
}

/// Writes a value as it is safe for the kind, whatever the template says of escaping.
fn write(out: &mut Output<'_>, kind: Kind, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        _ if value.is_none() || value.is_undefined() => Ok(()),
        Some(text) if value.is_safe() => Ok(out.write_str(text)?),
        Some(text) => Ok(out.write_str(&kind.safe(text))?),
        None => Ok(out.write_str(&kind.safe(&value.to_string()))?),
    }
}

fn escaped(kind: Kind, value: &Value) -> Value {
    match value.as_str() {
        Some(_) if value.is_safe() => value.clone(),
        Some(text) => Value::from_safe_string(kind.safe(text)),
        None => Value::from_safe_string(kind.safe(&value.to_string())),
    }
}

/// `2026-11-22` as "22 November 2026"; anything else as it is.
fn in_words(value: &Value) -> Value {
    let written = value.as_str().and_then(|text| text.parse().ok());
    written.map_or_else(|| value.clone(), |date| Value::from(day(date)))
}

fn failed(error: &Error, template: &str) -> Failed {
    let at = error.range().filter(|range| template.get(range.clone()).is_some());
    let named = at.clone().and_then(|range| template.get(range)).map(|text| quoted(text.trim_start_matches('.')));
    let message = match (error.kind(), error.detail(), named) {
        (ErrorKind::UndefinedError, _, Some(named)) => format!("there is no {named} here"),
        (ErrorKind::OutOfFuel, _, _) => "the template does more work than a template may".to_owned(),
        (_, Some(detail), _) => visible(detail).into_owned(),
        (kind, None, _) => kind.to_string(),
    };
    Failed { message: format!("the template cannot be used: {message}"), at }
}
