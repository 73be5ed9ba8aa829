//! No rule holds by a question's not arising, unless it says so.
//!
//! A test is *negative* where it stands under an odd number of `none` and `not` in the rule itself. Tests inside a derived
//! fact are not the rule's: what a fact is where a question does not arise was decided where the fact is defined.
//!
//! - For each rule and each question that some test of its `when`, the head of its theme included, tests negatively: unless
//!   the rule names the question under `even-unasked`, its `when` never holds inside the screen where the question does not
//!   arise. The same for its `met-when`, and where the rule is met. Named once for each rule and question, at the first
//!   such test of the `when`, else of the `met-when` (`unguarded-negation`).
//! - Each question under `even-unasked` is one that would be named otherwise (`idle-acknowledgement`).

use std::sync::Arc;

use super::examiner::Examiner;
use super::ground::Ground;
use super::tasks::{Task, divided};
use super::verification::Property;
use crate::finding::{Code, Finding};
use crate::logic::FormulaId;
use crate::model::{Condition, QuestionIx, Rule, RuleIx, Subject, Test};
use crate::proof::Proof;
use crate::text::quoted;

/// The statements of this property.
pub(super) fn tasks<'g>(ground: &'g Ground<'g>) -> Vec<Task<'g>> {
    let Some(stated) = ground.stating(|_| ()) else { return Vec::new() };
    let stated = Arc::new(stated);
    let rules: Arc<Vec<RuleIx>> = Arc::new(ground.parts().rules.ids().collect());
    let task = |range: std::ops::Range<usize>| {
        let (stated, rules) = (Arc::clone(&stated), Arc::clone(&rules));
        Task::new(Property::Guarded, move |allowance| {
            let mut examiner = Examiner::new(ground, &stated, Property::Guarded, allowance);
            for ix in rules.get(range).unwrap_or(&[]) {
                rule(&mut examiner, *ix);
            }
            examiner.ledger
        })
    };
    divided(rules.len()).map(task).collect()
}

/// A question that is tested negatively, where, and what must not hold while it does not arise.
struct Negation<'r> {
    question: QuestionIx,
    test: &'r Test,
    holds: FormulaId,
    is_met: bool,
}

fn rule(examiner: &mut Examiner<'_>, ix: RuleIx) {
    let ground = examiner.ground;
    let parts = ground.parts();
    let rule = parts.rules.at(ix);
    let formulas = ground.rules.at(ix);
    let mut negations = Vec::new();
    for (condition, holds, is_met) in
        [(Some(&*rule.when), Some(formulas.when), false), (rule.met_when.as_ref(), formulas.met, true)]
    {
        let (Some(condition), Some(holds)) = (condition, holds) else { continue };
        negative(condition, false, &mut |question, test| {
            negations.push(Negation { question, test, holds, is_met });
        });
    }
    let mut questions: Vec<QuestionIx> = negations.iter().map(|negation| negation.question).collect();
    questions.extend(&rule.even_unasked);
    questions.sort_unstable();
    questions.dedup();
    for question in questions {
        // A test may stand in several places; what must not hold is the same in `when` and in `met-when` each.
        let of = |is_met: bool| negations.iter().find(|found| found.question == question && found.is_met == is_met);
        let found: Vec<&Negation<'_>> = [of(false), of(true)].into_iter().flatten().collect();
        judge(examiner, rule, question, &found);
    }
}

fn judge(examiner: &mut Examiner<'_>, rule: &Rule, question: QuestionIx, negations: &[&Negation<'_>]) {
    let ground = examiner.ground;
    let region = (ground.where_rule(rule), true);
    let unasked = (ground.arises(question), false);
    let acknowledged = rule.even_unasked.contains(&question);
    let (id, asked) = (quoted(&rule.id), quoted(&ground.parts().questions.at(question).id));
    let mut open = false;
    for negation in negations {
        let wanted = [(negation.holds, true), region, unasked];
        match examiner.prover.together(&wanted) {
            Proof::Never => {}
            Proof::NotProved => open = true,
            Proof::Sometimes if acknowledged => return examiner.ledger.holds(),
            Proof::Sometimes => {
                let holds = if negation.is_met { "be met" } else { "apply" };
                let message = format!(
                    "rule {id} can {holds} although question {asked}, which it tests negatively, does not arise"
                );
                let help = format!(
                    "test first what makes {asked} arise; or, if the rule is right all the same, write `even-unasked: [{}]` in it",
                    ground.parts().questions.at(question).id
                );
                let finding = Finding::new(Code::UnguardedNegation, message)
                    .at(negation.test.place)
                    .related(rule.place, "in this rule")
                    .help(help);
                return examiner.shown(finding, &wanted);
            }
        }
    }
    if open {
        let statement = format!("that rule {id} does not hold where question {asked} does not arise");
        return examiner.ledger.open(rule.place, &statement);
    }
    if acknowledged {
        let message = format!("rule {id} names {asked} under `even-unasked`, but never holds by its not arising");
        let finding =
            Finding::new(Code::IdleAcknowledgement, message).at(rule.place).help("take it out of `even-unasked`");
        return examiner.ledger.fails(finding, None);
    }
    examiner.ledger.holds();
}

/// Calls `found` with each question that a condition tests negatively, and the test that stands in the condition itself.
fn negative<'c>(condition: &'c Condition, negated: bool, found: &mut impl FnMut(QuestionIx, &'c Test)) {
    match condition {
        Condition::All(of) | Condition::Any(of) | Condition::Count { of, .. } => {
            of.iter().for_each(|part| negative(part, negated, found));
        }
        Condition::None(of) => of.iter().for_each(|part| negative(part, !negated, found)),
        Condition::Not(part) => negative(part, !negated, found),
        Condition::Test(test) => {
            if let (Subject::Question(question, _), true) = (&test.subject, negated) {
                found(*question, test);
            }
        }
    }
}
