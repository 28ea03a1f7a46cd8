//! Mouse, wheel, touchpad.

use crate::connection::State;
use concord_desktop::display::{Button, Event, Pointing, WindowId};
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
    wheel: bool,
    any: bool,
    stopped: bool,
    time: u32,
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
            all.push((scroll.time, Pointing::Scroll { by: scroll.by, wheel: scroll.wheel }));
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
                    scroll.wheel = true;
                    happened = state.pointer.scrolled();
                }
            }
            wl_pointer::Event::AxisSource { axis_source: WEnum::Value(source) } => {
                state.pointer.scroll.wheel = matches!(source, AxisSource::Wheel | AxisSource::WheelTilt);
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
