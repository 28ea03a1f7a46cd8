//! One line of text that a component makes itself: a clock, a timer, a marquee.

use crate::text_style::{SpanStyle, theme, theme_style};
use concord_paint::Painter;
use concord_text::{Fonts, Paragraph, ParagraphStyle, Point, Span};
use concord_ui::geometry::{Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::units::{Environment, Length, Unit};

/// `ohos_id_text_font_size` of the theme.
pub(super) const SIZE: Length = Length::Plain(16.0, Unit::Fp);

/// A line in a style.
#[derive(Default)]
pub(super) struct SingleLine {
    pub text: String,
    pub style: SpanStyle,
    paragraph: Option<Paragraph>,
}

impl SingleLine {
    /// Lays the line out. Its size.
    pub fn measure(&mut self, fonts: &Fonts, environment: &Environment) -> Size {
        let style = self.style.over(theme_style(environment, &SIZE, theme::primary(environment)), environment);
        let spans = [Span::Text { text: self.text.clone(), style, id: 0 }];
        let paragraph = match &mut self.paragraph {
            Some(paragraph) => {
                paragraph.update(&ParagraphStyle::default(), &spans);
                paragraph
            }
            none => none.insert(Paragraph::new(fonts, &ParagraphStyle::default(), &spans)),
        };
        paragraph.layout(f32::INFINITY, None);
        Size::new(paragraph.longest_line().ceil(), paragraph.size().height as f32)
    }

    /// Draws the line, in the middle of a box, or from a place on.
    pub fn paint(&self, painter: &mut Painter, content: &Rect, from: Option<f32>) {
        let Some(paragraph) = &self.paragraph else { return };
        let x = from.unwrap_or((content.size.width - self.width()) / 2.0);
        let y = (content.size.height - paragraph.size().height as f32) / 2.0;
        let at = Point::new(f64::from((content.origin.x + x).round()), f64::from((content.origin.y + y).round()));
        paragraph.paint(painter, at);
    }

    /// Its width in px, once it is laid out.
    pub fn width(&self) -> f32 {
        self.paragraph.as_ref().map_or(0.0, |paragraph| paragraph.longest_line().ceil())
    }

    pub fn first_baseline(&self) -> f32 {
        self.paragraph.as_ref().map_or(0.0, Paragraph::first_baseline)
    }

    pub fn inspect(&self, environment: &Environment, out: &mut Attributes) {
        out.text("content", self.text.as_str());
        out.length("fontSize", self.style.font.size.as_ref().unwrap_or(&SIZE), environment);
        out.color("fontColor", self.style.font.color.unwrap_or(theme::primary(environment)));
        out.text("fontWeight", format!("{}", self.style.font.weight.unwrap_or(400)));
    }
}
