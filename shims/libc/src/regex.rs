//! `<regex.h>` over glibc's: offsets have 64 bits in musl, and the compiled expression has its public member at another place.

use crate::table::shims;
use libc::{regex_t, regmatch_t};
use std::ffi::{c_char, c_int};

shims! { regcomp, regexec, regfree, regerror }

/// `regex_t` of musl, 64 bytes.
#[repr(C)]
struct Regex {
    /// `re_nsub`.
    groups: usize,
    /// glibc's expression.
    compiled: *mut regex_t,
    _padding: [usize; 4],
    _groups_again: usize,
    /// Padding of musl's; here, whether it was compiled with REG_NOSUB.
    no_groups: bool,
}

/// `regmatch_t` of musl.
#[repr(C)]
struct Match {
    start: i64,
    end: i64,
}

/// The errors that musl has; glibc's further ones are kinds of a bad pattern.
const REG_BADPAT: c_int = 2;
const REG_EPAREN: c_int = 8;
const REG_ESPACE: c_int = 12;
const REG_BADRPT: c_int = 13;
/// glibc's for a parenthesis that was not opened.
const GLIBC_REG_ERPAREN: c_int = 16;
/// The flag of `regcomp` for those who want to know no offsets.
const REG_NOSUB: c_int = 8;
/// Flags of `regexec` in musl: REG_NOTBOL and REG_NOTEOL. glibc's REG_STARTEND is 4.
const EXEC_FLAGS: c_int = 3;
/// Most groups that are asked for; no expression has more.
const GROUPS: usize = 1 << 16;

fn error(code: c_int) -> c_int {
    match code {
        ..=REG_BADRPT => code,
        GLIBC_REG_ERPAREN => REG_EPAREN,
        _ => REG_BADPAT,
    }
}

unsafe extern "C" fn regcomp(regex: *mut Regex, pattern: *const c_char, flags: c_int) -> c_int {
    // SAFETY: a structure of numbers and pointers, which glibc fills.
    let mut compiled = Box::new(unsafe { std::mem::zeroed::<regex_t>() });
    // SAFETY: the pattern is a string, as C demands of the guest.
    let code = unsafe { libc::regcomp(&raw mut *compiled, pattern, flags) };
    if code != 0 {
        return error(code);
    }
    // glibc's `re_nsub` lies 48 bytes into its structure.
    // SAFETY: the structure has 64 bytes.
    let groups = unsafe { (&raw const *compiled).cast::<u8>().add(48).cast::<usize>().read() };
    let made = Regex {
        groups,
        compiled: Box::into_raw(compiled),
        _padding: [0; 4],
        _groups_again: groups,
        no_groups: flags & REG_NOSUB != 0,
    };
    // SAFETY: the guest gives room for the structure, with anything in it.
    unsafe { regex.write(made) };
    0
}

unsafe extern "C" fn regexec(
    regex: *const Regex,
    text: *const c_char,
    count: usize,
    matches: *mut Match,
    flags: c_int,
) -> c_int {
    // SAFETY: what `regcomp` wrote.
    let (compiled, groups, no_groups) = unsafe { ((*regex).compiled, (*regex).groups, (*regex).no_groups) };
    if compiled.is_null() {
        return REG_BADPAT;
    }
    // The whole and the groups; what is asked for beyond them is nothing.
    let known = count.min(groups.saturating_add(1)).min(GROUPS);
    let mut found = Vec::new();
    if found.try_reserve_exact(known).is_err() {
        return REG_ESPACE;
    }
    found.resize(known, regmatch_t { rm_so: -1, rm_eo: -1 });
    // SAFETY: the expression is glibc's, the text is a string, and there is room for as many matches as is said.
    let code = unsafe { libc::regexec(compiled, text, found.len(), found.as_mut_ptr(), flags & EXEC_FLAGS) };
    // glibc writes nothing for expressions that were compiled with REG_NOSUB, and neither does musl.
    if code == 0 && !matches.is_null() && !no_groups {
        let nothing = regmatch_t { rm_so: -1, rm_eo: -1 };
        for index in 0..count {
            let one = found.get(index).unwrap_or(&nothing);
            // SAFETY: the guest's array has as many elements as it says.
            unsafe { matches.add(index).write(Match { start: one.rm_so.into(), end: one.rm_eo.into() }) };
        }
    }
    error(code)
}

unsafe extern "C" fn regfree(regex: *mut Regex) {
    // SAFETY: what `regcomp` wrote.
    let compiled = unsafe { std::mem::replace(&mut (*regex).compiled, std::ptr::null_mut()) };
    if !compiled.is_null() {
        // SAFETY: `regcomp` made it from a box, and nobody uses it any more.
        unsafe {
            libc::regfree(compiled);
            drop(Box::from_raw(compiled));
        }
    }
}

unsafe extern "C" fn regerror(code: c_int, _regex: *const Regex, buffer: *mut c_char, size: usize) -> usize {
    // The texts are glibc's; it does not look at the expression.
    // SAFETY: the buffer has the size that the guest says.
    unsafe { libc::regerror(code.clamp(0, REG_BADRPT), std::ptr::null(), buffer, size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compile(pattern: &std::ffi::CStr, flags: c_int) -> Result<Regex, c_int> {
        let mut regex = std::mem::MaybeUninit::uninit();
        // SAFETY: room for the structure, and a string.
        match unsafe { regcomp(regex.as_mut_ptr(), pattern.as_ptr(), flags) } {
            // SAFETY: it was written.
            0 => Ok(unsafe { regex.assume_init() }),
            code => Err(code),
        }
    }

    #[test]
    fn offsets_have_the_width_of_the_platform() {
        assert_eq!((size_of::<Regex>(), size_of::<Match>()), (64, 16));
        let mut regex = compile(c"(b+)(c)?", 1).unwrap();
        assert_eq!(regex.groups, 2);
        let mut matches: [Match; 4] = std::array::from_fn(|_| Match { start: 77, end: 77 });
        // SAFETY: what was compiled, a string, four matches.
        assert_eq!(unsafe { regexec(&regex, c"abbd".as_ptr(), 4, matches.as_mut_ptr(), 0) }, 0);
        assert_eq!(matches.map(|one| (one.start, one.end)), [(1, 3), (1, 3), (-1, -1), (-1, -1)]);
        // SAFETY: as above, without matches.
        assert_eq!(unsafe { regexec(&regex, c"xyz".as_ptr(), 0, std::ptr::null_mut(), 0) }, 1);
        // SAFETY: what was compiled; twice does nothing.
        unsafe {
            regfree(&mut regex);
            regfree(&mut regex);
        }
    }

    #[test]
    fn without_groups_nothing_is_written() {
        let mut regex = compile(c"b", 1 | 8).unwrap();
        let mut one = [Match { start: 77, end: 77 }];
        // SAFETY: what was compiled, a string, one match.
        assert_eq!(unsafe { regexec(&regex, c"abc".as_ptr(), 1, one.as_mut_ptr(), 0) }, 0);
        assert_eq!(one[0].start, 77);
        // SAFETY: what was compiled.
        unsafe { regfree(&mut regex) };
    }

    #[test]
    fn errors_are_those_of_musl() {
        assert_eq!(compile(c"(", 1).err(), Some(8));
        assert_eq!(compile(c"[a", 1).err(), Some(7));
        assert_eq!(compile(c"a\\", 1).err(), Some(5));
        let mut buffer = [0; 64];
        // SAFETY: the buffer has the size that is said.
        let size = unsafe { regerror(7, std::ptr::null(), buffer.as_mut_ptr(), buffer.len()) };
        assert!(size > 4 && size < 64);
    }
}
