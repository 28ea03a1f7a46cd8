//! Users, groups, logins and the name of the machine: what a phone says, not what the host does. The system's accounts are there; the app's
//! own has no entry, as on the platform, where accounts of apps are in no file.

use crate::errno::{c_str, fail};
use crate::table::shims;
use libc::{gid_t, group, passwd, size_t, uid_t, utsname};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::null_mut;

shims! {
    getpwnam, getpwuid, getpwnam_r, getpwuid_r, getpwent = nobody as *const (), setpwent = nothing as *const (), endpwent = nothing as *const (),
    getgrnam, getgrgid, getgrnam_r, getgrgid_r, getgrent = nobody as *const (), setgrent = nothing as *const (), endgrent = nothing as *const (),
    getgrouplist, getlogin = nobody as *const (), getlogin_r, cuserid = nobody as *const (), getpass = nobody as *const (),
    getspnam = nobody as *const (), getspent = nobody as *const (), setspent = nothing as *const (), endspent = nothing as *const (),
    getutent = nobody as *const (), getutid = nobody as *const (), getutline = nobody as *const (), pututline = nobody as *const (),
    setutent = nothing as *const (), endutent = nothing as *const (), updwtmp = nothing as *const (), utmpname = unsupported as *const (),
    getutxent = nobody as *const (), getutxid = nobody as *const (), getutxline = nobody as *const (), pututxline = nobody as *const (),
    setutxent = nothing as *const (), endutxent = nothing as *const (), updwtmpx = nothing as *const (), utmpxname = unsupported as *const (),
    gethostid = zero as *const (), gethostname, getdomainname, uname, issetugid = zero as *const (),
}

/// Accounts of the platform's files that programs ask for.
static ACCOUNTS: [(&CStr, u32); 4] = [(c"root", 0), (c"bin", 2), (c"system", 1000), (c"shell", 2000)];

extern "C" fn nobody() -> *mut c_void {
    null_mut()
}

extern "C" fn nothing() {}

extern "C" fn zero() -> c_int {
    0
}

extern "C" fn unsupported() -> c_int {
    fail(libc::ENOTSUP)
}

/// Entries point to constants, which C programs do not change.
fn user(account: &(&'static CStr, u32)) -> passwd {
    let (name, id) = *account;
    let text = |text: &'static CStr| text.as_ptr().cast_mut();
    passwd {
        pw_name: text(name),
        pw_passwd: text(c"x"),
        pw_uid: id,
        pw_gid: id,
        pw_gecos: text(c""),
        pw_dir: text(c"/"),
        pw_shell: text(c"/bin/false"),
    }
}

/// The end of a list of members, which is all of it.
struct Nobody(*mut c_char);

// SAFETY: a null pointer, which nobody changes.
unsafe impl Sync for Nobody {}

static MEMBERS: Nobody = Nobody(null_mut());

fn users(account: &(&'static CStr, u32)) -> group {
    let (name, id) = *account;
    group {
        gr_name: name.as_ptr().cast_mut(),
        gr_passwd: c"x".as_ptr().cast_mut(),
        gr_gid: id,
        gr_mem: (&raw const MEMBERS.0).cast_mut(),
    }
}

unsafe fn by_name(name: *const c_char) -> Option<&'static (&'static CStr, u32)> {
    // SAFETY: by the contract of the caller.
    let name = unsafe { c_str(name) }.ok()?;
    ACCOUNTS.iter().find(|account| account.0 == name)
}

fn by_id(id: u32) -> Option<&'static (&'static CStr, u32)> {
    ACCOUNTS.iter().find(|account| account.1 == id)
}

/// Gives what was found in memory that the thread keeps.
macro_rules! kept {
    ($type:ty, $found:expr) => {{
        thread_local! {
            static KEPT: std::cell::UnsafeCell<std::mem::MaybeUninit<$type>> =
                const { std::cell::UnsafeCell::new(std::mem::MaybeUninit::uninit()) };
        }
        match $found {
            Some(found) => KEPT.with(|kept| {
                // SAFETY: only this thread uses it, and what was given before is overwritten, as C says.
                unsafe { (*kept.get()).write(found) as *mut $type }
            }),
            None => null_mut(),
        }
    }};
}

unsafe extern "C" fn getpwnam(name: *const c_char) -> *mut passwd {
    // SAFETY: the name is null or a string, as C demands of the guest.
    kept!(passwd, unsafe { by_name(name) }.map(user))
}

extern "C" fn getpwuid(id: uid_t) -> *mut passwd {
    kept!(passwd, by_id(id).map(user))
}

unsafe extern "C" fn getgrnam(name: *const c_char) -> *mut group {
    // SAFETY: the name is null or a string, as C demands of the guest.
    kept!(group, unsafe { by_name(name) }.map(users))
}

extern "C" fn getgrgid(id: gid_t) -> *mut group {
    kept!(group, by_id(id).map(users))
}

/// Writes what was found, and where, as the `_r` functions do.
unsafe fn give<T>(found: Option<T>, room: *mut T, result: *mut *mut T) -> c_int {
    // SAFETY: by the contract of the caller there is room for both.
    unsafe {
        result.write(if found.is_some() { room } else { null_mut() });
        if let Some(found) = found {
            room.write(found);
        }
    }
    0
}

unsafe extern "C" fn getpwnam_r(
    name: *const c_char,
    room: *mut passwd,
    _buffer: *mut c_char,
    _size: size_t,
    result: *mut *mut passwd,
) -> c_int {
    // SAFETY: a string and room for the results, as C demands of the guest.
    unsafe { give(by_name(name).map(user), room, result) }
}

unsafe extern "C" fn getpwuid_r(
    id: uid_t,
    room: *mut passwd,
    _buffer: *mut c_char,
    _size: size_t,
    result: *mut *mut passwd,
) -> c_int {
    // SAFETY: room for the results, as C demands of the guest.
    unsafe { give(by_id(id).map(user), room, result) }
}

unsafe extern "C" fn getgrnam_r(
    name: *const c_char,
    room: *mut group,
    _buffer: *mut c_char,
    _size: size_t,
    result: *mut *mut group,
) -> c_int {
    // SAFETY: a string and room for the results, as C demands of the guest.
    unsafe { give(by_name(name).map(users), room, result) }
}

unsafe extern "C" fn getgrgid_r(
    id: gid_t,
    room: *mut group,
    _buffer: *mut c_char,
    _size: size_t,
    result: *mut *mut group,
) -> c_int {
    // SAFETY: room for the results, as C demands of the guest.
    unsafe { give(by_id(id).map(users), room, result) }
}

/// Only the group that is given.
unsafe extern "C" fn getgrouplist(_user: *const c_char, group: gid_t, groups: *mut gid_t, count: *mut c_int) -> c_int {
    // SAFETY: the guest gives a number, and room for so many.
    unsafe {
        let room = count.replace(1);
        if room < 1 {
            return -1;
        }
        groups.write(group);
    }
    1
}

extern "C" fn getlogin_r(_buffer: *mut c_char, _size: size_t) -> c_int {
    libc::ENXIO
}

/// The name of every phone.
const HOST: &CStr = c"localhost";

/// Writes a name with its end, cut where there is no room.
unsafe fn put(text: &CStr, buffer: *mut c_char, size: usize) {
    let length = text.count_bytes().min(size.saturating_sub(1));
    if size > 0 {
        // SAFETY: by the contract of the caller the buffer has `size` bytes.
        unsafe {
            std::ptr::copy_nonoverlapping(text.as_ptr(), buffer, length);
            buffer.add(length).write(0);
        }
    }
}

unsafe extern "C" fn gethostname(buffer: *mut c_char, size: size_t) -> c_int {
    // SAFETY: the guest's buffer has the size that it says.
    unsafe { put(HOST, buffer, size) };
    if size <= HOST.count_bytes() { fail(libc::ENAMETOOLONG) } else { 0 }
}

unsafe extern "C" fn getdomainname(buffer: *mut c_char, size: size_t) -> c_int {
    let none = c"(none)";
    if size <= none.count_bytes() {
        return fail(libc::EINVAL);
    }
    // SAFETY: the guest's buffer has the size that it says.
    unsafe { put(none, buffer, size) };
    0
}

/// The host's kernel is the app's; the machine's name is nobody's business.
unsafe extern "C" fn uname(names: *mut utsname) -> c_int {
    // SAFETY: the guest gives room for the structure.
    unsafe {
        let result = libc::uname(names);
        if result == 0 {
            let names = &mut *names;
            put(HOST, names.nodename.as_mut_ptr(), names.nodename.len());
            put(c"(none)", names.domainname.as_mut_ptr(), names.domainname.len());
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_the_platforms() {
        // SAFETY: strings; what is found is read at once.
        unsafe {
            let root = getpwnam(c"root".as_ptr());
            assert_eq!(((*root).pw_uid, CStr::from_ptr((*root).pw_dir)), (0, c"/"));
            assert!(getpwnam(c"nobody-there".as_ptr()).is_null());
            assert!((*(*getgrgid(1000)).gr_mem).is_null());
            assert!(getpwuid(20_010_041).is_null());
            let mut names: utsname = std::mem::zeroed();
            assert_eq!(uname(&mut names), 0);
            assert_eq!(CStr::from_ptr(names.nodename.as_ptr()), HOST);
            let mut short = [1; 4];
            assert_eq!(gethostname(short.as_mut_ptr(), short.len()), -1);
        }
    }
}
