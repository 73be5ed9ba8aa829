//! What the regulator's decision form asks besides. Most who decide have not all of it at hand, so it is one question.

use clearshare::report::record::{DATES, NECESSITY, RETENTION};

use super::line::said;
use super::{Asking, Step};
use crate::cli::ask::desk::{Action, Entry, Halt, Pick, Picked};

impl Asking<'_> {
    /// What was said of it, with what it is.
    pub(super) fn for_the_form(&self) -> Vec<String> {
        let all = [(NECESSITY, &self.said.necessity), (RETENTION, &self.said.retention), (DATES, &self.said.dates)];
        all.into_iter().filter_map(|(what, said)| said.as_ref().map(|said| format!("{what}: {said}"))).collect()
    }

    pub(super) fn form(&mut self) -> Result<Step, Halt> {
        const TITLE: &str = "Is there more for the regulator's decision form?";
        const ABOUT: &str = "Why sharing is necessary, how long the data is kept, and when it is shared. What is not said is left to be \
                             written in by hand.";
        let now = self.for_the_form();
        let shown: Vec<&str> = std::iter::once(ABOUT).chain(now.iter().map(String::as_str)).collect();
        self.head(TITLE, &shown)?;
        let entry = |label: &str, id: &str| Entry { label: label.to_owned(), help: None, id: id.to_owned() };
        let entries = if now.is_empty() {
            vec![entry("No", "no"), entry("Yes", "yes")]
        } else {
            vec![entry("Leave it as it is", "no"), entry("Say it anew", "yes")]
        };
        let pick = Pick { now: vec![0], ..Pick::one(TITLE, entries, vec![Action::Back, Action::Leave]) };
        match self.pick(&pick)? {
            Picked::One(0) => return Ok(Step::Next),
            Picked::One(_) => {}
            Picked::Act(Action::Leave) => return Ok(Step::Leave),
            _ => return Ok(Step::Back),
        }
        let (necessity, retention, dates) =
            (self.said.necessity.clone(), self.said.retention.clone(), self.said.dates.clone());
        self.said.necessity = said!(self.text_or_not("Why is sharing the data necessary?", necessity.as_deref())?);
        let prompt = "How long is the data kept, and how is it deleted?";
        self.said.retention = said!(self.text_or_not(prompt, retention.as_deref())?);
        self.said.dates = said!(self.text_or_not("When is the data shared, or how often?", dates.as_deref())?);
        Ok(Step::Next)
    }
}
