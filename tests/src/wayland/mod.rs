//! Other programs on the desktop, as far as tests of windows need them.

pub mod clipboard;
pub mod input_method;
pub mod partner;

use std::os::unix::net::UnixStream;
use std::path::Path;
use wayland_client::Connection;

/// A connection to the compositor at a socket.
fn connect(socket: &Path) -> Connection {
    let stream = UnixStream::connect(socket).expect("the compositor's socket");
    Connection::from_socket(stream).expect("a connection")
}

/// Implements events of which a client wants to hear nothing.
macro_rules! deaf {
    ($state:ty: $($interface:ty),* $(,)?) => {
        $(
            impl wayland_client::Dispatch<$interface, ()> for $state {
                fn event(
                    _state: &mut $state,
                    _proxy: &$interface,
                    _event: <$interface as wayland_client::Proxy>::Event,
                    _data: &(),
                    _connection: &wayland_client::Connection,
                    _queue: &wayland_client::QueueHandle<$state>,
                ) {
                }
            }
        )*
    };
}

/// Implements the registry, of whose changes a client wants to hear nothing.
macro_rules! registry {
    ($state:ty) => {
        impl
            wayland_client::Dispatch<
                wayland_client::protocol::wl_registry::WlRegistry,
                wayland_client::globals::GlobalListContents,
            > for $state
        {
            fn event(
                _state: &mut $state,
                _registry: &wayland_client::protocol::wl_registry::WlRegistry,
                _event: wayland_client::protocol::wl_registry::Event,
                _data: &wayland_client::globals::GlobalListContents,
                _connection: &wayland_client::Connection,
                _queue: &wayland_client::QueueHandle<$state>,
            ) {
            }
        }
    };
}

use {deaf, registry};
