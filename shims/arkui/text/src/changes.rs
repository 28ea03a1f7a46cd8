//! What a change of a span makes necessary.

use crate::style::{Span, TextStyle};

/// Do both spans have the same glyphs in the same places of a line?
pub(crate) fn same_shape(old: &Span, new: &Span) -> bool {
    match (old, new) {
        (Span::Text { text: old, style: before, .. }, Span::Text { text: new, style: after, .. }) => {
            // Everything else about a style decides glyphs.
            let TextStyle { color, line_height, baseline_offset, decoration, shadows, background, stroke, .. } =
                after.clone();
            let like = TextStyle {
                color,
                line_height,
                baseline_offset,
                decoration,
                shadows,
                background,
                stroke,
                ..before.clone()
            };
            old == new && like == *after
        }
        (Span::Placeholder { width: old, .. }, Span::Placeholder { width: new, .. }) => old == new,
        _ => false,
    }
}

/// Do both spans, of the same shape, make lines equally high?
pub(crate) fn same_height(old: &Span, new: &Span) -> bool {
    match (old, new) {
        (Span::Text { style: old, .. }, Span::Text { style: new, .. }) => {
            old.line_height == new.line_height && old.baseline_offset == new.baseline_offset
        }
        (
            Span::Placeholder { height: old, align: old_align, .. },
            Span::Placeholder { height: new, align: new_align, .. },
        ) => old == new && old_align == new_align,
        _ => false,
    }
}
