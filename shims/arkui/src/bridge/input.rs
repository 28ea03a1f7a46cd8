//! `@concord:arkui/input`: what puts events into the tree (UiTest, the inspector, the desktop), and what asks about the focus.

use super::host::AppHost;
use super::{Ui, convert, nodes, nothing, report};
use concord_ability::event_loop::EventLoop;
use concord_engine::{Call, Context, JsResult, Value as Js};
use concord_runtime::{FaceModule, Native};
use concord_ui::geometry::Point;
use concord_ui::input::{
    self, KeyInput, KeyPhase, MouseAction, MouseButton, MouseInput, Source, Tool, TouchInput, TouchPhase, WheelInput,
    input_method,
};
use concord_ui::selection::{self, SelectPhase};
use concord_ui::{NodeId, Pass, accessibility};
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// What the bridge remembers of input.
#[derive(Default)]
pub(super) struct InputState {
    /// The time in ms of the timer that waits for a recogniser's.
    timer: Cell<Option<f64>>,
    /// When something was last shown or done, in ms.
    active: Cell<f64>,
    /// Whom to tell that a frame has been laid out.
    on_shown: RefCell<Option<Js>>,
    /// Whom to tell of changed states of nodes.
    on_state: RefCell<Option<Js>>,
}

pub(super) const FACE: FaceModule =
    FaceModule { request: "@concord:arkui/input", source: include_str!("input.js"), natives: NATIVES, apis: &[] };

const NATIVES: &[(&str, Native)] = &[
    ("touch", touch),
    ("mouse", mouse),
    ("wheel", wheel),
    ("key", key),
    ("text", text),
    ("click", click),
    ("cancelTouches", cancel_touches),
    ("requestFocus", request_focus),
    ("clearFocus", clear_focus),
    ("focused", focused),
    ("activateFocus", activate_focus),
    ("isFocusActive", is_focus_active),
    ("state", state),
    ("onState", on_state),
    ("onShown", on_shown),
    ("select", select),
    ("onSelection", on_selection),
    ("selectionLayer", selection_layer),
    ("onKeyboard", on_keyboard),
    ("onCopied", on_copied),
    ("setCanPaste", set_can_paste),
    ("compose", compose),
    ("setPointer", super::desktop_input::set_pointer),
    ("setPointerPicture", super::desktop_input::set_pointer_picture),
    ("pointer", super::desktop_input::pointer),
    ("now", now),
    ("idleFor", idle_for),
    ("isBusy", is_busy),
    ("widgets", widgets),
    ("bounds", bounds),
    ("toWindow", to_window),
    ("toLocal", to_local),
    ("touchIn", touch_in),
    ("observe", observe),
    ("recognizerState", recognizer_state),
    ("recognizerEnabled", recognizer_enabled),
    ("enableRecognizer", enable_recognizer),
    ("preventRecognizer", prevent_recognizer),
    ("keepFocus", keep_focus),
];

fn ms(context: &Context) -> f64 {
    EventLoop::of(context).map_or(0.0, |event_loop| event_loop.now().as_secs_f64() * 1000.0)
}

impl Ui {
    /// Runs something that input causes, and what follows from it. A handler that asks for more (the focus) does so in the
    /// middle of what it was called from.
    pub(super) fn with_input<R>(&self, context: &Context, work: impl FnOnce(&mut Pass<'_>) -> R) -> Option<R> {
        let now = ms(context);
        if self.in_pass.get() {
            return self.resume(context, work);
        }
        let result = self.pass(|tree| {
            tree.now = now;
            work(&mut Pass::new(tree, &mut AppHost { ui: self, context }))
        });
        self.after_input(context);
        result
    }

    /// Delivers what input has caused, and waits for what it waits for.
    fn after_input(&self, context: &Context) {
        self.input.active.set(ms(context));
        self.deliver(context);
        self.tell_states(context);
        self.tell_desktop();
        if self.with_tree(|tree| tree.needs_frame) {
            self.request_frame(context);
        }
        self.wait_for_timer(context);
    }

    /// Looks after the focus, once everything is laid out.
    pub(super) fn settle_focus(&self, context: &Context) {
        let windows: Vec<NodeId> = self.windows.borrow().iter().map(|window| window.root).collect();
        self.pass(|tree| {
            input::focus::after_layout(&mut Pass::new(tree, &mut AppHost { ui: self, context }), &windows);
        });
        self.tell_states(context);
    }

    /// A frame has been laid out: whoever waits for quiet waits on, and observers look.
    pub(super) fn note_frame(&self, context: &Context, now: f64) {
        self.input.active.set(now);
        let on_shown = self.input.on_shown.borrow().clone();
        if let Some(on_shown) = on_shown
            && let Err(exception) = on_shown.call(&context.undefined(), &[])
        {
            report(context, exception);
        }
    }

    /// Wakes the loop up when a recogniser's timer is due.
    fn wait_for_timer(&self, context: &Context) {
        let Some(due) = self.with_tree(|tree| input::next_timer(tree)) else { return };
        if self.input.timer.get().is_some_and(|waiting| waiting <= due) {
            return;
        }
        let Some(event_loop) = EventLoop::of(context) else { return };
        self.input.timer.set(Some(due));
        let wait = Duration::from_secs_f64((due - ms(context)).max(0.0) / 1000.0);
        event_loop.after(wait, |context| {
            let ui = Ui::of(context);
            ui.input.timer.set(None);
            ui.with_input(context, input::run_timers);
            Ok(())
        });
    }

    /// Tells the library of nodes whose states have changed.
    fn tell_states(&self, context: &Context) {
        let changed = self.with_tree(|tree| {
            let changed = tree.take_state_changes();
            changed.into_iter().map(|node| context.number(tree.number(node) as f64)).collect::<Vec<Js>>()
        });
        let on_state = self.input.on_state.borrow().clone();
        if let (Some(on_state), false) = (on_state, changed.is_empty())
            && let Err(exception) = on_state.call(&context.undefined(), &[context.array(&changed)])
        {
            report(context, exception);
        }
    }

    /// For how many ms nothing has happened or been shown.
    pub(super) fn idle_for(&self, context: &Context) -> f64 {
        if self.scheduled.get() { 0.0 } else { (ms(context) - self.input.active.get()).max(0.0) }
    }

    /// The window that gets events at a point: the topmost one that is shown there.
    pub(super) fn window_at(&self, point: Point) -> Option<NodeId> {
        self.window_among(point, |_| true)
    }

    /// The topmost of some windows at a point.
    pub(super) fn window_among(&self, point: Point, is: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        let windows = self.windows.borrow();
        let inside = |window: &&super::Window| {
            let at = point - window.origin;
            let there = (0.0..window.size.width).contains(&at.x) && (0.0..window.size.height).contains(&at.y);
            there && is(window.root)
        };
        windows.iter().rev().find(inside).map(|window| window.root)
    }
}

fn number(call: &Call<'_>, index: usize) -> f64 {
    call.arg(index).as_f64().filter(|number| number.is_finite()).unwrap_or(0.0)
}

fn point(call: &Call<'_>, index: usize) -> Point {
    Point::new(number(call, index) as f32, number(call, index + 1) as f32)
}

/// `touch(phase, finger, x, y, tool?, pressure?)`: px of the display. Phases are those of `TouchType`.
fn touch(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let phase = match number(call, 0) as i32 {
        0 => TouchPhase::Down,
        1 => TouchPhase::Up,
        2 => TouchPhase::Move,
        _ => TouchPhase::Cancel,
    };
    let finger = number(call, 1) as i32;
    let tool = if number(call, 4) as i32 == 2 { Tool::Pen } else { Tool::Finger };
    let pressure = call.arg(5).as_f64().unwrap_or(1.0) as f32;
    let input = TouchInput { tool, pressure, ..TouchInput::finger(finger, phase, point(call, 2)) };
    if let Some(root) = ui.window_at(input.position).or_else(|| ui.window_at(Point::ZERO)) {
        ui.with_input(call.context, |pass| input::touch(pass, root, &input));
    }
    nothing(call.context)
}

/// `mouse(action, button, x, y)`: by the platform's numbers (`MouseAction`, `MouseButton`).
fn mouse(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let action = match number(call, 0) as i32 {
        1 => MouseAction::Press,
        2 => MouseAction::Release,
        _ => MouseAction::Move,
    };
    let button = match number(call, 1) as i32 {
        1 => MouseButton::Left,
        2 => MouseButton::Right,
        4 => MouseButton::Middle,
        8 => MouseButton::Back,
        16 => MouseButton::Forward,
        _ => MouseButton::None,
    };
    let input = MouseInput { action, button, position: point(call, 2) };
    if let Some(root) = ui.window_at(input.position) {
        ui.with_input(call.context, |pass| input::mouse(pass, root, &input));
    }
    nothing(call.context)
}

/// `wheel(x, y, dx, dy, touchpad) → boolean`: content moves by so many px. Whether anything moved.
fn wheel(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let tool = if call.arg(4).as_bool() == Some(true) { Tool::Touchpad } else { Tool::Mouse };
    let input = WheelInput { position: point(call, 0), delta: point(call, 2), steps: None, tool };
    let root = ui.window_at(input.position);
    let moved = root.and_then(|root| ui.with_input(call.context, |pass| input::wheel(pass, root, &input)));
    Ok(call.context.boolean(moved == Some(true)))
}

/// `key(phase, code) → boolean`: 0 is down, 1 up. Whether anybody used it.
fn key(call: &Call<'_>) -> JsResult {
    let phase = if number(call, 0) == 0.0 { KeyPhase::Down } else { KeyPhase::Up };
    let input = KeyInput::new(phase, number(call, 1) as i32);
    let used = Ui::of(call.context).with_input(call.context, |pass| input::key(pass, &input));
    Ok(call.context.boolean(used == Some(true)))
}

/// `text(text) → boolean`: what an input method types into the focused node. Whether it took it.
fn text(call: &Call<'_>) -> JsResult {
    let text = call.arg(0).as_string().unwrap_or_default();
    let used = Ui::of(call.context).with_input(call.context, |pass| input::text(pass, &text));
    Ok(call.context.boolean(used == Some(true)))
}

fn on_node<R>(call: &Call<'_>, work: impl FnOnce(&mut Pass<'_>, NodeId) -> R) -> Option<R> {
    let ui = Ui::of(call.context);
    let node = ui.with_tree(|tree| nodes::node(call, tree, 0))?;
    ui.with_input(call.context, |pass| work(pass, node))
}

/// `click(node) → boolean`: a click without a pointer. Whether the node does anything.
fn click(call: &Call<'_>) -> JsResult {
    let clicked = on_node(call, |pass, node| input::click(pass, node, Source::Unknown));
    Ok(call.context.boolean(clicked == Some(true)))
}

/// `cancelTouches()`: the window lost its input.
fn cancel_touches(call: &Call<'_>) -> JsResult {
    Ui::of(call.context).with_input(call.context, input::cancel_all);
    nothing(call.context)
}

/// `requestFocus(node) → number`: 0, or the code of the error.
fn request_focus(call: &Call<'_>) -> JsResult {
    // The platform decides on what is laid out by then.
    Ui::of(call.context).lay_out(call.context);
    let code = match on_node(call, input::request_focus) {
        Some(Ok(())) => 0,
        Some(Err(error)) => error.code(),
        None => input::FocusError::Missing.code(),
    };
    Ok(call.context.number(f64::from(code)))
}

/// `clearFocus()`.
fn clear_focus(call: &Call<'_>) -> JsResult {
    Ui::of(call.context).with_input(call.context, input::clear_focus);
    nothing(call.context)
}

/// `focused() → node`: the leaf with the focus; 0 when there is none.
fn focused(call: &Call<'_>) -> JsResult {
    Ok(Ui::of(call.context).with_tree(|tree| nodes::number(call.context, tree, tree.input.focus.leaf())))
}

/// `activateFocus(flag, autoInactive)`: shows or hides where the focus is; a touch hides it unless `autoInactive` is false.
fn activate_focus(call: &Call<'_>) -> JsResult {
    let active = call.arg(0).as_bool() == Some(true);
    let stays = call.arg(1).as_bool() == Some(false);
    Ui::of(call.context).with_tree(|tree| {
        tree.input.focus.active = active;
        tree.input.focus.stays_active = active && stays;
        tree.needs_frame = true;
    });
    Ui::of(call.context).request_frame(call.context);
    nothing(call.context)
}

/// `isFocusActive()`.
fn is_focus_active(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(Ui::of(call.context).with_tree(|tree| tree.input.focus.active)))
}

/// `state(node) → number`: bits 1 pressed, 2 focused, 4 disabled, 8 selected.
fn state(call: &Call<'_>) -> JsResult {
    let state = Ui::of(call.context).with_tree(|tree| nodes::node(call, tree, 0).map(|node| tree.ui_state(node)));
    Ok(call.context.number(f64::from(state.unwrap_or_default().0)))
}

/// `onState(f)`: `f(nodes)` is called when states of nodes have changed.
fn on_state(call: &Call<'_>) -> JsResult {
    *Ui::of(call.context).input.on_state.borrow_mut() = Some(call.arg(0));
    nothing(call.context)
}

/// `onShown(f)`: `f` is called whenever a frame has been laid out.
fn on_shown(call: &Call<'_>) -> JsResult {
    *Ui::of(call.context).input.on_shown.borrow_mut() = Some(call.arg(0));
    nothing(call.context)
}

/// `select(node, what, x, y)`: handles that are dragged and items of the menu of a selection, by the numbers of
/// [`SelectPhase::from_number`]; px of the window.
fn select(call: &Call<'_>) -> JsResult {
    if let Some(phase) = SelectPhase::from_number(number(call, 1) as i32) {
        let at = point(call, 2);
        on_node(call, |pass, node| selection::act(pass, node, phase, at));
    }
    nothing(call.context)
}

/// `onSelection(f)`: `f(node, handles, menu, x, y)` is called when handles or a menu are to be shown for a selection, `f(node)`
/// when they are not any more.
fn on_selection(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    if let Some(callback) = convert::to_ui(&ui, &call.arg(0))?.as_callback() {
        ui.with_tree(|tree| tree.set_on_selection(callback.clone()));
    }
    nothing(call.context)
}

/// `onKeyboard(f)`: `f(node)` is called when something is typed into a node, with 0 when into none.
fn on_keyboard(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    if let Some(callback) = convert::to_ui(&ui, &call.arg(0))?.as_callback() {
        ui.with_tree(|tree| tree.set_on_keyboard(callback.clone()));
    }
    nothing(call.context)
}

/// `onCopied(f)`: `f(text)` is called when text is copied from a node.
fn on_copied(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    if let Some(callback) = convert::to_ui(&ui, &call.arg(0))?.as_callback() {
        ui.with_tree(|tree| tree.set_on_copied(callback.clone()));
    }
    nothing(call.context)
}

/// `setCanPaste(flag)`: whether there is text that could be pasted.
fn set_can_paste(call: &Call<'_>) -> JsResult {
    let can = call.arg(0).as_bool() == Some(true);
    Ui::of(call.context).with_tree(|tree| tree.set_can_paste(can));
    nothing(call.context)
}

/// `compose(text, caret?) → boolean`: what an input method is about to write; the caret is a byte of it. Whether anything takes text.
fn compose(call: &Call<'_>) -> JsResult {
    let text = call.arg(0).as_string().unwrap_or_default();
    let caret = call.arg(1).as_f64().filter(|caret| *caret >= 0.0).map(|caret| caret as usize);
    let used = Ui::of(call.context).with_input(call.context, |pass| input_method::compose(pass, &text, caret));
    Ok(call.context.boolean(used == Some(true)))
}

/// `selectionLayer(node)`: touches of what is in it do not end the selection; 0 is none.
fn selection_layer(call: &Call<'_>) -> JsResult {
    Ui::of(call.context).with_tree(|tree| {
        let layer = nodes::node(call, tree, 0);
        tree.set_selection_layer(layer);
    });
    nothing(call.context)
}

/// `now() → number`: the main loop's clock in ms.
fn now(call: &Call<'_>) -> JsResult {
    Ok(call.context.number(ms(call.context)))
}

/// `idleFor() → number`: for how many ms nothing has happened or been shown.
fn idle_for(call: &Call<'_>) -> JsResult {
    Ok(call.context.number(Ui::of(call.context).idle_for(call.context)))
}

/// `isBusy() → boolean`: whether a frame is about to be made.
fn is_busy(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(Ui::of(call.context).scheduled.get()))
}

/// `widgets() → string`: JSON of everything that is shown, a list of windows from the bottom to the top; see
/// [`concord_ui::accessibility`].
fn widgets(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let roots: Vec<NodeId> = ui.windows.borrow().iter().map(|window| window.root).collect();
    let text = ui.with_tree(|tree| {
        let windows = roots.into_iter().filter_map(|root| accessibility::describe(tree, root));
        serde_json::Value::Array(windows.collect()).to_string()
    });
    Ok(call.context.string(&text))
}

/// `bounds(node) → [x, y, width, height]`: in the window, in px, transforms included.
fn bounds(call: &Call<'_>) -> JsResult {
    let bounds = Ui::of(call.context)
        .with_tree(|tree| nodes::node(call, tree, 0).map(|node| input::space::bounds(tree, node)))
        .unwrap_or_default();
    let numbers = [bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height];
    let numbers: Vec<Js> = numbers.into_iter().map(|number| call.context.number(f64::from(number))).collect();
    Ok(call.context.array(&numbers))
}

fn pair(call: &Call<'_>, point: Point) -> JsResult {
    Ok(call.context.array(&[point.x, point.y].map(|number| call.context.number(f64::from(number)))))
}

/// `toWindow(node, x, y) → [x, y]`: from a node's own coordinates to those of its window, in px, transforms included.
fn to_window(call: &Call<'_>) -> JsResult {
    let at = point(call, 1);
    let found = Ui::of(call.context)
        .with_tree(|tree| nodes::node(call, tree, 0).map(|node| input::space::to_window(tree, node, at)));
    pair(call, found.unwrap_or(at))
}

/// `toLocal(node, x, y) → [x, y]`: the other way round.
fn to_local(call: &Call<'_>) -> JsResult {
    let at = point(call, 1);
    let found = Ui::of(call.context)
        .with_tree(|tree| nodes::node(call, tree, 0).map(|node| input::space::to_local(tree, node, at)));
    pair(call, found.unwrap_or(at))
}

/// Fingers that an app hands to nodes itself are others than those on the glass.
const POSTED: i32 = 2000;

/// `touchIn(node, phase, finger, x, y) → boolean`: a finger for what is in a node only; px of the window. Whether it hit
/// anything.
fn touch_in(call: &Call<'_>) -> JsResult {
    let phase = match number(call, 1) as i32 {
        0 => TouchPhase::Down,
        1 => TouchPhase::Up,
        2 => TouchPhase::Move,
        _ => TouchPhase::Cancel,
    };
    let finger = (number(call, 2) as i32).clamp(0, 100) + POSTED;
    let input = TouchInput::finger(finger, phase, point(call, 3));
    let hit = on_node(call, |pass, node| {
        let before = pass.tree.input.has_finger(finger);
        input::touch(pass, node, &input);
        before || pass.tree.input.has_finger(finger)
    });
    Ok(call.context.boolean(hit == Some(true)))
}

/// `observe(f)`: `f(event, element, …arguments)` hears what nodes tell; nobody does without `f`.
fn observe(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let observer = super::convert::to_ui(&ui, &call.arg(0))?.as_callback().cloned();
    ui.with_tree(|tree| tree.observer = observer);
    nothing(call.context)
}

/// Does something with the recogniser of a number, while there is one.
fn on_recognizer<R>(call: &Call<'_>, work: impl FnOnce(&input::gesture::recognizer::Handle) -> R) -> Option<R> {
    let number = call.arg(0).as_f64()? as u64;
    let handle = Ui::of(call.context).with_tree(|tree| tree.input.recognizers.get(&number).cloned())?;
    Some(work(&handle))
}

/// `recognizerState(number) → number`: -1 when it is gone.
fn recognizer_state(call: &Call<'_>) -> JsResult {
    let state = on_recognizer(call, |handle| f64::from(handle.state()));
    Ok(call.context.number(state.unwrap_or(-1.0)))
}

/// `recognizerEnabled(number) → boolean`.
fn recognizer_enabled(call: &Call<'_>) -> JsResult {
    let enabled = on_recognizer(call, input::gesture::recognizer::Handle::is_enabled);
    Ok(call.context.boolean(enabled.unwrap_or(true)))
}

/// `enableRecognizer(number, flag)`.
fn enable_recognizer(call: &Call<'_>) -> JsResult {
    let enabled = call.arg(1).as_bool() == Some(true);
    on_recognizer(call, |handle| handle.enable(enabled));
    nothing(call.context)
}

/// `preventRecognizer(number)`.
fn prevent_recognizer(call: &Call<'_>) -> JsResult {
    on_recognizer(call, input::gesture::recognizer::Handle::prevent);
    nothing(call.context)
}

/// `keepFocus(flag)`: whether new pages wait to be given the focus.
fn keep_focus(call: &Call<'_>) -> JsResult {
    let kept = call.arg(0).as_bool() == Some(true);
    Ui::of(call.context).with_tree(|tree| tree.input.focus.is_kept = kept);
    nothing(call.context)
}
