//! Code items: registers, instructions and try regions.

use super::{AbcError, AbcFile, Method};
use crate::isa::{self, DecodeError, Flow, IdKind, Instruction};

/// Decoded code of a method.
#[derive(Debug, Clone)]
pub struct Code {
    /// File offset of the first instruction byte.
    pub offset: u32,
    /// Size of the instructions in bytes.
    pub size: u32,
    /// Number of registers before the arguments.
    pub registers: u32,
    /// Number of argument registers (including func, newTarget and this as the call type says).
    pub arguments: u32,
    /// Instructions in order; `pc` of each is relative to [`Code::offset`].
    pub instructions: Vec<Instruction>,
    /// Try regions, in file order: the first that covers a pc is the innermost.
    pub tries: Vec<TryBlock>,
}

/// One try region with its catch-all handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TryBlock {
    /// First pc covered.
    pub start: u32,
    /// First pc not covered.
    pub end: u32,
    /// pc of the handler.
    pub handler: u32,
}

/// A register operand has at most 16 bits.
const MAX_FRAME: u32 = 1 << 16;

impl<'a> AbcFile<'a> {
    /// Decodes the code of a method; every jump target and handler is checked to be an instruction of it, every
    /// register to be within the frame, every id to lie in the file, and the last instruction not to fall off the end.
    pub fn code(&self, method: &Method<'a>) -> Result<Code, AbcError> {
        let Some(code) = method.code else {
            return Err(AbcError::malformed(method.offset, "the method has no code"));
        };
        self.code_at(method.offset, code)
    }

    /// Size in bytes of the instructions of a code item, without decoding them.
    pub(super) fn code_size(&self, offset: u32) -> Result<u32, AbcError> {
        let mut reader = self.reader(offset)?;
        reader.uleb()?;
        reader.uleb()?;
        reader.uleb()
    }

    /// Decodes a code item; ids are resolved as they hold at `method`.
    pub(super) fn code_at(&self, method: u32, offset: u32) -> Result<Code, AbcError> {
        let mut reader = self.reader(offset)?;
        let registers = reader.uleb()?;
        let arguments = reader.uleb()?;
        let size = reader.uleb()?;
        let try_count = reader.uleb()?;
        let frame = registers.saturating_add(arguments);
        if frame > MAX_FRAME {
            return Err(AbcError::malformed(offset, format!("a frame of {frame} registers is too large")));
        }
        let start = reader.offset();
        let bytes = reader.bytes(size)?;

        let mut instructions = Vec::with_capacity(bytes.len() / 3);
        let mut pc = 0;
        while (pc as usize) < bytes.len() {
            let decoded = isa::decode(self.encoding(), bytes, pc, |kind, id| self.resolve(method, kind, id));
            let at = start.saturating_add(pc);
            let instruction = decoded.map_err(|error| match error {
                DecodeError::Opcode(None, opcode) => AbcError::malformed(at, format!("unknown opcode {opcode:#04x}")),
                DecodeError::Opcode(Some(prefix), opcode) => {
                    AbcError::malformed(at, format!("unknown opcode {prefix:#04x} {opcode:#04x}"))
                }
                DecodeError::Truncated => AbcError::malformed(at, "the code ends in the middle of an instruction"),
                DecodeError::Target(target) => AbcError::malformed(at, format!("jump to {target}, outside the code")),
                DecodeError::Id(error) => AbcError { offset: at, ..error },
            })?;
            check_registers(&instruction, frame, at)?;
            pc = instruction.next_pc();
            instructions.push(instruction);
        }

        let code = Code { offset: start, size, registers, arguments, instructions, tries: Vec::new() };
        for instruction in &code.instructions {
            if let Some(target) = instruction.target()
                && code.index_of(target).is_none()
            {
                let at = start.saturating_add(instruction.pc);
                return Err(AbcError::malformed(at, format!("jump to {target:#x}, which is not an instruction")));
            }
        }
        if code.instructions.last().is_none_or(|last| matches!(last.op.flow(), Flow::Next | Flow::Branch)) {
            return Err(AbcError::malformed(start, "control runs off the end of the code"));
        }

        let mut tries = Vec::new();
        for _ in 0..try_count {
            let at = reader.offset();
            let (from, length) = (reader.uleb()?, reader.uleb()?);
            let end = from.saturating_add(length);
            if end > size {
                return Err(AbcError::malformed(at, "the try region reaches beyond the code"));
            }
            let catches = reader.uleb_count(3)?;
            for _ in 0..catches {
                let at = reader.offset();
                // JavaScript has no typed catch; where a type is given it is a superclass of everything thrown.
                let _type = reader.uleb()?;
                let handler = reader.uleb()?;
                let _size = reader.uleb()?;
                if code.index_of(handler).is_none() {
                    let what = format!("the handler at {handler:#x} is not an instruction");
                    return Err(AbcError::malformed(at, what));
                }
                tries.push(TryBlock { start: from, end, handler });
            }
        }
        Ok(Code { tries, ..code })
    }

    fn resolve(&self, method: u32, kind: IdKind, id: u32) -> Result<u32, AbcError> {
        let missing = || AbcError::malformed(0, format!("index {id} is not in the table of the region"));
        match kind {
            IdKind::Method => self.check_method(self.entity(method, id).ok_or_else(missing)?),
            IdKind::String => {
                let offset = self.entity(method, id).ok_or_else(missing)?;
                self.reader(offset).map(|_| offset)
            }
            IdKind::Literal => {
                let offset = self.entity(method, id).ok_or_else(missing)?;
                self.reader(offset)?.u32().map(|_| offset)
            }
            IdKind::LiteralIndex => {
                let missing = || AbcError::malformed(0, format!("literal array {id} is not in the table"));
                let offset = self.literal_array_by_index(id).ok_or_else(missing)?;
                self.reader(offset)?.u32().map(|_| offset)
            }
            IdKind::StringOffset => self.reader(id).map(|_| id),
        }
    }
}

impl Code {
    /// Index of the instruction that starts at a pc.
    pub fn index_of(&self, pc: u32) -> Option<usize> {
        self.instructions.binary_search_by_key(&pc, |instruction| instruction.pc).ok()
    }

    /// Number of registers in all: the arguments follow the others.
    pub fn frame(&self) -> u32 {
        self.registers.saturating_add(self.arguments)
    }
}

fn check_registers(instruction: &Instruction, frame: u32, at: u32) -> Result<(), AbcError> {
    let Some((first, count)) = instruction.range() else { return Ok(()) };
    let registers = instruction.registers();
    let single = registers.split_last().map_or(registers, |(_, before)| before);
    let out_of_frame = single.iter().find(|&&register| u32::from(register) >= frame);
    let last = u32::from(first).saturating_add(count);
    if count > 0 && last > frame || out_of_frame.is_some() {
        let register = out_of_frame.map_or(last.saturating_sub(1), |&register| u32::from(register));
        return Err(AbcError::malformed(at, format!("register v{register} is outside of the frame of {frame}")));
    }
    Ok(())
}
