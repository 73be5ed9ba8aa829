//! `clearshare rules`: the rulesets there are, and what they say.

use std::io::{BufWriter, Write};

use clearshare::report::rules;

use super::args::{RulesArgs, RulesCommand, RulesetArgs};
use super::rulesets::asked;
use super::{Exit, style, system};

/// Lists or shows rulesets.
pub(super) fn run(args: &RulesArgs) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match &args.command {
        RulesCommand::List { look } => rules::list(&mut out, style::out(look))?,
        RulesCommand::Show { ruleset, rules: folder, look } => {
            let wanted = RulesetArgs { ruleset: ruleset.clone(), rules: folder.clone() };
            match asked(&wanted, system::today(), style::err(look))? {
                Ok(ruleset) => rules::show(&mut out, &ruleset, style::out(look))?,
                Err(_) => return Ok(Exit::Fault),
            }
        }
    }
    out.flush()?;
    Ok(Exit::Passed)
}
