//! Two long texts side by side, cut down to where they differ.

/// What is as long as this, or shorter, is shown whole.
const SHORT: usize = 90;

/// How many words that both have are kept on each side of what differs.
const KEPT: usize = 3;

/// Both texts without most of what they begin and end with alike; whole where neither is long.
pub(super) fn elided(before: &str, after: &str) -> (String, String) {
    if before.chars().count().max(after.chars().count()) <= SHORT {
        return (before.to_owned(), after.to_owned());
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), after.split(' ').collect());
    let shorter = one.len().min(other.len());
    let alike = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let start = alike(&mut one.iter().zip(&other));
    let end = alike(&mut one.iter().rev().zip(other.iter().rev())).min(shorter - start);
    let (start, end) = (start.saturating_sub(KEPT), end.saturating_sub(KEPT));
    (cut(&one, start, end), cut(&other, start, end))
}

fn cut(words: &[&str], start: usize, end: usize) -> String {
    let kept = words.get(start..words.len().saturating_sub(end)).unwrap_or(words).join(" ");
    let (before, after) = (if start > 0 { "… " } else { "" }, if end > 0 { " …" } else { "" });
    format!("{before}{kept}{after}")
}

#[cfg(test)]
mod tests {
    use super::elided;

    #[track_caller]
    fn case(before: &str, after: &str, shown: [&str; 2]) {
        let (one, other) = elided(before, after);
        assert_eq!([one.as_str(), other.as_str()], shown);
    }

    #[test]
    fn long_texts_are_cut_down_to_what_differs() {
        let lines =
            "of: [{ data.about: tag:vulnerable }, { data.size: many }, { regime: full }, { place: abroad }] } }";
        case(
            &format!("{{ count: {{ at-least: 2, {lines}"),
            &format!("{{ count: {{ at-least: 3, {lines}"),
            ["… count: { at-least: 2, of: [{ data.about: …", "… count: { at-least: 3, of: [{ data.about: …"],
        );
        // What is added at the end, at the start, and in words that stand there already.
        let many = (0..40).map(|at| format!("w{at}")).collect::<Vec<_>>().join(" ");
        case(&many, &format!("{many} more"), ["… w37 w38 w39", "… w37 w38 w39 more"]);
        case(&many, &format!("more {many}"), ["w0 w1 w2 …", "more w0 w1 w2 …"]);
        let same = "w ".repeat(60);
        case(&format!("{same}x"), &format!("{same}w x"), ["… w w w x", "… w w w w x"]);
    }

    #[test]
    fn short_texts_stay_whole_and_so_do_texts_with_nothing_alike() {
        case(
            "{ a: b, c: d, e: f, g: h, i: j }",
            "{ a: b, c: d, e: f, g: h, i: k }",
            ["{ a: b, c: d, e: f, g: h, i: j }", "{ a: b, c: d, e: f, g: h, i: k }"],
        );
        let (one, other) = ("a ".repeat(60), "b ".repeat(60));
        case(one.trim(), other.trim(), [one.trim(), other.trim()]);
        case("", &one, ["", &one]);
    }
}
