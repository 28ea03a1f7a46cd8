//! What only the system may do, and apps are told so: also where the host would allow it, as when Concord runs as root in a container.

use crate::errno::{fail, null};
use crate::fcntl::not_permitted;
use crate::table::shims;
use libc::{gid_t, pid_t, uid_t};
use std::ffi::{c_char, c_int, c_void};

const EPERM: *const () = not_permitted as *const ();
const ENOSYS: *const () = not_there as *const ();

shims! {
    acct = EPERM, adjtime = EPERM, adjtimex = EPERM, chroot = EPERM, clock_adjtime = EPERM, clock_settime = EPERM, daemon = EPERM,
    delete_module = EPERM, fanotify_init = EPERM, fanotify_mark = EPERM, init_module = EPERM, initgroups = EPERM, klogctl = EPERM,
    mount = EPERM, personality, pivot_root = EPERM, ptrace = EPERM, quotactl = EPERM, reboot = EPERM, setdomainname = EPERM,
    setgroups = EPERM, sethostname = EPERM, setns = EPERM, setpgid = EPERM, setpgrp = EPERM, setsid = EPERM, settimeofday = EPERM,
    stime = EPERM, swapoff = EPERM, swapon = EPERM, umount = EPERM, umount2 = EPERM, unshare = EPERM, vhangup = EPERM,
    setuid, seteuid = setuid as *const (), setreuid, setresuid, setfsuid, setgid, setegid = setgid as *const (), setregid, setresgid, setfsgid,
    msgget = ENOSYS, semget = ENOSYS, shmget = ENOSYS, shm_open, shm_unlink, sem_open, sem_unlink = shm_unlink as *const (),
    brk, sbrk, forkpty = EPERM, clone,
}

/// System V's ways to talk between processes are not in the platform's kernel.
extern "C" fn not_there() -> c_int {
    fail(libc::ENOSYS)
}

/// Asking is allowed.
extern "C" fn personality(persona: libc::c_ulong) -> c_int {
    if persona & 0xffff_ffff != 0xffff_ffff {
        return fail(libc::EPERM);
    }
    // SAFETY: the call has no pointers.
    unsafe { libc::personality(persona) }
}

/// Whether all of `ids` are what the process has, or -1, which changes nothing.
fn same(own: u32, ids: &[u32]) -> c_int {
    if ids.iter().all(|id| *id == own || *id == u32::MAX) { 0 } else { fail(libc::EPERM) }
}

fn user() -> uid_t {
    // SAFETY: the call has no arguments.
    unsafe { libc::getuid() }
}

fn group() -> gid_t {
    // SAFETY: the call has no arguments.
    unsafe { libc::getgid() }
}

extern "C" fn setuid(id: uid_t) -> c_int {
    same(user(), &[id])
}

extern "C" fn setreuid(real: uid_t, effective: uid_t) -> c_int {
    same(user(), &[real, effective])
}

extern "C" fn setresuid(real: uid_t, effective: uid_t, saved: uid_t) -> c_int {
    same(user(), &[real, effective, saved])
}

/// Gives what it was, whether it changes or not.
extern "C" fn setfsuid(_id: uid_t) -> c_int {
    user().cast_signed()
}

extern "C" fn setgid(id: gid_t) -> c_int {
    same(group(), &[id])
}

extern "C" fn setregid(real: gid_t, effective: gid_t) -> c_int {
    same(group(), &[real, effective])
}

extern "C" fn setresgid(real: gid_t, effective: gid_t, saved: gid_t) -> c_int {
    same(group(), &[real, effective, saved])
}

extern "C" fn setfsgid(_id: gid_t) -> c_int {
    group().cast_signed()
}

/// Why a shared object of that name cannot be made or opened: its directory, `/dev/shm`, is not there for apps.
unsafe fn no_shared(name: *const c_char) -> c_int {
    // SAFETY: by the contract of the caller.
    match unsafe { crate::errno::c_str(name) } {
        Err(errno) => errno,
        Ok(name) => match name.to_bytes() {
            [] | [b'/'] | b"/." | b"/.." | b"." | b".." => libc::EINVAL,
            bytes if bytes.len() > 256 => libc::ENAMETOOLONG,
            bytes if bytes.iter().skip(1).any(|byte| *byte == b'/') => libc::EINVAL,
            _ => libc::ENOENT,
        },
    }
}

unsafe extern "C" fn shm_open(name: *const c_char) -> c_int {
    // SAFETY: the name is null or a string, as C demands of the guest.
    fail(unsafe { no_shared(name) })
}

unsafe extern "C" fn shm_unlink(name: *const c_char) -> c_int {
    // SAFETY: the name is null or a string, as C demands of the guest.
    fail(unsafe { no_shared(name) })
}

unsafe extern "C" fn sem_open(name: *const c_char) -> *mut libc::sem_t {
    // SAFETY: the name is null or a string, as C demands of the guest.
    null(unsafe { no_shared(name) })
}

/// The end of the data segment belongs to the host's `malloc`; musl moves it neither.
extern "C" fn brk(_end: *mut c_void) -> c_int {
    fail(libc::ENOMEM)
}

extern "C" fn sbrk(increment: isize) -> *mut c_void {
    if increment == 0 {
        // SAFETY: nothing is moved.
        return unsafe { libc::sbrk(0) };
    }
    crate::errno::set(libc::ENOMEM);
    usize::MAX as *mut c_void
}

unsafe extern "C" {
    #[link_name = "clone"]
    fn glibc_clone(
        function: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
        stack: *mut c_void,
        flags: c_int,
        argument: *mut c_void,
        ...
    ) -> c_int;
}

/// Namespaces are the system's.
unsafe extern "C" fn clone(
    function: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    stack: *mut c_void,
    flags: c_int,
    argument: *mut c_void,
    parent: *mut pid_t,
    tls: *mut c_void,
    child: *mut pid_t,
) -> c_int {
    if flags & NEW_NAMESPACES != 0 {
        return fail(libc::EPERM);
    }
    // SAFETY: arguments of the guest's are passed on as they are; those that the flags do not ask for are not looked at.
    unsafe { glibc_clone(function, stack, flags, argument, parent, tls, child) }
}

/// All `CLONE_NEW…` flags.
pub(crate) const NEW_NAMESPACES: c_int = libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWNET
    | libc::CLONE_NEWNS
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWUTS;
