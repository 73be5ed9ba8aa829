//! Somebody who is asked, at a desk.

use clearshare::interview::{Effect, Host, Reply, Review, Session};
use clearshare::model::{AnswerValue, Kind, MythIx, QuestionIx, SectionIx};
use clearshare::report::interview::{card, heading, note, restored, review, sent, set_aside, so_far, why};

use super::desk::{Action, Desk, Entry, Halt, How, Pick, Picked, Typed};
use super::keeping::Keeping;
use super::menu::Menu;

const TOLD: &str = "What have you been told?";
/// What is said where `--quick` ends the questions.
pub(super) const CUT_SHORT: &str = "The outcome can no longer change, so no more questions are asked. Without `--quick` they would \
                                    be: the advice could then say more of what to do.";
const PAGES: &str = "Read your answers page by page";
const OTHERS: &str = "The ones that do not fit here";

/// Asks somebody, and keeps what they answer.
pub(super) struct Asker<'d> {
    desk: &'d mut dyn Desk,
    keeping: &'d mut Keeping,
    section: Option<SectionIx>,
    /// Whether it was said that the outcome can no longer change.
    cut_short: bool,
}

impl<'d> Asker<'d> {
    /// At this desk, keeping answers there.
    pub(super) fn new(desk: &'d mut dyn Desk, keeping: &'d mut Keeping) -> Self {
        Self { desk, keeping, section: None, cut_short: false }
    }

    fn note(&mut self, text: &str) -> Result<(), Halt> {
        let text = note(text, self.desk.ink());
        self.desk.say(&text)
    }

    /// Says once that there would be more to ask.
    fn is_it_cut_short(&mut self, session: &mut Session<'_>) -> Result<(), Halt> {
        let before = std::mem::replace(&mut self.cut_short, session.is_cut_short());
        if self.cut_short && !before {
            self.desk.say("\n")?;
            self.note(CUT_SHORT)?;
        }
        Ok(())
    }

    /// Shows the question.
    fn card(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<(), Halt> {
        let section = session.ruleset().questions().get(question).map(|question| question.section);
        let begins = self.section != section;
        self.section = section;
        let progress = session.progress();
        let now = session.answer_to(question).cloned();
        // Apart from what was said of the question before.
        self.desk.say("\n")?;
        let text = card(session.ruleset(), question, progress, begins, now.as_ref(), self.desk.ink());
        self.desk.say(&text)
    }

    /// Does what was asked for beside an answer; true where the question is to be shown again.
    fn aside(&mut self, session: &mut Session<'_>, question: QuestionIx, action: Action) -> Result<bool, Halt> {
        let ink = self.desk.ink();
        let text = match action {
            Action::Why => {
                let hangs = session.hanging_on(question);
                why(session.ruleset(), question, &hangs, ink)
            }
            Action::SoFar => {
                let ruleset = session.ruleset();
                so_far(ruleset, session.so_far(), ink)
            }
            _ => return Ok(false),
        };
        self.desk.show(&text)?;
        Ok(true)
    }

    /// Puts the options that do not fit here: somebody may have been told to rely on one.
    fn others(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<Option<AnswerValue>, Halt> {
        let mut menu = Menu::of(session, question, false);
        menu.pick.how = How::One;
        menu.pick.now.clear();
        menu.pick.actions = vec![Action::Back];
        OTHERS.clone_into(&mut menu.pick.title);
        let ink = self.desk.ink();
        let said = "What you have answered rules these out. Choose one only if you mean to rely on it all the same: the \
                    advice then says what that means.";
        self.desk.say(&heading(OTHERS, &[said], ink))?;
        let picked = self.desk.pick(&menu.pick)?;
        let Some(value) = menu.answer(&picked) else { return Ok(None) };
        // Beside what fits and was chosen, where several may hold.
        Ok(Some(match (session.answer_to(question), value) {
            (Some(AnswerValue::Any { chosen, more }), AnswerValue::Any { chosen: other, .. }) => {
                let mut chosen: Vec<_> = chosen.iter().copied().chain(other).collect();
                chosen.sort_unstable();
                chosen.dedup();
                AnswerValue::Any { chosen, more: *more }
            }
            (_, value) => value,
        }))
    }

    fn text(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<Reply, Halt> {
        let now = match session.answer_to(question) {
            Some(AnswerValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        loop {
            let actions = [Action::Skip, Action::Back, Action::SoFar, Action::Stop];
            match self.desk.line("Type it and press Enter.", now.as_deref(), &actions)? {
                Typed::Text(text) => {
                    let value = AnswerValue::Text(text);
                    let text = sent(session.ruleset(), question, &value, self.desk.ink());
                    self.desk.say(&text)?;
                    return Ok(Reply::Answer(value));
                }
                Typed::Nothing | Typed::Act(Action::Skip) => return Ok(Reply::Skip),
                Typed::Act(Action::Stop) => return Ok(Reply::Stop),
                Typed::Act(Action::Back) => return Ok(Reply::Back),
                Typed::Act(action) => {
                    self.aside(session, question, action)?;
                    self.card(session, question)?;
                }
            }
        }
    }
}

impl Host for Asker<'_> {
    type Error = Halt;

    fn ask(&mut self, session: &mut Session<'_>, question: QuestionIx) -> Result<Reply, Halt> {
        self.is_it_cut_short(session)?;
        self.card(session, question)?;
        if session.ruleset().questions().get(question).is_some_and(|question| question.kind == Kind::Text) {
            return self.text(session, question);
        }
        let menu = Menu::of(session, question, true);
        loop {
            let picked = self.desk.pick(&menu.pick)?;
            let value = match picked {
                Picked::Act(Action::Back) => {
                    if session.before(Some(question)).is_none() {
                        self.note("This is the first question: there is nothing to go back to.")?;
                        continue;
                    }
                    return Ok(Reply::Back);
                }
                Picked::Act(Action::Stop) => return Ok(Reply::Stop),
                Picked::Act(Action::Others) => self.others(session, question)?,
                Picked::Act(action) if self.aside(session, question, action)? => None,
                ref picked => menu.answer(picked),
            };
            if let Some(value) = value {
                let text = sent(session.ruleset(), question, &value, self.desk.ink());
                self.desk.say(&text)?;
                return Ok(Reply::Answer(value));
            }
            self.card(session, question)?;
        }
    }

    fn may_drop(&mut self, session: &Session<'_>, effect: &Effect) -> Result<bool, Halt> {
        let text = set_aside(session, effect, self.desk.ink());
        self.desk.say(&text)?;
        self.desk.confirm("Change it?")
    }

    fn restored(&mut self, session: &Session<'_>, effect: &Effect) -> Result<(), Halt> {
        let text = restored(session, effect, self.desk.ink());
        self.desk.say(&text)
    }

    fn told(&mut self, session: &mut Session<'_>) -> Result<Option<Vec<MythIx>>, Halt> {
        self.is_it_cut_short(session)?;
        let ruleset = session.ruleset();
        let said = "People often say that something cannot be shared. Choose what you have heard of this exchange: the advice \
                    answers each. It changes nothing else.";
        let text = heading(TOLD, &[said], self.desk.ink());
        self.desk.say(&format!("\n{text}"))?;
        // Those that matter here come first.
        let matter = session.so_far().myths.clone();
        let rest = ruleset.myths().iter().map(|(ix, _)| ix).filter(|ix| !matter.contains(ix));
        let myths: Vec<MythIx> = matter.iter().copied().chain(rest).collect();
        let entry = |ix: &MythIx| {
            let myth = ruleset.myths().get(*ix);
            Entry {
                label: myth.map_or_else(String::new, |myth| clearshare::text::visible(&myth.belief).into_owned()),
                help: None,
                id: myth.map_or_else(String::new, |myth| myth.id.clone()),
            }
        };
        let told = &session.exchange().told;
        let now = myths.iter().enumerate().filter(|(_, ix)| told.contains(ix)).map(|(at, _)| at).collect();
        let entries = myths.iter().map(entry).collect();
        let pick = Pick {
            title: TOLD.to_owned(),
            how: How::Several,
            entries,
            now,
            unsure: false,
            more: false,
            foremost: matter.len(),
            actions: vec![Action::Stop],
        };
        Ok(match self.desk.pick(&pick)? {
            Picked::Several { chosen, .. } => Some(chosen.iter().filter_map(|at| myths.get(*at).copied()).collect()),
            Picked::One(at) => Some(myths.get(at).copied().into_iter().collect()),
            Picked::Act(_) => None,
        })
    }

    fn review(&mut self, session: &mut Session<'_>) -> Result<Review, Halt> {
        self.section = None;
        self.is_it_cut_short(session)?;
        let ruleset = session.ruleset();
        let text = review(ruleset, &session.exchange().facts, &session.exchange().told, self.desk.ink());
        self.desk.say(&format!("\n{text}"))?;
        loop {
            let mut entries = vec![
                Entry { label: Action::Finish.words().to_owned(), help: None, id: "finish".to_owned() },
                Entry { label: "Change an answer".to_owned(), help: None, id: "change".to_owned() },
                Entry { label: "Change what you have been told".to_owned(), help: None, id: "told".to_owned() },
            ];
            // What follows it takes some rows too.
            if !self.desk.has_room(text.lines().count() + 8) {
                entries.push(Entry { label: PAGES.to_owned(), help: None, id: "read".to_owned() });
            }
            let actions = vec![Action::SoFar, Action::Stop];
            match self.desk.pick(&Pick::one("", entries, actions))? {
                Picked::One(0) => return Ok(Review::Finish),
                Picked::One(1) => {
                    if let Some(question) = self.which(session)? {
                        return Ok(Review::Change(question));
                    }
                }
                Picked::One(2) => return Ok(Review::ChangeTold),
                Picked::One(_) => self.desk.show(&text)?,
                Picked::Act(Action::SoFar) => {
                    let text = so_far(ruleset, session.so_far(), self.desk.ink());
                    self.desk.show(&text)?;
                }
                Picked::Act(_) | Picked::Several { .. } => return Ok(Review::Stop),
            }
        }
    }

    fn keep(&mut self, session: &Session<'_>) -> Result<(), Halt> {
        self.keeping.keep(session, self.desk)
    }
}

impl Asker<'_> {
    /// Which answer to change.
    fn which(&mut self, session: &Session<'_>) -> Result<Option<QuestionIx>, Halt> {
        let ruleset = session.ruleset();
        let questions = ruleset.questions().iter();
        let can_change = |ix: QuestionIx, kind: Kind| session.answer_to(ix).is_some() || kind == Kind::Text;
        let (questions, entries): (Vec<QuestionIx>, Vec<Entry>) = questions
            .filter(|(ix, question)| can_change(*ix, question.kind))
            .map(|(ix, question)| {
                let label = clearshare::text::visible(&question.prompt).into_owned();
                (ix, Entry { label, help: None, id: question.id.clone() })
            })
            .unzip();
        let title = "Which answer do you want to change?";
        let text = heading(title, &[], self.desk.ink());
        self.desk.say(&format!("\n{text}"))?;
        Ok(match self.desk.pick(&Pick::one(title, entries, vec![Action::Back]))? {
            Picked::One(at) => questions.get(at).copied(),
            _ => None,
        })
    }
}
