//! Modules and scripts that native code loads, and which file a module is in.

use crate::args::{Chars, Handle, Out};
use crate::call;
use crate::env::{Env, OrPend};
use crate::modules;
use crate::registry::{self, RawModule};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::{ErrorKind, JsResult};
use concord_runtime::Runtime;
use std::ffi::c_char;

/// The endings of files that may be left out.
const ENDINGS: [&str; 4] = [".abc", ".ets", ".ts", ".js"];

/// A module as native code names it: `@ohos.hilog`, `libentry.so`, `ets/Test`, `entry/src/main/ets/Test`, a package.
fn load(runtime: &Runtime, module: &str, path: &str) -> JsResult {
    let path = path.trim();
    if let Some(system) = path.strip_prefix("@ohos.").or_else(|| path.strip_prefix("@ohos:")) {
        return runtime.require(&format!("@ohos:{system}"));
    }
    if let Some(system) = path.strip_prefix("@system.") {
        return runtime.require(&format!("@native:system.{system}"));
    }
    if let Some(system) = path.strip_prefix("@hms.") {
        return runtime.require(&format!("@hms:{system}"));
    }
    if path.ends_with(".so") {
        return runtime.load_library(module, path);
    }
    let plain = ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    if runtime.has(module, plain) {
        return runtime.import(module, plain);
    }
    runtime.import_request(module, path)
}

fn load_module(env: &Env, module: Option<&str>, path: Chars, result: Out<Handle>) -> Outcome {
    let result = result.check()?;
    let path = path.text()?;
    let runtime = Runtime::of(env.context()).ok_or(Status::GenericFailure)?;
    let own = crate::api::ark::main_module();
    let exports = load(&runtime, module.or(own.as_deref()).unwrap_or_default(), &path).or_pend(env)?;
    if !exports.is_object() {
        return Err(env.pend_error(ErrorKind::Error, &format!("the module {path} could not be loaded")));
    }
    result.give(env, env.locals().local(&exports));
    Ok(())
}

functions! {
    guarded fn napi_load_module(env, path: Chars, result: Out<Handle>) {
        load_module(env, None, path, result)
    }

    /// `info` is `bundleName/moduleName`; null for system modules.
    guarded fn napi_load_module_with_info(env, path: Chars, info: Chars, result: Out<Handle>) {
        let info = if info.is_null() { None } else { Some(info.text()?) };
        let module = info.as_deref().map(|info| info.rsplit_once('/').map_or(info, |(_, module)| module));
        load_module(env, module, path, result)
    }

    /// The result is `undefined`: what a script of bytecode ends with is not kept.
    guarded fn napi_run_script_path(env, path: Chars, result: Out<Handle>) {
        let result = result.check()?;
        let path = path.text()?;
        let runtime = Runtime::of(env.context()).ok_or(Status::GenericFailure)?;
        let module = crate::api::ark::main_module().unwrap_or_default();
        load(&runtime, &module, path.trim_start_matches('/')).or_pend(env)?;
        result.set(env.keep(concord_engine::Local::UNDEFINED));
        Ok(())
    }

    /// Evaluates nothing, as on the platform.
    plain fn napi_run_script(env, script: Handle, result: Out<Handle>) {
        script.get(env)?;
        result.check()?.set(Handle::NULL);
        Ok(())
    }

    /// The file of the library whose function runs, as the app sees it.
    plain fn node_api_get_module_file_name(env, result: Out<*const c_char>) {
        let result = result.check()?;
        let path = concord_elf::locate(env.running()).map(|place| place.module().path().to_owned());
        result.set(modules::lasting(path.unwrap_or_default()));
        Ok(())
    }
}

/// Called by constructors of libraries, while no environment is at hand.
///
/// # Safety
/// `module` is null or a `napi_module` whose strings are null or end in NUL.
pub(crate) unsafe extern "C" fn napi_module_register(module: *const RawModule) {
    // A status has no way back.
    let _: Status = call::anywhere(|| {
        // SAFETY: promised by the caller.
        unsafe { registry::register(module) };
        Ok(())
    });
}
