//! From the network thread to functions of the engine that asked: every engine has a table of its own, and is called only in turns
//! of its own loop.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use concord_ability::event_loop::{EventLoop, Hold, Remote};
use concord_engine::{Context, JsResult, Value};
use rustc_hash::FxHashMap;
use tokio::sync::Semaphore;

/// What one permit of [`Function::deliver`] stands for, in bytes.
const PERMIT: usize = 64 * 1024;
/// Permits of one function: 4 MB may wait for a busy engine, then the network waits, too.
const PERMITS: usize = 64;

/// A value on its way to an engine.
pub(crate) enum Piece {
    Undefined,
    Number(f64),
    Text(String),
    /// Becomes an ArrayBuffer.
    Bytes(Vec<u8>),
    /// Text that becomes the value that it describes.
    Json(serde_json::Value),
    /// Made on the engine's thread.
    Make(Box<dyn FnOnce(&Context) -> Value + Send>),
}

impl Piece {
    fn into_value(self, context: &Context) -> JsResult<Value> {
        Ok(match self {
            Self::Undefined => context.undefined(),
            Self::Number(value) => context.number(value),
            Self::Text(text) => context.string(&text),
            Self::Bytes(bytes) => context.array_buffer(bytes),
            Self::Make(make) => make(context),
            Self::Json(value) => context.json_parse(&value.to_string())?,
        })
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The functions of one engine that background work may call.
#[derive(Default)]
struct Functions {
    next: Cell<u64>,
    known: RefCell<FxHashMap<u64, Value>>,
}

impl Functions {
    fn of(context: &Context) -> Rc<Self> {
        context.host_data::<Self>().unwrap_or_else(|| {
            let functions = Rc::new(Self::default());
            context.set_host_data(Rc::clone(&functions));
            functions
        })
    }
}

/// A function of an engine, for other threads. While a clone lives, the loop of the engine is not idle.
#[derive(Clone)]
pub(crate) struct Function(Arc<Target>);

struct Target {
    remote: Remote,
    id: u64,
    room: Arc<Semaphore>,
    _hold: Hold,
}

impl Drop for Target {
    fn drop(&mut self) {
        let id = self.id;
        self.remote.post(move |context, _| {
            let dropped = Functions::of(context).known.borrow_mut().remove(&id);
            drop(dropped);
            Ok(())
        });
    }
}

impl Function {
    /// Keeps `function` for other threads; none where there is no loop.
    pub(crate) fn keep(context: &Context, function: Value) -> Option<Self> {
        let remote = EventLoop::of(context)?.remote();
        let functions = Functions::of(context);
        let id = functions.next.get();
        functions.next.set(id + 1);
        functions.known.borrow_mut().insert(id, function);
        let hold = remote.hold();
        Some(Self(Arc::new(Target { remote, id, room: Arc::new(Semaphore::new(PERMITS)), _hold: hold })))
    }

    /// Calls the function with `pieces` in a turn of its loop.
    pub(crate) fn call(&self, pieces: Vec<Piece>) {
        self.post(pieces, ());
    }

    /// The same for `pieces` of about `size` bytes; waits while the engine has too much to read already.
    pub(crate) async fn deliver(&self, size: usize, pieces: Vec<Piece>) {
        let permits = (size / PERMIT + 1).min(PERMITS);
        let room = Arc::clone(&self.0.room);
        // The semaphore is never closed.
        if let Ok(permit) = room.acquire_many_owned(u32::try_from(permits).unwrap_or(1)).await {
            self.post(pieces, permit);
        }
    }

    fn post(&self, pieces: Vec<Piece>, held: impl Send + 'static) {
        let id = self.0.id;
        // The target travels along: dropping it on this side first would forget the function before the call.
        let target = Arc::clone(&self.0);
        self.0.remote.post(move |context, _| {
            let _kept = (held, target);
            let function = Functions::of(context).known.borrow().get(&id).cloned();
            let Some(function) = function else { return Ok(()) };
            let args = pieces.into_iter().map(|piece| piece.into_value(context)).collect::<JsResult<Vec<_>>>()?;
            function.call(&context.undefined(), &args).map(drop)
        });
    }
}
