//! The row for a record of processing activities: each answer stands in the column that is about it, and in no other.

use clearshare::record::v1::{Answer, AnswerWord};
use clearshare::report::record::article_30;

use crate::export_readers::rows;
use crate::records::Advised;

/// Which questions a column is about.
const ABOUT: [(&str, &[&str]); 16] = [
    ("controller", &["from.body"]),
    ("purposes", &["purpose.use"]),
    ("held_for", &["purpose.held-for"]),
    ("categories_of_people", &["data.about"]),
    ("number_of_people_a_year", &["data.scale"]),
    ("categories_of_data", &["data.form", "data.topic"]),
    ("specially_protected_data", &["data.contains"]),
    ("source_of_the_data", &["data.origin"]),
    ("recipients", &["to.body"]),
    ("countries_outside_the_uk", &["to.country", "abroad.access-from"]),
    ("transfer_safeguard", &["abroad.mechanism", "abroad.part3-route"]),
    ("security_measures", &["handling.route", "handling.controls", "hosting.kind"]),
    ("lawful_basis", &["basis.sender"]),
    ("special_category_condition", &["basis.special"]),
    ("offence_condition", &["basis.offence"]),
    ("legal_power", &["power.gateway"]),
];

#[test]
fn each_answer_stands_in_its_column_alone() {
    let mut record = Advised::example("plant-health-inspections.yaml").fitting().record;
    // Each question is answered with its own name.
    let answer = |question: &&str| Answer {
        question: (*question).to_owned(),
        section: "x".to_owned(),
        prompt: "x".to_owned(),
        answers: vec![AnswerWord { value: "x".to_owned(), label: Some((*question).to_owned()) }],
        screening: false,
        given: None,
    };
    record.facts[0].answers = ABOUT.iter().flat_map(|(_, questions)| questions.iter().map(answer)).collect();
    let article = rows(&article_30::render(&record));
    for (name, questions) in ABOUT {
        let column = article[0].iter().position(|head| head == name).unwrap();
        assert_eq!(article[1][column], questions.join("\n"), "{name}");
        for question in questions {
            let cells = article[1].iter().filter(|cell| cell.lines().any(|line| line == *question)).count();
            assert_eq!(cells, 1, "{question}");
        }
    }
}
