//! How a list looks: the question above it where that has scrolled away, its lines, and which keys there are.
//!
//! It takes no more rows than the window has: what was printed above stays in sight as far as there is room.

use std::cell::{Cell, RefCell};
use std::fmt;

use clearshare::report::Ink;
use clearshare::report::interview::lines as wrapped;
use console::{Term, style};
use dialoguer::theme::Theme;

use super::theme::{Mark, item, short, size};

/// A line of a list.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its words.
    pub(super) label: String,
    /// More about it.
    pub(super) help: Option<String>,
    /// Whether it is something else to do, and no choice of the question.
    pub(super) is_action: bool,
}

/// A list as it is drawn, for the size that the window has at that moment. Lists are given the numbers of their lines in place
/// of their words, since dialoguer counts with the length of those.
pub(super) struct Sheet<'l> {
    term: &'l Term,
    ink: Ink,
    lines: &'l [Line],
    /// The question.
    title: &'l str,
    /// How many lines were printed from the question on; none where it is not known to be in sight.
    above: Option<usize>,
    /// Which keys there are: the longest for which there is room.
    keys: &'l [&'l str],
    several: bool,
    /// The most entries that dialoguer puts on a page.
    most: Cell<usize>,
    /// The line where one is.
    at: Cell<usize>,
    ticked: RefCell<Vec<bool>>,
}

/// How much is shown of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Plan {
    /// Lines of the question.
    title: usize,
    /// Further lines of each line of the list; none: as many as each needs.
    further: Option<usize>,
    /// Lines of the list on a page.
    page: usize,
}

/// How high everything is.
#[derive(Debug, Clone, Copy)]
struct Heights {
    rows: usize,
    title: usize,
    above: Option<usize>,
    /// Lines of the list, with nothing cut.
    whole: usize,
    /// The lines of the list alone.
    count: usize,
    /// The most further lines that one of them has.
    further: usize,
}

impl Heights {
    /// The plan for a window; `most`: on no more than so many lines of the list a page.
    fn plan(self, most: usize) -> Plan {
        // The cursor stands below the list, and the keys above it.
        let usable = self.rows.saturating_sub(2);
        let in_sight = |list: usize| self.above.is_some_and(|above| above + list <= usable);
        if self.count <= most {
            if in_sight(self.whole) {
                return Plan { title: 0, further: None, page: self.count };
            }
            if self.title + self.whole <= usable {
                return Plan { title: self.title, further: None, page: self.count };
            }
        }
        let further = self.further.min(self.rows / 4);
        if self.count <= most && in_sight(self.count + further) {
            return Plan { title: 0, further: Some(further), page: self.count };
        }
        // Where nothing but the question was printed, it need not be said again.
        let said = self.above.filter(|above| *above <= self.title);
        let usable = usable - said.unwrap_or(0).min(usable);
        let title = if said.is_some() { 0 } else { self.title.min(self.rows / 3) };
        let page = self.count.min(most).min(usable.saturating_sub(title + further)).max(1);
        // Where a page is as long as it was for another window, the rest has what remains.
        let left = usable.saturating_sub(page);
        let title = title.min(left);
        Plan { title, further: Some(further.min(left - title)), page }
    }
}

impl<'l> Sheet<'l> {
    /// For these lines in this terminal.
    pub(super) fn new(term: &'l Term, ink: Ink, lines: &'l [Line], keys: &'l [&'l str]) -> Self {
        let ticked = RefCell::new(vec![false; lines.len()]);
        let (most, at) = (Cell::new(usize::MAX), Cell::new(0));
        Self { term, ink, lines, title: "", above: None, keys, several: false, most, at, ticked }
    }

    /// Under this question, which was printed so many lines above.
    pub(super) fn under(self, title: &'l str, above: Option<usize>) -> Self {
        Self { title, above, ..self }
    }

    /// With a tick for each line.
    pub(super) fn several(self, ticked: &[bool]) -> Self {
        Self { several: true, ticked: RefCell::new(ticked.to_vec()), ..self }
    }

    /// What dialoguer is to be told of how long a page is. From now on it does not grow.
    pub(super) fn max_length(&self) -> usize {
        let page = self.heights().plan(usize::MAX).page;
        self.most.set(page);
        page
    }

    /// The line where one was last.
    pub(super) fn at(&self) -> usize {
        self.at.get()
    }

    /// What was ticked last.
    pub(super) fn ticked(&self) -> Vec<bool> {
        self.ticked.borrow().clone()
    }

    fn mark(&self, line: &Line, active: bool, ticked: bool) -> Mark {
        let tick = if self.several && !line.is_action { Some(ticked) } else { None };
        Mark { active, tick, hang: self.several }
    }

    /// A line of the list, whole: its words and what more is to be said.
    fn whole(&self, line: &Line) -> (Vec<String>, Vec<String>) {
        let columns = size(self.term).1;
        let room = columns.saturating_sub(self.mark(line, false, false).width() + 1);
        let help = line.help.as_deref().map(|help| wrapped(help, room.saturating_sub(2))).unwrap_or_default();
        (wrapped(&line.label, room), help)
    }

    fn heights(&self) -> Heights {
        let (rows, columns) = size(self.term);
        let heights: Vec<usize> = self
            .lines
            .iter()
            .map(|line| {
                let (label, help) = self.whole(line);
                label.len() + help.len()
            })
            .collect();
        let title = if self.title.is_empty() { 0 } else { wrapped(self.title, columns.saturating_sub(1)).len() };
        let whole = heights.iter().sum::<usize>() + usize::from(self.first_action().is_some());
        let further = heights.iter().max().map_or(0, |most| most.saturating_sub(1));
        // Where lines were broken when the window had another width is not known.
        let above = self.above.filter(|_| columns.clamp(20, 100) == self.ink.width);
        Heights { rows, title, above, whole, count: self.lines.len(), further }
    }

    /// The first of the other things to do, where choices stand before it.
    fn first_action(&self) -> Option<usize> {
        self.lines.iter().position(|line| line.is_action).filter(|first| *first > 0)
    }

    fn plan(&self) -> Plan {
        self.heights().plan(self.most.get().min(size(self.term).0.max(3) - 2))
    }

    fn prompt(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        let columns = size(self.term).1;
        let mut title = wrapped(self.title, columns.saturating_sub(1));
        let shown = self.plan().title;
        if shown < title.len() {
            title.truncate(shown);
            if let Some(last) = title.last_mut() {
                *last = short(&format!("{last}..."), columns.saturating_sub(1));
            }
        }
        for line in &title {
            let line = if self.ink.colour { style(line).bold().force_styling(true).to_string() } else { line.clone() };
            writeln!(f, "{line}")?;
        }
        // Which page it is may be written behind them.
        let room = columns.saturating_sub(" [Page 1/2] ".len() + 1);
        let keys = self.keys.iter().find(|keys| keys.chars().count() <= room).or(self.keys.last());
        f.write_str(keys.copied().unwrap_or_default())
    }

    fn line(&self, f: &mut dyn fmt::Write, number: &str, active: bool, ticked: bool) -> fmt::Result {
        let Some((at, line)) = number.parse().ok().and_then(|at: usize| Some((at, self.lines.get(at)?))) else {
            return Ok(());
        };
        if active {
            self.at.set(at);
        }
        if let Some(slot) = self.ticked.borrow_mut().get_mut(at) {
            *slot = ticked;
        }
        let plan = self.plan();
        let (mut label, mut help) = self.whole(line);
        let mark = self.mark(line, active, ticked);
        let most = match plan.further {
            None => usize::MAX,
            Some(further) if active => 1 + further,
            Some(_) => 1,
        };
        if label.len() > most {
            let room = size(self.term).1.saturating_sub(mark.width() + 1);
            let rest = label.split_off(most - 1).join(" ");
            label.push(short(&rest, room));
        }
        help.truncate(most.saturating_sub(label.len()));
        if plan.further.is_none() && self.first_action() == Some(at) {
            writeln!(f)?;
        }
        f.write_str(&item(&label, &help, mark, self.ink.colour))
    }
}

impl Theme for Sheet<'_> {
    fn format_select_prompt(&self, f: &mut dyn fmt::Write, _: &str) -> fmt::Result {
        self.prompt(f)
    }

    fn format_multi_select_prompt(&self, f: &mut dyn fmt::Write, _: &str) -> fmt::Result {
        self.prompt(f)
    }

    fn format_select_prompt_item(&self, f: &mut dyn fmt::Write, number: &str, active: bool) -> fmt::Result {
        self.line(f, number, active, false)
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        number: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        self.line(f, number, active, checked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_room() {
        // A window of every height, with texts of every length: nothing takes more rows than there are.
        for rows in 5..30 {
            for (count, further) in [(2, 0), (9, 0), (9, 3), (19, 5)] {
                for (title, above) in [(0, None), (1, Some(1)), (2, Some(7)), (6, Some(40))] {
                    let heights = Heights { rows, title, above, whole: count * (further + 1), count, further };
                    let first = heights.plan(usize::MAX);
                    // The same for a window that had another height when the list began.
                    for most in [first.page, 3, 20] {
                        let most = most.min(rows - 2);
                        let plan = heights.plan(most);
                        let list = plan.further.map_or(heights.whole, |further| plan.page.min(most) + further);
                        let used = plan.title + list + 2;
                        assert!(used <= rows || most > first.page, "{heights:?} {most} {plan:?}");
                        assert!(plan.page >= 1);
                    }
                }
            }
        }
    }

    #[test]
    fn the_question_stays_in_sight() {
        let heights = Heights { rows: 24, title: 1, above: Some(4), whole: 12, count: 9, further: 1 };
        let plan = |heights: Heights| heights.plan(usize::MAX);
        assert_eq!(plan(heights), Plan { title: 0, further: None, page: 9 }, "it is printed above");
        let heights = Heights { rows: 15, ..heights };
        assert_eq!(plan(heights), Plan { title: 1, further: None, page: 9 }, "it has scrolled away");
        let heights = Heights { rows: 12, ..heights };
        assert_eq!(plan(heights), Plan { title: 1, further: Some(1), page: 8 }, "on two pages");
        let heights = Heights { above: Some(1), ..heights };
        assert_eq!(plan(heights), Plan { title: 0, further: Some(1), page: 8 }, "just above");
    }
}
