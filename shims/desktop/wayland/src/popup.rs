//! Popups: small surfaces that the compositor puts beside something in a window, also where the window ends.

use crate::connection::{Globals, State};
use crate::sheet::Sheet;
use concord_desktop::display::{Area, DisplayError, Event, Picture, PixelRect, PopupOptions, WindowId};
use std::collections::BTreeMap;
use wayland_client::{Connection, Dispatch, Proxy, QueueHandle, delegate_noop};
use wayland_protocols::xdg::shell::client::xdg_popup::{self, XdgPopup};
use wayland_protocols::xdg::shell::client::xdg_positioner::{Anchor, ConstraintAdjustment, Gravity, XdgPositioner};
use wayland_protocols::xdg::shell::client::xdg_surface::XdgSurface;

/// Since which a popup can be moved.
const REPOSITION: u32 = 3;

/// All popups, in the order in which they were opened.
pub(crate) type Popups = BTreeMap<WindowId, Popup>;

/// A popup.
pub(crate) struct Popup {
    pub(crate) sheet: Sheet,
    xdg: XdgSurface,
    popup: XdgPopup,
    parent: WindowId,
    options: PopupOptions,
    /// What a configure sequence has said so far: where its body is, from the corner of its parent.
    coming: (i32, i32),
    grabs: bool,
    /// How often it was moved.
    moves: u32,
}

impl Popup {
    /// Where the compositor sees its top left corner, from that of its picture.
    fn corner(&self) -> (i32, i32) {
        (self.options.body.x, self.options.body.y)
    }

    pub(crate) fn present(
        &mut self,
        globals: &Globals,
        queue: &QueueHandle<State>,
        picture: Picture<'_>,
        damage: &[PixelRect],
    ) -> Result<(), DisplayError> {
        if self.sheet.attach(globals, queue, picture, damage)? {
            self.describe(globals, queue);
            self.sheet.commit(globals, queue);
        }
        Ok(())
    }

    /// What of its picture is the popup, and what takes input.
    fn describe(&self, globals: &Globals, queue: &QueueHandle<State>) {
        let PopupOptions { body, input, .. } = self.options;
        self.xdg.set_window_geometry(body.x, body.y, side(body.width), side(body.height));
        let region = globals.compositor.create_region(queue, ());
        region.add(input.x, input.y, side(input.width), side(input.height));
        self.sheet.surface().set_input_region(Some(&region));
        region.destroy();
    }

    fn destroy(self) {
        self.popup.destroy();
        self.xdg.destroy();
        self.sheet.destroy();
    }
}

/// A length as the protocol has it: zero is an error there.
fn side(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX).max(1)
}

fn anchor(at: (i8, i8)) -> Anchor {
    match (at.0.signum(), at.1.signum()) {
        (-1, -1) => Anchor::TopLeft,
        (0, -1) => Anchor::Top,
        (_, -1) => Anchor::TopRight,
        (-1, 0) => Anchor::Left,
        (0, 0) => Anchor::None,
        (_, 0) => Anchor::Right,
        (-1, _) => Anchor::BottomLeft,
        (0, _) => Anchor::Bottom,
        _ => Anchor::BottomRight,
    }
}

fn gravity(towards: (i8, i8)) -> Gravity {
    match (towards.0.signum(), towards.1.signum()) {
        (-1, -1) => Gravity::TopLeft,
        (0, -1) => Gravity::Top,
        (_, -1) => Gravity::TopRight,
        (-1, 0) => Gravity::Left,
        (0, 0) => Gravity::None,
        (_, 0) => Gravity::Right,
        (-1, _) => Gravity::BottomLeft,
        (0, _) => Gravity::Bottom,
        _ => Gravity::BottomRight,
    }
}

impl State {
    /// See [`concord_desktop::display::Display::open_popup`].
    pub(crate) fn open_popup(&mut self, options: &PopupOptions) -> Option<WindowId> {
        let id = self.next_window();
        let positioner = self.positioner(options)?;
        let sheet = Sheet::new(&self.globals, &self.queue, id, options.size, true);
        let xdg = self.globals.shell.get_xdg_surface(sheet.surface(), &self.queue, id);
        let parent = self.xdg_surface(options.parent);
        let popup = xdg.get_popup(parent, &positioner, &self.queue, id);
        positioner.destroy();
        // Each that grabs lies on the one before, or the compositor ends the connection.
        let latest = self.popups.iter().rev().find(|(_, popup)| popup.grabs).map(|(id, _)| *id);
        let may_grab = latest.is_none_or(|latest| latest == options.parent)
            && self.popups.get(&options.parent).is_none_or(|parent| parent.grabs);
        let seat = self.globals.seat.as_ref().filter(|_| options.grabs && may_grab && self.opening_serial != 0);
        if let Some(seat) = seat {
            popup.grab(seat, self.opening_serial);
        }
        sheet.surface().commit();
        let grabs = seat.is_some();
        let popup =
            Popup { sheet, xdg, popup, parent: options.parent, options: *options, coming: (0, 0), grabs, moves: 0 };
        self.popups.insert(id, popup);
        self.follow_outputs();
        Some(id)
    }

    /// See [`concord_desktop::display::Display::move_popup`].
    pub(crate) fn move_popup(&mut self, id: WindowId, options: &PopupOptions) {
        let Some(parent) = self.popups.get(&id).map(|popup| popup.parent) else { return };
        let options = PopupOptions { parent, ..*options };
        let positioner = self.positioner(&options);
        let Some(popup) = self.popups.get_mut(&id) else { return };
        popup.options = options;
        if let Some(positioner) = positioner {
            if popup.popup.version() >= REPOSITION {
                popup.moves = popup.moves.wrapping_add(1);
                popup.popup.reposition(&positioner, popup.moves);
                positioner.destroy();
                return;
            }
            positioner.destroy();
        }
        // It stays where it is, with its new size.
        popup.sheet.placement.size = options.size;
        if popup.sheet.placed {
            self.events.push(Event::Placed { window: id, placement: popup.sheet.placement });
        }
    }

    /// The rules by which the compositor finds a place; none when there is no such parent.
    fn positioner(&self, options: &PopupOptions) -> Option<XdgPositioner> {
        let (left, top) = self.corner_of(options.parent)?;
        let PopupOptions { anchor: Area { x, y, width, height }, body, .. } = *options;
        let positioner = self.globals.shell.create_positioner(&self.queue, ());
        positioner.set_size(side(body.width), side(body.height));
        positioner.set_anchor_rect(x - left, y - top, side(width), side(height));
        positioner.set_anchor(anchor(options.at));
        positioner.set_gravity(gravity(options.towards));
        positioner.set_offset(options.offset.0, options.offset.1);
        let mut adjustment = ConstraintAdjustment::SlideX | ConstraintAdjustment::SlideY;
        adjustment.set(ConstraintAdjustment::FlipX, options.flips.0);
        adjustment.set(ConstraintAdjustment::FlipY, options.flips.1);
        positioner.set_constraint_adjustment(adjustment);
        Some(positioner)
    }

    /// Where the compositor sees the corner of a window or popup, from the top left of its content.
    fn corner_of(&self, id: WindowId) -> Option<(i32, i32)> {
        let window = self.windows.get(&id).map(crate::window::Window::corner);
        window.or_else(|| self.popups.get(&id).map(Popup::corner))
    }

    fn xdg_surface(&self, id: WindowId) -> Option<&XdgSurface> {
        let window = self.windows.get(&id).map(crate::window::Window::xdg);
        window.or_else(|| self.popups.get(&id).map(|popup| &popup.xdg))
    }

    /// The parent of a popup, and where in that it is.
    pub(crate) fn place_of_popup(&self, id: WindowId) -> Option<(WindowId, (i32, i32))> {
        let popup = self.popups.get(&id)?;
        Some((popup.parent, popup.sheet.placement.position?))
    }

    /// A configure sequence is complete.
    pub(crate) fn popup_configured(&mut self, id: WindowId, serial: u32) {
        let corner = self.popups.get(&id).and_then(|popup| self.corner_of(popup.parent));
        let (Some(popup), Some((left, top))) = (self.popups.get_mut(&id), corner) else { return };
        popup.xdg.ack_configure(serial);
        let (x, y) = popup.coming;
        let (inner_x, inner_y) = popup.corner();
        let placement = &mut popup.sheet.placement;
        placement.position = Some((x + left - inner_x, y + top - inner_y));
        placement.size = popup.options.size;
        popup.sheet.placed = true;
        self.events.push(Event::Placed { window: id, placement: popup.sheet.placement });
    }

    /// Closes a popup. Those that belong to it have to be gone before.
    pub(crate) fn close_popup(&mut self, id: WindowId) {
        if let Some(popup) = self.popups.remove(&id) {
            popup.destroy();
        }
    }

    /// Closes the popups of a window or popup, the latest first, and tells of it.
    pub(crate) fn close_popups_of(&mut self, id: WindowId) {
        let children: Vec<WindowId> =
            self.popups.iter().rev().filter(|(_, popup)| popup.parent == id).map(|(id, _)| *id).collect();
        for child in children {
            self.close_popups_of(child);
            self.close_popup(child);
            self.events.push(Event::Close { window: child });
        }
    }
}

impl Dispatch<XdgPopup, WindowId> for State {
    fn event(
        state: &mut State,
        _popup: &XdgPopup,
        event: xdg_popup::Event,
        id: &WindowId,
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        match event {
            xdg_popup::Event::Configure { x, y, .. } => {
                if let Some(popup) = state.popups.get_mut(id) {
                    popup.coming = (x, y);
                }
            }
            xdg_popup::Event::PopupDone => {
                state.close_popups_of(*id);
                state.close_popup(*id);
                state.events.push(Event::Close { window: *id });
            }
            _ => {}
        }
    }
}

delegate_noop!(State: XdgPositioner);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_the_protocol() {
        let all = [(-1, -1), (0, -1), (1, -1), (-1, 0), (0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];
        let anchors = all.map(|at| anchor(at) as u32);
        let gravities = all.map(|towards| gravity(towards) as u32);
        // Both enumerations of the protocol: none, top, bottom, left, right, top left, bottom left, top right, bottom right.
        assert_eq!(anchors, [5, 1, 7, 3, 0, 4, 6, 2, 8]);
        assert_eq!(gravities, anchors);
    }
}
