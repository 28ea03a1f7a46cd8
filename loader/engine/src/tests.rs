//! What the wrapper promises, against the installed library.

use crate::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

mod limits;

/// A context, or `None` with a note where the machine has no JavaScriptCore.
fn new_context() -> Option<Context> {
    match Context::new() {
        Ok(context) => Some(context),
        Err(error) => {
            eprintln!("skipped: {error}");
            None
        }
    }
}

macro_rules! context {
    () => {
        match $crate::tests::new_context() {
            Some(context) => context,
            None => return,
        }
    };
}
pub(crate) use context;

fn text(context: &Context, source: &str) -> String {
    context.eval(source, "test.js").unwrap().to_js_string().unwrap()
}

#[test]
fn primitives_keep_their_type_and_value() {
    let c = context!();
    for n in [
        0.0,
        1.0,
        -1.0,
        0.5,
        2_147_483_647.0,
        -2_147_483_648.0,
        4_294_967_296.0,
        1e300,
        f64::INFINITY,
        f64::MIN_POSITIVE,
    ] {
        assert_eq!(c.number(n).as_f64(), Some(n));
        assert_eq!(c.number(n).to_js_string().unwrap(), text(&c, &format!("String({n:e})").replace("inf", "Infinity")));
    }
    assert!(c.number(-0.0).as_f64().unwrap().is_sign_negative());
    assert!(c.number(f64::from_bits(0xfff8_dead_beef_0001)).as_f64().unwrap().is_nan());
    assert_eq!(c.eval("2147483648 - 1", "t").unwrap().as_i64(), Some(2_147_483_647));
    assert_eq!(c.number(0.5).as_i64(), None);
    assert_eq!(c.eval("1 < 2", "t").unwrap().as_bool(), Some(true));
    assert!(c.null().is_null() && c.null().is_nullish() && !c.null().is_object());
    assert!(c.eval("undefined", "t").unwrap().is_undefined());
    assert!(c.eval("", "t").unwrap().is_undefined());
    assert!(!c.number(1.0).is_string() && c.string("1").as_f64().is_none());
    assert_eq!(c.string("12").to_number().unwrap(), 12.0);
    assert!(c.symbol("s").is_symbol() && c.symbol("s").to_js_string().is_err());
}

#[test]
fn bigints_of_any_size() {
    let c = context!();
    assert!(c.bigint(i64::MIN).is_bigint());
    assert_eq!(c.bigint(i64::MIN).as_bigint(), Some(i64::MIN));
    assert_eq!(
        c.bigint_from_text("123456789012345678901234567890").unwrap().to_js_string().unwrap(),
        "123456789012345678901234567890"
    );
    assert_eq!(c.bigint_from_text("123456789012345678901234567890").unwrap().as_bigint(), None);
    assert!(c.bigint_from_text("x").unwrap_err().describe().starts_with("SyntaxError"));
}

#[test]
fn strings_survive_both_ways() {
    let c = context!();
    for s in ["", "plain", "nul\0inside", "äöü", "漢字", "😀 and more", &"x".repeat(1000), &"é".repeat(100_000)]
    {
        assert_eq!(c.string(s).as_string().as_deref(), Some(s));
        assert_eq!(c.string(s).get("length").unwrap().as_i64(), Some(s.encode_utf16().count() as i64));
    }
    let lone = [0x61, 0xd800, 0x62];
    assert_eq!(c.string_utf16(&lone).as_utf16().unwrap(), lone);
    assert_eq!(c.eval("'a\\ud800b'", "t").unwrap().as_utf16().unwrap(), lone);
    assert_eq!(c.string_utf16(&lone).as_string().unwrap(), "a\u{fffd}b");
    let big = "abc\n".repeat(4 << 20);
    assert_eq!(c.string(&big).as_string().unwrap().len(), big.len());
}

#[test]
fn objects_and_arrays() {
    let c = context!();
    let o = c.object();
    o.set("a", &c.number(1.0)).unwrap();
    o.set("nul\0key", &c.string("v")).unwrap();
    let symbol = c.symbol("key");
    o.set_key(&symbol, &c.boolean(true)).unwrap();
    o.define_hidden("toString", &c.string("hidden")).unwrap();
    assert_eq!(o.own_keys().unwrap(), ["a", "nul\0key"]);
    assert_eq!(o.get_key(&symbol).unwrap().as_bool(), Some(true));
    assert_eq!(o.get("toString").unwrap().as_string().unwrap(), "hidden");
    assert!(o.has("a") && o.has("hasOwnProperty") && !o.has("b"));
    assert!(o.delete("a").unwrap() && !o.has("a"));
    assert!(o.get("missing").unwrap().is_undefined());
    let a = c.array(&[c.number(1.0), o.clone()]);
    assert!(a.is_array() && !o.is_array() && a.array_len().unwrap() == 2);
    assert!(a.get_index(1).unwrap().strict_equals(&o));
    a.set_index(5, &c.null()).unwrap();
    assert_eq!(a.to_json().unwrap().unwrap(), r#"[1,{"nul\u0000key":"v"},null,null,null,null]"#);
    assert_eq!(c.undefined().to_json().unwrap(), None);
    assert_eq!(c.string("abc").get("length").unwrap().as_i64(), Some(3));
    assert!(
        c.undefined()
            .get("x")
            .unwrap_err()
            .describe()
            .starts_with("TypeError: cannot access property 'x' of undefined")
    );
    assert!(c.json_parse("{\"k\": [1, 2]}").unwrap().get("k").unwrap().is_array());
    assert!(c.json_parse("{").is_err());
    assert!(c.array(&vec![c.number(1.0); 100]).array_len().unwrap() == 100);
    let proxy = c.eval("new Proxy({}, { has() { throw 1 }, get() { throw new RangeError('no') } })", "t").unwrap();
    assert!(!proxy.has("x") && proxy.get("x").unwrap_err().headline() == "RangeError: no");
    let prototype = c.eval("({ inherited: 7 })", "t").unwrap();
    o.set_prototype(&prototype);
    assert_eq!(o.get("inherited").unwrap().as_i64(), Some(7));
    assert!(o.prototype().strict_equals(&prototype));
}

#[test]
fn calls_pass_this_exactly() {
    let c = context!();
    let f = c.eval("(function () { 'use strict'; return [this, arguments.length, ...arguments]; })", "t").unwrap();
    for this in [c.undefined(), c.null(), c.number(3.0), c.string("s"), c.object()] {
        let result = f.call(&this, &[c.number(1.0), c.string("two")]).unwrap();
        assert!(result.get_index(0).unwrap().strict_equals(&this));
        assert_eq!(result.get_index(1).unwrap().as_i64(), Some(2));
        assert_eq!(result.get_index(3).unwrap().as_string().unwrap(), "two");
    }
    let many = vec![c.number(1.0); 1000];
    assert_eq!(f.call(&c.undefined(), &many).unwrap().get_index(1).unwrap().as_i64(), Some(1000));
    assert!(c.object().call(&c.undefined(), &[]).unwrap_err().headline().starts_with("TypeError"));
    assert!(c.eval("() => 1", "t").unwrap().construct(&[]).unwrap_err().headline().starts_with("TypeError"));
    let date = c.global().get("Date").unwrap();
    let epoch = date.construct(&[c.number(0.0)]).unwrap();
    assert_eq!(epoch.call_method("getTime", &[]).unwrap().as_i64(), Some(0));
    assert!(epoch.instance_of(&date).unwrap() && !c.object().instance_of(&date).unwrap());
}

#[test]
fn exceptions_carry_value_place_and_stack() {
    let c = context!();
    let thrown = c.eval_at("function f() { null.x }\nf()", "place.js", 10).unwrap_err();
    assert!(thrown.0.is_error());
    assert_eq!(thrown.position().unwrap().0, 10);
    let text = thrown.describe();
    assert!(
        text.starts_with("TypeError: ") && text.contains("f@place.js:10:") && text.contains("place.js:11:"),
        "{text}"
    );
    assert_eq!(c.eval("throw 42", "t").unwrap_err().0.as_i64(), Some(42));
    assert_eq!(c.eval("throw null", "t").unwrap_err().describe(), "null");
    c.eval("throw { get message() { throw 1 }, toString() { throw 2 } }", "t").unwrap_err().describe();
    let syntax = c.check_syntax("let x = ;", "bad.js").unwrap_err();
    assert!(syntax.headline().starts_with("SyntaxError") && c.check_syntax("let y = 1;", "good.js").is_ok());
    assert!(!c.object().is_error() && !c.string("Error").is_error());
    let error = c.error(ErrorKind::RangeError, "too far");
    assert_eq!(Exception(error).headline(), "RangeError: too far");
}

#[test]
fn no_proper_tail_calls() {
    let c = context!();
    let frames =
        text(&c, "'use strict'; (function f(n) { return n ? f(n - 1) : new Error().stack.split('\\n').length; })(20)");
    assert!(frames.parse::<u32>().unwrap() > 20, "{frames}");
}

#[test]
fn native_functions_look_and_work_like_real_ones() {
    let c = context!();
    let add = c.function("add", 2, |call| {
        let sum: f64 = call.args.iter().filter_map(Value::as_f64).sum();
        assert!(!call.construct && call.this.is_object());
        Ok(call.context.number(sum))
    });
    c.global().set("add", &add).unwrap();
    assert_eq!(
        text(
            &c,
            "[typeof add, add.name, add.length, add instanceof Function, Object.keys(add), 'prototype' in add, \
                  add(1, 2), add.call(null, 3), add.bind(null, 1)(2), [1, 2].map(x => add(x, 1)), add(...Array(20).fill(1))].join()"
        ),
        "function,add,2,true,,false,3,3,3,2,3,20"
    );
    assert_eq!(text(&c, "try { new add } catch (e) { e.name }"), "TypeError");
    let fail = c.function("fail", 0, |call| Err(call.context.throw(ErrorKind::TypeError, "as asked")));
    c.global().set("fail", &fail).unwrap();
    assert_eq!(text(&c, "try { fail() } catch (e) { e instanceof TypeError && e.message }"), "as asked");
    let keep = Rc::new(RefCell::new(None));
    let kept = keep.clone();
    c.global()
        .set(
            "keep",
            &c.function("keep", 1, move |call| {
                *kept.borrow_mut() = Some(call.arg(0));
                Ok(call.arg(1))
            }),
        )
        .unwrap();
    assert_eq!(text(&c, "keep({ alive: 'yes' }) + ''"), "undefined");
    c.collect_garbage();
    assert_eq!(keep.borrow().as_ref().unwrap().get("alive").unwrap().as_string().unwrap(), "yes");
    keep.borrow_mut().take();
}

#[test]
fn native_constructors_can_be_extended() {
    let c = context!();
    let point = c.constructor("Point", 2, |call| {
        if !call.construct {
            return Err(call.context.throw(ErrorKind::TypeError, "use new"));
        }
        call.this.set("x", &call.arg(0))?;
        Ok(call.context.undefined())
    });
    c.global().set("Point", &point).unwrap();
    assert_eq!(
        text(&c, "class P3 extends Point { constructor(x) { super(x); this.z = 3; } double() { return this.x * 2; } }
                  const p = new P3(4);
                  let called; try { Point(1) } catch (e) { called = e.message }
                  [p.double(), p.z, p instanceof Point, p instanceof P3, new Point(5).x, Point.name, Point.length, called].join()"),
        "8,3,true,true,5,Point,2,use new"
    );
}

#[test]
fn a_panic_becomes_an_error() {
    let c = context!();
    c.global().set("boom", &c.function("boom", 0, |_| panic!("kaboom {}", 1))).unwrap();
    assert_eq!(text(&c, "try { boom() } catch (e) { e.message }"), "internal error in native function boom: kaboom 1");
    assert_eq!(text(&c, "1 + 1"), "2");
}

/// Sets its flag when dropped.
struct Witness(Rc<Cell<u32>>);
impl Drop for Witness {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn closures_and_native_objects_are_dropped_by_the_collector() {
    let c = context!();
    let dropped = Rc::new(Cell::new(0));
    for _ in 0..1000 {
        let witness = Witness(dropped.clone());
        c.function("f", 0, move |call| {
            let _ = &witness;
            Ok(call.context.undefined())
        });
        c.native_object(Box::new(Witness(dropped.clone())), None);
    }
    c.collect_garbage();
    // Stale words on the stack may keep a few alive.
    assert!(dropped.get() > 1900, "{}", dropped.get());
    drop(c);
    assert_eq!(dropped.get(), 2000);
}

#[test]
fn a_context_frees_what_it_owns_and_outlives_its_values() {
    let c = context!();
    let dropped = Rc::new(Cell::new(0));
    let object = c.native_object(Box::new(Witness(dropped.clone())), None);
    c.global().set("kept", &object).unwrap();
    let witness = Witness(dropped.clone());
    let cycle = c.clone();
    c.global()
        .set(
            "f",
            &c.function("f", 0, move |_| {
                let _ = &witness;
                Ok(cycle.undefined())
            }),
        )
        .unwrap();
    let f = c.global().get("f").unwrap();
    assert!(f.call(&c.undefined(), &[]).is_ok());
    c.dispose();
    assert_eq!(dropped.get(), 1);
    assert!(f.call(&c.undefined(), &[]).is_err());
    drop((c, f));
    assert_eq!(dropped.get(), 1);
    assert!(object.native::<Witness>().is_some() && object.native::<String>().is_none());
    drop(object);
    assert_eq!(dropped.get(), 2);
}

#[test]
fn native_objects_give_their_value_back() {
    let c = context!();
    let prototype = c.eval("({ kind: 'native' })", "t").unwrap();
    let object = c.native_object(Box::new(RefCell::new(vec![1, 2])), Some(&prototype));
    object.native::<RefCell<Vec<i32>>>().unwrap().borrow_mut().push(3);
    assert_eq!(object.native::<RefCell<Vec<i32>>>().unwrap().borrow().len(), 3);
    assert_eq!(object.get("kind").unwrap().as_string().unwrap(), "native");
    object.set("own", &c.number(1.0)).unwrap();
    assert_eq!(object.own_keys().unwrap(), ["own"]);
    assert!(c.object().native::<RefCell<Vec<i32>>>().is_none() && c.number(1.0).native::<u8>().is_none());
    c.global().set("o", &object).unwrap();
    assert_eq!(text(&c, "Object.prototype.toString.call(o) + typeof o"), "[object Object]object");
}

#[test]
fn promises_and_microtasks() {
    let c = context!();
    let (promise, resolver) = c.promise();
    assert!(promise.is_promise() && !c.object().is_promise());
    c.global().set("p", &promise).unwrap();
    c.eval("globalThis.log = []; p.then(v => log.push(v)); log.push('first')", "t").unwrap();
    resolver.resolve(&c.string("value"));
    assert_eq!(text(&c, "log.join()"), "first,value");
    c.job(|| {
        c.eval("Promise.resolve().then(() => log.push('micro'))", "t").unwrap();
        assert_eq!(text(&c, "log.join()"), "first,value");
        assert_eq!(c.job(|| 5), 5);
    });
    assert_eq!(text(&c, "log.join()"), "first,value,micro");
    let (promise, resolver) = c.promise();
    resolver.reject(&c.string("no"));
    c.global().set("p", &promise).unwrap();
    c.eval("p.catch(v => log.push(v))", "t").unwrap();
    c.drain_microtasks();
    assert_eq!(text(&c, "log.at(-1)"), "no");
}

#[test]
fn a_panic_in_a_job_passes_through() {
    let c = context!();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| c.job(|| panic!("in job"))));
    assert!(outcome.is_err());
    assert_eq!(c.job(|| text(&c, "'fine'")), "fine");
}

#[test]
fn unhandled_rejections_are_reported() {
    let c = context!();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let sink = seen.clone();
    c.on_unhandled_rejection(move |promise, reason| {
        assert!(promise.is_promise());
        sink.borrow_mut().push(reason.to_js_string().unwrap());
    });
    c.eval(
        "Promise.reject('lost'); Promise.reject('caught').catch(() => {}); (async () => { throw new Error('x') })()",
        "t",
    )
    .unwrap();
    c.drain_microtasks();
    assert_eq!(*seen.borrow(), ["lost", "Error: x"]);
}

#[test]
fn buffers_are_shared_without_copying() {
    let c = context!();
    let buffer = c.array_buffer((0..64).collect());
    c.global().set("b", &buffer).unwrap();
    assert_eq!(text(&c, "b.byteLength + ',' + new Uint8Array(b)[63]"), "64,63");
    c.eval("new Uint8Array(b)[0] = 200", "t").unwrap();
    assert_eq!(buffer.bytes().unwrap()[0], 200);
    let view = c.eval("new Uint16Array(b, 2, 4)", "t").unwrap();
    assert_eq!(view.array_kind(), Some(ArrayKind::Uint16));
    assert_eq!(view.bytes().unwrap(), [2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(c.eval("new DataView(b, 1, 3)", "t").unwrap().bytes().unwrap(), [1, 2, 3]);
    view.with_bytes_mut(|bytes| {
        bytes.fill(7);
        assert!(view.with_bytes_mut(|_| ()).is_none());
        assert!(c.eval("1", "t").is_err());
    });
    assert_eq!(text(&c, "new Uint8Array(b).slice(0, 12).join()"), "200,1,7,7,7,7,7,7,7,7,10,11");
    for kind in [ArrayKind::Float64, ArrayKind::BigInt64, ArrayKind::Uint8Clamped] {
        let array = c.typed_array(kind, vec![0; 17]);
        assert_eq!(array.array_kind(), Some(kind));
        assert_eq!(array.array_len().unwrap() as usize, 17 / kind.element_size());
    }
    assert_eq!(c.array_buffer(Vec::new()).bytes().unwrap(), Vec::<u8>::new());
    assert_eq!(c.typed_array(ArrayKind::Uint8, Vec::new()).bytes().unwrap().len(), 0);
    assert!(c.object().bytes().is_none() && c.string("x").bytes().is_none());
    assert!(
        c.eval("const gone = new ArrayBuffer(8); structuredCloneMissing = gone.transfer?.(); gone", "t")
            .unwrap()
            .bytes()
            .is_none_or(|b| b.is_empty())
    );
}

#[test]
fn buffers_free_their_bytes() {
    let c = context!();
    for _ in 0..64 {
        c.array_buffer(vec![1; 16 << 20]);
    }
    // A gigabyte went through; what is left is bounded by what the collector tolerates. It must not crash on release either.
    c.collect_garbage();
}

#[test]
fn two_contexts_do_not_mix() {
    let (a, b) = (context!(), context!());
    a.eval("globalThis.x = 1", "t").unwrap();
    assert!(b.global().get("x").unwrap().is_undefined());
    let f = a.function("f", 0, |call| Ok(call.context.number(1.0)));
    let g = b.function("g", 0, move |call| {
        let one = f.call(&f.context().undefined(), &[])?.as_f64().unwrap_or(0.0);
        Ok(call.context.number(one + 1.0))
    });
    assert_eq!(g.call(&b.undefined(), &[]).unwrap().as_i64(), Some(2));
    b.dispose();
}

#[test]
fn contexts_on_many_threads() {
    let threads: Vec<_> = (0..4)
        .map(|n| {
            std::thread::spawn(move || {
                let c = context!();
                let total = c.eval("let t = 0; for (let i = 0; i < 300000; i++) t += [i].length; t", "t").unwrap();
                assert_eq!(total.as_i64(), Some(300_000), "thread {n}");
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

#[test]
fn guest_changes_to_built_ins_do_not_reach_the_wrapper() {
    let c = context!();
    c.eval(
        "Object.defineProperty(Object.prototype, 'writable', { value: true }); Object.keys = Object.defineProperty = () => { throw 1 };
         Array.prototype[Symbol.iterator] = () => { throw 2 }; Function.prototype.call = () => { throw 3 }; JSON.stringify = null;
         globalThis.Error = globalThis.Promise = globalThis.BigInt = null; WeakMap.prototype.set = null; Reflect.apply = null;",
        "t",
    )
    .unwrap();
    let f = c.function("f", 1, |call| Ok(call.arg(0)));
    assert_eq!(f.call(&c.undefined(), &[c.number(1.0)]).unwrap().as_i64(), Some(1));
    assert_eq!(c.eval("({ a: 1 })", "t").unwrap().own_keys().unwrap(), ["a"]);
    assert!(c.promise().0.is_promise() && c.bigint(1).is_bigint() && c.error(ErrorKind::Error, "m").is_error());
}

#[test]
fn host_data_by_type() {
    let c = context!();
    assert!(c.host_data::<String>().is_none());
    c.set_host_data(Rc::new("state".to_owned()));
    c.set_host_data(Rc::new(5_u8));
    assert_eq!(*c.host_data::<String>().unwrap(), "state");
    c.collect_garbage();
    assert!(c.heap_size() > 0);
}

#[test]
fn finalization_callbacks_run_on_the_hosts_loop() {
    let c = context!();
    c.eval(
        "globalThis.done = 0; const registry = new FinalizationRegistry(() => done++);
         (() => { for (let i = 0; i < 1000; i++) registry.register({ i }, i); })()",
        "t",
    )
    .unwrap();
    c.collect_garbage();
    for _ in 0..100 {
        c.run_engine_tasks();
        if c.global().get("done").unwrap().as_i64() > Some(900) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{} callbacks", text(&c, "done"));
}

#[test]
fn siblings_share_values_but_no_globals() {
    let c = context!();
    c.global().set("name", &c.string("first")).unwrap();
    let sibling = c.sibling().unwrap();
    assert_eq!(text(&sibling, "typeof name"), "undefined");
    let object = c.eval("({ x: [1, 2] })", "t").unwrap();
    sibling.global().set("given", &object).unwrap();
    assert_eq!(text(&sibling, "given.x.length + (given instanceof Object ? ' own' : ' foreign')"), "2 foreign");
    let add =
        sibling.function("add", 2, |call| Ok(call.context.number(call.arg(0).to_number()? + call.arg(1).to_number()?)));
    c.global().set("add", &add).unwrap();
    assert_eq!(text(&c, "add(1, 2)"), "3");
    sibling.dispose();
    drop((object, add, sibling));
    c.collect_garbage();
    assert_eq!(text(&c, "name"), "first");
}

#[test]
fn local_functions_see_their_call_as_it_is() {
    let c = context!();
    fn probe<'a>(call: &LocalCall<'a>) -> LocalResult<'a> {
        assert_eq!(*call.data, [1, 2, 3]);
        let target = call.new_target.unwrap_or(Local::NULL);
        call.locals.array(&[call.this, target, call.args.first().copied().unwrap_or(Local::UNDEFINED)])
    }
    let f = c.local_function("probe", 1, true, probe, [1, 2, 3]);
    c.global().set("probe", &f).unwrap();
    assert_eq!(text(&c, "[typeof probe, probe.name, probe.length].join()"), "function,probe,1");
    assert_eq!(text(&c, "const o = {}; let r = probe.call(o, 5); [r[0] === o, r[1], r[2]].join()"), "true,,5");
    assert_eq!(
        text(&c, "probe.prototype = {}; class D extends probe {} r = new D(7); [r[0] === D, r[1] === D, r[2]].join()"),
        "true,true,7"
    );
    if c.has_fast_calls() {
        assert_eq!(text(&c, "String(probe.call(undefined)[0])"), "undefined");
    }
    // The address of a function that has died is used again.
    text(&c, "for (let i = 0; i < 1000; i++) probe(i); 0");
    drop(f);
    c.global().set("probe", &c.undefined()).unwrap();
    for round in 0..200 {
        let f = c.local_function("other", 0, false, |call| Ok(Local::number(call.data[0] as f64)), [round, 0, 0]);
        assert_eq!(f.call(&c.undefined(), &[]).unwrap().as_i64(), i64::try_from(round).ok());
        if round % 20 == 0 {
            c.collect_garbage();
        }
    }
    // Of this version the names are known: a change of the library or of the list shows here.
    if cfg!(target_arch = "x86_64")
        && Engine::load().unwrap().version.is_some_and(|(major, minor, _)| (major, minor) == (2, 50))
        && std::env::var_os("CONCORD_FAST_CALLS").is_none()
    {
        assert!(c.has_fast_calls());
    }
}
