//! Lines between the items of lists and groups.

use concord_paint::{Brush, Color, Painter, kurbo};
use concord_ui::common::parse_color;
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::tree::Tree;
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;

/// `divider`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Divider {
    width: Length,
    color: Color,
    start: Length,
    end: Length,
}

impl Divider {
    pub(crate) fn from_value(value: &Value) -> Option<Divider> {
        let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
        let width = length("strokeWidth").filter(|width| !width.is_relative())?;
        Some(Divider {
            width,
            color: parse_color(value.get("color")).unwrap_or(Color::from_argb(0x0800_0000)),
            start: length("startMargin").unwrap_or(Length::ZERO),
            end: length("endMargin").unwrap_or(Length::ZERO),
        })
    }

    /// Width in px.
    pub(crate) fn px(&self, tree: &Tree) -> f32 {
        self.width.to_px(&tree.environment).max(0.0)
    }

    /// Draws lines in the middle of gaps that begin at these places along an axis; `rect` is the content box.
    pub(crate) fn paint(
        &self,
        tree: &Tree,
        axis: Axis,
        rect: &Rect,
        gaps: impl Iterator<Item = (f32, f32)>,
        painter: &mut Painter,
    ) {
        let environment = &tree.environment;
        let width = self.px(tree);
        let start = self.start.to_px(environment);
        let length = rect.size.along(axis.cross()) - start - self.end.to_px(environment);
        if length <= 0.0 || width <= 0.0 {
            return;
        }
        for (at, gap) in gaps {
            let line = Rect {
                origin: rect.origin + Point::on(axis, at + (gap - width) / 2.0, start),
                size: Size::on(axis, width, length),
            };
            let shape = kurbo::Rect::new(
                f64::from(line.origin.x),
                f64::from(line.origin.y),
                f64::from(line.right()),
                f64::from(line.bottom()),
            );
            painter.fill_rounded(shape.to_rounded_rect(0.0), &Brush::Solid(self.color));
        }
    }
}
