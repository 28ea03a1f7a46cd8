//! Records and the classes in them, as other threads know them.

use super::{SharedRef, handle, shared_ref};
use crate::link::ModuleId;
use crate::modules::{Key, Kind, Module};
use crate::runtime::Inner;
use concord_engine::{ErrorKind, JsResult, Value};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

/// How long a thread waits for another one that runs a shared module.
const PATIENCE: Duration = Duration::from_secs(30);

/// A module with `'use shared'`, which runs once per process.
#[derive(Clone)]
enum State {
    Running(ThreadId),
    /// What it exports, and how many sendable classes its text has.
    Done(SharedRef, u32),
}

static SHARED: LazyLock<Mutex<FxHashMap<String, State>>> = LazyLock::new(Mutex::default);
static CHANGED: Condvar = Condvar::new();

/// What a thread finds that wants to run a shared module.
enum Entry {
    /// Nobody has run it: it is this thread's to run.
    Mine,
    /// This thread is running it.
    Running,
    Done(SharedRef, u32),
    /// Another thread runs it and does not end.
    Stuck,
}

fn enter(key: &str, ended: impl Fn() -> bool) -> Entry {
    let start = Instant::now();
    let mut modules = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        match modules.get(key) {
            None => {
                modules.insert(key.to_owned(), State::Running(thread::current().id()));
                return Entry::Mine;
            }
            Some(State::Running(thread)) if *thread == thread::current().id() => return Entry::Running,
            Some(State::Done(exports, classes)) => return Entry::Done(exports.clone(), *classes),
            Some(State::Running(_)) if start.elapsed() > PATIENCE || ended() => return Entry::Stuck,
            Some(State::Running(_)) => {}
        }
        let waited = CHANGED.wait_timeout(modules, Duration::from_millis(50));
        modules = waited.unwrap_or_else(PoisonError::into_inner).0;
    }
}

fn leave(key: &str, done: Option<(SharedRef, u32)>) {
    let mut modules = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    match done {
        Some((exports, classes)) => modules.insert(key.to_owned(), State::Done(exports, classes)),
        // Another thread may have more luck.
        None => modules.remove(key),
    };
    CHANGED.notify_all();
}

impl Inner {
    /// Names the record of a module in all threads: `undefined` for what is none.
    pub(crate) fn shared_key(&self, module: &Module) -> Value {
        match module.kind {
            Kind::Es(file, _) | Kind::CommonJs(file, _) | Kind::Script(file, _) => {
                let store = self.store.borrow();
                // The bytes of a file stay where they are until the process ends.
                let address = store.files.get(file).map_or(0, |abc| abc.bytes.as_ptr() as usize);
                self.context.string(&format!("{address:x}/{}", module.name))
            }
            Kind::Json(..) | Kind::System(_) | Kind::Library(..) => self.context.undefined(),
        }
    }

    /// Runs the record that a class `key#place` is written in, so that the class is known here. Classes of ours have the request of
    /// a system module as their key.
    pub(crate) fn load_shared_class(self: &Rc<Self>, key: &str) -> JsResult {
        if let Some((request, _)) = key.rsplit_once('#')
            && key.starts_with('@')
        {
            return self.require(request);
        }
        let place = key.rsplit_once('#').and_then(|(record, _)| record.split_once('/'));
        let address = place.and_then(|(address, name)| Some((usize::from_str_radix(address, 16).ok()?, name)));
        let record = address.and_then(|(address, name)| self.store.borrow().by_address(address, name));
        let Some((file, index)) = record else {
            let name = place.map_or(key, |(_, name)| name);
            return Err(self.throw(
                ErrorKind::ReferenceError,
                &format!("the module '{name}' of a sendable class is not loaded in this thread"),
            ));
        };
        let id = self.module_of(Key::Record(file, index))?;
        self.run(id)?;
        Ok(self.context.undefined())
    }

    /// Runs a module with `'use shared'`, or takes over what it exports from the thread that has run it. There its text is gone
    /// through once more for the sake of its classes, as far as the first instance that it makes after the last of them.
    pub(crate) fn run_shared(self: &Rc<Self>, id: ModuleId) -> JsResult<()> {
        let (key, object) = {
            let graph = self.graph.borrow();
            let module = graph.module(id);
            (self.shared_key(module).as_string().unwrap_or_default(), module.object.clone())
        };
        let object = object.unwrap_or_else(|| self.context.undefined());
        let sharing = self.prelude.get("sharing")?;
        match enter(&key, || self.context.termination().is_some()) {
            Entry::Running => Ok(()),
            Entry::Stuck => Err(self.throw(ErrorKind::Error, "a shared module is still being run by another thread")),
            Entry::Mine => {
                let exports =
                    self.run_main(id).and_then(|_| sharing.call_method("publish", std::slice::from_ref(&object)));
                let classes = object.get("classes").ok().and_then(|count| count.as_i64());
                let classes = classes.and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
                let done = exports.as_ref().ok().and_then(shared_ref);
                leave(&key, done.map(|exports| (exports, classes)));
                exports.map(drop)
            }
            Entry::Done(exports, classes) => {
                object.set("left", &self.context.number(f64::from(classes)))?;
                if let Err(error) = self.run_main(id)
                    && !error.0.strict_equals(&sharing.get("enough")?)
                {
                    return Err(error);
                }
                sharing.call_method("attach", &[object, handle(&self.context, &exports)]).map(drop)
            }
        }
    }
}
