//! What a rendering context remembers between its calls.

use super::font::CanvasFont;
use concord_paint::kurbo::{Affine, BezPath, Cap, Join, Point, Stroke, Vec2};
use concord_paint::{
    BlendMode, Brush, Color, ColorMatrix, ColorStop, Extend, FillRule, Filter, Gradient, GradientKind, Pattern,
    Picture, Sampling, sigma_of_radius,
};
use std::cell::RefCell;
use std::rc::Rc;

/// Most stops of a gradient.
const MOST_STOPS: usize = 1024;

/// A stop of a gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// 0 to 1.
    pub offset: f32,
    /// The colour there.
    pub color: Color,
}

/// What shapes are filled with: gradients and patterns may change as long as the app has them.
#[derive(Debug, Clone)]
pub enum CanvasStyle {
    /// A colour.
    Color(Color),
    /// A gradient or a pattern.
    Shared(Rc<RefCell<StyleKind>>),
}

/// A gradient or a pattern.
#[derive(Debug, Clone)]
pub enum StyleKind {
    /// Its geometry and its stops.
    Gradient(GradientKind, Vec<Stop>),
    /// A picture, along which axes it is repeated, and from its px to the context's unit.
    Pattern(Picture, (bool, bool), Affine),
}

impl StyleKind {
    /// Adds a stop to a gradient.
    pub fn add_stop(&mut self, stop: Stop) {
        if let StyleKind::Gradient(_, stops) = self
            && stops.len() < MOST_STOPS
        {
            stops.push(stop);
            // Stops at the same place keep the order in which they came.
            stops.sort_by(|a, b| a.offset.total_cmp(&b.offset));
        }
    }
}

impl CanvasStyle {
    pub(super) fn brush(&self) -> Brush {
        match self {
            CanvasStyle::Color(color) => Brush::Solid(*color),
            CanvasStyle::Shared(kind) => match &*kind.borrow() {
                StyleKind::Gradient(_, stops) if stops.is_empty() => Brush::Solid(Color::TRANSPARENT),
                StyleKind::Gradient(kind, stops) => {
                    let stops = stops.iter().map(|stop| ColorStop { offset: stop.offset, color: stop.color }).collect();
                    Gradient { kind: *kind, stops, extend: Extend::Pad, transform: Affine::IDENTITY }.into()
                }
                StyleKind::Pattern(picture, (along_x, along_y), transform) => {
                    let extend = |along: &bool| if *along { Extend::Repeat } else { Extend::Pad };
                    Brush::from(Pattern {
                        picture: picture.clone(),
                        transform: *transform,
                        extend_x: extend(along_x),
                        extend_y: extend(along_y),
                        sampling: Sampling::Linear,
                    })
                }
            },
        }
    }
}

/// A clip, in px.
#[derive(Debug, Clone)]
pub(super) struct Clip {
    pub(super) path: Rc<BezPath>,
    pub(super) rule: FillRule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    End,
    Left,
    Right,
    Center,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Baseline {
    Alphabetic,
    Top,
    Middle,
    Bottom,
}

/// A property of a context and its new value.
#[derive(Debug, Clone)]
pub enum Property {
    /// `fillStyle`.
    Fill(CanvasStyle),
    /// `strokeStyle`.
    Stroke(CanvasStyle),
    /// Any other, by its name, as text.
    Text(String, String),
    /// Any other, by its name, as a number; flags are 0 and 1.
    Number(String, f64),
    /// `setLineDash`.
    Dashes(Vec<f64>),
    /// `shadowColor`.
    ShadowColor(Color),
}

#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) transform: Affine,
    pub(super) clips: Vec<Clip>,
    /// How many layers `saveLayer` has opened.
    pub(super) layers: usize,
    pub(super) fill: CanvasStyle,
    pub(super) stroke: CanvasStyle,
    pub(super) line_width: f64,
    cap: Cap,
    join: Join,
    miter_limit: f64,
    dashes: Vec<f64>,
    dash_offset: f64,
    pub(super) alpha: f32,
    pub(super) blend: BlendMode,
    pub(super) filters: Vec<Filter>,
    shadow_color: Color,
    shadow_blur: f64,
    shadow_offset: Vec2,
    pub(super) smoothing: bool,
    pub(super) quality: Sampling,
    pub(super) font: CanvasFont,
    pub(super) letter_spacing: f64,
    pub(super) align: Align,
    pub(super) baseline: Baseline,
    pub(super) right_to_left: bool,
}

impl Default for State {
    fn default() -> State {
        State {
            transform: Affine::IDENTITY,
            clips: Vec::new(),
            layers: 0,
            fill: CanvasStyle::Color(Color::BLACK),
            stroke: CanvasStyle::Color(Color::BLACK),
            line_width: 1.0,
            cap: Cap::Butt,
            join: Join::Miter,
            miter_limit: 10.0,
            dashes: Vec::new(),
            dash_offset: 0.0,
            alpha: 1.0,
            blend: BlendMode::SrcOver,
            filters: Vec::new(),
            shadow_color: Color::TRANSPARENT,
            shadow_blur: 0.0,
            shadow_offset: Vec2::ZERO,
            smoothing: true,
            quality: Sampling::Linear,
            font: CanvasFont::default(),
            letter_spacing: 0.0,
            align: Align::Start,
            baseline: Baseline::Alphabetic,
            right_to_left: false,
        }
    }
}

impl State {
    pub(super) fn set(&mut self, property: Property) {
        match property {
            Property::Fill(style) => self.fill = style,
            Property::Stroke(style) => self.stroke = style,
            Property::Dashes(dashes) => self.dashes = dashes,
            Property::ShadowColor(color) => self.shadow_color = color,
            Property::Text(name, value) => self.set_text(&name, &value),
            Property::Number(name, value) if value.is_finite() => self.set_number(&name, value),
            Property::Number(..) => {}
        }
    }

    fn set_text(&mut self, name: &str, value: &str) {
        match (name, value) {
            ("lineCap", "butt") => self.cap = Cap::Butt,
            ("lineCap", "round") => self.cap = Cap::Round,
            ("lineCap", "square") => self.cap = Cap::Square,
            ("lineJoin", "miter") => self.join = Join::Miter,
            ("lineJoin", "round") => self.join = Join::Round,
            ("lineJoin", "bevel") => self.join = Join::Bevel,
            ("font", font) => self.font = CanvasFont::parse(font),
            ("textAlign", "start") => self.align = Align::Start,
            ("textAlign", "end") => self.align = Align::End,
            ("textAlign", "left") => self.align = Align::Left,
            ("textAlign", "right") => self.align = Align::Right,
            ("textAlign", "center") => self.align = Align::Center,
            ("textBaseline", "top" | "hanging") => self.baseline = Baseline::Top,
            ("textBaseline", "middle") => self.baseline = Baseline::Middle,
            ("textBaseline", "bottom" | "ideographic") => self.baseline = Baseline::Bottom,
            ("textBaseline", "alphabetic") => self.baseline = Baseline::Alphabetic,
            ("direction", direction) => self.right_to_left = direction == "rtl",
            ("imageSmoothingQuality", "low") => self.quality = Sampling::Linear,
            ("imageSmoothingQuality", "medium") => self.quality = Sampling::Mipmap,
            ("imageSmoothingQuality", "high") => self.quality = Sampling::Cubic,
            ("globalCompositeOperation", name) => self.blend = blend(name).unwrap_or(self.blend),
            ("filter", filter) => self.filters = filters(filter),
            _ => {}
        }
    }

    fn set_number(&mut self, name: &str, value: f64) {
        match name {
            "lineWidth" if value > 0.0 => self.line_width = value,
            "miterLimit" if value > 0.0 => self.miter_limit = value,
            "lineDashOffset" => self.dash_offset = value,
            "globalAlpha" if (0.0..=1.0).contains(&value) => self.alpha = value as f32,
            "shadowBlur" if value >= 0.0 => self.shadow_blur = value,
            "shadowOffsetX" => self.shadow_offset.x = value,
            "shadowOffsetY" => self.shadow_offset.y = value,
            "imageSmoothingEnabled" => self.smoothing = value != 0.0,
            "letterSpacing" => self.letter_spacing = value,
            _ => {}
        }
    }

    pub(super) fn stroke_style(&self) -> Stroke {
        Stroke::new(self.line_width)
            .with_caps(self.cap)
            .with_join(self.join)
            .with_miter_limit(self.miter_limit)
            .with_dashes(self.dash_offset, self.dashes.iter().copied())
    }

    /// What makes a shadow of something drawn, and how far it is moved, px; none without one.
    pub(super) fn shadow(&self, scale: f64) -> Option<(Vec<Filter>, Vec2)> {
        let visible = self.shadow_blur > 0.0 || self.shadow_offset != Vec2::ZERO;
        if self.shadow_color.is_transparent() || !visible {
            return None;
        }
        let [a, r, g, b] = self.shadow_color.to_argb().to_be_bytes().map(|channel| f32::from(channel) / 255.0);
        let zero = 0.0;
        let matrix = ColorMatrix([
            zero, zero, zero, zero, r, zero, zero, zero, zero, g, zero, zero, zero, zero, b, zero, zero, zero, a, zero,
        ]);
        let sigma = sigma_of_radius(self.shadow_blur * scale);
        let mut filters = vec![Filter::Matrix(matrix)];
        if self.shadow_blur > 0.0 {
            filters.push(Filter::Blur { sigma });
        }
        Some((filters, self.shadow_offset * scale))
    }
}

/// `globalCompositeOperation`: the eleven of the platform, and the blend modes of the web.
fn blend(name: &str) -> Option<BlendMode> {
    Some(match name {
        "source-over" => BlendMode::SrcOver,
        "source-atop" => BlendMode::SrcAtop,
        "source-in" => BlendMode::SrcIn,
        "source-out" => BlendMode::SrcOut,
        "destination-over" => BlendMode::DstOver,
        "destination-atop" => BlendMode::DstAtop,
        "destination-in" => BlendMode::DstIn,
        "destination-out" => BlendMode::DstOut,
        "lighter" => BlendMode::Plus,
        "copy" => BlendMode::Src,
        "xor" => BlendMode::Xor,
        "multiply" => BlendMode::Multiply,
        "screen" => BlendMode::Screen,
        "overlay" => BlendMode::Overlay,
        "darken" => BlendMode::Darken,
        "lighten" => BlendMode::Lighten,
        "color-dodge" => BlendMode::ColorDodge,
        "color-burn" => BlendMode::ColorBurn,
        "hard-light" => BlendMode::HardLight,
        "soft-light" => BlendMode::SoftLight,
        "difference" => BlendMode::Difference,
        "exclusion" => BlendMode::Exclusion,
        "hue" => BlendMode::Hue,
        "saturation" => BlendMode::Saturation,
        "color" => BlendMode::Color,
        "luminosity" => BlendMode::Luminosity,
        _ => return None,
    })
}

/// `filter`: functions as in CSS; what is not known is left out.
fn filters(text: &str) -> Vec<Filter> {
    /// Most functions of one filter.
    const MOST: usize = 16;
    let functions = text.split(')').filter_map(|function| function.trim().split_once('(')).take(MOST);
    functions.filter_map(|(name, amount)| filter(name.trim(), amount.trim())).collect()
}

fn filter(name: &str, amount: &str) -> Option<Filter> {
    let (number, scale) = if let Some(percent) = amount.strip_suffix('%') {
        (percent, 0.01)
    } else {
        (["px", "vp", "deg"].iter().find_map(|unit| amount.strip_suffix(unit)).unwrap_or(amount), 1.0)
    };
    let value = number.trim().parse::<f32>().ok().filter(|value| value.is_finite())? * scale;
    Some(match name {
        "blur" => Filter::Blur { sigma: f64::from(value.max(0.0)) },
        "brightness" => Filter::Brightness(value),
        "contrast" => Filter::Contrast(value),
        "saturate" => Filter::Saturate(value),
        "grayscale" => Filter::Grayscale(value.clamp(0.0, 1.0)),
        "sepia" => Filter::Sepia(value.clamp(0.0, 1.0)),
        "invert" => Filter::Invert(value.clamp(0.0, 1.0)),
        "hue-rotate" => Filter::HueRotate(value),
        _ => return None,
    })
}

/// A gradient between two points, two circles, or around a point, from what the app gave: 4, 6 or 3 numbers.
impl StyleKind {
    /// See the block; none when a number is missing, not finite, or a radius negative.
    pub fn gradient(numbers: &[f64]) -> Option<StyleKind> {
        if numbers.iter().any(|number| !number.is_finite()) {
            return None;
        }
        let kind = match *numbers {
            [x0, y0, x1, y1] => GradientKind::Linear { start: Point::new(x0, y0), end: Point::new(x1, y1) },
            [x0, y0, r0, x1, y1, r1] if r0 >= 0.0 && r1 >= 0.0 => GradientKind::Radial {
                start_center: Point::new(x0, y0),
                start_radius: r0 as f32,
                end_center: Point::new(x1, y1),
                end_radius: r1 as f32,
            },
            [angle, x, y] => GradientKind::Sweep {
                center: Point::new(x, y),
                start_angle: angle as f32,
                end_angle: (angle + std::f64::consts::TAU) as f32,
            },
            _ => return None,
        };
        Some(StyleKind::Gradient(kind, Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read_as_in_css() {
        assert_eq!(filters("grayscale(50%) blur(2px)"), [Filter::Grayscale(0.5), Filter::Blur { sigma: 2.0 }]);
        assert_eq!(filters("none"), []);
        assert_eq!(filters("url(#x) contrast(a)"), []);
    }
}
