//! The border of a node, inside its box.

use crate::common::{Border, BorderStyle};
use crate::geometry::{Edges, Size};
use crate::units::Environment;
use concord_paint::kurbo::{BezPath, Cap, Line, Point, Rect, RoundedRect, RoundedRectRadii, Shape, Stroke};
use concord_paint::{Brush, Color, FillRule, Painter};

/// Colour of an edge that none was given for.
const DEFAULT: Color = Color::BLACK;

/// Draws an outline around the outside of a node whose own outline is `inner`.
pub(super) fn paint_outside(
    outline: &Border,
    environment: &Environment,
    inner: RoundedRect,
    size: Size,
    painter: &mut Painter,
) {
    let widths = outline.widths(environment, false);
    let rect = inner.rect();
    let outer = Rect::new(
        rect.x0 - f64::from(widths.left),
        rect.y0 - f64::from(widths.top),
        rect.x1 + f64::from(widths.right),
        rect.y1 + f64::from(widths.bottom),
    );
    let radii = super::radii(&outline.radius, environment, size);
    paint(outline, &widths, outer.to_rounded_rect(radii), painter);
}

/// Draws the border; `widths` are px, `outer` is the outline of the node.
pub(super) fn paint(border: &Border, widths: &Edges, outer: RoundedRect, painter: &mut Painter) {
    let edges = [widths.left, widths.top, widths.right, widths.bottom].map(f64::from);
    if edges.iter().all(|width| *width <= 0.0) {
        return;
    }
    let colors = border.color.map(|color| color.unwrap_or(DEFAULT));
    let same_style = border.style.iter().all(|style| *style == border.style[0]);
    let same_color = colors.iter().all(|color| *color == colors[0]);
    let same_width = edges.iter().all(|width| *width == edges[0]);
    if same_style && same_color && same_width && border.style[0] != BorderStyle::Solid {
        let middle =
            RoundedRect::from_rect(outer.rect().inset(-edges[0] / 2.0), inner_radii(outer, [edges[0] / 2.0; 4]));
        painter.stroke(middle.to_path(0.1), &stroke(border.style[0], edges[0]), &Brush::Solid(colors[0]));
        return;
    }
    let inner = inside(outer, edges);
    if same_style && same_color && border.style[0] == BorderStyle::Solid {
        ring(outer, inner, &Brush::Solid(colors[0]), painter);
        return;
    }
    // Each edge in its own part of the frame: the lines between them run from the outer to the inner corners.
    let (out, inn) = (outer.rect(), inner.rect());
    let corners = |rect: Rect| {
        [
            Point::new(rect.x0, rect.y0),
            Point::new(rect.x1, rect.y0),
            Point::new(rect.x1, rect.y1),
            Point::new(rect.x0, rect.y1),
        ]
    };
    let (o, i) = (corners(out), corners(inn));
    // Left, top, right, bottom: their outer and inner corners.
    for (edge, (from, to)) in [(3, 0), (0, 1), (1, 2), (2, 3)].into_iter().enumerate() {
        if edges[edge] <= 0.0 {
            continue;
        }
        let mut part = BezPath::new();
        part.move_to(o[from]);
        part.line_to(o[to]);
        part.line_to(i[to]);
        part.line_to(i[from]);
        part.close_path();
        painter.save();
        painter.clip_path(&part);
        match border.style[edge] {
            BorderStyle::Solid => ring(outer, inner, &Brush::Solid(colors[edge]), painter),
            style => {
                let middle = |a: Point, b: Point| a.midpoint(b);
                let line = Line::new(middle(o[from], i[from]), middle(o[to], i[to]));
                painter.stroke(line.to_path(0.1), &stroke(style, edges[edge]), &Brush::Solid(colors[edge]));
            }
        }
        painter.restore();
    }
}

/// What lies between two outlines.
fn ring(outer: RoundedRect, inner: RoundedRect, brush: &Brush, painter: &mut Painter) {
    let mut path = outer.to_path(0.1);
    if inner.rect().width() > 0.0 && inner.rect().height() > 0.0 {
        path.extend(inner.to_path(0.1));
    }
    painter.fill_with(path, FillRule::EvenOdd, brush);
}

/// The outline inside the border.
fn inside(outer: RoundedRect, [left, top, right, bottom]: [f64; 4]) -> RoundedRect {
    let rect = outer.rect();
    let inner = Rect::new(
        rect.x0 + left,
        rect.y0 + top,
        (rect.x1 - right).max(rect.x0 + left),
        (rect.y1 - bottom).max(rect.y0 + top),
    );
    RoundedRect::from_rect(inner, inner_radii(outer, [left, top, right, bottom]))
}

fn inner_radii(outer: RoundedRect, [left, top, right, bottom]: [f64; 4]) -> RoundedRectRadii {
    let radii = outer.radii();
    let less = |radius: f64, a: f64, b: f64| (radius - a.max(b)).max(0.0);
    RoundedRectRadii::new(
        less(radii.top_left, left, top),
        less(radii.top_right, right, top),
        less(radii.bottom_right, right, bottom),
        less(radii.bottom_left, left, bottom),
    )
}

/// Dashes are three widths long with one in between; dots lie two widths apart.
fn stroke(style: BorderStyle, width: f64) -> Stroke {
    match style {
        BorderStyle::Solid => Stroke::new(width),
        BorderStyle::Dashed => Stroke::new(width).with_caps(Cap::Butt).with_dashes(0.0, [width * 3.0, width]),
        BorderStyle::Dotted => Stroke::new(width).with_caps(Cap::Round).with_dashes(0.0, [0.01, width * 2.0]),
    }
}
