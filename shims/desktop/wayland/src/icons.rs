//! xdg-toplevel-icon: icons of windows as pictures.

use crate::buffers::Buffers;
use crate::connection::{Globals, State};
use crate::window::Window;
use concord_desktop::display::{DisplayError, Picture, PixelRect, WindowId};
use std::collections::BTreeMap;
use wayland_client::globals::GlobalList;
use wayland_client::{Connection, Dispatch, QueueHandle, delegate_noop};
use wayland_protocols::xdg::toplevel_icon::v1::client::xdg_toplevel_icon_manager_v1::{self, XdgToplevelIconManagerV1};
use wayland_protocols::xdg::toplevel_icon::v1::client::xdg_toplevel_icon_v1::XdgToplevelIconV1;

/// Edges in px for compositors that prefer none: of title bars, task bars and overviews.
const SIZES: [u32; 3] = [32, 64, 128];
/// Edges beyond this are not made.
const LARGEST: u32 = 512;

/// The protocol, where it is offered.
pub(crate) struct Icons {
    manager: Option<XdgToplevelIconManagerV1>,
    preferred: Vec<u32>,
    /// What is shown has to stay as it is.
    shown: BTreeMap<WindowId, (XdgToplevelIconV1, Vec<Buffers>)>,
}

impl Icons {
    pub(crate) fn bind(list: &GlobalList, queue: &QueueHandle<State>) -> Icons {
        Icons { manager: list.bind(queue, 1..=1, ()).ok(), preferred: Vec::new(), shown: BTreeMap::new() }
    }

    /// The edges that are wanted; none when no icon is.
    pub(crate) fn sizes(&self) -> Vec<u32> {
        match &self.manager {
            None => Vec::new(),
            Some(_) if self.preferred.is_empty() => SIZES.to_vec(),
            Some(_) => self.preferred.clone(),
        }
    }

    /// Gives a window an icon; it is seen with the next picture of the window.
    pub(crate) fn show(
        &mut self,
        id: WindowId,
        window: &Window,
        pictures: &[Picture<'_>],
        globals: &Globals,
        queue: &QueueHandle<State>,
    ) -> Result<(), DisplayError> {
        let Some(manager) = &self.manager else { return Ok(()) };
        let icon = manager.create_icon(queue, ());
        let mut kept = Vec::new();
        // What is not square is refused by compositors with the end of the connection.
        for picture in pictures.iter().filter(|picture| picture.width == picture.height && picture.width > 0) {
            let whole = PixelRect { x: 0, y: 0, width: picture.width, height: picture.height };
            let mut buffers = Buffers::default();
            icon.add_buffer(buffers.write(id, globals, queue, *picture, &[whole])?, 1);
            kept.push(buffers);
        }
        manager.set_icon(window.toplevel(), Some(&icon));
        if let Some(old) = self.shown.insert(id, (icon, kept)) {
            destroy(old);
        }
        Ok(())
    }

    /// The window is gone.
    pub(crate) fn forget(&mut self, window: WindowId) {
        if let Some(shown) = self.shown.remove(&window) {
            destroy(shown);
        }
    }
}

fn destroy((icon, buffers): (XdgToplevelIconV1, Vec<Buffers>)) {
    icon.destroy();
    buffers.into_iter().for_each(Buffers::destroy);
}

impl Dispatch<XdgToplevelIconManagerV1, ()> for State {
    fn event(
        state: &mut State,
        _manager: &XdgToplevelIconManagerV1,
        event: xdg_toplevel_icon_manager_v1::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let xdg_toplevel_icon_manager_v1::Event::IconSize { size } = event
            && let Some(size) = u32::try_from(size).ok().filter(|size| (1..=LARGEST).contains(size))
        {
            state.window_icons.preferred.push(size);
        }
    }
}

delegate_noop!(State: XdgToplevelIconV1);
