//! The picture of an exchange as SVG: who sends what to whom, how it travels, where it is kept, and under which power.
//!
//! It is drawn in the colour of the text around it, so that it reads in light, in dark and on paper, and it has its own title and
//! description. Whoever shows it puts the same in words beside it, because a picture is cut where words are too long.

mod lines;

use lines::wrapped;

use super::view::FlowView;
use crate::report::escape::html as escape;

/// The width of the picture.
const WIDTH: usize = 360;

/// The room between a box's edge and its text.
const PAD: usize = 16;

/// From one line of text to the next.
const LINE: usize = 22;

/// Where the arrow stands.
const ARROW: usize = 32;

/// Where the words beside the arrow begin.
const BESIDE: usize = 56;

/// The most lines of one thing: the words beside the picture have all.
const MOST: usize = 6;

/// The picture of one exchange. `id` begins the ids of its title and its description.
#[must_use]
pub fn picture(flow: &FlowView<'_>, id: &str) -> String {
    let mut drawing = Drawing { y: 2, shapes: String::new() };
    let nobody = "Not answered";
    let sender = flow.from.as_ref().map_or(nobody, |from| from.label);
    let recipient = flow.to.as_ref().map_or(nobody, |to| to.label);
    let country = flow.to.as_ref().and_then(|to| to.country);
    drawing.boxed("Sender", sender, &[]);
    drawing.arrow(&[("Sends", &flow.sends), ("By", &flow.travels), ("Under", &flow.powers)]);
    let place = country.map(|country| vec![country.to_owned()]).unwrap_or_default();
    drawing.boxed("Recipient", recipient, &[("In", &place), ("Keeps it", &flow.held)]);
    let description = described(flow, sender, recipient, country);
    drawing.finish(id, &description)
}

/// The same in words, for those who do not see it.
fn described(flow: &FlowView<'_>, sender: &str, recipient: &str, country: Option<&str>) -> String {
    let mut text = format!("{sender} sends data to {recipient}");
    text.push_str(&country.map(|country| format!(" in {country}")).unwrap_or_default());
    for (what, list) in [
        ("What is sent", &flow.sends),
        ("How it travels", &flow.travels),
        ("Under which power", &flow.powers),
        ("Where the recipient keeps it", &flow.held),
    ] {
        if !list.is_empty() {
            text.push_str(&format!(". {what}: {}", list.join("; ")));
        }
    }
    text.push('.');
    text
}

/// What is drawn so far, and how far down.
struct Drawing {
    y: usize,
    shapes: String,
}

impl Drawing {
    /// A box with a small heading, a name, and what else is known.
    fn boxed(&mut self, heading: &str, name: &str, more: &[(&str, &Vec<String>)]) {
        let top = self.y;
        self.y += 8;
        self.text(PAD, heading, "14", "normal");
        for line in wrapped(name, WIDTH - 2 * PAD, 18, MOST) {
            self.text(PAD, &line, "18", "bold");
        }
        self.labelled(PAD, more);
        self.y += 14;
        let height = self.y - top;
        let width = WIDTH - 4;
        self.shapes.push_str(&format!(
            "<rect x=\"2\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\"/>"
        ));
    }

    /// An arrow down, with what is known of what goes along it.
    fn arrow(&mut self, beside: &[(&str, &Vec<String>)]) {
        let top = self.y;
        self.y += 12;
        self.labelled(BESIDE, beside);
        self.y = (self.y + 18).max(top + 72);
        let (end, tip) = (self.y - 12, self.y - 2);
        self.shapes.push_str(&format!(
            "<path d=\"M{ARROW} {top}V{end}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\"/>\
             <path d=\"M{} {}L{ARROW} {tip}L{} {}Z\" fill=\"currentColor\"/>",
            ARROW - 9,
            tip - 16,
            ARROW + 9,
            tip - 16
        ));
    }

    /// Lists, each with its label before it.
    fn labelled(&mut self, x: usize, lists: &[(&str, &Vec<String>)]) {
        for (label, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            let text = format!("{label}: {}", list.join("; "));
            for line in wrapped(&text, WIDTH - x - PAD, 15, MOST) {
                self.text(x, &line, "15", "normal");
            }
            self.y += 4;
        }
    }

    fn text(&mut self, x: usize, text: &str, size: &str, weight: &str) {
        self.y += LINE;
        self.shapes.push_str(&format!(
            "<text x=\"{x}\" y=\"{}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"currentColor\">{}</text>",
            self.y,
            escape(text)
        ));
    }

    fn finish(self, id: &str, description: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {}\" width=\"{WIDTH}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-description\"><title id=\"{id}-title\">Who sends what to whom</title>\
             <desc id=\"{id}-description\">{}</desc>{}</svg>",
            self.y + 2,
            escape(description),
            self.shapes
        )
    }
}
