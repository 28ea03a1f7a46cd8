//! What an app sees of the system outside of its own storage.
//!
//! On the platform SELinux, the sandbox's mounts and file modes say so together; here it is one function. What apps are known to reach is
//! allowed, what leads to other processes or to the machine is refused with the error that the platform gives.

use crate::proc_files;
use concord_syscalls::{Access, VirtualPaths};
use std::path::{Path, PathBuf};

/// What a name outside of the mounts is.
#[derive(Debug)]
pub(crate) enum Outside {
    /// This file of the host.
    Host(PathBuf, Access),
    /// A file with contents of ours.
    Made(Made),
    /// A directory that exists and cannot be read.
    Folder,
    /// Another name.
    Elsewhere(String),
    /// Nothing for apps.
    Refused(i32),
}

/// Files with contents of ours, because the host's would speak of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// `/proc/self/maps`.
    Maps,
    /// `/proc/self/smaps`.
    Smaps,
    /// `/proc/self/cmdline`.
    CommandLine,
    /// `/proc/self/environ`.
    Environment,
    /// `/proc/self/status`.
    Status,
    /// `/proc/self/cgroup`.
    ControlGroup,
    /// `/etc/hosts`.
    Hosts,
}

impl Made {
    /// A file of the host for questions about it (mode, owner, times).
    pub(crate) fn stand_in(self) -> &'static str {
        match self {
            Made::Maps | Made::Smaps => "/proc/self/maps",
            Made::CommandLine => "/proc/self/cmdline",
            Made::Environment => "/proc/self/environ",
            Made::Status | Made::ControlGroup | Made::Hosts => "/proc/self/status",
        }
    }

    /// What is in it.
    pub(crate) fn contents(self) -> std::io::Result<Vec<u8>> {
        proc_files::contents(self)
    }
}

/// The program that app processes of the platform run.
pub(crate) const PROGRAM: &str = "/system/bin/appspawn";

/// Directories that exist beside those that lead to mounts.
const FOLDERS: [&str; 21] = [
    "/",
    "/data",
    "/dev",
    "/etc",
    "/etc/security",
    "/etc/ssl",
    "/mnt",
    "/proc",
    "/proc/net",
    "/proc/sys",
    "/proc/sys/fs",
    "/proc/sys/kernel",
    "/proc/sys/kernel/random",
    "/proc/sys/vm",
    "/storage",
    "/sys",
    "/sys/devices",
    "/sys/devices/system",
    "/system",
    "/system/bin",
    "/system/lib64",
];

/// Devices.
const DEVICES: [&str; 5] = ["/dev/full", "/dev/null", "/dev/random", "/dev/urandom", "/dev/zero"];

/// What is read of the whole system.
const READABLE: [&str; 22] = [
    "/proc/cpuinfo",
    "/proc/filesystems",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/fs/file-max",
    "/proc/sys/fs/nr_open",
    "/proc/sys/fs/pipe-max-size",
    "/proc/sys/kernel/cap_last_cap",
    "/proc/sys/kernel/osrelease",
    "/proc/sys/kernel/ostype",
    "/proc/sys/kernel/pid_max",
    "/proc/sys/kernel/random/boot_id",
    "/proc/sys/kernel/random/uuid",
    "/proc/sys/kernel/threads-max",
    "/proc/sys/vm/max_map_count",
    "/proc/sys/vm/mmap_min_addr",
    "/proc/sys/vm/overcommit_memory",
    "/proc/sys/vm/page-cluster",
    "/proc/uptime",
    "/proc/version",
    "/proc/vmstat",
];

/// What a process reads of itself, below `/proc/self` or `/proc/self/task/<thread>`.
const OWN: [&str; 24] = [
    "",
    "auxv",
    "children",
    "coredump_filter",
    "exe",
    "fd",
    "fdinfo",
    "io",
    "limits",
    "mem",
    "oom_adj",
    "oom_score",
    "pagemap",
    "personality",
    "sched",
    "schedstat",
    "smaps_rollup",
    "stat",
    "statm",
    "syscall",
    "task",
    "timerslack_ns",
    "uid_map",
    "wchan",
];

/// What a process writes of itself.
const OWN_WRITABLE: [&str; 2] = ["comm", "oom_score_adj"];

/// Where distributions keep certificates: directories, and the same in one file.
const CERTIFICATES: [&str; 3] = ["/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/pki/ca-trust/extracted/pem"];
const CERTIFICATE_FILES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// What a normal absolute name is that no mount covers.
pub(crate) fn outside(paths: &VirtualPaths, name: &str) -> Outside {
    let read = |path: &str| Outside::Host(path.into(), Access::ReadOnly);
    if is_folder(paths, name) {
        return Outside::Folder;
    }
    if DEVICES.contains(&name) {
        return Outside::Host(name.into(), Access::ReadWrite);
    }
    if READABLE.contains(&name) || is_or_below(name, "/sys/devices/system/cpu") {
        return read(name);
    }
    if let Some(rest) = name.strip_prefix("/proc/") {
        return process(rest);
    }
    if let Some(rest) = name.strip_prefix("/dev/") {
        return match rest {
            "stdin" => Outside::Elsewhere("/proc/self/fd/0".into()),
            "stdout" => Outside::Elsewhere("/proc/self/fd/1".into()),
            "stderr" => Outside::Elsewhere("/proc/self/fd/2".into()),
            // Apps have no terminal.
            "tty" => Outside::Refused(libc::ENXIO),
            _ if is_or_below(rest, "fd") => Outside::Elsewhere(format!("/proc/self/{rest}")),
            _ if Path::new(name).exists() => Outside::Refused(libc::EACCES),
            _ => Outside::Refused(libc::ENOENT),
        };
    }
    if let Some(rest) = name.strip_prefix("/system/etc/") {
        return Outside::Elsewhere(format!("/etc/{rest}"));
    }
    match name {
        PROGRAM => read("/proc/self/exe"),
        // Programs of the system are there, and not for apps.
        _ if ["/bin/", "/system/bin/"].iter().any(|folder| name.starts_with(folder)) => Outside::Refused(libc::EACCES),
        "/etc/hosts" => Outside::Made(Made::Hosts),
        "/etc/ssl/certs/cacert.pem" => first(&CERTIFICATE_FILES, ""),
        // The machine's own directories exist, and are not for apps.
        _ if name.starts_with("/sys/") => Outside::Refused(libc::EACCES),
        _ => match ["/etc/ssl/certs", "/etc/security/certificates"].iter().find_map(|dir| name.strip_prefix(dir)) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => first(&CERTIFICATES, rest),
            _ => Outside::Refused(libc::ENOENT),
        },
    }
}

/// Whether a normal absolute name is a directory that exists, and that nobody may list or change.
pub(crate) fn is_folder(paths: &VirtualPaths, name: &str) -> bool {
    FOLDERS.contains(&name) || paths.leads_to_mount(name)
}

/// `rest` below the first of the host's places that is there.
fn first(places: &[&str], rest: &str) -> Outside {
    let found = places.iter().find(|place| Path::new(place).exists());
    found.map_or(Outside::Refused(libc::ENOENT), |place| {
        Outside::Host(format!("{place}{rest}").into(), Access::ReadOnly)
    })
}

fn is_or_below(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A name below `/proc`.
fn process(rest: &str) -> Outside {
    let (who, rest) = rest.split_once('/').unwrap_or((rest, ""));
    match who {
        "self" => own(rest),
        "thread-self" => {
            // SAFETY: the call has no arguments and cannot fail.
            let thread = unsafe { libc::gettid() };
            Outside::Elsewhere(format!("/proc/self/task/{thread}/{rest}"))
        }
        "mounts" => Outside::Refused(libc::EACCES),
        _ if who.parse() == Ok(std::process::id()) => Outside::Elsewhere(format!("/proc/self/{rest}")),
        // Other processes are hidden.
        _ if who.bytes().all(|byte| byte.is_ascii_digit()) => Outside::Refused(libc::ENOENT),
        _ => Outside::Refused(libc::EACCES),
    }
}

/// A name below `/proc/self`, or below a thread of it.
fn own(rest: &str) -> Outside {
    let host = || PathBuf::from(format!("/proc/self/{rest}"));
    let mut parts = rest.split('/');
    let (mut topic, mut below) = (parts.next().unwrap_or(""), parts.next());
    if topic == "task"
        && let Some(thread) = below
    {
        if !thread.bytes().all(|byte| byte.is_ascii_digit()) {
            return Outside::Refused(libc::ENOENT);
        }
        (topic, below) = (parts.next().unwrap_or(""), parts.next());
    }
    match topic {
        "maps" => Outside::Made(Made::Maps),
        "smaps" => Outside::Made(Made::Smaps),
        "cmdline" => Outside::Made(Made::CommandLine),
        "environ" => Outside::Made(Made::Environment),
        "cgroup" => Outside::Made(Made::ControlGroup),
        "status" if rest == topic => Outside::Made(Made::Status),
        "status" => Outside::Host(host(), Access::ReadOnly),
        // What a descriptor leads to may be opened again; what lies below it has a name of its own.
        "fd" => match (below, parts.next()) {
            (None, _) => Outside::Host(host(), Access::ReadOnly),
            (Some(_), None) => Outside::Host(host(), Access::ReadWrite),
            _ => Outside::Refused(libc::ENOENT),
        },
        "cwd" => Outside::Elsewhere(format!("{}/{}", crate::path::working_directory(), after(rest, "cwd"))),
        "root" => Outside::Elsewhere(format!("/{}", after(rest, "root"))),
        _ if OWN_WRITABLE.contains(&topic) => Outside::Host(host(), Access::ReadWrite),
        _ if OWN.contains(&topic) => Outside::Host(host(), Access::ReadOnly),
        _ => Outside::Refused(libc::EACCES),
    }
}

fn after<'a>(rest: &'a str, topic: &str) -> &'a str {
    rest.split_once(topic).map_or("", |(_, below)| below.trim_start_matches('/'))
}

/// What the link of that normal absolute name says, where it is not a link of the host's.
pub(crate) fn link(name: &str) -> Option<String> {
    let process = std::process::id();
    let rest = match name.strip_prefix("/proc/")? {
        "self" => return Some(process.to_string()),
        // SAFETY: the call has no arguments and cannot fail.
        "thread-self" => return Some(format!("{process}/task/{}", unsafe { libc::gettid() })),
        rest => rest,
    };
    let (who, topic) = rest.split_once('/')?;
    if who != "self" && who.parse() != Ok(process) {
        return None;
    }
    match topic {
        "exe" => Some(PROGRAM.to_owned()),
        "cwd" => Some(crate::path::working_directory()),
        "root" => Some("/".to_owned()),
        _ => None,
    }
}
