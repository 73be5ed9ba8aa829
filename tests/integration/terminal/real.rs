//! A whole interview on the newest ruleset inside the program, by somebody who knows some of it.

use super::SIZES;
use super::paper::{Paper, Size};
use super::person::{DOWN, ENTER, ESC};
use super::room::Room;

/// What is asked next: what is new, and the line where one is; none where a line is to be typed or all is over.
fn next(person: &super::Person) -> (String, Option<String>) {
    person.until("a question", |paper| paper.selected().is_some() || paper.typed().is_some() || paper.over);
    (person.news(), person.look(Paper::selected))
}

fn interview(size: Size) {
    let room = Room::new(size).bundled();
    let mut person = room.ask(&["--output", "out.yaml"]);
    let mut asked = 0;
    loop {
        let (news, selected) = next(&person);
        person.tidy();
        let Some(selected) = selected else {
            if person.look(|paper| paper.over) {
                break;
            }
            assert!(news.contains("For people to read."), "{news}");
            person.answer("Seals on boxes");
            continue;
        };
        if selected.starts_with("All is right") {
            person.end_list(ENTER);
            break;
        }
        asked += 1;
        assert!(asked < 200, "it ends");
        // A list that is searched begins where one types, and has "None of these" as its first line where several may hold.
        let selected = if selected.starts_with("Search:") { person.step(DOWN) } else { selected };
        match (asked % 3, selected.starts_with("[ ]")) {
            (_, false) if selected == "None of these" => person.end_list(ENTER),
            (_, true) => person.choose_all(&["None of these"]),
            (1, false) => {
                person.end_list(ESC);
                person.choose("I don't know");
            }
            _ => person.end_list(ENTER),
        }
    }
    person.leaves(0);
    person.see("Your answers are saved").tidy();
    assert!(asked > 10, "{asked}");
    let manifest = room.read("out.yaml");
    assert!(manifest.contains("title: Seals on boxes") && manifest.contains(": unknown"), "{manifest}");
    let mut check = room.run(&["check", "out.yaml", "--as-of", "2026-11-22"]);
    check.is_gone();
    assert!(!check.all().contains("error["), "{}", check.all());
}

#[test]
fn the_newest_ruleset_80() {
    interview(SIZES[0]);
}

#[test]
fn the_newest_ruleset_40() {
    interview(SIZES[1]);
}
