//! `DataPanel`: shares of a whole, in a line or a ring.

use super::{TrackShadow, arc, content, fill_square, gradient, length, room, square};
use concord_paint::kurbo::{Cap, Point, Rect, RoundedRect, Stroke};
use concord_paint::{Brush, Color, ColorStop, Extend, Painter};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Axis, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(crate) struct DataPanel;

#[derive(Default)]
struct State {
    line: bool,
    values: Vec<f64>,
    max: f64,
    colors: Vec<Vec<ColorStop>>,
    track: Option<Color>,
    stroke_width: Option<Length>,
    shadow: Option<TrackShadow>,
    /// Colours of the shadow, where they are not those of the shares.
    shadow_colors: Vec<Vec<ColorStop>>,
}

/// Most shares that are shown.
const MOST: usize = 9;

/// Values of `ohos_data_panel_pattern` in the theme: each share goes from one colour to another.
const COLORS: [(u32, u32); MOST] = [
    (0xf7ce00, 0xf99b11),
    (0xf76223, 0xf2400a),
    (0xf772ac, 0xe65392),
    (0xa575eb, 0xa12df7),
    (0x7b79f7, 0x4b48f7),
    (0x4b8af3, 0x007dff),
    (0x73c1e6, 0x4fb4e3),
    (0xa5d61d, 0x69d14f),
    (0xa2a2b0, 0x8e8e93),
];
const TRACK: Color = Color::from_argb(0x0818_2431);
const TRACK_DARK: Color = Color::from_argb(0x14ff_ffff);
const THICKNESS: f32 = 24.0;
const SIDE: f32 = 252.0;

impl State {
    /// Shares as parts of the whole, cut off where it is full.
    fn parts(&self) -> Vec<f64> {
        let sum: f64 = self.values.iter().sum();
        let whole = if self.max > 0.0 { self.max } else { sum };
        let mut left = 1.0;
        let part = |value: &f64| {
            let part = if whole > 0.0 { (value / whole).clamp(0.0, left) } else { 0.0 };
            left -= part;
            part
        };
        self.values.iter().map(part).collect()
    }

    fn brush(&self, own: &[Vec<ColorStop>], index: usize, from: Point, to: Point) -> Brush {
        let opaque = |rgb: u32| Color::from_argb(0xff00_0000 | rgb);
        let stops = match own.get(index).or_else(|| self.colors.get(index)) {
            Some(stops) => stops.clone(),
            None => {
                let (begin, end) = COLORS.get(index).copied().unwrap_or_default();
                vec![ColorStop { offset: 0.0, color: opaque(begin) }, ColorStop { offset: 1.0, color: opaque(end) }]
            }
        };
        match stops.as_slice() {
            [only] => Brush::Solid(only.color),
            _ => Brush::linear(from, to, stops, Extend::Pad),
        }
    }

    fn track(&self, environment: &Environment) -> Color {
        self.track.unwrap_or(if environment.dark { TRACK_DARK } else { TRACK })
    }
}

impl Component for DataPanel {
    fn name(&self) -> &'static str {
        "DataPanel"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks { opacity: super::opacity(tree, node), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let environment = &pass.tree.environment;
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        if state.line {
            let width = room(constraint, Axis::Horizontal, environment.vp(SIDE));
            let height = room(constraint, Axis::Vertical, environment.vp(THICKNESS));
            return constraint.fit(Size::new(width, height));
        }
        fill_square(constraint, environment.vp(SIDE))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let rect = content(tree, node);
        if state.line {
            paint_line(painter, state, &tree.environment, rect);
        } else {
            paint_ring(painter, state, &tree.environment, square(rect));
        }
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        let values = Value::array(state.values.iter().map(|value| Value::Number(*value)).collect::<Vec<_>>());
        Some(Value::object([("values", values), ("maxValue", Value::Number(state.max))]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.json("values", state.values.iter().copied().collect());
        out.text("max", format!("{:.2}", state.max));
        out.text("type", if state.line { "DataPanelType.Line" } else { "DataPanelType.Circle" });
    }
}

fn paint_line(painter: &mut Painter, state: &State, environment: &Environment, rect: Rect) {
    let given = state.stroke_width.as_ref().map(|length| f64::from(length.to_px(environment)));
    let height = given.unwrap_or(rect.height()).min(rect.height());
    let bar = Rect::from_center_size(rect.center(), (rect.width(), height));
    let radius = f64::from(environment.vp(4.0)).min(height / 2.0);
    let shape = RoundedRect::from_rect(bar, radius);
    if let Some(shadow) = &state.shadow {
        shadow.paint(environment, painter, |painter| {
            shares_in_line(painter, state, environment, shape, &state.shadow_colors)
        });
    }
    painter.save();
    painter.clip_rounded(shape);
    painter.fill_rect(bar, &Brush::Solid(state.track(environment)));
    painter.restore();
    shares_in_line(painter, state, environment, shape, &[]);
}

fn shares_in_line(
    painter: &mut Painter,
    state: &State,
    environment: &Environment,
    shape: RoundedRect,
    colors: &[Vec<ColorStop>],
) {
    let bar = shape.rect();
    painter.save();
    painter.clip_rounded(shape);
    let gap = f64::from(environment.vp(2.0));
    let mut from = bar.x0;
    for (index, part) in state.parts().into_iter().enumerate() {
        let to = from + part * bar.width();
        let share = Rect::new(from, bar.y0, (to - gap).max(from), bar.y1);
        let brush = state.brush(colors, index, Point::new(from, bar.y0), Point::new(to, bar.y0));
        painter.fill_rect(share, &brush);
        from = to;
    }
    painter.restore();
}

fn paint_ring(painter: &mut Painter, state: &State, environment: &Environment, square: Rect) {
    let outer = square.width() / 2.0;
    let default = environment.vp(THICKNESS);
    let width = state.stroke_width.as_ref().map_or(default, |length| length.to_px(environment));
    let width = f64::from(width).min(outer);
    let (center, radius) = (square.center(), outer - width / 2.0);
    if let Some(shadow) = &state.shadow {
        let colors = &state.shadow_colors;
        shadow.paint(environment, painter, |painter| shares_in_ring(painter, state, center, radius, width, colors));
    }
    let track = Brush::Solid(state.track(environment));
    painter.stroke(arc(center, radius, 0.0, 360.0), &Stroke::new(width), &track);
    shares_in_ring(painter, state, center, radius, width, &[]);
}

fn shares_in_ring(
    painter: &mut Painter,
    state: &State,
    center: Point,
    radius: f64,
    width: f64,
    colors: &[Vec<ColorStop>],
) {
    let stroke = Stroke::new(width).with_caps(Cap::Round);
    let parts = state.parts();
    let mut to: f64 = parts.iter().sum();
    // Each share lies over the end of the one after it.
    for (index, part) in parts.into_iter().enumerate().rev() {
        let from = to - part;
        if part > 0.0 {
            let at = |ratio: f64| {
                let angle = ratio * std::f64::consts::TAU - std::f64::consts::FRAC_PI_2;
                Point::new(center.x + radius * angle.cos(), center.y + radius * angle.sin())
            };
            let brush = state.brush(colors, index, at(from), at(to));
            painter.stroke(arc(center, radius, from * 360.0, part * 360.0), &stroke, &brush);
        }
        to = from;
    }
}

fn colors(value: &Value) -> Vec<Vec<ColorStop>> {
    let one = |item: &Value| match parse_color(item) {
        Some(color) => Some(vec![ColorStop { offset: 0.0, color }]),
        None => gradient(item),
    };
    value.as_array().unwrap_or_default().iter().take(MOST).filter_map(one).collect()
}

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            let values = options.get("values").as_array().unwrap_or_default();
            let values = values.iter().take(MOST).map(|value| value.as_f64().unwrap_or(0.0).max(0.0)).collect();
            let max = options.get("max").as_f64().unwrap_or(100.0);
            node.restyle(|state: &mut State| {
                state.values = values;
                state.max = max;
                state.line = options.get("type").as_i32() == Some(0);
            })
        },
    },
    Method {
        name: "valueColors",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.colors, colors(args.get(0)))),
    },
    Method {
        name: "trackBackgroundColor",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.track, parse_color(args.get(0)))),
    },
    Method {
        name: "strokeWidth",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.stroke_width, length(args.get(0)))),
    },
    Method {
        name: "trackShadow",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                state.shadow = TrackShadow::from_value(args.get(0));
                state.shadow_colors = colors(args.get(0).get("colors"));
            })
        },
    },
    Method { name: "closeEffect", apply: super::without_effect },
];
