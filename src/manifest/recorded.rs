//! What a manifest records beside its answers: steps done, and whether a rule may be waived.

use crate::finding::{Code, Finding, Findings};
use crate::model::{Basis, Date, Done, Given, Level, RoleIx, RuleIx};
use crate::rulefile::read_date;
use crate::ruleset::Ruleset;
use crate::text::{Place, Sources, quoted};
use crate::yaml::{Fields, Node, shape};

/// Reads the items of a `done` list.
pub(super) fn done(
    node: &Node,
    ruleset: &Ruleset,
    as_of: Date,
    sources: &Sources,
    findings: &mut Findings,
) -> Vec<Done> {
    let mut read = Vec::new();
    let mut seen: Vec<(RuleIx, Place)> = Vec::new();
    for item in shape::list(node, "a list of what was done", findings).unwrap_or(&[]) {
        let Some(mut fields) = Fields::new(item, "what was done, such as `rule: governance.asset-owner`", findings)
        else {
            continue;
        };
        let rule = fields.required("rule", findings).and_then(|node| rule(node, ruleset, &mut seen, findings));
        let on = fields.required("on", findings).and_then(|node| done_on(node, as_of, findings));
        let by = required(&mut fields, "by", findings);
        let evidence = required(&mut fields, "evidence", findings);
        fields.finish(findings);
        if let Some((rule, place)) = rule {
            settles(ruleset, rule, place, findings);
            if let (Some(on), Some(by), Some(evidence)) = (on, by, evidence) {
                read.push(Done { rule, on, by, evidence, given: given(item.place, sources) });
            }
        }
    }
    read
}

fn required(fields: &mut Fields<'_>, key: &'static str, findings: &mut Findings) -> Option<String> {
    let node = fields.required(key, findings)?;
    shape::text(node, "a text", findings).map(str::to_owned)
}

pub(super) fn given(place: Place, sources: &Sources) -> Given {
    sources.get(place.file).map_or(Given::Unstated, |source| Given::At(source.location(place.span.start)))
}

fn rule(
    node: &Node,
    ruleset: &Ruleset,
    seen: &mut Vec<(RuleIx, Place)>,
    findings: &mut Findings,
) -> Option<(RuleIx, Place)> {
    let text = shape::text(node, "the id of a rule", findings)?;
    let Some(rule) = ruleset.rule_named(text) else {
        let finding = Finding::new(Code::UnknownRule, format!("there is no rule {}", quoted(text))).at(node.place);
        let near = findings.suggest(text, ruleset.rules().iter().map(|(_, rule)| rule.id.as_str()));
        findings.push(match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("`clearshare rules show` lists the rules of the ruleset"),
        });
        return None;
    };
    rule_known_once(rule, text, node.place, seen, findings).then_some((rule, node.place))
}

/// Whether a rule stands once in a list so far; else that is a fault.
pub(super) fn rule_known_once(
    rule: RuleIx,
    text: &str,
    place: Place,
    seen: &mut Vec<(RuleIx, Place)>,
    findings: &mut Findings,
) -> bool {
    if let Some((_, first)) = seen.iter().find(|(other, _)| *other == rule) {
        findings.push(
            Finding::new(Code::RecordedTwice, format!("{} is recorded twice", quoted(text)))
                .at(place)
                .related(*first, "first recorded here")
                .help("keep one of them"),
        );
        return false;
    }
    seen.push((rule, place));
    true
}

fn done_on(node: &Node, as_of: Date, findings: &mut Findings) -> Option<Date> {
    let on = read_date(node, findings)?;
    if on > as_of {
        findings.push(
            Finding::new(Code::DoneInFuture, format!("{on} is after {as_of}, the date of this advice"))
                .at(node.place)
                .help("record a step when it is done; `--as-of` sets the date of the advice"),
        );
        return None;
    }
    Some(on)
}

/// Only a rule that no answer can meet is settled by a record.
fn settles(ruleset: &Ruleset, ix: RuleIx, place: Place, findings: &mut Findings) {
    let Some(rule) = ruleset.rules().get(ix).filter(|rule| !rule.settled_by_done()) else { return };
    let finding = Finding::new(Code::DoneNotAllowed, format!("{} is not settled by recording it", quoted(&rule.id)));
    findings.push(finding.at(place).help(if rule.level == Level::MustNot {
        "it is a prohibition: change the exchange so that it no longer applies".to_owned()
    } else {
        let questions = rule.met_when.as_ref().map(|met| fact_names(ruleset, met)).unwrap_or_default();
        format!("your answers meet it: see {questions}")
    }));
}

fn fact_names(ruleset: &Ruleset, condition: &crate::model::Condition) -> String {
    use crate::model::Subject;
    let mut names: Vec<String> = condition
        .tests()
        .iter()
        .filter_map(|test| match &test.subject {
            Subject::Question(ix, _) => ruleset.questions().get(*ix).map(|q| format!("`{}`", q.id)),
            Subject::Derived(ix, _) => ruleset.derived().get(*ix).map(|d| format!("`{}`", d.id)),
        })
        .collect();
    names.dedup();
    names.join(", ")
}

fn named_role(ruleset: &Ruleset, text: &str, place: Place, findings: &mut Findings) -> Option<RoleIx> {
    let found = ruleset.roles().find(|role| role.id == text);
    if found.is_none() {
        let finding = Finding::new(Code::UnknownRole, format!("there is no role {}", quoted(text))).at(place);
        let near = findings.suggest(text, ruleset.roles().iter().map(|(_, role)| role.id.as_str()));
        findings.push(match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("name a role of the ruleset, or leave `role` out: anybody may waive this rule"),
        });
    }
    found
}

/// The role under which a rule is waived, where that is allowed. The outer `None` is a fault.
pub(super) fn waivable(
    ruleset: &Ruleset,
    ix: RuleIx,
    place: Place,
    role: Option<&(String, Place)>,
    findings: &mut Findings,
) -> Option<Option<RoleIx>> {
    let rule = ruleset.rules().get(ix)?;
    if !rule.waivable() {
        let why = match (rule.level, rule.basis) {
            (Level::MustNot, _) => "it is a prohibition",
            (_, Basis::Law) => "its basis is the law, which nobody can waive",
            _ => "the ruleset names nobody who may waive it",
        };
        findings.push(
            Finding::new(Code::WaiverNotAllowed, format!("{} cannot be waived", quoted(&rule.id))).at(place).help(why),
        );
        return None;
    }
    let names = |roles: &[RoleIx]| -> Vec<String> {
        roles.iter().filter_map(|ix| ruleset.roles().get(*ix)).map(|role| role.id.clone()).collect()
    };
    let allowed = names(&rule.waivable_by);
    let text = role.map(|(text, place)| (text.as_str(), *place));
    if rule.basis == Basis::Guidance {
        // Anybody may: the role can be left out, but not be one that there is not.
        let Some((text, place)) = text else { return Some(None) };
        return named_role(ruleset, text, place, findings).map(Some);
    }
    let found = text.and_then(|(text, _)| rule.waivable_by.iter().find(|ix| ruleset.roles().at(**ix).id == text));
    if found.is_none() {
        let at = text.map_or(place, |(_, place)| place);
        findings.push(
            Finding::new(Code::WaiverRole, format!("{} is waived by nobody who may", quoted(&rule.id)))
                .at(at)
                .help(format!("say `role:` with one of {}", allowed.join(", "))),
        );
        return None;
    }
    Some(found.copied())
}
