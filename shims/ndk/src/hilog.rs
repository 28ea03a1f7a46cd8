//! `libhilog_ndk.z.so`: lines of native code go to the same log as those of `@ohos.hilog`.

use crate::boundary::{bytes, guarded};
use crate::library::{Export, exports};
use crate::printf::vsnprintf;
use crate::process::process;
use concord_ability::log::{Level, LogRecord};
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_LOG_Print,
    OH_LOG_VPrint,
    OH_LOG_PrintMsg,
    OH_LOG_PrintMsgByLen,
    OH_LOG_IsLoggable,
    OH_LOG_SetCallback,
    OH_LOG_SetMinLogLevel: "counts for native code only",
    OH_LOG_SetLogLevel: "counts for native code only; a level cannot be opened beyond what the host keeps",
];

/// `LOG_APP`.
const LOG_APP: c_int = 0;
/// Domains of apps end here (hilog_common.h).
const DOMAIN_APP_MAX: c_uint = 0xffff;
/// Domains of the system, the only ones for types but [`LOG_APP`].
const DOMAINS_OF_SYSTEM: std::ops::RangeInclusive<c_uint> = 0xd00_0000..=0xd0f_ffff;
/// A message is cut to this many bytes (`MAX_LOG_LEN` less its zero).
const LONGEST: usize = 4095;
/// A tag likewise.
const LONGEST_TAG: usize = 31;
/// Stands for an argument that is not marked `{public}`.
const PRIVATE: &[u8] = b"<private>";

/// `LogCallback`: type, level, domain, tag, message.
type LogCallback = unsafe extern "C" fn(c_int, c_int, c_uint, *const c_char, *const c_char);

static CALLBACK: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());

/// `PreferStrategy` in the upper half, level in the lower, 0 when the app has no wish.
static WISH: AtomicU32 = AtomicU32::new(0);
const PREFER_CLOSE: u32 = 1;
const PREFER_OPEN: u32 = 2;

fn loggable(domain: c_uint, tag: &CStr, level: Level) -> bool {
    let wish = WISH.load(Ordering::Relaxed);
    let (prefer, least) = (wish >> 16, wish & 0xffff);
    if domain <= DOMAIN_APP_MAX {
        if prefer == PREFER_CLOSE && (level as u32) < least {
            return false;
        }
        if prefer == PREFER_OPEN && level as u32 >= least {
            return true;
        }
    }
    domain <= *DOMAINS_OF_SYSTEM.end()
        && process().is_some_and(|process| process.log.enabled(level, domain, &tag.to_string_lossy()))
}

/// What a line is about, once it is known to be kept.
struct Line<'a> {
    kind: c_int,
    level: Level,
    domain: c_uint,
    tag: &'a CStr,
}

impl<'a> Line<'a> {
    fn of(kind: c_int, level: c_int, domain: c_uint, tag: Option<&'a CStr>) -> Option<Line<'a>> {
        let level = Level::from_number(i64::from(level))?;
        let tag = tag?;
        let allowed = kind == LOG_APP || DOMAINS_OF_SYSTEM.contains(&domain);
        (allowed && loggable(domain, tag, level)).then_some(Line { kind, level, domain, tag })
    }

    /// Writes it. The answer is the length of the message.
    fn write(&self, message: &[u8]) -> c_int {
        let message = message.get(..LONGEST).unwrap_or(message);
        if let Some(callback) = callback() {
            let text = CString::new(message).unwrap_or_default();
            // SAFETY: the app says that this is a LogCallback; the strings outlive the call.
            unsafe { callback(self.kind, self.level as c_int, self.domain, self.tag.as_ptr(), text.as_ptr()) };
        }
        let tag = self.tag.to_bytes();
        let tag = String::from_utf8_lossy(tag.get(..LONGEST_TAG).unwrap_or(tag));
        let text = String::from_utf8_lossy(message);
        if let Some(process) = process() {
            process.log.write(&LogRecord { level: self.level, domain: self.domain, tag: &tag, message: &text });
        }
        c_int::try_from(message.len()).unwrap_or(c_int::MAX)
    }
}

fn callback() -> Option<LogCallback> {
    let callback = CALLBACK.load(Ordering::Acquire);
    // SAFETY: only functions of this type are stored, and a null pointer is `None`.
    unsafe { std::mem::transmute::<*mut c_void, Option<LogCallback>>(callback) }
}

concord_elf::variadic! {
    /// `OH_LOG_Print(type, level, domain, tag, format, …)`.
    OH_LOG_Print(5) => OH_LOG_VPrint;
}

/// `list` is a `va_list`, which is a pointer to its state on x86_64.
///
/// # Safety
/// As in C: strings end with zero, and the arguments are what the format says.
unsafe extern "C" fn OH_LOG_VPrint(
    kind: c_int,
    level: c_int,
    domain: c_uint,
    tag: *const c_char,
    format: *const c_char,
    list: *mut c_void,
) -> c_int {
    guarded("OH_LOG_VPrint", -1, || {
        // SAFETY: by the contract of the function.
        let (tag, format) = unsafe { (bytes(tag), bytes(format)) };
        let (Some(line), Some(format)) = (Line::of(kind, level, domain, tag), format) else { return -1 };
        // SAFETY: by the contract of the function.
        line.write(&unsafe { formatted(format.to_bytes(), list) })
    })
}

/// # Safety
/// As in C.
unsafe extern "C" fn OH_LOG_PrintMsg(
    kind: c_int,
    level: c_int,
    domain: c_uint,
    tag: *const c_char,
    message: *const c_char,
) -> c_int {
    guarded("OH_LOG_PrintMsg", -1, || {
        // SAFETY: by the contract of the function.
        let (tag, message) = unsafe { (bytes(tag), bytes(message)) };
        let (Some(line), Some(message)) = (Line::of(kind, level, domain, tag), message) else { return -1 };
        line.write(message.to_bytes())
    })
}

/// Neither text needs to end with zero.
///
/// # Safety
/// The texts are as long as the guest says.
unsafe extern "C" fn OH_LOG_PrintMsgByLen(
    kind: c_int,
    level: c_int,
    domain: c_uint,
    tag: *const c_char,
    tag_length: usize,
    message: *const c_char,
    message_length: usize,
) -> c_int {
    guarded("OH_LOG_PrintMsgByLen", -1, || {
        if tag.is_null() || message.is_null() {
            return -1;
        }
        // SAFETY: by the contract of the function; no more is read than is used.
        let (tag, message) = unsafe {
            (
                std::slice::from_raw_parts(tag.cast::<u8>(), tag_length.min(LONGEST_TAG)),
                std::slice::from_raw_parts(message.cast::<u8>(), message_length.min(LONGEST)),
            )
        };
        let until_zero = |bytes: &[u8]| bytes.split(|byte| *byte == 0).next().unwrap_or_default().to_vec();
        let tag = CString::new(until_zero(tag)).unwrap_or_default();
        let Some(line) = Line::of(kind, level, domain, Some(&tag)) else { return -1 };
        line.write(&until_zero(message))
    })
}

/// # Safety
/// As in C.
unsafe extern "C" fn OH_LOG_IsLoggable(domain: c_uint, tag: *const c_char, level: c_int) -> bool {
    guarded("OH_LOG_IsLoggable", false, || {
        // SAFETY: by the contract of the function.
        let tag = unsafe { bytes(tag) };
        tag.zip(Level::from_number(i64::from(level))).is_some_and(|(tag, level)| loggable(domain, tag, level))
    })
}

extern "C" fn OH_LOG_SetCallback(callback: *mut c_void) {
    CALLBACK.store(callback, Ordering::Release);
}

extern "C" fn OH_LOG_SetMinLogLevel(level: c_int) {
    OH_LOG_SetLogLevel(level, PREFER_CLOSE);
}

extern "C" fn OH_LOG_SetLogLevel(level: c_int, prefer: u32) {
    let wish = match (Level::from_number(i64::from(level)), prefer) {
        (Some(level), PREFER_CLOSE | PREFER_OPEN) => prefer << 16 | level as u32,
        _ => 0,
    };
    WISH.store(wish, Ordering::Relaxed);
}

/// A part of a format that is handled as one.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    /// For `vsnprintf`: marks of privacy are taken out.
    format: Vec<u8>,
    /// One conversion whose result nobody may see. Other pieces have any number of conversions.
    private: bool,
}

/// Takes a format of hilog apart: `%{public}d`, `%{private}s`; what has no mark is private. Runs of what may be seen are one piece.
fn pieces(format: &[u8]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut shown = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.iter().position(|byte| *byte == b'%') {
        let (before, conversion) = rest.split_at(at);
        shown.extend_from_slice(before);
        let after = conversion.get(1..).unwrap_or_default();
        let (public, after) = match (after.strip_prefix(b"{public}"), after.strip_prefix(b"{private}")) {
            (Some(after), _) => (true, after),
            (None, Some(after)) => (false, after),
            (None, None) => (false, after),
        };
        let Some(end) = after.iter().position(|byte| !b"-+ #0'123456789.*hlLjztq".contains(byte)) else {
            // A conversion that never ends is text.
            shown.extend_from_slice(b"%%");
            rest = after;
            break;
        };
        let (conversion, following) = after.split_at(end + 1);
        rest = following;
        match conversion.last() {
            Some(b'%' | b'm') => {
                shown.push(b'%');
                shown.extend_from_slice(conversion);
            }
            // `%n` writes to memory; no log needs that, and the platform's refuses it.
            Some(b'n') => shown.extend_from_slice(b"%%n"),
            _ if public => {
                shown.push(b'%');
                shown.extend_from_slice(conversion);
            }
            _ => {
                if !shown.is_empty() {
                    pieces.push(Piece { format: std::mem::take(&mut shown), private: false });
                }
                pieces.push(Piece { format: [b"%", conversion].concat(), private: true });
            }
        }
    }
    shown.extend_from_slice(rest);
    if !shown.is_empty() {
        pieces.push(Piece { format: shown, private: false });
    }
    pieces
}

/// The message that a format and its arguments make, cut to [`LONGEST`].
///
/// # Safety
/// The arguments are what the format says.
unsafe fn formatted(format: &[u8], list: *mut c_void) -> Vec<u8> {
    let print = vsnprintf();
    let mut message = Vec::new();
    for piece in pieces(format) {
        let room = LONGEST - message.len();
        if room == 0 {
            break;
        }
        let size = if piece.private { 0 } else { room + 1 };
        let mut buffer = vec![0_u8; size];
        let format = CString::new(piece.format).unwrap_or_default();
        // SAFETY: the buffer has this size. The list is shared by all pieces, each of which takes its arguments from it: on x86_64 a
        // `va_list` is passed as a pointer to its state.
        let length = unsafe { print(buffer.as_mut_ptr().cast(), size, format.as_ptr(), list) };
        if piece.private {
            message.extend_from_slice(PRIVATE);
        } else {
            let length = usize::try_from(length).unwrap_or(0).min(room);
            message.extend_from_slice(buffer.get(..length).unwrap_or_default());
        }
    }
    message.truncate(LONGEST);
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(format: &str) -> Vec<(String, bool)> {
        let text = |piece: Piece| (String::from_utf8(piece.format).expect("text"), piece.private);
        pieces(format.as_bytes()).into_iter().map(text).collect()
    }

    #[test]
    fn formats_come_apart_at_what_is_private() {
        let of = |parts: &[(&str, bool)]| {
            parts.iter().map(|(text, private)| ((*text).to_owned(), *private)).collect::<Vec<_>>()
        };
        assert_eq!(split("plain 100%%"), of(&[("plain 100%%", false)]));
        assert_eq!(split("a %{public}d b %{public}-8.3f"), of(&[("a %d b %-8.3f", false)]));
        assert_eq!(
            split("a %{private}lld b %s%{public}s"),
            of(&[("a ", false), ("%lld", true), (" b ", false), ("%s", true), ("%s", false)])
        );
        assert_eq!(split("%{public}n"), of(&[("%%n", false)]));
        assert_eq!(split("tail %{public}"), of(&[("tail %%", false)]));
        assert_eq!(split(""), of(&[]));
    }

    #[test]
    fn arguments_are_taken_whether_they_are_shown_or_not() {
        type Print = unsafe extern "C" fn(*mut Vec<u8>, *const c_char, ...) -> c_int;
        unsafe extern "C" fn vcollect(out: *mut Vec<u8>, format: *const c_char, list: *mut c_void) -> c_int {
            // SAFETY: the test passes a vector, a format and what it says.
            unsafe { *out = formatted(CStr::from_ptr(format).to_bytes(), list) };
            0
        }
        concord_elf::variadic! { collect(2) => vcollect; }
        // SAFETY: that is what the function is for C.
        let collect = unsafe { std::mem::transmute::<unsafe extern "C" fn(), Print>(collect) };
        let mut out = Vec::new();
        // SAFETY: the arguments are what the format says.
        unsafe {
            collect(
                &mut out,
                c"%{public}s %d %{private}s %{public}lld %f %{public}.2f %{public}s %{public}d%%".as_ptr(),
                c"one".as_ptr(),
                2,
                c"secret".as_ptr(),
                9_007_199_254_740_991_i64,
                1.5,
                2.5,
                c"six".as_ptr(),
                7,
            );
        }
        assert_eq!(String::from_utf8_lossy(&out), "one <private> <private> 9007199254740991 <private> 2.50 six 7%");
        let long = "x".repeat(10_000);
        let long = CString::new(long).expect("text");
        // SAFETY: as above.
        unsafe { collect(&mut out, c"%{public}s%{public}s".as_ptr(), long.as_ptr(), c"end".as_ptr()) };
        assert_eq!(out.len(), LONGEST);
    }

    #[test]
    fn what_is_not_a_line_is_refused() {
        // SAFETY: strings end with zero.
        unsafe {
            assert_eq!(OH_LOG_PrintMsg(LOG_APP, 9, 1, c"tag".as_ptr(), c"x".as_ptr()), -1, "no such level");
            assert_eq!(OH_LOG_PrintMsg(LOG_APP, 4, 1, std::ptr::null(), c"x".as_ptr()), -1, "no tag");
            assert_eq!(OH_LOG_PrintMsg(LOG_APP, 4, 1, c"tag".as_ptr(), std::ptr::null()), -1, "no message");
            assert_eq!(OH_LOG_PrintMsg(3, 4, 1, c"tag".as_ptr(), c"x".as_ptr()), -1, "a domain of apps for the system");
            assert!(!OH_LOG_IsLoggable(1, std::ptr::null(), 4));
        }
    }
}
