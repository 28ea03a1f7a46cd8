//! What the inspector's page knows of the main loop; see `inspector/README.md`.

mod answers;
mod attributes;
mod frames;
mod highlight;

use super::Ui;
use crate::inspector::{Door, Place, Server, Shared, token};
use attributes::Noted;
use concord_ability::app::AppHandle;
use concord_ability::event_loop::EventLoop;
use concord_engine::{Call, Context, JsResult, Value as Js};
use concord_runtime::{FaceModule, Native, Runtime};
use concord_ui::Value;
pub(super) use frames::Part;
use nix::poll::PollFlags;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

pub(super) const FACE: FaceModule = FaceModule {
    request: "@concord:arkui/inspection",
    source: include_str!("inspection.js"),
    natives: NATIVES,
    apis: &[],
};

const NATIVES: &[(&str, Native)] = &[("noteSource", note_source)];

/// Hears of the address of the page when a person asks for it with F12.
pub type OnInspector = Box<dyn Fn(&Context, &str)>;

/// The side of the main loop.
#[derive(Default)]
pub(super) struct Inspection {
    /// There once somebody has asked for the page.
    server: OnceCell<Server>,
    place: RefCell<Option<Place>>,
    on_inspector: RefCell<Option<OnInspector>>,
    noted: RefCell<Noted>,
    /// The node that is marked in its window, by number; 0 is none.
    marked: Cell<u64>,
    shared: Arc<Shared>,
    frames: Cell<u64>,
}

impl Ui {
    /// Lets people ask for the inspector: with F12, or from outside.
    pub(super) fn be_inspectable(&self, context: &Context, place: Option<Place>, on_inspector: OnInspector) {
        let at_once = place.is_some();
        *self.inspection.place.borrow_mut() = place;
        *self.inspection.on_inspector.borrow_mut() = Some(on_inspector);
        if at_once {
            self.show_inspector(context);
        }
        match Door::open(&AppHandle::of(context).bundle_name()) {
            Ok(door) => Ui::answer_at(context, door),
            Err(error) => tracing::info!("`concord inspect` does not find this app: {error}"),
        }
    }

    fn answer_at(context: &Context, door: Door) {
        let (Some(event_loop), Ok(descriptor)) = (EventLoop::of(context), door.descriptor()) else { return };
        let door = Rc::new(door);
        event_loop.watch(descriptor, PollFlags::POLLIN, true, move |context, _| {
            door.answer(|| Ui::of(context).inspector(context));
            Ok(true)
        });
    }

    /// Whether somebody looks.
    pub(super) fn is_inspected(&self) -> bool {
        self.inspection.server.get().is_some()
    }

    /// A person wants to see the page.
    pub(super) fn show_inspector(&self, context: &Context) {
        let asked = self.inspector(context);
        match (asked, &*self.inspection.on_inspector.borrow()) {
            (Ok(url), Some(on_inspector)) => on_inspector(context, &url),
            (Err(problem), _) => tracing::warn!("the inspector does not open: {problem}"),
            (Ok(_), None) => {}
        }
    }

    /// The address of the page, which is served from now on.
    fn inspector(&self, context: &Context) -> Result<String, String> {
        if let Some(server) = self.inspection.server.get() {
            return Ok(server.url.clone());
        }
        let event_loop = EventLoop::of(context).ok_or("the app has ended")?;
        let place = self.inspection.place.borrow_mut().take().unwrap_or(Place { port: 0, token: None });
        let secret = place.token.map_or_else(token, Ok).map_err(|error| error.to_string())?;
        let bundle = AppHandle::of(context).bundle_name();
        let shared = Arc::clone(&self.inspection.shared);
        let server = Server::start(place.port, secret, bundle, event_loop.remote(), answers::answer, shared);
        let url = server.map(|server| self.inspection.server.get_or_init(|| server).url.clone());
        // What was set before nobody noted it is set once more.
        event_loop.post(|context| library(context)?.call_method("rerender", &[]).map(drop));
        url.map_err(|error| error.to_string())
    }

    /// A method of a component was called on a node.
    pub(super) fn note_attribute(&self, node: u64, name: &'static str, args: &[Value]) {
        if self.is_inspected() {
            self.inspection.noted.borrow_mut().set(node, name, args);
        }
    }
}

/// The library's side.
fn library(context: &Context) -> JsResult<Js> {
    match Runtime::of(context) {
        Some(runtime) => runtime.require("@concord:arkui/inspection"),
        None => Ok(context.undefined()),
    }
}

/// `noteSource(node, text)`: where in the app's source a node is made.
fn note_source(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    if let (true, Some(node), Some(text)) = (ui.is_inspected(), call.arg(0).as_f64(), call.arg(1).as_string()) {
        ui.inspection.noted.borrow_mut().set_source(node as u64, text);
    }
    super::nothing(call.context)
}
