//! A seat at a desk: where somebody can be asked.

use std::io::{BufRead, IsTerminal};

use clearshare::report::Ink;

use super::desk::{Desk, Keys, Lines};
use super::terminal::Terminal;
use crate::cli::args::LookArgs;
use crate::cli::style;

/// Somebody at a desk. While this is there, the terminal is left as it was found, however the program ends.
pub(in crate::cli) struct Seat {
    pub(in crate::cli) desk: Box<dyn Desk>,
    pub(in crate::cli) terminal: Terminal,
}

impl Seat {
    /// A seat; none where there is no terminal, and nobody asked to be asked line by line.
    pub(in crate::cli) fn take(look: &LookArgs) -> Option<Self> {
        let input = std::io::stdin();
        let is_terminal = input.is_terminal() && std::io::stdout().is_terminal();
        if !is_terminal && !look.plain {
            return None;
        }
        let dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        let lines = look.plain || dumb;
        let ink = style::out(look);
        let desk: Box<dyn Desk> = if lines {
            let echoed = input.is_terminal();
            let input: Box<dyn BufRead> = Box::new(std::io::BufReader::new(input));
            Box::new(Lines::new(input, std::io::stdout(), Ink { plain: true, colour: false, ..ink }, !echoed))
        } else {
            Box::new(Keys::new(ink))
        };
        Some(Self { desk, terminal: Terminal::new(!lines) })
    }
}
