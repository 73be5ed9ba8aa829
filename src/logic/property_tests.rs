//! The whole module against plain enumeration, on small random formulas.

use proptest::prelude::*;

use super::enumeration::{Case, Truths, cases};
use super::*;

struct Built {
    formulas: Formulas,
    possible: Possible,
    roots: Vec<FormulaId>,
    order: Order,
}

fn build(case: &Case) -> Built {
    let mut builder = FormulasBuilder::new();
    let vars: Vec<_> = case.vars.iter().map(|(size, _)| builder.var(*size)).collect();
    let roots = case.roots.iter().map(|root| root.build(&mut builder, &vars)).collect();
    let formulas = builder.finish().unwrap();
    let packed = serde_json::to_string(&formulas).unwrap();
    assert_eq!(serde_json::from_str::<Formulas>(&packed).unwrap(), formulas);
    let mut possible = Possible::all(&formulas);
    for (var, (_, values)) in vars.iter().zip(&case.vars) {
        assert!(possible.restrict(*var, &values.iter().copied().collect()));
    }
    let listed: Vec<_> = case.order.iter().map(|var| VarId(*var)).collect();
    let listed: Vec<_> = listed.into_iter().filter(|var| var.index() < vars.len()).collect();
    let order = Order::listed(&formulas, &listed);
    Built { formulas, possible, roots, order }
}

fn agrees(values: &[u16], choices: &[(VarId, u16)]) -> bool {
    choices.iter().all(|(var, value)| values[var.index()] == *value)
}

fn verdict_of(column: &[bool]) -> Verdict {
    match (column.contains(&true), column.contains(&false)) {
        (true, false) => Verdict::Always,
        (false, _) => Verdict::Never,
        _ => Verdict::Depends,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn three_valued_logic_never_claims_too_much(case in cases()) {
        let truths = Truths::of(&case);
        let built = build(&case);
        let mut values = KleeneValues::default();
        kleene(&built.formulas, &built.possible, &mut values);
        for (root, column) in built.roots.iter().zip(&truths.columns) {
            if let Some(known) = values.get(*root).known() {
                prop_assert!(column.iter().all(|truth| *truth == known));
            }
        }
        // With everything known it is exact, which also shows that building changes no meaning.
        for (at, completion) in truths.completions.iter().enumerate().step_by(7) {
            let mut known = built.possible.clone();
            for (var, value) in built.formulas.vars().zip(completion) {
                prop_assert!(known.set(var, *value));
            }
            prop_assert!(known.all_known());
            kleene(&built.formulas, &known, &mut values);
            for (root, column) in built.roots.iter().zip(&truths.columns) {
                prop_assert_eq!(values.get(*root).known(), Some(column[at]));
            }
        }
    }

    #[test]
    fn witnesses_prove_only_what_is_so(case in cases()) {
        let truths = Truths::of(&case);
        let built = build(&case);
        let mut values = KleeneValues::default();
        let residual = Residual::new(&built.formulas, &built.possible, &mut values);
        let mut witnesses = Witnesses::new();
        witnesses.begin(residual);
        for (root, column) in built.roots.iter().zip(&truths.columns) {
            let support = truths.support(&case, column);
            for var in built.formulas.vars() {
                if witnesses.relevant_by_witness(residual, &[var], &[*root]) {
                    prop_assert!(support.contains(&var));
                }
            }
            if witnesses.shows_true(residual, *root) {
                prop_assert!(column.contains(&true));
            }
            if witnesses.shows_both(residual, *root) {
                prop_assert!(column.contains(&true) && column.contains(&false));
            }
        }
    }

    #[test]
    fn answers_are_exact(case in cases()) {
        let truths = Truths::of(&case);
        let built = build(&case);
        let mut decider = Decider::new(&built.formulas, &built.order);
        // Nothing of another state may linger.
        for root in &built.roots {
            decider.verdict(*root);
            decider.support_of(&[*root]);
            prop_assert!(decider.witness(*root, true).is_ok());
        }
        decider.consider(&built.possible);
        let possibilities = decider.possible_roots(&built.roots);
        let mut union = Vec::new();
        let columns = truths.columns.iter().zip(&possibilities);
        for (root, (column, possibility)) in built.roots.iter().zip(columns) {
            prop_assert_eq!(decider.verdict(*root), verdict_of(column));
            prop_assert_eq!(*possibility == Possibility::Possible, column.contains(&true));
            let support = truths.support(&case, column);
            prop_assert_eq!(&decider.support_of(&[*root]).vars, &support);
            union.extend(support);
            for wanted in [false, true] {
                let choices = decider.witness(*root, wanted).unwrap();
                prop_assert_eq!(choices.is_some(), column.contains(&wanted));
                let Some(choices) = choices else { continue };
                let rows = truths.completions.iter().zip(column);
                let met: Vec<_> = rows.filter(|(values, _)| agrees(values, &choices)).collect();
                prop_assert!(!met.is_empty() && met.iter().all(|(_, truth)| **truth == wanted));
            }
        }
        union.sort_unstable();
        union.dedup();
        prop_assert_eq!(decider.support_of(&built.roots).vars, union);
        prop_assert!(!decider.over_budget());
    }

    #[test]
    fn what_is_looked_for_proves_only_what_is_so(case in cases()) {
        let truths = Truths::of(&case);
        let built = build(&case);
        let mut decider = Decider::new(&built.formulas, &built.order);
        decider.consider(&built.possible);
        let vars: Vec<_> = built.formulas.vars().collect();
        let mut poor = Decider::with_budget(&built.formulas, &built.order, case.budget);
        poor.consider(&built.possible);
        for (root, column) in built.roots.iter().zip(&truths.columns) {
            for wanted in [false, true] {
                prop_assert!(!decider.finds(*root, wanted) || column.contains(&wanted));
            }
            let support = truths.support(&case, column);
            for of in vars.chunks(1).chain(vars.chunks(3)) {
                let depends = support.iter().any(|var| of.contains(var));
                prop_assert!(depends || !decider.finds_dependence(of, *root));
                prop_assert_eq!(decider.depends_on(of, &[*root]), depends);
                prop_assert!(poor.depends_on(of, &[*root]) || !depends);
            }
        }
        for var in &vars {
            let depends = truths.columns.iter().any(|column| truths.support(&case, column).contains(var));
            prop_assert_eq!(decider.depends_on(&[*var], &built.roots), depends);
        }
    }

    #[test]
    fn diagrams_are_exact_and_unique(case in cases()) {
        let truths = Truths::of(&case);
        let built = build(&case);
        let mut values = KleeneValues::default();
        let residual = Residual::new(&built.formulas, &built.possible, &mut values);
        let mut diagrams = Diagrams::default();
        diagrams.begin(residual, &built.order);
        let built: Vec<_> =
            built.roots.iter().map(|root| diagrams.build(residual, *root).unwrap()).collect();
        for (diagram, column) in built.iter().zip(&truths.columns) {
            prop_assert_eq!(diagrams.is_true(*diagram), !column.contains(&false));
            prop_assert_eq!(diagrams.is_false(*diagram), !column.contains(&true));
            prop_assert_eq!(diagrams.support(*diagram), truths.support(&case, column));
            for (other, others) in built.iter().zip(&truths.columns) {
                prop_assert_eq!(diagram == other, column == others);
                let both = diagrams.and(*diagram, *other).unwrap();
                let disjoint = !column.iter().zip(others).any(|(a, b)| *a && *b);
                prop_assert_eq!(diagrams.is_false(both), disjoint);
                let opposite = diagrams.not(*other).unwrap();
                let either = diagrams.or(*diagram, opposite).unwrap();
                let implied = column.iter().zip(others).all(|(a, b)| *a || !*b);
                prop_assert_eq!(diagrams.is_true(either), implied);
            }
        }
        for least in 0..=built.len() + 1 {
            let counted = diagrams.at_least(least, &built).unwrap();
            let count = |at: usize| truths.columns.iter().filter(|column| column[at]).count();
            let column: Vec<_> =
                (0..truths.completions.len()).map(|at| count(at) >= least).collect();
            prop_assert_eq!(diagrams.is_true(counted), !column.contains(&false));
            prop_assert_eq!(diagrams.is_false(counted), !column.contains(&true));
            prop_assert_eq!(diagrams.support(counted), truths.support(&case, &column));
        }
    }

    #[test]
    fn a_tiny_budget_errs_only_towards_open_and_says_so(case in cases()) {
        let truths = Truths::of(&case);
        let built = build(&case);
        let mut decider = Decider::with_budget(&built.formulas, &built.order, case.budget);
        decider.consider(&built.possible);
        for (root, column) in built.roots.iter().zip(&truths.columns) {
            let verdict = decider.verdict(*root);
            prop_assert!(verdict == verdict_of(column) || verdict == Verdict::OverBudget);
            prop_assert!(verdict != Verdict::OverBudget || decider.over_budget());
            let possibility = decider.possible_roots(&[*root]);
            let justified = match possibility[0] {
                Possibility::Possible => column.contains(&true),
                Possibility::Impossible => !column.contains(&true),
                Possibility::OverBudget => decider.over_budget(),
            };
            prop_assert!(justified);
            let support = decider.support_of(&[*root]);
            let truly = truths.support(&case, column);
            prop_assert!(truly.iter().all(|var| support.vars.contains(var)));
            prop_assert!(support.over_budget || support.vars == truly);
            prop_assert!(!support.over_budget || decider.over_budget());
        }
        let mut again = Decider::with_budget(&built.formulas, &built.order, case.budget);
        again.consider(&built.possible);
        let mut fresh = Decider::with_budget(&built.formulas, &built.order, case.budget);
        fresh.consider(&built.possible);
        prop_assert_eq!(again.support_of(&built.roots), fresh.support_of(&built.roots));
        // What came before must not show: the first decider has answered much by now.
        decider.consider(&built.possible);
        prop_assert_eq!(again.support_of(&built.roots), decider.support_of(&built.roots));
    }
}
