//! `libuv.so`: the host's libuv, whose handles and requests are as large and laid out as the platform's (checked for 1.44 of both,
//! field by field; libuv keeps its layout within version 1). Functions that name files or reach beyond the app's process
//! are ours.

mod event_loop;
mod files;
mod host;
mod system;

pub(crate) use event_loop::of_context;

use crate::library::{Export, Host, exports};

/// What the host must have.
pub(crate) const HOST: Host = Host {
    lookup: host::function,
    probe: "uv_version",
    kept_back: host::KEPT_BACK,
    remedy: "needs libuv of the host (Debian and Ubuntu: libuv1 or libuv1t64, Fedora: libuv, Arch and openSUSE: libuv)",
};

use files::{on_file, on_two_files};

/// Functions of ours.
pub(crate) static EXPORTS: &[Export] = exports![
    uv_fs_open = files::open,
    uv_fs_unlink = on_file::<{ files::UNLINK }>,
    uv_fs_mkdir = on_file::<{ files::MKDIR }>,
    uv_fs_rmdir = on_file::<{ files::RMDIR }>,
    uv_fs_scandir = on_file::<{ files::SCANDIR }>,
    uv_fs_opendir = on_file::<{ files::OPENDIR }>,
    uv_fs_stat = on_file::<{ files::STAT }>,
    uv_fs_lstat = on_file::<{ files::LSTAT }>,
    uv_fs_statfs = on_file::<{ files::STATFS }>,
    uv_fs_access = on_file::<{ files::ACCESS }>,
    uv_fs_chmod = on_file::<{ files::CHMOD }>,
    uv_fs_chown = on_file::<{ files::CHOWN }>,
    uv_fs_lchown = on_file::<{ files::LCHOWN }>,
    uv_fs_utime = on_file::<{ files::UTIME }>,
    uv_fs_event_start = on_file::<{ files::EVENT_START }>,
    uv_fs_poll_start = on_file::<{ files::POLL_START }>,
    uv_fs_rename = on_two_files::<{ files::RENAME }>,
    uv_fs_link = on_two_files::<{ files::LINK }>,
    uv_fs_copyfile = on_two_files::<{ files::COPYFILE }>,
    uv_cwd = system::uv_cwd,
    uv_chdir = system::uv_chdir,
    uv_os_homedir = system::uv_os_homedir,
    uv_os_tmpdir = system::uv_os_tmpdir,
    uv_os_getenv = system::uv_os_getenv,
    uv_os_setenv = system::uv_os_setenv,
    uv_os_unsetenv = system::uv_os_unsetenv,
    uv_kill = system::uv_kill,
    uv_dlopen = system::uv_dlopen,
    uv_dlsym = system::uv_dlsym,
    uv_dlclose = system::uv_dlclose,
    uv_dlerror = system::uv_dlerror,
];
