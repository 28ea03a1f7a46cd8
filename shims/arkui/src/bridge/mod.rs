//! Between the engine and the node tree.
//!
//! The tree lives in the host data of the context. A pass over it takes the tree out; whoever runs code of the app during a
//! pass puts it back for that time, so that natives always find it here ([`Ui::lend`]).

mod animation;
mod convert;
mod custom_layout;
mod desktop;
mod desktop_drag;
mod desktop_input;
mod desktop_popups;
mod desktop_windows;
mod drag;
mod event;
mod exchange;
mod frame;
mod host;
mod input;
mod inspection;
mod keysyms;
mod launch_token;
mod nodes;
mod resume;
mod script;
mod snapshot;
mod text;
mod uris;

use crate::components::REGISTRY;
use concord_engine::{Context, Exception, JsResult, Value};
use concord_ui::geometry::{Point, Size};
use concord_ui::{NodeId, Pass, Tree};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The user interface of an app process.
pub(crate) struct Ui {
    tree: RefCell<Tree>,
    /// Windows from the bottom to the top.
    windows: RefCell<Vec<Window>>,
    /// Virtual sources: the object `{count, build, key, recycle}` of a `LazyForEach` or `Repeat`.
    sources: RefCell<FxHashMap<NodeId, Value>>,
    /// What the library wants done at the beginning of a frame.
    on_frame: RefCell<Option<Value>>,
    /// What is to be called with the next frame.
    frame_callbacks: RefCell<Vec<Value>>,
    /// Resolves `$r` objects; see `resources.js`.
    resolve: RefCell<Option<Value>>,
    /// Whether a frame waits for its time.
    scheduled: Cell<bool>,
    /// The time in ms at which a timer asks for a frame, for the sake of a tick.
    wake: Cell<Option<f64>>,
    /// Whether a pass has the tree.
    in_pass: Cell<bool>,
    /// A frame waits until the display can take a picture.
    waits_for_display: Cell<bool>,
    /// Where windows are shown; nowhere in a headless run.
    desktop: RefCell<Option<desktop::Desktop>>,
    /// What is remembered of input.
    input: input::InputState,
    /// What the app wants of the mouse pointer.
    pointer: Cell<desktop_input::Pointer>,
    /// Input that is written down or done again.
    scripts: script::Scripts,
    /// What is to be shown again, and who hears of what is shown.
    resume: resume::Resume,
    /// What the inspector's page is told.
    inspection: inspection::Inspection,
}

/// A window: a root node with a place on the screen and a size.
struct Window {
    root: NodeId,
    origin: Point,
    size: Size,
}

impl Ui {
    /// The user interface of a context; made when it is first asked for.
    pub(crate) fn of(context: &Context) -> Rc<Ui> {
        context.host_data::<Ui>().unwrap_or_else(|| {
            let ui = Rc::new(Ui {
                tree: RefCell::new(Tree::new(&REGISTRY)),
                windows: RefCell::default(),
                sources: RefCell::default(),
                on_frame: RefCell::default(),
                frame_callbacks: RefCell::default(),
                resolve: RefCell::default(),
                scheduled: Cell::default(),
                wake: Cell::default(),
                in_pass: Cell::default(),
                waits_for_display: Cell::default(),
                desktop: RefCell::default(),
                input: input::InputState::default(),
                pointer: Cell::default(),
                scripts: script::Scripts::default(),
                resume: resume::Resume::default(),
                inspection: inspection::Inspection::default(),
            });
            context.set_host_data(Rc::clone(&ui));
            ui
        })
    }

    /// Reads or changes the tree. No code of the app runs meanwhile.
    pub(crate) fn with_tree<R>(&self, work: impl FnOnce(&mut Tree) -> R) -> R {
        work(&mut self.tree.borrow_mut())
    }

    /// Takes the tree out for a pass, which may run code of the app. Passes do not nest: `None` when one is running.
    fn pass<R>(&self, work: impl FnOnce(&mut Tree) -> R) -> Option<R> {
        if self.in_pass.replace(true) {
            return None;
        }
        let mut tree = std::mem::take(&mut *self.tree.borrow_mut());
        let result = work(&mut tree);
        *self.tree.borrow_mut() = tree;
        self.in_pass.set(false);
        Some(result)
    }

    /// Goes on with the pass that code of the app has been called from: only while that code runs, `None` otherwise.
    fn resume<R>(&self, context: &Context, work: impl FnOnce(&mut Pass<'_>) -> R) -> Option<R> {
        if !self.in_pass.get() {
            return None;
        }
        let mut tree = std::mem::take(&mut *self.tree.borrow_mut());
        let result = work(&mut Pass::new(&mut tree, &mut host::AppHost { ui: self, context }));
        *self.tree.borrow_mut() = tree;
        Some(result)
    }

    /// Does something in the running pass, or in one of its own.
    fn join_pass<R>(&self, context: &Context, work: impl FnOnce(&mut Pass<'_>) -> R) -> Option<R> {
        if self.in_pass.get() {
            return self.resume(context, work);
        }
        self.pass(|tree| work(&mut Pass::new(tree, &mut host::AppHost { ui: self, context })))
    }

    /// Puts the tree of a pass back while code of the app runs.
    fn lend<R>(&self, tree: &mut Tree, work: impl FnOnce() -> R) -> R {
        *self.tree.borrow_mut() = std::mem::take(tree);
        let result = work();
        *tree = std::mem::take(&mut *self.tree.borrow_mut());
        result
    }
}

/// Tells the app's error handler of something that a function of the app threw.
fn report(context: &Context, exception: Exception) {
    if let Some(event_loop) = concord_ability::event_loop::EventLoop::of(context) {
        event_loop.report(context, exception);
    }
}

/// A native's result when there is nothing to say.
fn nothing(context: &Context) -> JsResult {
    Ok(context.undefined())
}

/// The faces of this folder.
pub(crate) use host::load_picture;
pub use inspection::OnInspector;
pub use launch_token::set_launch_token;
pub(crate) use nodes::FACES;
pub use resume::OnShown;
pub use script::{Script, ScriptError, replay_outcome, was_closed};
pub(crate) use snapshot::screenshot_part;
pub use snapshot::{SnapshotError, layout_dump, screenshot};

/// Shows the windows of a context on a display from now on.
pub(crate) fn attach_display(
    context: &Context,
    display: Box<dyn concord_desktop::display::Display>,
) -> Result<(), concord_desktop::display::DisplayError> {
    Ui::of(context).attach_display(context, display)
}

/// Writes down what people do in the windows of a context.
pub(crate) fn record(context: &Context, file: std::fs::File) {
    Ui::of(context).record_to(file);
}

/// Does what a script says in the windows of a context.
pub(crate) fn replay(context: &Context, script: Script, ends_process: bool) {
    Ui::of(context).play(script, ends_process);
}

/// Shows the pages of a context that were shown before, and tells of those that are shown.
pub(crate) fn resume(context: &Context, wanted: Option<String>, on_shown: OnShown) {
    Ui::of(context).resume_with(wanted, on_shown);
}

/// Lets people look into the windows of a context, at once when there is a place for the page.
pub(crate) fn be_inspectable(context: &Context, place: Option<crate::inspector::Place>, on_inspector: OnInspector) {
    Ui::of(context).be_inspectable(context, place, on_inspector);
}
