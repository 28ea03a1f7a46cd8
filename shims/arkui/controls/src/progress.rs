//! `Progress`: how far something is, as a line, a ring, a moon, ticks around a circle, or a capsule with text.

use super::glide::{Glide, Pace, may_glide};
use super::{Bound, EMPHASIZE, arc, content, gradient, length, room, square, sweep, text_color, track_color};
use concord_paint::kurbo::{Arc, BezPath, Cap, Circle, Line, Point, Rect, RoundedRect, Shape, Stroke};
use concord_paint::{Brush, Color, ColorStop, Extend, Filter, LayerStyle, Painter};
use concord_ui::change::{Change, put};
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::font::{Font, font_weight};
use concord_ui::geometry::{Axis, Rect as Frame, Size};
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(crate) struct Progress;

/// `ProgressType`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Type {
    #[default]
    Linear,
    Ring,
    Eclipse,
    ScaleRing,
    Capsule,
}

#[derive(Default)]
struct State {
    kind: Type,
    value: f64,
    total: f64,
    color: Option<Color>,
    gradient: Option<Vec<ColorStop>>,
    /// `backgroundColor`: the colour of the track.
    track: Option<Color>,
    stroke_width: Option<Length>,
    stroke_radius: Option<Length>,
    scale_count: Option<i32>,
    scale_width: Option<Length>,
    border_color: Option<Color>,
    border_width: Option<Length>,
    text: Option<String>,
    font: Font,
    show_percentage: bool,
    /// `enableScanEffect`: a light goes along what is done.
    scans: bool,
    /// Of a ring: a shadow in its colours, and `ProgressStatus.LOADING`.
    shadow: bool,
    loading: bool,
    label: Label,
    /// `enableSmoothEffect`: what is shown follows the value.
    jumps: bool,
    glide: Glide,
}

/// Values of `ohos_progress_pattern` in the theme.
const RING_TRACK: Color = Color::from_argb(0x0c18_2431);
const RING_TRACK_DARK: Color = Color::from_argb(0x19ff_ffff);
const RING_BEGIN: Color = Color::from_argb(0xff86_c1ff);
const RING_END: Color = Color::from_argb(0xff25_4ff7);
const LIGHT_ALPHA: f32 = 0.2;
const DIAMETER: f32 = 72.0;
const CAPSULE_HEIGHT: f32 = 28.0;
const WIDTH: f32 = 300.0;
/// Once around a ring that loads, and once along what a light scans, in ms; how long the arc and the light are.
const TURN: f64 = 1200.0;
const SCAN_TURN: f64 = 2000.0;
const LOADING_DEGREES: f64 = 90.0;
const SCAN_DEGREES: f64 = 45.0;
const SCAN_PART: f64 = 0.3;
const SCAN_ALPHA: f32 = 0.5;
/// More ticks than this around a circle are not drawn.
const MOST_SCALES: i32 = 2000;

impl State {
    fn ratio(&self) -> f64 {
        let total = if self.total > 0.0 { self.total } else { 100.0 };
        (self.glide.shown().unwrap_or(self.value) / total).clamp(0.0, 1.0)
    }

    /// Whether it moves without end.
    fn is_alive(&self) -> bool {
        self.scans || (self.loading && self.kind == Type::Ring)
    }

    fn stroke(&self, environment: &Environment, limit: f64) -> f64 {
        let width = self.stroke_width.as_ref().map_or(environment.vp(4.0), |length| length.to_px(environment));
        f64::from(width).clamp(0.0, limit.max(0.0))
    }

    fn shown_text(&self) -> Option<String> {
        if self.kind != Type::Capsule {
            return None;
        }
        match &self.text {
            Some(text) => Some(text.clone()),
            None => self.show_percentage.then(|| format!("{}%", (self.ratio() * 100.0).floor())),
        }
    }

    fn track_color(&self, environment: &Environment) -> Color {
        self.track.unwrap_or(match self.kind {
            Type::Linear | Type::ScaleRing => track_color(environment),
            Type::Ring if environment.dark => RING_TRACK_DARK,
            Type::Ring => RING_TRACK,
            Type::Eclipse => EMPHASIZE.of(environment).with_alpha(LIGHT_ALPHA),
            Type::Capsule if environment.dark => Color::BLACK.with_alpha(LIGHT_ALPHA),
            Type::Capsule => Color::WHITE.with_alpha(LIGHT_ALPHA),
        })
    }

    fn color(&self, environment: &Environment) -> Color {
        let first = self.gradient.as_ref().and_then(|stops| stops.first()).map(|stop| stop.color);
        self.color.or(first).unwrap_or(EMPHASIZE.of(environment))
    }

    fn brush(&self, environment: &Environment, from: Point, to: Point) -> Brush {
        match &self.gradient {
            Some(stops) if stops.len() > 1 => Brush::linear(from, to, stops.clone(), Extend::Pad),
            _ => Brush::Solid(self.color(environment)),
        }
    }
}

impl Component for Progress {
    fn name(&self) -> &'static str {
        "Progress"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State { total: 100.0, ..State::default() })
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks { opacity: super::opacity(tree, node), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let width = room(constraint, Axis::Horizontal, environment.vp(WIDTH));
        let size = match state.kind {
            Type::Linear => {
                let thickness = state.stroke(&environment, f64::INFINITY) as f32;
                constraint.fit(Size::new(width, thickness))
            }
            Type::Capsule => constraint.fit(Size::new(width, environment.vp(CAPSULE_HEIGHT))),
            Type::Ring | Type::Eclipse | Type::ScaleRing => {
                let side = environment.vp(DIAMETER);
                let given = [constraint.ideal.width, constraint.ideal.height].into_iter().flatten().next();
                let side = given.unwrap_or(side);
                constraint.fit(Size::new(side, side))
            }
        };
        if let Some(text) = state.shown_text() {
            let (font, color) = (state.font.clone(), text_color(&environment));
            let room = (size.width - environment.vp(16.0)).max(0.0);
            state.label.measure(&fonts, room, 1, || {
                (text, font.style(&environment, &Length::Plain(12.0, Unit::Fp), color, 400))
            });
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        if pass.tree.state::<State>(node).is_some_and(State::is_alive) {
            pass.tree.tick_while_watched(node, 1.0);
        }
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let now = pass.tree.now;
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let (to, alive) = (state.value, state.is_alive());
        if state.glide.advance(to, now) {
            pass.tree.tick_next(node);
        } else if alive {
            pass.tree.tick_while_watched(node, 1.0);
        }
        if pass.tree.is_shown(node) {
            pass.tree.mark_paint(node);
        }
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.label.forget();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let environment = &tree.environment;
        let rect = content(tree, node);
        let right_to_left = tree.is_right_to_left(node);
        match state.kind {
            Type::Linear => linear(painter, state, environment, rect, right_to_left, tree.now),
            Type::Ring if state.loading => loading(painter, state, environment, square(rect), tree.now),
            Type::Ring => ring(painter, state, environment, square(rect), tree.now),
            Type::Eclipse => eclipse(painter, state, environment, square(rect)),
            Type::ScaleRing => scale_ring(painter, state, environment, square(rect)),
            Type::Capsule => {
                let area = found.layout.content();
                capsule(painter, state, environment, rect, area, right_to_left, tree.now);
            }
        }
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        Some(Value::object([("value", Value::Number(state.value)), ("total", Value::Number(state.total))]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("value", format!("{:.6}", state.value));
        out.text("total", format!("{:.6}", state.total));
        let kind = match state.kind {
            Type::Linear => "ProgressStyle.Linear",
            Type::Ring => "ProgressStyle.Ring",
            Type::Eclipse => "ProgressStyle.Eclipse",
            Type::ScaleRing => "ProgressStyle.ScaleRing",
            Type::Capsule => "ProgressStyle.Capsule",
        };
        out.text("type", kind);
        out.color("color", state.color(&tree.environment));
        out.color("backgroundColor", state.track_color(&tree.environment));
        if let Some(text) = state.shown_text() {
            out.text("content", text);
        }
    }
}

/// Along the longer side: from the start, or from the top down.
fn linear(painter: &mut Painter, state: &State, environment: &Environment, rect: Rect, right_to_left: bool, now: f64) {
    let standing = rect.height() > rect.width();
    let (long, short) = if standing { (rect.height(), rect.width()) } else { (rect.width(), rect.height()) };
    let thickness = state.stroke(environment, short);
    let center = rect.center();
    let bar = if standing {
        Rect::from_center_size(center, (thickness, long))
    } else {
        Rect::from_center_size(center, (long, thickness))
    };
    let px = |length: &Length| f64::from(length.to_px(environment));
    let radius = state.stroke_radius.as_ref().map_or(thickness / 2.0, px).min(thickness / 2.0);
    painter.fill_rounded(RoundedRect::from_rect(bar, radius), &Brush::Solid(state.track_color(environment)));
    let done = long * state.ratio();
    if done <= 0.0 {
        return;
    }
    let part = match (standing, right_to_left) {
        (true, _) => Rect::new(bar.x0, bar.y0, bar.x1, bar.y0 + done),
        (false, false) => Rect::new(bar.x0, bar.y0, bar.x0 + done, bar.y1),
        (false, true) => Rect::new(bar.x1 - done, bar.y0, bar.x1, bar.y1),
    };
    let (from, to) = match (standing, right_to_left) {
        (true, _) => ((bar.x0, bar.y0), (bar.x0, bar.y1)),
        (false, false) => ((bar.x0, bar.y0), (bar.x1, bar.y0)),
        (false, true) => ((bar.x1, bar.y0), (bar.x0, bar.y0)),
    };
    // What is shorter than it is thick keeps the round end of the track.
    painter.save();
    painter.clip_rounded(RoundedRect::from_rect(bar, radius));
    painter.fill_rounded(
        RoundedRect::from_rect(part, radius.min(done / 2.0)),
        &state.brush(environment, from.into(), to.into()),
    );
    if state.scans {
        scan(painter, part, now);
    }
    painter.restore();
}

fn ring(painter: &mut Painter, state: &State, environment: &Environment, square: Rect, now: f64) {
    let outer = square.width() / 2.0;
    let width = state.stroke(environment, outer);
    let radius = outer - width / 2.0;
    let center = square.center();
    let stroke = Stroke::new(width).with_caps(Cap::Round);
    let track = Circle::new(center, radius).to_path(0.1);
    painter.stroke(track, &stroke, &Brush::Solid(state.track_color(environment)));
    let ratio = state.ratio();
    if ratio <= 0.0 {
        return;
    }
    let stops = match (&state.gradient, state.color) {
        (_, Some(color)) => vec![ColorStop { offset: 0.0, color }],
        (Some(stops), None) => stops.clone(),
        (None, None) => [(0.0, RING_BEGIN), (1.0, RING_END)]
            .map(|(offset, color)| ColorStop { offset, color })
            .into_iter()
            .collect(),
    };
    let brush = sweep(center, 0.0, 360.0 * ratio, &stops);
    if state.shadow {
        let sigma = concord_paint::sigma_of_radius(width);
        painter.push_layer(LayerStyle {
            filters: vec![Filter::Blur { sigma }],
            opacity: LIGHT_ALPHA * 2.0,
            ..LayerStyle::default()
        });
        painter.stroke(arc(center, radius, 0.0, 360.0 * ratio), &stroke, &brush);
        painter.pop_layer();
    }
    painter.stroke(arc(center, radius, 0.0, 360.0 * ratio), &stroke, &brush);
    if state.scans {
        // A light that goes along what is done.
        let at = 360.0 * ratio * scan_phase(now);
        let light = Brush::Solid(Color::WHITE.with_alpha(SCAN_ALPHA));
        let length = (360.0 * ratio).min(SCAN_DEGREES);
        painter.stroke(arc(center, radius, (at - length).max(0.0), length.min(at)), &stroke, &light);
    }
}

/// A ring that says that something goes on, but not how far it is: an arc that turns. Like `LoadingProgress`, it is where the
/// time of the frame has it, and asks for no frames.
fn loading(painter: &mut Painter, state: &State, environment: &Environment, square: Rect, now: f64) {
    let outer = square.width() / 2.0;
    let width = state.stroke(environment, outer);
    let (center, radius) = (square.center(), outer - width / 2.0);
    let stroke = Stroke::new(width).with_caps(Cap::Round);
    painter.stroke(arc(center, radius, 0.0, 360.0), &stroke, &Brush::Solid(state.track_color(environment)));
    let from = 360.0 * (now / TURN).fract();
    let color = state.color(environment);
    let stops = [(0.0, color.multiply_alpha(0.0)), (1.0, color)];
    let stops = stops.map(|(offset, color)| ColorStop { offset, color });
    painter.stroke(arc(center, radius, from, LOADING_DEGREES), &stroke, &sweep(center, from, LOADING_DEGREES, &stops));
}

/// How far the light of a scan is, 0 to 1.
fn scan_phase(now: f64) -> f64 {
    (now / SCAN_TURN).fract()
}

/// The light that goes along what is done of a line or a capsule, within its box.
fn scan(painter: &mut Painter, done: Rect, now: f64) {
    let standing = done.height() > done.width();
    let extent = if standing { done.height() } else { done.width() };
    let length = extent * SCAN_PART;
    let at = (extent + length) * scan_phase(now) - length;
    let stop = |offset: f32, alpha: f32| ColorStop { offset, color: Color::WHITE.with_alpha(alpha) };
    let stops = vec![stop(0.0, 0.0), stop(1.0, SCAN_ALPHA)];
    let (from, to) = if standing {
        (Point::new(done.x0, done.y0 + at), Point::new(done.x0, done.y0 + at + length))
    } else {
        (Point::new(done.x0 + at, done.y0), Point::new(done.x0 + at + length, done.y0))
    };
    let light = Rect::from_points(from, if standing { Point::new(done.x1, to.y) } else { Point::new(to.x, done.y1) });
    painter.fill_rect(light.intersect(done), &Brush::linear(from, to, stops, Extend::Pad));
}

/// The lit part of a moon: its left edge is the circle's, its right one an ellipse that moves from left to right.
fn eclipse(painter: &mut Painter, state: &State, environment: &Environment, square: Rect) {
    let (center, radius) = (square.center(), square.width() / 2.0);
    painter.fill(Circle::new(center, radius).to_path(0.1), &Brush::Solid(state.track_color(environment)));
    let ratio = state.ratio();
    if ratio <= 0.0 {
        return;
    }
    let quarter = std::f64::consts::FRAC_PI_2;
    let half = std::f64::consts::PI;
    let mut path: BezPath = Arc::new(center, (radius, radius), quarter, half, 0.0).to_path(0.1);
    let bulge = (2.0 * ratio - 1.0) * radius;
    // From the top back down.
    let sweep = if bulge >= 0.0 { half } else { -half };
    let edge = Arc::new(center, (bulge.abs().max(0.01), radius), -quarter, sweep, 0.0);
    edge.to_cubic_beziers(0.1, |a, b, c| path.curve_to(a, b, c));
    path.close_path();
    painter.fill(path, &state.brush(environment, Point::new(square.x0, square.y0), Point::new(square.x1, square.y0)));
}

fn scale_ring(painter: &mut Painter, state: &State, environment: &Environment, square: Rect) {
    let outer = square.width() / 2.0;
    let length = state.stroke(environment, outer);
    let count = state.scale_count.filter(|count| *count > 1).unwrap_or(120).min(MOST_SCALES);
    let default = environment.vp(2.0);
    let width = f64::from(state.scale_width.as_ref().map_or(default, |length| length.to_px(environment)));
    let stroke = Stroke::new(width).with_caps(Cap::Round);
    let done = (state.ratio() * f64::from(count)).round() as i32;
    let (from, to) = (Point::new(square.x0, square.y0), Point::new(square.x1, square.y1));
    let (lit, dark) = (state.brush(environment, from, to), Brush::Solid(state.track_color(environment)));
    let inset = width / 2.0;
    for (range, brush) in [(done..count, dark), (0..done, lit)] {
        let mut path = BezPath::new();
        for index in range {
            let angle = std::f64::consts::TAU * f64::from(index) / f64::from(count) - std::f64::consts::FRAC_PI_2;
            let at = |radius: f64| square.center() + concord_paint::kurbo::Vec2::from_angle(angle) * radius;
            let inner = (outer - length + inset).min(outer - inset);
            path.extend(Line::new(at(inner), at(outer - inset)).path_elements(0.1));
        }
        if !path.is_empty() {
            painter.stroke(path, &stroke, &brush);
        }
    }
}

fn capsule(
    painter: &mut Painter,
    state: &State,
    environment: &Environment,
    rect: Rect,
    area: Frame,
    right_to_left: bool,
    now: f64,
) {
    let px = |length: &Option<Length>, default: f32| {
        f64::from(length.as_ref().map_or(default, |length| length.to_px(environment)))
    };
    let radius = px(&state.stroke_radius, f32::MAX).min(rect.height().min(rect.width()) / 2.0);
    let shape = RoundedRect::from_rect(rect, radius);
    painter.fill_rounded(shape, &Brush::Solid(state.track_color(environment)));
    let standing = rect.height() > rect.width();
    let ratio = state.ratio();
    let part = match (standing, right_to_left) {
        (true, _) => Rect::new(rect.x0, rect.y0, rect.x1, rect.y0 + rect.height() * ratio),
        (false, false) => Rect::new(rect.x0, rect.y0, rect.x0 + rect.width() * ratio, rect.y1),
        (false, true) => Rect::new(rect.x1 - rect.width() * ratio, rect.y0, rect.x1, rect.y1),
    };
    painter.save();
    painter.clip_rounded(shape);
    painter.fill_rect(part, &state.brush(environment, Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y0)));
    if state.scans {
        scan(painter, part, now);
    }
    painter.restore();
    let width = px(&state.border_width, environment.vp(1.0)).min(rect.height() / 2.0);
    if width > 0.0 {
        let line = RoundedRect::from_rect(rect.inset(-width / 2.0), (radius - width / 2.0).max(0.0));
        let color = state.border_color.unwrap_or(EMPHASIZE.of(environment).with_alpha(LIGHT_ALPHA));
        painter.stroke(line.to_path(0.1), &Stroke::new(width), &Brush::Solid(color));
    }
    if state.shown_text().is_some() {
        state.label.paint(painter, &area);
    }
}

fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut State) -> C) -> Value {
    node.restyle(|state: &mut State| {
        let changed = change(state).changed();
        if changed {
            state.label.forget();
        }
        changed
    })
}

fn style(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let style = args.get(0);
    change(node, |state| {
        state.stroke_width = length(style.get("strokeWidth"));
        state.stroke_radius = length(style.get("strokeRadius")).or_else(|| length(style.get("borderRadius")));
        state.scale_count = style.get("scaleCount").as_i32();
        state.scale_width = length(style.get("scaleWidth"));
        state.border_color = parse_color(style.get("borderColor"));
        state.border_width = length(style.get("borderWidth"));
        state.text = style.get("content").as_str().map(str::to_owned);
        let font = style.get("font");
        state.font = Font {
            color: parse_color(style.get("fontColor")),
            weight: font_weight(font.get("weight")),
            ..Font::from_value(font)
        };
        state.scans = style.get("enableScanEffect").as_bool() == Some(true);
        state.shadow = style.get("shadow").as_bool() == Some(true);
        state.loading = style.get("status").as_str() == Some("LOADING");
        state.show_percentage = style.get("showDefaultPercentage").as_bool() == Some(true);
        state.jumps = style.get("enableSmoothEffect").as_bool() == Some(false);
    })
}

/// Sets the value, which what is shown follows.
fn set_value(node: &mut Setter<'_>, value: f64) -> Value {
    let (now, glides) = (node.tree.now, may_glide(node.tree, node.node));
    let Some(state) = node.tree.state_mut::<State>(node.node) else { return Value::Undefined };
    let value = value.clamp(0.0, state.total.max(0.0));
    if state.value != value {
        let moves = glides && !state.jumps;
        state.glide.begin(state.value, now, moves.then_some(Pace::Spring));
        if moves {
            node.tree.tick_next(node.node);
        }
    }
    change(node, |state| put(&mut state.value, value))
}

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            let value = Bound::member(options, "value").value.as_f64().unwrap_or(0.0);
            let total = options.get("total").as_f64().filter(|total| *total > 0.0).unwrap_or(100.0);
            let kind = options.get("type").as_i32().or(options.get("style").as_i32());
            change(node, |state| {
                state.kind = match kind {
                    Some(1) => Type::Ring,
                    Some(2) => Type::Eclipse,
                    Some(3) => Type::ScaleRing,
                    Some(4) => Type::Capsule,
                    _ => Type::Linear,
                };
                state.total = total;
            });
            set_value(node, value)
        },
    },
    Method {
        name: "value",
        apply: |node, args| {
            let value = args.get(0).as_f64().unwrap_or(0.0);
            set_value(node, value)
        },
    },
    Method {
        name: "color",
        apply: |node, args| {
            change(node, |state| {
                state.color = parse_color(args.get(0));
                state.gradient = if state.color.is_none() { gradient(args.get(0)) } else { None };
            })
        },
    },
    Method {
        name: "backgroundColor",
        apply: |node, args| change(node, |state| put(&mut state.track, parse_color(args.get(0)))),
    },
    // Nothing is hidden outside of cards on the home screen.
    Method { name: "privacySensitive", apply: super::without_effect },
    Method { name: "style", apply: style },
];
