//! `clearshare check --stream`: advice on exchanges that come one to a line.
//!
//! Each thread reads some lines, advises on them, and hands its answers over to be written in the order of the lines. What any
//! of them holds is bounded, so memory does not grow with the stream.

mod batch;
mod ordered;

use std::io::{Read, Write};
use std::sync::{Mutex, PoisonError};

use clearshare::bundled::Bundled;
use clearshare::check::{FailOn, choose, waiver_findings};
use clearshare::finding::{Code, Finding};
use clearshare::model::Date;
use clearshare::stream::{Advisor, Came, Rulesets, Setup};
use clearshare::text::{Sources, counted, visible};

use super::check::CheckArgs;
use super::rulesets::{from_folder, named, with_hint, withdrawal, write_fault};
use super::why::why;
use super::{Exit, interrupt, notices, style, system};
use batch::{Batch, Lines};
use ordered::{Ordered, Stopped};

/// How a stream is checked.
#[derive(Debug, clap::Args)]
pub(super) struct StreamArgs {
    /// Read exchanges as JSON from standard input, one to a line, and write one line of JSON for each, in their order
    #[arg(long, conflicts_with_all = ["paths", "include", "format", "output_for", "waivers", "baseline", "write_baseline", "config", "quiet", "brief", "verbose"])]
    pub(super) stream: bool,
    /// With --stream: write the whole advice on each exchange
    #[arg(long, requires = "stream")]
    full: bool,
    /// With --stream: how many threads to use [default: one for each processor]
    #[arg(long, value_name = "NUMBER", requires = "stream", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// Checks every line, and ends with the highest status of them.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let as_of = args.as_of.unwrap_or_else(system::today);
    let Some((rulesets, used)) = rulesets(args, as_of)? else { return Ok(Exit::Fault) };
    if let Some(notice) = used.and_then(withdrawal) {
        writeln!(std::io::stderr().lock(), "warning: {}", visible(&notice))?;
    }
    interrupt::before_the_end(|_| {});
    let setup = Setup {
        rulesets,
        as_of,
        fail_on: args.fail_on.map_or(FailOn::ActFirst, Into::into),
        full: args.stream.full,
        notices: &|bundled, ruleset, checked| {
            let waivers = waiver_findings(ruleset, checked, as_of);
            let of_ruleset = bundled.map(notices::of_bundled).unwrap_or_default();
            notices::all(&of_ruleset, ruleset, checked, &waivers, &Sources::new(), as_of)
        },
    };
    let threads = args.stream.threads.map_or_else(system::processors, usize::from);
    let tally = advise(&setup, threads, std::io::stdin(), std::io::stdout())?;
    end(&tally, args)
}

/// The rulesets, and which of those inside the program was asked for. None where there is a fault, which is written.
fn rulesets(args: &CheckArgs, as_of: Date) -> anyhow::Result<Option<(Rulesets, Option<&'static Bundled>)>> {
    let err = style::err(&args.look);
    if let Some(folder) = &args.ruleset.rules {
        return Ok(from_folder(folder, err)?.ok().map(|ruleset| (Rulesets::one(ruleset, None), None)));
    }
    let Some(reference) = &args.ruleset.ruleset else { return Ok(Some((Rulesets::pinned(), None))) };
    match choose(&named(reference, None), as_of, None) {
        Ok(bundled) => Ok(Some((Rulesets::one(bundled.load()?, Some(bundled)), Some(bundled)))),
        Err(finding) => {
            write_fault(&with_hint(finding, "`--rules DIR` reads one from a folder"), &Sources::new(), err)?;
            Ok(None)
        }
    }
}

/// What came of the lines.
#[derive(Debug, Default)]
struct Tally {
    lines: u64,
    worst: Option<Came>,
    faulty: u64,
    /// The first line that has a fault.
    first: Option<u64>,
    /// Why no more could be read.
    unreadable: Option<std::io::Error>,
}

impl Tally {
    fn count(&mut self, line: u64, came: Came) {
        self.lines += 1;
        self.worst = self.worst.max(Some(came));
        if came == Came::Faulty {
            self.faulty += 1;
            self.first = Some(self.first.map_or(line, |first| first.min(line)));
        }
    }

    fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.worst = self.worst.max(other.worst);
        self.faulty += other.faulty;
        self.first = self.first.into_iter().chain(other.first).min();
        self.unreadable = self.unreadable.take().or(other.unreadable);
    }
}

/// Advises on every line of the input.
fn advise<R: Read + Send, W: Write + Send>(
    setup: &Setup<'_>,
    threads: usize,
    input: R,
    out: W,
) -> anyhow::Result<Tally> {
    let (lines, ordered) = (Mutex::new(Lines::new(input, setup.full)), Ordered::new(out));
    let mut tally = Tally::default();
    let results: Vec<anyhow::Result<Tally>> = std::thread::scope(|scope| {
        let work = || {
            let worked = work(setup, &lines, &ordered);
            // Whoever waits for a turn that will not come must not wait for ever.
            worked.inspect_err(|_| ordered.stop())
        };
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let own = std::iter::once(work());
        own.chain(others.into_iter().map(|other| match other.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }))
        .collect()
    });
    for result in results {
        tally.add(result?);
    }
    ordered.end()?;
    Ok(tally)
}

/// What each thread does.
fn work<R: Read, W: Write>(setup: &Setup<'_>, lines: &Mutex<Lines<R>>, ordered: &Ordered<W>) -> anyhow::Result<Tally> {
    let (mut advisor, mut tally) = (Advisor::new(setup), Tally::default());
    let (mut batch, mut answers) = (Batch::default(), Vec::new());
    loop {
        let read = lines.lock().unwrap_or_else(PoisonError::into_inner).read(&mut batch);
        match read {
            Ok(true) => {}
            Ok(false) => return Ok(tally),
            Err(error) => {
                tally.unreadable = Some(error);
                return Ok(tally);
            }
        }
        answers.clear();
        for (number, line) in batch.lines() {
            tally.count(number, advisor.line(number, line, &mut answers)?);
        }
        if let Err(Stopped) = ordered.put(batch.turn(), &mut answers) {
            return Ok(tally);
        }
    }
}

/// Says what came of it all.
fn end(tally: &Tally, args: &CheckArgs) -> anyhow::Result<Exit> {
    let err = style::err(&args.look);
    let fault = |finding: Finding| write_fault(&finding, &Sources::new(), err).map(|()| Exit::Fault);
    if let Some(error) = &tally.unreadable {
        let finding = Finding::new(Code::FileUnreadable, format!("standard input cannot be read: {}", why(error)));
        return fault(finding.help("the lines that were read have been answered; check what writes the stream"));
    }
    // Where what should have written the stream failed, an empty one must not pass.
    if tally.lines == 0 {
        let finding = Finding::new(Code::EmptyFile, "standard input is empty, so nothing was checked");
        return fault(finding.help("write exchanges to it as JSON, one to a line"));
    }
    if let Some(first) = tally.first {
        let faulty = counted(usize::try_from(tally.faulty).unwrap_or(usize::MAX), "line has", "lines have");
        writeln!(std::io::stderr().lock(), "{faulty} a fault and no advice: the first is line {first}")?;
    }
    Ok(match tally.worst {
        Some(Came::Faulty) => Exit::Fault,
        Some(Came::Failed) => Exit::Failed,
        Some(Came::Passed) | None => Exit::Passed,
    })
}
