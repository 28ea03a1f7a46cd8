//! What people do to windows of a display: pointer, wheel, fingers, keys, input methods.

use super::{Ui, keysyms};
use concord_desktop::display::{Button, Pointing, Scroller, Typing, WindowId};
use concord_engine::Context;
use concord_ui::NodeId;
use concord_ui::geometry::Point;
use concord_ui::input::{
    self, KeyInput, KeyPhase, KeyText, MouseAction, MouseButton, MouseInput, Tool, TouchInput, TouchPhase, WheelInput,
    key,
};
use std::rc::Rc;

impl Ui {
    /// The pointer, the wheel, fingers.
    pub(super) fn point(&self, context: &Context, window: WindowId, what: Pointing) {
        if let Some(desktop) = self.desktop.borrow_mut().as_mut() {
            desktop.pointed = Some(window);
        }
        // Everything is laid out at one density, whatever the scale of the monitor that the window is on.
        let density = self.with_tree(|tree| tree.environment.density);
        let px = |at: (f64, f64)| Point::new(at.0 as f32 * density, at.1 as f32 * density);
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
            Pointing::Leave => mouse(MouseAction::Move, MouseButton::None, Point::new(-1.0, -1.0)),
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
                let tool = if matches!(with, Scroller::Wheel { .. }) { Tool::Mouse } else { Tool::Touchpad };
                let delta = px((-by.0, -by.1));
                if let Some(root) = self.root_at(window, pointer) {
                    let input = WheelInput { position: pointer, delta, tool };
                    self.with_input(context, |pass| input::wheel(pass, root, &input));
                }
            }
            Pointing::ScrollEnd => {}
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
    fn root_at(&self, window: WindowId, point: Point) -> Option<NodeId> {
        let roots = {
            let desktop = self.desktop.borrow();
            let desktop = desktop.as_ref()?;
            let own = desktop.shown.iter().find(|shown| shown.window == window)?.root;
            let above = desktop.composed.iter().filter(|(_, below)| *below == own).map(|(root, _)| *root);
            [own].into_iter().chain(above).collect::<Vec<_>>()
        };
        self.window_among(point, |root| roots.contains(&root)).or(roots.first().copied())
    }

    fn mouse_input(&self, context: &Context, window: WindowId, input: &MouseInput) {
        if let Some(root) = self.root_at(window, input.position) {
            self.with_input(context, |pass| input::mouse(pass, root, input));
        }
    }

    fn finger(&self, context: &Context, window: WindowId, finger: i32, phase: TouchPhase, at: Point) {
        if let Some(root) = self.root_at(window, at) {
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
