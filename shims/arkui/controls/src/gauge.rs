//! `Gauge`: a value on an arc of coloured parts, with a pointer, and a description or the ends of the scale below it.

use super::{TrackShadow, arc, content, fill_square, gradient, length, square, sweep};
use concord_paint::kurbo::{self, Affine, BezPath, Cap, Stroke};
use concord_paint::{Brush, Color, ColorStop, Painter, Sampling};
use concord_ui::change::put;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::font::Font;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::pictures::{Loaded, Source};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(crate) struct Gauge;

struct State {
    value: f64,
    min: f64,
    max: f64,
    start: f64,
    end: f64,
    /// Colours and how much of the arc each gets.
    colors: Vec<(Vec<ColorStop>, f64)>,
    stroke_width: Option<Length>,
    /// `indicator(null)`.
    without_pointer: bool,
    pointer_space: Option<Length>,
    /// A picture in place of the pointer, and what came of it.
    pointer: Option<Source>,
    pointer_loaded: Option<Rc<Loaded>>,
    shadow: Option<TrackShadow>,
    /// `description`: what the app has built, or nothing at all. Without it the ends of the scale are shown, if they were given.
    described: Described,
    ends_given: bool,
    ends: [Label; 2],
}

/// What stands below the arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Described {
    #[default]
    Unsaid,
    Nothing,
    By(NodeId),
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
            pointer: None,
            pointer_loaded: None,
            shadow: None,
            described: Described::Unsaid,
            ends_given: false,
            ends: Default::default(),
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
/// The room of a description by the diameter: width and height.
const DESCRIPTION: (f32, f32) = (0.444, 0.254);
/// The room of the ends of the scale by the diameter, and their text in fp.
const END_WIDTH: f32 = 0.259;
const END_FONT: f32 = 12.0;

impl State {
    fn ratio(&self) -> f64 {
        if self.max > self.min { ((self.value - self.min) / (self.max - self.min)).clamp(0.0, 1.0) } else { 0.0 }
    }

    fn shows_ends(&self) -> bool {
        self.described == Described::Unsaid && self.ends_given
    }

    /// Degrees of the arc, clockwise.
    fn sweep(&self) -> f64 {
        let sweep = (self.end - self.start).rem_euclid(360.0);
        if sweep == 0.0 { 360.0 } else { sweep }
    }
}

/// A colour, or several along the arc.
fn stops(value: &Value) -> Option<Vec<ColorStop>> {
    parse_color(value).map(|color| vec![ColorStop { offset: 0.0, color }]).or_else(|| gradient(value))
}

fn colors(value: &Value) -> Vec<(Vec<ColorStop>, f64)> {
    let Some(items) = value.as_array() else {
        return stops(value).into_iter().map(|stops| (stops, 1.0)).collect();
    };
    let part = |item: &Value| {
        let pair = item.as_array();
        let first = pair.and_then(|pair| pair.first()).unwrap_or(item);
        let weight = pair.and_then(|pair| pair.get(1)).map_or(1.0, |weight| weight.as_f64().unwrap_or(0.0));
        Some((stops(first)?, weight)).filter(|(_, weight)| *weight > 0.0)
    };
    items.iter().filter_map(part).take(MOST_COLORS).collect()
}

/// Draws the arc.
fn paint_arc(state: &State, center: kurbo::Point, radius: f64, width: f64, painter: &mut Painter) {
    let default: Vec<(Vec<ColorStop>, f64)> =
        COLORS.iter().map(|color| (vec![ColorStop { offset: 0.0, color: *color }], 1.0)).collect();
    let colors = if state.colors.is_empty() { &default } else { &state.colors };
    let total: f64 = colors.iter().map(|(_, weight)| weight).sum();
    let way = state.sweep();
    let mut from = state.start;
    // One colour shows the value by its length; several show where on the scale it is.
    if let [(stops, _)] = colors.as_slice() {
        let stroke = Stroke::new(width).with_caps(Cap::Round);
        let faint: Vec<ColorStop> =
            stops.iter().map(|stop| ColorStop { color: stop.color.multiply_alpha(0.2), ..*stop }).collect();
        painter.stroke(arc(center, radius, from, way), &stroke, &sweep(center, from, way, &faint));
        if state.ratio() > 0.0 {
            let brush = sweep(center, from, way, stops);
            painter.stroke(arc(center, radius, from, way * state.ratio()), &stroke, &brush);
        }
    } else {
        for (stops, weight) in colors {
            let part = way * weight / total;
            let brush = sweep(center, from, part, stops);
            painter.stroke(arc(center, radius, from, part), &Stroke::new(width), &brush);
            from += part;
        }
    }
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
        load_pointer(pass, node);
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let size = fill_square(constraint, environment.vp(72.0));
        let diameter = size.width.min(size.height);
        let description = description(pass.tree, node);
        for child in pass.children(node) {
            let own = if is_below(pass.tree, child, description) {
                let room = Size::new(diameter * DESCRIPTION.0, diameter * DESCRIPTION.1);
                Constraint::up_to(room)
            } else {
                constraint.for_child()
            };
            pass.measure(child, &own);
        }
        if let Some(state) = pass.tree.state_mut::<State>(node).filter(|state| state.shows_ends()) {
            let ends = [state.min, state.max];
            let color = if environment.dark { POINTER_DARK } else { POINTER };
            for (label, end) in state.ends.iter_mut().zip(ends) {
                label.measure(&fonts, diameter * END_WIDTH, 1, || {
                    let size = Length::Plain(END_FONT, Unit::Fp);
                    (end.to_string(), Font::default().style(&environment, &size, color.multiply_alpha(0.6), 400))
                });
            }
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let description = description(pass.tree, node);
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let diameter = content.size.width.min(content.size.height);
        let bottom = (content.size.height + diameter) / 2.0;
        for child in pass.children(node) {
            let outer = pass.outer(child);
            let x = (content.size.width - outer.width) / 2.0;
            let y = if is_below(pass.tree, child, description) {
                bottom - outer.height
            } else {
                (content.size.height - outer.height) / 2.0
            };
            pass.place_child(child, content.origin + Point::new(x, y));
        }
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.ends.iter_mut().for_each(Label::forget);
        }
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
        if let Some(shadow) = &state.shadow {
            shadow.paint(environment, painter, |painter| paint_arc(state, center, radius, width, painter));
        }
        paint_arc(state, center, radius, width, painter);
        if state.shows_ends() {
            let half = END_WIDTH * square.width() as f32;
            for (number, label) in state.ends.iter().enumerate() {
                let text = label.size();
                let left = center.x as f32 - half + half * number as f32;
                let top = square.y1 as f32 - text.height;
                label.paint(painter, &Rect::new(left, top, half, text.height));
            }
        }
        if !state.without_pointer {
            let space = state.pointer_space.as_ref().map_or(environment.vp(8.0), |length| length.to_px(environment));
            let angle = (state.start + state.sweep() * state.ratio()).to_radians();
            let tip = outer - f64::from(space).min(outer / 2.0);
            painter.save();
            painter.transform(Affine::translate(center.to_vec2()) * Affine::rotate(angle));
            match &state.pointer_loaded {
                Some(loaded) => {
                    let side = outer * POINTER_WIDTH;
                    if let Some(picture) = loaded.picture(side as f32, side as f32, None) {
                        let target = kurbo::Rect::new(-side / 2.0, -tip, side / 2.0, -tip + side);
                        painter.picture(&picture, picture.rect(), target, Sampling::default(), None);
                    }
                }
                None => {
                    let color = if environment.dark { POINTER_DARK } else { POINTER };
                    painter.fill(pointer(tip, outer), &Brush::Solid(color));
                }
            }
            painter.restore();
        }
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
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

/// The node that holds the description.
fn description(tree: &Tree, node: NodeId) -> Option<NodeId> {
    match tree.state::<State>(node)?.described {
        Described::By(holder) => Some(holder),
        Described::Unsaid | Described::Nothing => None,
    }
}

fn is_below(tree: &Tree, child: NodeId, description: Option<NodeId>) -> bool {
    description.is_some_and(|holder| tree.is_inside(child, holder))
}

/// Gets the picture of the pointer.
fn load_pointer(pass: &mut Pass<'_>, node: NodeId) {
    let Some(state) = pass.tree.state::<State>(node).filter(|state| state.pointer_loaded.is_none()) else { return };
    let Some(source) = state.pointer.clone() else { return };
    let loaded = pass.tree.pictures.load(&source, pass.host);
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    match loaded {
        Ok(loaded) => state.pointer_loaded = Some(loaded),
        Err(error) => {
            tracing::warn!("the pointer of a gauge has no picture: {error}");
            state.pointer = None;
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

static COMMANDS: &[Method] = &[
    // `description(node)`: the node that holds it; null for nothing, undefined where the app says nothing.
    Method {
        name: "description",
        apply: |node, args| {
            let described = match args.get(0) {
                Value::Null => Described::Nothing,
                value => {
                    let holder = value.as_f64().and_then(|number| node.tree.by_number(number as u64));
                    holder.map_or(Described::Unsaid, Described::By)
                }
            };
            node.restyle(|state: &mut State| put(&mut state.described, described))
        },
    },
];

static METHODS: &[Method] = &[
    // Built by the library, which says so with the command.
    Method { name: "description", apply: super::without_effect },
    // Nothing is hidden outside of cards on the home screen.
    Method { name: "privacySensitive", apply: super::without_effect },
    Method {
        name: "trackShadow",
        apply: |node, args| {
            node.redraw(|state: &mut State| put(&mut state.shadow, TrackShadow::from_value(args.get(0))))
        },
    },
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            node.restyle(|state: &mut State| {
                let (min, max) = (options.get("min").as_f64(), options.get("max").as_f64());
                state.ends_given = min.or(max).is_some();
                state.ends.iter_mut().for_each(Label::forget);
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
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.start, degrees(args.get(0), 0.0))),
    },
    Method {
        name: "endAngle",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.end, degrees(args.get(0), 360.0))),
    },
    Method {
        name: "colors",
        apply: |node, args| node.redraw(|state: &mut State| put(&mut state.colors, colors(args.get(0)))),
    },
    Method {
        name: "strokeWidth",
        apply: |node, args| {
            let width =
                length(args.get(0)).filter(|width| !matches!(width, Length::Plain(number, _) if *number <= 0.0));
            node.redraw(|state: &mut State| put(&mut state.stroke_width, width))
        },
    },
    Method {
        name: "indicator",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.without_pointer = matches!(args.get(0), Value::Null);
                state.pointer_space = length(args.get(0).get("space"));
                let icon = Source::from_value(args.get(0).get("icon"));
                if state.pointer != icon {
                    (state.pointer, state.pointer_loaded) = (icon, None);
                }
            })
        },
    },
];
