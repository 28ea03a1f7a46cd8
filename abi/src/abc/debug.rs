//! Debug information: line number programs, parameter and variable names, source files.

use super::string::Names;
use super::{AbcError, AbcFile, Method};
use std::borrow::Cow;

/// Position of one instruction in the source. (The file counts from 0, with -1 for unknown. Release builds have lines
/// only, and no column or 1 throughout; the platform prints 1 then.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineEntry {
    /// pc relative to the code.
    pub pc: u32,
    /// Line, from 1; 0 when unknown.
    pub line: u32,
    /// Column, from 1; 0 when unknown.
    pub column: u32,
}

/// Debug information of a method.
#[derive(Debug, Clone, Default)]
pub struct DebugInfo<'a> {
    /// Source file as the compiler wrote it.
    pub source_file: Option<Cow<'a, str>>,
    /// Text of the source, which debug builds may carry.
    pub source_code: Option<Cow<'a, str>>,
    /// Parameter names, empty where not recorded.
    pub parameters: Vec<Cow<'a, str>>,
    /// Position table, ascending by pc; an entry holds up to the next one.
    pub lines: Vec<LineEntry>,
    /// Names of registers over ranges of pcs: register, name, start pc, end pc (only in debug builds).
    pub locals: Vec<(u32, Cow<'a, str>, u32, u32)>,
}

/// Opcodes of line number programs; what is above advances pc and line together.
mod opcode {
    pub const END: u8 = 0;
    pub const ADVANCE_PC: u8 = 1;
    pub const ADVANCE_LINE: u8 = 2;
    pub const START_LOCAL: u8 = 3;
    pub const START_LOCAL_EXTENDED: u8 = 4;
    pub const END_LOCAL: u8 = 5;
    pub const RESTART_LOCAL: u8 = 6;
    pub const PROLOGUE_END: u8 = 7;
    pub const EPILOGUE_BEGIN: u8 = 8;
    pub const SET_FILE: u8 = 9;
    pub const SET_SOURCE_CODE: u8 = 10;
    pub const SET_COLUMN: u8 = 11;
    pub const SPECIAL: u8 = 12;
}
const LINE_RANGE: u8 = 15;
const LINE_BASE: i32 = -4;

/// Longest program that is read, in steps: some for the parameters and a few per byte of code. Without a limit methods
/// that share a program as long as the file would cost its square.
const STEPS: u32 = 1 << 12;
const STEPS_PER_CODE_BYTE: u32 = 16;

/// Most parameters that a method can have: as many as there are registers.
const MAX_PARAMETERS: usize = 1 << 16;

/// Values that hold from a pc on, in the order in which the program gave them.
type Table = Vec<(u32, u32)>;

impl<'a> AbcFile<'a> {
    /// Debug information of a method, if the file has any.
    pub fn debug_info(&self, method: &Method<'a>) -> Result<Option<DebugInfo<'a>>, AbcError> {
        let Some(offset) = method.debug_info else { return Ok(None) };
        let mut item = self.reader(offset)?;
        let line_start = item.uleb()?;
        let mut info = DebugInfo::default();
        let mut names = Names::of(self);
        let parameters = item.uleb_count(1)?;
        if parameters > MAX_PARAMETERS {
            return Err(AbcError::malformed(offset, format!("{parameters} parameters are too many")));
        }
        for _ in 0..parameters {
            let name = item.uleb()?;
            info.parameters.push(if name == 0 { Cow::Borrowed("") } else { names.get(name)? });
        }
        let pool_size = item.uleb()?;
        let pool_start = item.offset();
        item.bytes(pool_size)?;
        let index = item.uleb()?;
        let Some(program) = self.line_program(index) else {
            return Err(AbcError::malformed(offset, format!("line number program {index} is not in the table")));
        };
        // Arguments are in the pool, opcodes (and registers) in the program.
        let mut pool = self.reader(pool_start)?;
        let mut program = self.reader(program)?;

        let mut source_file = self.class(method.class)?.source_file;
        let mut source_code = None;
        let (mut pc, mut line) = (0u32, line_start);
        let mut lines: Table = vec![(0, from_one(line))];
        let mut columns: Table = Vec::new();
        let mut open = Vec::new();
        let code_size = method.code.map_or(Ok(0), |code| self.code_size(code))?.min(self.size());
        let max_steps = code_size.saturating_mul(STEPS_PER_CODE_BYTE).saturating_add(STEPS);
        for step in 0.. {
            if step == max_steps {
                return Err(AbcError::malformed(program.offset(), "the line number program does not end"));
            }
            match program.u8()? {
                opcode::END => break,
                opcode::ADVANCE_PC => pc = pc.saturating_add(pool.uleb()?),
                opcode::ADVANCE_LINE => line = line.wrapping_add_signed(pool.sleb()?),
                start @ (opcode::START_LOCAL | opcode::START_LOCAL_EXTENDED) => {
                    let register = program.sleb()?;
                    let name = pool.uleb()?;
                    let _type = pool.uleb()?;
                    if start == opcode::START_LOCAL_EXTENDED {
                        pool.uleb()?;
                    }
                    open.push(info.locals.len());
                    info.locals.push((register.cast_unsigned(), names.get(name)?, pc, pc));
                }
                opcode::END_LOCAL => {
                    let register = program.sleb()?.cast_unsigned();
                    let locals = &mut info.locals;
                    let is_it = |&i: &usize| locals.get(i).is_some_and(|local| local.0 == register);
                    if let Some(at) = open.iter().rposition(is_it)
                        && let Some(local) = locals.get_mut(open.remove(at))
                    {
                        local.3 = pc;
                    }
                }
                opcode::RESTART_LOCAL => _ = program.sleb()?,
                opcode::PROLOGUE_END | opcode::EPILOGUE_BEGIN => {}
                opcode::SET_FILE => source_file = Some(pool.uleb()?),
                opcode::SET_SOURCE_CODE => source_code = Some(pool.uleb()?),
                opcode::SET_COLUMN => columns.push((pc, from_one(pool.uleb()?))),
                special => {
                    let adjusted = special - opcode::SPECIAL;
                    pc = pc.saturating_add(u32::from(adjusted / LINE_RANGE));
                    line = line.wrapping_add_signed(i32::from(adjusted % LINE_RANGE) + LINE_BASE);
                    lines.push((pc, from_one(line)));
                }
            }
        }
        for local in open {
            if let Some(local) = info.locals.get_mut(local) {
                local.3 = pc;
            }
        }
        info.lines = merge(&lines, &columns);
        info.source_file = source_file.filter(|&name| name != 0).map(|name| self.name(name)).transpose()?;
        info.source_code = source_code.filter(|&text| text != 0).map(|text| self.name(text)).transpose()?;
        Ok(Some(info))
    }
}

/// A line or column counted from 1, 0 when the stored one is negative.
fn from_one(stored: u32) -> u32 {
    u32::try_from(i64::from(stored.cast_signed()) + 1).unwrap_or(0)
}

/// Joins the line and column tables, both ascending by pc; of several values for a pc the last one holds.
fn merge(lines: &[(u32, u32)], columns: &[(u32, u32)]) -> Vec<LineEntry> {
    let mut out: Vec<LineEntry> = Vec::with_capacity(lines.len().max(columns.len()));
    let (mut lines, mut columns) = (lines.iter().peekable(), columns.iter().peekable());
    let (mut line, mut column) = (0, 0);
    loop {
        let next = lines.peek().map(|entry| entry.0).into_iter().chain(columns.peek().map(|entry| entry.0)).min();
        let Some(pc) = next else { return out };
        while let Some(entry) = lines.next_if(|entry| entry.0 == pc) {
            line = entry.1;
        }
        while let Some(entry) = columns.next_if(|entry| entry.0 == pc) {
            column = entry.1;
        }
        if out.last().is_none_or(|last| (last.line, last.column) != (line, column)) {
            out.push(LineEntry { pc, line, column });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_joined() {
        let entry = |pc, line, column| LineEntry { pc, line, column };
        let joined = merge(&[(0, 1), (0, 2), (4, 3), (9, 3)], &[(0, 5), (4, 1), (6, 8)]);
        assert_eq!([from_one(0), from_one(u32::MAX), from_one(7)], [1, 0, 8]);
        assert_eq!(joined, [entry(0, 2, 5), entry(4, 3, 1), entry(6, 3, 8)]);
    }
}
