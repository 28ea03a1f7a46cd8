//! `Slider`: a value between two others, chosen by touching, dragging, and with keys.

use super::glide::{Glide, Pace, may_glide};
use super::slider_looks::{self, BlockStyle, Style, Track};
use super::{Bound, length, room};
use concord_paint::Painter;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::handlers;
use concord_ui::input::key::code;
use concord_ui::input::{KeyInput, KeyPhase, TouchInput, TouchPhase, space};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::{Args, Callback, Value};
use std::any::Any;

/// See the module.
pub(crate) struct Slider;

/// `SliderChangeMode`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Begin,
    Moving,
    End,
    Click,
}

/// `SliderInteraction`, by the platform's numbers.
#[expect(clippy::enum_variant_names, reason = "the platform's own names")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Interaction {
    #[default]
    SlideAndClick,
    SlideOnly,
    SlideAndClickUp,
}

pub(super) struct State {
    pub(super) value: f64,
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) step: f64,
    pub(super) axis: Axis,
    pub(super) reverse: bool,
    pub(super) looks: slider_looks::Given,
    range: (Option<f64>, Option<f64>),
    interaction: Interaction,
    /// `minResponsiveDistance`: how far a finger has to go before the block follows it, as a difference of values.
    distance: f64,
    /// What stands before the start and behind the end of the track: nodes of the app.
    ends: [Option<NodeId>; 2],
    bound: Option<Callback>,
    /// A finger is down; whether it has moved the value, and whether it drags.
    held: Option<Held>,
    glide: Glide,
}

#[derive(Debug, Clone, Copy, Default)]
struct Held {
    changed: bool,
    dragging: bool,
    /// What `SLIDE_ONLY` demands: the finger came down on the block.
    on_block: bool,
    /// Where the finger came down, as a part of the way.
    from: f64,
}

impl Default for State {
    fn default() -> State {
        State {
            value: 0.0,
            min: 0.0,
            max: 100.0,
            step: 1.0,
            axis: Axis::Horizontal,
            reverse: false,
            looks: slider_looks::Given::default(),
            range: (None, None),
            interaction: Interaction::default(),
            distance: 0.0,
            ends: [None; 2],
            bound: None,
            held: None,
            glide: Glide::default(),
        }
    }
}

impl State {
    /// The value as a part of the way, 0 to 1.
    pub(super) fn ratio(&self) -> f64 {
        let value = self.glide.shown().unwrap_or(self.value);
        if self.max > self.min { ((value - self.min) / (self.max - self.min)).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Whether the start lies at the right or the bottom.
    pub(super) fn is_reversed(&self, right_to_left: bool) -> bool {
        self.reverse != (self.axis == Axis::Horizontal && right_to_left)
    }

    pub(super) fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Where a value may be: within `slideRange`, between the ends.
    fn clamp(&self, value: f64) -> f64 {
        let low = self.range.0.unwrap_or(self.min).clamp(self.min, self.max);
        let high = self.range.1.unwrap_or(self.max).clamp(low, self.max);
        value.clamp(low, high)
    }

    /// The step nearest to a part of the way.
    fn at(&self, ratio: f64) -> f64 {
        let way = self.max - self.min;
        let steps = (ratio.clamp(0.0, 1.0) * way / self.step).round();
        // The last step may be a short one.
        let value = if ratio >= 1.0 { self.max } else { (self.min + steps * self.step).min(self.max) };
        self.clamp(round(value))
    }

    fn set_ends(&mut self, min: Option<f64>, max: Option<f64>) {
        let (min, max) = (min.unwrap_or(0.0), max.unwrap_or(100.0));
        // Ends that are not in order count as unset.
        (self.min, self.max) = if min < max { (min, max) } else { (0.0, 100.0) };
    }

    fn set_step(&mut self, step: Option<f64>) {
        let way = self.max - self.min;
        self.step = step.filter(|step| *step > 0.0 && *step <= way).unwrap_or(1.0f64.min(way));
    }
}

/// Without what binary fractions add: the platform's values are 32-bit and are shown with few digits.
fn round(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded } else { value }
}

fn track(tree: &Tree, node: NodeId) -> Option<Track> {
    slider_looks::track(tree, node, tree.state::<State>(node)?)
}

fn fire(tree: &mut Tree, node: NodeId, mode: Mode) {
    let Some(state) = tree.state::<State>(node) else { return };
    let args = vec![Value::Number(state.value), Value::Number(f64::from(mode as u8))];
    tree.emit_event(node, "onChange", args);
}

/// Sets the value by hand. Returns whether that changed it.
fn set(tree: &mut Tree, node: NodeId, value: f64) -> bool {
    let (now, glides) = (tree.now, may_glide(tree, node));
    let Some(state) = tree.state_mut::<State>(node) else { return false };
    let value = state.clamp(value);
    if state.value == value {
        return false;
    }
    // Under a finger that moves, the block is where the finger is.
    let glides = glides && !state.held.is_some_and(|held| held.dragging);
    state.glide.begin(state.value, now, glides.then_some(Pace::Spring));
    state.value = value;
    if let Some(held) = &mut state.held {
        held.changed = true;
    }
    let bound = state.bound.clone();
    if let Some(bound) = bound {
        tree.emit(&bound, vec![Value::Number(value)]);
    }
    tree.mark_paint(node);
    if glides {
        tree.tick_next(node);
    }
    true
}

fn move_to(tree: &mut Tree, node: NodeId, at: Point) -> bool {
    let Some(track) = track(tree, node) else { return false };
    let Some(value) = tree.state::<State>(node).map(|state| state.at(track.ratio_at(at))) else { return false };
    set(tree, node, value)
}

fn touched(pass: &mut Pass<'_>, node: NodeId, at: Point) {
    let Some(track) = track(pass.tree, node) else { return };
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let on_block = track.is_on_block(at);
    state.held = Some(Held { on_block, from: track.ratio_at(at), ..Held::default() });
    if state.interaction == Interaction::SlideAndClick && !on_block {
        move_to(pass.tree, node, at);
    }
    pass.tree.mark_paint(node);
    fire(pass.tree, node, Mode::Begin);
}

fn lifted(pass: &mut Pass<'_>, node: NodeId, at: Option<Point>) {
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    let Some(held) = state.held else { return };
    if let Some(at) =
        at.filter(|_| state.interaction == Interaction::SlideAndClickUp && !held.dragging && !held.on_block)
    {
        move_to(pass.tree, node, at);
    }
    let held = pass.tree.state_mut::<State>(node).and_then(|state| state.held.take()).unwrap_or_default();
    if held.changed && !held.dragging {
        fire(pass.tree, node, Mode::Click);
    }
    fire(pass.tree, node, Mode::End);
    pass.tree.mark_paint(node);
}

impl Component for Slider {
    fn name(&self) -> &'static str {
        "Slider"
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
        load_block(pass, node);
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let (axis, ends) = (state.axis, state.ends);
        let along = room(constraint, axis, environment.vp(360.0));
        let thickness = state.looks.thickness_of_control(&environment);
        let size = constraint.fit(Size::on(axis, along, thickness));
        let mut taken = [0.0; 2];
        for (end, taken) in ends.iter().zip(&mut taken) {
            if let Some(end) = end.filter(|end| pass.tree.is_inside(*end, node)) {
                pass.measure(end, &Constraint::up_to(size));
                *taken = pass.outer(end).along(axis);
            }
        }
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.looks.ends_taken = (taken[0], taken[1]);
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let right_to_left = pass.tree.is_right_to_left(node);
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let (axis, ends, reversed) = (state.axis, state.ends, state.is_reversed(right_to_left));
        for (number, end) in ends.into_iter().enumerate() {
            let Some(end) = end.filter(|end| pass.tree.is_inside(*end, node)) else { continue };
            let outer = pass.outer(end);
            let at_start = (number == 0) != reversed;
            let along = if at_start { 0.0 } else { content.size.along(axis) - outer.along(axis) };
            let across = (content.size.along(axis.cross()) - outer.along(axis.cross())) / 2.0;
            pass.place_child(end, content.origin + Point::on(axis, along, across));
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        if let Some(state) = tree.state::<State>(node) {
            slider_looks::paint(tree, node, state, painter);
        }
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let now = pass.tree.now;
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let to = state.value;
        if state.glide.advance(to, now) {
            pass.tree.tick_next(node);
        }
        pass.tree.mark_paint(node);
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.looks.forget();
        }
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        tree.state::<State>(node).map(|state| state.axis.into())
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        match event.phase {
            PanPhase::Start | PanPhase::Update => {
                let Some(track) = track(pass.tree, node) else { return Point::ZERO };
                let Some(state) = pass.tree.state_mut::<State>(node) else { return Point::ZERO };
                let (least, way) = (state.distance, state.max - state.min);
                let only_block = state.interaction != Interaction::SlideAndClick;
                let Some(held) = &mut state.held else { return Point::ZERO };
                if only_block && !held.on_block {
                    return Point::ZERO;
                }
                if !held.dragging && (track.ratio_at(event.position) - held.from).abs() * way < least {
                    return event.delta;
                }
                held.dragging = true;
                if move_to(pass.tree, node, event.position) {
                    fire(pass.tree, node, Mode::Moving);
                }
                event.delta
            }
            PanPhase::Wheel => {
                let Some(state) = pass.tree.state::<State>(node) else { return Point::ZERO };
                let steps = if event.delta.x + event.delta.y > 0.0 { -1.0 } else { 1.0 };
                let value = state.value + steps * state.step;
                if set(pass.tree, node, value) {
                    fire(pass.tree, node, Mode::Begin);
                    fire(pass.tree, node, Mode::Moving);
                    fire(pass.tree, node, Mode::End);
                }
                event.delta
            }
            // Coming down and lifting are heard as touches.
            PanPhase::Touch | PanPhase::End | PanPhase::Cancel => Point::ZERO,
        }
    }

    fn on_touch(&self, pass: &mut Pass<'_>, node: NodeId, input: &TouchInput) {
        if !pass.tree.is_enabled(node) {
            return;
        }
        let at = space::to_local(pass.tree, node, input.position);
        match input.phase {
            TouchPhase::Down => touched(pass, node, at),
            TouchPhase::Move => {}
            TouchPhase::Up => lifted(pass, node, Some(at)),
            TouchPhase::Cancel => lifted(pass, node, None),
        }
    }

    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        let right_to_left = pass.tree.is_right_to_left(node);
        let Some(state) = pass.tree.state::<State>(node) else { return false };
        let forth = match (state.axis, input.code) {
            (Axis::Horizontal, code::DPAD_RIGHT) | (Axis::Vertical, code::DPAD_DOWN) => true,
            (Axis::Horizontal, code::DPAD_LEFT) | (Axis::Vertical, code::DPAD_UP) => false,
            _ => return false,
        };
        if input.phase == KeyPhase::Up {
            fire(pass.tree, node, Mode::End);
            return true;
        }
        let step = if forth != state.is_reversed(right_to_left) { state.step } else { -state.step };
        let value = round(state.value + step);
        fire(pass.tree, node, Mode::Begin);
        if set(pass.tree, node, value) {
            fire(pass.tree, node, Mode::Moving);
        }
        true
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        Some(Value::object([
            ("value", Value::Number(state.value)),
            ("min", Value::Number(state.min)),
            ("max", Value::Number(state.max)),
            ("step", Value::Number(state.step)),
        ]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        for (name, value) in [("value", state.value), ("min", state.min), ("max", state.max), ("step", state.step)] {
            out.text(name, format!("{value:.6}"));
        }
        out.flag("reverse", state.reverse);
        out.text("direction", if state.axis == Axis::Vertical { "Axis.Vertical" } else { "Axis.Horizontal" });
        state.looks.inspect(&tree.environment, out);
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let bound = Bound::member(options, "value");
    let number = |name: &str| options.get(name).as_f64();
    node.restyle(|state: &mut State| {
        state.set_ends(number("min"), number("max"));
        state.set_step(number("step"));
        state.value = state.clamp(bound.value.as_f64().unwrap_or(state.min));
        state.bound = bound.change;
        state.axis = if options.get("direction").as_i32() == Some(0) { Axis::Vertical } else { Axis::Horizontal };
        state.reverse = options.get("reverse").as_bool() == Some(true);
        state.looks.style = match options.get("style").as_i32() {
            Some(1) => Style::InSet,
            Some(2) => Style::None,
            _ => Style::OutSet,
        };
    })
}

/// Gets the picture of the block.
fn load_block(pass: &mut Pass<'_>, node: NodeId) {
    let style = pass.tree.state::<State>(node).map(|state| &state.looks.block_style);
    let Some(BlockStyle::Image(Some(source), None)) = style else { return };
    let source = source.clone();
    let loaded = pass.tree.pictures.load(&source, pass.host);
    let Some(state) = pass.tree.state_mut::<State>(node) else { return };
    state.looks.block_style = match loaded {
        Ok(loaded) => BlockStyle::Image(Some(source), Some(loaded)),
        Err(error) => {
            tracing::warn!("the block of a slider has no picture: {error}");
            BlockStyle::Image(None, None)
        }
    };
}

/// `prefix(node)`, `suffix(node)`: a node that is a child of the slider already, or none.
fn end(node: &mut Setter<'_>, args: Args<'_>, number: usize) -> Value {
    let child = args.get(0).as_f64().and_then(|child| node.tree.by_number(child as u64));
    node.restyle(|state: &mut State| {
        if let Some(end) = state.ends.get_mut(number) {
            *end = child;
        }
    })
}

type Looked = slider_looks::Given;

fn look(node: &mut Setter<'_>, change: impl FnOnce(&mut Looked)) -> Value {
    node.restyle(|state: &mut State| {
        change(&mut state.looks);
        state.looks.forget();
    })
}

static COMMANDS: &[Method] = &[
    // `triggerChange(value, mode)`: as if a finger had done it.
    Method {
        name: "triggerChange",
        apply: |node, args| {
            let mode = match args.get(1).as_i32() {
                Some(0) => Mode::Begin,
                Some(2) => Mode::End,
                Some(3) => Mode::Click,
                _ => Mode::Moving,
            };
            if let Some(value) = args.get(0).as_f64() {
                set(node.tree, node.node, value);
                fire(node.tree, node.node, mode);
            }
            Value::Undefined
        },
    },
];

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method { name: "create", apply: create },
    Method { name: "blockColor", apply: |node, args| look(node, |looks| looks.block = parse_color(args.get(0))) },
    Method { name: "trackColor", apply: |node, args| look(node, |looks| looks.track.set(args.get(0))) },
    // Stops in the colour space of the display come as other gradients do.
    Method { name: "trackColorMetrics", apply: |node, args| look(node, |looks| looks.track.set(args.get(0))) },
    Method {
        name: "blockStyle",
        apply: |node, args| look(node, |looks| looks.block_style = BlockStyle::from_value(args.get(0))),
    },
    Method {
        name: "minResponsiveDistance",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                let distance = args.get(0).as_f64().filter(|distance| (0.0..=state.max - state.min).contains(distance));
                state.distance = distance.unwrap_or(0.0);
            })
        },
    },
    Method { name: "prefix", apply: |node, args| end(node, args, 0) },
    Method { name: "suffix", apply: |node, args| end(node, args, 1) },
    Method { name: "selectedColor", apply: |node, args| look(node, |looks| looks.selected.set(args.get(0))) },
    Method {
        name: "showSteps",
        apply: |node, args| look(node, |looks| looks.show_steps = args.get(0).as_bool() == Some(true)),
    },
    Method { name: "stepColor", apply: |node, args| look(node, |looks| looks.step_color = parse_color(args.get(0))) },
    Method { name: "stepSize", apply: |node, args| look(node, |looks| looks.step_size = length(args.get(0))) },
    Method {
        name: "showTips",
        apply: |node, args| {
            look(node, |looks| {
                looks.show_tips = args.get(0).as_bool() == Some(true);
                looks.tip = match args.get(1) {
                    Value::String(text) => Some(text.to_string()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                };
            })
        },
    },
    Method { name: "trackThickness", apply: |node, args| look(node, |looks| looks.thickness = positive(args.get(0))) },
    Method {
        name: "trackBorderRadius",
        apply: |node, args| look(node, |looks| looks.track_radius = length(args.get(0))),
    },
    Method {
        name: "selectedBorderRadius",
        apply: |node, args| look(node, |looks| looks.selected_radius = length(args.get(0))),
    },
    Method {
        name: "blockBorderColor",
        apply: |node, args| look(node, |looks| looks.block_border = parse_color(args.get(0))),
    },
    Method {
        name: "blockBorderWidth",
        apply: |node, args| look(node, |looks| looks.block_border_width = length(args.get(0))),
    },
    Method {
        name: "blockSize",
        apply: |node, args| {
            look(node, |looks| {
                let size = args.get(0);
                looks.block_size = positive(size.get("width")).zip(positive(size.get("height")));
            })
        },
    },
    Method {
        name: "slideRange",
        apply: |node, args| {
            let range = args.get(0);
            node.redraw(|state: &mut State| {
                state.range = (range.get("from").as_f64(), range.get("to").as_f64());
                state.value = state.clamp(state.value);
            })
        },
    },
    Method {
        name: "sliderInteractionMode",
        apply: |node, args| {
            node.redraw(|state: &mut State| {
                state.interaction = match args.get(0).as_i32() {
                    Some(1) => Interaction::SlideOnly,
                    Some(2) => Interaction::SlideAndClickUp,
                    _ => Interaction::SlideAndClick,
                };
            })
        },
    },
    Method {
        name: "minLabel",
        apply: |node, args| {
            let min = args.get(0).as_f64();
            node.redraw(|state: &mut State| state.set_ends(min, Some(state.max)))
        },
    },
    Method {
        name: "maxLabel",
        apply: |node, args| {
            let max = args.get(0).as_f64();
            node.redraw(|state: &mut State| state.set_ends(Some(state.min), max))
        },
    },
    Method { name: "enableHapticFeedback", apply: super::without_effect },
    Method { name: "digitalCrownSensitivity", apply: super::without_effect },
    EVENTS[0],
];

fn positive(value: &Value) -> Option<Length> {
    length(value).filter(|length| !matches!(length, Length::Plain(number, _) if *number <= 0.0))
}

static EVENTS: &[Method] = handlers!["onChange"];
