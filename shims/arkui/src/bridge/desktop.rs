//! Windows on a display: their pictures go out, input comes in. Without a display nothing of this happens.

use super::desktop_input::Told;
use super::desktop_popups as popups;
use super::desktop_windows as windows;
use super::{Ui, nothing, report};
use concord_ability::event_loop::EventLoop;
use concord_ability::state::AppState;
use concord_desktop::display::{Display, DisplayError, Event, Picture, PixelRect, Placement, WindowId};
use concord_engine::{Call, Context, JsResult, Value as Js};
use concord_paint::kurbo::{Affine, Rect};
use concord_paint::{Brush, Color, CpuRaster, DisplayList, Painter, Surface};
use concord_runtime::{FaceModule, Native};
use concord_ui::geometry::Point;
use concord_ui::input;
use concord_ui::{NodeId, paint};
use nix::poll::PollFlags;
use std::time::Duration;

pub(super) const FACE: FaceModule =
    FaceModule { request: "@concord:arkui/desktop", source: include_str!("desktop.js"), natives: NATIVES, apis: &[] };

const NATIVES: &[(&str, Native)] = &[
    ("hasDesktop", has_desktop),
    ("onDesktop", on_desktop),
    ("openOnDesktop", windows::open),
    ("closeOnDesktop", windows::close),
    ("desktopHasPopups", popups::has),
    ("popUpOnDesktop", popups::pop_up),
    ("composeOnDesktop", windows::compose),
    ("changeOnDesktop", windows::change),
    ("curtainOnDesktop", windows::curtain),
    ("setDesktopTitle", windows::set_title),
    ("actOnDesktop", windows::act),
    ("resizeOnDesktop", windows::resize),
    ("limitOnDesktop", windows::limit),
    ("desktopIconSizes", windows::icon_sizes),
    ("setDesktopIcon", windows::set_icon),
    ("setDesktopDark", windows::set_dark),
    ("desktopOutputs", windows::outputs),
];

/// The display, and what is shown on it.
pub(super) struct Desktop {
    pub display: Box<dyn Display>,
    pub shown: Vec<Shown>,
    /// Roots without a place of their own, and above which root each is drawn.
    pub composed: Vec<(NodeId, NodeId)>,
    /// The library's function that hears of what happens to windows.
    on_event: Option<Js>,
    /// Hears of what other programs offer.
    pub on_offered: Option<Js>,
    /// What it is told of drags and input methods.
    pub told: Told,
    /// A timer for keys that are held is running.
    waiting: bool,
    /// The window that the pointer or a finger was in last: what is dragged is seen there.
    pub pointed: Option<WindowId>,
}

impl Desktop {
    /// A root with a place on the display and those that are composed into it, the lowest first.
    pub fn drawn_with(&self, own: NodeId) -> Vec<NodeId> {
        let above = self.composed.iter().filter(|(_, below)| *below == own).map(|(root, _)| *root);
        [own].into_iter().chain(above).collect()
    }
}

/// A window of the display. Windows that are composed into it are drawn above its root.
pub(super) struct Shown {
    pub root: NodeId,
    pub window: WindowId,
    /// The root that a popup belongs to.
    pub beside: Option<NodeId>,
    /// A popup that takes everything that people do.
    pub grabs: bool,
    /// A root that is shown in its place for now, and takes no input.
    pub curtain: Option<NodeId>,
    /// What is behind it shows through.
    pub transparent: bool,
    pub placement: Option<Placement>,
    /// What other programs know it by.
    pub handle: Option<String>,
    /// What is shown.
    pub surface: Option<Surface>,
    /// What is shown is out of date.
    pub dirty: bool,
    /// Where the pointer is, in px.
    pub pointer: Point,
}

impl Shown {
    /// One that nothing is known of yet.
    pub fn new(root: NodeId, window: WindowId, transparent: bool) -> Shown {
        Shown {
            root,
            window,
            beside: None,
            grabs: false,
            curtain: None,
            transparent,
            placement: None,
            handle: None,
            surface: None,
            dirty: true,
            pointer: Point::ZERO,
        }
    }
}

impl Ui {
    /// Shows windows on `display` from now on.
    pub(crate) fn attach_display(&self, context: &Context, display: Box<dyn Display>) -> Result<(), DisplayError> {
        let Some(event_loop) = EventLoop::of(context) else { return Ok(()) };
        let descriptor = display
            .descriptor()
            .try_clone_to_owned()
            .map_err(|error| DisplayError::Gone(format!("its descriptor cannot be watched: {error}")))?;
        *self.desktop.borrow_mut() = Some(Desktop {
            display,
            shown: Vec::new(),
            composed: Vec::new(),
            on_event: None,
            on_offered: None,
            told: Told::default(),
            waiting: false,
            pointed: None,
        });
        self.with_tree(|tree| tree.watched_live = true);
        event_loop.watch(descriptor, PollFlags::POLLIN, true, |context, _| {
            Ui::of(context).hear_display(context);
            Ok(Ui::of(context).desktop.borrow().is_some())
        });
        Ok(())
    }

    /// Whether every window that is shown can take a picture; without a display none has to.
    pub(super) fn display_is_ready(&self) -> bool {
        let desktop = self.desktop.borrow();
        let Some(desktop) = desktop.as_ref() else { return true };
        desktop.shown.iter().all(|shown| shown.placement.is_none() || desktop.display.is_ready(shown.window))
    }

    pub(super) fn hear_display(&self, context: &Context) {
        let heard = self.desktop.borrow_mut().as_mut().map(|desktop| desktop.display.dispatch());
        match heard {
            None => {}
            Some(Ok(events)) => {
                for event in events {
                    self.happen(context, event);
                }
                self.wait_for_display(context);
            }
            Some(Err(error)) => {
                tracing::error!("{error}");
                // The app ends as if it had been closed, so that it keeps what it has.
                self.tell_library(context, "gone", None, &[]);
                *self.desktop.borrow_mut() = None;
            }
        }
    }

    /// Wakes up for a key that is held.
    fn wait_for_display(&self, context: &Context) {
        let mut desktop = self.desktop.borrow_mut();
        let Some(desktop) = desktop.as_mut().filter(|desktop| !desktop.waiting) else { return };
        let (Some(due), Some(event_loop)) = (desktop.display.due(), EventLoop::of(context)) else { return };
        desktop.waiting = true;
        event_loop.after(Duration::from_millis(due), |context| {
            let ui = Ui::of(context);
            if let Some(desktop) = ui.desktop.borrow_mut().as_mut() {
                desktop.waiting = false;
            }
            ui.hear_display(context);
            Ok(())
        });
    }

    /// Something happens on the display.
    pub(super) fn happen(&self, context: &Context, event: Event) {
        self.note_event(context, &event);
        match event {
            Event::Placed { window, placement } => {
                if let Some(position) = placement.position {
                    self.settle_popup(window, position);
                }
                let changed = self.with_shown(window, |shown| {
                    shown.dirty = true;
                    shown.placement.replace(placement) != Some(placement)
                });
                self.tell_front(context);
                if changed == Some(true) {
                    self.tell_library(context, "placed", Some(window), &describe(context, &placement));
                }
                self.request_frame(context);
            }
            Event::Ready { .. } => {
                if self.scheduled.get() && self.waits_for_display.replace(false) {
                    self.frame(context);
                } else {
                    self.draw(context);
                }
            }
            Event::Close { window } => self.tell_library(context, "close", Some(window), &[]),
            Event::Minimized { window } => self.tell_library(context, "minimized", Some(window), &[]),
            Event::Keyboard { window, gained } => {
                if !gained {
                    self.with_input(context, input::cancel_all);
                }
                self.tell_library(context, "keyboard", Some(window), &[context.boolean(gained)]);
            }
            Event::Pointing { window, time, what } => self.point(context, window, time, what),
            Event::Typing { what, .. } => self.type_in(context, what),
            Event::Offered { channel } => self.offered(context, channel),
            Event::Exported { window, handle } => {
                self.with_shown(window, |shown| shown.handle = Some(handle));
                self.tell_front(context);
            }
            Event::Dragging { window, what, .. } => self.dragged_over(context, window, what),
            Event::DragEnded { action } => self.drag_ended(context, action),
            Event::Outputs => self.tell_library(context, "outputs", None, &[]),
        }
    }

    /// Dialogs of the desktop belong to the window that people work with.
    fn tell_front(&self, context: &Context) {
        let desktop = self.desktop.borrow();
        let Some(shown) = desktop.as_ref().map(|desktop| &desktop.shown) else { return };
        let active = shown.iter().find(|shown| shown.placement.is_some_and(|placement| placement.active));
        let handle = active.or(shown.first()).and_then(|shown| shown.handle.clone()).unwrap_or_default();
        if let Some(state) = AppState::of(context) {
            *state.hosts.desktop.front.borrow_mut() = handle;
        }
    }

    /// Asks for another size of a window, in logical pixels.
    pub(super) fn ask_for_size(&self, context: &Context, window: WindowId, size: (u32, u32)) {
        if let Some(desktop) = self.desktop.borrow_mut().as_mut() {
            desktop.display.resize(window, size);
        }
        self.hear_display(context);
    }

    /// What is shown in a window of the display, from the lowest to the topmost.
    pub(super) fn roots_of(&self, window: WindowId) -> Vec<NodeId> {
        let desktop = self.desktop.borrow();
        let Some(desktop) = desktop.as_ref() else { return Vec::new() };
        // Under a start window nothing hears of input.
        let own = desktop.shown.iter().find(|shown| shown.window == window && shown.curtain.is_none());
        let Some(own) = own else { return Vec::new() };
        desktop.drawn_with(own.root)
    }

    /// Where the top left of a window of the display is, in px of its windows: popups lie somewhere in them or beside them.
    pub(super) fn origin_of(&self, window: WindowId) -> Point {
        let root = self.with_shown(window, |shown| shown.root);
        let windows = self.windows.borrow();
        windows.iter().find(|window| Some(window.root) == root).map_or(Point::ZERO, |window| window.origin)
    }

    pub(super) fn with_shown<R>(&self, window: WindowId, work: impl FnOnce(&mut Shown) -> R) -> Option<R> {
        let mut desktop = self.desktop.borrow_mut();
        desktop.as_mut()?.shown.iter_mut().find(|shown| shown.window == window).map(work)
    }

    pub(super) fn tell_library(&self, context: &Context, event: &str, window: Option<WindowId>, args: &[Js]) {
        let (listener, root) = {
            let desktop = self.desktop.borrow();
            let Some(desktop) = desktop.as_ref() else { return };
            let root = desktop.shown.iter().find(|shown| Some(shown.window) == window).map(|shown| shown.root);
            (desktop.on_event.clone(), root)
        };
        let Some(listener) = listener else { return };
        let root = self.with_tree(|tree| super::nodes::number(context, tree, root));
        let mut all = vec![context.string(event), root];
        all.extend_from_slice(args);
        if let Err(exception) = listener.call(&context.undefined(), &all) {
            report(context, exception);
        }
    }

    /// Shows what has changed, in every window that can take a picture now.
    pub(super) fn draw(&self, context: &Context) {
        if self.desktop.borrow().is_none() {
            return;
        }
        self.forget_closed();
        let mut desktop = self.desktop.borrow_mut();
        let Some(Desktop { display, shown, composed, pointed, .. }) = desktop.as_mut() else { return };
        if !display.is_seen() {
            return;
        }
        for shown in shown {
            let Some(placement) = shown.placement.filter(|_| shown.dirty && display.is_ready(shown.window)) else {
                continue;
            };
            let (width, height) = placement.pixels();
            let list = self.picture_of(shown, composed, &placement, *pointed == Some(shown.window));
            if let Err(error) = shown.show(display.as_mut(), &list, (width, height)) {
                tracing::error!("a window cannot be drawn: {error}");
            }
        }
        drop(desktop);
        self.wait_for_display(context);
    }

    /// Everything may look different after a frame.
    pub(super) fn touch_display(&self) {
        if let Some(desktop) = self.desktop.borrow_mut().as_mut() {
            desktop.shown.iter_mut().for_each(|shown| shown.dirty = true);
        }
    }

    /// A window with those that are composed into it, and with what is dragged when the pointer is there.
    fn picture_of(
        &self,
        shown: &Shown,
        composed: &[(NodeId, NodeId)],
        placement: &Placement,
        pointed: bool,
    ) -> DisplayList {
        let windows = self.windows.borrow();
        let in_it = |root: NodeId| match shown.curtain {
            Some(curtain) => root == curtain,
            None => root == shown.root || composed.contains(&(root, shown.root)),
        };
        let (width, height) = placement.pixels();
        self.with_tree(|tree| {
            let mut painter = Painter::new();
            if !shown.transparent {
                let ground = if tree.environment.dark { Color::BLACK } else { Color::WHITE };
                painter.fill_rect(Rect::new(0.0, 0.0, f64::from(width), f64::from(height)), &Brush::Solid(ground));
            }
            // Windows on monitors of several scales are laid out at the largest one.
            let ratio = placement.scale / f64::from(tree.environment.density);
            if (ratio - 1.0).abs() > f64::from(f32::EPSILON) {
                painter.transform(Affine::scale(ratio));
            }
            let origin =
                windows.iter().find(|window| window.root == shown.root).map_or(Point::ZERO, |window| window.origin);
            if origin != Point::ZERO {
                painter.transform(Affine::translate((f64::from(-origin.x), f64::from(-origin.y))));
            }
            for window in windows.iter().filter(|window| in_it(window.root)) {
                painter.append(&paint(tree, window.root));
            }
            if pointed {
                input::drag::paint(tree, &mut painter);
            }
            self.paint_mark(tree, &mut painter, in_it);
            painter.finish()
        })
    }

    /// Closes windows whose roots are gone.
    fn forget_closed(&self) {
        let mut desktop = self.desktop.borrow_mut();
        let Some(Desktop { display, shown, composed, .. }) = desktop.as_mut() else { return };
        let tree = self.tree.borrow();
        composed.retain(|(root, _)| tree.get(*root).is_some());
        shown.retain(|shown| {
            let there = tree.get(shown.root).is_some();
            if !there {
                display.close(shown.window);
            }
            there
        });
    }
}

impl Shown {
    fn show(
        &mut self,
        display: &mut dyn Display,
        list: &DisplayList,
        (width, height): (u32, u32),
    ) -> Result<(), Box<dyn std::error::Error>> {
        self.dirty = false;
        let fits = |surface: &Surface| (surface.frame().width(), surface.frame().height()) == (width, height);
        let surface = match self.surface.take().filter(fits) {
            Some(surface) => surface,
            None => Surface::new(CpuRaster::fastest(), width, height)?,
        };
        let surface = self.surface.insert(surface);
        let damage: Vec<PixelRect> = surface.show(list).into_iter().map(pixels).collect();
        if !damage.is_empty() {
            let picture = Picture { width, height, rgba: surface.frame().data() };
            display.present(self.window, picture, &damage)?;
        }
        Ok(())
    }
}

/// What the library hears of a placement.
fn describe(context: &Context, placement: &Placement) -> [Js; 10] {
    let Placement { size, position, scale, maximized, fullscreen, active, suspended, output } = *placement;
    let position = position.unwrap_or_default();
    let number = |number: f64| context.number(number);
    let flag = |flag: bool| context.boolean(flag);
    [
        number(f64::from(size.0)),
        number(f64::from(size.1)),
        number(scale),
        flag(maximized),
        flag(fullscreen),
        flag(active),
        flag(suspended),
        number(output.map_or(-1.0, |output| f64::from(output.0))),
        number(f64::from(position.0)),
        number(f64::from(position.1)),
    ]
}

fn pixels(rect: Rect) -> PixelRect {
    let whole = |side: f64| side.max(0.0) as u32;
    PixelRect { x: whole(rect.x0), y: whole(rect.y0), width: whole(rect.width()), height: whole(rect.height()) }
}

/// `hasDesktop() → boolean`: whether there is a display.
fn has_desktop(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(Ui::of(call.context).desktop.borrow().is_some()))
}

/// `onDesktop(f)`: `f(event, root, …)` is called with
/// - `placed`, width and height in logical pixels, px to one of them, whether it is maximized, full screen, active, suspended,
///   the number of its monitor (-1 while that is unknown), and where a popup is in its parent, in logical pixels;
/// - `close`: somebody wants it gone;
/// - `minimized`: somebody has put it away;
/// - `pressed`: a button or a finger went down in it;
/// - `keyboard`, whether it has it now;
/// - `key`, the code of a key that nobody used;
/// - `outputs`: monitors have changed;
/// - `gone`: the display has.
fn on_desktop(call: &Call<'_>) -> JsResult {
    if let Some(desktop) = Ui::of(call.context).desktop.borrow_mut().as_mut() {
        desktop.on_event = Some(call.arg(0));
    }
    nothing(call.context)
}
