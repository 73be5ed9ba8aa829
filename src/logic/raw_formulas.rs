//! A packed arena before it has been checked.

use serde::Deserialize;

use super::formulas::{Formulas, Node, Span};
use super::links::LazyLinks;
use super::program::Program;
use super::{FormulaId, ValueSet};

/// The fields of a packed [`Formulas`], not yet trusted.
#[derive(Deserialize)]
pub(super) struct RawFormulas {
    domains: Vec<u16>,
    nodes: Vec<Node>,
    parts: Vec<FormulaId>,
    sets: Vec<ValueSet>,
}

impl TryFrom<RawFormulas> for Formulas {
    type Error = &'static str;

    /// Everything in this module leans on the form checked here, so a damaged pack must be
    /// refused rather than evaluated.
    fn try_from(raw: RawFormulas) -> Result<Self, Self::Error> {
        if raw.domains.len() > usize::from(u16::MAX) || raw.domains.contains(&0) {
            return Err("formulas: a variable without values, or too many variables");
        }
        if !matches!(raw.nodes.as_slice(), [Node::False, Node::True, ..]) {
            return Err("formulas: the constants are not in their place");
        }
        if u32::try_from(raw.nodes.len()).is_err() || u32::try_from(raw.parts.len()).is_err() {
            return Err("formulas: too many");
        }
        if !raw.nodes.iter().enumerate().all(|(at, node)| raw.is_sound(at, *node)) {
            return Err("formulas: a formula is not well formed");
        }
        let RawFormulas { domains, nodes, parts, sets } = raw;
        let (links, program) = (LazyLinks::default(), Program::default());
        Ok(Self { domains, nodes, parts, sets, links, program }.linked())
    }
}

impl RawFormulas {
    fn is_sound(&self, at: usize, node: Node) -> bool {
        match node {
            Node::False => at == FormulaId::FALSE.index(),
            Node::True => at == FormulaId::TRUE.index(),
            Node::Lit { var, set } => {
                let found = self.domains.get(var.index()).zip(self.sets.get(set as usize));
                found.is_some_and(|(domain, set)| set.is_subset_of(&ValueSet::full(*domain)))
            }
            Node::Not(part) => part.index() < at,
            Node::And(span) | Node::Or(span) | Node::AtLeast { span, .. } => self.parts_before(at, span),
        }
    }

    fn parts_before(&self, at: usize, span: Span) -> bool {
        let start = span.start as usize;
        let end = start.checked_add(span.len as usize);
        end.and_then(|end| self.parts.get(start..end)).is_some_and(|parts| parts.iter().all(|part| part.index() < at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Formulas, FormulasBuilder, ValueSet};

    fn sample() -> Formulas {
        let mut builder = FormulasBuilder::new();
        let (narrow, wide) = (builder.var(3), builder.var(100));
        let first = builder.lit(narrow, &ValueSet::single(1));
        let second = builder.lit(wide, &[5, 99].into_iter().collect());
        let third = builder.lit(wide, &[6, 98].into_iter().collect());
        let both = builder.and([first, second]);
        builder.at_least(2, [both, first, third]);
        builder.finish().unwrap()
    }

    #[test]
    fn packs_and_unpacks() {
        let formulas = sample();
        let packed = serde_json::to_string(&formulas).unwrap();
        assert_eq!(serde_json::from_str::<Formulas>(&packed).unwrap(), formulas);
    }

    #[test]
    fn refuses_damage() {
        let packed = serde_json::to_string(&sample()).unwrap();
        for (whole, damaged) in [
            ("\"domains\":[3,100]", "\"domains\":[3]"),
            ("\"domains\":[3,100]", "\"domains\":[3,0]"),
            ("\"domains\":[3,100]", "\"domains\":[3,64]"),
            ("\"domains\":[3,100]", "\"domains\":[1,100]"),
            ("[\"False\",\"True\"", "[\"True\",\"False\""),
            ("\"set\":2", "\"set\":3"),
            ("\"parts\":[2,", "\"parts\":[77,"),
            ("\"len\":3", "\"len\":4"),
        ] {
            let broken = packed.replace(whole, damaged);
            assert_ne!(broken, packed, "{whole} not found in {packed}");
            assert!(serde_json::from_str::<Formulas>(&broken).is_err(), "{damaged}");
        }
    }
}
