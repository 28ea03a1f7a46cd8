//! The main loop against the engine: order, virtual time, other threads, descriptors, errors.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::cell::RefCell;
use std::io::Write;
use std::rc::Rc;
use std::time::{Duration, Instant};

use concord_ability::event_loop::{Clock, Ended, EventLoop, RunLimits};
use concord_engine::Context;
use nix::poll::PollFlags;

fn setup(clock: Clock) -> (Context, EventLoop, Rc<RefCell<Vec<String>>>) {
    let context = Context::new().unwrap();
    let event_loop = EventLoop::new(&context, clock).unwrap();
    event_loop.install_globals(&context).unwrap();
    let log = Rc::new(RefCell::new(Vec::new()));
    let lines = Rc::clone(&log);
    let function = context.function("log", 1, move |call| {
        lines.borrow_mut().push(call.arg(0).to_js_string()?);
        Ok(call.context.undefined())
    });
    context.global().set("log", &function).unwrap();
    (context, event_loop, log)
}

fn run(script: &str) -> String {
    let (context, event_loop, log) = setup(Clock::Virtual);
    context.eval(script, "test").unwrap();
    let ended = event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).unwrap();
    assert_eq!(ended, Ended::Idle);
    let text = log.borrow().join(" ");
    event_loop.close();
    text
}

#[test]
fn timers_run_by_time_then_by_order() {
    assert_eq!(run("setTimeout(log, 20, 'c'); setTimeout(log, 10, 'a'); setTimeout(log, 10, 'b');"), "a b c");
    assert_eq!(run("setTimeout(() => log('b')); setTimeout(log, -5, 'c'); log('a');"), "a b c");
    assert_eq!(run("setTimeout((x, y) => log(x + y), 0, 1, 2)"), "3");
}

#[test]
fn microtasks_run_between_timers() {
    let script = "setTimeout(() => { log('a'); Promise.resolve().then(() => log('b')); }); setTimeout(() => log('c'));";
    assert_eq!(run(script), "a b c");
}

#[test]
fn nested_timers_wait_for_the_next_turn() {
    let script =
        "setTimeout(() => { setTimeout(() => log('inner')); log('outer'); }); setTimeout(() => log('second'));";
    assert_eq!(run(script), "outer second inner");
}

#[test]
fn intervals_repeat_until_cleared() {
    assert_eq!(
        run(
            "let n = 0; const id = setInterval(() => { log(++n); if (n === 3) clearInterval(id); }, 5); setTimeout(log, 99, 'end')"
        ),
        "1 2 3 end"
    );
    assert_eq!(
        run("const id = setTimeout(log, 1, 'no'); clearTimeout(id); clearTimeout(); clearTimeout('x'); log('ok')"),
        "ok"
    );
}

#[test]
fn an_interval_alone_is_idle() {
    assert_eq!(run("setInterval(() => log('tick'), 1000); log('started')"), "started");
}

#[test]
fn virtual_time_costs_nothing() {
    let start = Instant::now();
    assert_eq!(run("setTimeout(log, 3600000, 'an hour')"), "an hour");
    assert!(start.elapsed() < Duration::from_secs(600));
}

#[test]
fn other_threads_post_and_offload() {
    let (context, event_loop, log) = setup(Clock::Real);
    let lines = Rc::clone(&log);
    event_loop
        .offload(
            || 6 * 7,
            move |_, answer| {
                lines.borrow_mut().push(answer.to_string());
                Ok(())
            },
        )
        .unwrap();
    let remote = event_loop.remote();
    let hold = remote.hold();
    let thread = std::thread::spawn(move || {
        let posted = remote.post(|context, _| context.eval("log('posted')", "test").map(drop));
        drop(hold);
        posted
    });
    let ended = event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).unwrap();
    assert_eq!(ended, Ended::Idle);
    assert!(thread.join().unwrap());
    let mut lines = log.borrow().clone();
    lines.sort();
    assert_eq!(lines, ["42", "posted"]);
    let remote = event_loop.remote();
    event_loop.close();
    assert!(!remote.post(|_, _| Ok(())));
}

#[test]
fn descriptors_are_watched() {
    let (context, event_loop, log) = setup(Clock::Real);
    let (reader, mut writer) = std::io::pipe().unwrap();
    let lines = Rc::clone(&log);
    event_loop.watch(reader.into(), PollFlags::POLLIN, false, move |_, flags| {
        lines.borrow_mut().push(format!("{}", flags.contains(PollFlags::POLLIN)));
        Ok(false)
    });
    writer.write_all(b"x").unwrap();
    let ended = event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).unwrap();
    assert_eq!((ended, log.borrow().join(" ").as_str()), (Ended::Idle, "true"));
}

#[test]
fn errors_go_to_the_handler_and_exit_ends_the_run() {
    let (context, event_loop, log) = setup(Clock::Virtual);
    let lines = Rc::clone(&log);
    event_loop.set_error_handler(move |_, event_loop, error| {
        lines.borrow_mut().push(error.0.to_js_string().unwrap_or_default());
        if lines.borrow().len() == 2 {
            event_loop.request_exit(5);
        }
    });
    context.eval("for (const n of [1, 2, 3]) setTimeout(() => { throw new Error(n); }, n)", "test").unwrap();
    let ended = event_loop.run(&context, RunLimits::default()).unwrap();
    assert_eq!((ended, log.borrow().join(" ").as_str()), (Ended::Exit(5), "Error: 1 Error: 2"));
}

#[test]
fn a_deadline_ends_the_run() {
    let (context, event_loop, log) = setup(Clock::Virtual);
    context.eval("setInterval(() => log('tick'), 1000)", "test").unwrap();
    let limits = RunLimits { until_idle: false, deadline: Some(Duration::from_millis(3500)) };
    assert_eq!(event_loop.run(&context, limits).unwrap(), Ended::Deadline);
    assert_eq!(log.borrow().len(), 3);
}

#[test]
fn work_takes_no_time_on_a_stepped_clock() {
    let (context, event_loop, log) = setup(Clock::Stepped);
    let remote = event_loop.remote();
    let busy = event_loop.clone();
    // 30 ms of computing, then 30 ms of work on another thread that a timer of 10 ms does not overtake.
    event_loop.post(move |context| {
        std::thread::sleep(Duration::from_millis(30));
        assert_eq!(busy.now(), Duration::ZERO);
        let hold = remote.hold();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(30));
            remote.post(|context, _| context.eval("log('work')", "test").map(drop));
            drop(hold);
        });
        context.eval("const begun = Date.now(); setTimeout(() => log(`timer ${Math.abs(Date.now() - begun - 10) <= 1}`), 10)", "test").map(drop)
    });
    event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).unwrap();
    assert_eq!(log.borrow().join(" "), "work timer true");
    assert_eq!(event_loop.now(), Duration::from_millis(10));
}

#[test]
fn a_stepped_clock_moves_even_when_nobody_waits_long() {
    let (context, event_loop, log) = setup(Clock::Stepped);
    context
        .eval("const again = () => setTimeout(again, 0); again(); setTimeout(() => log('late'), 1)", "test")
        .unwrap();
    let limits = RunLimits { until_idle: false, deadline: Some(Duration::from_millis(2)) };
    assert_eq!(event_loop.run(&context, limits).unwrap(), Ended::Deadline);
    assert_eq!(log.borrow().join(" "), "late");
}
