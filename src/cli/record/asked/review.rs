//! The decision as a whole, before it is written.

use clearshare::finding::Findings;
use clearshare::record::{Sealed, UncheckedDecision};
use clearshare::report::record::summary;

use super::{Asking, On, Part, Step};
use crate::cli::ask::desk::{Action, Desk, Entry, Halt, Pick, Picked};

/// What a record of it would be, or what is wrong.
pub(in crate::cli::record) type Record<'a> =
    &'a mut dyn FnMut(UncheckedDecision) -> anyhow::Result<Result<Sealed, Findings>>;

/// Asks what was decided, until somebody wants it to be written; none where they want to stop. The inner error is of the program.
pub(in crate::cli::record) fn asked(
    desk: &mut dyn Desk,
    on: &On<'_>,
    said: UncheckedDecision,
    path: &str,
    record: Record<'_>,
) -> Result<anyhow::Result<Option<Sealed>>, Halt> {
    let mut asking = Asking { desk, on, said };
    if asking.all()? == Step::Leave {
        return Ok(Ok(None));
    }
    loop {
        let sealed = match record(asking.said.clone()) {
            Ok(Ok(sealed)) => Some(sealed),
            Ok(Err(findings)) => {
                for finding in findings.into_sorted() {
                    let help = finding.help_text().map(|help| format!(" ({help})")).unwrap_or_default();
                    asking.note(&format!("This cannot be recorded: {}{help}.", finding.message()))?;
                }
                None
            }
            Err(error) => return Ok(Err(error)),
        };
        if let Some(sealed) = &sealed {
            let text = summary(&sealed.record, asking.desk.ink());
            asking.desk.say(&format!("\n{text}"))?;
        }
        match asking.what_now(path, sealed.is_some())? {
            Now::Write => return Ok(Ok(sealed)),
            Now::Leave => return Ok(Ok(None)),
            Now::Again => {}
        }
    }
}

/// What somebody wants who has seen the whole.
enum Now {
    Write,
    Again,
    Leave,
}

impl Asking<'_> {
    fn what_now(&mut self, path: &str, whole: bool) -> Result<Now, Halt> {
        const TITLE: &str = "Is all of it right?";
        self.head(TITLE, &[])?;
        let entry = |label: String, id: &str| Entry { label, help: None, id: id.to_owned() };
        let path = clearshare::text::visible(path);
        let mut entries = Vec::new();
        entries.extend(whole.then(|| entry(format!("Yes: write the record to {path}"), "write")));
        entries.push(entry("No: change something".to_owned(), "change"));
        let picked = self.pick(&Pick::one(TITLE, entries, vec![Action::Leave]))?;
        match (picked, whole) {
            (Picked::One(0), true) => Ok(Now::Write),
            (Picked::One(_), _) => Ok(if self.change()? == Step::Leave { Now::Leave } else { Now::Again }),
            _ => Ok(Now::Leave),
        }
    }

    /// Asks for a part once more, and for what hangs on it.
    fn change(&mut self) -> Result<Step, Halt> {
        const TITLE: &str = "What do you want to change?";
        let parts: Vec<Part> = Part::ALL.into_iter().filter(|part| self.arises(*part)).collect();
        let entries =
            parts.iter().map(|part| Entry { label: part.words().to_owned(), help: None, id: String::new() }).collect();
        self.head(TITLE, &[])?;
        let part = match self.pick(&Pick::one(TITLE, entries, vec![Action::Back, Action::Leave]))? {
            Picked::One(at) => parts.get(at).copied(),
            Picked::Act(Action::Leave) => return Ok(Step::Leave),
            _ => None,
        };
        let Some(part) = part else { return Ok(Step::Next) };
        if self.part(part)? == Step::Leave {
            return Ok(Step::Leave);
        }
        if part != Part::Choice {
            return Ok(Step::Next);
        }
        if self.arises(Part::Conditions) && self.conditions()? == Step::Leave {
            return Ok(Step::Leave);
        }
        // Whoever disagrees has to be answered where the data is shared by now.
        Ok(self.answers_lack()?.unwrap_or(Step::Next))
    }
}
