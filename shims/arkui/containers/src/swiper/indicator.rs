//! The looks of the indicator of a swiper: dots or digits. Sizes and colours are those of `swiper_pattern` in the theme.

use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use concord_text::{Paragraph, ParagraphStyle, Point as TextPoint, TextStyle};
use concord_ui::common::parse_color;
use concord_ui::font::Font;
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::theme;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use std::cmp::Ordering;

/// Largest number of dots that are drawn.
const MOST_DOTS: usize = 200;
/// Fewest and most dots of `maxDisplayCount`.
const OVERLONG: std::ops::RangeInclusive<usize> = 6..=9;
/// Between the indicator and the edge of the swiper, in vp.
const MARGIN: f32 = 13.0;
/// How much a mask is larger than the dots on each side, in vp.
const MASK_PADDING: f32 = 4.0;

/// `indicator`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Indicator {
    /// Nothing.
    None,
    /// A dot for each page.
    Dots(Box<Dots>),
    /// Such as `2/5`.
    Digits(Box<Digits>),
}

/// What the indicator of a swiper shows.
pub(super) struct Shown {
    /// How many pages there are.
    pub(super) count: usize,
    /// Which is in sight.
    pub(super) selected: usize,
    /// The same while pages move.
    pub(super) position: f32,
    /// Along which axis they lie.
    pub(super) axis: Axis,
}

/// Where the app puts the indicator: distances from the edges.
#[derive(Debug, Clone, PartialEq, Default)]
struct Place {
    left: Option<Length>,
    top: Option<Length>,
    right: Option<Length>,
    bottom: Option<Length>,
    start: Option<Length>,
    end: Option<Length>,
}

/// How digits look; unset is the theme's.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Digits {
    font: Font,
    selected_font: Font,
    place: Place,
}

/// How dots look; unset is the theme's.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Dots {
    width: Option<Length>,
    height: Option<Length>,
    selected_width: Option<Length>,
    selected_height: Option<Length>,
    color: Option<Color>,
    selected_color: Option<Color>,
    space: Option<Length>,
    mask: bool,
    /// `maxDisplayCount`: more pages than this move the row of dots.
    most: Option<usize>,
    place: Place,
}

/// `DotIndicator` and its like keep what their methods are told under the methods' names and `Value`; older notations have plain
/// names.
fn get(value: &Value, name: &str) -> Value {
    match value.get(&format!("{name}Value")) {
        Value::Undefined => value.get(name).clone(),
        found => found.clone(),
    }
}

fn length(value: &Value, name: &str) -> Option<Length> {
    Length::from_value(&get(value, name), Unit::Vp)
}

impl Place {
    fn from_value(value: &Value) -> Place {
        // 0 is a distance, what is not given is none.
        Place {
            left: length(value, "left"),
            top: length(value, "top"),
            right: length(value, "right"),
            bottom: length(value, "bottom"),
            start: length(value, "start"),
            end: length(value, "end"),
        }
    }

    /// The origin of something in a frame, where nothing is said at `default`.
    fn origin(&self, tree: &Tree, frame: Size, own: Size, default: Point, right_to_left: bool) -> Point {
        let px = |length: &Length, extent: f32| length.resolve(&tree.environment, extent).unwrap_or(0.0);
        let place = |near: Option<&Length>, far: Option<&Length>, extent: f32, own: f32, default: f32| match (near, far)
        {
            (Some(near), _) => px(near, extent),
            (None, Some(far)) => extent - own - px(far, extent),
            _ => default,
        };
        let (start, end) = if right_to_left { (&self.end, &self.start) } else { (&self.start, &self.end) };
        let left = start.as_ref().or(self.left.as_ref());
        let right = end.as_ref().or(self.right.as_ref());
        Point::new(
            place(left, right, frame.width, own.width, default.x),
            place(self.top.as_ref(), self.bottom.as_ref(), frame.height, own.height, default.y),
        )
    }
}

impl Dots {
    pub(super) fn from_value(value: &Value) -> Dots {
        let size = length(value, "size");
        Dots {
            width: length(value, "itemWidth").or_else(|| size.clone()),
            height: length(value, "itemHeight").or_else(|| size.clone()),
            selected_width: length(value, "selectedItemWidth"),
            selected_height: length(value, "selectedItemHeight"),
            color: parse_color(&get(value, "color")),
            selected_color: parse_color(&get(value, "selectedColor")),
            space: length(value, "space"),
            mask: get(value, "mask").as_bool() == Some(true),
            most: get(value, "maxDisplayCount")
                .as_f64()
                .map(|most| most as usize)
                .filter(|most| OVERLONG.contains(most)),
            place: Place::from_value(value),
        }
    }

    /// Sizes of a dot and of the selected one, and the space between two, as they lie in a horizontal row.
    fn metrics(&self, tree: &Tree) -> (Size, Size, f32) {
        let environment = &tree.environment;
        let px = |length: &Option<Length>, vp: f32| {
            let length = length.as_ref().filter(|length| !length.is_relative());
            length.map(|length| length.to_px(environment)).filter(|px| *px >= 0.0).unwrap_or(environment.vp(vp))
        };
        let size = Size::new(px(&self.width, 6.0), px(&self.height, 6.0));
        let large = Size::new(px(&self.selected_width, 12.0), px(&self.selected_height, 6.0));
        (size, large, px(&self.space, 8.0))
    }

    /// How many dots there are in a row for so many pages, and which of them are drawn from.
    fn visible(&self, shown: &Shown) -> (usize, usize) {
        let most = self.most.unwrap_or(usize::MAX).min(MOST_DOTS);
        if shown.count <= most {
            return (shown.count, 0);
        }
        // The selected dot stays inside; those at the ends show that there are more.
        let first = shown.selected.saturating_sub(most / 2).min(shown.count - most);
        (most, first)
    }

    /// The row with its padding, along the axis of the pages.
    fn size(&self, tree: &Tree, shown: &Shown) -> Size {
        let (size, large, gap) = self.metrics(tree);
        let (count, _) = self.visible(shown);
        let others = count.saturating_sub(1) as f32;
        let padding = if self.mask { tree.environment.vp(MASK_PADDING) } else { 0.0 };
        let total = (size.width + gap) * others + large.width + 2.0 * padding;
        Size::on(shown.axis, total, size.height.max(large.height) + 2.0 * padding)
    }

    /// Each dot that is drawn: where it begins along the row, its size in the row, and how selected it is, 0 to 1.
    fn row(&self, tree: &Tree, shown: &Shown) -> Vec<(f32, Size, f32)> {
        let (size, large, gap) = self.metrics(tree);
        let (count, first) = self.visible(shown);
        let mut at = if self.mask { tree.environment.vp(MASK_PADDING) } else { 0.0 };
        let pages = shown.count as f32;
        let mut row = Vec::with_capacity(count);
        for index in first..first + count {
            // The last page is beside the first where pages repeat.
            let away = (shown.position - index as f32).abs();
            let part = (1.0 - away.min(pages - away)).clamp(0.0, 1.0);
            let own = Size::new(
                size.width + (large.width - size.width) * part,
                size.height + (large.height - size.height) * part,
            );
            let more = (index == first && first > 0) || (index + 1 == first + count && first + count < shown.count);
            let own = if more && part == 0.0 { Size::new(own.width / 2.0, own.height / 2.0) } else { own };
            row.push((at, own, part));
            at += own.width + gap;
        }
        row
    }

    fn paint(&self, tree: &Tree, frame: Size, shown: &Shown, right_to_left: bool, painter: &mut Painter) {
        let axis = shown.axis;
        let color = self.color.unwrap_or(theme::COMPONENT.of(&tree.environment));
        let selected = self.selected_color.unwrap_or(theme::EMPHASIZE.of(&tree.environment));
        if self.mask {
            let shape = rounded(Rect { origin: Point::ZERO, size: frame });
            painter.fill_rounded(shape, &Brush::Solid(theme::COMPONENT.of(&tree.environment)));
        }
        let depth = frame.along(axis.cross());
        for (at, own, part) in self.row(tree, shown) {
            let at = if right_to_left && axis == Axis::Horizontal { frame.width - at - own.width } else { at };
            let size = Size::on(axis, own.width, own.height);
            let origin = Point::on(axis, at, (depth - own.height) / 2.0);
            painter.fill_rounded(rounded(Rect { origin, size }), &Brush::Solid(color.lerp(selected, part)));
        }
    }
}

fn rounded(rect: Rect) -> kurbo::RoundedRect {
    let radius = f64::from(rect.size.width.min(rect.size.height) / 2.0);
    kurbo::Rect::new(
        f64::from(rect.origin.x),
        f64::from(rect.origin.y),
        f64::from(rect.right()),
        f64::from(rect.bottom()),
    )
    .to_rounded_rect(radius)
}

impl Digits {
    fn from_value(value: &Value) -> Digits {
        let font = |font: &str, color: &str| Font {
            color: parse_color(&get(value, color)),
            ..Font::from_value(&get(value, font))
        };
        Digits {
            font: font("digitFont", "fontColor"),
            selected_font: font("selectedDigitFont", "selectedFontColor"),
            place: Place::from_value(value),
        }
    }

    /// The number of the page, and how many there are, laid out.
    fn paragraphs(&self, tree: &Tree, shown: &Shown) -> Vec<Paragraph> {
        let Some(fonts) = tree.known_fonts() else { return Vec::new() };
        let color = theme::PRIMARY.of(&tree.environment);
        let style = |font: &Font| font.style(&tree.environment, &Length::Plain(14.0, Unit::Fp), color, 400);
        let parts = [
            (format!("{}", (shown.selected + 1).min(shown.count)), style(&self.selected_font)),
            (format!("/{}", shown.count), style(&self.font)),
        ];
        let lay_out = |(text, style): &(String, TextStyle)| {
            let mut paragraph = Paragraph::plain(&fonts, &ParagraphStyle::default(), text, style);
            paragraph.layout(f32::INFINITY, None);
            paragraph
        };
        parts.iter().map(lay_out).collect()
    }

    fn size(&self, tree: &Tree, shown: &Shown) -> Size {
        self.paragraphs(tree, shown).iter().fold(Size::ZERO, |size, paragraph| {
            Size::new(size.width + paragraph.longest_line(), size.height.max(paragraph.size().height as f32))
        })
    }
}

impl Default for Indicator {
    fn default() -> Indicator {
        Indicator::Dots(Box::default())
    }
}

impl Indicator {
    /// From a boolean, `DotIndicator` or `DigitIndicator`.
    pub(super) fn from_value(value: &Value) -> Indicator {
        match value {
            Value::Bool(false) => Indicator::None,
            Value::Object(_) if value.get("type").as_str() == Some("DigitIndicator") => {
                Indicator::Digits(Box::new(Digits::from_value(value)))
            }
            Value::Object(_) => Indicator::Dots(Box::new(Dots::from_value(value))),
            _ => Indicator::default(),
        }
    }

    /// Its own size in px.
    pub(super) fn size(&self, tree: &Tree, shown: &Shown) -> Size {
        match self {
            Indicator::None => Size::ZERO,
            Indicator::Dots(_) if shown.count == 0 => Size::ZERO,
            Indicator::Dots(dots) => dots.size(tree, shown),
            Indicator::Digits(digits) => digits.size(tree, shown),
        }
    }

    /// `indicatorStyle`, which only dots have.
    pub(super) fn restyle(&mut self, dots: Dots) {
        if let Indicator::Dots(known) = self {
            **known = dots;
        }
    }

    pub(super) fn is_shown(&self) -> bool {
        *self != Indicator::None
    }

    pub(super) fn is_dots(&self) -> bool {
        matches!(self, Indicator::Dots(_))
    }

    /// Where it lies in the frame of a swiper: in the middle of the lower edge, or of the right one, unless the app says.
    pub(super) fn rect(&self, tree: &Tree, swiper: NodeId, frame: Size, shown: &Shown) -> Rect {
        let size = self.size(tree, shown);
        let place = match self {
            Indicator::None => return Rect::default(),
            Indicator::Dots(dots) => &dots.place,
            Indicator::Digits(digits) => &digits.place,
        };
        let right_to_left = tree.is_right_to_left(swiper);
        let margin = tree.environment.vp(if matches!(self, Indicator::Digits(_)) { MARGIN - 5.0 } else { MARGIN });
        let default = match shown.axis {
            Axis::Horizontal => Point::new((frame.width - size.width) / 2.0, frame.height - size.height - margin),
            Axis::Vertical => Point::new(frame.width - size.width - margin, (frame.height - size.height) / 2.0),
        };
        Rect { origin: place.origin(tree, frame, size, default, right_to_left), size }
    }

    /// Whether a place along the row of dots lies before the dot of the page in sight, at it, or behind it.
    pub(super) fn side_of(&self, tree: &Tree, shown: &Shown, along: f32) -> Ordering {
        let Indicator::Dots(dots) = self else { return Ordering::Equal };
        let row = dots.row(tree, shown);
        let (_, first) = dots.visible(shown);
        let Some((at, size, _)) = row.get(shown.selected.saturating_sub(first)) else { return Ordering::Equal };
        if along < *at {
            Ordering::Less
        } else if along > at + size.width {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }

    /// Draws it in a box of its size.
    pub(super) fn paint(&self, tree: &Tree, frame: Size, shown: &Shown, right_to_left: bool, painter: &mut Painter) {
        match self {
            Indicator::None => {}
            Indicator::Dots(dots) => dots.paint(tree, frame, shown, right_to_left, painter),
            Indicator::Digits(digits) => {
                let mut at = 0.0;
                for paragraph in digits.paragraphs(tree, shown) {
                    let top = f64::from(frame.height) - paragraph.size().height;
                    paragraph.paint(painter, TextPoint::new(at, top));
                    at += f64::from(paragraph.longest_line());
                }
            }
        }
    }
}
