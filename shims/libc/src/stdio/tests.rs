//! The `printf` and `scanf` families, called as guests call them.

use crate::float::{self, F128};
use concord_elf::Symbol;
use libc::{FILE, c_char, c_int, wchar_t};
use std::ffi::{CStr, CString};

type Snprintf = unsafe extern "C" fn(*mut c_char, usize, *const c_char, ...) -> c_int;
type Sscanf = unsafe extern "C" fn(*const c_char, *const c_char, ...) -> c_int;
type Fprintf = unsafe extern "C" fn(*mut FILE, *const c_char, ...) -> c_int;
type Swprintf = unsafe extern "C" fn(*mut wchar_t, usize, *const wchar_t, ...) -> c_int;
type Asprintf = unsafe extern "C" fn(*mut *mut c_char, *const c_char, ...) -> c_int;
type Dprintf = unsafe extern "C" fn(c_int, *const c_char, ...) -> c_int;

/// A function of the table, as the type that it has in C.
fn function<F: Copy>(name: &str) -> F {
    let Some(Symbol::Address(address)) = crate::library().symbol(name) else { panic!("{name}") };
    assert_eq!(size_of::<F>(), size_of::<usize>());
    // SAFETY: the types above are those of C.
    unsafe { std::mem::transmute_copy(&address) }
}

fn number(text: &str) -> F128 {
    float::parse(text)
}

/// What `snprintf` makes of a format and arguments.
macro_rules! format {
    ($format:literal $(, $argument:expr)*) => {{
        let snprintf: Snprintf = function("snprintf");
        let mut buffer = [0 as c_char; 200];
        // SAFETY: the arguments are what the format says.
        let count = unsafe { snprintf(buffer.as_mut_ptr(), buffer.len(), $format.as_ptr() $(, $argument)*) };
        // SAFETY: there is a string in the buffer.
        let text = unsafe { CStr::from_ptr(buffer.as_ptr()) }.to_str().unwrap().to_owned();
        assert!(count < 0 || count as usize == text.len(), "{count} {text}");
        (count >= 0).then_some(text).ok_or_else(crate::errno::get)
    }};
}

fn ok(text: &str) -> Result<String, c_int> {
    Ok(text.to_owned())
}

#[test]
fn long_doubles_are_padded_and_signed() {
    let n = number("3.14159");
    assert_eq!(format!(c"[%10.2Lf][%-10.2Lf][%010.2Lf]", n, n, n), ok("[      3.14][3.14      ][0000003.14]"));
    assert_eq!(format!(c"[%+Lg][% Lg][%+.1LE]", n, n, n), ok("[+3.14159][ 3.14159][+3.1E+00]"));
    assert_eq!(format!(c"[%#.0Lf][%.0Lf][%#Lg]", n, n, number("1")), ok("[3.][3][1.00000]"));
    assert_eq!(format!(c"[%08Lf][%-8LF]", number("-inf"), number("nan")), ok("[    -inf][NAN     ]"));
    assert_eq!(format!(c"%*.*Lf|%*Lf", 8, 1, n, -9, n), ok("     3.1|3.141590 "));
    assert_eq!(format!(c"%LA", number("0.1")), ok("0X1.999999999999999999999999999AP-4"));
    assert_eq!(format!(c"%012La", number("1.5")), ok("0x00001.8p+0"));
}

#[test]
fn arguments_are_found_by_position() {
    let n = number("0.5");
    assert_eq!(format!(c"%3$s %1$Lg %2$d", n, 7, c"x".as_ptr()), ok("x 0.5 7"));
    assert_eq!(format!(c"%2$*1$Lg|%2$.*1$Lf", 6, n), ok("   0.5|0.500000"));
    assert_eq!(format!(c"%2$Lg", 1, n), Err(libc::EINVAL));
    assert_eq!(format!(c"%1$Lg %Lg", n, n), Err(libc::EINVAL));
}

#[test]
fn other_conversions_are_the_platforms() {
    assert_eq!(format!(c"%p|%p", 0x1234usize, 0usize), ok("0x0000000000001234|0000000000000000"));
    assert_eq!(format!(c"%a|%.1a|%A", 5e-324, 1.96, -0.0), ok("0x1p-1074|0x1.fp+0|-0X0P+0"));
    crate::errno::set(libc::EIO);
    assert_eq!(format!(c"[%m][%12m][%.3m]"), ok("[I/O error][   I/O error][I/O]"));
    assert_eq!(format!(c"%s %.3s %a", 0usize, 0usize, 1.0), ok("(null) (nu 0x1p+0"));
    assert_eq!(format!(c"%y"), Err(libc::EINVAL));
    let (mut short, mut long) = (0u16, 0u64);
    assert_eq!(format!(c"ab%hncd%jn%Lg", &raw mut short, &raw mut long, number("1")), ok("abcd1"));
    assert_eq!((short, long), (2, 4));
    crate::locale::prepare();
    let wide = [0xe9 as wchar_t, 0];
    assert_eq!(format!(c"%lc%ls 50%% %p", 0x20ac, wide.as_ptr(), 1usize), ok("€é 50% 0x0000000000000001"));
}

#[test]
fn too_much_is_an_error() {
    let n = number("1");
    assert_eq!(format!(c"%2147483647Lg%Lg", n, n), Err(libc::EOVERFLOW));
    assert_eq!(format!(c"%.2147483647Lf", n), Err(libc::EOVERFLOW));
    assert_eq!(format!(c"%*Lf", c_int::MIN, n), Err(libc::EOVERFLOW));
    let snprintf: Snprintf = function("snprintf");
    // SAFETY: the arguments are what the format says; a size of zero needs no buffer.
    unsafe {
        assert_eq!(snprintf(std::ptr::null_mut(), 0, c"%50000Lf".as_ptr(), n), 50_000);
        assert_eq!(snprintf(std::ptr::null_mut(), 0, c"%.50000Lf".as_ptr(), n), 50_002);
        let mut small = [1 as c_char; 4];
        assert_eq!(snprintf(small.as_mut_ptr(), 3, c"%Lf".as_ptr(), n), 8);
        assert_eq!(small, [b'1' as c_char, b'.' as c_char, 0, 1]);
        assert_eq!(snprintf(small.as_mut_ptr(), usize::MAX, c"x".as_ptr()), -1);
    }
}

#[test]
fn text_goes_to_buffers_streams_and_descriptors() {
    let n = number("2.5");
    let (asprintf, dprintf, fprintf): (Asprintf, Dprintf, Fprintf) =
        (function("asprintf"), function("dprintf"), function("fprintf"));
    let mut text = std::ptr::null_mut();
    // SAFETY: the arguments are what the formats say, and the stream is open.
    unsafe {
        assert_eq!(asprintf(&raw mut text, c"%s %Lg".as_ptr(), c"a".as_ptr(), n), 5);
        assert_eq!(CStr::from_ptr(text), c"a 2.5");
        libc::free(text.cast());
        let file = libc::tmpfile();
        assert_eq!(fprintf(file, c"[%6.2Lf]\n".as_ptr(), n), 9);
        libc::fflush(file);
        assert_eq!(dprintf(libc::fileno(file), c"%Lg-%d".as_ptr(), n, 7), 5);
        libc::rewind(file);
        let mut read = [0u8; 32];
        let count = libc::fread(read.as_mut_ptr().cast(), 1, read.len(), file);
        assert_eq!(read.get(..count), Some(b"[  2.50]\n2.5-7".as_slice()));
        libc::fclose(file);

        let swprintf: Swprintf = function("swprintf");
        let wide = |text: &str| text.chars().map(|unit| unit as wchar_t).chain([0]).collect::<Vec<_>>();
        let mut buffer = [0; 8];
        assert_eq!(swprintf(buffer.as_mut_ptr(), 8, wide("é%Lgx%d").as_ptr(), n, 1), 6);
        assert_eq!(buffer[..7], wide("é2.5x1"));
        assert_eq!(swprintf(buffer.as_mut_ptr(), 4, wide("%Lf").as_ptr(), n), -1);
    }
}

#[test]
fn numbers_are_scanned() {
    let sscanf: Sscanf = function("sscanf");
    let (mut first, mut second, mut whole, mut count) = (0u128, 0u128, 0, -1);
    let text = |text: &str| CString::new(text).unwrap();
    // SAFETY: the arguments are what the formats say.
    unsafe {
        let found = sscanf(
            text("7: 0.1 , -0x1p4 end").as_ptr(),
            c"%d: %Lf ,%Lg%n %*s".as_ptr(),
            &raw mut whole,
            &raw mut first,
            &raw mut second,
            &raw mut count,
        );
        assert_eq!((found, whole, count), (3, 7, 15));
        assert_eq!((first, second), (float::bits(number("0.1")), float::bits(number("-16"))));
        assert_eq!(sscanf(text("123456").as_ptr(), c"%3Lf%2d".as_ptr(), &raw mut first, &raw mut whole), 2);
        assert_eq!((first, whole), (float::bits(number("123")), 45));
        assert_eq!(sscanf(text("  ").as_ptr(), c"%Lf".as_ptr(), &raw mut first), libc::EOF);
        assert_eq!(sscanf(text("x").as_ptr(), c"%Lf".as_ptr(), &raw mut first), 0);
        assert_eq!(sscanf(text("1 y").as_ptr(), c"%*Lf %d%Lf".as_ptr(), &raw mut whole, &raw mut first), 0);
        assert_eq!(sscanf(text("1").as_ptr(), c"%d%Lf".as_ptr(), &raw mut whole, &raw mut first), 1);
        assert_eq!(sscanf(text("5 6").as_ptr(), c"%2$d %1$Lf".as_ptr(), &raw mut first, &raw mut whole), 2);
        assert_eq!((first, whole), (float::bits(number("6")), 5));
    }
}
