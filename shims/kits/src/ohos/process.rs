//! `@ohos:process`: what an app learns of its process.

use concord_ability::state::AppState;
use concord_engine::{Call, JsResult};
use concord_runtime::{Api, FaceModule};
use nix::time::{ClockId, clock_gettime};

use concord_runtime::face::{full, partial, stub, text_arg};

const APIS: &[Api] = &[
    full("process.*"),
    stub("process.EventListener"),
    partial("process.ProcessManager.getThreadPriority", "always 0"),
    partial(
        "process.ProcessManager.getSystemConfig",
        "page size, processors, clock ticks and open files; -1 for the rest",
    ),
    partial("process.ProcessManager.kill", "only the own process"),
];

pub(super) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@ohos:process",
    source: include_str!("process.js"),
    natives: &[
        ("ids", ids),
        ("uidForName", uid_for_name),
        ("systemConfig", system_config),
        ("environment", environment),
        ("startRealtime", start_realtime),
        ("cpuTime", cpu_time),
        ("uptime", uptime),
        ("exit", exit),
    ],
    apis: APIS,
}];

/// What an app sees as its user: the number of an app, not that of the person at the machine.
const APP_UID: u32 = 20_010_001;

fn ids(call: &Call<'_>) -> JsResult {
    let object = call.context.object();
    let pid = std::process::id();
    for (name, value) in [("uid", APP_UID), ("gid", APP_UID), ("pid", pid), ("ppid", 1), ("tid", pid)] {
        object.set(name, &call.context.number(f64::from(value)))?;
    }
    Ok(object)
}

fn uid_for_name(call: &Call<'_>) -> JsResult {
    let uid = match text_arg(call, 0)?.as_str() {
        "root" => 0,
        "system" => 1000,
        "shell" => 2000,
        _ => -1,
    };
    Ok(call.context.number(f64::from(uid)))
}

/// Numbers of the C library's `sysconf`.
fn system_config(call: &Call<'_>) -> JsResult {
    let processors = || std::thread::available_parallelism().map_or(1.0, |n| n.get() as f64);
    Ok(call.context.number(match call.arg(0).as_i64() {
        Some(2) => 100.0,
        Some(4) => 1024.0,
        Some(30) => 4096.0,
        Some(83 | 84) => processors(),
        _ => -1.0,
    }))
}

fn environment(call: &Call<'_>) -> JsResult {
    // The app's own environment, of which only what every app has: the machine's is none of its business.
    Ok(match text_arg(call, 0)?.as_str() {
        "PATH" => call.context.string("/system/bin:/vendor/bin"),
        "TMPDIR" => call.context.string("/data/storage/el2/base/temp"),
        _ => call.context.undefined(),
    })
}

fn milliseconds(clock: ClockId) -> f64 {
    clock_gettime(clock).map_or(0.0, |time| time.tv_sec() as f64 * 1000.0 + (time.tv_nsec() / 1_000_000) as f64)
}

/// Milliseconds from the start of the machine to that of the process.
fn start_realtime(call: &Call<'_>) -> JsResult {
    // Field 22 of /proc/self/stat, in hundredths of a second; the second field may contain spaces and ends with `)`.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(19)?.parse::<f64>().ok());
    let start = ticks.map_or_else(|| milliseconds(ClockId::CLOCK_BOOTTIME), |ticks| ticks * 10.0);
    Ok(call.context.number(start))
}

fn cpu_time(call: &Call<'_>) -> JsResult {
    Ok(call.context.number(milliseconds(ClockId::CLOCK_PROCESS_CPUTIME_ID)))
}

/// Seconds since the start of the machine.
fn uptime(call: &Call<'_>) -> JsResult {
    Ok(call.context.number((milliseconds(ClockId::CLOCK_BOOTTIME) / 1000.0).floor()))
}

fn exit(call: &Call<'_>) -> JsResult {
    AppState::of_call(call)?.exit(call.context, call.arg(0).as_f64().unwrap_or(0.0) as i32);
    Ok(call.context.undefined())
}
