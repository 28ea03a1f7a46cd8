//! A window: an xdg toplevel with the picture that it shows.

use crate::connection::{Globals, State};
use crate::frame::{self, Drawn, Frame, Look, Shape};
use crate::sheet::Sheet;
use concord_desktop::display::{
    DisplayError, Event, FrameAction, Limits, Picture, PixelRect, Placement, WindowId, WindowOptions,
};
use std::collections::BTreeMap;
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, Dispatch, QueueHandle, WEnum, delegate_noop};
use wayland_protocols::xdg::decoration::zv1::client::zxdg_toplevel_decoration_v1::{
    self, Mode, ZxdgToplevelDecorationV1,
};
use wayland_protocols::xdg::dialog::v1::client::xdg_dialog_v1::XdgDialogV1;
use wayland_protocols::xdg::foreign::zv2::client::zxdg_exported_v2::{self, ZxdgExportedV2};
use wayland_protocols::xdg::shell::client::xdg_surface::{self, XdgSurface};
use wayland_protocols::xdg::shell::client::xdg_toplevel::{self, XdgToplevel};

/// All windows.
pub(crate) type Windows = BTreeMap<WindowId, Window>;

/// A window.
pub(crate) struct Window {
    pub(crate) sheet: Sheet,
    xdg: XdgSurface,
    toplevel: XdgToplevel,
    decoration: Option<ZxdgToplevelDecorationV1>,
    dialog: Option<XdgDialogV1>,
    /// For programs that put dialogs above it.
    exported: Option<ZxdgExportedV2>,
    /// Its own frame, for when the desktop draws none; nothing for windows without one.
    frame: Option<Frame>,
    title: String,
    capabilities: Capabilities,
    /// The size that it has when the compositor leaves it the choice.
    own_size: (u32, u32),
    limits: Limits,
    /// What a configure sequence has said so far.
    coming: Coming,
    /// The height of the title bar that the desktop's idea of the limits counts with.
    limited_for: u32,
    /// Where the window with its frame is, from the top left of the content, as the desktop was told.
    geometry: Option<(i32, i32, i32, i32)>,
}

/// What the desktop does with windows when it is asked to.
#[derive(Clone, Copy)]
struct Capabilities {
    minimize: bool,
    maximize: bool,
}

/// A state that the next `xdg_surface.configure` makes valid.
#[derive(Clone, Copy, Default)]
struct Coming {
    size: Option<(u32, u32)>,
    /// The room that there is for a window of its own size.
    bounds: Option<(u32, u32)>,
    maximized: bool,
    fullscreen: bool,
    active: bool,
    suspended: bool,
    tiled: bool,
    framed_by_desktop: bool,
}

impl Coming {
    /// Whether the window has its own frame then.
    fn framed_by_us(&self) -> bool {
        !self.framed_by_desktop && !self.fullscreen
    }
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
        let sheet = Sheet::new(globals, queue, id, options.size, options.transparent);
        let xdg = globals.shell.get_xdg_surface(sheet.surface(), queue, id);
        let toplevel = xdg.get_toplevel(queue, id);
        toplevel.set_title(options.title.clone());
        toplevel.set_app_id(options.app_id.clone());
        toplevel.set_parent(parent.map(|parent| &parent.toplevel));
        let decoration = globals.decorations.as_ref().map(|manager| {
            let decoration = manager.get_toplevel_decoration(&toplevel, queue, id);
            // A window without a frame says that it draws its own, and draws none.
            decoration.set_mode(if options.framed { Mode::ServerSide } else { Mode::ClientSide });
            decoration
        });
        let dialog = globals.dialogs.as_ref().filter(|_| parent.is_some() && options.modal).map(|manager| {
            let dialog = manager.get_xdg_dialog(&toplevel, queue, ());
            dialog.set_modal();
            dialog
        });
        let exported = globals.exporter.as_ref().map(|exporter| exporter.export_toplevel(sheet.surface(), queue, id));
        let frame = if options.framed { Frame::new(id, sheet.surface(), globals, queue) } else { None };
        let mut window = Window {
            frame,
            title: options.title.clone(),
            // Those that say nothing may do everything.
            capabilities: Capabilities { minimize: true, maximize: true },
            sheet,
            xdg,
            toplevel,
            decoration,
            dialog,
            exported,
            own_size: options.limits.clamp(options.size),
            limits: options.limits,
            coming: Coming::default(),
            limited_for: 0,
            geometry: None,
        };
        window.send_limits();
        window.sheet.surface().commit();
        window
    }

    pub(crate) fn surface(&self) -> &WlSurface {
        self.sheet.surface()
    }

    pub(crate) fn xdg(&self) -> &XdgSurface {
        &self.xdg
    }

    /// Where the desktop sees its top left corner, from that of the content: higher when it has its own frame.
    pub(crate) fn corner(&self) -> (i32, i32) {
        self.geometry.map_or((0, 0), |(x, y, _, _)| (x, y))
    }

    pub(crate) fn toplevel(&self) -> &XdgToplevel {
        &self.toplevel
    }

    pub(crate) fn frame(&self) -> Option<&Frame> {
        self.frame.as_ref()
    }

    pub(crate) fn frame_mut(&mut self) -> Option<&mut Frame> {
        self.frame.as_mut()
    }

    pub(crate) fn is_maximized(&self) -> bool {
        self.sheet.placement.maximized
    }

    /// People can make it fill the room that there is.
    pub(crate) fn can_maximize(&self) -> bool {
        self.capabilities.maximize && self.limits.max == (0, 0)
    }

    /// It is the one that people work with.
    pub(crate) fn is_active(&self) -> bool {
        self.sheet.placement.active
    }

    pub(crate) fn close(self) {
        if let Some(exported) = self.exported {
            exported.destroy();
        }
        if let Some(dialog) = self.dialog {
            dialog.destroy();
        }
        if let Some(frame) = self.frame {
            frame.destroy();
        }
        if let Some(decoration) = self.decoration {
            decoration.destroy();
        }
        self.toplevel.destroy();
        self.xdg.destroy();
        self.sheet.destroy();
    }

    pub(crate) fn set_title(&mut self, title: &str) {
        title.clone_into(&mut self.title);
        self.toplevel.set_title(title.to_owned());
    }

    /// How its own frame is to look; nothing when it has none now.
    fn drawn(&self, dark: bool) -> Option<Drawn> {
        let frame = self.frame.as_ref().filter(|_| self.coming.framed_by_us())?;
        let placement = &self.sheet.placement;
        Some(Drawn {
            shape: Shape {
                size: placement.size,
                filled: placement.maximized || self.coming.tiled,
                minimizes: self.capabilities.minimize,
                maximizes: self.can_maximize(),
            },
            title: self.title.clone(),
            scale: placement.scale,
            active: placement.active,
            dark,
            maximized: placement.maximized,
            hovered: frame.hovered,
            pressed: frame.pressed,
        })
    }

    /// Brings its own frame up to date, together with the next commit of the window. Returns whether it differs.
    fn update_frame(&mut self, look: &mut Look, dark: bool, globals: &Globals, queue: &QueueHandle<State>) -> bool {
        let wanted = self.drawn(dark);
        let Some(frame) = &mut self.frame else { return false };
        let geometry = frame::geometry(self.sheet.placement.size, wanted.is_some());
        // Until there is a frame, the window is where its content is.
        let moved = (wanted.is_some() || self.geometry.is_some()) && self.geometry != Some(geometry);
        let changed = frame.show(wanted, look, globals, queue).unwrap_or_else(|error| {
            tracing::error!("the frame of a window cannot be drawn: {error}");
            false
        });
        if moved {
            self.geometry = Some(geometry);
            let (x, y, width, height) = geometry;
            self.xdg.set_window_geometry(x, y, width.max(1), height.max(1));
        }
        changed || moved
    }

    /// Brings its own frame up to date at once, when the content need not be drawn again for it.
    pub(crate) fn refresh_frame(&mut self, look: &mut Look, dark: bool, globals: &Globals, queue: &QueueHandle<State>) {
        if self.sheet.is_current() && self.update_frame(look, dark, globals, queue) {
            self.sheet.surface().commit();
        }
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
        let size = self.limits.clamp(size);
        self.own_size = size;
        if self.sheet.placement.maximized
            || self.sheet.placement.fullscreen
            || !self.sheet.placed
            || self.sheet.placement.size == size
        {
            return None;
        }
        self.sheet.placement.size = size;
        Some(self.sheet.placement)
    }

    /// Other limits; what follows for the size.
    pub(crate) fn set_limits(&mut self, limits: Limits) -> Option<Placement> {
        self.limits = limits;
        self.send_limits();
        self.resize(self.own_size)
    }

    fn send_limits(&mut self) {
        let side = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
        // A largest size below the least one is a protocol error.
        let largest = |least: u32, most: u32| if most == 0 { 0 } else { side(most.max(least)) };
        let Limits { min, max } = self.limits;
        // They count with the frame.
        let title = self.title_height();
        let with_title = |height: u32| if height == 0 { 0 } else { height.saturating_add(title) };
        self.toplevel.set_min_size(side(min.0), side(with_title(min.1)));
        self.toplevel.set_max_size(largest(min.0, max.0), largest(with_title(min.1), with_title(max.1)));
    }

    /// Height of its own title bar in logical pixels; 0 when it has none.
    fn title_height(&self) -> u32 {
        if self.frame.is_some() && self.coming.framed_by_us() { frame::TITLE } else { 0 }
    }

    /// Shows a picture.
    pub(crate) fn present(
        &mut self,
        globals: &Globals,
        queue: &QueueHandle<State>,
        (look, dark): (&mut Look, bool),
        picture: Picture<'_>,
        damage: &[PixelRect],
    ) -> Result<(), DisplayError> {
        if self.sheet.attach(globals, queue, picture, damage)? {
            self.update_frame(look, dark, globals, queue);
            self.sheet.commit(globals, queue);
        }
        Ok(())
    }

    /// A configure sequence is complete.
    fn configure(&mut self, serial: u32) -> Event {
        self.xdg.ack_configure(serial);
        let coming = self.coming;
        let title = self.title_height();
        let content = |(width, height): (u32, u32)| (width, height.saturating_sub(title).max(1));
        let own = || self.limits.clamp(fit(self.own_size, coming.bounds.map(content)));
        let size = coming.size.map_or_else(own, content);
        self.sheet.placement = Placement {
            size: (size.0.max(1), size.1.max(1)),
            maximized: coming.maximized,
            fullscreen: coming.fullscreen,
            active: coming.active,
            suspended: coming.suspended,
            ..self.sheet.placement
        };
        if !coming.maximized && !coming.fullscreen {
            self.own_size = self.sheet.placement.size;
        }
        self.sheet.placed = true;
        if self.limited_for != title {
            self.limited_for = title;
            self.send_limits();
        }
        Event::Placed { window: self.sheet.id(), placement: self.sheet.placement }
    }
}

/// States in which the window touches an edge of its room.
const TILED: [xdg_toplevel::State; 4] = [
    xdg_toplevel::State::TiledLeft,
    xdg_toplevel::State::TiledRight,
    xdg_toplevel::State::TiledTop,
    xdg_toplevel::State::TiledBottom,
];

/// The numbers of an array of the protocol.
fn numbers(array: &[u8]) -> Vec<u32> {
    array.chunks_exact(4).filter_map(|bytes| bytes.try_into().ok().map(u32::from_ne_bytes)).collect()
}

/// A size within the room that there is.
fn fit(size: (u32, u32), room: Option<(u32, u32)>) -> (u32, u32) {
    room.map_or(size, |room| (size.0.min(room.0), size.1.min(room.1)))
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
        let xdg_surface::Event::Configure { serial } = event else { return };
        if state.popups.contains_key(id) {
            state.popup_configured(*id, serial);
        } else if let Some(window) = state.windows.get_mut(id) {
            let placed = window.configure(serial);
            state.events.push(placed);
            window.refresh_frame(&mut state.look, state.dark, &state.globals, &state.queue);
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
                let states = numbers(&states);
                let has = |wanted: xdg_toplevel::State| states.contains(&(wanted as u32));
                window.coming = Coming {
                    size: (width > 0 && height > 0).then_some((width as u32, height as u32)),
                    maximized: has(xdg_toplevel::State::Maximized),
                    fullscreen: has(xdg_toplevel::State::Fullscreen),
                    active: has(xdg_toplevel::State::Activated),
                    suspended: has(xdg_toplevel::State::Suspended),
                    tiled: TILED.into_iter().any(has),
                    ..window.coming
                };
            }
            xdg_toplevel::Event::WmCapabilities { capabilities } => {
                let all: Vec<u32> = numbers(&capabilities);
                let has = |wanted: xdg_toplevel::WmCapabilities| all.contains(&(wanted as u32));
                window.capabilities = Capabilities {
                    minimize: has(xdg_toplevel::WmCapabilities::Minimize),
                    maximize: has(xdg_toplevel::WmCapabilities::Maximize),
                };
            }
            xdg_toplevel::Event::ConfigureBounds { width, height } => {
                window.coming.bounds = (width > 0 && height > 0).then_some((width as u32, height as u32));
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
            window.coming.framed_by_desktop = mode == WEnum::Value(Mode::ServerSide);
        }
    }
}

impl Dispatch<ZxdgExportedV2, WindowId> for State {
    fn event(
        state: &mut State,
        _exported: &ZxdgExportedV2,
        event: zxdg_exported_v2::Event,
        id: &WindowId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let zxdg_exported_v2::Event::Handle { handle } = event {
            state.events.push(Event::Exported { window: *id, handle: format!("wayland:{handle}") });
        }
    }
}

delegate_noop!(State: XdgDialogV1);
