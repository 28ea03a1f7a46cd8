//! Objects that threads share, each thread with a machine of its own.

use super::{Source, World, module, world};
use crate::sharing::{SharedRef, SharedValue};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;

/// Classes of which `make()` gives an instance, and what the tests do with instances.
fn sources() -> Vec<Source> {
    let text = "
        const Point = $.sendableClass(class Point {
            constructor(x) { this.x = x; this.next = undefined; }
            twice() { return this.x * 2; }
        }, $.hole, ['x', 32, 'next', 32, 2], $m, 0);
        const Solid = $.sendableClass(class Solid extends Point {
            constructor(x) { super(x); this.name = 'solid'; }
        }, Point, ['name', 32, 1], $m, 1);
        e[0].v = Point; e[1].v = Solid; log('run');";
    vec![module("points", "", &[], &["Point", "Solid"], text)]
}

/// A machine that has not run the module.
fn other() -> World {
    world(sources())
}

fn first() -> World {
    let w = world(sources());
    let exports = w.import("points").unwrap();
    w.context.global().set("Point", &exports.get("Point").unwrap()).unwrap();
    w.context.global().set("Solid", &exports.get("Solid").unwrap()).unwrap();
    w
}

fn shared(w: &World, expression: &str) -> SharedRef {
    w.runtime.share(&w.eval(expression)).unwrap_or_else(|error| panic!("{}", error.describe())).expect("sendable")
}

/// The text of an expression about `o`, the face of `object`.
fn about(w: &World, object: &SharedRef, expression: &str) -> String {
    let face = w.runtime.face(object).unwrap_or_else(|error| panic!("{}", error.describe()));
    w.context.global().set("o", &face).unwrap();
    w.eval(&format!("String({expression})")).to_js_string().unwrap()
}

fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    thread::spawn(work).join().unwrap()
}

#[test]
fn a_field_written_in_one_thread_is_read_in_another() {
    let w = first();
    let point = shared(&w, "p = new Point(1)");
    let there = point.clone();
    let seen = elsewhere(move || {
        let w = other();
        let seen = about(&w, &there, "[o.x, o.twice(), o.constructor.name, Object.keys(o), JSON.stringify(o)]");
        about(&w, &there, "o.x = 'text \u{1F600} \\ud800'");
        seen
    });
    assert_eq!(seen, "1,2,Point,x,next,{\"x\":1}");
    assert_eq!(w.eval("p.x === 'text \u{1F600} \\ud800'").as_bool(), Some(true));
    w.eval("p.x = 12345678901234567890n");
    assert_eq!(elsewhere(move || about(&other(), &point, "o.x + 1n")), "12345678901234567891");
}

#[test]
fn an_object_has_one_face_per_machine() {
    let w = first();
    let point = shared(&w, "p = new Point(1); p.next = new Solid(2); p.next.next = p; p");
    w.context.global().set("back", &w.runtime.face(&point).unwrap()).unwrap();
    assert_eq!(w.eval("back === p && p.next.next === p").as_bool(), Some(true));
    let seen = elsewhere(move || {
        let w = other();
        about(
            &w,
            &point,
            "[o === o.next.next, o.next === o.next, o.next.constructor.name, o.next.name, o instanceof o.constructor, o.next instanceof o.constructor]",
        )
    });
    assert_eq!(seen, "true,true,Solid,solid,true,true");
}

#[test]
fn what_becomes_part_of_a_shared_object_is_shared() {
    let w = first();
    let point = shared(&w, "p = new Point(1)");
    let there = point.clone();
    elsewhere(move || {
        let w = other();
        about(&w, &there, "(o.next = new o.constructor(7)).x");
        about(&w, &there, "o.next.x = 8");
    });
    assert_eq!(w.eval("p.next.x").as_f64(), Some(8.0));
    assert_eq!(about(&w, &point, "o.next.constructor === Point"), "true");
}

#[test]
fn rules_of_fields_hold_on_faces() {
    let w = first();
    let point = shared(&w, "p = new Point(1)");
    let text = "(f => { const out = []; for (const g of f) try { g(); out.push('done') } catch (e) { out.push(e.message) } return out; })
        ([() => { 'use strict'; o.more = 1 }, () => { o.x = {} }, () => { 'use strict'; delete o.x }, () => { o.x = Symbol() }])";
    let seen = elsewhere(move || about(&other(), &point, text));
    let mismatch = "Cannot set sendable property with mismatched type";
    assert!(seen.contains(mismatch) && !seen.contains("done"), "{seen}");
}

#[test]
fn chains_of_any_length_are_shared_and_dropped() {
    let w = first();
    let head = shared(
        &w,
        "let head; for (let i = 0; i < 200000; i++) { const p = new Point(i); p.next = head; head = p; } head",
    );
    w.eval("head = undefined");
    w.context.collect_garbage();
    assert_eq!(about(&w, &head, "(() => { let n = 0; for (let p = o; p; p = p.next) n++; return n; })()"), "200000");
    let weak = SharedValue::Object(head);
    w.context.global().set("o", &w.context.undefined()).unwrap();
    drop(w);
    drop(weak);
}

#[test]
fn ordinary_values_are_not_shared() {
    let w = first();
    for text in ["({})", "[]", "1", "'s'", "undefined", "(() => 1)", "new Map"] {
        assert!(w.runtime.share(&w.eval(text)).unwrap().is_none(), "{text}");
    }
}

#[test]
fn many_threads_write_the_fields_of_one_object() {
    const THREADS: usize = 4;
    let w = first();
    let point = shared(&w, "p = new Point(0); p.next = new Point(0); p");
    let barrier = Arc::new(Barrier::new(THREADS));
    let (done, ends) = mpsc::channel();
    for at in 0..THREADS {
        let (point, barrier, done) = (point.clone(), barrier.clone(), done.clone());
        thread::spawn(move || {
            let w = other();
            barrier.wait();
            let field = if at % 2 == 0 { "o.x" } else { "o.next.x" };
            about(
                &w,
                &point,
                &format!("(() => {{ for (let i = 0; i < 5000; i++) {field} = new o.constructor(i); }})()"),
            );
            done.send(()).unwrap();
        });
    }
    for _ in 0..THREADS {
        ends.recv().unwrap();
    }
    assert_eq!(w.eval("[p.x.x, p.next.x.x].join()").as_string().as_deref(), Some("4999,4999"));
}

#[test]
fn shared_objects_go_with_their_last_face() {
    let w = first();
    let data = Arc::new(());
    let keep = w.eval("handles = []; (function (handle) { handles.push(handle); })");
    for _ in 0..1000 {
        let object = SharedRef::foreign("test", "", data.clone());
        keep.call(&w.context.undefined(), &[crate::sharing::handle(&w.context, &object)]).unwrap();
    }
    assert_eq!(Arc::strong_count(&data), 1001);
    w.eval("handles = undefined");
    w.context.collect_garbage();
    // Stale copies of some may lie on the stack.
    assert!(Arc::strong_count(&data) < 50, "{} are left", Arc::strong_count(&data));
}

#[test]
fn bytes_of_shared_buffers_are_the_same_in_all_threads() {
    let w = first();
    let buffer = shared(&w, "b = new SharedArrayBuffer(16)");
    w.eval("a = new Int32Array(b); a[0] = 1");
    let there = buffer.clone();
    let seen = elsewhere(move || {
        let w = other();
        let text = "(() => { const a = new Int32Array(o, 0, 2); a[1] = a[0] + 41; Atomics.add(a, 0, 5);
            return [o instanceof SharedArrayBuffer, o.byteLength, o, o.slice(4, 8).byteLength, o.slice(4, 8) instanceof SharedArrayBuffer]; })()";
        about(&w, &there, text)
    });
    assert_eq!(seen, "true,16,[object SharedArrayBuffer],4,true");
    assert_eq!(w.eval("[...a].join()").as_string().as_deref(), Some("6,42,0,0"));
    assert_eq!(about(&w, &buffer, "o === b"), "true");
    // Rust code works on a copy and writes back what it has changed.
    let bytes = w.eval("b").with_bytes_mut(|bytes| std::mem::replace(&mut bytes[8], 7)).unwrap();
    assert_eq!((bytes, w.eval("a[2]").as_f64()), (0, Some(7.0)));
}

#[test]
fn threads_wait_for_words_of_shared_buffers() {
    let w = first();
    let buffer = shared(&w, "b = new SharedArrayBuffer(16)");
    w.eval("a = new Int32Array(b)");
    let there = buffer.clone();
    let waiting = thread::spawn(move || {
        let w = other();
        about(&w, &there, "Atomics.wait(new Int32Array(o), 1, 0)")
    });
    // Until the other one waits, there is nobody to be woken.
    while w.eval("Atomics.notify(a, 1)").as_f64() == Some(0.0) {
        thread::yield_now();
    }
    assert_eq!(waiting.join().unwrap(), "ok");
    assert_eq!(about(&w, &buffer, "Atomics.wait(a, 1, 5)"), "not-equal");
    assert_eq!(about(&w, &buffer, "Atomics.wait(new BigInt64Array(b), 1, 0n, 1)"), "timed-out");
    assert_eq!(about(&w, &buffer, "Atomics.notify(a, 0)"), "0");
}

fn shared_module() -> Source {
    let text = "
        log('run');
        e[3].v = () => 1;
        const Counter = $.sendableClass(class Counter {
            constructor() { $.attached($m); log('made'); this.n = 0; }
        }, $.hole, ['n', 32, 1], $m, 0);
        e[0].v = Counter; e[1].v = new Counter(); e[2].v = 'constant';";
    let mut source = module("counter", "", &[], &["Counter", "counter", "text", "f"], text);
    source.record.shared = true;
    source
}

#[test]
fn shared_modules_run_once() {
    let use_it =
        "(m => { m.counter.n++; return [m.counter.n, m.counter instanceof m.Counter, m.text, m.f()].join(); })";
    let visit = |w: &World| {
        let exports = w.import("counter").unwrap();
        let result = w.eval(use_it).call(&w.context.undefined(), &[exports]);
        result.unwrap_or_else(|error| panic!("{}", error.describe())).as_string().unwrap()
    };
    let w = world(vec![shared_module()]);
    assert_eq!((visit(&w), w.log()), ("1,true,constant,1".to_owned(), "run made".to_owned()));
    let seen = elsewhere(move || {
        let w = world(vec![shared_module()]);
        (visit(&w), w.log())
    });
    // The text is gone through for its classes; no instance is made.
    assert_eq!(seen, ("2,true,constant,1".to_owned(), "run".to_owned()));
    assert_eq!(visit(&w), "3,true,constant,1");
}

#[test]
fn shared_modules_export_only_what_is_sendable() {
    let mut source = module("wrong", "", &[], &["list"], "e[0].v = [];");
    source.record.shared = true;
    let w = world(vec![source]);
    let message = w.import("wrong").unwrap_err();
    assert_eq!(message, "TypeError: a shared module exports a value that is not sendable");
}
