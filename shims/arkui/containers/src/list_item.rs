//! `ListItem`: an item of a `List`, and what a finger that pulls it aside brings into sight (`swipeAction`).

use super::select_box::{self, Choice};
use concord_paint::Color;
use concord_ui::change::put;
use concord_ui::common::LengthEdges;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::input::UiState;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::scroll::{Motion, resistance};
use concord_ui::theme;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Callback, Value};
use std::any::Any;

/// See the module.
pub(super) struct ListItem;

/// A finger that is faster than this when it is lifted, in vp per second, opens or closes.
const FAST: f32 = 300.0;
/// Time that opening and closing takes, in s.
const SLIDE: f32 = 0.25;
/// How far beyond the actions a long pull goes, in vp.
const LONG_PULL: f32 = 56.0;

/// What lies at one side.
struct Action {
    /// Builds it; gives the number of the node around it.
    builder: Option<Callback>,
    /// The node (without box) around what was built.
    node: Option<NodeId>,
    /// How wide it is, in px.
    extent: f32,
    /// Called after a long pull.
    on_action: Option<Callback>,
    distance: Length,
    /// Told when a pull comes so far that `on_action` would be called, and when it goes back.
    on_enter: Option<Callback>,
    on_exit: Option<Callback>,
    /// Told of [`Opening`].
    on_state: Option<Callback>,
}

/// `SwipeActionState`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Opening {
    /// Nothing beside the item is seen.
    #[default]
    Collapsed = 0,
    /// An action is seen.
    Expanded = 1,
    /// A finger has pulled so far that the action would be done.
    Actioning = 2,
}

impl Action {
    fn from_value(value: &Value) -> Option<Action> {
        let builder = value.get("builder").as_callback().or_else(|| value.as_callback()).cloned()?;
        Some(Action {
            builder: Some(builder),
            node: None,
            extent: 0.0,
            on_action: value.get("onAction").as_callback().cloned(),
            distance: Length::from_value(value.get("actionAreaDistance"), Unit::Vp).unwrap_or(Length::vp(LONG_PULL)),
            on_enter: value.get("onEnterActionArea").as_callback().cloned(),
            on_exit: value.get("onExitActionArea").as_callback().cloned(),
            on_state: value.get("onStateChange").as_callback().cloned(),
        })
    }
}

/// What an item is told, and how far it is pulled aside.
#[derive(Default)]
struct State {
    start: Option<Action>,
    end: Option<Action>,
    /// Whether it can be pulled further than its actions are wide.
    springs: bool,
    on_offset: Option<Callback>,
    /// In px; positive shows the start.
    offset: f32,
    slide: Option<(Motion, f64, f32)>,
    /// What of the action at that side the app was told.
    opening: Opening,
    at_start: bool,
    /// A side that the app wants to open, or closed; done in the next layout.
    wanted: Option<Option<bool>>,
    card: bool,
    choice: Choice,
}

/// Whether an item is selected, and whether it can be.
pub(super) fn choice(tree: &mut Tree, item: NodeId) -> Option<&mut Choice> {
    tree.state_mut::<State>(item).map(|state| &mut state.choice)
}

/// Tells the app whether an action is seen.
fn set_opening(tree: &mut Tree, item: NodeId, start: bool, opening: Opening) {
    let Some(state) = tree.state_mut::<State>(item) else { return };
    let before = std::mem::replace(&mut state.opening, opening);
    let side = if opening == Opening::Collapsed { state.at_start } else { start };
    state.at_start = start;
    if before == opening {
        return;
    }
    let Some(action) = state.action(side) else { return };
    let passed = match (before, opening) {
        (_, Opening::Actioning) => action.on_enter.clone(),
        (Opening::Actioning, _) => action.on_exit.clone(),
        _ => None,
    };
    let told = action.on_state.clone();
    if let Some(passed) = passed {
        tree.emit(&passed, Vec::new());
    }
    if let Some(told) = told {
        tree.emit(&told, vec![Value::Number(f64::from(opening as u8))]);
    }
}

impl State {
    fn action(&self, start: bool) -> Option<&Action> {
        if start { self.start.as_ref() } else { self.end.as_ref() }
    }
}

/// The axis that an item is pulled along: across the list.
fn axis(tree: &Tree, item: NodeId) -> Axis {
    let list = std::iter::successors(tree.frame_parent(item), |id| tree.frame_parent(*id));
    let list = list.filter_map(|id| tree.scroll(id)).next();
    list.map_or(Axis::Horizontal, |list| list.axis().cross())
}

/// Builds an action when it is first needed.
fn build(pass: &mut Pass<'_>, item: NodeId, start: bool) {
    let Some(state) = pass.tree.state_mut::<State>(item) else { return };
    let action = if start { &mut state.start } else { &mut state.end };
    let Some(builder) = action.as_mut().and_then(|action| action.builder.take()) else { return };
    let number = pass.host.call(pass.tree, &builder, &[]);
    let node = number.as_f64().filter(|number| *number > 0.0);
    let node = node.and_then(|number| pass.tree.by_number(number as u64));
    let Some(state) = pass.tree.state_mut::<State>(item) else { return };
    if let Some(action) = if start { &mut state.start } else { &mut state.end } {
        action.node = node;
    }
}

/// Measures an action for its extent.
fn measure(pass: &mut Pass<'_>, item: NodeId, start: bool) {
    let Some(found) = pass.tree.get(item) else { return };
    let size = found.layout.content().size;
    let Some(node) = pass.tree.state::<State>(item).and_then(|state| state.action(start)?.node) else { return };
    let pulled = axis(pass.tree, item);
    let mut extent: f32 = 0.0;
    for part in pass.tree.frame_children(node) {
        let constraint = concord_ui::layout::Constraint::up_to(size);
        pass.measure(part, &constraint);
        extent = extent.max(pass.outer(part).along(pulled));
    }
    let Some(state) = pass.tree.state_mut::<State>(item) else { return };
    if let Some(action) = if start { &mut state.start } else { &mut state.end } {
        action.extent = extent;
    }
}

fn set_offset(tree: &mut Tree, item: NodeId, offset: f32) {
    let density = tree.environment.density;
    let Some(state) = tree.state_mut::<State>(item) else { return };
    if state.offset == offset {
        return;
    }
    state.offset = offset;
    let listener = state.on_offset.clone();
    if let Some(listener) = listener {
        tree.emit(&listener, vec![Value::Number(f64::from(offset / density))]);
    }
    tree.mark_place(item);
}

/// Slides to an offset.
fn slide(tree: &mut Tree, item: NodeId, to: f32) {
    let now = tree.now;
    let Some(state) = tree.state_mut::<State>(item) else { return };
    if state.offset == to {
        state.slide = None;
        return;
    }
    state.slide = Some((Motion::Ease { to: to - state.offset, seconds: SLIDE }, now, state.offset));
    tree.tick_next(item);
}

/// Closes every item of a list that is pulled aside, except one.
pub(super) fn close_others(tree: &mut Tree, list: NodeId, except: Option<NodeId>) {
    let mut stack = tree.frame_children(list);
    while let Some(id) = stack.pop() {
        let open = tree.state::<State>(id).is_some_and(|state| state.offset != 0.0);
        if open && Some(id) != except {
            slide(tree, id, 0.0);
        }
        if tree.get(id).is_some_and(|node| node.component.name() == "ListItemGroup") {
            stack.extend(tree.frame_children(id));
        }
    }
}

fn pull(pass: &mut Pass<'_>, item: NodeId, delta: f32) -> f32 {
    let Some(state) = pass.tree.state::<State>(item) else { return 0.0 };
    let (offset, springs) = (state.offset, state.springs);
    let wanted = offset + delta;
    let start = wanted > 0.0;
    let Some(state) = pass.tree.state_mut::<State>(item) else { return 0.0 };
    state.slide = None;
    if state.action(start).is_none() {
        set_offset(pass.tree, item, 0.0);
        return delta;
    }
    build(pass, item, start);
    measure(pass, item, start);
    let Some(action) = pass.tree.state::<State>(item).and_then(|state| state.action(start)) else { return delta };
    let extent = action.extent;
    let long = action.on_action.is_some();
    let width = pass.tree.get(item).map_or(0.0, |item| item.layout.size.width);
    let over = wanted.abs() - extent;
    let moved = if over <= 0.0 {
        wanted
    } else if springs || long {
        let part = resistance((offset.abs() - extent).max(0.0), width, pass.tree.environment.target_api);
        offset + delta * part
    } else {
        extent.copysign(wanted)
    };
    set_offset(pass.tree, item, moved);
    let far = pass.tree.state::<State>(item).and_then(|state| state.action(start)).is_some_and(|action| {
        action.on_action.is_some() && moved.abs() > action.extent + action.distance.to_px(&pass.tree.environment)
    });
    let opened = pass.tree.state::<State>(item).is_some_and(|state| state.opening != Opening::Collapsed);
    if far {
        set_opening(pass.tree, item, start, Opening::Actioning);
    } else if opened {
        set_opening(pass.tree, item, start, Opening::Expanded);
    }
    delta
}

fn release(tree: &mut Tree, item: NodeId, velocity: f32) {
    let environment = &tree.environment;
    let fast = environment.vp(FAST);
    let Some(state) = tree.state::<State>(item) else { return };
    let offset = state.offset;
    let Some(action) = state.action(offset > 0.0) else {
        slide(tree, item, 0.0);
        return;
    };
    let (extent, distance) = (action.extent, action.distance.to_px(environment));
    if let Some(callback) = action.on_action.clone().filter(|_| offset.abs() > extent + distance) {
        tree.emit(&callback, Vec::new());
        slide(tree, item, 0.0);
        return;
    }
    let outwards = (velocity > 0.0) == (offset > 0.0);
    let opens = if velocity.abs() > fast { outwards } else { offset.abs() > extent / 2.0 };
    slide(tree, item, if opens && offset != 0.0 { extent.copysign(offset) } else { 0.0 });
}

/// Opens a side of an item that the app wants to see, or closes it.
fn open_wanted(pass: &mut Pass<'_>, item: NodeId) {
    let wanted = pass.tree.state_mut::<State>(item).and_then(|state| state.wanted.take());
    match wanted {
        None => {}
        Some(None) => slide(pass.tree, item, 0.0),
        Some(Some(start)) => {
            build(pass, item, start);
            measure(pass, item, start);
            let extent =
                pass.tree.state::<State>(item).and_then(|state| state.action(start)).map(|action| action.extent);
            if let Some(extent) = extent.filter(|extent| *extent > 0.0) {
                if let Some(list) = pass.tree.frame_parent(item) {
                    close_others(pass.tree, list, Some(item));
                }
                slide(pass.tree, item, if start { extent } else { -extent });
            }
        }
    }
}

/// The nodes around actions.
fn action_nodes(tree: &Tree, item: NodeId) -> [Option<NodeId>; 2] {
    let state = tree.state::<State>(item);
    [true, false].map(|start| state.and_then(|state| state.action(start)?.node))
}

/// Children that are not part of an action.
fn contents(tree: &Tree, pass_children: Vec<NodeId>, item: NodeId) -> Vec<NodeId> {
    let actions: Vec<NodeId> =
        action_nodes(tree, item).into_iter().flatten().flat_map(|node| tree.frame_children(node)).collect();
    pass_children.into_iter().filter(|child| !actions.contains(child)).collect()
}

impl Component for ListItem {
    fn name(&self) -> &'static str {
        "ListItem"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        static ALL: std::sync::LazyLock<Vec<Method>> = std::sync::LazyLock::new(|| {
            METHODS.iter().chain(select_box::ITEM_METHODS).chain(select_box::ITEM_EVENTS).copied().collect()
        });
        &ALL
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        if !tree.state::<State>(node).is_some_and(|state| state.card) {
            return Looks::default();
        }
        // `ListItemStyle.CARD`: `ohos_list_item_pattern` of the theme.
        let side = Some(Length::vp(8.0));
        let padding = LengthEdges { left: side.clone(), right: side, ..LengthEdges::default() };
        let height = Some(Length::vp(48.0));
        let color = if tree.environment.dark { 0xff20_2224 } else { 0xffff_ffff };
        let pressed = tree.ui_state(node).has(UiState::PRESSED).then_some(theme::PRESSED.of(&tree.environment));
        Looks {
            padding,
            height,
            background: Some(Color::from_argb(color)),
            radius: Some(Length::vp(20.0)),
            overlay: pressed,
            ..Looks::default()
        }
    }

    fn clips_children(&self) -> bool {
        false
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let children = pass.children(node);
        let mut size = Size::ZERO;
        for child in contents(pass.tree, children, node) {
            pass.measure(child, &constraint.for_child());
            if pass.tree.get(child).is_some_and(|child| child.common.position.is_none()) {
                size = size.max(pass.outer(child));
            }
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        open_wanted(pass, node);
        let offset = pass.tree.state::<State>(node).map_or(0.0, |state| state.offset);
        let axis = axis(pass.tree, node);
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        let (x, y) = alignment.factors(pass.tree.environment.right_to_left);
        let children = pass.children(node);
        for child in contents(pass.tree, children, node) {
            let outer = pass.outer(child);
            let at = Point::new((content.size.width - outer.width) * x, (content.size.height - outer.height) * y);
            pass.place_child(child, content.origin + at + Point::on(axis, offset, 0.0));
        }
        if offset == 0.0 {
            return;
        }
        let start = offset > 0.0;
        measure(pass, node, start);
        let Some(part) = action_nodes(pass.tree, node).get(usize::from(!start)).copied().flatten() else { return };
        for child in pass.tree.frame_children(part) {
            let outer = pass.outer(child);
            let main = if start { offset - outer.along(axis) } else { content.size.along(axis) + offset };
            let cross = (content.size.along(axis.cross()) - outer.along(axis.cross())) / 2.0;
            pass.place_child(child, content.origin + Point::on(axis, main, cross));
        }
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(node)?;
        (state.start.is_some() || state.end.is_some()).then(|| PanAxis::from(axis(tree, node)))
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let axis = axis(pass.tree, node);
        let delta = event.delta.along(axis);
        match event.phase {
            PanPhase::Touch | PanPhase::Wheel => Point::ZERO,
            PanPhase::Start | PanPhase::Update => {
                if event.phase == PanPhase::Start
                    && let Some(list) = pass.tree.frame_parent(node)
                {
                    close_others(pass.tree, list, Some(node));
                }
                Point::ZERO.with(axis, pull(pass, node, delta))
            }
            PanPhase::End => {
                release(pass.tree, node, event.velocity.along(axis));
                Point::ZERO
            }
            PanPhase::Cancel => {
                release(pass.tree, node, 0.0);
                Point::ZERO
            }
        }
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let now = pass.tree.now;
        let Some((motion, since, from)) = pass.tree.state::<State>(node).and_then(|state| state.slide.clone()) else {
            return;
        };
        let time = ((now - since) / 1000.0) as f32;
        let ended = motion.is_over(time);
        let at = from + if ended { motion.end() } else { motion.position(time) };
        set_offset(pass.tree, node, if at.abs() < 0.01 { 0.0 } else { at });
        if ended {
            if let Some(state) = pass.tree.state_mut::<State>(node) {
                state.slide = None;
                let (start, open) = (state.offset > 0.0, state.offset != 0.0);
                set_opening(pass.tree, node, start, if open { Opening::Expanded } else { Opening::Collapsed });
            }
        } else {
            pass.tree.tick_next(node);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut concord_ui::inspector::Attributes) {
        if let Some(state) = tree.state::<State>(node) {
            out.flag("selected", state.choice.selected);
        }
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            // `ListItemStyle`: NONE 0, CARD 1. What comes before are the functions of the compiled page.
            let style = (0..3).map(|index| args.get(index).get("style")).find_map(Value::as_i32);
            node.restyle(|state: &mut State| put(&mut state.card, style == Some(1)))
        },
    },
    Method { name: "sticky", apply: |_, _| Value::Undefined },
    Method { name: "editable", apply: |_, _| Value::Undefined },
    Method {
        name: "swipeAction",
        apply: |node, args| {
            let options = args.get(0);
            let start = Action::from_value(options.get("start"));
            let end = Action::from_value(options.get("end"));
            // `SwipeEdgeEffect`: Spring 0, None 1.
            let springs = options.get("edgeEffect").as_i32() != Some(1);
            let on_offset = options.get("onOffsetChange").as_callback().cloned();
            node.restyle(|state: &mut State| {
                state.start = start;
                state.end = end;
                state.springs = springs;
                state.on_offset = on_offset;
                state.offset = 0.0;
                state.slide = None;
            })
        },
    },
];

/// What `ListItemSwipeActionManager` does: `expand(start)` gives whether there is an action at that side.
static COMMANDS: &[Method] = &[
    Method {
        name: "expand",
        apply: |node, args| {
            let start = args.get(0).as_bool() == Some(true);
            let Some(state) = node.tree.state_mut::<State>(node.node) else { return Value::Bool(false) };
            if state.action(start).is_none() {
                return Value::Bool(false);
            }
            state.wanted = Some(Some(start));
            node.tree.mark_place(node.node);
            Value::Bool(true)
        },
    },
    Method {
        name: "collapse",
        apply: |node, _| {
            if let Some(state) = node.tree.state_mut::<State>(node.node) {
                state.wanted = Some(None);
            }
            node.tree.mark_place(node.node);
            Value::Undefined
        },
    },
];
