//! Questions by the parts of their ids: the sections of a manifest.

/// Puts things that share the first `depth` parts of their paths together by the next part: each once, in the order in which
/// it first comes, however the questions of a ruleset are mixed.
pub(super) fn groups<'q, T: Copy>(things: &[T], depth: usize, path: impl Fn(T) -> &'q str) -> Vec<(&'q str, Vec<T>)> {
    let mut groups: Vec<(&str, Vec<T>)> = Vec::new();
    for thing in things {
        let part = part(path(*thing), depth);
        match groups.iter_mut().find(|(name, _)| *name == part) {
            Some((_, inside)) => inside.push(*thing),
            None => groups.push((part, vec![*thing])),
        }
    }
    groups
}

/// A part of a path, counted from 0.
pub(super) fn part(path: &str, at: usize) -> &str {
    path.split('.').nth(at).unwrap_or_default()
}

/// Whether a path has no part after this one.
pub(super) fn ends_at(path: &str, depth: usize) -> bool {
    path.split('.').count() == depth + 1
}
