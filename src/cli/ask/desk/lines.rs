//! Lines of text: for a screen reader, a pipe, or a terminal that cannot move its cursor. Nothing is drawn twice, and no byte
//! but text is written.

use std::collections::BTreeSet;
use std::io::{BufRead, Write};

use clearshare::report::Ink;
use clearshare::report::interview::{choices, how_to_answer, letters_alone, note, to_type};

use super::{Action, Desk, Entry, Halt, How, Pick, Picked, Typed};

/// How many entries are read out unasked.
const MOST_READ_OUT: usize = 20;

/// The longest line that is read.
const LONGEST: u64 = 10_000;

/// Asks in lines of text.
pub(in crate::cli) struct Lines<R, W> {
    input: R,
    output: W,
    ink: Ink,
    /// Whether what is typed is not shown by the terminal, so that the line has to be ended here.
    unechoed: bool,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// Reads answers from one place, and writes to another.
    pub(in crate::cli) fn new(input: R, output: W, ink: Ink, unechoed: bool) -> Self {
        Self { input, output, ink, unechoed }
    }

    /// The next line, without its end and the spaces around it.
    fn read(&mut self) -> Result<String, Halt> {
        write!(self.output, "> ")?;
        self.output.flush()?;
        let mut bytes = Vec::new();
        let read = std::io::Read::take(&mut self.input, LONGEST).read_until(b'\n', &mut bytes)?;
        if self.unechoed || read == 0 {
            writeln!(self.output)?;
        }
        if read == 0 {
            return Err(Halt::Gone);
        }
        if !bytes.ends_with(b"\n") && bytes.len() as u64 >= LONGEST {
            // The rest of an endless line is no answer either.
            self.input.skip_until(b'\n')?;
        }
        Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
    }

    fn note(&mut self, text: &str) -> Result<(), Halt> {
        let text = note(text, self.ink);
        self.say(&text)
    }

    /// Reads out what can be chosen, and how to answer.
    fn read_out(&mut self, pick: &Pick, shown: &[usize]) -> Result<(), Halt> {
        let entries = shown.iter().filter_map(|at| Some((at + 1, pick.entries.get(*at)?)));
        let entries: Vec<_> = entries
            .map(|(number, entry)| {
                (number, entry.label.as_str(), entry.help.as_deref(), pick.now.contains(&(number - 1)))
            })
            .collect();
        let text = choices(&entries, self.ink);
        self.say(&text)
    }

    fn explain(&mut self, pick: &Pick, long: bool) -> Result<(), Halt> {
        let mut ways: Vec<String> = vec![match pick.how {
            How::One if pick.entries.is_empty() => "type one of these letters and press Enter.".to_owned(),
            How::One => "type its number and press Enter.".to_owned(),
            How::Several => {
                "type the numbers that hold with commas between them, such as 1, 3. Type 0 for none of these."
                    .to_owned()
            }
        }];
        if pick.unsure {
            ways.push("If you are not sure about the rest, add a question mark, such as 1, 3, ?".to_owned());
        }
        if long {
            ways.push("Type some of its words to find it, or l to list all.".to_owned());
        }
        if !pick.now.is_empty() {
            ways.push("An empty line keeps your answer.".to_owned());
        }
        let actions: Vec<(char, &str)> = pick.actions.iter().map(|action| (action.key(), action.words())).collect();
        let text = how_to_answer(&ways.join(" "), &actions, self.ink);
        self.say(&text)
    }
}

impl<R: BufRead, W: Write> Desk for Lines<R, W> {
    fn ink(&self) -> Ink {
        self.ink
    }

    fn say(&mut self, text: &str) -> Result<(), Halt> {
        self.output.write_all(text.as_bytes())?;
        self.output.flush()?;
        Ok(())
    }

    fn pick(&mut self, pick: &Pick) -> Result<Picked, Halt> {
        let all: Vec<usize> = (0..pick.entries.len()).collect();
        let long = all.len() > MOST_READ_OUT;
        if long {
            self.note(&format!("There are {} choices.", all.len()))?;
            let foremost = 0..pick.foremost.min(MOST_READ_OUT);
            let later = pick.now.iter().copied().filter(|at| !foremost.contains(at));
            self.read_out(pick, &foremost.clone().chain(later).collect::<Vec<_>>())?;
        } else {
            self.read_out(pick, &all)?;
        }
        self.explain(pick, long)?;
        loop {
            let line = self.read()?;
            match understand(&line, pick) {
                Understood::Picked(picked) => return Ok(picked),
                Understood::All => self.read_out(pick, &all)?,
                Understood::Found(found) => {
                    self.note(&format!("{} of {} match. Type a number.", found.len(), all.len()))?;
                    self.read_out(pick, &found)?;
                }
                Understood::Not(why) => {
                    self.note(&why)?;
                    self.explain(pick, long)?;
                }
            }
        }
    }

    fn line(&mut self, prompt: &str, now: Option<&str>, actions: &[Action]) -> Result<Typed, Halt> {
        let keep = match now {
            // In an interview it was shown with the question.
            Some(now) if actions.contains(&Action::Leave) => {
                format!(" Now: {} (an empty line keeps it).", clearshare::text::visible(now))
            }
            Some(_) => " An empty line keeps it.".to_owned(),
            None if actions.is_empty() || actions.contains(&Action::Skip) => " An empty line leaves it out.".to_owned(),
            None => String::new(),
        };
        let letters: Vec<(char, &str)> = actions.iter().map(|action| (action.key(), action.words())).collect();
        let text = to_type(&format!("{prompt}{keep}"), self.ink);
        self.say(&text)?;
        if !letters.is_empty() {
            let text = letters_alone(&letters, self.ink);
            self.say(&text)?;
        }
        let line = self.read()?;
        let act = actions.iter().find(|action| line.len() == 1 && line.eq_ignore_ascii_case(&action.key().to_string()));
        Ok(match (act, line.is_empty(), now) {
            (Some(action), ..) => Typed::Act(*action),
            (None, true, None) => Typed::Nothing,
            (None, true, Some(now)) => Typed::Text(now.to_owned()),
            (None, false, _) => Typed::Text(line),
        })
    }

    fn confirm(&mut self, prompt: &str) -> Result<bool, Halt> {
        self.note(&format!("{prompt} Type yes or no, and press Enter."))?;
        loop {
            match self.read()?.to_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => self.note("Type yes or no.")?,
            }
        }
    }
}

/// What a line means.
#[derive(Debug, PartialEq, Eq)]
enum Understood {
    /// A choice.
    Picked(Picked),
    /// "List all."
    All,
    /// A search, and what it finds.
    Found(Vec<usize>),
    /// Nothing: why.
    Not(String),
}

fn understand(line: &str, pick: &Pick) -> Understood {
    let mut letters = line.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        let letter = letter.to_ascii_lowercase();
        if let Some(action) = pick.actions.iter().find(|action| action.key() == letter) {
            return Understood::Picked(Picked::Act(*action));
        }
        if letter == 'l' {
            return Understood::All;
        }
    }
    if line.is_empty() {
        return match (pick.how, pick.now.as_slice()) {
            (_, []) => Understood::Not("Nothing was typed.".to_owned()),
            (How::One, [now, ..]) => Understood::Picked(Picked::One(*now)),
            (How::Several, now) => Understood::Picked(Picked::Several { chosen: now.to_vec(), more: pick.more }),
        };
    }
    match pick.how {
        How::One => one(line, pick),
        How::Several => several(line, pick),
    }
}

fn one(line: &str, pick: &Pick) -> Understood {
    match numbered(line, pick).or_else(|| named(line, &pick.entries)) {
        Some(at) => Understood::Picked(Picked::One(at)),
        None => searched(line, pick),
    }
}

fn several(line: &str, pick: &Pick) -> Understood {
    if line == "0" || line.eq_ignore_ascii_case("none") {
        return Understood::Picked(Picked::Several { chosen: Vec::new(), more: false });
    }
    let (mut chosen, mut more) = (BTreeSet::new(), false);
    for word in line.split([',', ';']).flat_map(|part| part.split_whitespace()) {
        if word == "?" && pick.unsure {
            more = true;
            continue;
        }
        // "1, 3?" says the same as "1, 3, ?".
        let unsure = word.strip_suffix('?').filter(|_| pick.unsure);
        let (word, unsure) = unsure.map_or((word, false), |word| (word, true));
        more |= unsure;
        match numbered(word, pick).or_else(|| named(word, &pick.entries)) {
            Some(at) => drop(chosen.insert(at)),
            None if word == "0" => return Understood::Not("0 is none of these: it stands alone.".to_owned()),
            None if chosen.is_empty() && !more => {
                return named(line, &pick.entries).map_or_else(
                    || searched(line, pick),
                    |at| Understood::Picked(Picked::Several { chosen: vec![at], more: false }),
                );
            }
            None => return Understood::Not(format!("There is no choice {word}.")),
        }
    }
    if chosen.is_empty() {
        // "I am not sure about any of them" is "I don't know".
        return if pick.actions.contains(&Action::Unknown) {
            Understood::Picked(Picked::Act(Action::Unknown))
        } else {
            Understood::Not("No choice was named.".to_owned())
        };
    }
    Understood::Picked(Picked::Several { chosen: chosen.into_iter().collect(), more })
}

fn numbered(word: &str, pick: &Pick) -> Option<usize> {
    let number: usize = word.parse().ok()?;
    number.checked_sub(1).filter(|at| *at < pick.entries.len())
}

fn named(word: &str, entries: &[Entry]) -> Option<usize> {
    let is = |entry: &Entry| entry.id.eq_ignore_ascii_case(word) || entry.label.eq_ignore_ascii_case(word);
    entries.iter().position(is)
}

fn searched(line: &str, pick: &Pick) -> Understood {
    if line.parse::<u64>().is_ok() {
        return Understood::Not(format!("There is no choice {line}."));
    }
    let wanted = line.to_lowercase();
    let has = |entry: &Entry, text: &str| entry.label.to_lowercase().contains(text) || entry.id.contains(text);
    let all = |matches: &dyn Fn(&Entry) -> bool| -> Vec<usize> {
        pick.entries.iter().enumerate().filter(|(_, entry)| matches(entry)).map(|(at, _)| at).collect()
    };
    let mut found = all(&|entry| has(entry, &wanted));
    if found.is_empty() {
        // The same words, wherever they stand.
        found = all(&|entry| wanted.split_whitespace().all(|word| has(entry, word)));
    }
    if found.is_empty() {
        return Understood::Not(format!("Nothing here is called {}.", clearshare::text::quoted(line)));
    }
    Understood::Found(found)
}
