//! The Ark instruction set: opcodes, operand formats, decoding of one instruction.
//!
//! Facts: openharmony/arkcompiler_runtime_core `isa/isa.yaml` (today's encoding) and its history (the encoding of
//! version 0.0.0.2). Both encodings decode to the same [`Op`].

/// One decoded instruction.
///
/// Operands are normalised: the inline-cache slot (first immediate of many instructions) is left out of `imm`;
/// 16-bit ids are resolved to file offsets; jump targets are absolute pcs; `wide.` forms have the `op` of the plain one.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// What an instruction does, independent of operand width: `ldlexvar` and `wide.ldlexvar` are both `Ldlexvar`.
/// Names are the mnemonics in camel case without dots (`callruntime.istrue` is `CallruntimeIstrue`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Op {
    /// No operation.
    Nop,
}

impl Instruction {
    /// The valid immediates.
    pub fn imms(&self) -> &[i64] {
        &self.imm[..usize::from(self.counts[0])]
    }
    /// The valid registers.
    pub fn registers(&self) -> &[u16] {
        &self.regs[..usize::from(self.counts[1])]
    }
    /// The valid ids.
    pub fn id_offsets(&self) -> &[u32] {
        &self.ids[..usize::from(self.counts[2])]
    }
}
