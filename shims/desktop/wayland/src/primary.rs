//! The primary selection: what was selected last, for the middle button of the mouse.

use crate::connection::State;
use crate::transfer::{self, Types};
use concord_desktop::display::Event;
use concord_desktop::exchange::{Channel, Delivery, Offer};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, delegate_noop, event_created_child};
use wayland_protocols::wp::primary_selection::zv1::client::zwp_primary_selection_device_manager_v1::ZwpPrimarySelectionDeviceManagerV1;
use wayland_protocols::wp::primary_selection::zv1::client::zwp_primary_selection_device_v1::{
    self, ZwpPrimarySelectionDeviceV1,
};
use wayland_protocols::wp::primary_selection::zv1::client::zwp_primary_selection_offer_v1::{
    self, ZwpPrimarySelectionOfferV1,
};
use wayland_protocols::wp::primary_selection::zv1::client::zwp_primary_selection_source_v1::{
    self, ZwpPrimarySelectionSourceV1,
};

/// The primary selection.
pub(crate) struct Primary {
    manager: Option<ZwpPrimarySelectionDeviceManagerV1>,
    device: Option<ZwpPrimarySelectionDeviceV1>,
    /// What we offer.
    own: Option<(ZwpPrimarySelectionSourceV1, Offer)>,
    /// What others offer.
    offered: Option<ZwpPrimarySelectionOfferV1>,
}

impl Primary {
    pub(crate) fn new(manager: Option<ZwpPrimarySelectionDeviceManagerV1>) -> Primary {
        Primary { manager, device: None, own: None, offered: None }
    }

    pub(crate) fn attach(&mut self, seat: &WlSeat, queue: &QueueHandle<State>) {
        self.device = self.manager.as_ref().map(|manager| manager.get_device(seat, queue, ()));
    }

    pub(crate) fn offer(&mut self, offer: Offer, serial: u32, queue: &QueueHandle<State>) {
        let (Some(manager), Some(device)) = (&self.manager, &self.device) else { return };
        let source = manager.create_source(queue, ());
        for name in transfer::names(&offer) {
            source.offer(name);
        }
        device.set_selection(Some(&source), serial);
        if let Some((before, _)) = self.own.replace((source, offer)) {
            before.destroy();
        }
    }

    pub(crate) fn types(&self) -> Vec<String> {
        match (&self.own, &self.offered) {
            (Some((_, offer)), _) => transfer::types(offer),
            (None, Some(offered)) => offered.data::<Types>().map(Types::known).unwrap_or_default(),
            (None, None) => Vec::new(),
        }
    }

    pub(crate) fn receive(&self, mime: &str) -> Option<Delivery> {
        if let Some((_, offer)) = &self.own {
            return transfer::here(offer, mime);
        }
        let offered = self.offered.as_ref()?;
        let name = offered.data::<Types>()?.name_of(mime)?;
        transfer::ask(|pipe| offered.receive(name, pipe))
    }
}

impl Dispatch<ZwpPrimarySelectionDeviceV1, ()> for State {
    fn event(
        state: &mut State,
        _device: &ZwpPrimarySelectionDeviceV1,
        event: zwp_primary_selection_device_v1::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let zwp_primary_selection_device_v1::Event::Selection { id } = event {
            if let Some(before) = std::mem::replace(&mut state.primary.offered, id) {
                before.destroy();
            }
            if state.primary.own.is_none() {
                state.events.push(Event::Offered { channel: Channel::Primary });
            }
        }
    }

    event_created_child!(State, ZwpPrimarySelectionDeviceV1, [
        zwp_primary_selection_device_v1::EVT_DATA_OFFER_OPCODE => (ZwpPrimarySelectionOfferV1, Types::default()),
    ]);
}

impl Dispatch<ZwpPrimarySelectionOfferV1, Types> for State {
    fn event(
        _state: &mut State,
        _offer: &ZwpPrimarySelectionOfferV1,
        event: zwp_primary_selection_offer_v1::Event,
        types: &Types,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let zwp_primary_selection_offer_v1::Event::Offer { mime_type } = event {
            types.add(mime_type);
        }
    }
}

impl Dispatch<ZwpPrimarySelectionSourceV1, ()> for State {
    fn event(
        state: &mut State,
        source: &ZwpPrimarySelectionSourceV1,
        event: zwp_primary_selection_source_v1::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let own = state.primary.own.as_ref().filter(|(own, _)| own == source);
        match event {
            zwp_primary_selection_source_v1::Event::Send { mime_type, fd } => {
                if let Some((_, offer)) = own {
                    transfer::send(fd, offer, &mime_type);
                }
            }
            zwp_primary_selection_source_v1::Event::Cancelled => {
                if own.is_some() {
                    state.primary.own = None;
                }
                source.destroy();
            }
            _ => {}
        }
    }
}

delegate_noop!(State: ZwpPrimarySelectionDeviceManagerV1);
