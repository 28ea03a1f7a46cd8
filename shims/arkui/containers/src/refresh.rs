//! `Refresh`: content that is pulled down to be brought up to date.

use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use concord_text::TextStyle;
use concord_ui::change::put;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::handlers;
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{Constraint, ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::scroll::{Motion, NestedScroll, resistance};
use concord_ui::theme;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Callback, Value};
use std::any::Any;

/// See the module.
pub(super) struct Refresh;

/// How far content is pulled down before it refreshes, in vp; and with a text below the circle.
const OFFSET: f32 = 64.0;
const OFFSET_WITH_TEXT: f32 = 96.0;
/// The circle, in vp.
const CIRCLE: f32 = 32.0;
/// Below the text under the circle, in vp.
const TEXT_GAP: f32 = 8.0;
/// Time for the way back, in s.
const RETURN: f32 = 0.3;

/// `RefreshStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Status {
    #[default]
    Inactive,
    Drag,
    OverDrag,
    Refresh,
    Done,
}

struct State {
    refreshing: bool,
    changed: Option<Callback>,
    status: Status,
    /// How far the content is pulled down, in px.
    offset: f32,
    refresh_offset: Option<Length>,
    pull_to_refresh: bool,
    ratio: Option<f32>,
    limit: Option<Length>,
    /// `promptText`, below the circle.
    prompt: Value,
    text: Label,
    /// Whether pushing the content up ends a refresh.
    push_cancels: bool,
    /// The node (without box) around what the builder made.
    builder: Option<NodeId>,
    slide: Option<(Motion, f64, f32)>,
    dragged: bool,
}

impl Default for State {
    fn default() -> State {
        State {
            refreshing: false,
            changed: None,
            status: Status::Inactive,
            offset: 0.0,
            refresh_offset: None,
            pull_to_refresh: true,
            ratio: None,
            limit: None,
            prompt: Value::Undefined,
            text: Label::default(),
            push_cancels: true,
            builder: None,
            slide: None,
            dragged: false,
        }
    }
}

/// The distance at which it refreshes, in px.
fn threshold(tree: &Tree, node: NodeId) -> f32 {
    let Some(state) = tree.state::<State>(node) else { return 0.0 };
    let default = Length::vp(if state.prompt.is_nullish() { OFFSET } else { OFFSET_WITH_TEXT });
    let px = state.refresh_offset.as_ref().unwrap_or(&default).to_px(&tree.environment);
    if px > 0.0 { px } else { default.to_px(&tree.environment) }
}

fn set_status(tree: &mut Tree, node: NodeId, status: Status) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if state.status != status {
        state.status = status;
        tree.emit_event(node, "onStateChange", vec![Value::Number(f64::from(status as u8))]);
    }
}

fn set_offset(tree: &mut Tree, node: NodeId, offset: f32) {
    let density = tree.environment.density;
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if state.offset != offset {
        state.offset = offset;
        tree.emit_event(node, "onOffsetChange", vec![Value::Number(f64::from(offset / density))]);
        tree.mark_place(node);
    }
}

fn slide(tree: &mut Tree, node: NodeId, to: f32) {
    let now = tree.now;
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.slide = Some((Motion::Ease { to: to - state.offset, seconds: RETURN }, now, state.offset));
    tree.tick_next(node);
}

/// It refreshes from now on: `by_hand` when the user pulled, so that the app does not know yet.
fn begin(tree: &mut Tree, node: NodeId, by_hand: bool) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    state.refreshing = true;
    let changed = state.changed.clone().filter(|_| by_hand);
    if let Some(changed) = changed {
        tree.emit(&changed, vec![Value::Bool(true)]);
    }
    set_status(tree, node, Status::Refresh);
    tree.emit_event(node, "onRefreshing", Vec::new());
    let to = threshold(tree, node);
    slide(tree, node, to);
}

/// Pulls the content down (positive) or lets it up. Returns what was used.
fn pull(tree: &mut Tree, node: NodeId, by: f32) -> f32 {
    let height = tree.get(node).map_or(0.0, |node| node.layout.size.height);
    let threshold = threshold(tree, node);
    let api = tree.environment.target_api;
    let Some(state) = tree.state::<State>(node) else { return 0.0 };
    if state.status == Status::Done {
        return 0.0;
    }
    if state.status == Status::Refresh {
        return if by < 0.0 && state.push_cancels { push(tree, node, by) } else { 0.0 };
    }
    let part = if by > 0.0 { state.ratio.unwrap_or_else(|| resistance(state.offset, height, api)) } else { 1.0 };
    let limit = state.limit.as_ref().map_or(f32::INFINITY, |limit| limit.to_px(&tree.environment));
    let offset = (state.offset + by * part).clamp(0.0, limit.max(0.0));
    let used = if by < 0.0 { offset - state.offset } else { by };
    if let Some(state) = tree.state_mut::<State>(node) {
        state.slide = None;
        state.dragged = true;
    }
    if offset > 0.0 {
        // A pull begins as a drag, however far the first movement went.
        if tree.state::<State>(node).is_some_and(|state| state.status == Status::Inactive) {
            set_status(tree, node, Status::Drag);
        }
        set_status(tree, node, if offset >= threshold { Status::OverDrag } else { Status::Drag });
    }
    set_offset(tree, node, offset);
    used
}

/// The content is pushed up while it refreshes. That ends the refresh when nothing of the circle is left in sight.
fn push(tree: &mut Tree, node: NodeId, by: f32) -> f32 {
    let Some(state) = tree.state_mut::<State>(node) else { return 0.0 };
    state.slide = None;
    state.dragged = true;
    let before = state.offset;
    let offset = (before + by).max(0.0);
    set_offset(tree, node, offset);
    if offset <= 0.0 {
        let changed = tree.state_mut::<State>(node).and_then(|state| {
            state.refreshing = false;
            state.changed.clone()
        });
        if let Some(changed) = changed {
            tree.emit(&changed, vec![Value::Bool(false)]);
        }
        set_status(tree, node, Status::Done);
        set_status(tree, node, Status::Inactive);
    }
    offset - before
}

fn release(tree: &mut Tree, node: NodeId) {
    let threshold = threshold(tree, node);
    let Some(state) = tree.state_mut::<State>(node) else { return };
    if !std::mem::take(&mut state.dragged) {
        return;
    }
    if state.status == Status::Refresh {
        slide(tree, node, threshold);
    } else if state.offset >= threshold && state.pull_to_refresh && state.status == Status::OverDrag {
        begin(tree, node, true);
    } else {
        slide(tree, node, 0.0);
    }
}

/// Children besides what the builder made.
fn contents(pass: &Pass<'_>, node: NodeId) -> (Vec<NodeId>, Vec<NodeId>) {
    let builder = pass.tree.state::<State>(node).and_then(|state| state.builder);
    let own = builder.map(|builder| pass.tree.frame_children(builder)).unwrap_or_default();
    let children = pass.children(node).into_iter().filter(|child| !own.contains(child)).collect();
    (children, own)
}

/// How long the circle rests between two turns, in ms.
const TURN: f64 = 80.0;

impl Component for Refresh {
    fn name(&self) -> &'static str {
        "Refresh"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> =
            std::sync::LazyLock::new(|| METHODS.iter().chain(EVENTS).copied().collect());
        &ALL
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let (children, own) = contents(pass, node);
        let mut size = Size::ZERO;
        for child in children {
            pass.measure(child, &constraint.for_child());
            size = size.max(pass.outer(child));
        }
        measure_text(pass.tree, node, constraint.max.width);
        for part in own {
            let max = Size::new(constraint.max.width, f32::INFINITY);
            pass.measure(part, &Constraint { max, ..constraint.for_child() });
        }
        constraint.fit(size)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let offset = pass.tree.state::<State>(node).map_or(0.0, |state| state.offset);
        let (children, own) = contents(pass, node);
        for child in children {
            let free = content.size.width - pass.outer(child).width;
            pass.place_child(child, content.origin + Point::new((free / 2.0).max(0.0), offset));
        }
        if offset > 0.0 {
            for part in own {
                let outer = pass.outer(part);
                let at = Point::new((content.size.width - outer.width) / 2.0, offset - outer.height);
                pass.place_child(part, content.origin + at);
            }
        }
    }

    fn pan_axis(&self, _tree: &Tree, _node: NodeId) -> Option<PanAxis> {
        Some(PanAxis::Vertical)
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        match event.phase {
            PanPhase::Touch | PanPhase::Wheel => Point::ZERO,
            PanPhase::Start | PanPhase::Update => {
                Point::ZERO.with(Axis::Vertical, pull(pass.tree, node, event.delta.y))
            }
            PanPhase::End | PanPhase::Cancel => {
                release(pass.tree, node);
                Point::ZERO
            }
        }
    }

    fn hears_nested(&self) -> bool {
        true
    }

    fn on_nested(&self, pass: &mut Pass<'_>, node: NodeId, event: NestedScroll) -> f32 {
        let pulled = pass.tree.state::<State>(node).is_some_and(|state| state.offset > 0.0);
        let dragged = pass.tree.state::<State>(node).is_some_and(|state| state.dragged);
        let refreshing = pass.tree.state::<State>(node).is_some_and(|state| state.status == Status::Refresh);
        match event {
            // Content that was pulled down goes up before what is in it scrolls.
            NestedScroll::Before(by) if by > 0.0 && pulled && (dragged || refreshing) => -pull(pass.tree, node, -by),
            NestedScroll::After(by) if by < 0.0 => -pull(pass.tree, node, -by),
            NestedScroll::End => {
                release(pass.tree, node);
                0.0
            }
            _ => 0.0,
        }
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let now = pass.tree.now;
        if pass.tree.state::<State>(node).is_some_and(|state| state.refreshing) {
            pass.tree.mark_paint(node);
            pass.tree.tick_while_watched(node, TURN);
        }
        let Some((motion, since, from)) = pass.tree.state::<State>(node).and_then(|state| state.slide.clone()) else {
            return;
        };
        let time = ((now - since) / 1000.0) as f32;
        let ended = motion.is_over(time);
        let at = from + if ended { motion.end() } else { motion.position(time) };
        set_offset(pass.tree, node, if at < 0.01 { 0.0 } else { at });
        if !ended {
            pass.tree.tick_next(node);
            return;
        }
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        state.slide = None;
        if !state.refreshing {
            set_status(pass.tree, node, Status::Inactive);
        }
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let environment = &tree.environment;
        let size = environment.vp(CIRCLE);
        if state.builder.is_some() || state.offset < size / 2.0 {
            return;
        }
        let text = state.text.size();
        if text.height > 0.0 {
            let gap = environment.vp(TEXT_GAP);
            let at = Rect {
                origin: Point::new((found.layout.size.width - text.width) / 2.0, state.offset - text.height - gap),
                size: text,
            };
            painter.save();
            painter.clip_rect(kurbo::Rect::new(0.0, 0.0, f64::from(found.layout.size.width), f64::from(state.offset)));
            state.text.paint(painter, &at);
            painter.restore();
        }
        // The circle grows with the pull, in the middle of the space above the content.
        let radius = f64::from(size / 2.0 * (state.offset / threshold(tree, node)).clamp(0.0, 1.0));
        let below = if text.height > 0.0 { text.height + environment.vp(TEXT_GAP) } else { 0.0 };
        let center = (f64::from(found.layout.size.width / 2.0), f64::from((state.offset - below) / 2.0));
        let dot = radius / 6.0;
        for step in 0..12 {
            let turn = if state.refreshing { tree.now / TURN } else { 0.0 };
            let angle = (f64::from(step) + turn.floor()) * std::f64::consts::TAU / 12.0;
            let at = kurbo::Point::new(center.0 + radius * 0.8 * angle.cos(), center.1 + radius * 0.8 * angle.sin());
            let color = theme::TERTIARY.of(environment).multiply_alpha((step + 1) as f32 / 12.0);
            let shape = kurbo::Rect::new(at.x - dot, at.y - dot, at.x + dot, at.y + dot);
            painter.fill_rounded(shape.to_rounded_rect(dot), &Brush::Solid(color));
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        if let Some(state) = tree.state::<State>(node) {
            out.flag("refreshing", state.refreshing);
        }
    }
}

/// Shapes the text below the circle.
fn measure_text(tree: &mut Tree, node: NodeId, width: f32) {
    let environment = tree.environment.clone();
    let fonts = tree.fonts();
    let Some(state) = tree.state_mut::<State>(node) else { return };
    let Some(text) = state.prompt.as_str().map(str::to_owned) else {
        state.text.forget();
        return;
    };
    let style = TextStyle {
        size: Length::Plain(14.0, Unit::Fp).to_px(&environment),
        color: Color::from_argb(if environment.dark { 0x99ff_ffff } else { 0x9918_2431 }),
        ..TextStyle::default()
    };
    state.text.measure(&fonts, width, 1, || (text, style));
}

fn create(node: &mut concord_ui::Setter<'_>, options: &Value) -> Value {
    let given = options.get("refreshing");
    let (value, changed) = match given {
        Value::Object(_) => (given.get("value"), given.get("changeEvent")),
        value => (value, options.get("$refreshing")),
    };
    let refreshing = value.as_bool() == Some(true);
    let changed = changed.as_callback().cloned();
    let prompt = options.get("promptText").clone();
    let Some(state) = node.tree.state_mut::<State>(node.node) else { return Value::Undefined };
    state.changed = changed;
    if state.prompt.as_str() != prompt.as_str() {
        state.text.forget();
    }
    state.prompt = prompt;
    if refreshing != state.refreshing {
        if refreshing {
            begin(node.tree, node.node, false);
        } else {
            state.refreshing = false;
            set_status(node.tree, node.node, Status::Done);
            slide(node.tree, node.node, 0.0);
        }
    }
    node.tree.mark_measure(node.node);
    Value::Undefined
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |node, args| create(node, args.get(0)) },
    Method {
        name: "refreshOffset",
        apply: |node, args| {
            let offset = Length::from_value(args.get(0), Unit::Vp);
            node.redraw(|state: &mut State| put(&mut state.refresh_offset, offset))
        },
    },
    Method {
        name: "pullToRefresh",
        apply: |node, args| {
            let pulls = args.get(0).as_bool() != Some(false);
            node.redraw(|state: &mut State| put(&mut state.pull_to_refresh, pulls))
        },
    },
    Method {
        name: "pullUpToCancelRefresh",
        apply: |node, args| {
            let cancels = args.get(0).as_bool() != Some(false);
            node.redraw(|state: &mut State| put(&mut state.push_cancels, cancels))
        },
    },
    Method {
        name: "pullDownRatio",
        apply: |node, args| {
            let ratio = args.get(0).as_f32().map(|ratio| ratio.clamp(0.0, 1.0));
            node.redraw(|state: &mut State| put(&mut state.ratio, ratio))
        },
    },
    Method {
        name: "maxPullDownDistance",
        apply: |node, args| {
            let limit = Length::from_value(args.get(0), Unit::Vp);
            node.redraw(|state: &mut State| put(&mut state.limit, limit))
        },
    },
];

static EVENTS: &[Method] = handlers!["onStateChange", "onRefreshing", "onOffsetChange"];

/// What the app's side says: the node that it made for the builder.
static COMMANDS: &[Method] = &[Method {
    name: "builder",
    apply: |node, args| {
        let number = args.get(0).as_f64().filter(|number| *number > 0.0);
        let builder = number.and_then(|number| node.tree.by_number(number as u64));
        node.restyle(|state: &mut State| put(&mut state.builder, builder))
    },
}];

#[cfg(test)]
mod tests {
    use crate::testing::{Scene, scene_of};
    use concord_ui::tree::NodeId;
    use concord_ui::value::Value;

    fn refresh() -> (Scene, NodeId) {
        let mut scene = scene_of("Refresh");
        scene.size(scene.root, 300.0, 300.0);
        let list = scene.add(scene.root, "List");
        scene.set(list, "width", &[Value::text("100%")]);
        scene.set(list, "height", &[Value::text("100%")]);
        scene.set(list, "edgeEffect", &[Value::Number(2.0)]);
        for _ in 0..10 {
            scene.add_item(list, "ListItem", 50.0);
        }
        for event in ["onStateChange", "onRefreshing"] {
            scene.listen(scene.root, event);
        }
        scene.frame();
        (scene, list)
    }

    fn create(scene: &mut Scene, refreshing: bool) {
        scene.set(scene.root, "create", &[Value::object([("refreshing", Value::Bool(refreshing))])]);
    }

    #[test]
    fn a_long_pull_refreshes() {
        let (mut scene, list) = refresh();
        scene.swipe(list, 0.0, 240.0, 20);
        scene.rest();
        assert_eq!(scene.heard(), ["onStateChange 1", "onStateChange 2", "onStateChange 3", "onRefreshing"]);
        assert_eq!(scene.rect(list).1, 64.0);
        create(&mut scene, false);
        scene.rest();
        assert_eq!(scene.heard(), ["onStateChange 4", "onStateChange 0"]);
        assert_eq!(scene.rect(list).1, 0.0);
    }

    #[test]
    fn a_short_pull_does_not() {
        let (mut scene, list) = refresh();
        scene.swipe(list, 0.0, 40.0, 20);
        scene.rest();
        assert_eq!(scene.heard(), ["onStateChange 1", "onStateChange 0"]);
        assert_eq!(scene.rect(list).1, 0.0);
    }

    #[test]
    fn the_app_can_begin_it() {
        let (mut scene, list) = refresh();
        create(&mut scene, true);
        scene.rest();
        assert_eq!(scene.heard(), ["onStateChange 3", "onRefreshing"]);
        assert_eq!(scene.rect(list).1, 64.0);
    }

    #[test]
    fn pushing_up_ends_a_refresh_unless_the_app_minds() {
        let (mut scene, list) = refresh();
        create(&mut scene, true);
        scene.rest();
        scene.heard();
        scene.set(scene.root, "pullUpToCancelRefresh", &[Value::Bool(false)]);
        scene.swipe(list, 0.0, -80.0, 10);
        scene.rest();
        assert_eq!(scene.rect(list).1, 64.0);
        scene.set(scene.root, "pullUpToCancelRefresh", &[Value::Bool(true)]);
        scene.swipe(list, 0.0, -80.0, 10);
        scene.rest();
        assert_eq!(scene.rect(list).1, 0.0);
        assert_eq!(scene.heard(), ["onStateChange 4", "onStateChange 0"]);
    }

    #[test]
    fn the_list_inside_still_scrolls() {
        let (mut scene, list) = refresh();
        scene.swipe(list, 0.0, -100.0, 10);
        scene.rest();
        assert!(scene.heard().is_empty());
        assert_eq!(scene.rect(list).1, 0.0);
        assert!(scene.rect(scene.child(list, 2)).1 < 0.0);
    }
}
