//! Windows on a display: their pictures go out, input comes in. Without a display nothing of this happens.

use super::{Ui, nothing, report};
use concord_ability::event_loop::EventLoop;
use concord_desktop::display::{
    Display, DisplayError, Event, FrameAction, Picture, PixelRect, Placement, WindowId, WindowOptions,
};
use concord_engine::{Call, Context, JsResult, Value as Js};
use concord_paint::kurbo::Rect;
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
    ("openOnDesktop", open),
    ("setDesktopTitle", set_title),
    ("actOnDesktop", act),
    ("desktopOutputs", outputs),
];

/// The display, and what is shown on it.
pub(super) struct Desktop {
    pub display: Box<dyn Display>,
    pub shown: Vec<Shown>,
    /// The library's function that hears of what happens to windows.
    on_event: Option<Js>,
    /// A timer for keys that are held is running.
    waiting: bool,
}

/// A window of the display. What lies in windows without one is drawn above it.
pub(super) struct Shown {
    pub root: NodeId,
    pub window: WindowId,
    pub placement: Option<Placement>,
    /// What is shown.
    surface: Option<Surface>,
    /// What is shown is out of date.
    dirty: bool,
    /// Where the pointer is, in px.
    pub pointer: Point,
}

impl Ui {
    /// Shows windows on `display` from now on.
    pub(crate) fn attach_display(&self, context: &Context, display: Box<dyn Display>) -> Result<(), DisplayError> {
        let Some(event_loop) = EventLoop::of(context) else { return Ok(()) };
        let descriptor = display
            .descriptor()
            .try_clone_to_owned()
            .map_err(|error| DisplayError::Gone(format!("its descriptor cannot be watched: {error}")))?;
        *self.desktop.borrow_mut() = Some(Desktop { display, shown: Vec::new(), on_event: None, waiting: false });
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

    fn hear_display(&self, context: &Context) {
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

    fn happen(&self, context: &Context, event: Event) {
        match event {
            Event::Placed { window, placement } => {
                let changed = self.with_shown(window, |shown| {
                    shown.dirty = true;
                    shown.placement.replace(placement) != Some(placement)
                });
                if changed == Some(true) {
                    let (width, height) = placement.pixels();
                    let numbers =
                        [f64::from(width), f64::from(height), placement.scale].map(|number| context.number(number));
                    let flags = [placement.maximized, placement.fullscreen].map(|flag| context.boolean(flag));
                    let [a, b, c] = numbers;
                    let [d, e] = flags;
                    self.tell_library(context, "placed", Some(window), &[a, b, c, d, e]);
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
            Event::Keyboard { window, gained } => {
                if !gained {
                    self.with_input(context, input::cancel_all);
                }
                self.tell_library(context, "keyboard", Some(window), &[context.boolean(gained)]);
            }
            Event::Pointing { window, what, .. } => self.point(context, window, what),
            Event::Typing { what, .. } => self.type_in(context, what),
            Event::Offered { .. } | Event::Dragging { .. } | Event::DragEnded { .. } => {}
            Event::Outputs => self.tell_library(context, "outputs", None, &[]),
        }
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
        let Some(Desktop { display, shown, .. }) = desktop.as_mut() else { return };
        for index in 0..shown.len() {
            let shown = &mut shown[index];
            let Some(placement) = shown.placement.filter(|_| shown.dirty && display.is_ready(shown.window)) else {
                continue;
            };
            let (width, height) = placement.pixels();
            let list = self.picture_of(shown.root, width, height);
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

    /// A window and those above it that have no place on the display of their own.
    fn picture_of(&self, root: NodeId, width: u32, height: u32) -> DisplayList {
        let windows = self.windows.borrow();
        let from = windows.iter().position(|window| window.root == root).unwrap_or(windows.len());
        self.with_tree(|tree| {
            let mut painter = Painter::new();
            let ground = if tree.environment.dark { Color::BLACK } else { Color::WHITE };
            painter.fill_rect(Rect::new(0.0, 0.0, f64::from(width), f64::from(height)), &Brush::Solid(ground));
            for window in &windows[from..] {
                painter.append(&paint(tree, window.root));
            }
            input::drag::paint(tree, &mut painter);
            painter.finish()
        })
    }

    /// Closes windows whose roots are gone.
    fn forget_closed(&self) {
        let mut desktop = self.desktop.borrow_mut();
        let Some(Desktop { display, shown, .. }) = desktop.as_mut() else { return };
        let tree = self.tree.borrow();
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

fn pixels(rect: Rect) -> PixelRect {
    let whole = |side: f64| side.max(0.0) as u32;
    PixelRect { x: whole(rect.x0), y: whole(rect.y0), width: whole(rect.width()), height: whole(rect.height()) }
}

/// `hasDesktop() → boolean`: whether there is a display.
fn has_desktop(call: &Call<'_>) -> JsResult {
    Ok(call.context.boolean(Ui::of(call.context).desktop.borrow().is_some()))
}

/// `onDesktop(f)`: `f(event, root, …)` is called with
/// - `placed`, width and height in px, px to a logical pixel, whether it is maximized, whether it is full screen;
/// - `close`: somebody wants it gone;
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

/// `openOnDesktop(root, title, appId, width, height)`: gives a window a place on the display; sizes are logical pixels.
fn open(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let root = ui.with_tree(|tree| super::nodes::node(call, tree, 0));
    let side = |index: usize| call.arg(index).as_f64().unwrap_or(0.0).clamp(1.0, 16_384.0) as u32;
    let options = WindowOptions {
        title: call.arg(1).as_string().unwrap_or_default(),
        app_id: call.arg(2).as_string().unwrap_or_default(),
        size: (side(3), side(4)),
        min_size: (120, 120),
        parent: None,
    };
    if let (Some(root), Some(desktop)) = (root, ui.desktop.borrow_mut().as_mut())
        && desktop.shown.iter().all(|shown| shown.root != root)
    {
        let window = desktop.display.open(&options);
        desktop.shown.push(Shown { root, window, placement: None, surface: None, dirty: true, pointer: Point::ZERO });
    }
    ui.hear_display(call.context);
    nothing(call.context)
}

fn with_window(call: &Call<'_>, work: impl FnOnce(&mut dyn Display, WindowId)) {
    let ui = Ui::of(call.context);
    let root = ui.with_tree(|tree| super::nodes::node(call, tree, 0));
    if let Some(Desktop { display, shown, .. }) = ui.desktop.borrow_mut().as_mut()
        && let Some(shown) = shown.iter().find(|shown| Some(shown.root) == root)
    {
        work(display.as_mut(), shown.window);
    }
}

/// `setDesktopTitle(root, title)`.
fn set_title(call: &Call<'_>) -> JsResult {
    let title = call.arg(1).as_string().unwrap_or_default();
    with_window(call, |display, window| display.set_title(window, &title));
    nothing(call.context)
}

/// `actOnDesktop(root, action)`: `minimize`, `maximize`, `recover`, `fullscreen`, `leaveFullscreen`, `move`.
fn act(call: &Call<'_>) -> JsResult {
    let actions: &[FrameAction] = match call.arg(1).as_string().as_deref() {
        Some("minimize") => &[FrameAction::Minimize],
        Some("maximize") => &[FrameAction::Maximize(true)],
        Some("recover") => &[FrameAction::Fullscreen(false), FrameAction::Maximize(false)],
        Some("fullscreen") => &[FrameAction::Fullscreen(true)],
        Some("leaveFullscreen") => &[FrameAction::Fullscreen(false)],
        Some("move") => &[FrameAction::Move],
        _ => &[],
    };
    with_window(call, |display, window| actions.iter().for_each(|action| display.act(window, *action)));
    Ui::of(call.context).hear_display(call.context);
    nothing(call.context)
}

/// `desktopOutputs() → [[name, width, height, scale, refresh, widthMm, heightMm]]`, in px.
fn outputs(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let all = Ui::of(context).desktop.borrow().as_ref().map(|desktop| desktop.display.outputs()).unwrap_or_default();
    let rows: Vec<Js> = all
        .into_iter()
        .map(|output| {
            let numbers = [
                f64::from(output.pixels.0),
                f64::from(output.pixels.1),
                output.scale,
                output.refresh,
                f64::from(output.millimetres.0),
                f64::from(output.millimetres.1),
            ];
            let mut row = vec![context.string(&output.name)];
            row.extend(numbers.map(|number| context.number(number)));
            context.array(&row)
        })
        .collect();
    Ok(context.array(&rows))
}
