//! The mark on the node that the page points at: margin, border, padding and content in the colours that developers know.

use crate::bridge::Ui;
use concord_paint::kurbo::Rect;
use concord_paint::{Brush, Color, Painter};
use concord_ui::geometry::{self, Edges};
use concord_ui::input::space;
use concord_ui::{NodeId, Tree};

const MARGIN: Color = Color::rgba8(246, 178, 107, 130);
const BORDER: Color = Color::rgba8(255, 229, 153, 150);
const PADDING: Color = Color::rgba8(147, 196, 125, 130);
const CONTENT: Color = Color::rgba8(111, 168, 220, 130);

impl Ui {
    /// Marks a node from now on; 0 for none. Whether that changes anything.
    pub(super) fn mark(&self, number: u64) -> bool {
        self.inspection.marked.replace(number) != number
    }

    /// Draws the mark above everything else of a window.
    pub(in crate::bridge) fn paint_mark(&self, tree: &Tree, painter: &mut Painter, in_window: impl Fn(NodeId) -> bool) {
        let marked = tree.by_number(self.inspection.marked.get());
        let up = |id: &NodeId| tree.get(*id)?.parent();
        let here = |id: &NodeId| std::iter::successors(Some(*id), up).last().is_some_and(&in_window);
        let Some(node) = marked.filter(|node| tree.is_shown(*node) && here(node)) else { return };
        let [margin, frame, inner, content] = boxes(tree, node);
        for (outer, hole, color) in [(margin, frame, MARGIN), (frame, inner, BORDER), (inner, content, PADDING)] {
            for part in around(outer, hole) {
                painter.fill_rect(part, &Brush::Solid(color));
            }
        }
        painter.fill_rect(content, &Brush::Solid(CONTENT));
    }
}

/// The boxes of a node with its margin, of its frame, inside its border, of its content; in px of the window, transforms included
/// as far as rectangles can.
fn boxes(tree: &Tree, node: NodeId) -> [Rect; 4] {
    let bounds = space::bounds(tree, node);
    let Some(layout) = tree.get(node).map(|node| &node.layout) else { return [Rect::ZERO; 4] };
    let frame = rect(&bounds);
    let inner = inset(frame, &layout.border);
    let margin = Rect::new(
        frame.x0 - f64::from(layout.margin.left),
        frame.y0 - f64::from(layout.margin.top),
        frame.x1 + f64::from(layout.margin.right),
        frame.y1 + f64::from(layout.margin.bottom),
    );
    [margin, frame, inner, inset(inner, &layout.padding)]
}

fn rect(rect: &geometry::Rect) -> Rect {
    Rect::new(f64::from(rect.origin.x), f64::from(rect.origin.y), f64::from(rect.right()), f64::from(rect.bottom()))
}

fn inset(rect: Rect, by: &Edges) -> Rect {
    let (left, right) = (rect.x0 + f64::from(by.left), rect.x1 - f64::from(by.right));
    let (top, bottom) = (rect.y0 + f64::from(by.top), rect.y1 - f64::from(by.bottom));
    Rect::new(left, top, right.max(left), bottom.max(top))
}

/// What of a rectangle lies outside of a hole in it.
fn around(outer: Rect, hole: Rect) -> impl Iterator<Item = Rect> {
    let parts = [
        Rect::new(outer.x0, outer.y0, outer.x1, hole.y0),
        Rect::new(outer.x0, hole.y1, outer.x1, outer.y1),
        Rect::new(outer.x0, hole.y0, hole.x0, hole.y1),
        Rect::new(hole.x1, hole.y0, outer.x1, hole.y1),
    ];
    parts.into_iter().filter(|part| part.width() > 0.0 && part.height() > 0.0)
}
