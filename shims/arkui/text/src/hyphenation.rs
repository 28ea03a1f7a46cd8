//! Where words may be hyphenated, by the patterns of their language.

use hypher::Lang;

use crate::shape::{Shaped, span_style};
use crate::style::Span;

/// Longer words are no words.
const LONGEST: usize = 60;
/// A word is not parted closer to its ends.
const FEWEST: usize = 2;

/// The language of a BCP 47 tag, if there are patterns for it.
fn language(tag: &str) -> Option<Lang> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let code = <[u8; 2]>::try_from(primary.as_bytes()).ok()?;
    Lang::from_iso(code)
}

/// Marks the clusters after which a word may be parted with a hyphen. Text without a language counts as English.
pub(crate) fn mark(shaped: &mut Shaped, spans: &[Span]) {
    let mut marks: Vec<u32> = Vec::new();
    let mut start = None;
    let text = shaped.text.as_str();
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        match start {
            None if c.is_alphabetic() => start = Some(at),
            Some(from) if !c.is_alphabetic() => {
                start = None;
                let word = text.get(from..at).unwrap_or("");
                if word.len() <= LONGEST {
                    let tag = shaped.clusters.partition_point(|cluster| (cluster.byte as usize) < from);
                    let span = shaped.clusters.get(tag).map_or(0, |cluster| usize::from(cluster.span));
                    let locale = span_style(spans, span).and_then(|style| style.locale.as_deref());
                    if let Some(language) = locale.map_or(Some(Lang::English), language) {
                        parts(word, from, language, &mut marks);
                    }
                }
            }
            _ => {}
        }
    }
    for end in marks {
        // The cluster that ends there.
        let after = shaped.clusters.partition_point(|cluster| cluster.byte < end);
        let starts_there = shaped.clusters.get(after).is_some_and(|cluster| cluster.byte == end);
        if let Some(cluster) = after.checked_sub(1).and_then(|at| shaped.clusters.get_mut(at)).filter(|_| starts_there)
        {
            cluster.flags.hyphen_after = true;
        }
    }
}

/// The ends of the syllables of a word that begins at a byte.
fn parts(word: &str, from: usize, language: Lang, marks: &mut Vec<u32>) {
    let lower = word.to_lowercase();
    if lower.len() != word.len() {
        return;
    }
    let mut at = 0;
    for syllable in hypher::hyphenate(&lower, language) {
        at += syllable.len();
        let (before, after) = (word.get(..at).unwrap_or(""), word.get(at..).unwrap_or(""));
        if before.chars().count() >= FEWEST && after.chars().count() >= FEWEST {
            marks.push((from + at) as u32);
        }
    }
}
