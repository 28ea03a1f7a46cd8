//! The clipboard, and what is dragged between programs.

use crate::connection::State;
use crate::transfer::{self, Types};
use concord_desktop::display::{Event, PixelRect, PointerIcon, WindowId};
use concord_desktop::exchange::{Channel, Delivery, DragAction, Dragging, Offer};
use wayland_client::protocol::wl_data_device::{self, WlDataDevice};
use wayland_client::protocol::wl_data_device_manager::{DndAction, WlDataDeviceManager};
use wayland_client::protocol::wl_data_offer::{self, WlDataOffer};
use wayland_client::protocol::wl_data_source::{self, WlDataSource};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, WEnum, delegate_noop, event_created_child};

/// Since which copying and moving are told apart, and the end of a drag is told.
const ACTIONS: u32 = 3;
/// Since which surfaces are moved by a request of its own.
const OFFSET: u32 = 5;
/// The number under which pictures of what is dragged have their buffers; windows count from 1.
const ICON: WindowId = WindowId(0);

/// The clipboard and drags.
pub(crate) struct DataDevice {
    manager: Option<WlDataDeviceManager>,
    device: Option<WlDataDevice>,
    /// What we have on the clipboard.
    own: Option<(WlDataSource, Offer)>,
    /// What others have on it.
    offered: Option<WlDataOffer>,
    /// What we drag.
    dragged: Option<Dragged>,
    /// What is dragged over one of our windows.
    over: Option<Over>,
}

/// Something of ours.
struct Dragged {
    source: WlDataSource,
    offer: Offer,
    icon: Option<WlSurface>,
    action: Option<DragAction>,
    dropped: bool,
}

/// What is over a window, or was let go there.
struct Over {
    window: WindowId,
    serial: u32,
    /// None for our own.
    offered: Option<WlDataOffer>,
    /// We have said that we would take it, and the compositor has said what becomes of it.
    accepted: bool,
    settled: bool,
    dropped: bool,
}

fn action(action: WEnum<DndAction>) -> Option<DragAction> {
    match action {
        WEnum::Value(action) if action.contains(DndAction::Move) => Some(DragAction::Move),
        WEnum::Value(action) if action.contains(DndAction::Copy) => Some(DragAction::Copy),
        _ => None,
    }
}

impl DataDevice {
    pub(crate) fn new(manager: Option<WlDataDeviceManager>) -> DataDevice {
        DataDevice { manager, device: None, own: None, offered: None, dragged: None, over: None }
    }

    pub(crate) fn attach(&mut self, seat: &WlSeat, queue: &QueueHandle<State>) {
        self.device = self.manager.as_ref().map(|manager| manager.get_data_device(seat, queue, ()));
    }

    fn source(&self, offer: &Offer, channel: Channel, queue: &QueueHandle<State>) -> Option<WlDataSource> {
        let source = self.manager.as_ref()?.create_data_source(queue, channel);
        for name in transfer::names(offer) {
            source.offer(name);
        }
        Some(source)
    }

    /// Puts something on the clipboard.
    pub(crate) fn offer(&mut self, offer: Offer, serial: u32, queue: &QueueHandle<State>) {
        let Some(source) = self.source(&offer, Channel::Clipboard, queue) else { return };
        if let Some(device) = &self.device {
            device.set_selection(Some(&source), serial);
        }
        if let Some((before, _)) = self.own.replace((source, offer)) {
            before.destroy();
        }
    }

    /// What others offer, on the clipboard or above a window.
    fn other(&self, channel: Channel) -> Option<&WlDataOffer> {
        match channel {
            Channel::Drag => self.over.as_ref()?.offered.as_ref(),
            _ => self.offered.as_ref(),
        }
    }

    /// What we offer, as far as it is what one would get.
    fn ours(&self, channel: Channel) -> Option<&Offer> {
        match channel {
            Channel::Drag => self.dragged.as_ref().map(|dragged| &dragged.offer),
            _ => self.own.as_ref().map(|(_, offer)| offer),
        }
    }

    pub(crate) fn types(&self, channel: Channel) -> Vec<String> {
        match self.ours(channel) {
            Some(offer) => transfer::types(offer),
            None => self.other(channel).and_then(|offer| offer.data::<Types>()).map(Types::known).unwrap_or_default(),
        }
    }

    pub(crate) fn receive(&self, channel: Channel, mime: &str) -> Option<Delivery> {
        if let Some(offer) = self.ours(channel) {
            return transfer::here(offer, mime);
        }
        let other = self.other(channel)?;
        let name = other.data::<Types>()?.name_of(mime)?;
        transfer::ask(|pipe| other.receive(name, pipe))
    }

    /// Says whether a window takes what is over it.
    pub(crate) fn accept(&mut self, wanted: Option<DragAction>) {
        // What was dropped has been accepted, whatever is under the pointer by now.
        let Some(over) = self.over.as_mut().filter(|over| !over.dropped) else { return };
        over.accepted = wanted.is_some();
        let Some(offered) = &over.offered else { return };
        let first = offered.data::<Types>().and_then(|types| {
            let known = types.known();
            types.name_of(known.first()?)
        });
        offered.accept(over.serial, first.filter(|_| wanted.is_some()));
        if offered.version() >= ACTIONS {
            let (all, preferred) = match wanted {
                None => (DndAction::empty(), DndAction::empty()),
                Some(DragAction::Copy) => (DndAction::Copy, DndAction::Copy),
                Some(DragAction::Move) => (DndAction::Copy | DndAction::Move, DndAction::Move),
            };
            offered.set_actions(all, preferred);
        }
    }

    /// What was dropped has been read.
    pub(crate) fn finish(&mut self, taken: bool) {
        let Some(over) = self.over.take() else { return };
        if let Some(offered) = over.offered {
            // Saying so of what was never agreed upon is an error of the protocol.
            if taken && over.dropped && over.accepted && over.settled && offered.version() >= ACTIONS {
                offered.finish();
            }
            offered.destroy();
        }
    }

    /// Drags something out of a window.
    pub(crate) fn start(
        &mut self,
        origin: &WlSurface,
        (offer, may_move): (Offer, bool),
        icon: Option<WlSurface>,
        serial: u32,
        queue: &QueueHandle<State>,
    ) -> bool {
        let Some(device) = self.device.as_ref().filter(|_| self.dragged.is_none()) else { return false };
        // Older ones do not say when a drag has ended.
        if device.version() < ACTIONS {
            return false;
        }
        let Some(source) = self.source(&offer, Channel::Drag, queue) else { return false };
        let copies = DndAction::Copy;
        source.set_actions(if may_move { copies | DndAction::Move } else { copies });
        device.start_drag(Some(&source), origin, icon.as_ref(), serial);
        self.dragged = Some(Dragged { source, offer, icon, action: None, dropped: false });
        true
    }

    fn end(&mut self, source: &WlDataSource) -> Option<Dragged> {
        let ended = self.dragged.take_if(|dragged| dragged.source == *source)?;
        if let Some(icon) = &ended.icon {
            icon.destroy();
        }
        Some(ended)
    }
}

impl State {
    /// See [`concord_desktop::display::Display::start_drag`].
    pub(crate) fn start_drag(
        &mut self,
        window: WindowId,
        offer: Offer,
        may_move: bool,
        icon: Option<PointerIcon<'_>>,
    ) -> bool {
        let Some(origin) = self.sheet(window).map(|sheet| sheet.surface().clone()) else { return false };
        let surface = icon.as_ref().map(|_| self.globals.compositor.create_surface(&self.queue, ()));
        let queue = self.queue.clone();
        if !self.data_device.start(&origin, (offer, may_move), surface.clone(), self.press_serial, &queue) {
            surface.inspect(WlSurface::destroy);
            return false;
        }
        if let (Some(surface), Some(icon)) = (surface, icon) {
            self.draw_icon(&surface, icon);
        }
        true
    }

    /// Shows the picture of what is dragged, with the pointer where it holds it.
    fn draw_icon(&mut self, surface: &WlSurface, icon: PointerIcon<'_>) {
        let (width, height) = (icon.picture.width, icon.picture.height);
        let whole = PixelRect { x: 0, y: 0, width, height };
        let buffer = match self.icons.write(ICON, &self.globals, &self.queue, icon.picture, &[whole]) {
            Ok(buffer) => buffer,
            Err(error) => return tracing::warn!("what is dragged is not seen: {error}"),
        };
        let (x, y) = (-icon.hotspot.0.round() as i32, -icon.hotspot.1.round() as i32);
        if surface.version() >= OFFSET {
            surface.attach(Some(buffer), 0, 0);
            surface.offset(x, y);
        } else {
            surface.attach(Some(buffer), x, y);
        }
        surface.damage(0, 0, i32::MAX, i32::MAX);
        let logical = |pixels: u32| ((f64::from(pixels) / icon.scale.max(0.1)).round() as i32).max(1);
        let viewport =
            self.globals.viewporter.as_ref().map(|viewporter| viewporter.get_viewport(surface, &self.queue, ()));
        if let Some(viewport) = &viewport {
            viewport.set_destination(logical(width), logical(height));
        }
        surface.commit();
        // The size stays until the next commit, and there is none.
        viewport.inspect(|viewport| viewport.destroy());
    }

    fn dragging(&mut self, window: WindowId, time: u32, what: Dragging) {
        self.events.push(Event::Dragging { window, time, what });
    }

    fn drag_enters(&mut self, serial: u32, surface: &WlSurface, at: (f64, f64), offered: Option<WlDataOffer>) {
        // One that was dropped and never finished.
        self.data_device.finish(false);
        let Some(window) = self.window_of(surface) else {
            offered.inspect(WlDataOffer::destroy);
            return;
        };
        let own = self.data_device.dragged.is_some();
        self.data_device.over = Some(Over { window, serial, offered, accepted: false, settled: false, dropped: false });
        let types = self.data_device.types(Channel::Drag);
        self.dragging(window, 0, Dragging::Enter { at, types, own });
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
        let over = state.data_device.over.as_ref().map(|over| (over.window, over.dropped));
        match event {
            wl_data_device::Event::Selection { id } => {
                if let Some(before) = std::mem::replace(&mut state.data_device.offered, id) {
                    before.destroy();
                }
                if state.data_device.own.is_none() {
                    state.events.push(Event::Offered { channel: Channel::Clipboard });
                }
            }
            wl_data_device::Event::Enter { serial, surface, x, y, id } => {
                state.drag_enters(serial, &surface, (x, y), id)
            }
            wl_data_device::Event::Motion { time, x, y } => {
                if let Some((window, false)) = over {
                    state.dragging(window, time, Dragging::Move { at: (x, y) });
                }
            }
            wl_data_device::Event::Leave => {
                // What was dropped is read after this.
                if let Some((window, false)) = over {
                    state.data_device.finish(false);
                    state.dragging(window, 0, Dragging::Leave);
                }
            }
            wl_data_device::Event::Drop => {
                if let (Some((window, false)), Some(over)) = (over, &mut state.data_device.over) {
                    over.dropped = true;
                    state.dragging(window, 0, Dragging::Drop);
                }
            }
            _ => {}
        }
    }

    event_created_child!(State, WlDataDevice, [
        wl_data_device::EVT_DATA_OFFER_OPCODE => (WlDataOffer, Types::default()),
    ]);
}

impl Dispatch<WlDataOffer, Types> for State {
    fn event(
        state: &mut State,
        offer: &WlDataOffer,
        event: wl_data_offer::Event,
        types: &Types,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        match event {
            wl_data_offer::Event::Offer { mime_type } => types.add(mime_type),
            wl_data_offer::Event::Action { dnd_action } => {
                if let Some(over) = &mut state.data_device.over
                    && over.offered.as_ref() == Some(offer)
                {
                    over.settled = action(dnd_action).is_some();
                }
            }
            _ => {}
        }
    }
}

impl Dispatch<WlDataSource, Channel> for State {
    fn event(
        state: &mut State,
        source: &WlDataSource,
        event: wl_data_source::Event,
        channel: &Channel,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let DataDevice { own, dragged, .. } = &mut state.data_device;
        let current = match channel {
            Channel::Drag => dragged.as_mut().filter(|dragged| dragged.source == *source).map(|dragged| &dragged.offer),
            _ => own.as_ref().filter(|(own, _)| own == source).map(|(_, offer)| offer),
        };
        match event {
            wl_data_source::Event::Send { mime_type, fd } => {
                if let Some(offer) = current {
                    transfer::send(fd, offer, &mime_type);
                }
            }
            wl_data_source::Event::Action { dnd_action } => {
                if let Some(dragged) = dragged.as_mut().filter(|dragged| dragged.source == *source) {
                    dragged.action = action(dnd_action);
                }
            }
            wl_data_source::Event::DndDropPerformed => {
                if let Some(dragged) = dragged.as_mut().filter(|dragged| dragged.source == *source) {
                    dragged.dropped = true;
                }
            }
            wl_data_source::Event::DndFinished => {
                if let Some(ended) = state.data_device.end(source) {
                    // A target that does not say copies.
                    let action = Some(ended.action.unwrap_or(DragAction::Copy)).filter(|_| ended.dropped);
                    state.events.push(Event::DragEnded { action });
                }
                source.destroy();
            }
            wl_data_source::Event::Cancelled => {
                if *channel == Channel::Drag {
                    if state.data_device.end(source).is_some() {
                        state.events.push(Event::DragEnded { action: None });
                    }
                } else if current.is_some() {
                    state.data_device.own = None;
                }
                source.destroy();
            }
            _ => {}
        }
    }
}

delegate_noop!(State: WlDataDeviceManager);
