//! The oracle's own picture of a ruleset and of the facts of one exchange.
//!
//! It is written from `docs/rulesets.md` alone and shares nothing with the program: a condition keeps the lines of the
//! mapping as they are written, an answer is a set of bits (one for each option of a list), a date is three numbers.

/// A set of options: bit `i` is option `i` of the list.
pub(super) type Mask = u32;
/// Year, month and day; compares in the order of the calendar.
pub(super) type Day = (i16, i8, i8);

/// The tag that every option with `conditions` carries without being told.
pub(super) const HAS_CONDITIONS: usize = 0;
/// The list of a `yes-no` question: `yes` is bit 0, `no` is bit 1.
pub(super) const YES_NO: usize = 0;

#[derive(Debug, Clone, Default)]
pub(super) struct Ruleset {
    pub(super) seed: u64,
    pub(super) tags: Vec<String>,
    pub(super) lists: Vec<List>,
    pub(super) questions: Vec<Question>,
    pub(super) derived: Vec<Derived>,
    pub(super) themes: Vec<Theme>,
    pub(super) rules: Vec<Rule>,
    pub(super) myths: Vec<Cond>,
}

/// A mapping: every line holds.
#[derive(Debug, Clone)]
pub(super) struct Cond(pub(super) Vec<Line>);

#[derive(Debug, Clone)]
pub(super) enum Line {
    Question(usize, Test),
    Derived(usize, Vec<usize>),
    All(Vec<Cond>),
    Any(Vec<Cond>),
    None(Vec<Cond>),
    Not(Cond),
    Count(usize, Vec<Cond>),
}

#[derive(Debug, Clone)]
pub(super) enum Test {
    AnyOf(Vec<Item>),
    AllOf(Vec<Item>),
    Only(Vec<Item>),
    Some,
    SomeWithout(usize),
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Option(usize),
    Tag(usize),
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    YesNo,
    OneOf,
    AnyOf,
    Text,
}

#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) id: String,
    pub(super) section: usize,
    pub(super) kind: Kind,
    pub(super) list: usize,
    /// `{ each: Q }`: then `list` is the list of `Q`.
    pub(super) each: Option<usize>,
    pub(super) only_if: Option<Cond>,
    pub(super) candidates: bool,
    pub(super) changeable: Changeable,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Changeable {
    #[default]
    Fixed,
    Design,
    Evidence,
}

#[derive(Debug, Clone)]
pub(super) struct List {
    /// The file's name under `options/`; without one the list stands in its question.
    pub(super) file: Option<String>,
    pub(super) options: Vec<Choice>,
}

#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) tags: Vec<usize>,
    /// Whether it can be shown as a candidate.
    pub(super) candidate: bool,
    pub(super) only_if: Option<Cond>,
    pub(super) conditions: bool,
    pub(super) upcoming: Option<Upcoming>,
    pub(super) inert: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Upcoming {
    From(Day),
    NotAppointed,
}

#[derive(Debug, Clone)]
pub(super) struct Derived {
    pub(super) id: String,
    pub(super) shown: bool,
    pub(super) yes_no: bool,
    pub(super) scale: bool,
    /// In the order of the scale, where there is one.
    pub(super) values: Vec<String>,
    pub(super) cases: Vec<(usize, Option<Cond>)>,
}

#[derive(Debug, Clone)]
pub(super) struct Theme {
    pub(super) when: Option<Cond>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    MustNot,
    Must,
    Should,
    Could,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    Law,
    Policy,
    Guidance,
}

#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of a rule")]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) theme: usize,
    pub(super) level: Level,
    pub(super) basis: Basis,
    pub(super) when: Option<Cond>,
    pub(super) met_when: Option<Cond>,
    /// `due: after` when true, `due: before` when false; none: not written.
    pub(super) due_after: Option<bool>,
    pub(super) waivable_by: bool,
    pub(super) refer: bool,
    pub(super) ends_questions: bool,
    pub(super) upcoming: Option<Upcoming>,
    /// The question whose tag `opens` lifts this bar: `when: { none: [{ q: tag:opens }] }` and nothing else.
    pub(super) bar: Option<usize>,
    pub(super) is_final: bool,
    pub(super) even_unasked: Vec<usize>,
}

/// What is known of one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) answers: Vec<Answer>,
    /// By rule: recorded as done.
    pub(super) done: Vec<bool>,
    /// By rule: waived until.
    pub(super) waivers: Vec<Option<Day>>,
    pub(super) as_of: Day,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Absent,
    Unknown,
    Known(Mask),
    /// These, and perhaps more.
    Partial(Mask),
    /// The answer of a `text` question.
    Words,
}

impl Answer {
    pub(super) fn is_unknown(self) -> bool {
        matches!(self, Self::Unknown | Self::Partial(_))
    }
}

impl Ruleset {
    /// The options that a question offers.
    pub(super) fn offered(&self, question: usize) -> Mask {
        let q = &self.questions[question];
        match (q.kind, q.each) {
            (Kind::Text, _) => 0,
            (_, Some(_)) => self.tagged(q.list, HAS_CONDITIONS),
            _ => (1 << self.lists[q.list].options.len()) - 1,
        }
    }

    /// The options of a list that carry a tag.
    pub(super) fn tagged(&self, list: usize, tag: usize) -> Mask {
        let carries = |o: &Choice| if tag == HAS_CONDITIONS { o.conditions } else { o.tags.contains(&tag) };
        let options = self.lists[list].options.iter().enumerate();
        options.filter(|(_, o)| carries(o)).fold(0, |mask, (i, _)| mask | 1 << i)
    }

    /// Every answer that a question can have, in full.
    pub(super) fn values(&self, question: usize) -> Vec<Mask> {
        let offered = self.offered(question);
        match self.questions[question].kind {
            Kind::Text => vec![0],
            Kind::YesNo | Kind::OneOf => (0..32).map(|i| 1 << i).filter(|bit| offered & bit != 0).collect(),
            Kind::AnyOf => (0..=offered).filter(|set| set & !offered == 0).collect(),
        }
    }

    /// The full answers that an answer leaves possible.
    pub(super) fn allowed(&self, question: usize, answer: Answer) -> Vec<Mask> {
        match answer {
            Answer::Absent | Answer::Unknown | Answer::Words => self.values(question),
            Answer::Known(set) => vec![set],
            Answer::Partial(some) => self.values(question).into_iter().filter(|set| set & some == some).collect(),
        }
    }

    /// The questions that a rule's `when` mentions: itself, through derived facts, and through `only-if`.
    pub(super) fn reads_of_when(&self, rule: usize) -> Mask {
        let rule = &self.rules[rule];
        let whens = self.themes[rule.theme].when.iter().chain(&rule.when);
        whens.fold(0, |found, c| found | self.reads(c))
    }

    fn reads(&self, cond: &Cond) -> Mask {
        let mut found = 0;
        cond.visit(&mut |line| match line {
            Line::Question(q, _) => found |= self.reads_of_question(*q),
            Line::Derived(d, _) => {
                let whens = self.derived[*d].cases.iter().filter_map(|(_, when)| when.as_ref());
                found = whens.fold(found, |found, c| found | self.reads(c));
            }
            _ => {}
        });
        found
    }

    fn reads_of_question(&self, question: usize) -> Mask {
        let q = &self.questions[question];
        let of_options = self.lists[q.list].options.iter().filter_map(|o| o.only_if.as_ref());
        let conds = of_options.chain(&q.only_if);
        let found = conds.fold(1 << question, |found, c| found | self.reads(c));
        q.each.map_or(found, |of| found | self.reads_of_question(of))
    }

    /// In how many ways the facts can be completed.
    pub(super) fn completions(&self, facts: &Facts) -> usize {
        facts.answers.iter().enumerate().map(|(q, a)| self.allowed(q, *a).len()).product()
    }
}

impl Cond {
    /// Calls `f` with every test of one fact in the condition.
    pub(super) fn visit<'a>(&'a self, f: &mut impl FnMut(&'a Line)) {
        for line in &self.0 {
            match line {
                Line::Question(..) | Line::Derived(..) => f(line),
                Line::All(of) | Line::Any(of) | Line::None(of) | Line::Count(_, of) => {
                    for c in of {
                        c.visit(f);
                    }
                }
                Line::Not(c) => c.visit(f),
            }
        }
    }
}
