//! What kinds of characters there are, as far as setting text cares.

use crate::shape::Shaped;

/// Space between the characters of East Asia and others, in em.
const APART: f32 = 0.125;

/// Adds space between the characters of East Asia and Latin letters or digits, where the text has none.
pub(crate) fn space_apart(shaped: &mut Shaped) {
    for index in 1..shaped.clusters.len() {
        let (Some(before), Some(after)) = (shaped.first_char(index - 1), shaped.first_char(index)) else { continue };
        if !(is_ideograph(before) && is_western(after) || is_western(before) && is_ideograph(after)) {
            continue;
        }
        let space = shaped.clusters.get(index - 1).map_or(0.0, |cluster| APART * shaped.size_of(cluster));
        if let Some(cluster) = shaped.clusters.get_mut(index - 1) {
            cluster.advance += space;
        }
    }
}

/// Characters of Chinese, Japanese and Korean, without punctuation.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3041..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFD)
}

fn is_western(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(u32::from(c), 0xC0..=0x24F | 0x370..=0x3FF | 0x400..=0x4FF)
}

/// Opening punctuation whose ink is in the right half of a square.
pub(crate) fn opens(c: char) -> bool {
    matches!(c, '（' | '「' | '『' | '【' | '《' | '〈' | '〔' | '〖' | '［' | '｛' | '“' | '‘')
}

/// Closing punctuation that may stand beyond the end of a line.
pub(crate) fn hangs(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '．'
            | '”'
            | '’'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
    )
}
