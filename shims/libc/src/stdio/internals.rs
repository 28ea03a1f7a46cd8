//! `stdio_ext.h` and what else looks into a stream. The fields are those of glibc's `struct _IO_FILE`, whose beginning is part of its ABI.

use crate::table::shims;
use libc::{FILE, c_char, c_int, size_t};

shims! { __freadahead, __freadptr, __freadptrinc, __fseterr }

/// The beginning of glibc's stream.
#[repr(C)]
struct Head {
    flags: c_int,
    next: *mut c_char,
    end: *mut c_char,
}

/// `_IO_ERR_SEEN`.
const ERROR: c_int = 0x20;

unsafe extern "C" fn __fseterr(file: *mut FILE) {
    // SAFETY: the argument is an open stream.
    unsafe { (*file.cast::<Head>()).flags |= ERROR };
}

/// How many characters are read already.
unsafe extern "C" fn __freadahead(file: *mut FILE) -> size_t {
    // SAFETY: the argument is an open stream.
    let head = unsafe { &*file.cast::<Head>() };
    (head.end as usize).saturating_sub(head.next as usize)
}

/// Where they are.
unsafe extern "C" fn __freadptr(file: *mut FILE, size: *mut size_t) -> *const c_char {
    // SAFETY: the arguments are as C asks for.
    unsafe {
        let ahead = __freadahead(file);
        if ahead == 0 {
            return std::ptr::null();
        }
        size.write(ahead);
        (*file.cast::<Head>()).next
    }
}

/// Goes past some of them.
unsafe extern "C" fn __freadptrinc(file: *mut FILE, count: size_t) {
    // SAFETY: the argument is an open stream with that many characters.
    unsafe {
        let head = &mut *file.cast::<Head>();
        head.next = head.next.wrapping_add(count);
    }
}
