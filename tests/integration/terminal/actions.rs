//! All that can be done at a question.

use super::person::{BACKSPACE, CTRL_C, DOWN, ENTER, ESC, Person, UP};
use super::room::Room;
use super::{SIZES, STEPS, go};

/// Somebody who has answered so many questions.
fn after(room: &Room, answered: usize) -> Person {
    let mut person = room.ask(&[]);
    go(&mut person, &STEPS[..answered]);
    person
}

/// Somebody with all answers before them.
fn at_review(room: &Room) -> Person {
    let mut person = after(room, 8);
    person.see("Your answers");
    person
}

#[test]
fn a_whole_interview_leaves_a_draft() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = room.ask(&[]);
        for step in STEPS {
            go(&mut person, &[*step]);
            person.tidy();
        }
        person.leaves(0);
        for shown in
            ["ACT FIRST", "Ask the country (abroad.ask)", "Your answers are saved", "clearshare ask --resume 20"]
        {
            assert!(person.all().contains(shown), "{shown}");
        }
        let manifest = "screen:\n  # Is any of it one of these?\n  material: none\n\nexchange:\n  # What do you call it?\n  \
                        title: Loft records\n\nfrom:\n  # Who shares?\n  body: thirsk\n\ndata:\n  # Is it about people?\n  \
                        personal: yes\n  # About whom?\n  about: [adults]\n\nto:\n  # Which countries does it go to?\n  \
                        countries: [malta]\n\npower:\n  # By what power?\n  gateway: act-c\n\n# What we have been told\ntold: none\n";
        assert_eq!(room.draft(), format!("clearshare: 1\nruleset: interview@2026.11\n\n{manifest}"));
    }
}

#[test]
fn it_is_written_where_it_is_wanted() {
    for size in SIZES {
        for (choice, name) in
            [("Write the manifest to", "data-sharing.yaml"), ("Write it to another file", "other.yaml")]
        {
            let room = Room::new(size);
            let mut person = after(&room, 9);
            person.see("data-sharing.yaml").choose(choice);
            if name == "other.yaml" {
                person.answer(name);
            }
            person.leaves(0);
            person.see(&format!("clearshare check {name}"));
            assert!(room.drafts().is_empty(), "all of it is in the manifest");
            assert!(room.read(name).contains("title: Loft records"));
            let mut check = room.run(&["check", name, "--rules", "rules", "--as-of", "2026-11-22"]);
            // Something is to be done first.
            check.leaves(1);
            assert!(check.all().contains("ACT FIRST"), "{}", check.all());
        }
    }
}

#[test]
fn a_long_list_is_searched() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = after(&room, 1);
        person.see("Who shares?");
        assert_eq!(person.step(UP), "Save and stop", "the last line");
        assert_eq!(person.step(DOWN), "Search: _", "round and round");
        assert_eq!(person.step(DOWN), "HMRC");
        // Longer than the line has room for, and found by nothing.
        person.press(&format!("hexham {}", "z".repeat(100)));
        person.see("Nothing found.");
        person.tidy();
        person.press(&BACKSPACE.repeat(101));
        person.until("what is found", |paper| paper.selected().is_some_and(|now| now == "The council of Hexham"));
        person.tidy();
        person.end_list(ENTER);
        person.see("→ The council of Hexham").see("Is it about people?");
        assert!(room.draft().contains("body: hexham"));
    }
}

#[test]
fn ticks_say_what_holds() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = after(&room, 3);
        person.see("About whom?").choose_all(&[]);
        person.see("Nothing is ticked.").end_list(ENTER);
        person.selected();
        assert_eq!(person.all().matches("Nothing is ticked.").count(), 1, "once is enough");
        person.choose_all(&["Adults", "None of these"]);
        person.see("\"None of these\" stands alone").choose_all(&["None of these", "I'm not sure about the rest"]);
        person.see("→ Adults; and perhaps more").see("Which countries");
        assert!(room.draft().contains("about: [adults, unknown]"), "{}", room.draft());
        person.tidy();
        // To be unsure about all of them is not to know.
        person.search("not sure about", "I'm not sure about the rest");
        person.choose("None of these");
        person.see("→ I don't know").see("By what power?");
        assert!(room.draft().contains("countries: unknown"), "{}", room.draft());
    }
}

#[test]
fn several_are_gathered_from_a_long_list() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = after(&room, 4);
        person.see("Which countries");
        for (part, found) in [
            ("pol", "Poland"),
            ("malt", "Malta"),
            ("cyp", "Cyprus"),
            ("malt", "[x] Malta"),
            ("not sure", "[ ] I'm not sure"),
        ] {
            person.search(part, found);
        }
        person.choose("That is all: 2 chosen");
        person.see("→ Cyprus; Poland; and perhaps more").see("By what power?");
        assert!(room.draft().contains("countries: [cyprus, poland, unknown]"), "{}", room.draft());
    }
}

#[test]
fn nothing_of_a_long_list_holds() {
    let room = Room::new((24, 80));
    let mut person = after(&room, 4);
    person.see("Which countries").choose("None of these");
    person.see("→ none of these").see("By what power?");
    assert!(room.draft().contains("countries: none"));
}

/// Reads to the end of a text, which says this somewhere, and goes back. What is read is in sight until then.
fn read_on(person: &mut Person, what: &str) {
    let mut read = String::new();
    loop {
        // The list comes last: when it is there, all of the page is.
        let selected = person.selected();
        read += &person.screen().join(" ");
        if selected != "Show more" {
            break;
        }
        person.end_list(ENTER);
    }
    assert!(read.split_whitespace().collect::<Vec<_>>().join(" ").contains(what), "{read}");
    person.choose("Back to the question");
}

#[test]
fn nothing_of_a_long_list_is_chosen_by_a_key_too_many() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = after(&room, 1);
        assert_eq!(person.see("Who shares?").selected(), "Search: _");
        person.press(ENTER);
        person.search("hexham", "The council of Hexham");
        person.see("→ The council of Hexham").see("Is it about people?");
    }
}

#[test]
fn a_window_of_two_rows() {
    for rows in [2, 1] {
        let room = Room::new((rows, 40));
        let mut person = room.ask(&[]);
        person.see("Is any of it one of these?").choose("None of these");
        person.see("Who shares?").search("thirsk", "The council of Thirsk");
        person.see("Is it about people?").choose("Yes");
        person.see("About whom?").choose("Adults");
        person.choose("That is all");
        person.see("→ Adults").see("Which countries").selected();
        person.press(CTRL_C);
        person.leaves(130);
        assert!(room.draft().contains("about: [adults]"), "{}", room.draft());
    }
}

#[test]
fn other_things_can_be_done_at_a_question() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = after(&room, 2);
        person.see("Is it about people?").choose("Why do you ask?");
        person.see("Why you are asked People have rights.");
        // It stays to be read: page by page, where it is long.
        read_on(&mut person, "People Act");
        person.see("Is it about people?").choose("What do we know so far?");
        person.see("What we know so far");
        read_on(&mut person, "may yet apply");
        person.see("Is it about people?");
        person.tidy();
        person.end_list(ESC);
        person.choose("Back to the question");
        // It is the same list again.
        assert_eq!(person.selected(), "Yes");
        person.end_list(ESC);
        assert_eq!(person.selected(), "I don't know");
        person.end_list(ESC);
        person.choose("I don't know");
        person.see("→ I don't know").see("would know. It stays open until you find out.").see("Question 4.");
        assert!(room.draft().contains("personal: unknown"));
        person.end_list(ESC);
        person.choose("Why do you ask?");
        person.see("Why you are asked");
    }
}

#[test]
fn what_does_not_fit_can_be_named() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = after(&room, 5);
        person.see("By what power?");
        assert!(!person.news().contains("Act A"));
        person.choose("Show the ones that do not");
        person.see("The ones that do not fit here").see("Choose one only if you mean to rely on it all the same");
        person.choose("Go back");
        person.see("By what power?").choose("Show the ones that do not");
        person.see("the advice then says what that means").choose("Act A");
        person.see("→ Act A").see("What do you call it?");
        assert!(room.draft().contains("gateway: act-a"));
    }
}

#[test]
fn going_back_keeps_later_answers() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = room.ask(&[]);
        person.see("Is any of it one of these?").end_list(ESC);
        person.choose("Go back");
        person.see("This is the first question").choose_all(&["None of these"]);
        go(&mut person, &STEPS[1..4]);
        person.see("Which countries").end_list(ESC);
        person.choose("Go back");
        person.see("About whom?").see("Your answer so far: Adults.").end_list(ESC);
        person.choose("Go back");
        person.see("Is it about people?").see("Your answer so far: Yes.").choose("Go back");
        person.see("Who shares?").see("A question that you answered.");
        assert_eq!(person.selected(), "The council of Thirsk");
        person.search("hmrc", "HMRC");
        // Those after it are answered: what is asked next is what was not.
        person.see("→ HMRC").see("Which countries");
        let draft = room.draft();
        assert!(
            draft.contains("body: hmrc") && draft.contains("personal: yes") && draft.contains("about: [adults]"),
            "{draft}"
        );
    }
}

#[test]
fn a_change_that_takes_the_point_from_others_is_asked_first() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = at_review(&room);
        let change = |person: &mut Person, answer: &str| {
            person.choose("Change an answer");
            person.choose("Is it about people?");
            person.see("A question that you answered.").choose(answer);
        };
        change(&mut person, "No");
        person.see("1 other answer has no point any more").see("About whom? Adults").see("Change it?").choose("No");
        person.see("Is it about people?");
        assert!(room.draft().contains("personal: yes"), "nothing was changed");
        person.choose("No");
        person.see("Change it?").choose("Yes");
        person.see("Your answers");
        let without = room.draft();
        assert!(without.contains("personal: no") && !without.contains("about:"), "{without}");
        change(&mut person, "Yes");
        person.see("1 answer that you gave before is back").see("Your answers");
        let back = room.draft();
        assert!(back.contains("personal: yes") && back.contains("about: [adults]"), "{back}");
        person.tidy();
    }
}

#[test]
fn an_interview_goes_on_later() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = after(&room, 2);
        person.see("Is it about people?").choose("Save and stop");
        person.leaves(0);
        person.see("Your answers are saved").see("To go on: clearshare ask --resume 20");
        let name = room.drafts().pop().unwrap();
        for args in [vec![], vec!["--resume"], vec!["--resume", &name]] {
            let mut person = room.ask(&args);
            if args.is_empty() {
                person.see("You have begun before. Nothing of it is lost.");
                person.choose(&format!("Go on with {name}"));
            }
            person.see("Question 3.").see("Is it about people?").end_list(ESC);
            person.choose("Save and stop");
            person.leaves(0);
            person.see("Your answers are saved");
        }
        // A new one leaves the old one as it is.
        let mut person = room.ask(&[]);
        person.see("You have begun before").choose("Start a new interview");
        person.see("Question 1.").choose_all(&["None of these"]);
        person.see("Question 2.").see("Search: _").end_list(ESC);
        person.choose("Save and stop");
        person.leaves(0);
        assert_eq!(room.drafts().len(), 2);
    }
}

#[test]
fn what_was_told_is_answered() {
    for size in SIZES {
        let room = Room::new(size);
        let mut person = after(&room, 7);
        person.see("What have you been told?").choose_all(&["Data about people"]);
        person.see("Your answers").see("What you have been told • Data about people is never shared.");
        assert!(room.draft().contains("never-share"), "{}", room.draft());
        person.choose("Change what you have been told");
        person.see("What have you been told?").choose_all(&["Data about people", "Nothing may ever"]);
        person.see("Your answers").see("What you have been told • Nothing may ever go abroad");
        let draft = room.draft();
        assert!(draft.contains("always-abroad") && !draft.contains("never-share"), "{draft}");
        person.choose("What do we know so far?");
        person.see("What we know so far").choose("Back to the question");
        person.choose("All is right");
        person.choose("Leave it as a draft");
        person.leaves(0);
        assert!(person.all().contains("“Nothing may ever go abroad"));
    }
}

/// In a low window the answers scroll away: they can be read.
#[test]
fn a_long_review_is_read_page_by_page() {
    let room = Room::new(SIZES[1]);
    let mut person = at_review(&room);
    person.choose("Read your answers page by page");
    let mut read = String::new();
    for _ in 0..20 {
        person.selected();
        let screen = person.screen().join("\n");
        read.push_str(&screen);
        if screen.contains("Show more") {
            person.choose("Show more");
        } else {
            break;
        }
    }
    for said in ["Is any of it one of these?", "The council of Thirsk", "Adults", "Loft records", "Act C"] {
        assert!(read.contains(said), "{said} in {read}");
    }
    person.choose("Back to the question");
    person.choose("All is right");
    person.see("Where should your answers be kept?");
}
