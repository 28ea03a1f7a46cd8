//! What people do to windows of a display: pointer, wheel, fingers, keys, input methods.

use super::{Ui, keysyms};
use concord_desktop::display::{Button, Cursor, Picture, PointerIcon, Pointing, Scroller, Typing, WindowId};
use concord_desktop::exchange::DragAction;
use concord_desktop::text_field::{Purpose, Surrounding, TextField};
use concord_engine::{Call, Context, JsResult};
use concord_text::InputType;
use concord_ui::NodeId;
use concord_ui::geometry::Point;
use concord_ui::input::{
    self, KeyInput, KeyPhase, KeyText, MouseAction, MouseButton, MouseInput, Tool, TouchInput, TouchPhase, WheelInput,
    input_method, key, touchpad,
};
use std::rc::Rc;

/// What a display knows already.
#[derive(Default)]
pub(super) struct Told {
    pub cursor: Option<Cursor>,
    /// Whether what is dragged over a window would be taken.
    pub accepts: Option<DragAction>,
}

impl Ui {
    /// The pointer, the wheel, fingers.
    pub(super) fn point(&self, context: &Context, window: WindowId, time: u32, what: Pointing) {
        if let Some(desktop) = self.desktop.borrow_mut().as_mut() {
            desktop.pointed = Some(window);
        }
        // Everything is laid out at one density, whatever the scale of the monitor that the window is on.
        let density = self.with_tree(|tree| tree.environment.density);
        let origin = self.origin_of(window);
        let length = |by: (f64, f64)| Point::new(by.0 as f32 * density, by.1 as f32 * density);
        let px = |at: (f64, f64)| length(at) + origin;
        let Some(pointer) = self.with_shown(window, |shown| {
            if let Pointing::Enter { at } | Pointing::Move { at } = what {
                shown.pointer = px(at);
            }
            shown.pointer
        }) else {
            return;
        };
        let mouse = |action, button, position| {
            self.mouse_input(context, window, &MouseInput { action, button, position });
        };
        match what {
            Pointing::Enter { .. } | Pointing::Move { .. } => mouse(MouseAction::Move, MouseButton::None, pointer),
            Pointing::Leave => mouse(MouseAction::Move, MouseButton::None, origin - Point::new(1.0, 1.0)),
            Pointing::Button { button, pressed } => {
                let button = match button {
                    Button::Left => MouseButton::Left,
                    Button::Right => MouseButton::Right,
                    Button::Middle => MouseButton::Middle,
                    Button::Back => MouseButton::Back,
                    Button::Forward => MouseButton::Forward,
                };
                if pressed {
                    self.tell_library(context, "pressed", Some(window), &[]);
                }
                mouse(if pressed { MouseAction::Press } else { MouseAction::Release }, button, pointer);
            }
            Pointing::Scroll { by, with } => {
                let Some(root) = self.root_at(window, pointer) else { return };
                let shift = self.with_tree(|tree| tree.input.modifiers().shift);
                let delta = length((-by.0, -by.1));
                let by_pixels = |tool| WheelInput { position: pointer, delta, steps: None, tool };
                match with {
                    Scroller::Wheel { steps } => {
                        // With shift a wheel moves content sideways.
                        let steps = if shift && steps.0 == 0.0 { (steps.1, 0.0) } else { steps };
                        let steps = Point::new(steps.0 as f32, steps.1 as f32);
                        self.with_input(context, |pass| {
                            let input = WheelInput::turned(pass.tree, pointer, steps);
                            input::wheel(pass, root, &input)
                        });
                    }
                    Scroller::Fingers => {
                        let input = by_pixels(Tool::Touchpad);
                        self.with_input(context, |pass| touchpad::fingers(pass, root, &input, f64::from(time)));
                    }
                    Scroller::Other => {
                        let input = by_pixels(Tool::Mouse);
                        self.with_input(context, |pass| input::wheel(pass, root, &input));
                    }
                }
            }
            Pointing::ScrollEnd => {
                self.with_input(context, touchpad::fingers_left);
            }
            Pointing::TouchDown { finger, at } => {
                self.tell_library(context, "pressed", Some(window), &[]);
                self.finger(context, window, finger, TouchPhase::Down, px(at));
            }
            Pointing::TouchMove { finger, at } => self.finger(context, window, finger, TouchPhase::Move, px(at)),
            Pointing::TouchUp { finger } => {
                let at = self.with_tree(|tree| input::finger_position(tree, finger)).unwrap_or_default();
                self.finger(context, window, finger, TouchPhase::Up, at);
            }
            Pointing::TouchCancel => {
                self.with_input(context, input::cancel_all);
            }
        }
    }

    /// The root that gets events at a point of a window: the topmost one of those drawn there, its own root when the point is
    /// outside of all.
    pub(super) fn root_at(&self, window: WindowId, point: Point) -> Option<NodeId> {
        let roots = self.roots_of(window);
        self.window_among(point, |root| roots.contains(&root)).or(roots.first().copied())
    }

    fn mouse_input(&self, context: &Context, window: WindowId, input: &MouseInput) {
        if let Some(root) = self.root_at(window, input.position) {
            self.with_input(context, |pass| input::mouse(pass, root, input));
            self.hand_over_drag(context, window, input.position);
        }
    }

    fn finger(&self, context: &Context, window: WindowId, finger: i32, phase: TouchPhase, at: Point) {
        if let Some(root) = self.root_at(window, at) {
            self.with_input(context, |pass| input::touch(pass, root, &TouchInput::finger(finger, phase, at)));
            self.hand_over_drag(context, window, at);
        }
    }

    /// Keys and input methods.
    pub(super) fn type_in(&self, context: &Context, what: Typing) {
        match what {
            Typing::Key { symbol, pressed, text, .. } => {
                let phase = if pressed { KeyPhase::Down } else { KeyPhase::Up };
                let text = KeyText::Is(Rc::from(text.unwrap_or_default()));
                let input = KeyInput { phase, code: keysyms::code_of(symbol), text };
                let used = self.with_input(context, |pass| input::key(pass, &input));
                if used != Some(true) && pressed && symbol == keysyms::F12 {
                    self.show_inspector(context);
                }
                if used != Some(true) && pressed {
                    let code = context.number(f64::from(input.code));
                    self.tell_library(context, "key", None, &[code]);
                }
            }
            Typing::Modifiers { ctrl, shift, alt, logo, caps_lock, num_lock } => {
                let known = self.with_tree(|tree| {
                    tree.input.set_locks(key::Locks { caps: caps_lock, num: num_lock });
                    tree.input.modifiers()
                });
                let changes = [
                    (known.ctrl, ctrl, key::code::CTRL_LEFT),
                    (known.shift, shift, key::code::SHIFT_LEFT),
                    (known.alt, alt, key::code::ALT_LEFT),
                    (known.meta, logo, key::code::META_LEFT),
                ];
                for (_, now, code) in changes.into_iter().filter(|(before, now, _)| before != now) {
                    let phase = if now { KeyPhase::Down } else { KeyPhase::Up };
                    self.with_input(context, |pass| input::key(pass, &KeyInput::new(phase, code)));
                }
            }
            Typing::Commit { text } => {
                self.with_input(context, |pass| input::text(pass, &text));
            }
            Typing::Preedit { text, cursor } => {
                let caret = cursor.map(|(_, end)| end);
                self.with_input(context, |pass| input_method::compose(pass, &text, caret));
            }
            Typing::Delete { before, after } => {
                self.with_input(context, |pass| input_method::delete_around(pass, before, after));
            }
        }
    }

    /// Tells the display what may have changed: what is typed into, the shape of the pointer, whether a drop is welcome, what is
    /// selected.
    pub(super) fn tell_desktop(&self) {
        if self.desktop.borrow().is_none() {
            return;
        }
        self.offer_selected();
        let field = self.text_field();
        let cursor = self.pointer_style().map_or(Cursor::Hidden, cursor_of);
        let accepts = self.with_tree(|tree| tree.input.drag.has_target()).then_some(DragAction::Copy);
        let mut desktop = self.desktop.borrow_mut();
        let Some(desktop) = desktop.as_mut() else { return };
        desktop.display.set_text_field(field.as_ref());
        if desktop.told.cursor.replace(cursor) != Some(cursor) {
            desktop.display.set_cursor(cursor);
        }
        if std::mem::replace(&mut desktop.told.accepts, accepts) != accepts {
            desktop.display.accept_drag(accepts);
        }
    }

    /// What is typed into, for input methods.
    fn text_field(&self) -> Option<TextField> {
        let (node, number, typed, place) = self.with_tree(|tree| {
            let (node, typed, place) = input_method::typed(tree)?;
            Some((node, tree.number(node), typed, place))
        })?;
        let root = self.with_tree(|tree| tree.root_of(node));
        let desktop = self.desktop.borrow();
        let desktop = desktop.as_ref()?;
        // What lies in a window without a place of its own is shown in the one below.
        let below = desktop.composed.iter().find(|(composed, _)| Some(*composed) == root).map(|(_, below)| *below);
        let shown = desktop.shown.iter().find(|shown| Some(shown.root) == below.or(root))?;
        let density = self.with_tree(|tree| tree.environment.density).max(0.1);
        let logical = |px: f32| (px / density).round() as i32;
        let windows = self.windows.borrow();
        let origin =
            windows.iter().find(|window| window.root == shown.root).map_or(Point::ZERO, |window| window.origin);
        let caret = (
            logical(place.origin.x - origin.x),
            logical(place.origin.y - origin.y),
            logical(place.size.width).max(1),
            logical(place.size.height).max(1),
        );
        let surrounding = (!typed.kind.is_hidden()).then(|| Surrounding::of(&typed.text, typed.caret, typed.anchor));
        Some(TextField {
            window: shown.window,
            number,
            caret,
            surrounding,
            purpose: purpose(typed.kind),
            multi_line: typed.multi_line,
        })
    }

    /// The shape of the pointer, by its number; none when it is hidden.
    fn pointer_style(&self) -> Option<i32> {
        let pointer = self.pointer.get();
        let hovered = || self.with_tree(|tree| tree.hovered_pointer_style());
        (!pointer.hidden).then(|| pointer.forced.or_else(hovered).or(pointer.window).unwrap_or_default())
    }
}

/// What an app wants of the mouse pointer: numbers of `PointerStyle`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pointer {
    /// `cursorControl.setCursor`: wherever it is.
    pub forced: Option<i32>,
    /// `pointer.setPointerStyle`: where nothing else is said.
    pub window: Option<i32>,
    /// `pointer.setPointerVisible(false)`.
    pub hidden: bool,
}

/// `setPointer(what, style?)`: what the app wants of the mouse pointer: `forced`, `window` (a number of `PointerStyle`) or `hidden`
/// (0, 1).
pub(super) fn set_pointer(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let style = call.arg(1).as_f64().map(|style| style as i32);
    let mut pointer = ui.pointer.get();
    match call.arg(0).as_string().as_deref() {
        Some("forced") => pointer.forced = style,
        Some("window") => pointer.window = style,
        _ => pointer.hidden = style == Some(1),
    }
    ui.pointer.set(pointer);
    ui.tell_desktop();
    super::nothing(call.context)
}

/// `pointer() → number`: the number of `PointerStyle` that the mouse pointer has; -1 when it is hidden.
pub(super) fn pointer(call: &Call<'_>) -> JsResult {
    let style = Ui::of(call.context).pointer_style().unwrap_or(-1);
    Ok(call.context.number(f64::from(style)))
}

/// `setPointerPicture(pixels, width, height, x, y)`: what the style `DEVELOPER_DEFINED_ICON` looks like, as rows of RGBA with alpha
/// multiplied in, and where in it the pointer is, in px.
pub(super) fn set_pointer_picture(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let number = |index: usize| call.arg(index).as_f64().unwrap_or(0.0);
    let (width, height) = (number(1).max(0.0) as u32, number(2).max(0.0) as u32);
    let Some(rgba) = call.arg(0).bytes() else { return super::nothing(call.context) };
    if width == 0
        || height == 0
        || width > MOST_POINTER
        || height > MOST_POINTER
        || rgba.len() != (width * height * 4) as usize
    {
        return super::nothing(call.context);
    }
    let scale = f64::from(ui.with_tree(|tree| tree.environment.density)).max(0.1);
    let at = |px: f64, side: u32| px.clamp(0.0, f64::from(side)) / scale;
    let hotspot = (at(number(3), width), at(number(4), height));
    if let Some(desktop) = ui.desktop.borrow_mut().as_mut() {
        let icon = PointerIcon { picture: Picture { width, height, rgba: &rgba }, scale, hotspot };
        if let Err(error) = desktop.display.set_cursor_picture(icon) {
            tracing::warn!("the pointer keeps its looks: {error}");
        }
    }
    super::nothing(call.context)
}

/// The longest side of a pointer's picture in px.
const MOST_POINTER: u32 = 256;

/// What a field expects.
fn purpose(kind: InputType) -> Purpose {
    match kind {
        InputType::Normal | InputType::OneTimeCode => Purpose::Normal,
        InputType::Number => Purpose::Digits,
        InputType::NumberDecimal => Purpose::Number,
        InputType::PhoneNumber => Purpose::Phone,
        InputType::Email => Purpose::Email,
        InputType::Url => Purpose::Url,
        InputType::UserName => Purpose::Name,
        InputType::NumberPassword => Purpose::Pin,
        InputType::Password | InputType::NewPassword | InputType::ScreenLockPassword => Purpose::Password,
    }
}

/// The shape for a number of `PointerStyle` (`@ohos.multimodalInput.pointer`).
fn cursor_of(style: i32) -> Cursor {
    match style {
        // DEVELOPER_DEFINED_ICON
        -100 => Cursor::Own,
        1 => Cursor::ResizeEast,
        2 => Cursor::ResizeWest,
        3 => Cursor::ResizeSouth,
        4 => Cursor::ResizeNorth,
        5 | 22 => Cursor::ResizeHorizontal,
        6 | 23 => Cursor::ResizeVertical,
        7 => Cursor::ResizeNorthEast,
        8 => Cursor::ResizeNorthWest,
        9 => Cursor::ResizeSouthEast,
        10 => Cursor::ResizeSouthWest,
        11 => Cursor::ResizeNesw,
        12 => Cursor::ResizeNwse,
        // CROSS, COLOR_SUCKER, SCREENSHOT_CHOOSE, SCREENSHOT_CURSOR, CURSOR_CROSS, CURSOR_CIRCLE
        13 | 16 | 24 | 25 | 40 | 41 => Cursor::Crosshair,
        14 => Cursor::Copy,
        15 => Cursor::NotAllowed,
        17 => Cursor::Grabbing,
        18 => Cursor::Grab,
        19 => Cursor::Pointer,
        20 => Cursor::Help,
        21 => Cursor::Move,
        26 => Cursor::Text,
        27 => Cursor::ZoomIn,
        28 => Cursor::ZoomOut,
        // MIDDLE_BTN_…
        29..=38 => Cursor::AllScroll,
        39 => Cursor::VerticalText,
        42 => Cursor::Wait,
        43 => Cursor::Progress,
        _ => Cursor::Default,
    }
}
