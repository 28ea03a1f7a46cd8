//! Touch screens.

use crate::connection::State;
use concord_desktop::display::{Event, Pointing, WindowId};
use std::collections::BTreeMap;
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::protocol::wl_touch::{self, WlTouch};
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle};

/// The touch screen.
#[derive(Default)]
pub(crate) struct Touch {
    device: Option<WlTouch>,
    /// The window under each finger, for as long as it is down.
    fingers: BTreeMap<i32, WindowId>,
}

impl Touch {
    pub(crate) fn attach(&mut self, seat: &WlSeat, has: bool, queue: &QueueHandle<State>) {
        if !has {
            if let Some(device) = self.device.take().filter(|device| device.version() >= 3) {
                device.release();
            }
            self.fingers.clear();
        } else if self.device.is_none() {
            self.device = Some(seat.get_touch(queue, ()));
        }
    }
}

impl Dispatch<WlTouch, ()> for State {
    fn event(
        state: &mut State,
        _device: &WlTouch,
        event: wl_touch::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let happened = match event {
            wl_touch::Event::Down { serial, time, surface, id, x, y } => {
                state.last_serial = serial;
                if state.frame_touched(&surface, serial, time, (x, y)) {
                    return;
                }
                state.press_serial = serial;
                state.opening_serial = serial;
                state.window_of(&surface).map(|window| {
                    state.touch.fingers.insert(id, window);
                    (window, time, Pointing::TouchDown { finger: id, at: (x, y) })
                })
            }
            wl_touch::Event::Motion { time, id, x, y } => {
                let window = state.touch.fingers.get(&id);
                window.map(|window| (*window, time, Pointing::TouchMove { finger: id, at: (x, y) }))
            }
            wl_touch::Event::Up { serial, time, id } => {
                state.last_serial = serial;
                state.touch.fingers.remove(&id).map(|window| (window, time, Pointing::TouchUp { finger: id }))
            }
            wl_touch::Event::Cancel => {
                let window = state.touch.fingers.values().next().copied();
                state.touch.fingers.clear();
                window.map(|window| (window, 0, Pointing::TouchCancel))
            }
            _ => None,
        };
        if let Some((window, time, what)) = happened {
            state.events.push(Event::Pointing { window, time, what });
        }
    }
}
