//! `clearshare ask` in a real terminal: a program with a terminal of its own, and somebody who reads the screen and presses keys.

mod actions;
mod endings;
mod looks;
mod paper;
mod person;
mod places;
mod real;
mod recording;
mod room;
mod screened;
mod signing;

use paper::Size;
use person::Person;

/// The sizes at which it is tried.
const SIZES: [Size; 2] = [(24, 80), (12, 40)];

/// A question as it is asked, and how it is answered here.
type Step = (&'static str, fn(&mut Person));

/// A whole interview: what is asked in turn.
const STEPS: &[Step] = &[
    ("Is any of it one of these?", |person| person.choose_all(&["None of these"])),
    ("Who shares?", |person| person.search("thirsk", "The council of Thirsk")),
    ("Is it about people?", |person| person.choose("Yes")),
    ("About whom?", |person| person.choose_all(&["Adults"])),
    ("Which countries does it go to?", |person| {
        person.search("malta", "Malta");
        person.choose("That is all");
    }),
    ("By what power?", |person| person.choose("Act C")),
    ("What do you call it?", |person| person.answer("Loft records")),
    ("What have you been told?", |person| person.choose_all(&["None of these"])),
    ("Your answers", |person| person.choose("All is right")),
    ("Write the manifest to", |person| person.choose("Leave it as a draft")),
];

/// Goes through a part of the interview.
#[track_caller]
fn go(person: &mut Person, steps: &[Step]) {
    for (seen, answer) in steps {
        person.see(seen);
        answer(person);
    }
}
