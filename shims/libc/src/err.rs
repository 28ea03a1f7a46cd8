//! `err.h` and `assert.h`.

use crate::stdio::{stderr, vasprintf};
use crate::table::shims;
use crate::{errno, errors};
use concord_elf::{VaList, variadic};
use libc::{c_char, c_int};
use std::ffi::CStr;
use std::sync::Mutex;

shims! { __assert_fail, err, errx, set_assert_callback, verr, verrx, vwarn, vwarnx, warn, warnx }

/// Writes a line on the standard error stream of the guest.
fn write_line(line: &str) {
    // SAFETY: the stream is open and the bytes are there.
    unsafe { libc::fwrite(format!("{line}\n").as_ptr().cast(), 1, line.len() + 1, stderr()) };
}

/// The message of `warn`: the program, what it says, and the error that there was.
///
/// # Safety
/// The format is a string or null, and the list is what it says.
unsafe fn complain(format: *const c_char, list: *mut VaList, error: Option<c_int>) {
    let mut parts = vec![crate::ohos::PROGRAM.to_string_lossy().into_owned()];
    if !format.is_null() {
        let mut text = std::ptr::null_mut();
        // SAFETY: by the contract of the function; the text is a string that is ours to free.
        unsafe {
            if vasprintf(&raw mut text, format, list) >= 0 {
                parts.push(CStr::from_ptr(text).to_string_lossy().into_owned());
                libc::free(text.cast());
            }
        }
    }
    parts.extend(error.map(|error| errors::text(error).to_string_lossy().into_owned()));
    write_line(&parts.join(": "));
}

unsafe extern "C" fn vwarn(format: *const c_char, list: *mut VaList) {
    // SAFETY: the arguments are as C asks for.
    unsafe { complain(format, list, Some(errno::get())) };
}

unsafe extern "C" fn vwarnx(format: *const c_char, list: *mut VaList) {
    // SAFETY: the arguments are as C asks for.
    unsafe { complain(format, list, None) };
}

unsafe extern "C" fn verr(code: c_int, format: *const c_char, list: *mut VaList) -> ! {
    // SAFETY: the arguments are as C asks for.
    unsafe { vwarn(format, list) };
    // SAFETY: it takes a number.
    unsafe { crate::process::exit(code) }
}

unsafe extern "C" fn verrx(code: c_int, format: *const c_char, list: *mut VaList) -> ! {
    // SAFETY: the arguments are as C asks for.
    unsafe { vwarnx(format, list) };
    // SAFETY: it takes a number.
    unsafe { crate::process::exit(code) }
}

variadic! {
    warn(1) => vwarn;
    warnx(1) => vwarnx;
    err(2) => verr;
    errx(2) => verrx;
}

/// `AssertFailureInfo`: what an app's callback for failed assertions is told.
#[repr(C)]
struct AssertFailure {
    expression: *const c_char,
    file: *const c_char,
    line: c_int,
    function: *const c_char,
}

type AssertCallback = unsafe extern "C" fn(AssertFailure) -> c_int;

/// What a callback answers to go on. 1 asks for a debugger, which there is not; 0 ends the app.
const ASSERT_IGNORE: c_int = 2;

static ASSERT_CALLBACK: Mutex<Option<AssertCallback>> = Mutex::new(None);

unsafe extern "C" fn set_assert_callback(callback: Option<AssertCallback>) {
    *ASSERT_CALLBACK.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = callback;
}

unsafe extern "C" fn __assert_fail(
    expression: *const c_char,
    file: *const c_char,
    line: c_int,
    function: *const c_char,
) {
    let text = |text: *const c_char| {
        // SAFETY: compilers pass strings.
        if text.is_null() { "?".into() } else { unsafe { CStr::from_ptr(text) }.to_string_lossy() }
    };
    let message = format!("Assertion failed: {} ({}: {}: {line})", text(expression), text(file), text(function));
    let callback = *ASSERT_CALLBACK.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let failure = AssertFailure { expression, file, line, function };
    // SAFETY: the app gave the function for this.
    if callback.is_some_and(|callback| unsafe { callback(failure) } == ASSERT_IGNORE) {
        return;
    }
    write_line(&message);
    crate::ohos::abort_with(&message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::fd::AsRawFd;

    /// What a function writes to the standard error stream, and the code with which its process ends.
    fn output(function: impl FnOnce()) -> (String, c_int) {
        let (mut reader, writer) = std::io::pipe().unwrap();
        // SAFETY: the child calls the function and ends.
        let child = unsafe { libc::fork() };
        if child == 0 {
            // SAFETY: both are descriptors.
            unsafe { libc::dup2(writer.as_raw_fd(), 2) };
            function();
            // SAFETY: nothing of the parent's is to be cleaned up.
            unsafe { libc::_exit(0) };
        }
        drop(writer);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        let mut status = 0;
        // SAFETY: it is our child.
        unsafe { libc::waitpid(child, &raw mut status, 0) };
        (text, status)
    }

    #[test]
    fn messages_name_the_program_and_the_error() {
        crate::testing::storage();
        let name = |text: &str| format!("appspawn: {text}\n");
        let (text, _) = output(|| {
            errno::set(libc::EIO);
            // SAFETY: the argument is a format without conversions.
            unsafe { vwarn(c"cannot read".as_ptr(), &mut VaList::of_words(&[])) };
        });
        assert_eq!(text, name("cannot read: I/O error"));
        let (text, _) = output(|| {
            // SAFETY: the arguments are what the format says.
            unsafe { vwarnx(c"%d of %s".as_ptr(), &mut VaList::of_words(&[7, c"ten".as_ptr() as usize])) };
        });
        assert_eq!(text, name("7 of ten"));
        let (text, status) = output(|| {
            // SAFETY: there is no format.
            unsafe { verrx(3, std::ptr::null(), &mut VaList::of_words(&[])) };
        });
        assert_eq!((text, libc::WEXITSTATUS(status)), (name("").replace(": ", ""), 3));
    }

    #[test]
    fn a_failed_assertion_aborts_unless_the_app_goes_on() {
        unsafe extern "C" fn go_on(failure: AssertFailure) -> c_int {
            if failure.line == 12 { ASSERT_IGNORE } else { 0 }
        }
        let fail = || {
            // SAFETY: the arguments are strings.
            unsafe { __assert_fail(c"a == b".as_ptr(), c"file.c".as_ptr(), 12, c"main".as_ptr()) };
        };
        let (text, status) = output(fail);
        assert_eq!(text, "Assertion failed: a == b (file.c: main: 12)\n");
        assert_eq!(libc::WTERMSIG(status), libc::SIGABRT);
        // SAFETY: the function has the type that is asked for.
        let ignored = output(|| unsafe {
            set_assert_callback(Some(go_on));
            fail();
        });
        assert_eq!(ignored, (String::new(), 0));
    }
}
