//! What is copied and what is selected, seen and changed without a window (wlr-data-control).

use super::{connect, deaf, registry};
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Mutex;
use wayland_client::globals::registry_queue_init;
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, EventQueue, Proxy, QueueHandle, event_created_child};
use wayland_protocols_wlr::data_control::v1::client::zwlr_data_control_device_v1::{self, ZwlrDataControlDeviceV1};
use wayland_protocols_wlr::data_control::v1::client::zwlr_data_control_manager_v1::ZwlrDataControlManagerV1;
use wayland_protocols_wlr::data_control::v1::client::zwlr_data_control_offer_v1::{self, ZwlrDataControlOfferV1};
use wayland_protocols_wlr::data_control::v1::client::zwlr_data_control_source_v1::{self, ZwlrDataControlSourceV1};

/// Since which there is a primary selection.
const VERSION: u32 = 2;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What was copied.
    Clipboard,
    /// What was selected.
    Primary,
}

#[derive(Default)]
struct Client {
    offers: [Option<ZwlrDataControlOfferV1>; 2],
    forms: Vec<(String, Vec<u8>)>,
    cancelled: bool,
}

fn start(socket: &Path) -> (EventQueue<Client>, Client, ZwlrDataControlManagerV1, ZwlrDataControlDeviceV1) {
    let connection = connect(socket);
    let (globals, mut queue) = registry_queue_init::<Client>(&connection).expect("the registry");
    let handle = queue.handle();
    let manager: ZwlrDataControlManagerV1 = globals.bind(&handle, VERSION..=VERSION, ()).expect("data control");
    let seat: WlSeat = globals.bind(&handle, 1..=1, ()).expect("a seat");
    let device = manager.get_data_device(&seat, &handle, ());
    let mut client = Client::default();
    queue.roundtrip(&mut client).expect("the compositor");
    (queue, client, manager, device)
}

/// What another program would paste as a type; none when nothing of it is there.
pub fn paste(socket: &Path, which: Which, mime: &str) -> Option<Vec<u8>> {
    let (queue, client, ..) = start(socket);
    let offer = client.offers[which as usize].as_ref()?;
    if !offer.data::<Mutex<Vec<String>>>()?.lock().expect("a list").iter().any(|offered| offered == mime) {
        return None;
    }
    let (mut read, write) = std::io::pipe().expect("a pipe");
    offer.receive(mime.to_owned(), write.as_fd());
    queue.flush().expect("the compositor");
    drop(write);
    let mut bytes = Vec::new();
    read.read_to_end(&mut bytes).expect("what was offered");
    Some(bytes)
}

/// Copies or selects something, as another program does; it is handed over until something else takes its place.
pub fn copy(socket: &Path, which: Which, forms: &[(&str, &[u8])]) {
    let (mut queue, mut client, manager, device) = start(socket);
    client.forms = forms.iter().map(|(mime, bytes)| ((*mime).to_owned(), bytes.to_vec())).collect();
    let source = manager.create_data_source(&queue.handle(), ());
    for (mime, _) in forms {
        source.offer((*mime).to_owned());
    }
    match which {
        Which::Clipboard => device.set_selection(Some(&source)),
        Which::Primary => device.set_primary_selection(Some(&source)),
    }
    queue.roundtrip(&mut client).expect("the compositor");
    std::thread::spawn(move || while !client.cancelled && queue.blocking_dispatch(&mut client).is_ok() {});
}

impl Dispatch<ZwlrDataControlDeviceV1, ()> for Client {
    fn event(
        client: &mut Client,
        _device: &ZwlrDataControlDeviceV1,
        event: zwlr_data_control_device_v1::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<Client>,
    ) {
        match event {
            zwlr_data_control_device_v1::Event::Selection { id } => client.offers[0] = id,
            zwlr_data_control_device_v1::Event::PrimarySelection { id } => client.offers[1] = id,
            _ => {}
        }
    }

    event_created_child!(Client, ZwlrDataControlDeviceV1, [
        zwlr_data_control_device_v1::EVT_DATA_OFFER_OPCODE => (ZwlrDataControlOfferV1, Mutex::new(Vec::new())),
    ]);
}

impl Dispatch<ZwlrDataControlOfferV1, Mutex<Vec<String>>> for Client {
    fn event(
        _client: &mut Client,
        _offer: &ZwlrDataControlOfferV1,
        event: zwlr_data_control_offer_v1::Event,
        types: &Mutex<Vec<String>>,
        _connection: &Connection,
        _queue: &QueueHandle<Client>,
    ) {
        if let zwlr_data_control_offer_v1::Event::Offer { mime_type } = event {
            types.lock().expect("a list").push(mime_type);
        }
    }
}

impl Dispatch<ZwlrDataControlSourceV1, ()> for Client {
    fn event(
        client: &mut Client,
        _source: &ZwlrDataControlSourceV1,
        event: zwlr_data_control_source_v1::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<Client>,
    ) {
        match event {
            zwlr_data_control_source_v1::Event::Send { mime_type, fd } => {
                if let Some((_, bytes)) = client.forms.iter().find(|(mime, _)| *mime == mime_type) {
                    let _ = File::from(fd).write_all(bytes);
                }
            }
            zwlr_data_control_source_v1::Event::Cancelled => client.cancelled = true,
            _ => {}
        }
    }
}

registry!(Client);
deaf!(Client: ZwlrDataControlManagerV1, WlSeat);
