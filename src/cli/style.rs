//! How output looks on this terminal.

use std::io::IsTerminal;

use clearshare::report::Ink;
use clearshare::text::visible;

use super::args::{Colour, LookArgs};
use super::why::why;

/// The width where there is no terminal.
const WIDTH: usize = 80;

/// The widest a page gets: longer lines are hard to read.
const WIDEST: usize = 100;

/// How to write to standard output.
pub(super) fn out(look: &LookArgs) -> Ink {
    ink(look, std::io::stdout().is_terminal())
}

/// How to write to a file.
pub(super) fn in_file(look: &LookArgs) -> Ink {
    Ink { colour: false, ..ink(look, false) }
}

/// How to write to standard error.
pub(super) fn err(look: &LookArgs) -> Ink {
    ink(look, std::io::stderr().is_terminal())
}

/// How to write to standard error where nobody said how.
pub(super) fn err_as_usual() -> Ink {
    err(&LookArgs { color: Colour::Auto, plain: false })
}

fn ink(look: &LookArgs, terminal: bool) -> Ink {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let colour = match look.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !dumb && !set("NO_COLOR"),
    };
    Ink { colour: colour && !look.plain, plain: look.plain, width: width(terminal) }
}

fn width(terminal: bool) -> usize {
    let measured = if terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
    let told = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    measured.or_else(told).unwrap_or(WIDTH).clamp(20, WIDEST)
}

/// An error and what caused it, made safe to show.
pub(super) fn visible_chain(error: &anyhow::Error) -> String {
    let words = |cause: &(dyn std::error::Error + 'static)| match cause.downcast_ref::<std::io::Error>() {
        // What goes wrong with files is a fault with a name: this is standard output.
        Some(error) => format!("standard output cannot be written: {}", why(error)),
        None => visible(&cause.to_string()).into_owned(),
    };
    let causes: Vec<String> = error.chain().map(words).collect();
    causes.join(": ")
}
