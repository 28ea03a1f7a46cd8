//! Drags between the app and other programs of the desktop. What is dragged within a window is the tree's own business
//! (`concord_ui::input::drag`); once it leaves the window the desktop drags it.

use super::exchange;
use super::{Ui, convert, report};
use concord_desktop::display::{Picture, PointerIcon, WindowId};
use concord_desktop::exchange::{DragAction, Dragging, Form, Offer};
use concord_engine::{Context, JsResult, Value as Js};
use concord_paint::{CpuRaster, Frame, Painter, Raster, kurbo};
use concord_ui::NodeId;
use concord_ui::geometry::Point;
use concord_ui::input::{MouseAction, MouseButton, MouseInput, TouchPhase, drag, mouse};

/// What is offered of something that no other program understands.
const OURS: &str = "application/x-concord-drag";
/// The largest picture of what is dragged, in px.
const MOST_ICON: f32 = 1024.0;
/// `DragResult.DRAG_SUCCESSFUL`.
const SUCCESSFUL: f64 = 0.0;

impl Ui {
    /// The desktop goes on with a drag whose pointer has left the window that it began in.
    pub(super) fn hand_over_drag(&self, context: &Context, window: WindowId, position: Point) {
        if self.desktop.borrow().is_none() || self.with_tree(|tree| tree.input.drag.pointer()).is_none() {
            return;
        }
        let density = self.with_tree(|tree| tree.environment.density).max(0.1);
        let size = self.with_shown(window, |shown| shown.placement.map(|placement| placement.size)).flatten();
        let Some((width, height)) = size else { return };
        let (width, height) = (width as f32 * density, height as f32 * density);
        let inside = position - self.origin_of(window);
        if (0.0..width).contains(&inside.x) && (0.0..height).contains(&inside.y) {
            return;
        }
        let scale = f64::from(density);
        let offer =
            self.ask_face(context, "forms", &[]).and_then(|list| exchange::forms(&list)).unwrap_or_else(|exception| {
                report(context, exception);
                Offer::default()
            });
        let mut forms = offer.forms;
        if forms.is_empty() {
            forms.push(Form { mime: OURS.to_owned(), bytes: [].into() });
        }
        let icon = self.drag_picture();
        let started = self.desktop.borrow_mut().as_mut().is_some_and(|desktop| {
            let icon = icon.as_ref().map(|(frame, anchor)| PointerIcon {
                picture: Picture { width: frame.width(), height: frame.height(), rgba: frame.data() },
                scale,
                hotspot: (f64::from(anchor.x) / scale, f64::from(anchor.y) / scale),
            });
            desktop.display.start_drag(window, Offer { forms }, false, icon)
        });
        if started {
            self.with_input(context, drag::hand_over);
        }
    }

    /// What follows the pointer, and where in it the pointer is.
    fn drag_picture(&self) -> Option<(Frame, Point)> {
        let (list, size, anchor) = self.with_tree(|tree| drag::picture(tree))?;
        let side = |length: f32| length.ceil().clamp(1.0, MOST_ICON) as u32;
        let mut frame = Frame::new(side(size.width), side(size.height)).ok()?;
        let mut painter = Painter::new();
        painter.clip_rect(kurbo::Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height)));
        painter.append(&list);
        CpuRaster::new().render(&painter.finish(), &mut frame, None);
        Some((frame, anchor))
    }

    /// Something is dragged over a window.
    pub(super) fn dragged_over(&self, context: &Context, window: WindowId, what: Dragging) {
        let Some(root) = self.with_shown(window, |shown| shown.root) else { return };
        let density = self.with_tree(|tree| tree.environment.density);
        let origin = self.origin_of(window);
        let px = |at: (f64, f64)| Point::new(at.0 as f32 * density, at.1 as f32 * density) + origin;
        let topmost = |at: Point| self.root_at(window, at).unwrap_or(root);
        match what {
            Dragging::Enter { at, types, own } => {
                let at = px(at);
                // It has to be said anew of every one.
                self.forget_accepted();
                if own {
                    self.move_drag(context, topmost(at), TouchPhase::Move, at);
                } else {
                    let types: Vec<Js> = types.iter().map(|mime| context.string(mime)).collect();
                    if let Err(exception) = self.ask_face(context, "enter", &[context.array(&types)]) {
                        report(context, exception);
                    }
                    let root = topmost(at);
                    self.with_input(context, |pass| drag::offer(pass, root, at));
                }
            }
            Dragging::Move { at } => self.move_drag(context, topmost(px(at)), TouchPhase::Move, px(at)),
            Dragging::Leave => {
                self.forget_accepted();
                if self.with_tree(|tree| tree.input.drag.is_handed_over()) {
                    self.move_drag(context, root, TouchPhase::Cancel, Point::new(-1.0, -1.0));
                } else {
                    self.with_input(context, drag::cancel);
                }
            }
            Dragging::Drop => self.drop_from_desktop(context, window, root),
        }
    }

    /// What is told about the next thing over a window has not been told yet.
    fn forget_accepted(&self) {
        if let Some(desktop) = self.desktop.borrow_mut().as_mut() {
            desktop.told.accepts = None;
        }
    }

    fn move_drag(&self, context: &Context, root: NodeId, phase: TouchPhase, at: Point) {
        self.with_input(context, |pass| drag::desktop_pointer(pass, root, phase, at));
    }

    /// It is let go over a window. What comes from elsewhere is read first.
    fn drop_from_desktop(&self, context: &Context, window: WindowId, root: NodeId) {
        let Some(at) = self.with_tree(|tree| tree.input.drag.position()) else { return self.finish_drop(false) };
        let root = self.root_at(window, at).unwrap_or(root);
        if self.with_tree(|tree| tree.input.drag.is_handed_over()) {
            self.let_go(context, root, at);
            return;
        }
        let done = context.function("dropped", 0, move |call| {
            Ui::of(call.context).let_go(call.context, root, at);
            Ok(call.context.undefined())
        });
        if let Err(exception) = self.ask_face(context, "drop", &[done]) {
            report(context, exception);
            self.finish_drop(false);
        }
    }

    fn let_go(&self, context: &Context, root: NodeId, at: Point) {
        self.move_drag(context, root, TouchPhase::Up, at);
        let taken = self.with_tree(|tree| tree.input.drag.result()) == Some(SUCCESSFUL);
        self.finish_drop(taken);
    }

    fn finish_drop(&self, taken: bool) {
        if let Some(desktop) = self.desktop.borrow_mut().as_mut() {
            desktop.told.accepts = None;
            desktop.display.finish_drag(taken);
        }
    }

    /// What was dragged out of a window has been let go.
    pub(super) fn drag_ended(&self, context: &Context, action: Option<DragAction>) {
        self.with_input(context, |pass| drag::ended_outside(pass, action.is_some()));
        // The button was released where no window of the app has heard of it.
        let position = Point::new(-1.0, -1.0);
        let released = MouseInput { action: MouseAction::Release, button: MouseButton::Left, position };
        if let Some(root) = self.window_at(Point::ZERO) {
            self.with_input(context, |pass| mouse(pass, root, &released));
        }
    }

    /// Asks the face of drags (`drag.js`).
    fn ask_face(&self, context: &Context, what: &str, args: &[Js]) -> JsResult<Js> {
        let face = self.with_tree(|tree| tree.input.drag.outside.clone());
        let Some(face) = face.as_ref().and_then(convert::function) else { return Ok(context.undefined()) };
        let mut all = vec![context.string(what)];
        all.extend_from_slice(args);
        face.call(&context.undefined(), &all)
    }
}
