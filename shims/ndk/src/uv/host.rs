//! The host's libuv.

use libloading::Library;
use std::ffi::c_char;
use std::sync::OnceLock;

/// Functions that guests must not call as they are: they name files or programs of the host, or change what belongs to the
/// whole process. They stay stubs where there is none of ours.
pub(super) const KEPT_BACK: &[&str] = &[
    "uv_exepath",
    "uv_fs_event_getpath",
    "uv_fs_get_path",
    "uv_fs_mkdtemp",
    "uv_fs_mkstemp",
    "uv_fs_poll_getpath",
    "uv_fs_readlink",
    "uv_fs_realpath",
    "uv_fs_symlink",
    "uv_library_shutdown",
    "uv_os_environ",
    "uv_os_free_environ",
    "uv_os_free_passwd",
    "uv_os_get_passwd",
    "uv_os_setpriority",
    "uv_pipe_bind",
    "uv_pipe_chmod",
    "uv_pipe_connect",
    "uv_pipe_getpeername",
    "uv_pipe_getsockname",
    "uv_process_kill",
    "uv_set_process_title",
    "uv_setup_args",
    "uv_spawn",
];

/// The oldest version with the layout that guests are built for.
const OLDEST: u32 = 1 << 16 | 30 << 8;

fn library() -> Option<&'static Library> {
    static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
    let open = || {
        // SAFETY: a library of the system's package; its initialisers do nothing but set up itself.
        let library = unsafe { Library::new("libuv.so.1") }
            .map_err(|error| tracing::warn!("libuv.so: {error}: {}", super::HOST.remedy))
            .ok()?;
        // SAFETY: this is what the function is in `uv.h`.
        let version = unsafe { library.get::<unsafe extern "C" fn() -> u32>(b"uv_version\0") }.ok()?;
        // SAFETY: it only answers a number.
        let version = unsafe { version() };
        if version >> 16 != 1 || version < OLDEST {
            let (major, minor) = (version >> 16, version >> 8 & 0xff);
            tracing::warn!(
                "libuv.so: version {major}.{minor} of the host is not one that apps are built for (1.30 or newer)"
            );
            return None;
        }
        Some(library)
    };
    LIBRARY.get_or_init(open).as_ref()
}

/// A function of it.
pub(super) fn function(name: &str) -> Option<usize> {
    // SAFETY: only the address is taken.
    unsafe { library()?.get::<*const c_char>(name.as_bytes()) }.ok().map(|symbol| *symbol as usize)
}
