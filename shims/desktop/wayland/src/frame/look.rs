//! What a frame looks like: after the title bars of the platform's own desktop.

use super::{Area, BUTTON, Kind, Part, Shape, TITLE};
use concord_paint::kurbo::{Affine, BezPath, Circle, Point, Rect, RoundedRect, RoundedRectRadii, Shape as _, Stroke};
use concord_paint::{Brush, Color, CpuRaster, Frame as Pixels, Painter, Raster, SizeError};
use concord_text::{EllipsisMode, Fonts, Paragraph, ParagraphStyle, TextOverflow, TextStyle};

/// Logical pixels.
const RADIUS: f64 = 10.0;
const TEXT: f32 = 14.0;
const TEXT_LEFT: f64 = 14.0;
const ICON: f64 = 10.0;
const LINE: f64 = 1.2;
const HOVERED: f64 = 15.0;
const SHADOW_RADIUS: f64 = 20.0;
const SHADOW_DOWN: f64 = 4.0;

/// Everything that decides how a frame looks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) shape: Shape,
    pub(crate) title: String,
    /// Pixels to a logical pixel.
    pub(crate) scale: f64,
    pub(crate) active: bool,
    pub(crate) dark: bool,
    /// The button does the opposite.
    pub(crate) maximized: bool,
    pub(crate) hovered: Option<Part>,
    pub(crate) pressed: Option<Part>,
}

impl Drawn {
    /// Whether nothing but the title bar differs.
    pub(crate) fn same_edges(&self, other: &Drawn) -> bool {
        let edges = |drawn: &Drawn| (drawn.shape, drawn.scale, drawn.active, drawn.dark);
        edges(self) == edges(other)
    }
}

/// Draws frames.
#[derive(Default)]
pub(crate) struct Look {
    fonts: Fonts,
    /// The last title with its width and colour, which seldom change.
    title: Option<(String, f32, Color, Paragraph)>,
}

impl Look {
    /// The picture of a piece in px, with alpha multiplied in.
    pub(super) fn draw(&mut self, kind: Kind, drawn: &Drawn) -> Result<Pixels, SizeError> {
        let Area { x, y, width, height } = drawn.shape.area(kind);
        let px = |side: u32| (f64::from(side) * drawn.scale).round().max(1.0) as u32;
        let mut painter = Painter::new();
        painter.transform(Affine::scale(drawn.scale) * Affine::translate((-f64::from(x), -f64::from(y))));
        match kind {
            Kind::Title => self.title_bar(drawn, &mut painter),
            _ => edges(drawn, &mut painter),
        }
        let mut pixels = Pixels::new(px(width), px(height))?;
        CpuRaster::fastest().render(&painter.finish(), &mut pixels, None);
        Ok(pixels)
    }

    fn title_bar(&mut self, drawn: &Drawn, painter: &mut Painter) {
        let width = f64::from(drawn.shape.size.0);
        let top = -f64::from(TITLE);
        let bar = Rect::new(0.0, top, width, 0.0);
        let radius = if drawn.shape.filled { 0.0 } else { RADIUS };
        let radii = RoundedRectRadii::new(radius, radius, 0.0, 0.0);
        painter.fill_rounded(RoundedRect::from_rect(bar, radii), &Brush::Solid(ground(drawn)));
        let mut left = width;
        for (part, at) in drawn.shape.buttons() {
            left = left.min(at);
            button(drawn, part, Point::new(at + f64::from(BUTTON) / 2.0, top / 2.0), painter);
        }
        let room = (left - 2.0 * TEXT_LEFT).max(0.0) as f32;
        let paragraph = self.paragraph(&drawn.title, room, ink(drawn));
        paragraph.paint(painter, Point::new(TEXT_LEFT, top / 2.0 - paragraph.size().height / 2.0));
    }

    fn paragraph(&mut self, title: &str, room: f32, color: Color) -> &Paragraph {
        let kept = self.title.take().filter(|(text, width, ink, _)| text == title && *width == room && *ink == color);
        let (.., paragraph) = self.title.insert(kept.unwrap_or_else(|| {
            let style = ParagraphStyle {
                max_lines: Some(1),
                overflow: TextOverflow::Ellipsis,
                ellipsis_mode: EllipsisMode::End,
                ..ParagraphStyle::default()
            };
            let text = TextStyle { size: TEXT, weight: 500, color, ..TextStyle::default() };
            let mut paragraph = Paragraph::plain(&self.fonts, &style, title, &text);
            paragraph.layout(room, None);
            (title.to_owned(), room, color, paragraph)
        }));
        paragraph
    }
}

fn ground(drawn: &Drawn) -> Color {
    match (drawn.dark, drawn.active) {
        (false, true) => Color::from_argb(0xfff1_f3f5),
        (false, false) => Color::from_argb(0xfff8_f9fa),
        (true, true) => Color::from_argb(0xff20_2224),
        (true, false) => Color::from_argb(0xff2a_2c2e),
    }
}

fn ink(drawn: &Drawn) -> Color {
    let color = if drawn.dark { Color::WHITE } else { Color::BLACK };
    color.with_alpha(if drawn.active { 0.9 } else { 0.4 })
}

fn button(drawn: &Drawn, part: Part, center: Point, painter: &mut Painter) {
    let (hovered, pressed) = (drawn.hovered == Some(part), drawn.pressed == Some(part));
    let warns = part == Part::Close && hovered;
    if hovered {
        let ground = match (warns, pressed) {
            (true, false) => Color::from_argb(0xffe8_4026),
            (true, true) => Color::from_argb(0xffc0_3018),
            (false, _) => ink(drawn).with_alpha(if pressed { 0.2 } else { 0.1 }),
        };
        painter.fill(Circle::new(center, HOVERED).to_path(0.1), &Brush::Solid(ground));
    }
    let brush = Brush::Solid(if warns { Color::WHITE } else { ink(drawn) });
    painter.stroke(icon(part, drawn.maximized, center), &Stroke::new(LINE), &brush);
}

fn icon(part: Part, maximized: bool, center: Point) -> BezPath {
    let half = ICON / 2.0;
    let mut path = BezPath::new();
    let mut line = |from: (f64, f64), to: (f64, f64)| {
        path.move_to(center + from);
        path.line_to(center + to);
    };
    match part {
        Part::Minimize => line((-half, 0.0), (half, 0.0)),
        Part::Close => {
            line((-half, -half), (half, half));
            line((half, -half), (-half, half));
        }
        Part::Maximize => {
            let square = Rect::from_center_size(center, (ICON, ICON));
            if !maximized {
                return RoundedRect::from_rect(square, 1.5).to_path(0.1);
            }
            // Two sheets, of which the one below is seen in part.
            line((-half + 2.5, -half), (half, -half));
            line((half, -half), (half, half - 2.5));
            path.extend(RoundedRect::new(square.x0, square.y0 + 2.5, square.x1 - 2.5, square.y1, 1.0).to_path(0.1));
        }
        Part::Title | Part::Edge(_) => {}
    }
    path
}

/// Shadow and outline.
fn edges(drawn: &Drawn, painter: &mut Painter) {
    let (width, height) = drawn.shape.size;
    let window = Rect::new(0.0, -f64::from(TITLE), f64::from(width), f64::from(height));
    let radii = RoundedRectRadii::new(RADIUS, RADIUS, 0.0, 0.0);
    let strength = if drawn.active { 0.3 } else { 0.16 };
    let shadow = RoundedRect::from_rect(window, radii);
    painter.shadow(shadow, SHADOW_RADIUS, Color::BLACK.with_alpha(strength), (0.0, SHADOW_DOWN), true);
    let outline = if drawn.dark { Color::WHITE.with_alpha(0.2) } else { Color::BLACK.with_alpha(0.15) };
    let outside = RoundedRect::from_rect(window.inflate(0.5, 0.5), radii);
    painter.stroke(outside.to_path(0.1), &Stroke::new(1.0), &Brush::Solid(outline));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn() -> Drawn {
        Drawn {
            shape: Shape { size: (200, 100), filled: false, minimizes: true, maximizes: true },
            title: "Counter".into(),
            scale: 2.0,
            active: true,
            dark: false,
            maximized: false,
            hovered: None,
            pressed: None,
        }
    }

    #[test]
    fn a_title_bar_is_as_large_as_its_scale_says_and_has_round_corners() {
        let bar = Look::default().draw(Kind::Title, &drawn()).expect("a picture");
        assert_eq!((bar.width(), bar.height()), (400, 2 * TITLE));
        assert!(bar.pixel(0, 0).is_transparent());
        assert_eq!(bar.pixel(200, 4), Color::from_argb(0xfff1_f3f5));
        let filled = Drawn { shape: Shape { filled: true, ..drawn().shape }, ..drawn() };
        let bar = Look::default().draw(Kind::Title, &filled).expect("a picture");
        assert_eq!(bar.pixel(0, 0), Color::from_argb(0xfff1_f3f5));
    }

    #[test]
    fn the_button_that_closes_is_red_under_the_pointer() {
        let at = |drawn: &Drawn| Look::default().draw(Kind::Title, drawn).expect("a picture").pixel(360 - 18, TITLE);
        assert_eq!(at(&drawn()), Color::from_argb(0xfff1_f3f5));
        assert_eq!(at(&Drawn { hovered: Some(Part::Close), ..drawn() }), Color::from_argb(0xffe8_4026));
    }

    #[test]
    fn the_shadow_fades_towards_the_outside() {
        let right = Look::default().draw(Kind::Right, &drawn()).expect("a picture");
        let alpha = |x: u32| right.pixel(x, right.height() / 2).a;
        assert!(alpha(4) > alpha(24) && alpha(24) > alpha(46), "{} {} {}", alpha(4), alpha(24), alpha(46));
    }
}
