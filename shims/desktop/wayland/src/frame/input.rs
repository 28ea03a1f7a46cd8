//! What people do to a frame.

use super::{Part, TITLE};
use crate::connection::State;
use concord_desktop::display::{Event, FrameAction, WindowId};
use wayland_client::protocol::wl_pointer::{self, ButtonState};
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Proxy, WEnum};

/// Two presses within so many ms are a double click.
const DOUBLE_CLICK: u32 = 400;
/// A press becomes a movement of the window after so many logical pixels.
const THRESHOLD: f64 = 4.0;
/// Codes of buttons in the kernel's `input-event-codes.h`.
const BTN_LEFT: u32 = 0x110;
const BTN_RIGHT: u32 = 0x111;

/// The pointer, as far as it is over a frame.
#[derive(Default)]
pub(crate) struct FramePointer {
    /// The window, and where the piece lies in it.
    over: Option<(WindowId, (i32, i32))>,
    /// The serial with which it came, for cursors.
    entered: u32,
    /// Where it is, from the top left of the content.
    at: (f64, f64),
    /// Where and with which serial the left button went down.
    pressed: Option<((f64, f64), u32)>,
    last_press: Option<(WindowId, u32)>,
}

impl State {
    /// The window whose frame has a surface, and where that lies.
    fn frame_of(&self, surface: &WlSurface) -> Option<(WindowId, (i32, i32))> {
        self.windows.iter().find_map(|(id, window)| Some((*id, window.frame()?.place_of(surface)?)))
    }

    /// Hears of a pointer. Returns whether the event is the frame's alone.
    pub(crate) fn frame_hears(&mut self, event: &wl_pointer::Event) -> bool {
        match event {
            wl_pointer::Event::Enter { serial, surface, surface_x, surface_y } => {
                self.frame_pointer.over = self.frame_of(surface);
                self.frame_pointer.entered = *serial;
                self.frame_pointer.pressed = None;
                self.frame_moved(*surface_x, *surface_y);
            }
            wl_pointer::Event::Leave { surface, .. } => {
                let Some((window, _)) = self.frame_pointer.over else { return false };
                // One that goes to another piece is told to have left this one first.
                if surface.is_alive() && self.frame_of(surface).is_none() {
                    return false;
                }
                self.frame_pointer.over = None;
                self.frame_pointer.pressed = None;
                self.show_in_frame(window, None, None);
                return true;
            }
            wl_pointer::Event::Motion { surface_x, surface_y, .. } => self.frame_moved(*surface_x, *surface_y),
            wl_pointer::Event::Button { serial, time, button, state: WEnum::Value(state) } => {
                if let Some((window, _)) = self.frame_pointer.over {
                    self.last_serial = *serial;
                    match state {
                        ButtonState::Pressed => self.frame_pressed(window, *button, *serial, *time),
                        _ => self.frame_released(window, *button),
                    }
                }
            }
            _ => {}
        }
        self.frame_pointer.over.is_some()
    }

    /// The cursor that the frame wants, with its serial.
    pub(crate) fn frame_cursor(&self) -> Option<(u32, concord_desktop::display::Cursor)> {
        let (window, _) = self.frame_pointer.over?;
        let part = self.windows.get(&window)?.frame()?.shown()?.shape.part_at(self.frame_pointer.at);
        Some((self.frame_pointer.entered, part.cursor()))
    }

    fn part(&self, window: WindowId) -> Option<Part> {
        Some(self.windows.get(&window)?.frame()?.shown()?.shape.part_at(self.frame_pointer.at))
    }

    fn frame_moved(&mut self, x: f64, y: f64) {
        let Some((window, (left, top))) = self.frame_pointer.over else { return };
        self.frame_pointer.at = (x + f64::from(left), y + f64::from(top));
        let part = self.part(window);
        let pressed = self.windows.get(&window).and_then(|window| window.frame()?.pressed);
        if let (Some(Part::Title), Some((from, serial))) = (pressed, self.frame_pointer.pressed) {
            let at = self.frame_pointer.at;
            if (at.0 - from.0).hypot(at.1 - from.1) > THRESHOLD {
                self.frame_pointer.pressed = None;
                self.act_on_frame(window, FrameAction::Move, serial);
                self.show_in_frame(window, part, None);
                return;
            }
        }
        self.show_in_frame(window, part, pressed);
        self.show_current_cursor();
    }

    fn frame_pressed(&mut self, window: WindowId, button: u32, serial: u32, time: u32) {
        let Some(part) = self.part(window) else { return };
        let at = self.frame_pointer.at;
        match (button, part) {
            (BTN_LEFT, Part::Edge(edge)) => {
                if let (Some(seat), Some(window)) = (&self.globals.seat, self.windows.get(&window)) {
                    window.toplevel().resize(seat, serial, edge);
                }
            }
            (BTN_LEFT, Part::Title)
                if self
                    .frame_pointer
                    .last_press
                    .is_some_and(|(last, then)| last == window && time.wrapping_sub(then) <= DOUBLE_CLICK) =>
            {
                self.frame_pointer.last_press = None;
                self.toggle_maximized(window);
            }
            (BTN_LEFT, _) => {
                self.frame_pointer.pressed = Some((at, serial));
                self.frame_pointer.last_press = (part == Part::Title).then_some((window, time));
                self.show_in_frame(window, Some(part), Some(part));
            }
            (BTN_RIGHT, Part::Title) => {
                if let (Some(seat), Some(window)) = (&self.globals.seat, self.windows.get(&window)) {
                    let (x, y) = (at.0 as i32, at.1 as i32 + TITLE as i32);
                    window.toplevel().show_window_menu(seat, serial, x, y);
                }
            }
            _ => {}
        }
    }

    fn frame_released(&mut self, window: WindowId, button: u32) {
        if button != BTN_LEFT {
            return;
        }
        self.frame_pointer.pressed = None;
        let part = self.part(window);
        let pressed = self.windows.get(&window).and_then(|window| window.frame()?.pressed);
        self.show_in_frame(window, part, None);
        match part.filter(|part| pressed == Some(*part)) {
            Some(Part::Minimize) => {
                self.act_on_frame(window, FrameAction::Minimize, 0);
                self.events.push(Event::Minimized { window });
            }
            Some(Part::Maximize) => self.toggle_maximized(window),
            Some(Part::Close) => self.events.push(Event::Close { window }),
            _ => {}
        }
    }

    /// A finger goes down on a frame. Returns whether it did: it is the frame's then.
    pub(crate) fn frame_touched(&mut self, surface: &WlSurface, serial: u32, time: u32, at: (f64, f64)) -> bool {
        let Some((window, (left, top))) = self.frame_of(surface) else { return false };
        self.frame_pointer.at = (at.0 + f64::from(left), at.1 + f64::from(top));
        match self.part(window) {
            // Fingers leave no time to see what was hit: a tap is done when it begins, and the title is pulled at once.
            Some(Part::Title) => {
                let again = self.frame_pointer.last_press.replace((window, time));
                if again.is_some_and(|(last, then)| last == window && time.wrapping_sub(then) <= DOUBLE_CLICK) {
                    self.toggle_maximized(window);
                } else {
                    self.act_on_frame(window, FrameAction::Move, serial);
                }
            }
            Some(Part::Edge(_)) => self.frame_pressed(window, BTN_LEFT, serial, time),
            Some(part) => {
                self.show_in_frame(window, Some(part), Some(part));
                self.frame_released(window, BTN_LEFT);
                self.show_in_frame(window, None, None);
            }
            None => {}
        }
        true
    }

    fn act_on_frame(&self, window: WindowId, action: FrameAction, serial: u32) {
        if let Some(window) = self.windows.get(&window) {
            window.act(action, self.globals.seat.as_ref(), serial);
        }
    }

    fn toggle_maximized(&self, window: WindowId) {
        if let Some(found) = self.windows.get(&window).filter(|window| window.can_maximize()) {
            found.act(FrameAction::Maximize(!found.is_maximized()), None, 0);
        }
    }

    fn show_in_frame(&mut self, window: WindowId, hovered: Option<Part>, pressed: Option<Part>) {
        let State { windows, globals, queue, look, dark, .. } = self;
        if let Some(window) = windows.get_mut(&window) {
            if let Some(frame) = window.frame_mut() {
                frame.hovered = hovered;
                frame.pressed = pressed;
            }
            window.refresh_frame(look, *dark, globals, queue);
        }
    }
}
