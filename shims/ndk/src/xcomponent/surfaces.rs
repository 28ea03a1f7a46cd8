//! `@concord:native-surfaces`: surfaces as ArkUI has them. It makes them, says how large they are and what happens to them, and shows
//! their pictures.

use super::component::{Handler, NativeXComponent};
use super::events::{MouseEvent, TouchEvent};
use super::frames::{self, Beats};
use crate::graphics::queue::Queue;
use crate::graphics::window::Window;
use concord_ability::event_loop::EventLoop;
use concord_engine::{Call, Context, ErrorKind, JsResult, Value};
use concord_napi::Env;
use concord_runtime::{FaceModule, Native, Runtime};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};

/// The property of exports by which a library finds its component.
const PROPERTY: &str = "__NATIVE_XCOMPONENT_OBJ__";

/// The face.
pub(crate) static FACE: FaceModule = FaceModule {
    request: "@concord:native-surfaces",
    source: include_str!("surfaces.js"),
    natives: NATIVES,
    apis: &[],
};

const NATIVES: &[(&str, Native)] = &[
    ("create", create),
    ("surfaceId", surface_id),
    ("name", name),
    ("load", load),
    ("resize", resize),
    ("created", created),
    ("changed", changed),
    ("destroyed", destroyed),
    ("tell", tell),
    ("touch", touch),
    ("mouse", mouse),
    ("hover", hover),
    ("key", key),
    ("take", take),
];

/// A surface, and the component that it belongs to.
struct Surface {
    queue: Arc<Queue>,
    component: &'static NativeXComponent,
}

impl Surface {
    /// Calls a function that the guest has registered, with the component and its window.
    fn call(&self, context: &Context, handler: Option<Handler>) {
        let window = self.component.state().window as usize;
        if let Some(handler) = handler {
            let arguments = [std::ptr::from_ref(self.component) as usize, window, 0, 0];
            // SAFETY: the guest has registered it as a function with these arguments.
            unsafe { Env::of(context).call_guest(handler as *const c_void, arguments, |_| ()) };
        }
    }

    /// Gives up the window, which native code may not use any more.
    fn close(&self) {
        self.queue.set_listener(None);
        let window = std::mem::replace(&mut self.component.state().window, std::ptr::null());
        if !window.is_null() {
            // SAFETY: `created` has kept this reference.
            drop(unsafe { Arc::from_raw(window) });
        }
    }
}

impl Drop for Surface {
    fn drop(&mut self) {
        self.close();
    }
}

/// Who is told of new pictures, by the number of the surface.
#[derive(Default)]
struct Watchers(RefCell<FxHashMap<u64, Value>>);

impl Watchers {
    fn of(context: &Context) -> Rc<Watchers> {
        context.host_data().unwrap_or_else(|| {
            let watchers = Rc::new(Watchers::default());
            context.set_host_data(Rc::clone(&watchers));
            watchers
        })
    }
}

fn surface(call: &Call<'_>) -> JsResult<Rc<Surface>> {
    let value = call.arg(0);
    let found = value.native::<Rc<Surface>>().map(Rc::clone);
    found.ok_or_else(|| call.context.throw(ErrorKind::TypeError, "this is no surface"))
}

fn number(call: &Call<'_>, index: usize) -> f64 {
    call.arg(index).as_f64().filter(|number| number.is_finite()).unwrap_or(0.0)
}

fn nothing(call: &Call<'_>) -> JsResult {
    Ok(call.context.undefined())
}

/// `create() → surface`: one without a size.
fn create(call: &Call<'_>) -> JsResult {
    let main_loop = EventLoop::of(call.context).map(|event_loop| event_loop.remote());
    let component = NativeXComponent::new(Beats::new(main_loop));
    let queue = Queue::new();
    queue.set_drops(true);
    Ok(call.context.native_object(Box::new(Rc::new(Surface { queue, component })), None))
}

/// `name(surface, id)`: the id of its component.
fn name(call: &Call<'_>) -> JsResult {
    surface(call)?.component.state().id = call.arg(1).as_string().unwrap_or_default();
    nothing(call)
}

/// `surfaceId(surface) → string`.
fn surface_id(call: &Call<'_>) -> JsResult {
    Ok(call.context.string(&surface(call)?.queue.id().to_string()))
}

/// `load(surface, library) → exports`: has a library (`entry` for `libentry.so`) start for this component. Throws what its start
/// throws.
fn load(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    let name = call.arg(1).as_string().unwrap_or_default();
    let Some(runtime) = Runtime::of(call.context) else { return nothing(call) };
    let exports = call.context.object();
    let object = call.context.object();
    Env::of(call.context).wrap_native(&object, std::ptr::from_ref(surface.component).cast_mut().cast::<c_void>());
    exports.set(PROPERTY, &object)?;
    runtime.initialise_library(&format!("lib{name}.so"), &exports)
}

/// `resize(surface, width, height, x, y)`: px; the place is that in the window of the app.
fn resize(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    let (width, height) = (number(call, 1).max(0.0), number(call, 2).max(0.0));
    let size = (width as u64, height as u64);
    let before = {
        let mut state = surface.component.state();
        state.offset = (number(call, 3), number(call, 4));
        std::mem::replace(&mut state.size, size)
    };
    // As long as it stays as it is, native code may ask for buffers of another size.
    if before != size {
        surface.queue.change(|settings| (settings.width, settings.height) = (width as i32, height as i32));
    }
    nothing(call)
}

/// `created(surface, onPicture)`: it can be drawn on from now on; `onPicture` is called when there is a new picture.
fn created(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    if !surface.component.state().window.is_null() {
        return nothing(call);
    }
    let id = surface.queue.id();
    if let Some(event_loop) = EventLoop::of(call.context) {
        Watchers::of(call.context).0.borrow_mut().insert(id, call.arg(1));
        let (remote, waits) = (event_loop.remote(), Arc::new(AtomicBool::new(false)));
        surface.queue.set_listener(Some(Arc::new(move || {
            // One call is for all pictures until it is made.
            if !waits.swap(true, SeqCst) {
                let waits = Arc::clone(&waits);
                remote.post(move |context, _| {
                    waits.store(false, SeqCst);
                    let watcher = Watchers::of(context).0.borrow().get(&id).cloned();
                    watcher.map_or(Ok(()), |watcher| watcher.call(&context.undefined(), &[]).map(drop))
                });
            }
        })));
    }
    surface.component.state().window = Window::for_guest(Arc::clone(&surface.queue));
    surface.call(call.context, surface.component.callbacks().created);
    frames::start(surface.component);
    nothing(call)
}

/// `changed(surface)`: it has another size.
fn changed(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    surface.call(call.context, surface.component.callbacks().changed);
    nothing(call)
}

/// `destroyed(surface)`: it leaves the tree.
fn destroyed(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    if !surface.component.state().window.is_null() {
        surface.call(call.context, surface.component.callbacks().destroyed);
    }
    Watchers::of(call.context).0.borrow_mut().remove(&surface.queue.id());
    surface.close();
    nothing(call)
}

/// `tell(surface, what)`: `focus`, `blur`, `show` or `hide`.
fn tell(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    let handler = {
        let state = surface.component.state();
        match call.arg(1).as_string().as_deref() {
            Some("focus") => state.focus,
            Some("blur") => state.blur,
            Some("show") => state.show,
            Some("hide") => state.hide,
            _ => None,
        }
    };
    surface.call(call.context, handler);
    nothing(call)
}

/// `touch(surface, event, density)`: a `TouchEvent` of ArkTS.
fn touch(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    let touch = TouchEvent::read(&call.arg(1), number(call, 2))?;
    surface.component.state().touch = touch;
    surface.call(call.context, surface.component.callbacks().touch);
    nothing(call)
}

/// `mouse(surface, event, density)`: a `MouseEvent` of ArkTS.
fn mouse(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    let mouse = MouseEvent::read(&call.arg(1), number(call, 2))?;
    surface.component.state().mouse = mouse;
    surface.call(call.context, surface.component.mouse_callbacks().mouse);
    nothing(call)
}

/// `hover(surface, over)`.
fn hover(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    if let Some(hover) = surface.component.mouse_callbacks().hover {
        let over = usize::from(call.arg(1).to_boolean());
        let arguments = [std::ptr::from_ref(surface.component) as usize, over, 0, 0];
        // SAFETY: the guest has registered it as a function with these arguments.
        unsafe { Env::of(call.context).call_guest(hover as *const c_void, arguments, |_| ()) };
    }
    nothing(call)
}

/// `key(surface, event)`: a `KeyEvent` of ArkTS.
fn key(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    let field = |name: &str| Ok(call.arg(1).get(name)?.as_f64().unwrap_or(0.0));
    let told = &surface.component.key_event;
    told.action.store(field("type")? as i32, Relaxed);
    told.code.store(field("keyCode")? as i32, Relaxed);
    // `OH_NATIVEXCOMPONENT_SOURCE_TYPE_KEYBOARD`
    told.source.store(5, Relaxed);
    told.device.store(field("deviceId")? as i64, Relaxed);
    told.time.store(field("timestamp")? as i64, Relaxed);
    let handler = surface.component.state().key;
    surface.call(call.context, handler);
    nothing(call)
}

/// `take(surface) → [width, height, ArrayBuffer]`: the newest picture as premultiplied RGBA; undefined when there is none, or none
/// that can be shown.
fn take(call: &Call<'_>) -> JsResult {
    let surface = surface(call)?;
    let Ok(frame) = surface.queue.acquire(true) else { return nothing(call) };
    let config = frame.buffer.config();
    let pixels = frame.buffer.to_rgba();
    let released = surface.queue.release(&frame.buffer);
    if let Err(code) = released {
        tracing::debug!("a picture cannot be given back: error {code}");
    }
    let Some(pixels) = pixels else {
        tracing::warn!("pictures with pixels of format {} are not shown", config.format);
        return nothing(call);
    };
    let made = [
        call.context.number(config.width.into()),
        call.context.number(config.height.into()),
        call.context.array_buffer(pixels),
    ];
    Ok(call.context.array(&made))
}
