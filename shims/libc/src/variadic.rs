//! C functions with `...`, on x86_64.
//!
//! Rust cannot define them, so each is a few instructions that write down the registers which may hold arguments and call a function of
//! the `v` kind (`vprintf` for `printf`) with a list of arguments. The list has the layout that C compilers give to `va_list`, so the
//! functions of the `v` kind that guests call are the same ones.

use std::arch::x86_64::__m128i;

/// A `long double` of guests: IEEE binary128. It travels in SSE registers, as `__float128` does, which is what glibc's `…f128` functions take.
pub(crate) type F128 = __m128i;

/// Bytes of the general registers (`rdi` … `r9`) in the register area; the eight SSE registers follow.
const GENERAL: u32 = 48;
/// Bytes of the register area.
const REGISTERS: u32 = 176;

/// What `va_list` points to (System V ABI, AMD64 supplement, figure 3.34).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct VaList {
    /// Offset of the next general register in the register area; 48 when none is left.
    general: u32,
    /// Offset of the next SSE register; 176 when none is left.
    sse: u32,
    /// The next argument on the stack.
    stack: *const u8,
    registers: *const u8,
}

impl VaList {
    /// A list of words that are given.
    pub(crate) fn of_words(words: &[usize]) -> Self {
        VaList { general: GENERAL, sse: REGISTERS, stack: words.as_ptr().cast(), registers: std::ptr::null() }
    }

    /// The next argument of class INTEGER: integers of at most 64 bits (the upper bits of narrower ones are undefined) and pointers.
    ///
    /// # Safety
    /// The caller of the C function passed such an argument here.
    pub(crate) unsafe fn arg_int(&mut self) -> u64 {
        // SAFETY: by the contract of the function.
        unsafe {
            if self.general < GENERAL {
                let at = self.registers.add(self.general as usize);
                self.general += 8;
                at.cast::<u64>().read_unaligned()
            } else {
                self.word().cast::<u64>().read_unaligned()
            }
        }
    }

    /// The next argument, a pointer.
    ///
    /// # Safety
    /// As for [`VaList::arg_int`].
    pub(crate) unsafe fn arg_ptr<T>(&mut self) -> *mut T {
        // SAFETY: by the contract of the function.
        unsafe { self.arg_int() as *mut T }
    }

    /// The next argument, a `double`.
    ///
    /// # Safety
    /// As for [`VaList::arg_int`].
    pub(crate) unsafe fn arg_f64(&mut self) -> f64 {
        // SAFETY: by the contract of the function.
        unsafe {
            match self.register() {
                Some(at) => at.cast::<f64>().read_unaligned(),
                None => self.word().cast::<f64>().read_unaligned(),
            }
        }
    }

    /// The next argument, a `long double`: one SSE register, or 16 aligned bytes on the stack.
    ///
    /// # Safety
    /// As for [`VaList::arg_int`].
    pub(crate) unsafe fn arg_f128(&mut self) -> F128 {
        // SAFETY: by the contract of the function.
        unsafe {
            if let Some(at) = self.register() {
                return at.cast::<F128>().read_unaligned();
            }
            let at = self.stack.add(self.stack.align_offset(16));
            self.stack = at.add(16);
            at.cast::<F128>().read_unaligned()
        }
    }

    /// The next SSE register in the register area.
    unsafe fn register(&mut self) -> Option<*const u8> {
        (self.sse < REGISTERS).then(|| {
            // SAFETY: the register area has 176 bytes.
            let at = unsafe { self.registers.add(self.sse as usize) };
            self.sse += 16;
            at
        })
    }

    /// The next word on the stack.
    unsafe fn word(&mut self) -> *const u8 {
        let at = self.stack;
        // SAFETY: the caller of the C function passed it.
        self.stack = unsafe { at.add(8) };
        at
    }
}

/// Makes functions with `...`: `variadic! { /// text printf(1) => vprintf }` is `printf` with one named argument, which calls `vprintf` with that
/// argument and a `*mut VaList`. Named arguments must be integers or pointers, five at most.
macro_rules! variadic {
    ($($(#[$meta:meta])* $name:ident($named:tt) => $function:path;)*) => {
        $(
            $(#[$meta])*
            #[unsafe(naked)]
            pub(crate) unsafe extern "C" fn $name() {
                // The frame: 176 bytes of registers, then the list.
                std::arch::naked_asm!(
                    "push rbp",
                    "mov rbp, rsp",
                    "sub rsp, 208",
                    "mov [rsp], rdi",
                    "mov [rsp + 8], rsi",
                    "mov [rsp + 16], rdx",
                    "mov [rsp + 24], rcx",
                    "mov [rsp + 32], r8",
                    "mov [rsp + 40], r9",
                    "test al, al",
                    "je 2f",
                    "movaps [rsp + 48], xmm0",
                    "movaps [rsp + 64], xmm1",
                    "movaps [rsp + 80], xmm2",
                    "movaps [rsp + 96], xmm3",
                    "movaps [rsp + 112], xmm4",
                    "movaps [rsp + 128], xmm5",
                    "movaps [rsp + 144], xmm6",
                    "movaps [rsp + 160], xmm7",
                    "2:",
                    "mov dword ptr [rsp + 176], 8 * {named}",
                    "mov dword ptr [rsp + 180], 48",
                    "lea rax, [rbp + 16]",
                    "mov [rsp + 184], rax",
                    "mov [rsp + 192], rsp",
                    concat!("lea ", $crate::variadic::next_register!($named), ", [rsp + 176]"),
                    "call {function}",
                    "leave",
                    "ret",
                    named = const $named,
                    function = sym $function,
                )
            }
        )*
    };
}
/// The register of the argument after so many.
macro_rules! next_register {
    (1) => {
        "rsi"
    };
    (2) => {
        "rdx"
    };
    (3) => {
        "rcx"
    };
    (4) => {
        "r8"
    };
    (5) => {
        "r9"
    };
}
pub(crate) use {next_register, variadic};

#[cfg(test)]
mod tests {
    use super::*;

    unsafe extern "C" fn vjoin(out: *mut Vec<u64>, kinds: *const libc::c_char, list: *mut VaList) -> i32 {
        // SAFETY: the tests pass a vector, a string and a list.
        let (out, kinds, list) = unsafe { (&mut *out, std::ffi::CStr::from_ptr(kinds), &mut *list) };
        for kind in kinds.to_bytes() {
            // SAFETY: the string says what there is.
            unsafe {
                match kind {
                    b'i' => out.push(list.arg_int()),
                    b'p' => out.push(list.arg_ptr::<u8>() as u64),
                    b'd' => out.push(list.arg_f64().to_bits()),
                    _ => {
                        let words: [u64; 2] = std::mem::transmute(list.arg_f128());
                        out.extend(words);
                    }
                }
            }
        }
        out.len() as i32
    }
    variadic! { join(2) => vjoin; }

    type Join = unsafe extern "C" fn(*mut Vec<u64>, *const libc::c_char, ...) -> i32;

    #[test]
    fn arguments_come_from_registers_and_from_the_stack() {
        // SAFETY: that is what the function is for C.
        let join = unsafe { std::mem::transmute::<unsafe extern "C" fn(), Join>(join) };
        let mut out = Vec::new();
        // SAFETY: the string says what is passed.
        let count = unsafe {
            join(
                &mut out,
                c"iididididididdddip".as_ptr(),
                1u64,
                2u64,
                0.5,
                3u64,
                1.5,
                4u64,
                2.5,
                5u64,
                3.5,
                6u64,
                4.5,
                7u64,
                5.5,
                6.5,
                7.5,
                8.5,
                8u64,
                9usize as *const u8,
            )
        };
        assert_eq!(count, 18);
        let f = f64::to_bits;
        assert_eq!(
            out,
            [1, 2, f(0.5), 3, f(1.5), 4, f(2.5), 5, f(3.5), 6, f(4.5), 7, f(5.5), f(6.5), f(7.5), f(8.5), 8, 9]
        );
    }

    #[test]
    fn binary128_is_aligned_on_the_stack() {
        // As a compiler lays them out: eight registers used, one word on the stack, then padding, then the number.
        let mut stack = [0u128; 4];
        stack[0] = 7;
        stack[1] = 0x3fff_8000_0000_0000_0000_0000_0000_0001;
        stack[2] = 8;
        let words = stack.as_ptr().cast::<usize>();
        // SAFETY: the array is there.
        let mut list = VaList::of_words(unsafe { std::slice::from_raw_parts(words, 8) });
        let mut out = Vec::new();
        // SAFETY: the string says what the array holds.
        unsafe { vjoin(&mut out, c"iLi".as_ptr(), &mut list) };
        assert_eq!(out, [7, 1, 0x3fff_8000_0000_0000, 8]);
        let mut area = [0u64; 22];
        area[6..8].copy_from_slice(&[5, 6]);
        let mut list = VaList { general: 48, sse: 48, stack: std::ptr::null(), registers: area.as_ptr().cast() };
        // SAFETY: the first SSE register holds a number.
        let number: [u64; 2] = unsafe { std::mem::transmute(list.arg_f128()) };
        assert_eq!(number, [5, 6]);
    }
}
