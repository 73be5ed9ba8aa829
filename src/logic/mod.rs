//! Exact decisions over a finite space of answers.
//!
//! A ruleset is a function over finitely many answers. Each question becomes one or more
//! *variables*, each with finitely many values; conditions become *formulas* over literals
//! "variable `v` has a value in the set `S`". What is known so far is, for each variable, the
//! set of values still [`Possible`]. A *completion* picks one possible value for every variable.
//!
//! Three methods answer "does every completion agree?", each trusted only for what it can prove:
//!
//! 1. [`kleene`] — three-valued logic in one linear pass. *True* and *False* are proofs;
//!    *Unknown* says nothing.
//! 2. [`Witnesses`] — completions drawn from a fixed seed, 512 evaluated at once. Two completions
//!    that disagree prove that a formula is undetermined, or that a variable matters. Agreement
//!    says nothing.
//! 3. [`Diagrams`] — reduced decision diagrams of what is left. Exact both ways, within a budget
//!    that counts work and never time.
//!
//! [`Decider`] runs them in that order. When the budget runs out, answers only ever err towards
//! "undetermined" and "relevant", and say that they do.

mod aim;
mod bit_set;
mod build_error;
mod cone;
mod decider;
mod diagram_builder;
mod diagram_queries;
mod diagrams;
mod draws;
mod formulas;
mod formulas_builder;
mod ids;
mod implicants;
mod interner;
mod kleene;
mod lanes;
mod links;
mod node_store;
mod operation_memo;
mod order;
mod possible;
mod program;
mod raw_formulas;
mod residual;
mod substitution;
mod support;
mod value_set;
mod witnesses;

#[cfg(test)]
mod enumeration;
#[cfg(test)]
mod property_tests;

pub use build_error::BuildError;
pub use decider::{Decider, Possibility, Verdict};
pub use diagrams::{DEFAULT_NODE_BUDGET, Diagram, Diagrams, OverBudget};
pub use formulas::{Formulas, Shape};
pub use formulas_builder::FormulasBuilder;
pub use ids::{FormulaId, VarId};
pub use implicants::Choices;
pub use kleene::{KleeneValues, Truth, kleene};
pub use order::Order;
pub use possible::Possible;
pub use residual::Residual;
pub use support::{Dependence, Support};
pub use value_set::ValueSet;
pub use witnesses::Witnesses;
