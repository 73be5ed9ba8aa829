//! The arena as straight-line steps, for three-valued logic.
//!
//! Walking the formulas as stored branches on each one's kind and number of parts, and mispredicted
//! branches cost several times the work itself. Here every conjunction and disjunction is a row of
//! steps of one form, which only the rare counting formulas interrupt.

use std::cell::Cell;

use super::formulas::{Formulas, Node, Span};
use super::{FormulaId, Possible, ValueSet, VarId};

/// Truth as a number: `1` is true, `-2` is false, and both `0` and `-1` are unknown. The smallest
/// is the conjunction, the largest the disjunction, and turning all bits round the opposite, each
/// of which takes a processor no more than a moment.
pub(super) type Sign = i8;

/// The sign of what is true.
pub(super) const TRUE: Sign = 1;
/// The sign of what is false.
pub(super) const FALSE: Sign = -2;
/// One of the signs of what is unknown.
const UNKNOWN: Sign = 0;

/// Turned round by this, a sign is that of the opposite.
const FLIP: Sign = -1;
/// Turned round by this, a sign stays as it is.
const KEEP: Sign = 0;

/// Steps that work out every formula of an arena, each after those it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Program {
    narrow: Vec<Narrow>,
    wide: Vec<Wide>,
    steps: Vec<Step>,
}

/// A literal on a variable with at most 64 values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Narrow {
    bits: u64,
    out: FormulaId,
    var: VarId,
}

/// A literal on a variable with more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wide {
    set: u32,
    out: FormulaId,
    var: VarId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The smaller of two, each first turned round by `before`; then turned round by `after`.
    Join { a: FormulaId, b: FormulaId, out: FormulaId, before: Sign, after: Sign },
    /// Whether at least so many parts are true.
    Count { least: u32, span: Span, out: FormulaId },
}

impl Program {
    /// The program of an arena whose stored fields are in place.
    pub(super) fn of(formulas: &Formulas) -> Self {
        let mut program = Self::default();
        for (at, node) in formulas.nodes.iter().enumerate() {
            let out = FormulaId::at(at);
            match *node {
                Node::False | Node::True => {}
                Node::Lit { var, set } => {
                    let tested = formulas.sets.get(set as usize).and_then(ValueSet::small);
                    match tested.filter(|_| formulas.domain(var).is_some_and(|size| size <= 64)) {
                        Some(bits) => program.narrow.push(Narrow { bits, out, var }),
                        None => program.wide.push(Wide { set, out, var }),
                    }
                }
                Node::Not(part) => program.join(out, part, part, KEEP, FLIP),
                Node::And(span) => program.row(out, FormulaId::TRUE, formulas.parts(span), KEEP),
                Node::Or(span) => program.row(out, FormulaId::FALSE, formulas.parts(span), FLIP),
                Node::AtLeast { least, span } => {
                    program.steps.push(Step::Count { least, span, out });
                }
            }
        }
        program
    }

    /// A disjunction is the opposite of the conjunction of the opposites.
    fn row(&mut self, out: FormulaId, neutral: FormulaId, parts: Option<&[FormulaId]>, turn: Sign) {
        match parts.unwrap_or(&[]) {
            [] => self.join(out, neutral, neutral, KEEP, KEEP),
            [only] => self.join(out, *only, *only, KEEP, KEEP),
            [first, second, others @ ..] => {
                self.join(out, *first, *second, turn, turn);
                for other in others {
                    self.join(out, out, *other, turn, turn);
                }
            }
        }
    }

    fn join(&mut self, out: FormulaId, a: FormulaId, b: FormulaId, before: Sign, after: Sign) {
        self.steps.push(Step::Join { a, b, out, before, after });
    }

    /// Works out the truth of every formula. Whatever cannot be looked up counts as unknown, which
    /// claims nothing.
    pub(super) fn run(&self, formulas: &Formulas, possible: &Possible, out: &mut Vec<Sign>) {
        out.clear();
        out.resize(formulas.len(), UNKNOWN);
        for (constant, sign) in out.iter_mut().zip([FALSE, TRUE]) {
            *constant = sign;
        }
        // Cells let a truth be written while others are read.
        let cells = Cell::from_mut(out.as_mut_slice()).as_slice_of_cells();
        let set = |at: FormulaId, sign: Sign| {
            if let Some(cell) = cells.get(at.index()) {
                cell.set(sign);
            }
        };
        let sets = possible.sets();
        for literal in &self.narrow {
            let left = sets.get(literal.var.index()).and_then(ValueSet::small).unwrap_or(u64::MAX);
            set(literal.out, sign(left & literal.bits != 0, left & !literal.bits != 0));
        }
        for literal in &self.wide {
            let tested = formulas.sets.get(literal.set as usize);
            if let Some((left, tested)) = sets.get(literal.var.index()).zip(tested) {
                set(literal.out, sign(left.intersects(tested), !left.is_subset_of(tested)));
            }
        }
        let get = |at: FormulaId| cells.get(at.index()).map_or(UNKNOWN, Cell::get);
        for step in &self.steps {
            match *step {
                Step::Join { a, b, out, before, after } => {
                    set(out, (get(a) ^ before).min(get(b) ^ before) ^ after);
                }
                Step::Count { least, span, out } => {
                    let (mut certain, mut conceivable) = (0_u32, 0_u32);
                    for part in formulas.parts(span).unwrap_or(&[]) {
                        let truth = get(*part);
                        certain += u32::from(truth == TRUE);
                        conceivable += u32::from(truth != FALSE);
                    }
                    set(out, sign(conceivable >= least, certain < least));
                }
            }
        }
    }
}

/// The truth of what can come true or not, and can come false or not.
fn sign(can_be_true: bool, can_be_false: bool) -> Sign {
    match (can_be_true, can_be_false) {
        (true, false) => TRUE,
        (false, true) => FALSE,
        _ => UNKNOWN,
    }
}
