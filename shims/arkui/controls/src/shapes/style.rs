//! How shapes are filled and stroked.

use super::State;
use super::container::ContainerState;
use concord_paint::kurbo::{BezPath, Cap, Join, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::{Change, put};
use concord_ui::common::parse_color;
use concord_ui::component::Setter;
use concord_ui::inspector::Attributes;
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};

/// Most dashes of a pattern.
const MAX_DASHES: usize = 1000;
/// Tips of mitres are cut off where they are longer than this many stroke widths.
const MITER_LIMIT: f64 = 4.0;

/// What is unset is that of the `Shape` around, then the default.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// Default: black.
    pub(super) fill: Option<Color>,
    pub(super) fill_opacity: Option<f32>,
    /// Default: no stroke.
    pub(super) stroke: Option<Color>,
    pub(super) stroke_opacity: Option<f32>,
    /// Default: 1 vp.
    pub(super) stroke_width: Option<Length>,
    pub(super) dashes: Option<Vec<Length>>,
    pub(super) dash_offset: Option<Length>,
    pub(super) cap: Option<Cap>,
    pub(super) join: Option<Join>,
    pub(super) miter_limit: Option<f64>,
}

/// The state of a component with a style.
pub(super) trait Styled: 'static {
    fn style(&mut self) -> &mut Style;
}

impl Styled for State {
    fn style(&mut self) -> &mut Style {
        &mut self.style
    }
}

impl Styled for ContainerState {
    fn style(&mut self) -> &mut Style {
        &mut self.style
    }
}

impl Style {
    /// With what another style says where this one says nothing.
    pub(super) fn or(self, other: &Style) -> Style {
        Style {
            fill: self.fill.or(other.fill),
            fill_opacity: self.fill_opacity.or(other.fill_opacity),
            stroke: self.stroke.or(other.stroke),
            stroke_opacity: self.stroke_opacity.or(other.stroke_opacity),
            stroke_width: self.stroke_width.or_else(|| other.stroke_width.clone()),
            dashes: self.dashes.or_else(|| other.dashes.clone()),
            dash_offset: self.dash_offset.or_else(|| other.dash_offset.clone()),
            cap: self.cap.or(other.cap),
            join: self.join.or(other.join),
            miter_limit: self.miter_limit.or(other.miter_limit),
        }
    }

    /// Width of the stroke in px.
    fn width(&self, environment: &Environment) -> f64 {
        let width = self.stroke_width.as_ref().unwrap_or(&Length::vp(1.0)).to_px(environment);
        f64::from(width.max(0.0))
    }

    /// Draws an outline.
    pub(super) fn paint(&self, outline: BezPath, filled: bool, environment: &Environment, painter: &mut Painter) {
        let stroke = self.stroke.map(|color| color.multiply_alpha(self.stroke_opacity.unwrap_or(1.0)));
        let width = self.width(environment);
        let stroke = stroke.filter(|color| !color.is_transparent() && width > 0.0);
        if filled {
            let color = self.fill.unwrap_or(Color::BLACK).multiply_alpha(self.fill_opacity.unwrap_or(1.0));
            painter.fill(outline.clone(), &Brush::Solid(color));
        }
        if let Some(color) = stroke {
            let mut line = Stroke::new(width)
                .with_caps(self.cap.unwrap_or(Cap::Butt))
                .with_join(self.join.unwrap_or(Join::Miter))
                .with_miter_limit(self.miter_limit.unwrap_or(MITER_LIMIT));
            if let Some(dashes) = &self.dashes {
                let px = |length: &Length| f64::from(length.to_px(environment));
                line = line.with_dashes(self.dash_offset.as_ref().map_or(0.0, px), dashes.iter().map(px));
            }
            painter.stroke(outline, &line, &Brush::Solid(color));
        }
    }

    pub(super) fn inspect(&self, environment: &Environment, out: &mut Attributes) {
        out.color("fill", self.fill.unwrap_or(Color::BLACK));
        out.text("fillOpacity", self.fill_opacity.unwrap_or(1.0).to_string());
        out.color("stroke", self.stroke.unwrap_or(Color::TRANSPARENT));
        out.length("strokeWidth", self.stroke_width.as_ref().unwrap_or(&Length::vp(1.0)), environment);
    }
}

fn change<T: Styled, C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut Style) -> C) -> Value {
    node.redraw(|state: &mut T| change(state.style()))
}

fn opacity(value: &Value) -> Option<f32> {
    let number = value.as_f32().or_else(|| value.as_str()?.trim().parse().ok()).filter(|number| number.is_finite());
    number.map(|number| number.clamp(0.0, 1.0))
}

pub(super) fn fill<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.fill, parse_color(args.get(0))))
}

pub(super) fn fill_opacity<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.fill_opacity, opacity(args.get(0))))
}

pub(super) fn stroke<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.stroke, parse_color(args.get(0))))
}

pub(super) fn stroke_opacity<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.stroke_opacity, opacity(args.get(0))))
}

pub(super) fn stroke_width<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let width = Length::from_value(args.get(0), Unit::Vp).filter(|width| !width.is_relative());
    change::<T, _>(node, |style| put(&mut style.stroke_width, width))
}

pub(super) fn dashes<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let dashes = args.get(0).as_array();
    let dashes = dashes
        .map(|dashes| dashes.iter().take(MAX_DASHES).filter_map(|dash| Length::from_value(dash, Unit::Vp)).collect());
    change::<T, _>(node, |style| put(&mut style.dashes, dashes))
}

pub(super) fn dash_offset<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| put(&mut style.dash_offset, Length::from_value(args.get(0), Unit::Vp)))
}

/// `LineCapStyle`: Butt, Round, Square.
pub(super) fn cap<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| {
        style.cap = match args.get(0).as_i32() {
            Some(1) => Some(Cap::Round),
            Some(2) => Some(Cap::Square),
            Some(_) => Some(Cap::Butt),
            None => None,
        };
    })
}

/// `LineJoinStyle`: Miter, Round, Bevel.
pub(super) fn join<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |style| {
        style.join = match args.get(0).as_i32() {
            Some(1) => Some(Join::Round),
            Some(2) => Some(Join::Bevel),
            Some(_) => Some(Join::Miter),
            None => None,
        };
    })
}

pub(super) fn miter_limit<T: Styled>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let limit = args.get(0).as_f64().or_else(|| args.get(0).as_str()?.trim().parse().ok());
    let limit = limit.map(|limit| if limit < 0.0 { MITER_LIMIT } else { limit.max(1.0) });
    change::<T, _>(node, |style| put(&mut style.miter_limit, limit))
}

/// The methods of a shape whose state is of a type: its own, then those of all shapes.
macro_rules! shape_methods {
    ($state:ty; $($own:expr),* $(,)?) => {
        &[
            $($own,)*
            Method { name: "fill", apply: style::fill::<$state> },
            Method { name: "fillOpacity", apply: style::fill_opacity::<$state> },
            Method { name: "stroke", apply: style::stroke::<$state> },
            Method { name: "strokeOpacity", apply: style::stroke_opacity::<$state> },
            Method { name: "strokeWidth", apply: style::stroke_width::<$state> },
            Method { name: "strokeDashArray", apply: style::dashes::<$state> },
            Method { name: "strokeDashOffset", apply: style::dash_offset::<$state> },
            Method { name: "strokeLineCap", apply: style::cap::<$state> },
            Method { name: "strokeLineJoin", apply: style::join::<$state> },
            Method { name: "strokeMiterLimit", apply: style::miter_limit::<$state> },
            // Edges are always smooth.
            Method { name: "antiAlias", apply: |_, _| Value::Undefined },
        ]
    };
}
pub(super) use shape_methods;
