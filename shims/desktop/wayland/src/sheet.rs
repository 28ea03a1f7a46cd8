//! What a window and a popup have in common: a surface with a picture, which the compositor asks for again and again.

use crate::buffers::Buffers;
use crate::connection::{Globals, State};
use concord_desktop::display::{DisplayError, Event, OutputId, Picture, PixelRect, Placement, WindowId};
use wayland_client::protocol::wl_buffer::{self, WlBuffer};
use wayland_client::protocol::wl_callback::{self, WlCallback};
use wayland_client::protocol::wl_surface::{self, WlSurface};
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle};
use wayland_protocols::wp::fractional_scale::v1::client::wp_fractional_scale_v1::{self, WpFractionalScaleV1};
use wayland_protocols::wp::viewporter::client::wp_viewport::WpViewport;

/// The fractional-scale protocol counts in these parts of one.
const SCALE_PARTS: f64 = 120.0;

/// A surface and its picture.
pub(crate) struct Sheet {
    id: WindowId,
    surface: WlSurface,
    viewport: Option<WpViewport>,
    fractional: Option<WpFractionalScaleV1>,
    buffers: Buffers,
    /// What is behind it shows through.
    transparent: bool,
    /// The monitors that a part of it is on, the one that it came to last at the end.
    outputs: Vec<OutputId>,
    pub(crate) placement: Placement,
    /// The first configure sequence is over.
    pub(crate) placed: bool,
    /// A frame callback is outstanding.
    waiting: bool,
    /// The size in logical pixels and the scale of the last picture.
    presented: Option<((u32, u32), f64)>,
}

impl Sheet {
    /// A surface without a picture, which is nowhere yet.
    pub(crate) fn new(
        globals: &Globals,
        queue: &QueueHandle<State>,
        id: WindowId,
        size: (u32, u32),
        transparent: bool,
    ) -> Sheet {
        let surface = globals.compositor.create_surface(queue, ());
        // Sizes in parts of a pixel need both protocols.
        let (viewport, fractional) = match (&globals.viewporter, &globals.fractional_scale) {
            (Some(viewporter), Some(manager)) => (
                Some(viewporter.get_viewport(&surface, queue, ())),
                Some(manager.get_fractional_scale(&surface, queue, id)),
            ),
            _ => (None, None),
        };
        Sheet {
            id,
            surface,
            viewport,
            fractional,
            buffers: Buffers::default(),
            transparent,
            outputs: Vec::new(),
            placement: Placement {
                size,
                position: None,
                scale: 1.0,
                maximized: false,
                fullscreen: false,
                active: false,
                suspended: false,
                output: None,
            },
            placed: false,
            waiting: false,
            presented: None,
        }
    }

    pub(crate) fn surface(&self) -> &WlSurface {
        &self.surface
    }

    /// Which window or popup it is.
    pub(crate) fn id(&self) -> WindowId {
        self.id
    }

    /// Gives everything back, after the role of the surface.
    pub(crate) fn destroy(self) {
        if let Some(fractional) = self.fractional {
            fractional.destroy();
        }
        if let Some(viewport) = self.viewport {
            viewport.destroy();
        }
        self.surface.destroy();
        self.buffers.destroy();
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.placed && !self.waiting && self.buffers.has_free()
    }

    /// Whether the last picture has the size that is wanted now.
    pub(crate) fn is_current(&self) -> bool {
        self.presented == Some((self.placement.size, self.placement.scale))
    }

    /// A buffer is free again. Returns whether that makes it ready.
    pub(crate) fn released(&mut self, number: u64) -> bool {
        self.buffers.release(number) && self.is_ready()
    }

    /// Puts a picture on the surface, which [`Sheet::commit`] shows. Returns whether it does: one that does not fit what was asked
    /// for was drawn before it was heard of; the next one will.
    pub(crate) fn attach(
        &mut self,
        globals: &Globals,
        queue: &QueueHandle<State>,
        picture: Picture<'_>,
        damage: &[PixelRect],
    ) -> Result<bool, DisplayError> {
        if !self.placed || picture.width == 0 || picture.height == 0 {
            return Ok(false);
        }
        let buffer = self.buffers.write(self.id, globals, queue, picture, damage)?;
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
        Ok(true)
    }

    /// Shows what was put on it.
    pub(crate) fn commit(&mut self, globals: &Globals, queue: &QueueHandle<State>) {
        self.surface.frame(queue, self.id);
        self.waiting = true;
        if !self.transparent {
            let region = globals.compositor.create_region(queue, ());
            region.add(0, 0, i32::MAX, i32::MAX);
            self.surface.set_opaque_region(Some(&region));
            region.destroy();
        }
        self.surface.commit();
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

impl State {
    /// All surfaces with pictures of the app.
    fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.windows.values().map(|window| &window.sheet).chain(self.popups.values().map(|popup| &popup.sheet))
    }

    /// All of them, to be changed.
    pub(crate) fn sheets_mut<'a>(
        windows: &'a mut crate::window::Windows,
        popups: &'a mut crate::popup::Popups,
    ) -> impl Iterator<Item = &'a mut Sheet> {
        let popups = popups.values_mut().map(|popup| &mut popup.sheet);
        windows.values_mut().map(|window| &mut window.sheet).chain(popups)
    }

    /// That of a window or a popup.
    pub(crate) fn sheet(&self, id: WindowId) -> Option<&Sheet> {
        let window = self.windows.get(&id).map(|window| &window.sheet);
        window.or_else(|| self.popups.get(&id).map(|popup| &popup.sheet))
    }

    fn sheet_mut(&mut self, id: WindowId) -> Option<&mut Sheet> {
        let window = self.windows.get_mut(&id).map(|window| &mut window.sheet);
        window.or_else(|| self.popups.get_mut(&id).map(|popup| &mut popup.sheet))
    }

    /// The window or popup of a surface.
    pub(crate) fn window_of(&self, surface: &WlSurface) -> Option<WindowId> {
        self.sheets().find(|sheet| sheet.surface() == surface).map(Sheet::id)
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
            && let Some(sheet) = state.sheet_mut(*id)
            && let Some(placement) = sheet.rescale(f64::from(scale) / SCALE_PARTS)
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
            && let Some(sheet) = state.sheet_mut(*id)
        {
            sheet.waiting = false;
            if sheet.is_ready() {
                state.events.push(Event::Ready { window: *id });
            }
        }
    }
}

/// A buffer is told apart by its window or popup and its own number.
impl Dispatch<WlBuffer, (WindowId, u64)> for State {
    fn event(
        state: &mut State,
        _buffer: &WlBuffer,
        event: wl_buffer::Event,
        (id, number): &(WindowId, u64),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        let wl_buffer::Event::Release = event else { return };
        if let Some(frame) = state.windows.get_mut(id).and_then(crate::window::Window::frame_mut) {
            frame.release(*number);
        }
        if state.sheet_mut(*id).is_some_and(|sheet| sheet.released(*number)) {
            state.events.push(Event::Ready { window: *id });
        }
    }
}

/// Which monitors it is on.
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
        let moved = state.sheet_mut(id).and_then(|sheet| sheet.moved(output, came));
        if let Some(placement) = moved {
            state.events.push(Event::Placed { window: id, placement });
        }
        state.follow_outputs();
    }
}
