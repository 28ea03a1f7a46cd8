//! Asynchronous work and thread-safe functions.

use super::World;
use crate::api::async_work::*;
use crate::api::threadsafe::*;
use crate::args::{Handle, Out};
use crate::env::EnvPointer;
use crate::status::Status;
use concord_ability::event_loop::RunLimits;
use std::ffi::c_void;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[derive(Default)]
struct Job {
    ran: AtomicUsize,
    completed: AtomicUsize,
    status: AtomicUsize,
}

unsafe extern "C" fn execute(_env: EnvPointer, data: *mut c_void) {
    // SAFETY: the tests pass a `Job` that outlives the work.
    let job = unsafe { &*data.cast::<Job>() };
    job.ran.fetch_add(1, Ordering::SeqCst);
}

unsafe extern "C" fn complete(_env: EnvPointer, status: i32, data: *mut c_void) {
    // SAFETY: as above.
    let job = unsafe { &*data.cast::<Job>() };
    job.status.store(status as usize, Ordering::SeqCst);
    job.completed.fetch_add(1, Ordering::SeqCst);
}

fn work(world: &World, job: &Job) -> usize {
    let name = world.context.string("work");
    let data = std::ptr::from_ref(job).cast_mut().cast::<c_void>();
    let mut work = 0;
    let status = napi_create_async_work(
        world.pointer(),
        Handle::NULL,
        world.handle(&name),
        Some(execute),
        Some(complete),
        data,
        Out::to(&mut work),
    );
    assert_eq!(status, Status::Ok);
    work
}

#[test]
fn a_thousand_works_complete() {
    let Some(world) = World::new() else { return };
    let job = Job::default();
    let works: Vec<usize> = (0..1000).map(|_| work(&world, &job)).collect();
    for (qos, work) in works.iter().enumerate() {
        assert_eq!(napi_queue_async_work_with_qos(world.pointer(), *work, (qos % 4) as i32), Status::Ok);
    }
    world.run();
    assert_eq!((job.ran.load(Ordering::SeqCst), job.completed.load(Ordering::SeqCst)), (1000, 1000));
    for work in &works {
        assert_eq!(napi_queue_async_work(world.pointer(), *work), Status::Ok, "once more");
    }
    world.run();
    assert_eq!(job.completed.load(Ordering::SeqCst), 2000);
    for work in works {
        assert_eq!(napi_delete_async_work(world.pointer(), work), Status::Ok);
        assert_eq!(napi_delete_async_work(world.pointer(), work), Status::InvalidArg, "it is gone");
        assert_eq!(napi_queue_async_work(world.pointer(), work), Status::InvalidArg);
    }
}

#[test]
fn a_cancelled_work_completes_without_having_run() {
    let Some(world) = World::new() else { return };
    let job = Job::default();
    // Whether it begins first is a matter of luck; with many, some are cancelled.
    let works: Vec<usize> = (0..200).map(|_| work(&world, &job)).collect();
    let cancelled = works
        .iter()
        .filter(|work| {
            assert_eq!(napi_queue_async_work(world.pointer(), **work), Status::Ok);
            assert_eq!(napi_queue_async_work(world.pointer(), **work), Status::GenericFailure, "it is queued");
            napi_cancel_async_work(world.pointer(), **work) == Status::Ok
        })
        .count();
    world.run();
    assert_eq!(job.completed.load(Ordering::SeqCst), 200, "all hear of it");
    assert_eq!(job.ran.load(Ordering::SeqCst), 200 - cancelled);
}

#[test]
fn a_deleted_work_is_not_completed() {
    let Some(world) = World::new() else { return };
    let job = Job::default();
    let work = work(&world, &job);
    assert_eq!(napi_queue_async_work(world.pointer(), work), Status::Ok);
    assert_eq!(napi_delete_async_work(world.pointer(), work), Status::Ok);
    world.run();
    assert_eq!(job.completed.load(Ordering::SeqCst), 0);
}

/// What a thread-safe function was called with.
#[derive(Default)]
struct Calls {
    seen: Mutex<Vec<usize>>,
    given_up: AtomicUsize,
    finalized: AtomicUsize,
}

unsafe extern "C" fn note(env: EnvPointer, _function: Handle, context: *mut c_void, data: *mut c_void) {
    // SAFETY: the tests pass `Calls` that outlive the function.
    let calls = unsafe { &*context.cast::<Calls>() };
    if env.get().is_ok() {
        calls.seen.lock().unwrap().push(data as usize);
    } else {
        calls.given_up.fetch_add(1, Ordering::SeqCst);
    }
}

unsafe extern "C" fn finalize(_env: EnvPointer, _data: *mut c_void, context: *mut c_void) {
    // SAFETY: as above.
    let calls = unsafe { &*context.cast::<Calls>() };
    calls.finalized.fetch_add(1, Ordering::SeqCst);
}

fn function(world: &World, calls: &Calls, limit: usize, threads: usize) -> usize {
    let name = world.context.string("function");
    let mut function = 0;
    let status = napi_create_threadsafe_function(
        world.pointer(),
        Handle::NULL,
        Handle::NULL,
        world.handle(&name),
        limit,
        threads,
        std::ptr::null_mut(),
        Some(finalize),
        std::ptr::from_ref(calls).cast_mut().cast(),
        Some(note),
        Out::to(&mut function),
    );
    assert_eq!(status, Status::Ok);
    function
}

fn word(number: usize) -> *mut c_void {
    number as *mut c_void
}

#[test]
fn a_storm_from_eight_threads_arrives_whole_and_in_order() {
    let Some(world) = World::new() else { return };
    for limit in [0, 3] {
        let calls = Calls::default();
        let function = function(&world, &calls, limit, 8);
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                std::thread::spawn(move || {
                    for call in 0..2000 {
                        let status = napi_call_threadsafe_function(function, word(thread * 10_000 + call), 1);
                        assert_eq!(status, Status::Ok);
                    }
                    assert_eq!(napi_release_threadsafe_function(function, 0), Status::Ok);
                })
            })
            .collect();
        world.run();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let seen = calls.seen.lock().unwrap();
        assert_eq!(seen.len(), 16_000);
        for thread in 0..8 {
            let own: Vec<usize> =
                seen.iter().filter(|call| **call / 10_000 == thread).map(|call| call % 10_000).collect();
            assert!(own.iter().copied().eq(0..2000), "thread {thread}");
        }
        assert_eq!(calls.finalized.load(Ordering::SeqCst), 1);
        assert_eq!(napi_call_threadsafe_function(function, word(0), 0), Status::InvalidArg, "it is gone");
    }
}

#[test]
fn an_aborted_function_gives_up_what_waits() {
    let Some(world) = World::new() else { return };
    let calls = Calls::default();
    let function = function(&world, &calls, 2, 2);
    for call in 0..2 {
        assert_eq!(napi_call_threadsafe_function(function, word(call), 0), Status::Ok);
    }
    assert_eq!(napi_call_threadsafe_function(function, word(2), 0), Status::QueueFull);
    assert_eq!(napi_call_threadsafe_function(function, word(2), 1), Status::WouldDeadlock);
    assert_eq!(napi_acquire_threadsafe_function(function), Status::Ok);
    assert_eq!(napi_release_threadsafe_function(function, 1), Status::Ok);
    assert_eq!(napi_call_threadsafe_function(function, word(3), 0), Status::Closing);
    assert_eq!(napi_acquire_threadsafe_function(function), Status::GenericFailure);
    world.run();
    assert!(calls.seen.lock().unwrap().is_empty());
    assert_eq!(calls.given_up.load(Ordering::SeqCst), 2);
    assert_eq!(calls.finalized.load(Ordering::SeqCst), 1);
}

#[test]
fn only_functions_that_are_referenced_keep_the_app_busy() {
    let Some(world) = World::new() else { return };
    let calls = Calls::default();
    let function = function(&world, &calls, 0, 1);
    assert!(!world.event_loop.is_idle());
    assert_eq!(napi_unref_threadsafe_function(world.pointer(), function), Status::Ok);
    world.run();
    assert_eq!(napi_ref_threadsafe_function(world.pointer(), function), Status::Ok);
    let limits = RunLimits { until_idle: true, deadline: Some(Duration::from_millis(5)) };
    let ended = world.event_loop.run(&world.context, limits).unwrap();
    assert_eq!(ended, concord_ability::event_loop::Ended::Deadline);
    assert_eq!(napi_release_threadsafe_function(function, 0), Status::Ok);
    world.run();
    assert_eq!(calls.finalized.load(Ordering::SeqCst), 1);
}

#[test]
fn urgent_calls_overtake_others() {
    let Some(world) = World::new() else { return };
    let calls = Calls::default();
    let function = function(&world, &calls, 0, 1);
    for (priority, tail, data) in [(3, true, 4), (1, true, 2), (1, true, 3), (1, false, 1), (0, true, 0)] {
        let status = napi_call_threadsafe_function_with_priority(function, word(data), priority, tail);
        assert_eq!(status, Status::Ok);
    }
    assert_eq!(napi_call_threadsafe_function_with_priority(function, word(0), 4, true), Status::InvalidArg);
    assert_eq!(napi_call_threadsafe_function_with_priority(function, word(0), -1, true), Status::InvalidArg);
    assert_eq!(napi_unref_threadsafe_function(world.pointer(), function), Status::Ok);
    world.run();
    assert_eq!(*calls.seen.lock().unwrap(), [0, 1, 2, 3, 4]);
    assert_eq!(napi_release_threadsafe_function(function, 0), Status::Ok);
    world.run();
}

#[test]
fn a_function_without_call_js_calls_the_script() {
    let Some(world) = World::new() else { return };
    let script = world.eval("globalThis.calls = []; (...args) => { calls.push(args.length); }");
    let name = world.context.string("plain");
    let mut function = 0;
    let mut create = |script: Handle| {
        let null = std::ptr::null_mut();
        let (env, name) = (world.pointer(), world.handle(&name));
        napi_create_threadsafe_function(
            env,
            script,
            Handle::NULL,
            name,
            0,
            1,
            null,
            None,
            null,
            None,
            Out::to(&mut function),
        )
    };
    assert_eq!(create(Handle::NULL), Status::InvalidArg);
    assert_eq!(create(world.handle(&name)), Status::FunctionExpected);
    assert_eq!(create(world.handle(&script)), Status::Ok);
    for _ in 0..3 {
        assert_eq!(napi_call_threadsafe_function(function, word(1), 0), Status::Ok);
    }
    assert_eq!(napi_release_threadsafe_function(function, 0), Status::Ok);
    world.run();
    assert_eq!(world.text("calls.join()"), "0,0,0");
}
