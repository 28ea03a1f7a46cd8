//! A window of another program, from which something can be dragged and into which something can be dropped.

use super::{connect, deaf, registry};
use nix::sys::memfd::{MFdFlags, memfd_create};
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use wayland_client::globals::registry_queue_init;
use wayland_client::protocol::wl_buffer::WlBuffer;
use wayland_client::protocol::wl_compositor::WlCompositor;
use wayland_client::protocol::wl_data_device::{self, WlDataDevice};
use wayland_client::protocol::wl_data_device_manager::{DndAction, WlDataDeviceManager};
use wayland_client::protocol::wl_data_offer::WlDataOffer;
use wayland_client::protocol::wl_data_source::{self, WlDataSource};
use wayland_client::protocol::wl_pointer::{self, ButtonState, WlPointer};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::protocol::wl_shm::{Format, WlShm};
use wayland_client::protocol::wl_shm_pool::WlShmPool;
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, QueueHandle, WEnum, event_created_child};
use wayland_protocols::xdg::shell::client::xdg_surface::{self, XdgSurface};
use wayland_protocols::xdg::shell::client::xdg_toplevel::{self, XdgToplevel};
use wayland_protocols::xdg::shell::client::xdg_wm_base::{self, XdgWmBase};

/// The type that it takes unless a test says another.
const TEXT: &str = "text/plain;charset=utf-8";

/// The window; it stays until the compositor ends.
pub struct Partner {
    notes: Arc<Mutex<Notes>>,
}

#[derive(Default)]
struct Notes {
    dropped: Vec<String>,
    finished: bool,
}

struct Client {
    shm: WlShm,
    surface: WlSurface,
    data: WlDataDeviceManager,
    device: WlDataDevice,
    size: (i32, i32),
    forms: Vec<(String, Vec<u8>)>,
    /// The only type that it takes.
    takes: String,
    /// Over the window.
    offer: Option<WlDataOffer>,
    notes: Arc<Mutex<Notes>>,
}

impl Partner {
    /// Opens the window. A button that is pressed in it drags these forms.
    pub fn start(socket: &Path, forms: &[(&str, &[u8])]) -> Partner {
        Partner::taking(socket, forms, TEXT)
    }

    /// The same; it takes this type.
    pub fn taking(socket: &Path, forms: &[(&str, &[u8])], mime: &str) -> Partner {
        let connection = connect(socket);
        let (globals, mut queue) = registry_queue_init::<Client>(&connection).expect("the registry");
        let handle = queue.handle();
        let compositor: WlCompositor = globals.bind(&handle, 4..=4, ()).expect("a compositor");
        let shell: XdgWmBase = globals.bind(&handle, 1..=1, ()).expect("windows");
        let seat: WlSeat = globals.bind(&handle, 5..=5, ()).expect("a seat");
        let data: WlDataDeviceManager = globals.bind(&handle, 3..=3, ()).expect("drags");
        let surface = compositor.create_surface(&handle, ());
        let xdg = shell.get_xdg_surface(&surface, &handle, ());
        let toplevel = xdg.get_toplevel(&handle, ());
        toplevel.set_title("Partner".to_owned());
        toplevel.set_app_id("partner".to_owned());
        surface.commit();
        seat.get_pointer(&handle, ());
        let notes = Arc::<Mutex<Notes>>::default();
        let mut client = Client {
            shm: globals.bind(&handle, 1..=1, ()).expect("memory"),
            device: data.get_data_device(&seat, &handle, ()),
            surface,
            data,
            size: (100, 100),
            forms: forms.iter().map(|(mime, bytes)| ((*mime).to_owned(), bytes.to_vec())).collect(),
            takes: mime.to_owned(),
            offer: None,
            notes: Arc::clone(&notes),
        };
        std::thread::spawn(move || while queue.blocking_dispatch(&mut client).is_ok() {});
        Partner { notes }
    }

    /// The texts that were dropped here.
    pub fn dropped(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).dropped.clone()
    }

    /// Whether somebody has taken what was dragged from here.
    pub fn is_finished(&self) -> bool {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).finished
    }
}

impl Client {
    fn note(&self, note: impl FnOnce(&mut Notes)) {
        note(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn draw(&self, queue: &QueueHandle<Client>) {
        let (width, height) = self.size;
        let memory = File::from(memfd_create(c"partner", MFdFlags::MFD_CLOEXEC).expect("memory"));
        let bytes = vec![0x80; (width * height * 4) as usize];
        (&memory).write_all(&bytes).expect("memory");
        let pool = self.shm.create_pool(memory.as_fd(), width * height * 4, queue, ());
        let buffer = pool.create_buffer(0, width, height, width * 4, Format::Xrgb8888, queue, ());
        self.surface.attach(Some(&buffer), 0, 0);
        self.surface.damage(0, 0, i32::MAX, i32::MAX);
        self.surface.commit();
    }
}

impl Dispatch<WlPointer, ()> for Client {
    fn event(
        client: &mut Client,
        _pointer: &WlPointer,
        event: wl_pointer::Event,
        _data: &(),
        _connection: &Connection,
        queue: &QueueHandle<Client>,
    ) {
        if let wl_pointer::Event::Button { serial, state: WEnum::Value(ButtonState::Pressed), .. } = event {
            let source = client.data.create_data_source(queue, ());
            for (mime, _) in &client.forms {
                source.offer(mime.clone());
            }
            source.set_actions(DndAction::Copy);
            client.device.start_drag(Some(&source), &client.surface, None, serial);
        }
    }
}

impl Dispatch<WlDataSource, ()> for Client {
    fn event(
        client: &mut Client,
        _source: &WlDataSource,
        event: wl_data_source::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<Client>,
    ) {
        match event {
            wl_data_source::Event::Send { mime_type, fd } => {
                if let Some((_, bytes)) = client.forms.iter().find(|(mime, _)| *mime == mime_type) {
                    let _ = File::from(fd).write_all(bytes);
                }
            }
            wl_data_source::Event::DndFinished => client.note(|notes| notes.finished = true),
            _ => {}
        }
    }
}

impl Dispatch<WlDataDevice, ()> for Client {
    fn event(
        client: &mut Client,
        _device: &WlDataDevice,
        event: wl_data_device::Event,
        _data: &(),
        connection: &Connection,
        _queue: &QueueHandle<Client>,
    ) {
        match event {
            wl_data_device::Event::Enter { serial, id, .. } => {
                if let Some(offer) = &id {
                    offer.accept(serial, Some(client.takes.clone()));
                    offer.set_actions(DndAction::Copy, DndAction::Copy);
                }
                client.offer = id;
            }
            wl_data_device::Event::Drop => {
                let Some(offer) = client.offer.take() else { return };
                let (mut read, write) = std::io::pipe().expect("a pipe");
                offer.receive(client.takes.clone(), write.as_fd());
                connection.flush().expect("the compositor");
                drop(write);
                let mut text = String::new();
                if read.read_to_string(&mut text).is_ok() {
                    client.note(|notes| notes.dropped.push(text));
                }
                offer.finish();
                offer.destroy();
            }
            _ => {}
        }
    }

    event_created_child!(Client, WlDataDevice, [
        wl_data_device::EVT_DATA_OFFER_OPCODE => (WlDataOffer, ()),
    ]);
}

impl Dispatch<XdgToplevel, ()> for Client {
    fn event(
        client: &mut Client,
        _toplevel: &XdgToplevel,
        event: xdg_toplevel::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<Client>,
    ) {
        if let xdg_toplevel::Event::Configure { width, height, .. } = event
            && width > 0
            && height > 0
        {
            client.size = (width, height);
        }
    }
}

impl Dispatch<XdgSurface, ()> for Client {
    fn event(
        client: &mut Client,
        xdg: &XdgSurface,
        event: xdg_surface::Event,
        _data: &(),
        _connection: &Connection,
        queue: &QueueHandle<Client>,
    ) {
        if let xdg_surface::Event::Configure { serial } = event {
            xdg.ack_configure(serial);
            client.draw(queue);
        }
    }
}

impl Dispatch<XdgWmBase, ()> for Client {
    fn event(
        _client: &mut Client,
        shell: &XdgWmBase,
        event: xdg_wm_base::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<Client>,
    ) {
        if let xdg_wm_base::Event::Ping { serial } = event {
            shell.pong(serial);
        }
    }
}

registry!(Client);
deaf!(Client: WlCompositor, WlSurface, WlShm, WlShmPool, WlBuffer, WlSeat, WlDataDeviceManager, WlDataOffer);
