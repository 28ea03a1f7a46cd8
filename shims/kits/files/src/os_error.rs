//! The error codes of the file APIs (139000xx) and their texts.

use std::io;

use concord_ability::state::business_error;
use concord_engine::{Context, Exception};
use nix::errno::Errno;

/// Linux error, last two digits of the code, text.
const CODES: &[(Errno, i64, &str)] = &[
    (Errno::EPERM, 1, "Operation not permitted"),
    (Errno::ENOENT, 2, "No such file or directory"),
    (Errno::ESRCH, 3, "No such process"),
    (Errno::EINTR, 4, "Interrupted system call"),
    (Errno::EIO, 5, "I/O error"),
    (Errno::ENXIO, 6, "No such device or address"),
    (Errno::E2BIG, 7, "Arg list too long"),
    (Errno::EBADF, 8, "Bad file descriptor"),
    (Errno::ECHILD, 9, "No child processes"),
    (Errno::EAGAIN, 10, "Try again"),
    (Errno::ENOMEM, 11, "Out of memory"),
    (Errno::EACCES, 12, "Permission denied"),
    (Errno::EFAULT, 13, "Bad address"),
    (Errno::EBUSY, 14, "Device or resource busy"),
    (Errno::EEXIST, 15, "File exists"),
    (Errno::EXDEV, 16, "Cross-device link"),
    (Errno::ENODEV, 17, "No such device"),
    (Errno::ENOTDIR, 18, "Not a directory"),
    (Errno::EISDIR, 19, "Is a directory"),
    (Errno::EINVAL, 20, "Invalid argument"),
    (Errno::ENFILE, 21, "File table overflow"),
    (Errno::EMFILE, 22, "Too many open files"),
    (Errno::ETXTBSY, 23, "Text file busy"),
    (Errno::EFBIG, 24, "File too large"),
    (Errno::ENOSPC, 25, "No space left on device"),
    (Errno::ESPIPE, 26, "Illegal seek"),
    (Errno::EROFS, 27, "Read-only file system"),
    (Errno::EMLINK, 28, "Too many links"),
    (Errno::EDEADLK, 29, "Resource deadlock would occur"),
    (Errno::ENAMETOOLONG, 30, "File name too long"),
    (Errno::ENOSYS, 31, "Function not implemented"),
    (Errno::ENOTEMPTY, 32, "Directory not empty"),
    (Errno::ELOOP, 33, "Too many symbolic links encountered"),
    (Errno::ENODATA, 37, "No data available"),
    (Errno::EOVERFLOW, 38, "Value too large for defined data type"),
    (Errno::EDQUOT, 41, "Quota exceeded"),
];

/// The error that the guest gets.
pub fn exception(context: &Context, errno: Errno) -> Exception {
    let (code, text) = CODES
        .iter()
        .find(|(known, _, _)| *known == errno)
        .map_or((42, "Unknown error"), |(_, code, text)| (*code, *text));
    business_error(context, 13_900_000 + code, text)
}

/// The same for an error of the standard library.
pub fn io_exception(context: &Context, error: &io::Error) -> Exception {
    exception(context, error.raw_os_error().map_or(Errno::EIO, Errno::from_raw))
}
