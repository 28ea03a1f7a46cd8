//! `syscall`: the kernel's calls by their numbers. What apps of the platform may call goes to the kernel; calls with names of files, and calls
//! that a function of the library keeps in bounds, go through that function, so that both ways end the same.

#![expect(non_upper_case_globals, reason = "the kernel's names")]

use crate::errno::fail;
use crate::table::{self, shims};
use std::ffi::{c_int, c_long};

shims! { syscall }

/// Six arguments, as every call gets them; what the guest did not pass is anything.
type Words = [c_long; 6];
/// A function with that many words or fewer, which are all that the calls below take.
type Function = unsafe extern "C" fn(c_long, c_long, c_long, c_long, c_long, c_long) -> c_long;

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The kernel gets it as it is.
    Kernel,
    /// The function of C with the same name and the same arguments.
    Function(&'static str),
    /// That function, with 0 as its last argument, in the given place.
    Short(&'static str, usize),
    /// Refused.
    Error(c_int),
}

unsafe extern "C" fn syscall(
    number: c_long,
    a: c_long,
    b: c_long,
    c: c_long,
    d: c_long,
    e: c_long,
    f: c_long,
) -> c_long {
    let mut words: Words = [a, b, c, d, e, f];
    match way(number) {
        // SAFETY: arguments of the guest's are passed on as they are.
        Way::Kernel => unsafe { libc::syscall(number, a, b, c, d, e, f) },
        Way::Function(name) => call(number, name, words),
        Way::Short(name, last) => {
            if let Some(word) = words.get_mut(last) {
                *word = 0;
            }
            call(number, name, words)
        }
        Way::Error(errno) => fail(errno),
    }
}

/// Calls a function of ours by its name in C.
fn call(number: c_long, name: &'static str, [a, b, c, d, e, f]: Words) -> c_long {
    let Some(address) = table::shim_address(name) else { return fail(libc::ENOSYS) };
    // SAFETY: the address is of a function with at most six arguments, all integers or pointers, which are the guest's.
    let result = unsafe { std::mem::transmute::<usize, Function>(address)(a, b, c, d, e, f) };
    match number {
        // These give a length.
        libc::SYS_readlink
        | libc::SYS_readlinkat
        | libc::SYS_sendto
        | libc::SYS_recvfrom
        | libc::SYS_sendmsg
        | libc::SYS_recvmsg
        | libc::SYS_getxattr
        | libc::SYS_lgetxattr
        | libc::SYS_listxattr
        | libc::SYS_llistxattr
        | libc::SYS_process_vm_readv
        | libc::SYS_process_vm_writev => result,
        // The kernel's gives the length with the end; the function gives the buffer.
        libc::SYS_getcwd if result == 0 => -1,
        // SAFETY: the function wrote a string.
        libc::SYS_getcwd => unsafe { libc::strlen(result as *const libc::c_char) as c_long + 1 },
        // All others give an `int`, and leave the upper half of the register as it was.
        _ => c_long::from(result as c_int),
    }
}

/// What becomes of the call of a number: of what apps need, and of what is known to be more than apps may; all others are not there.
fn way(number: c_long) -> Way {
    use libc::*;
    match number {
        SYS_open => Way::Function("open"),
        SYS_openat => Way::Function("openat"),
        SYS_creat => Way::Function("creat"),
        SYS_close => Way::Function("close"),
        SYS_stat => Way::Function("stat"),
        SYS_lstat => Way::Function("lstat"),
        SYS_newfstatat => Way::Function("fstatat"),
        SYS_statx => Way::Function("statx"),
        SYS_access => Way::Function("access"),
        SYS_faccessat => Way::Short("faccessat", 3),
        SYS_faccessat2 => Way::Function("faccessat"),
        SYS_readlink => Way::Function("readlink"),
        SYS_readlinkat => Way::Function("readlinkat"),
        SYS_symlink => Way::Function("symlink"),
        SYS_symlinkat => Way::Function("symlinkat"),
        SYS_link => Way::Function("link"),
        SYS_linkat => Way::Function("linkat"),
        SYS_unlink => Way::Function("unlink"),
        SYS_unlinkat => Way::Function("unlinkat"),
        SYS_rename => Way::Function("rename"),
        SYS_renameat => Way::Function("renameat"),
        SYS_renameat2 => Way::Function("renameat2"),
        SYS_mkdir => Way::Function("mkdir"),
        SYS_mkdirat => Way::Function("mkdirat"),
        SYS_rmdir => Way::Function("rmdir"),
        SYS_mknod => Way::Function("mknod"),
        SYS_mknodat => Way::Function("mknodat"),
        SYS_chmod => Way::Function("chmod"),
        SYS_fchmodat => Way::Short("fchmodat", 3),
        SYS_chown => Way::Function("chown"),
        SYS_lchown => Way::Function("lchown"),
        SYS_fchownat => Way::Function("fchownat"),
        SYS_truncate => Way::Function("truncate"),
        SYS_utime => Way::Function("utime"),
        SYS_utimes => Way::Function("utimes"),
        SYS_utimensat => Way::Function("utimensat"),
        SYS_futimesat => Way::Function("futimesat"),
        SYS_statfs => Way::Function("statfs"),
        SYS_chdir => Way::Function("chdir"),
        SYS_fchdir => Way::Function("fchdir"),
        SYS_getcwd => Way::Function("getcwd"),
        SYS_getxattr => Way::Function("getxattr"),
        SYS_lgetxattr => Way::Function("lgetxattr"),
        SYS_setxattr => Way::Function("setxattr"),
        SYS_lsetxattr => Way::Function("lsetxattr"),
        SYS_listxattr => Way::Function("listxattr"),
        SYS_llistxattr => Way::Function("llistxattr"),
        SYS_removexattr => Way::Function("removexattr"),
        SYS_lremovexattr => Way::Function("lremovexattr"),
        SYS_inotify_add_watch => Way::Function("inotify_add_watch"),
        SYS_bind => Way::Function("bind"),
        SYS_connect => Way::Function("connect"),
        SYS_accept => Way::Function("accept"),
        SYS_accept4 => Way::Function("accept4"),
        SYS_getsockname => Way::Function("getsockname"),
        SYS_getpeername => Way::Function("getpeername"),
        SYS_sendto => Way::Function("sendto"),
        SYS_recvfrom => Way::Function("recvfrom"),
        SYS_sendmsg => Way::Function("sendmsg"),
        SYS_recvmsg => Way::Function("recvmsg"),
        SYS_sendmmsg => Way::Function("sendmmsg"),
        SYS_recvmmsg => Way::Function("recvmmsg"),
        SYS_kill => Way::Function("kill"),
        SYS_tgkill => Way::Function("tgkill"),
        SYS_prctl => Way::Function("prctl"),
        SYS_personality => Way::Function("personality"),
        SYS_uname => Way::Function("uname"),
        SYS_exit_group => Way::Function("_exit"),
        SYS_process_vm_readv => Way::Function("process_vm_readv"),
        SYS_process_vm_writev => Way::Function("process_vm_writev"),
        SYS_setuid => Way::Function("setuid"),
        SYS_setreuid => Way::Function("setreuid"),
        SYS_setresuid => Way::Function("setresuid"),
        SYS_setgid => Way::Function("setgid"),
        SYS_setregid => Way::Function("setregid"),
        SYS_setresgid => Way::Function("setresgid"),

        SYS_read
        | SYS_write
        | SYS_pread64
        | SYS_pwrite64
        | SYS_readv
        | SYS_writev
        | SYS_preadv
        | SYS_pwritev
        | SYS_preadv2
        | SYS_pwritev2
        | SYS_lseek
        | SYS_fstat
        | SYS_fstatfs
        | SYS_ftruncate
        | SYS_fallocate
        | SYS_fsync
        | SYS_fdatasync
        | SYS_sync
        | SYS_syncfs
        | SYS_sync_file_range
        | SYS_flock
        | SYS_fcntl
        | SYS_ioctl
        | SYS_dup
        | SYS_dup2
        | SYS_dup3
        | SYS_pipe
        | SYS_pipe2
        | SYS_getdents
        | SYS_getdents64
        | SYS_fchmod
        | SYS_fchown
        | SYS_umask
        | SYS_sendfile
        | SYS_splice
        | SYS_tee
        | SYS_vmsplice
        | SYS_copy_file_range
        | SYS_readahead
        | SYS_fadvise64
        | SYS_fgetxattr
        | SYS_fsetxattr
        | SYS_flistxattr
        | SYS_fremovexattr
        | SYS_close_range
        | SYS_memfd_create
        | SYS_inotify_init
        | SYS_inotify_init1
        | SYS_inotify_rm_watch
        | SYS_poll
        | SYS_ppoll
        | SYS_select
        | SYS_pselect6
        | SYS_epoll_create
        | SYS_epoll_create1
        | SYS_epoll_ctl
        | SYS_epoll_wait
        | SYS_epoll_pwait
        | SYS_epoll_pwait2
        | SYS_eventfd
        | SYS_eventfd2
        | SYS_signalfd
        | SYS_signalfd4
        | SYS_timerfd_create
        | SYS_timerfd_settime
        | SYS_timerfd_gettime
        | SYS_mmap
        | SYS_munmap
        | SYS_mprotect
        | SYS_mremap
        | SYS_madvise
        | SYS_msync
        | SYS_mincore
        | SYS_mlock
        | SYS_mlock2
        | SYS_mlockall
        | SYS_munlock
        | SYS_munlockall
        | SYS_membarrier
        | SYS_get_mempolicy
        | SYS_set_mempolicy
        | SYS_mbind
        | SYS_futex
        | SYS_futex_waitv
        | SYS_sched_yield
        | SYS_sched_getaffinity
        | SYS_sched_setaffinity
        | SYS_sched_getparam
        | SYS_sched_setparam
        | SYS_sched_getscheduler
        | SYS_sched_setscheduler
        | SYS_sched_get_priority_max
        | SYS_sched_get_priority_min
        | SYS_sched_rr_get_interval
        | SYS_getpriority
        | SYS_setpriority
        | SYS_getcpu
        | SYS_getpid
        | SYS_getppid
        | SYS_gettid
        | SYS_getuid
        | SYS_geteuid
        | SYS_getgid
        | SYS_getegid
        | SYS_getresuid
        | SYS_getresgid
        | SYS_getgroups
        | SYS_getpgid
        | SYS_getpgrp
        | SYS_getsid
        | SYS_getrlimit
        | SYS_setrlimit
        | SYS_prlimit64
        | SYS_getrusage
        | SYS_times
        | SYS_sysinfo
        | SYS_getrandom
        | SYS_capget
        | SYS_time
        | SYS_gettimeofday
        | SYS_clock_gettime
        | SYS_clock_getres
        | SYS_clock_nanosleep
        | SYS_nanosleep
        | SYS_getitimer
        | SYS_setitimer
        | SYS_alarm
        | SYS_timer_create
        | SYS_timer_delete
        | SYS_timer_settime
        | SYS_timer_gettime
        | SYS_timer_getoverrun
        | SYS_rt_sigaction
        | SYS_rt_sigprocmask
        | SYS_rt_sigpending
        | SYS_rt_sigsuspend
        | SYS_rt_sigtimedwait
        | SYS_sigaltstack
        | SYS_pause
        | SYS_restart_syscall
        | SYS_wait4
        | SYS_waitid
        | SYS_exit
        | SYS_socket
        | SYS_socketpair
        | SYS_listen
        | SYS_shutdown
        | SYS_getsockopt
        | SYS_setsockopt
        | SYS_pidfd_open
        | SYS_brk
        | SYS_get_robust_list
        | SYS_kcmp => Way::Kernel,

        // With these, glibc would no longer know of a thread, or of the whole process, what it believes to know.
        SYS_fork
        | SYS_vfork
        | SYS_clone
        | SYS_clone3
        | SYS_set_tid_address
        | SYS_set_robust_list
        | SYS_rseq
        | SYS_arch_prctl
        | SYS_rt_sigreturn
        | SYS_execve
        | SYS_execveat
        | SYS_tkill
        | SYS_rt_sigqueueinfo
        | SYS_rt_tgsigqueueinfo
        | SYS_pidfd_send_signal
        | SYS_pidfd_getfd
        | SYS_seccomp => Way::Error(EPERM),
        SYS_acct
        | SYS_adjtimex
        | SYS_bpf
        | SYS_capset
        | SYS_chroot
        | SYS_clock_adjtime
        | SYS_clock_settime
        | SYS_delete_module
        | SYS_fanotify_init
        | SYS_fanotify_mark
        | SYS_finit_module
        | SYS_init_module
        | SYS_ioperm
        | SYS_iopl
        | SYS_kexec_load
        | SYS_keyctl
        | SYS_mount
        | SYS_move_mount
        | SYS_name_to_handle_at
        | SYS_open_by_handle_at
        | SYS_open_tree
        | SYS_perf_event_open
        | SYS_pivot_root
        | SYS_ptrace
        | SYS_quotactl
        | SYS_reboot
        | SYS_setdomainname
        | SYS_setfsgid
        | SYS_setfsuid
        | SYS_setgroups
        | SYS_sethostname
        | SYS_setns
        | SYS_setpgid
        | SYS_setsid
        | SYS_settimeofday
        | SYS_swapoff
        | SYS_swapon
        | SYS_syslog
        | SYS_umount2
        | SYS_unshare
        | SYS_userfaultfd
        | SYS_vhangup => Way::Error(EPERM),
        _ => Way::Error(ENOSYS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_calls_go_to_are_there() {
        for number in 0..600 {
            if let Way::Function(name) | Way::Short(name, _) = way(number) {
                assert!(table::shim_address(name).is_some(), "{number}: {name}");
            }
        }
    }

    #[test]
    fn numbers_have_their_errors() {
        // SAFETY: calls without pointers.
        let ask = |number| unsafe { (syscall(number, 0, 0, 0, 0, 0, 0), crate::errno::get()) };
        assert_eq!(ask(-1), (-1, libc::ENOSYS));
        assert_eq!(ask(libc::SYS_mount), (-1, libc::EPERM));
        assert_eq!(ask(libc::SYS_io_uring_setup), (-1, libc::ENOSYS));
        assert_eq!(ask(libc::SYS_getpid).0, c_long::from(std::process::id()));
    }
}
