//! `rules/<theme>.yaml`: the rules.

use super::reader::Reader;
use crate::finding::{Code, Finding};
use crate::model::{Basis, Condition, Due, Level, QuestionIx, RoleIx, Rule, Theme, ThemeIx};
use crate::yaml::{Entry, Fields, Node};

impl<'n> Reader<'n> {
    /// Reads one file of rules.
    pub(super) fn theme(&mut self, name: &str, root: &'n Node, ix: ThemeIx) -> (Theme, Vec<Rule>) {
        let mut theme = Theme { id: name.to_owned(), title: String::new() };
        let Some(mut fields) = self.fields(root, "a file of rules, such as `theme: Transfers`") else {
            return (theme, Vec::new());
        };
        theme.title = self.required_text(&mut fields, "theme").unwrap_or_default();
        let head = fields.optional("when");
        let items = self.required(&mut fields, "rules").and_then(|node| self.list(node)).unwrap_or(&[]);
        self.finish(fields);
        let head = head.map(|node| self.condition(node));
        let head = head.as_ref().map(Option::as_ref);
        let rules = items.iter().filter_map(|item| self.rule(item, ix, head)).collect();
        (theme, rules)
    }

    fn rule(&mut self, node: &'n Node, theme: ThemeIx, head: Option<Option<&Condition>>) -> Option<Rule> {
        let mut fields = self.fields(node, "a rule, such as `id: transfer.safeguard`")?;
        let id = self.id(&mut fields);
        let title = self.required_text(&mut fields, "title");
        let levels =
            [("must-not", Level::MustNot), ("must", Level::Must), ("should", Level::Should), ("could", Level::Could)];
        let level = self.required(&mut fields, "level").and_then(|node| self.word(node, &levels));
        let bases = [("law", Basis::Law), ("policy", Basis::Policy), ("guidance", Basis::Guidance)];
        let basis = self.required(&mut fields, "basis").and_then(|node| self.word(node, &bases));
        let when = self.rule_when(&mut fields, head);
        let met_entry = fields.entry("met-when");
        let met_when = met_entry.and_then(|entry| self.condition(&entry.value));
        let because = self.required_text(&mut fields, "because");
        let otherwise = self.optional_text(&mut fields, "otherwise");
        let steps = self.steps(&mut fields, true);
        let cites = self.cites(&mut fields, true);
        let due_entry = fields.entry("due");
        let dues = [("before", Due::Before), ("after", Due::After)];
        let due = due_entry.and_then(|entry| self.word(&entry.value, &dues)).unwrap_or(Due::Before);
        let waivable_entry = fields.entry("waivable-by");
        let waivable_by = waivable_entry.map_or_else(Vec::new, |entry| self.roles_in(&entry.value));
        let refer_entry = fields.entry("refer");
        let refer = refer_entry.and_then(|entry| self.role(&entry.value));
        let ends_entry = fields.entry("ends-questions");
        let ends_questions = ends_entry.and_then(|entry| self.yes_no(&entry.value)).unwrap_or(false);
        let upcoming = fields.optional("upcoming").and_then(|node| self.upcoming(node));
        let final_entry = fields.entry("final");
        let is_final = final_entry.and_then(|entry| self.yes_no(&entry.value)).unwrap_or(false);
        let even_unasked = fields.optional("even-unasked").map_or_else(Vec::new, |node| self.questions_in(node));
        self.finish(fields);
        let (level, basis) = (level?, basis?);
        let prohibition = level == Level::MustNot;
        let refers = refer_entry.is_some();
        self.forbid(met_entry, prohibition, "`met-when` on a `must-not`: its exceptions stand in `when`");
        self.forbid(met_entry, refers, "`met-when` beside `refer`: it is settled by recording the advice under `done`");
        self.forbid(due_entry, prohibition, "`due` on a `must-not`: it holds at any time");
        self.forbid(due_entry, refers, "`due` beside `refer`: the advice comes first");
        self.forbid(waivable_entry, prohibition, "`waivable-by` on a `must-not`: nobody can waive it");
        self.forbid(waivable_entry, basis == Basis::Law, "`waivable-by` where the basis is law: nobody can waive it");
        self.forbid(
            waivable_entry,
            basis == Basis::Guidance,
            "`waivable-by` where the basis is guidance: anybody may waive it, with a reason",
        );
        self.forbid(
            refer_entry,
            !matches!(level, Level::Must | Level::Should),
            "`refer` at this level: a referral is a `must` or a `should`",
        );
        self.forbid(final_entry, !prohibition, "`final` on a rule that is no `must-not`: only a prohibition stops");
        self.forbid(ends_entry, ends_questions && !refers, "`ends-questions` without `refer`: say whom to ask");
        Some(Rule {
            id: id?,
            theme,
            title: title?.into(),
            level,
            basis,
            when: when?.into(),
            met_when: met_when.into(),
            because: because?.into(),
            otherwise: otherwise?.into(),
            steps: steps.into(),
            cites,
            due,
            waivable_by,
            refer,
            ends_questions,
            upcoming,
            is_final,
            even_unasked,
            place: node.place.start(),
        })
    }

    /// The condition of a rule, joined to that at the head of its file. The inner `None` of the head is a fault.
    fn rule_when(&mut self, fields: &mut Fields<'n>, head: Option<Option<&Condition>>) -> Option<Condition> {
        let node = if head.is_some() { fields.optional("when") } else { self.required(fields, "when") };
        let own = node.map(|node| self.condition(node));
        match (head, own) {
            (Some(head), Some(own)) => Some(Condition::All(vec![head?.clone(), own?])),
            (Some(head), None) => head.cloned(),
            (None, own) => own?,
        }
    }

    fn roles_in(&mut self, node: &'n Node) -> Vec<RoleIx> {
        let items = self.one_or_list(node).unwrap_or(&[]);
        items.iter().filter_map(|item| self.role(item)).collect()
    }

    fn questions_in(&mut self, node: &'n Node) -> Vec<QuestionIx> {
        let items = self.one_or_list(node).unwrap_or(&[]);
        items.iter().filter_map(|item| self.question_named(item)).collect()
    }

    fn forbid(&mut self, entry: Option<&'n Entry>, wrong: bool, what: &str) {
        if let (Some(entry), true) = (entry, wrong) {
            self.fault(
                Finding::new(Code::WrongForLevel, format!("this rule has {what}"))
                    .at(entry.key_place)
                    .help("take the key out, or change the rule's level, basis or referral"),
            );
        }
    }
}
