//! Mouse, wheel, touchpad.

use crate::connection::State;
use concord_desktop::display::{Button, Event, Pointing, Scroller, WindowId};
use wayland_client::protocol::wl_pointer::{self, Axis, AxisSource, ButtonState, WlPointer};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, WEnum};

/// Codes of buttons in the kernel's `input-event-codes.h`.
const BTN_LEFT: u32 = 0x110;
const BTN_RIGHT: u32 = 0x111;
const BTN_MIDDLE: u32 = 0x112;
const BTN_SIDE: u32 = 0x113;
const BTN_EXTRA: u32 = 0x114;

/// Since which events come in groups that end with `frame`.
const GROUPED: u32 = 5;
/// What a step of a wheel is by `axis`, where nothing says how many there are, and by `axis_value120`.
const STEP: f64 = 15.0;
const STEP_PARTS: f64 = 120.0;

/// The pointer.
#[derive(Default)]
pub(crate) struct Pointer {
    device: Option<WlPointer>,
    /// The window that it is over.
    over: Option<WindowId>,
    /// The serial with which it entered, for cursors.
    entered: u32,
    /// What the group of events scrolls by.
    scroll: Scroll,
}

#[derive(Default, Clone, Copy)]
struct Scroll {
    by: (f64, f64),
    steps: Option<(f64, f64)>,
    source: Option<AxisSource>,
    any: bool,
    stopped: bool,
    time: u32,
}

impl Scroll {
    /// A wheel turns by steps.
    fn turn(&mut self, axis: Axis, by: f64) {
        let steps = self.steps.get_or_insert_default();
        match axis {
            Axis::HorizontalScroll => steps.0 += by,
            _ => steps.1 += by,
        }
    }
}

impl Pointer {
    pub(crate) fn attach(&mut self, seat: &WlSeat, has: bool, queue: &QueueHandle<State>) {
        if !has {
            if let Some(device) = self.device.take().filter(|device| device.version() >= 3) {
                device.release();
            }
            self.over = None;
        } else if self.device.is_none() {
            self.device = Some(seat.get_pointer(queue, ()));
        }
    }

    pub(crate) fn device(&self) -> Option<&WlPointer> {
        self.device.as_ref()
    }

    /// The serial that a cursor is set with.
    pub(crate) fn entered(&self) -> Option<u32> {
        self.over.map(|_| self.entered)
    }

    fn scrolled(&mut self) -> Vec<(u32, Pointing)> {
        let scroll = std::mem::take(&mut self.scroll);
        let mut all = Vec::new();
        if scroll.any {
            let by = scroll.by;
            let with = match scroll.source {
                Some(AxisSource::Finger) => Scroller::Fingers,
                Some(AxisSource::Continuous) => Scroller::Other,
                _ => Scroller::Wheel { steps: scroll.steps.unwrap_or((by.0 / STEP, by.1 / STEP)) },
            };
            all.push((scroll.time, Pointing::Scroll { by, with }));
        }
        if scroll.stopped {
            all.push((scroll.time, Pointing::ScrollEnd));
        }
        all
    }
}

impl Dispatch<WlPointer, ()> for State {
    fn event(
        state: &mut State,
        device: &WlPointer,
        event: wl_pointer::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if state.frame_hears(&event) {
            return;
        }
        let grouped = device.version() >= GROUPED;
        let mut happened = Vec::new();
        match event {
            wl_pointer::Event::Enter { serial, surface, surface_x, surface_y } => {
                state.pointer.over = state.window_of(&surface);
                state.pointer.entered = serial;
                state.show_current_cursor();
                happened.push((0, Pointing::Enter { at: (surface_x, surface_y) }));
            }
            wl_pointer::Event::Leave { .. } => {
                if let Some(window) = state.pointer.over.take() {
                    state.events.push(Event::Pointing { window, time: 0, what: Pointing::Leave });
                }
            }
            wl_pointer::Event::Motion { time, surface_x, surface_y } => {
                happened.push((time, Pointing::Move { at: (surface_x, surface_y) }));
            }
            wl_pointer::Event::Button { serial, time, button, state: WEnum::Value(pressed) } => {
                state.last_serial = serial;
                if pressed == ButtonState::Pressed {
                    state.press_serial = serial;
                    state.opening_serial = serial;
                }
                if let Some(button) = button_of(button) {
                    happened.push((time, Pointing::Button { button, pressed: pressed == ButtonState::Pressed }));
                }
            }
            wl_pointer::Event::Axis { time, axis: WEnum::Value(axis), value } => {
                let scroll = &mut state.pointer.scroll;
                scroll.any = true;
                scroll.time = time;
                match axis {
                    Axis::HorizontalScroll => scroll.by.0 += value,
                    _ => scroll.by.1 += value,
                }
                if !grouped {
                    happened = state.pointer.scrolled();
                }
            }
            wl_pointer::Event::AxisSource { axis_source: WEnum::Value(source) } => {
                state.pointer.scroll.source = Some(source);
            }
            wl_pointer::Event::AxisDiscrete { axis: WEnum::Value(axis), discrete } => {
                state.pointer.scroll.turn(axis, f64::from(discrete));
            }
            wl_pointer::Event::AxisValue120 { axis: WEnum::Value(axis), value120 } => {
                state.pointer.scroll.turn(axis, f64::from(value120) / STEP_PARTS);
            }
            wl_pointer::Event::AxisStop { time, .. } => {
                state.pointer.scroll.stopped = true;
                state.pointer.scroll.time = time;
            }
            wl_pointer::Event::Frame => happened = state.pointer.scrolled(),
            _ => {}
        }
        if let Some(window) = state.pointer.over {
            state.events.extend(happened.into_iter().map(|(time, what)| Event::Pointing { window, time, what }));
        }
    }
}

fn button_of(code: u32) -> Option<Button> {
    match code {
        BTN_LEFT => Some(Button::Left),
        BTN_RIGHT => Some(Button::Right),
        BTN_MIDDLE => Some(Button::Middle),
        BTN_SIDE => Some(Button::Back),
        BTN_EXTRA => Some(Button::Forward),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fine_wheels_turn_by_parts_of_steps_and_touchpads_by_none() {
        let scroll = Scroll { by: (0.0, 3.75), any: true, source: Some(AxisSource::Wheel), ..Scroll::default() };
        let mut pointer = Pointer { scroll, ..Pointer::default() };
        pointer.scroll.turn(Axis::VerticalScroll, 30.0 / STEP_PARTS);
        let turned = Pointing::Scroll { by: (0.0, 3.75), with: Scroller::Wheel { steps: (0.0, 0.25) } };
        assert_eq!(pointer.scrolled(), [(0, turned)]);
        pointer.scroll =
            Scroll { by: (2.0, 0.0), any: true, stopped: true, source: Some(AxisSource::Finger), ..Scroll::default() };
        let moved = Pointing::Scroll { by: (2.0, 0.0), with: Scroller::Fingers };
        assert_eq!(pointer.scrolled(), [(0, moved), (0, Pointing::ScrollEnd)]);
    }
}
