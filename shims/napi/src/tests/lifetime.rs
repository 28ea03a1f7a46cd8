//! The end of an environment.

use super::World;
use crate::api::lifetime::*;
use crate::args::Out;
use crate::env::EnvPointer;
use crate::status::Status;
use std::ffi::c_void;
use std::sync::{Mutex, PoisonError};

/// What ran, in order: one list for each test.
type List = Mutex<Vec<&'static str>>;

struct Note {
    list: &'static List,
    name: &'static str,
}

fn note(list: &'static List, name: &'static str) -> *mut c_void {
    Box::into_raw(Box::new(Note { list, name })).cast()
}

fn say(data: *mut c_void) {
    // SAFETY: made by `note`, and never freed.
    let note = unsafe { &*data.cast::<Note>() };
    note.list.lock().unwrap_or_else(PoisonError::into_inner).push(note.name);
}

unsafe extern "C" fn hook(data: *mut c_void) {
    say(data);
}

unsafe extern "C" fn finalize(_env: EnvPointer, data: *mut c_void, _hint: *mut c_void) {
    say(data);
}

unsafe extern "C" fn slow_hook(handle: usize, data: *mut c_void) {
    let data = data as usize;
    std::thread::spawn(move || {
        say(data as *mut c_void);
        assert_eq!(napi_remove_async_cleanup_hook(handle), Status::Ok);
    });
}

#[test]
fn hooks_run_in_reverse_order_before_instance_data() {
    static LIST: List = Mutex::new(Vec::new());
    let Some(world) = World::new() else { return };
    let env = world.pointer();
    let null = std::ptr::null_mut();
    assert_eq!(napi_set_instance_data(env, note(&LIST, "replaced data"), Some(finalize), null), Status::Ok);
    assert_eq!(napi_set_instance_data(env, note(&LIST, "data"), Some(finalize), null), Status::Ok);
    let removed = note(&LIST, "removed");
    for data in [note(&LIST, "first"), removed, note(&LIST, "second")] {
        assert_eq!(napi_add_env_cleanup_hook(env, Some(hook), data), Status::Ok);
    }
    assert_eq!(napi_remove_env_cleanup_hook(env, Some(hook), removed), Status::Ok);
    let mut handle = 0;
    let unwanted = note(&LIST, "removed too");
    assert_eq!(napi_add_async_cleanup_hook(env, Some(slow_hook), unwanted, Out::to(&mut handle)), Status::Ok);
    assert_eq!(napi_remove_async_cleanup_hook(handle), Status::Ok);
    assert_eq!(napi_remove_async_cleanup_hook(handle), Status::InvalidArg);
    let slow = note(&LIST, "slow");
    assert_eq!(napi_add_async_cleanup_hook(env, Some(slow_hook), slow, Out::to(&mut handle)), Status::Ok);
    drop(world);
    let mut list = LIST.lock().unwrap().clone();
    // The slow one began first; when it ended is its own affair, but before the data went.
    let at = list.iter().position(|name| *name == "slow").unwrap();
    assert!(at < list.len() - 1, "{list:?}");
    list.remove(at);
    assert_eq!(list, ["replaced data", "second", "first", "data"]);
}

#[test]
fn an_environment_that_has_ended_refuses_everything() {
    let Some(world) = World::new() else { return };
    let env = world.pointer();
    crate::tear_down(&world.context);
    let mut data = std::ptr::null_mut();
    assert_eq!(napi_get_instance_data(env, Out::to(&mut data)), Status::Closing);
    assert_eq!(napi_get_instance_data(EnvPointer::null(), Out::to(&mut data)), Status::InvalidArg);
}

#[test]
fn an_environment_belongs_to_its_thread() {
    let Some(world) = World::new() else { return };
    let word = world.pointer().word();
    let there = std::thread::spawn(move || {
        // SAFETY: the word of a pointer.
        let env = unsafe { EnvPointer::from_word(word) };
        napi_get_instance_data(env, Out::to(&mut std::ptr::null_mut()))
    });
    assert_eq!(there.join().unwrap(), Status::GenericFailure);
}
