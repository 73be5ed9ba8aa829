//! `clearshare explain`: what an id stands for.

use std::io::{BufWriter, Write};

use clearshare::finding::{Code, Finding};
use clearshare::report::explain;
use clearshare::text::{Sources, quoted};

use super::args::ExplainArgs;
use super::rulesets::{asked, write_fault};
use super::{Exit, style, system};

/// Explains every thing of that id.
pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let Ok(ruleset) = asked(&args.ruleset, system::today(), err)? else { return Ok(Exit::Fault) };
    let subjects = explain::find(&ruleset, &args.id);
    if subjects.is_empty() {
        let finding = Finding::new(
            Code::UnknownName,
            format!("nothing in {} is called {}", ruleset.reference(), quoted(&args.id)),
        );
        let near = explain::nearest(&ruleset, &args.id);
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`clearshare rules show` lists the rules; ids of questions are the paths in a manifest".to_owned(),
        };
        write_fault(&finding.help(help), &Sources::new(), err)?;
        return Ok(Exit::Fault);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    explain::render(&mut out, &ruleset, &subjects, style::out(&args.look))?;
    out.flush()?;
    Ok(Exit::Passed)
}
