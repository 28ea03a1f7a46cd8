//! Backtraces through guest code, the host's libraries and what lies between them.

mod host;
mod memory;
mod step;

pub(crate) use host::prepare;

use step::{Tables, step};

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

    fn get(&self, number: u16) -> Option<u64> {
        self.0.get(usize::from(number)).copied()
    }

    fn frame_pointer(&self) -> u64 {
        self.0[6]
    }

    fn stack_pointer(&self) -> u64 {
        self.0[7]
    }

    fn program_counter(&self) -> u64 {
        self.0[16]
    }
}

/// Writes the program counters of the frames, innermost first (the return addresses of the others), and gives their count.
/// Frames of guest libraries and of the host's libraries are followed by their unwind tables, others (code of the engine's compiler) by frame pointers.
/// Async-signal-safe: no allocation, no locks, and the stack is read in a way that cannot fault. Needs about 8 KB of stack.
pub fn backtrace(registers: &Registers, frames: &mut [usize]) -> usize {
    let mut registers = *registers;
    // A signal interrupts an instruction; return addresses are one behind the call.
    let mut interrupted = true;
    let mut count = 0;
    for frame in frames {
        let pc = registers.program_counter();
        if pc == 0 && !interrupted {
            break;
        }
        *frame = pc as usize;
        count += 1;
        let Some((next, was_signal)) = next(&registers, interrupted, count == 1) else { break };
        registers = next;
        interrupted = was_signal;
    }
    count
}

/// The frame that called this one, and whether that one was interrupted by a signal.
fn next(registers: &Registers, interrupted: bool, first: bool) -> Option<(Registers, bool)> {
    let pc = registers.program_counter() as usize;
    let looked = if interrupted { pc } else { pc.wrapping_sub(1) };
    let by_tables = match crate::locate(looked) {
        Some(place) => Tables::of_module(place.module()).and_then(|tables| step(&tables, registers, looked)),
        None => host::tables(looked).and_then(|tables| step(&tables, registers, looked)),
    };
    let (next, was_signal) = match by_tables {
        Some(next) => next,
        // A call of an address that is no code: the return address lies on the stack.
        None if first && memory::code(pc).is_none() => (return_from_call(registers)?, false),
        None => (by_frame_pointer(registers)?, false),
    };
    // Stacks grow downwards: each caller's frame lies above. A signal's handler may have a stack of its own.
    (was_signal || next.stack_pointer() > registers.stack_pointer()).then_some((next, was_signal))
}

fn return_from_call(registers: &Registers) -> Option<Registers> {
    let stack = registers.stack_pointer();
    let mut next = *registers;
    next.0[16] = memory::word(stack)?;
    next.0[7] = stack.checked_add(8)?;
    Some(next)
}

fn by_frame_pointer(registers: &Registers) -> Option<Registers> {
    let frame = registers.frame_pointer();
    if frame < registers.stack_pointer() {
        return None;
    }
    let mut next = *registers;
    next.0[6] = memory::word(frame)?;
    next.0[16] = memory::word(frame.checked_add(8)?)?;
    next.0[7] = frame.checked_add(16)?;
    Some(next)
}
