use super::*;
use crate::call::abandon_call;
use std::cell::Cell;

extern "C" fn echo(env: EnvPointer, info: *mut c_void) -> Value {
    arguments::<1>(env, info).0[0]
}

extern "C" fn describe(env: EnvPointer, info: *mut c_void) -> Value {
    let ([first, second, third], count, this) = arguments::<3>(env, info);
    let mut list = 0;
    assert_eq!(napi!(napi_create_array(env, &mut list)), 0);
    let mut target = 0;
    assert_eq!(napi!(napi_get_new_target(env, info, &mut target)), 0);
    let target = if target == 0 { string(env, "none") } else { target };
    for (index, value) in (0u32..).zip([int(env, count as i32), this, target, first, second, third]) {
        assert_eq!(napi!(napi_set_element(env, list, index, value)), 0);
    }
    list
}

extern "C" fn throws(env: EnvPointer, _info: *mut c_void) -> Value {
    assert_eq!(napi!(napi_throw_range_error(env, c"E_CODE", c"too far")), 0);
    // Refused until the exception is gone.
    assert_eq!(napi!(napi_get_named_property(env, int(env, 1), c"x", &mut 0usize)), Status::PendingException as i32);
    0
}

extern "C" fn passes(env: EnvPointer, info: *mut c_void) -> Value {
    let ([f], _, this) = arguments::<1>(env, info);
    let (mut result, mut pending): (Value, bool) = (0, false);
    let status = napi!(napi_call_function(env, this, f, 0usize, 0usize, &mut result));
    assert_eq!(napi!(napi_is_exception_pending(env, &mut pending)), 0);
    assert_eq!(pending, status == Status::PendingException as i32);
    result
}

extern "C" fn catches(env: EnvPointer, info: *mut c_void) -> Value {
    let ([f], _, this) = arguments::<1>(env, info);
    let mut result = 0;
    assert_eq!(napi!(napi_call_function(env, this, f, 0usize, 0usize, &mut result)), Status::PendingException as i32);
    assert_eq!(napi!(napi_get_and_clear_last_exception(env, &mut result)), 0);
    result
}

extern "C" fn recurse(env: EnvPointer, info: *mut c_void) -> Value {
    let ([f, n], _, this) = arguments::<2>(env, info);
    let n = as_int(env, n);
    if n == 0 {
        return int(env, 0);
    }
    let (arguments, mut result): ([Value; 2], Value) = ([f, int(env, n - 1)], 0);
    if napi!(napi_call_function(env, this, f, 2usize, arguments.as_ptr(), &mut result)) != 0 {
        return 0;
    }
    int(env, as_int(env, result) + 1)
}

thread_local!(static GIVEN_UP: Cell<u32> = const { Cell::new(0) });

/// Like a guest that calls a function which is not there.
extern "C" fn lacks(env: EnvPointer, info: *mut c_void) -> Value {
    let mut scope = 0usize;
    assert_eq!(napi!(napi_open_handle_scope(env, &mut scope)), 0);
    let _ = (arguments::<1>(env, info), string(env, "left behind"));
    GIVEN_UP.set(GIVEN_UP.get() + 1);
    abandon_call("libx.so:missing is not implemented");
    unreachable!("the call was not given up");
}

fn all(context: &Context, env: &Env) {
    define(
        context,
        env,
        &[
            (c"echo", echo as Callback),
            (c"describe", describe),
            (c"throws", throws),
            (c"passes", passes),
            (c"catches", catches),
            (c"recurse", recurse),
            (c"lacks", lacks),
        ],
    );
}

#[test]
fn callbacks_see_their_call() {
    let (context, env) = environment!();
    all(&context, &env);
    assert_eq!(text(&context, "[typeof echo, echo.name, echo(5), echo('x'), echo()].join()"), "function,echo,5,x,");
    assert_eq!(
        text(
            &context,
            "const o = { describe }; let r = o.describe(1); [r[0], r[1] === o, r[2], r[3], r[4] === undefined].join()"
        ),
        "1,true,none,1,true"
    );
    assert_eq!(text(&context, "r = describe.call(o, 1, 2, 3, 4, 5); [r[0], r[5]].join()"), "5,3");
    assert_eq!(text(&context, "r = new describe('a'); [r[0], r[2] === describe, r[3]].join()"), "1,true,a");
    assert_eq!(text(&context, "let sum = 0; for (let i = 0; i < 100000; i++) sum += echo(i); sum"), "4999950000");
    assert!(context.roots().is_empty());
}

#[test]
fn exceptions_go_both_ways() {
    let (context, env) = environment!();
    all(&context, &env);
    assert_eq!(
        text(&context, "try { throws(); 'no' } catch (e) { `${e} ${e.code} ${e instanceof RangeError}` }"),
        "RangeError: too far E_CODE true"
    );
    assert_eq!(
        text(&context, "const mine = {}; try { passes(() => { throw mine }) } catch (e) { e === mine }"),
        "true"
    );
    assert_eq!(text(&context, "passes(() => 'value')"), "value");
    assert_eq!(text(&context, "catches(() => { throw 'caught' })"), "caught");
    assert_eq!(text(&context, "catches(() => passes(throws)).code"), "E_CODE");
    assert_eq!(text(&context, "recurse(recurse, 60)"), "60");
    assert_eq!(text(&context, "try { recurse(recurse, 1e6) } catch (e) { e.name }"), "RangeError");
    assert!(!env.is_exception_pending() && !env.is_running() && context.roots().is_empty());
}

#[test]
fn a_call_that_cannot_go_on_is_given_up() {
    let (context, env) = environment!();
    all(&context, &env);
    let caught = text(
        &context,
        "const errors = []; for (let i = 0; i < 1000; i++) try { lacks({}) } catch (e) { errors.push(e.message) } [errors.length, errors[999]].join()",
    );
    if cfg!(target_arch = "x86_64") {
        assert_eq!(caught, "1000,libx.so:missing is not implemented");
        // Frames of the engine between the two calls stay.
        assert_eq!(
            text(&context, "catches(() => passes(lacks)).message + echo(1)"),
            "libx.so:missing is not implemented1"
        );
        assert_eq!(GIVEN_UP.get(), 1001);
    }
    assert!(!env.is_running() && context.roots().is_empty());
    // Nothing to give up here.
    assert!(!abandon_call("no call"));
}

#[test]
fn an_environment_ends_with_its_context() {
    let (context, env) = environment!();
    all(&context, &env);
    let pointer = env.pointer();
    let echo = context.global().get("echo").unwrap();
    drop(env);
    context.dispose();
    assert_eq!(napi!(napi_create_object(pointer, &mut 0usize)), Status::Closing as i32);
    assert!(echo.call(&context.undefined(), &[]).is_err());
}
