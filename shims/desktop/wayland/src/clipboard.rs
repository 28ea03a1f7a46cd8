//! The clipboard: text that this program offers to others, and text that others offer.

use crate::connection::State;
use concord_desktop::display::Event;
use nix::fcntl::OFlag;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::unistd::pipe2;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use wayland_client::backend::ObjectId;
use wayland_client::protocol::wl_data_device::{self, WlDataDevice};
use wayland_client::protocol::wl_data_device_manager::WlDataDeviceManager;
use wayland_client::protocol::wl_data_offer::{self, WlDataOffer};
use wayland_client::protocol::wl_data_source::{self, WlDataSource};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, delegate_noop, event_created_child};

/// Names of text in UTF-8, the best first.
const TEXT: [&str; 4] = ["text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING"];
/// How long another program may take to hand its text over.
const PATIENCE: Duration = Duration::from_secs(1);
/// The longest text that is taken, in bytes.
const MOST: usize = 64 << 20;

/// The clipboard.
pub(crate) struct Clipboard {
    manager: Option<WlDataDeviceManager>,
    device: Option<WlDataDevice>,
    /// What we offer.
    own: Option<(WlDataSource, String)>,
    /// What is on the clipboard, and offered with these types.
    offer: Option<WlDataOffer>,
}

/// What an offer can be had as.
#[derive(Default)]
pub(crate) struct Types(Mutex<Vec<String>>);

impl Types {
    fn text(&self) -> Option<&'static str> {
        let offered = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        TEXT.into_iter().find(|name| offered.iter().any(|offered| offered == name))
    }
}

/// Text that is on its way.
pub(crate) enum Coming {
    /// It is our own.
    Here(String),
    /// Another program writes it.
    Pipe(OwnedFd),
}

impl Clipboard {
    pub(crate) fn new(manager: Option<WlDataDeviceManager>) -> Clipboard {
        Clipboard { manager, device: None, own: None, offer: None }
    }

    pub(crate) fn attach(&mut self, seat: &WlSeat, queue: &QueueHandle<State>) {
        self.device = self.manager.as_ref().map(|manager| manager.get_data_device(seat, queue, ()));
    }

    /// Offers text.
    pub(crate) fn copy(&mut self, text: &str, serial: u32, queue: &QueueHandle<State>) {
        let (Some(manager), Some(device)) = (&self.manager, &self.device) else { return };
        let source = manager.create_data_source(queue, ());
        for name in TEXT {
            source.offer(name.to_owned());
        }
        device.set_selection(Some(&source), serial);
        if let Some((before, _)) = self.own.replace((source, text.to_owned())) {
            before.destroy();
        }
    }

    /// Asks for the text on the clipboard.
    pub(crate) fn ask(&self) -> Option<Coming> {
        if let Some((_, text)) = &self.own {
            return Some(Coming::Here(text.clone()));
        }
        let offer = self.offer.as_ref()?;
        let name = offer.data::<Types>()?.text()?;
        let (read, write) = pipe2(OFlag::O_CLOEXEC | OFlag::O_NONBLOCK).ok()?;
        offer.receive(name.to_owned(), write.as_fd());
        Some(Coming::Pipe(read))
    }
}

impl Coming {
    /// The text; none when it does not come in time, or is no text.
    pub(crate) fn read(self) -> Option<String> {
        let pipe = match self {
            Coming::Here(text) => return Some(text),
            Coming::Pipe(pipe) => pipe,
        };
        let until = Instant::now() + PATIENCE;
        let mut file = File::from(pipe);
        let mut bytes = Vec::new();
        let mut part = vec![0; 64 << 10];
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let timeout = PollTimeout::try_from(left).unwrap_or(PollTimeout::ZERO);
            let ready = poll(&mut [PollFd::new(file.as_fd(), PollFlags::POLLIN)], timeout);
            if !matches!(ready, Ok(1..)) {
                return None;
            }
            match file.read(&mut part) {
                Ok(0) => return String::from_utf8(bytes).ok(),
                Ok(count) if bytes.len() + count <= MOST => bytes.extend_from_slice(&part[..count]),
                _ => return None,
            }
        }
    }
}

impl Dispatch<WlDataDevice, ()> for State {
    fn event(
        state: &mut State,
        _device: &WlDataDevice,
        event: wl_data_device::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let wl_data_device::Event::Selection { id } = event {
            if let Some(before) = std::mem::replace(&mut state.clipboard.offer, id) {
                before.destroy();
            }
            state.events.push(Event::Clipboard);
        }
    }

    event_created_child!(State, WlDataDevice, [
        wl_data_device::EVT_DATA_OFFER_OPCODE => (WlDataOffer, Types::default()),
    ]);
}

impl Dispatch<WlDataOffer, Types> for State {
    fn event(
        _state: &mut State,
        _offer: &WlDataOffer,
        event: wl_data_offer::Event,
        types: &Types,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let wl_data_offer::Event::Offer { mime_type } = event {
            types.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(mime_type);
        }
    }
}

impl Dispatch<WlDataSource, ()> for State {
    fn event(
        state: &mut State,
        source: &WlDataSource,
        event: wl_data_source::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        match event {
            wl_data_source::Event::Send { fd, .. } => {
                if let Some((own, text)) = &state.clipboard.own
                    && own == source
                {
                    send(fd, text.clone());
                }
            }
            wl_data_source::Event::Cancelled => {
                let cancelled: ObjectId = source.id();
                if state.clipboard.own.as_ref().is_some_and(|(own, _)| own.id() == cancelled) {
                    state.clipboard.own = None;
                }
                source.destroy();
            }
            _ => {}
        }
    }
}

/// Writes text for another program, which may read as slowly as it likes.
fn send(pipe: OwnedFd, text: String) {
    let started = std::thread::Builder::new().name("concord-clipboard".into()).spawn(move || {
        if let Err(error) = File::from(pipe).write_all(text.as_bytes()) {
            tracing::debug!("the clipboard's text was not taken: {error}");
        }
    });
    if let Err(error) = started {
        tracing::warn!("the clipboard's text cannot be handed over: {error}");
    }
}

delegate_noop!(State: WlDataDeviceManager);
