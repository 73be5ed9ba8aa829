//! The things of a ruleset in the shapes of v1.

use super::v1;
use crate::model::{
    Changeable, Citation, Confidence, CopyRead, Due, InForce, Ix, Kind, Party, QuestionIx, RoleIx, Rule, SourceIx,
    Step, Who,
};
use crate::ruleset::Ruleset;

/// Which sources were cited: each is written once, in the ruleset's order.
pub(in crate::report) struct Cited<'a> {
    ruleset: &'a Ruleset,
    seen: Vec<bool>,
}

impl<'a> Cited<'a> {
    /// None is cited yet.
    pub(in crate::report) fn new(ruleset: &'a Ruleset) -> Self {
        Self { ruleset, seen: vec![false; ruleset.sources().len()] }
    }

    /// The ids of sources, noted as cited.
    pub(in crate::report) fn cite(&mut self, cites: &[SourceIx]) -> Vec<&'a str> {
        let mut ids = Vec::with_capacity(cites.len());
        for ix in cites {
            if let (Some(source), Some(seen)) = (self.ruleset.sources().get(*ix), self.seen.get_mut(ix.index())) {
                *seen = true;
                ids.push(source.id.as_str());
            }
        }
        ids
    }

    /// Every source that was cited.
    pub(in crate::report) fn sources(&self) -> Vec<v1::Source<'a>> {
        let cited = self.ruleset.sources().iter().zip(&self.seen).filter(|(_, seen)| **seen);
        cited.map(|((_, source), _)| self::source(source)).collect()
    }
}

fn source(source: &Citation) -> v1::Source<'_> {
    v1::Source {
        id: &source.id,
        title: &source.title,
        provision: source.provision.as_deref(),
        url: &source.url,
        read_on: source.read_on,
        copy: match source.copy {
            CopyRead::Live => "live",
            CopyRead::Archived => "archived",
            CopyRead::NotRead => "not-read",
        },
        confidence: match source.confidence {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        },
        in_force: source.in_force.map(|in_force| match in_force {
            InForce::From(date) => date.to_string(),
            InForce::NotAppointed => "not-appointed".to_owned(),
        }),
    }
}

pub(super) fn ruleset(ruleset: &Ruleset) -> v1::Ruleset<'_> {
    let info = ruleset.info();
    v1::Ruleset {
        id: &info.id,
        version: info.version.to_string(),
        status: info.state.word(),
        digest: ruleset.digest(),
        report_to: &info.report_to,
    }
}

pub(super) fn role(ruleset: &Ruleset, ix: RoleIx) -> v1::Role<'_> {
    let (id, title) = ruleset.roles().get(ix).map_or(("", ""), |role| (role.id.as_str(), role.title.as_str()));
    v1::Role { role: id, title }
}

pub(super) fn who(ruleset: &Ruleset, who: Who) -> v1::Who<'_> {
    let party = match who.party {
        Party::Any => "any",
        Party::From => "from",
        Party::To => "to",
    };
    v1::Who { party, role: role(ruleset, who.role) }
}

pub(super) fn steps<'a>(ruleset: &'a Ruleset, steps: &'a [Step]) -> Vec<v1::Step<'a>> {
    let step = |step: &'a Step| v1::Step {
        action: &step.action,
        who: who(ruleset, step.who),
        produces: step.produces.as_deref(),
    };
    steps.iter().map(step).collect()
}

pub(super) fn due(rule: &Rule) -> &'static str {
    match rule.due {
        Due::Before => "before",
        Due::After => "after",
    }
}

/// The ids of questions.
pub(super) fn ids<'a>(ruleset: &'a Ruleset, questions: &[QuestionIx]) -> Vec<&'a str> {
    questions.iter().filter_map(|ix| ruleset.questions().get(*ix)).map(|question| question.id.as_str()).collect()
}

/// Questions that still matter.
pub(super) fn questions<'a>(ruleset: &'a Ruleset, questions: &[QuestionIx]) -> Vec<v1::OpenQuestion<'a>> {
    let asked = questions.iter().filter_map(|ix| ruleset.questions().get(*ix));
    let question = |question: &'a crate::model::Question| v1::OpenQuestion {
        question: &question.id,
        kind: match question.kind {
            Kind::YesNo => "yes-no",
            Kind::OneOf => "one-of",
            Kind::AnyOf => "any-of",
            Kind::Text => "text",
        },
        changeable: match question.changeable {
            Changeable::Fixed => "fixed",
            Changeable::Design => "design",
            Changeable::Evidence => "evidence",
        },
        prompt: &question.prompt,
        why: question.why.as_deref(),
        who: question.who.map(|who| self::who(ruleset, who)),
    };
    asked.map(question).collect()
}
