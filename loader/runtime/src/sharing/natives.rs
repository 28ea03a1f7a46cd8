//! What faces call: `host.sharing` of the prelude.

use super::object::{Busy, Kind};
use super::value::SharedValue;
use super::{Faces, SharedRef, object_of, parking};
use concord_engine::{
    Context, ErrorKind, JsResult, Kind as ValueKind, Local, LocalCall, LocalFunction, LocalResult, Locals, SharedBytes,
};
use std::rc::Rc;
use std::sync::Arc;

/// Most elements that a list is grown to by an index.
const MOST: usize = 1 << 28;

const NATIVES: &[(&str, u32, LocalFunction)] = &[
    ("kind", 3, kind),
    ("list", 2, list),
    ("table", 1, table),
    ("bind", 2, bind),
    ("open", 1, open),
    ("load", 2, load),
    ("store", 3, store),
    ("length", 1, length),
    ("push", 2, push),
    ("pop", 1, pop),
    ("snapshot", 1, snapshot),
    ("replace", 3, replace),
    ("reading", 2, reading),
    ("get", 2, get),
    ("set", 3, set),
    ("has", 2, has),
    ("remove", 2, remove),
    ("clear", 1, clear),
    ("size", 1, size),
    ("entries", 1, entries),
    ("buffer", 2, buffer),
    ("over", 1, over),
    ("wait", 5, wait),
    ("notify", 3, notify),
];

/// The natives of a machine. Its faces are made by what the prelude passes to `begin(share, adopt)`.
pub(crate) fn install(context: &Context) -> JsResult {
    let faces = Rc::new(Faces::default());
    context.set_host_data(faces.clone());
    let host = context.object();
    for &(name, length, handler) in NATIVES {
        let function = context.local_function(name, length, false, handler, [0; 3]);
        if name == "open" {
            let _ = faces.open.set(function.clone());
        }
        host.set(name, &function)?;
    }
    let begin = context.function("begin", 2, |call| {
        if let Some(faces) = Faces::of(call.context) {
            let _ = faces.share.set(call.arg(0));
            let _ = faces.adopt.set(call.arg(1));
        }
        Ok(call.context.undefined())
    });
    host.set("begin", &begin)?;
    Ok(host)
}

fn argument<'a>(call: &LocalCall<'a>, index: usize) -> Local<'a> {
    call.args.get(index).copied().unwrap_or(Local::UNDEFINED)
}

fn index<'a>(call: &LocalCall<'a>, at: usize) -> usize {
    argument(call, at).as_f64().map_or(usize::MAX, |n| if n >= 0.0 { n as usize } else { usize::MAX })
}

fn object<'a>(call: &LocalCall<'a>) -> LocalResult<'a, SharedRef> {
    object_of(call.locals, argument(call, 0)).ok_or_else(|| wrong(call.locals))
}

#[cold]
fn wrong(locals: Locals<'_>) -> Local<'_> {
    locals.error(ErrorKind::TypeError, "this is no shared object of that kind")
}

/// What the platform throws where one thread changes what another one walks over.
#[cold]
fn busy(locals: Locals<'_>) -> Local<'_> {
    let error = locals.error(ErrorKind::Error, "Concurrent modification error");
    let name = locals.set(error, locals.key("name"), locals.string("BusinessError"));
    let code = locals.set(error, locals.key("code"), Local::number(10_200_201.0));
    name.and(code).err().unwrap_or(error)
}

/// A value on its way out. Objects must be sendable; those that are not shared yet become so.
fn outside<'a>(locals: Locals<'a>, value: Local<'a>) -> LocalResult<'a, SharedValue> {
    if let Some(number) = value.as_f64() {
        return Ok(SharedValue::Number(number));
    }
    Ok(match locals.kind(value) {
        ValueKind::Undefined => SharedValue::Undefined,
        ValueKind::Null => SharedValue::Null,
        ValueKind::Boolean => SharedValue::Bool(value.as_bool().unwrap_or_default()),
        ValueKind::String => SharedValue::Text(locals.to_text(value)?.utf16().into()),
        ValueKind::BigInt => {
            let (negative, words) = locals.bigint_words(value)?;
            SharedValue::BigInt(negative, words.into())
        }
        ValueKind::Number => SharedValue::Number(value.as_f64().unwrap_or_default()),
        ValueKind::Object | ValueKind::Function => {
            if let Some(object) = object_of(locals, value) {
                return Ok(SharedValue::Object(object));
            }
            let faces = Faces::of(locals.context());
            let share = faces.as_ref().and_then(|faces| faces.share.get());
            let share = share.map_or(Local::UNDEFINED, |share| locals.local(share));
            let handle = locals.call(share, Local::UNDEFINED, &[value])?;
            match object_of(locals, handle) {
                Some(object) => SharedValue::Object(object),
                None => return Err(locals.error(ErrorKind::TypeError, "the value is not sendable")),
            }
        }
        ValueKind::Symbol => return Err(locals.error(ErrorKind::TypeError, "a symbol is not sendable")),
    })
}

/// A value on its way in.
fn inside<'a>(locals: Locals<'a>, value: &SharedValue) -> LocalResult<'a> {
    Ok(match value {
        SharedValue::Undefined => Local::UNDEFINED,
        SharedValue::Null => Local::NULL,
        SharedValue::Bool(b) => Local::boolean(*b),
        SharedValue::Number(n) => Local::number(*n),
        SharedValue::Text(text) => locals.string_utf16(text),
        SharedValue::BigInt(negative, words) => locals.bigint(*negative, words)?,
        SharedValue::Object(object) => match Faces::of(locals.context()) {
            Some(faces) => faces.open(locals, object)?,
            None => Local::UNDEFINED,
        },
    })
}

fn array<'a>(locals: Locals<'a>, values: &[SharedValue]) -> LocalResult<'a> {
    let array = locals.array(&[])?;
    for (at, value) in (0_u32..).zip(values) {
        locals.set_index(array, at, inside(locals, value)?)?;
    }
    Ok(array)
}

fn values<'a>(locals: Locals<'a>, array: Local<'a>) -> LocalResult<'a, Vec<SharedValue>> {
    if !locals.is_array(array) {
        return Ok(Vec::new());
    }
    let length = locals.get(array, locals.key("length"))?.as_f64().unwrap_or_default() as u32;
    (0..length).map(|at| outside(locals, locals.get_index(array, at)?)).collect()
}

fn number<'a>(n: usize) -> Local<'a> {
    Local::number(n as f64)
}

/// `kind(name, module, detail)`: what `list` and `table` are given.
fn kind<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let locals = call.locals;
    let text = |at| locals.to_text(argument(call, at)).map(|text| text.to_utf8().into_boxed_str());
    let kind = Kind { name: text(0)?, module: text(1)?, detail: text(2)? };
    Ok(locals.native_object(Box::new(Arc::new(kind))))
}

fn made<'a>(call: &LocalCall<'a>, make: impl FnOnce(Arc<Kind>) -> SharedRef) -> LocalResult<'a> {
    let kind = call.locals.native::<Arc<Kind>>(argument(call, 0)).ok_or_else(|| wrong(call.locals))?;
    let faces = Faces::of(call.locals.context()).ok_or_else(|| wrong(call.locals))?;
    Ok(call.locals.native_object(faces.handle(make(kind))))
}

/// `list(kind, length)`: the handle of a new object with that many fields.
fn list<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let length = argument(call, 1).as_f64().unwrap_or_default().clamp(0.0, MOST as f64) as usize;
    made(call, |kind| SharedRef::list(kind, vec![SharedValue::Undefined; length]))
}

/// `table(kind)`: the handle of a new object with keys.
fn table<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    made(call, SharedRef::table)
}

/// `bind(handle, face)`: the object's face in this machine.
fn bind<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    if let Some(faces) = Faces::of(call.locals.context()) {
        faces.bind(call.locals, &object(call)?, argument(call, 1));
    }
    Ok(Local::UNDEFINED)
}

/// `open(handle)`: the face, made when there is none.
fn open<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    match Faces::of(call.locals.context()) {
        Some(faces) => faces.open(call.locals, &object(call)?),
        None => Err(wrong(call.locals)),
    }
}

/// `load(handle, index)`.
fn load<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    // The lock is not held while the engine makes a value.
    let value = match object.as_list() {
        Some(list) => list.items.get(index(call, 1)).cloned().unwrap_or_default(),
        None => return Err(wrong(call.locals)),
    };
    inside(call.locals, &value)
}

/// `store(handle, index, value)`: `false` when there is no such index.
fn store<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let value = outside(call.locals, argument(call, 2))?;
    let old = match object.as_list() {
        Some(mut list) => {
            let items = list.change().map_err(|Busy| busy(call.locals))?;
            items.get_mut(index(call, 1)).map(|slot| std::mem::replace(slot, value))
        }
        None => return Err(wrong(call.locals)),
    };
    Ok(Local::boolean(old.is_some()))
}

/// `length(handle)`.
fn length<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let length = object.as_list().map(|list| list.items.len());
    length.map(number).ok_or_else(|| wrong(call.locals))
}

/// `push(handle, array)`: the new length.
fn push<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let more = values(call.locals, argument(call, 1))?;
    let length = object.as_list().map(|mut list| {
        let items = list.change()?;
        items.extend(more);
        Ok(items.len())
    });
    length.ok_or_else(|| wrong(call.locals))?.map(number).map_err(|Busy| busy(call.locals))
}

/// `pop(handle)`.
fn pop<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let last = object.as_list().map(|mut list| list.change().map(Vec::pop));
    let last = last.ok_or_else(|| wrong(call.locals))?.map_err(|Busy| busy(call.locals))?;
    inside(call.locals, &last.unwrap_or_default())
}

/// `snapshot(handle)`: all elements, as an array whose `version` is for `replace`.
fn snapshot<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let locals = call.locals;
    let object = object(call)?;
    let (items, version) = match object.as_list() {
        Some(list) => (list.items.clone(), list.version),
        None => return Err(wrong(locals)),
    };
    let array = array(locals, &items)?;
    locals.set(array, locals.key("version"), Local::number(f64::from(version)))?;
    Ok(array)
}

/// `replace(handle, array, version)`: `false`, and nothing is done, when the elements have changed since.
fn replace<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let locals = call.locals;
    let object = object(call)?;
    let items = values(locals, argument(call, 1))?;
    let version = argument(call, 2).as_f64();
    let old = match object.as_list() {
        Some(list) if version.is_some_and(|version| version != f64::from(list.version)) => {
            return Ok(Local::boolean(false));
        }
        Some(mut list) => list.change().map(|old| std::mem::replace(old, items)),
        None => return Err(wrong(locals)),
    };
    old.map(|_| Local::boolean(true)).map_err(|Busy| busy(locals))
}

/// `reading(handle, by)`: one more (1) or less (-1) who walks over the object.
fn reading<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let by = argument(call, 1).as_f64().unwrap_or_default() as i32;
    if let Some(mut list) = object.as_list() {
        list.readers = list.readers.saturating_add_signed(by);
    } else if let Some(mut table) = object.as_table() {
        table.readers = table.readers.saturating_add_signed(by);
    }
    Ok(Local::UNDEFINED)
}

fn key<'a>(call: &LocalCall<'a>) -> LocalResult<'a, (SharedRef, SharedValue)> {
    Ok((object(call)?, outside(call.locals, argument(call, 1))?))
}

/// `get(handle, key)`.
fn get<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let (object, key) = key(call)?;
    let value = object.as_table().map(|table| table.get(&key).cloned().unwrap_or_default());
    inside(call.locals, &value.ok_or_else(|| wrong(call.locals))?)
}

/// `set(handle, key, value)`.
fn set<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let (object, key) = key(call)?;
    let value = outside(call.locals, argument(call, 2))?;
    let old = object.as_table().map(|mut table| table.set(key, value));
    old.ok_or_else(|| wrong(call.locals))?.map(|_| Local::UNDEFINED).map_err(|Busy| busy(call.locals))
}

/// `has(handle, key)`.
fn has<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let (object, key) = key(call)?;
    let found = object.as_table().map(|table| table.get(&key).is_some());
    found.map(Local::boolean).ok_or_else(|| wrong(call.locals))
}

/// `remove(handle, key)`: whether it was there.
fn remove<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let (object, key) = key(call)?;
    let old = object.as_table().map(|mut table| table.remove(&key));
    let old = old.ok_or_else(|| wrong(call.locals))?.map_err(|Busy| busy(call.locals))?;
    Ok(Local::boolean(old.is_some()))
}

/// `clear(handle)`.
fn clear<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let old = object.as_table().map(|mut table| table.clear());
    old.ok_or_else(|| wrong(call.locals))?.map(|_| Local::UNDEFINED).map_err(|Busy| busy(call.locals))
}

/// `size(handle)`.
fn size<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let size = object.as_table().map(|table| table.len());
    size.map(number).ok_or_else(|| wrong(call.locals))
}

/// `entries(handle)`: keys and values in turn.
fn entries<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let all: Option<Vec<SharedValue>> =
        object.as_table().map(|table| table.entries().flat_map(|(key, value)| [key.clone(), value.clone()]).collect());
    array(call.locals, &all.ok_or_else(|| wrong(call.locals))?)
}

/// `buffer(kind, length)`: the handle of new bytes; `undefined` when there is not so much memory.
fn buffer<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    match SharedBytes::new(index(call, 1)) {
        Some(bytes) => made(call, |kind| SharedRef::bytes(kind, bytes)),
        None => Ok(Local::UNDEFINED),
    }
}

/// `over(handle)`: an ArrayBuffer over the bytes.
fn over<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let bytes = object.buffer().ok_or_else(|| wrong(call.locals))?;
    let buffer = call.locals.context().shared_buffer(bytes).map_err(|exception| call.locals.thrown(exception))?;
    Ok(call.locals.local(&buffer))
}

/// `wait(handle, offset, wide, expected, milliseconds)`: as `Atomics.wait`, for an integer of 64 bits (a BigInt) when `wide`.
fn wait<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let locals = call.locals;
    let object = object(call)?;
    let bytes = object.buffer().ok_or_else(|| wrong(locals))?;
    let offset = index(call, 1);
    let expected = argument(call, 3);
    let same = if argument(call, 2).as_bool() == Some(true) {
        let (negative, words) = locals.bigint_words(expected)?;
        let magnitude = words.first().copied().unwrap_or_default();
        let expected = if negative { magnitude.wrapping_neg() } else { magnitude };
        parking::Expected::Wide(expected)
    } else {
        parking::Expected::Narrow(expected.as_f64().unwrap_or_default() as i64 as u32)
    };
    let context = locals.context();
    let answer = parking::wait(bytes, offset, same, argument(call, 4).as_f64(), || context.termination().is_some());
    Ok(locals.string(answer))
}

/// `notify(handle, offset, count)`: how many were woken.
fn notify<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
    let object = object(call)?;
    let bytes = object.buffer().ok_or_else(|| wrong(call.locals))?;
    Ok(number(parking::notify(bytes, index(call, 1), index(call, 2))))
}
