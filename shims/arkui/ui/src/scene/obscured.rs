//! `obscured`: bars and boxes instead of words and pictures.

use crate::geometry::Rect;
use crate::tree::{Node, Tree};
use concord_paint::kurbo::RoundedRect;
use concord_paint::{Brush, Color, Painter};

/// How dark a bar is that stands for words, as a part of the text's colour.
const WORDS: f32 = 0.2;
/// The box that stands for a picture.
const PICTURE: u32 = 0x0c18_2431;
/// Corners of both, vp.
const RADIUS: f32 = 2.0;
/// Height of a line of text in vp, when nothing is known of the lines.
const LINE: f32 = 16.0;
/// How much of a line the bar takes.
const BAR: f32 = 0.75;

/// Draws what stands for the content of a node. Returns whether there is anything for this component.
pub(super) fn paint(tree: &Tree, node: &Node, id: crate::tree::NodeId, painter: &mut Painter) -> bool {
    let environment = &tree.environment;
    let content = node.layout.content();
    let bar = |painter: &mut Painter, rect: &Rect, color: Color| {
        let radius = f64::from(environment.vp(RADIUS));
        let rect = super::kurbo_rect(rect);
        painter.fill_rounded(RoundedRect::from_rect(rect, radius), &Brush::Solid(color));
    };
    match node.component.name() {
        "Text" | "Span" => {
            // As many bars as there are lines; the baseline tells how high the first one is.
            let line = node
                .component
                .baseline(tree, id)
                .map_or(environment.vp(LINE), |baseline| ((baseline - content.origin.y) * 1.3).max(1.0));
            let count = (content.size.height / line).round().clamp(1.0, 500.0) as u32;
            let step = content.size.height / count as f32;
            let color = Color::from_argb(if environment.dark { 0xffff_ffff } else { 0xff18_2431 }).with_alpha(WORDS);
            for index in 0..count {
                let top = content.origin.y + step * (index as f32 + (1.0 - BAR) / 2.0);
                bar(painter, &Rect::new(content.origin.x, top, content.size.width, step * BAR), color);
            }
            true
        }
        "Image" => {
            bar(painter, &content, Color::from_argb(PICTURE));
            true
        }
        _ => false,
    }
}
