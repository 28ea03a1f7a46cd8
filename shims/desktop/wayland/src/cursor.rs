//! What the pointer looks like: by name where the compositor draws it, else from the desktop's cursor theme.

use crate::buffers::Buffers;
use crate::connection::State;
use concord_desktop::display::{Cursor, DisplayError, PixelRect, PointerIcon, WindowId};
use wayland_client::protocol::wl_pointer::WlPointer;
use wayland_client::protocol::wl_shm::WlShm;
use wayland_client::protocol::wl_surface::WlSurface;
use wayland_client::{Connection, QueueHandle, delegate_noop};
use wayland_cursor::CursorTheme;
use wayland_protocols::wp::cursor_shape::v1::client::wp_cursor_shape_device_v1::{Shape, WpCursorShapeDeviceV1};
use wayland_protocols::wp::cursor_shape::v1::client::wp_cursor_shape_manager_v1::WpCursorShapeManagerV1;
use wayland_protocols::wp::viewporter::client::wp_viewport::WpViewport;

/// Size of a themed cursor in px.
const SIZE: u32 = 24;

/// Cursors.
pub(crate) struct Cursors {
    connection: Connection,
    shm: WlShm,
    surface: WlSurface,
    shapes: Option<WpCursorShapeManagerV1>,
    device: Option<WpCursorShapeDeviceV1>,
    /// Loaded when it is first needed.
    theme: Option<CursorTheme>,
    current: Cursor,
    own: Option<Own>,
}

/// The app's own picture.
struct Own {
    surface: WlSurface,
    viewport: Option<WpViewport>,
    buffers: Buffers,
    hotspot: (i32, i32),
}

impl Own {
    fn destroy(self) {
        if let Some(viewport) = self.viewport {
            viewport.destroy();
        }
        self.surface.destroy();
        self.buffers.destroy();
    }
}

/// Stands for the buffer of that picture: no window has this number.
const OWN: WindowId = WindowId(u32::MAX - 1);

impl Cursors {
    pub(crate) fn new(
        connection: Connection,
        shm: WlShm,
        surface: WlSurface,
        shapes: Option<WpCursorShapeManagerV1>,
    ) -> Cursors {
        Cursors { connection, shm, surface, shapes, device: None, theme: None, current: Cursor::Default, own: None }
    }

    /// The pointer has come or gone.
    pub(crate) fn attach(&mut self, pointer: Option<&WlPointer>, queue: &QueueHandle<State>) {
        match (pointer, &self.shapes) {
            (Some(pointer), Some(shapes)) => {
                self.device.get_or_insert_with(|| shapes.get_pointer(pointer, queue, ()));
            }
            _ => {
                if let Some(device) = self.device.take() {
                    device.destroy();
                }
            }
        }
    }

    fn show(&mut self, pointer: &WlPointer, serial: u32, cursor: Cursor) {
        if let (Cursor::Own, Some(own)) = (cursor, &self.own) {
            pointer.set_cursor(serial, Some(&own.surface), own.hotspot.0, own.hotspot.1);
            return;
        }
        let Some((shape, names)) = looks(cursor) else {
            pointer.set_cursor(serial, None, 0, 0);
            return;
        };
        if let Some(device) = &self.device {
            device.set_shape(serial, shape);
            return;
        }
        if self.theme.is_none() {
            self.theme = CursorTheme::load(&self.connection, self.shm.clone(), SIZE).ok();
        }
        let Some(theme) = &mut self.theme else { return };
        let Some(name) = names.iter().find(|name| theme.get_cursor(name).is_some()) else { return };
        let Some(cursor) = theme.get_cursor(name) else { return };
        let image = &cursor[0];
        let (x, y) = image.hotspot();
        let (width, height) = image.dimensions();
        self.surface.attach(Some(image), 0, 0);
        self.surface.damage(0, 0, width as i32, height as i32);
        self.surface.commit();
        pointer.set_cursor(serial, Some(&self.surface), x as i32, y as i32);
    }
}

impl State {
    /// Changes the cursor.
    pub(crate) fn show_cursor(&mut self, cursor: Cursor) {
        if self.cursors.current != cursor {
            self.cursors.current = cursor;
            self.show_current_cursor();
        }
    }

    /// See [`concord_desktop::display::Display::set_cursor_picture`].
    pub(crate) fn set_cursor_picture(&mut self, icon: PointerIcon<'_>) -> Result<(), DisplayError> {
        let State { globals, queue, cursors, .. } = self;
        let picture = icon.picture;
        let (width, height) = (picture.width, picture.height);
        let surface = globals.compositor.create_surface(queue, ());
        let mut own = Own {
            viewport: globals.viewporter.as_ref().map(|viewporter| viewporter.get_viewport(&surface, queue, ())),
            surface,
            buffers: Buffers::default(),
            hotspot: (icon.hotspot.0.round() as i32, icon.hotspot.1.round() as i32),
        };
        let whole = PixelRect { x: 0, y: 0, width, height };
        match own.buffers.write(OWN, globals, queue, picture, &[whole]) {
            Ok(buffer) => own.surface.attach(Some(buffer), 0, 0),
            Err(error) => {
                own.destroy();
                return Err(error);
            }
        }
        own.surface.damage(0, 0, i32::MAX, i32::MAX);
        // Without viewports it is as large as it has pixels.
        if let Some(viewport) = &own.viewport {
            let side = |px: u32| (f64::from(px) / icon.scale).round().max(1.0) as i32;
            viewport.set_destination(side(width), side(height));
        }
        own.surface.commit();
        let before = cursors.own.replace(own);
        if cursors.current == Cursor::Own {
            self.show_current_cursor();
        }
        if let Some(before) = before {
            before.destroy();
        }
        Ok(())
    }

    /// Shows it again, in a window that the pointer has come into.
    pub(crate) fn show_current_cursor(&mut self) {
        let shown = self.frame_cursor().or(self.pointer.entered().map(|serial| (serial, self.cursors.current)));
        if let (Some(pointer), Some((serial, cursor))) = (self.pointer.device(), shown) {
            self.cursors.show(pointer, serial, cursor);
        }
    }
}

/// The shape of the protocol, and names in themes, the likeliest first. The hidden one has neither.
fn looks(cursor: Cursor) -> Option<(Shape, &'static [&'static str])> {
    Some(match cursor {
        Cursor::Default | Cursor::Own => (Shape::Default, &["default", "left_ptr"]),
        Cursor::Pointer => (Shape::Pointer, &["pointer", "hand2", "hand1"]),
        Cursor::Text => (Shape::Text, &["text", "xterm"]),
        Cursor::VerticalText => (Shape::VerticalText, &["vertical-text"]),
        Cursor::Progress => (Shape::Progress, &["progress", "left_ptr_watch"]),
        Cursor::Copy => (Shape::Copy, &["copy", "dnd-copy"]),
        Cursor::AllScroll => (Shape::AllScroll, &["all-scroll", "fleur"]),
        Cursor::ResizeEast => (Shape::EResize, &["e-resize", "right_side"]),
        Cursor::ResizeWest => (Shape::WResize, &["w-resize", "left_side"]),
        Cursor::ResizeNorth => (Shape::NResize, &["n-resize", "top_side"]),
        Cursor::ResizeSouth => (Shape::SResize, &["s-resize", "bottom_side"]),
        Cursor::ResizeNorthEast => (Shape::NeResize, &["ne-resize", "top_right_corner"]),
        Cursor::ResizeNorthWest => (Shape::NwResize, &["nw-resize", "top_left_corner"]),
        Cursor::ResizeSouthEast => (Shape::SeResize, &["se-resize", "bottom_right_corner"]),
        Cursor::ResizeSouthWest => (Shape::SwResize, &["sw-resize", "bottom_left_corner"]),
        Cursor::Wait => (Shape::Wait, &["wait", "watch"]),
        Cursor::Crosshair => (Shape::Crosshair, &["crosshair", "cross"]),
        Cursor::Move => (Shape::Move, &["move", "fleur"]),
        Cursor::NotAllowed => (Shape::NotAllowed, &["not-allowed", "crossed_circle"]),
        Cursor::Grab => (Shape::Grab, &["grab", "openhand"]),
        Cursor::Grabbing => (Shape::Grabbing, &["grabbing", "closedhand"]),
        Cursor::ResizeHorizontal => (Shape::EwResize, &["ew-resize", "sb_h_double_arrow"]),
        Cursor::ResizeVertical => (Shape::NsResize, &["ns-resize", "sb_v_double_arrow"]),
        Cursor::ResizeNwse => (Shape::NwseResize, &["nwse-resize", "bd_double_arrow"]),
        Cursor::ResizeNesw => (Shape::NeswResize, &["nesw-resize", "fd_double_arrow"]),
        Cursor::Help => (Shape::Help, &["help", "question_arrow"]),
        Cursor::ZoomIn => (Shape::ZoomIn, &["zoom-in"]),
        Cursor::ZoomOut => (Shape::ZoomOut, &["zoom-out"]),
        Cursor::Hidden => return None,
    })
}

delegate_noop!(State: WpCursorShapeManagerV1);
delegate_noop!(State: WpCursorShapeDeviceV1);
