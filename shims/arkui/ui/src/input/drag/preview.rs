//! What follows the pointer.

use crate::geometry::{Point, Rect, Size};
use crate::pixels::Pixels;
use crate::tree::{NodeId, Tree};
use crate::value::Value;
use concord_paint::kurbo::{self, Affine, Circle};
use concord_paint::{Brush, Color, DisplayList, LayerStyle, Painter, Sampling};
use concord_text::{Fonts, Paragraph, ParagraphStyle, TextOverflow, TextStyle};
use kurbo::Point as TextPoint;

/// How much is seen through a preview, unless the app says otherwise.
const OPACITY: f32 = 0.95;
/// The badge that counts what is dragged, in vp.
const BADGE: f32 = 24.0;
const BADGE_TEXT: f32 = 12.0;
/// How much is seen of text: characters, and a width in vp.
const LONGEST_TEXT: usize = 200;
const WIDEST_TEXT: f32 = 240.0;

/// A picture that is dragged, in px.
#[derive(Debug, Clone)]
pub struct Preview {
    list: DisplayList,
    size: Size,
    /// From its top left corner to the pointer.
    anchor: Point,
    opacity: f32,
    /// How many things are dragged, when that is shown.
    badge: Option<u32>,
}

impl Preview {
    /// What a node looks like, held where the pointer is in it.
    pub(super) fn of_node(tree: &Tree, node: NodeId, pointer: Point) -> Preview {
        let size = tree.get(node).map_or(Size::ZERO, |node| node.layout.size);
        let anchor = crate::input::space::to_local(tree, node, pointer);
        Preview { list: picture(tree, node), size, anchor, opacity: OPACITY, badge: None }
    }

    /// What a node that is in no window looks like; held in its middle unless the app says otherwise.
    pub(super) fn of_loose_node(tree: &Tree, node: NodeId, anchor: Option<Point>) -> Option<Preview> {
        let size = tree.get(node)?.layout.size;
        let anchor = anchor.unwrap_or_else(|| middle(size));
        Some(Preview { list: picture(tree, node), size, anchor, opacity: OPACITY, badge: None })
    }

    /// A pixel map.
    pub(super) fn of_pixels(value: &Value, anchor: Option<Point>) -> Option<Preview> {
        let picture = value.as_foreign::<Pixels>()?.picture()?;
        let size = Size::new(picture.width() as f32, picture.height() as f32);
        let area = kurbo::Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
        let mut painter = Painter::new();
        painter.picture(&picture, area, area, Sampling::default(), None);
        let anchor = anchor.unwrap_or_else(|| middle(size));
        Some(Preview { list: painter.finish(), size, anchor, opacity: OPACITY, badge: None })
    }

    /// Text that was selected, as far as it is short.
    pub(super) fn of_text(tree: &Tree, text: &str) -> Option<Preview> {
        let vp = |vp: f32| tree.environment.vp(vp);
        let colour = if tree.environment.dark { Color::WHITE } else { Color::BLACK };
        let ground = Color::from_argb(if tree.environment.dark { 0xff2e_3033 } else { 0xffff_ffff });
        let short: String = text.chars().take(LONGEST_TEXT).collect();
        let style = TextStyle { size: vp(16.0), color: colour, ..TextStyle::default() };
        let look = ParagraphStyle { max_lines: Some(3), overflow: TextOverflow::Ellipsis, ..ParagraphStyle::default() };
        let mut paragraph = Paragraph::plain(&tree.known_fonts()?, &look, &short, &style);
        paragraph.layout(vp(WIDEST_TEXT), None);
        let edge = vp(8.0);
        let size =
            Size::new(paragraph.longest_line().ceil() + 2.0 * edge, paragraph.size().height.ceil() as f32 + 2.0 * edge);
        let area = kurbo::Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
        let mut painter = Painter::new();
        let card = kurbo::RoundedRect::from_rect(area, f64::from(edge));
        painter.fill(kurbo::Shape::to_path(&card, 0.1), &Brush::Solid(ground));
        paragraph.paint(&mut painter, TextPoint::new(f64::from(edge), f64::from(edge)));
        Some(Preview { list: painter.finish(), size, anchor: middle(size), opacity: OPACITY, badge: None })
    }

    /// The picture, its size, and where in it the pointer is, for whoever shows it instead.
    pub(super) fn picture(&self) -> (DisplayList, Size, Point) {
        let mut painter = Painter::new();
        painter.push_layer(LayerStyle { opacity: self.opacity, ..LayerStyle::default() });
        painter.append(&self.list);
        painter.pop_layer();
        (painter.finish(), self.size, self.anchor)
    }

    /// With an opacity and a badge, where they are given.
    pub(super) fn with(self, opacity: Option<f32>, badge: Option<u32>) -> Preview {
        let opacity = opacity.filter(|opacity| (0.0..=1.0).contains(opacity)).unwrap_or(self.opacity);
        Preview { opacity, badge: badge.filter(|count| *count > 1), ..self }
    }

    /// Where it lies with the pointer at a point.
    pub(super) fn rect(&self, pointer: Point) -> Rect {
        Rect { origin: pointer - self.anchor, size: self.size }
    }
}

fn middle(size: Size) -> Point {
    Point::new(size.width / 2.0, size.height / 2.0)
}

/// A node with its top left corner at the origin.
fn picture(tree: &Tree, node: NodeId) -> DisplayList {
    let at = tree.get(node).map(|node| node.layout.offset).unwrap_or_default();
    let mut painter = Painter::new();
    painter.transform(Affine::translate((-f64::from(at.x), -f64::from(at.y))));
    painter.append(&crate::paint(tree, node));
    painter.finish()
}

/// Draws what is being dragged, above everything else.
pub fn paint(tree: &Tree, painter: &mut Painter) {
    let Some(session) = tree.input.drag.session.as_ref().filter(|session| !session.outside) else { return };
    let Some(preview) = &session.preview else { return };
    let rect = preview.rect(session.position);
    painter.save();
    painter.translate(f64::from(rect.origin.x), f64::from(rect.origin.y));
    painter.push_layer(LayerStyle { opacity: preview.opacity, ..LayerStyle::default() });
    painter.append(&preview.list);
    painter.pop_layer();
    if let (Some(count), Some(fonts)) = (preview.badge, tree.known_fonts()) {
        badge(&fonts, count, tree.environment.density, rect.size.width, painter);
    }
    painter.restore();
}

/// The number at the top right corner.
fn badge(fonts: &Fonts, count: u32, density: f32, width: f32, painter: &mut Painter) {
    let radius = BADGE * density / 2.0;
    let center = kurbo::Point::new(f64::from(width), 0.0);
    painter.fill(
        kurbo::Shape::to_path(&Circle::new(center, f64::from(radius)), 0.1),
        &Brush::Solid(Color::from_argb(0xffe8_4026)),
    );
    let text = if count > 99 { "99+".to_owned() } else { count.to_string() };
    let style = TextStyle { size: BADGE_TEXT * density, color: Color::WHITE, ..TextStyle::default() };
    let mut paragraph = Paragraph::plain(fonts, &ParagraphStyle::default(), &text, &style);
    paragraph.layout(radius * 4.0, None);
    let (width, height) = (f64::from(paragraph.longest_line()), paragraph.size().height);
    paragraph.paint(painter, TextPoint::new(center.x - width / 2.0, center.y - height / 2.0));
}
