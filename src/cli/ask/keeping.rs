//! Keeping answers: the text that they make, and what to do when it cannot be saved.

use std::path::PathBuf;

use clearshare::finding::Finding;
use clearshare::interview::Session;
use clearshare::manifest::{Interviewed, Pin, amend, compose};
use clearshare::model::Exchange;
use clearshare::report::interview::note;
use clearshare::text::quoted;

use super::desk::{Desk, Entry, Halt, Pick, Picked, Typed};
use super::finish;
use crate::cli::interrupt;
use crate::cli::kept::{Keeper, Target, Trouble};

/// Keeps the answers of an interview.
pub(super) struct Keeping {
    keeper: Keeper,
    /// The manifest as it was found, or as it was saved last: it is changed as little as can be.
    base: Option<String>,
    /// The flow of it that the answers are for.
    flow: Option<String>,
}

impl Keeping {
    /// Keeps answers at a place, in the manifest that was found there.
    pub(super) fn new(keeper: Keeper, base: Option<String>, flow: Option<String>) -> Self {
        Self { keeper, base, flow }
    }

    /// Where they are.
    pub(super) fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// Whether there is a file that holds answers.
    pub(super) fn is_on_disk(&self) -> bool {
        self.base.is_some() && self.keeper.place().is_some()
    }

    /// Whether there are answers, on disk or not.
    pub(super) fn has_text(&self) -> bool {
        self.base.is_some()
    }

    /// The same, to end with.
    pub(super) fn keeper_mut(&mut self) -> &mut Keeper {
        &mut self.keeper
    }

    /// The manifest that states what is known.
    pub(super) fn text(&self, session: &Session<'_>) -> Result<String, String> {
        let exchange = session.exchange();
        let interviewed = interviewed(exchange);
        match &self.base {
            None => Ok(compose(session.ruleset(), &interviewed)),
            Some(base) => amend(base, session.ruleset(), self.flow.as_deref(), &interviewed, Pin::Update)
                .map_err(|unamendable| unamendable.to_string()),
        }
    }

    /// Keeps what is known; where that fails, asks what to do until something is settled.
    pub(super) fn keep(&mut self, session: &Session<'_>, desk: &mut dyn Desk) -> Result<(), Halt> {
        loop {
            let text = match self.text(session) {
                Ok(text) => text,
                Err(why) => {
                    say(desk, &format!("Your manifest cannot be changed for you: {why}."))?;
                    // A new one is written elsewhere; the person's own stays as it is.
                    self.base = None;
                    self.move_away(session, desk)?;
                    continue;
                }
            };
            match self.keeper.save(&text) {
                Ok(()) => {
                    self.is_kept(text);
                    return Ok(());
                }
                Err(Trouble::Interrupted) => {
                    self.is_kept(text);
                    return Err(Halt::Interrupted);
                }
                Err(trouble) => self.settle(session, desk, &trouble)?,
            }
            if self.keeper.place().is_none() {
                self.is_kept(text);
                return Ok(());
            }
        }
    }

    /// The text is where it can be, and that is said if the program is asked to end.
    fn is_kept(&mut self, text: String) {
        self.base = Some(text);
        interrupt::last_words(finish::parting(self));
    }

    /// Keeps what is known; nobody is there to be asked. The error is none where somebody wants the program to end.
    pub(super) fn keep_unasked(&mut self, session: &Session<'_>) -> Result<(), Option<Box<Finding>>> {
        let text = self.text(session).map_err(|why| {
            let place = self.keeper.place().map(|place| place.to_string_lossy().into_owned()).unwrap_or_default();
            let message = format!("{} cannot be changed for you: {why}", quoted(&place));
            let finding = Finding::new(clearshare::finding::Code::CannotWrite, message);
            Some(Box::new(finding.help("name another place with `--output`")))
        })?;
        self.keeper.save(&text).map_err(|trouble| trouble.finding().cloned().map(Box::new))?;
        self.base = Some(text);
        Ok(())
    }

    /// Says what went wrong, and asks what to do.
    fn settle(&mut self, session: &Session<'_>, desk: &mut dyn Desk, trouble: &Trouble) -> Result<(), Halt> {
        interrupt::last_words("\nStopped. What you answered last could not be kept.\n".to_owned());
        tell(desk, trouble)?;
        let changed = matches!(trouble, Trouble::ChangedMeanwhile(_));
        let again = if changed { "Write my answers into it as it is now" } else { "Try again" };
        let entries = [again, "Keep my answers in another place", "Go on without keeping them"];
        match choose(desk, &entries)? {
            0 if changed => match self.keeper.reread() {
                Ok(bytes) => {
                    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                    self.base = text;
                    Ok(())
                }
                Err(trouble) => tell(desk, &trouble),
            },
            0 => Ok(()),
            1 => self.move_away(session, desk),
            _ => {
                say(desk, "Nothing is kept from here on. When you are done, you are asked for a place again.")?;
                self.keeper = Keeper::in_memory(self.keeper.store());
                Ok(())
            }
        }
    }

    /// Asks for another place until one will do, or none is wanted.
    fn move_away(&mut self, session: &Session<'_>, desk: &mut dyn Desk) -> Result<(), Halt> {
        loop {
            let typed = desk.line("Type the name of a new file, and press Enter.", None, &[])?;
            let Typed::Text(typed) = typed else {
                say(desk, "Nothing is kept from here on.")?;
                self.keeper = Keeper::in_memory(self.keeper.store());
                return Ok(());
            };
            match self.move_to(PathBuf::from(typed), session) {
                Ok(notices) => {
                    notices.iter().try_for_each(|notice| say(desk, notice))?;
                    return match self.keeper.left_behind().last() {
                        Some(before) => {
                            say(desk, &format!("What you answered before stays in {} too.", before.display()))
                        }
                        None => Ok(()),
                    };
                }
                Err(trouble) => tell(desk, &trouble)?,
            }
        }
    }

    /// Moves the answers to a new manifest.
    pub(super) fn move_to(&mut self, path: PathBuf, session: &Session<'_>) -> Result<Vec<String>, Trouble> {
        let text = self.text(session).unwrap_or_else(|_| compose(session.ruleset(), &interviewed(session.exchange())));
        let notices = self.keeper.move_to(&Target::Manifest(path), &text)?;
        self.is_kept(text);
        Ok(notices)
    }
}

/// What a manifest is to state.
fn interviewed(exchange: &Exchange) -> Interviewed {
    Interviewed { facts: exchange.facts.clone(), told: exchange.told.clone(), told_nothing: exchange.told_nothing }
}

/// Something to take care about.
pub(super) fn say(desk: &mut dyn Desk, text: &str) -> Result<(), Halt> {
    let text = note(text, desk.ink());
    desk.say(&text)
}

/// What went wrong, and what to do.
pub(super) fn tell(desk: &mut dyn Desk, trouble: &Trouble) -> Result<(), Halt> {
    let Some(finding) = trouble.finding() else { return Err(Halt::Interrupted) };
    let help = finding.help_text().map(|help| format!(": {help}")).unwrap_or_default();
    say(desk, &format!("{}{help}.", finding.message()))
}

/// One of a few things to do.
pub(super) fn choose(desk: &mut dyn Desk, entries: &[&str]) -> Result<usize, Halt> {
    let entry = |label: &&str| Entry { label: (*label).to_owned(), help: None, id: String::new() };
    let entries = entries.iter().map(entry).collect();
    let pick = Pick::one("", entries, Vec::new());
    Ok(match desk.pick(&pick)? {
        Picked::One(at) => at,
        Picked::Several { .. } | Picked::Act(_) => 0,
    })
}
