//! A window: an xdg toplevel with the picture that it shows.

use crate::buffers::Buffers;
use crate::connection::{Globals, State};
use concord_desktop::display::{
    DisplayError, Event, FrameAction, Picture, PixelRect, Placement, WindowId, WindowOptions,
};
use wayland_client::protocol::wl_callback::{self, WlCallback};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, WEnum};
use wayland_protocols::wp::fractional_scale::v1::client::wp_fractional_scale_v1::{self, WpFractionalScaleV1};
use wayland_protocols::wp::viewporter::client::wp_viewport::WpViewport;
use wayland_protocols::xdg::decoration::zv1::client::zxdg_toplevel_decoration_v1::{
    self, Mode, ZxdgToplevelDecorationV1,
};
use wayland_protocols::xdg::shell::client::xdg_surface::{self, XdgSurface};
use wayland_protocols::xdg::shell::client::xdg_toplevel::{self, XdgToplevel};

/// The fractional-scale protocol counts in these parts of one.
const SCALE_PARTS: f64 = 120.0;

/// A window.
pub(crate) struct Window {
    surface: WlSurface,
    xdg: XdgSurface,
    toplevel: XdgToplevel,
    decoration: Option<ZxdgToplevelDecorationV1>,
    viewport: Option<WpViewport>,
    fractional: Option<WpFractionalScaleV1>,
    buffers: Buffers,
    /// The size that it has when the compositor leaves it the choice.
    own_size: (u32, u32),
    min_size: (u32, u32),
    /// What a configure sequence has said so far.
    coming: Coming,
    placement: Placement,
    /// The first configure sequence is over.
    placed: bool,
    /// A frame callback is outstanding.
    waiting: bool,
}

/// A state that the next `xdg_surface.configure` makes valid.
#[derive(Clone, Copy)]
struct Coming {
    size: Option<(u32, u32)>,
    maximized: bool,
    fullscreen: bool,
    active: bool,
    framed: bool,
}

impl Window {
    /// Opens a window.
    pub(crate) fn open(
        globals: &Globals,
        queue: &QueueHandle<State>,
        id: WindowId,
        options: &WindowOptions,
        parent: Option<&Window>,
    ) -> Window {
        let surface = globals.compositor.create_surface(queue, ());
        let xdg = globals.shell.get_xdg_surface(&surface, queue, id);
        let toplevel = xdg.get_toplevel(queue, id);
        toplevel.set_title(options.title.clone());
        toplevel.set_app_id(options.app_id.clone());
        toplevel.set_min_size(options.min_size.0 as i32, options.min_size.1 as i32);
        toplevel.set_parent(parent.map(|parent| &parent.toplevel));
        let decoration = globals.decorations.as_ref().map(|manager| {
            let decoration = manager.get_toplevel_decoration(&toplevel, queue, id);
            decoration.set_mode(Mode::ServerSide);
            decoration
        });
        // Sizes in parts of a pixel need both protocols.
        let (viewport, fractional) = match (&globals.viewporter, &globals.fractional_scale) {
            (Some(viewporter), Some(manager)) => (
                Some(viewporter.get_viewport(&surface, queue, ())),
                Some(manager.get_fractional_scale(&surface, queue, id)),
            ),
            _ => (None, None),
        };
        surface.commit();
        Window {
            surface,
            xdg,
            toplevel,
            decoration,
            viewport,
            fractional,
            buffers: Buffers::default(),
            own_size: options.size,
            min_size: options.min_size,
            coming: Coming { size: None, maximized: false, fullscreen: false, active: false, framed: false },
            placement: Placement {
                size: options.size,
                scale: 1.0,
                maximized: false,
                fullscreen: false,
                active: false,
                framed: false,
            },
            placed: false,
            waiting: false,
        }
    }

    pub(crate) fn surface(&self) -> &WlSurface {
        &self.surface
    }

    pub(crate) fn close(self) {
        if let Some(fractional) = self.fractional {
            fractional.destroy();
        }
        if let Some(viewport) = self.viewport {
            viewport.destroy();
        }
        if let Some(decoration) = self.decoration {
            decoration.destroy();
        }
        self.toplevel.destroy();
        self.xdg.destroy();
        self.surface.destroy();
        self.buffers.destroy();
    }

    pub(crate) fn set_title(&self, title: &str) {
        self.toplevel.set_title(title.to_owned());
    }

    pub(crate) fn act(&self, action: FrameAction, seat: Option<&WlSeat>, serial: u32) {
        match action {
            FrameAction::Move => {
                if let Some(seat) = seat {
                    self.toplevel._move(seat, serial);
                }
            }
            FrameAction::Maximize(true) => self.toplevel.set_maximized(),
            FrameAction::Maximize(false) => self.toplevel.unset_maximized(),
            FrameAction::Fullscreen(true) => self.toplevel.set_fullscreen(None),
            FrameAction::Fullscreen(false) => self.toplevel.unset_fullscreen(),
            FrameAction::Minimize => self.toplevel.set_minimized(),
        }
    }

    /// Another size, when it is the app's to choose.
    pub(crate) fn resize(&mut self, size: (u32, u32)) -> Option<Placement> {
        let size = (size.0.max(self.min_size.0), size.1.max(self.min_size.1));
        self.own_size = size;
        if self.placement.maximized || self.placement.fullscreen || !self.placed || self.placement.size == size {
            return None;
        }
        self.placement.size = size;
        Some(self.placement)
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.placed && !self.waiting && self.buffers.has_free()
    }

    /// A buffer is free again. Returns whether that makes the window ready.
    pub(crate) fn released(&mut self, number: u64) -> bool {
        self.buffers.release(number) && self.is_ready()
    }

    /// Shows a picture.
    pub(crate) fn present(
        &mut self,
        globals: &Globals,
        queue: &QueueHandle<State>,
        picture: Picture<'_>,
        damage: &[PixelRect],
    ) -> Result<(), DisplayError> {
        // A picture that does not fit what was asked for was drawn before it was heard of; the next one will.
        if !self.placed || picture.width == 0 || picture.height == 0 {
            return Ok(());
        }
        let id = self.id();
        let buffer = self.buffers.write(id, globals, queue, picture, damage)?;
        self.surface.attach(Some(buffer), 0, 0);
        for part in damage {
            let [x, y, width, height] = [part.x, part.y, part.width, part.height].map(|side| side as i32);
            if self.surface.version() >= 4 {
                self.surface.damage_buffer(x, y, width, height);
            } else {
                self.surface.damage(0, 0, i32::MAX, i32::MAX);
            }
        }
        match &self.viewport {
            Some(viewport) => {
                viewport.set_destination(self.placement.size.0.max(1) as i32, self.placement.size.1.max(1) as i32);
            }
            None => self.surface.set_buffer_scale(self.placement.scale as i32),
        }
        self.surface.frame(queue, id);
        self.waiting = true;
        let region = globals.compositor.create_region(queue, ());
        region.add(0, 0, i32::MAX, i32::MAX);
        self.surface.set_opaque_region(Some(&region));
        region.destroy();
        self.surface.commit();
        Ok(())
    }

    fn id(&self) -> WindowId {
        self.toplevel.data::<WindowId>().copied().unwrap_or(WindowId(0))
    }

    /// A configure sequence is complete.
    fn configure(&mut self, serial: u32) -> Event {
        self.xdg.ack_configure(serial);
        let coming = self.coming;
        let size = coming.size.unwrap_or(self.own_size);
        self.placement = Placement {
            size: (size.0.max(1), size.1.max(1)),
            maximized: coming.maximized,
            fullscreen: coming.fullscreen,
            active: coming.active,
            framed: coming.framed,
            ..self.placement
        };
        if !coming.maximized && !coming.fullscreen {
            self.own_size = self.placement.size;
        }
        self.placed = true;
        Event::Placed { window: self.id(), placement: self.placement }
    }

    /// Changes the scale. Returns how it is shown from now on, when that is another way.
    pub(crate) fn rescale(&mut self, scale: f64) -> Option<Placement> {
        if (self.placement.scale - scale).abs() < f64::EPSILON {
            return None;
        }
        self.placement.scale = scale;
        self.placed.then_some(self.placement)
    }

    /// Whether its scale is told in whole numbers, by the outputs that it is on.
    pub(crate) fn follows_outputs(&self) -> bool {
        self.fractional.is_none()
    }
}

impl Dispatch<XdgSurface, WindowId> for State {
    fn event(
        state: &mut State,
        _surface: &XdgSurface,
        event: xdg_surface::Event,
        id: &WindowId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let xdg_surface::Event::Configure { serial } = event
            && let Some(window) = state.windows.get_mut(id)
        {
            let placed = window.configure(serial);
            state.events.push(placed);
        }
    }
}

impl Dispatch<XdgToplevel, WindowId> for State {
    fn event(
        state: &mut State,
        _toplevel: &XdgToplevel,
        event: xdg_toplevel::Event,
        id: &WindowId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let Some(window) = state.windows.get_mut(id) else { return };
        match event {
            xdg_toplevel::Event::Configure { width, height, states } => {
                let states: Vec<u32> = states
                    .chunks_exact(4)
                    .map(|bytes| u32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
                    .collect();
                let has = |wanted: xdg_toplevel::State| states.contains(&(wanted as u32));
                window.coming = Coming {
                    size: (width > 0 && height > 0).then_some((width as u32, height as u32)),
                    maximized: has(xdg_toplevel::State::Maximized),
                    fullscreen: has(xdg_toplevel::State::Fullscreen),
                    active: has(xdg_toplevel::State::Activated),
                    framed: window.coming.framed,
                };
            }
            xdg_toplevel::Event::Close => state.events.push(Event::Close { window: *id }),
            _ => {}
        }
    }
}

impl Dispatch<ZxdgToplevelDecorationV1, WindowId> for State {
    fn event(
        state: &mut State,
        _decoration: &ZxdgToplevelDecorationV1,
        event: zxdg_toplevel_decoration_v1::Event,
        id: &WindowId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let zxdg_toplevel_decoration_v1::Event::Configure { mode } = event
            && let Some(window) = state.windows.get_mut(id)
        {
            window.coming.framed = mode == WEnum::Value(Mode::ServerSide);
        }
    }
}

impl Dispatch<WpFractionalScaleV1, WindowId> for State {
    fn event(
        state: &mut State,
        _fractional: &WpFractionalScaleV1,
        event: wp_fractional_scale_v1::Event,
        id: &WindowId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let wp_fractional_scale_v1::Event::PreferredScale { scale } = event
            && let Some(window) = state.windows.get_mut(id)
            && let Some(placement) = window.rescale(f64::from(scale) / SCALE_PARTS)
        {
            state.events.push(Event::Placed { window: *id, placement });
        }
    }
}

/// The compositor wants the next picture.
impl Dispatch<WlCallback, WindowId> for State {
    fn event(
        state: &mut State,
        _callback: &WlCallback,
        event: wl_callback::Event,
        id: &WindowId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let wl_callback::Event::Done { .. } = event
            && let Some(window) = state.windows.get_mut(id)
        {
            window.waiting = false;
            if window.is_ready() {
                state.events.push(Event::Ready { window: *id });
            }
        }
    }
}
