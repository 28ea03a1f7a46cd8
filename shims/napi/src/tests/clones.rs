//! Values as data.

use super::World;
use crate::api::serialize::*;
use crate::args::{Handle, Out};
use crate::status::Status;
use concord_engine::Local;

const VALUE: &str = "
    globalThis.o = { n: 1.5, s: 'a\\ud800', list: [1, , 'x'], d: new Date(5), m: new Map([[1, new Set(['q'])]]), r: /a+/gi,
        big: 2n ** 70n, e: new RangeError('bad'), typed: new Int16Array([1, 2, 3]).subarray(1), none: null, un: undefined };
    o.self = o; o.m.set('o', o); o";
const CHECK: &str =
    "[o.self === o, o.m.get('o') === o, o.n, o.s.charCodeAt(1), 1 in o.list, o.list.length, o.d.getTime(),
    [...o.m.get(1)], o.r.source + o.r.flags, o.big, o.e instanceof RangeError, o.e.message, o.typed, o.typed.byteOffset,
    o.none, 'un' in o].join('|')";
const EXPECTED: &str = "true|true|1.5|55296|false|3|5|q|a+gi|1180591620717411303424|true|bad|2,3|2||true";

fn serialize(world: &World, source: &str, transfer: Option<&str>) -> (Status, usize) {
    let value = world.eval(source);
    let list = transfer.map_or_else(|| world.context.undefined(), |list| world.eval(list));
    let undefined = Handle::of(Local::UNDEFINED);
    let mut data = 0;
    let status =
        napi_serialize(world.pointer(), world.handle(&value), world.handle(&list), undefined, Out::to(&mut data));
    (status, data)
}

#[test]
fn values_travel_to_another_thread() {
    let Some(world) = World::new() else { return };
    assert_eq!(world.text(&format!("{VALUE}; {CHECK}")), EXPECTED);
    let (status, data) = serialize(&world, VALUE, None);
    assert_eq!(status, Status::Ok);
    let there = std::thread::spawn(move || {
        let Some(world) = World::new() else { return String::new() };
        for _ in 0..2 {
            world.global("o", |result| napi_deserialize(world.pointer(), data, result));
        }
        world.text(CHECK)
    });
    assert_eq!(there.join().unwrap(), EXPECTED);
    assert_eq!(napi_delete_serialization_data(world.pointer(), data), Status::Ok);
    assert_eq!(napi_delete_serialization_data(world.pointer(), data), Status::InvalidArg);
}

#[test]
fn transferred_buffers_are_detached() {
    let Some(world) = World::new() else { return };
    let (status, data) = serialize(&world, "globalThis.b = new Uint8Array([7, 8]).buffer; ({ b })", Some("[b]"));
    assert_eq!(status, Status::Ok);
    assert_eq!(world.text("b.byteLength"), "0");
    world.global("o", |result| napi_deserialize(world.pointer(), data, result));
    assert_eq!(world.text("`${new Uint8Array(o.b)}`"), "7,8");
}

#[test]
fn what_cannot_be_copied_throws() {
    let Some(world) = World::new() else { return };
    for source in ["(() => {})", "Symbol('x')", "({ p: Promise.resolve() })", "[new WeakMap()]"] {
        let (status, data) = serialize(&world, source, None);
        assert_eq!((status, data), (Status::PendingException, 0), "{source}");
        let error = world.env.take_pending().unwrap().to_js_string().unwrap();
        assert!(error.contains("cannot be serialized"), "{error}");
    }
}

#[test]
fn deep_values_are_copied_without_recursion() {
    let Some(world) = World::new() else { return };
    let (status, data) = serialize(&world, "let deep = []; for (let i = 0; i < 100000; i++) deep = [deep]; deep", None);
    assert_eq!(status, Status::Ok);
    world.global("deep", |result| napi_deserialize(world.pointer(), data, result));
    assert_eq!(world.text("let depth = 0; for (let d = globalThis.deep; d.length; d = d[0]) depth++; depth"), "100000");
}
