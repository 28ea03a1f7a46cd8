//! A window: an xdg toplevel with the picture that it shows.

use crate::buffers::Buffers;
use crate::connection::{Globals, State};
use crate::frame::{self, Drawn, Frame, Look, Shape};
use concord_desktop::display::{
    DisplayError, Event, FrameAction, Limits, OutputId, Picture, PixelRect, Placement, WindowId, WindowOptions,
};
use wayland_client::protocol::wl_callback::{self, WlCallback};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::protocol::wl_surface::{self, WlSurface};
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, WEnum, delegate_noop};
use wayland_protocols::wp::fractional_scale::v1::client::wp_fractional_scale_v1::{self, WpFractionalScaleV1};
use wayland_protocols::wp::viewporter::client::wp_viewport::WpViewport;
use wayland_protocols::xdg::decoration::zv1::client::zxdg_toplevel_decoration_v1::{
    self, Mode, ZxdgToplevelDecorationV1,
};
use wayland_protocols::xdg::dialog::v1::client::xdg_dialog_v1::XdgDialogV1;
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
    dialog: Option<XdgDialogV1>,
    viewport: Option<WpViewport>,
    fractional: Option<WpFractionalScaleV1>,
    buffers: Buffers,
    /// Its own frame, for when the desktop draws none; nothing for windows without one.
    frame: Option<Frame>,
    title: String,
    capabilities: Capabilities,
    /// What is behind it shows through.
    transparent: bool,
    /// The size that it has when the compositor leaves it the choice.
    own_size: (u32, u32),
    limits: Limits,
    /// The monitors that a part of it is on, the one that it came to last at the end.
    outputs: Vec<OutputId>,
    /// What a configure sequence has said so far.
    coming: Coming,
    placement: Placement,
    /// The height of the title bar that the desktop's idea of the limits counts with.
    limited_for: u32,
    /// The first configure sequence is over.
    placed: bool,
    /// Where the window with its frame is, from the top left of the content, as the desktop was told.
    geometry: Option<(i32, i32, i32, i32)>,
    /// A frame callback is outstanding.
    waiting: bool,
    /// The size in logical pixels and the scale of the last picture.
    presented: Option<((u32, u32), f64)>,
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
        let surface = globals.compositor.create_surface(queue, ());
        let xdg = globals.shell.get_xdg_surface(&surface, queue, id);
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
        // Sizes in parts of a pixel need both protocols.
        let (viewport, fractional) = match (&globals.viewporter, &globals.fractional_scale) {
            (Some(viewporter), Some(manager)) => (
                Some(viewporter.get_viewport(&surface, queue, ())),
                Some(manager.get_fractional_scale(&surface, queue, id)),
            ),
            _ => (None, None),
        };
        let frame = if options.framed { Frame::new(id, &surface, globals, queue) } else { None };
        let mut window = Window {
            frame,
            title: options.title.clone(),
            // Those that say nothing may do everything.
            capabilities: Capabilities { minimize: true, maximize: true },
            surface,
            xdg,
            toplevel,
            decoration,
            dialog,
            viewport,
            fractional,
            buffers: Buffers::default(),
            transparent: options.transparent,
            own_size: options.limits.clamp(options.size),
            limits: options.limits,
            outputs: Vec::new(),
            coming: Coming::default(),
            placement: Placement {
                size: options.size,
                scale: 1.0,
                maximized: false,
                fullscreen: false,
                active: false,
                suspended: false,
                output: None,
            },
            limited_for: 0,
            placed: false,
            waiting: false,
            presented: None,
            geometry: None,
        };
        window.send_limits();
        window.surface.commit();
        window
    }

    pub(crate) fn surface(&self) -> &WlSurface {
        &self.surface
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
        self.placement.maximized
    }

    /// People can make it fill the room that there is.
    pub(crate) fn can_maximize(&self) -> bool {
        self.capabilities.maximize && self.limits.max == (0, 0)
    }

    /// It is the one that people work with.
    pub(crate) fn is_active(&self) -> bool {
        self.placement.active
    }

    pub(crate) fn close(self) {
        if let Some(dialog) = self.dialog {
            dialog.destroy();
        }
        if let Some(frame) = self.frame {
            frame.destroy();
        }
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

    pub(crate) fn set_title(&mut self, title: &str) {
        title.clone_into(&mut self.title);
        self.toplevel.set_title(title.to_owned());
    }

    /// How its own frame is to look; nothing when it has none now.
    fn drawn(&self, dark: bool) -> Option<Drawn> {
        let frame = self.frame.as_ref().filter(|_| self.coming.framed_by_us())?;
        let placement = &self.placement;
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
        let geometry = frame::geometry(self.placement.size, wanted.is_some());
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
        let same_size = self.presented == Some((self.placement.size, self.placement.scale));
        if same_size && self.update_frame(look, dark, globals, queue) {
            self.surface.commit();
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
        if self.placement.maximized || self.placement.fullscreen || !self.placed || self.placement.size == size {
            return None;
        }
        self.placement.size = size;
        Some(self.placement)
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

    pub(crate) fn is_ready(&self) -> bool {
        self.placed && !self.waiting && self.buffers.has_free()
    }

    /// A buffer is free again. Returns whether that makes the window ready.
    pub(crate) fn released(&mut self, number: u64) -> bool {
        if let Some(frame) = &mut self.frame {
            frame.release(number);
        }
        self.buffers.release(number) && self.is_ready()
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
        self.presented = Some((self.placement.size, self.placement.scale));
        self.update_frame(look, dark, globals, queue);
        self.surface.frame(queue, id);
        self.waiting = true;
        if !self.transparent {
            let region = globals.compositor.create_region(queue, ());
            region.add(0, 0, i32::MAX, i32::MAX);
            self.surface.set_opaque_region(Some(&region));
            region.destroy();
        }
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
        let title = self.title_height();
        let content = |(width, height): (u32, u32)| (width, height.saturating_sub(title).max(1));
        let own = || self.limits.clamp(fit(self.own_size, coming.bounds.map(content)));
        let size = coming.size.map_or_else(own, content);
        self.placement = Placement {
            size: (size.0.max(1), size.1.max(1)),
            maximized: coming.maximized,
            fullscreen: coming.fullscreen,
            active: coming.active,
            suspended: coming.suspended,
            ..self.placement
        };
        if !coming.maximized && !coming.fullscreen {
            self.own_size = self.placement.size;
        }
        self.placed = true;
        if self.limited_for != title {
            self.limited_for = title;
            self.send_limits();
        }
        Event::Placed { window: self.id(), placement: self.placement }
    }

    /// It came to a monitor, or left it. Returns how it is shown from now on, when that is another way.
    fn moved(&mut self, output: OutputId, came: bool) -> Option<Placement> {
        self.outputs.retain(|known| *known != output);
        if came {
            self.outputs.push(output);
        }
        // One that is on two stays where it was, until it has left.
        let now = self.placement.output.filter(|output| self.outputs.contains(output)).or(self.outputs.last().copied());
        (std::mem::replace(&mut self.placement.output, now) != now && self.placed).then_some(self.placement)
    }

    /// The monitors that a part of it is on; none before it is shown.
    pub(crate) fn outputs(&self) -> &[OutputId] {
        &self.outputs
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
        if let xdg_surface::Event::Configure { serial } = event
            && let Some(window) = state.windows.get_mut(id)
        {
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

/// Which monitors a window is on.
impl Dispatch<WlSurface, ()> for State {
    fn event(
        state: &mut State,
        surface: &WlSurface,
        event: wl_surface::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let (output, came) = match event {
            wl_surface::Event::Enter { output } => (output, true),
            wl_surface::Event::Leave { output } => (output, false),
            _ => return,
        };
        let (Some(id), Some(output)) = (state.window_of(surface), output.data::<OutputId>().copied()) else { return };
        let moved = state.windows.get_mut(&id).and_then(|window| window.moved(output, came));
        if let Some(placement) = moved {
            state.events.push(Event::Placed { window: id, placement });
        }
        state.follow_outputs();
    }
}

delegate_noop!(State: XdgDialogV1);
