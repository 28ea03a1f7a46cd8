//! The indicator of a `Swiper`: dots or digits.

use crate::common::parse_color;
use crate::geometry::{Axis, Point, Size};
use crate::tree::{NodeId, Tree};
use crate::units::{Length, Unit};
use crate::value::Value;
use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use concord_text::{Paragraph, ParagraphStyle, Point as TextPoint, TextStyle};

/// Largest number of dots that are drawn.
const MOST_DOTS: usize = 200;

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

/// How digits look; unset is the theme's.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Digits {
    color: Option<Color>,
    selected_color: Option<Color>,
    size: Option<Length>,
}

/// What the indicator of a swiper shows.
pub(super) struct Shown {
    /// How many pages there are.
    pub(super) count: usize,
    /// Which is in sight.
    pub(super) selected: usize,
    /// Along which axis they lie.
    pub(super) axis: Axis,
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
    left: Option<Length>,
    top: Option<Length>,
    right: Option<Length>,
    bottom: Option<Length>,
}

impl Dots {
    pub(super) fn from_value(value: &Value) -> Dots {
        // `DotIndicator` keeps what its methods are told under their names and `Value`.
        let get = |name: &str, old: &str| match value.get(name) {
            Value::Undefined => value.get(old).clone(),
            found => found.clone(),
        };
        let length = |name: &str, old: &str| Length::from_value(&get(name, old), Unit::Vp);
        let size = length("size", "size");
        Dots {
            width: length("itemWidthValue", "itemWidth").or_else(|| size.clone()),
            height: length("itemHeightValue", "itemHeight").or_else(|| size.clone()),
            selected_width: length("selectedItemWidthValue", "selectedItemWidth"),
            selected_height: length("selectedItemHeightValue", "selectedItemHeight"),
            color: parse_color(&get("colorValue", "color")),
            selected_color: parse_color(&get("selectedColorValue", "selectedColor")),
            left: length("leftValue", "left"),
            top: length("topValue", "top"),
            right: length("rightValue", "right"),
            bottom: length("bottomValue", "bottom"),
        }
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
                Indicator::Digits(Box::new(Digits {
                    color: parse_color(value.get("fontColorValue")),
                    selected_color: parse_color(value.get("selectedFontColorValue")),
                    size: Length::from_value(value.get("digitFontValue").get("size"), Unit::Fp),
                }))
            }
            Value::Object(_) => Indicator::Dots(Box::new(Dots::from_value(value))),
            _ => Indicator::default(),
        }
    }

    /// `indicatorStyle`, which only dots have.
    pub(super) fn restyle(&mut self, dots: Dots) {
        if let Indicator::Dots(known) = self {
            **known = dots;
        }
    }

    /// Draws it above the pages.
    pub(super) fn paint(&self, tree: &Tree, node: NodeId, shown: &Shown, painter: &mut Painter) {
        let Some(frame) = tree.get(node).map(|node| node.layout.size) else { return };
        match self {
            Indicator::None => {}
            Indicator::Dots(dots) => paint_dots(tree, frame, dots, shown, painter),
            Indicator::Digits(digits) => paint_digits(tree, frame, digits, shown, painter),
        }
    }
}

fn paint_digits(tree: &Tree, frame: Size, digits: &Digits, shown: &Shown, painter: &mut Painter) {
    let Some(fonts) = tree.known_fonts() else { return };
    let environment = &tree.environment;
    let size = digits.size.as_ref().unwrap_or(&Length::Plain(14.0, Unit::Fp)).to_px(environment);
    // Colours of `swiper_pattern` in the theme.
    let color = digits.color.unwrap_or(Color::from_argb(0xff18_2431));
    let selected = digits.selected_color.unwrap_or(color);
    let style = |color: Color| TextStyle { size, color, ..TextStyle::default() };
    let parts =
        [(format!("{}", (shown.selected + 1).min(shown.count)), selected), (format!("/{}", shown.count), color)];
    let mut paragraphs: Vec<Paragraph> = parts
        .iter()
        .map(|(text, color)| Paragraph::plain(&fonts, &ParagraphStyle::default(), text, &style(*color)))
        .collect();
    let mut width = 0.0;
    for paragraph in &mut paragraphs {
        paragraph.layout(f32::INFINITY, None);
        width += paragraph.longest_line();
    }
    let mut at = (frame.width - width) / 2.0;
    for paragraph in &paragraphs {
        let top = f64::from(frame.height - environment.vp(8.0)) - paragraph.size().height;
        paragraph.paint(painter, TextPoint::new(f64::from(at), top));
        at += paragraph.longest_line();
    }
}

fn paint_dots(tree: &Tree, frame: Size, dots: &Dots, shown: &Shown, painter: &mut Painter) {
    let Shown { count, selected, axis } = *shown;
    if count == 0 || count > MOST_DOTS {
        return;
    }
    let environment = &tree.environment;
    let px = |length: &Option<Length>, vp: f32| length.as_ref().map_or(environment.vp(vp), |l| l.to_px(environment));
    // Sizes and colours of `swiper_pattern` in the theme.
    let size = Size::new(px(&dots.width, 6.0), px(&dots.height, 6.0));
    let large = Size::new(px(&dots.selected_width, 12.0), px(&dots.selected_height, 6.0));
    let gap = environment.vp(8.0);
    let color = dots.color.unwrap_or(Color::from_argb(0x1918_2431));
    let selected_color = dots.selected_color.unwrap_or(Color::from_argb(0xff00_7dff));
    let along = |size: Size| if axis == Axis::Horizontal { size.width } else { size.height };
    let across = |size: Size| if axis == Axis::Horizontal { size.height } else { size.width };
    let turned = |size: Size| if axis == Axis::Horizontal { size } else { Size::new(size.height, size.width) };
    let total = size.width * (count - 1) as f32 + large.width + gap * (count - 1) as f32;
    let depth = size.height.max(large.height);
    let bar = turned(Size::new(total, depth));
    let place = |near: &Option<Length>, far: &Option<Length>, extent: f32, own: f32, default: f32| match (near, far) {
        (Some(near), _) => near.to_px(environment),
        (None, Some(far)) => extent - own - far.to_px(environment),
        _ => default,
    };
    // In the middle of the lower edge, or of the right one.
    let margin = environment.vp(13.0);
    let default = if axis == Axis::Horizontal {
        Point::new((frame.width - bar.width) / 2.0, frame.height - bar.height - margin)
    } else {
        Point::new(frame.width - bar.width - margin, (frame.height - bar.height) / 2.0)
    };
    let origin = Point::new(
        place(&dots.left, &dots.right, frame.width, bar.width, default.x),
        place(&dots.top, &dots.bottom, frame.height, bar.height, default.y),
    );
    let mut at = 0.0;
    for index in 0..count {
        let is_selected = index == selected;
        let own = turned(if is_selected { large } else { size });
        let corner = origin + Point::on(axis, at, (across(bar) - across(own)) / 2.0);
        let shape = kurbo::Rect::new(
            f64::from(corner.x),
            f64::from(corner.y),
            f64::from(corner.x + own.width),
            f64::from(corner.y + own.height),
        );
        let radius = f64::from(own.width.min(own.height) / 2.0);
        let color = if is_selected { selected_color } else { color };
        painter.fill_rounded(shape.to_rounded_rect(radius), &Brush::Solid(color));
        at += along(own) + gap;
    }
}
