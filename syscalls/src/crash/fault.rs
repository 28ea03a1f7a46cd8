//! What the kernel says about a fault.

use std::ffi::{c_int, c_void};

/// Registers of a thread that was interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registers {
    /// The instruction that did not run to its end.
    pub pc: usize,
    /// The stack.
    pub sp: usize,
    /// General registers in the order that DWARF numbers them in ([`Registers::NAMES`]), the stack pointer included.
    pub general: [usize; Registers::COUNT],
}

#[cfg(target_arch = "x86_64")]
mod arch {
    use super::{Registers, read_word};
    use libc::{
        REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RAX, REG_RBP, REG_RBX, REG_RCX,
        REG_RDI, REG_RDX, REG_RIP, REG_RSI, REG_RSP,
    };

    /// Bytes below the stack pointer that belong to the function that runs.
    const RED_ZONE: usize = 128;

    const ORDER: [libc::c_int; Registers::COUNT] = [
        REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI, REG_RBP, REG_RSP, REG_R8, REG_R9, REG_R10, REG_R11,
        REG_R12, REG_R13, REG_R14, REG_R15,
    ];

    impl Registers {
        /// How many general registers there are.
        pub const COUNT: usize = 16;
        /// Their names.
        pub const NAMES: [&'static str; Registers::COUNT] = [
            "rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
            "r15",
        ];
        /// Name of the instruction pointer.
        pub const PC: &'static str = "rip";

        pub(in crate::crash) fn of(context: &libc::ucontext_t) -> Registers {
            let read = |index: libc::c_int| {
                let value = usize::try_from(index).ok().and_then(|index| context.uc_mcontext.gregs.get(index));
                value.map_or(0, |value| *value as usize)
            };
            Registers { pc: read(REG_RIP), sp: read(REG_RSP), general: ORDER.map(read) }
        }

        /// The registers as they were before the call that led here, when nothing has run since.
        pub(in crate::crash) fn caller(&self) -> Option<Registers> {
            const SP: usize = 7;
            let (pc, sp) = (read_word(self.sp)?, self.sp.checked_add(8)?);
            let mut caller = Registers { pc, sp, ..*self };
            caller.general[SP] = sp;
            Some(caller)
        }

        /// Makes the thread go on in `entry`, which does not return, below `stack`.
        pub(in crate::crash) fn redirect(context: &mut libc::ucontext_t, entry: extern "C" fn() -> !, stack: usize) {
            // As a call leaves it: 16 bytes aligned, less the return address.
            let stack = (stack.wrapping_sub(2 * RED_ZONE) & !15).wrapping_sub(8);
            let values = [(REG_RIP, entry as usize), (REG_RSP, stack), (REG_RBP, 0)];
            for (index, value) in values {
                if let Some(register) =
                    usize::try_from(index).ok().and_then(|index| context.uc_mcontext.gregs.get_mut(index))
                {
                    *register = value as i64;
                }
            }
        }
    }
}

#[cfg(target_arch = "aarch64")]
mod arch {
    use super::Registers;

    impl Registers {
        /// How many general registers there are.
        pub const COUNT: usize = 32;
        /// Their names.
        pub const NAMES: [&'static str; Registers::COUNT] = [
            "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
            "x16", "x17", "x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "x30",
            "sp",
        ];
        /// Name of the instruction pointer.
        pub const PC: &'static str = "pc";

        pub(in crate::crash) fn of(context: &libc::ucontext_t) -> Registers {
            let machine = &context.uc_mcontext;
            let mut general = [machine.sp as usize; Registers::COUNT];
            for (register, value) in general.iter_mut().zip(machine.regs) {
                *register = value as usize;
            }
            Registers { pc: machine.pc as usize, sp: machine.sp as usize, general }
        }

        /// The registers as they were before the call that led here, when nothing has run since.
        pub(in crate::crash) fn caller(&self) -> Option<Registers> {
            const LINK: usize = 30;
            Some(Registers { pc: self.general[LINK], ..*self })
        }

        /// Makes the thread go on in `entry`, which does not return, below `stack`.
        pub(in crate::crash) fn redirect(context: &mut libc::ucontext_t, entry: extern "C" fn() -> !, stack: usize) {
            let machine = &mut context.uc_mcontext;
            machine.pc = entry as usize as u64;
            machine.sp = (stack.wrapping_sub(256) & !15) as u64;
            // No caller, and no frame above.
            for register in [29, 30] {
                if let Some(value) = machine.regs.get_mut(register) {
                    *value = 0;
                }
            }
        }
    }
}

/// Reads memory that may not be there.
#[cfg(target_arch = "x86_64")]
fn read_word(address: usize) -> Option<usize> {
    use nix::sys::uio::{RemoteIoVec, process_vm_readv};
    let mut word = [0; size_of::<usize>()];
    let from = RemoteIoVec { base: address, len: word.len() };
    let count = process_vm_readv(nix::unistd::getpid(), &mut [std::io::IoSliceMut::new(&mut word)], &[from]);
    (count == Ok(size_of::<usize>())).then(|| usize::from_ne_bytes(word))
}

/// A fault while it is handled.
#[derive(Clone, Copy)]
pub(super) struct Fault {
    pub(super) signal: c_int,
    /// `si_code`: why the kernel sent it, or that somebody else did.
    pub(super) code: c_int,
    /// The memory that was touched, or the instruction, for signals that have it.
    pub(super) address: usize,
    /// The process that sent it, when somebody did.
    pub(super) sender: c_int,
    pub(super) thread: c_int,
    pub(super) registers: Registers,
    /// The stack that handlers run on: beginning and size.
    pub(super) alternate: (usize, usize),
}

impl Fault {
    /// Reads what a handler is given.
    ///
    /// # Safety
    /// The pointers are those that the kernel passed to a handler of `signal` that has not returned.
    pub(super) unsafe fn read(signal: c_int, info: *const libc::siginfo_t, context: *const c_void) -> Fault {
        // SAFETY: the caller says so; the fields that are read exist for all signals, they only mean different things.
        let (code, address, sender, context) = unsafe {
            ((*info).si_code, (*info).si_addr() as usize, (*info).si_pid(), &*context.cast::<libc::ucontext_t>())
        };
        let sent = code <= 0;
        Fault {
            signal,
            code,
            address: if sent { 0 } else { address },
            sender: if sent { sender } else { 0 },
            thread: nix::unistd::gettid().as_raw(),
            registers: Registers::of(context),
            alternate: (context.uc_stack.ss_sp as usize, context.uc_stack.ss_size),
        }
    }

    /// Whether somebody sent the signal (`kill`, `abort`), rather than the thread having run into it.
    pub(super) fn is_sent(&self) -> bool {
        self.code <= 0
    }

    /// Whether the thread was on the stack of handlers already.
    pub(super) fn is_in_handler(&self) -> bool {
        let (begin, size) = self.alternate;
        (begin..begin.saturating_add(size)).contains(&self.registers.sp)
    }
}
