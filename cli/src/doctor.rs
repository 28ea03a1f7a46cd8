//! `concord doctor`: what this machine offers, and what to do about what it lacks.

use crate::configuration::home;
use crate::error::{Failure, print};
use concord_elf::Symbol;
use std::path::Path;

/// Prints one line per thing; exit code 1 when something that apps need is missing.
pub fn run() -> Result<u8, Failure> {
    let mut text = String::new();
    let mut good = true;
    let mut line = |ok: bool, what: &str, detail: &str| {
        good &= ok;
        text.push_str(&format!("{} {what}: {detail}\n", if ok { "ok     " } else { "missing" }));
    };
    match concord_engine::Engine::load() {
        Ok(engine) => line(true, "engine", &describe(engine)),
        Err(error) => line(false, "engine", &error.to_string()),
    }
    let fonts = concord_text::Fonts::default().status();
    match fonts.remedy() {
        None => line(true, "fonts", &fonts.to_string()),
        Some(remedy) => line(false, "fonts", &format!("{fonts}; {remedy}")),
    }
    match home() {
        Some(folder) if writable(&folder) => line(true, "data", &folder.display().to_string()),
        Some(folder) => line(false, "data", &format!("{} cannot be written; set CONCORD_HOME", folder.display())),
        None => line(false, "data", "no place: set CONCORD_HOME, XDG_DATA_HOME or HOME"),
    }
    let temporary = std::env::temp_dir();
    let note = if writable(&temporary) { "" } else { " cannot be written; set TMPDIR (concord test needs it)" };
    line(note.is_empty(), "temporary files", &format!("{}{note}", temporary.display()));
    line(true, "native code", &native());
    line(true, "desktop", &desktop());
    print(&text)?;
    Ok(u8::from(!good))
}

/// Libraries of the machine that native code of apps calls, each with a function of it. Few apps need them, so none is missing.
const HOST_LIBRARIES: [(&str, &str); 3] =
    [("libuv.so", "uv_loop_init"), ("libEGL.so", "eglInitialize"), ("libGLESv3.so", "glClear")];

/// What native code of apps finds on this machine.
fn native() -> String {
    if !cfg!(target_arch = "x86_64") {
        return "does not run: libraries of apps are loaded on x86_64 only".to_owned();
    }
    let system = crate::native::system_libraries();
    let has = |name: &str, function: &str| {
        let library = system.iter().find(|library| library.names().contains(&name));
        library.is_some_and(|library| matches!(library.symbol(function), Some(Symbol::Address(_))))
    };
    let one = |(name, function): (&str, &str)| match (has(name, function), concord_ndk::remedy(name)) {
        (true, _) => name.to_owned(),
        (false, Some(remedy)) => format!("no {name} ({remedy})"),
        (false, None) => format!("no {name}"),
    };
    format!("x86_64, with {}", HOST_LIBRARIES.map(one).join(", "))
}

/// What the session offers to apps. They run without all of it, so nothing of it is missing.
fn desktop() -> String {
    match concord_bus::survey(&concord_bus::Addresses::default()) {
        Err(error) => {
            format!("no session bus ({error}): apps run without notifications, dialogs and the desktop's settings")
        }
        Ok(services) => {
            let one = |service: &concord_bus::Service| {
                if service.there {
                    service.name.to_owned()
                } else {
                    format!("no {} (apps do without {})", service.name, service.does)
                }
            };
            services.iter().map(one).collect::<Vec<_>>().join(", ")
        }
    }
}

/// `libjavascriptcoregtk-6.0.so.1 2.50.6, JIT on`.
fn describe(engine: &concord_engine::Engine) -> String {
    let version = engine.version.map(|(major, minor, micro)| format!(" {major}.{minor}.{micro}")).unwrap_or_default();
    format!("{}{version}, JIT {}", engine.library, if engine.jit { "on" } else { "off (CONCORD_JIT=0)" })
}

/// Whether files can be made in the nearest folder that exists.
fn writable(folder: &Path) -> bool {
    folder.ancestors().find(|folder| folder.exists()).is_some_and(|folder| tempfile::tempfile_in(folder).is_ok())
}
