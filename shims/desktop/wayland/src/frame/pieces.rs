//! The surfaces of a frame.

use super::look::{Drawn, Look};
use super::{Area, Kind, Part, TITLE};
use crate::buffers::Buffers;
use crate::connection::{Globals, State};
use concord_desktop::display::{DisplayError, Picture, PixelRect, WindowId};
use wayland_client::protocol::wl_subcompositor::WlSubcompositor;
use wayland_client::protocol::wl_subsurface::WlSubsurface;
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{QueueHandle, delegate_noop};
use wayland_protocols::wp::viewporter::client::wp_viewport::WpViewport;

/// The frame of a window.
pub(crate) struct Frame {
    window: WindowId,
    pieces: Vec<Piece>,
    /// What is shown; nothing while there is no frame.
    shown: Option<Drawn>,
    pub(crate) hovered: Option<Part>,
    pub(crate) pressed: Option<Part>,
}

struct Piece {
    kind: Kind,
    surface: WlSurface,
    place: WlSubsurface,
    viewport: Option<WpViewport>,
    buffers: Buffers,
}

impl Frame {
    /// A frame that is not seen yet; none on compositors that cannot show parts of windows.
    pub(crate) fn new(
        window: WindowId,
        parent: &WlSurface,
        globals: &Globals,
        queue: &QueueHandle<State>,
    ) -> Option<Frame> {
        let subcompositor = globals.subcompositor.as_ref()?;
        let pieces = Kind::ALL.iter().enumerate().map(|(index, kind)| {
            let surface = globals.compositor.create_surface(queue, ());
            Piece {
                kind: *kind,
                place: subcompositor.get_subsurface(&surface, parent, queue, ()),
                viewport: globals.viewporter.as_ref().map(|viewporter| viewporter.get_viewport(&surface, queue, ())),
                surface,
                // The numbers of a window's buffers are its own.
                buffers: Buffers::counting_from((index as u64 + 1) << 32),
            }
        });
        Some(Frame { window, pieces: pieces.collect(), shown: None, hovered: None, pressed: None })
    }

    /// What is shown of it.
    pub(crate) fn shown(&self) -> Option<&Drawn> {
        self.shown.as_ref()
    }

    /// Where the piece that has this surface lies, from the top left of the content.
    pub(crate) fn place_of(&self, surface: &WlSurface) -> Option<(i32, i32)> {
        let piece = self.pieces.iter().find(|piece| piece.surface == *surface)?;
        let Area { x, y, .. } = self.shown.as_ref()?.shape.area(piece.kind);
        Some((x, y))
    }

    /// The compositor no longer reads a buffer.
    pub(crate) fn release(&mut self, number: u64) {
        for piece in &mut self.pieces {
            piece.buffers.release(number);
        }
    }

    /// Shows it like this, or not at all. What changes is seen when the window is committed. Returns whether anything does.
    pub(crate) fn show(
        &mut self,
        wanted: Option<Drawn>,
        look: &mut Look,
        globals: &Globals,
        queue: &QueueHandle<State>,
    ) -> Result<bool, DisplayError> {
        if wanted == self.shown {
            return Ok(false);
        }
        let same_edges = match (&wanted, &self.shown) {
            (Some(new), Some(old)) => new.same_edges(old),
            _ => false,
        };
        let window = self.window;
        for piece in self.pieces.iter_mut().filter(|piece| piece.kind == Kind::Title || !same_edges) {
            match wanted.as_ref().filter(|wanted| piece.kind == Kind::Title || !wanted.shape.filled) {
                Some(drawn) => piece.show(window, drawn, look, globals, queue)?,
                None => {
                    piece.surface.attach(None, 0, 0);
                    piece.surface.commit();
                }
            }
        }
        self.shown = wanted;
        Ok(true)
    }

    pub(crate) fn destroy(self) {
        for piece in self.pieces {
            if let Some(viewport) = piece.viewport {
                viewport.destroy();
            }
            piece.place.destroy();
            piece.surface.destroy();
            piece.buffers.destroy();
        }
    }
}

impl Piece {
    fn show(
        &mut self,
        window: WindowId,
        drawn: &Drawn,
        look: &mut Look,
        globals: &Globals,
        queue: &QueueHandle<State>,
    ) -> Result<(), DisplayError> {
        let area = drawn.shape.area(self.kind);
        let pixels = match look.draw(self.kind, drawn) {
            Ok(pixels) => pixels,
            Err(error) => {
                tracing::warn!("a part of a window's frame cannot be drawn: {error}");
                return Ok(());
            }
        };
        let (width, height) = (pixels.width(), pixels.height());
        let whole = PixelRect { x: 0, y: 0, width, height };
        let picture = Picture { width, height, rgba: pixels.data() };
        let buffer = self.buffers.write(window, globals, queue, picture, &[whole])?;
        self.surface.attach(Some(buffer), 0, 0);
        self.surface.damage(0, 0, i32::MAX, i32::MAX);
        match &self.viewport {
            Some(viewport) => viewport.set_destination(area.width.max(1) as i32, area.height.max(1) as i32),
            None => self.surface.set_buffer_scale(drawn.scale as i32),
        }
        self.place.set_position(area.x, area.y);
        let input = drawn.shape.input(self.kind);
        let region = globals.compositor.create_region(queue, ());
        region.add(input.x, input.y, input.width as i32, input.height as i32);
        self.surface.set_input_region(Some(&region));
        region.destroy();
        self.surface.commit();
        Ok(())
    }
}

/// The window with its frame but without the shadow, from the top left of the content: x, y, width, height.
pub(crate) fn geometry(size: (u32, u32), framed: bool) -> (i32, i32, i32, i32) {
    let title = if framed { TITLE as i32 } else { 0 };
    (0, -title, size.0 as i32, size.1 as i32 + title)
}

delegate_noop!(State: WlSubcompositor);
delegate_noop!(State: WlSubsurface);
