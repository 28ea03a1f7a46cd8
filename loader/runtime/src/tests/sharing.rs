//! Objects that threads share, each thread with a machine of its own.

use super::{Source, World, module, world};
use crate::sharing::{SharedRef, SharedValue};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;

/// Classes of which `make()` gives an instance, and what the tests do with instances.
fn sources() -> Vec<Source> {
    let text = "
        const Point = $.sendableClass(class Point {
            constructor(x) { $.sendableInit(this, new.target); this.x = x; }
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
