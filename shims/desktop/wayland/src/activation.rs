//! xdg-activation: bringing a window to the front, and telling whoever started the app that it has a window now.

use crate::connection::State;
use concord_desktop::display::WindowId;
use wayland_client::globals::GlobalList;
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, QueueHandle, delegate_noop};
use wayland_protocols::xdg::activation::v1::client::xdg_activation_token_v1::{self, XdgActivationTokenV1};
use wayland_protocols::xdg::activation::v1::client::xdg_activation_v1::XdgActivationV1;

/// Where a launcher leaves the token for the first window.
const TOKEN: &str = "XDG_ACTIVATION_TOKEN";

/// The protocol, where it is offered, and the token of a launcher that waits for a window.
pub(crate) struct Activation {
    protocol: Option<XdgActivationV1>,
    token: Option<String>,
}

impl Activation {
    pub(crate) fn bind(list: &GlobalList, queue: &QueueHandle<State>) -> Activation {
        Activation { protocol: list.bind(queue, 1..=1, ()).ok(), token: std::env::var(TOKEN).ok() }
    }

    /// A launcher has asked a running app for something: the window that is opened or raised next is its answer.
    pub(crate) fn set_token(&mut self, token: String) {
        self.token = Some(token);
    }

    /// A window uses the token of the launcher, which then knows that the app is there. False when there is none.
    pub(crate) fn answer_launcher(&mut self, surface: &WlSurface) -> bool {
        let (Some(activation), Some(token)) = (&self.protocol, self.token.take()) else { return false };
        activation.activate(token, surface);
        true
    }
}

impl State {
    /// Asks for a token, which is used when it comes. Compositors decide by what a person did last whether it is worth anything.
    pub(crate) fn ask_to_activate(&mut self, window: WindowId) {
        if let Some(window) = self.windows.get(&window)
            && self.activation.answer_launcher(window.surface())
        {
            return;
        }
        let Some(activation) = &self.activation.protocol else { return };
        let token = activation.get_activation_token(&self.queue, window);
        if let Some(seat) = &self.globals.seat {
            token.set_serial(self.last_serial, seat);
        }
        if let Some(active) = self.windows.values().find(|window| window.is_active()) {
            token.set_surface(active.surface());
        }
        token.commit();
    }
}

impl Dispatch<XdgActivationTokenV1, WindowId> for State {
    fn event(
        state: &mut State,
        proxy: &XdgActivationTokenV1,
        event: xdg_activation_token_v1::Event,
        window: &WindowId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let xdg_activation_token_v1::Event::Done { token } = event {
            if let (Some(activation), Some(window)) = (&state.activation.protocol, state.windows.get(window)) {
                activation.activate(token, window.surface());
            }
            proxy.destroy();
        }
    }
}

delegate_noop!(State: XdgActivationV1);
