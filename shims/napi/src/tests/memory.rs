use super::*;
use std::cell::Cell;

thread_local! {
    static FINALIZED: Cell<u32> = const { Cell::new(0) };
    static KEPT: Cell<usize> = const { Cell::new(0) };
}

extern "C" fn count(_env: EnvPointer, _data: *mut c_void, _hint: *mut c_void) {
    FINALIZED.set(FINALIZED.get() + 1);
}

fn object(env: EnvPointer) -> Value {
    let mut object: Value = 0;
    assert_eq!(napi!(napi_create_object(env, &mut object)), 0);
    object
}

/// Makes many values that only the scope knows, and looks at them after a collection.
extern "C" fn survive(env: EnvPointer, info: *mut c_void) -> Value {
    let ([collect], _, this) = arguments::<1>(env, info);
    // Hidden from the collector, as in a container of the guest's.
    let values: Vec<Value> = (0..500)
        .map(|n| {
            let object = object(env);
            assert_eq!(napi!(napi_set_named_property(env, object, c"n", int(env, n))), 0);
            !object
        })
        .collect();
    assert_eq!(napi!(napi_call_function(env, this, collect, 0usize, 0usize, &mut 0usize)), 0);
    let mut sum = 0;
    for value in &values {
        let mut n: Value = 0;
        assert_eq!(napi!(napi_get_named_property(env, !value, c"n", &mut n)), 0);
        sum += as_int(env, n);
    }
    int(env, sum)
}

extern "C" fn many(env: EnvPointer, info: *mut c_void) -> Value {
    let ([n], ..) = arguments::<1>(env, info);
    for _ in 0..as_int(env, n) {
        let mut scope = 0usize;
        assert_eq!(napi!(napi_open_handle_scope(env, &mut scope)), 0);
        for _ in 0..4 {
            object(env);
        }
        assert_eq!(napi!(napi_close_handle_scope(env, scope)), 0);
    }
    0
}

extern "C" fn escape(env: EnvPointer, info: *mut c_void) -> Value {
    let ([collect], _, this) = arguments::<1>(env, info);
    let (mut scope, mut inner, mut escaped): (Value, Value, Value) = (0, 0, 0);
    assert_eq!(napi!(napi_open_escapable_handle_scope(env, &mut scope)), 0);
    assert_eq!(napi!(napi_escape_handle(env, scope, object(env), &mut escaped)), 0);
    let again = napi!(napi_escape_handle(env, scope, object(env), &mut 0usize));
    assert_eq!(again, Status::EscapeCalledTwice as i32);
    assert_eq!(napi!(napi_open_handle_scope(env, &mut inner)), 0);
    let mismatch = Status::HandleScopeMismatch as i32;
    assert_eq!(napi!(napi_close_escapable_handle_scope(env, scope)), mismatch);
    assert_eq!(napi!(napi_close_escapable_handle_scope(env, inner)), mismatch);
    assert_eq!(napi!(napi_close_handle_scope(env, inner)), 0);
    assert_eq!(napi!(napi_close_handle_scope(env, inner)), mismatch);
    assert_eq!(napi!(napi_close_escapable_handle_scope(env, scope)), 0);
    assert_eq!(napi!(napi_call_function(env, this, collect, 0usize, 0usize, &mut 0usize)), 0);
    escaped
}

extern "C" fn attach(env: EnvPointer, info: *mut c_void) -> Value {
    let ([target], ..) = arguments::<1>(env, info);
    assert_eq!(napi!(napi_wrap(env, target, 8usize, count as *const c_void, 0usize, 0usize)), 0);
    assert_eq!(napi!(napi_add_finalizer(env, target, 8usize, count as *const c_void, 0usize, 0usize)), 0);
    0
}

extern "C" fn refer(env: EnvPointer, info: *mut c_void) -> Value {
    let ([target, strength], ..) = arguments::<2>(env, info);
    let mut reference = 0usize;
    assert_eq!(napi!(napi_create_reference(env, target, as_int(env, strength), &mut reference)), 0);
    KEPT.set(reference);
    0
}

fn functions(context: &Context, env: &Env) {
    let list: [(&CStr, Callback); 5] =
        [(c"survive", survive), (c"many", many), (c"escape", escape), (c"attach", attach), (c"refer", refer)];
    define(context, env, &list);
    let collect = context.function("collect", 0, |call| {
        call.context.collect_garbage();
        Ok(call.context.undefined())
    });
    context.global().set("collect", &collect).unwrap();
}

#[test]
fn handles_outlive_collections_in_their_scope() {
    let (context, env) = environment!();
    functions(&context, &env);
    for _ in 0..10 {
        assert_eq!(
            text(
                &context,
                "survive(() => { const junk = []; for (let i = 0; i < 1000; i++) junk.push({ i }); collect() })"
            ),
            "124750"
        );
        assert_eq!(text(&context, "typeof escape(collect)"), "object");
    }
    assert!(context.roots().is_empty());
}

#[test]
fn memory_does_not_grow_with_calls() {
    let (context, env) = environment!();
    functions(&context, &env);
    let mut resident = Vec::new();
    for _ in 0..4 {
        text(&context, "many(100000); for (let i = 0; i < 20000; i++) many(1); 0");
        context.collect_garbage();
        resident.push(concord_engine::resident_memory().unwrap_or(0));
    }
    assert!(context.roots().is_empty());
    assert!(resident[3] < resident[1] + (16 << 20), "{resident:?}");
}

#[test]
fn finalizers_run_after_their_object() {
    let (context, env) = environment!();
    functions(&context, &env);
    FINALIZED.set(0);
    text(&context, "let kept = {}; attach(kept); (function () { for (let i = 0; i < 1000; i++) attach({ i }); })(); 0");
    for _ in 0..10 {
        text(&context, "(function f(n) { return n ? [n].concat(f(n - 1)) : [] })(50).length");
        context.collect_garbage();
        env.sweep();
        env.run_finalizers();
    }
    assert!((1900..=2000).contains(&FINALIZED.get()), "{}", FINALIZED.get());
    let before = FINALIZED.get();
    drop(env);
    context.dispose();
    assert_eq!(FINALIZED.get(), 2002, "{before} before the environment ended");
}

#[test]
fn references_are_weak_at_zero() {
    let (context, env) = environment!();
    functions(&context, &env);
    let pointer = env.pointer();
    let value = || {
        env.with_scope(|| {
            let mut value: Value = 0;
            assert_eq!(napi!(napi_get_reference_value(pointer, KEPT.get(), &mut value)), 0);
            value != 0
        })
    };
    let collect = || {
        for _ in 0..10 {
            text(&context, "(function f(n) { return n ? [n].concat(f(n - 1)) : [] })(50).length");
            context.collect_garbage();
        }
    };
    text(&context, "(function () { refer({ strong: 1 }, 1) })(); 0");
    collect();
    assert!(value());
    let mut count = 9u32;
    assert_eq!(napi!(napi_reference_ref(pointer, KEPT.get(), &mut count)), 0);
    assert_eq!(count, 2);
    for wanted in [1, 0, 0] {
        assert_eq!(napi!(napi_reference_unref(pointer, KEPT.get(), &mut count)), 0);
        assert_eq!(count, wanted);
    }
    collect();
    assert!(!value());
    assert_eq!(napi!(napi_delete_reference(pointer, KEPT.get())), 0);
    assert_eq!(napi!(napi_delete_reference(pointer, KEPT.get())), Status::InvalidArg as i32);
    text(&context, "globalThis.o = {}; refer(o, 0); 0");
    collect();
    assert!(value());
}
