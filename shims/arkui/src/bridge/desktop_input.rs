//! What people do to windows of a display: pointer, wheel, fingers, keys, input methods.

use super::{Ui, keysyms};
use concord_desktop::display::{Button, Pointing, Scroller, Typing, WindowId};
use concord_engine::Context;
use concord_ui::geometry::Point;
use concord_ui::input::{
    self, KeyInput, KeyPhase, KeyText, MouseAction, MouseButton, MouseInput, Tool, TouchInput, TouchPhase, WheelInput,
    key,
};
use std::rc::Rc;

impl Ui {
    /// The pointer, the wheel, fingers.
    pub(super) fn point(&self, context: &Context, window: WindowId, what: Pointing) {
        let Some((scale, pointer)) = self.with_shown(window, |shown| {
            let scale = shown.placement.map_or(1.0, |placement| placement.scale) as f32;
            if let Pointing::Enter { at } | Pointing::Move { at } = what {
                shown.pointer = Point::new(at.0 as f32 * scale, at.1 as f32 * scale);
            }
            (scale, shown.pointer)
        }) else {
            return;
        };
        let px = |at: (f64, f64)| Point::new(at.0 as f32 * scale, at.1 as f32 * scale);
        let mouse = |action, button| self.mouse_input(context, &MouseInput { action, button, position: pointer });
        match what {
            Pointing::Enter { .. } | Pointing::Move { .. } => mouse(MouseAction::Move, MouseButton::None),
            Pointing::Leave => {
                let outside = MouseInput {
                    action: MouseAction::Move,
                    button: MouseButton::None,
                    position: Point::new(-1.0, -1.0),
                };
                self.mouse_input(context, &outside);
            }
            Pointing::Button { button, pressed } => {
                let button = match button {
                    Button::Left => MouseButton::Left,
                    Button::Right => MouseButton::Right,
                    Button::Middle => MouseButton::Middle,
                    Button::Back => MouseButton::Back,
                    Button::Forward => MouseButton::Forward,
                };
                mouse(if pressed { MouseAction::Press } else { MouseAction::Release }, button);
            }
            Pointing::Scroll { by, with } => {
                let tool = if matches!(with, Scroller::Wheel { .. }) { Tool::Mouse } else { Tool::Touchpad };
                let delta = px((-by.0, -by.1));
                if let Some(root) = self.window_at(pointer) {
                    let input = WheelInput { position: pointer, delta, tool };
                    self.with_input(context, |pass| input::wheel(pass, root, &input));
                }
            }
            Pointing::ScrollEnd => {}
            Pointing::TouchDown { finger, at } => self.finger(context, finger, TouchPhase::Down, px(at)),
            Pointing::TouchMove { finger, at } => self.finger(context, finger, TouchPhase::Move, px(at)),
            Pointing::TouchUp { finger } => {
                let at = self.with_tree(|tree| input::finger_position(tree, finger)).unwrap_or_default();
                self.finger(context, finger, TouchPhase::Up, at);
            }
            Pointing::TouchCancel => {
                self.with_input(context, input::cancel_all);
            }
        }
    }

    fn mouse_input(&self, context: &Context, input: &MouseInput) {
        if let Some(root) = self.window_at(input.position).or_else(|| self.window_at(Point::ZERO)) {
            self.with_input(context, |pass| input::mouse(pass, root, input));
        }
    }

    fn finger(&self, context: &Context, finger: i32, phase: TouchPhase, at: Point) {
        if let Some(root) = self.window_at(at).or_else(|| self.window_at(Point::ZERO)) {
            self.with_input(context, |pass| input::touch(pass, root, &TouchInput::finger(finger, phase, at)));
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
                if used != Some(true) && pressed {
                    let code = context.number(f64::from(input.code));
                    self.tell_library(context, "key", None, &[code]);
                }
            }
            Typing::Modifiers { ctrl, shift, alt, logo, .. } => {
                let known = self.with_tree(|tree| tree.input.modifiers());
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
            Typing::Preedit { .. } | Typing::Delete { .. } => {}
        }
    }
}
