//! Values that travel between threads: taken apart in one engine, made anew in another.

use crate::Runtime;
use crate::sharing::SharedRef;
use concord_engine::{ArrayKind, Context, Exception, JsResult, Value};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Sendable objects.
struct Sendables;

impl Sharing for Sendables {
    fn share(&self, object: &Value, _copy: bool) -> JsResult<Option<Shared>> {
        let Some(runtime) = Runtime::of(object.context()) else { return Ok(None) };
        Ok(runtime.share(object)?.map(|shared| Arc::new(shared) as Shared))
    }

    fn adopt(&self, context: &Context, shared: &Shared) -> JsResult<Option<Value>> {
        let (Some(runtime), Some(shared)) = (Runtime::of(context), shared.downcast_ref::<SharedRef>()) else {
            return Ok(None);
        };
        runtime.face(shared).map(Some)
    }
}

/// What two engines have in common: a value of which no copy is made.
pub type Shared = Arc<dyn Any + Send + Sync>;

/// A kind of object that is shared rather than copied.
pub trait Sharing {
    /// What stands for `object` on other threads; `None` when it is copied as a plain object. With `copy` a new shared thing
    /// of the same content is wanted.
    fn share(&self, object: &Value, copy: bool) -> JsResult<Option<Shared>>;

    /// The value that stands for `shared` here; `None` when it is of another kind.
    fn adopt(&self, context: &Context, shared: &Shared) -> JsResult<Option<Value>>;
}

/// Which buffers go over to the receiver instead of being copied.
#[derive(Clone, Copy, Default)]
pub enum Moved<'a> {
    /// None.
    #[default]
    None,
    /// Those of an array.
    Listed(&'a Value),
    /// All.
    All,
}

/// Which buffers and shared objects are copied, although others of their kind are not.
#[derive(Clone, Copy, Default)]
pub enum Copied<'a> {
    /// None.
    #[default]
    None,
    /// Those of an array.
    Listed(&'a Value),
    /// All shared objects.
    Shared,
}

/// A value between two threads.
#[derive(Clone)]
pub struct Message {
    /// Numbers of transfer.js in memory order of the machine, then the lengths of the texts.
    words: Vec<u8>,
    /// Texts at the end of `words`.
    texts: usize,
    text: Text,
    buffers: Vec<Vec<u8>>,
    shared: Vec<Shared>,
}

/// All texts of a value, one after another.
#[derive(Clone)]
enum Text {
    /// Half the memory, also in the engine that gets it.
    Ascii(String),
    Wide(Vec<u16>),
}

/// The two halves in a context, and what is shared there.
struct Cloner {
    take: Value,
    give: Value,
    add_predicate: Value,
    sharings: RefCell<Vec<Rc<dyn Sharing>>>,
    /// What the values that are being taken share: one list for each, as taking may run getters of the guest.
    taking: RefCell<Vec<Vec<Shared>>>,
}

const WORD: usize = size_of::<f64>();

impl Cloner {
    fn of(context: &Context) -> JsResult<Rc<Cloner>> {
        if let Some(cloner) = context.host_data::<Cloner>() {
            return Ok(cloner);
        }
        let native = context.object();
        let share = context.function("share", 3, |call| {
            let Some(cloner) = call.context.host_data::<Cloner>() else { return Ok(call.context.undefined()) };
            let place = call.arg(0).as_i64().and_then(|place| usize::try_from(place).ok());
            let sharing = place.and_then(|place| cloner.sharings.borrow().get(place).cloned());
            let shared = match sharing {
                Some(sharing) => sharing.share(&call.arg(1), call.arg(2).to_boolean())?,
                None => None,
            };
            let mut taking = cloner.taking.borrow_mut();
            let (Some(shared), Some(list)) = (shared, taking.last_mut()) else { return Ok(call.context.undefined()) };
            list.push(shared);
            Ok(call.context.number((list.len() - 1) as f64))
        });
        native.set("share", &share)?;
        let halves = context.eval(include_str!("transfer.js"), "concord:transfer")?;
        let halves = halves.call(&context.undefined(), &[native])?;
        let cloner = Rc::new(Cloner {
            take: halves.get("take")?,
            give: halves.get("give")?,
            add_predicate: halves.get("addPredicate")?,
            sharings: RefCell::default(),
            taking: RefCell::default(),
        });
        context.set_host_data(Rc::clone(&cloner));
        if let Some(runtime) = Runtime::of(context) {
            add_sharing(context, &runtime.prelude().get("sharing")?.get("isShared")?, Rc::new(Sendables))?;
        }
        Ok(cloner)
    }

    fn adopt(&self, context: &Context, shared: &Shared) -> JsResult {
        let sharings = self.sharings.borrow().clone();
        for sharing in sharings {
            if let Some(value) = sharing.adopt(context, shared)? {
                return Ok(value);
            }
        }
        Ok(context.undefined())
    }
}

/// Has objects for which the JavaScript function `predicate` says yes go through `sharing`. The predicate is asked for every
/// object and function of every message: it has to be quick.
pub fn add_sharing(context: &Context, predicate: &Value, sharing: Rc<dyn Sharing>) -> JsResult<()> {
    let cloner = Cloner::of(context)?;
    cloner.sharings.borrow_mut().push(sharing);
    cloner.add_predicate.call(&context.undefined(), std::slice::from_ref(predicate)).map(drop)
}

impl Message {
    /// Takes a value apart.
    ///
    /// # Errors
    /// Values that cannot be serialised (functions, symbols, promises, weak collections), and what getters throw.
    pub fn take(value: &Value, moved: Moved<'_>, copied: Copied<'_>) -> JsResult<Message> {
        let context = value.context();
        let cloner = Cloner::of(context)?;
        let list = match moved {
            Moved::Listed(list) => list.clone(),
            Moved::None | Moved::All => context.undefined(),
        };
        let all = context.boolean(matches!(moved, Moved::All));
        let copies = match copied {
            Copied::Listed(list) => list.clone(),
            Copied::None | Copied::Shared => context.undefined(),
        };
        let copy_shared = context.boolean(matches!(copied, Copied::Shared));
        cloner.taking.borrow_mut().push(Vec::new());
        let taken = cloner.take.call(&context.undefined(), &[value.clone(), list, all, copies, copy_shared]);
        let shared = cloner.taking.borrow_mut().pop().unwrap_or_default();
        let taken = taken?;
        let number = |index| Ok(taken.get_index(index)?.as_f64().unwrap_or_default() as usize);
        let (count, texts): (usize, usize) = (number(1)?, number(2)?);
        let words = taken.get_index(0)?.with_bytes_mut(|words| words.get(..count * WORD).map(<[u8]>::to_vec));
        let text = taken.get_index(3)?.as_utf16().unwrap_or_default();
        let list = taken.get_index(4)?;
        let buffers = (0..list.array_len()?)
            .map(|index| Ok(list.get_index(index)?.bytes().unwrap_or_default()))
            .collect::<JsResult<_>>()?;
        Ok(Message { words: words.flatten().unwrap_or_default(), texts, text: Text::of(text), buffers, shared })
    }

    /// Makes the value anew.
    ///
    /// # Errors
    /// Only when the engine has no memory left, or what is shared cannot be adopted.
    pub fn give(self, context: &Context) -> JsResult {
        let cloner = Cloner::of(context)?;
        let lengths = (self.words.len() / WORD).saturating_sub(self.texts);
        let words = context.typed_array(ArrayKind::Float64, self.words);
        let text = match &self.text {
            Text::Ascii(text) => context.string(text),
            Text::Wide(text) => context.string_utf16(text),
        };
        let buffers: Vec<Value> = self.buffers.into_iter().map(|bytes| context.array_buffer(bytes)).collect();
        let shared = self.shared.iter().map(|shared| cloner.adopt(context, shared));
        let shared = shared.collect::<Result<Vec<Value>, Exception>>()?;
        let lengths = context.number(lengths as f64);
        let arguments = [words, lengths, text, context.array(&buffers), context.array(&shared)];
        cloner.give.call(&context.undefined(), &arguments)
    }

    /// Bytes that it takes, without what is shared.
    pub fn size(&self) -> usize {
        let text = match &self.text {
            Text::Ascii(text) => text.len(),
            Text::Wide(text) => text.len() * 2,
        };
        self.words.len() + text + self.buffers.iter().map(Vec::len).sum::<usize>()
    }
}

impl Text {
    fn of(units: Vec<u16>) -> Text {
        if units.iter().all(|unit| *unit < 0x80) {
            Text::Ascii(units.into_iter().map(|unit| unit as u8 as char).collect())
        } else {
            Text::Wide(units)
        }
    }
}
