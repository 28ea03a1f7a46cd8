//! Shared objects: what they hold, behind a lock each.

use super::value::SharedValue;
use concord_engine::SharedBytes;
use rustc_hash::FxHashMap;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Which faces an object has: the same for all objects of a class.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name under which the face was defined (`$.sharing.define`).
    pub name: Box<str>,
    /// System module that defines it when it is loaded; empty for kinds that every machine knows.
    pub module: Box<str>,
    /// For the face: the class of an instance.
    pub detail: Box<str>,
}

/// Somebody else changes the object, or walks over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Busy;

/// Values by index: fields of an instance, elements of an array.
#[derive(Default, Debug)]
pub(crate) struct List {
    pub(crate) items: Vec<SharedValue>,
    /// Counts changes.
    pub(crate) version: u32,
    /// How many walk over it at the moment: it cannot change meanwhile.
    pub(crate) readers: u32,
}

/// Values by key, in the order of their insertion.
#[derive(Default, Debug)]
pub(crate) struct Table {
    places: FxHashMap<SharedValue, usize>,
    entries: Vec<Option<(SharedValue, SharedValue)>>,
    pub(crate) readers: u32,
}

/// State of a shared object.
pub(crate) enum Body {
    List(Mutex<List>),
    Table(Mutex<Table>),
    Bytes(Arc<SharedBytes>),
    Foreign(Arc<dyn Any + Send + Sync>),
}

/// An object that belongs to no engine; engines have faces of it.
pub(crate) struct Object {
    id: u64,
    pub(crate) kind: Arc<Kind>,
    pub(crate) body: Body,
}

/// A reference to a shared object, for any thread. References compare by identity.
///
/// Objects that refer to each other in a circle stay until the process ends.
#[derive(Clone)]
pub struct SharedRef(Arc<Object>);

/// A reference that does not keep its object alive.
#[derive(Clone, Default)]
pub struct WeakRef(Weak<Object>);

impl WeakRef {
    /// The object, if anybody still holds it.
    pub fn get(&self) -> Option<SharedRef> {
        self.0.upgrade().map(SharedRef)
    }
}

impl SharedRef {
    /// A reference that does not keep the object alive.
    pub fn downgrade(&self) -> WeakRef {
        WeakRef(Arc::downgrade(&self.0))
    }

    fn new(kind: Arc<Kind>, body: Body) -> SharedRef {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        SharedRef(Arc::new(Object { id: NEXT.fetch_add(1, Ordering::Relaxed), kind, body }))
    }

    pub(crate) fn list(kind: Arc<Kind>, items: Vec<SharedValue>) -> SharedRef {
        SharedRef::new(kind, Body::List(Mutex::new(List { items, ..List::default() })))
    }

    pub(crate) fn table(kind: Arc<Kind>) -> SharedRef {
        SharedRef::new(kind, Body::Table(Mutex::default()))
    }

    pub(crate) fn bytes(kind: Arc<Kind>, bytes: Arc<SharedBytes>) -> SharedRef {
        SharedRef::new(kind, Body::Bytes(bytes))
    }

    /// The bytes of a shared buffer.
    pub fn buffer(&self) -> Option<&Arc<SharedBytes>> {
        match &self.0.body {
            Body::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// An object whose state is Rust's, such as a lock. Its faces are made by the kind `name` that the system module `module`
    /// defines.
    pub fn foreign(name: &str, module: &str, data: Arc<dyn Any + Send + Sync>) -> SharedRef {
        let kind = Kind { name: name.into(), module: module.into(), detail: Box::default() };
        SharedRef::new(Arc::new(kind), Body::Foreign(data))
    }

    /// The Rust state of an object made by [`Self::foreign`].
    pub fn data<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        match &self.0.body {
            Body::Foreign(data) => data.clone().downcast().ok(),
            _ => None,
        }
    }

    /// A number that no other shared object of this process has.
    pub fn id(&self) -> u64 {
        self.0.id
    }

    /// What it is.
    pub fn kind(&self) -> &Arc<Kind> {
        &self.0.kind
    }

    pub(crate) fn as_list(&self) -> Option<MutexGuard<'_, List>> {
        match &self.0.body {
            Body::List(list) => Some(list.lock().unwrap_or_else(PoisonError::into_inner)),
            _ => None,
        }
    }

    pub(crate) fn as_table(&self) -> Option<MutexGuard<'_, Table>> {
        match &self.0.body {
            Body::Table(table) => Some(table.lock().unwrap_or_else(PoisonError::into_inner)),
            _ => None,
        }
    }
}

impl PartialEq for SharedRef {
    fn eq(&self, other: &SharedRef) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for SharedRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.kind.name, self.0.id)
    }
}

thread_local! {
    /// What dying objects held, dropped one by one: chains of objects may be as long as memory allows.
    static REMAINS: RefCell<Vec<SharedValue>> = const { RefCell::new(Vec::new()) };
    static DROPPING: Cell<bool> = const { Cell::new(false) };
}

impl Drop for Object {
    fn drop(&mut self) {
        let held: Vec<SharedValue> = match &mut self.body {
            Body::List(list) => std::mem::take(&mut list.get_mut().unwrap_or_else(PoisonError::into_inner).items),
            Body::Table(table) => table.get_mut().unwrap_or_else(PoisonError::into_inner).take(),
            Body::Bytes(_) | Body::Foreign(_) => return,
        };
        let objects = held.into_iter().filter(|value| matches!(value, SharedValue::Object(_)));
        // Where the thread has ended, what is left goes as it comes.
        let _ = REMAINS.try_with(|remains| remains.borrow_mut().extend(objects));
        if DROPPING.replace(true) {
            return;
        }
        while let Some(value) = REMAINS.try_with(|remains| remains.borrow_mut().pop()).unwrap_or_default() {
            drop(value);
        }
        DROPPING.set(false);
    }
}

impl List {
    /// Notes a change, which nobody may walk over.
    pub(crate) fn change(&mut self) -> Result<&mut Vec<SharedValue>, Busy> {
        if self.readers > 0 {
            return Err(Busy);
        }
        self.version = self.version.wrapping_add(1);
        Ok(&mut self.items)
    }
}

impl Table {
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn get(&self, key: &SharedValue) -> Option<&SharedValue> {
        let place = *self.places.get(key)?;
        self.entries.get(place)?.as_ref().map(|(_, value)| value)
    }

    /// Gives back what was there.
    pub(crate) fn set(&mut self, key: SharedValue, value: SharedValue) -> Result<Option<SharedValue>, Busy> {
        if let Some(&place) = self.places.get(&key) {
            let entry = self.entries.get_mut(place).and_then(Option::as_mut);
            return Ok(entry.map(|entry| std::mem::replace(&mut entry.1, value)));
        }
        self.check()?;
        self.places.insert(key.clone(), self.entries.len());
        self.entries.push(Some((key, value)));
        Ok(None)
    }

    /// Gives back what was there.
    pub(crate) fn remove(&mut self, key: &SharedValue) -> Result<Option<(SharedValue, SharedValue)>, Busy> {
        self.check()?;
        let Some(place) = self.places.remove(key) else { return Ok(None) };
        let entry = self.entries.get_mut(place).and_then(Option::take);
        if self.entries.len() > 32 && self.places.len() * 2 < self.entries.len() {
            self.entries.retain(Option::is_some);
            let keys = self.entries.iter().flatten().enumerate().map(|(place, (key, _))| (key.clone(), place));
            self.places = keys.collect();
        }
        Ok(entry)
    }

    /// Gives back what was there.
    pub(crate) fn clear(&mut self) -> Result<Vec<SharedValue>, Busy> {
        self.check()?;
        Ok(self.take())
    }

    fn take(&mut self) -> Vec<SharedValue> {
        let keys = std::mem::take(&mut self.places).into_keys();
        let entries = std::mem::take(&mut self.entries).into_iter().flatten();
        keys.chain(entries.flat_map(|(key, value)| [key, value])).collect()
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &(SharedValue, SharedValue)> {
        self.entries.iter().flatten()
    }

    fn check(&self) -> Result<(), Busy> {
        if self.readers > 0 { Err(Busy) } else { Ok(()) }
    }
}
