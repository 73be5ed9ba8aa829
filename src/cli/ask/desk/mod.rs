//! Where questions are put to somebody: keys in a terminal, or lines of text.

mod keys;
mod lines;
mod search;
mod sheet;
mod theme;
mod typed;

pub(in crate::cli) use keys::Keys;
pub(in crate::cli) use lines::Lines;

use clearshare::report::Ink;

/// Why nothing more can be asked.
#[derive(Debug)]
pub(in crate::cli) enum Halt {
    /// Whoever answers is gone: the input ended, or the terminal was closed.
    Gone,
    /// The same, where something was answered: what is to be done then.
    GoneAfter(String),
    /// Somebody wants the program to end.
    Interrupted,
    /// What cannot be read or written.
    Failed(std::io::Error),
    /// Answers from a file ran out, or do not fit: said already.
    Refused,
}

impl From<std::io::Error> for Halt {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::Interrupted => Self::Interrupted,
            std::io::ErrorKind::BrokenPipe | std::io::ErrorKind::UnexpectedEof => Self::Gone,
            _ => Self::Failed(error),
        }
    }
}

/// Something that can be chosen.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Entry {
    /// Its words.
    pub(in crate::cli) label: String,
    /// More about it.
    pub(in crate::cli) help: Option<String>,
    /// The id by which it can be named as well.
    pub(in crate::cli) id: String,
}

/// Something else to do at a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Action {
    /// Say that one does not know.
    Unknown,
    /// Leave a text out.
    Skip,
    /// Ask why.
    Why,
    /// See what does not fit here.
    Others,
    /// Go back.
    Back,
    /// See what is known so far.
    SoFar,
    /// Save and stop.
    Stop,
    /// Stop, where nothing is saved before the end.
    Leave,
    /// Be done.
    Finish,
}

impl Action {
    /// The letter by which it is chosen.
    pub(in crate::cli) fn key(self) -> char {
        match self {
            Self::Unknown => 'd',
            Self::Skip => 'x',
            Self::Why => 'w',
            Self::Others => 'o',
            Self::Back => 'b',
            Self::SoFar => 'k',
            Self::Stop | Self::Leave => 's',
            Self::Finish => 'f',
        }
    }

    /// Its words.
    pub(in crate::cli) fn words(self) -> &'static str {
        match self {
            Self::Unknown => "I don't know",
            Self::Skip => "Leave it out",
            Self::Why => "Why do you ask?",
            Self::Others => "Show the ones that do not fit here",
            Self::Back => "Go back",
            Self::SoFar => "What do we know so far?",
            Self::Stop => "Save and stop",
            Self::Leave => "Stop, and write nothing",
            Self::Finish => "All is right: show the advice",
        }
    }
}

/// How many may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum How {
    /// One.
    One,
    /// Several, or none of them.
    Several,
}

/// A choice that is put to somebody.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Pick {
    /// The question, so that it can be said again where it has scrolled away.
    pub(in crate::cli) title: String,
    /// How many.
    pub(in crate::cli) how: How,
    /// What can be chosen.
    pub(in crate::cli) entries: Vec<Entry>,
    /// What is chosen so far.
    pub(in crate::cli) now: Vec<usize>,
    /// Of several: whether somebody can be unsure about the rest.
    pub(in crate::cli) unsure: bool,
    /// Of several: that more may hold than what is chosen so far.
    pub(in crate::cli) more: bool,
    /// How many of the first are to be heard even where there are too many to hear all.
    pub(in crate::cli) foremost: usize,
    /// What else can be done, in this order.
    pub(in crate::cli) actions: Vec<Action>,
}

impl Pick {
    /// One of a few, nothing of which is chosen so far.
    pub(in crate::cli) fn one(title: &str, entries: Vec<Entry>, actions: Vec<Action>) -> Self {
        let title = title.to_owned();
        Self { title, how: How::One, entries, now: Vec::new(), unsure: false, more: false, foremost: 0, actions }
    }
}

/// What somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Picked {
    /// One of the entries.
    One(usize),
    /// Several of them, in their order; none is "none of these". With `more`, others may hold as well.
    Several { chosen: Vec<usize>, more: bool },
    /// Something else to do.
    Act(Action),
}

/// What somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Typed {
    /// A text.
    Text(String),
    /// Nothing.
    Nothing,
    /// Something else to do.
    Act(Action),
}

/// Whoever a choice is put to.
pub(in crate::cli) trait Desk {
    /// How text is laid out for them.
    fn ink(&self) -> Ink;

    /// Shows a text.
    fn say(&mut self, text: &str) -> Result<(), Halt>;

    /// Whether so many lines can be in sight at once.
    fn has_room(&self, _lines: usize) -> bool {
        true
    }

    /// Shows a text that somebody asked for, until they have read it.
    fn show(&mut self, text: &str) -> Result<(), Halt> {
        self.say(text)
    }

    /// Puts a choice.
    fn pick(&mut self, pick: &Pick) -> Result<Picked, Halt>;

    /// Asks for a line of text, which may be one already. `actions` are what else can be done.
    fn line(&mut self, prompt: &str, now: Option<&str>, actions: &[Action]) -> Result<Typed, Halt>;

    /// Asks yes or no.
    fn confirm(&mut self, prompt: &str) -> Result<bool, Halt>;
}
