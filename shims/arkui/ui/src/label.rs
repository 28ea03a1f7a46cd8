//! A line of text that a component shows besides its children: the label of a button, an option, a tab.

use crate::geometry::{Rect, Size};
use concord_paint::Painter;
use concord_text::{Fonts, Paragraph, ParagraphStyle, Point, TextAlign, TextOverflow, TextStyle};

/// A text of few lines in one style.
#[derive(Debug, Default)]
pub struct Label {
    paragraph: Option<Paragraph>,
}

impl Label {
    /// The text or its style has changed.
    pub fn forget(&mut self) {
        self.paragraph = None;
    }

    /// Measures the text, which `describe` says, within a width. Lines are centred; what does not fit is cut off with an
    /// ellipsis.
    pub fn measure(
        &mut self,
        fonts: &Fonts,
        max_width: f32,
        max_lines: usize,
        describe: impl FnOnce() -> (String, TextStyle),
    ) -> Size {
        self.measure_within(fonts, Size::new(max_width, f32::INFINITY), || {
            let (text, style) = describe();
            let paragraph = ParagraphStyle {
                align: TextAlign::Center,
                max_lines: Some(max_lines),
                overflow: TextOverflow::Ellipsis,
                ..ParagraphStyle::default()
            };
            (text, style, paragraph)
        })
    }

    /// The same within a width and a height, where the height counts only for a text that may be shrunk (`min_font_size`).
    pub fn measure_within(
        &mut self,
        fonts: &Fonts,
        max: Size,
        describe: impl FnOnce() -> (String, TextStyle, ParagraphStyle),
    ) -> Size {
        let paragraph = self.paragraph.get_or_insert_with(|| {
            let (text, style, paragraph) = describe();
            Paragraph::plain(fonts, &paragraph, &text, &style)
        });
        let max_height = max.height.is_finite().then_some(max.height);
        paragraph.layout(max.width, max_height);
        let width = paragraph.longest_line().ceil().min(max.width);
        paragraph.layout(width, max_height);
        Size::new(width, paragraph.size().height as f32)
    }

    /// The size of the measured text.
    pub fn size(&self) -> Size {
        self.paragraph
            .as_ref()
            .map_or(Size::ZERO, |paragraph| Size::new(paragraph.longest_line().ceil(), paragraph.size().height as f32))
    }

    /// Draws the text in the middle of a box.
    pub fn paint(&self, painter: &mut Painter, content: &Rect) {
        let Some(paragraph) = &self.paragraph else { return };
        let size = paragraph.size();
        let x = f64::from(content.origin.x)
            + (f64::from(content.size.width) - f64::from(paragraph.longest_line().ceil())) / 2.0;
        let y = f64::from(content.origin.y) + (f64::from(content.size.height) - size.height) / 2.0;
        paragraph.paint(painter, Point::new(x.round(), y.round()));
    }
}
