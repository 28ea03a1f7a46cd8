//! Array buffers and views.

use super::World;
use crate::api::buffers::*;
use crate::args::{Handle, Out};
use crate::env::EnvPointer;
use crate::status::Status;
use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

static RELEASED: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn released(env: EnvPointer, _data: *mut c_void, hint: *mut c_void) {
    assert!(env.get().is_ok(), "on the thread of the environment");
    RELEASED.fetch_add(hint as usize, Ordering::SeqCst);
}

#[test]
fn buffers_share_their_memory_with_the_guest() {
    let Some(world) = World::new() else { return };
    let mut data = ptr::null_mut();
    world.global("made", |result| napi_create_arraybuffer(world.pointer(), 16, Out::to(&mut data), result));
    // SAFETY: the buffer has 16 bytes, and the global variable keeps it.
    unsafe { data.cast::<u8>().add(3).write(77) };
    assert_eq!(world.text("`${made.byteLength} ${new Uint8Array(made)[3]}`"), "16 77");
    let made = world.eval("new Uint8Array(made)[4] = 5; made");
    let (mut again, mut length) = (ptr::null_mut(), 0);
    let status =
        napi_get_arraybuffer_info(world.pointer(), world.handle(&made), Out::to(&mut again), Out::to(&mut length));
    assert_eq!((status, again, length), (Status::Ok, data, 16));
    // SAFETY: as above.
    assert_eq!(unsafe { data.cast::<u8>().add(4).read() }, 5);
}

#[test]
fn external_buffers_are_finalized_on_the_environments_thread() {
    let Some(world) = World::new() else { return };
    let mut outside = [1_u8, 2, 3, 4];
    let start: *mut c_void = outside.as_mut_ptr().cast();
    world.global("external", |result| {
        napi_create_external_arraybuffer(
            world.pointer(),
            start,
            4,
            Some(released),
            ptr::without_provenance_mut(1),
            result,
        )
    });
    assert_eq!(world.text("let v = new Uint8Array(external); v[1] = 9; `${v}`; "), "1,9,3,4");
    assert_eq!(outside[1], 9);
    // One or another may still lie on the stack.
    for _ in 0..50 {
        world.global("external", |result| {
            napi_create_external_arraybuffer(
                world.pointer(),
                start,
                4,
                Some(released),
                ptr::without_provenance_mut(1),
                result,
            )
        });
    }
    world.eval("v = null; globalThis.external = null");
    world.context.collect_garbage();
    world.run();
    let count = RELEASED.load(Ordering::SeqCst);
    assert!(count > 25, "{count} of 51");
}

#[test]
fn buffers_are_detached_unless_they_are_pinned() {
    let Some(world) = World::new() else { return };
    let detached = |buffer: &concord_engine::Value| {
        let mut is = false;
        let status = napi_is_detached_arraybuffer(world.pointer(), world.handle(buffer), Out::to(&mut is));
        assert_eq!(status, Status::Ok);
        is
    };
    let buffer = world.eval("globalThis.b = new ArrayBuffer(8)");
    assert!(!detached(&buffer));
    assert_eq!(napi_detach_arraybuffer(world.pointer(), world.handle(&buffer)), Status::Ok);
    assert!(detached(&buffer));
    assert_eq!(world.text("b.byteLength"), "0");
    assert_eq!(napi_detach_arraybuffer(world.pointer(), world.handle(&buffer)), Status::Ok, "again");
    // One that native code has made can be detached although it knows where the bytes are.
    world.global("made", |result| napi_create_arraybuffer(world.pointer(), 16, Out::to(&mut ptr::null_mut()), result));
    let made = world.eval("made");
    assert_eq!(napi_detach_arraybuffer(world.pointer(), world.handle(&made)), Status::Ok);
    let pinned = world.eval("new ArrayBuffer(8)");
    let (mut data, mut length) = (ptr::null_mut(), 0);
    let info =
        napi_get_arraybuffer_info(world.pointer(), world.handle(&pinned), Out::to(&mut data), Out::to(&mut length));
    assert_eq!(info, Status::Ok);
    let status = napi_detach_arraybuffer(world.pointer(), world.handle(&pinned));
    assert_eq!(status, Status::DetachableArraybufferExpected);
    assert!(!detached(&pinned));
    let other = world.eval("({})");
    assert_eq!(napi_detach_arraybuffer(world.pointer(), world.handle(&other)), Status::InvalidArg);
}

#[test]
fn typed_arrays_know_where_they_are() {
    let Some(world) = World::new() else { return };
    let array = world.eval("new Int16Array(new ArrayBuffer(32), 4, 6)");
    let (mut kind, mut length, mut data, mut buffer, mut offset) = (0, 0, ptr::null_mut(), Handle::NULL, 0);
    let status = napi_get_typedarray_info(
        world.pointer(),
        world.handle(&array),
        Out::to(&mut kind),
        Out::to(&mut length),
        Out::to(&mut data),
        Out::to(&mut buffer),
        Out::to(&mut offset),
    );
    assert_eq!((status, kind, length, offset), (Status::Ok, 3, 6, 4));
    let whole = array.get("buffer").unwrap();
    let (mut start, mut bytes) = (ptr::null_mut(), 0);
    let status =
        napi_get_arraybuffer_info(world.pointer(), world.handle(&whole), Out::to(&mut start), Out::to(&mut bytes));
    assert_eq!((status, bytes), (Status::Ok, 32));
    assert_eq!(data, start.cast::<u8>().wrapping_add(4).cast());
}

#[test]
fn views_that_do_not_fit_are_range_errors() {
    let Some(world) = World::new() else { return };
    let buffer = world.eval("new ArrayBuffer(16)");
    let mut result = Handle::NULL;
    let caught = || world.env.take_pending().map(|error| error.get("code").unwrap().as_string().unwrap());
    let typed = |kind, length, offset, result: &mut Handle| {
        napi_create_typedarray(world.pointer(), kind, length, world.handle(&buffer), offset, Out::to(result))
    };
    assert_eq!(typed(5, 1, 2, &mut result), Status::PendingException);
    assert_eq!(caught().as_deref(), Some("ERR_NAPI_INVALID_TYPEDARRAY_ALIGNMENT"));
    for length in [5, usize::MAX, usize::MAX / 4] {
        assert_eq!(typed(5, length, 0, &mut result), Status::PendingException);
        assert_eq!(caught().as_deref(), Some("ERR_NAPI_INVALID_TYPEDARRAY_LENGTH"));
    }
    assert_eq!(typed(11, 1, 0, &mut result), Status::InvalidArg);
    assert_eq!(typed(-1, 1, 0, &mut result), Status::InvalidArg);
    let view = napi_create_dataview(world.pointer(), 16, world.handle(&buffer), 1, Out::to(&mut result));
    assert_eq!(view, Status::PendingException);
    assert_eq!(caught().as_deref(), Some("ERR_NAPI_INVALID_DATAVIEW_ARGS"));
    let status =
        napi_create_arraybuffer(world.pointer(), usize::MAX, Out::to(&mut ptr::null_mut()), Out::to(&mut result));
    assert_eq!(status, Status::PendingException);
    let error = world.env.take_pending().unwrap().to_js_string().unwrap();
    assert!(error.starts_with("RangeError"), "{error}");
}
