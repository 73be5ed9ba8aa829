//! One exchange: who sends what to whom, what was answered, and the advice on it.

use serde::Serialize;

use super::derivation::{Line, of_fact};
use super::group::{GroupView, groups};
use super::rule::{RuleView, StepView, in_force, rule, step};
use super::source::Numbers;
use super::words::{Standing, who};
use crate::record::v1::{
    Candidate, Candidates, Condition, Derived, Flow, Holds, Known, Myth, OpenQuestion, Record, UpcomingOption,
};
use crate::report::record::facts::{Facts, word};
use crate::report::words::or;

/// One exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FlowView<'a> {
    /// `main`, or the flow's id.
    pub id: &'a str,
    /// The outcome.
    pub outcome: Standing,
    /// Whether a limit of work was reached: something may be called open that is not.
    pub over_budget: bool,
    /// Who sends, where that was answered.
    pub from: Option<Endpoint<'a>>,
    /// Who receives, where that was answered.
    pub to: Option<Endpoint<'a>>,
    /// What is sent: the answers on what form the data has, and what it is about.
    pub sends: Vec<String>,
    /// How it travels.
    pub travels: Vec<String>,
    /// Where the recipient keeps it.
    pub held: Vec<String>,
    /// What the recipient uses it for.
    pub purpose: Vec<String>,
    /// The legal powers that were chosen.
    pub powers: Vec<String>,
    /// The conclusions that people see.
    pub conclusions: Vec<ConclusionView<'a>>,
    /// The options that are open, by question: legal powers, lawful bases.
    pub candidates: Vec<CandidatesView<'a>>,
    /// The groups that have rules, in reading order.
    pub groups: Vec<GroupView>,
    /// Every rule, in the ruleset's order. Each is in one group.
    pub rules: Vec<RuleView<'a>>,
    /// Options that would be open if they were in force.
    pub upcoming: Vec<UpcomingView<'a>>,
    /// Beliefs that were told, or that matter here, and the truth; those that were told first.
    pub myths: Vec<MythView<'a>>,
    /// Questions without an answer that still matter.
    pub open: Vec<QuestionView<'a>>,
    /// Questions answered `unknown` on which something still depends.
    pub unknown: Vec<QuestionView<'a>>,
    /// What was answered, by section.
    pub sections: Vec<SectionView<'a>>,
}

/// Who sends or receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Endpoint<'a> {
    /// The answer as a manifest writes it: `hmrc`.
    pub id: &'a str,
    /// In words.
    pub label: &'a str,
    /// The country, where it was asked for.
    pub country: Option<&'a str>,
}

/// A conclusion that people see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConclusionView<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// What it is: a sentence, or the value; where it is not determined, what it can be.
    pub says: String,
    /// Whether it is determined.
    pub settled: bool,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
    /// Why it has its value.
    pub derivation: Vec<Line>,
}

/// The open options of one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidatesView<'a> {
    /// The question.
    pub question: &'a str,
    /// What stands above them.
    pub heading: &'a str,
    /// Whether one that fits was chosen.
    pub chosen: bool,
    /// The options.
    pub options: Vec<CandidateView<'a>>,
}

/// An option still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CandidateView<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// Whether the manifest names it.
    pub chosen: bool,
    /// Whether it fits whatever is answered next.
    pub certain: bool,
    /// Both in words: "Chosen, and it fits".
    pub standing: &'static str,
    /// What must hold for it to be relied on.
    pub conditions: Vec<NeedView<'a>>,
    /// What to do to rely on it.
    pub steps: Vec<StepView<'a>>,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
}

/// What must hold for an option to be relied on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedView<'a> {
    /// What.
    pub must_hold: &'a str,
    /// Who confirms it.
    pub confirmed_by: String,
}

/// An option that would be open if it were in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpcomingView<'a> {
    /// The question.
    pub question: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// When it will be in force: a sentence.
    pub says: String,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
}

/// A belief, and the truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MythView<'a> {
    /// Its id.
    pub id: &'a str,
    /// What is believed.
    pub belief: &'a str,
    /// What is so.
    pub truth: &'a str,
    /// Whether the team was told it.
    pub told: bool,
    /// What has to be read before the truth, where this exchange may be none that it is written for.
    pub before: Option<&'static str>,
    /// What says so: numbers of sources.
    pub sources: Vec<usize>,
}

/// A question that still matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionView<'a> {
    /// Its id.
    pub question: &'a str,
    /// What is asked.
    pub prompt: &'a str,
    /// Why.
    pub why: Option<&'a str>,
    /// Who would know.
    pub who: Option<String>,
}

/// The answers of one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionView<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Its answers.
    pub answers: Vec<AnswerView<'a>>,
}

/// What was answered to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerView<'a> {
    /// Its id.
    pub question: &'a str,
    /// What was asked.
    pub prompt: &'a str,
    /// The answers in words.
    pub answers: Vec<&'a str>,
    /// The answers as a manifest writes them.
    pub values: Vec<&'a str>,
    /// The line of the manifest.
    pub line: Option<u32>,
}

pub(super) fn flow<'a>(record: &'a Record, flow: &'a Flow, numbers: &Numbers<'_>) -> FlowView<'a> {
    let known = record.facts.iter().find(|known| known.id == flow.id);
    let facts = Facts::new(record, flow);
    // A power that was named and does not reach this exchange must not look as if the exchange rested on it.
    let labels = |questions: &[&str]| -> Vec<String> {
        questions.iter().flat_map(|question| facts.all_words(question)).collect()
    };
    let mut myths: Vec<MythView<'a>> = flow.myths.iter().filter_map(|one| myth(one, numbers)).collect();
    myths.sort_by_key(|myth| !myth.told);
    FlowView {
        id: &flow.id,
        outcome: Standing::of(flow.outcome),
        over_budget: flow.over_budget,
        from: endpoint(&facts, "from"),
        to: endpoint(&facts, "to"),
        sends: labels(&["data.form", "data.about", "data.topic"]),
        travels: labels(&["handling.route"]),
        held: labels(&["hosting.kind"]),
        purpose: labels(&["purpose.use"]),
        powers: labels(&["power.gateway"]),
        conclusions: flow.derived.iter().filter_map(|derived| conclusion(derived, numbers)).collect(),
        candidates: flow.candidates.iter().map(|of| candidates(of, numbers)).collect(),
        groups: groups(&flow.rules),
        rules: flow.rules.iter().map(|one| rule(record, &flow.id, one, numbers)).collect(),
        upcoming: flow.upcoming.iter().map(|option| upcoming(option, numbers)).collect(),
        myths,
        open: flow.open.iter().map(question).collect(),
        unknown: flow.unknown.iter().map(question).collect(),
        sections: known.map(sections).unwrap_or_default(),
    }
}

fn endpoint<'a>(facts: &Facts<'a>, party: &str) -> Option<Endpoint<'a>> {
    let of = |key: &str| facts.answer(&format!("{party}.{key}")).and_then(|answer| answer.answers.first());
    let body = of("body")?;
    Some(Endpoint { id: &body.value, label: word(body), country: of("country").map(word) })
}

fn conclusion<'a>(derived: &'a Derived, numbers: &Numbers<'_>) -> Option<ConclusionView<'a>> {
    let says = match (&derived.value, &derived.says, &derived.at_least) {
        (Some(_), Some(says), _) => says.clone(),
        // Without words it is for the rules alone, as in the advice itself.
        (Some(_), None, _) => return None,
        (None, _, Some(least)) => format!("Not settled yet: at least {least}."),
        (None, _, None) => format!("Not settled yet: {}.", or(&derived.possible)),
    };
    derived.shown.then(|| ConclusionView {
        id: &derived.id,
        title: &derived.title,
        says,
        settled: derived.value.is_some(),
        sources: numbers.of(&derived.sources),
        derivation: derived.derivation.as_ref().map(of_fact).unwrap_or_default(),
    })
}

fn candidates<'a>(of: &'a Candidates, numbers: &Numbers<'_>) -> CandidatesView<'a> {
    CandidatesView {
        question: &of.question,
        heading: &of.heading,
        chosen: of.options.iter().any(|option| option.chosen && option.certain),
        options: of.options.iter().map(|option| candidate(option, numbers)).collect(),
    }
}

fn candidate<'a>(option: &'a Candidate, numbers: &Numbers<'_>) -> CandidateView<'a> {
    let standing = match (option.chosen, option.certain) {
        (true, true) => "Chosen, and it fits",
        (true, false) => "Chosen, and it may fit",
        (false, true) => "Fits, and was not chosen",
        (false, false) => "May fit, and was not chosen",
    };
    let need = |condition: &'a Condition| NeedView {
        must_hold: &condition.must_hold,
        confirmed_by: who(&condition.confirmed_by),
    };
    CandidateView {
        id: &option.id,
        label: &option.label,
        chosen: option.chosen,
        certain: option.certain,
        standing,
        conditions: option.conditions.iter().map(need).collect(),
        steps: option.steps.iter().map(step).collect(),
        sources: numbers.of(&option.sources),
    }
}

fn upcoming<'a>(option: &'a UpcomingOption, numbers: &Numbers<'_>) -> UpcomingView<'a> {
    UpcomingView {
        question: &option.question,
        id: &option.id,
        label: &option.label,
        says: in_force(option.from),
        sources: numbers.of(&option.sources),
    }
}

/// A truth is written for the exchanges where its belief matters: where this is none of them, or may be none, that comes before it.
fn myth<'a>(myth: &'a Myth, numbers: &Numbers<'_>) -> Option<MythView<'a>> {
    let before = match myth.condition {
        Holds::Holds => None,
        Holds::DoesNotHold => {
            Some("By the answers, this exchange is not one that the following is written for. Do not rely on it here.")
        }
        Holds::Undetermined => Some(
            "It is not known whether the following is written for this exchange. Until it is, do not rely on it here.",
        ),
    };
    (myth.told || before.is_none()).then(|| MythView {
        id: &myth.id,
        belief: &myth.belief,
        truth: &myth.truth,
        told: myth.told,
        before,
        sources: numbers.of(&myth.sources),
    })
}

fn question(question: &OpenQuestion) -> QuestionView<'_> {
    QuestionView {
        question: &question.question,
        prompt: &question.prompt,
        why: question.why.as_deref(),
        who: question.who.as_ref().map(who),
    }
}

/// The answers, by section: sections stand in the order in which they first come. What was answered to the safety screen is not shown.
fn sections(known: &Known) -> Vec<SectionView<'_>> {
    let mut sections: Vec<SectionView<'_>> = Vec::new();
    for answer in known.answers.iter().filter(|answer| !answer.screening) {
        let view = AnswerView {
            question: &answer.question,
            prompt: &answer.prompt,
            answers: answer.answers.iter().map(word).collect(),
            values: answer.answers.iter().map(|word| word.value.as_str()).collect(),
            line: answer.given.map(|given| given.line),
        };
        match sections.iter_mut().find(|section| section.title == answer.section) {
            Some(section) => section.answers.push(view),
            None => sections.push(SectionView { title: &answer.section, answers: vec![view] }),
        }
    }
    sections
}
