//! `<sys/socket.h>`: messages, whose headers have padding in musl where glibc has the upper half of a length, and addresses of local sockets,
//! which are names of files.

use crate::errno::{Errno, answer, fail};
use crate::socket_address::{HostAddress, to_guest};
use crate::table::shims;
use libc::{cmsghdr, iovec, msghdr, size_t, sockaddr, socklen_t, ssize_t, timespec};
use std::ffi::{c_int, c_uint, c_void};

shims! {
    bind, connect, accept, accept4, getsockname, getpeername, sendto, recvfrom, sendmsg, recvmsg, sendmmsg, recvmmsg,
    __recvfrom_chk,
}

/// `struct mmsghdr`.
#[repr(C)]
struct Message {
    header: msghdr,
    length: c_uint,
}

/// Most control data that is looked at, in bytes; the kernel takes less.
const CONTROL_LIMIT: usize = 1 << 16;
/// Most messages of one call (`UIO_MAXIOV`).
const MESSAGES: c_uint = 1024;

unsafe extern "C" fn bind(socket: c_int, address: *const sockaddr, length: socklen_t) -> c_int {
    // SAFETY: the guest's address has the length that it says.
    match unsafe { HostAddress::new(address, length, true) } {
        // SAFETY: the address is the guest's or ours, with its length.
        Ok(host) => unsafe { libc::bind(socket, host.address(), host.length()) },
        Err(errno) => fail(errno),
    }
}

unsafe extern "C" fn connect(socket: c_int, address: *const sockaddr, length: socklen_t) -> c_int {
    // SAFETY: the guest's address has the length that it says.
    match unsafe { HostAddress::new(address, length, false) } {
        // SAFETY: the address is the guest's or ours, with its length.
        Ok(host) => unsafe { libc::connect(socket, host.address(), host.length()) },
        Err(errno) => fail(errno),
    }
}

/// Makes a call that gives an address, and turns the address into the guest's.
///
/// # Safety
/// `length` is null, or says how large `address` is.
unsafe fn giving<T: Copy + PartialOrd + From<i8>>(
    address: *mut sockaddr,
    length: *mut socklen_t,
    call: impl FnOnce() -> T,
) -> T {
    // SAFETY: by the contract of the function.
    let room = if length.is_null() { 0 } else { unsafe { *length } };
    let result = call();
    if result >= T::from(0) && !address.is_null() && !length.is_null() {
        // SAFETY: by the contract of the function; the kernel has written an address there.
        unsafe { to_guest(address, room, &mut *length) };
    }
    result
}

unsafe extern "C" fn accept(socket: c_int, address: *mut sockaddr, length: *mut socklen_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { giving(address, length, || libc::accept(socket, address, length)) }
}

unsafe extern "C" fn accept4(socket: c_int, address: *mut sockaddr, length: *mut socklen_t, flags: c_int) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { giving(address, length, || libc::accept4(socket, address, length, flags)) }
}

unsafe extern "C" fn getsockname(socket: c_int, address: *mut sockaddr, length: *mut socklen_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { giving(address, length, || libc::getsockname(socket, address, length)) }
}

unsafe extern "C" fn getpeername(socket: c_int, address: *mut sockaddr, length: *mut socklen_t) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { giving(address, length, || libc::getpeername(socket, address, length)) }
}

pub(crate) unsafe extern "C" fn sendto(
    socket: c_int,
    data: *const c_void,
    size: size_t,
    flags: c_int,
    address: *const sockaddr,
    length: socklen_t,
) -> ssize_t {
    // SAFETY: the guest's address has the length that it says.
    match unsafe { HostAddress::new(address, length, false) } {
        // SAFETY: arguments of the guest's are passed on, with an address of the host's.
        Ok(host) => unsafe { libc::sendto(socket, data, size, flags, host.address(), host.length()) },
        Err(errno) => fail(errno),
    }
}

unsafe extern "C" fn recvfrom(
    socket: c_int,
    data: *mut c_void,
    size: size_t,
    flags: c_int,
    address: *mut sockaddr,
    length: *mut socklen_t,
) -> ssize_t {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { giving(address, length, || libc::recvfrom(socket, data, size, flags, address, length)) }
}

/// What the padding of a header is taken for.
fn clear_padding(header: &mut msghdr) {
    header.msg_iovlen = (header.msg_iovlen as u32) as size_t;
    header.msg_controllen = (header.msg_controllen as u32) as size_t;
}

unsafe extern "C" fn sendmsg(socket: c_int, message: *const msghdr, flags: c_int) -> ssize_t {
    // SAFETY: the guest's message, which C demands.
    answer(unsafe { send_message(socket, message, flags) })
}

/// Sends a message from a copy of its header and control data, which belong to the guest.
unsafe fn send_message(socket: c_int, message: *const msghdr, flags: c_int) -> Result<ssize_t, Errno> {
    if message.is_null() {
        return Err(libc::EFAULT);
    }
    // SAFETY: by the contract of the caller.
    let mut header = unsafe { *message };
    clear_padding(&mut header);
    // SAFETY: the name has the length that the header says.
    let host = unsafe { HostAddress::new(header.msg_name.cast(), header.msg_namelen, false) }?;
    header.msg_name = host.address().cast_mut().cast();
    header.msg_namelen = host.length();
    // SAFETY: the control data has the length that the header says.
    let mut control = unsafe { control_of(&header) }?;
    if !control.is_empty() {
        header.msg_control = control.as_mut_ptr().cast();
    }
    // SAFETY: the header and what it leads to are the guest's or ours.
    let sent = unsafe { libc::sendmsg(socket, &raw const header, flags) };
    if sent < 0 { Err(crate::errno::get()) } else { Ok(sent) }
}

/// A copy of control data with clean lengths, in words as it must be aligned.
unsafe fn control_of(header: &msghdr) -> Result<Vec<u64>, Errno> {
    let length = header.msg_controllen;
    if header.msg_control.is_null() || length == 0 {
        return Ok(Vec::new());
    }
    if length > CONTROL_LIMIT {
        return Err(libc::ENOBUFS);
    }
    let mut control = vec![0u64; length.div_ceil(8)];
    // SAFETY: by the contract of the caller; the copy has room.
    unsafe { std::ptr::copy_nonoverlapping(header.msg_control.cast::<u8>(), control.as_mut_ptr().cast(), length) };
    let first = size_of::<cmsghdr>();
    let mut at = 0;
    while at + first <= length {
        // The length is the first word of a header.
        let Some(word) = control.get_mut(at / 8) else { break };
        *word &= u64::from(u32::MAX);
        let step = usize::try_from(*word).unwrap_or(0).next_multiple_of(8);
        if step < first {
            break;
        }
        at += step;
    }
    Ok(control)
}

unsafe extern "C" fn recvmsg(socket: c_int, message: *mut msghdr, flags: c_int) -> ssize_t {
    if message.is_null() {
        return fail(libc::EFAULT);
    }
    // SAFETY: the guest's header. What the kernel writes into it has zeros where musl has padding.
    let header = unsafe { &mut *message };
    clear_padding(header);
    let room = header.msg_namelen;
    // SAFETY: the guest's message.
    let result = unsafe { libc::recvmsg(socket, header, flags) };
    if result >= 0 && !header.msg_name.is_null() {
        // SAFETY: the kernel has written an address there, in the room that there is.
        unsafe { to_guest(header.msg_name.cast(), room, &mut header.msg_namelen) };
    }
    result
}

unsafe extern "C" fn sendmmsg(socket: c_int, messages: *mut Message, count: c_uint, flags: c_uint) -> c_int {
    let count = count.min(MESSAGES);
    for index in 0..count {
        // SAFETY: the guest gives as many messages as it says.
        let message = unsafe { &mut *messages.add(index as usize) };
        // SAFETY: the guest's message.
        match unsafe { send_message(socket, &raw const message.header, flags.cast_signed()) } {
            Ok(sent) => message.length = c_uint::try_from(sent).unwrap_or(c_uint::MAX),
            Err(errno) if index == 0 => return fail(errno),
            Err(_) => return index.cast_signed(),
        }
    }
    count.cast_signed()
}

unsafe extern "C" fn recvmmsg(
    socket: c_int,
    messages: *mut Message,
    count: c_uint,
    flags: c_uint,
    timeout: *mut timespec,
) -> c_int {
    let count = count.min(MESSAGES);
    let mut rooms = Vec::with_capacity(count as usize);
    for index in 0..count {
        // SAFETY: the guest gives as many messages as it says.
        let header = unsafe { &mut (*messages.add(index as usize)).header };
        clear_padding(header);
        rooms.push(header.msg_namelen);
    }
    // SAFETY: arguments of the guest's are passed on as they are; the structures are the same.
    let result = unsafe { libc::recvmmsg(socket, messages.cast(), count, flags.cast_signed(), timeout) };
    for (index, room) in rooms.into_iter().enumerate().take(usize::try_from(result).unwrap_or(0)) {
        // SAFETY: as above; the kernel has written an address there, in the room that there is.
        unsafe {
            let header = &mut (*messages.add(index)).header;
            if !header.msg_name.is_null() {
                to_guest(header.msg_name.cast(), room, &mut header.msg_namelen);
            }
        }
    }
    result
}

unsafe extern "C" fn __recvfrom_chk(
    socket: c_int,
    data: *mut c_void,
    size: size_t,
    room: size_t,
    flags: c_int,
    address: *mut sockaddr,
    length: *mut socklen_t,
) -> ssize_t {
    crate::fortify::check("recvfrom", size, room);
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { recvfrom(socket, data, size, flags, address, length) }
}

// musl's sizes, on x86_64.
const _: () = assert!(size_of::<msghdr>() == 56 && size_of::<cmsghdr>() == 16 && size_of::<iovec>() == 16);
