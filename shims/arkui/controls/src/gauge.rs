//! `Gauge`: a value on an arc of coloured parts, with a pointer.
//!
//! `description` and pictures for the pointer are not there yet.

use super::{arc, content, fill_square, gradient, length, square};
use concord_paint::kurbo::{Affine, BezPath, Cap, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::common::{Alignment, parse_color};
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::Size;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(crate) struct Gauge;

struct State {
    value: f64,
    min: f64,
    max: f64,
    start: f64,
    end: f64,
    /// Colours and how much of the arc each gets.
    colors: Vec<(Color, f64)>,
    stroke_width: Option<Length>,
    /// `indicator(null)`.
    without_pointer: bool,
    pointer_space: Option<Length>,
}

impl Default for State {
    fn default() -> State {
        State {
            value: 0.0,
            min: 0.0,
            max: 100.0,
            start: 0.0,
            end: 360.0,
            colors: Vec::new(),
            stroke_width: None,
            without_pointer: false,
            pointer_space: None,
        }
    }
}

/// Colours where the app names none, from low to high.
const COLORS: [Color; 3] =
    [Color::from_argb(0xff64_bb5c), Color::from_argb(0xfff7_ce00), Color::from_argb(0xffe8_4026)];
/// Values of `ohos_gauge_pattern` in the theme: the pointer by the radius.
const POINTER: Color = Color::from_argb(0xff18_2431);
const POINTER_DARK: Color = Color::from_argb(0xffff_ffff);
const POINTER_WIDTH: f64 = 0.135;
const POINTER_HEIGHT: f64 = 0.087;
const MOST_COLORS: usize = 9;

impl State {
    fn ratio(&self) -> f64 {
        if self.max > self.min { ((self.value - self.min) / (self.max - self.min)).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Degrees of the arc, clockwise.
    fn sweep(&self) -> f64 {
        let sweep = (self.end - self.start).rem_euclid(360.0);
        if sweep == 0.0 { 360.0 } else { sweep }
    }
}

fn colors(value: &Value) -> Vec<(Color, f64)> {
    if let Some(color) = parse_color(value) {
        return vec![(color, 1.0)];
    }
    let Some(items) = value.as_array() else {
        return gradient(value).into_iter().flatten().take(1).map(|stop| (stop.color, 1.0)).collect();
    };
    let part = |item: &Value| {
        let pair = item.as_array();
        let first = pair.and_then(|pair| pair.first()).unwrap_or(item);
        let weight = pair.and_then(|pair| pair.get(1)).map_or(1.0, |weight| weight.as_f64().unwrap_or(0.0));
        let color = parse_color(first).or_else(|| Some(gradient(first)?.first()?.color));
        Some((color?, weight)).filter(|(_, weight)| *weight > 0.0)
    };
    items.iter().filter_map(part).take(MOST_COLORS).collect()
}

impl Component for Gauge {
    fn name(&self) -> &'static str {
        "Gauge"
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
        let size = fill_square(constraint, pass.tree.environment.vp(72.0));
        pass.measure_stacked(node, constraint);
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        place_aligned(pass, node, Alignment::Center);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let environment = &tree.environment;
        let square = square(content(tree, node));
        let (center, outer) = (square.center(), square.width() / 2.0);
        let default = environment.vp(4.0);
        let width = state.stroke_width.as_ref().map_or(default, |length| length.to_px(environment));
        let width = f64::from(width).min(outer);
        let radius = outer - width / 2.0;
        let default: Vec<(Color, f64)> = COLORS.iter().map(|color| (*color, 1.0)).collect();
        let colors = if state.colors.is_empty() { &default } else { &state.colors };
        let total: f64 = colors.iter().map(|(_, weight)| weight).sum();
        let sweep = state.sweep();
        let mut from = state.start;
        // One colour shows the value by its length; several show where on the scale it is.
        if let [(color, _)] = colors.as_slice() {
            let stroke = Stroke::new(width).with_caps(Cap::Round);
            let track = Brush::Solid(color.multiply_alpha(0.2));
            painter.stroke(arc(center, radius, from, sweep), &stroke, &track);
            if state.ratio() > 0.0 {
                painter.stroke(arc(center, radius, from, sweep * state.ratio()), &stroke, &Brush::Solid(*color));
            }
        } else {
            for (color, weight) in colors {
                let part = sweep * weight / total;
                painter.stroke(arc(center, radius, from, part), &Stroke::new(width), &Brush::Solid(*color));
                from += part;
            }
        }
        if !state.without_pointer {
            let space = state.pointer_space.as_ref().map_or(environment.vp(8.0), |length| length.to_px(environment));
            let angle = (state.start + sweep * state.ratio()).to_radians();
            let tip = outer - f64::from(space).min(outer / 2.0);
            painter.save();
            painter.transform(Affine::translate(center.to_vec2()) * Affine::rotate(angle));
            let color = if environment.dark { POINTER_DARK } else { POINTER };
            painter.fill(pointer(tip, outer), &Brush::Solid(color));
            painter.restore();
        }
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        let numbers = [("value", state.value), ("min", state.min), ("max", state.max)];
        Some(Value::object(numbers.map(|(name, number)| (name, Value::Number(number)))))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        let numbers = [("value", state.value), ("min", state.min), ("max", state.max)];
        let angles = [("startAngle", state.start), ("endAngle", state.end)];
        for (name, number) in numbers.into_iter().chain(angles) {
            out.text(name, format!("{number:.2}"));
        }
    }
}

/// A triangle below the top of a circle at the origin, pointing outwards.
fn pointer(tip: f64, radius: f64) -> BezPath {
    let (half, height) = (radius * POINTER_WIDTH / 2.0, radius * POINTER_HEIGHT);
    let mut path = BezPath::new();
    path.move_to((0.0, -tip));
    path.line_to((half, -tip + height));
    path.line_to((-half, -tip + height));
    path.close_path();
    path
}

fn degrees(value: &Value, default: f64) -> f64 {
    value.as_f64().unwrap_or(default)
}

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            node.restyle(|state: &mut State| {
                let (min, max) = (options.get("min").as_f64(), options.get("max").as_f64());
                (state.min, state.max) = (min.unwrap_or(0.0), max.unwrap_or(100.0));
                if state.max <= state.min {
                    (state.min, state.max) = (0.0, 100.0);
                }
                let value = options.get("value").as_f64().unwrap_or(state.min);
                state.value = if (state.min..=state.max).contains(&value) { value } else { state.min };
            })
        },
    },
    Method {
        name: "value",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                let value = args.get(0).as_f64().unwrap_or(state.min);
                state.value = if (state.min..=state.max).contains(&value) { value } else { state.min };
            })
        },
    },
    Method {
        name: "startAngle",
        apply: |node, args| node.redraw(|state: &mut State| state.start = degrees(args.get(0), 0.0)),
    },
    Method {
        name: "endAngle",
        apply: |node, args| node.redraw(|state: &mut State| state.end = degrees(args.get(0), 360.0)),
    },
    Method { name: "colors", apply: |node, args| node.redraw(|state: &mut State| state.colors = colors(args.get(0))) },
    Method {
        name: "strokeWidth",
        apply: |node, args| {
            let width =
                length(args.get(0)).filter(|width| !matches!(width, Length::Plain(number, _) if *number <= 0.0));
            node.redraw(|state: &mut State| state.stroke_width = width)
        },
    },
    Method {
        name: "indicator",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                state.without_pointer = matches!(args.get(0), Value::Null);
                state.pointer_space = length(args.get(0).get("space"));
            })
        },
    },
];
