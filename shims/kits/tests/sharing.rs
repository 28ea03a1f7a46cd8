//! Collections, locks and caches that threads share: each thread has an engine of its own. Copies would fail all of this.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use concord_ability::event_loop::{Clock, EventLoop, RunLimits};
use concord_engine::{Context, resident_memory};
use concord_runtime::sharing::SharedRef;
use concord_runtime::{Options, Registry, Runtime};
use std::thread;

struct World {
    context: Context,
    runtime: Runtime,
    event_loop: EventLoop,
}

impl Drop for World {
    fn drop(&mut self) {
        self.event_loop.close();
        self.context.dispose();
    }
}

/// A machine with `collections` and `utils` as globals.
fn world() -> Option<World> {
    let Ok(context) = Context::new() else {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: JavaScriptCore is not there");
        }
        return None;
    };
    let event_loop = EventLoop::new(&context, Clock::Real).unwrap();
    event_loop.install_globals(&context).unwrap();
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    let options = Options { registry, ..Options::default() };
    let runtime = Runtime::new(&context, options).expect("the runtime starts");
    for name in ["collections", "utils"] {
        let exports = runtime.require(&format!("@ohos:arkts.{name}")).unwrap();
        context.global().set(name, &exports).unwrap();
    }
    Some(World { context, runtime, event_loop })
}

impl World {
    fn eval(&self, text: &str) -> String {
        let value = self.context.eval(text, "test").unwrap_or_else(|error| panic!("{text}: {}", error.describe()));
        value.to_js_string().unwrap_or_default()
    }

    fn share(&self, text: &str) -> SharedRef {
        let value = self.context.eval(text, "test").unwrap_or_else(|error| panic!("{text}: {}", error.describe()));
        self.runtime.share(&value).unwrap_or_else(|error| panic!("{}", error.describe())).expect("sendable")
    }

    fn face(&self, object: &SharedRef, name: &str) {
        let face = self.runtime.face(object).unwrap_or_else(|error| panic!("{}", error.describe()));
        self.context.global().set(name, &face).unwrap();
    }
}

/// What another thread sees of an object that is `o` there.
fn elsewhere(object: &SharedRef, text: &'static str) -> String {
    let object = object.clone();
    let work = move || {
        let w = world().expect("there was a machine before");
        w.face(&object, "o");
        w.eval(text)
    };
    thread::spawn(work).join().unwrap()
}

#[test]
fn arrays_are_grown_from_another_thread() {
    let Some(w) = world() else { return };
    let array = w.share("a = new collections.Array(1, 'two', [].x, null, 5n)");
    assert_eq!(
        elsewhere(
            &array,
            "o.push(6, o); [o.length, o[1], o[4], o.at(-1) === o, o.indexOf(null), o instanceof collections.Array]"
        ),
        "7,two,5,true,3,true"
    );
    assert_eq!(w.eval("[a.length, a[5], a[6] === a]"), "7,6,true");
    w.eval("a.shrinkTo(2); a[0] = 'first'; a.unshift(0)");
    assert_eq!(
        elsewhere(&array, "[o.join(), o.map(x => x + x).join(), o.splice(0, 1).join(), o.sort().reverse().join()]"),
        "0,first,two,0,firstfirst,twotwo,0,two,first"
    );
    assert_eq!(w.eval("a.join()"), "two,first");
}

#[test]
fn nobody_changes_what_another_thread_walks_over() {
    let Some(w) = world() else { return };
    let array = w.share("a = new collections.Array(1, 2, 3); m = new collections.Map([['k', a]]); a");
    let map = w.share("m");
    w.context.global().set("elsewhere", &w.context.function("elsewhere", 1, {
        let (array, map) = (array.clone(), map.clone());
        move |call| {
            let object = if call.arg(0).to_boolean() { &map } else { &array };
            let text = "try { o instanceof collections.Map ? o.set('new', 1) : o.push(4); 'done' } catch (e) { String(e.code) }";
            Ok(call.context.string(&elsewhere(object, text)))
        }
    })).unwrap();
    assert_eq!(w.eval("(() => { let codes = ''; a.forEach((_, i) => { if (i === 0) codes = elsewhere(false); }); return codes; })()"), "10200201");
    assert_eq!(
        w.eval("(() => { let codes = ''; m.forEach(() => { codes = elsewhere(true); }); return codes; })()"),
        "10200201"
    );
    assert_eq!(w.eval("[elsewhere(false), a.length, elsewhere(true), m.size]"), "done,4,done,2");
}

#[test]
fn maps_and_sets_are_the_same_for_all() {
    let Some(w) = world() else { return };
    let map = w.share(
        "key = new collections.Set([1]); m = new collections.Map([['a', 1], [NaN, 2], [-0, 3]]); m.set(key, m); m",
    );
    assert_eq!(
        elsewhere(
            &map,
            "k = [...o.keys()][3]; k.add('x'); o.delete('a'); o.set('late', 9); [o.size, o.get(NaN), o.get(0), o.get(k) === o, k.has(1)]"
        ),
        "4,2,3,true,true"
    );
    assert_eq!(w.eval("[m.has('a'), [...m.keys()].indexOf(key), m.get('late'), [...key].join('-')]"), "false,2,9,1-x");
}

#[test]
fn bytes_and_bits_are_shared() {
    let Some(w) = world() else { return };
    let bytes =
        w.share("b = new collections.ArrayBuffer(8); t = new collections.Uint8Array(b, 2, 4); t.set([1, 2, 3, 4]); t");
    assert_eq!(
        elsewhere(
            &bytes,
            "o[0] = 300; [o.length, o.byteOffset, o.join('-'), o.buffer.byteLength, o.map(x => x + 1) instanceof collections.Uint8Array]"
        ),
        "4,2,44-2-3-4,8,true"
    );
    assert_eq!(w.eval("[t[0], new collections.Int32Array(b)[0], t.buffer === b]"), "44,36438016,true");
    let bits = w.share("v = new collections.BitVector(0); for (let i = 0; i < 40; i++) v.push(i % 3 === 0 ? 1 : 0); v");
    assert_eq!(
        elsewhere(&bits, "o.flipBitByIndex(1); o.resize(50); [o.length, o.getBitCountByRange(1, 0, 50), o[1], o[39]]"),
        "50,15,1,1"
    );
    assert_eq!(w.eval("[v.length, v.getLastIndexOf(1, 0, 50)]"), "50,39");
}

#[test]
fn records_and_caches_are_shared() {
    let Some(w) = world() else { return };
    let record = w.share("r = utils.ASON.parse('{\"a\":[1,{\"b\":\"x\"}],\"n\":null}')");
    assert_eq!(
        elsewhere(&record, "o.a[1].b += 'y'; o.n = 5; utils.ASON.stringify(o)"),
        "{\"a\":[1,{\"b\":\"xy\"}],\"n\":5}"
    );
    assert_eq!(w.eval("[r.a[1].b, r.n, Object.keys(r)]"), "xy,5,a,n");
    let cache = w.share("c = new utils.SendableLruCache(2); c.put('a', 1); c.put('b', 2); c");
    assert_eq!(
        elsewhere(&cache, "o.get('a'); o.put('c', 3); [o.contains('b'), o.length, o.getMatchCount()]"),
        "false,2,1"
    );
    assert_eq!(
        w.eval("[c.keys().join(), c.getRemoveCount(), c.toString()]"),
        "a,c,1,SendableLruCache[ maxSize = 2, hits = 1, misses = 0, hitRate = 100% ]"
    );
}

#[test]
fn a_counter_behind_a_lock_loses_nothing() {
    const THREADS: usize = 4;
    const TIMES: usize = 200;
    let Some(w) = world() else { return };
    let counter = w.share("c = utils.ASON.parse('{\"n\":0}')");
    let lock = w.share("l = new utils.locks.AsyncLock()");
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (counter, lock) = (counter.clone(), lock.clone());
            thread::spawn(move || {
                let w = world().expect("there was a machine before");
                w.face(&counter, "c");
                w.face(&lock, "l");
                // Between reading and writing others get their turn.
                w.eval(&format!(
                    "done = 0; (async () => {{ for (let i = 0; i < {TIMES}; i++) await l.lockAsync(async () => {{
                        const n = c.n; await undefined; if (i % 20 === 0) await new Promise(r => setTimeout(r, 1)); c.n = n + 1; done++; }}); }})()"
                ));
                w.event_loop.run(&w.context, RunLimits { until_idle: true, deadline: None }).unwrap();
                w.eval("done")
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), TIMES.to_string());
    }
    assert_eq!(w.eval("c.n"), (THREADS * TIMES).to_string());
}

#[test]
fn conditions_wake_other_threads_and_locks_of_a_name_are_one() {
    let Some(w) = world() else { return };
    let condition = w.share("v = utils.locks.ConditionVariable.request('sharing test'); l = utils.locks.AsyncLock.request('sharing test'); v");
    let array = w.share("a = new collections.Array()");
    let there = (condition.clone(), array.clone());
    let waiting = thread::spawn(move || {
        let w = world().expect("there was a machine before");
        w.face(&there.0, "v");
        w.face(&there.1, "a");
        w.eval("same = utils.locks.ConditionVariable.request('sharing test') === v; v.wait().then(() => a.push('woken')); a.push('waiting')");
        w.event_loop.run(&w.context, RunLimits { until_idle: true, deadline: None }).unwrap();
        w.eval("[same, utils.locks.AsyncLock.query('sharing test').held.length]")
    });
    while w.eval("a.length") == "0" {
        thread::yield_now();
    }
    w.eval("v.notifyAll()");
    assert_eq!(waiting.join().unwrap(), "true,0");
    assert_eq!(w.eval("a.join()"), "waiting,woken");
    assert_eq!(
        w.eval("try { utils.locks.AsyncLock.query('nobody has this') } catch (e) { [e.code, e.message] }"),
        "10200030,The lock does not exist."
    );
}

#[test]
fn shared_objects_do_not_pile_up() {
    let Some(w) = world() else { return };
    let round = || {
        for _ in 0..20 {
            let list = w.context.eval("Array.from({ length: 1000 }, (_, i) => new collections.Array(i, 'text ' + i, new collections.Map([[i, i]])))", "test");
            let list = list.unwrap_or_else(|error| panic!("{}", error.describe()));
            for index in 0..1000 {
                let shared = w
                    .runtime
                    .share(&list.get_index(index).unwrap())
                    .unwrap_or_else(|error| panic!("{}", error.describe()));
                assert!(shared.is_some());
            }
        }
        w.context.collect_garbage();
        resident_memory().unwrap_or_default()
    };
    let warm = round();
    let after = (0..4).fold(0, |_, _| round());
    let grown = after.saturating_sub(warm) / 1024;
    assert!(grown < 60_000, "100,000 shared objects later {grown} kB more are in use");
}
