//! The Ark instruction set: operations, operand formats, decoding of one instruction.
//!
//! Two encodings decode to the same [`Op`]s: today's (every version above 0.0.0.2) and that of version 0.0.0.2.

mod decode;
mod op;
mod table;

pub(crate) use decode::{DecodeError, IdKind, decode, is_wide};
pub use op::{Acc, Flow, Op, Range};
#[cfg(any(test, feature = "asm"))]
pub(crate) use table::{CURRENT, Encoding as Row, LEGACY, Operand, Page};

/// One decoded instruction.
///
/// Operands are normalised: the inline-cache slot (first immediate of many instructions) is left out of `imm`;
/// 16-bit ids are resolved to file offsets; jump targets are absolute pcs; `wide.` forms have the `op` of the plain one.
/// What each operand means is documented per [`Op`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instruction {
    /// Position relative to the first instruction of the method.
    pub pc: u32,
    /// Encoded length in bytes.
    pub len: u8,
    /// What it does.
    pub op: Op,
    /// Number of valid entries of `imm`, `regs` and `ids`.
    pub counts: [u8; 3],
    /// Immediates without the inline-cache slot; a double (`fldai`) is stored as its bits; a jump as its target pc.
    pub imm: [i64; 3],
    /// Register operands in encoding order.
    pub regs: [u16; 4],
    /// File offsets of the string, method or literal array operands, in encoding order.
    pub ids: [u32; 2],
}

/// Which of the two encodings a file uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Version 0.0.0.2.
    Legacy,
    /// Every later version.
    Current,
}

impl Instruction {
    /// The valid immediates.
    pub fn imms(&self) -> &[i64] {
        self.imm.get(..usize::from(self.counts[0])).unwrap_or_default()
    }
    /// The valid registers.
    pub fn registers(&self) -> &[u16] {
        self.regs.get(..usize::from(self.counts[1])).unwrap_or_default()
    }
    /// The valid ids.
    pub fn id_offsets(&self) -> &[u32] {
        self.ids.get(..usize::from(self.counts[2])).unwrap_or_default()
    }
    /// pc of the instruction after this one.
    pub fn next_pc(&self) -> u32 {
        self.pc.saturating_add(u32::from(self.len))
    }
    /// Where it jumps to, if it is a jump.
    pub fn target(&self) -> Option<u32> {
        match self.op.flow() {
            Flow::Jump | Flow::Branch => u32::try_from(self.imm[0]).ok(),
            Flow::Next | Flow::Return | Flow::Throw => None,
        }
    }
    /// The consecutive registers that the last register operand stands for: first one and count.
    /// `None` when the instruction has no register operand.
    pub fn range(&self) -> Option<(u16, u32)> {
        let first = *self.registers().last()?;
        let imm = || self.imms().last().and_then(|&n| u32::try_from(n).ok()).unwrap_or(0);
        let count = match self.op.range() {
            Range::One => 1,
            Range::Imm => imm(),
            Range::ImmPlusOne => imm().saturating_add(1),
        };
        Some((first, count))
    }
}
