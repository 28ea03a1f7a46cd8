//! `@ohos:hidebug`: what the kernel and the C library tell of the process and the machine.

use std::fs;

use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::{full, partial, stub};
use nix::sys::resource::{Resource, getrlimit};
use nix::unistd::{SysconfVar, sysconf};

const NOT_OF_ENGINE: &str = "the engine counts nothing";

pub(super) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@ohos:hidebug",
    source: include_str!("hidebug.js"),
    natives: &[("read", read), ("threads", threads), ("ticks", ticks), ("limit", limit), ("heap", heap)],
    apis: &[
        full("*@20"),
        partial("hidebug.getAppVMMemoryInfo", "what is in use, after the last collection"),
        partial("hidebug.getVMRuntimeStats", NOT_OF_ENGINE),
        partial("hidebug.getVMRuntimeStat", NOT_OF_ENGINE),
        partial("hidebug.getGraphicsMemory", "pictures are in memory of the process: 0"),
        partial("hidebug.getGraphicsMemorySync", "pictures are in memory of the process: 0"),
        partial("hidebug.setAppResourceLimit", "checked and without effect"),
        stub("hidebug.startJsCpuProfiling"),
        stub("hidebug.stopJsCpuProfiling"),
        stub("hidebug.dumpJsHeapData"),
        partial("hidebug.dumpJsRawHeapData", "refused: the engine writes no such file"),
        partial("hidebug.startAppTraceCapture", "refused: nothing is traced"),
        partial("hidebug.stopAppTraceCapture", "refused: nothing is traced"),
        partial("hidebug.enableGwpAsanGrayscale", "refused"),
    ],
}];

/// Files of the kernel that faces may ask for.
const FILES: [&str; 6] = ["self/status", "self/smaps_rollup", "self/statm", "self/stat", "meminfo", "stat"];

/// read(name below /proc) → text, empty when the kernel does not tell
fn read(call: &Call<'_>) -> JsResult {
    let name = call.arg(0).to_js_string()?;
    let text = FILES.contains(&name.as_str()).then(|| fs::read_to_string(format!("/proc/{name}")).ok()).flatten();
    Ok(call.context.string(&text.unwrap_or_default()))
}

/// threads() → JSON: `[id, text of its stat]` of each thread
fn threads(call: &Call<'_>) -> JsResult {
    let entries = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let all: Vec<(u32, String)> = entries
        .filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            Some((id, fs::read_to_string(entry.path().join("stat")).ok()?))
        })
        .collect();
    Ok(call.context.string(&serde_json::to_string(&all).unwrap_or_default()))
}

/// ticks() → of the clock of the kernel per second
fn ticks(call: &Call<'_>) -> JsResult {
    let ticks = sysconf(SysconfVar::CLK_TCK).ok().flatten().unwrap_or(100);
    Ok(call.context.number(ticks as f64))
}

/// heap() → bytes in use by values of scripts
fn heap(call: &Call<'_>) -> JsResult {
    Ok(call.context.number(call.context.heap_size() as f64))
}

/// limit() → bytes of address space that the process may have; Infinity for no limit
fn limit(call: &Call<'_>) -> JsResult {
    let limit = getrlimit(Resource::RLIMIT_AS).map_or(nix::libc::RLIM_INFINITY, |(soft, _)| soft);
    Ok(call.context.number(if limit == nix::libc::RLIM_INFINITY { f64::INFINITY } else { limit as f64 }))
}
