//! Why the advice on a case is not what the case expects.

use super::super::why::{self, Line};
use crate::cases::{CaseResult, Difference, Differs};
use crate::engine::{Advice, Evaluator, Explainer, deciding};
use crate::model::{Date, Exchange, OptionIx, Outcome, QuestionIx, RuleIx, Status};
use crate::report::snippet::location;
use crate::ruleset::Ruleset;
use crate::text::{Place, Sources};

/// How many rules behind an outcome are gone into.
const MOST: usize = 5;

/// The differences of one case, each with the lines that explain it.
pub(super) fn explained<'r>(
    evaluator: &mut Evaluator<'_>,
    sources: &Sources,
    result: &'r CaseResult<'_>,
) -> Vec<(&'r Difference, Vec<Line>)> {
    let (alone, whole): (Vec<_>, Vec<_>) =
        result.differences.iter().partition(|difference| matches!(difference.differs, Differs::Alone { .. }));
    let mut explained = of_run(evaluator, sources, &result.exchange, result.as_of, whole);
    if let Some(run) = &result.alone {
        explained.extend(of_run(evaluator, sources, &run.exchange, result.as_of, alone));
    }
    explained
}

/// The differences of one run.
fn of_run<'r>(
    evaluator: &mut Evaluator<'_>,
    sources: &Sources,
    exchange: &Exchange,
    as_of: Date,
    differences: Vec<&'r Difference>,
) -> Vec<(&'r Difference, Vec<Line>)> {
    let advice = evaluator.evaluate(exchange, as_of);
    let ruleset = evaluator.ruleset();
    let explainer = evaluator.explainer(exchange, &advice);
    let why = Why { ruleset, sources, advice: &advice, explainer };
    differences.into_iter().map(|difference| (difference, why.lines(&difference.differs))).collect()
}

struct Why<'a> {
    ruleset: &'a Ruleset,
    sources: &'a Sources,
    advice: &'a Advice,
    explainer: Explainer<'a>,
}

impl Why<'_> {
    fn lines(&self, differs: &Differs) -> Vec<Line> {
        match differs {
            Differs::Outcome { expected, .. } | Differs::Alone { expected, .. } => self.outcome(*expected),
            Differs::Status { rule, .. } | Differs::UnnamedRule { rule, .. } => self.rule(*rule),
            Differs::Level { rule, .. }
            | Differs::Basis { rule, .. }
            | Differs::Due { rule, .. }
            | Differs::Refer { rule, .. } => self.written(*rule),
            Differs::Derived { fact, .. } | Differs::UnnamedDerived { fact, .. } => {
                self.because(&self.explainer.derived(*fact))
            }
            Differs::Candidate { question, option }
            | Differs::NotCandidate { question, option }
            | Differs::UnnamedCandidate { question, option } => self.option(*question, *option),
            Differs::Moot(question) | Differs::Arises(question) => self.arises(*question),
            Differs::Myth(myth) | Differs::UnnamedMyth(myth) => {
                let when = self.ruleset.myths().get(*myth).map(|myth| &myth.when);
                when.map_or_else(Vec::new, |when| self.because(&self.explainer.condition(when)))
            }
        }
    }

    fn because(&self, reasons: &[crate::engine::Reason<'_>]) -> Vec<Line> {
        why::because(self.ruleset, reasons, "")
    }

    /// The rules that make the outcome what it is, and what the expected one would have needed.
    fn outcome(&self, expected: Outcome) -> Vec<Line> {
        let mut lines = Vec::new();
        if expected > self.advice.outcome {
            lines.push(line(0, lacking(expected)));
        }
        let rules = deciding(self.ruleset, self.advice);
        for rule in rules.iter().take(MOST) {
            let Some((id, level)) = self.ruleset.rules().get(*rule).map(|rule| (&rule.id, rule.level)) else {
                continue;
            };
            let status = self.advice.status(*rule);
            lines.push(line(0, &format!("{id} ({}): {}, because:", level.word(), status.word())));
            lines.extend(self.rule(*rule).into_iter().map(|line| Line { depth: line.depth + 1, ..line }));
        }
        if rules.len() > MOST {
            lines.push(line(0, &format!("and {} more rules", rules.len() - MOST)));
        }
        lines
    }

    fn rule(&self, ix: RuleIx) -> Vec<Line> {
        let Some(rule) = self.ruleset.rules().get(ix) else { return Vec::new() };
        if rule.upcoming.is_some() && self.advice.status(ix) == Status::NotApplicable {
            return vec![line(0, "it is not in force yet")];
        }
        why::derivation(self.ruleset, &self.explainer.rule(ix, rule), "")
    }

    /// Where the ruleset says what a rule is.
    fn written(&self, rule: RuleIx) -> Vec<Line> {
        let at = self.ruleset.rules().get(rule).and_then(|rule| location(rule.place, self.sources));
        at.map_or_else(Vec::new, |at| vec![line(0, &format!("the rule is at {at}"))])
    }

    fn option(&self, question: QuestionIx, option: OptionIx) -> Vec<Line> {
        let mut lines = self.arises(question);
        let Some(choice) = self.ruleset.choice(question, option) else { return lines };
        if !choice.candidate {
            lines.push(line(0, "the ruleset says that it is no candidate"));
        }
        if choice.upcoming.is_some() {
            lines.push(line(0, "it is not in force yet"));
        }
        match &*choice.only_if {
            Some(condition) => lines.extend(self.because(&self.explainer.condition(condition))),
            None if lines.is_empty() => lines.push(line(0, "it is open in every case: it has no `only-if`")),
            None => {}
        }
        lines
    }

    fn arises(&self, question: QuestionIx) -> Vec<Line> {
        let condition = self.ruleset.questions().get(question).and_then(|asked| asked.only_if.as_ref());
        let lines = condition.map_or_else(Vec::new, |condition| self.because(&self.explainer.condition(condition)));
        let head = line(0, "whether the question arises:");
        if lines.is_empty() {
            return lines;
        }
        std::iter::once(head).chain(lines.into_iter().map(|line| Line { depth: line.depth + 1, ..line })).collect()
    }
}

fn line(depth: usize, text: &str) -> Line {
    Line { depth, text: text.to_owned() }
}

/// What an outcome needs that did not come about.
fn lacking(expected: Outcome) -> &'static str {
    match expected {
        Outcome::Stop => "no rule of level must-not applies",
        Outcome::Refer | Outcome::Screened => "no rule with a referral applies",
        Outcome::Incomplete => "nothing that could stop or hold up the exchange is undetermined",
        Outcome::ActFirst | Outcome::Ready => "no must that is due before sharing is outstanding",
    }
}

/// A place in a file as it is shown.
pub(super) fn shown(place: Place, sources: &Sources) -> String {
    location(place, sources).unwrap_or_default()
}
