//! What is on the screen, in terminals of every kind.

use super::person::{BACKSPACE, CTRL_C, DOWN, ENTER, ESC, LEFT, UP};
use super::room::Room;
use super::{SIZES, STEPS, go};
use crate::support::Clearshare;

/// The escape sequences that set a colour or a style.
fn styles(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1).map(|rest| {
        rest.split_inclusive(|character: char| character.is_ascii_alphabetic()).next().unwrap_or_default().to_owned()
    });
    sequences.filter(|sequence| sequence.ends_with('m')).collect()
}

#[test]
fn colours_are_used_unless_they_are_not_wanted() {
    for (no_color, wanted) in [("1", false), ("", true)] {
        let room = Room::new(SIZES[0]).env("NO_COLOR", no_color);
        let mut person = room.ask(&[]);
        go(&mut person, STEPS);
        person.leaves(0);
        person.tidy();
        assert_eq!(!styles(&person.bytes()).is_empty(), wanted, "{:?}", styles(&person.bytes()));
    }
}

#[test]
fn a_window_that_changes_its_size() {
    // The last line of each list: what is still to be drawn would be drawn for the width before.
    let (long, all) = ("Esc for more.", "Save and stop");
    let wide = [all, long, all, all, long, all];
    let narrow = ["What do we know so far?", long, all, "I don't know", long, "Go back"];
    for number in 0..wide.len() {
        for (from, to, last) in [((24, 80), (12, 40), wide[number]), ((12, 40), (24, 80), narrow[number])] {
            let room = Room::new(from);
            let mut person = room.ask(&[]);
            go(&mut person, &STEPS[..number]);
            person.see(STEPS[number].0).see(last).selected();
            person.resize(to);
            let first = person.step(DOWN);
            person.step(DOWN);
            person.step(UP);
            assert_eq!(person.selected(), first);
            let screen = person.screen();
            let times = screen.iter().filter(|row| row.get(2..).is_some_and(|row| row.trim() == first.trim())).count();
            assert_eq!(times, 1, "{first} stands there once: {screen:#?}");
            assert_eq!(screen.iter().filter(|row| row.starts_with("> ")).count(), 1, "{screen:#?}");
            go(&mut person, &STEPS[number..7]);
            person.see("What have you been told?").selected();
        }
    }
}

/// Lower than dialoguer can draw in, while a list is there: what is asked is asked otherwise, and nothing that was ticked is lost.
#[test]
fn a_window_that_becomes_too_low_for_a_list() {
    const HIDES: &[u8] = b"\x1b[?25l";
    let hides = |bytes: &[u8]| bytes.windows(HIDES.len()).filter(|window| *window == HIDES).count();
    for size in SIZES {
        for (rows, number, answer) in [
            (2, 2, (|person| person.choose("Yes")) as fn(&mut super::person::Person)),
            (1, 2, |person| person.choose("Yes")),
            (2, 0, |person| person.choose("None of these")),
            (1, 3, |person| person.choose("That is all: 1 chosen")),
        ] {
            let room = Room::new(size);
            let mut person = room.ask(&[]);
            go(&mut person, &STEPS[..number]);
            person.see(STEPS[number].0).selected();
            if number == 3 {
                person.tick(&["Adults"]);
            }
            let before = hides(&person.bytes());
            person.resize((rows, size.1));
            person.press(DOWN);
            person.until("what is asked otherwise", |paper| hides(&paper.bytes) > before);
            person.resize(size);
            person.step(DOWN);
            answer(&mut person);
            go(&mut person, &STEPS[number + 1..]);
            person.leaves(0);
            assert!(!person.all().contains("panicked"), "{}", person.all());
            let kept = room.draft();
            assert!(kept.contains("personal: yes") && kept.contains("about: [adults]"), "{kept}");
        }
    }
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_is_asked_line_by_line() {
    for (term, args) in [("dumb", vec![]), ("", vec![]), ("xterm-256color", vec!["--plain"])] {
        let room = Room::new(SIZES[1]).env("TERM", term).env("NO_COLOR", "");
        let mut person = room.ask(&args);
        for (seen, typed) in [
            ("Is any of it one of these?", "0"),
            ("Who shares?", "council of th"),
            ("1 of 26 match. Type a number.", "22"),
            ("Is it about people?", "w"),
            ("Why you are asked", "1"),
            ("About whom?", "1, ?"),
            ("Which countries does it go to?", "malta"),
            ("By what power?", "act-c"),
            ("What do you call it?", "Loft"),
            ("What have you been told?", "0"),
            ("Your answers", "1"),
            ("Write the manifest to", "1"),
        ] {
            person.see(seen);
            person.answer(typed);
        }
        person.leaves(0);
        assert!(!person.bytes().contains(&0x1b), "no escape byte");
        assert!(room.read("data-sharing.yaml").contains("about: [adults, unknown]"));
    }
}

#[test]
fn ctrl_c_among_lines() {
    let room = Room::new(SIZES[0]);
    let mut person = room.ask(&["--plain"]);
    person.see("Is any of it one of these?").answer("0");
    person.see("Who shares?").line();
    person.press(CTRL_C);
    person.leaves(130);
    person.see("Nothing that you answered is lost.");
    assert!(!person.bytes().contains(&0x1b), "no escape byte");
    assert!(room.draft().contains("material: none"));
}

#[test]
fn without_a_terminal_it_says_so_at_once() {
    let output = Clearshare::new("ask").run();
    assert_eq!(output.status, 2);
    assert!(
        output.stderr.contains("there is no terminal to ask in") && output.stderr.contains("--plain"),
        "{}",
        output.stderr
    );
    assert_eq!(output.stdout, "");
}

#[test]
fn text_is_typed_as_people_type_it() {
    for size in SIZES {
        let long = "a very long name ".repeat(12);
        for (keys, kept) in [
            (long.clone(), long.trim().to_owned()),
            (format!("{long}{}", BACKSPACE.repeat(long.len() - 1)), "a".to_owned()),
            ("漢字の記録".to_owned(), "漢字の記録".to_owned()),
            (format!("漢字{LEFT}x{LEFT}{LEFT}y"), "y漢x字".to_owned()),
            (format!("Loft{UP}{DOWN}\t records"), "Loft records".to_owned()),
            ("漢字".repeat(60), "漢字".repeat(60)),
        ] {
            let room = Room::new(size);
            let mut person = room.ask(&[]);
            go(&mut person, &STEPS[..6]);
            person.see("What do you call it?").answer(&keys);
            person.see("What have you been told?").selected();
            person.tidy();
            assert!(room.draft().contains(&format!("title: {kept}\n")), "{kept} in {}", room.draft());
        }
    }
}

#[test]
fn esc_leaves_a_text_as_it_is() {
    let room = Room::new(SIZES[1]);
    let mut person = room.ask(&[]);
    go(&mut person, &STEPS[..6]);
    person.see("What do you call it?").line();
    person.press("Something");
    person.until("what was typed", |paper| paper.typed().is_some_and(|typed| typed == "Something"));
    person.press(ESC);
    // Everything else that can be done; leaving it out comes first.
    person.see("Leave it out").selected();
    person.press(ENTER);
    person.see("What have you been told?").selected();
    assert!(!room.draft().contains("title"));
    person.tidy();
}

#[test]
fn keys_that_come_early_are_not_shown() {
    let room = Room::new(SIZES[0]);
    let mut person = room.ask(&[]);
    person.see("Is any of it one of these?").selected();
    // All at once: down to "None of these", a tick, Enter; then a search, and the first that is found.
    person.press(&format!("{DOWN}{DOWN} {ENTER}thirsk{ENTER}"));
    person.see("→ The council of Thirsk").see("Is it about people?").selected();
    person.tidy();
    assert!(!person.all().contains("^["), "{}", person.all());
}

#[test]
fn hostile_text_of_a_manifest_is_shown_and_does_nothing() {
    let manifest = "clearshare: 1\nruleset: interview@2026.11\nscreen: {material: none}\nfrom: {body: hmrc}\ndata: {personal: no}\n\
                    to: {countries: none}\npower: {gateway: act-c}\n\
                    exchange: {title: \"\\e[31mred\\e[2J \\u202Egnp\\e]0;x\\a end\"}\n";
    for size in SIZES {
        let room = Room::new(size);
        room.file("out.yaml", manifest);
        let mut person = room.ask(&["--output", "out.yaml"]);
        person.see("What have you been told?").choose_all(&["None of these"]);
        person.see("Your answers").see("red").choose("Change an answer");
        person.choose("What do you call it?");
        person.see("What do you call it?").line();
        person.press(ENTER);
        person.see("Your answers").choose("All is right");
        person.leaves(0);
        let bytes = person.bytes();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            !text.contains('\u{202e}')
                && !text.contains('\x07')
                && !text.contains("\x1b]")
                && !text.contains("\x1b[2J")
        );
        assert_eq!(styles(&bytes), Vec::<String>::new());
    }
}

/// Whatever there is to choose from, and wherever in the list one is: the question stays in sight.
#[test]
fn the_question_is_seen_while_one_chooses() {
    for (size, ruleset) in SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]) {
        let room = if ruleset { Room::new(size).bundled() } else { Room::new(size) };
        let mut person = room.ask(&[]);
        person.see("one of these?").choose("None of these");
        person.see("Question 2.").selected();
        for _ in 0..8 {
            let first = person.selected();
            loop {
                let screen = person.screen();
                let question =
                    screen.iter().position(|row| row.trim_end().ends_with('?') && !row.starts_with(['>', ' ']));
                let at = screen.iter().position(|row| row.starts_with("> "));
                assert!(question < at && question.is_some(), "{screen:#?}");
                if person.step(DOWN) == first {
                    break;
                }
            }
            person.end_list(ESC);
            person.choose("I don't know");
            person.until("what is asked next", |paper| paper.selected().is_some() || paper.typed().is_some());
            if person.look(|paper| paper.typed().is_some()) {
                break;
            }
        }
    }
}

/// Enter does what stands in the line; Esc shows the same things to do. What was ticked stays.
#[test]
fn other_things_are_one_key_away_where_one_ticks() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = room.ask(&[]);
        go(&mut person, &STEPS[..3]);
        person.see("About whom?").see("Esc").tick(&["Adults"]);
        person.choose("Why do you ask?");
        person.see("Why you are asked").see("Children need more care.").choose("Back to the question");
        person.until("the tick", |paper| paper.selected().is_some_and(|now| now == "[x] Adults"));
        person.choose("What do we know so far?");
        person.see("What we know so far").choose("Back to the question");
        person.until("the tick", |paper| paper.selected().is_some_and(|now| now == "[x] Adults"));
        person.end_list(ESC);
        person.choose("Back to the question");
        assert_eq!(person.selected(), "[x] Adults");
        person.end_list(ENTER);
        person.see("→ Adults").see("Which countries");
        // "None of these" needs no tick.
        person.end_list(ESC);
        person.choose("Go back");
        person.see("About whom?").tick(&["Adults"]);
        person.choose("None of these");
        person.see("→ none of these").see("Which countries");
        person.tidy();
    }
}
