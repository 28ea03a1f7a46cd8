//! The size of a text that is not shown: `@ohos.measure`.

use concord_paint::kurbo::Size;

use crate::fonts::Fonts;
use crate::paragraph::Paragraph;
use crate::paragraph_style::ParagraphStyle;
use crate::style::TextStyle;

/// What is measured.
#[derive(Clone, Debug, Default)]
pub struct MeasureOptions {
    /// The text.
    pub text: String,
    /// Its style.
    pub style: TextStyle,
    /// How it is set.
    pub paragraph: ParagraphStyle,
    /// Width in px at which lines are broken; `None` for no limit.
    pub constraint_width: Option<f32>,
}

/// Width and height of a text in px. With a width to break at, the result is as wide as that (as `measureTextSize` says),
/// without it as wide as the longest line (`measureText`).
pub fn measure_text(fonts: &Fonts, options: &MeasureOptions) -> Size {
    let mut paragraph = Paragraph::plain(fonts, &options.paragraph, &options.text, &options.style);
    let width = options.constraint_width.filter(|width| width.is_finite()).map(|width| width.max(0.0));
    paragraph.layout(width.unwrap_or(f32::INFINITY), None);
    let size = paragraph.size();
    Size::new(width.map_or(size.width, f64::from), size.height)
}
